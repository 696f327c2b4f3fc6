"""Moments in the one zone of a figure. plotly drops offsets, so everything is converted before it is drawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from flipflop.errors import DataError, Problem, WhenError
from flipflop.when.zone_words import axis_title
from flipflop.when.zones import Zone, shown_zone


def drawn_zone(tz: str, *, whose: str = "tz") -> Zone:
    """Return the zone of a figure or page, under the name by which browsers know it ("ET" is America/New_York).

    Raises DataError for what is no zone, has several meanings, or is an offset; ``whose`` it is, its message says.
    """
    try:
        zone = shown_zone(tz)
    except WhenError as error:
        told = error.problems[0].message.removeprefix("time zone ").rpartition(";")[0]  # but for its remedy
    else:
        if not zone.name.startswith(("+", "-")):
            return zone
        told = f"{tz!r} is an offset"
    raise DataError(Problem(f"{told}; what is drawn needs a zone with a name, such as Europe/Paris", whose))


def named_zone(tz: str) -> tzinfo:
    """Return the zone of a name, or raise DataError. See ``drawn_zone``."""
    return drawn_zone(tz).info


class Clock(tzinfo):
    """The clock of a zone, for one moment. Python compares and subtracts moments of two clocks as what they are.

    Of moments that share one tzinfo it takes what a clock on the wall shows, so that an hour is lost or counted twice
    where clocks are changed, and what was said before that may seem to come after it.
    """

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone

    def __reduce__(self) -> tuple[type[Clock], tuple[tzinfo]]:
        return Clock, (self.zone,)

    def utcoffset(self, moment: datetime | None, /) -> timedelta | None:
        """See ``tzinfo``."""
        return self.zone.utcoffset(moment)

    def dst(self, moment: datetime | None, /) -> timedelta | None:
        """See ``tzinfo``."""
        return self.zone.dst(moment)

    def tzname(self, moment: datetime | None, /) -> str | None:
        """See ``tzinfo``."""
        return self.zone.tzname(moment)

    def fromutc(self, moment: datetime, /) -> datetime:
        """See ``tzinfo``."""
        return self.zone.fromutc(moment.replace(tzinfo=self.zone)).replace(tzinfo=self)


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return the moment in the zone; at the very edge of the calendar, where the zone leads out of it, in UTC."""
    if zone is UTC:
        return moment.astimezone(UTC)
    try:
        return moment.astimezone(Clock(zone.zone if isinstance(zone, Clock) else zone))
    except OverflowError:
        return moment.astimezone(UTC)


def between(start: datetime, end: datetime, part: float = 0.5) -> datetime:
    """Return the moment at some part of the way from one to another, in the zone of the first."""
    return in_zone(start.astimezone(UTC) + part * (end - start), start.tzinfo or UTC)


def axis_words(tz: str, start: datetime, end: datetime) -> str:
    """Return the axis title: the zone, with its offset where one offset holds for the whole stretch."""
    first = start.utcoffset()
    return axis_title(tz, first if all(moment.utcoffset() == first for moment in _through(start, end)) else None)


def _through(start: datetime, end: datetime) -> list[datetime]:
    """Return the end, and moments before it that are close enough to notice a change of clocks."""
    steps = min((end - start) // _STEP, _STEPS)
    return [in_zone(start.astimezone(UTC) + step * _STEP, start.tzinfo or UTC) for step in range(steps)] + [end]


_STEP = timedelta(days=14)
_STEPS = 27
"""A year and two weeks."""
