"""What people call a zone, its clocks and its offset. Knows no date."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

_MINUTE = timedelta(minutes=1)


def zone_letters(instant: datetime, info: tzinfo) -> str:
    """Return what clocks call themselves then: EDT, or UTC+03:00 where the zone has no letters for it."""
    local = instant.astimezone(info)
    name = local.tzname() or ""
    return name if name.isalpha() else offset_words(local.utcoffset() or timedelta(0))


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
    return f"All times in {tz}."


def axis_title(tz: str, offset: timedelta | None) -> str:
    """Return the title of an axis of time; ``offset`` is that of all moments on it, None where it changes."""
    shown = "" if offset is None or tz == "UTC" else f" ({offset_words(offset)})"
    return f"Time in {tz}{shown}"
