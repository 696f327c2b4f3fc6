"""Lays out a card in pixels and draws it as a plotly figure, as plain dictionaries. Knows no frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.figures.hover import quoted, source_words, web_address
from flipflop.figures.measure import fitted, width
from flipflop.figures.text import plotly_text
from flipflop.figures.theme import FONT, MARK, SERIF, SIZES, SYMBOLS, TYPE
from flipflop.figures.words import form_words

if TYPE_CHECKING:
    from flipflop.figures.card import CardData
    from flipflop.figures.data import Json, Mark
    from flipflop.figures.theme import Theme

    Layout = dict[str, object]

WIDTH: Final = 840
MOST_LINES: Final = 24
"""A quotation of more lines is cut, with a sign."""
_EDGE: Final = 28
_BETWEEN: Final = 56
_COLUMN: Final = (WIDTH - 2 * _EDGE - _BETWEEN) // 2
_QUOTE: Final = 17
_LINE: Final = 1.3
"""plotly's distance of lines, in sizes of type."""


def draw_card(data: CardData, theme: Theme, title: str | None = None) -> dict[str, object]:
    """Return ``{"data": …, "layout": …}`` of a figure whose axes count pixels from the upper left corner."""
    sheet = _Sheet(theme)
    sheet.meta = data.to_json()
    sheet.head(data, title)
    sheet.pair(data)
    sheet.foot(data)
    return {"data": sheet.traces, "layout": sheet.layout()}


