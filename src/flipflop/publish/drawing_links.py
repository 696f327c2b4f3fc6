"""What leads from lane to lane, and what lies beyond the edges of a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.figures.edges import edges_of
from flipflop.publish.drawing_marks import Pen, line_of, times
from flipflop.publish.markup import drawn_text, element

if TYPE_CHECKING:
    from flipflop.figures.edges import Edge
    from flipflop.figures.geometry import Placed


def stranded_links(pen: Pen) -> str:
    """Return a line from each change of position to whom it left standing."""
    lines = []
    for item in pen.block.stranded:
        if item.by_id in pen.numbers:
            level = pen.place.level_y[item.lane, pen.mark(item.key).level]
            y = (pen.place.mark_y[item.by_id], level)
            x = pen.scale.x(item.since)
            lanes = _lanes(pen, (pen.mark(item.by_id).lane, item.lane), y)
            which = pen.which(item.by_id, item.key)
            lines.append(line_of("link standing", (x, x), y, **times([item.since, item.since]), **which, **lanes))
    return "".join(lines)


def joins(pen: Pen) -> str:
    """Return a plain line between accounts that differ: it has no direction, for there is no culprit."""
    lines = []
    for item in pen.block.joins:
        keys = (item.earlier_id, item.later_id)
        marks = [pen.mark(key) for key in keys]
        ends = [mark.middle for mark in marks]
        y = (pen.place.mark_y[keys[0]], pen.place.mark_y[keys[1]])
        x = (pen.scale.x(ends[0]), pen.scale.x(ends[1]))
        lanes = _lanes(pen, (marks[0].lane, marks[1].lane), y)
        lines.append(line_of("join", x, y, **pen.which(*keys), **lanes))
    return "".join(lines)


def _lanes(pen: Pen, keys: tuple[str, str], y: tuple[float, float]) -> dict[str, str]:
    """Return the attribute that ties both ends of a line to their lanes: number of the lane, height in it."""
    order = list(pen.place.lanes)
    ends = (f"{order.index(key)} {height - pen.place.lanes[key].top}" for key, height in zip(keys, y, strict=True))
    return {"data_ends": " ".join(ends)}


def beyond(pen: Pen, placed: Placed) -> str:
    """Return moments at the edges of a close-up: the nearest statements of the lane outside, and how many more."""
    found = edges_of(pen.by_lane[placed.lane.key].marks, pen.scale.span)
    return "".join(_edge(pen, placed, edge) for edge in found)


def _edge(pen: Pen, placed: Placed, edge: Edge) -> str:
    y = pen.place.mark_y[edge.mark.key] - placed.top + 4
    x, side = ("0", "start") if edge.before else ("100%", "end")
    return element("text", drawn_text(edge.words), class_="beyond quiet", x=x, y=str(y), text_anchor=side)
