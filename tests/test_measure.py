"""Lines fit their room, and no letter of what was said is lost on the way."""

from __future__ import annotations

from hypothesis import given, strategies as st

from flipflop.figures.measure import fitted, width

WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="\u00a0"), max_size=200)


@given(WORDS, st.integers(60, 600), st.booleans())
def test_no_line_is_wider_than_its_room(text: str, room: int, bold: bool) -> None:
    assert [line for line in fitted(text, room, 12, bold=bold) if width(line, 12, bold=bold) > room + 0.001] == []


@given(WORDS, st.integers(60, 600))
def test_no_letter_is_lost(text: str, room: int) -> None:
    shown = "".join(fitted(text, room, 12)).replace("\u200e", "").replace("\u200f", "")  # marks of a line's direction

    assert shown.replace(" ", "") == "".join(text.split())


@given(WORDS, st.integers(60, 600), st.integers(1, 4))
def test_what_is_cut_says_so_and_still_fits(text: str, room: int, most: int) -> None:
    whole, lines = fitted(text, room, 12), fitted(text, room, 12, most=most)

    assert len(lines) <= most
    assert lines == whole or lines[-1].endswith(" …")
    assert [line for line in lines if width(line, 12) > room + 0.001] == []


def test_lines_that_somebody_broke_stay_broken() -> None:
    assert fitted("one\ntwo\r\nthree", 500, 12) == ["one", "two", "three"]
