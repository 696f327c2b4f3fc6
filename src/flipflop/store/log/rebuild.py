"""Makes the tables that follow from the log anew: after damage to them, and when a store is brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.records.codec import encode
from flipflop.records.events import Statement
from flipflop.store.log import what_counts

if TYPE_CHECKING:
    from flipflop.store.sql.tables import Tables


def rebuild(tables: Tables) -> None:
    """Work out from the log all that follows from it, in place of what is kept, in a transaction."""
    tables.forget()
    tables.restore()
    abouts = list(what_counts.abouts_by_the_log(tables))
    made = what_counts.worked_out(tables, abouts, tables.last()[0])
    with tables.working():
        tables.empty_derived()
        tables.set_abouts({(about.target, about.seq) for about in abouts})
        for seq, redacted in made.gone.items():
            tables.set_gone(seq, redacted=redacted)
        for seq, event in made.mended.items():
            if isinstance(event, Statement):
                tables.key(event.speaker)
            tables.set_mended(seq, encode(event), what_counts.moment_of(event, tables))
        rests: dict[int, list[tuple[bytes, int]]] = {}
        for (statement, judgement), words in made.rests.items():
            rests.setdefault(statement, []).append((words, judgement))
        for statement, words in made.worded.items():
            tables.set_worded(statement, words)
            tables.set_rests(statement, rests.get(statement, ()))
        tables.review_again(sorted(made.review))
        tables.note_coded(0)
