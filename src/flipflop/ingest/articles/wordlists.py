"""Lists of words as people read them: in lines, with blanks between."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(words.split())
