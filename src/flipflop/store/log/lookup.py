"""Finding one event, speaker or topic by what people type, and everything about an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flipflop.errors import DataError, StoreError, suggestion
from flipflop.records.words import is_slug
from flipflop.store.log import read
from flipflop.store.log.rules import Vote, position_sign
from flipflop.store.model import SHOWN
from flipflop.store.sql import columns as col

if TYPE_CHECKING:
    from flipflop.records.events import Coding
    from flipflop.store.model import Recorded
    from flipflop.store.sql.tables import Tables

FEWEST_DIGITS = 4


def seq_of(tables: Tables, text: str, kind: str | None = None) -> int:
    """Return the seq of the event (of a kind) with this id, prefix of an id, or slug.

    Raises StoreError with the way out.
    """
    digits = text.strip().lower()
    found: list[tuple[int, str]] = []
    is_start = 0 < len(digits) <= 32 and all(digit in "0123456789abcdef" for digit in digits)
    if is_start and len(digits) >= FEWEST_DIGITS:
        low, high = bytes.fromhex(digits.ljust(32, "0")), bytes.fromhex(digits.ljust(32, "f"))
        near = [one for one in tables.between(low, high) if kind in (None, one[2])]
        found += [(seq, f"{event_id.hex()[:SHOWN]} ({of_kind})") for seq, event_id, of_kind in near]
    if is_slug(text):
        found += [
            (seq, f"{tables.stamps([seq])[seq][0].hex()[:SHOWN]} ({declared} {text})")
            for declared in ("speaker", "topic")
            if kind in (None, declared) and (seq := latest(tables, declared, text)) is not None
        ]
    if not found and is_start and len(digits) < FEWEST_DIGITS:
        raise StoreError(f"no speaker or topic {text!r}, and too short for an id: give {FEWEST_DIGITS} digits or more")
    if not found:
        raise StoreError(f"no event, speaker or topic {text!r} in this store; `flipflop log` lists what there is")
    if len(found) > 1:
        raise StoreError(f"{text!r} could be any of {', '.join(shown for _, shown in found)}; give more digits")
    return found[0][0]


def latest(tables: Tables, kind: str, slug: str) -> int | None:
    """Return the latest declaration of a slug: of those that count, or else of all; None where there is none."""
    versions = tables.versions(kind, slug)
    gone = tables.gone(versions)
    return next((seq for seq in reversed(versions) if seq not in gone), versions[-1] if versions else None)


def resolve(tables: Tables, kind: str, text: str) -> str:
    """Return the slug of the speaker or topic with this slug, name (title) or alias, upper or lower case, @ or not.

    Raises DataError with a suggestion for unknown names, and where a name fits several.
    """
    if is_slug(text):
        versions = tables.versions(kind, text)
        if len(tables.gone(versions)) < len(versions):
            return text
    from flipflop.records.names import folded  # costs start-up time

    names = names_of(tables, kind)
    wanted = folded(text)
    fitting = sorted({slug for name, slugs in names.items() if folded(name) == wanted for slug in slugs})
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise DataError(f"{kind} {text!r} could be any of {', '.join(fitting)}; give the id")
    near = suggestion(text, names)
    raise DataError(f"unknown {kind} {text!r}{near or f'; declare it first (flipflop {kind} add)'}")


def names_of(tables: Tables, kind: str) -> dict[str, set[str]]:
    """Return the slugs that each id, name and alias stands for, of declarations that count."""
    names: dict[str, set[str]] = {}
    for slug, *others in tables.named(kind):
        for one in (slug, *others):
            names.setdefault(one, set()).add(slug)
    return names


def history(tables: Tables, seq: int) -> list[Recorded]:
    """Return every event about this one, and about those, in the order of recording: corrections, codings, replies."""
    found: set[int] = set()
    todo = [seq]
    while todo:
        one = todo.pop()
        about = {a.seq for a in tables.abouts(one)} | set(tables.under(one))
        todo += about - found
        found |= about
    return [read.one(tables, one) for one in sorted(found)]


def committed_positions(tables: Tables, speaker: str, topic: str) -> list[tuple[str, int, int, int]]:
    """Return id, sign (-1 or 1), said_from and said_until (microseconds) of the statements that commit a speaker."""
    by_statement: dict[bytes, list[Vote]] = {}
    for statement, *judgement in tables.coded(speaker, topic):
        by_statement.setdefault(statement, []).append(Vote(*judgement))
    found = [
        (statement.hex(), sign, judged[0].said_from, judged[0].said_until)
        for statement, judged in by_statement.items()
        if (sign := position_sign(judged if len(judged) == 1 else _in_turn(tables, judged)))
    ]
    return sorted(found, key=lambda row: (row[2], row[3], row[0]))


def _in_turn(tables: Tables, judged: list[Vote]) -> list[Vote]:
    """Return codings in the order in which they were made: by ``coded_at`` (as recorded where absent), then by id."""
    stamps = tables.stamps([vote.seq for vote in judged])

    def made(vote: Vote) -> tuple[int, bytes]:
        event_id, _, recorded_at, _ = stamps[vote.seq]
        coded_at = cast("Coding", tables.body("coding", vote.seq)).coded_at
        return recorded_at if coded_at is None else col.micros(coded_at), event_id

    return sorted(judged, key=made)
