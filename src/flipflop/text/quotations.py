"""Words as they are quoted, and what marks words that are nobody's quotation. Changes none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_PAIRS: Final = {"\u201c": "\u201d", "\u201e": "\u201c", "\u00ab": "\u00bb", "\u2018": "\u2019", '"': '"', "'": "'"}
"""Opening and closing marks: English, German and Russian, French, English within English, typewriters'."""
_FORMS: Final = {
    "condensed": "shortened by the outlet",
    "reported": "reported, not a quotation",
    "paraphrase": "paraphrase, not a quotation",
    "act": "an act",
}
AGAIN: Final = "coding to be looked at again"


def quotation(text: str, form: str) -> str:
    """Return own words in quotation marks, once; anything else as it is, for it is nobody's quotation."""
    if form not in ("", "quote", "condensed") or not text or _stands_in_marks(text):
        return text
    return f"\u201c{text}\u201d"


def quotation_line(text: str, form: str) -> str:
    """Return words for a line of plain text: what are not the whole words says so first, where no cut can lose it."""
    return f"({form_words(form)}) {quotation(text, form)}" if form_words(form) else quotation(text, form)


def form_words(form: str) -> str:
    """Return what a reader must know where the words are not the speaker's own, or not all; nothing for a quotation."""
    return _FORMS.get(form, "")


def is_hollow(form: str) -> bool:
    """Tell whether a mark is drawn hollow: the words are not the speaker's own."""
    return form in ("reported", "paraphrase")


def notes(
    form: str, on_behalf_of: str, attribution: str, *, again: bool = False, shown: Callable[[str], str] = str
) -> list[str]:
    """Return what a reader must know beside the words: how near they are, for whom, as told by whom, how sure we are.

    ``shown`` makes of a text of the record what it must be where it stands.
    """
    marked = [f"({form_words(form)})"] if form_words(form) else []
    return [*marked, *whose(on_behalf_of, attribution, shown), *([AGAIN] if again else [])]


def whose(on_behalf_of: str, attribution: str, shown: Callable[[str], str] = str) -> list[str]:
    """Return for whom it was said and who passed it on, as far as it is known."""
    told = {"for": on_behalf_of, "as told by": attribution}
    return [f"{words} {shown(name)}" for words, name in told.items() if name]


def _stands_in_marks(text: str) -> bool:
    """Tell whether one pair of quotation marks holds the text as a whole."""
    closing, inside = _PAIRS.get(text[0]), text[1:-1]
    return len(text) > 1 and closing == text[-1] and text[0] not in inside and closing not in inside
