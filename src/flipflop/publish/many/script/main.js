/* Ties record, chart and words to the reader: what is chosen, what is in view, pointer, keys, address of the view. */

const root = document.documentElement;
root.classList.add("js");
const byId = (id) => document.getElementById(id);
const page = JSON.parse(byId("record").textContent);
const columns = await unpackColumns(page.columns, byId("columns").textContent);
const record = new Record(columns);
const quotes = new Quotes(summed(columns.quoted, 0, Int32Array, signed), record.size);
const words = new Words(record, quotes);
const chart = new Chart(byId("figure"), record);
const tip = byId("tip");
const ROWS = 20, PAIRS = 10;

const whole = (() => {
  const first = record.middle[0], last = record.middle[record.size - 1];
  const air = Math.max((last - first) / 40, 30);
  return { from: first - air, until: last + air };
})();
const state = { ...whole, topic: -1, speaker: -1, kind: "", ruling: "", lanes: "", times: "page" };
const cursor = { row: -1, lane: 0, bin: -1 };
let shown = null, lanes = null, printing = false, rows = ROWS, pairs = PAIRS;

/* Zones: of the page, of the reader, UTC; "given" tells every moment in its own and keeps the page's on the axis. */
const axisZone = () => ({ utc: UTC, reader: readersZone() }[state.times] || pageZone);
const tellZone = () => (state.times === "given" ? null : axisZone());

/* Colours are those of the style sheet, in the theme that the reader sees; paper is always light. */
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const dark = () => !printing && (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);
function palette() {
  const style = getComputedStyle(root), known = {};
  const light = printing ? page.print : {};
  return (name) => known[name] ??= light[name] || style.getPropertyValue(`--${name.replaceAll("_", "-")}`).trim();
}
let colour = palette();

const lanesBy = () => state.lanes || (state.topic >= 0 || page.topics.length < 2 ? "speaker" : page.lanes);

function draw() {
  lanes ??= record.lanes(lanesBy(), page.mostLanes);
  const width = byId("figure").parentElement.clientWidth;
  shown = chart.draw({ ...state, lanes, width, ratio: printing ? 2 : devicePixelRatio || 1, zone: axisZone(), colour });
  overview.draw();
  const data = byId("figure").dataset;
  data.mode = shown.bins ? "counts" : "marks";
  data.count = shown.count;
  data.step = shown.bins ? shown.bins.words : "";
  data.draws = ++draws;
  ring();
  settle();
}

function ring() {
  const mark = shown.marks?.find((one) => one.row === cursor.row);
  if (mark) chart.ring(mark);
}

/* Once the reader rests: tables, words for those who listen, and the address of what is seen. */
let resting = 0, draws = 0;
function settle() {
  clearTimeout(resting);
  resting = setTimeout(async () => {
    const told = draws;
    rest();
    await tell();
    root.dataset.settled = told; /* the drawing that the words beside it speak of */
  }, 150);
}

function rest() {
  const hash = new URLSearchParams();
  const iso = (instant) => new Date(Math.round(instant) * 1000).toISOString().replace(".000Z", "Z");
  if (state.from !== whole.from || state.until !== whole.until) { hash.set("from", iso(state.from)); hash.set("until", iso(state.until)); }
  if (state.topic >= 0) hash.set("topic", page.topics[state.topic].topic);
  if (state.speaker >= 0) hash.set("speaker", page.speakers[state.speaker].speaker);
  for (const name of ["kind", "ruling", "lanes"]) if (state[name]) hash.set(name, state[name]);
  if (state.times !== "page") hash.set("times", state.times);
  if (cursor.row >= 0) hash.set("at", cursor.row);
  byId("link").href = `#${hash}`;
  try { history.replaceState(null, "", `#${hash}`); } catch { /* some places allow no address of their own */ }
}

