"""What stands in one lane: marks, how long their moments may have been, steps between them, arcs of change, notes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from flipflop.figures.geometry import Scale as Pixels, label_reach, note_side, standing_field
from flipflop.figures.labels import crowded, labels
from flipflop.figures.traces import arc_look, has_label
from flipflop.publish.markup import drawn_text, element, shape
from flipflop.publish.scale import short
from flipflop.publish.symbols import look_class, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flipflop.figures.data import Arc, Block, Mark, Span, Step, Stranded
    from flipflop.figures.geometry import Geometry, Paper, Placed
    from flipflop.publish.scale import Scale

HOLLOW: Final = ("reported", "paraphrase")
"""Forms that are not the speaker's own words."""
_BAR: Final = 9
_INSTANT: Final = timedelta(seconds=1)
"""What is known this closely has no bar: the page's script looks no closer than a minute, where its mark is wider."""
_ABOVE: Final = 11
_HEAD: Final = 7
_LABEL_LINE: Final = 16
_NOTE_LINE: Final = 16
_BLANK: Final = 3.3
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Pen:
    """A block, where its things stand in height, the scale of time across, and views with words of their own."""

    def __init__(self, block: Block, place: Geometry, scale: Scale, paper: Paper, views: Mapping[str, Span]) -> None:
        self.block, self.place, self.scale = block, place, scale
        self.numbers = {mark.key: number for number, mark in enumerate(block.marks)}
        self.words = {name: labels(block, place, paper, span) for name, span in views.items()}
        self.by_key = {mark.key: mark for mark in block.marks}
        self.pixels = Pixels(scale.span, paper.least)
        self.crowded = crowded(block, filter(has_label, block.arcs), place, self.pixels)
        self.by_lane = {lane.key: _Lane() for lane in block.lanes}
        for mark in block.marks:
            self.by_lane[mark.lane].marks.append(mark)
        for step in block.steps:
            self.by_lane[step.lane].steps.append(step)
        for number, arc in enumerate(block.arcs):
            self.by_lane[arc.lane].arcs.append((number, arc))
        for item in block.stranded:
            self.by_lane[item.lane].stranded.append(item)

    def mark(self, key: str) -> Mark:
        """Return a mark by its key."""
        return self.block.marks[self.numbers[key]]

    def which(self, *keys: str) -> dict[str, str]:
        """Return the attribute that names statements by number."""
        return {"data_n": " ".join(str(self.numbers[key]) for key in keys)}


