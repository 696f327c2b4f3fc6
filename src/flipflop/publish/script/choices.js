/* What the reader has chosen: filters, zone, stretch of time, statement. It stands in the address and can be sent. */

const LONGEST = 8000;
const numberOrNull = (text) => (/^-?\d{1,13}(\.\d{1,3})?$/.test(text) ? Number(text) : null);

class Choices {
  constructor() {
    this.groups = [...document.querySelectorAll(".choice")];
    this.zone = document.getElementById("zone");
    this.count = document.getElementById("count");
    this.clear = document.getElementById("clear");
    this.busy = true;
    this.listen();
  }

  listen() {
    if (!this.zone) return;
    for (const group of this.groups) {
      group.addEventListener("click", ({ target }) => {
        const one = target.closest("button");
        if (!one) return;
        one.setAttribute("aria-pressed", String(one.getAttribute("aria-pressed") !== "true"));
        this.apply();
      });
    }
    addEventListener("pointerdown", ({ target }) => {
      for (const group of this.groups) if (!group.contains(target)) group.open = false;
    });
    this.clear.addEventListener("click", () => { this.press(new URLSearchParams()); this.apply(); });
    this.zone.addEventListener("change", () => this.tell());
    document.getElementById("link").addEventListener("click", ({ target }) => this.copyLink(target));
    document.getElementById("csv").addEventListener("click", () => saveTable());
  }

  /* What every moment and every zone was called when the page came. */
  get words() {
    const told = document.querySelectorAll("time, .times");
    return this.came ||= new Map([...told].map((one) => [one, one.textContent]));
  }

  get total() { return this.all ||= this.countOf(() => true); }

  /* What is chosen in a group; nothing means everything. */
  chosen(name) {
    const group = this.groups.find(({ dataset }) => dataset.choice === name);
    const pressed = group ? [...group.querySelectorAll("[aria-pressed=true]")] : [];
    return new Set(pressed.map(({ dataset }) => dataset.value));
  }

  press(state) {
    for (const group of this.groups) {
      const values = new Set(state.getAll(group.dataset.choice));
      for (const one of group.querySelectorAll("button")) {
        one.setAttribute("aria-pressed", String(values.has(one.dataset.value)));
      }
    }
  }

  apply() {
    const [speakers, topics, kinds, rulings] = ["speaker", "topic", "kind", "ruling"].map((name) => this.chosen(name));
    const allows = (chosen, value) => !chosen.size || chosen.has(value);
    const finding = ({ dataset }) => allows(kinds, dataset.kind) && allows(rulings, dataset.ruling);
    for (const figure of figures) {
      const here = (topic) => allows(topics, topic || figure.section.dataset.topic);
      const found = [...figure.section.querySelectorAll("li[data-n]")].filter(finding);
      const part = new Set(kinds.size || rulings.size ? found.flatMap(({ dataset }) => numbers(dataset.n)) : []);
      const any = !kinds.size && !rulings.size;
      figure.filter(
        ({ dataset }, number) => here(dataset.topic) && allows(speakers, dataset.speaker) && (any || part.has(number)),
        finding,
      );
      const nothing = figure.rows.every((row) => row.hidden);
      figure.section.hidden = nothing && (!figure.hidden.size || !figure.rows.some(({ dataset }) => here(dataset.topic)));
    }
    for (const group of this.groups) group.classList.toggle("chosen", this.chosen(group.dataset.choice).size > 0);
    this.report();
    this.changed();
  }

  countOf(passes) {
    const rows = figures.flatMap((figure) => figure.rows).filter(passes);
    return new Set(rows.map(({ dataset }) => dataset.id)).size;
  }

  report() {
    const shown = this.countOf((row) => !row.hidden), all = counted(this.total, "statement");
    this.clear.hidden = !this.groups.some(({ classList }) => classList.contains("chosen"));
    this.count.textContent = shown === this.total ? all : `${number(shown)} of ${all}`;
  }

  /* In words, for a picture that leaves the page. */
  told() {
    const names = this.groups.filter(({ classList }) => classList.contains("chosen")).map((group) => {
      const chosen = [...group.querySelectorAll("[aria-pressed=true]")].map((one) => one.textContent);
      return `${group.querySelector("summary").textContent}: ${chosen.join(", ")}`;
    });
    return names.length ? `Only ${this.count.textContent} shown. ${names.join(". ")}.` : "";
  }

