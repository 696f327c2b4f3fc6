"""The store: a file, or a schema on a server, that only ever gains events. Parses nothing, draws nothing."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from itertools import chain, islice
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast
from weakref import finalize

from flipflop.errors import MissingExtraError, StoreError
from flipflop.store.log import append as recording
from flipflop.store.model import Appended, Located, checked_name
from flipflop.store.reader import Reader
from flipflop.store.sql.columns import moment
from flipflop.store.sql.tables import SCRUB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from flipflop.errors import Problem
    from flipflop.records.codec import Json
    from flipflop.records.events import Event
    from flipflop.store.backend import Backend
    from flipflop.store.log.seal import Seal
    from flipflop.store.model import Copies, Finding

Batch: TypeAlias = "Event | Located | Iterable[Event | Located | Problem]"
Log: TypeAlias = "Iterable[Mapping[str, Json] | tuple[int, Mapping[str, Json] | Problem]]"

DEFAULT_PATH = "flipflop.db"
DEFAULT_TIMEOUT = 30.0  # seconds that a writer waits for the writers before it


class Store(Reader):
    """A log of events in one SQLite file or on a PostgreSQL server (by URL), and what it says today.

    Every moment handed out is an aware datetime in UTC. Raises StoreError when there is no file and ``create`` is
    False, and for a directory, another program's file, a damaged one, or one that a newer flipflop wrote. A file or
    disk that can only be read is opened for reading.

    ``by`` is the name of who records: it stands in the stamps of what is appended, and the chain covers it. Without one
    nobody is named. Raises DataError for a blank one.
    """

    def __init__(
        self,
        where: str | PathLike[str] = DEFAULT_PATH,
        *,
        create: bool = True,
        read_only: bool = False,
        timeout: float = DEFAULT_TIMEOUT,
        by: str | None = None,
    ) -> None:
        self._by = checked_name(by)
        self._db = _opened(fspath(where), create=create, read_only=read_only, timeout=timeout)
        finalize(self, _close, self._db)
        self._tables = self._db.tables()
        if self._db.writable and SCRUB in self.settings:
            self._scrubbed()

    @classmethod
    def init(cls, where: str | PathLike[str] = DEFAULT_PATH, *, tz: str | None = None) -> Store:
        """Open a store, made if need be, and set its default zone; where that is None it stays as it is.

        A setting is no event: the last one holds, and what is recorded keeps the zone that it was read in. Raises
        DataError for a zone that does not exist.
        """
        if tz is not None:
            from flipflop.when.zones import zone_of

            tz = zone_of(tz).name
        store = cls(where)
        if tz is not None:
            with store._db.transaction(), store._tables.working():
                store._tables.set("tz", tz)
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. A store that is closed is of no more use."""
        self._db.close()

    def __repr__(self) -> str:
        return f"Store({self.name!r})"

    @property
    def name(self) -> str:
        """Where the store is, as it may be shown: a path, or a URL without its secrets."""
        return self._db.name

    @property
    def path(self) -> Path:
        """The file. Raises StoreError for a store on a server."""
        return self._db.path

    @property
    def settings(self) -> dict[str, str]:
        """All settings by name."""
        with self._db.told():
            return self._tables.settings()

    @property
    def writable(self) -> bool:
        """Whether events can be recorded: not where file, disk, role or server, or how it was opened, forbid it."""
        return self._db.writable

    def grant(self, role: str, to: str) -> None:
        """Let a role of the PostgreSQL server read (``"reader"``), or read and append (``"recorder"``)."""
        self._db.grant(role, to)

    @property
    def tz(self) -> str | None:
        """The zone of clock times that come without one, None if it was not set."""
        return self.settings.get("tz")

    @property
    def by(self) -> str | None:
        """The name under which is recorded, None for none."""
        return self._by

    @by.setter
    def by(self, name: str | None) -> None:
        self._by = checked_name(name)

    def drop_name(self) -> str | None:
        """Take out the name that version 0.1.0 kept here for judgements of whoever opened it, and return it.

        None where there is none. A role that may not take it out leaves it.
        """
        name = self.settings.get("by")
        if name is not None:
            with suppress(StoreError), self._db.transaction(), self._tables.working():
                self._tables.unset("by")
        return name

    # Recording

    def append(self, events: Batch, *, copies: Copies | None = None) -> Appended:
        """Record one event or many: all of them or, when anything is wrong with one, none.

        Of many, those that are recorded already are skipped; a single one raises DuplicateError. Raises DataError with
        every problem of the batch, located where the events are ``Located``, and StoreError when the store cannot be
        written. A ``Problem`` stands for an event that could not be read: it is told with the others. Memory does not
        grow with the number of events, but for six bytes each of the first four million; the ids that are returned lie
        in a temporary file when they are many.

        Where there are tables beside ours that may keep copies of words, such as a full-text index, a redaction raises
        StoreError unless ``copies`` says whether to drop or to keep them.
        """
        appender, result = self._append(events, keep=True, copies=copies)
        scrubbed = self._scrubbed() if appender.redacted else ()
        return result._replace(warnings=(*scrubbed, *result.warnings, *self._ahead()))

    def trial(self, events: Batch, *, look: Callable[[Appended], None] | None = None) -> Appended:
        """Do as ``append`` does, with all its checks, and then take it back: what would be recorded and skipped.

        ``look`` is called in between: it may read the store as it would be.
        """
        return self._append(events, keep=False, look=look)[1]

    def _append(
        self,
        events: Batch,
        *,
        keep: bool,
        copies: Copies | None = None,
        look: Callable[[Appended], None] | None = None,
    ) -> tuple[recording.Appender, Appended]:
        single = hasattr(events, "kind_of_event") or isinstance(events, Located)
        given = iter(cast("Iterable[Event | Located | Problem]", (events,) if single else events))
        first = list(islice(given, recording.LONG))  # before the lock is taken: a slow source holds nobody up
        long = len(first) == recording.LONG
        with self._writing(keep=keep, bulk=long):
            appender = recording.Appender(self._tables, now(), long=long, by=self._by)
            appender.copies = copies
            items = chain(first, given)
            del first
            while part := list(islice(items, recording.CHUNK)):
                appender.add(part)
            if single:
                appender.refuse_duplicate()
            appender.finish()
            result = appender.result()
            if look is not None:
                look(result)
            return appender, result

    @contextmanager
    def _writing(self, *, keep: bool = True, bulk: bool = False) -> Iterator[None]:
        """One transaction; what is remembered must not outlive one that is not kept, nor what others change."""
        kept = False
        try:
            with self._db.transaction(bulk=bulk):
                if self._db.changed():
                    self._tables.forget()
                yield
                if not keep:
                    self._db.undo()
            kept = keep
        finally:
            if not kept:
                self._tables.forget()

    def replay(self, lines: Log, *, file: str | None = None) -> Appended:
        """Put a log export into this store, which must be empty, as it was: the same stamps, the same chain.

        ``lines`` are its objects in order, with their line numbers or counted from 1; a ``Problem`` stands for a line
        that is no object. Raises DataError where a line is wrong or the chain does not hold, StoreError where the store
        is not empty.
        """
        return self._replay(lines, file, keep=True)

    def trial_replay(self, lines: Log, *, file: str | None = None) -> Appended:
        """Do as ``replay`` does, with all its checks, and then take it back."""
        return self._replay(lines, file, keep=False)

    def _replay(self, lines: Log, file: str | None, *, keep: bool) -> Appended:
        from flipflop.store.log.replay import Replayer, lines_of

        with self._writing(keep=keep, bulk=True):
            if self._tables.last()[0]:
                raise StoreError(f"{self.name} is not empty: a log is replayed into a new store; import it instead")
            replayer = Replayer(self._tables)
            result = replayer.replay(lines_of(lines), file)
        return result._replace(warnings=self._scrubbed()) if keep and replayer.redacted else result

    def verify(self, *, sealed: Iterable[Seal] = ()) -> list[Finding]:
        """Recompute ids, chain and what follows from them, and check the file: all that does not hold, or nothing.

        With seals, from ``seal()`` or ``flipflop.store.read_seals``, also that nothing up to them is missing or
        changed.
        """
        from flipflop.store.log import seal
        from flipflop.store.log.verify import verify

        with self._db.snapshot():
            return [*verify(self._tables), *seal.against(self._tables, sealed)]

    def rebuild(self) -> None:
        """Make all tables anew that follow from the log, as ``verify`` may ask for; what was recorded stays as it is.

        Raises StoreError where a table of what was recorded cannot be read, or something else than the owner asks.
        """
        from flipflop.store.log.rebuild import rebuild

        with self._writing():
            rebuild(self._tables)

    def seal(self) -> Seal:
        """Return the head of the chain, to publish or sign: who holds it can tell later whether anything was changed.

        Raises StoreError where nothing is recorded, and where the store does not verify.
        """
        from flipflop.store.log.seal import sealed
        from flipflop.store.log.verify import verify

        with self._db.snapshot():
            return sealed(self._tables, verify(self._tables))

    def notices(self) -> tuple[str, ...]:
        """Return what a keeper should know though the record holds: nothing of it is a finding of ``verify``.

        That is a stamp that lies ahead of this machine's clock, a folder that is shared or synced, and what runs that
        were killed left beside the store and its copies.
        """
        return (*self._ahead(), *(() if "://" in self.name else _notices_of_file(self)))

    def _ahead(self) -> tuple[str, ...]:
        with self._db.told():
            stamp = self._tables.last()[1]
        if stamp <= now() + _SKEW:
            return ()
        from flipflop.when.telling import second_words

        return (_AHEAD.format(stamp=second_words(moment(stamp), "UTC")),)

    def backup(self, path: str | PathLike[str], *, force: bool = False) -> Path:
        """Write a consistent, verified copy to a new file while the store is in use.

        It is noted among the exports where the store, and its disk, can be written. Raises StoreError where there is a
        file already, unless ``force``, and where the copy does not verify.
        ``flipflop.store.restore`` puts it back.
        """
        from flipflop.store.sqlite.backup import write_backup

        target = Path(path)
        write_backup(self._db, target, force=force, verify=_findings)
        if self._db.writable:
            with suppress(StoreError):  # a full disk: that is why somebody saves the record elsewhere
                self.exported(target)
        return target

    def _scrubbed(self) -> tuple[str, ...]:
        """Erase the bytes of what was redacted; return what could not be done, which the next opening tries again."""
        try:
            hindrance = self._db.scrub()
            if hindrance is None:
                with self._db.transaction(), self._tables.working():
                    self._tables.unset(SCRUB)
        except StoreError as error:
            return (f"the redaction is recorded, but its bytes are not erased yet: {error}",)
        return () if hindrance is None else (f"the redaction is recorded, but {hindrance}",)

    def exported(self, path: str | PathLike[str]) -> None:
        """Note that a copy was written to ``path``, so that a later redaction can say where copies went."""
        with self._db.transaction():
            name = str(Path(path).absolute()).encode(errors="backslashreplace").decode()  # one may hold any bytes
            self._tables.note_export(now(), name, self._tables.head())


