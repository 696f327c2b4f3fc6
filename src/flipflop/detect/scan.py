"""Finds what one speaker's positions on one topic show, for all speakers and topics at once. Arrays in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from flipflop.detect.kinds import ReversalKind
from flipflop.detect.panel import STANCES, Panel
from flipflop.frames.ordering import starts_of_runs
from flipflop.records import Stance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.frames.reading import Integers

KINDS = tuple(ReversalKind)
_STRONG = np.array([stance in {Stance.STRONGLY_OPPOSE, Stance.STRONGLY_SUPPORT} for stance in STANCES])


class Findings(NamedTuple):
    """Pairs of entries of a panel: ``kind`` is the place in ``KINDS``; ``rivals`` is 0 where the order is certain."""

    kind: Integers
    earlier: Integers
    later: Integers
    switches: Integers
    rivals: Integers


class Flips(NamedTuple):
    """The kept flips in the panel's order, and how many of its group each entry has seen, itself included."""

    earlier: Integers
    later: Integers
    switches: Integers


def scan(panel: Panel, kinds: frozenset[ReversalKind]) -> Findings:
    """Return all pairs of the asked kinds, in no particular order."""
    reference = panel.closed.last(panel.group, panel.start_rank)
    flips = find_flips(panel, reference)
    parts = []
    if kinds & {ReversalKind.REVERSAL, ReversalKind.RESTORATION}:
        # 0 and 1 are the places of REVERSAL and RESTORATION in ``KINDS``: the first flip, and every further one.
        again = (flips.switches[flips.later] > 1).astype(np.int64)
        parts.append((again, flips.earlier, flips.later))
    if ReversalKind.WALK_BACK in kinds:
        earlier, later = _walk_backs(panel, reference)
        parts.append((np.full(len(later), KINDS.index(ReversalKind.WALK_BACK)), earlier, later))
    if kinds & {ReversalKind.REAFFIRMATION, ReversalKind.SOFTENING, ReversalKind.HARDENING}:
        parts.append(_same_side(panel, reference))
    pairs = [np.concatenate([part[i] for part in parts] or [np.zeros(0, np.int64)]) for i in range(3)]
    wanted = np.isin(pairs[0], [KINDS.index(kind) for kind in kinds])
    kind, earlier, later = (column[wanted] for column in pairs)
    rivals = np.zeros(len(kind), dtype=np.int64)
    if ReversalKind.UNDETERMINED in kinds:
        before, after, number = _undetermined(panel)
        kind = np.append(kind, np.full(len(after), KINDS.index(ReversalKind.UNDETERMINED)))
        earlier, later, rivals = np.append(earlier, before), np.append(later, after), np.append(rivals, number)
    return Findings(kind, earlier, later, flips.switches[later], rivals)


def find_flips(panel: Panel, reference: Integers) -> Flips:
    """Return the committed entries whose reference has the other sign; of those in a row to one sign only the first."""
    later = np.flatnonzero((reference >= 0) & (panel.sign != 0) & (panel.sign[reference] == -panel.sign))
    # A flip whose moment is still open when the next statement begins is no reference yet: that statement, on the same
    # side, would be told as the same flip once more.
    first = starts_of_runs(panel.group[later])
    first[1:] |= panel.sign[later][1:] != panel.sign[later][:-1]
    later = later[first]
    # Running totals over all groups, less what had been reached where each group begins: a count within each, no loop.
    kept = np.zeros(len(panel), dtype=np.int64)
    kept[later] = 1
    seen = np.cumsum(kept)
    group_starts = np.flatnonzero(starts_of_runs(panel.group))
    before_group = np.repeat((seen - kept)[group_starts], np.diff(group_starts, append=len(panel)))
    return Flips(reference[later], later, seen - before_group)


