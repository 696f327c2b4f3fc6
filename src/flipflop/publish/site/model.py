"""What a site shows, before a page is written: people, topics, statements, pairs, removals. Knows no store, no HTML."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from flipflop.figures.data import UNTITLED
from flipflop.figures.zone import in_zone
from flipflop.records.names import counted_order
from flipflop.text.numbers import covered_words
from flipflop.text.positions import stance_word
from flipflop.text.rulings import AGAIN, INCOMPLETE, MOVED, OUR_WORDS
from flipflop.text.tally import tally_of
from flipflop.when.telling import covered_dates, told_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import pandas as pd

    from flipflop.cases.case import Case, Decision
    from flipflop.figures.data import Mark
    from flipflop.publish.site.conflicts import Beside
    from flipflop.publish.site.ended import Standings
    from flipflop.records import Degree
    from flipflop.text.tally import Tally
    from flipflop.when.gap_words import Gap

NO_SCOPE: Final = "Whoever made this site has not said who is covered and why."


@dataclass(frozen=True, slots=True)
class Options:
    """How a site is made; ``base_url`` ends in a slash or is empty, ``approvals`` is at least 1."""

    title: str = UNTITLED
    scope: str = NO_SCOPE
    tz: str = "UTC"
    approvals: int = 1
    require: tuple[str, ...] = ()
    candidates: bool = False
    bylines: bool = False
    with_log: bool = False
    pictures: bool = True
    base_url: str = ""
    publisher: str = ""
    licence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker: a person with a public role, or an organisation. ``name`` is unique on the site."""

    id: str
    name: str
    kind: str
    role: str
    wikidata: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A topic. ``title`` is unique on the site. ``parent`` is the wider topic, if the site shows it."""

    id: str
    title: str
    proposition: str
    kind: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as it reads today. ``mark`` has its words, moment and source; it has no stance and no coder."""

    mark: Mark
    precision: str
    approximate: bool
    tz: str
    context: str
    responds_to: str
    language: str
    author: str
    published: str
    amended: bool

    @property
    def id(self) -> str:
        """The id of the statement."""
        return self.mark.statement_id

    def dates(self, tz: str) -> tuple[datetime, datetime]:
        """Start and end in the zone of the site; of a date in the zone where it was given, for it stays that date."""
        zone = told_on(self.mark, tz)[0].info
        return in_zone(self.mark.start, zone), in_zone(self.mark.end, zone)


@dataclass(frozen=True, slots=True)
class Position:
    """What one statement shows on one topic; ``look`` is a stance or ``disputed``, ``sign`` None where it has none.

    ``aside`` says that a ruling set the statement aside there, "" where none did.
    """

    said: Said
    topic: str
    look: str
    sign: int | None
    needs_review: bool = False
    aside: str = ""


class Standing(StrEnum):
    """How a pair of statements stands."""

    CHANGE = "change"
    CIRCUMSTANCES = "changed_circumstances"
    NO_CHANGE = "no_change"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements of one speaker on one topic, and how they stand.

    ``id`` is made of both ids and the topic, so that it outlives every ruling. ``case`` holds more than may be shown.
    ``stands``: detection gives this pair, or it was ruled to be no change. ``again``: detection says that the ruling
    is to be looked at again, as where something new was recorded.
    """

    id: str
    case: Case
    speaker: str
    topic: str
    earlier: Position
    later: Position
    standing: Standing
    degree: Degree
    gap: Gap
    again: bool = False
    stands: bool = True

    @property
    def kind(self) -> str:
        """What the detector calls it; where it sees none, what the later statement shows."""
        return self.case.kind or ("walk_back" if self.later.sign == 0 else "reversal")

    @property
    def marks(self) -> tuple[Mark, Mark]:
        """The two statements as they are drawn."""
        return self.earlier.said.mark, self.later.said.mark

    @property
    def decision(self) -> Decision | None:
        """The ruling that counts: the last."""
        return self.case.decision

    @property
    def told(self) -> str:
        """The ruling that the site tells, or what stands for none (``flipflop.text.rulings.UNJUDGED``)."""
        decision = self.decision
        if decision is None or decision.by_model:
            return ""
        if self.standing is not Standing.CANDIDATE:
            return str(decision.ruling.outcome)
        if not self.stands:
            return MOVED
        if self.again or decision.needs_review:
            return AGAIN
        return OUR_WORDS if any(mark.form == "paraphrase" for mark in self.marks) else INCOMPLETE


class Course(StrEnum):
    """What the record shows of one speaker on one topic."""

    CHANGED = "changed"
    EXCUSED = "excused"
    RULED_NONE = "ruled_none"
    NO_CHANGE = "no_change"
    ONE = "one"
    NO_SIDE = "no_side"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Held:
    """All positions of one speaker on one topic, by moment, with the pairs on it that the site shows."""

    speaker: str
    topic: str
    positions: tuple[Position, ...]
    pairs: tuple[Pair, ...]
    course: Course


@dataclass(frozen=True, slots=True)
class AmendmentNotice:
    """Something corrected, withdrawn or removed. Of what is gone only that it is, never what it was.

    ``about`` is what was corrected: the id of a statement, the slug of a speaker or topic.
    """

    at: datetime
    deed: str
    kind: str
    about: str = ""
    fields: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the record holds and the site does not show, as numbers."""

    persons: int = 0
    unapproved: int = 0


Frames: TypeAlias = "tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]"
"""Positions, reversals and conflicts."""