class _Sheet:
    """Puts one thing below the other; ``y`` is where the next one begins."""

    def __init__(self, theme: Theme) -> None:
        self.theme, self.y = theme, 22.0
        self.meta: Json = None
        self.notes: list[Layout] = []
        self.traces: list[Layout] = [_line([0, WIDTH], [8, 8], theme.ink, 4)]

    def head(self, data: CardData, title: str | None) -> None:
        inside = WIDTH - 2 * _EDGE
        self.text(title or data.proposition, inside, TYPE.title, bold=True, most=6)
        self.y += 6
        self.text(data.sentence, inside, TYPE.heading, most=3)
        if data.label:
            self.text(data.label, inside, TYPE.label, colour=self.theme.quiet)
        self.y += 8
        self.rule()
        self.y += 14

    def pair(self, data: CardData) -> None:
        """Draw both statements beside each other, and between their positions how far they are apart."""
        top, right = self.y, _EDGE + _COLUMN + _BETWEEN
        self.between(data, right, top + 28)
        bottoms = []
        for words, mark, left in (("Then", data.then, _EDGE), ("Later", data.later, right)):
            self.y = top
            self.statement(words, mark, left)
            bottoms.append(self.y)
        middle = _EDGE + _COLUMN + _BETWEEN / 2
        self.traces.append(_line([middle, middle], [top + 52, max(bottoms)], self.theme.grid, 1))
        self.y = max(bottoms) + 16

    def statement(self, words: str, mark: Mark, left: float) -> None:
        self.text(words, _COLUMN, TYPE.text, left=left, colour=self.theme.quiet)
        self.y += 2
        self.mark(mark, left + 9, self.y + 11)
        self.text(mark.word, _COLUMN - 26, TYPE.heading, left=left + 26, bold=True)
        self.text(mark.when, _COLUMN, TYPE.label, left=left)
        self.y += 8
        self.text(quoted(mark), _COLUMN * 1.08, _QUOTE, left=left, font=SERIF, most=MOST_LINES)
        self.y += 6
        for note in _notes(mark):
            self.text(note, _COLUMN, TYPE.text, left=left, colour=self.theme.quiet, most=3)
        self.text(_source(mark), _COLUMN, TYPE.text, left=left, colour=self.theme.quiet, most=3, href=mark.source_url)

    def between(self, data: CardData, right: float, y: float) -> None:
        """Draw the time between both as a line, with an arrow where the order is certain."""
        start = _EDGE + 34 + width(data.then.word, TYPE.heading, bold=True)
        end = right - 12
        if end - start < 20:
            return
        self.traces.append(_line([start, end], [y, y], self.theme.change, 2, arrow=data.in_order))

    def foot(self, data: CardData) -> None:
        self.rule()
        self.y += 12
        for note in data.notes:
            self.text(note, WIDTH - 2 * _EDGE, TYPE.label, most=8)
            self.y += 4
        about = f"{data.coverage} of {data.name} on this. All times in {data.zone}."
        self.text(about, WIDTH - 2 * _EDGE, TYPE.text, colour=self.theme.quiet, most=3)
        self.y += 18

    def text(
        self,
        words: str,
        room: float,
        size: int,
        *,
        left: float = _EDGE,
        bold: bool = False,
        colour: str | None = None,
        font: str = FONT,
        most: int = 1000,
        href: str = "",
    ) -> None:
        lines = [plotly_text(line) for line in fitted(words, room, size, bold=bold, most=most)]
        if not lines:
            return
        shown = "<br>".join(f"<b>{line}</b>" if bold else line for line in lines)
        if address := web_address(href):
            shown = f'<a href="{plotly_text(address)}">{shown}</a>'
        look = {"size": size, "family": font, "color": colour or self.theme.ink}
        place = {"x": left, "y": self.y, "xref": "x", "yref": "y", "xanchor": "left", "yanchor": "top"}
        self.notes.append({"text": shown, "font": look, "align": "left", "showarrow": False, "borderpad": 0, **place})
        self.y += len(lines) * size * _LINE + 2

    def mark(self, mark: Mark, x: float, y: float) -> None:
        hollow = "-open" if mark.form in ("reported", "paraphrase") else ""
        colour, size = self.theme.colour(mark.look), SIZES.get(mark.look, MARK) + 2
        symbol = SYMBOLS.get(mark.look, SYMBOLS["unclear"]) + hollow
        look = {"symbol": symbol, "size": size, "color": colour, "line": {"width": 1.8, "color": colour}}
        self.traces.append(
            {"type": "scatter", "mode": "markers", "x": [x], "y": [y], "marker": look, "hoverinfo": "skip"}
        )

    def rule(self) -> None:
        self.traces.append(_line([_EDGE, WIDTH - _EDGE], [self.y, self.y], self.theme.line, 1))

    def layout(self) -> Layout:
        bare = {"visible": False, "fixedrange": True}
        return {
            "width": WIDTH,
            "height": round(self.y),
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
            "paper_bgcolor": self.theme.paper,
            "plot_bgcolor": self.theme.paper,
            "font": {"family": FONT, "size": TYPE.text, "color": self.theme.ink},
            "showlegend": False,
            "hovermode": False,
            "dragmode": False,
            "annotations": self.notes,
            "meta": self.meta,
            "xaxis": {**bare, "range": [0, WIDTH]},
            "yaxis": {**bare, "range": [round(self.y), 0]},
        }


def _notes(mark: Mark) -> list[str]:
    """Return what a reader must know beside the words."""
    notes = [
        f"({form_words(mark.form)})" if form_words(mark.form) else "",
        f"for {mark.on_behalf_of}" if mark.on_behalf_of else "",
        f"as told by {mark.attribution}" if mark.attribution else "",
        "coding to be looked at again" if mark.needs_review else "",
    ]
    return [note for note in notes if note]


def _source(mark: Mark) -> str:
    return f"Source: {source_words(mark)}" if source_words(mark) else "Source: none recorded"


def _line(x: list[float], y: list[float], colour: str, wide: float, *, arrow: bool = False) -> Layout:
    line = {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": {"color": colour, "width": wide}}
    head = {"symbol": "arrow", "angleref": "previous", "size": [0, 12], "color": colour, "opacity": 1}
    return {**line, "hoverinfo": "skip", **({"mode": "lines+markers", "marker": head} if arrow else {})}