class _Lane:
    """What one lane holds."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.steps: list[Step] = []
        self.arcs: list[tuple[int, Arc]] = []
        self.stranded: list[Stranded] = []


def seconds(moment: datetime) -> int:
    """Return seconds since 1970, also at the edges of the calendar."""
    return int((moment - _EPOCH).total_seconds())


def times(moments: Iterable[datetime]) -> dict[str, str]:
    """Return the attribute that tells the script the moments of an element."""
    return {"data_t": " ".join(str(seconds(moment)) for moment in moments)}


def line_of(kind: str, x: tuple[str, str], y: tuple[float, float], **more: str) -> str:
    """Return a line between two moments."""
    return shape("line", class_=kind, x1=x[0], x2=x[1], y1=short(y[0]), y2=short(y[1]), **more)


def lane_marks(pen: Pen, placed: Placed) -> str:
    """Return everything in a lane, what lies at the back first; heights count from the top of the lane."""
    own = pen.by_lane[placed.lane.key]
    return "".join([
        *(_standing(pen, placed, item) for item in own.stranded),
        *(_step(pen, placed, step) for step in own.steps),
        *(_bar(pen, placed, mark) for mark in own.marks if mark.end - mark.start > _INSTANT),
        *(_arc(pen, placed, number, arc) for number, arc in own.arcs),
        *(_mark(pen, placed, mark) for mark in own.marks),
        *(_word(pen, placed, mark, name) for name in pen.words for mark in own.marks if mark.key in pen.words[name]),
        *(_label(pen, placed, number, arc) for number, arc in own.arcs if has_label(arc)),
        *(_note(pen, placed, item) for item in own.stranded),
    ])  # fmt: skip


def _mark(pen: Pen, placed: Placed, mark: Mark) -> str:
    y = pen.place.mark_y[mark.key] - placed.top
    kind = f"m {look_class(mark.look)}{' hollow' if mark.form in HOLLOW else ''}"
    where = pen.scale.at(mark.middle, y)
    return shape("path", class_=kind, d=shape_of(mark.look), **where, **pen.which(mark.key))


def _bar(pen: Pen, placed: Placed, mark: Mark) -> str:
    y = pen.place.mark_y[mark.key] - placed.top - _BAR / 2
    box = {**pen.scale.reach(mark.start, mark.end), "y": short(y), "height": str(_BAR)}
    return shape("rect", class_=f"b {look_class(mark.look)}", **box, **pen.which(mark.key))


def _word(pen: Pen, placed: Placed, mark: Mark, view: str) -> str:
    """Return the word beside a mark; one that fits in another view waits there, hidden."""
    at, side, blanks = pen.words[view][mark.key]
    y = short(pen.place.mark_y[mark.key] - placed.top + 4)
    away = blanks * _BLANK * (1 if side == "right" else -1)
    hidden = {} if view == next(iter(pen.words)) else {"hidden": ""}
    where = {"x": pen.scale.x(at), "dx": short(away), "y": y, "text_anchor": "start" if side == "right" else "end"}
    return element("text", drawn_text(mark.word), class_="word", data_in=view, **where,
                   **pen.which(mark.key), **hidden)  # fmt: skip


def _step(pen: Pen, placed: Placed, step: Step) -> str:
    """Return a line to the next position, and where it is another one a rise through the time in which it was shown."""
    earlier, later = (pen.mark(key) for key in step.keys)
    before, after = (pen.place.level_y[step.lane, mark.level] - placed.top for mark in (earlier, later))
    which, x = pen.which(*step.keys), pen.scale.x
    level = line_of("step", (x(earlier.end), x(later.start)), (before, before), **which)
    if before == after:
        return level
    rise = (x(later.start), x(later.end))
    return level + line_of("step rise", rise, (before, after), **which)


def _arc(pen: Pen, placed: Placed, number: int, arc: Arc) -> str:
    """Return a curve that leaves the earlier mark upwards, passes below its label, and comes down on the later mark."""
    earlier, later = (pen.mark(key) for key in arc.keys)
    look, which = arc_look(arc), {**pen.which(*arc.keys), "data_a": str(number)}
    left, right = (pen.place.mark_y[mark.key] - placed.top - _ABOVE for mark in (earlier, later))
    headed = look != "unknown"  # an arrow would say which came first
    end = right - (_HEAD if headed else 0)
    pull = (pen.place.arc_y[arc.keys] - placed.top - (left + end) / 8) / 0.75
    kind = f"arc arc-{look}"
    curve = pen.scale.curve(earlier.middle, later.middle, (left, pull, end), class_=kind, **which)
    if not headed:
        return curve
    where = pen.scale.at(later.middle, right)
    return curve + shape("path", class_=f"head {kind}", d="M0 1-4.5-8H4.5Z", **where, **which)


def _label(pen: Pen, placed: Placed, number: int, arc: Arc) -> str:
    """Return the gap and how the change stands, above what is in view of the arc; kept back where there is no room."""
    part = sum(label_reach(arc, pen.by_key, pen.pixels)) / 2 / pen.pixels.width
    x, y = pen.scale.across(part), pen.place.label_y[arc.keys] - placed.top - 4
    which = {**pen.which(*arc.keys), "data_a": str(number)}
    kind = f"label arc-{arc_look(arc)}{' crowded' if arc.keys in pen.crowded else ''}"
    upper = element("text", drawn_text(arc.gap), class_=f"gap {kind}", x=x, y=short(y - _LABEL_LINE), **which)
    return upper + element("text", drawn_text(arc.label), class_=kind, x=x, y=short(y), **which)


def _standing(pen: Pen, placed: Placed, item: Stranded) -> str:
    """Return the field in which somebody was left standing, and the line that leads there from what they said."""
    end = item.until or max(pen.block.whole.end, pen.block.view.end)
    (high, low), mark = standing_field(placed, pen.block.rows), pen.mark(item.key)
    box = {**pen.scale.reach(item.since, end), "y": str(high - placed.top), "height": str(low - high)}
    which = pen.which(item.key)
    field = shape("rect", class_="field standing", **box, **times([item.since, end]), **which)
    level = pen.place.level_y[item.lane, mark.level] - placed.top
    rail = (pen.scale.x(mark.end), pen.scale.x(item.since))
    return field + line_of("rail standing", rail, (level, level), **times([mark.end, item.since]), **which)


def _note(pen: Pen, placed: Placed, item: Stranded) -> str:
    side = "end" if note_side(item.since, pen.scale.span) == "left" else "start"
    top, move = pen.place.notes_y[item.lane, item.by_id] - placed.top + 12, "-6" if side == "end" else "6"
    words = {"class_": "note standing", "x": pen.scale.x(item.since), "dx": move, "text_anchor": side}
    lines = pen.place.notes[item.lane, item.by_id]
    return "".join(
        element("text", drawn_text(line), y=str(top + _NOTE_LINE * number), **words, **times([item.since]),
                **pen.which(item.key))
        for number, line in enumerate(lines)
    )  # fmt: skip
