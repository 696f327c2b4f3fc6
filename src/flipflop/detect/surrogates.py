"""Finds where a surrogate and a principal part: stranded, undercut, off message. Arrays in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from flipflop.detect.panel import Panel
from flipflop.detect.scan import find_flips
from flipflop.frames.ordering import starts_of_runs
from flipflop.frames.reading import NO_MOMENT, Instants, Integers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from flipflop.detect.relations import Relations


class Conflicts(NamedTuple):
    """Pairs of entries of a panel, earlier and later in time, and when the conflict began and ended."""

    speaker: Integers
    other: Integers
    earlier: Integers
    later: Integers
    since: Instants
    until: Instants

    def take(self, places: Integers | NDArray[np.bool_]) -> Conflicts:
        """Return the pairs at these places."""
        return Conflicts(*(column[places] for column in self))

    def without(self, others: Conflicts) -> Conflicts:
        """Return the pairs that are not among the others."""
        known = set(zip(others.earlier.tolist(), others.later.tolist(), strict=True))
        pairs = zip(self.earlier.tolist(), self.later.tolist(), strict=True)
        return self.take(np.array([pair not in known for pair in pairs], dtype=bool))


def joined(parts: Sequence[Conflicts]) -> Conflicts:
    """Return all parts in one."""
    return Conflicts(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


class Sides:
    """Answers when a group takes a side: its committed entries by (group, side, beginning)."""

    def __init__(self, panel: Panel) -> None:
        entries = panel.committed
        key = self._key(panel, panel.group[entries], panel.sign[entries], panel.start_rank[entries])
        self._order = entries[np.argsort(key, kind="stable")]
        self._keys = np.sort(key)
        self._panel = panel

    @staticmethod
    def _key(panel: Panel, group: Integers, sign: NDArray[np.int8], rank: Integers) -> Integers:
        return (group * 2 + (sign > 0)) * panel.ranks + rank

    def begun(self, group: Integers, sign: NDArray[np.int8], rank: Integers) -> Integers:
        """Return a number that grows with each entry of the group on that side that has begun by then (or then)."""
        return np.searchsorted(self._keys, self._key(self._panel, group, sign, rank), side="right")

    def next(self, group: Integers, sign: NDArray[np.int8], rank: Integers) -> Instants:
        """Return when the group's first entry on that side begins at or after that rank; ``NO_MOMENT`` if never."""
        at = np.searchsorted(self._keys, self._key(self._panel, group, sign, rank), side="left")
        side = self._key(self._panel, group, sign, np.zeros_like(rank)) // self._panel.ranks
        padded = np.append(self._keys, -1)
        found = padded[at] // self._panel.ranks == side
        start = np.append(self._panel.start[self._order], NO_MOMENT)
        return np.where(found, start[at], NO_MOMENT)

    def first(self, group: Integers, sign: NDArray[np.int8]) -> Instants:
        """Return when the group's first entry on that side begins; ``NO_MOMENT`` if it has none."""
        return self.next(group, sign, np.zeros(len(group), dtype=np.int64))


def stranded(panel: Panel, relations: Relations) -> Conflicts:
    """Return the pairs (what S last showed, P's flip away from it)."""
    flips = find_flips(panel, panel.closed.last(panel.group, panel.start_rank))
    # It ends when S joins P: at or after the end of what S said, for a statement that overlaps it may have come before.
    found, surrogate = _standing_surrogates(panel, relations, flips.later)
    sides = Sides(panel)
    until = sides.next(panel.group[surrogate], panel.sign[found], panel.stop_rank[surrogate])
    return _pairs(panel, surrogate, found, surrogate, found, until)


def undercut(panel: Panel, relations: Relations) -> Conflicts:
    """Return the pairs (what S last showed, P's first position, on the other side)."""
    entries = panel.committed
    entries = entries[starts_of_runs(panel.group[entries])]
    sides = Sides(panel)
    # Where P's first position on the other side may have come before this one, nobody can say which was first: S may
    # have followed that one.
    joins = sides.first(panel.group[entries], -panel.sign[entries])
    surely_first = (joins == NO_MOMENT) | (joins >= panel.stop[entries])
    found, surrogate = _standing_surrogates(panel, relations, entries[surely_first])
    leaves = sides.next(panel.group[surrogate], panel.sign[found], panel.stop_rank[surrogate])
    joins = sides.first(panel.group[found], panel.sign[surrogate])
    return _pairs(panel, surrogate, found, surrogate, found, _sooner(leaves, joins))


