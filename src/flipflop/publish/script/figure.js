/* A figure that stands in the page already: this moves and hides its elements, by the moments that they carry. */

const SVG = "http://www.w3.org/2000/svg";
const LEAST = 60, FAR = 10, NEAR = 24, HAIR = 0.001, LETTER = 6.6, PLAIN = 7.2, BOLD = 7.9, LINE = 16;
const AT_ONCE = 12;
const BRACKET = [6, 10], INSET = 2, TOGETHER = 24;
const numbers = (text) => (text || "").split(" ").filter(Boolean).map(Number);
const drawn = (tag, attributes, words) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (words !== undefined) element.textContent = words;
  return element;
};

/* The moment that a time element carries. */
function momentOf({ dateTime, dataset }) {
  const start = Date.parse(dateTime) / 1000, end = start + Number(dataset.w || 1);
  return { start, end, precision: dataset.p || "", approximate: "about" in dataset, own: dataset.tz ?? WORDS.zone };
}

/* The same as it was said: what is known roughly was widened. */
function saidIn(element) {
  const moment = momentOf(element), [before = 0, after = 0] = numbers(element.dataset.about);
  return { ...moment, start: moment.start + before, end: moment.end - after };
}

/* Start, end and middle of a statement, and what was said; one that is open to a side stands at its one known bound. */
function momentsOfRow(row) {
  const time = row.querySelector("time"), moment = momentOf(time), { start, end } = moment;
  const [before, after] = [opensBefore(moment), opensAfter(moment)];
  const middle = ((before && !after ? end : start) + (after ? start : end)) / 2;
  return { start, end, middle, said: saidIn(time), open: before || after };
}

/* The moments at which an element begins and ends. */
function momentsOf(element, [one, other = one]) {
  const { dataset, classList } = element;
  if (dataset.t) return numbers(dataset.t);
  if (classList.contains("b")) return [one.start, one.end];
  if (classList.contains("rise")) return [other.start, other.end];
  if (classList.contains("step")) return [one.end, other.start];
  if (classList.contains("word")) return [element.getAttribute("text-anchor") === "end" ? one.start : one.end];
  return classList.contains("head") ? [other.middle] : [one.middle, other.middle];
}

/* One of the two drawings of a figure: for wide screens or for narrow ones. */
class Drawing {
  constructor(svg, moments, labels) {
    [this.svg, this.labels] = [svg, labels];
    this.plot = svg.querySelector(".plot");
    this.window = svg.querySelector(".window");
    this.axis = svg.querySelector(".axis");
    this.zone = svg.querySelector(".zone");
    [this.most, this.edge] = [Number(this.axis.dataset.most), Number(this.axis.dataset.edge)];
    this.below = this.plot.height.baseVal.value - this.window.height.baseVal.value;
    this.lanes = [];
    for (const group of svg.querySelectorAll("[data-lane]")) {
      const lane = this.lanes[group.dataset.lane] ||= { groups: [], height: Number(group.dataset.height), marks: [] };
      lane.groups.push(group);
      if (group.closest(".window")) lane.inside = group;
    }
    this.ends = [...svg.querySelectorAll("[data-ends]")].map((line) => [line, numbers(line.dataset.ends)]);
    this.timed = [...svg.querySelectorAll("[data-n]")].map((element) => {
      const rows = numbers(element.dataset.n), kind = element.tagName;
      const y = kind === "path" ? Number(/,\s*(-?[\d.]+)px/.exec(element.getAttribute("style"))[1]) : 0;
      return { element, kind, rows, y, t: momentsOf(element, rows.map((row) => moments[row])) };
    });
    this.marks = this.timed.filter(({ element }) => element.classList.contains("m"));
    for (const mark of this.marks) {
      mark.lane = Number(mark.element.closest("[data-lane]").dataset.lane);
      mark.said = moments[mark.rows[0]].said;
      this.lanes[mark.lane].marks.push(mark);
    }
    this.stack();
  }

  stack() {
    let top = 0;
    for (const lane of this.lanes) {
      lane.top = top;
      lane.shown = lane.marks.some(({ element }) => !element.hasAttribute("hidden"));
      if (lane.shown) top += lane.height;
    }
    this.height = top;
  }

