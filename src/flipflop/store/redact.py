"""Legal removal: the body of an event goes from every table, and no byte of it stays in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.store.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flipflop.store.tables import Tables


def purge(tables: Tables, seqs: Sequence[int]) -> None:
    """Delete the bodies of redacted events, of the corrections that carry their words, and words nobody uses any more."""
    stamps = tables.stamps(seqs)
    for seq in seqs:
        kind = stamps[seq][1]
        for about in tables.abouts(seq):
            if about.kind == "correction":
                tables.delete_body("correction", about.seq)
        tables.delete_body(kind, seq)
        tables.drop_mended(seq)
    tables.drop_coded(seqs)
    tables.drop_unused_words(_word_columns())


def _word_columns() -> Iterable[tuple[str, str]]:
    """Every column that holds keys of words."""
    for kind, columns in COLUMNS.items():
        for column in columns:
            if column.holds == "word":
                yield kind, column.name
    yield from (("mended", "speaker"), ("coded", "speaker"), ("coded", "topic"), ("coded", "coder"))
