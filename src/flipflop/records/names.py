"""Names: which spellings of one are the same, and how two of the same are told apart. Knows no store."""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def folded(name: str) -> str:
    """Return what all spellings of a name share that stand for the same: upper or lower case, spaces, @ or not."""
    return " ".join(name.casefold().split()).removeprefix("@")


def counted_order(name: str) -> tuple[tuple[int, str], ...]:
    """Return what to sort names by: without case, and numbers in them as numbers.

    >>> sorted(["Part 10", "part 2", "Part 1"], key=counted_order)
    ['Part 1', 'part 2', 'Part 10']
    """
    parts = _DIGITS.split(name.casefold())  # words and digits by turns
    numbers = (part.lstrip("0") for part in parts[1::2])
    words = ((0, part) for part in parts[::2])
    return tuple(part for pair in zip_longest(words, ((len(one), one) for one in numbers)) for part in pair if part)


_DIGITS = re.compile(r"(\d+)", re.ASCII)


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return names by slug, in their order; two things of one name keep their slugs beside it.

    >>> told_apart({"ann-1": "Ann", "ann-2": "Ann", "bob": "Bob"})
    {'ann-1': 'Ann (ann-1)', 'ann-2': 'Ann (ann-2)', 'bob': 'Bob'}
    """
    often = Counter(names.values())
    return {slug: f"{name} ({slug})" if often[name] > 1 else name for slug, name in names.items()}
