"""Recording events: duplicates, references, stamps and chain, in chunks of bounded memory. Knows nothing of SQL."""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from flipflop.errors import DataError, DuplicateError, Problem, StoreError, suggestion
from flipflop.records import events as ev
from flipflop.records.codec import moment_text
from flipflop.records.words import is_hash
from flipflop.store.log import read, rules
from flipflop.store.log.references import problems
from flipflop.store.model import SHOWN, WHY, Appended, Located, Skips, Spool, Stamps
from flipflop.store.sql.columns import moment
from flipflop.store.sql.kinds import ABOUT_KINDS, DECLARED, KIND_CODES, KINDS
from flipflop.store.sql.tables import EVENT, names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from flipflop.store.log.called import Called
    from flipflop.store.log.rereading import Rereading
    from flipflop.store.log.settling import Settling
    from flipflop.store.model import Copies
    from flipflop.store.sql.columns import Cell
    from flipflop.store.sql.engine import LongBatch
    from flipflop.store.sql.tables import Tables

_Item: TypeAlias = ev.Event | Located

LONG = 2000
"""A batch of so many events is a long one, for which guards and index step aside."""
CHUNK = 500
"""Events worked on at once: of more, the processor's cache holds the first no longer when the last is reached."""
_BAD = -1  # the seq of an event that has problems


