"""Who stands before or behind a word of speech: a name, a pronoun, a noun; what is set between commas left aside."""

from __future__ import annotations

import re
from typing import NamedTuple

from flipflop.ingest.articles.cues import CUE, PRONOUNS
from flipflop.ingest.articles.name_words import ORDINARY
from flipflop.ingest.articles.naming import NameMention
from flipflop.ingest.articles.people import People
from flipflop.ingest.articles.sentences import HIDDEN
from flipflop.ingest.articles.wordlists import listed

_WINDOW = 400
"""How far a subject may stand before its word of speech."""
_SOME = (
    "[Tt]he|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ss]ome|[Ss]everal|[Mm]any|[Oo]ther|[Hh]is|[Hh]er|[Tt]heir|[Aa]nother"
)
_DAY = r"(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:morning|afternoon|evening|night))?"
_ADVERBS = re.compile(
    r"(?:[\s,]{1,3}(?:has|had|have|also|later|then|once|again|previously|repeatedly|recently|already|often|still|now|even"
    r"|first|just|himself|herself|themselves|did|does|would|could|will|was|is|were|are|be|been|being|not|never|itself|soon"
    r"|only|further|always|both|all|however|too|instead|simply|so|[a-z]{3,12}ly|earlier|apparently|went\son\sto"
    rf"|{_DAY}|(?:this|last)\s(?:week|month|year|spring|summer|fall|weekend)|today|yesterday|who|which|to|that)){{1,12}}[\s,]{{0,3}}$"
)
_NOUN_AT_END = re.compile(
    rf"(?:\b(?:{_SOME}|[Tt]hat|[Tt]his|[Oo]ur|[Mm]y|[Ii]ts|[Ss]enior|[Mm]ost)\s)?(?:[\w’'.-]{{1,30}}\s){{0,3}}?[a-z][a-z’'-]{{1,30}}$"
)
_DETERMINED = re.compile(
    rf"(?:^|[\s(—–])((?:{_SOME})\s(?:[\w’'.&-]{{1,30}}\s){{0,6}}?[\w’'-]{{1,30}}"
    r"(?:\s(?:for|of|at|from|in|with|to|on|who|familiar|close)\s[^,;:]{1,70})?)$"
)
_OPENING_NOUN = re.compile(rf"(?:{_SOME}|[Aa]ll|[Bb]oth|[Mm]ost)\s[\w’'-]|[A-Za-z’'-]{{1,30}}s(?:\s|$)|[Pp]eople\b")
_LAST_NOUN = re.compile(
    rf",\s((?:(?:{_SOME}|[Mm]ost|[Ss]enior|[Tt]op|[Bb]oth)\s)?(?:[a-z’'-]{{2,20}}\s){{0,3}}(?:[a-z’'-]{{2,20}}s|source|people|police|report))$"
)
_CLAUSE_INSIDE = re.compile(
    r"(?:^|\s)(?:he|she|they|it|we|i|is|was|has|had|are|were|says|said|saying|believes|must|when|if|dismissed|released)\s",
    re.IGNORECASE,
)
"""A pronoun or a verb: words with one in them are no noun."""
_BEHIND_NAME = re.compile(r"[,)]|\b(?:of|for|in|from|at)\b")
_TEMPORAL = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\b(?:night|morning|afternoon|evening|week|month|year|time|occasion)\s$"
)
_PREPOSITION = re.compile(
    r"\b(?:for|of|from|at|to|with|by|in|about|on|against|over|under|near|between|after|before|than|into|as|like|toward"
    r"|towards|behind|via)\s(?:[\w’'.-]{1,30}\s){0,4}?$"
)
_BOUNDARY = re.compile(
    rf"{HIDDEN}|[;:—]|\s--?\s|\s–\s|,\s(?:but|and|while|as|because|so|though|although|when)\s"
    r"|\b(?:that|but|because|if|although|while|when|what|as)\s(?=(?:he|she|they|the|[A-Z][\w.]{1,30})\b)"
)
_RELATIVE = re.compile(r",?\s(?:who|which)(?:[\s,](?!(?:he|she|they|it|we|I)\b|[A-Z])\w{1,30}){0,3}\s?$")
_JOINED = re.compile(r"\b(?:and|but|then|or)$")
_PRONOUN_BEFORE = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e|[Ii]t)$")
_PRONOUN_BEHIND = re.compile(r"(?:he|she|they)\b")
_OPENING_PRONOUN = re.compile(r"\W{0,3}(?:And|But|So|Then|Yet|Still)?\W{0,3}(He|She|They|I|he|she|they)\b")
_NOUN_BEHIND = re.compile(
    r"(?:the|a|an|one|another|his|her|their|its)\s(?:[\w’'-]{1,30}\s?){1,5}?"
    r"(?=[.,;:\ufffc]|\s(?:in|on|at|of|who|for|to|said)\b|$)"
)
_OWNED_BEHIND = re.compile(r"[’']s\s(?:[\w’'-]{1,30}\s?){1,4}?(?=[.,;:\ufffc]|\s(?:in|on|at|of|who|for|to|said)\b|$)")
_PHRASE = re.compile(r"[^,.;:\ufffc]{3,80}")
_OFFICE = re.compile(r"\s(?:(?![a-z-]{1,20}ed\s)[a-z-]{3,20}\s){1,4}")
_ROLE = re.compile(r"(?:[\w’'./-]{1,30}[\s,]{1,2}){0,8}")
_DETERMINERS = listed("the a an his her its their one another")


