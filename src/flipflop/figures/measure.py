"""How wide text is, on the safe side, where nobody can ask a browser; and lines that fit. Knows no figure."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from flipflop.text.shortening import shared_words, without_middle
from flipflop.text.visible import in_direction, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

_EM: Final = {
    **dict.fromkeys("fijlrt", 0.43),
    **dict.fromkeys(".,;:'|!()[]-", 0.4),
    **dict.fromkeys("mw", 0.95),
    **dict.fromkeys("MW@%—…", 1.04),
    " ": 0.32,
}
"""Widths as parts of the size of type, of the widest face that the font lists end in (DejaVu Serif)."""
_BOLD: Final = 1.1
_CUT: Final = 1.4


def width(text: str, size: int, *, bold: bool = False) -> float:
    """Return about how many pixels a line takes, rather too many than too few.

    >>> round(width("12 h 55 min", 12)), round(width("中文", 10))
    (75, 21)
    """
    return sum(map(_em, text)) * size * (_BOLD if bold else 1)


def fitted(text: str, pixels: float, size: int, *, bold: bool = False, most: int = 1000) -> list[str]:
    """Break text, made visible, into lines of at most so many pixels; what is left out is marked with " …".

    Paragraphs stay apart, a word wider than a line is broken.

    >>> fitted("We will form a unit.", 90, 12)
    ['We will form', 'a unit.']
    """
    ems = pixels / size / (_BOLD if bold else 1)
    paragraphs = visible(text).split("\n")
    lines = [line for paragraph in paragraphs for line in in_direction(_lines(paragraph, ems), paragraph)]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{_lines(lines[most - 1], ems - _CUT)[0]} …"]


def fitted_names(
    names: Iterable[str], pixels: float, size: int, *, bold: bool = False, most: int
) -> dict[str, list[str]]:
    """Return the lines of several names: of those that begin alike and have no room the part that differs stays."""

    def fits(text: str) -> bool:
        return len(fitted(text, pixels, size, bold=bold)) <= most

    told = {
        name: without_middle(name, shared, fits) if shared and not fits(name) else name
        for name, shared in shared_words(names).items()
    }
    return {name: fitted(text, pixels, size, bold=bold, most=most) for name, text in told.items()}


def _lines(paragraph: str, ems: float) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for word in _words(paragraph, ems):
        wide = sum(map(_em, word))
        if line and used + _EM[" "] + wide > ems:
            lines.append(line)
            line, used = word, wide
        else:
            line, used = (f"{line} {word}", used + _EM[" "] + wide) if line else (word, wide)
    return [*lines, line] if line else lines


def _words(paragraph: str, ems: float) -> list[str]:
    """Return the words, those that are wider than a line in pieces."""
    pieces: list[str] = []
    for word in paragraph.split():
        piece, used = "", 0.0
        for letter in word:
            if piece and used + _em(letter) > ems:
                pieces.append(piece)
                piece, used = "", 0.0
            piece, used = piece + letter, used + _em(letter)
        pieces.append(piece)
    return pieces


def _em(letter: str) -> float:
    known = _EM.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if letter.isascii():
        return 0.88 if letter.isupper() else 0.65
    return 0.8
