"""From figure data to a plotly figure as plain dictionaries: the traces of every block, and the paper around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.figures.data import Rows
from flipflop.figures.geometry import LETTER, WIDE, place
from flipflop.figures.measure import fitted_names
from flipflop.figures.text import plotly_lines, plotly_text
from flipflop.figures.theme import FONT, LIGHT, TYPE
from flipflop.figures.traces import (
    ARC_LABELS,
    LABELLED,
    LABELS,
    NOTES,
    PER_BLOCK,
    Canvas,
    arc_label_places,
    label_places,
    note_sides,
    traces,
)
from flipflop.figures.view import view_words
from flipflop.figures.wall import wall_of

if TYPE_CHECKING:
    from flipflop.figures.data import FigureData, TimeSpan
    from flipflop.figures.drawing import Layout, Trace
    from flipflop.figures.geometry import Paper
    from flipflop.figures.theme import Theme


_AXIS: Final = 80
_EDGE: Final = 10
_BUTTONS: Final = 34
_LEGEND: Final = 96
_KEY_LINE: Final = 17
_LEGEND_ROW: Final = 28
_SYMBOL: Final = 48
"""Width of the symbol of a name in the legend, with the room around it."""
_HEADING: Final = 24
_NAME_LINES: Final = 2
_KEY: Final = "A bar: the moment is known to this span. A hollow mark: not the speaker's own words."
_SIDES: Final = "Above its line a statement is for the proposition, below it against. "
_MOVED: Final = (NOTES, LABELS, *range(ARC_LABELS, PER_BLOCK))
"""The places of the traces among those of a block that differ from view to view."""
_TICKS: Final = [
    {"dtickrange": [None, 60_000], "value": "%H:%M:%S\n%-d %b %Y"},
    {"dtickrange": [60_000, 86_399_999], "value": "%H:%M\n%-d %b %Y"},
    {"dtickrange": [86_400_000, "M1"], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", "M12"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


def draw(data: FigureData, theme: Theme, *, paper: Paper = WIDE, title: str | None = None) -> dict[str, object]:
    """Return ``{"data": …, "layout": …}``."""
    canvases = [
        Canvas(block, place(block, paper), paper, theme, number, wall_of(block))
        for number, block in enumerate(data.blocks)
    ]
    kept = {(canvas.number, place): trace for canvas in canvases for place, trace in _kept(canvas).items()}
    drawn = list(kept.values())
    _name_once(drawn)
    named = [str(trace["name"]) for trace in drawn if trace.get("showlegend")]
    sheet = _Sheet(data, theme, paper, title, _legend_room(named, paper), list(kept))
    return {"data": drawn, "layout": sheet.layout(canvases)}


def _kept(canvas: Canvas) -> dict[int, Trace]:
    """Return the traces of a block by their place that draw something, or do in another view: of 200 blocks few do."""
    moved = _MOVED if len(canvas.block.views) > 1 else ()
    return {place: trace for place, trace in enumerate(traces(canvas)) if trace["x"] or place in moved}


def _legend_room(names: list[str], paper: Paper) -> int:
    """Return the height of the legend, as many rows as its names take, and of the key below it."""
    rows, used = 1, 0.0
    for name in names:
        wide = _SYMBOL + len(name) * LETTER
        rows, used = (rows + 1, wide) if used and used + wide > paper.width else (rows, used + wide)
    return _LEGEND + _LEGEND_ROW * max(0, rows - 2)


def _name_once(drawn: list[Trace]) -> None:
    """Show each meaning that has something to show once in the legend: symbols for stances, lines for the rest."""
    seen: set[object] = {"beyond", "words"}
    for trace in drawn:
        group = trace["legendgroup"]
        is_bar = trace["name"] == "moment known to this span"
        if trace["x"] and not is_bar and group not in seen:
            trace["showlegend"] = True
            seen.add(group)


class _Sheet:
    """Lays blocks one below the other, in pixels counted from the top."""

    def __init__(
        self,
        data: FigureData,
        theme: Theme,
        paper: Paper,
        title: str | None,
        legend: int,
        kept: list[tuple[int, int]],
    ) -> None:
        self.data, self.theme, self.paper, self.kept = data, theme, paper, kept
        self.most = 4 if paper.compact else 10
        self.letters = int((paper.width + paper.gutter) / 9.5)
        sides = _SIDES if data.blocks and data.blocks[0].rows == Rows.STANCE else ""
        self.key = plotly_lines(sides + _KEY, self.letters + (0 if paper.compact else 20))
        self.below = _KEY_LINE * max(2, len(self.key))
        self.legend = legend + self.below - 2 * _KEY_LINE
        self.title = [] if title is None else plotly_lines(title, self.letters)
        self.annotations: list[Layout] = []
        self.menus: list[Layout] = []

    def layout(self, canvases: list[Canvas]) -> Layout:
        tops, bottom = self._tops(canvases)
        total = max(bottom + (self.legend if canvases else 0), 1)
        axes: Layout = {}
        for canvas, top in zip(canvases, tops, strict=True):
            axes |= self._axes(canvas, top, total)
        if not canvases:
            axes = self._nothing()
            total = max(total, 160)
        self._head(self.title, 0, total, size=TYPE.title)
        if canvases:
            words = "<br>".join(self.key)
            self.annotations.append({"text": words, **self._at(total - self.below, total, TYPE.text)})
        return {
            "height": total + 2 * _EDGE,
            "margin": {"l": self.paper.gutter + 14 if self.paper.gutter else 12, "r": 18, "t": _EDGE, "b": _EDGE},
            "paper_bgcolor": self.theme.paper,
            "plot_bgcolor": self.theme.paper,
            "font": {"family": FONT, "size": TYPE.text, "color": self.theme.ink},
            "hovermode": "closest",
            "hoverdistance": 24,
            "hoverlabel": {
                "align": "left",
                "bgcolor": self.theme.paper,
                "bordercolor": self.theme.quiet,
                "font": {"family": FONT, "size": TYPE.label, "color": self.theme.ink},
            },
            "dragmode": False if self.paper.compact else "zoom",
            "showlegend": True,
            "legend": {
                "orientation": "h",
                "y": self.legend / total,
                "yanchor": "top",
                "x": 0,
                "font": {"size": TYPE.text},
                "groupclick": "togglegroup",
            },
            "uirevision": "flipflop",
            "annotations": self.annotations,
            "updatemenus": self.menus,
            "meta": {"views": [self._views(canvas) for canvas in canvases]},
            **axes,
        }

    def _tops(self, canvases: list[Canvas]) -> tuple[list[int], int]:
        y = len(self.title) * 27 + (16 if self.title else 0)
        tops = []
        for canvas in canvases:
            lines = plotly_lines(canvas.block.heading, self.letters)
            self._later_head(lines, y)
            y += len(lines) * _HEADING + (12 if lines else 0)
            if len(canvas.block.views) > 1:
                y += _BUTTONS
            tops.append(y)
            y += canvas.place.height + _AXIS
        return tops, y

    def _later_head(self, lines: list[str], y: int) -> None:
        if lines:
            self.annotations.append({"text": "<br>".join(f"<b>{line}</b>" for line in lines), "y": y})

    def _head(self, lines: list[str], y: int, total: int, size: int) -> None:
        heads = [item for item in self.annotations if "yref" not in item]
        for item in heads:
            item.update(self._at(float(str(item["y"])), total, TYPE.heading))
        if lines:
            self.annotations.append({"text": "<br>".join(lines), **self._at(y, total, size)})

    def _at(self, y: float, total: int, size: int) -> Layout:
        place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1 - y / total, "xanchor": "left", "yanchor": "top"}
        return {**place, "xshift": -self.paper.gutter, "showarrow": False, "align": "left", "font": {"size": size}}

    def _axes(self, canvas: Canvas, top: int, total: int) -> Layout:
        height = canvas.place.height
        self.annotations += [self._name(canvas, lane) for lane in canvas.place.lanes]
        if len(canvas.block.views) > 1:
            self.menus.append(self._menu(canvas, top, total))
        common = {"zeroline": False, "showline": False, "gridcolor": self.theme.grid}
        return {
            f"xaxis{canvas.suffix}": {
                **common,
                "type": "date",
                "range": canvas.wall.range(canvas.block.view),
                **canvas.wall.marked(canvas.block.view, self.most),
                "anchor": f"y{canvas.suffix}",
                "title": {
                    "text": plotly_text(self.data.axis),
                    "font": {"size": TYPE.text, "color": self.theme.quiet},
                },
                "tickfont": {"size": TYPE.text, "color": self.theme.quiet},
                "tickformatstops": _TICKS,
                "nticks": self.most,
                "griddash": "dot",
                "ticks": "outside",
                "tickcolor": self.theme.line,
                "tickangle": 0,
            },
            f"yaxis{canvas.suffix}": {
                **common,
                "range": [height, 0],
                "domain": [max(0.0, 1 - (top + height) / total), 1 - top / total],
                "anchor": f"x{canvas.suffix}",
                "tickvals": [placed.base for placed in canvas.place.lanes.values()],
                "showticklabels": False,
                "fixedrange": True,
            },
        }

    def _name(self, canvas: Canvas, lane: str) -> Layout:
        placed = canvas.place.lanes[lane]
        room = self.paper.gutter - 12 if self.paper.gutter else self.paper.width
        most = _NAME_LINES if self.paper.gutter else 1
        names = (lane.name for lane in canvas.block.lanes)
        fit = fitted_names(names, room, TYPE.label, bold=True, most=most)[placed.lane.name]
        lines = [plotly_text(line) for line in fit]
        side = {"xanchor": "right", "xshift": -10} if self.paper.gutter else {"xanchor": "left", "xshift": 0}
        return {
            "text": "<br>".join(f"<b>{line}</b>" for line in lines),
            "xref": f"x{canvas.suffix} domain",
            "yref": f"y{canvas.suffix}",
            "x": 0,
            "y": placed.name_y,
            "yanchor": "middle",
            "align": "right" if self.paper.gutter else "left",
            "showarrow": False,
            "hovertext": plotly_text(placed.lane.name),
            "font": {"size": TYPE.label, "color": self.theme.ink},
            **side,
        }

    def _menu(self, canvas: Canvas, top: int, total: int) -> Layout:
        moved = [self.kept.index((canvas.number, place)) for place in _MOVED]
        offered = view_words(canvas.block)
        buttons = [
            {
                "label": label,
                "method": "update",
                "args": [_words(canvas, span), self._looked_at(canvas, span), moved],
            }
            for label, span in ((label, canvas.block.views[name]) for name, label in offered)
        ]
        active = [name for name, _ in offered].index("view")
        corner = {"x": 0, "xanchor": "left", "y": 1 - (top - _BUTTONS + 2) / total, "yanchor": "top"}
        # plotly paints the active button white in any theme, so the words on it stay dark
        colours = {"bgcolor": LIGHT.grid, "bordercolor": LIGHT.line, "font": {"size": TYPE.text, "color": LIGHT.ink}}
        return {
            "type": "buttons",
            "direction": "right",
            "showactive": True,
            "active": active,
            "buttons": buttons,
            **corner,
            **colours,
        }

    def _looked_at(self, canvas: Canvas, span: TimeSpan) -> Layout:
        """Return what of its axis changes where a reader looks at another stretch."""
        shown = {"range": canvas.wall.range(span), **canvas.wall.marked(span, self.most)}
        return {f"xaxis{canvas.suffix}.{name}": value for name, value in shown.items()}

    def _views(self, canvas: Canvas) -> Layout:
        return {"view": canvas.wall.range(canvas.block.view), "whole": canvas.wall.range(canvas.block.whole)}

    def _nothing(self) -> Layout:
        hidden = {"visible": False, "range": [0, 1]}
        words = {"text": "No statement in this record", "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper"}
        self.annotations.append(
            {**words, "showarrow": False, "font": {"size": TYPE.heading, "color": self.theme.quiet}}
        )
        return {"xaxis": {**hidden, "title": {"text": plotly_text(self.data.axis)}}, "yaxis": hidden}


def _words(canvas: Canvas, span: TimeSpan) -> dict[str, object]:
    """Return how notes and labels change for a view of this span."""
    notes = {**traces(canvas)[NOTES], "textposition": note_sides(canvas, span)}
    moved = [notes, label_places(canvas, span), *(arc_label_places(canvas, look, span) for look in LABELLED)]
    return {name: [one.get(name) for one in moved] for name in ("x", "y", "text", "textposition", "hovertext")}
