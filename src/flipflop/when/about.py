"""How wide *about* is: widens what is known roughly so that it surely holds the truth, and finds again what was said.

The one home of the widths, for whoever reads a moment and for whoever tells it; docs/moments.md has them as a table.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from flipflop.errors import WhenError
from flipflop.when.moment import Precision
from flipflop.when.zones import MAX, MIN, UTC_ZONE, zone_of

if TYPE_CHECKING:
    from flipflop.when.zones import Zone

Bounds = tuple[datetime, datetime]
_SECOND, _MINUTE, _HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
_DAY = 24 * _HOUR


class _Step(NamedTuple):
    """How far a bound is moved: whole months on the calendar, and time; a day or more of it by the wall's clock."""

    months: int = 0
    time: timedelta = timedelta(0)


_STEPS = {
    Precision.SECOND: _Step(time=5 * _MINUTE),
    Precision.MINUTE: _Step(time=15 * _MINUTE),
    Precision.HOUR: _Step(time=30 * _MINUTE),
    Precision.DAYPART: _Step(time=2.5 * _HOUR),
    Precision.DAY: _Step(time=_DAY),
    Precision.WEEK: _Step(time=3.5 * _DAY),
    Precision.MONTH: _Step(1),
    Precision.SEASON: _Step(1),
    Precision.YEAR: _Step(12),
    Precision.DECADE: _Step(120),
}
_WIDTHS: dict[Precision, set[timedelta] | set[int]] = {
    Precision.SECOND: {_SECOND + 10 * _MINUTE},
    Precision.MINUTE: {31 * _MINUTE},
    Precision.HOUR: {2 * _HOUR},
    Precision.DAY: {3 * _DAY},
    Precision.MONTH: {3},
    Precision.SEASON: {5, 17},
    Precision.YEAR: {36},
    Precision.DECADE: {360},
}
"""How long such a moment is when it is widened, or how many months; it never is that long before."""

_UNITS = {12: 3 * _HOUR, 1: 6 * _HOUR, 0: 12 * _HOUR}
"""The units of an interval, in months (0 is a day), and what its bounds are moved beyond whole ones, as their mark."""
_OF_CLOCKS = _Step(time=30 * _MINUTE + 30 * _SECOND)


def widened(bounds: Bounds, precision: Precision, zone: Zone, *, kept: str = "") -> Bounds:
    """Return bounds (UTC) between which the truth surely lies; ``kept`` is "start" or "end" where that is firm."""
    step = _STEPS.get(precision) or _step(_wall(zone, bounds[0]), _wall(zone, bounds[1]))
    return (
        bounds[0] if kept == "start" else _out(bounds[0], step, -1, zone),
        bounds[1] if kept == "end" else _out(bounds[1], step, 1, zone),
    )


def core(bounds: Bounds, precision: str | None, tz: str | None) -> Bounds:
    """Return what was said of an approximate moment: its bounds before they were widened, in UTC.

    Bounds that were not widened, as in records of version 0.1.0, come back as they are: that is seen by their length,
    of weeks, parts of a day and intervals by where they stand.
    """
    start, end = (bound.astimezone(UTC) for bound in bounds)
    try:
        zone, known = zone_of(tz) if tz else UTC_ZONE, Precision(precision or "")
    except (WhenError, ValueError):  # a record may come from anywhere
        return start, end
    if known in _WIDTHS:
        step = _STEPS[known]
        moved = _length(_wall(zone, start), _wall(zone, end), step) in _WIDTHS[known]
        sides = (moved, moved)
    elif known is Precision.INTERVAL:
        sides, step = _of_interval(_wall(zone, start), _wall(zone, end))
    else:
        step = _STEPS[known]
        sides = _stands(_wall(zone, start), step), _stands(_wall(zone, end), step)
    inside = (
        _back(start, step, 1, zone) if sides[0] else start,
        _back(end, step, -1, zone) if sides[1] else end,
    )
    return inside if inside[0] < inside[1] else (start, end)


