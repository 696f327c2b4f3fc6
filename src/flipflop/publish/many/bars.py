"""The counts of a large record as a drawing that needs no script, and as numbers. Knows no statement by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from flipflop.figures.counts import bins_of, counted, lanes_of
from flipflop.figures.measure import fitted_names
from flipflop.figures.theme import TYPE
from flipflop.publish.many.header import MOST_LANES
from flipflop.publish.markup import attribute, drawn_text, element, said
from flipflop.when.telling import short_date, short_month
from flipflop.when.zones import zone_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.figures.counts import Bins, CountLanes
    from flipflop.figures.many import Many

_ROW: Final = 74
_HALF: Final = 26
_BASE: Final = 46
_AXIS: Final = 26
_NAME: Final = 190
"""Pixels for a name, also on a telephone."""
_MOST_TICKS: Final = 8
_STACK: Final = (("look-oppose", 0), ("look-unclear", 1), ("look-support", 2))


@dataclass(frozen=True, slots=True)
class DrawnCounts:
    """A drawing as wide as the place it stands in: what is inside its ``svg`` element, and its height in pixels."""

    markup: str
    height: int
    unit: str
    lanes: CountLanes
    counts: NDArray[np.int64]

    @property
    def key(self) -> str:
        """How to read it."""
        return (
            f"Statements recorded per {self.unit}: above each line for the proposition, below it against, across it "
            "neither (mixed, unclear or coders disagree). Each lane has its own scale."
        )

    @property
    def alt(self) -> str:
        """What it shows, in plain words: the counts of each lane."""
        totals = zip(self.lanes.names, self.counts.sum(axis=1).tolist(), strict=True)
        lanes = (f"{name}: {sides[2]:,} for, {sides[1]:,} neither, {sides[0]:,} against." for name, sides in totals)
        return " ".join([f"Statements recorded per {self.unit}.", *lanes])


def drawn_counts(many: Many, lanes: str | None = None, *, room: int = _NAME) -> DrawnCounts:
    """Return the counts as a drawing: a lane below the other, bars above its line for, below it against.

    A name that is wider than ``room`` pixels is cut, with a sign.
    """
    rows, bins = lanes_of(many, lanes, most=MOST_LANES), bins_of(many)
    counts = counted(many, rows, bins)
    height = _ROW * len(rows.names) + _AXIS
    shown = fitted_names(rows.names, room, TYPE.label, bold=True, most=1)
    inside = "".join(
        _lane(number, name, "".join(shown[name]), counts[number], bins.unit) for number, name in enumerate(rows.names)
    )
    return DrawnCounts(_axis(bins, many, height) + inside, height, bins.unit, rows, counts)


def counts_figure(many: Many, lanes: str) -> str:
    """Return the drawing with its key, and its numbers as a table."""
    drawn = drawn_counts(many, lanes)
    svg = element("svg", drawn.markup, role="img", aria_label=drawn.alt, width="100%", height=str(drawn.height),
                  class_="counts")  # fmt: skip
    key = element("figcaption", drawn.key, class_="note")
    return element("figure", key + svg + _totals(drawn.lanes, drawn.counts), class_="still")


def _lane(number: int, name: str, shown: str, counts: NDArray[np.int64], unit: str) -> str:
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
    head = element(
        "text", element("title", drawn_text(name)) + drawn_text(shown), class_="name", x="0", y=str(top + 14)
    )
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
        month = f"{short_month(wall.month)} {wall.year}"
        words = {"day": short_date(wall), "month": month}.get(bins.unit, str(wall.year))
        x = f"{100 * number / len(bins):.2f}%"
        labels.append(
            f'<rect class="tick" x="{x}" y="{_ROW - _HALF}" width="1" height="{height - _AXIS - _ROW + _HALF}"/>'
        )
        labels.append(f'<text class="when{" odd" * (place % 2)}" x="{x}" y="{height - 8}">{attribute(words)}</text>')
    return "".join(labels)


def _totals(lanes: CountLanes, counts: NDArray[np.int64]) -> str:
    heads = ("Topic" if lanes.by == "topic" else "Speaker", "Statements", "For", "Neither", "Against")
    rows = [
        element("tr", element("th", said(name), scope="row")
                + "".join(element("td", f"{count:,}") for count in (sum(sides), sides[2], sides[1], sides[0])))
        for name, sides in zip(lanes.names, counts.sum(axis=1).tolist(), strict=True)
    ]  # fmt: skip
    head = element("tr", "".join(element("th", words, scope="col") for words in heads))
    table = element("table", element("thead", head) + element("tbody", "".join(rows)), class_="totals")
    return element("details", element("summary", "The numbers of the lanes") + table)
