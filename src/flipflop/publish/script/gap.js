/* Durations in the words of the package. Knows no moment. */

const DAY = 86400, HOUR = 3600, MINUTE = 60, MONTH_DAYS = 365.2425 / 12;

/* A time between two bounds: to the second under a minute, to the minute under two days, to the hour under sixty, to
   the day under a year, to the month above; rounded outwards where the bounds differ. */
function gapWords(shortest, longest) {
  longest = Math.max(longest, 0);
  if (shortest <= 0 && longest > 0) return `up to ${durationWords(longest, unitOf(longest), Math.ceil)}`;
  const unit = unitOf(longest);
  const near = (x) => Math.floor((x + unit / 2) / unit);
  if (near(shortest) === near(longest)) return durationWords(longest, unit, (x) => Math.floor(x + 0.5));
  const low = durationWords(shortest, Math.min(unit, unitOf(shortest)), Math.floor);
  return `${low} to ${durationWords(longest, unit, Math.ceil)}`;
}

const unitOf = (size) => size < MINUTE ? 1 : size < 2 * DAY ? MINUTE : size < 60 * DAY ? HOUR
  : size < 365 * DAY ? DAY : MONTH_DAYS * DAY;

function durationWords(size, unit, round) {
  const count = round(size / unit);
  const plural = (number, word) => number ? `${number} ${word}${number === 1 ? "" : "s"}` : "";
  const joined = (...words) => words.filter(Boolean).join(" ");
  const short = (number, word) => number ? `${number} ${word}` : "";
  if (unit === 1) return count < 60 ? `${count} s` : "1 min";
  if (unit === MINUTE) return joined(short(Math.floor(count / 60), "h"), short(count % 60, "min")) || "0 min";
  if (unit === HOUR) return joined(plural(Math.floor(count / 24), "day"), short(count % 24, "h"));
  if (unit === DAY) return `${count} days`;
  return joined(plural(Math.floor(count / 12), "year"), plural(count % 12, "month"));
}
