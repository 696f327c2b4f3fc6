"""The checks that need the store: what an event refers to is there, and nothing was said after it was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from flipflop.errors import DataError, Problem
from flipflop.records import events as ev
from flipflop.records.codec import moment_text
from flipflop.records.words import is_hash
from flipflop.store.log import rules
from flipflop.store.model import SHOWN
from flipflop.store.sql.kinds import KINDS
from flipflop.store.sql.tables import names_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from flipflop.store.sql.rows import Mention


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

    def topic_of(self, topic: str, field: str) -> str | None:
        """Return another topic that a topic names in a field, as it reads."""

    def latest(self, kind: str, slug: str) -> int | None:
        """Return the seq of the declaration of a speaker or topic that counts, None where none does."""

    def others_called(self, name: str, slug: str) -> list[str]:
        """Return the speakers but that one who are called so now."""

    def versions(self, slug: str) -> dict[str, list[int]]:
        """Return the declarations of a slug by kind; kinds without any left out."""

    def as_it_reads(self, seq: int, kind: str) -> ev.Event | None:
        """Return an event with the corrections that count, None if it was redacted."""


def problems(event: ev.Event, ledger: Ledger) -> Sequence[Problem]:
    """Return what keeps an event from being recorded."""
    return _CHECKS.get(type(event), _mentioned)(event, ledger)


def _mentioned(event: ev.Event, ledger: Ledger) -> Sequence[Problem]:
    """Whatever it mentions is there."""
    kind = KINDS[event.kind_of_event]
    if kind.all_there(event, ledger, _fault):
        return ()
    given = ((field, of, getattr(event, field)) for field, of in kind.mentions)
    names = ((field, of, name) for field, of, value in given for name in _each(value))
    return [Problem(fault, field) for field, of, name in names if (fault := _fault(of, name, ledger)) is not None]


def _each(value: tuple[str, ...] | str | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _fault(of: Mention, name: str, ledger: Ledger) -> str | None:
    """Return what is wrong with what a field names, None for nothing."""
    if of == "speaker" or of == "topic":
        return None if ledger.is_declared(of, name) else f"unknown {of} {name!r}{ledger.near_miss(of, name)}"
    found = ledger.known(name)
    if found is None:
        return f"no event {name!r} is recorded here; record the statement first"
    if found[1] != "statement":
        return f"{name[:SHOWN]} is a {found[1]}, not a statement"
    if of == "statement" and ledger.is_redacted(found[0]):
        return f"statement {name[:SHOWN]} was redacted; nothing more is recorded about it"
    return None


def _statement(event: ev.Statement, ledger: Ledger) -> Sequence[Problem]:
    found = _mentioned(event, ledger)
    if event.said.start < ledger.recorded_at:
        return found
    now, begins = moment_text(ledger.recorded_at), moment_text(event.said.start)
    return (*found, Problem(f"{event.said.text!r} is not over yet: it begins {begins}, now is {now}", "said"))


def _topic(event: ev.Topic, ledger: Ledger) -> Sequence[Problem]:
    circles = (problem for field in ("parent", "follows") for problem in _circle(event, field, ledger))
    return (*_mentioned(event, ledger), *circles)


def _circle(event: ev.Topic, field: str, ledger: Ledger) -> Iterator[Problem]:
    above, path = getattr(event, field), [event.id]
    while above is not None and above not in path[1:]:
        path.append(above)
        if above == event.id:
            yield Problem(f"topics would go round in a circle: {' > '.join(path)}", field)
            return
        above = ledger.topic_of(above, field)


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
    remedy = KINDS[kind].remedy
    if remedy is not None:
        yield Problem(f"a {kind} is not amended; {remedy}", "target")
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
    if isinstance(before, ev.Coding | ev.Ruling):
        return
    if after == before:
        yield Problem(f"{kind} {event.event[:SHOWN]} says this already; nothing would change", "changes")
    for problem in problems(after, ledger):
        yield problem._replace(field=f"changes.{problem.field}")
    yield from _of_itself(event.event, after)
    if isinstance(before, ev.Speaker | ev.Topic):
        yield from _declared_anew(before, after, seq, ledger)


def _of_itself(event_id: str, after: ev.Event) -> Iterator[Problem]:
    if isinstance(after, ev.Statement) and after.responds_to == event_id:
        yield Problem("a statement does not answer itself", "changes.responds_to")


def _declared_anew(before: ev.Speaker | ev.Topic, after: ev.Event, seq: int, ledger: Ledger) -> Iterator[Problem]:
    kind = before.kind_of_event
    if ledger.latest(kind, before.id) not in (seq, None):
        yield Problem(f"{kind} {before.id!r} was declared again since: amend that declaration", "target")
    added = set(names_in(after)[1:]) - set(names_in(before)[1:])
    for alias in sorted(added):
        if others := ledger.others_called(alias, before.id):
            yield Problem(f"{alias!r} is a name of {', '.join(others)} already: leave it out", "changes.aliases")


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
    ev.Topic: _topic,
    ev.Correction: _correction,
    ev.Retraction: _withdrawal,
    ev.Redaction: _withdrawal,
}
