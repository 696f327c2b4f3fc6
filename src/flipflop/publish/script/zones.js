/* Zones: what their clocks show, as the browser knows it, and what they are called, as it came with the page.
   An instant is UTC seconds since 1970; a wall is what clocks show then, counted the same way. */

const MINUTE = 60, HOUR = 3600, DAY = 86400;
const FIRST_WALL = Date.parse("0001-01-01T00:00:00Z") / 1000, LAST_WALL = Date.parse("9999-12-31T23:59:59Z") / 1000;
const MOST_KNOWN = 10000;
const midnight = (year, month, day) => new Date(0).setUTCFullYear(year, month, day) / 1000;

class Zone {
  /* clock: a name that the browser knows, or an offset; letters by offset, those of the clock from an instant on. */
  constructor(name, clock, letters, since = -Infinity) {
    Object.assign(this, { name, clock, letters, since, known: new Map() });
    if (typeof clock === "string") {
      this.format = new Intl.DateTimeFormat("en-US", { timeZone: clock, hourCycle: "h23", era: "short", year: "numeric",
        month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
    }
  }

  offset(instant) {
    if (!this.format) return this.clock;
    const second = Math.floor(instant);
    if (this.known.size > MOST_KNOWN) this.known.clear();
    if (!this.known.has(second)) this.known.set(second, this.asked(second));
    return this.known.get(second);
  }

  asked(second) {
    const part = {};
    for (const { type, value } of this.format.formatToParts(second * 1000)) part[type] = value;
    const year = part.era.startsWith("B") ? 1 - part.year : Number(part.year);
    return midnight(year, part.month - 1, part.day) + HOUR * part.hour + MINUTE * part.minute + Number(part.second) - second;
  }

  /* Held inside the years 1 to 9999. */
  wall(instant) { return Math.min(Math.max(instant + this.offset(instant), FIRST_WALL), LAST_WALL); }

  /* When its clocks first showed this; null where they skipped it. */
  instant(wall) {
    const found = [-DAY, DAY].map((way) => wall - this.offset(wall + way)).filter((one) => this.wall(one) === wall);
    return found.length ? Math.min(...found) : null;
  }

  /* What its clocks call themselves then: EDT, or UTC+03:00. */
  called(instant) {
    const offset = this.offset(instant), found = instant < this.since ? "" : this.letters[offset] || "";
    return (Array.isArray(found) ? runAt(found, instant) : found) || offsetWords(offset);
  }
}

/* Letters that one offset has had: a name, the instant of the next one, that name, and so on. */
const runAt = (run, instant) => run[run.findLastIndex((from, place) => place % 2 && from <= instant) + 1];

function offsetWords(offset) {
  const minutes = Math.floor(Math.abs(offset) / MINUTE);
  return `UTC${offset < 0 && minutes ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/* The zone of a name; null for one that is not known here or was not known where the page was made. */
const zones = new Map();
function zoneNamed(name) {
  if (!zones.has(name)) {
    let found = null;
    try { found = madeZone(name); } catch { /* this browser does not know it */ }
    zones.set(name, found);
  }
  return zones.get(name);
}

function madeZone(name) {
  if (!Object.hasOwn(WORDS.zones, name)) return name ? new Zone(name, name, readersLetters(name), WORDS.readersSince) : null;
  const { clock, letters } = WORDS.zones[name];
  return clock === null ? null : new Zone(name, clock, letters);
}

/* Those of a zone in which nothing was said: the reader's own. */
function readersLetters(name) {
  const [area, ...rest] = name.split("/"), place = rest.join("/");
  return WORDS.readers.find(([, places]) => places[area]?.split(" ").includes(place))?.[0] || {};
}

const UTC = zoneNamed("UTC"), pageZone = zoneNamed(WORDS.zone) || UTC;
const readersZone = () => zoneNamed(Intl.DateTimeFormat().resolvedOptions().timeZone) || UTC;

/* The sentence with which a page names its zone; none stands for the zone of each moment, and the page's on the axis. */
const timesWords = (zone) => fill(zone ? WORDS.times.all : WORDS.times.own, { zone: (zone || pageZone).name });

/* The title of an axis: its zone, with the offset where one holds for all of it. */
const FORTNIGHT = 14 * DAY, FORTNIGHTS = 27;
function axisWords(start, end, zone) {
  const [words, withOffset] = WORDS.axis, offset = zone.offset(start);
  const between = Array.from({ length: Math.min(Math.floor((end - start) / FORTNIGHT), FORTNIGHTS) }, (_, step) => start + step * FORTNIGHT);
  const same = [...between, end].every((instant) => zone.offset(instant) === offset);
  return fill(same && zone !== UTC ? withOffset : words, { zone: zone.name, offset: offsetWords(offset) });
}
