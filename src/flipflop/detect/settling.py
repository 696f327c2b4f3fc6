"""Finds what rulings set aside and where they cut, and what is left of each sequence. Arrays in, arrays out.

Each time the earliest row of every sequence that sets aside or cuts is settled, and then all of it is looked at again:
as many rounds as the sequence has such rulings that is ruled on most. Sequences without any are not gone through.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from flipflop.detect.kinds import ReversalKind
from flipflop.detect.panel import Panel
from flipflop.detect.ruled import NONE, Rulings
from flipflop.detect.scan import KINDS, Flips, Overlaps, find_flips, overlaps, references
from flipflop.frames.ordering import starts_of_runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.frames.reading import Integers

UNDETERMINED = KINDS.index(ReversalKind.UNDETERMINED)


class ReversalRow(NamedTuple):
    """A pair that was ruled away, with the kind of its place when that was settled."""

    kind: int
    earlier: int
    later: int
    ruling: int
    rivals: int


class Scanned(NamedTuple):
    """What is left of a panel: a panel of its own with its flips, overlaps, and the rulings on each of them.

    ``entry`` is the place of each entry in the whole panel, ``place`` the way back, -1 for what is set aside.
    """

    panel: Panel
    entry: Integers
    place: Integers
    reference: Integers
    flips: Flips
    flip_ruling: Integers
    overlaps: Overlaps
    overlap_ruling: Integers


@dataclass(frozen=True)
class SettledRecord:
    """A panel with what rulings made of it; entries of ``cut`` begin a part of their own."""

    whole: Panel
    rulings: Rulings
    live: NDArray[np.bool_]
    cut: NDArray[np.bool_]
    settled: list[ReversalRow] = field(default_factory=list)

    @cached_property
    def part(self) -> Integers:
        """The part in which each entry lies; parts ascend with the panel."""
        return np.cumsum(starts_of_runs(self.whole.group) | self.cut) - 1

    @cached_property
    def left(self) -> Scanned:
        """What takes part, in its parts."""
        return scanned(self.whole, self.rulings, self.live, self.cut)

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """Which of the flips that are left are counted: those that are not excused."""
        ruling = self.left.flip_ruling
        return ~_among(self.rulings.excused, ruling)

    def flips_until(self, entries: Integers) -> Integers:
        """Return how many flips are counted in the part of each entry up to and including it."""
        kept = np.zeros(len(self.whole), dtype=np.int64)
        kept[self.left.entry[self.left.flips.later[self.counted]]] = 1
        seen = np.cumsum(kept)
        first = np.flatnonzero(starts_of_runs(self.part))
        before: Integers = (seen - kept)[first]
        return seen[entries] - before[self.part[entries]]


def settle(panel: Panel, rulings: Rulings) -> SettledRecord:
    """Return the record with what is set aside and cut in it."""
    live, cut = np.ones(len(panel), dtype=bool), np.zeros(len(panel), dtype=bool)
    own = rulings.of_one
    earlier, later = rulings.earlier[own], rulings.later[own]
    concerns = rulings.away[own] & (panel.group[earlier] == panel.group[later])
    active = np.isin(panel.group, panel.group[later[concerns]])
    record, done = SettledRecord(panel, rulings, live, cut), np.zeros(len(rulings), dtype=bool)
    while active.any():
        left = scanned(panel, rulings, live & active, cut)
        moved = _settle_earliest(record, left, done)
        active = np.isin(panel.group, panel.group[moved])
    return record


def flips_again(record: SettledRecord) -> Integers:
    """Return 1 for each flip that is left before which one is counted in its part, else 0.

    0 and 1 are the places of ``REVERSAL`` and ``RESTORATION`` in ``KINDS``.
    """
    later = record.left.entry[record.left.flips.later]
    return (record.flips_until(later) - record.counted > 0).astype(np.int64)


def scanned(panel: Panel, rulings: Rulings, live: NDArray[np.bool_], cut: NDArray[np.bool_]) -> Scanned:
    """Return the flips and overlaps of what is left, with the latest ruling on each."""
    place = np.arange(len(panel))
    entry, part = place, panel
    if not live.all() or cut.any():
        entry = np.flatnonzero(live)
        begins = np.cumsum(starts_of_runs(panel.group) | cut) - 1
        part = panel.picked(entry, begins[entry])
        place = np.full(len(panel), -1)
        place[entry] = np.arange(len(entry))
    reference = references(part)
    flips, unsure = find_flips(part, reference), overlaps(part)
    own = rulings.of_one
    ends = place[rulings.earlier[own]], place[rulings.later[own]]
    kept = (ends[0] >= 0) & (ends[1] >= 0)
    own, (earlier, later) = own[kept], (ends[0][kept], ends[1][kept])
    sided = np.abs(part.sign[earlier] * part.sign[later]) == 1
    own, earlier, later = own[sided], earlier[sided], later[sided]
    return Scanned(
        part,
        entry,
        place,
        reference,
        flips,
        rulings_of_flips(part, flips, own, earlier, later),
        unsure,
        _rulings_of_overlaps(part, unsure, own, earlier, later),
    )


def rulings_of_flips(panel: Panel, flips: Flips, ruling: Integers, earlier: Integers, later: Integers) -> Integers:
    """Return the latest of the rulings, which ascend, on any pair of each flip; -1 where there is none.

    A pair is one of a flip where its earlier statement is of the run before it (or the found one), its later one of the
    run that begins with it, and the one was surely before the other.
    """
    found = np.full(len(flips.later), NONE)
    if not len(ruling) or not len(found):
        return found
    flip = flips.at[flips.stretch[later]]
    first, turn = flips.earlier[flip], flips.later[flip]
    before = (flips.stretch[earlier] == flips.stretch[later] - 1) & (panel.sign[earlier] == panel.sign[first])
    fits = (flip >= 0) & (panel.sign[later] == panel.sign[turn]) & (before | (earlier == first))
    fits &= panel.stop_rank[earlier] <= panel.start_rank[later]
    np.maximum.at(found, flip[fits], ruling[fits])
    return found


def _rulings_of_overlaps(
    panel: Panel, unsure: Overlaps, ruling: Integers, earlier: Integers, later: Integers
) -> Integers:
    """Return the latest of the rulings on any rival of each row, in either direction; -1 where there is none."""
    found = np.full(len(panel), NONE)
    fits = (panel.group[earlier] == panel.group[later]) & (panel.sign[earlier] != panel.sign[later])
    fits &= (panel.start_rank[earlier] < panel.stop_rank[later]) & (panel.start_rank[later] < panel.stop_rank[earlier])
    np.maximum.at(found, np.maximum(earlier, later)[fits], ruling[fits])
    return found[unsure.later]


def _settle_earliest(record: SettledRecord, left: Scanned, done: NDArray[np.bool_]) -> Integers:
    """Settle of each sequence the earliest rows that are ruled away; return their later statements."""
    away = record.rulings.away
    flips = np.flatnonzero(_among(away, left.flip_ruling) & ~_among(done, left.flip_ruling))
    unsure = np.flatnonzero(_among(away, left.overlap_ruling) & ~_among(done, left.overlap_ruling))
    later = np.concatenate([left.flips.later[flips], left.overlaps.later[unsure]])
    which = np.arange(len(later))
    order = np.lexsort((which, later))
    sequence = record.whole.group[left.entry[later[order]]]
    first = np.repeat(later[order][starts_of_runs(sequence)], np.unique(sequence, return_counts=True)[1])
    chosen = order[later[order] == first]
    firm = np.zeros(len(left.panel), dtype=bool)
    firm[left.flips.later[~_among(away, left.flip_ruling)]] = True
    rows = [
        _flip(record, left, int(flips[at])) if at < len(flips) else _unsure(left, int(unsure[at - len(flips)]))
        for at in chosen.tolist()
    ]
    aside = [_set_aside(record, left, row, firm) for row in rows]
    for row, entries in zip(rows, aside, strict=True):
        if record.rulings.outcome[row.ruling] == "not_comparable":
            record.cut[left.entry[row.later]] |= row.kind != UNDETERMINED or not firm[row.later]
        record.live[left.entry[entries]] = False
        done[row.ruling] = True
        record.settled.append(row._replace(earlier=int(left.entry[row.earlier]), later=int(left.entry[row.later])))
    settled: Integers = left.entry[later[chosen]]
    return settled


def _flip(record: SettledRecord, left: Scanned, at: int) -> ReversalRow:
    """Return the row of a flip: a restoration if one is counted before it in its part."""
    later, ruling = int(left.flips.later[at]), int(left.flip_ruling[at])
    before = left.flips.later[:at]
    before = before[left.panel.group[before] == left.panel.group[later]]
    rulings = left.flip_ruling[at - len(before) : at]
    counted = ~_among(record.rulings.away | record.rulings.excused, rulings)
    return ReversalRow(int(counted.any()), int(left.flips.earlier[at]), later, ruling, 0)


def _unsure(left: Scanned, at: int) -> ReversalRow:
    earlier, later, rivals = (int(column[at]) for column in left.overlaps)
    return ReversalRow(UNDETERMINED, earlier, later, int(left.overlap_ruling[at]), rivals)


def _set_aside(record: SettledRecord, left: Scanned, row: ReversalRow, firm: NDArray[np.bool_]) -> Integers:
    """Return the entries that a ruling ``no_reversal`` sets aside."""
    rulings = record.rulings
    if rulings.outcome[row.ruling] != "no_reversal":
        return np.zeros(0, dtype=np.int64)
    which = rulings.set_aside[row.ruling] or "later"
    earlier, later = (int(left.place[end[row.ruling]]) for end in (rulings.earlier, rulings.later))
    entries: list[Integers] = []
    if row.kind == UNDETERMINED:
        if which in {"earlier", "both"}:
            entries.append(np.array([earlier]))
        if which in {"later", "both"} and not firm[later]:
            entries.append(np.array([later]))
        return np.concatenate([*entries, np.zeros(0, dtype=np.int64)])
    if which in {"earlier", "both"}:
        entries.append(_span(left, earlier, row.earlier, int(left.flips.stretch[row.later]) - 1))
    if which in {"later", "both"}:
        entries.append(_span(left, row.later, later, int(left.flips.stretch[row.later])))
    return np.concatenate(entries)


def _span(left: Scanned, one: int, other: int, stretch: int) -> Integers:
    """Return the entries of one side in that stretch from one to the other, whichever comes first, and these two."""
    between = np.arange(min(one, other), max(one, other) + 1)
    sided = (left.panel.sign[between] == left.panel.sign[one]) & (left.flips.stretch[between] == stretch)
    span: Integers = between[sided | (between == one) | (between == other)]
    return span


def _among(wanted: NDArray[np.bool_], rulings: Integers) -> NDArray[np.bool_]:
    """Tell for each ruling whether it is wanted; none is not."""
    return np.append(wanted, False)[rulings]
