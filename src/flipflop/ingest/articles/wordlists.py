"""Lists of words as people read them: in lines, with blanks between."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(words.split())


def either(words: str) -> str:
    """Return the words of a text as the alternatives of a regular expression, in their order."""
    return "|".join(words.split())
