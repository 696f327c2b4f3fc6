"""What a page of a large record says without a script: counts as a drawing, and the changes with their quotations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from flipflop.figures.build import figure_data
from flipflop.figures.counts import bins_of, counted, lanes_of
from flipflop.figures.hover import quoted, source_words
from flipflop.figures.text import visible
from flipflop.figures.words import form_words, stance_word
from flipflop.publish.many.header import HOLLOW, MOST_LANES
from flipflop.publish.markup import attribute, element, link, said
from flipflop.publish.symbols import stance_symbol
from flipflop.when.zones import zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from flipflop.figures.counts import Bins, Lanes
    from flipflop.figures.data import Block, Mark
    from flipflop.figures.many import Many

LISTED: Final = 200
"""So many changes stand in the page itself, for readers without a script."""
_ROW: Final = 74
_HALF: Final = 26
_BASE: Final = 46
_AXIS: Final = 26
_MOST_TICKS: Final = 8
_STACK: Final = (("look-oppose", 0), ("look-unclear", 1), ("look-support", 2))


def counts_figure(many: Many, lanes: str) -> str:
    """Return the counts as a drawing whose width follows the page: bars above a line for, below it against."""
    rows, bins = lanes_of(many, lanes, most=MOST_LANES), bins_of(many)
    counts = counted(many, rows, bins)
    height = _ROW * len(rows.names) + _AXIS
    drawn = "".join(_lane(number, name, counts[number], bins.unit) for number, name in enumerate(rows.names))
    label = f"Statements per {bins.unit}, for and against, in {len(rows.names)} lanes; the table below has the numbers"
    svg = element("svg", _axis(bins, many, height) + drawn, role="img", aria_label=label, width="100%",
                  height=str(height), class_="counts")  # fmt: skip
    words = (
        f"Statements recorded per {bins.unit}: above each line for the proposition, below it against, across it "
        "neither (mixed, unclear or coders disagree). Each lane has its own scale."
    )
    return element("figure", element("figcaption", words, class_="note") + svg + _totals(rows, counts), class_="still")


def _lane(number: int, name: str, counts: NDArray[np.int64], unit: str) -> str:
    top, most = number * _ROW, int(counts.sum(axis=1).max())
    half = counts[:, 1] / 2
    highest = float(np.maximum(counts[:, 0] + half, counts[:, 2] + half).max())
    scale = _HALF / highest if highest else 0.0
    paths = "".join(
        f'<path class="{look}" fill="currentColor" d="{_bars(counts, side, scale)}"/>' for look, side in _STACK
    )
    box = f'viewBox="0 0 {len(counts)} {_ROW}" preserveAspectRatio="none"'
    inside = f'<svg y="{top}" width="100%" height="{_ROW}" {box}>{paths}</svg>'
    line = f'<rect class="base" x="0" y="{top + _BASE}" width="100%" height="1"/>'
    head = f'<text class="name" x="0" y="{top + 14}">{attribute(name)}</text>'
    note = f'<text class="most" x="100%" y="{top + 14}" text-anchor="end">at most {most:,} in a {unit}</text>'
    return inside + line + head + note


def _bars(counts: NDArray[np.int64], side: int, scale: float) -> str:
    """Return one path for all bars of a side; what is neither lies across the line, half above and half below."""
    tall = counts[:, side] * scale
    half = counts[:, 1] * scale / 2
    low = _BASE + {0: half + tall, 1: half, 2: -half}[side]
    return "".join(
        f"M{bin_} {bottom:.3g}h1v-{height:.2g}h-1z"
        for bin_, bottom, height in zip(range(len(tall)), low.tolist(), tall.tolist(), strict=True)
        if height
    )


def _axis(bins: Bins, many: Many, height: int) -> str:
    """Return labels at equal steps through the bins; each names the moment at which its bin begins."""
    zone, step, labels = zone_of(many.zone), -(-len(bins) // _MOST_TICKS), []
    for place, number in enumerate(range(0, len(bins), step)):
        wall = zone.wall(datetime.fromtimestamp(0, UTC) + timedelta(seconds=int(bins.edges[number])))
        words = {"day": f"{wall.day} {wall:%b} {wall.year}", "month": f"{wall:%b} {wall.year}"}.get(
            bins.unit, str(wall.year)
        )
        x = f"{100 * number / len(bins):.2f}%"
        labels.append(
            f'<rect class="tick" x="{x}" y="{_ROW - _HALF}" width="1" height="{height - _AXIS - _ROW + _HALF}"/>'
        )
        labels.append(f'<text class="when{" odd" * (place % 2)}" x="{x}" y="{height - 8}">{attribute(words)}</text>')
    return "".join(labels)


def _totals(lanes: Lanes, counts: NDArray[np.int64]) -> str:
    heads = ("Topic" if lanes.by == "topic" else "Speaker", "Statements", "For", "Neither", "Against")
    rows = [
        element("tr", element("th", said(name), scope="row")
                + "".join(element("td", f"{count:,}") for count in (sum(sides), sides[2], sides[1], sides[0])))
        for name, sides in zip(lanes.names, counts.sum(axis=1).tolist(), strict=True)
    ]  # fmt: skip
    head = element("tr", "".join(element("th", words, scope="col") for words in heads))
    table = element("table", element("thead", head) + element("tbody", "".join(rows)), class_="totals")
    return element("details", element("summary", "The numbers of the lanes") + table)


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of the changes that stand in the page itself, and how many there are in all."""

    rows: str
    shown: int
    all: int


def changes_listed(
    many: Many, positions: pd.DataFrame, reversals: pd.DataFrame | None, notes: Mapping[int, str]
) -> Listed:
    """Return the changes of position as rows of a table: those with a ruling first, the rest the newest first.

    ``notes`` are what stands beside the pairs that somebody has ruled on, by the place of the pair.
    """
    changes = np.flatnonzero(many.pairs.changes)
    ruled = many.pairs.ruled[changes]
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
        halves = "".join(element("td", self._half(self.marks[topic, id_], block)) for id_ in (earlier, later))
        return element("tr", element("th", what, scope="row") + halves)

    def _half(self, mark: Mark, block: Block) -> str:
        form = form_words(mark.form)
        position = stance_symbol(mark.look, hollow=mark.form in HOLLOW) + attribute(
            stance_word(mark.look, block.topic_kind)
        )
        source = link(mark.source_url, source_words(mark)) if source_words(mark) else "none recorded"
        words = "<br>".join(said(line) for line in visible(quoted(mark)).split("\n"))
        parts = [
            element("span", f"{position}, {element('time', attribute(mark.when))}", class_="note"),
            element("span", words, class_="quote"),
            element("span", f"({form})", class_="note") if form else "",
            element("span", f"Source: {source}", class_="note"),
        ]
        return "".join(parts)
