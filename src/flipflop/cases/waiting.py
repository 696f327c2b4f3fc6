"""What waits for another look: codings and rulings of a topic or a statement, and because of what. Records nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flipflop.cases.decisions import decisions_on
from flipflop.cases.trail import declarations, trail_of
from flipflop.records import Ruling, Topic

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from flipflop.store import Recorded, Store


class Waiting(NamedTuple):
    """The ids of codings and rulings that wait for another look because of one thing.

    ``others`` are those that wait because of something else, too: a look at the one is none at the other.
    """

    codings: tuple[str, ...]
    rulings: tuple[str, ...]
    others: tuple[str, ...]


def waiting_because_of(store: Store, mended: Recorded) -> Waiting:
    """Return what waits because of a topic, whose proposition was mended, or of a statement: its words or moment."""
    if isinstance(mended.event, Topic):
        topic = mended.event.id
        codings, rulings = store.codings(topic=topic), waiting_rulings(store, topic=topic)
        cause, other, key = "proposition_mended", "needs_review", topic
    else:
        key = mended.id
        codings, rulings = store.codings(), waiting_rulings(store)
        codings = codings[codings["statement_id"] == key]
        rulings = rulings[(rulings["earlier"] == key) | (rulings["later"] == key)]
        cause, other = "needs_review", "proposition_mended"
    codings = codings[codings[cause]]
    causes = {one: _causes(store, one) for one in rulings["ruling_id"]}
    return Waiting(
        tuple(codings.loc[~codings[other], "coding_id"]),
        tuple(one for one, because in causes.items() if because == {key}),
        (
            *codings.loc[codings[other], "coding_id"],
            *(one for one, because in causes.items() if key in because and because != {key}),
        ),
    )


def latest_ruling(store: Store, pair: tuple[str, str], topic: str) -> tuple[Recorded, str] | None:
    """Return the ruling on a pair that counts, and of which proposition it was made where that was mended since."""
    trail = trail_of(store, *map(store.get, pair), *declarations(store, "topic", topic))
    decisions = decisions_on(trail, *pair, topic)
    if not decisions:
        return None
    record = trail.records[decisions[-1].id]
    return record, trail.former_proposition(record)


def waiting_rulings(store: Store, *, topic: str | None = None, as_of: datetime | None = None) -> pd.DataFrame:
    """Return the rows of ``Store.rulings`` that wait because words, moment or proposition changed after them."""
    rulings = store.rulings(as_of=as_of)
    found = rulings[rulings["needs_review"]]
    return found if topic is None else found[found["topic"] == topic]


def _causes(store: Store, ruling_id: str) -> set[str]:
    """Return because of what a ruling waits: the ids of its statements, the slug of its topic."""
    record = store.get(ruling_id)
    ruling = record.event
    if not isinstance(ruling, Ruling):
        return set()
    ends = map(store.get, (ruling.earlier, ruling.later))
    return trail_of(store, *ends, *declarations(store, "topic", ruling.topic)).causes(record)
