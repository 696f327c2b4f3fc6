"""Draws one block as SVG: lanes with their names, an axis, and in a window between them what was said when.

The same drawing stands in a page, in percent so that it takes any width, and in a file, in pixels. Every element that
depends on time tells the numbers of its statements in ``data-n``, or moments in ``data-t`` (seconds since 1970), and
one of a change the number of the change in ``data-a``: the page's script moves and hides them, and draws none again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flipflop.figures.geometry import WIDE, place
from flipflop.figures.measure import fitted_names
from flipflop.figures.ticks import ticks
from flipflop.figures.zone import named_zone
from flipflop.publish.drawing_links import beyond, joins, stranded_links
from flipflop.publish.drawing_marks import Pen, lane_marks, line_of, seconds
from flipflop.publish.markup import drawn_text, element, shape
from flipflop.publish.scale import Fixed, Fluid
from flipflop.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.figures.data import Block, TimeSpan
    from flipflop.figures.geometry import Paper, Placed
    from flipflop.figures.ticks import Tick
    from flipflop.publish.scale import Scale

AXIS: Final = 62
"""Height of the axis below the lanes: two lines of ticks, and the zone."""
MARGIN: Final = (14, 18)
"""What is left free beside the names and beside the end of the plot."""
_TICKS: Final = 9
_FEW_TICKS: Final = 4
_EDGE_WORDS: Final = 36
"""Room of half a date, in pixels: words nearer to an edge stand inside."""
_NAME_SIZE: Final = 13
_NAME_LINE: Final = 16


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing as markup, and its height in pixels; its names stand left of it, in ``gutter`` pixels."""

    markup: str
    height: int
    gutter: int


def fluid(block: Block, zone: str, axis: str, paper: Paper = WIDE) -> Drawn:
    """Return the drawing for a page: as wide as there is room."""
    pen = Pen(block, place(block, paper), Fluid(block.view), paper, block.views, paper.least)
    return _drawn(pen, zone, axis, paper, "100%")


def fixed(block: Block, zone: str, axis: str, paper: Paper = WIDE, view: TimeSpan | None = None) -> Drawn:
    """Return the drawing for a file, ``paper.width`` pixels wide, of the first view or of another one."""
    scale = Fixed(view or block.view, paper.width)
    pen = Pen(block, place(block, paper), scale, paper, {"view": scale.span}, paper.width)
    return _drawn(pen, zone, axis, paper, str(paper.width))


def _drawn(pen: Pen, zone: str, axis: str, paper: Paper, width: str) -> Drawn:
    height, names = pen.place.height, _names(pen, paper)
    inside = [
        _axis(pen.scale, height, zone, paper),
        _lanes(pen, lambda placed: _name(placed, paper, names[placed.lane.name])),
        _window(pen, width, height),
        element("text", drawn_text(axis), class_="quiet zone", x="50%", y=str(height + 56), text_anchor="middle"),
    ]
    plot = element("svg", "".join(inside), class_="plot", width=width, height=str(height + AXIS), overflow="visible")
    return Drawn(plot, height + AXIS, paper.gutter + MARGIN[0] if paper.gutter else MARGIN[0])


def _window(pen: Pen, width: str, height: int) -> str:
    """Return what is cut at the edges of the plot."""
    across = stranded_links(pen) + joins(pen)
    lanes = _lanes(pen, lambda placed: lane_marks(pen, placed) + beyond(pen, placed))
    return element("svg", across + lanes, class_="window", width=width, height=str(height))


def _lanes(pen: Pen, content: Callable[[Placed], str]) -> str:
    """Return a group for each lane that has such content, moved to its place; heights inside count from its top."""
    parts = []
    for number, placed in enumerate(pen.place.lanes.values()):
        if inside := content(placed):
            move = {"transform": f"translate(0 {placed.top})"}
            size = {"data_lane": str(number), "data_height": str(placed.bottom - placed.top)}
            parts.append(element("g", inside, **size, **move))
    return "".join(parts)


def _names(pen: Pen, paper: Paper) -> dict[str, list[str]]:
    """Return the lines of the names of all lanes; the widest face, regular, is wider than ours in bold."""
    room, most = (paper.gutter, 2) if paper.gutter else (paper.width, 1)
    return fitted_names((lane.name for lane in pen.block.lanes), room, _NAME_SIZE, most=most)


def _name(placed: Placed, paper: Paper, lines: list[str]) -> str:
    base, middle, name = str(placed.base - placed.top), placed.name_y - placed.top, placed.lane.name
    line = shape("line", class_="lane", x1="0", x2="100%", y1=base, y2=base)
    side = {"x": "-10", "text_anchor": "end"} if paper.gutter else {"x": "0"}
    first = middle + 5 - _NAME_LINE * (len(lines) - 1) / 2
    words = "".join(
        element("text", drawn_text(text), class_="name", y=str(first + _NAME_LINE * number), **side)
        for number, text in enumerate(lines)
    )
    whole = " ".join(lines) == visible(name)  # else pointer and reader get it
    return line + (words if whole else element("g", element("title", drawn_text(name)) + words))


def _axis(scale: Scale, height: int, zone: str, paper: Paper) -> str:
    most, edge = _FEW_TICKS if paper.compact else _TICKS, _EDGE_WORDS / paper.least
    marks = "".join(_tick(scale, tick, height, edge) for tick in ticks(scale.span, most, named_zone(zone)))
    return element("g", marks, class_="axis quiet", data_most=str(most), data_edge=f"{edge:.3f}")


def _tick(scale: Scale, tick: Tick, height: int, edge: float) -> str:
    """Return a grid line with its words below; at the edges they stand inside."""
    x = scale.x(tick.moment)
    where = (tick.moment - scale.span.start) / (scale.span.end - scale.span.start)
    side = "start" if where < edge else "end" if where > 1 - edge else "middle"
    lines = [
        element("text", words, x=x, y=str(height + drop), text_anchor=side)
        for words, drop in ((tick.words, 18), (tick.context, 34))
        if words
    ]
    grid = line_of("grid", (x, x), (0, height + 5))
    return grid + "".join(lines)


def span_seconds(span: TimeSpan) -> str:
    """Return a stretch of time as the page's script reads it."""
    return f"{seconds(span.start)} {seconds(span.end)}"
