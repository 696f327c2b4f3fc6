/* The time between two moments, as flipflop.when.gap_words tells it: docs/telling.md has the rules. Durations are seconds. */

const WEEK = 7 * DAY, YEAR = 365.2425 * DAY, MONTH = YEAR / 12;
const UNITS = [[YEAR, "year"], [MONTH, "month"], [WEEK, "week"], [DAY, "day"], [HOUR, "h"], [MINUTE, "min"], [0, "s"]];
const LARGER = { [MINUTE]: [60, "h", "min"], [HOUR]: [24, "day", "h"], [MONTH]: [12, "year", "month"] };
const LONGEST_KNOWN = 1000 * YEAR, LONGEST_DAY = 26 * HOUR, SHORT_FEBRUARY = 2.5 * DAY, LONG_SUMMER = 1.2 * DAY;

/* A duration known between two bounds: its words, and joined to what happened. */
function gapBetween(shortest, longest) {
  longest = Math.max(longest, 0);
  const middle = (shortest + longest) / 2, half = (longest - shortest) / 2, { gap } = WORDS;
  const told = (words, template) => ({ words, joined: fill(template, { gap: words }) });
  if (longest > LONGEST_KNOWN) return told(atLeastWords(shortest), gap.after);
  const near = nearWords(shortest, longest, middle, half);
  if (near) return told(near, half <= 1 || sameRounded(shortest, longest) ? gap.within : gap.after);
  const one = calendarWords(shortest, longest, middle, half) || aboutWords(shortest, middle, half);
  if (one) return told(one, gap.after);
  const [least, most] = bothWords(shortest, longest);
  if (least) return told(fill(gap.between, { least, most }), gap.after);
  return { words: fill(gap.upTo, { gap: most }), joined: fill(gap.within, { gap: most }) };
}

function nearWords(shortest, longest, middle, half) {
  const unit = unitOf(middle);
  return half > unit || shortest < 0 || (shortest === 0 && longest > 0) ? "" : durationWords(middle, unit, nearest);
}

function sameRounded(shortest, longest) {
  const unit = unitOf(longest);
  return nearest(shortest / unit) === nearest(longest / unit);
}

/* Days between two moments that are known to about a day. */
function calendarWords(shortest, longest, middle, half) {
  const neighbours = shortest === 0 && Math.abs(longest - 2 * DAY) <= 2 * HOUR;
  if (half > LONGEST_DAY || ((middle < 1.5 * DAY || shortest <= 0) && !neighbours)) return "";
  return durationWords(middle, Math.max(DAY, unitOf(middle)), nearest);
}

function aboutWords(shortest, middle, half) {
  if (shortest <= 0 || 3 * half > middle) return "";
  const [unit, name] = UNITS.find(([size]) => middle >= 2 * size), size = unit || 1, { about } = WORDS.gap;
  if (unit === YEAR && middle < 10 * YEAR && half <= YEAR / 4) {
    const halves = nearest(2 * middle / unit);
    return fill(about, { gap: `${Math.floor(halves / 2)}${halves % 2 ? "½" : ""} ${WORDS.units[name][1]}` });
  }
  return fill(about, { gap: numbered(nearest(middle / size), WORDS.units[name]) });
}

/* Both bounds, rounded outwards; none for a lower one that rounds to nothing. */
function bothWords(shortest, longest) {
  if (longest < 2 * DAY) {
    const unit = unitOf(longest), most = durationWords(longest, unit, Math.ceil);
    return [shortest >= unit ? durationWords(shortest, unit, Math.floor) : "", most];
  }
  const [unit, name] = calendarUnit(longest);
  const most = Math.ceil((longest - (unit > DAY ? LONG_SUMMER : 0)) / unit);
  const least = Math.floor((Math.max(shortest, 0) + (unit > DAY && shortest > DAY ? SHORT_FEBRUARY : 0)) / unit);
  return [least ? String(least) : "", numbered(most, WORDS.units[name])];
}

/* The lower bound alone, rounded down, where one of the moments is open to a side. */
function atLeastWords(shortest) {
  const { atLeast, unknown } = WORDS.gap, told = (words) => fill(atLeast, { gap: words });
  if (shortest < 2 * DAY) {
    const unit = unitOf(Math.max(shortest, 0));
    return shortest >= unit ? told(durationWords(shortest, unit, Math.floor)) : unknown;
  }
  const [unit, name] = calendarUnit(shortest);
  return told(numbered(Math.floor((shortest + (unit > DAY ? SHORT_FEBRUARY : 0)) / unit), WORDS.units[name]));
}

const calendarUnit = (size) => (size < 60 * DAY ? [DAY, "day"] : size < 2 * YEAR ? [MONTH, "month"] : [YEAR, "year"]);
const nearest = (count) => Math.floor(count + 0.5);
const unitOf = (size) => (size < MINUTE ? 1 : size < 2 * DAY ? MINUTE : size < 60 * DAY ? HOUR : size < 365 * DAY ? DAY : MONTH);

function durationWords(size, unit, round) {
  const count = round(size / unit), { units } = WORDS;
  if (unit === 1) return count < 60 ? numbered(count, units.s) : numbered(1, units.min);
  if (unit === DAY) return numbered(count, units.day);
  const [large, name, small] = LARGER[unit], parts = [[Math.floor(count / large), name], [count % large, small]];
  return parts.filter(([some]) => some).map(([some, word]) => numbered(some, units[word])).join(" ") || numbered(0, units[small]);
}
