"""Statements in full, as a person reads them at a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from flipflop.cli.terminal import visible, width
from flipflop.text.quotations import quotation_line, whose
from flipflop.text.sources import NONE_RECORDED, source_details, source_words
from flipflop.when.telling import Moment, moment_words

if TYPE_CHECKING:
    import pandas as pd

    from flipflop.records import Source, Statement


def block(statement: Statement, name: str, event_id: str, *, behalf: str = "", tz: str) -> str:
    """Return who said it when, the words in full, and where they can be checked."""
    lines = [
        f"{event_id[:8]}  {name}, {moment_words(statement.said, tz)}",
        *_indented(quotation_line(statement.text, statement.form)),
        *(f"    {told}" for told in whose(behalf, " > ".join(statement.attribution or ()))),
    ]
    if statement.context:
        lines += _indented(f"Context: {statement.context}")
    return visible("\n".join([*lines, f"    Source: {_source(statement.source, tz)}"]))


def words_of_moments(statements: pd.DataFrame, tz: str) -> dict[str, str]:
    """Return the moment of each statement in words, by its id."""
    zones = [zone if isinstance(zone, str) else None for zone in statements["tz"]]
    columns = ("statement_id", "said_from", "said_until", "precision", "approximate")
    return {
        str(one): moment_words(Moment(start.to_pydatetime(), end.to_pydatetime(), precision, bool(about), own), tz)
        for one, start, end, precision, about, own in zip(*(statements[name] for name in columns), zones, strict=True)
    }


def _source(source: Source | None, tz: str) -> str:
    """The source in words, and its address in full."""
    if source is None:
        return NONE_RECORDED
    url, published = source.url or "", moment_words(source.published, tz) if source.published else ""
    named = source_words(url, source.outlet or "", source.title or "")
    address = [url] if url not in ("", named) else []
    return ", ".join([named, *source_details(source.author or "", published), *address])


def _indented(text: str) -> list[str]:
    lines = []
    for paragraph in visible(text).split("\n"):
        lines += textwrap.wrap(paragraph, max(20, width() - 4), break_long_words=False, break_on_hyphens=False) or [""]
    return [f"    {line}".rstrip() for line in lines]
