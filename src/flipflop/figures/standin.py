"""Moments and gaps in words, until flipflop.when.display is there."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def format_moment(start: datetime, end: datetime, precision: str, tz: str) -> str:
    zone = ZoneInfo(tz)
    a, b = start.astimezone(zone), end.astimezone(zone)
    if precision == "second":
        return f"{a.day} {a:%B %Y, %H:%M:%S} ({tz})"
    if precision == "day" and (a.hour, a.minute, b.hour, b.minute) == (0, 0, 0, 0):
        return f"{a.day} {a:%B %Y} ({tz})"
    return f"between {a.day} {a:%B %Y, %H:%M} and {b.day} {b:%B %Y, %H:%M} ({tz})"


def format_gap(low: timedelta, high: timedelta) -> str:
    middle = (low + high) / 2
    hours, minutes = divmod(round(middle.total_seconds() / 60), 60)
    if hours >= 48:
        return f"{round(hours / 24)} days"
    return f"{hours} h {minutes} min"