class CueSubject(NamedTuple):
    """Who a word of speech belongs to, as written: a name, a pronoun, or a noun ("officials").

    ``near`` where nothing stands between the two that could be somebody else.
    """

    start: int
    end: int
    text: str
    mention: NameMention | None = None
    near: bool = True

    @property
    def pronoun(self) -> str:
        """The pronoun in lower case, nothing for anything else."""
        word = self.text.lower()
        return word if self.mention is None and word in PRONOUNS else ""


class Subjects:
    """Finds subjects in a text whose quotations are hidden."""

    def __init__(self, masked: str, people: People) -> None:
        self._masked, self._people = masked, people

    def first(self, start: int, end: int) -> CueSubject | None:
        """Return what a sentence is about: the first name in it that no preposition governs, or its pronoun."""
        opening = _OPENING_PRONOUN.match(self._masked, start, end)
        if opening:
            return CueSubject(opening.start(1), opening.end(1), opening[1])
        for mention in self._people.between(start, end):
            if not self.is_governed(mention, start):
                return named(self._in_full(mention), near=False)
        return None

    def is_governed(self, mention: NameMention, start: int) -> bool:
        """Tell whether a preposition stands before a name, or a genitive's sign behind it."""
        return self._preposition(start, mention) is not None or self._owns(mention)

    def owner(self, at: int) -> CueSubject | None:
        """Return whose a word is by the genitive right before it: "Roe's claim that"."""
        owning = self._masked[at - 3 : at] in {"’s ", "'s "}
        mention = self._people.ending_at(at - 3) if owning else None
        return None if mention is None else named(mention, near=False)

    def named_at(self, stop: int) -> CueSubject | None:
        """Return the name that ends there."""
        mention = self._people.ending_at(stop)
        return None if mention is None else named(mention)

    def behind(self, at: int, end: int) -> CueSubject | None:
        """Return who stands right behind a word of speech."""
        while at < end and self._masked[at] == " ":
            at += 1
        if pronoun := _PRONOUN_BEHIND.match(self._masked, at, end):
            return CueSubject(at, pronoun.end(), pronoun[0])
        mention = self._people.starting_at(at)
        if mention and not self._owns(mention):
            return named(self._in_full(mention))
        for mention in self._people.between(at, min(end, at + 90)):
            if is_role(self._masked[at : mention.outer]) and not self._owns(mention):
                return named(mention)
        owned = mention.end if mention else at
        noun = (_OWNED_BEHIND if mention else _NOUN_BEHIND).match(self._masked, owned, end)
        return CueSubject(at, noun.end(), self._masked[at : noun.end()].strip()) if noun else None

    def _in_full(self, mention: NameMention) -> NameMention:
        """Return the person of "CNN host Jane Roe", for the body that only says where she belongs."""
        if self._people.is_person(self._people.canonical(mention)):
            return mention
        for other in self._people.between(mention.end, mention.end + 45):
            between = self._masked[mention.end : other.outer]
            if _OFFICE.fullmatch(between) and not CUE.search(between) and is_role(between.strip() + " "):
                return other
            break
        return mention

    def phrase(self, at: int, end: int) -> CueSubject | None:
        """Return the words up to the next comma as a noun: "according to a complaint filed by the agency,"."""
        match = _PHRASE.match(self._masked, at, end)
        return CueSubject(at, match.end(), match[0].strip()) if match else None

    def before(self, at: int, start: int, earlier: CueSubject | None) -> CueSubject | None:
        """Return who stands before a word of speech; ``earlier`` is the subject of the verb before it."""
        clause = self._clause_start(at, max(start, at - _WINDOW))
        left = self._masked[clause:at]
        relative = _RELATIVE.search(left)
        if relative:
            return self._antecedent(clause + len(left[: relative.start()].rstrip(" ,")), clause)
        trimmed = _without_adverbs(left)
        while trimmed.endswith(")") and "(" in trimmed:
            trimmed = trimmed[: trimmed.rindex("(")].rstrip()
        if _JOINED.search(trimmed):
            return earlier or self.first(start, at)
        if trimmed.endswith(","):
            return self._before_comma(trimmed, clause)
        return self._ending_at(clause + len(trimmed), clause)

    def _antecedent(self, stop: int, clause: int) -> CueSubject | None:
        """Return what "who" stands for: the name or the noun right before it."""
        if mention := self._people.ending_at(stop):
            return named(mention)
        text = self._masked[clause:stop]
        noun = _DETERMINED.search(text) or _NOUN_AT_END.search(text[-60:])
        return CueSubject(stop - len(noun[0].strip()), stop, noun[0].strip()) if noun else None

    def _clause_start(self, at: int, start: int) -> int:
        boundary = start
        for match in _BOUNDARY.finditer(self._masked, start, at):
            if match.end() < at:
                boundary = match.end()
        return boundary

    def _ending_at(self, stop: int, clause: int) -> CueSubject | None:
        pronoun = _PRONOUN_BEFORE.search(self._masked, max(clause, stop - 6), stop)
        if pronoun:
            return CueSubject(pronoun.start(), stop, pronoun[0])
        mention = self._people.ending_at(stop)
        if mention is None:
            return self._noun(stop, clause)
        governed = self._preposition(clause, mention)
        if governed is None:
            return self._together(mention, clause, stop) or named(mention)
        if head := _DETERMINED.search(self._masked[clause:stop]):
            return CueSubject(clause + head.start(1), stop, head[1])
        for other in self._people.between(clause, mention.outer):
            if not self._preposition(clause, other):
                return named(other, near=False)
        return None if governed.start() > clause + 3 else named(mention, near=False)

    def _together(self, mention: NameMention, clause: int, stop: int) -> CueSubject | None:
        """Return two or more who said it together as one noun: "Roe and Doe both said"."""
        other = self._people.ending_at(mention.outer - 5)
        if other is None or other.outer < clause or self._masked[mention.outer - 5 : mention.outer] != " and ":
            return None
        return CueSubject(other.outer, stop, self._masked[other.outer : stop])

    def _noun(self, stop: int, clause: int) -> CueSubject | None:
        while clause < stop and not self._masked[clause].isalnum():
            clause += 1
        text = self._masked[clause:stop]
        names = [mention for mention in self._people.between(clause, stop) if not self._owns(mention)]
        first = next((mention for mention in names if not self._preposition(clause, mention)), None)
        if tail := _LAST_NOUN.search(text):
            return CueSubject(stop - len(tail[1]), stop, tail[1])
        if (
            first is not None
            and _BEHIND_NAME.search(self._masked, first.end, stop)
            and self._masked[first.end] in " ,("
        ):
            return named(self._in_full(first), near=False)
        if _CLAUSE_INSIDE.search(text):
            return self.first(clause, stop) if _OPENING_PRONOUN.match(text) else None
        if 2 < len(text) < 70 and (_OPENING_NOUN.match(text) or names):
            return CueSubject(clause, stop, text)
        if determined := _DETERMINED.search(text):
            return CueSubject(clause + determined.start(1), stop, determined[1])
        tail = _NOUN_AT_END.search(text[-60:])
        return CueSubject(stop - len(tail[0]), stop, tail[0].strip()) if tail else None

    def _before_comma(self, trimmed: str, clause: int) -> CueSubject | None:
        """Return the subject before an apposition: "Ann Roe, who signed it, said"; "the minister, Joe Doe, told"."""
        inner = trimmed[:-1]
        opened = inner.rfind(",")
        apposed = self._people.ending_at(clause + len(inner))
        if apposed and opened >= 0 and inner[opened + 1 :].strip() == self._masked[apposed.outer : apposed.end]:
            return named(apposed)
        for mention in self._people.between(clause, clause + len(inner)):
            behind = self._masked[mention.end]
            if behind in ", " and not self.is_governed(mention, clause):
                whole = self._in_full(mention)
                return named(whole, near=self._masked[whole.end] == ",")
        rest = inner[:opened] if opened >= 0 else inner
        return self._ending_at(clause + len(rest.rstrip()), clause)

    def _preposition(self, start: int, mention: NameMention) -> re.Match[str] | None:
        """Return the preposition that governs a name; "on Tuesday night Roe" governs the night."""
        match = _PREPOSITION.search(self._masked, max(start, mention.outer - 60), mention.outer)
        return None if match is None or _TEMPORAL.search(match[0]) else match

    def _owns(self, mention: NameMention) -> bool:
        return self._masked[mention.end : mention.end + 2] in {"’s", "'s"}


def named(mention: NameMention, *, near: bool = True) -> CueSubject:
    """Return a name as a subject."""
    return CueSubject(mention.outer, mention.end, mention.name, mention, near)


def _without_adverbs(left: str) -> str:
    """Cut off adverbs, auxiliaries and weekdays at the end."""
    end = max(0, len(left) - 120)
    match = _ADVERBS.search(left, end)
    return (left[: match.start()] if match else left).rstrip()


def is_role(words: str) -> bool:
    """Tell whether words before a name only say what somebody is: "the minister,", "longtime ally"."""
    found = [word.lower() for word in re.findall(r"[\w’'-]+", words)]
    if not _ROLE.fullmatch(words):
        return False
    if found and found[0] in _DETERMINERS:
        found = found[1:]
    if words.rstrip().endswith(","):
        return bool(found) and found[0] not in ORDINARY
    return "," not in words and not any(word in ORDINARY for word in found)
