/* Saves what the reader sees, in the reader's own browser: a drawing as PNG, the table as CSV. Nothing is sent. */

const SCALE = 2, TALLEST = 16000, FOOT = 18;

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/* A file name of letters and digits, whatever the title. */
const fileName = (ending) => {
  const words = document.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60);
  return `${words || "timeline"}.${ending}`;
};

/* Words in lines of at most so many letters. */
const wrapped = (words, letters) => words.split(" ").reduce((lines, word) => {
  const longer = [...lines.slice(-1), word].join(" ");
  return lines.length && longer.length <= letters ? [...lines.slice(0, -1), longer] : [...lines, word];
}, []);

/* The drawing with headline and legend, as wide as it was laid out for, in the colours of the reader's theme. */
function picture(figure) {
  const { svg, height, below } = figure.drawing, copied = svg.cloneNode(true);
  const sheet = copied.querySelector(".sheet"), [above, width, left, right] =
    ["height", "width", "left", "right"].map((name) => Number(sheet.dataset[name]));
  const told = [`${document.querySelector("header .coverage").textContent} Drawn by flipflop.`, choices.told()];
  const notes = told.filter(Boolean).flatMap((words) => wrapped(words, (left + width + right - 14) / LETTER));
  const box = [-left, -above - 16, left + width + right, above + height + below + 28 + FOOT * notes.length];
  const colours = getComputedStyle(root);
  const colour = (name) => colours.getPropertyValue(name).trim();
  const rules = document.getElementById("drawing-style").textContent;
  const style = rules.replace(/var\((--[a-z-]+)\)/g, (_, name) => colour(name));
  const size = { viewBox: box.join(" "), width: box[2], height: box[3] };
  for (const [name, value] of Object.entries(size)) copied.setAttribute(name, value);
  copied.removeAttribute("style");
  for (const inner of copied.querySelectorAll(".plot, .window")) inner.setAttribute("width", width);
  new Labels(copied, figure).spread(figure.span, width);
  for (const chosen of copied.querySelectorAll(".chosen")) chosen.classList.remove("chosen");
  copied.prepend(
    drawn("style", {}, style),
    document.getElementById("hatch").parentElement.cloneNode(true),
    drawn("rect", { x: box[0], y: box[1], width: box[2], height: box[3], fill: colour("--paper") }),
  );
  notes.forEach((words, line) => {
    const place = { class: "quiet", x: 14 - left, y: height + below + 20 + FOOT * line };
    copied.append(drawn("text", place, words));
  });
  return copied;
}

async function savePicture(figure) {
  const copied = picture(figure);
  const [width, height] = ["width", "height"].map((name) => Number(copied.getAttribute(name)));
  const scale = Math.min(SCALE, TALLEST / height);
  const drawing = new XMLSerializer().serializeToString(copied);
  const address = URL.createObjectURL(new Blob([drawing], { type: "image/svg+xml" }));
  const image = new Image(), canvas = document.createElement("canvas");
  image.src = address;
  await image.decode();
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  canvas.toBlob((blob) => download(blob, fileName("png")), "image/png");
}

const HEAD = [
  "topic", "statement_id", "said_from", "said_until", "said", "speaker", "position", "words", "source", "source_url",
];

/* A cell that a spreadsheet would take for a formula gets an apostrophe, as everywhere in flipflop. */
const cell = (text) => `"${(/^[=+\-@\t\r']/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

function saveTable() {
  const rows = figures.flatMap(({ section, rows: own }) => own.filter((row) => !row.hidden).map((row) => {
    const time = row.querySelector("time"), start = Date.parse(time.dateTime);
    const end = new Date(start + 1000 * Number(time.dataset.w || 1));
    const [, speaker, position, words, source] = [...row.cells].map((one) => one.textContent);
    const address = row.querySelector(".source a")?.href || "";
    const moments = [time.dateTime, end.toISOString(), time.textContent];
    return [row.dataset.topic || section.dataset.topic, row.dataset.id, ...moments, speaker, position, words, source, address];
  }));
  const lines = [HEAD, ...rows].map((one) => one.map(cell).join(",")).join("\r\n");
  download(new Blob([`\uFEFF${lines}\r\n`], { type: "text/csv" }), fileName("csv"));
}
