"""What a figure of a large record says: whole columns instead of a mark each. Knows no pixel and no colour.

Moments are whole UTC seconds since 1970, widened outwards, so that a moment that is known more finely stays inside.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from flipflop.figures.data import UNTITLED, Lane, plain
from flipflop.text.rulings import UNJUDGED, counts_as_change
from flipflop.text.tally import tally_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from flipflop.records.codec import Json
    from flipflop.text.tally import Tally

MOST_MARKS: Final = 2000
"""Up to so many statements, changes and conflicts together are drawn one by one; of more the statements are counted."""
SIDES: Final = ("against", "neither", "for")
"""What is counted apart; the place of a side is its sign plus one."""


def is_many(positions: pd.DataFrame, *pairs: pd.DataFrame | None) -> bool:
    """Tell whether a record has more than is drawn one by one: statements, and those pairs that are of them.

    A page takes about 1.1 kB a statement, 1.9 kB a change and 0.4 to 1.3 kB a conflict; so none grows beyond 3 MB.
    """
    given = [frame for frame in pairs if frame is not None]
    if len(positions) > MOST_MARKS or len(positions) + sum(map(len, given)) <= MOST_MARKS:
        return len(positions) > MOST_MARKS
    own = [frame[column].isin(positions["statement_id"]) for frame in given for column in ("earlier_id", "later_id")]
    both = (int((earlier & later).sum()) for earlier, later in zip(own[::2], own[1::2], strict=True))
    return len(positions) + sum(both) > MOST_MARKS


@dataclass(frozen=True, slots=True)
class TopicLane:
    """A topic as a reader sees it."""

    topic: str
    title: str
    proposition: str
    kind: str


@dataclass(frozen=True, slots=True)
class Shape:
    """How closely some moments are known: ``width`` seconds, unless ``open`` ("before", "after" or "both").

    As they were said they begin ``before`` seconds later and end ``after`` earlier, where they are known roughly.
    """

    width: int
    open: str
    precision: str
    approximate: bool
    tz: str
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """How some statements look: a stance or ``disputed``, the form of the words, a coding to be looked at again."""

    look: str
    side: int
    form: str
    needs_review: bool


@dataclass(frozen=True, slots=True)
class PairKind:
    """What a pair shows, and whether both statements are of one speaker."""

    kind: str
    own: bool


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of statements that do not agree: places of the earlier and the later one, and codes of what is known.

    ``rulings`` are those that are told, "" for none; see ``flipflop.text.rulings.UNJUDGED``.
    """

    earlier: NDArray[np.int64]
    later: NDArray[np.int64]
    kind: NDArray[np.int64]
    ruling: NDArray[np.int64]
    kinds: tuple[PairKind, ...]
    rulings: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.later)

    @property
    def own(self) -> NDArray[np.bool_]:
        """Which of the pairs are of one speaker."""
        import numpy as np

        return np.array([kind.own for kind in self.kinds], dtype=bool)[self.kind]

    @property
    def changed(self) -> NDArray[np.bool_]:
        """Which of the pairs people ruled a change of position."""
        return self._whose(counts_as_change) & self.own

    @property
    def judged(self) -> NDArray[np.bool_]:
        """Which of the pairs have a ruling that is told."""
        return self._whose(lambda ruling: ruling not in UNJUDGED)

    @property
    def tally(self) -> Tally:
        """How the pairs of one speaker each stand."""
        codes = zip(self.kind[self.own].tolist(), self.ruling[self.own].tolist(), strict=True)
        return tally_of((self.kinds[kind].kind, self.rulings[ruling]) for kind, ruling in codes)

    def _whose(self, holds: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Tell of which pairs something holds that the ruling alone decides."""
        import numpy as np

        return np.array([holds(ruling) for ruling in self.rulings], dtype=bool)[self.ruling]


@dataclass(frozen=True, slots=True)
class Many:
    """All statements of a record, in the order of their middles; the columns hold places in the tuples.

    ``row`` is the place of each statement in the positions frame. ``as_of`` is the day on which the record ends.
    """

    zone: str
    as_of: str
    coverage: str
    speakers: tuple[Lane, ...]
    topics: tuple[TopicLane, ...]
    shapes: tuple[Shape, ...]
    looks: tuple[Look, ...]
    row: NDArray[np.int64]
    middle: NDArray[np.int64]
    shape: NDArray[np.int64]
    speaker: NDArray[np.int64]
    topic: NDArray[np.int64]
    look: NDArray[np.int64]
    pairs: Pairs

    def __len__(self) -> int:
        return len(self.middle)

    @property
    def headline(self) -> str:
        """What a figure or page is called that was given no title: the proposition where there is one."""
        return self.topics[0].proposition if len(self.topics) == 1 else UNTITLED

    def bounds(self, place: int) -> tuple[int, int]:
        """Return the first and, half open, the last second of a statement; where it is open, its one bound twice."""
        shape, middle = self.shapes[self.shape[place]], int(self.middle[place])
        start = middle if shape.open else middle - shape.width // 2
        return start, start + shape.width

    def to_json(self) -> Json:
        """Return plain lists and objects."""
        return plain(_listed(asdict(self)))


def _listed(value: object) -> object:
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return value.tolist() if hasattr(value, "tolist") else value
