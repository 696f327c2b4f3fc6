"""What a judgement needs before it is recorded: a pair in its order, and a date where it confirms an older one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from flipflop.cases.decisions import decisions_on
from flipflop.cases.trail import declarations, trail_of
from flipflop.detect.kinds import ReversalKind
from flipflop.errors import DataError
from flipflop.records import Coding, Correction, Outcome, Ruling, Statement
from flipflop.records.codec import moment_text
from flipflop.store.log.rules import CONFIRMED

if TYPE_CHECKING:
    from flipflop.store import Recorded, Store

CHANGES = (Outcome.REVERSAL, Outcome.CHANGED_CIRCUMSTANCES)
"""What is ruled of a pair that stands as a change; one of changed circumstances is not counted."""
SIDED = frozenset((ReversalKind.REVERSAL, ReversalKind.RESTORATION, ReversalKind.UNDETERMINED))
"""Kinds of pairs of which ``no_reversal`` sets a statement aside."""

_Judgement = TypeVar("_Judgement", Coding, Ruling)


def refuse_backwards(store: Store, earlier: str, later: str) -> None:
    """Raise DataError where the moments say that it was the other way round: such a ruling would meet no candidate.

    Takes the ids of two statements in full.
    """
    first, second = store.as_it_reads(earlier), store.as_it_reads(later)
    if isinstance(first, Statement) and isinstance(second, Statement) and second.said.end <= first.said.start:
        raise DataError(f"{later[:8]} was said before {earlier[:8]}: name them the other way round")


def outcomes_of(store: Store, earlier: str, later: str) -> tuple[Outcome, ...]:
    """Return what can be decided about two statements, by whether one speaker made both; ids in full."""
    first, second = store.as_it_reads(earlier), store.as_it_reads(later)
    same = isinstance(first, Statement) and isinstance(second, Statement) and first.speaker == second.speaker
    return Outcome.of_one_speaker() if same else Outcome.of_two_speakers()


def confirmed(store: Store, judgement: _Judgement) -> _Judgement:
    """Return a judgement to record: the same one over again, dated, where somebody confirms what is to be looked at.

    Without a date it would be the very event that is recorded already.
    """
    if not _to_confirm(store, judgement):
        return judgement
    stamp = "coded_at" if isinstance(judgement, Coding) else "decided_at"
    return replace(judgement, **{stamp: datetime.now(UTC)})


def confirmation(record: Recorded, by: str, reason: str | None = None) -> Correction:
    """Return the correction that says that a coding or ruling holds as it is, after a second look; dated now.

    Raises DataError where the event is neither.
    """
    if record.kind not in ("coding", "ruling"):
        kind = record.kind.replace("_", " ")
        what = "a coding, a ruling, or what waits because of a topic or statement"
        raise DataError(f"{record.id[:8]} is a {kind}: confirmed is {what}")
    return Correction(record.id, {CONFIRMED: moment_text(datetime.now(UTC))}, reason or "looked at again", by)


def _to_confirm(store: Store, judgement: Coding | Ruling) -> bool:
    """Tell whether this judgement stands already, and the latest in its place is to be looked at again."""
    standing = _standing(store, judgement)
    return judgement.hash in standing and [*standing.values()][-1]


def _standing(store: Store, judgement: Coding | Ruling) -> dict[str, bool]:
    """Return what stands in this place, the latest last, and whether it is to be looked at again.

    That is the coder's codings of the statement on the topic, or everybody's rulings on the pair.
    """
    if isinstance(judgement, Ruling):
        key = (judgement.earlier, judgement.later, judgement.topic)
        trail = trail_of(store, *map(store.get, key[:2]), *declarations(store, "topic", judgement.topic))
        return {one.id: one.needs_review for one in decisions_on(trail, *key)}
    trail = trail_of(store, store.get(judgement.statement), *declarations(store, "topic", judgement.topic))
    return {
        record.id: trail.needs_review(record)
        for record in trail.about(judgement.statement)
        if isinstance(one := record.event, Coding)
        and (one.topic, one.coder) == (judgement.topic, judgement.coder)
        and trail.counts(record)
    }