_SKEW = 60_000_000
"""Microseconds that clocks of machines may differ: a long batch gets stamps up to a second or so ahead, too."""
_AHEAD = (
    "the last event is stamped {stamp}, which is later than now: a clock ran ahead when it was "
    "recorded, or runs behind now; every further event gets a stamp after it"
)


def _notices_of_file(store: Store) -> Iterator[str]:
    from flipflop.store.sqlite.place import risk_of
    from flipflop.text.unfinished import left_in

    if risk := risk_of(store.path):
        yield risk
    copies = [Path(copy.path) for copy in store.exports()]
    folders = {store.path.parent, *(copy.parent for copy in copies), *copies}
    for path in sorted({left for folder in folders for left in left_in(folder)}):
        yield f"{path} is left of a run that was killed, and may hold words of the record: take it away"


def now() -> int:
    """Return what the machine's clock says, in microseconds since 1970, UTC: the moment of recording."""
    return time.time_ns() // 1000


def _findings(copy: Path) -> list[Finding]:
    """Return what does not hold in a copy; an older schema is brought up to date."""
    with Store(copy, create=False) as store:
        return store.verify()


def _close(database: Backend) -> None:
    """Close what nobody closed, unless it is another process's or thread's to close."""
    with suppress(StoreError), database.told("close"):
        database.close()


def _opened(where: str, *, create: bool, read_only: bool, timeout: float) -> Backend:
    """Return the store at a path or URL. Raises StoreError, and MissingExtraError for a URL without psycopg."""
    if not where.startswith(("postgresql://", "postgres://")):
        from flipflop.store.sqlite.connection import Database

        return Database(Path(where), create=create, read_only=read_only, timeout=timeout)
    try:
        import psycopg as _  # noqa: F401  # whether it is there
    except ImportError:  # psycopg, or the libpq that it needs, is missing
        raise MissingExtraError("a store on a PostgreSQL server", "postgres") from None
    from flipflop.store.postgres.connection import Server

    return Server(where, create=create, read_only=read_only, timeout=timeout)
