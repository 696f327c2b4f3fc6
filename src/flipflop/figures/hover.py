"""The words at the pointer: quotation, moment at its true precision, source, and what a reader must be warned of."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flipflop.figures.text import plotly_lines, plotly_text
from flipflop.figures.words import form_words
from flipflop.records.addresses import web_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.figures.data import Arc, Mark

_MOST_LINES = 14
"""plotly shows no label that is taller than the figure."""


def source_words(mark: Mark) -> str:
    """Return the source as a reader knows it: outlet and title, else the host of its address."""
    named = ", ".join(part for part in (mark.source_outlet, mark.source_title) if part)
    address = web_address(mark.source_url)
    return named or ((urlsplit(address).hostname or "") if address else mark.source_url)


def quoted(mark: Mark) -> str:
    """Return own words in quotation marks; anything else as it is, for it is nobody's quotation."""
    if mark.form not in ("", "quote") or not mark.text:
        return mark.text
    return mark.text if mark.text[0] in "\"“„«‘'" and mark.text[-1] in "\"”“»’'" else f"“{mark.text}”"  # noqa: RUF001 -- typographers' quotes


def notes(mark: Mark, shown: Callable[[str], str] = str) -> list[str]:
    """Return what a reader must know beside the words: how near they are, for whom, as told by whom, how sure we are.

    ``shown`` makes of a text of the record what it must be where it stands.
    """
    form = form_words(mark.form)
    found = [f"({form})" if form else "", *whose(mark, shown)]
    return [note for note in (*found, "coding to be looked at again" if mark.needs_review else "") if note]


def whose(mark: Mark, shown: Callable[[str], str] = str) -> list[str]:
    """Return for whom it was said and who passed it on, as far as it is known."""
    told = {"for": mark.on_behalf_of, "as told by": mark.attribution}
    return [f"{words} {shown(name)}" for words, name in told.items() if name]


def mark_hover(mark: Mark, name: str, letters: int) -> str:
    """Return the hover text of a mark, escaped for plotly."""
    head = f"<b>{plotly_text(name)}</b> · {mark.word}"
    quote = plotly_lines(quoted(mark), letters, most=_MOST_LINES - 6, more=" …")
    facts = [
        form_words(mark.form),
        mark.when,
        *whose(mark),
        f"Source: {source_words(mark)}" if mark.source_url or mark.source_title or mark.source_outlet else "",
        "(coding to be looked at again)" if mark.needs_review else "",
    ]
    below = [line for fact in facts if fact for line in plotly_lines(fact, letters, most=3)]
    if len(quote) + len(below) >= _MOST_LINES:
        below = [*below[: _MOST_LINES - 2 - len(quote)], "…"]
    return "<br>".join([head, *quote, *(f"<i>{line}</i>" for line in below)])


def arc_hover(arc: Arc, letters: int) -> str:
    """Return the hover text of a change, escaped for plotly."""
    return "<br>".join(f"<b>{line}</b>" for line in plotly_lines(arc.sentence, letters))
