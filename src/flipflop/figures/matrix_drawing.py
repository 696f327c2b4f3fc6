"""Lays out a matrix in pixels. Knows no frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.figures.hover import mark_hover
from flipflop.figures.measure import fitted_names
from flipflop.figures.scene import Scene
from flipflop.figures.theme import TYPE
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from flipflop.figures.matrix_data import LastHeld, MatrixData

EMPTY: Final = "An empty cell: no statement in this record."
NOTHING: Final = "No statement in this record"
_NAMES: Final = 170
_COLUMN: Final = 168
_ROW: Final = 48
_LETTERS: Final = 64


def draw_matrix(data: MatrixData, title: str | None = None) -> Scene:
    """Return the scene."""
    scene = Scene(max(560, 28 + _NAMES + _COLUMN * len(data.topics) + 20), data)
    if title:
        scene.text(title, scene.width - 56, TYPE.title, bold=True, most=4)
        scene.down(8)
    if not data.cells:
        scene.text(NOTHING, scene.width - 56, TYPE.heading, colour="quiet")
        return scene
    _heads(scene, data)
    names = dict(data.speakers)
    fit = fitted_names(names.values(), _NAMES - 12, TYPE.label, bold=True, most=2)
    held = {(cell.speaker, cell.topic): cell for cell in data.cells}
    for number, (speaker, name) in enumerate(data.speakers):
        scene.rule("grid" if number else "line")
        top = scene.y
        scene.name(name, fit[name], at=top + 8)
        for place, (topic, _) in enumerate(data.topics):
            if (speaker, topic) in held:
                _cell(scene, held[speaker, topic], names[speaker], _left(place), top)
        scene.y = top + _ROW
    scene.rule()
    scene.down(10)
    scene.text(f"{EMPTY} {data.coverage}. {all_times(data.zone)}", scene.width - 56, TYPE.text, colour="quiet")
    return scene


def _left(number: int) -> int:
    return 28 + _NAMES + _COLUMN * number


def _heads(scene: Scene, data: MatrixData) -> None:
    top, bottoms = scene.y, []
    fit = fitted_names((title for _, title in data.topics), _COLUMN - 14, TYPE.label, bold=True, most=4)
    for number, (_, title) in enumerate(data.topics):
        scene.name(title, fit[title], left=_left(number), at=top)
        bottoms.append(scene.y)
    scene.y = max(bottoms) + 6


def _cell(scene: Scene, cell: LastHeld, name: str, left: float, top: float) -> None:
    hover = mark_hover(cell.last, name, _LETTERS)
    look = cell.last.look if cell.sure else "unclear"
    scene.mark(look, left + 8, top + 15, hollow=cell.last.hollow and cell.sure, hover=hover)
    scene.text(cell.words, _COLUMN - 30, TYPE.label, left=left + 22, at=top + 7, most=1)
    scene.text(cell.counts, _COLUMN - 12, TYPE.text, left=left + 22, at=top + 25, colour="quiet", most=1)
