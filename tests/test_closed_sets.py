"""Every word of a closed set has its number in the store and its words for a reader."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

import pytest

from flipflop.records.words import Degree, Explanation, Outcome
from flipflop.store.sql.kinds import KINDS
from flipflop.store.sql.rows import codes_of
from flipflop.text import rulings
from flipflop.when.gap_words import gap_between

GAP = gap_between(timedelta(days=3), timedelta(days=3))


CLOSED = [
    (kind.name, field.name, codes_of(field.type))
    for kind in KINDS.values()
    for field in kind.fields
    if any(shown.how == "code" for shown in field.type.shown)
]


@pytest.mark.parametrize(("kind", "field", "numbers"), CLOSED)
def test_every_word_has_one_number_in_the_store(kind: str, field: str, numbers: dict[StrEnum, int | None]) -> None:
    assert set(numbers) == set(type(next(iter(numbers)))), (kind, field)
    assert len(set(numbers.values())) == len(numbers)


def test_numbers_of_words_never_change() -> None:
    """They stand in every store: the lists only ever grow at the end."""
    assert {f"{kind}.{field}": [str(word) for word in numbers] for kind, field, numbers in CLOSED} == {
        "speaker.kind": ["person", "organisation"],
        "topic.kind": ["proposal", "account"],
        "statement.form": ["quote", "paraphrase", "reported", "act"],
        "coding.stance": ["strongly_oppose", "oppose", "mixed", "support", "strongly_support", "unclear"],
        "ruling.outcome": [
            *("reversal", "no_reversal", "changed_circumstances", "not_comparable"),
            *("conflict", "no_conflict"),
        ],
        "ruling.degree": ["no_flip", "half_flip", "full_flop"],
        "ruling.explanation": ["acknowledged", "external_event", "none_found", "denied"],
        "ruling.set_aside": ["later", "earlier", "both"],
    }


@pytest.mark.parametrize(
    ("closed", "told"), [(Outcome, rulings.OUTCOMES), (Degree, rulings.DEGREES), (Explanation, rulings.EXPLANATIONS)]
)
def test_every_word_of_a_ruling_is_told_in_words_of_its_own(closed: type[StrEnum], told: dict[str, str]) -> None:
    assert set(told) == {str(word) for word in closed}
    assert len(set(told.values())) == len(told)


def test_an_outcome_that_is_no_change_is_told_as_none() -> None:
    changes = {word for word in Outcome if rulings.change_words("reversal", GAP, word).startswith("changed")}

    assert changes & set(Outcome.of_one_speaker()) == {Outcome.REVERSAL}
    assert set(rulings.RULED_NONE) == set(Outcome.of_one_speaker()) - changes
