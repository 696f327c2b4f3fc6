"""Text for plotly: wrapped, in its direction, and taken literally."""

from __future__ import annotations

import textwrap
import unicodedata

from flipflop.text.visible import in_direction, isolated, visible

_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})  # $…$ would become TeX in a notebook


def plotly_text(text: str) -> str:
    """Return the text so that plotly shows it literally: its pseudo-HTML, entities and TeX are switched off.

    >>> plotly_text("<b>5 $ & more</b>")
    '&lt;b&gt;5 &#36; &amp; more&lt;/b&gt;'
    """
    return isolated(visible(text)).translate(_MARKUP)


def plotly_lines(text: str, width: int, *, most: int = 1000, more: str = "…") -> list[str]:
    """Wrap to lines of about ``width`` Latin letters, escaped for plotly; what is left out is marked with ``more``."""
    return [plotly_text(line) for line in few_lines(text, width, most=most, more=more)]


def few_lines(text: str, width: int, *, most: int, more: str = "…") -> list[str]:
    """Wrap to at most so many lines; what is left out is marked with ``more``."""
    lines = wrapped(text, width)
    return [*lines[: most - 1], lines[most - 1].rstrip() + more] if len(lines) > most else lines


def wrapped(text: str, width: int) -> list[str]:
    """Wrap to lines of about ``width`` Latin letters, or half as many wide ones; paragraphs stay apart."""
    shown = visible(text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in shown)
    columns = max(8, width // 2 if 3 * wide > len(shown) else width)
    paragraphs = (textwrap.wrap(paragraph, columns, break_on_hyphens=False) for paragraph in shown.split("\n"))
    return [
        line for lines, whole in zip(paragraphs, shown.split("\n"), strict=True) for line in in_direction(lines, whole)
    ]
