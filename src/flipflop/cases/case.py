"""One case: two statements of one speaker on one topic, with all that a record holds on them. Reads no store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from flipflop.records import Stance
from flipflop.records.addresses import web_address
from flipflop.records.names import folded
from flipflop.records.words import BY_CLAIM, MODEL

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from flipflop.records import Coding, Correction, Outcome, Ruling, Speaker, Statement, Topic
    from flipflop.store import Recorded


class Judgement(NamedTuple):
    """A coding of one statement on the topic of the case, which nobody has withdrawn.

    ``judged_at`` is when it was judged, or else recorded, UTC. ``counts`` tells whether the position rests on it: a
    later one of the same coder, a person's beside a model's, or one that settles a dispute takes its place.
    """

    id: str
    coding: Coding
    judged_at: datetime
    counts: bool
    needs_review: bool

    @property
    def by_model(self) -> bool:
        """Whether the coder is no person."""
        return self.coding.coder.startswith(MODEL)


class Mended(NamedTuple):
    """A correction that counts: which fields it changed, why, who, and when it was recorded, UTC."""

    id: str
    correction: Correction
    recorded_at: datetime


class Response(NamedTuple):
    """A statement that answers or continues another, as it reads today, and whose it is."""

    id: str
    statement: Statement
    name: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement as it reads today, with its codings on the topic and its corrections.

    ``statement`` has the corrections applied; ``original`` is what was recorded. ``answers`` are the statements of
    anybody that answer or continue it, by their moments.
    """

    id: str
    statement: Statement
    original: Statement
    recorded_at: datetime
    judgements: tuple[Judgement, ...]
    mended: tuple[Mended, ...]
    answers: tuple[Response, ...] = ()

    @property
    def amended(self) -> bool:
        """Whether it reads otherwise than recorded."""
        return bool(self.mended)

    @property
    def address(self) -> str:
        """The web address of the source (http or https), empty where it has none that a reader may be sent to."""
        source = self.statement.source
        return web_address(source.url) if source and source.url else ""

    @property
    def counting(self) -> tuple[Judgement, ...]:
        """The codings on which the position rests."""
        return tuple(one for one in self.judgements if one.counts)

    @property
    def disputed(self) -> bool:
        """Whether people who count see opposite sides; models dispute nothing."""
        sides = {one.coding.stance.sign for one in self.counting if not one.coding.coder.startswith(MODEL)}
        return {-1, 1} <= sides

    @property
    def stance(self) -> Stance | None:
        """The stance as ``flipflop.positions`` gives it: unclear where disputed, None where nobody coded it."""
        if not self.counting:
            return None
        chosen = [one.coding.stance for one in self.counting]
        signs = [stance.sign for stance in chosen]
        if {-1, 1} <= set(signs):
            return Stance.UNCLEAR
        side = max((None, 0, -1, 1), key=signs.count)  # ``max`` takes the first of equals: what says least
        return max((stance for stance in BY_CLAIM if stance.sign == side), key=chosen.count)


class Decision(NamedTuple):
    """A ruling on the pair, which nobody has withdrawn; ``decided_at`` is when it was made, or else recorded, UTC."""

    id: str
    ruling: Ruling
    decided_at: datetime
    needs_review: bool

    @property
    def by_model(self) -> bool:
        """Whether whoever ruled is no person."""
        return self.ruling.by.startswith(MODEL)


class Found(NamedTuple):
    """What the detector says of the pair: the kind and degree of ``find_reversals``, and its reason as a sentence."""

    kind: str
    degree: str | None
    reason: str
    detector: str


@dataclass(frozen=True, slots=True)
class Case:
    """A pair of statements, everything the record holds on it, and what is derived from it.

    ``found`` is None where the detector does not see a change in the pair. ``history`` is every event about the
    statements, the statements themselves included, in the order of recording, also what was withdrawn since.
    """

    speaker: Speaker
    topic: Topic
    earlier: Evidence
    later: Evidence
    found: Found | None
    decisions: tuple[Decision, ...]
    history: tuple[Recorded, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """The ids of the two statements and the topic."""
        return (self.earlier.id, self.later.id, self.topic.id)

    @property
    def kind(self) -> str:
        """What the detector sees in the pair; "" for nothing."""
        return self.found.kind if self.found else ""

    @property
    def order(self) -> str:
        """``certain`` where the earlier moment had surely ended when the later one began, else ``unknown``."""
        return "certain" if self.earlier.statement.said.end <= self.later.statement.said.start else "unknown"

    @property
    def gap_min(self) -> timedelta:
        """The least time between the two; negative where their moments overlap."""
        return self.later.statement.said.start - self.earlier.statement.said.end

    @property
    def gap_max(self) -> timedelta:
        """The most time between the two."""
        return self.later.statement.said.end - self.earlier.statement.said.start

    @property
    def decision(self) -> Decision | None:
        """The ruling that counts: the latest."""
        return self.decisions[-1] if self.decisions else None

    @property
    def outcome(self) -> Outcome | None:
        """What was ruled last, None where nobody has ruled."""
        return self.decision.ruling.outcome if self.decision else None

    @property
    def approvers(self) -> tuple[str, ...]:
        """The people whose last word on the pair, as it reads today, is what was ruled last; by name."""
        last = self._last_words()
        return tuple(by for by, one in last if one.ruling.outcome == self.outcome and not one.needs_review)

    @property
    def dissenters(self) -> tuple[str, ...]:
        """The people whose last word on the pair is not what was ruled last; by name."""
        return tuple(by for by, one in self._last_words() if one.ruling.outcome != self.outcome)

    def _last_words(self) -> list[tuple[str, Decision]]:
        """Return each person's last ruling by name; spellings that differ in case and blanks are one person."""
        last = {folded(one.ruling.by): one for one in self.decisions if not one.by_model}
        return sorted((one.ruling.by, one) for one in last.values())
