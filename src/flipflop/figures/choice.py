"""Choices among a few words, as a caller gives them. Knows no figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from flipflop.errors import DataError, Problem, suggestion

if TYPE_CHECKING:
    from enum import StrEnum

_Choice = TypeVar("_Choice", bound="StrEnum")


def chosen(word: str, words: type[_Choice], field: str) -> _Choice:
    """Return the word as a member of the closed set, or raise DataError that names all of them."""
    try:
        return words(word)
    except ValueError:
        known = [str(one) for one in words]
        raise DataError(Problem(f"{word!r} is not one of {', '.join(known)}{suggestion(word, known)}", field)) from None
