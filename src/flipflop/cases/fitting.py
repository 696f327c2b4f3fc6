"""Which row of the detector a ruling would be of, and what would follow. Tries it out; knows no rule of detection."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from flipflop.cases.judging import CHANGES
from flipflop.detect import DEFAULT_KINDS, ConflictKind, ReversalKind, find_conflicts, find_reversals
from flipflop.errors import DataError
from flipflop.frames import conform, positions
from flipflop.records import Coding, Outcome, Ruling, SetAside, Statement
from flipflop.records.words import SIGNS
from flipflop.store.model import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.store import Store

_PAIR = ["earlier_id", "later_id"]


class Row(NamedTuple):
    """A row of ``find_reversals`` or ``find_conflicts``, as far as a ruling needs it."""

    kind: ReversalKind | ConflictKind
    earlier: str
    later: str
    topic: str
    reason: str

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of both statements."""
        return self.earlier, self.later


def row_of(store: Store, earlier: str, later: str, topic: str) -> Row:
    """Return the row that a ruling on two statements (ids in full) would be of, so that it stands in it.

    Any pair of the same flip, or of the same two runs of a conflict, is one of its row; of the other kinds only the
    pair that was found.

    Raises:
        DataError: there is none; the message names the row that is probably meant.

    """
    record = _Record.of(store, earlier, later, topic)
    found = record.taken(earlier, later)
    if found is None:
        raise DataError(_in_no_row(store, record, earlier, later))
    return found


def refuse_what_stands(store: Store, ruling: Ruling) -> None:
    """Raise DataError where a ruling would set aside an end of another pair that stands ruled as a change."""
    if ruling.outcome is not Outcome.NO_REVERSAL:
        return
    record = _Record.of(store, ruling.earlier, ruling.later, ruling.topic)
    excused = record.with_ruling(ruling.earlier, ruling.later, Outcome.CHANGED_CIRCUMSTANCES)
    standing = _changes(excused.reversals()) - {(ruling.earlier, ruling.later)}
    lost = standing - _changes(record.with_ruling(*_fields(ruling)).reversals())
    for one, other in sorted(lost):
        raise DataError(
            f"this would set aside an end of {one[:SHOWN]} → {other[:SHOWN]}, which is ruled a change: "
            "rule otherwise on that pair first, or withdraw its ruling (flipflop retract ID)"
        )


def repetitions(store: Store, ruling: Ruling) -> list[Row]:
    """Return the rows to which the same answer may apply: what was said again, in the order of time.

    Of a pair that is ruled away those that come up in its place, one after the other, as each is ruled away likewise;
    of a conflict the others on which nobody has ruled, of the same kind, between the same two on the same sides.
    """
    record = _Record.of(store, ruling.earlier, ruling.later, ruling.topic)
    if record.of_two:
        return record.same_conflicts(ruling.earlier, ruling.later)
    if ruling.outcome is not Outcome.NO_REVERSAL:
        return []
    return list(record.coming_up(ruling))


