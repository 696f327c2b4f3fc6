"""Colours and shapes of a figure. Stance shows twice, so that a colour-blind reader sees it; no party's colours."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

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
SIZES: Final = {"strongly_support": 12, "strongly_oppose": 12, "unclear": 11, "disputed": 11}
FONT: Final = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme; both themes have different ones, so that a page can exchange one for the other.

    The stances follow ColorBrewer's BrBG (brown to teal), which it marks as safe for colour-blind readers.
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
    line="#a39e93",
    change="#222220",
    standing="#6b6760",
    strongly_support="#01665e",
    support="#1c8c82",
    mixed="#76706a",
    oppose="#b0691d",
    strongly_oppose="#8c510a",
    unclear="#8b8781",
    disputed="#7a3e9d",
)
DARK: Final = Theme(
    paper="#171716",
    ink="#f1eee7",
    quiet="#b5b0a6",
    grid="#3a3935",
    line="#7d7970",
    change="#f4f1ea",
    standing="#a9a59c",
    strongly_support="#80cdc1",
    support="#4fb5a9",
    mixed="#c2bcb3",
    oppose="#e0a458",
    strongly_oppose="#f0c27b",
    unclear="#989389",
    disputed="#c99be6",
)
_THEMES: Final = {"light": LIGHT, "dark": DARK}


def theme_of(name: str) -> Theme:
    """Return a theme by name, or raise DataError."""
    try:
        return _THEMES[name]
    except KeyError:
        raise DataError(Problem(f"{name!r} is not 'light' or 'dark'{suggestion(name, _THEMES)}", "theme")) from None


def exchange() -> dict[str, str]:
    """Return the dark colour for every light one."""
    dark = asdict(DARK)
    return {colour: dark[name] for name, colour in asdict(LIGHT).items()}
