"""The pairs of one speaker each as rows of a table, for readers without a script: quotations, sources, ruling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from flipflop.figures.build import figure_data
from flipflop.publish.markup import attribute, element, said
from flipflop.publish.statement import moment, notes, position, source, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from flipflop.figures.data import Block, Mark
    from flipflop.figures.many import Many

LISTED: Final = 200
"""So many pairs stand in the page itself."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of the pairs that stand in the page itself, and how many there are in all."""

    rows: str
    shown: int
    all: int


def changes_listed(
    many: Many, positions: pd.DataFrame, reversals: pd.DataFrame | None, notes: Mapping[int, str]
) -> Listed:
    """Return the pairs of one speaker each as rows of a table: those with a ruling first, the rest the newest first.

    ``notes`` are what stands beside the pairs that somebody has ruled on, by the place of the pair.
    """
    changes = np.flatnonzero(many.pairs.own)
    ruled = many.pairs.judged[changes]
    chosen = changes[np.lexsort((-changes, ~ruled))][:LISTED]
    if reversals is None or not len(chosen):
        return Listed("", 0, len(changes))
    rows = many.row[np.unique(np.concatenate([many.pairs.earlier[chosen], many.pairs.later[chosen]]))]
    some = positions.take(rows)
    near = reversals["earlier_id"].isin(some["statement_id"]) & reversals["later_id"].isin(some["statement_id"])
    told = _Told(figure_data(some, reversals[near], tz=many.zone).blocks, many, positions)
    return Listed(
        "\n".join(told.row(int(pair), notes.get(int(pair), "")) for pair in chosen), len(chosen), len(changes)
    )


class _Told:
    """Finds the words of each pair in the figure data of small records, which say them in full."""

    def __init__(self, blocks: tuple[Block, ...], many: Many, positions: pd.DataFrame) -> None:
        self.many, self.ids = many, positions["statement_id"]
        self.arcs = {
            (block.topic, arc.earlier_id, arc.later_id, arc.kind): (block, arc)
            for block in blocks
            for arc in block.arcs
        }
        self.marks = {(block.topic, mark.statement_id): mark for block in blocks for mark in block.marks}
        self.topics = positions["topic"]

    def row(self, pair: int, note: str) -> str:
        pairs = self.many.pairs
        places = [int(self.many.row[column[pair]]) for column in (pairs.earlier, pairs.later)]
        topic = str(self.topics.iloc[places[0]])
        earlier, later = (str(self.ids.iloc[place]) for place in places)
        block, arc = self.arcs[topic, earlier, later, pairs.kinds[pairs.kind[pair]].kind]
        about = element("span", said(block.title), class_="note") if len(self.many.topics) > 1 else ""
        beside = element("span", said(note), class_="note") if note else ""
        name = self.many.speakers[self.many.speaker[pairs.later[pair]]].name
        what = f"{element('strong', said(name))} {attribute(arc.sentence)}{about}{beside}"
        halves = "".join(element("td", _half(self.marks[topic, id_])) for id_ in (earlier, later))
        return element("tr", element("th", what, scope="row") + halves)


def _half(mark: Mark) -> str:
    where = element("span", f"Source: {source(mark)}", class_="note")
    return element("span", f"{position(mark)}, {moment(mark)}", class_="note") + words(mark) + notes(mark) + where
