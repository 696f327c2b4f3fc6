"""Finds the rows of one speaker on one topic: which pairs, of what kind, with which ruling. Arrays in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from flipflop.detect.kinds import ReversalKind
from flipflop.detect.mandates import other_mandates
from flipflop.detect.ruled import NONE
from flipflop.detect.scan import KINDS, commitments, same_side, walk_backs
from flipflop.detect.settling import UNDETERMINED, flips_again
from flipflop.frames.ordering import starts_of_runs

if TYPE_CHECKING:
    from flipflop.detect.settling import SettledRecord
    from flipflop.frames.reading import Integers

_SAME_SIDE = {ReversalKind.REAFFIRMATION, ReversalKind.SOFTENING, ReversalKind.HARDENING, ReversalKind.RESCOPING}


class ReversalRows(NamedTuple):
    """Pairs of entries of the whole panel; ``kind`` is the place in ``KINDS``, ``rivals`` 0 where the order is certain.

    ``found`` is the later entry as found; the pair that was ruled stands in the row.
    """

    kind: Integers
    earlier: Integers
    later: Integers
    found: Integers
    ruling: Integers
    rivals: Integers

    def take(self, places: Integers) -> ReversalRows:
        """Return the rows at these places."""
        return ReversalRows(*(column[places] for column in self))


def find_rows(record: SettledRecord, qualifier: Integers, kinds: frozenset[ReversalKind]) -> ReversalRows:
    """Return the rows of these kinds, in no particular order; ``qualifier`` is a code for each entry, or -1."""
    left = record.left
    parts = [_settled(record), _flips(record)]
    if ReversalKind.UNDETERMINED in kinds:
        parts.append(_unsure(record))
    if ReversalKind.WALK_BACK in kinds:
        parts.append(_walk_backs(record))
    if kinds & _SAME_SIDE:
        kind, earlier, later = same_side(left.panel, left.reference, qualifier[left.entry])
        parts.append(_exact(record, kind, left.entry[earlier], left.entry[later]))
    if ReversalKind.COMMITMENT in kinds:
        earlier, later = (left.entry[places] for places in commitments(left.panel))
        parts.append(_exact(record, _all(ReversalKind.COMMITMENT, later), earlier, later))
    if ReversalKind.OTHER_MANDATE in kinds:
        earlier, later = other_mandates(record)
        parts.append(_exact(record, _all(ReversalKind.OTHER_MANDATE, later), earlier, later))
    rows = ReversalRows(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    wanted = np.isin(rows.kind, [KINDS.index(kind) for kind in kinds])
    return _as_ruled(record, rows.take(np.flatnonzero(wanted)))


def _all(kind: ReversalKind, like: Integers) -> Integers:
    return np.full(len(like), KINDS.index(kind))


def _exact(record: SettledRecord, kind: Integers, earlier: Integers, later: Integers) -> ReversalRows:
    """Return rows that take a ruling on just their pair."""
    return ReversalRows(kind, earlier, later, later, record.rulings.exactly(earlier, later), np.zeros_like(later))


def _settled(record: SettledRecord) -> ReversalRows:
    """Return the rows that were ruled away, as they were found then."""
    kind, earlier, later, ruling, rivals = np.array(record.settled, dtype=np.int64).reshape(-1, 5).T
    return ReversalRows(kind, earlier, later, later, ruling, rivals)


def _flips(record: SettledRecord) -> ReversalRows:
    """Return the flips that are left: a reversal until one is counted in the part, restorations from then on."""
    left = record.left
    later = left.entry[left.flips.later]
    return ReversalRows(
        flips_again(record), left.entry[left.flips.earlier], later, later, left.flip_ruling, np.zeros_like(later)
    )


def _unsure(record: SettledRecord) -> ReversalRows:
    """Return the undetermined rows that are left."""
    left = record.left
    kept = ~np.append(record.rulings.away, False)[left.overlap_ruling]
    earlier, later, rivals = (column[kept] for column in left.overlaps)
    kind = np.full(len(later), UNDETERMINED)
    return ReversalRows(
        kind, left.entry[earlier], left.entry[later], left.entry[later], left.overlap_ruling[kept], rivals
    )


def _walk_backs(record: SettledRecord) -> ReversalRows:
    """Return for each reference the first mixed entry that is not ruled away, and those before it that are."""
    left = record.left
    earlier, later = (left.entry[places] for places in walk_backs(left.panel, left.reference))
    rows = _exact(record, _all(ReversalKind.WALK_BACK, later), earlier, later)
    stands = (~np.append(record.rulings.away, False)[rows.ruling]).astype(np.int64)
    seen = np.cumsum(stands) - stands
    first = np.flatnonzero(starts_of_runs(earlier))
    seen -= np.repeat(seen[first], np.diff(first, append=len(earlier)))
    return rows.take(np.flatnonzero(seen == 0))


def _as_ruled(record: SettledRecord, rows: ReversalRows) -> ReversalRows:
    """Return the rows with the pair that was ruled in each; an undetermined one keeps its later statement."""
    ruled = rows.ruling != NONE
    if not ruled.any():
        return rows
    earlier, later = (np.append(end, NONE)[rows.ruling] for end in (record.rulings.earlier, record.rulings.later))
    turned = ruled & (rows.kind == UNDETERMINED) & (later != rows.later)
    return rows._replace(
        earlier=np.where(ruled, np.where(turned, later, earlier), rows.earlier),
        later=np.where(ruled, np.where(turned, earlier, later), rows.later),
    )
