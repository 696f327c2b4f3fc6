"""Names and quotations that have no room: what tells them from others stays. Knows no pixel."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CUT = "…"


def shortened(text: str, letters: int) -> str:
    """Return the beginning of a text, cut between words and with a sign, or the text where it is no longer.

    >>> shortened("No unit, now or ever", 12)
    'No unit, …'
    """
    if len(text) <= letters:
        return text
    start = text[: letters - 1]
    return f"{start.rsplit(' ', 1)[0] if ' ' in start else start} {CUT}"


def shared_words(names: Iterable[str]) -> dict[str, int]:
    """Return with how many words each name begins as some other one does; the last word of a name never counts.

    >>> shared_words(["Ministry of Trade", "Ministry of War", "Ada"])
    {'Ada': 0, 'Ministry of Trade': 2, 'Ministry of War': 2}
    """
    split = {name: name.split() for name in sorted(set(names), key=str.split)}
    found = dict.fromkeys(split, 0)
    for one, other in pairwise(split):
        alike = (first == second for first, second in zip(split[one], split[other], strict=False))
        count = next(
            (number for number, same in enumerate(alike) if not same), min(map(len, (split[one], split[other])))
        )
        for name in (one, other):
            found[name] = max(found[name], min(count, len(split[name]) - 1))
    return found


def without_middle(name: str, shared: int, fits: Callable[[str], bool]) -> str:
    """Return a name that has no room without words that others have too, as many of the first ones kept as fit."""
    words = name.split()
    rest = " ".join(words[shared:])
    tries = (" ".join([*words[:kept], CUT, rest]) for kept in range(shared - 1, -1, -1))
    return next((told for told in tries if fits(told)), f"{CUT} {rest}")
