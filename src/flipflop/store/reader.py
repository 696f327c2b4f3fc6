"""What a store says: the log, what of it counts now or counted at a moment, and both as frames. Records nothing."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, cast

from flipflop.errors import DataError
from flipflop.store.log import lookup, read
from flipflop.store.sql.columns import micros

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pandas import DataFrame

    from flipflop.records.events import Event, Statement
    from flipflop.store.around import PlainStatement
    from flipflop.store.backend import Backend
    from flipflop.store.log.what_counts import State
    from flipflop.store.model import Exported, Recorded
    from flipflop.store.sql.tables import Tables

AsOf: TypeAlias = "datetime | str"
"""An aware datetime, or ISO 8601 text with an offset."""


class Reader:
    """Answers from the tables of one connection. Every moment handed out is an aware datetime in UTC."""

    _db: Backend
    _tables: Tables

    def log(self, *, as_of: AsOf | None = None) -> Iterator[Recorded]:
        """Yield everything that was recorded (up to a moment), in order; the event is None where it was redacted."""
        with self._db.told():
            yield from read.log(self._tables, self._last(as_of))

    def events(self, *, as_of: AsOf | None = None, kinds: Collection[str] | None = None) -> Iterator[Recorded]:
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
            return record.event and (self._tables.mended_one(record.seq) or record.event)

    def history(self, text: str) -> list[Recorded]:
        """Return every event about this one, and about those, in order: corrections, codings, rulings, retractions."""
        with self._db.told():
            return lookup.history(self._tables, lookup.seq_of(self._tables, text))

    def needs_review(self, event_id: str) -> bool:
        """Tell whether words or moment of a statement, or the proposition, changed after this coding or ruling of it.

        That is after it was recorded, or confirmed last.
        """
        with self._db.told():
            found = self._tables.find([bytes.fromhex(event_id)])
            return any(lookup.is_to_look_at_again(self._tables, seq, kind) for seq, kind in found.values())

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

    def said_around(self, speaker: str, start: datetime, end: datetime) -> list[PlainStatement]:
        """Return the statements of a speaker whose moments overlap this one, as recorded, without pandas.

        All that are coded, and of the others those among the last 20,000 events.
        """
        from flipflop.store import around

        with self._db.told():
            return around.by_one(self._tables, speaker, micros(start), micros(end))

    def said_before(self, seq: int, speakers: Collection[str], start: int, end: int) -> Iterator[PlainStatement]:
        """Yield the statements of some speakers recorded up to a seq whose moments overlap a stretch (microseconds)."""
        from flipflop.store import around

        with self._db.told():
            yield from around.by_some(self._tables, speakers, start, end, seq)

    def is_in_a_relation(self, speaker: str) -> bool:
        """Tell whether a speaker speaks for somebody, or somebody for them."""
        from flipflop.store import around

        with self._db.told():
            return around.is_in_a_relation(self._tables, speaker)

    def is_coded_more_often(self, topic: str, times: int) -> bool:
        """Tell whether a topic has more codings than that, those included that count no longer."""
        from flipflop.store import around

        with self._db.told():
            return around.is_coded_more_often(self._tables, topic, times)

    def is_ruled_or_sent(self, speaker: str, topic: str) -> bool:
        """Tell whether somebody ruled on a topic, or a speaker may have spoken on it on another's behalf.

        Also where that counts no longer. Else what the speaker said on it is one sequence, as it was said.
        """
        from flipflop.store import around

        with self._db.told():
            return around.is_ruled_or_sent(self._tables, speaker, topic)

    def last_seq(self) -> int:
        """Return the place of the last event in the log, 0 for an empty store."""
        with self._db.told():
            return self._tables.last()[0]

    def statements_since(self, seq: int) -> Iterator[Statement]:
        """Yield the statements that were recorded after a place in the log, in order, as they were recorded."""
        with self._db.told():
            for _, event in self._tables.bodies("statement", seq + 1, self._tables.last()[0]):
                yield cast("Statement", event)

    def coded_since(self, seq: int) -> Iterator[tuple[str, str, str]]:
        """Yield speaker, topic and statement of the codings that were recorded after a place in the log, in order."""
        from flipflop.store import around

        with self._db.told():
            yield from around.coded_since(self._tables, seq)

    def statements(
        self,
        *,
        as_of: AsOf | None = None,
        speaker: str | None = None,
        topic: str | None = None,
        since: AsOf | None = None,
        until: AsOf | None = None,
        columns: Iterable[str] | None = None,
        extra: bool = False,
    ) -> DataFrame:
        """Return the statements that count (at an earlier moment), corrections applied, in the order of recording.

        ``speaker`` and ``topic`` are ids; ``since`` and ``until`` keep statements whose moment may lie between them.
        Columns and dtypes as ``flipflop.frames.empty("statements")``, or only ``columns``, in that order: the others
        are not read. ``source_published`` is the text as typed. With ``extra`` the users' own fields come after these,
        as ``extra_`` and their names: numbers where all are numbers, flags where all are true or false, else texts.
        Raises DataError for a column that there is not.
        """
        from flipflop.store.frames.statements import Filter, statements

        only = Filter(speaker, topic, _optional(since), _optional(until))
        with self._reading(as_of) as counting:
            return statements(self._tables, counting, only, columns, extra=extra)

    def codings(
        self,
        *,
        as_of: AsOf | None = None,
        speaker: str | None = None,
        topic: str | None = None,
        columns: Iterable[str] | None = None,
    ) -> DataFrame:
        """Return the codings that count, of statements (by a speaker) and topics that count, in the order of recording.

        Columns and dtypes as ``flipflop.frames.empty("codings")``, or only ``columns``, in that order.
        """
        from flipflop.store.frames.codings import codings

        with self._reading(as_of) as counting:
            return codings(self._tables, counting, speaker=speaker, topic=topic, columns=columns)

    def speakers(self, *, as_of: AsOf | None = None) -> DataFrame:
        """Return the latest declaration of each speaker, by id; aliases are joined with ``"; "``."""
        from flipflop.store.frames import declarations

        with self._reading(as_of) as counting:
            return declarations.speakers(self._tables, counting)

    def topics(self, *, as_of: AsOf | None = None) -> DataFrame:
        """Return the latest declaration of each topic, by id."""
        from flipflop.store.frames import declarations

        with self._reading(as_of) as counting:
            return declarations.topics(self._tables, counting)

    def speaks_for(self, *, as_of: AsOf | None = None) -> DataFrame:
        """Return who speaks for whom, from the start of ``since`` to the end of ``until`` (NaT: open)."""
        from flipflop.store.frames import declarations

        with self._reading(as_of) as counting:
            return declarations.speaks_for(self._tables, counting)

    def rulings(self, *, as_of: AsOf | None = None) -> DataFrame:
        """Return the rulings that count, in the order of recording; the latest of a pair holds.

        After the columns of the contract come ``ruling_id`` and ``needs_review``.
        """
        from flipflop.store.frames import declarations

        with self._reading(as_of) as counting:
            return declarations.rulings(self._tables, counting)

    def head(self) -> str | None:
        """Return the chain at the last event as 32 hex digits, None for an empty store."""
        with self._db.told():
            head = self._tables.head()
        return None if head is None else head.hex()

    def exports(self) -> tuple[Exported, ...]:
        """Return the copies that were written, in order."""
        with self._db.told():
            return read.exports(self._tables)

    @contextmanager
    def _reading(self, as_of: AsOf | None) -> Iterator[State]:
        """Give what counts, for several tables read as of one moment; what damage makes of them is one StoreError."""
        with self._db.snapshot(), read.damage_told(self._tables):
            yield self._state(as_of)

    def _state(self, as_of: AsOf | None) -> State:
        from flipflop.store.log import what_counts  # seldom needed by what only records

        return what_counts.now(self._tables) if as_of is None else what_counts.at(self._tables, self._last(as_of))

    def _last(self, as_of: AsOf | None) -> int:
        return self._tables.last()[0] if as_of is None else self._tables.bound(_given(as_of))


def _given(moment: AsOf) -> int:
    """A moment that a caller gives, in microseconds. Raises DataError where it is none, or has no zone."""
    try:
        at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise DataError(f"{moment!r} is no moment with a zone, such as 2017-07-09T11:50:24Z")
    return micros(at)


def _optional(moment: AsOf | None) -> int | None:
    return None if moment is None else _given(moment)
