/* Looks for words in what the site shows. Text of the record is only ever set as textContent. */
(() => {
  "use strict";
  const MOST = 50;
  const box = document.getElementById("search");
  const field = document.getElementById("q");
  const found = document.getElementById("found");
  const hits = document.getElementById("hits");
  const rows = [];
  let waiting = -1;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();

  window.flipflopSearch = (some) => {
    for (const [path, title, words] of some) rows.push({ path, title, words, plain: plain(`${title} ${words}`) });
  };

  const count = (number) => `${number.toLocaleString("en")} ${number === 1 ? "hit" : "hits"}`;

  const item = ({ path, title, words }) => {
    const link = document.createElement("a");
    link.href = path;
    const name = document.createElement("bdi");
    name.textContent = title;
    link.append(name);
    const below = document.createElement("span");
    below.className = "note";
    below.dir = "auto";
    below.textContent = words.length > 300 ? `${words.slice(0, 300)} …` : words;
    const line = document.createElement("li");
    line.append(link, below);
    return line;
  };

  const look = () => {
    const wanted = plain(field.value).split(/\s+/).filter(Boolean);
    hits.replaceChildren();
    found.textContent = "";
    if (!wanted.length) return;
    if (waiting) {
      found.textContent = "Loading …";
      return;
    }
    const fitting = rows.filter((row) => wanted.every((word) => row.plain.includes(word)));
    hits.append(...fitting.slice(0, MOST).map(item));
    found.textContent = fitting.length > MOST ? `${count(fitting.length)}; the first ${MOST}:` : `${count(fitting.length)}.`;
  };

  const load = () => {
    if (waiting !== -1) return;
    const shards = box.dataset.shards.split(" ");
    waiting = shards.length;
    for (const address of shards) {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => { waiting -= 1; look(); };
      script.onerror = () => { found.textContent = `${address} could not be loaded.`; };
      document.head.append(script);
    }
  };

  field.addEventListener("focus", load);
  field.addEventListener("input", () => { load(); look(); });
  box.hidden = false;
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    field.value = asked;
    load();
    look();
  }
  document.documentElement.dataset.drawn = "search";
})();
