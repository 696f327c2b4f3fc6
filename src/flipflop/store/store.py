"""The store: one SQLite file that only ever gains events. Parses nothing, draws nothing."""

from __future__ import annotations

import time
from itertools import chain, islice
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, cast

from flipflop.errors import StoreError
from flipflop.store import append, read, state
from flipflop.store.columns import micros, moment
from flipflop.store.connection import Database
from flipflop.store.model import Appended, Exported, Located
from flipflop.store.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime
    from types import TracebackType

    from flipflop.records.events import Event
    from flipflop.store.model import Recorded

DEFAULT_PATH = "flipflop.db"
DEFAULT_TIMEOUT = 30.0
"""Seconds that a writer waits for the writers before it."""


class Store:
    """A log of events in one file, and what it says today.

    Every moment handed out is an aware datetime in UTC. Raises StoreError when there is no file and ``create`` is False,
    and for a directory, another program's file, a damaged one, or one that a newer flipflop wrote. A file or disk that can
    only be read is opened for reading.
    """

    def __init__(
        self,
        where: str | PathLike[str] = DEFAULT_PATH,
        *,
        create: bool = True,
        read_only: bool = False,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        text = fspath(where)
        if text.startswith(("postgresql://", "postgres://")):
            raise StoreError("stores on a PostgreSQL server are not there yet; name a file")
        self._db = Database(Path(text), create=create, read_only=read_only, timeout=timeout)
        self._tables = Tables(self._db.sql)

    @classmethod
    def init(cls, where: str | PathLike[str] = DEFAULT_PATH, *, tz: str | None = None, by: str | None = None) -> Store:
        """Open a store, made if need be, and set its default zone and name; what is None stays as it is.

        Settings are no events: the last one holds, and what is recorded keeps the zone that it was read in.
        """
        store = cls(where)
        given = {name: value for name, value in (("tz", tz), ("by", by)) if value is not None}
        if given:
            with store._db.transaction():
                for name, value in given.items():
                    store._tables.set(name, value)
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. A store that is closed is of no more use."""
        self._db.close()

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r})"

    @property
    def path(self) -> Path:
        """Where the store is."""
        return self._db.path

    @property
    def settings(self) -> dict[str, str]:
        """All settings by name."""
        with self._db.told():
            return self._tables.settings()

    @property
    def tz(self) -> str | None:
        """The zone of clock times that come without one, None if it was not set."""
        return self.settings.get("tz")

    @property
    def by(self) -> str | None:
        """The name under which judgements are recorded that come without one, None if it was not set."""
        return self.settings.get("by")

    # Recording

    def append(self, events: Event | Located | Iterable[Event | Located]) -> Appended:
        """Record one event or many: all of them or, when anything is wrong with one, none.

        Of many, those that are recorded already are skipped; a single one raises DuplicateError. Raises DataError with every
        problem of the batch, located where the events are ``Located``, and StoreError when the store cannot be written.
        Memory does not grow with the number of events, but for 16 bytes each.
        """
        single = hasattr(events, "kind_of_event") or isinstance(events, Located)
        items = iter((events,) if single else cast("Iterable[Event | Located]", events))
        given = map(append.given, cast("Iterator[Event | Located]", items))
        first = list(islice(given, append.CHUNK))  # read before the lock is taken, so that a slow source holds nobody up
        try:
            with self._db.transaction():
                appender = append.Appender(self._tables, _now())
                for part in chain([first], iter(lambda: list(islice(given, append.CHUNK)), [])):
                    appender.add(part)
                if single:
                    appender.refuse_duplicate()
                appender.finish()
                result = appender.result()
        except BaseException:
            self._tables.forget()
            raise
        return result

    # Reading

    def log(self) -> Iterator[Recorded]:
        """Yield everything that was ever recorded, in order; the event is None where it was redacted."""
        with self._db.told():
            yield from read.log(self._tables, self._tables.last()[0])

    def events(self, *, as_of: datetime | None = None, kinds: Collection[str] | None = None) -> Iterator[Recorded]:
        """Yield what counts (at an earlier moment, of some kinds), corrections applied, in the order of recording."""
        with self._db.told():
            yield from read.counting(self._tables, self._state(as_of), kinds)

    def head(self) -> str | None:
        """Return the chain at the last event as 32 hex digits, None for an empty store."""
        with self._db.told():
            seq, _, head = self._tables.last()
        return head.hex() if seq else None

    def exported(self, path: str | PathLike[str]) -> None:
        """Note that a copy was written to ``path``, so that a later redaction can say where copies went."""
        with self._db.transaction():
            seq, _, head = self._tables.last()
            self._tables.note_export(_now(), str(Path(path).absolute()), head if seq else None)

    def exports(self) -> tuple[Exported, ...]:
        """Return the copies that were written, in order."""
        with self._db.told():
            return tuple(
                Exported(moment(at), path, None if head is None else head.hex())
                for at, path, head in self._tables.exports()
            )

    def _state(self, as_of: datetime | None) -> state.State:
        if as_of is None:
            return state.now(self._tables)
        return state.at(self._tables, self._tables.bound(micros(as_of)))


def _now() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000
