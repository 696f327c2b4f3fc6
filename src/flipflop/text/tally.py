"""How many pairs of one speaker each stand how: what every list, page, site and chart counts, by one rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flipflop.text.rulings import AGAIN, UNJUDGED, counts_as_change

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIFFERING: Final = ("reversal", "restoration", "walk_back", "undetermined")
"""Kinds of pairs that wait for somebody to judge them; others are found on request, and none of them is a change."""
CHANGED: Final = "{changed} changed position"
EXCUSED: Final = ("{excused} after circumstances changed", "{excused} more after circumstances changed")
"""Where nothing else changed, and where something did."""
OPEN: Final = ("{open} pair nobody has judged", "{open} pairs nobody has judged")
AGAIN_WAITS: Final = (
    "{again} pair whose ruling waits for another look",
    "{again} pairs whose rulings wait for another look",
)
NONE: Final = "no change of position"
"""The words of a tally, with places for its numbers; what is none is not told."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Pairs that people ruled a change of position, or one after circumstances changed, and those that none judged.

    ``again`` are those whose ruling is held back until somebody has looked again.
    """

    changed: int = 0
    excused: int = 0
    open: int = 0
    again: int = 0

    @property
    def others(self) -> list[str]:
        """What stands beside the number of changes, where there is anything."""
        excused = EXCUSED[self.changed > 0].format(excused=f"{self.excused:,}") if self.excused else ""
        waiting = OPEN[self.open != 1].format(open=f"{self.open:,}") if self.open else ""
        again = AGAIN_WAITS[self.again != 1].format(again=f"{self.again:,}") if self.again else ""
        return [words for words in (excused, waiting, again) if words]

    @property
    def words(self) -> str:
        """All of it, as in "2 changed position, 1 more after circumstances changed, 3 pairs nobody has judged"."""
        changed = [CHANGED.format(changed=f"{self.changed:,}")] if self.changed else []
        return ", ".join([*changed, *self.others]) or NONE


def tally_of(pairs: Iterable[tuple[str, str]]) -> Tally:
    """Count pairs, each given as its kind and the ruling that is told of it."""
    several = list(pairs)
    return Tally(
        changed=sum(counts_as_change(ruling) for _, ruling in several),
        excused=sum(ruling == "changed_circumstances" for _, ruling in several),
        open=sum(kind in _DIFFERING and ruling in UNJUDGED and ruling != AGAIN for kind, ruling in several),
        again=sum(kind in _DIFFERING and ruling == AGAIN for kind, ruling in several),
    )
