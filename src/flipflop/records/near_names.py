"""Which names may be one person's: with an initial, the surname alone or first, a title. Knows no store.

Two full names that differ in the first name are two people: James and Jake Berry, Mark and Mary Robinson.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from flipflop.records.words import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable

_BEFORE: Final = (
    "mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness viscount earl duke king queen prince "
    "princess president vice prime minister chancellor secretary senator sen rep representative congressman "
    "congresswoman governor gov mayor councillor cllr judge justice general gen colonel col captain ambassador "
    "speaker commissioner chairman chairwoman deputy former acting the right rt honourable hon herr frau monsieur "
    "madame mme senor senora don dona"
)
_BEHIND: Final = "jr sr ii iii iv mp mep msp ms mla td kc qc obe mbe cbe phd md esq"
_TITLES, _LETTERS = frozenset(_BEFORE.split()), frozenset(_BEHIND.split())
_DIGITS: Final = re.compile(r"\d+")
_SPELT_ALIKE: Final = 6
"""So long must two first names be to be one misspelt when one letter differs: Sergei and Sergey, not Mark and Mary."""


def may_be_one(name: str, other: str) -> bool:
    """Tell whether two different names may stand for one person or organisation.

    >>> may_be_one("P. Hammond", "Philip Hammond"), may_be_one("Hammond, Philip", "Philip Hammond")
    (True, True)
    >>> may_be_one("Mrs May", "Theresa May"), may_be_one("James Berry", "Jake Berry")
    (True, False)
    """
    first, second = name_words(name), name_words(other)
    if not first or not second or _DIGITS.findall(name) != _DIGITS.findall(other):
        return False
    shorter, longer = sorted((first, second), key=len)
    return (
        sorted(first) == sorted(second)
        or longer[-len(shorter) :] == shorter
        or (_one_slip(first[-1], second[-1]) and _fits(first[:-1], second[:-1]))
    )


@lru_cache(maxsize=65_536)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name, lower-case without accents, first names first, titles and letters after it left out.

    Of a name that is nothing but a title, the title.
    """
    surname, comma, first = name.partition(",")
    if comma and set(slugify(first).split("-")) <= _LETTERS:
        first, comma = "", ""
    words = slugify(f"{first} {surname}" if comma else surname).split("-")
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    while len(words) > 1 and words[-1] in _LETTERS:
        del words[-1]
    return tuple(word for word in words if word)


class NearNames:
    """Names among which those are found that may be the same as another; quick however many there are."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: set[str] = set()
        self._by_word: dict[str, list[str]] = defaultdict(list)
        self.add(names)

    def add(self, names: Iterable[str]) -> None:
        """Add some names."""
        for name in dict.fromkeys(names):
            if name not in self._names:
                self._names.add(name)
                for key in _keys(name_words(name)):
                    self._by_word[key].append(name)

    def near(self, name: str) -> list[str]:
        """Return the names that may be the same, sorted; itself left out, and one for several with the same words."""
        likely = {found for key in _keys(name_words(name)) for found in self._by_word.get(key, ())}
        near = sorted(found for found in likely if found != name and may_be_one(name, found))
        return sorted({name_words(found): found for found in reversed(near)}.values())


def _keys(words: tuple[str, ...]) -> set[str]:
    """What two names have in common that may be one: first or last word, whole or with one letter left out."""
    return {word[:at] + word[at + 1 :] for word in {*words[:1], *words[-1:]} for at in range(len(word))} | {
        *words[:1],
        *words[-1:],
    }


def _fits(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Tell whether first and further names do not contradict each other: one may be an initial, or not stand there."""
    if not first or not second:
        return first == second
    return all(
        one == other or (1 in (len(one), len(other)) and one[0] == other[0]) or (at == 0 and _misspelt(one, other))
        for at, (one, other) in enumerate(zip(first, second, strict=False))
    )


def _misspelt(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _SPELT_ALIKE and _one_slip(one, other)


def _one_slip(one: str, other: str) -> bool:
    """Tell whether two words are the same but for one letter put in, left out or changed, or two that changed places.

    Of words of two letters and fewer, and of initials, a letter is all there is.
    """
    if one == other:
        return True
    if min(len(one), len(other)) < 3 or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, others = one[start:], other[start:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[:2] == others[1::-1] and rest[2:] == others[2:])
    )
