"""The design language: colours, shapes, lines and sizes of type, each with one meaning. Knows no data.

What each means stands in docs/charts.md; its figures of contrast and distance are computed by a test.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from flipflop.errors import DataError, Problem, suggestion

SYMBOLS: Final = {
    "strongly_support": "star-triangle-up",
    "support": "triangle-up",
    "mixed": "diamond",
    "oppose": "triangle-down",
    "strongly_oppose": "star-triangle-down",
    "unclear": "circle",
    "disputed": "x",
}
"""The shape of each stance: what points up is for the proposition, what points down against it."""
SIZES: Final = {"strongly_support": 12, "strongly_oppose": 12, "unclear": 11, "disputed": 11}
"""Sizes of marks in pixels where they are not ``MARK``: what looks equally large."""
MARK: Final = 14


class Line(NamedTuple):
    """What a line means, how it is broken (plotly's word), how wide it is in pixels."""

    words: str
    dash: str
    width: float


LINES: Final = {
    "change": Line("changed position", "solid", 2.4),
    "half": Line("moved to a mixed position", "dash", 2.0),
    "open": Line("two statements that differ; nobody has judged them yet", "longdash", 1.6),
    "again": Line("two statements that differ; what was ruled on them does not count here", "longdash", 1.6),
    "unknown": Line("opposite, order unknown", "dot", 2.0),
    "same": Line("same side, or a first one", "dot", 1.0),
    "dismissed": Line("ruled not to be a change", "dot", 1.2),
    "steps": Line("between two statements", "solid", 1.6),
    "joins": Line("accounts that differ", "dashdot", 1.2),
    "stranded": Line("on record; another changed position", "dash", 2.0),
    "beyond": Line("beyond this view", "solid", 0.0),
}
"""The lines of a timeline: with an arrow for what one person surely said later, without one for everything else."""


class Type(NamedTuple):
    """Sizes of type in pixels."""

    title: int = 20
    heading: int = 16
    label: int = 13
    text: int = 12


TYPE: Final = Type()
FONT: Final = "Helvetica, Arial, 'Liberation Sans', sans-serif"
SERIF: Final = "Georgia, 'Times New Roman', 'Liberation Serif', serif"
"""For headlines and for the words of a speaker."""
TYPEFACES: Final = {"sans": FONT, "serif": SERIF}
"""As style sheets name them. Helvetica goes first: for "Helvetica Neue" Chromium on Linux takes DejaVu Sans."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme.

    Blue-green is for a proposition, brown against it; neither is meant as a party's. Any two stances stay apart for
    readers with protanopia, deuteranopia or tritanopia, and every mark has a shape of its own besides.
    """

    paper: str
    ink: str
    quiet: str
    grid: str
    line: str
    change: str
    standing: str
    strongly_support: str
    support: str
    mixed: str
    oppose: str
    strongly_oppose: str
    unclear: str
    disputed: str

    def colour(self, look: str) -> str:
        """The colour of a stance."""
        return str(getattr(self, look, self.unclear))


LIGHT: Final = Theme(
    paper="#fffdf8",
    ink="#1a1a18",
    quiet="#5d5a54",
    grid="#dcd8ce",
    line="#928d82",
    change="#222220",
    standing="#6b6760",
    strongly_support="#0b626c",
    support="#2b8fa3",
    mixed="#4f4b48",
    oppose="#b0702a",
    strongly_oppose="#7d4510",
    unclear="#918a84",
    disputed="#7f50bc",
)
DARK: Final = Theme(
    paper="#171716",
    ink="#f1eee7",
    quiet="#b5b0a6",
    grid="#3a3935",
    line="#7d7970",
    change="#f4f1ea",
    standing="#a9a59c",
    strongly_support="#8fe0ea",
    support="#3c98a8",
    mixed="#dcd7cf",
    oppose="#c57f3a",
    strongly_oppose="#f2b566",
    unclear="#a8a39b",
    disputed="#a67be2",
)
PRINT: Final = replace(LIGHT, paper="#ffffff", ink="#000000", change="#000000", grid="#d4d4d4")
_THEMES: Final = {"light": LIGHT, "dark": DARK, "print": PRINT}


def theme_of(name: str) -> Theme:
    """Return a theme by name, or raise DataError."""
    try:
        return _THEMES[name]
    except KeyError:
        told = f"{name!r} is not one of {', '.join(_THEMES)}{suggestion(name, _THEMES)}"
        raise DataError(Problem(told, "theme")) from None
