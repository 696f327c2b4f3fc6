"""The persons and bodies that an article names, and which of them a shorter name means. Knows nothing of who speaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from flipflop.ingest.articles.given_names import gender_of
from flipflop.ingest.articles.name_words import NO_PERSONS, ORDINARY, ORGANISATIONS
from flipflop.ingest.articles.naming import NameMention, names_in
from flipflop.ingest.articles.wordlists import listed

_LOWER_ROLE = re.compile(r"(?:[\w’'-]+\s){0,5}$")
_APPOSITIVE = re.compile(
    r",?\s(?:\([^()]{1,30}\),?\s)?(?:,\s)?(?:who\sis\s)?(?:(?:a|an|the|one\sof|his|her|their)\s)?([^,.;:\ufffc]{3,90})"
)


_KIN = listed("wife husband daughter son brother sister mother father niece nephew cousin uncle aunt grandson widow")
_FAR = 200
"""How many names back a role is looked for."""
_MANY = 12
"""How many persons of one surname are told apart; an article that names more is a directory."""


class People:
    """The names of an article, in order; ``canonical`` gives the fullest form in which it names somebody."""

    def __init__(self, masked: str, spans: list[tuple[int, int]]) -> None:
        self.mentions: list[NameMention] = []
        for start, end in spans:
            self.mentions += names_in(masked, start, end)
        self._ends = {mention.end: mention for mention in self.mentions}
        self._starts = [mention.outer for mention in self.mentions]
        self._kin = self._relatives(masked)
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
        known = [full for full in self._full.get(name.lower(), []) if gender or full not in self._kin]
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

    def _relatives(self, masked: str) -> set[str]:
        """The names introduced as somebody's wife, son and so on: the surname alone is not theirs."""
        found = set()
        for mention in self.mentions:
            words = masked[max(0, mention.outer - 30) : mention.outer].rstrip(" ,").split()
            if " " in mention.name and words and words[-1].lower() in _KIN:
                found.add(mention.name)
        return found

    def _full_names(self) -> dict[str, list[str]]:
        """The longer names by each shorter one: by surname, by given name, by both without what stands between."""
        longer: dict[str, list[str]] = {}
        for name in dict.fromkeys(mention.name for mention in self.mentions):
            words = re.sub(r",?\s(?:Jr|Sr)\.?$", "", name).split()
            if len(words) < 2 or is_body(name) or words[-1].lower() in NO_PERSONS or len(words) > 5:
                continue
            keys = {words[-1].lower(), " ".join(words[1:]).lower()}
            keys |= {words[0].lower()} if gender_of((), words[0]) else set()
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