class _Record(NamedTuple):
    """What is recorded of one speaker, or of everybody, on one topic, and the rulings as they are or may be."""

    held: pd.DataFrame
    relations: pd.DataFrame
    topics: pd.DataFrame
    rulings: pd.DataFrame
    topic: str
    speakers: tuple[str, ...]

    @classmethod
    def of(cls, store: Store, earlier: str, later: str, topic: str) -> _Record:
        """Read it for two statements. Raises DataError where one is none."""
        said = [store.as_it_reads(one) for one in (earlier, later)]
        speakers = tuple(dict.fromkeys(one.speaker for one in said if isinstance(one, Statement)))
        if not all(isinstance(one, Statement) for one in said):
            raise DataError("a ruling is about two statements")
        held = positions(store, topic=topic, speaker=speakers[0] if len(speakers) == 1 else None)
        return cls(held, store.speaks_for(), store.topics(), store.rulings(), topic, speakers)

    @property
    def of_two(self) -> bool:
        """Whether two speakers made the statements."""
        return len(self.speakers) > 1

    def with_ruling(self, earlier: str, later: str, outcome: str, set_aside: str | None = None) -> _Record:
        """Return the same with one more ruling, the latest."""
        clocks = pd.concat([self.rulings[column] for column in ("decided_at", "recorded_at")]).dropna()
        now = max([pd.Timestamp(0, tz="UTC"), *clocks]) + pd.Timedelta(seconds=1)
        row = {"earlier": earlier, "later": later, "topic": self.topic, "outcome": outcome, "set_aside": set_aside}
        trial = conform("rulings", pd.DataFrame([row | {"ruling_id": "", "decided_at": now, "recorded_at": now}]))
        return self._replace(rulings=pd.concat([self.rulings, trial]) if len(self.rulings) else trial)

    def reversals(self) -> pd.DataFrame:
        return find_reversals(self.held, kinds=list(ReversalKind), rulings=self.rulings)

    def conflicts(self) -> pd.DataFrame:
        """Return those between the two speakers."""
        found = find_conflicts(self.held, self.relations, self.topics, rulings=self.rulings)
        return found[found["speaker"].isin(self.speakers) & found["other"].isin(self.speakers)]

    def taken(self, earlier: str, later: str) -> Row | None:
        """Return the row that takes a ruling on the pair, None where none does."""
        if self.of_two:
            one, other = (
                self.with_ruling(earlier, later, outcome).conflicts()
                for outcome in (Outcome.CONFLICT, Outcome.NO_CONFLICT)
            )
            found = one[one["ruling"].fillna("").to_numpy() != other["ruling"].fillna("").to_numpy()]
            return next(_rows(found), None)
        found = self.with_ruling(earlier, later, Outcome.CHANGED_CIRCUMSTANCES).reversals()
        ends = found["earlier_id"].isin((earlier, later)) & found["later_id"].isin((earlier, later))
        unsure = found["kind"] == ReversalKind.UNDETERMINED
        found = found[ends & (unsure | (found["earlier_id"] == earlier)) & found["ruling"].notna()]
        return next(_rows(found), None)

    def nearest(self, earlier: str, later: str) -> Row | None:
        """Return the row that shares most ends with the pair, of several the one that ends next to it."""
        found = self.conflicts() if self.of_two else self.reversals()
        moments = self.held.drop_duplicates("statement_id").set_index("statement_id")["said_from"]
        ends = found[_PAIR].isin((earlier, later)).sum(axis=1)
        asked, there = (moments.reindex(ids) for ids in ((earlier, later), found["later_id"]))
        away = (there - asked.max()).abs().to_numpy()
        asked_for = ~found["kind"].isin([*DEFAULT_KINDS, *ConflictKind])  # kinds on request come last
        nearest = found.assign(_ends=-ends, _rare=asked_for, _away=away)
        nearest = nearest.sort_values(["_ends", "_rare", "_away"], kind="stable")
        return next(_rows(nearest), None)

    def same_conflicts(self, earlier: str, later: str) -> list[Row]:
        """Return the conflicts of the kind, between the same two on the same sides, on which nobody has ruled."""
        found, row = self.conflicts(), self.taken(earlier, later)
        if row is None:
            return []
        mine = (found[_PAIR] == list(row.pair)).all(axis=1)
        alike = found[["speaker", "other", "kind"]].assign(side=found["earlier_stance"].map(SIGNS))
        same = (alike == alike[mine].iloc[0]).all(axis=1)
        return list(_rows(found[same & ~mine & found["ruling"].isna()]))

    def coming_up(self, ruling: Ruling) -> Iterator[Row]:
        """Yield the pair that takes the place of one that is ruled away, then what takes the place of that."""
        seen = set(_keys(self.reversals())) | {(ruling.earlier, ruling.later)}
        record, row = self, self.taken(ruling.earlier, ruling.later)
        while row is not None:
            record, kinds = record.with_ruling(*row.pair, ruling.outcome, ruling.set_aside), _of_one_place(row.kind)
            new = (one for one in _rows(record.reversals()) if one.pair not in seen and one.kind in kinds)
            row = next((one for one in new if _kept(ruling, one)), None)
            if row is not None:
                seen.add(row.pair)
                yield row


def _of_one_place(kind: ReversalKind | ConflictKind) -> frozenset[ReversalKind | ConflictKind]:
    """Return the kinds of which a row may take the place of one of this kind: flips are one."""
    flips = frozenset((ReversalKind.REVERSAL, ReversalKind.RESTORATION))
    return flips if kind in flips else frozenset((kind,))


def _kept(ruling: Ruling, row: Row) -> bool:
    """Tell whether a row has the end that a ruling does not set aside."""
    match ruling.set_aside:
        case SetAside.BOTH:
            return True
        case SetAside.EARLIER:
            return row.later == ruling.later
        case _:
            return row.earlier == ruling.earlier


def _fields(ruling: Ruling) -> tuple[str, str, str, str | None]:
    return ruling.earlier, ruling.later, ruling.outcome, ruling.set_aside


def _keys(found: pd.DataFrame) -> Iterator[tuple[str, str]]:
    yield from found[_PAIR].itertuples(index=False, name=None)


def _changes(found: pd.DataFrame) -> set[tuple[str, str]]:
    return set(_keys(found[found["ruling"].isin([str(outcome) for outcome in CHANGES])]))


def _rows(found: pd.DataFrame) -> Iterator[Row]:
    for kind, *row in found[["kind", *_PAIR, "topic", "reason"]].itertuples(index=False, name=None):
        named = ReversalKind(kind) if kind in tuple(ReversalKind) else ConflictKind(kind)
        yield Row(named, *row)


def _in_no_row(store: Store, record: _Record, earlier: str, later: str) -> str:
    """Say that a pair is in no row, and which is meant: these two on another topic, else the nearest of theirs."""
    pair = f"{earlier[:SHOWN]} → {later[:SHOWN]}"
    what = "conflict" if record.of_two else "change"
    told = f"{pair} is no {what} on {record.topic} that a ruling could be about"
    for topic in _topics_of(store, earlier, later):
        if topic != record.topic and _Record.of(store, earlier, later, topic).taken(earlier, later):
            return f"{told}; on {topic} it is: --topic {topic}"
    meant = record.nearest(earlier, later)
    if meant is None:
        return f"{told}, nor is any other pair of {' and '.join(record.speakers)}"
    one, other = (end[:SHOWN] for end in meant.pair)
    return f"{told}; the nearest is: flipflop rule {one} {other} --topic {meant.topic}\n  {meant.reason}"


def _topics_of(store: Store, *statements: str) -> list[str]:
    """Return the topics on which all the statements were coded, in the order of the alphabet."""
    coded = [
        {record.event.topic for record in store.history(one) if isinstance(record.event, Coding)} for one in statements
    ]
    return sorted(set.intersection(*coded))
