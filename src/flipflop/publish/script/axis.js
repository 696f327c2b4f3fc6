/* The axis of a tall drawing stays in view: a second one lies over it, and keeps to the lower edge of the screen. */

const TALL = 600; /* pixels of lanes: with fewer the axis itself is mostly in view */

function keepAxis(svg) {
  if (svg.classList.contains("paper")) return;
  const held = svg.nextElementSibling?.classList.contains("axis-in-view") ? svg.nextElementSibling : null;
  const lanes = svg.querySelector(".window").height.baseVal.value, all = svg.height.baseVal.value;
  if (lanes < TALL) { held?.remove(); return; }
  const kept = held || drawn("svg", { "aria-hidden": "true" });
  kept.setAttribute("class", `axis-in-view of-${svg.classList.contains("narrow") ? "narrow" : "wide"}`);
  kept.style.cssText = svg.style.cssText;
  kept.style.height = `${all - lanes}px`;
  kept.style.marginTop = `${lanes - all}px`;
  kept.replaceChildren(...[...svg.querySelectorAll(".axis text, .zone")].map((text) => {
    const copied = text.cloneNode(true);
    copied.removeAttribute("class");
    copied.setAttribute("y", Number(text.getAttribute("y")) - lanes);
    return copied;
  }));
  if (!held) svg.after(kept);
}
