"""A drawing that leaves the page: with its headline, what the record covers, a legend and a key around it.

Needs no browser: the file is complete, of one width, in the colours of one theme, and holds no script and no link.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from flipflop.figures.geometry import WIDE
from flipflop.figures.text import few_lines
from flipflop.figures.theme import SERIF, TYPEFACES, theme_of
from flipflop.publish.alt import alt_text
from flipflop.publish.drawing import MARGIN, fixed
from flipflop.publish.legend import drawn_legend
from flipflop.publish.markup import drawn_text, element, shape
from flipflop.publish.symbols import symbol_rules
from flipflop.text.numbers import as_of_words
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from flipflop.figures.data import Block, FigureData
    from flipflop.figures.geometry import Paper
    from flipflop.figures.theme import Theme

_HEADLINE: Final = 26
_LINE: Final = 18
_KEY: Final = (
    "Above its line a statement is for the proposition, below it against. A bar: the moment is known to this span. "
    "A hollow mark: not the speaker’s own words. A change of position is one that a person has ruled to be one."  # noqa: RUF001 -- a typographer's apostrophe
)
_VARIABLE: Final = re.compile(r"var\(--([a-z-]+)\)")


def timeline_svg(
    data: FigureData, *, title: str | None = None, theme: str = "light", paper: Paper = WIDE, whole: bool = False
) -> str:
    """Return the timeline as a complete SVG file: a block below the other, each with headline, legend and axis.

    ``theme`` is "light" or "dark". With ``whole`` the whole record is shown where the page opens with a close-up.
    Text is escaped and shown literally. Raises DataError for another theme.
    """
    colours = theme_of(theme)
    width, top, parts = sheet_width(paper), 20, []
    if title is not None:
        lines = _headline(title, paper, 0, top)
        parts, top = [lines[0]], lines[1] + 10
    for block in data.blocks:
        head, height = header(block, paper, top)
        drawn = fixed(block, data.zone, data.axis, paper, block.whole if whole else None)
        body = element("g", drawn.markup, transform=f"translate(0 {top + height})")
        parts += [head, body]
        top += height + drawn.height + 24
    words, height = _foot(data, paper, top)
    left = _left(paper)
    box = {"width": str(width), "height": str(top + height), "viewbox": f"{-left} 0 {width} {top + height}"}
    ground = shape("rect", x=str(-left), y="0", width=str(width), height=str(top + height), fill=colours.paper)
    inside = [element("title", drawn_text(title or data.headline)), element("desc", drawn_text(alt_text(data)))]
    inside += [element("style", resolved(colours)), hatch(), ground, *parts, words]
    return element("svg", "".join(inside), xmlns="http://www.w3.org/2000/svg", class_="drawing", role="img", **box)


def header(block: Block, paper: Paper, top: int) -> tuple[str, int]:
    """Return headline, coverage and legend of a block from a height on, and how high they are together."""
    words, y = _headline(block.heading, paper, -_left(paper) + MARGIN[0], top)
    covered, y = _quiet_lines(block.coverage + ".", paper, y - 6, most=2)
    key, height = drawn_legend(block, -_left(paper) + MARGIN[0], y + 12, sheet_width(paper) - sum(MARGIN))
    return words + covered + key, y + 12 + height + 8 - top


def sheet_width(paper: Paper) -> int:
    """Return the width of a drawing with its names and margins."""
    return _left(paper) + paper.width + MARGIN[1]


def _left(paper: Paper) -> int:
    return paper.gutter + MARGIN[0]


def _headline(text: str, paper: Paper, x: int, y: int) -> tuple[str, int]:
    letters = (sheet_width(paper) - sum(MARGIN)) // 11
    lines = few_lines(text, letters, most=4)
    drawn = (
        element("text", drawn_text(line), x=str(x), y=str(y + _HEADLINE * number + 18), font_size="21",
                font_weight="700", font_family=SERIF)
        for number, line in enumerate(lines)
    )  # fmt: skip
    return "".join(drawn), y + _HEADLINE * len(lines)


def _foot(data: FigureData, paper: Paper, top: int) -> tuple[str, int]:
    """Return how to read the drawing, and where it comes from."""
    words = _KEY if data.blocks else "No statement in this record."
    key, y = _quiet_lines(words, paper, top, most=8)
    origin, y = _quiet_lines(
        f"{as_of_words(data.as_of)} {all_times(data.zone)} Drawn by flipflop.".strip(), paper, y, most=3
    )
    return key + origin, y + _LINE - top


def _quiet_lines(text: str, paper: Paper, y: int, *, most: int) -> tuple[str, int]:
    """Return text below a height in lines that fit on the sheet, and the height of the last one."""
    lines = few_lines(text, int((sheet_width(paper) - sum(MARGIN)) / 6), most=most)
    drawn = (
        element("text", drawn_text(line), class_="quiet", x=str(MARGIN[0] - _left(paper)), y=str(y + _LINE * number))
        for number, line in enumerate(lines, 1)
    )
    return "".join(drawn), y + _LINE * len(lines)


def hatch() -> str:
    """Return the pattern of a field in which a statement stood on record after another's position changed."""
    line = shape("path", class_="hatch", d="M-2 2 2-2M0 8 8 0M6 10 10 6")
    return element("defs", element("pattern", line, id="hatch", width="8", height="8", patternUnits="userSpaceOnUse"))


@cache
def drawing_style() -> str:
    """Return the rules of a drawing, with its colours and typeface as variables."""
    return files("flipflop.publish").joinpath("drawing.css").read_text(encoding="utf-8") + symbol_rules()


def resolved(theme: Theme) -> str:
    """Return the rules of a drawing with the colours of a theme in them, for programs that know no variables."""
    values = TYPEFACES | asdict(theme)
    return _VARIABLE.sub(lambda found: values[found[1].replace("-", "_")], drawing_style())
