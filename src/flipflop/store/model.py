"""What a store hands out: stamps, records, findings. Knows nothing of how they are kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from struct import Struct
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, overload

from flipflop.errors import DataError, Problem
from flipflop.records.checks import text_fault
from flipflop.records.codec import RECORDED_BY, moment_text, to_json
from flipflop.records.events import Event
from flipflop.records.words import is_hash
from flipflop.store.sql.columns import moment

if TYPE_CHECKING:
    from io import RawIOBase

    from flipflop.records.codec import Json

Copies: TypeAlias = Literal["drop", "keep"]
"""What becomes, at a redaction, of tables that others made beside the store, such as a full-text index."""

SHOWN = 8
"""How many digits of an id are shown."""


class Located(NamedTuple):
    """An event and the line it was read from, so that a problem can say where."""

    event: Event
    file: str
    line: int


class Stamp(NamedTuple):
    """What recording added to one event. ``recorded_at`` is an aware datetime in UTC.

    ``recorded_by`` is the name under which it was recorded, None where none was given.
    """

    seq: int
    id: str
    recorded_at: datetime
    recorded_by: str | None = None


def checked_name(name: str | None) -> str | None:
    """Return the name of who records. Raises DataError for one that is blank or cannot be stored."""
    if name is not None:
        fault = text_fault(name) if name.strip() else "must not be empty"
        if fault is not None:
            raise DataError(Problem(fault, RECORDED_BY))
    return name


class Spool:
    """Bytes that only grow: the last in memory, those before in a temporary file, which goes with the object.

    Where there is no room for such a file, all stay in memory.
    """

    __slots__ = ("_file", "_kept", "_most", "_tail")
    IN_MEMORY = 1 << 20

    def __init__(self, start: bytes = b"") -> None:
        self._tail = bytearray()
        self._file: RawIOBase | None = None
        self._kept = 0  # bytes in the file
        self._most = self.IN_MEMORY
        self.add(start)

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def __reduce__(self) -> tuple[type[Spool], tuple[bytes]]:
        """Copies and pickles hold all of it: the file belongs to this one."""
        return Spool, (self.read(0, len(self)),)

    def __len__(self) -> int:
        return self._kept + len(self._tail)

    def add(self, more: bytes) -> None:
        """Add some bytes."""
        self._tail += more
        if len(self._tail) >= self._most:
            try:
                self._put_away()
            except OSError:
                self._most *= 2

    def _put_away(self) -> None:
        if self._file is None:
            from tempfile import TemporaryFile

            self._file = TemporaryFile(buffering=0)  # noqa: SIM115 -- closed with the object
        self._file.seek(self._kept)
        if self._file.write(self._tail) != len(self._tail):
            raise OSError("no room for all of it")
        self._kept += len(self._tail)
        self._tail.clear()

    def read(self, start: int, size: int) -> bytes:
        """Return so many bytes from a place."""
        found = b""
        if self._file is not None and start < self._kept:
            found = _read_at(self._file, start, min(size, self._kept - start))
        start = max(start - self._kept, 0)
        return found + self._tail[start : start + size - len(found)]


if sys.platform == "win32":

    def _read_at(file: RawIOBase, start: int, size: int) -> bytes:
        file.seek(start)
        return file.read(size) or b""

else:

    def _read_at(file: RawIOBase, start: int, size: int) -> bytes:
        """Read without the file's own place, which threads and forked processes would move under each other."""
        return os.pread(file.fileno(), size, start)


class StampedLines:
    """Moment of recording (microseconds since 1970) and recorder of each event of a replay, twelve bytes each."""

    __slots__ = ("_names", "_places", "_spool")

    def __init__(self) -> None:
        self._spool = Spool()
        self._names: list[str | None] = []  # the last four bytes of an event are a place in here
        self._places: dict[str | None, int] = {}

    def add(self, recorded_at: int, recorded_by: str | None) -> None:
        """Add those of one event."""
        place = self._places.setdefault(recorded_by, len(self._names))
        if place == len(self._names):
            self._names.append(recorded_by)
        self._spool.add(_CLOCK.pack(recorded_at, place))

    def at(self, place: int) -> tuple[datetime, str | None]:
        """Return those of the event at a place."""
        recorded_at, name = _CLOCK.unpack(self._spool.read(_CLOCK.size * place, _CLOCK.size))
        return moment(recorded_at), self._names[name]


_CLOCK = Struct("=qI")


