"""The events that a store records: what a person gave, frozen, typed and compared by value.

Evidence stands in ``evidence``; here is what people make of it and how they mend the record. Fields with the same
meaning everywhere:

* ``by``, ``coder``: the person (or ``model:name@version``) whose judgement or deed it is.
* ``event``: the id (32 hex digits) or, for a speaker or topic, the slug of the event that this one is about.
* ``coded_at``, ``decided_at``: the clock of a judgement, UTC; None means "when it was recorded".

What the machine adds (``seq``, ``recorded_at``, ``recorded_by``, ``chain``) is not here. Every class raises DataError
where something is wrong with what it is given, with all of it, each naming its field.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, TypeAlias

from msgspec import Struct

from flipflop.records import checks
from flipflop.records.checks import is_coder, plain
from flipflop.records.codec import EventBase, Json
from flipflop.records.evidence import Capture, Citation, Role, Search, Source, Speaker, SpeaksFor, Statement, Topic
from flipflop.records.words import (
    Degree,
    Explanation,
    Framing,
    Outcome,
    SetAside,
    SpeakerId,
    Stance,
    TopicId,
    is_hash,
    is_slug,
)
from flipflop.when import When


class Answer(Struct, frozen=True, omit_defaults=True, gc=False):
    """What the speaker answered when asked about a pair, as a ruling has it; ``answered=False`` is "asked, no answer".

    An answer that stands on its own, beside any ruling, is a ``Reply``.
    """

    answered: bool
    text: str | None = None
    source: Source | None = None

    def __post_init__(self) -> None:
        with checks.gathering("reply") as check:
            check.texts(self, "text")
            check.optional(self, "source", Source)
            if self.answered is not (self.text is not None):
                check.add("a reply has a text if it was answered, and none otherwise", "text")


class Coding(EventBase, frozen=True):
    """Somebody's (or some model's) judgement of one statement's stance on one topic: interpretation, never evidence.

    ``confidence`` is 0 to 1. ``adjudicates`` marks the judgement that settles a dispute among coders. ``qualifier``
    says of what the stance is true: "only if …", "except …", "this version …".
    """

    statement: str
    topic: TopicId
    stance: Stance
    coder: str
    confidence: float | None = None
    rationale: str | None = None
    coded_at: datetime | None = None
    adjudicates: bool = False
    qualifier: str | None = None
    kind_of_event: ClassVar[str] = "coding"

    def __post_init__(self) -> None:
        if (
            type(self.statement) is str
            and is_hash(self.statement)
            and type(self.topic) is str
            and is_slug(self.topic)
            and type(self.stance) is Stance
            and type(self.coder) is str
            and is_coder(self.coder)
            and (self.confidence is None or (type(self.confidence) is float and 0 <= self.confidence <= 1))
            and self.coded_at is None
            and self.adjudicates is False
            and (self.rationale is None or plain(self.rationale))
            and (self.qualifier is None or plain(self.qualifier))
        ):
            return
        with checks.gathering() as check:
            check.reference(self, "statement")
            check.slug(self, "topic")
            check.word(self, "stance", Stance)
            check.coder(self, "coder")
            if self.confidence is not None:
                check.fraction(self, "confidence")
            check.texts(self, "rationale", "qualifier")
            check.moment(self, "coded_at")
            check.flag(self, "adjudicates")


class Correction(EventBase, frozen=True, gc=True):
    """Mends our own record of a statement or relation: ``changes`` maps field names to new values, as in JSON."""

    event: str
    changes: Mapping[str, Json]
    reason: str
    by: str
    kind_of_event: ClassVar[str] = "correction"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.reference(self, "event")
            check.changes(self, "changes")
            check.text(self, "reason")
            check.text(self, "by")

    def __hash__(self) -> int:
        return hash((self.event, self.reason, self.by))


class Ruling(EventBase, frozen=True):
    """What a person decided about a pair: never of the detector, always with an innocent reading (or "none found").

    ``set_aside`` says of a pair that is no reversal which end was the jest, or the quotation of somebody else;
    ``framing`` what the speaker called the change. ``explanation_source`` is where the explanation can be checked, and
    only then is it told as a fact: an explanation without one is kept, as older records have it.
    ``circumstances_source`` is where the change of circumstances can be checked.

    DataError also for a source of an explanation that is not there or was not found, and for one of circumstances that
    did not change.
    """

    earlier: str
    later: str
    topic: TopicId
    outcome: Outcome
    innocent_reading: str
    by: str
    degree: Degree | None = None
    explanation: Explanation | None = None
    reply: Answer | None = None
    note: str | None = None
    decided_at: datetime | None = None
    set_aside: SetAside | None = None
    framing: Framing | None = None
    explanation_source: Source | None = None
    circumstances_source: Source | None = None
    kind_of_event: ClassVar[str] = "ruling"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.reference(self, "earlier")
            check.reference(self, "later")
            check.slug(self, "topic")
            check.word(self, "outcome", Outcome)
            check.text(self, "innocent_reading")
            check.text(self, "by")
            check.optional_word(self, "degree", Degree)
            check.optional_word(self, "explanation", Explanation)
            check.optional_word(self, "framing", Framing)
            check.optional(self, "reply", Answer)
            check.texts(self, "note")
            check.moment(self, "decided_at")
            check.optional_word(self, "set_aside", SetAside)
            if self.set_aside is not None and self.outcome != Outcome.NO_REVERSAL:
                check.add("only of a pair that is no_reversal is an end set aside", "set_aside")
            check.optional(self, "explanation_source", Source)
            if self.explanation_source is not None and self.explanation in (None, Explanation.NONE_FOUND):
                check.add("is the source of an explanation, and none is given", "explanation_source")
            check.optional(self, "circumstances_source", Source)
            if self.circumstances_source is not None and self.outcome != Outcome.CHANGED_CIRCUMSTANCES:
                check.add("is the source of changed_circumstances, which is not the outcome", "circumstances_source")
            if self.earlier == self.later:
                check.add("a ruling is about two statements, not twice the same", "later")


class Reply(EventBase, frozen=True):
    """The word of the person concerned about a statement, or about a pair: independent of any ruling, shown beside it.

    Given is ``statement``, or ``earlier``, ``later`` and ``topic`` of a reversal or a conflict. ``speaker`` replied in
    ``text``, or was asked and had not answered by the end of ``no_answer_by``; ``asked_at`` is when the question was
    put. DataError also where it is about both or neither, says both or neither, or waited for an answer before asking.
    """

    speaker: SpeakerId
    text: str | None = None
    statement: str | None = None
    earlier: str | None = None
    later: str | None = None
    topic: TopicId | None = None
    source: Source | None = None
    asked_at: When | None = None
    no_answer_by: When | None = None
    kind_of_event: ClassVar[str] = "reply"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.slug(self, "speaker")
            check.texts(self, "text")
            for field in ("statement", "earlier", "later"):
                if getattr(self, field) is not None:
                    check.reference(self, field)
            check.optional_slug(self, "topic")
            check.optional(self, "source", Source)
            check.span(self, "asked_at", "no_answer_by")
            self._check_about(check)
            if (self.text is None) is (self.no_answer_by is None):
                check.add("a reply has a text, or says by when none had come", "text")

    def _check_about(self, check: checks.gathering) -> None:
        pair = (self.earlier, self.later, self.topic)
        if self.statement is None and None in pair:
            check.add("a reply is about a statement, or about earlier and later on a topic", "statement")
        elif self.statement is not None and any(pair):
            check.add("a reply is about a statement or about a pair, not both", "statement")
        elif self.statement is None and self.earlier == self.later:
            check.add("a pair is two statements, not twice the same", "later")


class Retraction(EventBase, frozen=True):
    """Withdraws an event of ours (a retraction too): it no longer counts from then on, and stays on record."""

    event: str
    reason: str
    by: str
    kind_of_event: ClassVar[str] = "retraction"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.reference(self, "event")
            check.text(self, "reason")
            check.text(self, "by")


class Redaction(EventBase, frozen=True):
    """Legal removal: the body of the event goes for good, its id and place in the chain stay."""

    event: str
    reason: str
    by: str
    kind_of_event: ClassVar[str] = "redaction"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.reference(self, "event")
            check.text(self, "reason")
            check.text(self, "by")


Event: TypeAlias = (
    Speaker
    | Topic
    | SpeaksFor
    | Statement
    | Coding
    | Correction
    | Ruling
    | Retraction
    | Redaction
    | Role
    | Citation
    | Reply
    | Search
    | Capture
)

KINDS: dict[str, type[Event]] = {
    kind.kind_of_event: kind
    for kind in (
        *(Speaker, Topic, SpeaksFor, Statement, Coding, Correction, Ruling, Retraction, Redaction),
        *(Role, Citation, Reply, Search, Capture),
    )
}

__all__ = [
    "KINDS",
    "Answer",
    "Capture",
    "Citation",
    "Coding",
    "Correction",
    "Event",
    "Redaction",
    "Reply",
    "Retraction",
    "Role",
    "Ruling",
    "Search",
    "Source",
    "Speaker",
    "SpeaksFor",
    "Statement",
    "Topic",
]
