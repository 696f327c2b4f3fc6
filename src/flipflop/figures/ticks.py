"""Where an axis is marked: round moments of a zone's own clock and calendar, and their words. Knows no pixel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from flipflop.when.telling import clock_words, short_date, short_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

    from flipflop.figures.data import TimeSpan

STEPS: Final = (
    *(("second", count, float(count)) for count in (1, 5, 15, 30)),
    *(("minute", count, 60.0 * count) for count in (1, 5, 15, 30)),
    *(("hour", count, 3_600.0 * count) for count in (1, 3, 6, 12)),
    *(("day", count, 86_400.0 * count) for count in (1, 2, 7, 14)),
    *(("month", count, 2_629_746.0 * count) for count in (1, 3, 6)),
    *(("year", count, 31_556_952.0 * count) for count in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
)
"""Unit, how many of it, and their length in seconds. The page's script has the same list."""
_LAST_DAY: Final = {1: 31, 2: 29, 7: 22, 14: 15}
"""The last day of a month that is marked: the next mark is the first of the month."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A marked moment, its words, and the larger unit that it lies in where that is not yet said."""

    moment: datetime
    words: str
    context: str


def ticks(span: TimeSpan, most: int, zone: tzinfo) -> list[Tick]:
    """Return at most about ``most`` ticks from left to right; a clock time that was skipped is not marked."""
    seconds = (span.end - span.start).total_seconds()
    unit, count, length = next((step for step in STEPS if seconds / step[2] <= most), STEPS[-1])
    found: list[Tick] = []
    before = ""
    for moment, wall in _there(_walls(_wall(span.start, zone), _wall(span.end, zone), unit, count, length), zone):
        if span.start <= moment <= span.end:
            words, context = _words(wall, unit)
            found.append(Tick(moment, words, "" if context == before else context))
            before = context
    return found


def _wall(moment: datetime, zone: tzinfo) -> datetime:
    try:
        return moment.astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return moment.replace(tzinfo=None)


def _there(walls: Iterable[datetime], zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """Return the moment of each clock time, at its first turn where there are two; none where the clock skipped it."""
    for wall in walls:
        try:
            moment = wall.replace(tzinfo=zone).astimezone(UTC)
            if moment.astimezone(zone).replace(tzinfo=None) == wall:
                yield moment, wall
        except OverflowError:
            continue


def _walls(first: datetime, last: datetime, unit: str, count: int, length: float) -> Iterator[datetime]:
    """Yield round clock times that hold the stretch; years, months and days by the calendar."""
    if unit == "year":
        yield from (datetime(year, 1, 1) for year in range(first.year, last.year + 1) if year % count == 0)  # noqa: DTZ001 -- a clock on a wall knows no zone
    elif unit == "month":
        months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
        yield from (datetime(month // 12, month % 12 + 1, 1) for month in months if month % count == 0)  # noqa: DTZ001 -- the same
    elif unit == "day":
        start = datetime(first.year, first.month, first.day)  # noqa: DTZ001 -- the same
        days = (start + timedelta(days=number) for number in range((last - start).days + 1))
        yield from (day for day in days if (day.day - 1) % count == 0 and day.day <= _LAST_DAY[count])
    else:
        midnight, step = datetime(first.year, first.month, first.day), timedelta(seconds=length)  # noqa: DTZ001 -- the same
        wall = midnight + (first - midnight) // step * step
        while wall <= last:
            yield wall
            wall += step


def _words(wall: datetime, unit: str) -> tuple[str, str]:
    date = short_date(wall, year=False)
    match unit:
        case "second":
            return clock_words(wall, fine=True), short_date(wall)
        case "minute" | "hour":
            return clock_words(wall, fine=False), short_date(wall)
        case "day":
            return date, str(wall.year)
        case "month":
            return short_month(wall.month), str(wall.year)
    return str(wall.year), ""
