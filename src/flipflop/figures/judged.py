"""Which rulings a figure or page tells, and how many pairs stand how: one rule for all. Knows no words of these.

A ruling that is to be looked at again is held back. Who stood where when somebody else changed position is told only
where both were ruled: the change, and that the two stand against each other.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from flipflop.figures.rows import read_reversals
from flipflop.text.rulings import AGAIN, UNJUDGED, counts_as_change
from flipflop.text.tally import tally_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    import pandas as pd

    from flipflop.figures.rows import FrameRow
    from flipflop.text.tally import Tally

FLIPS = ("reversal", "restoration")
_STRANDED = "stranded_surrogate"


def told_reversals(reversals: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the pairs of one speaker each, with the ruling that is told of each in ``ruling``, "" for none."""
    return None if reversals is None else _told(reversals)


def told_conflicts(
    conflicts: pd.DataFrame | None, reversals: pd.DataFrame | None, positions: pd.DataFrame
) -> pd.DataFrame | None:
    """Return the pairs of two speakers each likewise; ``reversals`` are those of ``told_reversals``.

    A ruling on who was on record while another changed position is told only where that change was ruled to be one.
    """
    if conflicts is None or not {"other", "topic", "kind", "later_id"} <= set(conflicts):
        return conflicts  # whoever reads it says what is missing
    import numpy as np

    told = _told(conflicts)
    kind, ruling = (told[column].to_numpy(dtype=object, copy=True) for column in ("kind", "ruling"))
    stranded = np.flatnonzero((kind == _STRANDED) & ~np.isin(ruling, [*UNJUDGED]))
    if len(stranded):
        keys = [tuple(told[column].take(stranded).tolist()) for column in ("other", "topic", "later_id")]
        changed = _Changes(reversals, positions, keys[2])
        ruling[[place for place, key in zip(stranded.tolist(), zip(*keys, strict=True), strict=True)
                if not changed.surely(*key)]] = ""  # fmt: skip
    return told.assign(ruling=ruling)


def found_pairs(positions: pd.DataFrame, reversals: pd.DataFrame | None) -> list[FrameRow]:
    """Return the pairs of one speaker each as rows, with the ruling that is told; by default what detection finds."""
    if reversals is None:
        from flipflop.detect import find_reversals

        reversals = find_reversals(positions)
    return read_reversals(told_reversals(reversals))


def tally_in(rows: Iterable[FrameRow]) -> Tally:
    """Return how the pairs of such rows stand."""
    return tally_of((row.text("kind"), row.text("ruling")) for row in rows)


def _told(frame: pd.DataFrame) -> pd.DataFrame:
    import numpy as np

    ruling = np.full(len(frame), "", dtype=object)
    if "ruling" in frame:
        held = frame["ruling"].notna().to_numpy(dtype=bool)
        ruling[held] = frame["ruling"].to_numpy(dtype=object)[held]
    if "needs_review" in frame:
        again = frame["needs_review"].fillna(False).to_numpy(dtype=bool)
        ruling[again & (ruling != "")] = AGAIN
    return frame.assign(ruling=ruling)


class _Changes:
    """Finds the flip that a statement belongs to, and whether it was ruled a change.

    ``find_conflicts`` names the first statement to the other side; the pair that was ruled may have a later one of the
    same run. Runs do not mix: it is the first flip whose later statement begins when that one does, or after it.
    """

    def __init__(self, reversals: pd.DataFrame | None, positions: pd.DataFrame, asked: Iterable[str]) -> None:
        self.flips: dict[tuple[str, str], list[tuple[datetime, bool]]] = {}
        found = [] if reversals is None else list(_flips(reversals))
        self.begins = _begins(positions, {*asked, *(later for _, _, later, _ in found)})
        for speaker, topic, later, ruling in found:
            if later in self.begins:
                own = self.flips.setdefault((speaker, topic), [])
                own.append((self.begins[later], counts_as_change(ruling)))
        for several in self.flips.values():
            several.sort()

    def surely(self, speaker: str, topic: str, statement: str) -> bool:
        """Tell whether the flip of a speaker to the side of that statement was ruled a change of position."""
        own = self.flips.get((speaker, topic), [])
        if statement not in self.begins:
            return False
        place = bisect_left(own, self.begins[statement], key=lambda one: one[0])
        return place < len(own) and own[place][1]


def _flips(reversals: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """Yield speaker, topic, later statement and ruling of each flip."""
    columns = (reversals[column].tolist() for column in ("kind", "speaker", "topic", "later_id", "ruling"))
    return (row for kind, *row in zip(*columns, strict=True) if kind in FLIPS)  # type: ignore[misc]  # columns of texts


def _begins(positions: pd.DataFrame, wanted: set[str]) -> dict[str, datetime]:
    """Return when each of some statements begins at the earliest."""
    import pandas as pd

    rows = positions[positions["statement_id"].isin(wanted)]
    return dict(zip(rows["statement_id"].tolist(), pd.to_datetime(rows["said_from"], utc=True).tolist(), strict=True))
