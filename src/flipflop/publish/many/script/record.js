/* The record: columns of statements in the order of their middles, pairs in the order of their later statements. */

class Record {
  constructor(columns) {
    this.size = columns.speaker.length;
    this.middle = summed(columns.middle, page.first, Float64Array);
    this.later = summed(columns.pairLater, 0, Int32Array);
    this.earlier = this.later.map((later, pair) => later - signed(columns.pairBack[pair]));
    Object.assign(this, { shape: columns.shape, speaker: columns.speaker, topic: columns.topic, look: columns.look });
    Object.assign(this, { kind: columns.pairKind, ruling: columns.pairRuling });
    this.keep = new Uint8Array(this.size);
    this.keepPair = new Uint8Array(this.later.length);
    this.filter({ topic: -1, speaker: -1, kind: "", ruling: "" });
  }

  from(row) {
    const { width, open } = page.shapes[this.shape[row]];
    return open ? this.middle[row] : this.middle[row] - Math.floor(width / 2);
  }

  until(row) { return this.from(row) + page.shapes[this.shape[row]].width; }

  /* What there is to tell; a moment that is open to a side reaches to the edge of the calendar. */
  moment(row) {
    const { open, precision, approximate, tz: own, before, after } = page.shapes[this.shape[row]], both = open === "both";
    const start = both || open === "before" ? FIRST_WALL : this.from(row) + before;
    const end = both || open === "after" ? LAST_WALL + 1 : this.until(row) - after;
    return { start, end, precision, approximate, own };
  }

  side(row) { return page.looks[this.look[row]].side; }

  isConflict(pair) { return !page.kinds[this.kind[pair]].own; }

  /* People ruled that it is a change of position. */
  isChange(pair) { return page.changed[this.ruling[pair]] && !this.isConflict(pair); }

  /* It waits for somebody to judge it. */
  isOpen(pair) { return page.kinds[this.kind[pair]].open[this.ruling[pair]] && !this.isConflict(pair); }

  /* What was ruled on it waits for another look. */
  isAgain(pair) { return page.kinds[this.kind[pair]].again[this.ruling[pair]] && !this.isConflict(pair); }

  isExcused(pair) { return page.rulings[this.ruling[pair]] === "changed_circumstances" && !this.isConflict(pair); }

  /* How pairs stand, in words: those of one speaker. */
  tallyWords(pairs) {
    const told = page.tally, many = (holds) => pairs.filter((pair) => this[holds](pair)).length;
    const [changed, excused, open, again] = ["isChange", "isExcused", "isOpen", "isAgain"].map(many);
    return [
      changed ? fill(told.changed, { changed: number(changed) }) : "",
      excused ? fill(told.excused[changed ? 1 : 0], { excused: number(excused) }) : "",
      open ? fill(told.open[open === 1 ? 0 : 1], { open: number(open) }) : "",
      again ? fill(told.again[again === 1 ? 0 : 1], { again: number(again) }) : "",
    ].filter(Boolean).join(", ") || told.none;
  }

  /* Keep the statements that the choice names; with a kind or a ruling only those of such pairs. */
  filter({ topic, speaker, kind, ruling }) {
    const { keep, keepPair, later, earlier, size } = this;
    const fits = (row) => (topic < 0 || this.topic[row] === topic) && (speaker < 0 || this.speaker[row] === speaker);
    const paired = Boolean(kind || ruling);
    if (paired) keep.fill(0);
    else if (topic < 0 && speaker < 0) keep.fill(1);
    else for (let row = 0; row < size; row++) keep[row] = fits(row) ? 1 : 0;
    const kindFits = page.kinds.map(({ name }, code) => !kind || kind === name
      || (kind === "any" && page.kinds[code].own));
    const rulingFits = page.rulings.map((name) => !ruling || (ruling === "none" ? !name : name === ruling));
    for (let pair = 0; pair < later.length; pair++) {
      const a = earlier[pair], z = later[pair];
      const shown = kindFits[this.kind[pair]] && rulingFits[this.ruling[pair]] && (fits(a) || fits(z));
      keepPair[pair] = shown ? 1 : 0;
      if (shown && paired) { keep[a] = fits(a) ? 1 : keep[a]; keep[z] = fits(z) ? 1 : keep[z]; }
    }
  }

