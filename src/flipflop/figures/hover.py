"""The words at the pointer: quotation, moment at its true precision, source, and what a reader must be warned of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.figures.text import plotly_lines, plotly_text

if TYPE_CHECKING:
    from flipflop.figures.data import Arc, Mark

_MOST_LINES = 14
"""plotly shows no label that is taller than the figure."""


def mark_hover(mark: Mark, name: str, letters: int) -> str:
    """Return the hover text of a mark, escaped for plotly."""
    head = f"<b>{plotly_text(name)}</b> · {mark.word}"
    quote = plotly_lines(mark.quoted, letters, most=_MOST_LINES - 6, more=" …")
    facts = [mark.when, *mark.notes(), f"Source: {mark.source}"]
    below = [line for fact in facts for line in plotly_lines(fact, letters, most=3)]
    if len(quote) + len(below) >= _MOST_LINES:
        below = [*below[: _MOST_LINES - 2 - len(quote)], "…"]
    return "<br>".join([head, *quote, *(f"<i>{line}</i>" for line in below)])


def arc_hover(arc: Arc, letters: int) -> str:
    """Return the hover text of a change, escaped for plotly."""
    return "<br>".join(f"<b>{line}</b>" for line in plotly_lines(arc.sentence, letters))
