"""What is pasted comes in whole, however the terminal cuts it into pieces."""

from __future__ import annotations

import contextlib
import io
import itertools

from hypothesis import example, given, strategies as st

from flipflop.cli.pasting import _BEGIN, _END, _Typed

PASTED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\x1b"), max_size=20)


def taken(pieces: list[str]) -> str:
    """What is made of such pieces."""
    typed, waiting = _Typed(), ""
    with contextlib.redirect_stdout(io.StringIO()):
        for piece in pieces:
            waiting = typed._take(waiting + piece)
    assert waiting == ""
    return typed._text


@given(PASTED, st.sets(st.integers(0, 60)))
@example("a\r\n\r\nb\n\nc\r\rd", {3, 5, 9})
def test_a_paste_is_taken_as_it_is_but_for_how_lines_end(text: str, cuts: set[int]) -> None:
    sent = f"{_BEGIN}{text}{_END}"
    places = [0, *sorted(cut for cut in cuts if cut < len(sent)), len(sent)]

    found = taken([sent[start:end] for start, end in itertools.pairwise(places)])

    assert found == text.replace("\r\n", "\n").replace("\r", "\n")


def test_what_steers_in_typed_words_is_dropped() -> None:
    assert taken(["No\x1b[A, ne\x1bOPver\x07.\r"]) == "No, never.\n"
