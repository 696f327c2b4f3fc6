"""Finds where what somebody says on one behalf is opposite to the last word on any other. Arrays in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from flipflop.detect.joining import join
from flipflop.detect.panel import Closed
from flipflop.frames.ordering import starts_of_runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.detect.settling import SettledRecord
    from flipflop.frames.reading import Integers


def other_mandates(record: SettledRecord) -> tuple[Integers, Integers]:
    """Return the pairs (last committed position over all other mandates, one on the other side), as entries.

    One for each earlier one and each mandate, the first; nothing across a cut of either mandate.
    """
    panel = record.whole
    entries = panel.committed[record.live[panel.committed]]
    sequence = panel.group[entries]
    first = starts_of_runs(sequence)
    persons, number = np.unique(panel.person[entries[first]], return_counts=True)
    entries = entries[np.isin(panel.person[entries], persons[number > 1])]
    # Beside each sequence of a person who has several stands all that the person said in the others.
    own = entries[starts_of_runs(panel.group[entries])]
    at, other = join(panel.person[own], panel.person[entries])
    elsewhere = panel.group[entries[other]] != panel.group[own][at]
    closed = Closed(panel, entries[other[elsewhere]], panel.group[own][at[elsewhere]])
    reference = closed.last(panel.group[entries], panel.start_rank[entries])
    turns = (reference >= 0) & (panel.sign[reference] == -panel.sign[entries])
    earlier, later = reference[turns], entries[turns]
    if record.cut.any():
        ends = (earlier, later)
        barred = np.logical_or.reduce([_parted(record, panel.group[end], *ends) for end in ends])
        earlier, later = earlier[~barred], later[~barred]
    kept = np.sort(np.unique(panel.group[later] * len(panel) + earlier, return_index=True)[1])
    return earlier[kept], later[kept]


def _parted(record: SettledRecord, sequence: Integers, one: Integers, other: Integers) -> NDArray[np.bool_]:
    """Tell whether a cut of the sequence lies between the two: after the place of one, up to that of the other."""
    panel, cuts = record.whole, np.flatnonzero(record.cut)
    at, cut = join(sequence, panel.group[cuts])
    order = np.zeros(len(panel), dtype=np.int64)
    everything = np.arange(len(panel))
    order[panel.in_order(everything, np.zeros_like(everything))] = everything
    passed = (order[cuts[cut]] <= order[one[at]]) != (order[cuts[cut]] <= order[other[at]])
    parted = np.zeros(len(one), dtype=bool)
    parted[at[passed]] = True
    return parted
