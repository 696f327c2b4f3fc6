"""What people call a zone, its clocks and its offset. Knows no date."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flipflop.when.zones import MAX, MIN

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

ALL_TIMES = "All times in {zone}."
OWN_TIMES = "Times as the clocks where they were said showed them; the axis in {zone}."
AXIS, AXIS_WITH_OFFSET = "Time in {zone}", "Time in {zone} ({offset})"
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


def zone_letters(instant: datetime, info: tzinfo) -> str:
    """Return what clocks call themselves then: EDT, or UTC+03:00 where the zone has no letters for it."""
    offset, letters = offset_and_letters(instant, info)
    return letters or offset_words(offset)


def offset_and_letters(instant: datetime, info: tzinfo) -> tuple[timedelta, str]:
    """Return the offset of a zone's clocks then, and their letters, "" where the zone database has digits for them."""
    local = min(max(instant, MIN + _DAY), MAX - _DAY).astimezone(info)  # no offset leads out of the calendar from there
    name = local.tzname() or ""
    return local.utcoffset() or timedelta(0), name if name.isalpha() else ""


def offset_words(offset: timedelta) -> str:
    """Return an offset from UTC in hours and minutes: UTC+05:45.

    >>> offset_words(timedelta(hours=-4))
    'UTC-04:00'
    """
    minutes = int(offset / _MINUTE)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def place_words(name: str | None) -> str:
    """Return how a date says where it was that date: "in Europe/Moscow", "in UTC-04:00", or that nobody knows."""
    if name is None:
        return "time zone not known"
    return f"in UTC{name}" if name.startswith(("+", "-")) else f"in {name}"


def all_times(tz: str) -> str:
    """Return the sentence with which a surface names its zone."""
    return ALL_TIMES.format(zone=tz)


def axis_title(tz: str, offset: timedelta | None) -> str:
    """Return the title of an axis of time; ``offset`` is that of all moments on it, None where it changes."""
    if offset is None or tz == "UTC":
        return AXIS.format(zone=tz)
    return AXIS_WITH_OFFSET.format(zone=tz, offset=offset_words(offset))
