"""Finds names in running text: capitals in a row, without the titles before them. Knows nothing of who bears them."""

from __future__ import annotations

import re
from typing import NamedTuple

from flipflop.ingest.articles.name_words import ADJECTIVES, NO_PERSONS, ORDINARY, ORGANISATIONS, TITLES
from flipflop.ingest.articles.wordlists import listed

_SHORTENED = (
    r"(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Sgt|Maj|Capt|Rev|Hon|Prof|St|Del|Adm|Cmdr|Supt|Atty)"
)
_WORD = rf"(?:{_SHORTENED}\.|[A-ZÀ-ÖØ-Þ]\.(?:\s?[A-ZÀ-ÖØ-Þ]\.){{0,3}}|[A-ZÀ-ÖØ-Þ](?:[\w-]|['’](?!s\b|\W))*)"
_PARTICLE = (
    r"(?:de\s(?:la\s)?|la\s|van\s(?:der\s|den\s)?|von\s|der\s|bin\s|al-|el-|del\s|da\s|di\s|dos\s|du\s|ben\s|ibn\s)"
)
_NAME = re.compile(
    rf"(?<![\w’'@#-]){_WORD}(?:\s{_PARTICLE}?{_WORD}|\s?&\s{_WORD}|\sof\s(?:the\s)?{_WORD}){{0,7}}(?:,?\s(?:Jr|Sr)\b\.?)?"
)
_INITIALS = re.compile(r"(?:[A-Z]\.){1,4}")
_ABBREVIATION = re.compile(rf"{_SHORTENED}\.")
_ENDS_IN_A_STOP = re.compile(r"(?:^|\s|\.)\w\.$|(?:Jr|Sr)\.$")
_DAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
_MIDDLE = TITLES - listed("king prince lady house senate chief executive press state first lord general") | {
    "secretary"
}
"""Titles that also stand amid capitals: "South Korean President Park"."""
_OF = ORGANISATIONS | listed("secretary school chamber")
"""Before these words "of" goes on with the name: "University of Ohio"."""

_OBJECT = re.compile(
    r"\s(?:the|an?|with|on|in|to|for|at|from|of|his|her|their|its|up|out|about|that|this|all|some|more|[A-Z])"
)
"""What follows "Partnering", which is no name where it opens a sentence."""

Word = tuple[int, str]


class NameMention(NamedTuple):
    """A name where it stands: ``text[start:end]``, with its titles from ``outer`` on."""

    outer: int
    start: int
    end: int
    name: str
    titles: tuple[str, ...] = ()


def names_in(text: str, start: int, end: int) -> list[NameMention]:
    """Return the names of a stretch of text, in order."""
    found = (_mention(text, match) for match in _NAME.finditer(text, start, end))
    return [mention for mention in found if mention is not None]


def _mention(text: str, match: re.Match[str]) -> NameMention | None:
    words = [(match.start() + m.start(), m[0]) for m in re.finditer(r"\S+", match[0])]
    words = _without_body(_without_opening(_without_place(words)))
    outer = words[0][0] if words else 0
    titles, words = _without_titles(words)
    if not words or _is_no_name(words, titles):
        return None
    begin, end = words[0][0], words[-1][0] + len(words[-1][1])
    if len(words) == 1 and not titles and words[0][1].endswith("ing") and _OBJECT.match(text, end):
        return None
    name = " ".join(text[begin:end].split())
    if name.endswith(".") and not _ENDS_IN_A_STOP.search(name):
        name, end = name[:-1], end - 1
    return NameMention(outer if titles else begin, begin, end, name, titles)


def _without_place(words: list[Word]) -> list[Word]:
    """Cut "Ann Roe of Ohio" before "of"; the name of a body keeps it."""
    for number, (_, word) in enumerate(words):
        if word == "of" and _plain(words[number - 1]) not in _OF:
            return words[:number]
    return words


def _without_opening(words: list[Word]) -> list[Word]:
    """Cut off what only opens a sentence, and a weekday: "But on Sunday Roe"."""
    first = next((i for i, word in enumerate(words) if _plain(word) not in ORDINARY | _DAYS | {"&"}), len(words))
    return words[first:]


def _without_body(words: list[Word]) -> list[Word]:
    """Cut off a body that stands before a person: "United Nations Jane Roe"."""
    bodies = [i for i, word in enumerate(words[:-2]) if i and _plain(word) in ORGANISATIONS]
    rest = words[bodies[-1] + 1 :] if bodies else words
    return words if any(_plain(word) in NO_PERSONS | {"of"} for word in rest) else rest


def _without_titles(words: list[Word]) -> tuple[tuple[str, ...], list[Word]]:
    """Return the titles before a name, in lower case, and the name."""
    titles: list[str] = []
    inner = [i for i, word in enumerate(words[:-1]) if i and _plain(word) in _MIDDLE]
    if inner and not any(_plain(word) in ORGANISATIONS | {"of"} for word in words[inner[-1] + 1 :]):
        titles = [_plain(word) for word in words[: inner[-1] + 1] if _plain(word) in TITLES]
        words = words[inner[-1] + 1 :]
    while words and _is_title(words):
        titles.append(_plain(words[0]))
        words = words[1:]
    return tuple(titles), words


def _is_title(words: list[Word]) -> bool:
    if _plain(words[0]) not in TITLES or (len(words) == 1 and not _ABBREVIATION.match(words[0][1])):
        return False
    return not (len(words) > 1 and words[1][1] == "of") and not _is_body_of_titles(words)


def _is_body_of_titles(words: list[Word]) -> bool:
    """Tell whether all words are titles, as in "White House" or "State Department": the name of a body."""
    return _plain(words[-1]) in ORGANISATIONS and all(_plain(word) in TITLES | ORGANISATIONS for word in words)


def _is_no_name(words: list[Word], titles: tuple[str, ...]) -> bool:
    """Tell whether capitals are a title without a name, an adjective, or a shouted sentence."""
    if not titles and all(_plain(word) in TITLES or _INITIALS.fullmatch(word[1]) for word in words):
        return True
    if len(words) == 1:
        return _plain(words[0]) in ORDINARY | ADJECTIVES
    return len(words) > 3 and all(word.isupper() for _, word in words)


def _plain(word: Word) -> str:
    return word[1].strip(".,").lower()
