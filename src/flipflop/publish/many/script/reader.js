/* Pointer, keys and controls. */

const figure = byId("figure");

/* Beside the mark, on the roomier side, never out of the drawing. */
function show(content, x, y) {
  tip.replaceChildren(...content);
  tip.hidden = false;
  const room = figure.clientWidth - tip.offsetWidth;
  const left = x > figure.clientWidth / 2 ? x - tip.offsetWidth - 14 : x + 14;
  tip.style.left = `${Math.max(0, Math.min(left, room))}px`;
  tip.style.top = `${y + 14}px`;
}

/* What was asked for last is shown, however long the unpacking of its words takes; a click or a tap holds it open. */
let wanted = 0, held = false;
function hide() {
  wanted++;
  hold(false);
  tip.hidden = true;
}

function hold(open) {
  held = open;
  tip.classList.toggle("held", open);
}

async function showMark(mark) {
  const mine = ++wanted;
  const content = await words.tipOfMark(mark.row, tellZone());
  if (mine !== wanted) return;
  show(content, mark.x, mark.y);
  figure.dataset.at = `${mark.x},${mark.y}`;
}

function binAt({ lane, bin }) {
  const { bounds, counts } = shown.bins, at = (lane * (bounds.length - 1) + bin) * 3;
  const [against, neither, pro] = counts.subarray(at, at + 3);
  const within = { begin: record.firstFrom(bounds[bin]), end: record.firstFrom(bounds[bin + 1]) };
  const pairs = [...record.pairsIn(within)].filter((pair) => chart.lane(record.later[pair]) === lane);
  const tally = record.tallyWords(pairs);
  const zone = axisZone(), stretch = { start: bounds[bin], end: bounds[bin + 1], precision: "", approximate: false, own: zone.name };
  const when = momentWords(stretch, zone);
  return { name: lanes.shown[lane], when, against, neither, pro, tally, total: against + neither + pro };
}

function showBin(place) {
  wanted++;
  const found = binAt(place), { bounds } = shown.bins;
  const x = chart.x(Math.min(Math.max((bounds[place.bin] + bounds[place.bin + 1]) / 2, state.from), state.until));
  show(words.tipOfBin(found), x, chart.base(place.lane));
  return found;
}

/* What lies under the pointer: a mark within a finger's width, or a bar. */
function under({ offsetX: x, offsetY: y }, reach = 12) {
  if (shown.marks) {
    const near = (mark) => Math.hypot(mark.x - x, mark.y - y);
    const best = shown.marks.reduce((one, other) => (one && near(one) <= near(other) ? one : other), null);
    return best && near(best) <= reach ? { mark: best } : {};
  }
  const lane = Math.floor((y - TOP) / chart.row);
  if (lane < 0 || lane >= lanes.shown.length || x < chart.left || x > chart.right) return {};
  const bin = lowerBound(shown.bins.bounds, shown.bins.bounds.length, chart.instant(x) + 1e-6) - 1;
  return bin >= 0 && bin < shown.bins.bounds.length - 1 && binAt({ lane, bin }).total ? { bar: { lane, bin } } : {};
}

function point(event, reach) {
  const { mark, bar } = under(event, reach);
  figure.style.cursor = mark || bar ? "pointer" : "crosshair";
  if (mark) showMark(mark); else if (bar) showBin(bar); else hide();
  return { mark, bar };
}

async function open(row) {
  const address = await words.address(row);
  if (address) window.open(address, "_blank", "noopener,noreferrer");
}

const closer = ({ bin }) => go(shown.bins.bounds[bin], shown.bins.bounds[bin + 1]);

/* A mouse drags a stretch to look at; one finger moves along, two come closer. */
const fingers = new Map();
let drag = null;
figure.addEventListener("pointerdown", (event) => {
  fingers.set(event.pointerId, event.offsetX);
  figure.setPointerCapture(event.pointerId);
  drag = { x: event.offsetX, from: state.from, until: state.until, moved: fingers.size > 1, pinch: apart() };
});
figure.addEventListener("pointermove", (event) => {
  if (!drag || !fingers.has(event.pointerId)) { if (!held) point(event); return; }
  fingers.set(event.pointerId, event.offsetX);
  if (Math.abs(event.offsetX - drag.x) > 5) drag.moved = true;
  if (!drag.moved) return;
  const unit = (drag.until - drag.from) / (chart.right - chart.left), shift = (drag.x - event.offsetX) * unit;
  if (drag.pinch) {
    const around = (drag.from + drag.until) / 2, half = (drag.until - drag.from) / 2 * drag.pinch / apart();
    go(around - half, around + half);
  } else if (along(event)) go(drag.from + shift, drag.until + shift);
  else stretch(drag.x, event.offsetX);
});
figure.addEventListener("pointerup", (event) => {
  const { moved, x } = drag || { moved: true };
  lift(event);
  if (!moved) press(event);
  else if (x !== undefined && !along(event)) go(...[x, event.offsetX].sort((a, b) => a - b).map((at) => chart.instant(at)));
});
figure.addEventListener("pointercancel", (event) => lift(event));
figure.addEventListener("pointerleave", (event) => { if (!drag && !held && event.pointerType !== "touch") hide(); });

