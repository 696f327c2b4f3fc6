"""Finds speakers who stand on opposite sides of an account at the same instant. Arrays in, arrays out.

Never all with all: pairs are counted from sorted bounds, and listed only where a topic has few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from flipflop.detect.joining import join
from flipflop.detect.pairs import Conflicts, joined
from flipflop.detect.ruled import NONE, latest_of
from flipflop.frames.reading import NO_MOMENT, Instants, Integers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.detect.relations import Relations
    from flipflop.detect.settling import SettledRecord
    from flipflop.detect.standing import StandingSide


def conflicting_accounts(
    record: SettledRecord, relations: Relations, standing: StandingSide, accounts: NDArray[np.bool_], pair_limit: int
) -> Conflicts:
    """Return a row per pair of opposite standing runs; past ``pair_limit`` of a topic one per run, and those ruled."""
    found = Accounts(record, relations, standing, accounts)
    many = found.pairs_of_topics() > pair_limit
    runs = np.arange(len(found.begin))
    one, other = found.overlapping(runs[~many[found.topic]])
    free = ~found.barred(one, other)
    rows = [found.rows(one[free], other[free])]
    if many.any():
        rows += found.summed(many)
    return joined(rows)


class Accounts:
    """The standing runs on topics that are accounts, by person and in order of time, and what each pair of them is."""

    def __init__(
        self, record: SettledRecord, relations: Relations, standing: StandingSide, accounts: NDArray[np.bool_]
    ) -> None:
        self.record, self.panel = record, record.whole
        self.relations, self.standing = relations, standing
        topics, runs = max(1, len(self.panel.topics)), standing.runs()
        kept = accounts[runs.person % topics] if len(runs.person) else runs.person > 0
        self.person, self.begin, self.end, self.first = (column[kept] for column in runs)
        self.topic, self.speaker = self.person % topics, self.person // topics
        self.side = self.panel.sign[self.first].astype(np.int64)
        self.width = self.panel.ranks + 2
        self.bar = self._barred_pairs()

    def pairs_of_topics(self) -> Integers:
        """Return how many pairs would be rows on each topic."""
        found = np.zeros(len(self.panel.topics), dtype=np.int64)
        np.add.at(found, self.topic, self.rivals())
        return found // 2

    def rivals(self) -> Integers:
        """Return with how many other runs each would be a row."""
        heading = self._heading(self.topic, self.side)
        begins, ends = (np.sort(heading * self.width + bound) for bound in (self.begin, self.end))
        opposite = self._heading(self.topic, -self.side) * self.width
        begun = np.searchsorted(begins, opposite + self.end) - np.searchsorted(begins, opposite)
        over = np.searchsorted(ends, opposite + self.begin, side="right") - np.searchsorted(ends, opposite)
        found: Integers = begun - over
        for end in self._pair(self.bar):
            np.subtract.at(found, end, 1)
        return found

    def overlapping(self, runs: Integers) -> tuple[Integers, Integers]:
        """Return the pairs of opposite runs among these, of topics that are whole, that overlap; each pair once."""
        heading = self._heading(self.topic[runs], self.side[runs]) * self.width + self.begin[runs]
        order = np.argsort(heading, kind="stable")
        opposite = self._heading(self.topic[runs], -self.side[runs]) * self.width
        # Of the two the one that began first finds the other; of two that began at once, the one in support.
        later = self.begin[runs] + (self.side[runs] < 0)
        first = np.searchsorted(heading[order], opposite + later)
        last = np.maximum(first, np.searchsorted(heading[order], opposite + self.end[runs]))
        at = np.repeat(np.arange(len(runs)), last - first)
        offset = np.arange(len(at)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
        return runs[at], runs[order[first[at] + offset]]

    def barred(self, one: Integers, other: Integers) -> NDArray[np.bool_]:
        """Tell of pairs of runs whether one speaks for the other at both statements."""
        return np.isin(self._code(one, other), self.bar)

    def rows(self, one: Integers, other: Integers) -> Conflicts:
        """Return the row of each pair of runs, the alphabet saying whose it is."""
        swap = self.speaker[other] < self.speaker[one]
        return self._told(np.where(swap, other, one), np.where(swap, one, other))

    def summed(self, many: NDArray[np.bool_]) -> list[Conflicts]:
        """Return one row for each run of these topics that has rivals, and the ruled pairs that are in none of them."""
        rivals = self.rivals()
        runs = np.flatnonzero(many[self.topic] & (rivals > 0))
        nearest = self._nearest(runs)
        rows = self._told(runs, nearest)._replace(rivals=rivals[runs])
        pairs = np.setdiff1d(self._ruled_pairs()[0], self._code(runs, nearest))
        one, other = self._pair(pairs)
        kept = many[self.topic[one]] & self._opposed(one, other) & ~self.barred(one, other)
        return [rows, self.rows(one[kept], other[kept])]

    def _told(self, one: Integers, other: Integers) -> Conflicts:
        panel, start = self.panel, np.maximum(self.begin[one], self.begin[other])
        mine = self.standing.at(self.person[one], start)
        theirs = self.standing.at(self.person[other], start)
        since = np.maximum(panel.start[mine], panel.start[theirs])
        until = self._until(np.minimum(self.end[one], self.end[other]))
        who = self.speaker[one], self.speaker[other]
        pairs, ruling = self._ruled_pairs()
        found = Conflicts.of("conflicting_accounts", *who, mine, theirs, since, until)
        return found._replace(ruling=latest_of(pairs, ruling, self._code(one, other)))

    def _until(self, end: Integers) -> Instants:
        return np.where(end >= self.panel.ranks, NO_MOMENT, self.standing.instant(end))

    def _opposed(self, one: Integers, other: Integers) -> NDArray[np.bool_]:
        at_once = (self.begin[one] < self.end[other]) & (self.begin[other] < self.end[one])
        same = (self.topic[one] == self.topic[other]) & (self.person[one] != self.person[other])
        opposed: NDArray[np.bool_] = same & at_once & (self.side[one] == -self.side[other])
        return opposed

    def _heading(self, topic: Integers, side: Integers) -> Integers:
        return topic * 2 + (side > 0)

    def _code(self, one: Integers, other: Integers) -> Integers:
        """Return a code for each pair of runs, in whatever order."""
        return np.minimum(one, other) * max(1, len(self.begin)) + np.maximum(one, other)

    def _pair(self, codes: Integers) -> tuple[Integers, Integers]:
        return codes // max(1, len(self.begin)), codes % max(1, len(self.begin))

    def _barred_pairs(self) -> Integers:
        """Return the codes of opposite runs, at once, of two of whom one speaks for the other at both statements."""
        surrogate, principal = self.relations.pairs()
        runs = np.arange(len(self.begin))
        run, pair = join(self.speaker, surrogate)
        person = principal[pair] * max(1, len(self.panel.topics)) + self.topic[run]
        # The runs of one person are apart, so those that overlap a moment lie side by side.
        begins, ends = self.person * self.width + self.begin, self.person * self.width + self.end
        first = np.searchsorted(ends, person * self.width + self.begin[run], side="right")
        last = np.maximum(first, np.searchsorted(begins, person * self.width + self.end[run]))
        at = np.repeat(np.arange(len(run)), last - first)
        offset = np.arange(len(at)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
        one, other, pair = run[at], runs[first[at] + offset], pair[at]
        opposite = self.side[one] == -self.side[other]
        one, other, pair = one[opposite], other[opposite], pair[opposite]
        start = np.maximum(self.begin[one], self.begin[other])
        held = np.ones(len(one), dtype=bool)
        for who in (one, other):
            said = self.standing.at(self.person[who], start)
            end = self.relations.end(
                surrogate[pair], principal[pair], self.topic[one], self.panel.start[said], self.panel.stop[said]
            )
            held &= end != NO_MOMENT
        return np.unique(self._code(one[held], other[held]))

    def _ruled_pairs(self) -> tuple[Integers, Integers]:
        """Return the codes of pairs of runs a pair of which was ruled on, with the rulings, which ascend."""
        rulings = self.record.rulings
        one, other = (self._run_of(ends[rulings.of_two]) for ends in (rulings.earlier, rulings.later))
        known = (one >= 0) & (other >= 0)
        return self._code(one, other)[known], rulings.of_two[known]

    def _run_of(self, entries: Integers) -> Integers:
        """Return the run of its side during which each entry closed, -1 where there is none."""
        panel, begins = self.panel, self.person * self.width + self.begin
        if not len(begins):
            return np.full(len(entries), NONE)
        stop = panel.stop_rank[entries]
        at = np.searchsorted(begins, panel.person[entries] * self.width + stop, side="right") - 1
        fits = (at >= 0) & (self.person[at] == panel.person[entries]) & (self.side[at] == panel.sign[entries])
        return np.where(fits & (stop < self.end[at]) & self.record.live[entries], at, NONE)

    def _nearest(self, runs: Integers) -> Integers:
        """Return for each run its rival that began with the nearest statement not later than its own, else later."""
        heading = self._heading(self.topic, self.side)
        began = self.panel.start_rank[self.first]
        names = np.unique(self.panel.ids[self.panel.row[self.first]], return_inverse=True)[1]
        opposite = self._heading(self.topic[runs], -self.side[runs])
        found = np.full(len(runs), NONE)
        for step, order in ((-1, np.lexsort((-names, began, heading))), (1, np.lexsort((names, began, heading)))):
            key = heading[order] * self.width + began[order]
            at = np.searchsorted(key, opposite * self.width + began[runs], side="right")
            at += -1 if step < 0 else 0
            waiting = np.flatnonzero(found < 0)
            while len(waiting):
                inside = (at[waiting] >= 0) & (at[waiting] < len(order))
                waiting = waiting[inside]
                other = order[at[waiting]]
                same = heading[other] == opposite[waiting]
                waiting, other = waiting[same], other[same]
                fits = self._opposed(runs[waiting], other) & ~self.barred(runs[waiting], other)
                found[waiting[fits]] = other[fits]
                waiting = waiting[~fits]
                at[waiting] += step
        return found
