"""Legal removal: the body of an event goes from every table, and no byte of it stays in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.store.sql.columns import COLUMNS
from flipflop.store.sql.tables import SCRUB

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flipflop.store.sql.tables import Tables


_TELLING = {"statement": "text", "speaker": "name", "topic": "proposition", "coding": "rationale", "ruling": "note"}
"""The field of each kind that other events may quote."""


def purge(tables: Tables, seqs: Sequence[int]) -> tuple[str, ...]:
    """Delete the bodies of redacted events, of the corrections that carry their words, and words nobody uses any more.

    Return the ids of other events that still hold the words.
    """
    stamps = tables.stamps(seqs)
    words = []
    for seq in seqs:
        kind = stamps[seq][1]
        original = tables.body(kind, seq)
        words.append(getattr(original, _TELLING.get(kind, ""), None))
        for about in tables.abouts(seq):
            if about.kind == "correction":
                tables.delete_body("correction", about.seq)
        tables.delete_body(kind, seq)
        tables.set_review(seq, needed=False)
    tables.drop_coded(seqs)
    tables.drop_unused_words(_word_columns())
    tables.set(SCRUB, "due")
    return tuple(dict.fromkeys(event_id for text in words if text for event_id in tables.holding(text)))


def _word_columns() -> Iterable[tuple[str, str]]:
    """Every column that holds keys of words."""
    for kind, columns in COLUMNS.items():
        for column in columns:
            if column.holds == "word":
                yield kind, column.name
    yield from (("mended", "speaker"), ("coded", "speaker"), ("coded", "topic"), ("coded", "coder"))
