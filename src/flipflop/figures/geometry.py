"""Where things stand, in pixels: lanes grow with what they hold, so that nothing covers anything. Knows no colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from flipflop.figures.data import Rows
from flipflop.figures.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from flipflop.figures.data import Arc, Block, Lane, Mark, TimeSpan

_Own = TypeVar("_Own", "Mark", "Arc")

ROW: Final = 22
"""Height of one row of marks."""
LINE: Final = 16
"""Height of one line of text."""
LETTER: Final = 6.6
"""Width of a letter of 12 px, on the safe side."""
_AIR: Final = 9
_ARC: Final = 20
_LABEL: Final = 41
"""Height of the two lines of a label, with a bracket below them."""
_MOST_ROWS: Final = 8
_MOST_ARCS: Final = 4


@dataclass(frozen=True, slots=True)
class Paper:
    """How a figure is laid out: the plot's usual and least width, the room for names, the letters of a hover line."""

    width: int
    least: int
    gutter: int
    letters: int

    @property
    def compact(self) -> bool:
        """Whether names stand above their lane."""
        return self.gutter == 0


WIDE: Final = Paper(width=880, least=620, gutter=150, letters=64)
COMPACT: Final = Paper(width=318, least=318, gutter=0, letters=32)


_SIDES: Final = 32
"""What a figure leaves free at its sides, in pixels."""


