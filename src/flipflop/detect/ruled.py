"""The rulings of a frame as arrays, joined to the entries of a panel. Knows which count, not what follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from flipflop.frames.reading import FrameReader, Instants, Texts
from flipflop.frames.rulings import PAIR, by_age
from flipflop.records.words import MODEL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.detect.panel import Panel
    from flipflop.frames.reading import Integers

CHANGE = ("reversal", "changed_circumstances")
AWAY = ("no_reversal", "not_comparable")
OF_TWO = ("conflict", "no_conflict", "not_comparable")
NONE = -1
"""What stands for no ruling."""


@dataclass(frozen=True)
class Rulings:
    """The rulings of people both ends of which are in the positions, the oldest first; ends are entries of a panel.

    An end that takes no part in the panel (disputed, unclear) is -1.
    """

    earlier: Integers
    later: Integers
    earlier_row: Integers
    """the row of the frame of positions"""
    later_row: Integers
    topic: Integers
    outcome: Texts
    degree: Texts
    set_aside: Texts
    since: Instants
    """when it was made, or confirmed since"""
    review: NDArray[np.bool_]

    @classmethod
    def read(cls, frame: pd.DataFrame | None, positions: pd.DataFrame, panel: Panel) -> Rulings:
        """Read any frame of rulings; None is one without rows.

        Raises:
            DataError: with every problem found in it.

        """
        if frame is None or not len(frame):
            nothing, none = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=object)
            unknown = nothing, nothing, nothing, nothing, nothing
            return cls(*unknown, none, none, none, nothing, nothing.astype(bool))
        reader = FrameReader(frame, "rulings")
        reader.require(*PAIR, "outcome")
        ends = [reader.texts(column) for column in PAIR]
        order, made = by_age(reader), reader.clock("decided_at", "recorded_at")
        since = np.maximum(made, reader.clock("confirmed_at"))
        review = reader.flags("needs_review")
        words = [reader.texts(column) for column in ("outcome", "degree", "set_aside")]
        by_people = np.array([not (name or "").startswith(MODEL) for name in reader.texts("by")], dtype=bool)
        reader.done()
        earlier, later = _rows(positions, panel, *ends)
        kept = order[((earlier >= 0) & (later >= 0) & by_people)[order]]
        entry = np.full(len(positions), -1)
        entry[panel.row] = np.arange(len(panel))
        place = {name: code for code, name in enumerate(panel.topics)}
        topic = np.array([place.get(name, -1) for name in ends[2][kept]], dtype=np.int64)
        earlier, later = earlier[kept], later[kept]
        columns = (*(word[kept] for word in words), since[kept], review[kept])
        return cls(entry[earlier], entry[later], earlier, later, topic, *columns)

    def __len__(self) -> int:
        return len(self.since)

    @cached_property
    def away(self) -> NDArray[np.bool_]:
        """Which say that there is no change, or that the two cannot be compared."""
        return np.isin(self.outcome, AWAY)

    @cached_property
    def excused(self) -> NDArray[np.bool_]:
        """Which say that circumstances changed."""
        return np.asarray(self.outcome == "changed_circumstances", dtype=bool)

    @cached_property
    def of_one(self) -> Integers:
        """The rulings on pairs of one speaker."""
        return np.flatnonzero(np.isin(self.outcome, (*CHANGE, *AWAY)) & (self.earlier >= 0) & (self.later >= 0))

    @cached_property
    def of_two(self) -> Integers:
        """The rulings on conflicts."""
        return np.flatnonzero(np.isin(self.outcome, OF_TWO) & (self.earlier >= 0) & (self.later >= 0))

    def exactly(self, earlier: Integers, later: Integers) -> Integers:
        """Return the latest ruling on just these pairs of one speaker, -1 where there is none."""
        width = int(max(self.later.max(initial=0), later.max(initial=0))) + 1
        asked, known = earlier * width + later, self.earlier[self.of_one] * width + self.later[self.of_one]
        return latest_of(known, self.of_one, asked)


def told_by(column: Texts, ruling: Integers) -> Texts:
    """Return the cell of each ruling in a column, None where there is no ruling."""
    found: Texts = np.concatenate([column, np.array([None], dtype=object)])[ruling]
    return found


def latest_of(known: Integers, ruling: Integers, asked: Integers) -> Integers:
    """Return for each code that is asked the last ruling of this code, -1 where there is none; rulings ascend."""
    order = np.argsort(known, kind="stable")
    at = np.searchsorted(known[order], asked, side="right") - 1
    if not len(order):
        return np.full(len(asked), NONE)
    return np.where((at >= 0) & (known[order][at] == asked), ruling[order][at], NONE)


def _rows(
    positions: pd.DataFrame, panel: Panel, earlier: Texts, later: Texts, topic: Texts
) -> tuple[Integers, Integers]:
    """Return the rows of both ends among the positions on that topic, -1 where there is none."""
    wanted = pd.Index(pd.unique(np.concatenate([earlier, later])))
    rows = np.flatnonzero(pd.Series(panel.ids).isin(wanted).to_numpy())
    topics = FrameReader(positions.iloc[rows], "positions").texts("topic")
    place = dict(zip(zip(panel.ids[rows], topics, strict=True), rows.tolist(), strict=True))

    def found(ends: Texts) -> Integers:
        return np.array([place.get(pair, -1) for pair in zip(ends, topic, strict=True)], dtype=np.int64)

    return found(earlier), found(later)