const apart = () => {
  const [one, other] = fingers.values();
  return other === undefined ? 0 : Math.max(10, Math.abs(one - other));
};
const along = (event) => event.pointerType === "touch" || event.shiftKey;

function lift(event) {
  fingers.delete(event.pointerId);
  drag = null;
  byId("stretch").hidden = true;
}

/* A click or a tap: a mark is held, a bar is looked at closer; a finger asks a bar what it is first. */
function press(event) {
  const touch = event.pointerType === "touch", before = held && shown.bins ? `${cursor.lane} ${cursor.bin}` : "";
  hide();
  const { mark, bar } = point(event, touch ? 24 : 12);
  if (bar && (!touch || before === `${bar.lane} ${bar.bin}`)) { closer(bar); return; }
  if (bar) Object.assign(cursor, bar);
  cursor.row = mark ? mark.row : -1;
  draw();
  hold(Boolean(mark || bar));
}

figure.addEventListener("wheel", (event) => {
  if (event.ctrlKey || event.metaKey) zoom(2 ** (event.deltaY / 200), chart.instant(event.offsetX));
  else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan(event.deltaX / figure.clientWidth);
  else return;
  event.preventDefault();
}, { passive: false });

function stretch(one, other) {
  const shade = byId("stretch").style;
  byId("stretch").hidden = false;
  shade.left = `${Math.min(one, other)}px`;
  shade.width = `${Math.abs(one - other)}px`;
}

/* Arrow keys go from mark to mark or from bar to bar; what is reached is shown and told. */
function step(forward) {
  if (shown.marks) return stepMark((at, all) => (at < 0 && forward < 0 ? all.length - 1 : (at + forward + all.length) % all.length));
  const size = shown.bins.bounds.length - 1;
  const start = cursor.bin < 0 ? (forward > 0 ? -1 : size) : cursor.bin;
  for (let bin = start + forward; bin >= 0 && bin < size; bin += forward) {
    if (binAt({ lane: cursor.lane, bin }).total) { cursor.bin = bin; return tellBin(); }
  }
}

function stepMark(next) {
  if (!shown.marks.length) return;
  const mark = shown.marks[next(shown.marks.findIndex((one) => one.row === cursor.row), shown.marks)];
  if (!mark) return;
  cursor.row = mark.row;
  draw();
  showMark(mark).then(() => { byId("told").textContent = tip.textContent; });
}

function tellBin() {
  const found = showBin(cursor);
  byId("told").textContent = `${found.name}, ${found.when}: ${counted(found.total, "statement")}, ${found.pro} for, `
    + `${found.neither} neither, ${found.against} against, ${found.tally}`;
}

function stepLane(down) {
  if (shown.marks) {
    const here = shown.marks.find((one) => one.row === cursor.row) || { lane: down > 0 ? -1 : lanes.shown.length, x: 0 };
    return stepMark((_, all) => {
      const beyond = all.filter((one) => (one.lane - here.lane) * down > 0);
      const nearest = beyond.sort((a, b) => Math.abs(a.lane - b.lane ? a.lane - b.lane : 0) * down
        || Math.abs(a.x - here.x) - Math.abs(b.x - here.x) || (a.lane - b.lane) * down)[0];
      return all.indexOf(nearest);
    });
  }
  cursor.lane = Math.min(Math.max(cursor.lane + down, 0), lanes.shown.length - 1);
  cursor.bin = Math.max(cursor.bin, 0);
  tellBin();
}

