/* Stretches of clock and calendar in which statements are counted, on the clock of a zone. Knows no statement. */

const MONDAYS = { unit: "week", count: 1, length: WEEK };
const BINS = STEPS.flatMap((step) => (step.unit !== "day" ? [step] : step.count === 1 ? [step, MONDAYS] : []));
const isMonday = (wall) => (wall / DAY + 3) % 7 === 0;

const binFor = (span, most) => BINS.find(({ length }) => span / length <= most) || BINS.at(-1);
const binWords = ({ unit, count }) => (count === 1 ? unit : numbered(count, page.stretches[unit]));
const oneBin = ({ unit, count }) => (count === 1 ? page.stretches[unit][2] : binWords({ unit, count }));

/* Instants that bound the stretches which hold from … until; ascending. */
function edges(from, until, bin, zone) {
  const reach = 2 * bin.length, found = [];
  if (bin.length < HOUR) { /* an hour that clocks show twice is counted twice */
    const second = Math.floor(from);
    for (let at = second - zone.wall(second) % bin.length - bin.length; at < until + bin.length; at += bin.length) found.push(at);
  } else {
    const step = bin === MONDAYS ? { unit: "day", count: 1 } : bin;
    for (const wall of walls(zone.wall(from - reach), zone.wall(until + reach), step)) {
      if (bin !== MONDAYS || isMonday(wall)) found.push(zone.instant(wall) ?? wall - zone.offset(wall - DAY));
    }
  }
  const rising = found.filter((at, place) => !place || at > found[place - 1]);
  const inside = rising.filter((at) => at > from && at < until);
  return [rising.findLast((at) => at <= from) ?? from, ...inside, rising.find((at) => at >= until) ?? until];
}
