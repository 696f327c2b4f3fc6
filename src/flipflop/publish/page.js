/* Draws the figures of a page. Text of the record is only ever set as data of plotly or by textContent. */
(async () => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const page = JSON.parse(document.getElementById("figures").textContent);
  const narrow = matchMedia("(max-width: 860px)");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("theme");
  const figures = [];
  let printing = false;

  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const merge = (base, change) => {
    if (isObject(base) && isObject(change)) {
      const merged = { ...base };
      for (const key of Object.keys(change)) merged[key] = merge(base[key], change[key]);
      return merged;
    }
    if (Array.isArray(base) && isObject(change)) return base.map((item, i) => (i in change ? merge(item, change[i]) : item));
    return change;
  };
  /* A copy of what the page itself says, without ids: nothing is parsed again. */
  const copy = (element) => {
    const block = document.createElement("div");
    block.append(...[...element.childNodes].map((node) => node.cloneNode(true)));
    return block;
  };
  const isColour = (key) => /color$/i.test(key);
  const darken = (value, key) => {
    if (Array.isArray(value)) return value.map((item) => darken(item, key));
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, darken(v, k)]));
    return isColour(key) && typeof value === "string" && Object.hasOwn(page.dark, value) ? page.dark[value] : value;
  };

  const dark = () => !printing && (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);

  async function unpackPlotly() {
    const packed = document.getElementById("plotly-packed");
    if (!packed || window.Plotly) return;
    const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
    const code = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
    const script = document.createElement("script");
    script.textContent = code; /* runs only if its hash is the one that the page's policy names */
    document.head.append(script);
  }

  class Figure {
    constructor(place, number) {
      this.number = number;
      this.source = page.figures[number];
      this.place = place;
      this.section = place.closest("section");
      this.tip = place.parentElement.querySelector(".tip");
      this.hidden = new Set();
      this.view = "view";
      this.at = -1;
    }

    current() {
      let figure = this.source.wide;
      if (narrow.matches) figure = merge(figure, this.source.narrow);
      if (dark()) figure = darken(figure, "");
      figure = structuredClone(figure);
      const views = figure.layout.meta.views[0];
      if (this.view === "own") figure.layout.xaxis.range = this.range;
      else figure.layout.xaxis.range = views[this.view];
      const [first, last] = figure.layout.xaxis.range.map((moment) => Date.parse(`${moment}Z`.replace(" ", "T")));
      for (const trace of figure.data) {
        if (trace.mode === "text" && trace.legendgroup === "stranded") {
          trace.textposition = trace.x.map((moment) =>
            2 * Date.parse(`${moment}Z`) > first + last ? "middle left" : "middle right");
        }
        if (this.hidden.has(trace.legendgroup)) trace.visible = false;
        if (trace.legendgroup === "beyond" && this.view !== "view") trace.visible = false;
      }
      return figure;
    }

    async draw() {
      const { data, layout } = this.current();
      await Plotly.react(this.place, data, layout, {
        responsive: true,
        displaylogo: false,
        modeBarButtons: [["toImage", "zoomIn2d", "zoomOut2d"]],
        displayModeBar: narrow.matches ? false : "hover",
        doubleClick: false,
        topojsonURL: "",
        plotlyServerURL: "",
      });
    }

    listen() {
      this.place.on("plotly_click", (event) => this.open(event.points[0]));
      this.place.on("plotly_hover", (event) => this.show(event.points[0]));
      this.place.on("plotly_unhover", () => this.show(null));
      this.place.on("plotly_relayout", (change) => this.moved(change));
      this.place.on("plotly_doubleclick", () => this.look("view"));
      this.place.addEventListener("keydown", (event) => this.key(event));
      for (const toggle of this.section.querySelectorAll("[data-group]")) {
        toggle.addEventListener("click", () => this.toggle(toggle));
      }
      for (const view of this.section.querySelectorAll("[data-view]")) {
        view.addEventListener("click", () => this.look(view.dataset.view));
      }
    }

    open(point) {
      const [, address, number] = point.customdata || [];
      if (number === undefined) return;
      if (/^https?:\/\//i.test(address || "")) window.open(address, "_blank", "noopener,noreferrer");
      else location.hash = `r${this.number}-${number}`;
    }

    show(point) {
      for (const row of this.section.querySelectorAll("tr.shown")) row.classList.remove("shown");
      this.tip.hidden = true;
      if (!point || !point.customdata) return;
      const [first, , number] = point.customdata;
      if (number === undefined) this.tip.replaceChildren(copy(document.getElementById(`a${this.number}-${first}`)));
      else this.quote(document.getElementById(`r${this.number}-${number}`));
      this.tip.hidden = false;
      this.move(point);
    }

    quote(row) {
      row.classList.add("shown");
      const [moment, speaker, position, words, source] = [...row.cells].map(copy);
      const head = document.createElement("div");
      head.append(...speaker.childNodes, " · ", ...position.childNodes);
      const origin = document.createElement("div");
      origin.append("Source: ", ...source.childNodes);
      moment.className = origin.className = "quiet";
      this.tip.replaceChildren(head, words, moment, origin);
    }

    /* Beside the mark, on the roomier side, never on it and never out of the drawing. */
    move(point) {
      const { xaxis, yaxis } = this.place._fullLayout;
      const x = xaxis._offset + xaxis.d2p(point.x);
      const y = yaxis._offset + yaxis.d2p(point.y);
      const room = this.place.clientWidth - this.tip.offsetWidth;
      const left = x > this.place.clientWidth / 2 ? x - this.tip.offsetWidth - 14 : x + 14;
      this.tip.style.left = `${Math.max(0, Math.min(left, room))}px`;
      this.tip.style.top = `${y + 14}px`;
    }

    moved(change) {
      if (!Object.keys(change).some((key) => key.startsWith("xaxis.range"))) return;
      const range = this.place.layout.xaxis.range.slice();
      if (this.view === "own") { this.range = range; return; }
      const expected = this.source.wide.layout.meta.views[0][this.view];
      if (String(range) === String(expected)) return;
      this.range = range;
      this.look("own");
    }

    look(view) {
      this.view = view;
      this.show(null);
      for (const one of this.section.querySelectorAll("[data-view]")) {
        one.setAttribute("aria-pressed", String(one.dataset.view === view));
      }
      this.draw();
    }

    toggle(one) {
      const group = one.dataset.group;
      const shown = this.hidden.delete(group);
      if (!shown) this.hidden.add(group);
      one.setAttribute("aria-pressed", String(shown));
      this.draw();
    }

    marks() {
      const found = [];
      this.place.data.forEach((trace, curveNumber) => {
        if (trace.mode === "markers" && trace.visible !== false) {
          (trace.customdata || []).forEach((data, pointNumber) => found.push({ curveNumber, pointNumber, data }));
        }
      });
      return found.sort((a, b) => a.data[2] - b.data[2]);
    }

    key(event) {
      const marks = this.marks();
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step && marks.length) {
        event.preventDefault();
        this.at = this.at < 0 && step < 0 ? marks.length - 1 : (this.at + step + marks.length) % marks.length;
        const { curveNumber, pointNumber, data } = marks[this.at];
        const trace = this.place.data[curveNumber];
        this.show({ customdata: data, x: trace.x[pointNumber], y: trace.y[pointNumber] });
        spoken.textContent = document.getElementById(`r${this.number}-${data[2]}`).textContent;
      } else if (event.key === "Enter" && marks[this.at]) {
        this.open({ customdata: marks[this.at].data });
      }
    }
  }

  const spoken = document.createElement("div");
  spoken.setAttribute("aria-live", "polite");
  spoken.className = "spoken";
  document.body.append(spoken);

  const drawAll = () => Promise.all(figures.map((figure) => figure.draw()));
  const name = () => { button.textContent = dark() ? "Light" : "Dark"; };
  button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; name(); drawAll(); });
  prefersDark.addEventListener("change", () => { name(); drawAll(); });
  narrow.addEventListener("change", drawAll);
  addEventListener("beforeprint", () => { printing = true; drawAll(); });
  addEventListener("afterprint", () => { printing = false; drawAll(); });
  name();

  try {
    if (page.figures.length) await unpackPlotly();
    for (const place of document.querySelectorAll(".figure")) {
      const figure = new Figure(place, figures.length);
      figures.push(figure);
      await figure.draw();
      figure.listen();
    }
  } catch (error) {
    for (const place of document.querySelectorAll(".figure:empty")) {
      place.textContent = "The figure could not be drawn in this browser; the table says the same.";
    }
    console.error(error);
  }
  root.dataset.drawn = String(figures.length);
})();
