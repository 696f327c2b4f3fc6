"""The traces of one block, one per meaning, as plain dictionaries. Knows neither heights nor colours by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from flipflop.figures.arc_labels import BRACKET, arc_labels
from flipflop.figures.edges import edges
from flipflop.figures.geometry import PixelScale, note_side, standing_field
from flipflop.figures.hover import arc_hover, mark_hover
from flipflop.figures.labels import labels
from flipflop.figures.text import plotly_text
from flipflop.figures.theme import LINES, MARK, SIZES, SYMBOLS, TYPE
from flipflop.figures.zone import between
from flipflop.records.addresses import web_address
from flipflop.text.positions import LOOKS, stance_word
from flipflop.text.rulings import RULED_NONE, UNJUDGED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from flipflop.figures.data import Arc, Block, Mark, Stranded, TimeSpan
    from flipflop.figures.drawing import Trace
    from flipflop.figures.edges import Edge
    from flipflop.figures.geometry import Geometry, Paper
    from flipflop.figures.theme import Theme
    from flipflop.figures.wall import Wall


ARC_LOOKS: Final = {look: LINES[look] for look in ("change", "half", "open", "again", "unknown", "same", "dismissed")}
"""How a pair of one speaker can be drawn."""
_KINDS: Final = {
    "reversal": "change", "restoration": "change", "other_mandate": "change", "walk_back": "half",
    "undetermined": "unknown",
}  # fmt: skip
_MOST_TOLD: Final = 6
"""So many changes are told at the pointer."""
_CURVE: Final = tuple(step / 16 for step in range(17))


@dataclass(frozen=True, slots=True)
class Canvas:
    """Everything that drawing one block needs."""

    block: Block
    place: Geometry
    paper: Paper
    theme: Theme
    number: int
    wall: Wall

    @property
    def suffix(self) -> str:
        """How plotly numbers the axes of this block: nothing for the first, then 2, 3 and so on."""
        return "" if self.number == 0 else str(self.number + 1)

    def at(self, moment: datetime) -> str:
        """Return the moment as plotly reads it."""
        return self.wall.text(moment)

    def trace(self, name: str, group: str, **more: object) -> Trace:
        """A scatter trace on this block's axes; a meaning that several blocks share is in the legend once."""
        axes = {"xaxis": f"x{self.suffix}", "yaxis": f"y{self.suffix}"}
        kind = {"type": "scatter", "name": name, "legendgroup": group, "showlegend": False, "hoverinfo": "skip"}
        return {**kind, **axes, **more}


NOTES: Final = 3
"""The place of the notes among a block's traces."""
LABELS: Final = 4
"""The place of the words beside marks among a block's traces."""
LABELLED: Final = ("change", "half", "open", "again", "unknown", "dismissed")
"""The looks of arcs that have a label: what repeats a position has none."""
ARC_LABELS: Final = 9 + 2 * len(LOOKS) + len(ARC_LOOKS)
"""The place of the first labels of arcs among a block's traces."""
PER_BLOCK: Final = ARC_LABELS + len(LABELLED)
"""The number of a block's traces."""


def traces(canvas: Canvas) -> list[Trace]:
    """Return all traces of a block, those at the back first; the same number for every block."""
    by_key = {mark.key: mark for mark in canvas.block.marks}
    return [
        *_stranded(canvas, by_key),
        _labels(canvas),
        _joins(canvas, by_key),
        _steps(canvas, by_key),
        *(_spans(canvas, look) for look in LOOKS),
        *(_arcs(canvas, look, by_key) for look in ARC_LOOKS),
        *(_marks(canvas, look) for look in LOOKS),
        *_beyond(canvas),
        *(_arc_labels(canvas, look) for look in LABELLED),
    ]