def _length(start: datetime, end: datetime, step: _Step) -> timedelta | int:
    """Between two walls: in months where the step is of months, else in time; 0 where they are not whole ones."""
    if not step.months:
        return end - start if step.time < _DAY or (_is_midnight(start) and _is_midnight(end)) else 0
    return _months(start, end)


def _stands(wall: datetime, step: _Step) -> bool:
    """Tell whether a bound of a week was moved, which then is a noon, or of a part of a day: half past."""
    return _is_midnight(wall + 12 * _HOUR) if step.time > _DAY else wall.minute == 30


def _of_interval(start: datetime, end: datetime) -> tuple[tuple[bool, bool], _Step]:
    """Which bounds of an interval were moved, and how far."""
    for months, mark in _UNITS.items():
        sides = _is_midnight(start + mark), _is_midnight(end - mark)
        first, last = start + sides[0] * mark, end - sides[1] * mark
        count = _count(first, last, months) if any(sides) else 0
        third = count // (3 + sum(sides))
        for size in range(max(1, third - 1), third + 2):
            if max(1, (count - sum(sides) * size) // 3) == size < count:
                return sides, _of_unit(months, size)
    return (start.second == 30, end.second == 30), _OF_CLOCKS


def _step(start: datetime, end: datetime) -> _Step:
    """How far the bounds of an interval are moved: by a third of it, in its own unit, and the mark."""
    for months in _UNITS:
        count = _count(start, end, months)
        if count:
            return _of_unit(months, max(1, count // 3))
    return _OF_CLOCKS


def _of_unit(months: int, size: int) -> _Step:
    return _Step(size * months, _UNITS[months] + (timedelta(0) if months else size * _DAY))


def _count(start: datetime, end: datetime, months: int) -> int:
    """How many years (12 months), months (1) or days (0) lie between; 0 where they are not whole ones."""
    if not months:
        return (end - start).days if _is_midnight(start) and _is_midnight(end) else 0
    whole = months == 1 or start.month == end.month == 1
    return _months(start, end) // months if whole else 0


def _months(start: datetime, end: datetime) -> int:
    """How many months lie between; 0 where they are not whole ones."""
    if not (start.day == end.day == 1 and _is_midnight(start) and _is_midnight(end)):
        return 0
    return 12 * (end.year - start.year) + end.month - start.month


def _out(bound: datetime, step: _Step, sign: int, zone: Zone) -> datetime:
    """Move a bound outwards, by months and then by time; held inside the years 1 to 9999."""
    try:
        if _by_the_clock(step):
            return bound + sign * step.time
        return zone.utc(_by_months(_wall(zone, bound), sign * step.months) + sign * step.time)
    except (ValueError, OverflowError):
        return MIN if sign < 0 else MAX


def _back(bound: datetime, step: _Step, sign: int, zone: Zone) -> datetime:
    """Move a bound back inwards, by time and then by months."""
    try:
        if _by_the_clock(step):
            return bound + sign * step.time
        return zone.utc(_by_months(_wall(zone, bound) + sign * step.time, sign * step.months))
    except (ValueError, OverflowError):
        return bound


def _wall(zone: Zone, bound: datetime) -> datetime:
    """Return the clock on the wall, at the start of a day midnight, also where clocks skipped that."""
    wall = zone.wall(bound)
    midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if zone.utc(midnight) == bound else wall


def _by_the_clock(step: _Step) -> bool:
    return not step.months and step.time < 12 * _HOUR


def _by_months(wall: datetime, months: int) -> datetime:
    year, month = divmod(wall.year * 12 + wall.month - 1 + months, 12)
    return wall.replace(year=year, month=month + 1)


def _is_midnight(wall: datetime) -> bool:
    return wall.hour == wall.minute == wall.second == wall.microsecond == 0
