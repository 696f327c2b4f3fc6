/* Where an axis is marked: the round moments of the zone's own clock, as flipflop.figures.ticks finds them. */

const steps = (unit, length, counts) => counts.map((count) => ({ unit, count, length: length * count }));
const STEPS = [
  ...steps("second", 1, [1, 5, 15, 30]), ...steps("minute", MINUTE, [1, 5, 15, 30]), ...steps("hour", HOUR, [1, 3, 6, 12]),
  ...steps("day", DAY, [1, 2, 7, 14]), ...steps("month", MONTH, [1, 3, 6]),
  ...steps("year", YEAR, [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]),
];
const LAST_DAY = { 1: 31, 2: 29, 7: 22, 14: 15 };

/* Round times on the wall that hold the stretch. */
function* walls(from, until, { unit, count, length }) {
  const first = dateOf(from), last = dateOf(until);
  if (unit === "year") {
    for (let { year } = first; year <= last.year; year++) if (year % count === 0) yield midnight(year, 0, 1);
  } else if (unit === "month") {
    const final = 12 * last.year + last.month;
    for (let month = 12 * first.year + first.month; month <= final; month++) if (month % count === 0) yield midnight(0, month, 1);
  } else if (unit === "day") {
    for (let wall = Math.floor(from / DAY) * DAY; wall <= until; wall += DAY) {
      const { day } = dateOf(wall);
      if ((day - 1) % count === 0 && day <= LAST_DAY[count]) yield wall;
    }
  } else {
    for (let wall = Math.floor(from / length) * length; wall <= until; wall += length) yield wall;
  }
}

/* The words of a tick, and the larger unit in which it lies. */
function tickWords(wall, unit) {
  const { year, month } = dateOf(wall);
  if (unit === "second") return [clockWords(wall, true), shortDate(wall)];
  if (unit === "minute" || unit === "hour") return [clockWords(wall, false), shortDate(wall)];
  if (unit === "day") return [shortDate(wall, false), String(year)];
  return unit === "month" ? [WORDS.short[month], String(year)] : [String(year), ""];
}

/* At most about so many, from left to right; each tells its larger unit where that is not yet said. */
function ticks(start, end, most, zone) {
  const step = STEPS.find(({ length }) => (end - start) / length <= most) || STEPS.at(-1), found = [];
  let before = "";
  for (const wall of walls(zone.wall(start), zone.wall(end), step)) {
    const moment = zone.instant(wall);
    if (moment === null || moment < start || moment > end) continue;
    const [words, context] = tickWords(wall, step.unit);
    found.push({ moment, words, context: context === before ? "" : context });
    before = context;
  }
  return found;
}