def _walk_backs(panel: Panel, reference: Integers) -> tuple[Integers, Integers]:
    """Return for each reference the first mixed entry that has it."""
    mixed = np.flatnonzero((panel.sign == 0) & (reference >= 0))
    # ``unique`` gives the first place of each, and the panel's order within a group is that of time.
    earlier, at = np.unique(reference[mixed], return_index=True)
    return earlier, mixed[at]


def _same_side(panel: Panel, reference: Integers) -> tuple[Integers, Integers, Integers]:
    """Return the committed entries whose reference has the same sign, told apart by strength."""
    later = np.flatnonzero((panel.sign != 0) & (reference >= 0) & (panel.sign[reference] == panel.sign))
    earlier = reference[later]
    change = _STRONG[panel.stance[later]].astype(np.int64) - _STRONG[panel.stance[earlier]]
    by_change = (ReversalKind.SOFTENING, ReversalKind.REAFFIRMATION, ReversalKind.HARDENING)
    return np.array([KINDS.index(kind) for kind in by_change])[change + 1], earlier, later


def _undetermined(panel: Panel) -> tuple[Integers, Integers, Integers]:
    """Return for each entry that overlaps opposite ones before it the nearest of them, and how many there are."""
    entries = panel.committed
    group, plus = panel.group[entries], panel.sign[entries] > 0
    closed_plus, closed_minus = panel.closed.count(group, panel.start_rank[entries])
    group_starts = np.flatnonzero(starts_of_runs(group))
    begin = np.repeat(group_starts, np.diff(group_starts, append=len(entries)))
    place = np.arange(len(entries))
    seen_plus: Integers = np.cumsum(plus) - plus
    plus_before: Integers = seen_plus - seen_plus[begin]
    minus_before = place - begin - plus_before
    # What began before and is not closed when this one begins overlaps it. Counting takes two searches for each
    # entry; comparing entries with each other would take as many steps as there are pairs.
    rivals = np.where(plus, minus_before - closed_minus, plus_before - closed_plus)
    later = np.flatnonzero(rivals)
    earlier = _previous(~plus, place)[later]
    minus_nearest = _previous(plus, place)[later]
    earlier = np.where(plus[later], earlier, minus_nearest)
    # The opposite entry that began last is mostly the nearest that is still open. Where it is over and an older,
    # longer one is not, only the groups concerned go through the slow way, entry by entry.
    gone = panel.stop_rank[entries[earlier]] <= panel.start_rank[entries[later]]
    if gone.any():
        alive = _nearest_alive(panel, entries, np.isin(group, group[later[gone]]))
        earlier = np.where(gone, alive[later], earlier)
    return entries[earlier], entries[later], rivals[later]


def _previous(wanted: NDArray[np.bool_], place: Integers) -> Integers:
    """Return for each place the last one before it (or at it) that is wanted, -1 where there is none."""
    return np.maximum.accumulate(np.where(wanted, place, -1)) if len(place) else place


def _nearest_alive(panel: Panel, entries: Integers, concerned: NDArray[np.bool_]) -> Integers:
    """Return the nearest earlier opposite entry that is still open when each entry begins, -1 where there is none.

    A stack for each sign, for the groups in which the nearest one is over already. Entries come by their beginning, so
    what is over once is over for good and can be dropped: linear.
    """
    found = np.full(len(entries), -1)
    where = np.flatnonzero(concerned)
    picked = entries[where]
    columns = (where, panel.group[picked], panel.sign[picked], panel.start_rank[picked], panel.stop_rank[picked])
    stacks: dict[int, list[tuple[int, int]]] = {}
    current = -1
    for place, group, sign, start, stop in zip(*(column.tolist() for column in columns), strict=True):
        if group != current:
            current, stacks = group, {1: [], -1: []}
        opposite = stacks[-sign]
        while opposite and opposite[-1][1] <= start:
            opposite.pop()
        if opposite:
            found[place] = opposite[-1][0]
        stacks[sign].append((place, stop))
    return found