@dataclass(frozen=True)
class Record:
    """Everything that a site shows, gathered once. Mappings are by id; statements stand in the order of moments.

    ``frames`` are the positions, reversals and conflicts that are shown, with the rulings that are told, for drawings;
    ``beside`` is what stands beside conflicts. ``standings`` tells what became
    of all rulings; ``kept`` is when the last event was recorded. ``held_back`` has by topic the statements that
    are coded on it and show nothing there, for its proposition was mended since. ``birth`` is the chain of the
    first event, which is the record's own for good; ``head`` that of the last one that was read.
    """

    options: Options
    people: dict[str, Person]
    topics: dict[str, Heading]
    said: dict[str, Said]
    held: dict[tuple[str, str], Held]
    pairs: dict[str, Pair]
    amendments: tuple[AmendmentNotice, ...]
    left_out: LeftOut
    birth: str
    born: datetime
    frames: Frames
    beside: Beside
    standings: Standings
    kept: datetime
    held_back: dict[str, tuple[str, ...]]
    head: str = ""
    warnings: tuple[str, ...] = field(default=())

    def mark(self, position: Position) -> Mark:
        """Return a statement as it is told on one topic: with what it shows there."""
        word = stance_word(position.look, self.topics[position.topic].kind)
        mark, level = position.said.mark, position.sign or 0
        return replace(mark, look=position.look, level=level, word=word, needs_review=position.needs_review)

    def told(self, said: Said) -> Mark:
        """Return a statement as told beside all that it shows, and whether a coding of it is to be looked at again."""
        return replace(said.mark, needs_review=any(one.needs_review for one in self.shown_by[said.id]))

    @cached_property
    def by_speaker(self) -> dict[str, tuple[Held, ...]]:
        """What each speaker held, by title of the topic."""
        found: dict[str, list[Held]] = {person: [] for person in self.people}
        for held in sorted(self.held.values(), key=lambda held: counted_order(self.topics[held.topic].title)):
            found[held.speaker].append(held)
        return {person: tuple(several) for person, several in found.items()}

    @cached_property
    def by_topic(self) -> dict[str, tuple[Held, ...]]:
        """What was held on each topic, by name of the speaker."""
        found: dict[str, list[Held]] = {topic: [] for topic in self.topics}
        for held in sorted(self.held.values(), key=lambda held: counted_order(self.people[held.speaker].name)):
            found[held.topic].append(held)
        return {topic: tuple(several) for topic, several in found.items()}

    @cached_property
    def parts_of(self) -> dict[str, tuple[str, ...]]:
        """The topics that are part of each topic, by title."""
        found: dict[str, list[str]] = {topic: [] for topic in self.topics}
        for topic in self.topics.values():
            if topic.parent:
                found[topic.parent].append(topic.id)
        return {topic: tuple(several) for topic, several in found.items()}

    @cached_property
    def of_speaker(self) -> dict[str, tuple[Said, ...]]:
        """The statements of each speaker."""
        found: dict[str, list[Said]] = {person: [] for person in self.people}
        for said in self.said.values():
            found[said.mark.speaker].append(said)
        return {person: tuple(several) for person, several in found.items()}

    @cached_property
    def coverage(self) -> dict[str, str]:
        """First and last date and number of statements of each speaker, in words."""
        return {person: self.covered(several) for person, several in self.of_speaker.items()}

    def covered_on(self, speaker: str, topic: str) -> str:
        """Return the same of one speaker on one topic."""
        return self.covered(one.said for one in self.held[speaker, topic].positions)

    def covered(self, several: Iterable[Said]) -> str:
        """Return first and last date and the number of statements: "9 July 2017 to 24 July 2017, 5 statements"."""
        marks = {said.id: said.mark for said in several}.values()
        return covered_words(covered_dates(marks, self.options.tz), len(marks)) if marks else "no statement"

    @cached_property
    def shown_by(self) -> dict[str, tuple[Position, ...]]:
        """What each statement shows, by title of the topic."""
        found: dict[str, list[Position]] = {statement: [] for statement in self.said}
        for held in self.held.values():
            for position in held.positions:
                found[position.said.id].append(position)
        return {
            statement: tuple(sorted(several, key=lambda one: counted_order(self.topics[one.topic].title)))
            for statement, several in found.items()
        }

    @cached_property
    def waits_on(self) -> dict[str, tuple[str, ...]]:
        """The topics on which each statement is held back, by title; statements that wait on none are not in it."""
        found: dict[str, list[str]] = {}
        for topic in sorted(self.held_back, key=lambda one: counted_order(self.topics[one].title)):
            for statement in self.held_back[topic]:
                found.setdefault(statement, []).append(topic)
        return {statement: tuple(topics) for statement, topics in found.items()}

    @cached_property
    def pairs_of(self) -> dict[str, tuple[Pair, ...]]:
        """The pairs that each statement is part of; statements that are in none are not in it."""
        found: dict[str, list[Pair]] = {}
        for pair in self.pairs.values():
            for one in (pair.earlier, pair.later):
                found.setdefault(one.said.id, []).append(pair)
        return {statement: tuple(several) for statement, several in found.items()}

    def tally(self, pairs: Iterable[Pair]) -> Tally:
        """How pairs stand, as the site tells it."""
        return tally_of((pair.kind, pair.told) for pair in pairs if pair.stands)

    @cached_property
    def courses(self) -> Counter[Course]:
        """How many speaker-and-topic records have which course."""
        return Counter(held.course for held in self.held.values())
