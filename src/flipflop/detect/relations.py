"""Who speaks for whom, and when: the relations as arrays, joined to the positions of a panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from flipflop.frames.reading import NO_MOMENT, FrameReader, Instants, Integers

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from flipflop.detect.panel import Panel

_EVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Relations:
    """Relations between speakers of a panel, by their codes; times are half open, open ends unbounded."""

    surrogate: Integers
    principal: Integers
    since: Instants
    until: Instants

    @classmethod
    def read(cls, frame: pd.DataFrame, panel: Panel) -> Relations:
        """Read any frame with ``surrogate`` and ``principal``; speakers who are not in the panel play no part.

        Raises:
            DataError: with every problem found in it.

        """
        reader = FrameReader(frame, "speaks_for")
        reader.require("surrogate", "principal")
        place = {name: code for code, name in enumerate(panel.speakers)}
        who = [
            np.array([place.get(name, -1) for name in reader.names(column)], dtype=np.int64)
            for column in ("surrogate", "principal")
        ]
        since, until = (
            reader.instants(column) if column in frame else np.full(len(frame), NO_MOMENT)
            for column in ("since", "until")
        )
        reader.done()
        until = np.where(until == NO_MOMENT, _EVER, until)
        known = (who[0] >= 0) & (who[1] >= 0) & (who[0] != who[1])
        return cls(who[0][known], who[1][known], since[known], until[known])

    def principals_of(self, speakers: Integers) -> tuple[Integers, Integers]:
        """Return all pairs (place in ``speakers``, relation in which that speaker is the surrogate)."""
        return _join(speakers, self.surrogate)

    def surrogates_of(self, speakers: Integers) -> tuple[Integers, Integers]:
        """Return all pairs (place in ``speakers``, relation in which that speaker is the principal)."""
        return _join(speakers, self.principal)

    def holds(self, relation: Integers, start: Instants, stop: Instants) -> NDArray[np.bool_]:
        """Tell whether each relation surely holds during the whole of a moment."""
        return (self.since[relation] <= start) & (stop <= self.until[relation])

    def related(self, panel: Panel, surrogate: Integers, principal: Integers) -> NDArray[np.bool_]:
        """Tell for each pair of entries whether the first one's speaker then spoke for the second one's."""
        speakers, principals = panel.speaker_of(surrogate), panel.speaker_of(principal)
        at, relation = self.principals_of(speakers)
        met = self.principal[relation] == principals[at]
        at, relation = at[met], relation[met]
        held = self.holds(relation, panel.start[surrogate[at]], panel.stop[surrogate[at]])
        found = np.zeros(len(surrogate), dtype=bool)
        found[at[held]] = True
        return found


def _join(left: Integers, right: Integers) -> tuple[Integers, Integers]:
    """Return the places of all pairs of equal values."""
    order = np.argsort(right, kind="stable")
    begin = np.searchsorted(right[order], left, side="left")
    size = np.searchsorted(right[order], left, side="right") - begin
    at = np.repeat(np.arange(len(left)), size)
    offset = np.arange(len(at)) - np.repeat(np.cumsum(size) - size, size)
    return at, order[begin[at] + offset]