def _marks(canvas: Canvas, look: str) -> Trace:
    names = canvas.block.names
    numbered = [(number, mark) for number, mark in enumerate(canvas.block.marks) if mark.look == look]
    kind, letters = canvas.block.topic_kind, canvas.paper.letters
    hollow = [SYMBOLS[look] + ("-open" if mark.hollow else "") for _, mark in numbered]
    colour = canvas.theme.colour(look)
    line = {"width": 1.8, "color": colour}
    return canvas.trace(
        stance_word(look, kind),
        look,
        mode="markers",
        x=[canvas.at(mark.middle) for _, mark in numbered],
        y=[canvas.place.mark_y[mark.key] for _, mark in numbered],
        marker={"symbol": hollow, "color": colour, "size": SIZES.get(look, MARK), "line": line, "opacity": 1},
        hovertext=[mark_hover(mark, names[mark.speaker], letters) for _, mark in numbered],
        hoverinfo="text",
        legendrank=1 + LOOKS.index(look),
        customdata=[[mark.statement_id, web_address(mark.source_url), number] for number, mark in numbered],
    )


def _spans(canvas: Canvas, look: str) -> Trace:
    """Draw how long the moment may have been: a bar as wide as the interval, nothing to see for an instant."""
    x: list[str | None] = []
    y: list[int | None] = []
    for mark in canvas.block.marks:
        if mark.look == look:
            height = canvas.place.mark_y[mark.key]
            x += [canvas.at(mark.start), canvas.at(mark.end), None]
            y += [height, height, None]
    line = {"color": canvas.theme.colour(look), "width": 9}
    return canvas.trace("moment known to this span", look, mode="lines", x=x, y=y, line=line, opacity=0.34)


def _steps(canvas: Canvas, by_key: dict[str, Mark]) -> Trace:
    x: list[str | None] = []
    y: list[int | None] = []
    for step in canvas.block.steps:
        earlier, later = (by_key[key] for key in step.keys)
        before, after = (canvas.place.level_y[step.lane, mark.level] for mark in (earlier, later))
        x += [canvas.at(earlier.end), canvas.at(later.start), canvas.at(later.end), None]
        y += [before, before, after, None]
    words, dash, width = LINES["steps"]
    line = {"color": canvas.theme.line, "width": width, "dash": dash}
    return canvas.trace(words, "steps", mode="lines", x=x, y=y, line=line)


def _joins(canvas: Canvas, by_key: dict[str, Mark]) -> Trace:
    """Join accounts that differ, without a direction."""
    path = _Path()
    for item in canvas.block.joins:
        pair = [by_key[id_] for id_ in (item.earlier_id, item.later_id)]
        path.add([canvas.at(mark.middle) for mark in pair], [canvas.place.mark_y[mark.key] for mark in pair])
    words, dash, width = LINES["joins"]
    line = {"color": canvas.theme.line, "width": width, "dash": dash}
    return canvas.trace(words, "joins", mode="lines", x=path.x, y=path.y, line=line)


def _labels(canvas: Canvas) -> Trace:
    font = {"size": TYPE.text, "color": canvas.theme.ink}
    return canvas.trace("words", "words", mode="text", textfont=font, **label_places(canvas, canvas.block.view))


def label_places(canvas: Canvas, span: TimeSpan) -> dict[str, object]:
    """Return where the words beside marks stand in a view of this span."""
    found = labels(canvas.block, canvas.place, canvas.paper, span)
    words = {mark.key: plotly_text(mark.word) for mark in canvas.block.marks}
    blank = "\u00a0"
    return {
        "x": [canvas.at(label.at) for label in found.values()],
        "y": [canvas.place.mark_y[key] for key in found],
        "text": [f"{blank * label.blanks}{words[key]}{blank * label.blanks}" for key, label in found.items()],
        "textposition": [f"middle {label.side}" for label in found.values()] or "middle right",
    }


def arc_look(arc: Arc) -> str:
    """Return how a pair is drawn; one that was ruled to be no change stays in view, but quiet."""
    if arc.ruling in RULED_NONE:
        return "dismissed"
    look = _KINDS.get(arc.kind, "same")
    if arc.ruling in UNJUDGED and look in ("change", "half"):
        return "again" if arc.ruling else "open"
    return look


def has_label(arc: Arc) -> bool:
    """Whether an arc has a label: what repeats a position has none."""
    return arc_look(arc) in LABELLED