def off_message(panel: Panel, relations: Relations) -> Conflicts:
    """Return the pairs (what P last showed, S's statement to the contrary), the first of each episode."""
    entries = panel.committed
    at, relation = relations.principals_of(panel.speaker_of(entries))
    entry = entries[at]
    held = relations.holds(relation, panel.start[entry], panel.stop[entry])
    entry, principal = entry[held], relations.principal[relation[held]]
    group = principal * len(panel.topics) + panel.topic_of(entry)
    standing = panel.closed.last(group, panel.start_rank[entry])
    sign, sides = panel.sign[entry], Sides(panel)
    # A position of P on S's side overlaps S's moment if it begins before that ends and is not over when it begins. Then
    # S may have said what P said at the time, and nothing is told.
    begun = _begun_before(sides, group, sign, panel.stop_rank[entry])
    closed_plus, closed_minus = panel.closed.count(group, panel.start_rank[entry])
    alone = begun == np.where(sign > 0, closed_plus, closed_minus)
    against = np.flatnonzero((standing >= 0) & (panel.sign[standing] == -sign) & alone)
    entry, group, standing, sign = entry[against], group[against], standing[against], sign[against]
    # While neither has moved, a surrogate who says it a hundred times is off message once. One count grows when S
    # leaves its side, the other when P joins it, so together they name the episode.
    changes = sides.begun(panel.group[entry], -sign, panel.start_rank[entry])
    changes_of_principal = sides.begun(group, sign, panel.start_rank[entry])
    order = np.lexsort((entry, changes_of_principal, changes, sign, panel.group[entry], group))
    episode = (group, panel.group[entry], sign, changes, changes_of_principal)
    first = np.zeros(len(order), dtype=bool)
    for key in episode:
        first |= starts_of_runs(key[order])
    chosen = order[first]
    entry, group, standing, sign = entry[chosen], group[chosen], standing[chosen], sign[chosen]
    after = panel.start_rank[entry] + 1
    until = _sooner(_next(sides, panel, panel.group[entry], -sign, after), _next(sides, panel, group, sign, after))
    return _pairs(panel, entry, standing, standing, entry, until)


def _standing_surrogates(panel: Panel, relations: Relations, turns: Integers) -> tuple[Integers, Integers]:
    """Return pairs (turn of a principal, what a surrogate last showed before it, on the other side)."""
    at, relation = relations.surrogates_of(panel.speaker_of(turns))
    turn = turns[at]
    group = relations.surrogate[relation] * len(panel.topics) + panel.topic_of(turn)
    last = panel.closed.last(group, panel.start_rank[turn])
    fits = (last >= 0) & (panel.sign[last] == -panel.sign[turn])
    turn, last, relation = turn[fits], last[fits], relation[fits]
    # S must have spoken for P when S said it; at P's turn the relation may be over. Of two relations of the same two
    # (an office held twice, say) both can hold: the pair is told once.
    held = relations.holds(relation, panel.start[last], panel.stop[last])
    pairs = np.unique(np.stack([turn[held], last[held]], axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _begun_before(sides: Sides, group: Integers, sign: NDArray[np.int8], rank: Integers) -> Integers:
    """Return how many entries of the group on that side begin before that rank."""
    return sides.begun(group, sign, rank - 1) - sides.begun(group, sign, np.full_like(rank, -1))


def _next(sides: Sides, panel: Panel, group: Integers, sign: NDArray[np.int8], rank: Integers) -> Instants:
    """As ``Sides.next``; a rank past the last one finds nothing."""
    return np.where(rank < panel.ranks, sides.next(group, sign, np.minimum(rank, panel.ranks - 1)), NO_MOMENT)


def _sooner(one: Instants, other: Instants) -> Instants:
    """Return the earlier of two moments, of which either may be missing."""
    return np.where(one == NO_MOMENT, other, np.where(other == NO_MOMENT, one, np.minimum(one, other)))


def _pairs(
    panel: Panel, speaker: Integers, other: Integers, earlier: Integers, later: Integers, until: Instants
) -> Conflicts:
    return Conflicts(panel.speaker_of(speaker), panel.speaker_of(other), earlier, later, panel.start[later], until)
