"""The time between two moments, as a person would say it. The rules stand in ``docs/telling.md``; bounds in the data.

The script of the pages has the same in ``publish/script/gap.js``, and a test holds the two together.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

_SECOND, _MINUTE, _HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
_DAY, _WEEK, _MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=365.2425 / 12)
_YEAR = timedelta(days=365.2425)
_UNITS = ((_YEAR, "year"), (_MONTH, "month"), (_WEEK, "week"), (_DAY, "day"), (_HOUR, "h"), (_MINUTE, "min"))
UNITS = {
    **{name: (name, f"{name}s") for name in ("year", "month", "week", "day")},
    **{name: (name, name) for name in ("h", "min", "s")},
}
"""Each unit for one of it and for more."""
ABOUT_SO_MUCH, UP_TO, BETWEEN = "about {gap}", "up to {gap}", "{least} to {most}"
WITHIN, AFTER = "within {gap}", "after {gap}"
AT_LEAST, UNKNOWN = "at least {gap}", "an unknown time"
_LARGER = {_MINUTE: (60, "h", "min"), _HOUR: (24, "day", "h"), _MONTH: (12, "year", "month")}
_ROUND = ((60 * _DAY, _DAY), (2 * _YEAR, _MONTH))
_LONGEST_DAY = timedelta(hours=26)
LONGEST_KNOWN = 1000 * _YEAR
"""No record of one speaker is longer: past it, one of the moments is open to a side."""
_SHORT_FEBRUARY, _LONG_SUMMER = timedelta(days=2.5), timedelta(days=1.2)
"""By so much months of the calendar are shorter or longer than a twelfth of a year."""


class Gap(NamedTuple):
    """A time between: ``words``, and ``joined`` to what happened, as in "changed position within 12 h 55 min"."""

    words: str
    joined: str


def gap_between(shortest: timedelta, longest: timedelta) -> Gap:
    """Return a duration known between two bounds, as a person would say it.

    >>> gap_between(timedelta(hours=12, minutes=55), timedelta(hours=12, minutes=55)).joined
    'within 12 h 55 min'
    >>> gap_between(timedelta(days=1095), timedelta(days=1827)).joined
    'after about 4 years'
    """
    longest = max(longest, timedelta(0))
    if longest > LONGEST_KNOWN:
        words = _at_least(shortest)
        return Gap(words, AFTER.format(gap=words))
    if near := _near(shortest, longest):
        closely = longest - shortest <= 2 * _SECOND or _same(shortest, longest)
        return Gap(near, (WITHIN if closely else AFTER).format(gap=near))
    if words := _by_calendar(shortest, longest) or _about(shortest, longest):
        return Gap(words, AFTER.format(gap=words))
    least, most = _between(shortest, longest)
    if not least:
        return Gap(UP_TO.format(gap=most), WITHIN.format(gap=most))
    words = BETWEEN.format(least=least, most=most)
    return Gap(words, AFTER.format(gap=words))


def bounds_words(shortest: timedelta, longest: timedelta) -> str:
    """Return both bounds to the second, for whoever wants them: "at least 10 days 23 h, at most 12 days 23 h"."""
    low, high = (_exactly(max(size, timedelta(0))) for size in (shortest, longest))
    if longest > LONGEST_KNOWN:
        return AT_LEAST.format(gap=low) if shortest > timedelta(0) else UNKNOWN
    if low == high:
        return high
    return f"at least {low}, at most {high}" if shortest > timedelta(0) else f"at most {high}"


def _exactly(size: timedelta) -> str:
    parts = (
        (size // _DAY, "day"),
        (size // _HOUR % 24, "h"),
        (size // _MINUTE % 60, "min"),
        (size // _SECOND % 60, "s"),
    )
    return " ".join(_counted(count, unit) for count, unit in parts if count) or "0 s"


def _near(shortest: timedelta, longest: timedelta) -> str:
    """Return the middle where it is at most the smallest unit told away from both bounds; "" else."""
    middle, half = (shortest + longest) / 2, (longest - shortest) / 2
    unit = _unit(middle)
    if half > unit or shortest < timedelta(0) or shortest == timedelta(0) < longest:
        return ""
    return _duration(middle, unit, 0)


def _same(shortest: timedelta, longest: timedelta) -> bool:
    unit = _unit(longest)
    return _rounded(shortest, unit, 0) == _rounded(longest, unit, 0)


def _by_calendar(shortest: timedelta, longest: timedelta) -> str:
    """Return the days between two moments that are known to about a day, as the calendar counts them; "" else."""
    middle, half = (shortest + longest) / 2, (longest - shortest) / 2
    neighbours = shortest == timedelta(0) and abs(longest - 2 * _DAY) <= 2 * _HOUR
    if half > _LONGEST_DAY or ((middle < 1.5 * _DAY or shortest <= timedelta(0)) and not neighbours):
        return ""
    return _duration(middle, max(_DAY, _unit(middle)), 0)


def _about(shortest: timedelta, longest: timedelta) -> str:
    middle, half = (shortest + longest) / 2, (longest - shortest) / 2
    if shortest <= timedelta(0) or 3 * half > middle:
        return ""
    unit, name = next((pair for pair in _UNITS if middle >= 2 * pair[0]), (_SECOND, "s"))
    if unit == _YEAR and middle < 10 * _YEAR and half <= _YEAR / 4:
        halves = (2 * middle + unit / 2) // unit
        return ABOUT_SO_MUCH.format(gap=f"{halves // 2}{'½' * (halves % 2)} {UNITS[name][1]}")
    return ABOUT_SO_MUCH.format(gap=_counted((middle + unit / 2) // unit, name))


def _between(shortest: timedelta, longest: timedelta) -> tuple[str, str]:
    """Return both bounds, rounded outwards; "" for a lower one that rounds to nothing."""
    if longest < 2 * _DAY:
        unit = _unit(longest)
        return _duration(shortest, unit, -1) if shortest >= unit else "", _duration(longest, unit, 1)
    unit = next((unit for size, unit in _ROUND if longest < size), _YEAR)
    calendar = unit > _DAY
    most = -(-(longest - (_LONG_SUMMER if calendar else timedelta(0))) // unit)
    least = (max(shortest, timedelta(0)) + (_SHORT_FEBRUARY if calendar and shortest > _DAY else timedelta(0))) // unit
    high = _counted(most, {_DAY: "day", _MONTH: "month", _YEAR: "year"}[unit])
    return f"{least}" if least else "", high


def _at_least(shortest: timedelta) -> str:
    """Return the lower bound alone, rounded down: nobody knows how long it was."""
    if shortest < 2 * _DAY:
        unit = _unit(max(shortest, timedelta(0)))
        return AT_LEAST.format(gap=_duration(shortest, unit, -1)) if shortest >= unit else UNKNOWN
    unit = next((unit for size, unit in _ROUND if shortest < size), _YEAR)
    count = (shortest + (_SHORT_FEBRUARY if unit > _DAY else timedelta(0))) // unit
    return AT_LEAST.format(gap=_counted(count, {_DAY: "day", _MONTH: "month", _YEAR: "year"}[unit]))


def _unit(size: timedelta) -> timedelta:
    """Return the unit down to which a duration of this size is told; days stand for months and years as well."""
    if size < _MINUTE:
        return _SECOND
    if size < 2 * _DAY:
        return _MINUTE
    if size < 60 * _DAY:
        return _HOUR
    return _DAY if size < 365 * _DAY else _MONTH


def _rounded(size: timedelta, unit: timedelta, outwards: int) -> int:
    """Return whole units: the nearest, or with -1 those below and with 1 those above."""
    if outwards == 0:
        return (size + unit / 2) // unit
    return size // unit if outwards < 0 else -(-size // unit)


def _duration(size: timedelta, unit: timedelta, outwards: int) -> str:
    count = _rounded(size, unit, outwards)
    if unit == _SECOND:
        return f"{count} s" if count < 60 else "1 min"
    if unit == _DAY:
        return _counted(count, "day")
    large, name, small = _LARGER[unit]
    parts = ((count // large, name), (count % large, small))
    return " ".join(_counted(number, word) for number, word in parts if number) or f"0 {small}"


def _counted(count: int, unit: str) -> str:
    return f"{count:,} {UNITS[unit][count != 1]}"
