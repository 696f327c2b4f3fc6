"""An innocent reading is told as a sentence, and none as none, however it was typed."""

from __future__ import annotations

import pytest

from flipflop.text.rulings import innocent_words, reading_words


@pytest.mark.parametrize("typed", ["none found", "None found", "None found.", " NONE FOUND. ", ""])
def test_no_reading_is_told_as_none_however_it_was_typed(typed: str) -> None:
    assert innocent_words(typed) == reading_words(typed) == "No innocent reading was found."


def test_a_reading_is_told_as_it_stands() -> None:
    assert innocent_words("None found fault with it.") == "Innocent reading: None found fault with it."
