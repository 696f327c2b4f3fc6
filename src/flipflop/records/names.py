"""Names: which spellings of one are the same, and how two of the same are told apart. Knows no store."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def folded(name: str) -> str:
    """Return what all spellings of a name share that stand for the same: upper or lower case, spaces, @ or not."""
    return " ".join(name.casefold().split()).removeprefix("@")


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return names by slug, in their order; two things of one name keep their slugs beside it.

    >>> told_apart({"ann-1": "Ann", "ann-2": "Ann", "bob": "Bob"})
    {'ann-1': 'Ann (ann-1)', 'ann-2': 'Ann (ann-2)', 'bob': 'Bob'}
    """
    often = Counter(names.values())
    return {slug: f"{name} ({slug})" if often[name] > 1 else name for slug, name in names.items()}
