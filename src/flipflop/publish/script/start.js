/* Makes the page answer: everything that it says stands in it already. */

const root = document.documentElement;
/* Where nothing may stand inline, places stand in an attribute of ours, and a script may still set them. */
for (const one of document.querySelectorAll("[data-s]")) one.style.cssText = one.dataset.s;
const narrow = matchMedia("(max-width: 860px)");
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const spoken = document.createElement("div");
let axisZone = pageZone;
let figures = [], choices = null;

/* All axes have one title, that of the whole record. */
const axisTitle = () => {
  const [starts, ends] = [0, 1].map((side) => figures.map(({ views }) => views.whole[side]));
  return axisWords(Math.min(...starts), Math.max(...ends), axisZone);
};

function themes() {
  const button = document.getElementById("theme");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);
  const name = () => { button.textContent = dark() ? "Light" : "Dark"; };
  button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; name(); });
  prefersDark.addEventListener("change", name);
  name();
}

/* Of the figures in view: to ask for a width lays out what is not in view, too. All widths are read before anything is
   moved, so that the page is laid out once. */
const inView = new Set();
function fitLabels() {
  const found = [...inView].filter((figure) => figure.labelsToFit).map((figure) => [figure, widthOf(figure.labelsToFit.svg)]);
  for (const [figure, width] of found) figure.labelsToFit.spread(figure.span, width);
}

root.classList.add("js");
spoken.setAttribute("aria-live", "polite");
spoken.className = "spoken";
document.body.append(spoken);
themes();
figures = [...document.querySelectorAll("section[id^=topic-]")].map((section) => new Figure(section));
choices = new Choices();
choices.restore();
const coming = new IntersectionObserver((found) => {
  for (const { target, isIntersecting } of found) {
    const figure = figures.find(({ box }) => box === target);
    inView[isIntersecting ? "add" : "delete"](figure);
    if (isIntersecting && figure.stale) figure.draw();
    else if (isIntersecting) for (const { svg } of figure.labels) keepAxis(svg);
  }
  fitLabels();
});
for (const { box } of figures) coming.observe(box);
addEventListener("resize", fitLabels);
narrow.addEventListener("change", () => { for (const figure of figures) { figure.card.hide(); figure.draw(); } });
/* Paper may be narrower than the screen: both drawings show what the reader saw. */
addEventListener("beforeprint", () => {
  takeUp();
  for (const figure of figures) {
    for (const one of figure.drawings) figure.draw(one);
    layOnPaper(figure);
  }
});
addEventListener("afterprint", takeUp);
addEventListener("hashchange", () => choices.restore());
addEventListener("keydown", (event) => { if (event.key === "Escape") for (const { card } of figures) card.hide(); });
addEventListener("pointerdown", (event) => {
  for (const { card, box } of figures) if (!box.contains(event.target)) card.hide();
});
/* A page that frames this one may want to know how high it is. */
if (parent !== window) {
  const height = () => Math.ceil(root.getBoundingClientRect().height);
  const tell = () => parent.postMessage({ flipflop: "height", height: height() }, "*");
  new ResizeObserver(tell).observe(document.body);
}
root.dataset.drawn = String(figures.length);
