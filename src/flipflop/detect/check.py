"""Tells what one new position makes of a speaker's record on one topic. Imports neither pandas nor numpy.

The same rules as ``find_reversals``, on plain tuples: for the moment at which a statement is appended.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from flipflop.detect.kinds import ReversalKind

if TYPE_CHECKING:
    from collections.abc import Iterable


class SignedPosition(NamedTuple):
    """What one statement shows: sign -1, 0, +1 or None (unclear, disputed); UTC microseconds, half open."""

    statement_id: str
    sign: int | None
    from_us: int
    until_us: int


PositionLike: TypeAlias = SignedPosition | tuple[str, int | None, int, int]
"""A position, or a plain tuple of the same four fields."""


class ReversalPair(NamedTuple):
    """A pair that names the new statement, as a row of ``find_reversals`` would."""

    kind: ReversalKind
    earlier_id: str
    later_id: str


def check(new: PositionLike, history: Iterable[PositionLike]) -> list[ReversalPair]:
    """Return the rows that ``find_reversals`` gives for the history with the new position and that name the new one.

    Of the default kinds, before any ruling; own words and those on one organisation's behalf are histories of their
    own. ``new`` is mostly the later of the two; recorded belatedly it can be the earlier one as well.
    ``history`` holds the other positions of that speaker on that topic, in any order; one with the statement_id of
    ``new`` is passed over. By earlier_id, later_id, kind. O(n log n).
    """
    new = SignedPosition(*new)
    rows = [SignedPosition(*row) for row in history]
    rows = [row for row in rows if row.statement_id != new.statement_id]
    if new.sign is None:
        return []
    found = findings([*rows, new])
    return sorted(
        (finding for finding in found if new.statement_id in finding[1:]),
        key=lambda finding: (finding.earlier_id, finding.later_id, finding.kind),
    )


def findings(record: Iterable[SignedPosition]) -> list[ReversalPair]:
    """Return all rows of the default kinds for one speaker's record on one topic."""
    rows = sorted((row for row in record if row.sign is not None), key=lambda row: (row[2], row[3], row[0]))
    return [*_certain(rows), *_overlapping(rows)]


def _certain(rows: list[SignedPosition]) -> list[ReversalPair]:
    """Return reversals, restorations and walk-backs."""
    found, walked_back = [], set()
    moments, references = _references(rows)
    flipped_to = 0
    for row in rows:
        at = bisect_right(moments, row.from_us) - 1
        reference = references[at] if at >= 0 else None
        if reference is None:
            continue
        if row.sign == 0:
            if reference.statement_id not in walked_back:
                walked_back.add(reference.statement_id)
                found.append(ReversalPair(ReversalKind.WALK_BACK, reference.statement_id, row.statement_id))
        elif row.sign != reference.sign and row.sign != flipped_to:
            kind = ReversalKind.RESTORATION if flipped_to else ReversalKind.REVERSAL
            flipped_to = row.sign or 0
            found.append(ReversalPair(kind, reference.statement_id, row.statement_id))
    return found


def _references(rows: list[SignedPosition]) -> tuple[list[int], list[SignedPosition | None]]:
    """Return the moments at which positions close, ascending, and what then stands: None where both signs close."""
    moments: list[int] = []
    references: list[SignedPosition | None] = []
    for row in sorted((row for row in rows if row.sign), key=lambda row: (row.until_us, row.statement_id)):
        if not moments or moments[-1] != row.until_us:
            moments.append(row.until_us)
            references.append(row)
        elif (standing := references[-1]) is not None and standing.sign != row.sign:
            references[-1] = None
    return moments, references


def _overlapping(rows: list[SignedPosition]) -> list[ReversalPair]:
    """Return the undetermined pairs: each row with the nearest opposite before it that is still open."""
    found = []
    still_open: dict[int, list[SignedPosition]] = {1: [], -1: []}
    for row in rows:
        if not row.sign:
            continue
        opposite = still_open[-row.sign]
        while opposite and opposite[-1].until_us <= row.from_us:
            opposite.pop()
        if opposite:
            found.append(ReversalPair(ReversalKind.UNDETERMINED, opposite[-1].statement_id, row.statement_id))
        still_open[row.sign].append(row)
    return found
