"""Counts what a person has said on each side by a moment, over all mandates, and finds what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from flipflop.frames.reading import NO_MOMENT, Instants, Integers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.detect.panel import Panel


class Sides:
    """The given entries, each of a group, by (group, sign, beginning) and by (group, sign, end)."""

    def __init__(self, panel: Panel, entries: Integers, group: Integers) -> None:
        self._ranks = panel.ranks
        sign = panel.sign[entries]
        begins = self._key(group, sign, panel.start_rank[entries])
        order = np.argsort(begins, kind="stable")
        self._begins, self._starts = begins[order], np.append(panel.start[entries][order], NO_MOMENT)
        self._ends = np.sort(self._key(group, sign, panel.stop_rank[entries]))

    def _key(self, group: Integers, sign: NDArray[np.int8] | int, rank: Integers | int) -> Integers:
        return (group * 3 + sign + 1) * (self._ranks + 1) + rank

    def begun(self, group: Integers, sign: NDArray[np.int8], rank: Integers) -> Integers:
        """Return how many entries of the group with that sign begin before that rank."""
        first = np.searchsorted(self._begins, self._key(group, sign, 0), side="left")
        return np.searchsorted(self._begins, self._key(group, sign, rank), side="left") - first

    def closed(self, group: Integers, sign: NDArray[np.int8], rank: Integers) -> Integers:
        """Return how many entries of the group with that sign are over by that rank."""
        first = np.searchsorted(self._ends, self._key(group, sign, 0), side="left")
        return np.searchsorted(self._ends, self._key(group, sign, rank), side="right") - first

    def overlapping(self, group: Integers, sign: NDArray[np.int8], start: Integers, stop: Integers) -> Integers:
        """Return how many entries of the group with that sign overlap a moment, given by its ranks."""
        return self.begun(group, sign, stop) - self.closed(group, sign, start)

    def next(self, group: Integers, sign: NDArray[np.int8] | int, rank: Integers) -> Instants:
        """Return when the group's first entry with that sign begins at or after that rank; ``NO_MOMENT`` if never."""
        at = np.searchsorted(self._begins, self._key(group, sign, rank), side="left")
        found = np.append(self._begins, -1)[at] // (self._ranks + 1) == group * 3 + sign + 1
        return np.where(found, self._starts[at], NO_MOMENT)
