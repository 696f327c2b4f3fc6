"""Statements in full, as a person reads them at a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from flipflop.cli.terminal import visible, width
from flipflop.when import moment_words

if TYPE_CHECKING:
    import pandas as pd

    from flipflop.records import Statement


def block(statement: Statement, name: str, event_id: str, *, tz: str) -> str:
    """Return who said it when, the words in full, and where they can be checked."""
    said = statement.said
    rough = " (approximate)" if said.approximate else ""
    lines = [
        f"{event_id[:8]}  {name}, {moment_words(said.start, said.end, said.precision, said.tz, tz=tz)}{rough}",
        *_indented(_quoted(statement)),
    ]
    if statement.on_behalf_of:
        lines.append(f"    on behalf of {statement.on_behalf_of}")
    if statement.attribution:
        lines.append(f"    as told by {' > '.join(statement.attribution)}")
    if statement.context:
        lines += _indented(f"Context: {statement.context}")
    source = statement.source
    if source is not None:
        printed = f"published {source.published.text}" if source.published else None
        parts = [part for part in (source.outlet, source.title, source.author, printed, source.url) if part]
        lines.append(f"    Source: {', '.join(parts)}")
    return visible("\n".join(lines))


def words_of_moments(statements: pd.DataFrame, tz: str) -> dict[str, str]:
    """Return the moment of each statement in words, by its id."""
    zones = [zone if isinstance(zone, str) else None for zone in statements["tz"]]
    cells = (statements[name] for name in ("statement_id", "said_from", "said_until", "precision"))
    return {
        str(one): moment_words(start.to_pydatetime(), end.to_pydatetime(), precision, own, tz=tz)
        for one, start, end, precision, own in zip(*cells, zones, strict=True)
    }


def _quoted(statement: Statement) -> str:
    """The words: in quotation marks where they are the speaker's own, else marked as what they are."""
    if statement.form == "quote":
        return f"“{statement.text}”"
    return f"[{statement.form}] {statement.text}"


def _indented(text: str) -> list[str]:
    lines = []
    for paragraph in visible(text).split("\n"):
        lines += textwrap.wrap(paragraph, max(20, width() - 4), break_long_words=False, break_on_hyphens=False) or [""]
    return [f"    {line}".rstrip() for line in lines]
