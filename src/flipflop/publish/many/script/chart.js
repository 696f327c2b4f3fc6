/* Draws lanes on a canvas: counts per stretch of time, or a mark for each statement. Knows no event of the reader's. */

const AXIS = 38, TOP = 6, SYMBOL = 13;
const FONT = getComputedStyle(document.documentElement).getPropertyValue("--sans");
const LEVELS = { "-1": 15, 0: 0, 1: -15 };

class Chart {
  constructor(canvas, record) {
    this.canvas = canvas;
    this.record = record;
    this.pen = canvas.getContext("2d");
    this.shapes = {};
    for (const symbol of document.querySelectorAll("#symbols svg[data-look]")) this.shapes[symbol.dataset.look] = outline(symbol);
  }

  /* Sizes follow the room there is; a name stands left of its lane, or above it where there is none. */
  measure(lanes, width, ratio) {
    this.narrow = width < 720;
    this.left = this.narrow ? 2 : 172;
    this.right = width - 10;
    this.row = this.narrow ? 98 : 78;
    this.height = TOP + lanes.shown.length * this.row + AXIS;
    this.canvas.style.height = `${this.height}px`;
    sized(this.canvas, width, this.height, ratio);
    this.width = width;
  }

  base(lane) { return TOP + lane * this.row + (this.narrow ? 60 : 42); }

  x(instant) { return this.left + (instant - this.from) / (this.until - this.from) * (this.right - this.left); }

  instant(x) { return this.from + (x - this.left) / (this.right - this.left) * (this.until - this.from); }

  /* What is drawn follows from how many statements, changes and conflicts are in view; returns a description for pointer, keys and words. */
  draw(view) {
    Object.assign(this, { from: view.from, until: view.until, lanes: view.lanes, zone: view.zone, colour: view.colour });
    this.measure(view.lanes, view.width, view.ratio);
    this.pen.fillStyle = this.colour("paper");
    this.pen.fillRect(0, 0, this.width, this.height);
    const window = this.record.window(this.from, this.until);
    this.shown = { ...window, marks: null, bins: null, span: [this.from, this.until] };
    this.ground();
    const all = window.count + [...this.record.pairsIn(window)].length;
    if (all > page.most) this.drawCounts(); else this.drawMarks();
    this.names();
    return this.shown;
  }

  write(text, x, y, { size = 12, weight = "", colour = "ink", align = "left", room = Infinity } = {}) {
    this.pen.font = `${weight} ${size}px ${FONT}`;
    this.pen.fillStyle = this.colour(colour);
    this.pen.textAlign = align;
    this.pen.textBaseline = "alphabetic";
    this.pen.direction = "ltr";
    this.pen.fillText(this.cut(text, room), x, y);
  }

  /* As many letters as there is room for, found by halves. */
  cut(text, room) {
    const fits = (words) => this.pen.measureText(words).width <= room;
    if (fits(text)) return text;
    const letters = [...text], cut = (count) => `${letters.slice(0, count).join("").trimEnd()}…`;
    let few = 0, many = letters.length;
    while (many - few > 1) {
      const middle = (few + many) >> 1;
      if (fits(cut(middle))) few = middle; else many = middle;
    }
    return cut(few);
  }

  ground() {
    const { pen } = this, bottom = TOP + this.lanes.shown.length * this.row;
    const most = Math.max(2, Math.floor((this.right - this.left) / 70));
    const free = [-Infinity, -Infinity];
    for (const { moment, words, context } of ticks(this.from, this.until, most, this.zone)) {
      const x = this.x(moment);
      pen.fillStyle = this.colour("grid");
      pen.fillRect(Math.round(x), TOP, 1, bottom - TOP);
      pen.font = `12px ${FONT}`;
      [words, context].forEach((label, line) => {
        const wide = pen.measureText(label).width, begin = Math.min(Math.max(x - wide / 2, 2), this.width - wide - 2);
        if (!label || begin < free[line] + 6) return;
        this.write(label, begin, bottom + 16 + 16 * line, { colour: "quiet" });
        free[line] = begin + wide;
      });
    }
    pen.fillStyle = this.colour("line");
    for (let lane = 0; lane < this.lanes.shown.length; lane++) {
      pen.fillRect(this.left, this.base(lane), this.right - this.left, 1);
    }
  }