  /* The first row whose middle is not before the instant. */
  firstFrom(instant) { return lowerBound(this.middle, this.size, instant); }

  /* Rows [begin, end) whose middle lies in the stretch, and how many of them are kept. */
  window(from, until) {
    const begin = this.firstFrom(from), end = this.firstFrom(until);
    let count = 0;
    for (let row = begin; row < end; row++) count += this.keep[row];
    return { begin, end, count };
  }

  /* The pairs whose later statement lies in the rows. */
  *pairsIn({ begin, end }) {
    const { later, keepPair } = this;
    for (let pair = lowerBound(later, later.length, begin); pair < later.length && later[pair] < end; pair++) {
      if (keepPair[pair]) yield pair;
    }
  }

  /* Who or what has a lane, by name: at most so many, those with the most kept statements; the rest share the last. */
  lanes(by, most) {
    const key = by === "topic" ? this.topic : this.speaker;
    const names = by === "topic" ? page.topics.map((one) => one.title) : page.speakers.map((one) => one.name);
    const often = new Uint32Array(names.length);
    for (let row = 0; row < this.size; row++) often[key[row]] += this.keep[row];
    const present = [...names.keys()].filter((code) => often[code]).sort((a, b) => often[b] - often[a] || a - b);
    const own = present.splice(0, present.length <= most ? most : most - 1).sort(byName(names));
    const lane = new Uint16Array(names.length).fill(own.length);
    own.forEach((code, place) => { lane[code] = place; });
    const shown = own.map((code) => names[code]);
    if (present.length) shown.push(`${number(present.length)} others`);
    return { by, key, lane, shown, others: present.length };
  }

  /* How many kept statements fall in each lane, stretch and side (-1, 0, +1 in this order). */
  counts(bounds, { key, lane, shown }) {
    const bins = bounds.length - 1;
    const found = new Uint32Array(shown.length * bins * 3);
    const place = page.looks.map((look) => look.side + 1);
    const { keep, look } = this;
    let row = this.firstFrom(bounds[0]);
    for (let bin = 0; bin < bins; bin++) {
      const end = this.firstFrom(bounds[bin + 1]);
      for (; row < end; row++) if (keep[row]) found[(lane[key[row]] * bins + bin) * 3 + place[look[row]]]++;
    }
    return found;
  }

  gap(pair) {
    const a = this.earlier[pair], z = this.later[pair];
    const [first, second] = [this.moment(a), this.moment(z)];
    return gapBetween(second.start - first.end, second.end - first.start);
  }

  /* What is told of a pair: that two statements differ, until somebody has ruled. */
  pairWords(pair) {
    const kind = page.kinds[this.kind[pair]];
    const [a, z] = [this.earlier[pair], this.later[pair]];
    const side = page.sides[page.topics[this.topic[a]].kind === "account" ? 1 : 0][this.side(a) + 1];
    const name = (row) => page.speakers[this.speaker[row]].name;
    const { words: gap, joined } = this.gap(pair);
    return fill(kind.told[this.ruling[pair]], { gap, joined, name: name(a), other: name(z), side });
  }
}

const byName = (names) => (a, b) => {
  const [one, other] = [names[a].toLowerCase(), names[b].toLowerCase()];
  return one < other ? -1 : one > other ? 1 : a - b;
};

function lowerBound(values, size, sought) {
  let low = 0, high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < sought) low = middle + 1; else high = middle;
  }
  return low;
}

/* The quotations that the file carries, in blocks that are unpacked when they are first asked for. */
class Quotes {
  constructor(rows, size) {
    this.rank = new Int32Array(size).fill(-1);
    for (let i = 0; i < rows.length; i++) this.rank[rows[i]] = i;
    this.packed = document.getElementById("quotes").textContent.split("\n");
    this.blocks = new Map();
  }

  has(row) { return this.rank[row] >= 0; }

  async of(row) {
    if (!this.has(row)) return null;
    const at = Math.floor(this.rank[row] / page.block), slot = this.rank[row] % page.block;
    if (!this.blocks.has(at)) this.blocks.set(at, inflate(this.packed[at]).json());
    const block = await this.blocks.get(at);
    return Object.fromEntries(Object.entries(block).map(([name, values]) => [name, values[slot]]));
  }
}
