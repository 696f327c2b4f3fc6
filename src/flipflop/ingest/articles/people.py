"""The persons and bodies that an article names, and which of them a shorter name means. Knows nothing of who speaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from flipflop.ingest.articles.given_names import gender_of
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
_LOWER_ROLE = re.compile(r"(?:[\w’'-]+\s){0,5}$")
_APPOSITIVE = re.compile(
    r",?\s(?:\([^()]{1,30}\),?\s)?(?:,\s)?(?:who\sis\s)?(?:(?:a|an|the|one\sof|his|her|their)\s)?([^,.;:\ufffc]{3,90})"
)


class NameMention(NamedTuple):
    """A name where it stands: ``text[start:end]``, with its titles from ``outer`` on."""

    outer: int
    start: int
    end: int
    name: str
    titles: tuple[str, ...] = ()


_FAR = 200
"""How many names back a role is looked for."""
_MANY = 12
"""How many persons of one surname are told apart; an article that names more is a directory."""


class People:
    """The names of an article, in order; ``canonical`` gives the fullest form in which it names somebody."""

    def __init__(self, masked: str, spans: list[tuple[int, int]]) -> None:
        self.mentions: list[NameMention] = []
        for start, end in spans:
            self.mentions += _mentions(masked, start, end)
        self._ends = {mention.end: mention for mention in self.mentions}
        self._starts = [mention.outer for mention in self.mentions]
        self._full = self._full_names()
        self._counts = Counter(mention.name for mention in self.mentions)
        self._genders: dict[str, str] = {}
        self._roles: dict[str, set[str]] = {}
        for mention in self.mentions:
            self._learn(masked, mention)

    def ending_at(self, at: int) -> NameMention | None:
        """Return the name that ends there."""
        return self._ends.get(at)

    def starting_at(self, at: int) -> NameMention | None:
        """Return the name that begins there, its titles with it."""
        number = bisect_right(self._starts, at) - 1
        found = self.mentions[number] if number >= 0 else None
        return found if found and found.outer <= at <= found.start else None

    def between(self, start: int, end: int) -> list[NameMention]:
        """Return the names that begin in a stretch of the text."""
        first, last = bisect_right(self._starts, start - 1), bisect_right(self._starts, end - 1)
        return self.mentions[first:last]

    def canonical(self, mention: NameMention) -> str:
        """Return the fullest form of a name in this article."""
        return self.full_name(mention.name, mention.titles)

    def full_name(self, name: str, titles: tuple[str, ...] = ()) -> str:
        """Return the fullest form: "Trump" is "Donald Trump" where the article calls somebody so."""
        fitting = self.fitting(name, titles)
        return max(fitting, key=lambda full: self._counts[full], default=name)

    def fitting(self, name: str, titles: tuple[str, ...] = ()) -> list[str]:
        """Return the full names of this article that a name may stand for; "Mr. Roe" is not "Jane Roe"."""
        if len(name.split()) > 2:
            return []
        gender = gender_of(titles, "")
        known = self._full.get(name.lower(), [])
        return [full for full in known if not gender or gender_of((), full.split()[0]) in ("", gender)]

    def is_sure(self, mention: NameMention) -> bool:
        """Tell whether a name can mean one person only, or one far more than any other."""
        if mention.name.istitle() and len(mention.name.split()) > 1:
            return True
        counts = sorted((self._counts[full] for full in self.fitting(mention.name, mention.titles)), reverse=True)
        return len(counts) < 2 or counts[0] >= 2 * counts[1]

    def gender(self, name: str) -> str:
        """Return "f", "m", "" where it is not known."""
        return self._genders.get(name, "")

    def is_person(self, name: str) -> bool:
        """Tell whether a full name is likely a person's."""
        words = name.split()
        if is_body(name) or (words[-1].lower().strip(".") in NO_PERSONS and not self._genders.get(name)):
            return False
        return len(words) > 1 or bool(self._genders.get(name)) or bool(self._roles.get(name))

    def with_role(self, noun: str, before: int) -> str:
        """Return the person last named before a place whom the article gives a role: "the mayor"."""
        number = bisect_right(self._starts, before) - 1
        for mention in reversed(self.mentions[max(0, number - _FAR) : number + 1]):
            name = self.canonical(mention)
            if noun in self._roles.get(name, ()) and self.is_person(name):
                return name
        return ""

    def _full_names(self) -> dict[str, list[str]]:
        """The longer names by each shorter one: by surname, by given name, by both without what stands between."""
        longer: dict[str, list[str]] = {}
        for name in dict.fromkeys(mention.name for mention in self.mentions):
            words = re.sub(r",?\s(?:Jr|Sr)\.?$", "", name).split()
            if len(words) < 2 or is_body(name) or words[-1].lower() in NO_PERSONS or len(words) > 5:
                continue
            keys = {words[-1].lower(), " ".join(words[1:]).lower(), words[0].lower()}
            for key in (*keys, f"{words[0]} {words[-1]}".lower()):
                known = longer.setdefault(key, [])
                if len(known) < _MANY:
                    known.append(name)
        return longer

    def _learn(self, masked: str, mention: NameMention) -> None:
        name = self.canonical(mention)
        words = name.split()
        gender = gender_of(mention.titles, words[0] if len(words) > 1 else "")
        if gender and not is_body(name):
            self._genders.setdefault(name, gender)
        roles = self._roles.setdefault(name, set())
        roles.update(mention.titles)
        before = _LOWER_ROLE.search(masked, max(0, mention.outer - 60), mention.outer)
        roles.update(_role_words(before[0]) if before else ())
        after = _APPOSITIVE.match(masked, mention.end, mention.end + 140)
        if after and masked[mention.end : mention.end + 1] == ",":
            roles.update(re.findall(r"[a-z]{4,}", after[1].split(" who ")[0])[:8])


