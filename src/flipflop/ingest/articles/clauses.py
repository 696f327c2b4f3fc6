"""The words of speech of a sentence, each with its subject: by how they stand to each other. Settles no names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flipflop.ingest.articles.cues import ACCORDING, BASE, CUE, IN_WORDS_OF
from flipflop.ingest.articles.sentences import HIDDEN
from flipflop.ingest.articles.subjects import CueSubject, Subjects
from flipflop.ingest.articles.wordlists import listed

if TYPE_CHECKING:
    from flipflop.ingest.articles.people import People

_DETERMINED_NOUN = re.compile(r"\b(?:a|an|the|his|her|their|its|this|that|of|no|any|in|own|my|your|by)\s$")
_VERB_FOLLOWS = re.compile(
    r"(?:\b(?:they|we|i|you|to|who|will|would|can|could|may|might|must|should|did|do|not|also|people|men|women|police"
    r"|and|or|n[’']t)|s|s\s\w{1,12}ly|[;:,\ufffc”\"]|^)\s{0,3}$"
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be|get|gets|got)\s(?:[a-z]{2,12}ly\s|also\s|once\s|later\s|not\s)?$"
)
_NEGATED = re.compile(
    r"(?:\b(?:never|not|denied|denies|denying|refused\sto|declined\sto|declines\sto|without|avoided)|n['’]t)\s(?:[a-z]{2,12}\s)?$"
)
_NOBODY = re.compile(r"\b(?:[Nn]either|[Nn]or|[Nn]obody|[Nn]o\sone|[Nn]one\sof)\s(?:[A-Z][\w.’'-]*\s){0,3}$")
_AGENT = re.compile(r"\bby\s")
_PROGRESSIVE = re.compile(r"\b(?:is|are|was|were|been)\s(?:also\s|now\s)?$")
_TRAILING = listed("said says added adds wrote writes noted notes warned explained argued tweeted")
_OWNED = listed("claim statement call warning promise pledge remark report offer")
_MOSTLY_NOUNS = listed(
    """like find found think believe read state offer plan push address report claim answer question charge label brand
    term note"""
)
_CLOSED = re.compile(r"[.,;]|$|\s(?:on|in|at|during)\s")
_JOINED = re.compile(r"\b(?:and|but|then)\s(?:\w{1,20}\s)?$")
_QUOTATION_BEFORE = re.compile(rf"{HIDDEN}[\s,]{{0,3}}$")
_OF_ANOTHER = re.compile(r"(?:^|[\s,])(?:with|from|by)\s$")
_NEAR = 12


class Cue(NamedTuple):
    """A word of speech at ``start``; its subject, behind it where ``inverted``.

    ``dead`` where the sentence says that nobody said it ("never said", "neither said"), or not who ("was called").
    """

    start: int
    end: int
    word: str
    subject: CueSubject | None
    inverted: bool = False
    dead: bool = False


class Clauses:
    """Finds the words of speech of a sentence."""

    def __init__(self, masked: str, people: People) -> None:
        self._masked = masked
        self.subjects = Subjects(masked, people)

    def cues(self, start: int, end: int) -> list[Cue]:
        """Return the words of speech of a sentence, each with its subject, if it has one."""
        found: list[Cue] = []
        for match in CUE.finditer(self._masked, start, end):
            if not self._is_noun(match):
                found.append(self._cue(match, start, end, found))
        for rule in (ACCORDING, IN_WORDS_OF):
            for match in rule.finditer(self._masked, start, end):
                subject = self.subjects.behind(match.end(), end) or self.subjects.phrase(match.end(), end)
                found.append(Cue(match.start(), match.end(), "according to", subject, inverted=True))
        return sorted(found, key=lambda cue: cue.start)

    def _is_noun(self, match: re.Match[str]) -> bool:
        word, before = match[0], self._masked[max(0, match.start() - _NEAR) : match.start()].lower()
        if _DETERMINED_NOUN.search(before):
            return word not in {"said", "told"} and not before.endswith("that ")
        if word in BASE and not _VERB_FOLLOWS.search(before):
            return True
        if before.endswith(("’s ", "'s ")):
            return word not in _OWNED
        return word in _MOSTLY_NOUNS and before.endswith(("will ", "would ", "can ", "could "))

    def _cue(self, match: re.Match[str], start: int, end: int, earlier: list[Cue]) -> Cue:
        at, word = match.start(), match[0]
        behind = self.subjects.behind(match.end(), end)
        if behind is not None and self._is_inverted(match, behind, start, end):
            return Cue(at, match.end(), word, behind, inverted=True)
        if _PASSIVE.search(self._masked, max(start, at - _NEAR * 2), at) and not word.endswith("ing"):
            agent = _AGENT.search(self._masked, match.end(), end)
            by = self.subjects.behind(agent.end(), end) if agent else None
            return Cue(at, match.end(), word, by._replace(near=False) if by else None, inverted=True, dead=by is None)
        if self._is_denied(at, start):
            return Cue(at, match.end(), word, None, dead=True)
        if owner := self.subjects.owner(at):
            return Cue(at, match.end(), word, owner)
        near = self._masked[max(start, at - _NEAR) : at]
        if near.endswith("to ") or (word.endswith("ing") and not _PROGRESSIVE.search(near)):
            return Cue(at, match.end(), word, self._of_participle(at, start, earlier))
        last = earlier[-1] if earlier else None
        subject = self.subjects.before(at, start, last.subject if last else None)
        if subject is None and last is not None and _JOINED.search(self._masked, last.end, at):
            subject = last.subject
        if subject is None and behind is not None and not self._masked[start:at].strip(f"{HIDDEN} ,"):
            return Cue(at, match.end(), word, behind, inverted=True)
        return Cue(at, match.end(), word, subject)

    def _is_denied(self, at: int, start: int) -> bool:
        """Tell whether the sentence says that it was not said."""
        near = max(start, at - 40)
        return bool(_NEGATED.search(self._masked, near, at) or _NOBODY.search(self._masked, near, at))

    def _is_inverted(self, match: re.Match[str], behind: CueSubject, start: int, end: int) -> bool:
        """Tell whether a subject stands behind its verb: "…," said Roe; "It is over, said Roe."."""
        if _QUOTATION_BEFORE.search(self._masked, max(start, match.start() - 4), match.start()):
            return behind.mention is not None or bool(behind.pronoun) or self._closes(behind.end, end)
        comma = self._masked[max(start, match.start() - 2) : match.start()] == ", "
        return comma and match[0] in _TRAILING and bool(_CLOSED.match(self._masked, behind.end, end))

    def _closes(self, at: int, end: int) -> bool:
        return at >= end or self._masked[at] in ".,;" or self._masked[at].isspace()

    def _of_participle(self, at: int, start: int, earlier: list[Cue]) -> CueSubject | None:
        """The subject of "saying", "to call": that of the verb before it, else what the sentence is about."""
        if _OF_ANOTHER.search(self._masked, max(start, at - _NEAR), at):
            return None
        if self._masked[max(start, at - 4) : at] == " as " and (quoted := self.subjects.named_at(at - 4)):
            return quoted._replace(near=False)
        for cue in reversed(earlier[-5:]):
            if cue.subject is not None and not cue.word.endswith("ing"):
                return cue.subject._replace(near=False)
        return self.subjects.first(start, at)
