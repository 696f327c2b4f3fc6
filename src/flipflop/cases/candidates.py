"""What a store holds that nobody has ruled on, and what is to be looked at again. Takes moments and slugs; asks nobody.

pandas is imported by the functions that need it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flipflop.detect import DEFAULT_KINDS, ConflictKind, ReversalKind
from flipflop.records import Degree, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import pandas as pd

    from flipflop.store import Store


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What of a pair is to be looked at again, for words or moment changed after it: the latest ruling, a coding."""

    ruling: bool
    coding: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair of statements, by their ids, in which the detector sees what waits for a ruling: a change or a conflict.

    ``degree`` is None where the order is unknown, and of conflicts. ``ruled`` is what was ruled before words or moment
    changed, None where nobody has ruled. ``since`` is when the later statement begins, UTC.
    """

    earlier: str
    later: str
    topic: str
    kind: ReversalKind | ConflictKind
    degree: Degree | None
    reason: str
    ruled: Outcome | None
    again: SecondLook
    since: datetime

    @property
    def key(self) -> tuple[str, str, str]:
        """The ids of the two statements and the topic."""
        return self.earlier, self.later, self.topic

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What can be decided about it."""
        return Outcome.of_one_speaker() if isinstance(self.kind, ReversalKind) else Outcome.of_two_speakers()


def open_candidates(
    store: Store,
    *,
    speaker: str | None = None,
    topic: str | None = None,
    as_of: datetime | str | None = None,
    tz: str = "UTC",
) -> list[Candidate]:
    """Return the changes on which nobody has ruled as they read now, in the order of ``find_reversals``.

    Of the default kinds; ``case_of`` has all that is known of one, and ``Ruling`` with ``Store.append`` decides it.
    """
    found, looks = found_reversals(store, speaker=speaker, topic=topic, as_of=as_of, tz=tz)
    return _waiting(found.assign(since=found["later_from"]), looks, ReversalKind)


def open_conflicts(
    store: Store,
    *,
    speaker: str | None = None,
    topic: str | None = None,
    as_of: datetime | str | None = None,
    tz: str = "UTC",
) -> list[Candidate]:
    """Return the conflicts on which nobody has ruled as they read now, in the order of ``find_conflicts``.

    ``speaker`` is either of the two.
    """
    from flipflop.frames import positions

    found = found_conflicts(store, speaker=speaker, topic=topic, as_of=as_of, tz=tz)
    looks = second_looks(found, positions(store, as_of=as_of, topic=topic))
    return _waiting(found.assign(degree=None), looks, ConflictKind)


def _waiting(
    found: pd.DataFrame, looks: list[SecondLook], kinds: type[ReversalKind] | type[ConflictKind]
) -> list[Candidate]:
    columns = found[["earlier_id", "later_id", "topic", "kind", "degree", "reason", "ruling", "since"]].astype(object)
    rows = columns.where(columns.notna(), None).itertuples(index=False, name=None)
    return [
        Candidate(
            earlier,
            later,
            about,
            kinds(kind),
            Degree(degree) if degree else None,
            reason,
            Outcome(ruled) if ruled else None,
            again,
            since.to_pydatetime(),
        )
        for (earlier, later, about, kind, degree, reason, ruled, since), again in zip(rows, looks, strict=True)
        if again.ruling or not ruled
    ]


def found_reversals(
    store: Store,
    *,
    speaker: str | None = None,
    topic: str | None = None,
    kinds: Iterable[ReversalKind | str] = DEFAULT_KINDS,
    as_of: datetime | str | None = None,
    tz: str = "UTC",
) -> tuple[pd.DataFrame, list[SecondLook]]:
    """Return the reversals of a store as ``find_reversals`` does, and of each what is to be looked at again.

    ``reason`` tells clock times in ``tz``.
    """
    from flipflop.detect import find_reversals
    from flipflop.frames import positions

    held, rulings = positions(store, as_of=as_of, speaker=speaker, topic=topic), store.rulings(as_of=as_of)
    found = find_reversals(held, kinds=kinds, rulings=rulings, tz=tz)
    return found, second_looks(found, held)


def second_looks(found: pd.DataFrame, positions: pd.DataFrame) -> list[SecondLook]:
    """Return for each reversal or conflict what is to be looked at again, as ``needs_review`` of the frames says."""
    flagged = positions[positions["needs_review"]]
    coded = set(zip(flagged["statement_id"], flagged["topic"], strict=True))
    columns = ("needs_review", "earlier_id", "later_id", "topic")
    return [
        SecondLook(bool(ruling), bool({(earlier, topic), (later, topic)} & coded))
        for ruling, earlier, later, topic in zip(*(found[column] for column in columns), strict=True)
    ]


def found_conflicts(
    store: Store,
    *,
    speaker: str | None = None,
    topic: str | None = None,
    as_of: datetime | str | None = None,
    tz: str = "UTC",
) -> pd.DataFrame:
    """Return the conflicts of a store as ``find_conflicts`` does; ``speaker`` is either of the two."""
    from flipflop.detect import find_conflicts
    from flipflop.frames import positions

    held, rulings = positions(store, as_of=as_of, topic=topic), store.rulings(as_of=as_of)
    found = find_conflicts(held, store.speaks_for(as_of=as_of), store.topics(as_of=as_of), rulings=rulings, tz=tz)
    if speaker is None:
        return found
    return found[(found["speaker"] == speaker) | (found["other"] == speaker)].reset_index(drop=True)
