"""Says in a sentence what a row shows, in words that a reporter could print. No verb of intent, no verdict."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from flipflop.detect.kinds import ConflictKind, ReversalKind
from flipflop.detect.panel import STANCES
from flipflop.records import Stance
from flipflop.when.gap_words import gap_between
from flipflop.when.telling import Moment, day_words, moment_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.detect.panel import Panel
    from flipflop.frames.reading import Instants, Integers, Texts

_ON_RECORD = {
    Stance.STRONGLY_OPPOSE: "in strong opposition",
    Stance.OPPOSE: "in opposition",
    Stance.MIXED: "with a mixed position",
    Stance.SUPPORT: "in support",
    Stance.STRONGLY_SUPPORT: "in strong support",
    Stance.UNCLEAR: "without a clear position",
}
_WORDS = np.array([_ON_RECORD[stance] for stance in STANCES], dtype=object)
_SECOND, _DAY = 1_000_000, 86_400_000_000
_FAR = 200_000 * _DAY  # five centuries each way: past them a neighbouring day may not exist


def stance_words(stances: Integers) -> Texts:
    """Return how each stance is put: ``in support``, ``in strong opposition``, ``with a mixed position``."""
    return _WORDS[stances]


def reversal_reason(kind: ReversalKind, who: str, before: str, after: str, later: str, nearer: bool) -> str:
    """Return the sentence for one row. ``before`` and ``after`` say stance and moment, ``later`` the time between.

    ``nearer``: an opposite position that lies nearer overlaps the later one.
    """
    if kind is ReversalKind.UNDETERMINED:
        return f"{who}: on record {before} and {after}; these moments overlap, so their order is not known."
    still = ", again" if kind is ReversalKind.REAFFIRMATION else ", then"
    unsure = " A nearer opposite position overlaps the later one, so their order is not known." if nearer else ""
    return f"{who}: on record {before}{still} {after}, {later}.{unsure}"


def conflict_reason(kind: ConflictKind, who: str, said: str, other: str, they_said: str) -> str:
    """Return the sentence for one row; ``said`` and ``they_said`` say stance and moment of each of the two."""
    match kind:
        case ConflictKind.STRANDED_SURROGATE:
            return f"{who}: on record {said}, on the side of {other} then; later {other}: on record {they_said}."
        case ConflictKind.UNDERCUT:
            return f"{who}: on record {said}; then {other}, for whom {who} spoke: on record {they_said}."
        case ConflictKind.OFF_MESSAGE:
            return f"{other}: on record {they_said}; then {who}, speaking for {other}: {said}."
        case ConflictKind.AHEAD:
            then = f"; a later statement of {other} in this record is on that side."
            return f"{other}: on record {they_said}; then {who}, speaking for {other}: {said}{then}"
        case ConflictKind.CONFLICTING_ACCOUNTS:
            return f"Two accounts: {who} on record {said}, {other} on record {they_said}."
        case ConflictKind.DIFFERENT_VOICE:
            return f"Two voices of one organisation: {who} on record {said}, then {other} {they_said}."


def say_moments(panel: Panel, entries: Integers, tz: str) -> Texts:
    """Return the moment of each entry as ``moment_words`` tells it; tweets, known to the second, in bulk in UTC."""
    start, stop, given = panel.start[entries], panel.stop[entries], panel.given.code[panel.row[entries]]
    said = np.empty(len(entries), dtype=object)
    second = (stop - start == _SECOND) & (start % _SECOND == 0) & (abs(start) < _FAR) & (tz == "UTC")
    second &= ~panel.given.approximate[panel.row[entries]]
    days, seconds = np.divmod(start[second] // _SECOND, _DAY // _SECOND)
    said[second] = _each(days, _date) + _each(seconds, _clock)
    told: dict[tuple[int, int, int], str] = {}
    for place in np.flatnonzero(~second).tolist():
        key = (int(start[place]), int(stop[place]), int(given[place]))
        if key not in told:
            told[key] = moment_words(Moment(_utc(key[0]), _utc(key[1]), *panel.given.known[key[2]]), tz)
        said[place] = told[key]
    return said


def say_gaps(shortest: Instants, longest: Instants) -> Texts:
    """Return the time between two moments as ``gap_between`` joins it to what happened."""
    return _each_pair(shortest, longest, _gap)


def _each(numbers: Integers, say: Callable[[int], str]) -> Texts:
    """Say each number, each distinct one once."""
    which, distinct = pd.factorize(numbers)
    return np.array([say(number) for number in distinct.tolist()], dtype=object)[which]


def _each_pair(one: Integers, other: Integers, say: Callable[[int, int], str]) -> Texts:
    """Say each pair of numbers, each distinct one once."""
    (ones, distinct_ones), (others, distinct_others) = pd.factorize(one), pd.factorize(other)
    each = max(1, len(distinct_others))
    which, distinct = pd.factorize(ones * each + others)
    pairs = zip(distinct_ones[distinct // each].tolist(), distinct_others[distinct % each].tolist(), strict=True)
    return np.array([say(*pair) for pair in pairs], dtype=object)[which]


def _gap(shortest: int, longest: int) -> str:
    return gap_between(timedelta(microseconds=shortest), timedelta(microseconds=longest)).joined


def _date(day: int) -> str:
    return day_words(_utc(day * _DAY), "UTC")


def _clock(second: int) -> str:
    return f", {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02} UTC"


def _utc(microseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
