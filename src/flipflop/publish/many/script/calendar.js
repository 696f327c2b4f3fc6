/* Stretches of time that clocks and calendars of a zone know: for counting, and for the axis. */

const STEPS = [1, 5, 15, 30, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR]
  .map((size) => ({ size, months: 0 }))
  .concat([{ size: DAY, months: 0 }, { size: 7 * DAY, months: 0 }])
  .concat([1, 3, 6, 12, 24, 60, 120, 300, 600, 1200, 6000].map((months) => ({ size: months * MONTH_DAYS * DAY, months })));
const MONDAY = 4 * DAY; /* 5 January 1970 */

const stepFor = (span, most) => STEPS.find((step) => span / step.size <= most) || STEPS[STEPS.length - 1];

const stepWords = ({ size, months }) => {
  const named = (count, unit) => count === 1 ? unit : `${count} ${unit}s`;
  if (months) return months % 12 ? named(months, "month") : named(months / 12, "year");
  if (size === 7 * DAY) return "week";
  if (size >= DAY) return "day";
  if (size >= HOUR) return named(size / HOUR, "hour");
  return size >= MINUTE ? named(size / MINUTE, "minute") : named(size, "second");
};

const oneOf = (words) => (/^\d/.test(words) ? words : `${words === "hour" ? "an" : "a"} ${words}`);

/* Instants that bound the stretches which hold from … until; ascending. */
function edges(from, until, { size, months }, zone) {
  const found = [];
  const add = (instant) => { if (!found.length || instant > found[found.length - 1]) found.push(instant); };
  const wall = zone.wall(from);
  if (months) {
    const { year, month } = parts(wall);
    for (let at = Math.floor((12 * year + month) / months) * months; ; at += months) {
      add(zone.instant(wallOf(Math.floor(at / 12), ((at % 12) + 12) % 12, 1)));
      if (found[found.length - 1] >= until) return found;
    }
  }
  const zero = size === 7 * DAY ? MONDAY : 0;
  let at = Math.floor((wall - zero) / size) * size + zero;
  for (let instant = zone.instant(at); ; at += size) {
    add(size < HOUR ? instant : zone.instant(at));
    instant += size;
    if (found[found.length - 1] >= until) return found;
  }
}

/* Ticks with their labels: each says the largest unit that begins there; the first says all. */
function ticks(from, until, most, zone) {
  const step = stepFor(until - from, most);
  const found = edges(from, until, step, zone).filter((instant) => instant >= from && instant <= until);
  return found.map((instant, number) => ({ instant, label: tickWords(zone.wall(instant), step, number === 0) }));
}

function tickWords(wall, { size, months }, first) {
  const { year, month, day } = parts(wall);
  const name = MONTHS[month].slice(0, 3);
  if (months % 12 === 0 && months) return String(year);
  if (months) return first ? `${name} ${year}` : month ? name : String(year);
  if (size >= DAY) return first ? `${day} ${name} ${year}` : day <= 7 && month === 0 && size > DAY || day === 1 && month === 0
    ? `${day} ${name} ${year}` : `${day} ${name}`;
  if (first || wall % DAY === 0) return `${day} ${name}`;
  return clockWords(wall, size < MINUTE);
}