def label_look(arcs: Iterable[Arc]) -> str:
    """Return how a label is drawn: as its arcs, where these are drawn alike; as a change only where there is one."""
    looks = {arc_look(arc) for arc in arcs}
    return next(look for look in ARC_LOOKS if look in looks)


def _arcs(canvas: Canvas, look: str, by_key: dict[str, Mark]) -> Trace:
    name, dash, width = ARC_LOOKS[look]
    x: list[str | None] = []
    y: list[float | None] = []
    sizes: list[int] = []
    head = 0 if look == "unknown" else 10  # an arrow would say which came first
    for arc in canvas.block.arcs:
        if arc_look(arc) == look:
            curve = _curve(canvas, arc, by_key)
            x += [*(moment for moment, _ in curve), None]
            y += [*(height for _, height in curve), None]
            sizes += [*[0] * (len(curve) - 1), head, 0]
    colour = _arc_colour(canvas, look)
    return canvas.trace(
        name,
        f"arc-{look}",
        mode="lines+markers",
        x=x,
        y=y,
        line={"color": colour, "width": width, "dash": dash},
        marker={"symbol": "arrow", "angleref": "previous", "size": sizes, "color": colour, "opacity": 1},
    )


def _arc_colour(canvas: Canvas, look: str) -> str:
    return canvas.theme.quiet if look in ("same", "dismissed") else canvas.theme.change


def _arc_labels(canvas: Canvas, look: str) -> Trace:
    return canvas.trace(
        ARC_LOOKS[look].words,
        f"arc-{look}",
        mode="lines+text",
        textfont={"size": TYPE.label, "color": _arc_colour(canvas, look)},
        line={"color": canvas.theme.quiet, "width": 1},
        hoverinfo="text",
        **arc_label_places(canvas, look, canvas.block.view),
    )


def arc_label_places(canvas: Canvas, look: str, span: TimeSpan) -> Trace:
    """Return where the labels of arcs of this look stand in a view of this span, with brackets over several arcs."""
    scale, marks = PixelScale(span, canvas.paper.least), {mark.key: mark for mark in canvas.block.marks}
    path, hover = _Path(), list[str]()
    for lane, placed in canvas.place.lanes.items():
        arcs = [arc for arc in canvas.block.arcs if arc.lane == lane and has_label(arc)]
        for label in arc_labels(arcs, marks, scale):
            if label_look(label.arcs) != look:
                continue
            first, last, middle = (
                canvas.at(between(span.start, span.end, at / label.room)) for at in (*label.bracket, label.middle)
            )
            if len(label.arcs) > 1:
                high, low = (placed.label_y + down for down in BRACKET)
                path.add([first, first, last, last], [low, high, high, low])
                hover += [""] * 5
            path.add([middle], [placed.label_y])
            path.text += [""] * (len(path.x) - len(path.text) - 2)
            path.text += [f"<b>{plotly_text(label.gap)}</b><br>{plotly_text(label.words)}", ""]
            hover += ["<br>".join(arc_hover(arc, canvas.paper.letters) for arc in label.arcs[:_MOST_TOLD]), ""]
    return {"x": path.x, "y": path.y, "text": path.text, "hovertext": hover, "textposition": "top center"}


def _curve(canvas: Canvas, arc: Arc, by_key: dict[str, Mark]) -> list[tuple[str, float]]:
    """Return a curve that leaves the earlier mark upwards, passes below its label, and comes down on the later mark."""
    earlier, later = (by_key[key] for key in arc.keys)
    start, end = (canvas.wall.naive(mark.middle) for mark in (earlier, later))
    width = end - start
    left, right = (canvas.place.mark_y[mark.key] - 11.0 for mark in (earlier, later))
    peak = canvas.place.arc_y[arc.keys]
    pull = (peak - (left + right) / 8) / 0.75
    moments = [start + width * (3 * t**2 - 2 * t**3) for t in _CURVE]
    heights = [(1 - t) ** 3 * left + 3 * t * (1 - t) * pull + t**3 * right for t in _CURVE]
    if width > timedelta(hours=1):
        moments = [moment.replace(microsecond=0) for moment in moments]
    return [(moment.isoformat(), round(height, 1)) for moment, height in zip(moments, heights, strict=True)]


