"""Lays out a card in pixels. Knows no frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.figures.marks import headings, in_order
from flipflop.figures.measure import width
from flipflop.figures.scene import EDGE, Scene
from flipflop.figures.theme import TYPE
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from flipflop.figures.card_data import CardData
    from flipflop.figures.data import Mark

WIDTH: Final = 840
MOST_LINES: Final = 24
"""A quotation of more lines is cut, with a sign."""
_INSIDE: Final = WIDTH - 2 * EDGE
_BETWEEN: Final = 56
_COLUMN: Final = (_INSIDE - _BETWEEN) // 2
_RIGHT: Final = EDGE + _COLUMN + _BETWEEN
_QUOTE: Final = 17
_LEAST_LINE: Final = 20
_QUOTE_ROOM: Final = _COLUMN * 1.08
"""The widest faces may reach a little between the columns; all others fill theirs."""


def draw_card(data: CardData, title: str | None = None) -> Scene:
    """Return the scene."""
    scene = Scene(WIDTH, data)
    _head(scene, data, title)
    _pair(scene, data)
    scene.rule()
    scene.down(12)
    for note in data.notes:
        scene.text(note, _INSIDE, TYPE.label, most=8)
        scene.down(4)
    about = f"{data.coverage} of {data.name} on this. {all_times(data.zone)}"
    scene.text(about, _INSIDE, TYPE.text, colour="quiet", most=3)
    return scene


def _head(scene: Scene, data: CardData, title: str | None) -> None:
    scene.text(title or data.proposition, _INSIDE, TYPE.title, bold=True, most=6)
    scene.down(6)
    scene.text(data.sentence, _INSIDE, TYPE.heading, most=3)
    if data.label:
        scene.text(data.label, _INSIDE, TYPE.label, colour="quiet")
    scene.down(8)
    scene.rule()
    scene.down(14)


def _pair(scene: Scene, data: CardData) -> None:
    """Draw both statements beside each other, and a line from the one to the other."""
    top = scene.y
    _between(scene, data, top + 28)
    bottoms = []
    for words, mark, left in zip(headings(data.then, data.later), (data.then, data.later), (EDGE, _RIGHT), strict=True):
        scene.y = top
        _statement(scene, words, mark, left)
        bottoms.append(scene.y)
    middle = EDGE + _COLUMN + _BETWEEN / 2
    scene.line([(middle, top + 52), (middle, max(bottoms))], "grid")
    scene.y = max(bottoms) + 16


def _between(scene: Scene, data: CardData, y: float) -> None:
    """Draw the line, with an arrow where the order is certain; a long word may leave no room for it."""
    start, end = EDGE + 34 + width(data.then.word, TYPE.heading, bold=True), _RIGHT - 12
    if end - start >= _LEAST_LINE:
        scene.line([(start, y), (end, y)], "change", 2, arrow=in_order(data.then, data.later))


def _statement(scene: Scene, words: str, mark: Mark, left: float) -> None:
    scene.text(words, _COLUMN, TYPE.text, left=left, colour="quiet")
    scene.down(2)
    scene.mark(mark.look, left + 9, scene.y + 11, hollow=mark.hollow, larger=2)
    scene.text(mark.word, _COLUMN - 26, TYPE.heading, left=left + 26, bold=True, most=2)
    scene.text(mark.when, _COLUMN, TYPE.label, left=left)
    scene.down(8)
    scene.text(mark.quoted, _QUOTE_ROOM, _QUOTE, left=left, serif=True, most=MOST_LINES)
    scene.down(6)
    for note in mark.notes():
        scene.text(note, _COLUMN, TYPE.text, left=left, colour="quiet", most=3)
    scene.text(f"Source: {mark.source}", _COLUMN, TYPE.text, left=left, colour="quiet", most=3, href=mark.source_url)