  names() {
    this.lanes.shown.forEach((name, lane) => {
      const notes = this.shown.bins ? `at most ${number(this.shown.bins.highest[lane])} in ${oneBin(this.shown.bins.step)}` : "";
      const base = this.base(lane);
      if (this.narrow) {
        this.write(name, this.left, base - 44, { size: 13, weight: "bold", room: this.right - this.left - 150 });
        this.write(notes, this.right, base - 44, { colour: "quiet", align: "right", room: 145 });
      } else {
        this.write(name, this.left - 12, base + (notes ? -1 : 5), { size: 13, weight: "bold", align: "right", room: this.left - 16 });
        this.write(notes, this.left - 12, base + 15, { colour: "quiet", align: "right", room: this.left - 16 });
      }
    });
  }

  /* Above the line those for, below it those against; what is neither lies across it, half above and half below. */
  drawCounts() {
    const step = binFor(this.until - this.from, (this.right - this.left) / 4);
    const bounds = edges(this.from, this.until, step, this.zone), size = bounds.length - 1;
    const counts = this.record.counts(bounds, this.lanes), highest = [];
    this.lanes.shown.forEach((_, lane) => {
      let most = 0, total = 0;
      for (let bin = 0; bin < size; bin++) {
        const [against, neither, pro] = counts.subarray((lane * size + bin) * 3, (lane * size + bin) * 3 + 3);
        most = Math.max(most, pro + neither / 2, against + neither / 2);
        total = Math.max(total, pro + neither + against);
      }
      highest.push(total);
      this.bars(lane, counts, bounds, most ? 28 / most : 0);
    });
    this.shown.bins = { bounds, counts, step, words: binWords(step), highest };
    this.changeTicks();
  }

  bars(lane, counts, bounds, scale) {
    const { pen } = this, base = this.base(lane) + .5, size = bounds.length - 1;
    for (const [side, name] of [[0, "oppose"], [1, "unclear"], [2, "support"]]) {
      pen.fillStyle = this.colour(name);
      for (let bin = 0; bin < size; bin++) {
        const at = (lane * size + bin) * 3, count = counts[at + side];
        if (!count) continue;
        const half = counts[at + 1] / 2 * scale, tall = Math.max(count * scale, .75);
        const left = Math.max(this.left, this.x(bounds[bin])), right = Math.min(this.right, this.x(bounds[bin + 1]));
        const y = side === 0 ? base + half : side === 1 ? base - half : base - half - tall;
        pen.fillRect(left, y, Math.max(right - left - (right - left > 3 ? 1 : 0), .75), tall);
      }
    }
  }

  lane(row) { return this.lanes.lane[this.lanes.key[row]]; }

  /* At the upper edge of a lane a line for each pair of one speaker; where they are many, one for each stretch, as high as its share. */
  changeTicks() {
    const { pen, record } = this, found = [...record.pairsIn(this.shown)].filter((pair) => !record.isConflict(pair));
    const many = found.length > 400, size = this.shown.bins.bounds.length - 1, count = new Map(), most = new Map();
    for (const pair of found) {
      const row = record.later[pair], lane = this.lane(row), at = record.middle[row];
      const bin = lowerBound(this.shown.bins.bounds, size + 1, at + 1) - 1;
      const key = many ? lane * size + bin : pair;
      count.set(key, (count.get(key) || 0) + 1);
      most.set(lane, Math.max(most.get(lane) || 1, count.get(key)));
      if (many) continue;
      pen.fillStyle = this.colour(quietly(record, pair) ? "line" : "change");
      pen.fillRect(Math.round(this.x(at)), this.base(lane) - 38, 1, 7);
    }
    if (!many) return;
    pen.fillStyle = this.colour(found.some((pair) => record.isChange(pair)) ? "change" : "line");
    for (const [key, number] of count) {
      const lane = Math.floor(key / size), middle = (this.shown.bins.bounds[key % size] + this.shown.bins.bounds[key % size + 1]) / 2;
      const tall = Math.max(1, 7 * number / most.get(lane));
      pen.fillRect(Math.round(Math.min(Math.max(this.x(middle), this.left), this.right - 1)), this.base(lane) - 31 - tall, 1, tall);
    }
  }

