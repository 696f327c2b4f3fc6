"""What is told of somebody's words without quotation marks: "she said that …", "…, he said", "according to …".

Only forms that are seldom anything else; most indirect speech is left to the reader.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flipflop.ingest.articles import told_forms as forms
from flipflop.ingest.articles.cues import REPORTING
from flipflop.ingest.articles.sentences import HIDDEN

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
    if forms.NEGATED.search(masked, max(sentence.start, cue.start - 14), cue.start) or _is_subordinate(
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
    return bool(
        forms.SUBORDINATE.search(masked, max(sentence.start, cue.subject.start - 12), cue.subject.start)
    ) or bool(forms.NOBODY.match(opening))


def _after(masked: str, sentence: Sentence, cue: Cue) -> tuple[int, int, str] | None:
    """The clause behind the cue: behind "that", or where a clause plainly begins."""
    end = _end(masked, cue.end, sentence.end)
    that = (forms.THAT_TOLD if cue.word in {"told", "tells", "telling"} else forms.THAT).match(masked, cue.end, end)
    begun = (
        forms.CLAUSE.match(masked, cue.end, end)
        and cue.word in forms.BARE
        and that
        and forms.VERB.search(masked, cue.end, that.start() + 1)
    )
    if that and cue.word in REPORTING and not begun and not forms.RELATIVE.match(masked, that.end(), end):
        return cue.start if cue.word in forms.DENIALS else that.end(), end, "that"
    at = cue.end
    if cue.word in {"told", "tells", "assured", "warned"}:
        told = forms.TOLD.match(masked, at, end)
        if not told:
            return None
        at = told.end()
    elif cue.word not in forms.BARE and not (
        cue.word in forms.BARE_BEFORE_PRONOUNS and forms.PRONOUN.match(masked, at, end)
    ):
        return None
    adjunct = forms.ADJUNCT.match(masked, at, end)
    at = adjunct.end() if adjunct else at
    if not forms.CLAUSE.match(masked, at, end) or not forms.VERB.search(masked, at, end):
        return None
    return at, end, "bare"


def _end(masked: str, start: int, end: int) -> int:
    tail = forms.TAIL.search(masked, start, end)
    return tail.start() if tail else end


def _around(masked: str, sentence: Sentence, cue: Cue) -> tuple[int, int, str] | None:
    """The sentence around ", he said,"."""
    if cue.word not in forms.TRAIL or cue.subject is None or cue.subject.start > cue.start:
        return None
    left, right = masked[sentence.start : cue.subject.start], masked[cue.end : sentence.end]
    if not left.endswith(", ") or not right.startswith(", ") or HIDDEN in left[:1] or HIDDEN in left[-3:]:
        return None
    if forms.NO_AROUND.search(left) or forms.NO_RIGHT.match(right):
        return None
    if forms.TAIL.match(right) or HIDDEN in right[:3] or not forms.VERB.search(right) or len(right.split()) < 4:
        return None
    return sentence.start, _end(masked, cue.end + 1, sentence.end), "around"


def _before(masked: str, sentence: Sentence, cue: Cue) -> tuple[int, int, str] | None:
    """The sentence up to "…, he said", where nothing but a date or a place follows."""
    begin = min(cue.start, cue.subject.start) if cue.subject else cue.start
    stop = max(cue.end, cue.subject.end) if cue.subject else cue.end
    if cue.word not in forms.TRAIL or not forms.REST.match(masked, stop, sentence.end):
        return None
    left = masked[sentence.start : begin]
    if (
        not left.rstrip().endswith(",")
        or HIDDEN in left[:2]
        or HIDDEN in left.rstrip(", ")[-1:]
        or forms.NO_OPENING.match(left)
    ):
        return None
    if not forms.VERB.search(left) or len(left.split()) < 5:
        return None
    return sentence.start, sentence.start + len(left.rstrip(" ,")), "before"


def _according(masked: str, sentence: Sentence, cue: Cue) -> tuple[int, int, str] | None:
    if cue.subject is None:
        return None
    if masked[sentence.start : cue.start].strip() == "":
        comma = masked.find(",", cue.subject.end, sentence.end)
        return (comma + 1, sentence.end, "according") if comma > 0 else None
    left = masked[sentence.start : cue.start].rstrip(" ,")
    if HIDDEN in left[:1] or not forms.REST.match(masked, cue.subject.end, sentence.end):
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