def paper_of(width: int) -> Paper:
    """Return the paper of a figure of that width in pixels: names beside their lane, or above it where it is narrow."""
    if width < WIDE.least:
        room = max(width - _SIDES, COMPACT.least // 2)
        return replace(COMPACT, width=room, least=min(room, COMPACT.least))
    room = width - _SIDES - WIDE.gutter
    return replace(WIDE, width=room, least=min(room, WIDE.least))


@dataclass(frozen=True, slots=True)
class Placed:
    """One lane: its edges, the height of its base line, name, notes, and of the foot of labels; y grows downwards."""

    lane: Lane
    top: int
    bottom: int
    base: int
    name_y: int
    note_y: int
    label_y: int


@dataclass(frozen=True, slots=True)
class Geometry:
    """Heights of everything in a block, in pixels from its top. Marks and arcs are found by key."""

    height: int
    lanes: dict[str, Placed]
    mark_y: dict[str, int]
    level_y: dict[tuple[str, int], int]
    arc_y: dict[tuple[str, str], int]
    notes: dict[tuple[str, str], tuple[str, ...]]
    notes_y: dict[tuple[str, str], int]


def place(block: Block, paper: Paper) -> Geometry:
    """Return the place of everything: per lane a name (where compact), arcs, marks for, between and against, notes."""
    scale = PixelScale(block.view, paper.width)
    lanes: dict[str, Placed] = {}
    mark_y: dict[str, int] = {}
    level_y: dict[tuple[str, int], int] = {}
    arc_y: dict[tuple[str, str], int] = {}
    notes, notes_y = _notes(block, paper), dict[tuple[str, str], int]()
    marks = {mark.key: mark for mark in block.marks}
    own_marks, own_arcs = _by_lane(block.marks), _by_lane(block.arcs)
    side, top = int(block.rows == Rows.STANCE), 0
    for lane in block.lanes:
        own, arcs = own_marks.get(lane.key, []), own_arcs.get(lane.key, [])
        rows = {level: _rows(level_marks, scale) for level, level_marks in _by_level(own, block.rows).items()}
        levels = _arc_levels(arcs, marks, scale)
        name_bottom = top + _AIR + (LINE + 4 if paper.compact else 0)
        labels_bottom = name_bottom + (_LABEL if arcs else 0)
        arcs_bottom = labels_bottom + _ARC * _count(levels)
        above = arcs_bottom + ROW * max(side, _count(rows[1]))
        between = ROW * max(1 - side, _count(rows[0]))
        base = above + between // 2 if side else above + ROW // 2
        below = above + between + ROW * max(side, _count(rows[-1]))
        bottom = below
        for keys, lines in notes.items():
            if keys[0] == lane.key:
                notes_y[keys] = bottom
                bottom += len(lines) * LINE
        bottom += _AIR
        first = {1: above - ROW // 2, 0: above + ROW // 2, -1: above + between + ROW // 2}
        if not side:
            first = dict.fromkeys(first, base)
        for level, direction in ((1, -1), (0, 1), (-1, 1)):
            level_y[lane.key, level] = first[level]
            mark_y |= {id_: first[level] + direction * ROW * row for id_, row in rows[level].items()}
        arc_y |= {pair: arcs_bottom - _ARC * (level + 1) for pair, level in levels.items()}
        name_y = top + _AIR + 6 if paper.compact else base
        lanes[lane.key] = Placed(lane, top, bottom, base, name_y, below, labels_bottom - 10)
        top = bottom
    return Geometry(top, lanes, mark_y, level_y, arc_y, notes, notes_y)


def standing_field(placed: Placed, rows: str) -> tuple[int, int]:
    """Return the top and the bottom of the hatched field of a statement left standing."""
    return (placed.note_y - 41, placed.note_y - 3) if rows == Rows.STANCE else (placed.note_y - 20, placed.note_y - 2)


def _by_level(marks: Iterable[Mark], rows: str) -> dict[int, list[Mark]]:
    levels: dict[int, list[Mark]] = {1: [], 0: [], -1: []}
    for mark in marks:
        levels[mark.level if rows == Rows.STANCE else 0].append(mark)
    return levels


def _by_lane(items: Iterable[_Own]) -> dict[str, list[_Own]]:
    groups: dict[str, list[_Own]] = {}
    for item in items:
        groups.setdefault(item.lane, []).append(item)
    return groups


class PixelScale:
    """Time to pixels, in a view of so many pixels."""

    def __init__(self, view: TimeSpan, width: int) -> None:
        self.start, self.width = view.start, width
        self.seconds = max((view.end - view.start).total_seconds(), 1.0)

    def __call__(self, moment: datetime) -> float:
        """The pixel at which a moment stands."""
        return (moment - self.start).total_seconds() / self.seconds * self.width


def _count(rows: Mapping[str, int] | Mapping[tuple[str, str], int]) -> int:
    return max(rows.values(), default=-1) + 1


def _rows(marks: Iterable[Mark], scale: PixelScale) -> dict[str, int]:
    """Give each mark the first row in which it touches nothing; past the most rows, marks share them."""
    ends: list[float] = []
    rows: dict[str, int] = {}
    for mark in marks:
        middle = scale(mark.middle)
        left, right = min(scale(mark.start), middle - 9), max(scale(mark.end), middle + 9)
        rows[mark.key] = _first_free(ends, left, right, _MOST_ROWS)
    return rows


def _arc_levels(arcs: Iterable[Arc], marks: dict[str, Mark], scale: PixelScale) -> dict[tuple[str, str], int]:
    """Give each arc the lowest level at which it crosses no other; arcs that follow each other share one."""
    ends: list[float] = []
    spans = {arc.keys: (marks[arc.keys[0]], marks[arc.keys[1]]) for arc in arcs}
    pixels = {pair: (scale(earlier.middle) + 1, scale(later.middle)) for pair, (earlier, later) in spans.items()}
    return {
        pair: _first_free(ends, *pixels[pair], _MOST_ARCS) for pair in sorted(pixels, key=lambda pair: pixels[pair])
    }


def _first_free(ends: list[float], left: float, right: float, most: int) -> int:
    for row, end in enumerate(ends):
        if end <= left:
            ends[row] = right
            return row
    if len(ends) < most:
        ends.append(right)
        return len(ends) - 1
    row = ends.index(min(ends))
    ends[row] = max(ends[row], right)
    return row


def note_side(since: datetime, span: TimeSpan) -> str:
    """Return the roomier side of a moment for a note: it reads away from that moment, to the left or to the right."""
    return "left" if since - span.start > span.end - since else "right"


def _notes(block: Block, paper: Paper) -> dict[tuple[str, str], tuple[str, ...]]:
    """Wrap each note so that it fits beside its moment in every view that is offered."""
    notes = {}
    for item in block.stranded:
        places = [PixelScale(span, paper.least)(item.since) for span in block.views.values()]
        room = min(max(place, paper.least - place) for place in places)
        letters = max(20, min(int(room / LETTER) - 3, 60))
        notes[item.lane, item.by_id] = tuple(wrapped(item.note, letters))
    return notes
