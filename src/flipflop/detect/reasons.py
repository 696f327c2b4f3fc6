"""Says in a sentence what a row shows, in words that a reporter could print. No verb of intent, no verdict."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from flipflop.detect.kinds import ConflictKind, ReversalKind
from flipflop.detect.panel import STANCES
from flipflop.records import Stance

if TYPE_CHECKING:
    from flipflop.frames.reading import Instants, Integers

Sentences: TypeAlias = list[str]

_ON_RECORD = {
    Stance.STRONGLY_OPPOSE: "in strong opposition",
    Stance.OPPOSE: "in opposition",
    Stance.MIXED: "with a mixed position",
    Stance.SUPPORT: "in support",
    Stance.STRONGLY_SUPPORT: "in strong support",
    Stance.UNCLEAR: "without a clear position",
}
_WORDS = [_ON_RECORD[stance] for stance in STANCES]
# Not %B: that speaks the machine's language.
_MONTHS = ["-", "January", "February", "March", "April", "May", "June"]
_MONTHS += ["July", "August", "September", "October", "November", "December"]
_SECOND, _MINUTE, _HOUR, _DAY = 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000


def stance_words(stances: Integers) -> Sentences:
    """Return how each stance is put: ``in support``, ``in strong opposition``, ``with a mixed position``."""
    return [_WORDS[stance] for stance in stances.tolist()]


def reversal_reason(kind: ReversalKind, who: str, before: str, after: str, later: str) -> str:
    """Return the sentence for one row. ``before`` and ``after`` say stance and moment, ``later`` the time between."""
    if kind is ReversalKind.UNDETERMINED:
        return f"{who}: on record {before} and {after}; these moments overlap, so their order is not known."
    still = ", again" if kind is ReversalKind.REAFFIRMATION else ", then"
    return f"{who}: on record {before}{still} {after}, {later}."


def conflict_reason(kind: ConflictKind, who: str, said: str, other: str, they_said: str) -> str:
    """Return the sentence for one row; ``said`` and ``they_said`` say stance and moment of each of the two."""
    match kind:
        case ConflictKind.STRANDED_SURROGATE:
            return f"{who}: on record {said}, on the side that {other} then left: {other} on record {they_said}."
        case ConflictKind.UNDERCUT:
            return f"{who}: on record {said}; then {other}, not on record before: {they_said}."
        case ConflictKind.OFF_MESSAGE:
            return f"{other}: on record {they_said}; then {who}, speaking for {other}: {said}."
        case ConflictKind.CONFLICTING_ACCOUNTS:
            return f"Two accounts: {who} on record {said}, {other} on record {they_said}."
        case ConflictKind.DIFFERENT_VOICE:
            return f"Two voices of one organisation: {who} on record {said}, {other} on record {they_said}."


def say_moments(start: Instants, stop: Instants) -> Sentences:
    """Return each moment in UTC, as finely as its width tells: ``9 July 2017, 11:50:24 UTC``, ``July 2017``."""
    bounds = np.stack([start, stop], axis=1)
    distinct, which = np.unique(bounds, axis=0, return_inverse=True) if len(bounds) else (bounds, np.zeros(0, np.int64))
    said = [_moment(begin, end) for begin, end in distinct.tolist()]
    return [said[place] for place in which.reshape(-1).tolist()]


def say_gaps(shortest: Instants, longest: Instants) -> Sentences:
    """Return the time between two moments, ``12 h 55 min later``, or its bounds where these read differently."""
    said = []
    for least, most in zip(shortest.tolist(), longest.tolist(), strict=True):
        low, high = _gap(least), _gap(most)
        if most - least <= 2 * _MINUTE:
            said.append(f"{_gap((least + most) // 2)} later")
        else:
            said.append(f"{low} later" if low == high else f"between {low} and {high} later")
    return said


def _gap(span: int) -> str:
    """Return a span in its two largest units, rounded to the smaller one."""
    if span < _MINUTE:
        return f"{round(span / _SECOND)} s"
    if span < _HOUR - _MINUTE // 2:
        return f"{round(span / _MINUTE)} min"
    if span < _DAY - _MINUTE // 2:
        hours, minutes = divmod(round(span / _MINUTE), 60)
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, hours = divmod(round(span / _HOUR), 24)
    if days >= 14 or not hours:
        return _days(round(span / _DAY))
    return f"{_days(days)} {hours} h"


def _days(days: int) -> str:
    return f"{days:,} day" if days == 1 else f"{days:,} days"


def _moment(start: int, stop: int) -> str:
    width, begin, end = stop - start, _utc(start), _utc(stop)
    if start % _DAY == 0 and stop % _DAY == 0:
        return _dates(begin, _utc(stop - 1))
    if width == _SECOND and start % _SECOND == 0:
        return f"{_date(begin)}, {begin:%H:%M:%S} UTC"
    if width == _MINUTE and start % _MINUTE == 0:
        return f"{_date(begin)}, {begin:%H:%M} UTC"
    finest = "%H:%M" if start % _MINUTE == 0 and stop % _MINUTE == 0 else "%H:%M:%S"
    clock = f"{_date(begin)}, {begin.strftime(finest)}"
    if begin.date() == end.date():
        return f"{clock} to {end.strftime(finest)} UTC"
    return f"{clock} UTC to {_date(end)}, {end.strftime(finest)} UTC"


def _dates(first: datetime, last: datetime) -> str:
    """Return whole days: one, a month, a year, or the first and the last."""
    after = last + timedelta(days=1) if last.year < 9999 else last
    whole_months = first.day == 1 and after.day == 1
    if first.date() == last.date():
        return _date(first)
    if whole_months and (first.year, first.month) == (last.year, last.month):
        return f"{_MONTHS[first.month]} {first.year}"
    if whole_months and first.year == last.year and (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"{_date(first)} to {_date(last)}"


def _date(moment: datetime) -> str:
    return f"{moment.day} {_MONTHS[moment.month]} {moment.year}"


def _utc(microseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