  drawMarks() {
    this.shown.marks = this.place();
    const at = new Map(this.shown.marks.map((mark) => [mark.row, mark]));
    this.arcs(at);
    for (const mark of this.shown.marks) this.span(mark);
    for (const mark of this.shown.marks) this.symbol(mark);
  }

  /* Marks of one lane and side that would cover each other stand in up to three rows. */
  place() {
    const marks = [], last = new Map();
    for (let row = this.shown.begin; row < this.shown.end; row++) {
      if (!this.record.keep[row]) continue;
      const lane = this.lane(row), x = this.x(this.record.middle[row]), side = this.record.side(row);
      const slots = last.get(3 * lane + side) || [-Infinity, -Infinity, -Infinity];
      let slot = slots.findIndex((before) => x - before >= SYMBOL);
      if (slot < 0) slot = slots.indexOf(Math.min(...slots));
      slots[slot] = x;
      last.set(3 * lane + side, slots);
      marks.push({ row, lane, x, y: this.base(lane) + .5 + LEVELS[side] + [0, -5, 5][slot] });
    }
    return marks;
  }

  span({ row, x, y, lane }) {
    const left = Math.max(this.left, this.x(this.record.from(row))), right = Math.min(this.right, this.x(this.record.until(row)));
    if (right - left <= SYMBOL) return;
    this.pen.globalAlpha = .35;
    this.pen.fillStyle = this.colour(page.looks[this.record.look[row]].look);
    this.pen.fillRect(left, y - 1.5, right - left, 3);
    this.pen.globalAlpha = 1;
  }

  symbol({ row, x, y }) {
    const { pen } = this, { look, form } = page.looks[this.record.look[row]], scale = SYMBOL / 16;
    pen.save();
    pen.translate(x, y);
    pen.scale(scale, scale);
    pen.lineWidth = 2.5;
    pen.strokeStyle = pen.fillStyle = this.colour("paper");
    pen.stroke(this.shapes[look]);
    pen.fill(this.shapes[look]);
    pen.strokeStyle = pen.fillStyle = this.colour(look);
    if (page.hollow.includes(form)) { pen.lineWidth = 2; pen.stroke(this.shapes[look]); } else pen.fill(this.shapes[look]);
    pen.restore();
  }

  ring({ x, y }) {
    this.pen.strokeStyle = this.colour("ink");
    this.pen.lineWidth = 2;
    this.pen.beginPath();
    this.pen.arc(x, y, 11, 0, 7);
    this.pen.stroke();
  }

  arcs(at) {
    const labels = [];
    for (const pair of this.record.pairsIn(this.shown)) {
      const from = at.get(this.record.earlier[pair]), to = at.get(this.record.later[pair]);
      const kind = page.kinds[this.record.kind[pair]];
      if (!to) continue;
      if (!kind.own) { if (from) this.joined(from, to); continue; }
      const start = from || this.beyond(this.record.earlier[pair], to.lane);
      this.arc(pair, kind, start, to);
      if (to.x - start.x > 60) labels.push({ pair, x: (Math.max(start.x, this.left) + to.x) / 2, lane: to.lane });
    }
    if (labels.length <= 60) this.labels(labels);
  }

