/* Where the axis is marked: the round moments of the zone's own clock, as in the drawing that came with the page. */

const steps = (unit, length, counts) => counts.map((count) => ({ unit, count, length: length * count }));
const STEPS = [
  ...steps("second", 1, [1, 5, 15, 30]), ...steps("minute", 60, [1, 5, 15, 30]), ...steps("hour", 3600, [1, 3, 6, 12]),
  ...steps("day", 86400, [1, 2, 7, 14]), ...steps("month", 2629746, [1, 3, 6]),
  ...steps("year", 31556952, [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]),
];
const LAST_DAY = { 1: 31, 2: 29, 7: 22, 14: 15 };
const date = (year, month, day) => new Date(0).setUTCFullYear(year, month, day) / 1000;

/* Round times on the wall, in seconds as if they were UTC. */
function* walls(first, last, { unit, count, length }) {
  if (unit === "year") {
    for (let year = first.getUTCFullYear(); year <= last.getUTCFullYear(); year++) {
      if (year % count === 0) yield date(year, 0, 1);
    }
  } else if (unit === "month") {
    const months = (wall) => 12 * wall.getUTCFullYear() + wall.getUTCMonth();
    for (let month = months(first); month <= months(last); month++) if (month % count === 0) yield date(0, month, 1);
  } else if (unit === "day") {
    for (let day = Math.floor(first / 864e5); day <= last / 864e5; day++) {
      const number = new Date(day * 864e5).getUTCDate();
      if ((number - 1) % count === 0 && number <= LAST_DAY[count]) yield day * 86400;
    }
  } else {
    for (let wall = Math.floor(first / 1000 / length) * length; wall <= last / 1000; wall += length) yield wall;
  }
}

function tickWords(wall, unit) {
  const shown = new Date(wall * 1000), year = String(shown.getUTCFullYear());
  const day = `${shown.getUTCDate()} ${MONTHS[shown.getUTCMonth()]}`;
  const time = `${two(shown.getUTCHours())}:${two(shown.getUTCMinutes())}`;
  if (unit === "second") return [`${time}:${two(shown.getUTCSeconds())}`, `${day} ${year}`];
  if (unit === "minute" || unit === "hour") return [time, `${day} ${year}`];
  if (unit === "day") return [day, year];
  return unit === "month" ? [MONTHS[shown.getUTCMonth()], year] : [year, ""];
}

function ticks(start, end, most) {
  const step = STEPS.find(({ length }) => (end - start) / length <= most) || STEPS.at(-1);
  const found = [];
  let before = "";
  for (const wall of walls(clock.wall(start), clock.wall(end), step)) {
    const moment = clock.moment(wall);
    if (moment === null || moment < start || moment > end) continue;
    const [words, context] = tickWords(wall, step.unit);
    found.push({ moment, words, context: context === before ? "" : context });
    before = context;
  }
  return found;
}