class Appender:
    """One append: everything between taking the lock and giving it back. Serves the checks as their ledger."""

    def __init__(
        self, tables: Tables, now: int, *, long: bool, by: str | None = None, rereading: Rereading | None = None
    ) -> None:
        self.tables = tables
        self.by = by
        self._by_key: int | None = None  # of a name the word is added with the first event that bears it
        self.seq, last, self.chain = tables.last()
        if type(last) is not int or type(self.chain) is not bytes:
            raise StoreError("the last event is damaged: restore a backup, or see what `flipflop verify` says")
        self.before = self.seq
        self.stamp = max(now, last)  # a clock that was set back does not turn the order round
        self.recorded_at = moment(self.stamp)
        self._rereading = rereading if self.before else None
        self.ids = Spool()
        self._skipped, self._skipped_ids = Spool(), Spool()  # seqs, eight bytes each, and ids
        self.problems: list[Problem] = []
        self.redacted: set[int] = set()
        self.copies: Copies | None = "keep"
        self.quoted_in: tuple[str, ...] = ()
        self._bad: dict[str, str] = {}  # kinds of events that have problems, by id
        self._known: dict[str, tuple[int, str]] = {}
        self._declared: dict[str, dict[str, bool]] = {kind: {} for kind in DECLARED}
        self._events: list[Cell] = []  # the cells of rows, one row after the other: tuples of them would take longer
        self._bodies: defaultdict[str, list[Cell]] = defaultdict(list)
        self._abouts: list[Cell] = []
        self._settling: Settling | None = None  # seldom needed
        self._called: Called | None = None  # seldom needed
        self._bulk: LongBatch | None = tables.bulk() if long else None
        self._gone: dict[int, bool] | None = None  # of a long batch: what did not count before it

    # Going through the batch

    def add(self, chunk: Sequence[_Item | Problem]) -> None:
        """Check and write some events, or gather what is wrong with them, and what stands for those not readable."""
        if Problem not in set(map(type, chunk)):
            self._add(cast("Sequence[_Item]", chunk))
            return
        for unread, part in groupby(chunk, lambda item: isinstance(item, Problem)):
            if unread:
                self.problems += cast("Iterator[Problem]", part)
            else:
                self._add(cast("Sequence[_Item]", list(part)))

    def _add(self, chunk: Sequence[_Item]) -> None:
        self._begin()
        events = [item.event if isinstance(item, Located) else item for item in chunk]
        ids = [event.hash for event in events]
        # One search for the whole chunk. ``_stamp`` adds to the same dict what is recorded on the way, so that an event
        # that stands twice in a chunk is skipped the second time, and may be referred to at once.
        known = self._known = self._recorded(events, ids)
        if self._rereading is not None:
            self._reread(self._rereading, chunk, events, ids)
        skipped: list[str] = []
        for item, event, event_id in zip(chunk, events, ids, strict=True):
            if event_id in known:
                skipped.append(event_id)
                continue
            found = problems(event, self)
            if found or (self._bad and not self._bad.keys().isdisjoint(references(event))):
                self._pass_over(item, found)
            else:
                self._record(event, event_id)
        self._skipped.add(array("q", [known[event_id][0] for event_id in skipped]).tobytes())
        self._skipped_ids.add(bytes.fromhex("".join(skipped)))

    def _begin(self) -> None:
        """Write what the chunk before left.

        Rows wait for the end of their chunk, as many in one INSERT take less time. So whatever asks the
        tables about this batch must call ``flush`` first; what is asked for each event (is it known, is it declared) is
        answered from memory.
        """
        self.flush()
        if self._bulk is not None:
            self._bulk.go_on(self.before, self.seq)

    def _recorded(self, events: Sequence[ev.Event], ids: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Return seq and kind of those events, and of those that they mention, which are recorded."""
        mentioned = {event_id for event in events for event_id in references(event)}
        return self._find(set(ids).union(filter(is_hash, mentioned.difference(ids))))

    def _reread(self, rereading: Rereading, chunk: Sequence[_Item], events: list[ev.Event], ids: list[str]) -> None:
        """Put in the place of what would have another id today what is recorded, and let the others refer to that."""
        known = self._known
        typed = [at for at, one in enumerate(chunk) if isinstance(one, Located) and one.typed and ids[at] not in known]
        for at, (event_id, seq) in rereading.find(self.tables, {at: events[at] for at in typed}, self.before).items():
            ids[at] = event_id
            known[event_id] = (seq, events[at].kind_of_event)
        if not rereading:
            return
        changed = []
        for at, event in enumerate(events):
            events[at] = rereading.as_recorded(event)
            if events[at] is not event and ids[at] == event.hash:
                ids[at] = events[at].hash
                changed.append(at)
        if changed:
            self._known.update(self._recorded([events[at] for at in changed], [ids[at] for at in changed]))

    def _find(self, ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        keys = [bytes.fromhex(event_id) for event_id in ids]
        found = None if self._bulk is None else self._bulk.find(keys)
        if found is None:
            found = self.tables.find(keys)
        return {key.hex(): place for key, place in found.items()}

    def _record(self, event: ev.Event, event_id: str) -> None:
        """Stamp an event and put its rows where ``flush`` finds them."""
        kind = event.kind_of_event
        if kind in ABOUT_KINDS:
            # Before its own stamp, and with the declarations so far: what comes later under a slug is not meant.
            targets = sorted(self._targets(event))
            self._settle_before()
            self._stamp(kind, event_id, self._about(kind, targets))
            self._bodies[kind] += KINDS[kind].write(event, self.seq, self.tables.keys, self._known)
            self._note_about(kind, targets, event)
            return
        self._stamp(kind, event_id)
        self._bodies[kind] += KINDS[kind].write(event, self.seq, self.tables.keys, self._known)
        if kind in self._declared:
            self._declared[kind][event.id] = True  # type: ignore[union-attr]  # a speaker or topic
            self._learn(event)

    def _stamp(self, kind: str, event_id: str, about: bytes | None = None) -> None:
        """Give an event its place; bytes go as bytearrays, for which sqlite3 takes a third of the time."""
        if self._by_key is None and self.by is not None:
            self._by_key = self.tables.key(self.by)
        key = bytearray.fromhex(event_id)
        seq = self.seq = self.seq + 1
        chain = self.chain = rules.link(self.chain, seq, self.stamp, key, kind, about, self.by)
        self._events += (seq, key, KIND_CODES[kind], self.stamp, self._by_key, bytearray(chain), about)
        self._known[event_id] = (seq, kind)

    def _about(self, kind: str, targets: list[int]) -> bytes | None:
        """Return the ids of what an event is about, which the chain binds; then of what that was about, if redacted."""
        self.flush()
        meant = [*targets]
        if kind == "redaction":
            meant += [seq for target in targets for seq in self.tables.targets(target, target).get(target, [])]
        stamps = self.tables.stamps(set(meant))
        return b"".join(stamps[seq][0] for seq in meant)

    def _settle_before(self) -> Settling:
        """Write what there is, and take notice of the judgements in it, before something changes what they rest on."""
        self.flush()
        if self._settling is None:
            from flipflop.store.log.settling import Settling  # costs start-up time

            self._settling = Settling(self.tables, self.before)
        self._settling.note(self.seq)
        return self._settling

    def _note_about(self, kind: str, targets: list[int], event: ev.Event | None) -> None:
        """Write an event that is about others, and what follows from it; it is None where its body was redacted."""
        for target in targets:
            self._abouts += (target, self.seq)
        settling = self._settle_before()
        if kind == "correction":
            if isinstance(event, ev.Correction) and targets[0] not in self.redacted:
                settling.correct(targets[0], event)
                if self._called is not None:
                    self._learn(settling.as_it_reads(targets[0]))
            return
        if kind == "retraction":
            settling.retract(targets)
        else:
            settling.redact(targets)
            self.redacted.update(targets)
        for declared in self._declared.values():
            declared.clear()
        self._called = None
        self.tables.forget()

    def _learn(self, event: ev.Event | None) -> None:
        """Take note of what a speaker is called now, where somebody asks for it."""
        if self._called is not None and isinstance(event, ev.Speaker):
            self._called.learn(event.id, names_in(event))

    def _pass_over(self, item: _Item, found: Sequence[Problem]) -> None:
        """Tell of an event that cannot be recorded; what refers to it is no problem of its own."""
        event, file, line = item[:3] if isinstance(item, Located) else (item, None, None)
        self.problems += [problem._replace(file=file, line=line) for problem in found]
        self._bad[event.hash] = event.kind_of_event
        if isinstance(event, ev.Topic):  # else each coding under it would be told as one of an unknown topic
            self._declared["topic"][event.id] = True

    def flush(self) -> None:
        """Write what was checked."""
        if not self._events:
            return
        self.ids.add(b"".join(cast("list[bytearray]", self._events[1 :: len(EVENT)])))
        self.tables.insert(self._events, self._bodies, self._abouts)
        if self._bulk is not None:
            self._bulk.note(self._events)
        self._events, self._abouts = [], []
        self._bodies.clear()

    def finish(self) -> None:
        """Write the rest, and work out what counts now. Raises DataError with all problems of the batch."""
        self.flush()
        if self.problems:
            raise DataError(self.problems)
        if self._bulk is not None:  # first of all: what a redaction deletes is deleted under the guards
            self._bulk.end()
            self._bulk = None
        self.tables.note_coded(self.before)
        if self._settling is not None:
            self._settling.note(self.seq)
        else:
            self.tables.note_rests(self.before)
        if self.redacted:
            from flipflop.store.log.redact import purge, see_to_copies  # seldom needed

            see_to_copies(self.tables, self.copies)
            self.quoted_in = purge(self.tables, sorted(self.redacted), self._settle_before())

    def result(self) -> Appended:
        """Return what was recorded, and what was left out and why."""
        stamps = Stamps(self.before + 1, self.ids, (self.recorded_at, self.by))
        exports = read.exports(self.tables) if self.redacted else ()
        number, warning = self._idle()
        return Appended(stamps, self._skips(), exports, self.quoted_in, (warning,) if number else (), number)

    def _idle(self) -> tuple[int, str]:
        """Return how many judgements of this batch count for nothing, and why."""
        judged = self.tables.judged_in_vain(self.before)
        first = next(judged, None)
        if first is None:
            return 0, ""
        from flipflop.store.log.idle import idle  # seldom needed

        return idle(self.tables, chain([first], judged))

    def _skips(self) -> Skips:
        why = bytearray()
        for seqs in self._skipped_seqs():
            gone = self.tables.gone(set(seqs))
            why += bytes(WHY.index(_why(gone.get(seq))) for seq in seqs)
        return Skips(self._skipped_ids, bytes(why))

    def _skipped_seqs(self) -> Iterator[array[int]]:
        """Yield the seqs of what was skipped, some at a time."""
        width = 8 * CHUNK
        for start in range(0, len(self._skipped), width):
            yield array("q", self._skipped.read(start, width))

    def refuse_duplicate(self) -> None:
        """Raise DuplicateError when the event was recorded before."""
        for seq in chain.from_iterable(self._skipped_seqs()):
            (event_id, kind, stamp, _) = self.tables.stamps([seq])[seq]
            said = f"this {kind} is recorded already: {event_id.hex()[:SHOWN]}, since {moment_text(moment(stamp))}"
            out = self.tables.gone([seq]).get(seq)
            if out is None:
                raise DuplicateError(said + (self._overtaken(seq, kind) or self._outdated(seq, kind)))
            abouts = [a for a in self.tables.abouts(seq) if a.kind == ("redaction" if out else "retraction")]
            (by, _, since, _) = self.tables.stamps([abouts[-1].seq])[abouts[-1].seq]
            when = moment_text(moment(since))
            if out:
                raise DuplicateError(f"{said}; it was redacted on {when} and is never recorded again")
            raise DuplicateError(f"{said}, and retracted since {when}; to have it back, retract {by.hex()[:SHOWN]}")

    def _overtaken(self, seq: int, kind: str) -> str:
        """Return how to have a judgement or declaration back in whose place later ones count, else nothing."""
        event = self.tables.body(kind, seq)
        same: list[int] = []
        if isinstance(event, ev.Speaker | ev.Topic):
            same = self.tables.versions(kind, event.id)
        elif isinstance(event, ev.Coding | ev.Ruling):
            about = self.tables.judgements(self.tables.pair(seq)[0])
            same = [one for one in about if place(self.tables.body(kind, one)) == place(event)]
        in_order = sorted(same, key=self._ruling_age if isinstance(event, ev.Ruling) else None)
        after = in_order[in_order.index(seq) + 1 :] if same else []
        later = [one for one in after if one not in self.tables.gone(same)]
        if not later:
            return ""
        ids = ", ".join(event_id.hex()[:SHOWN] for event_id, *_ in self.tables.stamps(later).values())
        return f", but what came later counts in its place; to have it back, retract {ids}"

    def _ruling_age(self, seq: int) -> tuple[datetime, str]:
        (event_id, kind, stamp, _) = self.tables.stamps([seq])[seq]
        ruling = cast("ev.Ruling", self.tables.body(kind, seq))
        return rules.age(ruling, event_id.hex(), moment(stamp))

    def _outdated(self, seq: int, kind: str) -> str:
        """Return how to confirm a judgement of what changed after it, else nothing."""
        if kind not in ("coding", "ruling"):
            return ""
        from flipflop.store.log.lookup import is_to_look_at_again  # seldom needed

        if not is_to_look_at_again(self.tables, seq, kind):
            return ""
        stamp = "coded_at" if kind == "coding" else "decided_at"
        return f", before words, moment or proposition changed; to confirm it, record it again with a {stamp}"

    # What the checks ask

    def known(self, event_id: str) -> tuple[int, str] | None:
        """Return seq and kind of an event, None if it is not recorded."""
        found = self._known.get(event_id)
        if found is not None or not is_hash(event_id):
            return found
        if event_id in self._bad:
            return _BAD, self._bad[event_id]
        self._known.update(self._find([event_id]))  # mentioned by what a correction mends, not by the correction itself
        return self._known.get(event_id)

    def is_redacted(self, seq: int) -> bool:
        """Tell whether an event was redacted."""
        if seq in self.redacted or seq > self.before:
            return seq in self.redacted
        if self._bulk is None:
            return self.tables.gone([seq]).get(seq, False)
        if self._gone is None:
            self._gone = self.tables.all_gone()
        return self._gone.get(seq, False)

    def is_declared(self, kind: str, slug: str) -> bool:
        """Tell whether a speaker or topic is declared, and the declaration counts."""
        found = self._declared[kind].get(slug)
        if found is None:
            found = self._declared[kind][slug] = self.tables.is_declared(kind, slug)
        return found

    def near_miss(self, kind: str, slug: str) -> str:
        """Return ``; did you mean …?`` or how to declare it."""
        known = self.tables.slugs(kind) | {s for s, there in self._declared[kind].items() if there}
        return suggestion(slug, sorted(known)) or f"; declare it first (flipflop {kind} add)"

    def topic_of(self, topic: str, field: str) -> str | None:
        """Return another topic that a topic names in a field, as it reads."""
        latest = self.latest("topic", topic)
        found = None if latest is None else self.as_it_reads(latest, "topic")
        return getattr(found, field, None)

    def latest(self, kind: str, slug: str) -> int | None:
        """Return the declaration of a speaker or topic that counts, None where none does."""
        self.flush()
        versions = self.tables.versions(kind, slug)
        gone = self.tables.gone(versions)
        return next((seq for seq in reversed(versions) if seq not in gone), None)

    def others_called(self, name: str, slug: str) -> list[str]:
        """Return the speakers but that one who are called so now."""
        if self._called is None:
            from flipflop.store.log.called import Called  # seldom needed

            self.flush()
            self._called = Called(self.tables)
        return self._called.others(name, slug)

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
        return None if seq in self.redacted else self.tables.mended_one(seq) or self.tables.body(kind, seq)

    # Helpers

    def _targets(self, event: Any) -> list[int]:  # noqa: ANN401  # a correction, retraction or redaction
        """Return the seqs that an event is about: of a slug, all its declarations so far."""
        found = self.known(event.event)
        if found is not None:
            return [found[0]]
        return [seq for seqs in self.versions(event.event).values() for seq in seqs]


def references(event: ev.Event) -> tuple[str, ...]:
    """Return what an event mentions: ids, and slugs where they may stand for them."""
    found = KINDS[event.kind_of_event].events_mentioned(event)
    if event.__class__ is not ev.Correction:
        return found
    return (*found, *(str(event.changes[field]) for field in event.changes.keys() & _REFERENCES))


_REFERENCES = {name for kind in KINDS.values() for name, of in kind.mentions if "statement" in of}


def place(event: ev.Event | None) -> tuple[str, ...] | None:
    """Return what only the latest judgement counts of: one coder's of a statement, anybody's of a pair."""
    match event:
        case ev.Coding():
            return event.statement, event.topic, event.coder
        case ev.Ruling():
            return event.earlier, event.later, event.topic
    return None


def _why(redacted: bool | None) -> str:
    return "known" if redacted is None else "redacted" if redacted else "retracted"