class Stamps(Sequence[Stamp]):
    """The stamps of one append, in order: their seqs follow one another.

    ``clock`` has moment and recorder of all, or those of each.
    """

    __slots__ = ("_clock", "_first", "_ids")

    def __init__(self, first: int, ids: Spool, clock: tuple[datetime, str | None] | StampedLines) -> None:
        self._first, self._ids, self._clock = first, ids, clock

    def __len__(self) -> int:
        return len(self._ids) // 16

    @overload
    def __getitem__(self, index: int) -> Stamp: ...
    @overload
    def __getitem__(self, index: slice) -> list[Stamp]: ...
    def __getitem__(self, index: int | slice) -> Stamp | list[Stamp]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        clock = self._clock.at(place) if isinstance(self._clock, StampedLines) else self._clock
        return Stamp(self._first + place, self._ids.read(16 * place, 16).hex(), *clock)

    def __repr__(self) -> str:
        return f"<{len(self)} stamps from {self._first}>"


class Skipped(NamedTuple):
    """An event that was left out, and why: ``known``, ``retracted`` or ``redacted``."""

    id: str
    why: str


WHY = ("known", "retracted", "redacted")
"""Why an event may be left out."""


class Skips(Sequence[Skipped]):
    """What one append left out, in order. ``why`` holds places in ``WHY``, a byte each."""

    __slots__ = ("_ids", "_why")

    def __init__(self, ids: Spool | None = None, why: bytes = b"") -> None:
        self._ids, self._why = ids or Spool(), why

    def __len__(self) -> int:
        return len(self._why)

    @overload
    def __getitem__(self, index: int) -> Skipped: ...
    @overload
    def __getitem__(self, index: slice) -> list[Skipped]: ...
    def __getitem__(self, index: int | slice) -> Skipped | list[Skipped]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        return Skipped(self._ids.read(16 * place, 16).hex(), WHY[self._why[place]])

    def by_reason(self) -> dict[str, int]:
        """Return how many were left out for each reason."""
        return {why: number for place, why in enumerate(WHY) if (number := self._why.count(place))}

    def __repr__(self) -> str:
        return f"<{len(self)} skipped: {self.by_reason()}>"


class Exported(NamedTuple):
    """A copy that left the store: when, where to, and the chain at that moment (None: of an empty store)."""

    at: datetime
    path: str
    head: str | None


class Appended(NamedTuple):
    """What an append did.

    After redactions, ``exports`` lists the copies made before, ``quoted_in`` the ids of other events whose bodies still
    hold the redacted text, and ``warnings`` says where bytes of it could not be erased yet. ``idle`` counts the codings
    and rulings that have no effect, because a statement of theirs was retracted before; the last warning says so.
    """

    recorded: Sequence[Stamp]
    skipped: Skips = Skips()
    exports: tuple[Exported, ...] = ()
    quoted_in: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    idle: int = 0


class Recorded(NamedTuple):
    """One event as the log holds it. ``event`` is None when it was redacted; ``about`` are the ids that it is about.

    ``recorded_by`` is None where nobody gave a name, and where version 2 of the schema or earlier recorded it.
    """

    seq: int
    id: str
    kind: str
    recorded_at: datetime
    chain: str
    event: Event | None
    about: tuple[str, ...] = ()
    recorded_by: str | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the line of a log export; of a redacted event its kind, id and stamps, and ``"redacted": true``.

        What is redacted, and a retraction by slug, says in ``"about"`` which events it is about: of a declaration that
        was redacted nothing else says any more what it declared.
        """
        if self.event is not None:
            body = to_json(self.event)
            if self.kind == "retraction" and not is_hash(str(body["target"])):
                body["about"] = list(self.about)
        else:
            body = {"event": self.kind, "redacted": True, "hash": self.id}
            if self.about:
                body["about"] = list(self.about)
        stamps: dict[str, Json] = {"seq": self.seq, "recorded_at": moment_text(self.recorded_at)}
        if self.recorded_by is not None:
            stamps["recorded_by"] = self.recorded_by
        return {**body, **stamps, "chain": self.chain}


RESTORE = "restore a backup, or replay a log export into a new store"
"""The way out where what was recorded is not there any more."""

REBUILD = "this follows from the log and can be made again: flipflop verify --rebuild"
"""The way out where it is."""


class Finding(NamedTuple):
    """One thing that ``verify`` found: what is wrong, with which event (if one), and what to do."""

    problem: str
    remedy: str
    seq: int | None = None
    id: str | None = None

    def __str__(self) -> str:
        which = "" if self.seq is None else f"event {self.seq}" + (f" ({self.id[:SHOWN]})" if self.id else "") + ": "
        return f"{which}{self.problem}; {self.remedy}"
