"""The events that a store records: what a person gave, frozen, typed and compared by value.

Fields with the same meaning everywhere:

* ``by``, ``coder``: the person (or ``model:name@version``) whose judgement or deed it is.
* ``event``: the id (32 hex digits) or, for a speaker or topic, the slug of the event that this one is about.
* ``coded_at``, ``decided_at``: the clock of a judgement, UTC; None means "when it was recorded".

What the machine adds (``seq``, ``recorded_at``, ``recorded_by``, ``chain``) is not here. Evidence (Speaker, Topic,
SpeaksFor, Statement) knows nothing of interpretation (Coding, Ruling).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, TypeAlias

from msgspec import Struct

from flipflop.records import checks
from flipflop.records.checks import is_coder, plain
from flipflop.records.codec import EventBase, Json
from flipflop.records.words import (
    Degree,
    Explanation,
    Form,
    Outcome,
    SetAside,
    SpeakerKind,
    Stance,
    TopicKind,
    is_hash,
    is_slug,
)
from flipflop.when import When


class Source(Struct, frozen=True, omit_defaults=True, gc=False):
    """Where a statement can be checked. At least one field is given; only http(s) URLs ever become links."""

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    published: When | None = None

    def __post_init__(self) -> None:
        if (
            plain(self.url)
            and (self.outlet is None or plain(self.outlet))
            and (self.title is None or plain(self.title))
            and (self.author is None or plain(self.author))
            and self.published is None
        ):
            return
        with checks.gathering("source") as check:
            check.texts(self, "url", "outlet", "title", "author")
            check.optional(self, "published", When)
            if not (self.url or self.outlet or self.title or self.author):
                check.add("a source needs at least one of url, outlet, title, author")


class Reply(Struct, frozen=True, omit_defaults=True, gc=False):
    """What the speaker answered when asked about a pair; ``answered=False`` is "asked, no answer"."""

    answered: bool
    text: str | None = None
    source: Source | None = None

    def __post_init__(self) -> None:
        with checks.gathering("reply") as check:
            check.texts(self, "text")
            check.optional(self, "source", Source)
            if self.answered is not (self.text is not None):
                check.add("a reply has a text if it was answered, and none otherwise", "text")


class Speaker(EventBase, frozen=True):
    """A person or organisation that says or does something. A later declaration of a slug is its new version."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: SpeakerKind = SpeakerKind.PERSON
    public_role: str | None = None
    wikidata: str | None = None
    kind_of_event: ClassVar[str] = "speaker"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.slug(self, "id")
            check.text(self, "name")
            check.tuple_of_texts(self, "aliases")
            check.word(self, "kind", SpeakerKind)
            check.texts(self, "public_role", "wikidata")


class Topic(EventBase, frozen=True):
    """A heading with one proposition: a sentence that one can support or oppose (or affirm or deny)."""

    id: str
    title: str
    proposition: str
    kind: TopicKind = TopicKind.PROPOSAL
    parent: str | None = None
    kind_of_event: ClassVar[str] = "topic"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.slug(self, "id")
            check.text(self, "title")
            check.text(self, "proposition")
            check.word(self, "kind", TopicKind)
            if self.parent is not None:
                check.slug(self, "parent")
                if self.parent == self.id:
                    check.add(f"topic {self.id!r} cannot be its own parent", "parent")


class SpeaksFor(EventBase, frozen=True):
    """Who speaks for whom, from the start of ``since`` to the end of ``until``; None is open.

    ``topics`` are the ids of those on which that holds, none for all; ``source`` is where it can be checked.
    """

    surrogate: str
    principal: str
    since: When | None = None
    until: When | None = None
    topics: tuple[str, ...] = ()
    source: Source | None = None
    kind_of_event: ClassVar[str] = "speaks_for"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.slug(self, "surrogate")
            check.slug(self, "principal")
            check.optional(self, "since", When)
            check.optional(self, "until", When)
            check.slugs(self, "topics")
            check.optional(self, "source", Source)
            if self.surrogate == self.principal:
                check.add(f"{self.surrogate!r} cannot speak for itself", "principal")
            if isinstance(self.since, When) and isinstance(self.until, When) and self.until.end <= self.since.start:
                check.add(f"ends ({self.until.text!r}) before it begins ({self.since.text!r})", "until")


class Statement(EventBase, frozen=True):
    """One utterance or act as evidence. It has no topic: codings carry that."""

    speaker: str
    text: str
    said: When
    form: Form = Form.QUOTE
    source: Source | None = None
    attribution: tuple[str, ...] = ()
    on_behalf_of: str | None = None
    context: str | None = None
    responds_to: str | None = None
    language: str | None = None
    kind_of_event: ClassVar[str] = "statement"

    def __post_init__(self) -> None:
        said = self.said
        if (
            type(said) is When
            and type(self.form) is Form
            and (self.source is None or type(self.source) is Source)
            and type(self.speaker) is str
            and is_slug(self.speaker)
            and self.attribution == ()
            and self.on_behalf_of is None
            and self.responds_to is None
            and plain(self.text)
            and (self.context is None or plain(self.context))
            and (self.language is None or plain(self.language))
            and plain(said.text)
            and (said.tz is None or plain(said.tz))
            and (said.warnings == () or all(map(plain, said.warnings)))
        ):
            return
        with checks.gathering() as check:
            check.slug(self, "speaker")
            check.text(self, "text")
            check.required(self, "said", When)
            check.word(self, "form", Form)
            check.optional(self, "source", Source)
            check.tuple_of_texts(self, "attribution")
            if self.on_behalf_of is not None:
                check.slug(self, "on_behalf_of")
            check.texts(self, "context", "language")
            if self.responds_to is not None:
                check.reference(self, "responds_to")


class Coding(EventBase, frozen=True):
    """Somebody's (or some model's) judgement of one statement's stance on one topic: interpretation, never evidence.

    ``confidence`` is 0 to 1. ``adjudicates`` marks the judgement that settles a dispute among coders. ``qualifier``
    says of what the stance is true: "only if …", "except …", "this version …".
    """

    statement: str
    topic: str
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

    ``set_aside`` says of a pair that is no reversal which end was the jest, or the quotation of somebody else.
    """

    earlier: str
    later: str
    topic: str
    outcome: Outcome
    innocent_reading: str
    by: str
    degree: Degree | None = None
    explanation: Explanation | None = None
    reply: Reply | None = None
    note: str | None = None
    decided_at: datetime | None = None
    set_aside: SetAside | None = None
    kind_of_event: ClassVar[str] = "ruling"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.reference(self, "earlier")
            check.reference(self, "later")
            check.slug(self, "topic")
            check.word(self, "outcome", Outcome)
            check.text(self, "innocent_reading")
            check.text(self, "by")
            if self.degree is not None:
                check.word(self, "degree", Degree)
            if self.explanation is not None:
                check.word(self, "explanation", Explanation)
            check.optional(self, "reply", Reply)
            check.texts(self, "note")
            check.moment(self, "decided_at")
            if self.set_aside is not None:
                check.word(self, "set_aside", SetAside)
                if self.outcome != Outcome.NO_REVERSAL:
                    check.add("only of a pair that is no_reversal is an end set aside", "set_aside")
            if self.earlier == self.later:
                check.add("a ruling is about two statements, not twice the same", "later")


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


Event: TypeAlias = Speaker | Topic | SpeaksFor | Statement | Coding | Correction | Ruling | Retraction | Redaction

KINDS: dict[str, type[Event]] = {
    kind.kind_of_event: kind
    for kind in (Speaker, Topic, SpeaksFor, Statement, Coding, Correction, Ruling, Retraction, Redaction)
}
