"""Seals: the head of the chain in one line that can be published, and the proof that nothing up to it has changed."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from flipflop.errors import DataError, FlipflopError, Problem, StoreError
from flipflop.records.codec import event_hash, moment_text
from flipflop.store.log import rules
from flipflop.store.model import Finding
from flipflop.store.sql.columns import CHAIN_START, micros, moment
from flipflop.store.sql.kinds import KIND_CODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flipflop.store.sql.tables import Tables

CHUNK = 1000
FORMAT = "flipflop-seal/1"
_FEWEST_DIGITS = 32  # 128 bits
_LINE = re.compile(
    rf"{FORMAT} seq=([1-9]\d{{0,17}}) chain=([0-9a-f]+) recorded_at=(\d{{4}}-[0-9T:.-]+Z)(?![0-9A-Za-z])"
)
_UNREADABLE = (FlipflopError, sqlite3.DatabaseError, ValueError, TypeError, LookupError, AttributeError, OverflowError)
_COMPARE = "compare with a backup or an export from that time"


class Seal(NamedTuple):
    """The head of the chain at an event: its seq, the chain in hex digits, and its moment of recording (aware, UTC).

    ``str()`` of it is the line to publish.
    """

    seq: int
    chain: str
    recorded_at: datetime

    def __str__(self) -> str:
        return f"{FORMAT} seq={self.seq} chain={self.chain} recorded_at={moment_text(self.recorded_at.astimezone(UTC))}"


def read_seals(text: str, *, file: str | None = None) -> list[Seal]:
    """Return the seals in a text by seq, each once: lines of their own, or inside a mail, a JSON file and the like.

    Raises DataError where there is none, and for every one that is cut short, mistyped or of another version.
    """
    seals: list[Seal] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        for part in re.split(r"(?=flipflop-seal/)", line)[1:]:
            try:
                seals.append(_seal(part))
            except DataError as error:
                problems += [problem._replace(file=file, line=number) for problem in error.problems]
    if not seals and not problems:
        problems.append(Problem(f"holds no seal, such as `flipflop seal` prints ({FORMAT} seq=… chain=…)", file=file))
    if problems:
        raise DataError(problems)
    return sorted(set(seals))


def _seal(text: str) -> Seal:
    found = _LINE.match(text)
    if found is None:
        if not f"{text.rstrip()} ".startswith(f"{FORMAT} "):
            raise DataError(f"is a seal of a kind that this flipflop does not know, not {FORMAT}")
        raise DataError(f"is no whole seal ({FORMAT} seq=… chain=… recorded_at=…): was it cut or mistyped?")
    seq, chain, recorded_at = found.groups()
    if len(chain) < _FEWEST_DIGITS:
        raise DataError(f"has a chain of {len(chain)} digits; fewer than {_FEWEST_DIGITS} prove too little")
    try:
        at = datetime.fromisoformat(recorded_at).astimezone(UTC)
    except ValueError:
        at = None
    if at is None or moment_text(at) != recorded_at:
        raise DataError(f"names no moment as `flipflop seal` writes it: {recorded_at}")
    return Seal(int(seq), chain, at)


def sealed(tables: Tables, findings: Sequence[Finding]) -> Seal:
    """Return the seal of all that is recorded, given what ``verify`` found. Raises StoreError if it did, or none is."""
    if findings:
        raise StoreError(f"the store does not verify, so a seal would prove nothing: {findings[0]}")
    seq, recorded_at, chain = tables.last()
    if not seq:
        raise StoreError("nothing is recorded yet: there is nothing to seal")
    return Seal(seq, chain.hex(), moment(recorded_at))


def against(tables: Tables, seals: Iterable[Seal]) -> list[Finding]:
    """Return what does not hold of these seals, in their order; nothing when all is as it was sealed.

    Ids are made from the bodies and the chain from the ids, from the first event on; of what was redacted the id is all
    there is. What the store itself has kept of its chain is believed nowhere.
    """
    wanted = sorted(set(seals))
    made = _chains(tables, {seal.seq for seal in wanted})
    stamps = _kept(tables, {seal.seq for seal in wanted})
    last = tables.last()[0]
    findings: list[Finding] = []
    holding = 0
    for seal in wanted:
        if seal.seq > last:
            findings.append(_missing(seal, last))
        elif made.get(seal.seq) != seal.chain:
            findings.append(_changed(seal, stamps.get(seal.seq, (0, ""))[1], holding))
        elif micros(seal.recorded_at) != stamps[seal.seq][0]:
            findings.append(_misdated(seal, moment(stamps[seal.seq][0])))
        else:
            holding = seal.seq
    return findings


def _kept(tables: Tables, seqs: set[int]) -> dict[int, tuple[int, str]]:
    """Stamp and chain of some events as the store holds them; of those that it can make no sense of, none."""
    try:
        return {seq: (recorded_at, chain.hex()) for seq, (_, _, recorded_at, chain) in tables.stamps(seqs).items()}
    except _UNREADABLE:
        return {}


def _missing(seal: Seal, last: int) -> Finding:
    gone = seal.seq - last
    return Finding(
        f"the seal is of {_events(seal.seq)}, but the store holds {last:,}: {_events(gone)} missing from its end",
        "find the backup that has them, or check that the seal is of this store",
    )


def _events(number: int) -> str:
    return f"{number:,} event{'' if number == 1 else 's'}"


def _changed(seal: Seal, kept: str, holding: int) -> Finding:
    """What is sealed differs; ``kept`` is the chain that the store itself holds there."""
    which = f"events {holding + 1} to {seal.seq}" if holding else f"the events up to {seal.seq}"
    if kept == seal.chain:
        said = f"{which} do not say what was sealed: bodies or stamps were changed, the chain was left"
        return Finding(said, _COMPARE)
    return Finding(
        f"{which} are not those that were sealed: they were rewritten, chain and all, or the seal is of another store",
        _COMPARE,
    )


def _misdated(seal: Seal, recorded_at: datetime) -> Finding:
    return Finding(
        f"the seal itself was changed: event {seal.seq} was recorded at {moment_text(recorded_at)}, "
        f"not at {moment_text(seal.recorded_at)}; the events up to it are unchanged",
        "look up where the seal was published",
    )


def _chains(tables: Tables, seqs: set[int]) -> dict[int, str]:
    """The chain at some events, as it follows from the bodies; absent from where a body cannot be read."""
    found: dict[int, str] = {}
    last = min(max(seqs, default=0), tables.last()[0])
    chain = CHAIN_START
    try:
        for of in _recomputed(tables, last):
            chain = rules.link(chain, *of)
            if of[0] in seqs:
                found[of[0]] = chain.hex()
    except _UNREADABLE:
        return found
    return found


def _recomputed(tables: Tables, last: int) -> Iterator[rules.Linked]:
    """What the chain covers of each event, the id from its body where that is there."""
    for first in range(1, last + 1, CHUNK):
        final = min(first + CHUNK - 1, last)
        ids: dict[int, str] = {}
        for kind in KIND_CODES:
            for seq, event in tables.bodies(kind, first, final):
                ids[seq] = event_hash(event)
        about = {seq: of for seq, *_, of in tables.raw_stamps("seq BETWEEN ? AND ?", (first, final))}
        recorders = tables.recorders(first, final)
        for seq, (event_id, kind, recorded_at, _) in sorted(tables.stamps(range(first, final + 1)).items()):
            made = bytes.fromhex(ids[seq]) if seq in ids else event_id
            yield seq, recorded_at, made, kind, about[seq], recorders.get(seq)
