"""A sheet of paper counted in pixels from its upper left corner: what is drawn on it, before anything draws it.

Colours are names of the theme, text is as it was said. ``flipflop.figures.scene_plotly`` makes a figure of a scene.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from flipflop.figures.measure import fitted
from flipflop.figures.theme import TYPE
from flipflop.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.records.codec import Json

EDGE: Final = 28
_NARROW_EDGE: Final = 8
_ROOMY: Final = 480
LINE: Final = 1.3
"""The distance of lines, in sizes of type."""

Points: TypeAlias = "Sequence[tuple[float, float] | None]"
"""Corners of a path; None begins a new one."""


@dataclass(frozen=True, slots=True)
class SceneText:
    """Lines of words; ``y`` is the top of the first one, ``anchor`` (start, middle, end) says what ``x`` is.

    ``whole`` is the name that they are cut from, for pointer and reader; empty where they are all of it.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    size: int
    colour: str = "ink"
    bold: bool = False
    serif: bool = False
    anchor: str = "start"
    href: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points, or an area that is so opaque: ``filled`` from 0 to 1."""

    points: tuple[tuple[float, float] | None, ...]
    colour: str
    width: float = 1
    dash: str = "solid"
    arrow: bool = False
    filled: float = 0


@dataclass(frozen=True, slots=True)
class Symbol:
    """The mark of a stance; ``hover`` is plotly's markup, escaped."""

    look: str
    x: float
    y: float
    hollow: bool
    larger: int = 0
    hover: str = ""


class Says(Protocol):
    """What a scene is drawn from."""

    def to_json(self) -> Json:
        """Return plain lists and objects."""


class Scene:
    """Puts one thing below the other; ``y`` is where the next one begins. ``data`` is what the scene says."""

    def __init__(self, width: int, data: Says) -> None:
        self.width, self.data, self.y = width, data, 22.0
        self.edge = EDGE if width >= _ROOMY else _NARROW_EDGE
        self.texts: list[SceneText] = []
        self.symbols: list[Symbol] = []
        self.paths: list[Path] = [Path(((0, 8), (width, 8)), "ink", 4)]

    @property
    def inside(self) -> int:
        """The width between the edges."""
        return self.width - 2 * self.edge

    @property
    def height(self) -> int:
        """The height of what stands on the scene, with some room below."""
        return round(self.y + 18)

    def down(self, pixels: float) -> None:
        """Leave some room."""
        self.y += pixels

    def text(
        self,
        words: str,
        room: float,
        size: int,
        *,
        left: float | None = None,
        at: float | None = None,
        colour: str = "ink",
        bold: bool = False,
        serif: bool = False,
        anchor: str = "start",
        most: int = 1000,
        href: str = "",
    ) -> None:
        """Write words in lines of at most ``room`` pixels, below what stands there or ``at`` a height."""
        self.y = self.y if at is None else at
        lines = fitted(words, room, size, bold=bold, most=most)
        if lines:
            x = self.edge if left is None else left
            self.texts.append(SceneText(tuple(lines), x, self.y, size, colour, bold, serif, anchor, href))
            self.y += len(lines) * size * LINE + 2

    def name(self, name: str, fit: list[str], *, left: float | None = None, at: float) -> None:
        """Write a name in bold as it was fitted, and keep the whole of it where there was no room."""
        self.y = at
        whole = "" if " ".join(fit) == visible(name) else name
        x = self.edge if left is None else left
        self.texts.append(SceneText(tuple(fit), x, at, TYPE.label, bold=True, whole=whole))
        self.y += len(fit) * TYPE.label * LINE + 2

    def mark(self, look: str, x: float, y: float, *, hollow: bool, larger: int = 0, hover: str = "") -> None:
        """Draw the mark of a stance."""
        self.symbols.append(Symbol(look, x, y, hollow, larger, hover))

    def line(self, points: Points, colour: str, width: float = 1, *, dash: str = "solid", arrow: bool = False) -> None:
        """Draw a line, with an arrow at its end where asked."""
        self.paths.append(Path(tuple(points), colour, width, dash, arrow))

    def area(self, points: Points, colour: str, opacity: float) -> None:
        """Fill what lies between points; None begins another area."""
        self.paths.append(Path(tuple(points), colour, 0, filled=opacity))

    def rule(self, colour: str = "line") -> None:
        """Draw a thin line across."""
        self.line([(self.edge, self.y), (self.width - self.edge, self.y)], colour)