  /* Lanes without a statement to show take no room. */
  restack() {
    this.stack();
    for (const lane of this.lanes) {
      for (const group of lane.groups) {
        group.toggleAttribute("hidden", !lane.shown);
        group.setAttribute("transform", `translate(0 ${lane.top})`);
      }
    }
    for (const one of [this.svg, this.plot]) one.setAttribute("height", this.height + this.below);
    this.window.setAttribute("height", this.height);
    this.zone.setAttribute("y", this.height + 56);
    for (const [line, [one, y, other, low]] of this.ends) {
      line.setAttribute("y1", this.lanes[one].top + y);
      line.setAttribute("y2", this.lanes[other].top + low);
    }
  }

  show([start, end], named) {
    const part = (moment) => Math.min(1 + FAR, Math.max(-FAR, (moment - start) / (end - start)));
    const x = (moment) => `${Math.round(1e5 * part(moment)) / 1e3}%`;
    for (const { element, kind, t, y } of this.timed) {
      const [first, last] = t;
      if (kind === "path") element.style.transform = `translate(${x(first)},${y}px)`;
      else if (kind === "line") { element.setAttribute("x1", x(first)); element.setAttribute("x2", x(last)); }
      else if (element.classList.contains("label")) continue;
      else if (kind === "text") this.place(element, t, [start, end], x, named);
      else {
        element.setAttribute("x", x(first));
        const wide = parseFloat(x(last)) - parseFloat(x(first));
        element.setAttribute("width", `${kind === "svg" ? Math.max(wide, HAIR) : wide}%`);
      }
    }
    this.labels.spread([start, end]);
    this.beyond(start, end);
  }

  /* Notes stand on the roomier side, words only in the view they fit. */
  place(text, [first], [start, end], x, named) {
    text.setAttribute("x", x(first));
    if (text.classList.contains("word")) text.toggleAttribute("hidden", text.dataset.in !== named);
    else {
      const left = 2 * first > start + end;
      text.setAttribute("text-anchor", left ? "end" : "start");
      text.setAttribute("dx", left ? -6 : 6);
    }
  }

  /* Moments at the edges tell of the nearest statements outside, and how many more there are. */
  beyond(start, end) {
    for (const text of this.svg.querySelectorAll(".beyond")) text.remove();
    for (const { marks, inside } of this.lanes) {
      const seen = marks.filter(({ element }) => !element.hasAttribute("hidden")).sort((a, b) => a.t[0] - b.t[0]);
      const before = seen.filter(({ t }) => t[0] < start).reverse(), after = seen.filter(({ t }) => t[0] > end);
      for (const [[mark, ...more], x, anchor, side] of [[before, 0, "start", "before"], [after, "100%", "end", "after"]]) {
        if (!mark) continue;
        const nearest = shortWords(mark.said, axisZone), count = more.length;
        const words = count ? fill(WORDS.edges.more, { words: nearest, count }) : nearest;
        inside.append(drawn("text", { class: "beyond quiet", x, y: mark.y + 4, "text-anchor": anchor },
          fill(WORDS.edges[side], { words })));
      }
    }
  }

  drawAxis([start, end]) {
    const inside = ticks(start, end, this.most, axisZone).flatMap(({ moment, words, context }) => {
      const where = (moment - start) / (end - start), x = `${Math.round(1e5 * where) / 1e3}%`;
      const anchor = where < this.edge ? "start" : where > 1 - this.edge ? "end" : "middle";
      const lines = [[words, 18], [context, 34]].filter(([line]) => line);
      return [
        drawn("line", { class: "grid", x1: x, x2: x, y1: 0, y2: this.height + 5 }),
        ...lines.map(([line, drop]) => drawn("text", { x, y: this.height + drop, "text-anchor": anchor }, line)),
      ];
    });
    this.axis.replaceChildren(...inside);
  }

  /* The plot on the screen. Only the outer drawing has a box of its own: inner ones tell how far their content goes. */
  box() { return this.svg.getBoundingClientRect(); }

  width() { return this.box().width; }

  /* The place of a mark in pixels from the corner of the plot. */
  at(mark, [start, end]) {
    return [(mark.t[0] - start) / (end - start) * this.width(), this.lanes[mark.lane].top + mark.y];
  }
}

