/* The card beside a mark: what its row says, copied. Nothing is parsed again, so nothing in it can run. */

const copy = (element, tag = "div") => {
  const block = document.createElement(tag);
  block.append(...[...element.childNodes].map((node) => node.cloneNode(true)));
  return block;
};
const MOST_CHANGES = 6;
const named = (block, name) => { block.className = name; return block; };

class Card {
  constructor(figure) {
    this.figure = figure;
    this.element = figure.section.querySelector(".card");
    this.pinned = false;
    this.element.addEventListener("pointerenter", () => clearTimeout(this.going));
    this.element.addEventListener("pointerleave", () => this.leave());
    for (const kind of ["click", "dblclick", "pointermove"]) {
      this.element.addEventListener(kind, (event) => event.stopPropagation());
    }
  }

  statement(mark) {
    const { figure } = this, [number] = mark.rows;
    if (this.pinned || (this.shown === number && !this.element.hidden)) { clearTimeout(this.going); return; }
    this.hide();
    const row = figure.rows[number];
    [this.shown, figure.at] = [number, number];
    row.classList.add("shown");
    mark.element.classList.add("chosen");
    const [moment, speaker, position, words, source] = [...row.cells].map((cell) => copy(cell));
    const head = document.createElement("div"), origin = document.createElement("div");
    head.append(...speaker.childNodes, " · ", ...position.childNodes);
    origin.append("Source: ", ...source.childNodes);
    this.fill([head, words, named(moment, "quiet"), named(origin, "quiet")]);
    const [x, y] = figure.drawing.at(mark, figure.span);
    this.move(x, y);
  }

  /* The pairs of a label, as the list tells them; of very many the first ones. */
  changes(which, event) {
    const name = `a${which.join(" ")}`, more = which.length - MOST_CHANGES, rest = document.createElement("div");
    if (this.pinned || (this.shown === name && !this.element.hidden)) { clearTimeout(this.going); return; }
    this.hide();
    this.shown = name;
    rest.append(`And ${more} more: look closer, or see the list.`);
    const told = which.slice(0, MOST_CHANGES).map((number) => copy(this.figure.changes[number]));
    this.fill(more > 0 ? [...told, named(rest, "quiet")] : told);
    const { left, top } = this.figure.drawing.box();
    this.move(event.clientX - left, event.clientY - top);
  }

  fill(parts) {
    for (const one of parts) for (const found of one.querySelectorAll("[id]")) found.removeAttribute("id");
    this.element.replaceChildren(...parts);
    this.element.hidden = false;
    clearTimeout(this.going);
  }

  /* Beside the mark, on the roomier side, never on it and never out of the drawing. */
  move(x, y) {
    const { element, figure } = this, box = figure.box.getBoundingClientRect();
    const plot = figure.drawing.box();
    const across = x + plot.left - box.left, room = box.width - element.offsetWidth;
    const left = across > box.width / 2 ? across - element.offsetWidth - 14 : across + 14;
    element.style.left = `${Math.max(0, Math.min(left, room))}px`;
    element.style.top = `${y + plot.top - box.top + 14}px`;
  }

  pin() {
    if (this.element.hidden) return;
    this.pinned = true;
    choices.changed();
  }

  /* The pointer has time to reach the card, and its link. */
  leave() {
    if (this.pinned || this.element.hidden) return;
    clearTimeout(this.going);
    this.going = setTimeout(() => this.hide(), 300);
  }

  hide() {
    clearTimeout(this.going);
    const was = this.pinned;
    [this.element.hidden, this.pinned, this.shown] = [true, false, null];
    for (const one of this.figure.section.querySelectorAll(".shown, .chosen")) one.classList.remove("shown", "chosen");
    if (was) choices?.changed();
  }
}
