/* Moments as the clock of a zone shows them, never finer than they are known. Moments are seconds since 1970. */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const FULL_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];
const PARTS = { "6-12": "morning", "12-18": "afternoon", "18-24": "evening", "18-30": "night" };
const LOCALES = ["en-US", "en-GB", "en-CA", "en-AU", "en-IN"];
const OPEN = { from: Date.parse("0001-01-03T00:00:00Z") / 1000, to: Date.parse("9999-12-30T00:00:00Z") / 1000 };
const two = (number) => String(number).padStart(2, "0");
const formats = new Map();
const remembered = (key, make) => {
  if (!formats.has(key)) formats.set(key, make());
  return formats.get(key);
};

/* What the clock on the wall shows, as if that were UTC. */
function wallOf(moment, zone) {
  const format = remembered(zone, () => new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", era: "short", year: "numeric", month: "numeric", day: "numeric",
    hour: "numeric", minute: "numeric", second: "numeric",
  }));
  const parts = {};
  for (const { type, value } of format.formatToParts(moment * 1000)) parts[type] = value;
  const wall = new Date(0);
  wall.setUTCFullYear(parts.era === "BC" ? 1 - parts.year : Number(parts.year), parts.month - 1, parts.day);
  wall.setUTCHours(parts.hour, parts.minute, parts.second);
  return wall;
}

const offset = (moment, zone) => wallOf(moment, zone) / 1000 - Math.floor(moment);

/* UTC+03:00, with the given minus sign. */
function offsetWords(moment, zone, minus) {
  const minutes = Math.round(offset(moment, zone) / 60), size = Math.abs(minutes);
  return `UTC${minutes < 0 ? minus : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/* What clocks call themselves then: EDT, or UTC+03:00 where the zone has no letters for it. */
function zoneLabel(moment, zone) {
  for (const locale of LOCALES) {
    const options = { timeZone: zone, timeZoneName: "short" };
    const format = remembered(`${locale} ${zone}`, () => new Intl.DateTimeFormat(locale, options));
    const { value } = format.formatToParts(moment * 1000).find(({ type }) => type === "timeZoneName");
    if (/^[A-Z]+$/i.test(value)) return value === "GMT" && zone === "UTC" ? "UTC" : value;
  }
  return offsetWords(moment, zone, "-");
}

const dateWords = (wall) => `${wall.getUTCDate()} ${FULL_MONTHS[wall.getUTCMonth()]} ${wall.getUTCFullYear()}`;
const clockWords = (wall, fine) =>
  `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}${fine ? `:${two(wall.getUTCSeconds())}` : ""}`;
const isMidnight = (wall) => wall % 86400000 === 0;

function pointWords(moment, zone) {
  const wall = wallOf(moment, zone);
  if (isMidnight(wall)) return dateWords(wall);
  return `${dateWords(wall)}, ${clockWords(wall, wall.getUTCSeconds() > 0)} ${zoneLabel(moment, zone)}`;
}

/* The name of a part of the day, where it is one in this zone. */
function partWords(first, last) {
  const midnight = Math.floor(first / 864e5) * 864e5;
  const [begin, end] = [first, last].map((wall) => (wall - midnight) / 36e5);
  const name = PARTS[`${begin}-${end}`];
  return name ? ` (${name})` : "";
}

/* A half-open stretch as clocks of the zone show it; the page itself says dates without a clock. */
function momentWords(start, end, zone, part) {
  if (start < OPEN.from && end > OPEN.to) return "at any time";
  if (start < OPEN.from) return `before ${pointWords(end, zone)}`;
  if (end > OPEN.to) return `not before ${pointWords(start, zone)}`;
  const first = wallOf(start, zone), last = wallOf(end, zone);
  const before = zoneLabel(start, zone), after = zoneLabel(end - 1, zone);
  const fine = first.getUTCSeconds() > 0 || last.getUTCSeconds() > 0 || end - start < 60;
  const opening = `${dateWords(first)}, ${clockWords(first, fine)}`;
  if (end - start <= (fine ? 1 : 60)) return `${opening} ${before}`;
  const sameDay = Math.floor(first / 864e5) === Math.floor((last - 1) / 864e5);
  const closing = sameDay ? clockWords(last, fine) : `${dateWords(last)}, ${clockWords(last, fine)}`;
  if (before !== after) return `${opening} ${before} – ${closing} ${after}`;
  const named = part ? partWords(first, last) : "";
  if (!sameDay) return `${opening} – ${closing} ${after}${named}`;
  return `${opening}–${isMidnight(last) ? "24:00" : closing} ${after}${named}`;
}

/* The zone of the axis; own names the zone of the page, and how it says so. */
class Clock {
  constructor(zone, axis) {
    this.zone = zone;
    this.axis = axis;
  }

  wall(moment) { return wallOf(moment, this.zone); }

  /* The moment of a time on the wall, its first turn where there are two; null where clocks skipped it. */
  moment(wall) {
    const day = 86400, early = wall - offset(wall - day, this.zone), late = wall - offset(wall + day, this.zone);
    return [Math.min(early, late), Math.max(early, late)].find((one) => this.wall(one) / 1000 === wall) ?? null;
  }

  shortDate(moment, withYear) {
    const wall = this.wall(moment);
    return `${wall.getUTCDate()} ${MONTHS[wall.getUTCMonth()]}${withYear ? ` ${wall.getUTCFullYear()}` : ""}`;
  }

  axisWords([start, end]) {
    if (this.axis) return this.axis;
    if (this.zone === "UTC") return "Time in UTC";
    const same = offset(start, this.zone) === offset(end, this.zone);
    return `Time in ${this.zone}${same ? ` (${offsetWords(start, this.zone, "−")})` : ""}`;
  }
}
