"""Judgements to look at again: what they rest on, the words or the moment of a statement, changed after them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from flipflop.records import Coding, Ruling

if TYPE_CHECKING:
    import pandas as pd

    from flipflop.store import Store

CHANGED = "words or moment changed after it"

_Judgement = TypeVar("_Judgement", Coding, Ruling)


def confirmed(store: Store, judgement: _Judgement) -> _Judgement:
    """Return a judgement to record: the same one over again, dated, where somebody confirms what is to be looked at.

    Without a date it would be the very event that is recorded already.
    """
    from flipflop.store.append import place  # costs start-up time

    statement = judgement.statement if isinstance(judgement, Coding) else judgement.later
    same = [record for record in store.history(statement) if place(record.event) == place(judgement)]
    if judgement.hash not in {record.id for record in same} or not store.needs_review(same[-1].id):
        return judgement
    from msgspec.structs import replace

    stamp = "coded_at" if isinstance(judgement, Coding) else "decided_at"
    return replace(judgement, **{stamp: datetime.now(UTC)})


def to_look_at(found: pd.DataFrame, positions: pd.DataFrame, rulings: pd.DataFrame) -> list[str]:
    """Return for each reversal what is to be looked at again: its "ruling", a "coding", both, or nothing."""
    pairs = zip(rulings["earlier"], rulings["later"], rulings["topic"], strict=True)
    ruled = dict(zip(pairs, rulings["needs_review"], strict=True))  # the latest of a pair comes last, and holds
    flagged = positions[positions["needs_review"]]
    coded = set(zip(flagged["statement_id"], flagged["topic"], strict=True))
    rows = zip(found["earlier_id"], found["later_id"], found["topic"], strict=True)
    return [
        ", ".join(
            (["ruling"] if ruled.get((earlier, later, topic)) else [])
            + (["coding"] if {(earlier, topic), (later, topic)} & coded else [])
        )
        for earlier, later, topic in rows
    ]
