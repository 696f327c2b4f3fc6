"""Many random histories as one, side by side: a run of the product on all of them takes as long as on a few.

Every name is preceded by the number of its history, so that none knows of another and ties stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from tests.detection_histories import random_history
from tests.detection_oracle import DEFAULT_KINDS, KINDS, Outcome, outcome
from tests.detection_records import History, SpeaksFor, in_order

SEEDS = 800
PAIR_LIMITS = (1000, 0, 1, 2)
"""What the random histories ask for; one run of the product has one."""


@lru_cache
def batch(pair_limit: int) -> History:
    """The first ``SEEDS`` random histories with this limit, as one."""
    return joined(each(pair_limit))


@lru_cache
def expected(pair_limit: int, kinds: tuple[str, ...]) -> Outcome:
    """What the oracle says of each of them, together."""
    said = [outcome(history, kinds) for history in each(pair_limit)]
    return Outcome(
        in_order(chain.from_iterable(one.positions for one in said)),
        in_order(chain.from_iterable(one.reversals for one in said)),
        in_order(chain.from_iterable(one.conflicts for one in said)),
    )


@lru_cache
def each(pair_limit: int) -> tuple[History, ...]:
    """Those histories one by one, their names numbered."""
    return tuple(
        numbered(history, f"{seed:05}") for seed, history in enumerate(_made()) if history.pair_limit == pair_limit
    )


@lru_cache
def _made() -> tuple[History, ...]:
    return tuple(map(random_history, range(SEEDS)))


def warm() -> None:
    """Make them, and what the oracle says of them, before it is asked for."""
    for pair_limit in PAIR_LIMITS:
        batch(pair_limit)
        expected(pair_limit, KINDS)
    expected(PAIR_LIMITS[1], DEFAULT_KINDS)


def joined(histories: Iterable[History]) -> History:
    """Histories that share no name, as one."""
    parts = tuple(histories)
    return History(
        statements=tuple(chain.from_iterable(one.statements for one in parts)),
        codings=tuple(chain.from_iterable(one.codings for one in parts)),
        topics=tuple(chain.from_iterable(one.topics for one in parts)),
        relations=tuple(chain.from_iterable(one.relations for one in parts)),
        rulings=tuple(chain.from_iterable(one.rulings for one in parts)),
        pair_limit=parts[0].pair_limit,
    )


def numbered(history: History, number: str) -> History:
    """The history with a number before every name of a speaker, statement, topic and judgement."""

    def related(one: SpeaksFor) -> SpeaksFor:
        topics = None if one.topics is None else frozenset(number + topic for topic in one.topics)
        return replace(one, surrogate=number + one.surrogate, principal=number + one.principal, topics=topics)

    return replace(
        history,
        statements=tuple(replace(one, id=number + one.id, speaker=number + one.speaker) for one in history.statements),
        codings=tuple(
            replace(one, id=number + one.id, statement=number + one.statement, topic=number + one.topic)
            for one in history.codings
        ),
        topics=tuple(replace(one, id=number + one.id) for one in history.topics),
        relations=tuple(map(related, history.relations)),
        rulings=tuple(
            replace(
                one,
                id=number + one.id,
                earlier=number + one.earlier,
                later=number + one.later,
                topic=number + one.topic,
            )
            for one in history.rulings
        ),
    )
