"""Who speaks for whom, when and on what: the relations as arrays, joined to the positions of a panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from flipflop.detect.joining import join
from flipflop.frames.reading import NO_MOMENT, FrameReader, Instants, Integers

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from flipflop.detect.panel import Panel

EVER = np.iinfo(np.int64).max
"""The end of what has none."""


@dataclass(frozen=True)
class Relations:
    """Relations between speakers of a panel, by their codes; times are half open, open ends unbounded."""

    surrogate: Integers
    principal: Integers
    since: Instants
    until: Instants
    all_topics: NDArray[np.bool_]
    scope: NDArray[np.bool_]
    """relation x topic: whether a relation that is not about all topics is about this one"""

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
        topics = reader.texts("topics")
        reader.done()
        until = np.where(until == NO_MOMENT, EVER, until)
        known = (who[0] >= 0) & (who[1] >= 0) & (who[0] != who[1])
        scope = np.zeros((int(known.sum()), len(panel.topics)), dtype=bool)
        for relation, text in enumerate(topics[known]):
            scope[relation] = _scope(text, panel)
        everything = np.array([text is None or not text.strip() for text in topics[known]], dtype=bool)
        return cls(who[0][known], who[1][known], since[known], until[known], everything, scope)

    def pairs(self) -> tuple[Integers, Integers]:
        """Return the surrogates and the principals, each pair once."""
        distinct = np.unique(np.stack([self.surrogate, self.principal], axis=1), axis=0)
        return distinct[:, 0], distinct[:, 1]

    def end(
        self, surrogate: Integers, principal: Integers, topic: Integers, start: Instants, stop: Instants
    ) -> Instants:
        """Return when the last relation of each two ends that surely holds during the whole of a moment, on a topic.

        ``EVER`` where it has no end, ``NO_MOMENT`` where none holds.
        """
        found = np.full(len(surrogate), NO_MOMENT)
        if not len(self.surrogate) or not len(surrogate):
            return found
        width = int(max(self.principal.max(), principal.max())) + 1
        at, relation = join(surrogate * width + principal, self.surrogate * width + self.principal)
        held = (self.since[relation] <= start[at]) & (stop[at] <= self.until[relation])
        held &= self.all_topics[relation] | self.scope[relation, topic[at]]
        np.maximum.at(found, at[held], self.until[relation[held]])
        return found


def _scope(topics: str | None, panel: Panel) -> NDArray[np.bool_]:
    """Tell of each topic of the panel whether it is among these, which ``"; "`` joins."""
    named = [] if topics is None else [slug.strip() for slug in topics.split(";")]
    return np.isin(panel.topics, np.array(named, dtype=object)) if named else np.zeros(len(panel.topics), dtype=bool)
