"""The checks that need the store: what an event refers to is there, and nothing was said after it was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from flipflop.errors import DataError, Problem
from flipflop.records import events as ev
from flipflop.records.codec import moment_text
from flipflop.records.words import is_hash
from flipflop.store.log import rules
from flipflop.store.model import SHOWN
from flipflop.store.sql.rows import without_a_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime


class Ledger(Protocol):
    """What is recorded so far, the batch itself included."""

    recorded_at: datetime

    def known(self, event_id: str) -> tuple[int, str] | None:
        """Return seq (negative: it has problems of its own) and kind of an event, None if it is not recorded."""

    def is_redacted(self, seq: int) -> bool:
        """Tell whether an event was redacted."""

    def is_declared(self, kind: str, slug: str) -> bool:
        """Tell whether a speaker or topic is declared, and the declaration counts."""

    def near_miss(self, kind: str, slug: str) -> str:
        """Return ``; did you mean …?`` or how to declare it."""

    def parent_of(self, topic: str) -> str | None:
        """Return the parent of a topic as declared last."""

    def versions(self, slug: str) -> dict[str, list[int]]:
        """Return the declarations of a slug by kind; kinds without any left out."""

    def as_it_reads(self, seq: int, kind: str) -> ev.Event | None:
        """Return an event with the corrections that count, None if it was redacted."""


def problems(event: ev.Event, ledger: Ledger) -> Sequence[Problem]:
    """Return what keeps an event from being recorded."""
    if (lost := without_a_place(event)) is not None:
        return (lost,)
    check = _CHECKS.get(type(event))
    return () if check is None else check(event, ledger)


def _declared(kind: str, slug: str | None, field: str, ledger: Ledger) -> Sequence[Problem]:
    if slug is None or ledger.is_declared(kind, slug):
        return ()
    return (Problem(f"unknown {kind} {slug!r}{ledger.near_miss(kind, slug)}", field),)


def _statement(event: ev.Statement, ledger: Ledger) -> Sequence[Problem]:
    if (
        event.on_behalf_of is None
        and event.responds_to is None
        and event.said.start < ledger.recorded_at
        and ledger.is_declared("speaker", event.speaker)
    ):
        return ()
    return (*_of_statement(event, ledger),)


def _of_statement(event: ev.Statement, ledger: Ledger) -> Iterator[Problem]:
    yield from _declared("speaker", event.speaker, "speaker", ledger)
    yield from _declared("speaker", event.on_behalf_of, "on_behalf_of", ledger)
    if event.responds_to is not None:
        yield from _statement_reference(event.responds_to, "responds_to", ledger, redacted=True)
    if event.said.start >= ledger.recorded_at:
        now = moment_text(ledger.recorded_at)
        begins = moment_text(event.said.start)
        yield Problem(f"{event.said.text!r} is not over yet: it begins {begins}, now is {now}", "said")


def _coding(event: ev.Coding, ledger: Ledger) -> Sequence[Problem]:
    found = _statement_reference(event.statement, "statement", ledger)
    if not found and ledger.is_declared("topic", event.topic):
        return ()
    return (*found, *_declared("topic", event.topic, "topic", ledger))


def _ruling(event: ev.Ruling, ledger: Ledger) -> Sequence[Problem]:
    return (
        *_statement_reference(event.earlier, "earlier", ledger),
        *_statement_reference(event.later, "later", ledger),
        *_declared("topic", event.topic, "topic", ledger),
    )


def _topic(event: ev.Topic, ledger: Ledger) -> Sequence[Problem]:
    return () if event.parent is None else (*_parent(event, ledger),)


def _speaks_for(event: ev.SpeaksFor, ledger: Ledger) -> Sequence[Problem]:
    return (
        *_declared("speaker", event.surrogate, "surrogate", ledger),
        *_declared("speaker", event.principal, "principal", ledger),
        *(problem for topic in event.topics for problem in _declared("topic", topic, "topics", ledger)),
    )


def _statement_reference(event_id: str, field: str, ledger: Ledger, *, redacted: bool = False) -> Sequence[Problem]:
    found = ledger.known(event_id)
    if found is None:
        return (Problem(f"no event {event_id!r} is recorded here; record the statement first", field),)
    if found[1] != "statement":
        return (Problem(f"{event_id[:SHOWN]} is a {found[1]}, not a statement", field),)
    if not redacted and ledger.is_redacted(found[0]):
        return (Problem(f"statement {event_id[:SHOWN]} was redacted; nothing more is recorded about it", field),)
    return ()


def _parent(event: ev.Topic, ledger: Ledger) -> Iterator[Problem]:
    yield from _declared("topic", event.parent, "parent", ledger)
    above, path = event.parent, [event.id]
    while above is not None and above not in path[1:]:
        path.append(above)
        if above == event.id:
            yield Problem(f"topics would go round in a circle: {' > '.join(path)}", "parent")
            return
        above = ledger.parent_of(above)


_REMEDIES = {
    "speaker": "declare it again, with the same id",
    "topic": "declare it again, with the same id",
    "coding": "code the statement again",
    "ruling": "rule on the pair again",
    "correction": "retract it and amend again",
    "retraction": "retract it, and retract again",
    "redaction": "a redaction stands as it is",
}


def _correction(event: ev.Correction, ledger: Ledger) -> Sequence[Problem]:
    return (*_corrected(event, ledger),)


def _corrected(event: ev.Correction, ledger: Ledger) -> Iterator[Problem]:
    found = ledger.known(event.event)
    if found is None:
        yield Problem(f"no event {event.event!r} is recorded here", "target")
        return
    seq, kind = found
    if seq < 0:
        return  # told where that event stands
    if kind not in rules.KINDS_MENDED:
        yield Problem(f"a {kind} is not amended; {_REMEDIES[kind]}", "target")
        return
    before = ledger.as_it_reads(seq, kind)
    if before is None:
        yield Problem(f"{kind} {event.event[:SHOWN]} was redacted; there is nothing left to amend", "target")
        return
    try:
        after = rules.changed(before, event.changes)
    except DataError as error:
        yield from error.problems
        return
    if after == before:
        yield Problem(f"{kind} {event.event[:SHOWN]} says this already; nothing would change", "changes")
    for problem in problems(after, ledger):
        yield problem._replace(field=f"changes.{problem.field}")


def _withdrawal(event: ev.Retraction | ev.Redaction, ledger: Ledger) -> Sequence[Problem]:
    return (*_withdrawn(event, ledger),)


def _withdrawn(event: ev.Retraction | ev.Redaction, ledger: Ledger) -> Iterator[Problem]:
    verb = "retracted" if isinstance(event, ev.Retraction) else "redacted"
    if is_hash(event.event):
        found = ledger.known(event.event)
        if found is None:
            yield Problem(f"no event {event.event!r} is recorded here", "target")
        elif found[1] == "redaction" and verb == "retracted":
            yield Problem("a redaction is never undone", "target")
        return
    kinds = ledger.versions(event.event)
    if not kinds:
        yield Problem(f"no speaker or topic {event.event!r} is recorded here", "target")
    elif verb == "redacted":
        yield Problem(
            f"{event.event!r} is the name of a {next(iter(kinds))}: redact each declaration of it by its id", "target"
        )
    elif len(kinds) > 1:
        yield Problem(f"{event.event!r} is a speaker and a topic: give the id of the declaration", "target")


_CHECKS: dict[type, Callable[[Any, Ledger], Sequence[Problem]]] = {  # each takes the events of its own kind
    ev.Statement: _statement,
    ev.Coding: _coding,
    ev.SpeaksFor: _speaks_for,
    ev.Topic: _topic,
    ev.Ruling: _ruling,
    ev.Correction: _correction,
    ev.Retraction: _withdrawal,
    ev.Redaction: _withdrawal,
}
