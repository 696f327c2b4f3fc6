"""Names: which spellings of one are the same, and how two of the same are told apart. Knows no store."""

from __future__ import annotations


def folded(name: str) -> str:
    """Return what all spellings of a name share that stand for the same: upper or lower case, spaces, @ or not."""
    return " ".join(name.casefold().split()).removeprefix("@")
