"""The product says of histories, made by chance and by hand, row for row what the oracle of detection says."""

from __future__ import annotations

import pytest

from tests.detection_batches import PAIR_LIMITS, batch, expected
from tests.detection_frames import product
from tests.detection_histories import random_history
from tests.detection_notation import history, noted
from tests.detection_oracle import DEFAULT_KINDS, KINDS, Outcome, outcome
from tests.test_detection_oracle_rules import ON_REQUEST, USUAL, VOICES
from tests.test_detection_oracle_worked import WORKED


def differences(found: Outcome, expected: Outcome) -> list[str]:
    """The rows that only one of the two has, each with the number of its history in its names."""
    pairs = [(getattr(found, name), getattr(expected, name)) for name in ("positions", "reversals", "conflicts")]
    return [str(row) for one, other in pairs for row in (*one, *other) if one.count(row) != other.count(row)][:4]


@pytest.mark.parametrize("pair_limit", PAIR_LIMITS)
def test_histories_made_by_chance_give_the_rows_of_the_oracle(pair_limit: int) -> None:
    found, said = product(batch(pair_limit)), expected(pair_limit, KINDS)

    assert found == said, differences(found, said)


@pytest.mark.parametrize(("sentence", "text", "rows"), [*USUAL, *ON_REQUEST], ids=lambda text: text)
def test_a_sentence_of_the_rules_holds_of_the_product(sentence: str, text: str, rows: str) -> None:
    assert product(history(text)) == outcome(history(text)), sentence


@pytest.mark.parametrize(("sentence", "text", "rows"), VOICES, ids=lambda text: text)
def test_a_sentence_on_an_organisations_voices_holds_of_the_product(sentence: str, text: str, rows: str) -> None:
    told = history(text, kind="proposal")

    assert product(told) == outcome(told), sentence


@pytest.mark.parametrize("pair_limit", PAIR_LIMITS)
def test_the_order_of_rows_plays_no_part(pair_limit: int) -> None:
    found, said = product(batch(pair_limit), shuffle=pair_limit), expected(pair_limit, KINDS)

    assert found == said, differences(found, said)


def test_the_kinds_asked_for_change_no_other_row() -> None:
    found, said = product(batch(0), DEFAULT_KINDS), expected(0, DEFAULT_KINDS)

    assert found == said, differences(found, said)


def test_a_history_alone_and_among_others_gives_the_same_rows() -> None:
    for seed in range(20):
        made = random_history(seed)

        assert product(made) == outcome(made), f"history {seed}"


@pytest.mark.parametrize(("text", "rows"), WORKED)
def test_what_was_worked_by_hand_is_what_the_product_says(text: str, rows: str) -> None:
    found = product(history(text), DEFAULT_KINDS)

    told_rows = [noted(row) for row in found.reversals] + [noted(row) for row in found.conflicts]
    assert sorted(told_rows) == sorted(filter(None, rows.split(", ")))
    assert found == outcome(history(text), DEFAULT_KINDS)
