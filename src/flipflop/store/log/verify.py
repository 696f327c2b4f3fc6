"""Checking a store: everything that can be recomputed is, and compared with what is there. Changes nothing."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from flipflop.errors import FlipflopError, StoreError
from flipflop.records.codec import encode, event_hash
from flipflop.store.log import rules, what_counts
from flipflop.store.model import RESTORE, SHOWN, Finding
from flipflop.store.sql.columns import ABOUT_KINDS, CHAIN_START, KIND_CODES, KIND_NAMES
from flipflop.store.sql.tables import SCRUB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flipflop.records.events import Event
    from flipflop.store.sql.columns import Amendment
    from flipflop.store.sql.tables import Tables

CHUNK = 1000
REBUILD = "this is derived and can be made again: replay a log export into a new store"
_UNREADABLE = (FlipflopError, sqlite3.DatabaseError, ValueError, TypeError, LookupError, AttributeError, OverflowError)
"""What reading a damaged body raises: every cell of it may be anything."""


def verify(tables: Tables) -> list[Finding]:
    """Return everything that does not hold, in the order of the checks; an empty list when all is well."""
    tables.forget()  # what is remembered may not be there any more
    findings: list[Finding] = []
    for check in (type(tables).checks, _log, _abouts, _derived, _scrubbed):
        try:
            findings += check(tables)
        except sqlite3.DatabaseError as error:
            findings.append(Finding(f"the file cannot be read to its end ({error})", RESTORE))
        except _UNREADABLE as error:
            findings.append(Finding(f"what is recorded cannot be made sense of ({error!r})", RESTORE))
    return list(dict.fromkeys(findings))


def _log(tables: Tables) -> Iterator[Finding]:
    """Seqs without gaps, stamps that never run backwards, chain, and ids that follow from the bodies."""
    (count, last) = tables.sql.execute("SELECT count(*), coalesce(max(seq), 0) FROM event").fetchone()
    if count != last:
        yield Finding(f"{last - count} events are missing from the log", RESTORE)
    redacted = rules.redacted(tables.abouts())
    unheard = redacted | {a.seq for a in tables.abouts() if a.kind == "correction" and a.target in redacted}
    before, clock = CHAIN_START, None
    for first in range(1, last + 1, CHUNK):
        final = min(first + CHUNK - 1, last)
        bodies = dict(_bodies(tables, first, final))
        for seq, whole_id, code, recorded_at, chain in tables.raw_stamps("seq BETWEEN ? AND ?", (first, final)):
            event_id = whole_id or b""
            found = partial(_at, seq, event_id.hex())
            if whole_id is None:
                yield found("the id of this event is damaged")
            if chain != _link(before, seq, recorded_at, event_id, KIND_NAMES.get(code, "")):
                yield found("the chain breaks here: this event, its stamps or its place were changed")
            if isinstance(recorded_at, int):  # where a bit has turned, any cell may be anything
                if clock is not None and recorded_at < clock:
                    yield found("was recorded before the event above it")
                clock = recorded_at
            before = chain
            yield from _body(seq, event_id, code, bodies.get(seq, []), unheard, found)


def _link(before: bytes, seq: int, recorded_at: int, event_id: bytes, kind: str) -> bytes | None:
    try:
        return rules.link(before, seq, recorded_at, event_id, kind)
    except StoreError:
        return None


def _at(seq: int, event_id: str, problem: str) -> Finding:
    return Finding(problem, RESTORE, seq, event_id)


def _body(
    seq: int,
    event_id: bytes,
    code: int,
    bodies: list[tuple[str, Event | None]],
    unheard: set[int],
    found: Callable[[str], Finding],
) -> Iterator[Finding]:
    kind = KIND_NAMES.get(code)
    if kind is None:
        yield found(f"is of a kind that does not exist ({code})")
    elif [name for name, _ in bodies if name != kind]:
        yield found(f"is a {kind}, but has the body of another kind")
    elif not bodies:
        if seq not in unheard:
            yield found(f"the body of this {kind} is gone, and no redaction names it")
    elif seq in unheard:
        yield found(f"this {kind} was redacted, but its body is still there")
    elif (event := bodies[0][1]) is None:
        yield found(f"the body of this {kind} cannot be read")
    elif event_hash(event) != event_id.hex():
        yield found(f"this {kind} does not say what was recorded: its id would be {event_hash(event)[:SHOWN]}")


def _bodies(tables: Tables, first: int, last: int) -> Iterator[tuple[int, list[tuple[str, Event | None]]]]:
    """All bodies of a range, by seq; None for one that cannot be read."""
    found: dict[int, list[tuple[str, Event | None]]] = {}
    for kind in KIND_CODES:
        try:
            for seq, event in list(tables.bodies(kind, first, last)):
                found.setdefault(seq, []).append((kind, event))
        except _UNREADABLE:
            for seq in range(first, last + 1):
                found.setdefault(seq, []).extend(_one(tables, kind, seq))
    yield from found.items()


def _one(tables: Tables, kind: str, seq: int) -> list[tuple[str, Event | None]]:
    try:
        return [(kind, event) for _, event in tables.bodies(kind, seq, seq)]
    except _UNREADABLE:
        return [(kind, None)]


def _abouts(tables: Tables) -> Iterator[Finding]:
    """What an event is about stands beside its body; the body says so too, while it is there."""
    about: dict[int, list[Amendment]] = {}
    for link in tables.abouts():
        about.setdefault(link.seq, []).append(link)
    ids = {seq: stamp[0].hex() for seq, stamp in tables.stamps(set(about)).items()}
    for seq, links in about.items():
        if links[0].kind not in ABOUT_KINDS:
            yield Finding(f"a {links[0].kind} is about nothing, but the store says it is", RESTORE, seq, ids[seq])
            continue
        if any(link.target >= seq for link in links):
            yield Finding("is about something that came after it", RESTORE, seq, ids[seq])
        slug = _slug(tables, links[0])
        wanted = {s for kind in ("speaker", "topic") for s in tables.versions(kind, slug) if s < seq} if slug else None
        got = {link.target for link in links}
        if wanted is None and len(got) != 1:
            yield Finding("is about several events, but names one", RESTORE, seq, ids[seq])
        if wanted is not None and not wanted <= got:
            yield Finding(f"names {slug!r}, but is not about all declarations of it", RESTORE, seq, ids[seq])
    for kind in ABOUT_KINDS:
        query = f"SELECT seq FROM {kind} WHERE seq NOT IN (SELECT seq FROM about)"
        for (seq,) in tables.sql.execute(query):
            yield Finding(f"this {kind} is about nothing", RESTORE, seq)


def _slug(tables: Tables, link: Amendment) -> str | None:
    """The slug that a retraction names, None where it names an id or was redacted."""
    if link.kind == "correction":
        return None
    row = tables.sql.execute(f"SELECT slug FROM {link.kind} WHERE seq = ?", (link.seq,)).fetchone()
    return None if row is None or row[0] is None else tables.word(row[0])


def _derived(tables: Tables) -> Iterator[Finding]:
    """What counts now follows from the log, and the index of codings from the bodies."""
    last = tables.last()[0]
    kept, made = what_counts.now(tables), what_counts.at(tables, last)
    wrong = {seq for seq, _ in kept.gone.items() ^ made.gone.items()}
    yield from _wrongly("that this event is withdrawn, or is not", wrong)
    moments = tables.mended_moments()
    bodies = {seq: encode(event) for seq, event in kept.mended.items()}
    wrong = {seq for seq, _ in bodies.items() ^ {seq: encode(event) for seq, event in made.mended.items()}.items()}
    wrong |= {seq for seq, event in made.mended.items() if moments.get(seq) != what_counts.moment_of(event, tables)}
    yield from _wrongly("how this event reads with its corrections", wrong)
    yield from _wrongly("whether this judgement needs another look", kept.review ^ made.review)
    yield from _wrongly("where this coding stands in the index by speaker, topic and moment", set(tables.miscoded()))


def _wrongly(what: str, seqs: set[int]) -> Iterator[Finding]:
    for seq in sorted(seqs):
        yield Finding(f"{what}, is kept wrongly", REBUILD, seq)


def _scrubbed(tables: Tables) -> Iterator[Finding]:
    if SCRUB in tables.settings():
        yield Finding(
            "redacted words may still lie in free pages or the WAL",
            "close other programs that read the store, then open it once for writing",
        )
