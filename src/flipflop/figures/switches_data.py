"""How many statements each month holds, and how many of them changed a position: never a count without its whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from flipflop.figures.choice import chosen
from flipflop.figures.data import plain
from flipflop.figures.judged import found_pairs
from flipflop.figures.marks import coverage
from flipflop.figures.timed import named, timed
from flipflop.figures.zone import drawn_zone
from flipflop.text.rulings import counts_as_change
from flipflop.text.tally import Tally, tally_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from flipflop.figures.timed import Timed
    from flipflop.records.codec import Json


_NAMES: Final = {"speaker": "speaker_name", "topic": "topic_title"}


class PanelsBy(StrEnum):
    """What has a panel of its own."""

    RECORD = "record"
    SPEAKER = "speaker"
    TOPIC = "topic"


class PanelOrder(StrEnum):
    """How panels follow each other."""

    NAME = "name"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Month:
    """``statements`` of one month, each once for every topic it is coded on; ``changes`` among them."""

    first: date
    statements: int
    changes: int


@dataclass(frozen=True, slots=True)
class SwitchesPanel:
    """The months from the first to the last of the record; what is known to no single month is counted apart.

    ``changes`` are statements with which a position was changed, as people ruled; ``pairs`` is how all pairs stand.
    """

    key: str
    name: str
    months: tuple[Month, ...]
    statements: int
    changes: int
    pairs: Tally
    unplaced: int
    unplaced_changes: int

    @property
    def words(self) -> str:
        """How many of how many."""
        changed = f"{self.changes:,} of {self.statements:,} statements changed a position"
        return ", ".join([changed, *self.pairs.others])


@dataclass(frozen=True, slots=True)
class SwitchesData:
    """Panels, each with the same months. ``order`` says how they follow each other."""

    panels: tuple[SwitchesPanel, ...]
    by: str
    order: str
    coverage: str
    zone: str

    def to_json(self) -> Json:
        """Return plain lists and objects; months as the ISO date of their first day."""
        return plain(asdict(self))


def switches_data(
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    *,
    by: str = "record",
    order: str = "name",
    tz: str = "UTC",
) -> SwitchesData:
    """Return what the figure of these frames says. See ``switches``."""
    (tz, zone), cut, ranked = drawn_zone(tz), chosen(by, PanelsBy, "by"), chosen(order, PanelOrder, "order")
    everything = timed(positions, zone)
    made: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in found_pairs(positions, reversals):
        made.setdefault((row.text("topic"), row.text("later_id")), []).append((row.text("kind"), row.text("ruling")))
    known = {"": ""} if cut is PanelsBy.RECORD else named(positions, cut, _NAMES[cut])
    placed = [(one, _Placed(_month(one), made.get((one.topic, one.statement_id), []))) for one in everything]
    months = _months(place.month for _, place in placed)
    groups: dict[str, list[_Placed]] = {}
    for one, place in placed:
        groups.setdefault("" if cut is PanelsBy.RECORD else getattr(one, cut), []).append(place)
    panels = [_panel(key, name, groups[key], months) for key, name in known.items() if key in groups]
    if ranked is PanelOrder.CHANGES:
        panels.sort(key=lambda panel: -panel.changes)
    told = coverage(everything, tz)
    return SwitchesData(tuple(panels), str(cut), str(ranked), told, tz)


class _Placed(NamedTuple):
    """A statement as its month (None: not known), and the pairs of which it is the later one, as kind and ruling."""

    month: date | None
    pairs: Sequence[tuple[str, str]]

    @property
    def changed(self) -> bool:
        return any(counts_as_change(ruling) for _, ruling in self.pairs)


def _panel(key: str, name: str, placed: list[_Placed], months: Iterable[date]) -> SwitchesPanel:
    said = Counter(one.month for one in placed)
    changed = Counter(one.month for one in placed if one.changed)
    return SwitchesPanel(
        key=key,
        name=name,
        months=tuple(Month(month, said[month], changed[month]) for month in months),
        statements=len(placed),
        changes=sum(changed.values()),
        pairs=tally_of(pair for one in placed for pair in one.pairs),
        unplaced=said[None],
        unplaced_changes=changed[None],
    )


def _month(one: Timed) -> date | None:
    """Return the first day of the month that holds the whole moment; none where there is no such month."""
    start, last = one.start, one.end - timedelta(microseconds=1)
    return date(start.year, start.month, 1) if (start.year, start.month) == (last.year, last.month) else None


def _months(found: Iterable[date | None]) -> tuple[date, ...]:
    """Return every month from the first to the last."""
    known = [month for month in found if month is not None]
    if not known:
        return ()
    first, last = (12 * month.year + month.month - 1 for month in (min(known), max(known)))
    return tuple(date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1))