def _role_words(words: str) -> list[str]:
    """The lower-case words right before a name that say what somebody is: "former mayor", not "concluded that"."""
    kept: list[str] = []
    for word in reversed(words.split()):
        if not word.islower() or word in ORDINARY or word.endswith(("ed", "ing")):
            break
        kept.append(word)
    return kept


def is_body(name: str) -> bool:
    """Tell whether a name is that of a body, a paper or a firm rather than a person's."""
    words = [word.strip(".").lower() for word in name.split()]
    if len(words) > 1 and name.isupper() and len(name) > 5:
        return True
    return (
        words[-1] in ORGANISATIONS
        or "of" in words
        or words[0] == "the"
        or (len(words) == 1 and name.isupper() and len(name) > 1)
    )


def _mentions(masked: str, start: int, end: int) -> list[NameMention]:
    found = []
    for match in _NAME.finditer(masked, start, end):
        found += _trimmed(masked, match)
    return found


def _trimmed(masked: str, match: re.Match[str]) -> list[NameMention]:
    """Take off the words before a name that only open a sentence, and its titles."""
    words = _without_place([(m.start() + match.start(), m[0]) for m in re.finditer(r"\S+", match[0])])
    outer = None
    titles: list[str] = []
    while words and (words[0][1].lower() in ORDINARY | _DAYS or words[0][1] == "&"):
        words.pop(0)
    bodies = [i for i, (_, word) in enumerate(words[:-2]) if i and word.lower() in ORGANISATIONS]
    if bodies and not any(word.lower() in NO_PERSONS or word == "of" for _, word in words[bodies[-1] + 1 :]):
        words = words[bodies[-1] + 1 :]
    inner = [i for i, (_, word) in enumerate(words[:-1]) if i and word.strip(".,").lower() in _MIDDLE]
    if inner and not any(word.lower() in ORGANISATIONS or word == "of" for _, word in words[inner[-1] + 1 :]):
        outer = words[0][0]
        titles = [word.strip(".,").lower() for _, word in words[: inner[-1] + 1] if word.strip(".,").lower() in TITLES]
        words = words[inner[-1] + 1 :]
    while words and words[0][1].strip(".,").lower() in TITLES and (len(words) > 1 or _ABBREVIATION.match(words[0][1])):
        if len(words) > 1 and words[1][1].lower() == "of":
            break
        if _is_body_of_titles(words):
            break
        outer = words[0][0] if outer is None else outer
        titles.append(words.pop(0)[1].strip(".,").lower())
    if all(word.strip(".,").lower() in TITLES or _INITIALS.fullmatch(word) for _, word in words) and not titles:
        return []
    if not words or (len(words) == 1 and words[0][1].strip(".,").lower() in ORDINARY | ADJECTIVES):
        return []
    begin, end = words[0][0], words[-1][0] + len(words[-1][1])
    name = " ".join(masked[begin:end].split())
    if name.endswith(".") and not re.search(r"(?:^|\s|\.)\w\.$|(?:Jr|Sr)\.$", name):
        name, end = name[:-1], end - 1
    return [NameMention(begin if outer is None else outer, begin, end, name, tuple(titles))]


_DAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
_MIDDLE = TITLES - listed(
    """king prince lady house senate chief executive press state first state king lord general"""
) | {"secretary"}


def _without_place(words: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Cut "Ann Roe of Ohio" before "of"; the name of a body keeps it: "University of Ohio"."""
    for number, (_, word) in enumerate(words):
        if word == "of" and words[number - 1][1].lower() not in ORGANISATIONS | {"secretary", "school", "chamber"}:
            return words[:number]
    return words


def _is_body_of_titles(words: list[tuple[int, str]]) -> bool:
    """Tell whether all words are titles, as in "White House" or "State Department": the name of a body."""
    return words[-1][1].strip(".").lower() in ORGANISATIONS and all(
        word.strip(".,").lower() in TITLES | ORGANISATIONS for _, word in words
    )
