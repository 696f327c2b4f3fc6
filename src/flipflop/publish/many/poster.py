"""The counts of a large record as a complete SVG file: headline, coverage, drawing, key; without a script or a link."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from flipflop.figures.many_build import many_data
from flipflop.figures.text import few_lines
from flipflop.figures.theme import FONT, SERIF, Theme, theme_of
from flipflop.publish.many.bars import drawn_counts
from flipflop.publish.markup import drawn_text, element, shape
from flipflop.text.numbers import as_of_words
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from flipflop.figures.many import Many

_WIDTH: Final = 1040
_MARGIN: Final = 20
_ROOM: Final = 800
_LINE: Final = 18
_HEADLINE: Final = 26


def counts_picture(
    positions: pd.DataFrame,
    *,
    tz: str = "UTC",
    title: str | None = None,
    as_of: datetime | None = None,
    theme: str = "light",
) -> tuple[str, str, str]:
    """Return the counts as a complete SVG file, its headline, and what it shows in plain words.

    Text is escaped and shown literally. Raises DataError for positions, a zone or a theme that do not fit.
    """
    many, colours = many_data(positions, tz=tz, as_of=as_of), theme_of(theme)
    drawn, name = drawn_counts(many, room=_ROOM), title or many.headline
    alt = f"{many.coverage}. {drawn.alt}"
    head, top = _head(name, many)
    plot = element("svg", drawn.markup, x=str(_MARGIN), y=str(top), width=str(_WIDTH - 2 * _MARGIN),
                   height=str(drawn.height), overflow="visible")  # fmt: skip
    foot, height = _foot(drawn.key, many, top + drawn.height)
    ground = shape("rect", width=str(_WIDTH), height=str(height), fill=colours.paper)
    told = element("title", drawn_text(name)) + element("desc", drawn_text(alt))
    inside = told + element("style", _rules(colours)) + ground + head + plot + foot
    size = {"width": str(_WIDTH), "height": str(height), "viewbox": f"0 0 {_WIDTH} {height}"}
    return element("svg", inside, xmlns="http://www.w3.org/2000/svg", role="img", **size), name, alt


def _head(name: str, many: Many) -> tuple[str, int]:
    lines = few_lines(name, _WIDTH // 12, most=4)
    drawn = [
        element("text", drawn_text(line), class_="headline", x=str(_MARGIN), y=str(38 + _HEADLINE * number))
        for number, line in enumerate(lines)
    ]
    top = 38 + _HEADLINE * len(lines)
    drawn.append(element("text", drawn_text(f"{many.coverage}."), x=str(_MARGIN), y=str(top)))
    return "".join(drawn), top + 16


def _foot(key: str, many: Many, top: int) -> tuple[str, int]:
    """Return how to read the drawing, and how high all is together."""
    record = f"{as_of_words(many.as_of)} {all_times(many.zone)} Drawn by flipflop.".strip()
    lines = [*few_lines(key, _WIDTH // 7, most=4), record]
    drawn = (
        element("text", drawn_text(line), x=str(_MARGIN), y=str(top + 8 + _LINE * number))
        for number, line in enumerate(lines, 1)
    )
    return "".join(drawn), top + 8 + _LINE * (len(lines) + 1)


def _rules(theme: Theme) -> str:
    colours = asdict(theme)
    looks = "".join(f".look-{look}{{color:{colours[look]}}}" for look in ("support", "unclear", "oppose"))
    return (
        f"text{{font:12px {FONT};fill:{theme.quiet}}}.name{{font-size:13px;font-weight:700;fill:{theme.ink}}}"
        f".headline{{font:700 21px {SERIF};fill:{theme.ink}}}.base{{fill:{theme.line}}}"
        f".tick{{fill:{theme.grid}}}{looks}"
    )
