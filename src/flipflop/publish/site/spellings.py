"""Finds names in texts, however they are spelled there. Knows neither who has them nor why they are looked for.

Compared are words: after NFKC, without case, accents and characters that nobody sees, letters of other alphabets that
look like Latin ones taken for those (a part of Unicode's confusables, UTS 39), split at all that is no letter.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LOOK_ALIKE: Final = str.maketrans(
    "аеорсухіјѕкмтвнԁԛԝһӏαεοριυκντχ\u0131øđłɑɡ",  # noqa: RUF001 -- that they look like others is why they stand here
    "aeopcyxijskmtbhdqwhlaeopiukvtxiodlag",
)
_GAP: Final = 2
"""Initials that may stand between two names."""
_JOINED: Final = 8
"""Letters of a name of several words from which on it is found as one: @quentinzebulon, but not An Na in Anna."""


class _Spelling(NamedTuple):
    """Words in a row, initials between them or not, of the name with that label."""

    words: tuple[str, ...]
    label: str


class Spellings:
    """Some names, each with a label, to be found in texts; where a name of ``others`` stands, it is none of one word.

    So a person who is only known as "Ann" is found in "Ann, his aide" and not in "Ann Ames" where that is another.
    """

    def __init__(self, names: Iterable[tuple[str, str]], others: Iterable[str] = ()) -> None:
        self._starts: dict[str, list[_Spelling]] = {}
        self._runs: list[_Spelling] = []
        self._others: dict[str, list[tuple[str, ...]]] = {}
        for name, label in names:
            self._add(tuple(words_of(name)), label)
        for other in others:
            if len(words := tuple(words_of(other))) > 1:
                self._others.setdefault(words[0], []).append(words)

    def _add(self, words: tuple[str, ...], label: str) -> None:
        for spelled in set(_spelled(words)):
            self._starts.setdefault(spelled[0], []).append(_Spelling(spelled, label))
        if any(_is_unspaced(word) for word in words):
            self._runs.append(_Spelling(("".join(words),), label))

    def __call__(self, text: str) -> set[str]:
        """Return the labels of the names that stand in a text or an address."""
        if not self._starts:
            return set()
        found = {run.label for run in self._runs if run.words[0] in "".join(words_of(text))}
        plain = _plain(text)
        for words in {_words(plain, ""), _words(plain, " ")} if _UNSEEN in plain else (_words(plain, ""),):
            taken = self._taken(words)
            for at, word in enumerate(words):
                for stem in (word, word.removesuffix("s")):
                    for spelling in self._starts.get(stem, ()):
                        alone = len(spelling.words) == 1
                        if not (alone and at in taken) and _stands(spelling.words, words, at):
                            found.add(spelling.label)
        return found

    def _taken(self, words: tuple[str, ...]) -> set[int]:
        """Return the places of words that belong to a longer name of somebody else."""
        return {
            place
            for at, word in enumerate(words)
            for other in self._others.get(word, ())
            if words[at : at + len(other)] == other
            for place in range(at, at + len(other))
        }


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared, as if what nobody sees were not there."""
    return _words(_plain(text), "")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", unquote(text)).translate(_FOLDED)


def _words(plain: str, unseen: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain.replace(_UNSEEN, unseen)))


class _Folds(dict[int, str]):
    """What stands for a character where words are compared: letters and digits, a space for what parts words."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


def _folded(char: str) -> str:
    match unicodedata.category(char):
        case "Mn":
            return ""
        case "Cf":
            return _UNSEEN
        case category if category[0] == "L":
            apart = unicodedata.normalize("NFKD", char.casefold()).translate(_LOOK_ALIKE)
            return "".join(one for one in apart if unicodedata.category(one)[0] == "L")
        case category:
            return char if category == "Nd" else " "


_UNSEEN: Final = "\u200b"
_FOLDED: Final = _Folds()
_WORD: Final = re.compile(r"\d+|[^\W\d_]+")


def _is_unspaced(word: str) -> bool:
    """Tell whether a word is of a script that is written without spaces, as Chinese and Thai are."""
    return any(0x0E00 <= ord(char) <= 0x0EFF or 0x1000 <= ord(char) <= 0x109F or ord(char) >= 0x2E80 for char in word)


def _spelled(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name as it is, without its middle, family name first, with an initial for the first, written as one."""
    if not words:
        return
    yield words
    *given, family = words
    if given and len(family) > 1 and not family.isdigit():
        first = given[0]
        yield (first, family)
        yield (family, *given)
        yield (family, first)
        yield (first[0], family)
        yield (family, first[0])
    if len(words) > 1 and len("".join(words)) >= _JOINED:
        yield ("".join(words),)


def _stands(spelled: tuple[str, ...], words: tuple[str, ...], at: int) -> bool:
    """Tell whether a name stands at a place in words, perhaps with initials between, and an s at its end."""
    place = at
    for word, following in pairwise((*spelled, "")):
        if place >= len(words) or words[place] not in ((word,) if following else (word, f"{word}s")):
            return False
        place += 1
        for _ in range(_GAP):
            if following and place < len(words) and len(words[place]) == 1 and words[place] != following:
                place += 1
    return True
