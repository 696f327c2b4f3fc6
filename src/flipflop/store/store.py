"""The store: a file, or a schema on a server, that only ever gains events. Parses nothing, draws nothing."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from itertools import chain, islice
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast
from weakref import finalize

from flipflop.errors import StoreError
from flipflop.store import append as recording, clock, lookup, read, state
from flipflop.store.backend import opened
from flipflop.store.model import Appended, Exported, Located
from flipflop.store.tables import SCRUB

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from pandas import DataFrame

    from flipflop.errors import Problem
    from flipflop.records.events import Event, Json
    from flipflop.store.backend import Backend
    from flipflop.store.clock import Moment
    from flipflop.store.model import Finding, Recorded
    from flipflop.store.seal import Seal

Batch: TypeAlias = "Event | Located | Iterable[Event | Located | Problem]"
Log: TypeAlias = "Iterable[Mapping[str, Json] | tuple[int, Mapping[str, Json] | Problem]]"

DEFAULT_PATH = "flipflop.db"
DEFAULT_TIMEOUT = 30.0  # seconds that a writer waits for the writers before it


class Store:
    """A log of events in one SQLite file or on a PostgreSQL server (by URL), and what it says today.

    Every moment handed out is an aware datetime in UTC. Raises StoreError when there is no file and ``create`` is
    False, and for a directory, another program's file, a damaged one, or one that a newer flipflop wrote. A file or
    disk that can only be read is opened for reading.
    """

    def __init__(
        self,
        where: str | PathLike[str] = DEFAULT_PATH,
        *,
        create: bool = True,
        read_only: bool = False,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        self._db = opened(fspath(where), create=create, read_only=read_only, timeout=timeout)
        finalize(self, _close, self._db)
        self._tables = self._db.tables()
        if self._db.writable and SCRUB in self.settings:
            self._scrubbed()

    @classmethod
    def init(cls, where: str | PathLike[str] = DEFAULT_PATH, *, tz: str | None = None, by: str | None = None) -> Store:
        """Open a store, made if need be, and set its default zone and name; what is None stays as it is.

        Settings are no events: the last one holds, and what is recorded keeps the zone that it was read in. Raises
        DataError for a zone that does not exist.
        """
        if tz is not None:
            from flipflop.when.zones import zone_of

            tz = zone_of(tz).name
        store = cls(where)
        given = {name: value for name, value in (("tz", tz), ("by", by)) if value is not None}
        if given:
            with store._db.transaction():
                for name, value in given.items():
                    store._tables.set(name, value)
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
        """The name under which judgements are recorded that come without one, None if it was not set."""
        return self.settings.get("by")

    # Recording

    def append(self, events: Batch) -> Appended:
        """Record one event or many: all of them or, when anything is wrong with one, none.

        Of many, those that are recorded already are skipped; a single one raises DuplicateError. Raises DataError with
        every problem of the batch, located where the events are ``Located``, and StoreError when the store cannot be
        written. A ``Problem`` stands for an event that could not be read: it is told with the others. Memory does not
        grow with the number of events, but for six bytes each of the first four million; the ids that are returned lie
        in a temporary file when they are many.
        """
        appender, result = self._append(events, keep=True)
        return result._replace(warnings=(*self._scrubbed(), *result.warnings)) if appender.redacted else result

    def trial(self, events: Batch) -> Appended:
        """Do as ``append`` does, with all its checks, and then take it back: what would be recorded and skipped."""
        return self._append(events, keep=False)[1]

    def _append(self, events: Batch, *, keep: bool) -> tuple[recording.Appender, Appended]:
        single = hasattr(events, "kind_of_event") or isinstance(events, Located)
        given = iter(cast("Iterable[Event | Located | Problem]", (events,) if single else events))
        first = list(islice(given, recording.LONG))  # before the lock is taken: a slow source holds nobody up
        long = len(first) == recording.LONG
        with self._writing(keep=keep, bulk=long):
            appender = recording.Appender(self._tables, clock.now(), long=long)
            items = chain(first, given)
            del first
            while part := list(islice(items, recording.CHUNK)):
                appender.add(part)
            if single:
                appender.refuse_duplicate()
            appender.finish()
            return appender, appender.result()

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
        from flipflop.store.replay import Replayer, lines_of

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
        from flipflop.store import seal
        from flipflop.store.verify import verify

        with self._db.snapshot():
            return [*verify(self._tables), *seal.against(self._tables, sealed)]

    def seal(self) -> Seal:
        """Return the head of the chain, to publish or sign: who holds it can tell later whether anything was changed.

        Raises StoreError where nothing is recorded, and where the store does not verify.
        """
        from flipflop.store.seal import sealed
        from flipflop.store.verify import verify

        with self._db.snapshot():
            return sealed(self._tables, verify(self._tables))

    def backup(self, path: str | PathLike[str], *, force: bool = False) -> Path:
        """Write a consistent, verified copy to a new file while the store is in use, and note it among the exports.

        Raises StoreError where there is a file already, unless ``force``, and where the copy does not verify.
        ``flipflop.store.restore`` puts it back.
        """
        from flipflop.store.backup import write_backup

        target = Path(path)
        write_backup(self._db, target, force=force)
        if self._db.writable:
            self.exported(target)
        return target

    def _scrubbed(self) -> tuple[str, ...]:
        """Erase the bytes of what was redacted; return what could not be done, which the next opening tries again."""
        try:
            hindrance = self._db.scrub()
            if hindrance is None:
                with self._db.transaction():
                    self._tables.unset(SCRUB)
        except StoreError as error:
            return (f"the redaction is recorded, but its bytes are not erased yet: {error}",)
        return () if hindrance is None else (f"the redaction is recorded, but {hindrance}",)

    # Reading

    def log(self, *, as_of: Moment | None = None) -> Iterator[Recorded]:
        """Yield everything that was recorded (up to a moment), in order; the event is None where it was redacted."""
        with self._db.told():
            yield from read.log(self._tables, self._last(as_of))

    def events(self, *, as_of: Moment | None = None, kinds: Collection[str] | None = None) -> Iterator[Recorded]:
        """Yield what counts (at an earlier moment, of some kinds), corrections applied, in the order of recording."""
        with self._db.told():
            yield from read.counting(self._tables, self._state(as_of), kinds)

    def get(self, text: str, *, kind: str | None = None) -> Recorded:
        """Return the event with this id, unambiguous prefix of at least four digits, or slug (its latest declaration).

        ``kind`` tells a speaker from a topic of the same slug. Raises StoreError where there is none, and with the
        candidates where there are several.
        """
        with self._db.told():
            return read.one(self._tables, lookup.seq_of(self._tables, text, kind))

    def as_it_reads(self, text: str) -> Event | None:
        """Return an event as ``get`` finds it with the corrections that count applied, None if it was redacted."""
        with self._db.told():
            record = read.one(self._tables, lookup.seq_of(self._tables, text))
            return self._tables.mended().get(record.seq, record.event)

    def history(self, text: str) -> list[Recorded]:
        """Return every event about this one, and about those, in order: corrections, codings, rulings, retractions."""
        with self._db.told():
            return lookup.history(self._tables, lookup.seq_of(self._tables, text))

    def needs_review(self, event_id: str) -> bool:
        """Tell whether words or moment of a statement changed after this coding or ruling of it was recorded."""
        with self._db.told():
            found = self._tables.find([bytes.fromhex(event_id)])
            return any(seq in self._tables.reviews() for seq, _ in found.values())

    def resolve_speaker(self, text: str) -> str:
        """Return the id of the speaker with this id, name or alias. Raises DataError with a suggestion."""
        with self._db.told():
            return lookup.resolve(self._tables, "speaker", text)

    def resolve_topic(self, text: str) -> str:
        """Return the id of the topic with this id or title. Raises DataError with a suggestion."""
        with self._db.told():
            return lookup.resolve(self._tables, "topic", text)

    def names(self, kind: str) -> dict[str, set[str]]:
        """Return the ids that each id, name or alias stands for, of a kind: "speaker" or "topic"."""
        with self._db.told():
            return lookup.names_of(self._tables, kind)

    def committed_positions(self, speaker: str, topic: str) -> list[tuple[str, int, int, int]]:
        """Return a speaker's positions for or against a topic, by moment, without pandas.

        Rows: statement id, sign (-1 or 1), said_from and said_until in microseconds since 1970, UTC. Disputed positions
        and those that commit to nothing are left out.
        """
        with self._db.told():
            return lookup.committed_positions(self._tables, speaker, topic)

    def statements(
        self,
        *,
        as_of: Moment | None = None,
        speaker: str | None = None,
        topic: str | None = None,
        since: Moment | None = None,
        until: Moment | None = None,
        columns: Iterable[str] | None = None,
    ) -> DataFrame:
        """Return the statements that count (at an earlier moment), corrections applied, in the order of recording.

        ``speaker`` and ``topic`` are ids; ``since`` and ``until`` keep statements whose moment may lie between them.
        Columns and dtypes as ``flipflop.frames.empty("statements")``, or only ``columns``, in that order: the others
        are not read. ``source_published`` is the text as typed. Raises DataError for a column that there is not.
        """
        from flipflop.store.frame_statements import Filter, statements

        only = Filter(speaker, topic, clock.optional(since), clock.optional(until))
        with self._reading(as_of) as counting:
            return statements(self._tables, counting, only, columns)

    def codings(
        self,
        *,
        as_of: Moment | None = None,
        speaker: str | None = None,
        topic: str | None = None,
        columns: Iterable[str] | None = None,
    ) -> DataFrame:
        """Return the codings that count, of statements (by a speaker) and topics that count, in the order of recording.

        Columns and dtypes as ``flipflop.frames.empty("codings")``, or only ``columns``, in that order.
        """
        from flipflop.store.frame_codings import codings

        with self._reading(as_of) as counting:
            return codings(self._tables, counting, speaker=speaker, topic=topic, columns=columns)

    def speakers(self, *, as_of: Moment | None = None) -> DataFrame:
        """Return the latest declaration of each speaker, by id; aliases are joined with ``"; "``."""
        from flipflop.store import frames

        with self._reading(as_of) as counting:
            return frames.speakers(self._tables, counting)

    def topics(self, *, as_of: Moment | None = None) -> DataFrame:
        """Return the latest declaration of each topic, by id."""
        from flipflop.store import frames

        with self._reading(as_of) as counting:
            return frames.topics(self._tables, counting)

    def speaks_for(self, *, as_of: Moment | None = None) -> DataFrame:
        """Return who speaks for whom, from the start of ``since`` to the end of ``until`` (NaT: open)."""
        from flipflop.store import frames

        with self._reading(as_of) as counting:
            return frames.speaks_for(self._tables, counting)

    def rulings(self, *, as_of: Moment | None = None) -> DataFrame:
        """Return the rulings that count, in the order of recording; of a pair the latest holds.

        ``flipflop.frames.latest_rulings`` picks these. ``decided_at`` is when it was made, or else recorded.
        """
        from flipflop.store import frames

        with self._reading(as_of) as counting:
            return frames.rulings(self._tables, counting)

    def head(self) -> str | None:
        """Return the chain at the last event as 32 hex digits, None for an empty store."""
        with self._db.told():
            head = self._tables.head()
        return None if head is None else head.hex()

    def exported(self, path: str | PathLike[str]) -> None:
        """Note that a copy was written to ``path``, so that a later redaction can say where copies went."""
        with self._db.transaction():
            name = str(Path(path).absolute()).encode(errors="backslashreplace").decode()  # one may hold any bytes
            self._tables.note_export(clock.now(), name, self._tables.head())

    def exports(self) -> tuple[Exported, ...]:
        """Return the copies that were written, in order."""
        with self._db.told():
            return read.exports(self._tables)

    @contextmanager
    def _reading(self, as_of: Moment | None) -> Iterator[state.State]:
        """Give what counts, for several tables read as of one moment; what damage makes of them is one StoreError."""
        with self._db.snapshot(), read.damage_told(self._tables):
            yield self._state(as_of)

    def _state(self, as_of: Moment | None) -> state.State:
        return state.now(self._tables) if as_of is None else state.at(self._tables, self._last(as_of))

    def _last(self, as_of: Moment | None) -> int:
        return self._tables.last()[0] if as_of is None else self._tables.bound(clock.given(as_of))


def _close(database: Backend) -> None:
    """Close what nobody closed, unless it is another process's or thread's to close."""
    with suppress(StoreError), database.told("close"):
        database.close()
