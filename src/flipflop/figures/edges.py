"""What lies beyond the edges of a view: of each lane the nearest statement, and how many more. Knows no pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flipflop.figures.data import Block, Mark, TimeSpan

BEFORE: Final = "◂ {words}"
AFTER: Final = "{words} ▸"
MORE: Final = "{words} + {count} more"
"""What is told of several on one side: moments may overlap, so none is called the earlier one."""


class Edge(NamedTuple):
    """The statement of a lane that is nearest to an edge from outside, the words there, and whether it is the first."""

    mark: Mark
    words: str
    before: bool


def edges(block: Block, span: TimeSpan) -> list[Edge]:
    """Return what lies beyond both edges, of all lanes."""
    lanes: dict[str, list[Mark]] = {}
    for mark in block.marks:
        lanes.setdefault(mark.lane, []).append(mark)
    return [edge for marks in lanes.values() for edge in edges_of(marks, span)]


def edges_of(marks: Iterable[Mark], span: TimeSpan) -> list[Edge]:
    """Return what lies beyond both edges, of the marks of one lane."""
    ordered = sorted(marks, key=lambda mark: mark.middle)
    before = [mark for mark in ordered if mark.middle < span.start]
    after = [mark for mark in ordered if mark.middle > span.end]
    sides = (before[::-1], BEFORE), (after, AFTER)
    return [Edge(marks[0], words.format(words=_words(*marks)), words is BEFORE) for marks, words in sides if marks]


def _words(nearest: Mark, *more: Mark) -> str:
    return MORE.format(words=nearest.brief, count=len(more)) if more else nearest.brief