/* The labels of the arcs of one drawing: both lines, where they stand, and the statements that each arc joins. */
class Labels {
  constructor(svg, { rows, changes }) {
    this.svg = svg;
    const found = {};
    for (const element of svg.querySelectorAll(".label[data-n]")) {
      const { a: number, n } = element.dataset;
      (found[number] ||= { number, ends: numbers(n).map((row) => momentsOfRow(rows[row])), texts: [] }).texts.push(element);
    }
    this.all = Object.values(found).map(({ number, texts, ends }) => {
      const [gap, words] = texts.map((text) => text.textContent), lane = texts[1].closest("[data-lane]");
      const [foot, quiet] = [Number(texts[1].getAttribute("y")), texts[1].classList.contains("arc-dismissed")];
      const ruled = !WORDS.arcs.unjudged.includes(changes[number].dataset.ruling);
      return { lane, texts, foot, gap, words, arcs: [{ number, ends, words, quiet, ruled }] };
    });
  }

  /* They stand above what is in view of their arcs and inside the plot; those that would touch become one. */
  spread([start, end], width = widthOf(this.svg)) {
    const shown = new Map();
    for (const several of this.svg.querySelectorAll(".several")) several.remove();
    const alone = this.all.map((label) => {
      const ends = label.arcs[0].ends.map(({ middle }) => (middle - start) / (end - start) * width);
      return placed({ ...label, left: Math.max(Math.min(...ends), 0), right: Math.min(Math.max(...ends), width) }, width);
    });
    const seen = alone.filter(({ left, right, texts: [text] }) => left <= right && !text.hasAttribute("hidden"));
    for (const label of seen.sort((a, b) => a.left + a.right - b.left - b.right)) {
      if (!shown.has(label.lane)) shown.set(label.lane, []);
      shown.get(label.lane).push(label);
    }
    for (const { texts, half, left, right } of alone) {
      const part = Math.round(1e5 * (left + right) / 2 / width) / 1e3;
      for (const text of texts) {
        text.style.transform = `translate(clamp(${half}px, ${part}%, 100% - ${half}px), 0)`;
        text.classList.add("crowded");
      }
    }
    for (const labels of shown.values()) {
      for (const label of [atOnePlace, wantRoom, touch].reduce((left, belong) => joined(left, belong, width), labels)) {
        if (label.texts) for (const text of label.texts) text.classList.remove("crowded");
        else label.lane.append(severalArcs(label, width));
      }
    }
  }
}

/* The width of a plot on the screen, or of one that is not seen as it was laid out. Only the outer drawing has a box
   of its own: inner ones tell how far their content goes. */
const widthOf = (svg) => svg.getBoundingClientRect().width || Number(svg.querySelector(".sheet").dataset.width);

/* How much room a label takes, and where it stands: not over an edge. */
function placed(label, width) {
  const half = Math.max(label.gap.length * BOLD, label.words.length * PLAIN) / 2 + 4;
  return { ...label, half, middle: Math.max(Math.min((label.left + label.right) / 2, width - half), half) };
}

/* One label for the arcs of two: how many within how much time, and how they stand. */
function together(one, other) {
  const arcs = [...one.arcs, ...other.arcs], ends = arcs.flatMap((arc) => arc.ends), [{ words }] = arcs, told = WORDS.arcs;
  const count = arcs.length, ruled = arcs.filter((arc) => arc.ruled).length;
  const longest = Math.max(...ends.map(({ end }) => end)) - Math.min(...ends.map(({ start }) => start));
  const { joined: within } = gapBetween(longest, longest);
  const standing = ruled ? fill(told.ruled, { ruled, count }) : told.notJudged;
  return {
    ...one, arcs, texts: null, left: Math.min(one.left, other.left), right: Math.max(one.right, other.right),
    gap: fill(ends.some(({ open }) => open) ? told.open : told.within, { count, joined: within }),
    words: arcs.every((arc) => arc.words === words) ? words : standing,
  };
}

/* Labels of which neighbours that belong together are one. */
function joined(labels, belong, width) {
  const found = [];
  for (let label of labels) {
    while (found.length && belong(found.at(-1), label)) label = placed(together(found.pop(), label), width);
    found.push(label);
  }
  return found;
}
const atOnePlace = (one, other) => Math.max(one.right, other.right) - Math.min(one.left, other.left) <= TOGETHER;
const touch = (one, other) => other.middle - other.half < one.middle + one.half;
const wantRoom = (one, other) => touch(one, other) && one.right - one.left < 2 * one.half;

