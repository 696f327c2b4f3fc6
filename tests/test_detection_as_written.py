"""The product says of histories, made by chance and by hand, row for row what the oracle of detection says."""

from __future__ import annotations

import pytest

from tests.detection_frames import product
from tests.detection_histories import random_history
from tests.detection_notation import history, noted
from tests.detection_oracle import DEFAULT_KINDS, outcome
from tests.test_detection_oracle_rules import ON_REQUEST, USUAL, VOICES
from tests.test_detection_oracle_worked import WORKED

SEEDS = 300


@pytest.mark.parametrize("score", range(SEEDS // 20))
def test_histories_made_by_chance_give_the_rows_of_the_oracle(score: int) -> None:
    for seed in range(20 * score, 20 * score + 20):
        made = random_history(seed)

        assert product(made) == outcome(made), f"history {seed}"


@pytest.mark.parametrize(("sentence", "text", "rows"), [*USUAL, *ON_REQUEST], ids=lambda text: text)
def test_a_sentence_of_the_rules_holds_of_the_product(sentence: str, text: str, rows: str) -> None:
    assert product(history(text)) == outcome(history(text)), sentence


@pytest.mark.parametrize(("sentence", "text", "rows"), VOICES, ids=lambda text: text)
def test_a_sentence_on_an_organisations_voices_holds_of_the_product(sentence: str, text: str, rows: str) -> None:
    told = history(text, kind="proposal")

    assert product(told) == outcome(told), sentence


def test_the_order_of_rows_plays_no_part() -> None:
    for seed in range(40):
        made = random_history(seed)

        assert product(made, shuffle=seed) == outcome(made), f"history {seed}"


def test_the_kinds_asked_for_change_no_other_row() -> None:
    for seed in range(40):
        made = random_history(seed)

        assert product(made, DEFAULT_KINDS) == outcome(made, DEFAULT_KINDS), f"history {seed}"


@pytest.mark.parametrize(("text", "rows"), WORKED)
def test_what_was_worked_by_hand_is_what_the_product_says(text: str, rows: str) -> None:
    found = product(history(text), DEFAULT_KINDS)

    told_rows = [noted(row) for row in found.reversals] + [noted(row) for row in found.conflicts]
    assert sorted(told_rows) == sorted(filter(None, rows.split(", ")))
    assert found == outcome(history(text), DEFAULT_KINDS)
