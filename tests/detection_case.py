"""A history with what the oracle says of it, and with what lies behind the rows. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from tests.detection_oracle import Outcome, outcome
from tests.detection_records import Coding, Conflict, History, Position, Reversal
from tests.oracle_conflicts import Scene, conflicts, scenes
from tests.oracle_positions import awaits, is_person, latest_codings
from tests.oracle_reversals import (
    Found,
    Thread,
    settled_threads,
)

FLIPS = ("reversal", "restoration")
Situation = Callable[["Case"], bool]


@dataclass(frozen=True)
class Case:
    """A history with what the oracle says of it."""

    history: History

    @cached_property
    def outcome(self) -> Outcome:
        """The three frames."""
        return outcome(self.history)

    @cached_property
    def threads(self) -> list[Thread]:
        """The sequences, settled."""
        return settled_threads(self.outcome.positions, self.history.rulings)

    @property
    def parts(self) -> list[list[Position]]:
        """The parts of all sequences."""
        return [part for thread in self.threads for part in thread.parts()]

    @property
    def flips(self) -> list[Found]:
        """All flips that are counted or excused."""
        return [flip for thread in self.threads for flip in thread.flips()]

    @property
    def settled(self) -> list[Found]:
        """All rows that set aside or cut."""
        return [found for thread in self.threads for found in thread.settled]

    @cached_property
    def scenes(self) -> list[Scene]:
        """The topics as conflicts see them."""
        history = self.history
        return list(scenes(self.outcome.positions, history.relations, history.topics, history.rulings))

    @cached_property
    def codings(self) -> dict[tuple[str, str], list[Coding]]:
        """The codings that take part, of each statement and topic."""
        kept: dict[tuple[str, str], list[Coding]] = {}
        for coding in latest_codings(self.history.codings):
            if not awaits(coding, self.mended[coding.topic]):
                kept.setdefault((coding.statement, coding.topic), []).append(coding)
        return kept

    @property
    def mended(self) -> dict[str, int | None]:
        """When each topic was mended."""
        return {topic.id: topic.mended_at for topic in self.history.topics}

    @property
    def votes(self) -> Iterator[list[Coding]]:
        """The codings that are counted in each row that no adjudication decides."""
        for codings in self.codings.values():
            people = [coding for coding in codings if is_person(coding)]
            if not any(coding.adjudicates for coding in people):
                yield people or codings

    @property
    def adjudicated(self) -> Iterator[tuple[list[Coding], list[Coding]]]:
        """The adjudications that take part, with all codings of people, of each row that has one."""
        for codings in self.codings.values():
            people = [coding for coding in codings if is_person(coding)]
            deciding = [coding for coding in people if coding.adjudicates]
            if deciding:
                yield deciding, people

    def reversals(self, *kinds: str) -> list[Reversal]:
        """The rows of these kinds."""
        return [row for row in self.outcome.reversals if row.kind in kinds]

    def conflicts(self, *kinds: str) -> list[Conflict]:
        """The rows of these kinds."""
        return [row for row in self.outcome.conflicts if row.kind in kinds]

    def conflicts_unless(self, **changed: object) -> list[Conflict]:
        """The conflicts of the history with something changed."""
        history = replace(self.history, **changed)  # type: ignore[arg-type]  # what is changed is what the field holds
        arguments = history.relations, history.topics, history.rulings, history.pair_limit
        return conflicts(self.outcome.positions, *arguments)