/* A label for several arcs, with a bracket over all of them. */
function severalArcs({ arcs, left, right, middle, gap, words, foot }, width) {
  const inset = right - left > 4 * INSET ? INSET : 0;
  const [first, last, x] = [left + inset, right - inset, middle].map((pixel) => `${Math.round(1e5 * pixel / width) / 1e3}%`);
  const [high, low] = BRACKET.map((down) => foot + down), look = arcs.every(({ quiet }) => quiet) ? "dismissed" : "change";
  const group = drawn("g", { class: "several", "data-a": arcs.map(({ number }) => number).join(" ") });
  for (const [x1, x2, y2] of [[first, last, high], [first, first, low], [last, last, low]]) {
    group.append(drawn("line", { class: "bracket", x1, x2, y1: high, y2 }));
  }
  group.append(drawn("text", { class: `gap label arc-${look}`, x, y: foot - LINE }, gap),
    drawn("text", { class: `label arc-${look}`, x, y: foot }, words));
  return group;
}

/* A row as it is read aloud: who, what, when, the words, each apart from the other. */
function sentence({ cells }) {
  const words = (element) => [...element.childNodes].map((node) => (node.nodeType === 3 ? node.data : words(node)))
    .filter((part) => part.trim()).join(" ").replaceAll(/\s+/g, " ").trim();
  const [moment, speaker, position, quote, source] = [...cells].map(words);
  return [`${speaker} ${position}`, moment, quote, source && `Source: ${source}`].filter(Boolean).join(". ");
}

class Figure {
  constructor(section) {
    this.section = section;
    this.number = Number(section.id.slice("topic-".length));
    this.box = section.querySelector(".figure");
    this.rows = [...section.querySelectorAll("tbody tr")];
    this.caption = section.querySelector("caption");
    this.changes = [...section.querySelectorAll(".changes > li")];
    const { view, whole, crowd } = this.box.dataset;
    this.views = { view: numbers(view), whole: numbers(whole), crowd: crowd && numbers(crowd) };
    this.hidden = new Set();
    this.named = "view";
    this.span = this.views.view;
    this.card = new Card(this);
    this.at = -1;
    this.listen();
  }

  /* Both drawings, looked through when a reader first does something with them. */
  get drawings() {
    if (!this.both) {
      const moments = this.rows.map(momentsOfRow);
      this.both = this.labels.map((labels) => new Drawing(labels.svg, moments, labels));
    }
    return this.both;
  }

  /* The labels of both: few, so that they are looked through as soon as they may have more room. */
  get labels() {
    return this.own ||= [...this.box.querySelectorAll("svg.drawing")].map((svg) => new Labels(svg, this));
  }

  /* The drawing that the reader sees; the other one follows when the width changes. */
  get drawing() { return this.drawings[narrow.matches ? 1 : 0]; }

  draw(drawing = this.drawing) {
    this.stale = false;
    drawing.restack();
    drawing.show(this.span, this.named);
    drawing.drawAxis(this.span);
    drawing.zone.textContent = axisTitle();
    keepAxis(drawing.svg);
  }

  /* Of many figures only those in view at once: the others when they come into view, or on paper. */
  drawSoon() {
    if (figures.length <= AT_ONCE || inView.has(this)) this.draw();
    else this.stale = true;
  }

  /* The labels in view, where some share one that may have room for themselves, or the other way round. */
  get labelsToFit() {
    return this.both || this.box.querySelector(".several") ? this.labels[narrow.matches ? 1 : 0] : null;
  }

  look(named) {
    [this.named, this.span] = [named, this.views[named]];
    this.seen();
  }

  lookAt(start, end) {
    const [first, last] = this.views.whole, most = 3 * (last - first);
    const length = Math.min(Math.max(end - start, LEAST), most);
    const middle = Math.min(Math.max((start + end) / 2, first - length / 2), last + length / 2);
    this.named = "own";
    this.span = [middle - length / 2, middle + length / 2];
    this.seen();
  }

