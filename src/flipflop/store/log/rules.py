"""What counts: withdrawals, corrections, chain, which codings and which ruling. Knows nothing of any database."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from hashlib import sha256
from struct import Struct, error
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from flipflop.errors import DataError, Problem, StoreError
from flipflop.records.codec import canonical, moment_text, to_json
from flipflop.records.events import Coding, Ruling, Statement, Topic
from flipflop.records.reading import from_json
from flipflop.records.words import MODEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from flipflop.records.codec import Json
    from flipflop.records.events import Event
    from flipflop.store.sql.columns import Amendment

CONFIRMED = "confirmed_at"
"""The one key of the changes of a confirmation of a coding or ruling: the clock of whoever looked, UTC."""


def link(
    before: bytes,
    seq: int,
    recorded_at: int,
    event_id: bytes | bytearray,
    kind: str,
    about: bytes | None = None,
    by: str | None = None,
) -> bytes:
    """Return the chain at an event: 16 bytes of SHA-256 over the chain before it, its stamps, id, kind and targets.

    The id covers kind and body, so the chain covers all that was recorded, and its order. The kind stands there once
    more because nobody can recompute an id after a redaction, and so do the ids of what a correction, retraction or
    redaction is about: what a retraction withdraws is bound also when its body is gone. Version 2 and earlier left
    them out (None). The name of who recorded it, where there is one, stands between NULs, which neither names nor kinds
    have: no other event has the same bytes. Raises StoreError where the result cannot be worked out, as what should be
    a number or an id is none.
    """
    what = kind if by is None else f"\0{by}\0{kind}"
    try:
        return sha256(before + _STAMPS(seq, recorded_at) + event_id + what.encode() + (about or b"")).digest()[:16]
    except (error, TypeError, ValueError):
        raise StoreError(f"the store is damaged: event {seq} has no place in the chain; see: flipflop verify") from None


Linked: TypeAlias = "tuple[int, int, bytes, str, bytes | None, str | None]"
"""What ``link`` takes of an event: seq, recorded_at, id, kind, about and by."""

_STAMPS = Struct(">Qq").pack


def withdrawn(abouts: Iterable[Amendment]) -> set[int]:
    """Return the seqs that retractions withdraw; a retraction that is withdrawn itself withdraws nothing.

    A retraction is about what came before it, so that, from the last to the first, each is settled when its turn comes.
    """
    found: set[int] = set()
    for about in sorted(abouts, reverse=True):
        if about.kind == "retraction" and about.seq not in found:
            found.add(about.target)
    return found


def redacted(abouts: Iterable[Amendment]) -> set[int]:
    """Return the seqs that redactions name. A redaction is never undone."""
    return {about.target for about in abouts if about.kind == "redaction"}


def mend(event: Event, changes: Iterable[Mapping[str, Json]]) -> Event:
    """Return the event with corrections applied in turn; one that does not fit what then stands is passed over."""
    for change in changes:
        try:
            event = changed(event, change)
        except DataError:
            continue  # the correction before it was withdrawn or redacted; ``verify`` tells of it
    return event


def changed(event: Event, changes: Mapping[str, Json]) -> Event:
    """Return the event with new values for some fields (null: none). Raises DataError where the result is no event.

    Values must be given in full, as ``to_json`` writes them: nothing is parsed again on reading. A coding or ruling
    stays as it is: it can only be confirmed. The id of a speaker or topic is permanent.
    """
    if isinstance(event, Coding | Ruling):
        return _confirmed(event, changes)
    body = to_json(event)
    if "id" in changes and "id" in body:
        raise DataError(Problem("is permanent: declare another", "changes.id"))
    fields = event.__struct_fields__
    unknown = [
        Problem(f"a {event.kind_of_event} has no such field", f"changes.{k}") for k in changes if k not in fields
    ]
    if unknown:
        raise DataError(unknown)
    try:
        result = from_json({**body, **changes})
    except DataError as error:
        raise DataError(p._replace(field=f"changes.{p.field}") for p in error.problems) from None
    written = to_json(result)
    loose = [k for k in changes if k in written and canonical(changes[k]) != canonical(written[k])]
    if loose:
        raise DataError(Problem(f"must be given in full: {canonical(written[k])}", f"changes.{k}") for k in loose)
    return result


def _confirmed(judgement: Coding | Ruling, changes: Mapping[str, Json]) -> Coding | Ruling:
    kind = judgement.kind_of_event
    if [*changes] != [CONFIRMED]:
        again = "code the statement" if kind == "coding" else "rule on the pair"
        remedy = f"a {kind} is not amended, only confirmed ({CONFIRMED}); {again} again"
        raise DataError(Problem(remedy, "changes"))
    given = changes[CONFIRMED]
    try:
        whole = isinstance(given, str) and moment_text(datetime.fromisoformat(given).astimezone(UTC)) == given
    except ValueError:
        whole = False
    if not whole:
        raise DataError(
            Problem(f"must be a moment such as 2017-07-09T11:50:24Z, not {given!r}", f"changes.{CONFIRMED}")
        )
    return judgement


def words_and_moment(event: Event) -> bytes:
    """Return what a judgement of an event rests on, as 16 bytes of its SHA-256; of all but statements the same.

    When this changes, codings and rulings need another look. What was left open in a moment is no part of it: where
    such a warning falls away, the moment is the same.
    """
    said: list[Json] = []
    if isinstance(event, Statement):
        moment = cast("dict[str, Json]", to_json(event)["said"])
        said = [event.text, {key: value for key, value in moment.items() if key != "warnings"}]
    return sha256(canonical(said).encode()).digest()[:16]


class Mending(NamedTuple):
    """All corrections ever made to one event, and the retractions that bear on them."""

    original: Event
    changes: Mapping[int, Mapping[str, Json]]
    abouts: Sequence[Amendment]

    def standing(self, until: int | None = None) -> tuple[int, ...]:
        """Return the seqs of the corrections that count (with nothing recorded after ``until``), in order."""
        abouts = [a for a in self.abouts if until is None or a.seq <= until]
        out = withdrawn(abouts)
        return tuple(seq for seq in sorted(self.changes) if (until is None or seq <= until) and seq not in out)

    def course(self, until: int | None = None) -> list[tuple[int, Event]]:
        """Return how the event read from which seq on: as recorded, from 0 on, and after each that bears on it."""
        out: set[int] = set()
        standing: list[int] = []
        found = [(0, self.original)]
        marks = self.changes.keys() | {about.seq for about in self.abouts if about.kind == "retraction"}
        for seq in sorted(mark for mark in marks if until is None or mark <= until):
            if seq in self.changes:
                standing.append(seq)
                found.append((seq, mend(found[-1][1], [self.changes[seq]])))
                continue
            out = withdrawn(about for about in self.abouts if about.seq <= seq)
            standing = [one for one in sorted(self.changes) if one <= seq and one not in out]
            found.append((seq, mend(self.original, (self.changes[one] for one in standing))))
        return found

    def version(self, until: int | None = None) -> Event:
        """Return the event as it reads (with nothing recorded after ``until``)."""
        return mend(self.original, (self.changes[seq] for seq in self.standing(until)))

    def judged_otherwise(self, seq: int, until: int | None = None) -> bool:
        """Tell whether a judgement made or confirmed at ``seq`` rests on words or a moment that no longer stand."""
        return words_and_moment(self.version(seq)) != words_and_moment(self.version(until))


class Declarations(NamedTuple):
    """All declarations of a speaker or topic, all corrections of each, and the retractions that bear on them; by seq.

    A later declaration takes the place of those before it as a whole, as a correction of all fields would.
    """

    bodies: Mapping[int, Event]
    changes: Mapping[int, Mapping[int, Mapping[str, Json]]]
    abouts: Sequence[Amendment]

    def course(self, until: int | None = None) -> list[tuple[int, Event | None]]:
        """Return how it read from which seq on (with nothing recorded after ``until``); None where nothing counted."""
        owner = {seq: declared for declared, changes in self.changes.items() for seq in changes}
        marks = self.bodies.keys() | owner.keys() | {about.seq for about in self.abouts if about.kind == "retraction"}
        found: list[tuple[int, Event | None]] = [(0, None)]
        reads: dict[int, Event] = {}
        for seq in sorted(mark for mark in marks if until is None or mark <= until):
            if seq in self.bodies:
                reads[seq] = self.bodies[seq]
            elif seq not in owner:
                reads = self._reads(seq)
            elif owner[seq] in reads:
                reads[owner[seq]] = mend(reads[owner[seq]], [self.changes[owner[seq]][seq]])
            found.append((seq, reads[max(reads)] if reads else None))
        return found

    def _reads(self, until: int) -> dict[int, Event]:
        """How each declaration that counted read, when ``until`` was the last event."""
        out = withdrawn(about for about in self.abouts if about.seq <= until)
        return {
            declared: mend(
                event,
                (
                    change
                    for seq, change in sorted(self.changes.get(declared, {}).items())
                    if seq <= until and seq not in out
                ),
            )
            for declared, event in self.bodies.items()
            if declared <= until and declared not in out
        }


NOT_STATED = ""
"""What stands for the proposition of a topic that had none yet, but its title in its place."""


def proposition(event: Event | None) -> str | None:
    """Return the proposition on which judgements rest that are made while a topic reads so; None where none counts."""
    if not isinstance(event, Topic):
        return None
    return NOT_STATED if event.proposition == event.title else event.proposition


class Propositions:
    """The propositions that a topic had, each from a seq on."""

    def __init__(self, course: Iterable[tuple[int, Event | None]]) -> None:
        self.seqs: list[int] = []
        self.texts: list[str | None] = []
        for seq, event in course:
            self.seqs.append(seq)
            self.texts.append(proposition(event))

    def are_others(self, seq: int) -> bool:
        """Tell whether what was judged (or confirmed) at ``seq`` was judged of another proposition than now stands.

        What was judged before any was stated was judged of no other.
        """
        return self.at(seq) not in (NOT_STATED, self.texts[-1])

    def at(self, seq: int) -> str | None:
        """Return what stood at ``seq``: ``NOT_STATED`` where none was stated, None where none counted."""
        return self.texts[bisect_right(self.seqs, seq) - 1]


def closure(seqs: Iterable[int], about: Callable[[int], Sequence[Amendment]]) -> list[Amendment]:
    """Return everything about these events, about what is about them, and so on; ``about`` says it of one event."""
    found: list[Amendment] = []
    todo = list(seqs)
    seen = set(todo)
    while todo:
        for amendment in about(todo.pop()):
            found.append(amendment)
            if amendment.seq not in seen:
                seen.add(amendment.seq)
                todo.append(amendment.seq)
    return found


class Vote(NamedTuple):
    """One coding that counts, as the check at ``add`` needs it."""

    seq: int
    stance: int | None
    coder: str
    adjudicates: int
    said_from: int
    said_until: int


def position_sign(judgements: Iterable[Vote]) -> int | None:
    """Return the sign that the codings of one statement on one topic show; None for unclear or disputed.

    The rule of ``flipflop.positions``, of codings in the order in which they were made: of each coder the latest
    counts, and people hide models; a person's that adjudicates decides alone. Opposite signs show none; else most votes
    decide, of equals what says least.
    """
    in_turn = list(judgements)
    if len(in_turn) == 1:
        return _sign(in_turn[0].stance)
    counting = {j.coder: j.seq for j in in_turn}
    latest = [j for j in in_turn if counting[j.coder] == j.seq]
    people = [j for j in latest if not j.coder.startswith(MODEL)]
    settling = [j for j in people if j.adjudicates]
    votes = [_sign(j.stance) for j in settling[-1:] or people or latest]
    if {1, -1} <= set(votes):
        return None
    return max((None, 0, -1, 1), key=votes.count)  # ``max`` takes the first of equals


def age(ruling: Ruling, event_id: str, recorded_at: datetime) -> tuple[datetime, str]:
    """Return by what rulings on a pair are sorted, the latest last: by when they were made, then by id.

    One that does not say when it was made was made when it was recorded. ``flipflop.frames.latest_rulings`` is the
    same rule for frames.
    """
    return ruling.decided_at or recorded_at, event_id


def _sign(stance: int | None) -> int | None:
    return None if stance is None else (stance > 0) - (stance < 0)
