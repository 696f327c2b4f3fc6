"""Every word of a closed set has its number in the store and its words for a reader."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

import pytest

from flipflop.records.words import Degree, Explanation, Form, Outcome, SpeakerKind, Stance, TopicKind
from flipflop.store.sql import columns
from flipflop.text import rulings
from flipflop.when.gap_words import gap_between

GAP = gap_between(timedelta(days=3), timedelta(days=3))


@pytest.mark.parametrize(
    ("closed", "numbered"),
    [
        (SpeakerKind, columns.SPEAKER_KINDS),
        (TopicKind, columns.TOPIC_KINDS),
        (Form, columns.FORMS),
        (Stance, tuple(columns.STANCES)),
        (Outcome, columns.OUTCOMES),
        (Degree, columns.DEGREES),
        (Explanation, columns.EXPLANATIONS),
    ],
)
def test_every_word_has_one_number_in_the_store(closed: type[StrEnum], numbered: tuple[str, ...]) -> None:
    assert sorted(numbered) == sorted(closed)


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