  seen() {
    this.card.hide();
    for (const one of this.section.querySelectorAll("button[data-view]")) {
      one.setAttribute("aria-pressed", String(one.dataset.view === this.named));
    }
    this.draw();
    choices.changed();
  }

  /* Closer around a place of the plot: 0 is its start, 1 its end. */
  zoom(factor, where = 0.5) {
    const [start, end] = this.span, length = (end - start) * factor, still = start + where * (end - start);
    this.lookAt(still - where * length, still + (1 - where) * length);
  }

  pan(part) {
    const [start, end] = this.span, way = part * (end - start);
    this.lookAt(start + way, end + way);
  }

  /* Shows what passes: rows, and the elements all of whose statements and changes do. */
  filter(passes, changePasses) {
    this.rows.forEach((row, number) => { row.hidden = !passes(row, number) || this.hidden.has(row.dataset.look); });
    this.changes.forEach((item, number) => { item.hidden = !changePasses(item, number); });
    const gone = (rows) => rows.some((number) => this.rows[number].hidden);
    for (const item of this.section.querySelectorAll("li[data-n]:not(.changes > li)")) {
      item.hidden = !changePasses(item) || numbers(item.dataset.n).every((number) => this.rows[number].hidden);
    }
    for (const item of this.changes) item.hidden ||= gone(numbers(item.dataset.n));
    for (const list of this.section.querySelectorAll("ul")) {
      list.hidden = list.previousElementSibling.hidden = [...list.children].every((item) => item.hidden);
    }
    for (const { timed } of this.drawings) {
      for (const { element, rows } of timed) {
        const change = element.dataset.a === undefined ? null : this.changes[element.dataset.a];
        element.toggleAttribute("hidden", gone(rows) || Boolean(change?.hidden) || this.groupHidden(element));
      }
    }
    const shown = this.rows.filter((row) => !row.hidden).length;
    this.caption.dataset.shown = shown === this.rows.length ? "" : ` ${shown} of ${this.rows.length} shown.`;
    for (const one of this.section.querySelectorAll("button[data-group]")) {
      one.setAttribute("aria-pressed", String(!this.hidden.has(one.dataset.group)));
    }
    this.draw();
  }

  /* Groups are named as in the legend: a stance, or a class of elements. */
  groupHidden({ classList }) {
    for (const group of this.hidden) if (classList.contains(group)) return true;
    return false;
  }

  visible() { return this.drawing.marks.filter(({ element }) => !element.hasAttribute("hidden")); }

  /* The nearest mark to a pointer, where one is near. */
  nearest(event) {
    const { left, top } = this.drawing.box();
    let best = null, least = NEAR;
    for (const mark of this.visible()) {
      const [x, y] = this.drawing.at(mark, this.span);
      const away = Math.hypot(event.clientX - left - x, event.clientY - top - y);
      if (away < least) [best, least] = [mark, away];
    }
    return best;
  }

  pointed(event) {
    const label = event.target.closest?.("[data-a].label, .several");
    const mark = label ? null : this.nearest(event);
    if (label) this.card.changes(numbers(label.dataset.a), event);
    else if (mark) this.card.statement(mark);
    return Boolean(label || mark);
  }

  hovered(event) {
    if (!this.drag && event.pointerType !== "touch" && !this.pointed(event)) this.card.leave();
  }

  clicked(event) {
    if (this.moved) return; /* it was a pull */
    this.card.pinned = false;
    if (this.pointed(event)) this.card.pin();
    else this.card.hide();
  }