  /* Says every moment in the chosen zone, or each in its own; no order changes. */
  tell() {
    const choice = this.zone.value, zone = { page: pageZone, own: null, utc: UTC, reader: readersZone() }[choice];
    axisZone = zone || pageZone;
    for (const [element, words] of this.words) {
      if (choice === "page") element.textContent = words;
      else element.textContent = element.tagName === "TIME" ? momentWords(saidIn(element), zone) : timesWords(zone);
    }
    for (const figure of figures) { figure.card.hide(); figure.drawSoon(); }
    this.changed();
  }

  state() {
    const state = new URLSearchParams();
    for (const { dataset: { choice } } of this.groups) {
      for (const value of this.chosen(choice)) state.append(choice, value);
    }
    if (this.zone && this.zone.value !== "page") state.set("zone", this.zone.value);
    for (const { number, named: name, span, hidden, card, rows, at } of figures) {
      if (name === "own") state.append("time", `${number}:${span.map((moment) => Math.round(moment)).join(":")}`);
      else if (name !== "view") state.append("time", `${number}:${name}`);
      for (const group of hidden) state.append("without", `${number}:${group}`);
      if (card.pinned && rows[at]) state.set("at", `${number}:${rows[at].dataset.id}`);
    }
    if (this.row && String(state)) state.set("to", this.row);
    return String(state) || this.row || "";
  }

  /* Writes the address, at most a few times a second. */
  changed() {
    if (this.busy) return;
    clearTimeout(this.writing);
    const before = location.hash;
    this.writing = setTimeout(() => {
      if (location.hash !== before) return; /* somebody went elsewhere meanwhile: that is read, not written over */
      this.written = this.state();
      try {
        history.replaceState(null, "", this.written ? `#${this.written}` : location.href.split("#")[0]);
      } catch { /* a frame that may not: the link can still be copied */ }
    }, 150);
  }

  /* Leads to a row of the table by its own address. */
  goTo(row) {
    clearTimeout(this.writing);
    location.hash = row.id;
  }

  /* A link inside the page led to a place of it: what is chosen stays in force, and in the address. */
  led(text) {
    const there = /^[ar]\d+-\d+$|^topic-\d+$/.test(text) ? document.getElementById(text) : null;
    if (!there) return null;
    this.row = text;
    for (const one of document.querySelectorAll(".led")) one.classList.remove("led");
    there.classList.add("led");
    return there;
  }

  /* Reads the address. Anybody may have written it: what is not known is left alone, and nothing of it is shown. */
  restore() {
    const text = location.hash.slice(1);
    this.busy = true;
    clearTimeout(this.writing);
    const led = this.led(text);
    const isState = text.includes("=") && text.length < LONGEST;
    if (this.zone && text !== this.written && (isState || (!text && this.written))) {
      const state = new URLSearchParams(text);
      this.press(state);
      const zones = [...this.zone.options].map(({ value }) => value);
      this.zone.value = zones.includes(state.get("zone")) ? state.get("zone") : "page";
      for (const figure of figures) this.restoreFigure(figure, state);
      this.tell();
      this.apply();
      this.select(state.get("at") || "");
      this.row = "";
      this.led(state.get("to") || "")?.scrollIntoView({ block: "center" });
      this.written = text;
    }
    this.busy = false;
    if (led) this.changed();
  }

  restoreFigure(figure, state) {
    const all = (name) => state.getAll(name).map((value) => value.split(":"));
    const own = (name) => all(name).filter(([number]) => number === String(figure.number));
    const groups = new Set([...figure.section.querySelectorAll("[data-group]")].map(({ dataset }) => dataset.group));
    figure.hidden = new Set(own("without").map(([, group]) => group).filter((group) => groups.has(group)));
    const [, first = "view", last = ""] = own("time").at(-1) || [];
    const [start, end] = [numberOrNull(first), numberOrNull(last)];
    if (start !== null && end !== null && start < end) figure.lookAt(start, end);
    else figure.look([...figure.section.querySelectorAll("button[data-view]")]
      .some(({ dataset }) => dataset.view === first) ? first : "view");
  }

  select(at) {
    const place = at.indexOf(":"), figure = figures.find(({ number }) => String(number) === at.slice(0, place));
    const number = figure ? figure.rows.findIndex(({ dataset }) => dataset.id === at.slice(place + 1)) : -1;
    if (number < 0) return;
    figure.select(number);
    figure.box.scrollIntoView({ block: "center" });
  }

  async copyLink(button) {
    const words = button.textContent, link = `${location.href.split("#")[0]}#${this.state()}`;
    try {
      await navigator.clipboard.writeText(link);
      button.textContent = "Copied";
    } catch {
      button.textContent = "The address of this page is the link";
    }
    setTimeout(() => { button.textContent = words; }, 2000);
  }
}
