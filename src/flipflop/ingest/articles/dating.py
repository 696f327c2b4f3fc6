"""When the statements of an article were made: by their clause, else carried over from before, else bounds."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from flipflop.ingest.articles.proposal import DatedBy
from flipflop.ingest.moments import not_after
from flipflop.when import When, find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.ingest.articles.document import Document
    from flipflop.when.finding import FoundMoment

_OF_ANOTHER = re.compile(
    r"\b(?:since|before|after|until|by|from|between|than|ahead\sof|following|for|during|last)\s(?:the\s)?(?:\w+\s)?$",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"[’']s\b|\s(?:vote|election|debate|meeting|deadline|attack|deal|agreement|election|convention|summit|primary|ruling|speech|interview|book)\b"
)
_NEAR = 90


class Dating:
    """The moments of an article outside its quotations, and how they attach to what is said."""

    def __init__(self, document: Document, hidden: Sequence[tuple[int, int]]) -> None:
        self._document = document
        self._text = document.text
        self._found = find(document.text, document.published, document.tz, leave_out=hidden)
        self._starts = [each.start for each in self._found]
        self._carried: tuple[int, str, When] | None = None  # its block, whose it was, and the moment
        self._bound = None if document.published is None else not_after(document.published)

    def of(
        self, block: int, speaker: str, clause: tuple[int, int], own: tuple[int, int], cue: tuple[int, int] | None
    ) -> tuple[When | None, DatedBy | None]:
        """Return when something was said and how that is known.

        ``clause`` is its sentence, ``own`` are the words themselves: what they name dates nothing. What a sentence says
        is carried on to later ones of the same paragraph, and of the same speaker in the next.
        """
        stated = self._stated(clause, own, cue)
        if stated is not None:
            self._carried = (block, speaker, stated)
            return stated, DatedBy.CLAUSE
        if self._carried is not None:
            of_block, whose, when = self._carried
            if of_block == block or (block - of_block <= 2 and whose == speaker and speaker):
                if of_block != block:
                    self._carried = (block, speaker, when)
                return when, DatedBy.CARRIED
        return (self._bound, DatedBy.BOUND) if self._bound is not None else (None, None)

    def _stated(self, clause: tuple[int, int], own: tuple[int, int], cue: tuple[int, int] | None) -> When | None:
        first, last = bisect_left(self._starts, clause[0]), bisect_right(self._starts, clause[1] - 1)
        fitting = [each for each in self._found[first:last] if self._dates(each, own)]
        if not fitting or cue is None:
            return None
        nearest = min(fitting, key=lambda each: min(abs(each.start - cue[1]), abs(each.end - cue[0])))
        distance = min(abs(nearest.start - cue[1]), abs(nearest.end - cue[0]))
        opens = not re.search(r"\w{4,}", self._text[clause[0] : nearest.start])
        return nearest.when if distance <= _NEAR or opens else None

    def _dates(self, each: FoundMoment, own: tuple[int, int]) -> bool:
        """Tell whether a moment may be that of a clause: not within the words told, not that of another thing."""
        if own[0] <= each.start < own[1]:
            return False
        before, after = self._text[max(0, each.start - 30) : each.start], self._text[each.end : each.end + 20]
        return not (_OF_ANOTHER.search(before) or _OWNED.match(after) or each.when.text.split()[0].lower() in _BOUNDS)


_BOUNDS = {"since", "before", "after", "until", "by", "from", "between"}
