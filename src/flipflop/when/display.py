"""Moments and gaps as a reader sees them, never finer than they are known. Standard library only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flipflop.errors import WhenError
from flipflop.when.words import DAYPARTS, MONTHS
from flipflop.when.zones import MAX, MIN, zone_of

if TYPE_CHECKING:
    from flipflop.when.zones import Zone

DASH = "\u2013"
_NAMED = {hours: name for name, hours in DAYPARTS.items() if name not in {"midday", "overnight"}}
_DAY, _MINUTE, _SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
_EDGE = timedelta(days=2)
_WHOLE_DAYS = frozenset({"day", "week", "month", "season", "year", "decade"})
_MONTH_DAYS = 365.2425 / 12


def format_moment(start: datetime, end: datetime, precision: str | None, tz: str) -> str:
    """Return a half-open moment in words, in one named zone: ``9 July 2017, 07:50:24 EDT``.

    ``start`` and ``end`` are aware; whole days, months and years of that zone are named as such, without a clock. A
    side that is open is said to be. ``precision`` (as of ``Precision``, or None) adds the name of a part of the day,
    and tells a decade. Raises WhenError where the zone is not known.
    """
    zone = zone_of(tz)
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if start < MIN + _EDGE and end > MAX - _EDGE:
        return "at any time"
    if start < MIN + _EDGE:
        return f"before {_point(end, zone)}"
    first = zone.wall(start)
    if end > MAX - _EDGE:
        return f"not before {_point(start, zone)}"
    last = zone.wall(end)
    if _is_midnight(first) and _is_midnight(last) and first < last:
        return _days(first, last, precision or "")
    return _clocks(start, end, zone, precision or "")


def moment_words(start: datetime, end: datetime, precision: str | None, own: str | None, *, tz: str) -> str:
    """Return a moment in words: in the zone ``tz``, but whole days of another place as the days that they were there.

    So "24 July 2017 (Europe/Moscow)" rather than a stretch from 21:00 to 21:00 UTC. A zone that this machine does not
    know (a record may come from anywhere) is left out.
    """
    shown = format_moment(start, end, precision, tz)
    if own is None or own == tz or precision not in _WHOLE_DAYS:
        return shown
    try:
        there = format_moment(start, end, precision, own)
    except WhenError:
        return shown
    return shown if shown == there else f"{there} ({own})"


def format_gap(shortest: timedelta, longest: timedelta) -> str:
    """Return a duration known between two bounds: ``12 h 55 min``, or ``12 h 50 min to 13 h 5 min``.

    Told to the second under a minute, to the minute under two days, to the hour under sixty days, to the day under a
    year, and to the month (of 30.4 days) above. One value where both bounds round to it, else a range that is rounded
    outwards and so still holds the truth. A lower bound of zero or less gives ``up to 3 days``.
    """
    longest = max(longest, timedelta(0))
    if shortest <= timedelta(0) < longest:
        return f"up to {_duration(longest, _unit(longest), 1)}"
    unit = _unit(longest)
    if _rounded(shortest, unit, 0) == _rounded(longest, unit, 0):
        return _duration(longest, unit, 0)
    return f"{_duration(shortest, min(unit, _unit(shortest)), -1)} to {_duration(longest, unit, 1)}"


def _days(first: datetime, last: datetime, precision: str) -> str:
    final = last - _DAY
    if (first.month, first.day, last.month, last.day) == (1, 1, 1, 1):
        return _years(first.year, final.year, precision)
    if first.day == last.day == 1:
        return _months(first, final)
    if first == final:
        return _date(first)
    if (first.year, first.month) == (final.year, final.month):
        return f"{first.day}{DASH}{_date(final)}"
    if first.year == final.year:
        return f"{first.day} {MONTHS[first.month - 1].title()} {DASH} {_date(final)}"
    return f"{_date(first)} {DASH} {_date(final)}"


def _years(first: int, final: int, precision: str) -> str:
    if first == final:
        return str(first)
    return f"{first}s" if precision == "decade" and first % 10 == 0 and final == first + 9 else f"{first}{DASH}{final}"


def _months(first: datetime, final: datetime) -> str:
    one, other = MONTHS[first.month - 1].title(), MONTHS[final.month - 1].title()
    if first.year != final.year:
        return f"{one} {first.year} {DASH} {other} {final.year}"
    return f"{one} {first.year}" if one == other else f"{one}{DASH}{other} {first.year}"


def _clocks(start: datetime, end: datetime, zone: Zone, precision: str) -> str:
    first, last = zone.wall(start), zone.wall(end)
    before, after = _label(start, zone), _label(end - timedelta(microseconds=1), zone)
    fine = bool(first.second or last.second or end - start < _MINUTE)
    if end - start <= (_SECOND if fine else _MINUTE):
        return f"{_date(first)}, {_clock(first, fine=fine)} {before}"
    same_day = first.date() == (last - timedelta(microseconds=1)).date()
    if before != after:
        shown = _clock(last, fine=fine) if same_day else f"{_date(last)}, {_clock(last, fine=fine)}"
        return f"{_date(first)}, {_clock(first, fine=fine)} {before} {DASH} {shown} {after}"
    name = _NAMED.get(_hours(first, last), "") if precision == "daypart" else ""
    name = f" ({name})" if name else ""
    if same_day:
        closing = "24:00" if _is_midnight(last) else _clock(last, fine=fine)
        return f"{_date(first)}, {_clock(first, fine=fine)}{DASH}{closing} {after}{name}"
    return f"{_date(first)}, {_clock(first, fine=fine)} {DASH} {_date(last)}, {_clock(last, fine=fine)} {after}{name}"


def _hours(first: datetime, last: datetime) -> tuple[int, int]:
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    begin, end = (wall - midnight for wall in (first, last))
    whole = not (begin % timedelta(hours=1) or end % timedelta(hours=1))
    return (begin // timedelta(hours=1), end // timedelta(hours=1)) if whole else (-1, -1)


def _point(instant: datetime, zone: Zone) -> str:
    wall = zone.wall(instant)
    if _is_midnight(wall):
        return _date(wall)
    return f"{_date(wall)}, {_clock(wall, fine=bool(wall.second))} {_label(instant, zone)}"


def _label(instant: datetime, zone: Zone) -> str:
    """Return what clocks call themselves then: EDT, or UTC+03:00 where the zone has no letters for it."""
    local = instant.astimezone(zone.info)
    name = local.tzname() or ""
    if name.isalpha():
        return name
    minutes = int((local.utcoffset() or timedelta(0)) / _MINUTE)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _date(wall: datetime) -> str:
    return f"{wall.day} {MONTHS[wall.month - 1].title()} {wall.year}"


def _clock(wall: datetime, *, fine: bool) -> str:
    return f"{wall:%H:%M:%S}" if fine else f"{wall:%H:%M}"


def _is_midnight(wall: datetime) -> bool:
    return wall.hour == wall.minute == wall.second == wall.microsecond == 0


def _unit(size: timedelta) -> timedelta:
    """Return the unit down to which a duration of this size is told; days stand for months and years as well."""
    if size < _MINUTE:
        return _SECOND
    if size < 2 * _DAY:
        return _MINUTE
    if size < 60 * _DAY:
        return timedelta(hours=1)
    return _DAY if size < 365 * _DAY else timedelta(days=_MONTH_DAYS)


def _rounded(size: timedelta, unit: timedelta, outwards: int) -> int:
    """Return whole units: the nearest, or with -1 those below and with 1 those above."""
    if outwards == 0:
        return (size + unit / 2) // unit
    return size // unit if outwards < 0 else -(-size // unit)


def _duration(size: timedelta, unit: timedelta, outwards: int) -> str:
    count = _rounded(size, unit, outwards)
    if unit == _SECOND:
        return f"{count} s" if count < 60 else "1 min"
    if unit == _MINUTE:
        return _parts((count // 60, " h"), (count % 60, " min")) or "0 min"
    if unit == timedelta(hours=1):
        return _parts((count // 24, _plural(" day", count // 24)), (count % 24, " h"))
    if unit == _DAY:
        return f"{count} days"
    return _parts((count // 12, _plural(" year", count // 12)), (count % 12, _plural(" month", count % 12)))


def _parts(*parts: tuple[int, str]) -> str:
    return " ".join(f"{count}{unit}" for count, unit in parts if count)


def _plural(unit: str, count: int) -> str:
    return unit if count == 1 else unit + "s"
