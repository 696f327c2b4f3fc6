"""Moments in the one zone of a figure. plotly drops offsets, so everything is converted before it is drawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flipflop.errors import DataError, Problem


def named_zone(tz: str) -> tzinfo:
    """Return the zone of an IANA name, or raise DataError."""
    if tz == "UTC":
        return UTC
    try:
        return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DataError(Problem(f"{tz!r} is no time zone; use a name like 'America/New_York'", "tz")) from error


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return the moment in the zone; at the very edge of the calendar, where the zone leads out of it, in UTC."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment.astimezone(UTC)


def axis_words(tz: str, start: datetime, end: datetime) -> str:
    """Return the axis title: the zone, with its offset where one offset holds for the whole stretch."""
    if tz == "UTC":
        return "Time in UTC"
    first = start.utcoffset()
    if first is None or any(moment.utcoffset() != first for moment in _through(start, end)):
        return f"Time in {tz}"
    minutes = int(first.total_seconds() // 60)
    return f"Time in {tz} (UTC{'−' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d})"  # noqa: RUF001 -- a minus sign is read by people


def _through(start: datetime, end: datetime) -> list[datetime]:
    """Return the end, and moments before it that are close enough to notice a change of clocks."""
    steps = min((end - start) // _STEP, _STEPS)
    return [in_zone(start.astimezone(UTC) + step * _STEP, start.tzinfo or UTC) for step in range(steps)] + [end]


_STEP = timedelta(days=14)
_STEPS = 27
"""A year and two weeks."""
