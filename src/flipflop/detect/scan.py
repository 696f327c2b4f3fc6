"""Finds what the positions of one sequence show, for all sequences at once. Arrays in, arrays out; knows no ruling."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from flipflop.detect.kinds import ReversalKind
from flipflop.detect.panel import STANCES, Closed, Panel
from flipflop.frames.ordering import starts_of_runs
from flipflop.records import Stance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.frames.reading import Integers

KINDS = tuple(ReversalKind)
_STRONG = np.array([stance in {Stance.STRONGLY_OPPOSE, Stance.STRONGLY_SUPPORT} for stance in STANCES])


class Flips(NamedTuple):
    """The kept flips of a panel in its order, and the stretches that they part its entries into.

    ``stretch`` grows by one where a group or a flip begins; ``at`` is the place of the flip with which each stretch
    begins, -1 where it is the first of its group.
    """

    earlier: Integers
    later: Integers
    stretch: Integers
    at: Integers

    def run(self, panel: Panel, entries: Integers) -> Integers:
        """Return a code of the run in which each committed entry lies: its stretch, and its side."""
        return self.stretch[entries] * 2 + (panel.sign[entries] > 0)


class Overlaps(NamedTuple):
    """For each entry that overlaps opposite ones before it the nearest of them, and how many there are."""

    earlier: Integers
    later: Integers
    rivals: Integers


def references(panel: Panel) -> Integers:
    """Return for each entry the committed entry of its group that closed last before it begins, -1 where none did."""
    return panel.closed.last(panel.group, panel.start_rank)


def find_flips(panel: Panel, reference: Integers) -> Flips:
    """Return the committed entries whose reference has the other sign; of those in a row to one sign only the first."""
    later = np.flatnonzero((reference >= 0) & (panel.sign != 0) & (panel.sign[reference] == -panel.sign))
    # A flip whose moment is still open when the next statement begins is no reference yet: that statement, on the same
    # side, would be told as the same flip once more.
    first = starts_of_runs(panel.group[later])
    first[1:] |= panel.sign[later][1:] != panel.sign[later][:-1]
    later = later[first]
    begins = starts_of_runs(panel.group)
    at = np.full(len(panel), -1)
    at[later] = np.arange(len(later))
    begins[later] = True
    return Flips(reference[later], later, np.cumsum(begins) - 1, at[begins])


def walk_backs(panel: Panel, reference: Integers) -> tuple[Integers, Integers]:
    """Return the mixed entries that have a reference, and these references first; by reference, then in order."""
    mixed = np.flatnonzero((panel.sign == 0) & (reference >= 0))
    order = np.argsort(reference[mixed], kind="stable")
    return reference[mixed][order], mixed[order]


def same_side(panel: Panel, reference: Integers, qualifier: Integers) -> tuple[Integers, Integers, Integers]:
    """Return the committed entries whose reference has the same sign: another scope, or as firmly, less or more.

    ``qualifier`` is a code for each entry, -1 where there is none. A scope that came up before makes no row.
    """
    later = np.flatnonzero((np.abs(panel.sign) == 1) & (reference >= 0) & (panel.sign[reference] == panel.sign))
    earlier = reference[later]
    change = _STRONG[panel.stance[later]].astype(np.int64) - _STRONG[panel.stance[earlier]]
    by_change = (ReversalKind.SOFTENING, ReversalKind.REAFFIRMATION, ReversalKind.HARDENING)
    kind = np.array([KINDS.index(one) for one in by_change])[change + 1]
    old, new = qualifier[earlier], qualifier[later]
    scoped = np.flatnonzero((old >= 0) & (new >= 0) & (old != new))
    kind[scoped] = KINDS.index(ReversalKind.RESCOPING)
    first = np.unique(earlier[scoped] * (int(qualifier.max(initial=0)) + 1) + new[scoped], return_index=True)[1]
    kept = np.ones(len(later), dtype=bool)
    kept[scoped] = False
    kept[scoped[first]] = True
    return kind[kept], earlier[kept], later[kept]


def commitments(panel: Panel) -> tuple[Integers, Integers]:
    """Return the first committed entry of each group after what was mixed or unclear, and the last of that first."""
    entries = panel.committed
    first = entries[starts_of_runs(panel.group[entries])]
    of = np.searchsorted(panel.group[first], panel.group[entries])
    # Of the opposite ones of a group the first begins first: if that is after the first side closed, none overlaps it.
    opposite = np.flatnonzero(panel.sign[entries] == -panel.sign[first[of]])
    opposite = opposite[starts_of_runs(of[opposite])]
    begun = panel.start_rank[entries[opposite]] < panel.stop_rank[first[of[opposite]]]
    first = np.delete(first, of[opposite[begun]])
    undecided = np.flatnonzero(np.abs(panel.sign) != 1)
    earlier = Closed(panel, undecided, panel.group[undecided]).last(panel.group[first], panel.start_rank[first])
    return earlier[earlier >= 0], first[earlier >= 0]


def overlaps(panel: Panel) -> Overlaps:
    """Return the entries whose moment overlaps that of opposite ones before them."""
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
    return Overlaps(entries[earlier], entries[later], rivals[later])


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
