/* What stands beside the drawing: tip, tables, summary. Text of the record is only ever set as text. */

function make(tag, content, attributes = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (Array.isArray(content)) element.append(...content.filter((one) => one !== null));
  else element.textContent = content;
  return element;
}

/* Set apart, so that its direction of writing stays its own. */
const said = (text) => make("bdi", text, { dir: "auto" });
const quiet = (content) => make("span", content, { class: "note" });
const symbol = (look, hollow) => document.querySelector(`#symbols [data-look="${look}"][data-hollow="${hollow}"]`).cloneNode(true);

class Words {
  constructor(record, quotes) {
    this.record = record;
    this.quotes = quotes;
  }

  topic(row) { return page.topics[this.record.topic[row]]; }

  name(row) { return page.speakers[this.record.speaker[row]].name; }

  stance(row) {
    const { look } = page.looks[this.record.look[row]];
    return page.stances[this.topic(row).kind === "account" ? 1 : 0][look];
  }

  position(row) {
    const { look, form } = page.looks[this.record.look[row]];
    return [symbol(look, page.hollow.includes(form)), this.stance(row)];
  }

  moment(row, zone) {
    return make("time", momentWords(this.record.moment(row), zone), { datetime: new Date(this.record.from(row) * 1000).toISOString() });
  }

  /* The words as they were recorded; own words in quotation marks. */
  async quote(row) {
    const found = await this.quotes.of(row);
    const { form, review } = page.looks[this.record.look[row]];
    const notes = [form && page.forms[form] ? `(${page.forms[form]})` : "", review ? "coding to be looked at again" : ""];
    if (!found) return [quiet(this.elsewhere(row)), ...notes.filter(Boolean).map(quiet)];
    const words = make("span", [said(found.text)], { class: "quote" });
    const more = [found.for && ["for ", said(found.for)], found.by && ["as told by ", said(found.by)]];
    return [words, ...notes.filter(Boolean).map(quiet), ...more.filter(Boolean).map(quiet)];
  }

  /* Where to find words that have no room here; a command is made only of names that a shell takes literally. */
  elsewhere(row) {
    const told = "The words and the source are in the record, not in this file", { topic } = this.topic(row);
    const { speaker } = page.speakers[this.record.speaker[row]];
    if (![speaker, topic].every((name) => /^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u.test(name))) return `${told}.`;
    const at = (instant) => new Date(instant * 1000).toISOString().replace(".000Z", "Z");
    const open = page.shapes[this.record.shape[row]].open;
    const when = open ? "" : ` --since ${at(this.record.from(row))} --until ${at(this.record.until(row) - 1)}`;
    return [`${told}: `, make("code", `flipflop list --speaker ${speaker} --topic ${topic}${when}`)];
  }

  async source(row) {
    const found = await this.quotes.of(row);
    if (!found) return ["in the record"];
    const named = [found.outlet, found.title].filter(Boolean).join(", ") || host(found.url) || found.noUrl;
    const words = named ? [webLink(found.url, named)] : [found.url ? webLink(found.url, found.url) : "none recorded"];
    return [...words, ", statement ", said(found.id)];
  }

  async address(row) { return webAddress((await this.quotes.of(row))?.url); }

  async tipOfMark(row, zone) {
    const about = page.topics.length > 1 ? make("div", [said(this.topic(row).proposition)], { class: "quiet" }) : null;
    return [
      make("div", [make("strong", [said(this.name(row))]), " · ", ...this.position(row)]),
      about,
      make("div", await this.quote(row)),
      make("div", [this.moment(row, zone)], { class: "quiet" }),
      make("div", ["Source: ", ...await this.source(row)], { class: "quiet" }),
      ...this.pairsOf(row),
    ].filter(Boolean);
  }

  pairsOf(row) {
    const found = [];
    for (const pair of this.record.pairsIn({ begin: row, end: row + 1 })) {
      found.push(make("div", [make("strong", this.record.pairWords(pair))], {}));
    }
    return found.slice(0, 3);
  }

  tipOfBin({ name, when, against, neither, pro, tally }) {
    return [
      make("div", [make("strong", [said(name)]), ` · ${when}`]),
      make("div", counted(against + neither + pro, "statement")),
      make("div", `${number(pro)} for, ${number(neither)} neither, ${number(against)} against`),
      make("div", tally),
      make("div", "Click, tap twice or press Enter to look closer.", { class: "quiet" }),
    ].filter(Boolean);
  }

  async row(row, zone) {
    const cells = [
      make("td", [this.moment(row, zone)]),
      make("th", [make("strong", [said(this.name(row))])], { scope: "row" }),
      page.topics.length > 1 ? make("td", [said(this.topic(row).title)]) : null,
      make("td", this.position(row)),
      make("td", await this.quote(row)),
      make("td", await this.source(row), { class: "source" }),
    ];
    return make("tr", cells);
  }

  /* One pair: what is told of it, and both statements. */
  async pairRow(pair, zone) {
    const { earlier, later } = this.record;
    const note = page.notes[pair];
    const told = this.record.pairWords(pair);
    const what = this.record.isConflict(pair) ? [told] : [make("strong", [said(this.name(earlier[pair]))]), ` ${told}`];
    const about = page.topics.length > 1 ? quiet([said(this.topic(earlier[pair]).title)]) : null;
    const both = await Promise.all([earlier[pair], later[pair]].map((row) => this.half(row, zone, pair)));
    return make("tr", [make("th", [...what, about, note ? quiet(note) : null], { scope: "row" }), ...both]);
  }

  async half(row, zone, pair) {
    const whose = this.record.isConflict(pair) ? [make("strong", [said(this.name(row))]), " · "] : [];
    return make("td", [
      make("span", [...whose, ...this.position(row), ", ", this.moment(row, zone)], { class: "note" }),
      ...await this.quote(row),
      quiet(["Source: ", ...await this.source(row)]),
    ]);
  }
}

/* A second look at what the page was written with: only the web is a place to send a reader to. */
function webAddress(text) {
  try {
    const url = new URL(text);
    return ["http:", "https:"].includes(url.protocol) && !url.username && !url.password ? text : "";
  } catch { return ""; }
}

const host = (address) => webAddress(address) ? new URL(address).hostname : "";

function webLink(address, words) {
  if (!webAddress(address)) return said(words);
  return make("a", [said(words)], { href: address, target: "_blank", rel: "noopener noreferrer nofollow" });
}