def _stranded(canvas: Canvas, by_key: dict[str, Mark]) -> list[Trace]:
    """Draw who was on record while another changed position: since when, and a note that claims no more than that."""
    zone, rail, link, notes = _Path(), _Path(), _Path(), _Path()
    for item in canvas.block.stranded:
        lane = canvas.place.lanes[item.lane]
        end = canvas.at(item.until or max(canvas.block.whole.end, canvas.block.view.end))
        level = canvas.place.level_y[item.lane, by_key[item.key].level]
        since, (high, low) = canvas.at(item.since), standing_field(lane, canvas.block.rows)
        zone.add([since, end, end, since, since], [high, high, low, low, high])
        rail.add([canvas.at(by_key[item.key].end), since], [level, level])
        if (by := by_key.get(item.by_id)) is not None:
            link.add([since, since], [canvas.place.mark_y[by.key], level])
        _add_notes(canvas, item, notes)
    theme = canvas.theme
    pattern = {"shape": "/", "fgcolor": theme.standing, "bgcolor": theme.paper, "size": 7, "solidity": 0.16}
    name, dashes, width = LINES["stranded"]
    dash = {"color": theme.standing, "width": width, "dash": dashes}
    return [
        canvas.trace(
            name, "stranded", x=zone.x, y=zone.y, mode="lines", fill="toself", fillpattern=pattern,
            line={"color": theme.standing, "width": 1, "dash": "dash"},
        ),
        canvas.trace(name, "stranded", x=rail.x, y=rail.y, mode="lines", line=dash),
        canvas.trace(name, "stranded", x=link.x, y=link.y, mode="lines", line={**dash, "width": 1.2, "dash": "dot"}),
        canvas.trace(
            name, "stranded", x=notes.x, y=notes.y, mode="text", text=notes.text,
            textposition=note_sides(canvas, canvas.block.view),
            textfont={"size": TYPE.text, "color": theme.ink},
        ),
    ]  # fmt: skip


def note_sides(canvas: Canvas, span: TimeSpan) -> list[str]:
    """Return the side of each line of the notes, for a view of this span."""
    sides = [
        [f"middle {note_side(item.since, span)}"] * len(canvas.place.notes[item.lane, item.by_id])
        for item in canvas.block.stranded
    ]
    return [side for lines in sides for side in lines] or ["middle right"]


class _Path:
    """Coordinates with gaps."""

    def __init__(self) -> None:
        self.x: list[str | None] = []
        self.y: list[float | None] = []
        self.text: list[str] = []

    def add(self, x: list[str], y: list[float]) -> None:
        self.x += [*x, None]
        self.y += [*y, None]


def _add_notes(canvas: Canvas, item: Stranded, notes: _Path) -> None:
    top, blank = canvas.place.notes_y[item.lane, item.by_id], "\u00a0"  # off the line that passes here
    for number, line in enumerate(canvas.place.notes[item.lane, item.by_id]):
        notes.x.append(canvas.at(item.since))
        notes.y.append(top + 8 + 16 * number)
        notes.text.append(f"{blank}{plotly_text(line)}{blank}")


def _beyond(canvas: Canvas) -> list[Trace]:
    """Say at the edges of a close-up what each lane holds beyond them."""
    view, found = canvas.block.view, edges(canvas.block, canvas.block.view)
    before, after = ([edge for edge in found if edge.before is side] for side in (True, False))
    return [_edge(canvas, before, view.start, "right"), _edge(canvas, after, view.end, "left")]


def _edge(canvas: Canvas, found: list[Edge], at: datetime, side: str) -> Trace:
    return canvas.trace(
        LINES["beyond"].words,
        "beyond",
        mode="text",
        x=[canvas.at(at)] * len(found),
        y=[canvas.place.level_y[edge.mark.lane, edge.mark.level] for edge in found],
        text=[edge.words for edge in found],
        textposition=f"top {side}",
        textfont={"size": TYPE.text, "color": canvas.theme.quiet},
    )
