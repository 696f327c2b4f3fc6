"""What leads from lane to lane, and what lies beyond the edges of a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.publish.drawing_marks import Pen, line_of, times
from flipflop.publish.markup import drawn_text, element
from flipflop.when.telling import short_date

if TYPE_CHECKING:
    from flipflop.figures.data import Mark
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
    """Return dates at the edges of a close-up: the nearest statements of the lane outside."""
    own, span = pen.by_lane[placed.lane.key].marks, pen.scale.span
    before = [mark for mark in own if mark.middle < span.start]
    after = [mark for mark in own if mark.middle > span.end]
    return "".join([
        *(_edge(pen, placed, mark, "start", "◂ {}") for mark in before[-1:]),
        *(_edge(pen, placed, mark, "end", "{} ▸") for mark in after[:1]),
    ])  # fmt: skip


def _edge(pen: Pen, placed: Placed, mark: Mark, side: str, words: str) -> str:
    y = pen.place.mark_y[mark.key] - placed.top + 4
    date = short_date(mark.day, year=len({one.day.year for one in pen.block.marks}) > 1)
    where = {"x": "0" if side == "start" else "100%", "y": str(y), "text_anchor": side}
    return element("text", drawn_text(words.format(date)), class_="beyond quiet", **where)