  /* Where an arc comes from that begins outside the view: beyond its edge, on the right side of the lane. */
  beyond(row, lane) {
    const x = Math.max(this.x(this.record.middle[row]), this.left - 60);
    return { x, y: this.base(lane) + LEVELS[this.record.side(row)] };
  }

  /* From the earlier to the later mark, with an arrow; dashed for half turns and what nobody has judged, dotted and without one where the order is not known. */
  arc(pair, kind, from, to) {
    const { pen } = this, quiet = quietly(this.record, pair), top = this.base(to.lane) - 36, down = to.y - 8;
    pen.strokeStyle = pen.fillStyle = this.colour(quiet ? "quiet" : "change");
    pen.lineWidth = quiet ? 1 : 1.6;
    pen.save();
    pen.setLineDash(page.judged[this.record.ruling[pair]] && quiet ? [1, 4] : quiet && !kind.dash.length ? [10, 4] : kind.dash);
    pen.beginPath();
    pen.rect(this.left, 0, this.right - this.left, this.height);
    pen.clip();
    pen.beginPath();
    pen.moveTo(from.x, from.y - 8);
    pen.bezierCurveTo(from.x + (to.x - from.x) * .15, top, to.x - (to.x - from.x) * .15, top, to.x, down);
    pen.stroke();
    pen.setLineDash([]);
    if (kind.headed) {
      pen.beginPath();
      pen.moveTo(to.x, down + 1);
      pen.lineTo(to.x - 4, down - 6);
      pen.lineTo(to.x + 3, down - 6);
      pen.fill();
    }
    pen.restore();
  }

  /* Two speakers' statements that do not agree: a plain line, which points at nobody. */
  joined(from, to) {
    this.pen.strokeStyle = this.colour("line");
    this.pen.lineWidth = 1.2;
    this.pen.setLineDash([7, 3, 1, 3]);
    this.pen.beginPath();
    this.pen.moveTo(from.x, from.y);
    this.pen.lineTo(to.x, to.y);
    this.pen.stroke();
    this.pen.setLineDash([]);
  }

  labels(found) {
    const free = new Map();
    for (const { pair, x, lane } of found.sort((a, b) => a.x - b.x)) {
      const text = this.record.gap(pair).words;
      this.pen.font = `12px ${FONT}`;
      const wide = this.pen.measureText(text).width, left = Math.min(Math.max(x - wide / 2, this.left), this.right - wide);
      if (left < (free.get(lane) ?? -Infinity) + 8) continue;
      this.pen.fillStyle = this.colour("paper");
      this.pen.fillRect(left - 2, this.base(lane) - 40, wide + 4, 13);
      this.write(text, left, this.base(lane) - 29);
      free.set(lane, left + wide);
    }
  }
}

/* A canvas gets a new size only where that changes: it costs a new surface, and an empty moment on the screen. */
function sized(canvas, width, height, ratio) {
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)], pen = canvas.getContext("2d");
  if (canvas.width !== across || canvas.height !== down) Object.assign(canvas, { width: across, height: down });
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}

/* What nobody ruled to be a change stays in view, but quietly. */
const quietly = (record, pair) => !record.isChange(pair);

/* The shape of a symbol of the page, with its middle at the origin. */
function outline(symbol) {
  const { x, y, width, height } = symbol.viewBox.baseVal, path = new Path2D();
  for (const shape of symbol.querySelectorAll("path, circle")) {
    const own = shape.hasAttribute("d") ? new Path2D(shape.getAttribute("d")) : new Path2D();
    if (shape.r) own.arc(shape.cx.baseVal.value, shape.cy.baseVal.value, shape.r.baseVal.value, 0, 7);
    path.addPath(own, new DOMMatrix([1, 0, 0, 1, -x - width / 2, -y - height / 2]));
  }
  return path;
}
