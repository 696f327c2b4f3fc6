/* On paper a tall drawing is cut between its lanes into several, each with its own axis, so that no page cuts a mark. */

const PAPER_LANES = 340; /* pixels of lanes in one: with their axes two or three stand on a page of A4 */

/* Numbers of the lanes that are shown, a list for each drawing. */
function papersOf(lanes) {
  const found = [];
  let high = Infinity;
  lanes.forEach(({ shown, height }, number) => {
    if (!shown) return;
    if (high + height > PAPER_LANES) { found.push([]); high = 0; }
    found.at(-1).push(number);
    high += height;
  });
  return found;
}

/* A copy of a drawing that shows some of its lanes only. */
function paperOf(figure, { svg, lanes }, wanted, moments) {
  const copied = svg.cloneNode(true);
  copied.classList.add("paper");
  for (const group of copied.querySelectorAll("[data-lane]")) {
    if (wanted.includes(Number(group.dataset.lane))) continue;
    for (const one of group.querySelectorAll("[data-n], .beyond")) one.setAttribute("hidden", "");
  }
  for (const line of copied.querySelectorAll("[data-ends]")) {
    const [one, , other] = numbers(line.dataset.ends);
    if (!wanted.includes(one) || !wanted.includes(other)) line.setAttribute("hidden", "");
  }
  for (const several of copied.querySelectorAll(".several")) several.remove();
  return new Drawing(copied, moments, new Labels(copied, figure));
}

/* Both drawings are cut: which of them is printed depends on the paper. */
function layOnPaper(figure) {
  const moments = figure.rows.map(momentsOfRow);
  for (const drawing of figure.drawings) {
    const papers = papersOf(drawing.lanes);
    if (papers.length < 2) continue;
    const drawings = papers.map((wanted) => paperOf(figure, drawing, wanted, moments));
    drawing.svg.after(...drawings.map(({ svg }) => svg));
    drawing.svg.classList.add("cut");
    for (const one of drawings) figure.draw(one);
  }
}

function takeUp() {
  for (const copied of document.querySelectorAll("svg.paper")) copied.remove();
  for (const svg of document.querySelectorAll("svg.cut")) svg.classList.remove("cut");
}
