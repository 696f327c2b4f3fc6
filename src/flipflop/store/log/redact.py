"""Legal removal: the body of an event goes from every table, and no byte of it stays in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.errors import StoreError
from flipflop.store.sql.kinds import KINDS
from flipflop.store.sql.tables import SCRUB

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flipflop.store.log.settling import Settling
    from flipflop.store.model import Copies
    from flipflop.store.sql.tables import Tables


def see_to_copies(tables: Tables, copies: Copies | None) -> None:
    """Drop or leave what others keep beside the store. Raises StoreError where nobody has said which."""
    if copies == "keep" or not (strangers := tables.strangers()):
        return
    if copies is None:
        raise StoreError(
            f"{', '.join(strangers)} beside the store may keep the words that are redacted: nothing was done; say "
            "--drop-copies (copies='drop') to drop them too, or --keep-copies (copies='keep') where they hold none"
        )
    tables.drop_strangers()


def purge(tables: Tables, seqs: Sequence[int], settling: Settling) -> tuple[str, ...]:
    """Delete the bodies of redacted events, of the corrections that carry their words, and words nobody uses any more.

    Return the ids of other events that still hold the words.
    """
    stamps = tables.stamps(seqs)
    words: list[str | None] = []
    for seq in seqs:
        kind = stamps[seq][1]
        original = tables.body(kind, seq)
        words += [getattr(original, field, None) for field in KINDS[kind].quoted]
        for about in tables.abouts(seq):
            if about.kind == "correction":
                tables.delete_body("correction", about.seq)
        tables.delete_body(kind, seq)
    with tables.working():
        for seq in seqs:
            settling.purged(seq, stamps[seq][1], tables.targets(seq, seq).get(seq, ()))
        tables.drop_coded(seqs)
        tables.drop_unused_words(_word_columns())
        tables.set(SCRUB, "due")
    return tuple(dict.fromkeys(event_id for text in words if text for event_id in tables.holding(text)))


def _word_columns() -> Iterable[tuple[str, str]]:
    """Every column that holds keys of words."""
    for name, kind in KINDS.items():
        yield from ((name, column.name) for column in kind.columns if column.holds == "word")
    yield "event", "recorded_by"
    yield from (("mended", "speaker"), ("coded", "speaker"), ("coded", "topic"), ("coded", "coder"))
