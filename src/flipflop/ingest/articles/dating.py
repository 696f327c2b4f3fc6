"""When the statements of an article were made: by their clause, else carried over from before, else bounds."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from flipflop.ingest.articles.proposal import DatedBy
from flipflop.ingest.moments import not_after
from flipflop.when import Precision, find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.ingest.articles.attributing import Article
    from flipflop.when import When
    from flipflop.when.finding import FoundMoment

_OF_ANOTHER = re.compile(
    r"\b(?:since|before|after|until|by|from|between|than|ahead\sof|following|for|during|last)\s(?:the\s)?(?:\w+\s)?$",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"[’']s\b|\s(?:vote|election|debate|meeting|deadline|attack|deal|agreement|election|convention|summit|primary|ruling|speech|interview|book)\b"
)
_NEAR = 90
"""How far a moment may stand from the word of speech of its sentence."""
_BACK = 12
"""How many moments back one is looked for to be carried over."""
_AROUND = 250
_FINE = {Precision.SECOND, Precision.MINUTE, Precision.HOUR, Precision.DAYPART, Precision.DAY}


class Undated(NamedTuple):
    """What dates a proposal: its speaker, sentence and cue; where its paragraph begins, and the one before the last."""

    speaker: str
    clause: tuple[int, int]
    cue: tuple[int, int] | None
    paragraph: int
    since: int


class Dating:
    """The moments of an article outside its quotations, and how they attach to what is said."""

    def __init__(self, article: Article, told: Sequence[tuple[int, int]]) -> None:
        self._text, document = article.document.text, article.document
        hidden = [(quote.outer_start, quote.outer_end) for quote in article.quotes]
        found = find(self._text, document.published, document.tz, leave_out=[*hidden, *told])
        self._found = [each for each in found if self._is_of_the_story(each)]
        self._starts = [each.start for each in self._found]
        self._named = [self._names(article, each) for each in self._found]
        self._last: dict[str, tuple[int, When]] = {}
        self._bound = None if document.published is None else not_after(document.published)

    def of(self, said: Undated) -> tuple[When | None, DatedBy | None]:
        """Return when something was said and how that is known.

        A moment of its own sentence counts first. Else that of a sentence before it, of the same paragraph or naming
        the same speaker up to two paragraphs back, is carried over, if it is a day or finer; and so on to what the
        speaker goes on to say.
        """
        if stated := self._stated(said):
            return self._kept(said, stated), DatedBy.CLAUSE
        if carried := self._carried(said) or self._chained(said):
            return self._kept(said, carried), DatedBy.CARRIED
        return self.bound()

    def bound(self) -> tuple[When | None, DatedBy | None]:
        """Return all that is known of what somebody else passed on: it was said before the publication."""
        return (self._bound, DatedBy.BOUND) if self._bound is not None else (None, None)

    def _stated(self, said: Undated) -> When | None:
        first, last = bisect_left(self._starts, said.clause[0]), bisect_left(self._starts, said.clause[1])
        if first == last or said.cue is None:
            return None
        start, end = said.cue
        away = {min(abs(each.start - end), abs(each.end - start)): each for each in self._found[first:last]}
        nearest = away[min(away)]
        opens = not re.search(r"\w{4}", self._text[said.clause[0] : nearest.start])
        return nearest.when if min(away) <= _NEAR or opens else None

    def _carried(self, said: Undated) -> When | None:
        last = bisect_left(self._starts, said.clause[0])
        for number in range(last - 1, max(-1, last - _BACK), -1):
            each = self._found[number]
            if each.start < said.since:
                return None
            near = each.start >= said.paragraph or (said.speaker and said.speaker in self._named[number])
            if near and each.when.precision in _FINE:
                return each.when
        return None

    def _chained(self, said: Undated) -> When | None:
        """The moment of what the same speaker said just before, however that was dated."""
        place, when = self._last.get(said.speaker, (-1, None))
        return when if said.speaker and place >= said.since else None

    def _kept(self, said: Undated, when: When) -> When:
        if when.precision in _FINE:
            self._last[said.speaker] = (said.clause[0], when)
        else:
            self._last.pop(said.speaker, None)
        return when

    def _is_of_the_story(self, each: FoundMoment) -> bool:
        """Tell whether a moment may be that of a clause: not one that belongs to another thing or only bounds it."""
        before, after = self._text[max(0, each.start - 30) : each.start], self._text[each.end : each.end + 20]
        return not (_OF_ANOTHER.search(before) or _OWNED.match(after) or each.when.text.split()[0].lower() in _BOUNDS)

    def _names(self, article: Article, each: FoundMoment) -> set[str]:
        """The names that stand near a moment, in its sentence."""
        before = max(self._text.rfind(stop, max(0, each.start - _AROUND), each.start) for stop in (". ", "\n"))
        after = self._text.find(". ", each.end, each.end + _AROUND)
        start = before if before >= 0 else max(0, each.start - _AROUND)
        end = after if after >= 0 else each.end + _AROUND
        return {article.people.canonical(mention) for mention in article.people.between(start, end)}


_BOUNDS = {"since", "before", "after", "until", "by", "from", "between"}
