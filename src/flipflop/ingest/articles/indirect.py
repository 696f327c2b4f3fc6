"""What is told of somebody's words without quotation marks: "she said that …", "…, he said", "according to …".

Only forms that are seldom anything else; most indirect speech is left to the reader.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flipflop.ingest.articles.cues import REPORTING
from flipflop.ingest.articles.sentences import HIDDEN
from flipflop.ingest.articles.wordlists import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flipflop.ingest.articles.attributing import Sentence
    from flipflop.ingest.articles.clauses import Cue
    from flipflop.ingest.articles.referring import Who


class Reported(NamedTuple):
    """The words told: ``text[start:end]``, whose they are, and by which form they were found."""

    start: int
    end: int
    who: Who
    form: str
    cue: Cue
    block: int
    sentence: Sentence


_DENIALS = listed("deny denies denied denying")
"""What follows these is what was not said: the verb belongs to the words."""
_BARE = listed("said says saying say thinks")
"""After these a clause follows also without "that"."""
_BARE_BEFORE_PRONOUNS = listed(
    """insisted insists claimed claims argued argues added adds believes admitted acknowledged confirmed announced
    suggested"""
)
_PRONOUN = re.compile(r"\s(?:he|she|they|it|there|we)\s(?:is|was|has|had|will|would|are|were|have|could|did|does)\b")
_THAT = re.compile(r"(?:\s(?!that\b|who\b|which\b)[^\s,;\ufffc]{0,30}[^\s,;:\ufffc]){0,10}?,?\sthat\s(?!of\b)")
_THAT_TOLD = re.compile(r"(?:\s(?!that\b|who\b|which\b)[^\s,;]{0,30}[^\s,;:]){1,10}?,?\sthat\s(?!of\b)")
_ADJUNCT = re.compile(
    r"(?:\s(?:earlier\s|later\s|late\s|early\s)?(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:morning|afternoon|evening|night))?(?:\s\([^()]{3,30}\))?,?|\syesterday|\stoday|\s(?:this|last)\s(?:week|month|year|weekend)"
    r"|\sin\s(?:a|an|the)\s(?:[\w-]+\s){0,2}(?:statement|interview|email|e-mail|tweet|letter|speech|report|post)|\sby\s(?:telephone|phone|email|e-mail|text)"
    r"|\son\s(?:Twitter|Facebook|Instagram|television)|\sat\s(?:a|the)\s(?:[\w-]+\s){0,2}(?:rally|news\sconference|briefing|hearing)){0,2}"
)
_CLAUSE = re.compile(
    r"\s(?:(?:he|she|they|it|we|there|this|these|those|his|her|their|its|the|a|an|no|any|some|many|most|both|all|such|what|if|even|only"
    r"|more|less|fewer|about|nearly|almost|at\sleast|(?:[a-z]{2,20}\s){0,3}[a-z]{2,20}s\s(?:would|will|had|have|were|are|could|should|must|still|want|need|can|may|do|did))\s|[A-ZÀ-Þ$\d][\w.,’'$-]*\s)(?=[^.]{8})"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|shall|did|does|do|won['’]t|isn['’]t|aren['’]t"
    r"|wasn['’]t|doesn['’]t|didn['’]t|don['’]t|(?!this\b|his\b|its\b|less\b)[a-z]{3,20}(?:ed|s))\b|['’](?:s|re|d|ll|ve)\b"
)
_RELATIVE = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|also|never|not)\s"
    r"|(?!less\b|unless\b|his\b|this\b|its\b)[a-z]{3,20}(?:ed|s)\s"
    r"(?:the|an?|that|how|him|her|them|it|its|his|their|to|up|out|in|on|at|from|with|by|down)\b"
)
"""A verb behind "that": it begins no clause of its own, but tells of the noun before it."""
_TOLD = re.compile(
    r"\s(?:reporters|him|her|them|us|me|CNN|Reuters|an?\s[\w’'-]+(?:\s(?:conference|meeting|rally|crowd|audience|hearing|call|briefing))?|the\s[\w’'\s]{3,40}?|[A-ZÀ-Þ][\w.’'-]+(?:\s[A-ZÀ-Þ][\w.’'-]+){0,3})(?=\s)"
)
_REST = re.compile(rf"(?:\s[^,;:\s{HIDDEN}]+){{0,7}}[.,;!?…]{{0,4}}\s{{0,4}}$")
_TAIL = re.compile(
    r"(?<=\ufffc)\san?\s(?:[\w-]+\s)?(?:reaction|reference|nod|jab|reversal|allusion|response|remark|comment|charge|phrase|swipe|dig)\b|;\s|\s(?:—|–|--)\s?[a-z]+ing\b"
    r"|,\s(?:contradicting|abandoning|reversing|echoing|dismissing|rejecting|repeating|prompting|drawing|sparking)\b"
    r"|,?\sand\s(?:he\s|she\s)?(?:also\s)?(?:pointed|called|urged|accused|asked|promised|vowed|suggested|warned|added|told|dismissed|rejected|denied|criticized|praised|blamed)\b|,\s(?:and\s)?(?:adding|saying|noting|arguing|warning|claiming|citing|calling|according\sto|while|as\she|as\sshe|but\s(?:he|she|they|that|said))\b"
)
_NO_OPENING = re.compile(
    r"\W*(?:As|In|On|At|When|While|Asked|Speaking|After|Before|During|Earlier|Later|If|For|With|Like|By|According|Still|And|But|Also|Meanwhile|However)\b"
)
_SUBORDINATE = re.compile(
    r"\b(?:while|after|once|what|when|which|if|because|despite|where|since|how|whether)\s$", re.IGNORECASE
)
_NOBODY = re.compile(
    r"(?:Not|No|Nobody|None|Few|not|no|few|While|After|Once|When|If|Because|Since|Despite|Although|Though|Whether)\b"
)
_NEGATED = re.compile(
    r"(?:\b(?:not|never|n['’]t|declined\sto|refused\sto|if|whether|could|would|might|should|can|to)\s)$"
)


def reported(masked: str, text: str, owned: Iterable[tuple[Sentence, int, Cue, Who]]) -> list[Reported]:
    """Return the indirect speech of an article, in order; of what lies within another, the outer one."""
    found: list[Reported] = []
    for sentence, block, cue, who in owned:
        span = _content(masked, sentence, cue)
        if (span and who.name and cue.subject is not None) or (span and who.how == "line"):
            start, end, form = span
            start, end = _trimmed(text, masked, start, end)
            if _says_something(masked, start, end):
                found.append(Reported(start, end, who, form, cue, block, sentence))
    return _outer(found)


def _content(masked: str, sentence: Sentence, cue: Cue) -> tuple[int, int, str] | None:
    if cue.word == "according to":
        return _according(masked, sentence, cue)
    if _NEGATED.search(masked, max(sentence.start, cue.start - 14), cue.start) or _is_subordinate(
        masked, sentence, cue
    ):
        return None
    if cue.inverted or (cue.subject and masked[cue.end : sentence.end].strip(" .,!?") == ""):
        return _before(masked, sentence, cue)
    after = _around(masked, sentence, cue) or _after(masked, sentence, cue)
    return after or _before(masked, sentence, cue)


def _is_subordinate(masked: str, sentence: Sentence, cue: Cue) -> bool:
    """Tell whether the words of speech stand in a clause within another: "once he has said", "what Roe says"."""
    if cue.subject is None or cue.subject.start > cue.start:
        return False
    opening = masked[cue.subject.start : cue.start]
    return bool(_SUBORDINATE.search(masked, max(sentence.start, cue.subject.start - 12), cue.subject.start)) or bool(
        _NOBODY.match(opening)
    )


def _after(masked: str, sentence: Sentence, cue: Cue) -> tuple[int, int, str] | None:
    """The clause behind the cue: behind "that", or where a clause plainly begins."""
    end = _end(masked, cue.end, sentence.end)
    that = (_THAT_TOLD if cue.word in {"told", "tells", "telling"} else _THAT).match(masked, cue.end, end)
    begun = (
        _CLAUSE.match(masked, cue.end, end)
        and cue.word in _BARE
        and that
        and _VERB.search(masked, cue.end, that.start() + 1)
    )
    if that and cue.word in REPORTING and not begun and not _RELATIVE.match(masked, that.end(), end):
        return cue.start if cue.word in _DENIALS else that.end(), end, "that"
    at = cue.end
    if cue.word in {"told", "tells", "assured", "warned"}:
        told = _TOLD.match(masked, at, end)
        if not told:
            return None
        at = told.end()
    elif cue.word not in _BARE and not (cue.word in _BARE_BEFORE_PRONOUNS and _PRONOUN.match(masked, at, end)):
        return None
    adjunct = _ADJUNCT.match(masked, at, end)
    at = adjunct.end() if adjunct else at
    if not _CLAUSE.match(masked, at, end) or not _VERB.search(masked, at, end):
        return None
    return at, end, "bare"


def _end(masked: str, start: int, end: int) -> int:
    tail = _TAIL.search(masked, start, end)
    return tail.start() if tail else end


_NO_AROUND = re.compile(r"\b(?:which|who|where|and|but|that),\s$")
_NO_RIGHT = re.compile(
    r",\s(?:for|since|because|although|though|but|and|when|while|if|which|who|as|so|including|with)\b"
)


def _around(masked: str, sentence: Sentence, cue: Cue) -> tuple[int, int, str] | None:
    """The sentence around ", he said,"."""
    if cue.word not in _TRAIL or cue.subject is None or cue.subject.start > cue.start:
        return None
    left, right = masked[sentence.start : cue.subject.start], masked[cue.end : sentence.end]
    if not left.endswith(", ") or not right.startswith(", ") or HIDDEN in left[:1] or HIDDEN in left[-3:]:
        return None
    if _NO_AROUND.search(left) or _NO_RIGHT.match(right):
        return None
    if _TAIL.match(right) or HIDDEN in right[:3] or not _VERB.search(right) or len(right.split()) < 4:
        return None
    return sentence.start, _end(masked, cue.end + 1, sentence.end), "around"


def _before(masked: str, sentence: Sentence, cue: Cue) -> tuple[int, int, str] | None:
    """The sentence up to "…, he said", where nothing but a date or a place follows."""
    begin = min(cue.start, cue.subject.start) if cue.subject else cue.start
    stop = max(cue.end, cue.subject.end) if cue.subject else cue.end
    if cue.word not in _TRAIL or not _REST.match(masked, stop, sentence.end):
        return None
    left = masked[sentence.start : begin]
    if (
        not left.rstrip().endswith(",")
        or HIDDEN in left[:2]
        or HIDDEN in left.rstrip(", ")[-1:]
        or _NO_OPENING.match(left)
    ):
        return None
    if not _VERB.search(left) or len(left.split()) < 5:
        return None
    return sentence.start, sentence.start + len(left.rstrip(" ,")), "before"


_TRAIL = listed("said says added adds wrote explained noted")


def _according(masked: str, sentence: Sentence, cue: Cue) -> tuple[int, int, str] | None:
    if cue.subject is None:
        return None
    if masked[sentence.start : cue.start].strip() == "":
        comma = masked.find(",", cue.subject.end, sentence.end)
        return (comma + 1, sentence.end, "according") if comma > 0 else None
    left = masked[sentence.start : cue.start].rstrip(" ,")
    if HIDDEN in left[:1] or not _REST.match(masked, cue.subject.end, sentence.end):
        return None
    return sentence.start, sentence.start + len(left), "according"


def _trimmed(text: str, masked: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or (masked[end - 1] in ".,;:!?")):
        end -= 1
    return start, end


def _says_something(masked: str, start: int, end: int) -> bool:
    """Tell whether there are words besides quotations, and enough of them."""
    words = re.findall(r"\w+", masked[start : min(end, start + 200)])
    return len(words) >= 3 or (len(words) >= 2 and HIDDEN in masked[start:end])


def _outer(found: list[Reported]) -> list[Reported]:
    kept: list[Reported] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
