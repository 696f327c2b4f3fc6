"""What counts now, or counted at an earlier moment: the one place where it is worked out from the log, from scratch."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from flipflop.records.events import Event, Statement
from flipflop.store.log import rules
from flipflop.store.sql.columns import Amendment, micros
from flipflop.store.sql.kinds import ABOUT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flipflop.store.sql.columns import Cell
    from flipflop.store.sql.tables import Tables

ID = 16
"""Bytes of an id, as many of which stand one after the other in ``event.about``."""


class State(NamedTuple):
    """What does not count, what reads otherwise than recorded, and what needs another look; all by seq.

    ``last`` is the last event that is taken into account; ``gone`` tells which of the withdrawn are redacted.
    """

    last: int
    gone: Mapping[int, bool]
    mended: Mapping[int, Event]
    review: set[int]


class WorkedOut(NamedTuple):
    """What the tables that follow from the log should hold: all by seq.

    ``worded`` has the words and moment of each statement that was ever corrected, ``rests`` those with which each
    judgement, second in its key, of such a statement, first in its key, was made.
    """

    gone: dict[int, bool]
    mended: dict[int, Event]
    worded: dict[int, bytes]
    rests: dict[tuple[int, int], bytes]

    @property
    def review(self) -> set[int]:
        """The seqs of the judgements that rest on other words, or another moment, than now stand."""
        return {seq for (statement, seq), words in self.rests.items() if words != self.worded[statement]}


def now(tables: Tables) -> State:
    """Return what counts now, as kept in the store."""
    return State(tables.last()[0], tables.all_gone(), tables.mended(), tables.reviews())


def at(tables: Tables, last: int) -> State:
    """Return what counted when ``last`` was the last event: later retractions undone, redactions not."""
    found = worked_out(tables, tables.abouts(), last)
    return State(last, found.gone, found.mended, found.review)


def worked_out(tables: Tables, abouts: Sequence[Amendment], last: int) -> WorkedOut:
    """Return the same from who is about whom, the bodies of events and nothing else."""
    mended: dict[int, Event] = {}
    worded: dict[int, bytes] = {}
    rests: dict[tuple[int, int], bytes] = {}
    for target, mending in _mendings(tables, abouts).items():
        if target > last:
            continue
        course = mending.course(last)
        if mending.standing(last):
            mended[target] = course[-1][1]
        if isinstance(mending.original, Statement):
            worded[target], resting = resting_on(tables, target, course, last)
            rests |= {(target, seq): words for seq, words in resting.items()}
    return WorkedOut(gone_by(abouts, last), mended, worded, rests)


def resting_on(
    tables: Tables, statement: int, course: Sequence[tuple[int, Event]], last: int
) -> tuple[bytes, dict[int, bytes]]:
    """Return words and moment with which a corrected statement reads, and those of each judgement of it."""
    seqs, words = [seq for seq, _ in course], [rules.words_and_moment(event) for _, event in course]
    judged = (seq for seq in tables.judgements(statement) if seq <= last)
    return words[-1], {seq: words[bisect_right(seqs, seq) - 1] for seq in judged}


def gone_by(abouts: Sequence[Amendment], last: int | None = None) -> dict[int, bool]:
    """Return what does not count, and whether it is redacted."""
    redacted = rules.redacted(abouts)
    out = rules.withdrawn(a for a in abouts if last is None or a.seq <= last)
    return dict.fromkeys(out, False) | dict.fromkeys(redacted, True)


def _mendings(tables: Tables, abouts: Sequence[Amendment]) -> dict[int, rules.Mending]:
    """Return the corrections ever made to each event whose body is still there."""
    by_target: dict[int, list[Amendment]] = {}
    for about in abouts:
        by_target.setdefault(about.target, []).append(about)
    found: dict[int, rules.Mending] = {}
    for target, changes in tables.changes(_corrected(abouts)).items():
        original = tables.original(target)
        if original is not None:
            found[target] = rules.Mending(original, changes, rules.closure(changes, lambda seq: by_target.get(seq, [])))
    return found


def _corrected(abouts: Sequence[Amendment]) -> dict[int, list[int]]:
    """The corrections of each event that has any, in order."""
    found: dict[int, list[int]] = {}
    for about in sorted(abouts):
        if about.kind == "correction":
            found.setdefault(about.target, []).append(about.seq)
    return found


def mending_of(tables: Tables, target: int) -> rules.Mending | None:
    """Return the corrections ever made to one event; None where there is none, or where it was redacted."""
    changes = tables.changes({target: tables.corrections(target)}).get(target, {})
    original = tables.original(target) if changes else None
    if original is None:
        return None
    return rules.Mending(original, changes, rules.closure(changes, tables.abouts))


def moment_of(event: Event, tables: Tables) -> tuple[Cell, Cell, Cell]:
    """Return speaker (key) and moment of a statement, as kept for the check at "add"; nothing for other kinds."""
    if not isinstance(event, Statement):
        return (None, None, None)
    return (tables.known_key(event.speaker), micros(event.said.start), micros(event.said.end))


def abouts_by_the_log(tables: Tables) -> Iterator[Amendment]:
    """Yield who is about whom, as the log says it.

    What the chain covers says it itself. Of what version 2 or earlier recorded, the id covers the target where the
    body is there; a retraction that named a slug withdraws the declarations before it, but for those that were
    redacted, of which nothing says any more what they declared. Where that body was redacted by version 2 or earlier
    too, only the table says it.
    """
    kept: dict[int, list[Amendment]] = {}
    for about in tables.abouts():
        kept.setdefault(about.seq, []).append(about)
    for seq, kind, ids in tables.about_ids():
        if kind not in ABOUT_KINDS:
            continue
        if ids is not None:
            own = ids_in(ids) if kind == "retraction" else ids_in(ids)[:1]
            yield from (Amendment(seq, kind, target) for target in sorted(tables.seqs_of(own)))
            continue
        slug = tables.slug_of(kind, seq)
        if slug is None:
            yield from kept.get(seq, ())
        else:
            versions = {s for declared in ("speaker", "topic") for s in tables.versions(declared, slug) if s < seq}
            redacted = {about.target for about in kept.get(seq, ()) if tables.is_redacted_declaration(about.target)}
            yield from (Amendment(seq, kind, target) for target in versions | redacted)


def ids_in(about: bytes) -> list[bytes]:
    """Return the ids that stand one after the other in ``event.about``."""
    return [about[at : at + ID] for at in range(0, len(about), ID)]
