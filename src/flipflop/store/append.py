"""Recording events: duplicates, references, stamps and chain, in chunks of bounded memory. Knows nothing of SQL."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

from flipflop.errors import DataError, DuplicateError, Problem, suggestion
from flipflop.records import events as ev
from flipflop.records.codec import moment_text
from flipflop.records.words import is_hash
from flipflop.store import read, rules
from flipflop.store.columns import KIND_CODES, moment
from flipflop.store.model import SHOWN, WHY, Appended, Located, Skips, Stamps
from flipflop.store.redact import purge
from flipflop.store.references import problems
from flipflop.store.rows import to_row
from flipflop.store.state import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from flipflop.store.columns import Row
    from flipflop.store.tables import Tables

CHUNK = 2000
_BAD = -1  # the seq of an event that has problems


class Given(NamedTuple):
    """An event as it comes in, with its id and perhaps its place."""

    event: ev.Event
    id: bytes
    file: str | None = None
    line: int | None = None


def given(item: ev.Event | Located) -> Given:
    """Return the event with its id."""
    event, file, line = item if isinstance(item, Located) else (item, None, None)
    return Given(event, bytes.fromhex(event.hash), file, line)


def readable(items: Iterable[ev.Event | Located | Problem], unread: list[Problem]) -> Iterator[Given]:
    """Yield the events of a batch; what stands for one that could not be read goes to ``unread``."""
    for item in items:
        if isinstance(item, Problem):
            unread.append(item)
        else:
            yield given(item)


class Appender:
    """One append: everything between taking the lock and giving it back. Serves the checks as their ledger."""

    def __init__(self, tables: Tables, now: int) -> None:
        self.tables = tables
        self.seq, last, self.chain = tables.last()
        self.before = self.seq
        self.stamp = max(now, last)  # a clock that was set back does not turn the order round
        self.recorded_at = moment(self.stamp)
        self.ids = bytearray()
        self.skipped = array("q")
        self.problems: list[Problem] = []
        self.redacted: list[int] = []
        self.quoted_in: tuple[str, ...] = ()
        self._bad: dict[bytes, str] = {}  # kinds of events that have problems, by id
        self._known: dict[bytes, tuple[int, str]] = {}
        self._declared: dict[tuple[str, str], bool] = {}
        self._events: list[Row] = []
        self._bodies: dict[str, list[Row]] = {}
        self._abouts: list[tuple[int, int]] = []
        self._unsettled = False  # withdrawals or corrections of this batch are not yet worked into what counts
        self._withdrew = False  # the same, of withdrawals

    # Going through the batch

    def add(self, chunk: Sequence[Given]) -> None:
        """Check and write some events, or gather what is wrong with them."""
        self.flush()
        mentioned = [references(item.event) for item in chunk]
        self._known = self.tables.find({item.id for item in chunk}.union(*mentioned))
        for item, mentions in zip(chunk, mentioned, strict=True):
            known = self._known.get(item.id)
            if known is not None:
                self.skipped.append(known[0])
                continue
            found = problems(item.event, self)
            if found or (self._bad and not self._bad.keys().isdisjoint(mentions)):
                self.problems += [p._replace(file=item.file, line=item.line) for p in found]
                self._pass_over(item)
            else:
                if isinstance(item.event, (ev.Speaker, ev.Topic)):
                    self._declared[item.event.kind_of_event, item.event.id] = True
                self._record(item)

    def _record(self, item: Given) -> None:
        """Stamp an event and put its rows where ``flush`` finds them."""
        event, kind = item.event, item.event.kind_of_event
        targets = self._targets(event)
        self.seq += 1
        self.chain = rules.link(self.chain, self.seq, self.stamp, item.id, kind)
        self.ids += item.id
        self._events.append((self.seq, item.id, KIND_CODES[kind], self.stamp, self.chain))
        self._bodies.setdefault(kind, []).append((self.seq, *to_row(event, self.tables.key, self._seq_of)))
        self._known[item.id] = (self.seq, kind)
        if targets:
            self._note_about(kind, targets)

    def _note_about(self, kind: str, targets: list[int]) -> None:
        self._abouts += [(target, self.seq) for target in targets]
        self._unsettled = True
        if kind == "redaction":
            self.redacted += targets
        if kind != "correction":
            self._withdrew = True
            self._declared.clear()
            self.tables.forget()

    def _pass_over(self, item: Given) -> None:
        """Remember an event that cannot be recorded, so that what refers to it is no problem of its own."""
        self._bad[item.id] = item.event.kind_of_event
        if isinstance(item.event, ev.Topic):
            self._declared["topic", item.event.id] = True

    def flush(self) -> None:
        """Write what was checked."""
        if not self._events:
            return
        self.tables.insert(self._events, self._bodies, self._abouts)
        self._events, self._bodies, self._abouts = [], {}, []

    def finish(self) -> None:
        """Write the rest, and work out what counts now. Raises DataError with all problems of the batch."""
        self.flush()
        if self.problems:
            raise DataError(self.problems)
        self.tables.note_coded(self.before)
        if self.redacted:
            self.quoted_in = purge(self.tables, self.redacted)
        self._settle()

    def result(self) -> Appended:
        """Return what was recorded, and what was left out and why."""
        stamps = Stamps(self.before + 1, bytes(self.ids), self.recorded_at)
        exports = read.exports(self.tables) if self.redacted else ()
        return Appended(stamps, self._skips(), exports, self.quoted_in)

    def _skips(self) -> Skips:
        ids, why = bytearray(), bytearray()
        for start in range(0, len(self.skipped), CHUNK):
            seqs = self.skipped[start : start + CHUNK]
            stamps, gone = self.tables.stamps(set(seqs)), self.tables.gone(set(seqs))
            ids += b"".join(stamps[seq][0] for seq in seqs)
            why += bytes(WHY.index(_why(gone.get(seq))) for seq in seqs)
        return Skips(bytes(ids), bytes(why))

    def refuse_duplicate(self) -> None:
        """Raise DuplicateError when the event was recorded before."""
        for seq in self.skipped:
            (event_id, kind, stamp, _) = self.tables.stamps([seq])[seq]
            said = f"this {kind} is recorded already: {event_id.hex()[:SHOWN]}, since {moment_text(moment(stamp))}"
            out = self.tables.gone([seq]).get(seq)
            if out is None:
                raise DuplicateError(said)
            abouts = [a for a in self.tables.abouts(seq) if a.kind == ("redaction" if out else "retraction")]
            (by, _, since, _) = self.tables.stamps([abouts[-1].seq])[abouts[-1].seq]
            when = moment_text(moment(since))
            if out:
                raise DuplicateError(f"{said}; it was redacted on {when} and is never recorded again")
            raise DuplicateError(f"{said}, and retracted since {when}; to have it back, retract {by.hex()[:SHOWN]}")

    # What the checks ask

    def known(self, event_id: str) -> tuple[int, str] | None:
        """Return seq and kind of an event, None if it is not recorded."""
        if not is_hash(event_id):
            return None
        key = bytes.fromhex(event_id)
        if key in self._bad:
            return _BAD, self._bad[key]
        if key not in self._known:  # mentioned by what a correction mends, not by the correction itself
            self._known.update(self.tables.find([key]))
        return self._known.get(key)

    def is_redacted(self, seq: int) -> bool:
        """Tell whether an event was redacted."""
        return seq in self.redacted or (seq <= self.before and self.tables.gone([seq]).get(seq, False))

    def is_declared(self, kind: str, slug: str) -> bool:
        """Tell whether a speaker or topic is declared, and the declaration counts."""
        found = self._declared.get((kind, slug))
        if found is None:
            self._settle_withdrawals()
            found = self._declared[kind, slug] = self.tables.is_declared(kind, slug)
        return found

    def near_miss(self, kind: str, slug: str) -> str:
        """Return ``; did you mean …?`` or how to declare it."""
        known = self.tables.slugs(kind) | {s for (k, s), there in self._declared.items() if k == kind and there}
        return suggestion(slug, sorted(known)) or f"; declare it first (flipflop {kind} add)"

    def parent_of(self, topic: str) -> str | None:
        """Return the parent of a topic as declared last."""
        self.flush()
        self._settle_withdrawals()
        versions = self.tables.versions("topic", topic)
        gone = self.tables.gone(versions)
        latest = next((seq for seq in reversed(versions) if seq not in gone), None)
        found = latest and self.tables.body("topic", latest)
        return found.parent if isinstance(found, ev.Topic) else None

    def versions(self, slug: str) -> dict[str, list[int]]:
        """Return the declarations of a slug by kind; kinds without any left out."""
        self.flush()
        found = {kind: self.tables.versions(kind, slug) for kind in ("speaker", "topic")}
        return {kind: seqs for kind, seqs in found.items() if seqs}

    def as_it_reads(self, seq: int, kind: str) -> ev.Event | None:
        """Return an event with the corrections that count, None if it was redacted."""
        if seq == _BAD:
            return None
        self.flush()
        original = None if seq in self.redacted else self.tables.body(kind, seq)
        if original is None:
            return None
        changes = self.tables.changes([seq]).get(seq, {})
        abouts = self.tables.closure(changes)
        return rules.Mending(original, changes, abouts).version()

    # Helpers

    def _settle(self) -> None:
        self.flush()
        if self._unsettled:
            settle(self.tables)
            self._unsettled = self._withdrew = False

    def _settle_withdrawals(self) -> None:
        """Without withdrawals in this batch, what is known of declarations holds, and nothing need be written yet."""
        if self._withdrew:
            self._settle()

    def _targets(self, event: ev.Event) -> list[int]:
        """Return the seqs that an event is about: of a slug, all its declarations so far."""
        if not isinstance(event, (ev.Correction, ev.Retraction, ev.Redaction)):
            return []
        found = self.known(event.event)
        if found is not None:
            return [found[0]]
        return [seq for seqs in self.versions(event.event).values() for seq in seqs]

    def _seq_of(self, event_id: str) -> int:
        return self._known[bytes.fromhex(event_id)][0]


def references(event: ev.Event) -> tuple[bytes, ...]:
    """Return the ids that an event mentions."""
    mentioned = _MENTIONED.get(type(event))
    return (
        () if mentioned is None else tuple(bytes.fromhex(i) for i in mentioned(event) if i is not None and is_hash(i))
    )


_MENTIONED: dict[type, Callable[[Any], tuple[Any, ...]]] = {  # each takes the events of its own kind
    ev.Coding: lambda e: (e.statement,),
    ev.Statement: lambda e: (e.responds_to,),
    ev.Ruling: lambda e: (e.earlier, e.later),
    ev.Correction: lambda e: (e.event, e.changes.get("responds_to")),
    ev.Retraction: lambda e: (e.event,),
    ev.Redaction: lambda e: (e.event,),
}


def _why(redacted: bool | None) -> str:
    return "known" if redacted is None else "redacted" if redacted else "retracted"
