"""Chance reaches every rule of detection, and the oracle keeps the promises that hold of every history."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TypeVar

from tests.detection_histories import random_history
from tests.detection_oracle import DEFAULT_KINDS, outcome
from tests.detection_situations import occurrences

Record = TypeVar("Record")
SEEDS = range(2000)


def test_two_thousand_histories_reach_every_situation_of_every_rule() -> None:
    counted = occurrences(random_history(seed) for seed in SEEDS)

    assert {name.split()[0] for name in counted} == {str(rule) for rule in range(1, 24)}
    assert [name for name, times in counted.items() if times == 0] == []


def test_the_same_seed_makes_the_same_history() -> None:
    assert [random_history(seed) for seed in range(20)] == [random_history(seed) for seed in range(20)]


def test_the_oracle_does_not_look_at_the_order_of_its_records() -> None:
    for seed in range(300):
        history, rng = random_history(seed), Random(seed)
        shuffled = replace(
            history,
            statements=mixed(rng, history.statements),
            codings=mixed(rng, history.codings),
            topics=mixed(rng, history.topics),
            relations=mixed(rng, history.relations),
            rulings=mixed(rng, history.rulings),
        )

        assert outcome(shuffled) == outcome(history)


def mixed(rng: Random, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """The records in another order."""
    return tuple(rng.sample(records, len(records)))


def test_kinds_asked_for_change_nothing_in_the_rows_of_other_kinds() -> None:
    for seed in range(300):
        history = random_history(seed)
        everything, usual = outcome(history), outcome(history, DEFAULT_KINDS)

        assert usual.reversals == [row for row in everything.reversals if row.kind in DEFAULT_KINDS]