  listen() {
    const { box, section } = this;
    box.tabIndex = 0;
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("pointermove", (event) => this.hovered(event));
    box.addEventListener("pointerleave", () => this.card.leave());
    box.addEventListener("click", (event) => this.clicked(event));
    box.addEventListener("dblclick", () => this.look("view"));
    box.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) {
      box.addEventListener(kind, (event) => this.pull(event));
    }
    for (const one of section.querySelectorAll("button[data-view]")) {
      one.addEventListener("click", () => this.look(one.dataset.view));
    }
    for (const one of section.querySelectorAll("button[data-zoom]")) {
      const factor = Number(one.dataset.zoom);
      one.addEventListener("click", () => this.zoom(factor, factor < 1 ? this.still : 0.5));
    }
    section.querySelector("[data-save]").addEventListener("click", () => savePicture(this));
    for (const one of section.querySelectorAll("button[data-group]")) {
      one.addEventListener("click", () => this.toggle(one));
    }
  }

  toggle({ dataset: { group } }) {
    if (!this.hidden.delete(group)) this.hidden.add(group);
    choices.apply();
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { left, width } = this.drawing.box();
    this.zoom(1.0015 ** event.deltaY, (event.clientX - left) / width);
  }

  /* One pointer pulls the time along, two pull it apart. */
  pull(event) {
    const held = this.held ||= new Map();
    if (event.type === "pointerdown") {
      if (event.button || event.target.closest(".card")) return;
      if (!held.size) this.moved = false;
      held.set(event.pointerId, event.clientX);
      return;
    }
    if (event.type !== "pointermove") { held.delete(event.pointerId); this.drag = false; return; }
    if (!held.has(event.pointerId)) return;
    const before = [...held.values()], width = this.drawing.width();
    if (!this.moved && Math.abs(event.clientX - held.get(event.pointerId)) < 5) return;
    if (!this.moved) this.box.setPointerCapture(event.pointerId);
    this.drag = this.moved = true;
    held.set(event.pointerId, event.clientX);
    const after = [...held.values()], { left } = this.drawing.box();
    if (held.size === 1) this.pan((before[0] - after[0]) / width);
    else if (held.size === 2 && before[0] !== before[1] && after[0] !== after[1]) {
      this.zoom(Math.abs((before[0] - before[1]) / (after[0] - after[1])), ((after[0] + after[1]) / 2 - left) / width);
    }
  }

  key(event) {
    if (event.target !== this.box || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const does = {
      Enter: () => this.open(), Escape: () => this.card.hide(), "+": () => this.zoom(0.5, this.still), "-": () => this.zoom(2),
      0: () => this.look("view"), Home: () => this.go(0), End: () => this.go(-1),
    }[event.key];
    if (!step && !does) return;
    event.preventDefault();
    if (does) does();
    else this.step(step);
  }

  /* To the next statement in the order of the table; from nowhere, or from one out of view, to the first in view. */
  step(way) {
    const shown = this.rows.flatMap((row, number) => (row.hidden ? [] : [number]));
    const place = shown.indexOf(this.at), seen = shown.map((number) => this.sees(number));
    if (place >= 0 && (seen[place] || !seen.includes(true))) this.go((place + way + shown.length) % shown.length);
    else if (seen.includes(true)) this.go(way > 0 ? seen.indexOf(true) : seen.lastIndexOf(true));
    else this.go(way > 0 ? 0 : -1);
  }

  sees(number) {
    const mark = this.drawing.marks.find(({ rows }) => rows[0] === number), [start, end] = this.span;
    return mark !== undefined && mark.t[0] >= start && mark.t[0] <= end;
  }

  /* Where the keyboard looks closer: at what is chosen, else at the statement nearest to the middle of what is seen. */
  get still() {
    const [start, end] = this.span, part = ({ t: [moment] }) => (moment - start) / (end - start);
    const inside = this.visible().filter((mark) => part(mark) >= 0 && part(mark) <= 1);
    const chosen = inside.find(({ rows }) => rows[0] === this.at);
    const near = inside.sort((one, other) => Math.abs(part(one) - 0.5) - Math.abs(part(other) - 0.5))[0];
    return chosen || near ? part(chosen || near) : 0.5;
  }

  go(place) { this.select(this.rows.flatMap((row, number) => (row.hidden ? [] : [number])).at(place)); }

  select(number) {
    const mark = this.drawing.marks.find(({ rows }) => rows[0] === number);
    if (!mark || mark.element.hasAttribute("hidden")) return;
    const [start, end] = this.span, half = (end - start) / 2;
    if (mark.t[0] < start || mark.t[0] > end) this.lookAt(mark.t[0] - half, mark.t[0] + half);
    this.card.pinned = false;
    this.card.statement(mark);
    this.card.pin();
    spoken.textContent = sentence(this.rows[number]);
  }

  open() {
    const row = this.rows[this.at], source = row?.querySelector(".source a");
    if (source) window.open(source.href, "_blank", "noopener,noreferrer");
    else if (row) choices.goTo(row);
  }
}
