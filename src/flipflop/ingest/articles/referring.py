"""Whom a name, a pronoun or a noun means at its place: a name by its fullest form, "he" by what precedes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flipflop.ingest.articles.cues import PRONOUNS
from flipflop.ingest.articles.name_words import ORDINARY
from flipflop.ingest.articles.people import is_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.ingest.articles.document import DocumentBlock
    from flipflop.ingest.articles.people import People
    from flipflop.ingest.articles.subjects import CueSubject, Subjects


class Who(NamedTuple):
    """Somebody, and how that is known: "name", "pronoun", "role", "noun", "far" (a name at some distance), "line"."""

    name: str
    how: str


_PASSED = 8
"""How many sentences a pronoun looks back."""


class Referring:
    """Keeps whom the article spoke of, sentence by sentence."""

    def __init__(self, people: People, subjects: Subjects, author: str) -> None:
        self._people, self._subjects, self._author = people, subjects, author
        self._passed: list[list[str]] = []
        self._spoke: set[str] = set()

    def who(self, subject: CueSubject, start: int) -> Who | None:
        """Return whom a subject means; None where the words are nobody in particular."""
        if subject.mention is not None:
            name = self._people.canonical(subject.mention)
            sure = subject.near and self._people.is_sure(subject.mention)
            return Who(name, "name" if sure else "far" if not subject.near else "either")
        if subject.pronoun:
            return self._of_pronoun(subject, start)
        return self._of_noun(subject)

    def of_line(self, block: DocumentBlock, text: str) -> Who:
        """Return whom a speaker line names."""
        named = [self._people.canonical(mention) for mention in self._people.between(block.start, block.end)]
        for name in named:
            if self._people.is_person(name):
                return Who(name, "line")
        if len(named) == 1:
            return Who(named[0], "line")
        if len(block.about) == 1:
            return Who("", "line")  # the Q and A of an interview name nobody
        return Who(block.about or text[block.start : block.end].strip(" :…."), "line")

    def spoke(self, who: Who) -> None:
        """Note somebody who was only named on a line."""
        self._passed.append([who.name])

    def passed(self, start: int, end: int, owners: Sequence[Who]) -> None:
        """Note a sentence: who spoke in it, whom it was about."""
        names = [who.name for who in owners if who.how != "noun"]
        self._spoke.update(who.name for who in owners if who.how == "name" and not is_body(who.name))
        subject = self._subjects.first(start, end)
        if subject is not None:
            if subject.mention is not None:
                names.append(self._people.canonical(subject.mention))
            elif not owners and (who := self.who(subject, start)):
                names.append(who.name)
        names += [self._people.canonical(mention) for mention in self._people.between(start, end)]
        self._passed.append(list(dict.fromkeys(name for name in names if name)))

    def focus(self) -> Who | None:
        """Return whom the last sentence that names anybody was about."""
        for names in reversed(self._passed[-3:]):
            for name in names[:1]:
                return Who(name, "focus")
        return None

    def _of_pronoun(self, subject: CueSubject, start: int) -> Who | None:
        kind = subject.pronoun
        if kind in {"i", "we"}:
            return Who(self._author, "author") if kind == "i" and self._author else None
        if kind in {"he", "she"}:
            return self._person(PRONOUNS[kind], subject, start)
        if kind in {"they", "it"}:
            return self._body(kind)
        return None

    def _person(self, gender: str, subject: CueSubject, start: int) -> Who | None:
        here = self._people.between(start, subject.start)
        names = [self._people.canonical(m) for m in here if not self._subjects.is_governed(m, start)]
        for name in names:
            if self._fits(name, gender):
                return Who(name, "pronoun")
        for distance, passed in enumerate(reversed(self._passed[-_PASSED:])):
            fitting = [name for name in passed if self._fits(name, gender)]
            if fitting:
                alone = len(fitting) == 1 and self._people.gender(fitting[0]) == gender
                near = distance < 2 and alone and self._only(fitting[0], gender)
                return Who(fitting[0], "only" if near else "pronoun" if distance < 2 else "pronoun far")
        return None

    def _only(self, name: str, gender: str) -> bool:
        """Tell whether of late nobody else was named whom a pronoun could mean."""
        return all(other == name or not self._fits(other, gender) for passed in self._passed[-4:] for other in passed)

    def _fits(self, name: str, gender: str) -> bool:
        known = self._people.gender(name)
        return known == gender or (not known and (name in self._spoke or self._people.is_person(name)))

    def _body(self, kind: str) -> Who | None:
        for passed in reversed(self._passed[-3:]):
            for name in passed[:1]:
                if kind == "they" or is_body(name):
                    return Who(name, "pronoun far")
        return None

    def _of_noun(self, subject: CueSubject) -> Who | None:
        words = [word.lower() for word in re.findall(r"[\w’'-]+", subject.text)]
        if not words or (len(words) == 1 and words[0] in ORDINARY):
            return None
        head = re.split(r"\s(?:for|of|at|from|in|with|who|on|to)\s", subject.text)[0].split()[-1].lower()
        if words[0] in {"the", "his", "her"} and " for " not in subject.text:
            name = self._people.with_role(head, subject.start)
            if name:
                return Who(name, "role")
        return Who(" ".join(subject.text.split()), "noun")
