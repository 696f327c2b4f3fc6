"""Reading events back: the log as it was written, and what of it counts. Knows nothing of frames."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flipflop.errors import DataError, StoreError
from flipflop.store.model import Exported, Recorded
from flipflop.store.sql.columns import moment
from flipflop.store.sql.kinds import ABOUT_KINDS, KIND_CODES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from flipflop.store.log.what_counts import State
    from flipflop.store.sql.tables import Tables

CHUNK = 1000


def log(tables: Tables, last: int, first: int = 1) -> Iterator[Recorded]:
    """Yield the events from one seq to another as they were recorded."""
    for start in range(first, last + 1, CHUNK):
        yield from chunk(tables, start, min(start + CHUNK - 1, last))


def chunk(tables: Tables, first: int, last: int) -> list[Recorded]:
    """Return the events of a short range of seqs as they were recorded."""
    stamps = tables.stamps(range(first, last + 1))  # before the bodies: of what is damaged it says which event it is
    bodies = {seq: event for kind in KIND_CODES for seq, event in tables.bodies(kind, first, last)}
    abouts, recorders = tables.targets(first, last), tables.recorders(first, last)
    ids = {seq: s[0].hex() for seq, s in tables.stamps({t for targets in abouts.values() for t in targets}).items()}
    return [
        Recorded(
            seq,
            event_id.hex(),
            kind,
            moment(recorded_at),
            link.hex(),
            bodies.get(seq),
            tuple(ids[target] for target in abouts.get(seq, ())) if kind in ABOUT_KINDS else (),
            recorders.get(seq),
        )
        for seq, (event_id, kind, recorded_at, link) in stamps.items()
    ]


def one(tables: Tables, seq: int) -> Recorded:
    """Return one event as it was recorded."""
    return chunk(tables, seq, seq)[0]


def counting(tables: Tables, state: State, kinds: Collection[str] | None = None) -> Iterator[Recorded]:
    """Yield what counts, corrections applied."""
    for record in log(tables, state.last):
        if record.seq not in state.gone and record.event is not None and (kinds is None or record.kind in kinds):
            yield record._replace(event=state.mended.get(record.seq, record.event))


def exports(tables: Tables) -> tuple[Exported, ...]:
    """Return the copies that were written, in order."""
    return tuple(
        Exported(moment(at), path, None if head is None else head.hex()) for at, path, head in tables.exports()
    )


@contextmanager
def damage_told(tables: Tables) -> Iterator[None]:
    """Say of what goes wrong while rows are read that the store is damaged, where it is."""
    try:
        yield
    except (LookupError, TypeError, ValueError, OverflowError, sqlite3.OperationalError) as error:
        from flipflop.store.log.verify import verify

        if isinstance(error, sqlite3.OperationalError) and "decode" not in str(error):
            raise  # the file, not what is recorded in it
        if isinstance(error, DataError) or not (findings := verify(tables)):
            raise
        which = next((finding for finding in findings if finding.seq is not None), findings[0])
        raise StoreError(f"the store is damaged: {which}; see: flipflop verify") from error
