"""The SQL of the store that all engines share: rows in, rows out. Knows nothing of what counts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from flipflop.errors import StoreError
from flipflop.store.sql.columns import CHAIN_START, Amendment, Cell, in_parts, unpacked_list
from flipflop.store.sql.derived_tables import DerivedTables
from flipflop.store.sql.kinds import ABOUT_KINDS, KIND_CODES, KIND_NAMES, KINDS
from flipflop.store.sql.rows import REF

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from flipflop.records.events import Event
    from flipflop.store.model import Finding
    from flipflop.store.sql.engine import LongBatch, QueryRows, Sql

SCRUB = "scrub"
"""The setting that says: redacted words may still lie in free pages or the WAL."""

EVENT = ("seq", "id", "kind", "recorded_at", "recorded_by", "chain", "about")
_BODIES = {name: ("seq", *(column.name for column in kind.columns)) for name, kind in KINDS.items()}


def _body_select(kind: str) -> str:
    """All columns of a body by their names, references as the ids of the events."""
    named = [
        f"(SELECT id FROM event WHERE event.seq = b.{c.name})" if c.holds == "ref" else f"b.{c.name}"
        for c in KINDS[kind].columns
    ]
    return f"SELECT b.seq, {', '.join(named)} FROM {kind} AS b"


_SELECT_BODY = {kind: _body_select(kind) for kind in KINDS}


WORDS_KEPT = 100_000
"""Words remembered at once: memory stays flat however many there are."""


class WordKeys(dict[str, int]):
    """The key of each word; one that is new is added to the store when its key is asked for."""

    def __init__(self, sql: Sql) -> None:
        super().__init__()
        self._sql = sql

    def __missing__(self, text: str) -> int:
        found = self.known(text)
        if found is None:
            (found,) = self._sql.execute("INSERT INTO word (text) VALUES (?) RETURNING key", (text,)).fetchone()
        if len(self) >= WORDS_KEPT:
            self.clear()
        self[text] = found
        return int(found)

    def known(self, text: str) -> int | None:
        """Return the key of a word, None if it is not in the store."""
        row = self._sql.execute("SELECT key FROM word WHERE text = ?", (text,)).fetchone()
        return None if row is None else int(row[0])


class Tables(DerivedTables, ABC):
    """Reads and writes the tables of one connection; remembers words. What is abstract, each engine says for itself."""

    contains: ClassVar[str]
    """Whether a column ``{}`` holds the text ``?1``, as an expression."""
    whole: ClassVar[str]
    """The bytes of a column ``{0}``, NULL where damage made something else of them, as an expression."""

    def __init__(self, connection: Sql) -> None:
        super().__init__(connection)
        self.keys = WordKeys(connection)
        self._texts: dict[int, str] = {}
        self._declared: set[tuple[str, str]] = set()

    # Words

    def key(self, text: str) -> int:
        """Return the key of a word, which is added if it is new."""
        return self.keys[text]

    def known_key(self, text: str) -> int | None:
        """Return the key of a word, None if it is not in the store."""
        return self.keys.known(text)

    def word(self, key: int) -> str:
        """Return the word of a key."""
        found = self._texts.get(key)
        if found is None:
            (found,) = self.sql.execute("SELECT text FROM word WHERE key = ?", (key,)).fetchone()
            if len(self._texts) >= WORDS_KEPT:
                self._texts.clear()
            self._texts[key] = found
        return found

    def forget(self) -> None:
        """Drop what is remembered: after a rollback, a withdrawal, or when another connection wrote."""
        self.keys.clear()
        self._texts.clear()
        self._declared.clear()

    # Writing

    def insert(self, events: list[Cell], bodies: dict[str, list[Cell]], abouts: list[Cell]) -> None:
        """Insert events, their bodies by kind, and what they are about (target, seq): their cells, row after row."""
        self.add("event", EVENT, events)
        for kind, cells in bodies.items():
            self.add(kind, _BODIES[kind], cells)
        if abouts:
            self.add("about", ("target", "seq"), abouts)

    @abstractmethod
    def add(self, table: str, columns: Sequence[str], cells: list[Cell]) -> None:
        """Insert rows into one table, given as their cells, row after row."""

    @abstractmethod
    def bulk(self) -> LongBatch | None:
        """Get ready for a long batch, in a transaction; None where the database needs nothing of the kind."""

    # Removing, which the guards let through only for a redaction

    def delete_body(self, kind: str, seq: int) -> None:
        """Delete the body of an event."""
        self.sql.execute(f"DELETE FROM {kind} WHERE seq = ?", (seq,))

    def drop_unused_words(self, columns: Iterable[tuple[str, str]]) -> None:
        """Delete words to which none of these columns (table, column) points."""
        used = " UNION ALL ".join(f"SELECT {name} FROM {table} WHERE {name} IS NOT NULL" for table, name in columns)
        self.sql.execute(f"DELETE FROM word WHERE key NOT IN ({used})")
        self.forget()

    def holding(self, text: str) -> list[str]:
        """Return the ids of the events whose bodies still hold a text."""
        found: set[int] = set()
        for name, kind in KINDS.items():
            where = " OR ".join(self.contains.format(column) for column in kind.texts)
            found.update(self._seqs(f"SELECT seq FROM {name} WHERE {where}", text))
        stamps = self.stamps(found)
        return [stamps[seq][0].hex() for seq in sorted(found)]

    # Single facts

    def last(self) -> tuple[int, int, bytes]:
        """Return seq, recorded_at and chain of the last event; zeros and the chain's start for an empty store."""
        chain = self.whole.format("chain")
        row = self.sql.execute(f"SELECT seq, recorded_at, {chain} FROM event ORDER BY seq DESC LIMIT 1").fetchone()
        return row or (0, -(2**62), CHAIN_START)

    def bound(self, as_of: int) -> int:
        """Return the last seq recorded at or before a moment, 0 for none: by halving, as stamps never run backwards."""
        low, high = 0, self.last()[0]
        while low < high:
            middle = (low + high + 1) // 2
            (stamp,) = self.sql.execute("SELECT recorded_at FROM event WHERE seq = ?", (middle,)).fetchone()
            low, high = (middle, high) if stamp <= as_of else (low, middle - 1)
        return low

    def find(self, ids: Collection[bytes]) -> dict[bytes, tuple[int, str]]:
        """Return seq and kind of those events that are recorded, by id."""
        found: dict[bytes, tuple[int, str]] = {}
        for part in in_parts(list(ids)):
            marks = ", ".join("?" * len(part))
            for event_id, seq, kind in self.sql.execute(f"SELECT id, seq, kind FROM event WHERE id IN ({marks})", part):
                found[event_id] = (seq, KIND_NAMES[kind])
        return found

    def seqs_of(self, ids: Collection[bytes]) -> set[int]:
        """Return the seqs of those events that are recorded, whatever else is known of them."""
        found: set[int] = set()
        for part in in_parts(list(ids)):
            marks = ", ".join("?" * len(part))
            found.update(seq for (seq,) in self.sql.execute(f"SELECT seq FROM event WHERE id IN ({marks})", part))
        return found

    def stamps(self, seqs: Collection[int]) -> dict[int, tuple[bytes, str, int, bytes]]:
        """Return id, kind, recorded_at and chain of events by their seqs."""
        found: dict[int, tuple[bytes, str, int, bytes]] = {}
        for part in in_parts(list(seqs)):
            marks = ", ".join("?" * len(part))
            for seq, event_id, kind, recorded_at, _, chain, _ in self.raw_stamps(f"seq IN ({marks})", part):
                if event_id is None or chain is None or type(recorded_at) is not int or kind not in KIND_NAMES:
                    raise damaged(seq)
                found[seq] = (event_id, KIND_NAMES[kind], recorded_at, chain)
        return found

    def raw_stamps(self, where: str, values: Sequence[Cell]) -> QueryRows:
        """Return seq, id, kind, recorded_at, recorded_by (key), chain and about, unchecked.

        Id, chain and about are None for no bytes.
        """
        event_id, chain, about = (self.whole.format(name) for name in ("id", "chain", "about"))
        columns = f"seq, {event_id}, kind, recorded_at, recorded_by, {chain}, {about}"
        return self.sql.execute(f"SELECT {columns} FROM event WHERE {where} ORDER BY seq", values)

    def recorders(self, first: int, last: int) -> dict[int, str]:
        """Return the names under which the events from one seq to another were recorded, of those that have one."""
        query = "SELECT seq, recorded_by FROM event WHERE seq BETWEEN ? AND ? AND recorded_by IS NOT NULL"
        return {seq: self.word(key) for seq, key in self.sql.execute(query, (first, last)).fetchall()}

    def head(self) -> bytes | None:
        """Return the chain at the last event, None for an empty store."""
        seq, _, chain = self.last()
        if type(chain) is not bytes:
            raise damaged(seq)
        return chain if seq else None

    def between(self, low: bytes, high: bytes) -> list[tuple[int, bytes, str]]:
        """Return seq, id and kind of the first events whose ids lie in a range."""
        query = "SELECT seq, id, kind FROM event WHERE id BETWEEN ? AND ? ORDER BY seq LIMIT 10"
        return [(seq, event_id, KIND_NAMES[kind]) for seq, event_id, kind in self.sql.execute(query, (low, high))]

    def versions(self, kind: str, slug: str) -> list[int]:
        """Return the seqs of the declarations of a speaker or topic, in order."""
        key = self.known_key(slug)
        return [] if key is None else self._seqs(f"SELECT seq FROM {kind} WHERE slug = ? ORDER BY seq", key)

    def is_declared(self, kind: str, slug: str) -> bool:
        """Tell whether a speaker or topic has a declaration that counts. A yes is remembered."""
        if (kind, slug) in self._declared:
            return True
        query = f"""SELECT 1 FROM {kind} WHERE slug = (SELECT key FROM word WHERE text = ?)
            AND seq NOT IN (SELECT seq FROM gone) LIMIT 1"""
        found = self.sql.execute(query, (slug,)).fetchone() is not None
        if found:
            self._declared.add((kind, slug))
        return found

    # Events

    def abouts(self, target: int | None = None) -> list[Amendment]:
        """Return who is about whom: all of it, or what is about one event."""
        query = "SELECT a.seq, e.kind, a.target FROM about AS a JOIN event AS e ON e.seq = a.seq"
        order = "ORDER BY a.target, a.seq"
        if target is None:
            rows = self.sql.execute(f"{query} {order}")
        else:
            rows = self.sql.execute(f"{query} WHERE a.target = ? {order}", (target,))
        found = []
        for seq, kind, target in rows:
            if kind not in KIND_NAMES:
                raise damaged(seq)
            found.append(Amendment(seq, KIND_NAMES[kind], target))
        return found

    def named(self, kind: str) -> Iterator[tuple[str, ...]]:
        """Yield slug, name (title) and aliases of each speaker or topic, as declared last of what counts."""
        name, aliases = ("name", "aliases") if kind == "speaker" else ("title", "NULL")
        query = f"""SELECT w.text, d.{name}, {aliases} FROM {kind} AS d JOIN word AS w ON w.key = d.slug
            WHERE d.seq = (SELECT max(o.seq) FROM {kind} AS o
              WHERE o.slug = d.slug AND o.seq NOT IN (SELECT seq FROM gone)) ORDER BY d.seq"""
        for slug, called, also in self.sql.execute(query):
            yield slug, called, *unpacked_list(also)

    def set_abouts(self, abouts: set[tuple[int, int]]) -> None:
        """Make the table ``about`` say this: pairs of target and seq; only while ``working``."""
        kept = {(target, seq) for target, seq in self.sql.execute("SELECT target, seq FROM about")}
        self.sql.executemany("DELETE FROM about WHERE target = ? AND seq = ?", sorted(kept - abouts))
        self.sql.executemany("INSERT INTO about (target, seq) VALUES (?, ?)", sorted(abouts - kept))

    def targets(self, first: int, last: int) -> dict[int, list[int]]:
        """Return what the events from one seq to another are about."""
        found: dict[int, list[int]] = {}
        query = "SELECT seq, target FROM about WHERE seq BETWEEN ? AND ? ORDER BY seq, target"
        for seq, target in self.sql.execute(query, (first, last)):
            found.setdefault(seq, []).append(target)
        return found

    def bodies(self, kind: str, first: int, last: int) -> Iterator[tuple[int, Event]]:
        """Yield the events of a kind with seqs in a range, as recorded."""
        about: dict[int, str] = {}
        if kind in ABOUT_KINDS:
            query = f"""SELECT a.seq, a.target, {self.whole.format("e.id")} FROM about AS a
                JOIN {kind} AS b ON b.seq = a.seq JOIN event AS e ON e.seq = a.target WHERE a.seq BETWEEN ? AND ?"""
            for seq, target, event_id in self.sql.execute(query, (first, last)):
                if event_id is None:
                    raise damaged(target)
                about[seq] = event_id.hex()
        query = f"{_SELECT_BODY[kind]} WHERE b.seq BETWEEN ? AND ? ORDER BY b.seq"
        for seq, *cells in self.sql.execute(query, (first, last)):
            yield seq, KINDS[kind].read(cells, self.word, about.get(seq))

    def body(self, kind: str, seq: int) -> Event | None:
        """Return one event as recorded, None when its body was redacted."""
        return next((event for _, event in self.bodies(kind, seq, seq)), None)

    def original(self, seq: int) -> Event | None:
        """Return an event of any kind as recorded, None when its body was redacted."""
        return self.body(self.stamps([seq])[seq][1], seq)

    def under(self, seq: int) -> list[int]:
        """Return the seqs of what does not count without an event: its codings, rulings, citations, replies."""
        queries = [
            f"SELECT seq FROM {kind.name} WHERE {field.name} = ?1"
            for kind in KINDS.values()
            for field in kind.fields
            if field.name in kind.under and field.type is REF
        ]
        return self._seqs(" UNION ".join(queries), seq)

    def slugs(self, kind: str) -> set[str]:
        """Return the slugs of the speakers or topics whose declarations count."""
        query = f"SELECT text FROM word WHERE key IN (SELECT slug FROM {kind} WHERE seq NOT IN (SELECT seq FROM gone))"
        return {slug for (slug,) in self.sql.execute(query)}

    def corrections(self, target: int) -> list[int]:
        """Return the seqs of the corrections of an event whose bodies are there, in order."""
        query = "SELECT c.seq FROM about AS a JOIN correction AS c ON c.seq = a.seq WHERE a.target = ? ORDER BY c.seq"
        return self._seqs(query, target)

    def changes(self, corrections: Mapping[int, Sequence[int]]) -> dict[int, dict[int, dict[str, Any]]]:
        """Return what corrections, given by what they correct, change: of those whose bodies are there."""
        import json

        of = {seq: target for target, seqs in corrections.items() for seq in seqs}
        found: dict[int, dict[int, dict[str, Any]]] = {}
        for part in in_parts(sorted(of)):
            marks = ", ".join("?" * len(part))
            query = f"SELECT seq, changes FROM correction WHERE seq IN ({marks}) ORDER BY seq"
            for seq, changes in self.sql.execute(query, part):
                found.setdefault(of[seq], {})[seq] = json.loads(changes)
        return found

    def about_ids(self) -> Iterator[tuple[int, str, bytes | None]]:
        """Yield the events that are about others: seq, kind, and the ids of those, None where it was not noted."""
        codes = ", ".join(str(KIND_CODES[kind]) for kind in sorted(ABOUT_KINDS))
        query = f"SELECT seq, kind, about FROM event WHERE kind IN ({codes}) OR about IS NOT NULL ORDER BY seq"
        for seq, kind, ids in self.sql.execute(query).fetchall():
            if kind in KIND_NAMES:  # else the event itself is damaged
                yield seq, KIND_NAMES[kind], ids

    def slug_of(self, kind: str, seq: int) -> str | None:
        """Return the slug that a retraction or redaction names, None where it names an id or was redacted."""
        if kind == "correction":
            return None
        row = self.sql.execute(f"SELECT slug FROM {kind} WHERE seq = ?", (seq,)).fetchone()
        return None if row is None or row[0] is None else self.word(row[0])

    def is_redacted_declaration(self, seq: int) -> bool:
        """Tell whether an event was to declare a speaker or topic, and its body is gone."""
        codes = f"({KIND_CODES['speaker']}, {KIND_CODES['topic']})"
        query = f"""SELECT 1 FROM event WHERE seq = ?1 AND kind IN {codes}
            AND NOT EXISTS (SELECT 1 FROM speaker WHERE seq = ?1) AND NOT EXISTS (SELECT 1 FROM topic WHERE seq = ?1)"""
        return self.sql.execute(query, (seq,)).fetchone() is not None

    # Settings and exports

    def settings(self) -> dict[str, str]:
        """Return the settings of the store."""
        return dict(self.sql.execute("SELECT name, value FROM setting").fetchall())

    def set(self, name: str, value: str) -> None:
        """Keep a setting; only while ``working``, as all that is no event."""
        self.unset(name)
        self.sql.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (name, value))

    def unset(self, name: str) -> None:
        """Drop a setting; only while ``working``."""
        self.sql.execute("DELETE FROM setting WHERE name = ?", (name,))

    def exports(self) -> list[tuple[int, str, bytes | None]]:
        """Return when, where to and at which chain copies were written."""
        return self.sql.execute("SELECT at, path, head FROM export ORDER BY at").fetchall()

    def note_export(self, at: int, path: str, head: bytes | None) -> None:
        """Note that a copy was written."""
        self.sql.execute("INSERT INTO export (at, path, head) VALUES (?, ?, ?)", (at, path, head))

    @abstractmethod
    def restore(self) -> None:
        """Make the tables that follow from the log, and what guards and reads them, where somebody took them out."""

    @abstractmethod
    def strangers(self) -> list[str]:
        """Return the tables beside ours that somebody made, such as a full-text index: they may copy words."""

    @abstractmethod
    def drop_strangers(self) -> None:
        """Drop them, and the triggers that fill them."""

    @abstractmethod
    def checks(self) -> Iterator[Finding]:
        """Check what only this engine has."""


def damaged(seq: int) -> StoreError:
    """Return the error that says so of the stamps of an event."""
    return StoreError(f"the store is damaged: event {seq} cannot be read; see: flipflop verify")