const KEYS = {
  ArrowRight: () => step(1), ArrowLeft: () => step(-1), ArrowDown: () => stepLane(1), ArrowUp: () => stepLane(-1),
  "+": () => zoom(.5), "=": () => zoom(.5), "-": () => zoom(2), 0: () => go(whole.from, whole.until),
  Home: () => go(whole.from, whole.until), PageDown: () => pan(.5), PageUp: () => pan(-.5),
  Escape: () => { cursor.row = -1; hide(); draw(); },
  Enter: () => { if (shown.bins && cursor.bin >= 0) closer(cursor); else if (cursor.row >= 0) open(cursor.row); },
};
figure.addEventListener("keydown", (event) => {
  if (!Object.hasOwn(KEYS, event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  KEYS[event.key]();
});

const BUTTONS = { closer: () => zoom(.5), wider: () => zoom(2), before: () => pan(-.5), after: () => pan(.5),
  whole: () => go(whole.from, whole.until), reset: () => { history.replaceState(null, "", "#"); restore(); }, picture: () => picture() };
for (const one of document.querySelectorAll("[data-do]")) one.addEventListener("click", BUTTONS[one.dataset.do]);
byId("more-rows").addEventListener("click", () => { rows += ROWS; listStatements(); });
byId("more-pairs").addEventListener("click", () => { pairs += PAIRS; listPairs([...record.pairsIn(shown)]); });

byId("topic").append(...[...page.topics.keys()].sort(byName(page.topics.map((one) => one.title)))
  .map((code) => make("option", page.topics[code].title, { value: code })));
byId("speakers").append(...[...page.speakers.keys()].sort(byName(page.speakers.map((one) => one.name)))
  .map((code) => make("option", "", { value: page.speakers[code].name })));
byId("topic").addEventListener("change", () => { state.topic = Number(byId("topic").value); choose(); });
byId("speaker").addEventListener("change", () => {
  const typed = byId("speaker").value.trim();
  state.speaker = typed ? page.speakers.findIndex((one) => one.name === typed) : -1;
  byId("speaker").setAttribute("aria-invalid", String(Boolean(typed) && state.speaker < 0));
  choose();
});
for (const name of ["kind", "ruling", "lanes", "times"]) {
  byId(name).addEventListener("change", () => { state[name] = byId(name).value; choose(); });
}

/* The whole record in small, with the stretch that is in view: a click or a drag moves it. */
const overview = {
  canvas: byId("overview"),
  draw() {
    const pen = sized(this.canvas, figure.parentElement.clientWidth, 40, devicePixelRatio || 1);
    const size = Math.max(1, Math.floor((chart.right - chart.left) / 2)), unit = (whole.until - whole.from) / size;
    if (this.of !== lanes || this.size !== size) {
      Object.assign(this, { of: lanes, size, counts: new Uint32Array(size) });
      for (let row = 0; row < record.size; row++) this.counts[Math.min(size - 1, Math.floor((record.middle[row] - whole.from) / unit))] += record.keep[row];
      this.most = this.counts.reduce((one, other) => Math.max(one, other), 1);
    }
    pen.fillStyle = colour("line");
    this.counts.forEach((count, bin) => pen.fillRect(chart.left + 2 * bin, 38, 2, -Math.max(count / this.most * 34, count ? 1 : 0)));
    const at = (instant) => chart.left + (instant - whole.from) / (whole.until - whole.from) * (chart.right - chart.left);
    pen.strokeStyle = colour("ink");
    pen.lineWidth = 2;
    pen.strokeRect(at(state.from) , 2, Math.max(at(state.until) - at(state.from), 3), 37);
  },
  move(event) {
    const at = whole.from + (event.offsetX - chart.left) / (chart.right - chart.left) * (whole.until - whole.from);
    const half = (state.until - state.from) / 2;
    go(at - half, at + half);
  },
};
overview.canvas.addEventListener("pointerdown", (event) => { overview.canvas.setPointerCapture(event.pointerId); overview.move(event); });
overview.canvas.addEventListener("pointermove", (event) => { if (event.buttons) overview.move(event); });

/* The drawing as a picture, with what one must know to read it. */
function picture() {
  const ratio = 2, head = 64, sheet = document.createElement("canvas"), pen = sheet.getContext("2d");
  sheet.width = figure.width / (devicePixelRatio || 1) * ratio;
  sheet.height = (chart.height + head + 24) * ratio;
  pen.scale(ratio, ratio);
  pen.fillStyle = colour("paper");
  pen.fillRect(0, 0, sheet.width, sheet.height);
  const own = chart.pen;
  pen.drawImage(figure, 0, head, chart.width, chart.height);
  chart.pen = pen;
  const title = state.topic >= 0 ? page.topics[state.topic].proposition : document.querySelector("h1").textContent;
  chart.write(title, 12, 28, { size: 20, weight: "bold", room: chart.width - 24 });
  chart.write(byId("summary").textContent, 12, 50, { colour: "quiet", room: chart.width - 24 });
  chart.write(`Above each line for, below against. ${axisWords(state.from, state.until, axisZone())}. flipflop`, 12, head + chart.height + 8, { colour: "quiet", room: chart.width - 24 });
  chart.pen = own;
  sheet.toBlob((blob) => {
    const link = make("a", "", { href: URL.createObjectURL(blob), download: "timeline.png" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}

const theme = byId("theme");
const named = () => { theme.textContent = dark() ? "Light" : "Dark"; };
const recolour = () => { named(); colour = palette(); draw(); };
theme.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; recolour(); });
prefersDark.addEventListener("change", recolour);
document.addEventListener("pointerdown", ({ target }) => { if (held && target !== figure && !tip.contains(target)) hide(); });
addEventListener("beforeprint", () => { printing = true; colour = palette(); draw(); });
addEventListener("afterprint", () => { printing = false; colour = palette(); draw(); });
addEventListener("hashchange", restore);
let width = figure.parentElement.clientWidth;
new ResizeObserver(() => {
  const now = figure.parentElement.clientWidth;
  if (!now || now === width) return; /* hidden for the moment, or nothing new */
  width = now;
  draw();
}).observe(figure.parentElement);

/* In a frame of somebody else's page: as high as the content. */
if (parent !== window) {
  const tall = () => parent.postMessage({ flipflop: "height", height: Math.ceil(root.getBoundingClientRect().height) }, "*");
  new ResizeObserver(tall).observe(root);
}

named();
restore();
root.dataset.drawn = "1";
