"""Rulings that no longer stand: that and since when, for feeds and at the address of the pair. Knows no page.

Neither who nor what nor why is told: of what is gone only that it is. Readers of a feed who had the ruling under its id
learn it under that id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from flipflop.publish.site.model import Standing
from flipflop.publish.site.rules import pair_id
from flipflop.records import Coding, Outcome, Ruling, Statement
from flipflop.text.rulings import AGAIN, INCOMPLETE, MOVED, OUR_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from flipflop.cases.trail import Trail
    from flipflop.publish.site.model import Pair
    from flipflop.store import Recorded

WITHDRAWN: Final = "withdrawn"
REPLACED: Final = "replaced"
HELD_BACK: Final = "held back"
_MENDS: Final = ("correction", "retraction", "redaction")


class Ended(NamedTuple):
    """A ruling that once counted: its id, the id of its pair ("" where it was removed), why, and since when."""

    id: str
    pair: str
    why: str
    at: datetime


class Standings(NamedTuple):
    """What became of all rulings: those that ended, and when each that stands was last touched, by its id.

    ``latest`` is when anything about any ruling was recorded last; it never goes back.
    """

    ended: tuple[Ended, ...]
    touched: Mapping[str, datetime]
    latest: datetime | None


def standings_of(trail: Trail, pairs: Iterable[Pair], approvals: int = 1) -> Standings:
    """Return what became of the rulings of a log on pairs of one speaker; ``pairs`` are all of them, shown or not.

    ``approvals`` is how many people must have ruled alike. A ruling that never counted because something is missing,
    or because whom it is about is left out, is none of both.
    """
    known = {pair.id: pair for pair in pairs}
    rulings = [record for record in trail.records.values() if record.kind == "ruling" and not _of_two(record)]
    of_pair: dict[str, list[Recorded]] = {}
    for ruling in rulings:
        of_pair.setdefault(_pair_of(ruling), []).append(ruling)
    found = _Touched(trail)
    at = {name: found.at(several) for name, several in of_pair.items() if name}
    times = {ruling.id: at.get(_pair_of(ruling)) or found.at([ruling]) for ruling in rulings}
    ended = [
        Ended(ruling.id, _pair_of(ruling), why, times[ruling.id])
        for ruling in rulings
        if (why := _why(trail, ruling, known, approvals))
    ]
    standing = {one.decision.id for one in known.values() if one.decision and one.standing is not Standing.CANDIDATE}
    moments = [record.recorded_at for record in trail.records.values() if record.kind in _MENDS]
    moments += [one.event.decided_at for one in rulings if isinstance(one.event, Ruling) and one.event.decided_at]
    latest = max([*times.values(), *moments], default=None)
    return Standings(tuple(ended), {id_: when for id_, when in times.items() if id_ in standing}, latest)


def _of_two(record: Recorded) -> bool:
    """Tell whether a ruling is on a conflict, of which feeds do not tell."""
    return isinstance(record.event, Ruling) and record.event.outcome in (Outcome.CONFLICT, Outcome.NO_CONFLICT)


def _pair_of(ruling: Recorded) -> str:
    event = ruling.event
    return pair_id(event.earlier, event.later, event.topic) if isinstance(event, Ruling) else ""


def _why(trail: Trail, ruling: Recorded, known: Mapping[str, Pair], approvals: int) -> str:
    event = ruling.event
    if not isinstance(event, Ruling) or not trail.counts(ruling):
        return WITHDRAWN
    if not all(one in trail.records and trail.counts(trail.records[one]) for one in (event.earlier, event.later)):
        return WITHDRAWN
    pair = known.get(_pair_of(ruling))
    if pair is None or pair.decision is None:
        return HELD_BACK if trail.needs_review(ruling) else ""
    if pair.decision.id != ruling.id:  # one of several that were asked for never counted alone
        return REPLACED if approvals < 2 or pair.told not in ("", INCOMPLETE, OUR_WORDS) else ""
    return HELD_BACK if pair.told in (AGAIN, MOVED) else ""


class _Touched:
    """Finds when what is told of a ruling may have changed last: that only ever grows, whatever is withdrawn."""

    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self.codings: dict[str, list[tuple[Recorded, Recorded]]] = {}
        self.topics: dict[str, list[str]] = {}
        self.rulings: dict[str, list[Recorded]] = {}
        for record in trail.records.values():
            if isinstance(record.event, Coding) and (said := trail.records.get(record.event.statement)) is not None:
                self.codings.setdefault(record.event.topic, []).append((record, said))
            elif isinstance(record.event, Ruling):
                self.rulings.setdefault(record.event.topic, []).append(record)
            elif record.kind == "topic" and record.event is not None:
                self.topics.setdefault(getattr(record.event, "id", ""), []).append(record.id)

    def at(self, rulings: list[Recorded]) -> datetime:
        """Return it for the rulings of one pair: when these, what they rest on or what lies between was last touched.

        Of what they rest on only what was mended counts; what lies between counts as it was recorded, too.
        """
        found = {ruling.id: ruling.recorded_at for ruling in rulings}
        rest = [ruling.id for ruling in rulings]
        for ruling in rulings:
            if isinstance(ruling.event, Ruling):
                found[ruling.id] = max(ruling.recorded_at, ruling.event.decided_at or ruling.recorded_at)
                rest += [ruling.event.earlier, ruling.event.later, *self.topics.get(ruling.event.topic, [])]
                for one in self._between(ruling.event):
                    found[one.id] = one.recorded_at
                    rest.append(one.id)
        mends = (one for one in self.trail.history(*rest) if one.kind in _MENDS)
        return max([*found.values(), *(one.recorded_at for one in mends)])

    def _between(self, ruling: Ruling) -> Iterable[Recorded]:
        """Yield what may bear on a pair: statements of that speaker on that topic with their codings, other rulings."""
        reach = self._reach(ruling)
        if reach is None:
            return
        speaker, first, last = reach
        for coding, said in self.codings.get(ruling.topic, []):
            near = any(
                one.speaker == speaker and one.said.start < last and first < one.said.end
                for one in self._versions(said)
            )
            if near and said.id not in (ruling.earlier, ruling.later):
                yield from (coding, said)
        for other in self.rulings.get(ruling.topic, []):  # what is set aside, or ruled instead, may be of this pair
            its = self._reach(other.event) if isinstance(other.event, Ruling) else None
            if its and its[0] == speaker and its[1] < last and first < its[2]:
                yield other

    def _reach(self, ruling: Ruling) -> tuple[str, datetime, datetime] | None:
        """Return whose statements a pair is of, and from when to when it reaches; None where both are gone."""
        ends = [one for name in (ruling.earlier, ruling.later) for one in self._versions(self.trail.records.get(name))]
        if not ends:
            return None
        return ends[0].speaker, min(one.said.start for one in ends), max(one.said.end for one in ends)

    def _versions(self, record: Recorded | None) -> list[Statement]:
        """Return a statement as it was recorded and as it reads."""
        if record is None:
            return []
        return [one for one in (record.event, self.trail.reads(record)) if isinstance(one, Statement)]
