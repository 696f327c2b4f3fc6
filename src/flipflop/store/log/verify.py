"""Checking a store: everything that can be recomputed is, and compared with what is there. Changes nothing."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from flipflop.errors import FlipflopError, StoreError
from flipflop.records.codec import encode, event_hash
from flipflop.store.log import rules, what_counts
from flipflop.store.model import REBUILD, RESTORE, SHOWN, Finding
from flipflop.store.sql.columns import CHAIN_START
from flipflop.store.sql.kinds import ABOUT_KINDS, KIND_CODES, KIND_NAMES
from flipflop.store.sql.tables import SCRUB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from flipflop.records.events import Event
    from flipflop.store.sql.columns import Amendment
    from flipflop.store.sql.tables import Tables

CHUNK = 1000
_Key = TypeVar("_Key", int, "tuple[int, int]")
_UNREADABLE = (FlipflopError, sqlite3.DatabaseError, ValueError, TypeError, LookupError, AttributeError, OverflowError)
"""What reading a damaged body raises: every cell of it may be anything."""


def verify(tables: Tables) -> list[Finding]:
    """Return everything that does not hold, in the order of the checks; an empty list when all is well."""
    tables.forget()  # what is remembered may not be there any more
    findings: list[Finding] = []
    for check in (type(tables).checks, _log, _abouts, _derived, _settings):
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
    abouts = list(what_counts.abouts_by_the_log(tables))
    redacted = rules.redacted(abouts)
    unheard = redacted | {a.seq for a in abouts if a.kind == "correction" and a.target in redacted}
    before, clock = CHAIN_START, None
    for first in range(1, last + 1, CHUNK):
        final = min(first + CHUNK - 1, last)
        bodies = dict(_bodies(tables, first, final))
        stamps = tables.raw_stamps("seq BETWEEN ? AND ?", (first, final)).fetchall()
        for seq, whole_id, code, recorded_at, by, chain, about in stamps:
            event_id, name = whole_id or b"", _name(tables, by)
            found = partial(_at, seq, event_id.hex())
            if whole_id is None:
                yield found("the id of this event is damaged")
            link = _link(before, (seq, recorded_at, event_id, KIND_NAMES.get(code, ""), about, name))
            if chain != link or (by is not None and name is None):
                yield found("the chain breaks here: this event, its stamps or its place were changed")
            if isinstance(recorded_at, int):  # where a bit has turned, any cell may be anything
                if clock is not None and recorded_at < clock:
                    yield found("was recorded before the event above it")
                clock = recorded_at
            before = chain
            yield from _body(seq, event_id, code, bodies.get(seq, []), unheard, found)


def _name(tables: Tables, key: int | None) -> str | None:
    """Return the name under which an event was recorded, None where there is none, or none can be found."""
    try:
        return None if key is None else tables.word(key)
    except (TypeError, sqlite3.DatabaseError):
        return None


def _link(before: bytes, of: rules.Linked) -> bytes | None:
    try:
        return rules.link(before, *of)
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
    """Which event is about which is kept as the log says it: no more and no less."""
    kept, logged = set(tables.abouts()), set(what_counts.abouts_by_the_log(tables))
    ids = {seq: stamp[0].hex() for seq, stamp in tables.stamps({about.seq for about in kept | logged}).items()}
    for seq, kind in sorted({(about.seq, about.kind) for about in kept ^ logged}):
        yield Finding(f"what this {kind} is about, is kept wrongly", REBUILD, seq, ids[seq])
    names: dict[int, list[Amendment]] = {}
    for about in logged:
        names.setdefault(about.seq, []).append(about)
    for seq, links in sorted(names.items()):
        if any(link.target >= seq for link in links):
            yield Finding("is about something that came after it", RESTORE, seq, ids[seq])
        if len(links) > 1 and (links[0].kind != "retraction" or _names_an_id(tables, seq)):
            yield Finding("is about several events, but names one", RESTORE, seq, ids[seq])
    for kind in ABOUT_KINDS:
        query = f"SELECT seq FROM {kind} WHERE seq NOT IN (SELECT seq FROM about)"
        for (seq,) in tables.sql.execute(query):
            yield Finding(f"this {kind} is about nothing", REBUILD if seq in names else RESTORE, seq)
    yield from _bound(tables)


def _names_an_id(tables: Tables, seq: int) -> bool:
    """Tell whether a retraction whose body is there names an event, not a slug."""
    found = tables.body("retraction", seq)
    return found is not None and tables.slug_of("retraction", seq) is None


def _bound(tables: Tables) -> Iterator[Finding]:
    """What the chain says a retraction by slug is about, are the declarations before it, as its body says."""
    for seq, kind, ids in tables.about_ids():
        slug = tables.slug_of(kind, seq) if ids is not None and kind == "retraction" else None
        if ids is None or slug is None:
            continue
        targets = tables.seqs_of(what_counts.ids_in(ids))
        wanted = {s for declared in ("speaker", "topic") for s in tables.versions(declared, slug) if s < seq}
        if targets < wanted or any(not tables.is_redacted_declaration(one) for one in targets - wanted):
            yield Finding(f"names {slug!r}, but is not about all declarations of it", RESTORE, seq)


def _derived(tables: Tables) -> Iterator[Finding]:
    """What counts now follows from the log, and the index of codings from the bodies."""
    last = tables.last()[0]
    made = what_counts.worked_out(tables, list(what_counts.abouts_by_the_log(tables)), last)
    yield from _wrongly("that this event is withdrawn, or is not", _unlike(tables.all_gone(), made.gone))
    bodies = {seq: encode(event) for seq, event in tables.mended().items()}
    moments = tables.mended_moments()
    kept = {seq: (body, moments[seq]) for seq, body in bodies.items()}
    reads = {seq: (encode(event), what_counts.moment_of(event, tables)) for seq, event in made.mended.items()}
    yield from _wrongly("how this event reads with its corrections", _unlike(kept, reads))
    yield from _wrongly("how this statement reads", _unlike(tables.all_worded(), made.worded))
    rests = {seq for _, seq in _unlike(tables.all_rests(), made.rests)}
    yield from _wrongly("with which words this judgement was made", rests)
    yield from _wrongly("whether this judgement needs another look", tables.reviews() ^ made.review)
    yield from _wrongly("where this coding stands in the index by speaker, topic and moment", set(tables.miscoded()))
    if tables.sql.execute("SELECT 1 FROM working").fetchone() is not None:
        yield Finding("the tables that follow from the log are open to changes", REBUILD)


def _unlike(kept: Mapping[_Key, object], made: Mapping[_Key, object]) -> set[_Key]:
    """Where two mappings differ."""
    return {
        key for key in kept.keys() | made.keys() if kept.get(key) != made.get(key) or (key in kept) != (key in made)
    }


def _wrongly(what: str, seqs: Iterable[int]) -> Iterator[Finding]:
    for seq in sorted(seqs):
        yield Finding(f"{what}, is kept wrongly", REBUILD, seq)


def _settings(tables: Tables) -> Iterator[Finding]:
    """No settings but those that flipflop makes, with values that it gives them."""
    for name, value in sorted(tables.settings().items()):
        if name == SCRUB and value == "due":
            yield Finding(
                "redacted words may still lie in free pages or the WAL",
                "close other programs that read the store, then open it once for writing",
            )
        elif name == "tz" and not _is_zone(value):
            yield Finding(f"the default zone {value!r} is none", "flipflop init --tz ZONE sets another")
        elif name not in ("tz", "by"):
            yield Finding(f"the setting {name} is none of flipflop's", "find out who added it, and delete it")


def _is_zone(value: str) -> bool:
    from flipflop.when.zones import zone_of

    try:
        return zone_of(value).name == value
    except FlipflopError:
        return False
