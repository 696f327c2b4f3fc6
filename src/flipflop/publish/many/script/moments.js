/* Moments as a reader sees them, never finer than they are known; the same words as flipflop.when.display writes.
   An instant is whole UTC seconds since 1970; a wall is what the clocks of a zone show, counted the same way. */

const MONTHS = ["January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December"];
const NO_ZONE_LETTERS = {};

class Zone {
  /* names: what the zone's clocks call themselves, by their offset in seconds. */
  constructor(name, names = NO_ZONE_LETTERS) {
    this.name = name;
    this.names = names;
    this.known = new Map();
    const fixed = /^([+-])(\d\d):?(\d\d)$/.exec(name);
    if (fixed) this.fixed = (fixed[1] === "-" ? -1 : 1) * (60 * fixed[2] + Number(fixed[3])) * MINUTE;
    else if (name === "UTC") this.fixed = 0;
    else this.clock = new Intl.DateTimeFormat("en-US", { timeZone: name, hourCycle: "h23", year: "numeric",
      month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric", era: "short" });
  }

  offset(instant) {
    if (this.fixed !== undefined) return this.fixed;
    const quarter = Math.floor(instant / 900);
    let found = this.known.get(quarter);
    if (found === undefined) this.known.set(quarter, found = this.ask(quarter * 900));
    return found;
  }

  ask(instant) {
    const part = {};
    for (const { type, value } of this.clock.formatToParts(instant * 1000)) part[type] = value;
    const year = /^B/.test(part.era) ? 1 - part.year : Number(part.year);
    return wallOf(year, part.month - 1, part.day, part.hour, part.minute, part.second) - instant;
  }

  wall(instant) { return instant + this.offset(instant); }

  instant(wall) {
    const guess = wall - this.offset(wall);
    return wall - this.offset(guess);
  }

  label(instant) {
    const offset = this.offset(instant);
    if (this.name === "UTC") return "UTC";
    return this.names[offset] || `UTC${sign(offset, "-")}`;
  }
}

function wallOf(year, month, day, hour = 0, minute = 0, second = 0) {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.getTime() / 1000 + HOUR * hour + MINUTE * minute + Number(second);
}

const two = (number) => String(number).padStart(2, "0");
const sign = (offset, minus) => {
  const minutes = Math.floor(Math.abs(offset) / MINUTE);
  return `${offset < 0 ? minus : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};
const parts = (wall) => {
  const date = new Date(wall * 1000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
};
const dateWords = (wall) => { const { year, month, day } = parts(wall); return `${day} ${MONTHS[month]} ${year}`; };
const clockWords = (wall, fine) => {
  const second = wall - Math.floor(wall / DAY) * DAY;
  const words = `${two(Math.floor(second / HOUR))}:${two(Math.floor(second / MINUTE) % 60)}`;
  return fine ? `${words}:${two(second % MINUTE)}` : words;
};

function momentWords(start, end, open, precision, zone) {
  if (open === "both") return "at any time";
  if (open === "before") return `before ${pointWords(end, zone)}`;
  if (open === "after") return `not before ${pointWords(start, zone)}`;
  const first = zone.wall(start), last = zone.wall(end);
  return first % DAY === 0 && last % DAY === 0 && first < last
    ? daysWords(first, last, precision) : clocksWords(start, end, zone, precision);
}

function pointWords(instant, zone) {
  const wall = zone.wall(instant);
  return wall % DAY ? `${dateWords(wall)}, ${clockWords(wall, wall % MINUTE)} ${zone.label(instant)}` : dateWords(wall);
}

function daysWords(first, last, precision) {
  const a = parts(first), z = parts(last - DAY), after = parts(last);
  if (a.month === 0 && a.day === 1 && after.month === 0 && after.day === 1) {
    if (a.year === z.year) return String(a.year);
    return precision === "decade" && a.year % 10 === 0 && z.year === a.year + 9 ? `${a.year}s` : `${a.year}–${z.year}`;
  }
  if (a.day === 1 && after.day === 1) {
    if (a.year !== z.year) return `${MONTHS[a.month]} ${a.year} – ${MONTHS[z.month]} ${z.year}`;
    return a.month === z.month ? `${MONTHS[a.month]} ${a.year}` : `${MONTHS[a.month]}–${MONTHS[z.month]} ${a.year}`;
  }
  const final = dateWords(last - DAY);
  if (first === last - DAY) return final;
  if (a.year === z.year && a.month === z.month) return `${a.day}–${final}`;
  return `${a.year === z.year ? `${a.day} ${MONTHS[a.month]}` : dateWords(first)} – ${final}`;
}

function clocksWords(start, end, zone, precision) {
  const first = zone.wall(start), last = zone.wall(end), before = zone.label(start), after = zone.label(end - 1);
  const fine = first % MINUTE || last % MINUTE || end - start < MINUTE;
  const opening = `${dateWords(first)}, ${clockWords(first, fine)}`;
  if (end - start <= (fine ? 1 : MINUTE)) return `${opening} ${before}`;
  const sameDay = Math.floor(first / DAY) === Math.floor((last - 1) / DAY);
  if (before !== after) {
    const closing = `${sameDay ? "" : `${dateWords(last)}, `}${clockWords(last, fine)}`;
    return `${opening} ${before} – ${closing} ${after}`;
  }
  const name = precision === "daypart" ? daypart(first, last) : "";
  if (sameDay) return `${opening}–${last % DAY ? clockWords(last, fine) : "24:00"} ${after}${name}`;
  return `${opening} – ${dateWords(last)}, ${clockWords(last, fine)} ${after}${name}`;
}

function daypart(first, last) {
  const midnight = Math.floor(first / DAY) * DAY;
  const name = page.dayparts[`${(first - midnight) / HOUR}-${(last - midnight) / HOUR}`];
  return name ? ` (${name})` : "";
}
