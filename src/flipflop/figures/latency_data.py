"""How long positions lasted in the record: Kaplan-Meier curves, with what dates leave open as a band between two."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeAlias

from flipflop.figures.data import plain
from flipflop.figures.judged import FLIPS, found_pairs, tally_in
from flipflop.figures.marks import coverage
from flipflop.figures.timed import timed
from flipflop.figures.zone import drawn_zone, in_zone
from flipflop.text.rulings import counts_as_change
from flipflop.text.tally import Tally
from flipflop.when.telling import day_words, last_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    import pandas as pd

    from flipflop.figures.rows import FrameRow
    from flipflop.figures.timed import Timed
    from flipflop.records.codec import Json

    Run: TypeAlias = tuple[Timed, Timed | None, bool]
    """Where a position begins, what ended it or its observation (None: the record), and whether it was changed."""

_KNOWN_BOUNDS: Final = 2
_NO_TURN: Final = "no_reversal"


@dataclass(frozen=True, slots=True)
class Stay:
    """One position that somebody showed. It lasted ``shortest`` to ``longest`` seconds, as far as dates tell."""

    speaker: str
    topic: str
    since_id: str
    until_id: str
    shortest: float
    longest: float

    @property
    def changed(self) -> bool:
        """Whether people ruled that a later statement changed it; else it stood as far as the record tells."""
        return self.until_id != ""


@dataclass(frozen=True, slots=True)
class Point:
    """After ``seconds`` so many were ``at_risk``, ``changed`` of them changed; ``share`` of all still stood then."""

    seconds: float
    at_risk: int
    changed: int
    share: float


@dataclass(frozen=True, slots=True)
class LatencyData:
    """Both curves, the shortest and the longest durations that the dates allow, and what they were made from.

    ``unordered`` positions have no certain order, ``open`` ones no known bound; neither is in a curve. ``pairs`` is how
    all pairs of the record stand.
    """

    stays: tuple[Stay, ...]
    shortest: tuple[Point, ...]
    longest: tuple[Point, ...]
    changed: int
    pairs: Tally
    unordered: int
    open: int
    until: str
    coverage: str
    zone: str

    def to_json(self) -> Json:
        """Return plain lists and objects; durations in seconds."""
        return plain(asdict(self))


def kaplan_meier(durations: Iterable[tuple[float, bool]]) -> tuple[Point, ...]:
    """Return the product-limit estimate of survival, a point for each duration at which something changed.

    A duration is (seconds, whether it ended with a change); one that did not is censored: it counts among those at risk
    up to and including its end. After Kaplan & Meier (1958), Nonparametric estimation from incomplete observations,
    JASA 53 (282), 457-481.

    >>> [point.share for point in kaplan_meier([(1, True), (2, False), (3, True), (3, False)])]
    [0.75, 0.375]
    """
    ordered = sorted(durations)
    points: list[Point] = []
    at_risk, share = len(ordered), 1.0
    for seconds, group in groupby(ordered, key=lambda one: one[0]):
        ends = [changed for _, changed in group]
        if any(ends):
            share *= 1 - sum(ends) / at_risk
            points.append(Point(seconds, at_risk, sum(ends), share))
        at_risk -= len(ends)
    return tuple(points)


def latency_data(
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    *,
    as_of: datetime | None = None,
    tz: str = "UTC",
) -> LatencyData:
    """Return what the figure of these frames says. See ``latency``."""
    tz, zone = drawn_zone(tz)
    everything = timed(positions, zone)
    ends = [bound for one in everything for bound in one.bounds]
    until = in_zone(as_of, zone) if as_of else max(ends, default=None)
    if until is None:
        return LatencyData((), (), (), 0, Tally(), 0, 0, "", "", tz)
    pairs = found_pairs(positions, reversals)
    runs = _all_runs(everything, pairs)
    known = [run for of_pair in runs if of_pair is not None for run in of_pair]
    stays = tuple(stay for run in known if (stay := _stay(*run, until)) is not None)
    return LatencyData(
        stays=stays,
        shortest=kaplan_meier((stay.shortest, stay.changed) for stay in stays),
        longest=kaplan_meier((stay.longest, stay.changed) for stay in stays),
        changed=sum(stay.changed for stay in stays),
        pairs=tally_in(pairs),
        unordered=sum(of_pair is None for of_pair in runs),
        open=len(known) - len(stays),
        until=day_words(as_of, tz) if as_of else last_date(everything, tz),
        coverage=coverage(everything, tz),
        zone=tz,
    )


def _all_runs(marks: Iterable[Timed], pairs: Iterable[FrameRow]) -> list[list[Run] | None]:
    """Return the runs of each speaker on each topic."""
    held: defaultdict[tuple[str, str], list[Timed]] = defaultdict(list)
    turned: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for mark in marks:
        held[mark.speaker, mark.topic].append(mark)
    for row in pairs:
        if row.text("kind") in FLIPS or counts_as_change(row.text("ruling")):
            turned[row.text("speaker"), row.text("topic")][row.text("later_id")] = row.text("ruling")
    return [_runs(own, turned[pair]) for pair, own in sorted(held.items())]


def _runs(marks: Sequence[Timed], turned: Mapping[str, str]) -> list[Run] | None:
    """Return where each position begins and ends; None where nobody can say which came first.

    ``turned`` is the ruling on the pair of each later statement. Where none is told, where circumstances changed or the
    two cannot be compared, a position stood as far as the record tells; what was ruled to be no turn ends nothing.
    """
    committed = sorted((mark for mark in marks if mark.level), key=_closed)
    if not committed:
        return []
    if not turned and len({mark.level for mark in committed}) > 1:
        return None
    turns = sorted((mark for mark in marks if turned.get(mark.statement_id, _NO_TURN) != _NO_TURN), key=_closed)
    first = next((turn.level for turn in turns if turn.level), 0)
    since: Timed | None = next((mark for mark in committed if mark.level != first), committed[0])
    runs: list[Run] = []
    for turn in turns:
        if since is not None and turn.level != since.level:
            runs.append((since, turn, counts_as_change(turned[turn.statement_id])))
        since = turn if turn.level else next((mark for mark in committed if turn.end <= mark.start), None)
    return runs if since is None else [*runs, (since, None, False)]


def _closed(mark: Timed) -> tuple[datetime, datetime, str]:
    return mark.end, mark.start, mark.statement_id


def _stay(since: Timed, ended: Timed | None, changed: bool, until: datetime) -> Stay | None:
    """Return how long a position lasted; None where a moment is open to one side."""
    if len(since.bounds) < _KNOWN_BOUNDS or (ended is not None and len(ended.bounds) < _KNOWN_BOUNDS):
        return None
    first, last = (until, until) if ended is None else (ended.start, ended.end)
    shortest, longest = (max(0.0, gap.total_seconds()) for gap in (first - since.end, last - since.start))
    until_id = ended.statement_id if ended is not None and changed else ""
    return Stay(since.speaker, since.topic, since.statement_id, until_id, shortest, longest)
