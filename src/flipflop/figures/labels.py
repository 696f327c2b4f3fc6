"""Which marks have room for their word beside them, so that it touches no line, no bar and no other word."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from flipflop.figures.edges import edges
from flipflop.figures.geometry import LETTER, PixelScale, standing_field

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from flipflop.figures.data import Block, Mark, TimeSpan
    from flipflop.figures.geometry import Geometry, Paper

_HALF_LINE = 9
_HALF_MARK = 12
_BLANK = 3.3
"""Width of a blank of 12 px."""

Box = tuple[float, float, float, float]


class Label(NamedTuple):
    """A word beside a mark: it reads away from ``at`` to that side, after so many blanks."""

    at: datetime
    side: str
    blanks: int


def labels(block: Block, place: Geometry, paper: Paper, span: TimeSpan) -> dict[str, Label]:
    """Return the labels for a view of this span, by key of the mark; a mark without room has none.

    Room is measured on the narrowest paper: on a wider one everything but the words moves apart.
    """
    scale = PixelScale(span, paper.least)
    taken = [*_boxes(block, place, scale), *_edges(block, place, paper, span)]
    found: dict[str, Label] = {}
    for mark in block.marks:
        for label, box in _tries(mark, place.mark_y[mark.key], scale):
            if box[0] >= 0 and box[1] <= paper.least and not any(_touch(box, other) for other in taken):
                found[mark.key] = label
                taken.append(box)
                break
    return found


def _tries(mark: Mark, y: float, scale: PixelScale) -> Iterable[tuple[Label, Box]]:
    """To the right of the mark or of its bar, else to the left."""
    middle = scale(mark.middle)
    for side, end in (("right", mark.end), ("left", mark.start)):
        at = scale(end)
        away = max(4.0, _HALF_MARK - abs(at - middle))
        blanks = ceil(away / _BLANK)
        far = blanks * _BLANK + len(mark.word) * LETTER
        left, right = (max(at, middle + 9), at + far) if side == "right" else (at - far, min(at, middle - 9))
        yield Label(end, side, blanks), (left, right, y - _HALF_LINE, y + _HALF_LINE)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _boxes(block: Block, place: Geometry, scale: PixelScale) -> Iterable[Box]:
    """Return what is in the way: marks with their bars, lines between them, what was left standing."""
    by_key = {mark.key: mark for mark in block.marks}
    for mark in block.marks:
        middle, y = scale(mark.middle), place.mark_y[mark.key]
        yield min(scale(mark.start), middle - 9), max(scale(mark.end), middle + 9), y - 8, y + 8
    for step in block.steps:
        earlier, later = (by_key[key] for key in step.keys)
        before, after = (place.level_y[mark.lane, mark.level] for mark in (earlier, later))
        yield scale(earlier.end), scale(later.start), before - 1, before + 1
        yield scale(later.start), scale(later.end), min(before, after) - 1, max(before, after) + 1
    for arc in block.arcs:
        for key in arc.keys:
            middle, low = scale(by_key[key].middle), place.mark_y[key] - _HALF_LINE
            yield middle - 8, middle + 8, place.arc_y[arc.keys], low
    for item in block.stranded:
        since, field = scale(item.since), standing_field(place.lanes[item.lane], block.rows)
        rail = place.level_y[item.lane, by_key[item.key].level]
        yield scale(by_key[item.key].end), since, rail - 1, rail + 1
        yield since, scale(item.until) if item.until else 1e9, *field
        if item.by_id in by_key:
            ends = sorted((place.mark_y[item.by_id], rail))
            yield since - 2, since + 2, float(ends[0]), float(ends[1])
    for join in block.joins:
        yield from _line(*((scale(by_key[id_].middle), place.mark_y[id_]) for id_ in (join.earlier_id, join.later_id)))


def _line(one: tuple[float, float], other: tuple[float, float]) -> Iterable[Box]:
    """Cut a slanting line into boxes of about a line's height."""
    (x, y), (right, below) = one, other
    parts = max(1, ceil(abs(below - y) / _HALF_LINE))
    xs = [x + (right - x) * part / parts for part in range(parts + 1)]
    ys = [y + (below - y) * part / parts for part in range(parts + 1)]
    for number in range(parts):
        (left, end), (top, low) = sorted(xs[number : number + 2]), sorted(ys[number : number + 2])
        yield left - 2, end + 2, top, low


def _edges(block: Block, place: Geometry, paper: Paper, span: TimeSpan) -> Iterable[Box]:
    """Return the room of the dates that say at the edges what lies beyond them."""
    for mark, words, before in edges(block, span):
        y, room = place.level_y[mark.lane, mark.level], len(words) * LETTER
        yield (0, room, y - 22, y) if before else (paper.least - room, paper.least, y - 22, y)