function restore() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const instant = (name, otherwise) => {
    const found = Date.parse(hash.get(name) || "") / 1000;
    return Number.isFinite(found) ? found : otherwise;
  };
  const choice = (id) => [...byId(id).options].some((one) => one.value === hash.get(id)) ? hash.get(id) : byId(id).options[0].value;
  state.topic = page.topics.findIndex((one) => one.topic === hash.get("topic"));
  state.speaker = page.speakers.findIndex((one) => one.speaker === hash.get("speaker"));
  for (const name of ["kind", "ruling", "lanes", "times"]) state[name] = choice(name);
  const at = Number(hash.get("at") ?? -1);
  cursor.row = Number.isInteger(at) && at >= 0 && at < record.size ? at : -1;
  look(instant("from", whole.from), instant("until", whole.until));
  for (const name of ["kind", "ruling", "lanes", "times"]) byId(name).value = state[name];
  byId("topic").value = String(state.topic);
  byId("speaker").value = state.speaker >= 0 ? page.speakers[state.speaker].name : "";
  choose();
}

/* What is chosen has changed: filter, lay out and draw anew. */
function choose() {
  record.filter(state);
  lanes = null;
  rows = ROWS;
  pairs = PAIRS;
  cursor.bin = -1;
  byId("proposition").replaceChildren(state.topic >= 0 ? said(page.topics[state.topic].proposition) : "");
  for (const one of document.querySelectorAll(".times")) one.textContent = timesWords(tellZone());
  hide();
  draw();
}

/* The stretch to be seen, inside the record and never narrower than ten seconds. */
function look(from, until) {
  const span = Math.min(Math.max(until - from, 10), whole.until - whole.from);
  const start = Math.min(Math.max(from + (until - from - span) / 2, whole.from), whole.until - span);
  Object.assign(state, { from: start, until: start + span });
}

function go(from, until) {
  look(from, until);
  rows = ROWS;
  pairs = PAIRS;
  cursor.bin = -1;
  hide();
  draw();
}

function zoom(factor, around = focus()) {
  go(around - (around - state.from) * factor, around + (state.until - around) * factor);
}

const pan = (part) => go(state.from + part * (state.until - state.from), state.until + part * (state.until - state.from));

/* Where the reader's eye is: at the mark or the bar that was chosen, else in the middle. */
function focus() {
  const inside = (instant) => instant >= state.from && instant <= state.until;
  if (cursor.row >= 0 && inside(record.middle[cursor.row])) return record.middle[cursor.row];
  if (shown.bins && cursor.bin >= 0) return (shown.bins.bounds[cursor.bin] + shown.bins.bounds[cursor.bin + 1]) / 2;
  return (state.from + state.until) / 2;
}

async function tell() {
  const sides = [0, 0, 0];
  for (let row = shown.begin; row < shown.end; row++) if (record.keep[row]) sides[record.side(row) + 1]++;
  const pairs = [...record.pairsIn(shown)];
  const conflicts = pairs.filter((pair) => record.isConflict(pair)).length;
  const way = shown.bins ? `Counted per ${shown.bins.words}; look closer for a mark each.` : "A mark for each.";
  byId("summary").textContent = `In view: ${counted(shown.count, "statement")} of ${number(record.size)} in this record, `
    + `${number(sides[2])} for, ${number(sides[1])} neither, ${number(sides[0])} against; `
    + `${record.tallyWords(pairs)}${conflicts ? `, ${counted(conflicts, "pair")} of statements of two people` : ""}. ${way}`;
  await Promise.all([listStatements(), listPairs(pairs)]);
}

async function listStatements() {
  const found = [];
  for (let row = shown.end - 1; row >= shown.begin && found.length < rows; row--) if (record.keep[row]) found.push(row);
  const zone = tellZone();
  byId("rows").replaceChildren(...await Promise.all(found.map((row) => words.row(row, zone))));
  byId("rows-told").textContent = `${number(found.length)} of ${counted(shown.count, "statement")} in view, the newest first`;
  byId("more-rows").hidden = found.length >= shown.count;
}

async function listPairs(found) {
  const zone = tellZone();
  const ruled = (pair) => (page.judged[record.ruling[pair]] ? 0 : 1);
  const chosen = [...found].sort((a, b) => ruled(a) - ruled(b) || b - a).slice(0, pairs);
  byId("pairs").replaceChildren(...await Promise.all(chosen.map((pair) => words.pairRow(pair, zone))));
  byId("pairs-told").textContent = `${number(chosen.length)} of ${number(found.length)} in view, those with a ruling first, then the newest`;
  byId("more-pairs").hidden = chosen.length >= found.length;
}
