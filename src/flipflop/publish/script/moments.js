/* A moment in words, never finer than it is known, as flipflop.when.telling tells it: docs/telling.md has the rules.
   A moment is { start, end, precision, approximate, own }: whole seconds since 1970, half open; own is the name of the
   zone in which it was given, empty where nobody knows. */

const FIRST_KNOWN = FIRST_WALL + 2 * DAY, LAST_KNOWN = LAST_WALL - 2 * DAY;
const opensBefore = ({ start }) => start < FIRST_KNOWN;
const opensAfter = ({ end }) => end > LAST_KNOWN;
const isMidnight = (wall) => wall % DAY === 0;

function dateOf(wall) {
  const date = new Date(wall * 1000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
}
function dateWords(wall, months = WORDS.months) {
  const { year, month, day } = dateOf(wall);
  return `${day} ${months[month]} ${year}`;
}
function shortDate(wall, withYear = true) {
  const { month, day } = dateOf(wall);
  return withYear ? dateWords(wall, WORDS.short) : `${day} ${WORDS.short[month]}`;
}
function clockWords(wall, fine) {
  const clock = new Date(wall * 1000), words = `${two(clock.getUTCHours())}:${two(clock.getUTCMinutes())}`;
  return fine ? `${words}:${two(clock.getUTCSeconds())}` : words;
}
const atWords = (wall, fine) => `${dateWords(wall)}, ${clockWords(wall, fine)}`;

/* On the clock of the zone; without one on that of its own, and where nobody knows this, of the page. */
function momentWords(moment, zone) {
  const shown = zone || zoneNamed(moment.own) || pageZone;
  if (opensBefore(moment) || opensAfter(moment)) return openWords(moment, shown);
  const words = wholeDays(moment, shown) || clocksWords(moment, shown);
  return moment.approximate ? fill(WORDS.about, { words }) : words;
}

/* In short words, without a place; a clock time as its days on the clock of the zone. */
function shortWords(moment, zone) {
  const { start, end, precision, own } = moment;
  if (opensBefore(moment) || opensAfter(moment)) return shortBound(moment, zone);
  const home = homeOf(own, zone, [start, end]), day = (at) => Math.floor(zone.wall(at) / DAY) * DAY;
  const words = home ? daysWords(home.wall(start), home.wall(end), precision, WORDS.short)
    : daysWords(day(start), day(end - 1) + DAY, "", WORDS.short);
  return moment.approximate ? fill(WORDS.about, { words }) : words;
}

/* The one bound of an open moment: a year or a month where it is the end or the start of one. */
function shortBound(moment, zone) {
  const before = opensBefore(moment), { start, end, own } = moment;
  if (before && opensAfter(moment)) return WORDS.any;
  const bound = before ? end : start, wall = (homeOf(own, zone, [bound]) || zone).wall(bound);
  const inside = before ? Math.max(wall, FIRST_WALL + DAY) - 1 : wall, day = Math.floor(inside / DAY) * DAY;
  const turn = dateOf(before ? day + DAY : day), { year, month } = dateOf(day);
  const words = turn.day > 1 ? shortDate(day) : turn.month > 0 ? `${WORDS.short[month]} ${year}` : String(year);
  return fill(before ? WORDS.notAfter : WORDS.notBefore, { words });
}

/* The zone on whose clock all bounds are midnights: where they were given; else here, else UTC. */
const homeOf = (own, zone, bounds) => (own ? [zoneNamed(own) || zone] : [zone, UTC])
  .find((one) => bounds.every((bound) => isMidnight(one.wall(bound))));

/* Where a date was that date, where it is another one on the clock shown. */
const withPlace = (words, own, home, zone, bounds) => (bounds.every((bound) => home.wall(bound) === zone.wall(bound))
  ? words : `${words} (${own ? WORDS.zones[own].place : WORDS.unknown})`);

function openWords(moment, zone) {
  if (opensBefore(moment) && opensAfter(moment)) return WORDS.any;
  const before = opensBefore(moment), bound = before ? moment.end : moment.start, { own } = moment;
  const template = before ? WORDS.notAfter : WORDS.notBefore, home = homeOf(own, zone, [bound]);
  if (home) {
    const wall = home.wall(bound), day = before ? Math.max(wall - DAY, FIRST_WALL) : wall;
    return fill(template, { words: withPlace(dateWords(day), own, home, zone, [bound]) });
  }
  const inside = before ? bound - 1 : bound, fine = zone.wall(bound) % MINUTE !== 0;
  return fill(template, { words: `${atWords(zone.wall(inside), fine)} ${zone.called(inside)}` });
}

function wholeDays({ start, end, precision, own }, zone) {
  const home = homeOf(own, zone, [start, end]);
  return home ? withPlace(daysWords(home.wall(start), home.wall(end), precision), own, home, zone, [start, end]) : "";
}

function daysWords(start, end, precision, months = WORDS.months) {
  const first = dateOf(start), final = dateOf(end - DAY), after = dateOf(end);
  const years = first.year === final.year, month = years && first.month === final.month;
  if (first.day === 1 && after.day === 1) {
    if (first.month === 0 && after.month === 0) return yearsWords(first.year, final.year, precision);
    if (!years) return `${months[first.month]} ${first.year} – ${months[final.month]} ${final.year}`;
    return `${months[first.month]}${month ? "" : `–${months[final.month]}`} ${first.year}`;
  }
  const last = dateWords(end - DAY, months);
  if (start === end - DAY) return last;
  if (month) return `${first.day}–${last}`;
  return `${years ? `${first.day} ${months[first.month]}` : dateWords(start, months)} – ${last}`;
}

function yearsWords(first, final, precision) {
  if (first === final) return String(first);
  const decade = precision === "decade" && first % 10 === 0 && final === first + 9;
  return decade ? fill(WORDS.decade, { year: first }) : `${first}–${final}`;
}

/* Of a range of minutes the last one, as it was typed; of one of whole hours the end. */
function toldEnd({ start, end, precision }) {
  if (precision !== "interval") return end;
  if (start % MINUTE !== 0 || end % MINUTE !== 0) return end - 1;
  return (end - start) % HOUR === 0 ? end : end - MINUTE;
}

function clocksWords(moment, zone) {
  const { start, precision, own } = moment, end = toldEnd(moment);
  const first = zone.wall(start), last = zone.wall(end), before = zone.called(start), after = zone.called(end - 1);
  const fine = first % MINUTE !== 0 || last % MINUTE !== 0 || end - start < MINUTE, opening = atWords(first, fine);
  if (end - start <= (fine ? 1 : MINUTE)) return `${opening} ${before}`;
  const sameDay = Math.floor(first / DAY) === Math.floor((last - 1) / DAY);
  const closing = sameDay ? clockWords(last, fine) : atWords(last, fine);
  if (before !== after) return `${opening} ${before} – ${closing} ${after}`;
  const home = own ? zoneNamed(own) || zone : zone; /* a morning there is told as one only on the same clock */
  const part = precision === "daypart" && home.wall(start) === first ? partWords(first, last) : "";
  if (!sameDay) return `${opening} – ${closing} ${after}${part}`;
  return `${opening}–${isMidnight(last) ? "24:00" : closing} ${after}${part}`;
}

/* The name of a part of the day, where it is one on this clock. */
function partWords(first, last) {
  const day = Math.floor(first / DAY) * DAY, name = WORDS.parts[`${(first - day) / HOUR}-${(last - day) / HOUR}`];
  return name ? ` (${name})` : "";
}
