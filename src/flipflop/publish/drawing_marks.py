"""What stands in one lane: marks, how long their moments may have been, steps between them, arcs of change, notes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from flipflop.figures.arc_labels import BRACKET, arc_labels, label_of
from flipflop.figures.geometry import PixelScale as Pixels, note_side, standing_field
from flipflop.figures.labels import labels
from flipflop.figures.traces import arc_look, has_label, label_look
from flipflop.publish.markup import drawn_text, element, shape
from flipflop.publish.scale import short
from flipflop.publish.symbols import look_class, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flipflop.figures.arc_labels import ArcLabel
    from flipflop.figures.data import Arc, Block, Mark, Step, Stranded, TimeSpan
    from flipflop.figures.geometry import Geometry, Paper, Placed
    from flipflop.publish.scale import Scale

_BAR: Final = 9
_INSTANT: Final = timedelta(seconds=1)
"""What is known this closely has no bar: the page's script looks no closer than a minute, where its mark is wider."""
_ABOVE: Final = 11
_HEAD: Final = 7
_LABEL_LINE: Final = 16
_FOOT: Final = 3
"""So far above the foot of a label are the letters of its last line."""
_NOTE_LINE: Final = 16
_BLANK: Final = 3.3
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Pen:
    """A block, where its things stand in height, the scale of time across, and views with words of their own.

    Labels of arcs have room for themselves on a plot of so many pixels.
    """

    def __init__(
        self, block: Block, place: Geometry, scale: Scale, paper: Paper, views: Mapping[str, TimeSpan], room: int
    ) -> None:
        self.block, self.place, self.scale = block, place, scale
        self.numbers = {mark.key: number for number, mark in enumerate(block.marks)}
        self.words = {name: labels(block, place, paper, span) for name, span in views.items()}
        self.by_key = {mark.key: mark for mark in block.marks}
        self.pixels = Pixels(scale.span, room)
        self.arcs = {arc.keys: number for number, arc in enumerate(block.arcs)}
        self.by_lane = {lane.key: _Lane() for lane in block.lanes}
        for mark in block.marks:
            self.by_lane[mark.lane].marks.append(mark)
        for step in block.steps:
            self.by_lane[step.lane].steps.append(step)
        for arc in block.arcs:
            self.by_lane[arc.lane].arcs.append(arc)
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
        self.arcs: list[Arc] = []
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
        *(_arc(pen, placed, arc) for arc in own.arcs),
        *(_mark(pen, placed, mark) for mark in own.marks),
        *(_word(pen, placed, mark, name) for name in pen.words for mark in own.marks if mark.key in pen.words[name]),
        *_labels(pen, placed, [arc for arc in own.arcs if has_label(arc)]),
        *(_note(pen, placed, item) for item in own.stranded),
    ])  # fmt: skip


def _mark(pen: Pen, placed: Placed, mark: Mark) -> str:
    y = pen.place.mark_y[mark.key] - placed.top
    kind = f"m {look_class(mark.look)}{' hollow' if mark.hollow else ''}"
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


def _arc(pen: Pen, placed: Placed, arc: Arc) -> str:
    """Return a curve that leaves the earlier mark upwards, passes below its label, and comes down on the later mark."""
    earlier, later = (pen.mark(key) for key in arc.keys)
    look, which = arc_look(arc), {**pen.which(*arc.keys), "data_a": str(pen.arcs[arc.keys])}
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


def _labels(pen: Pen, placed: Placed, arcs: list[Arc]) -> Iterable[str]:
    """Return the label of each arc, and for several that have no room side by side one that stands for all of them."""
    found = arc_labels(arcs, pen.by_key, pen.pixels)
    alone = {label.arcs[0].keys for label in found if len(label.arcs) == 1}
    for arc in arcs:
        own = label_of([arc], pen.by_key, pen.pixels)
        kind = f"label arc-{arc_look(arc)}{'' if arc.keys in alone else ' crowded'}"
        yield _two_lines(pen, placed, own, kind, data_a=str(pen.arcs[arc.keys]), **pen.which(*arc.keys))
    for label in found:
        if len(label.arcs) > 1:
            yield _several(pen, placed, label)


def _two_lines(pen: Pen, placed: Placed, label: ArcLabel, kind: str, **which: str) -> str:
    y, where = placed.label_y - placed.top - _FOOT, pen.scale.inside(label.part, label.half)
    upper = element("text", drawn_text(label.gap), class_=f"gap {kind}", y=short(y - _LABEL_LINE), **where, **which)
    return upper + element("text", drawn_text(label.words), class_=kind, y=short(y), **where, **which)


def _several(pen: Pen, placed: Placed, label: ArcLabel) -> str:
    """Return a label for several arcs: their number, the time within which they are, and a bracket over all of them."""
    first, last = (pen.scale.across(end / label.room) for end in label.bracket)
    high, low = (placed.label_y - placed.top + down for down in BRACKET)
    bracket = [
        line_of("bracket", (first, last), (high, high)),
        *(line_of("bracket", (end, end), (high, low)) for end in (first, last)),
    ]
    which = " ".join(str(pen.arcs[arc.keys]) for arc in label.arcs)
    words = _two_lines(pen, placed, label, f"label arc-{label_look(label.arcs)}")
    return element("g", "".join(bracket) + words, class_="several", data_a=which)


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
