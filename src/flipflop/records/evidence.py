"""Evidence: who there is, what was said or done, where it can be checked. Knows nothing of anybody's judgement of it.

Fields with the same meaning everywhere:

* ``speaker``, ``topic`` and the like: the slug of a declared speaker or topic; ``statement``, ``found``: ids of 32 hex
  digits.
* ``since``, ``until``: from the start of the one moment to the end of the other, both included; None is open.
* ``said``, ``published`` and all other moments of the world are a ``When`` with the zone in which it was given; clocks
  of machines (``captured_at``) are datetimes in UTC.

Every class raises DataError where something is wrong with what it is given, with all of it, each naming its field.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from flipflop.records import checks
from flipflop.records.checks import plain
from flipflop.records.codec import EventBase, Extra
from flipflop.records.words import (
    Act,
    Form,
    Grade,
    Lineage,
    Match,
    Reaction,
    RoleStanding,
    SpeakerId,
    SpeakerKind,
    TopicId,
    TopicKind,
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


class Role(EventBase, frozen=True):
    """An office or a membership with its dates, as it is printed beside what was said in that time.

    At least one of ``title``, ``organisation`` and ``party`` is given. ``standing`` says whether it was one of those in
    office, in opposition or neither; None is "nobody noted it". DataError also where it would end before it begins.
    """

    speaker: SpeakerId
    title: str | None = None
    organisation: str | None = None
    party: str | None = None
    standing: RoleStanding | None = None
    since: When | None = None
    until: When | None = None
    source: Source | None = None
    kind_of_event: ClassVar[str] = "role"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.slug(self, "speaker")
            check.texts(self, "title", "organisation", "party")
            check.optional_word(self, "standing", RoleStanding)
            check.span(self)
            check.optional(self, "source", Source)
            if not (self.title or self.organisation or self.party):
                check.add("a role needs at least one of title, organisation, party")


class Topic(EventBase, frozen=True):
    """A heading with one proposition: a sentence that one can support or oppose (or affirm or deny).

    Another question is another topic: ``follows`` names the one whose place it took, and ``how`` what became of the
    question; both or neither are given.
    """

    id: str
    title: str
    proposition: str
    kind: TopicKind = TopicKind.PROPOSAL
    parent: TopicId | None = None
    follows: TopicId | None = None
    how: Lineage | None = None
    kind_of_event: ClassVar[str] = "topic"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.slug(self, "id")
            check.text(self, "title")
            check.text(self, "proposition")
            check.word(self, "kind", TopicKind)
            check.optional_slug(self, "parent")
            if self.parent == self.id:
                check.add(f"topic {self.id!r} cannot be its own parent", "parent")
            check.optional_slug(self, "follows")
            if self.follows == self.id:
                check.add(f"topic {self.id!r} cannot follow itself", "follows")
            check.optional_word(self, "how", Lineage)
            if (self.follows is None) is not (self.how is None):
                check.add("which topic it follows and how are given together", "how" if self.how is None else "follows")


class SpeaksFor(EventBase, frozen=True):
    """Who speaks for whom, from the start of ``since`` to the end of ``until``; None is open.

    ``topics`` are the ids of those on which that holds, none for all; ``source`` is where it can be checked.
    """

    surrogate: SpeakerId
    principal: SpeakerId
    since: When | None = None
    until: When | None = None
    topics: tuple[TopicId, ...] = ()
    source: Source | None = None
    kind_of_event: ClassVar[str] = "speaks_for"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.slug(self, "surrogate")
            check.slug(self, "principal")
            check.span(self)
            check.slugs(self, "topics")
            check.optional(self, "source", Source)
            if self.surrogate == self.principal:
                check.add(f"{self.surrogate!r} cannot speak for itself", "principal")


class Statement(EventBase, frozen=True):
    """One utterance or act as evidence. It has no topic: codings carry that.

    ``question`` is what was asked, ``before`` and ``after`` are the words around those quoted. ``act`` says what an act
    was, ``reaction`` how the statement takes the one that it responds to, ``until`` by when what it promises is to be
    done. ``extra`` are the user's own fields: by their names texts, numbers or flags; an empty map is none.

    DataError also for an ``act`` of words, a ``reaction`` to nothing, and a promise that was due before it was made.
    """

    speaker: SpeakerId
    text: str
    said: When
    form: Form = Form.QUOTE
    source: Source | None = None
    attribution: tuple[str, ...] = ()
    on_behalf_of: SpeakerId | None = None
    context: str | None = None
    responds_to: str | None = None
    language: str | None = None
    question: str | None = None
    before: str | None = None
    after: str | None = None
    act: Act | None = None
    reaction: Reaction | None = None
    until: When | None = None
    extra: Extra | None = None
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
            and self.question is None
            and self.before is None
            and self.after is None
            and self.act is None
            and self.reaction is None
            and self.until is None
            and self.extra is None
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
            check.optional_slug(self, "on_behalf_of")
            check.texts(self, "context", "language", "question", "before", "after")
            if self.responds_to is not None:
                check.reference(self, "responds_to")
            check.optional_word(self, "act", Act)
            check.optional_word(self, "reaction", Reaction)
            check.optional(self, "until", When)
            check.own_fields(self, "extra")
            if self.act is not None and self.form != Form.ACT:
                check.add(f"only what has the form act is one, not a {self.form}", "act")
            if self.reaction is not None and self.responds_to is None:
                check.add("a reaction needs the statement that it responds to", "reaction")
            if isinstance(self.until, When) and isinstance(said, When) and self.until.end <= said.start:
                check.add(f"is due ({self.until.text!r}) before it was promised ({said.text!r})", "until")


class Citation(EventBase, frozen=True):
    """A further source of a statement that is recorded already; the first one is never erased by it.

    ``grade`` says how near the source was to what was said, ``match`` what a comparison of its words with those
    recorded showed; None where nobody looked.
    """

    statement: str
    source: Source
    by: str
    grade: Grade | None = None
    match: Match | None = None
    kind_of_event: ClassVar[str] = "citation"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.reference(self, "statement")
            check.required(self, "source", Source)
            check.text(self, "by")
            check.optional_word(self, "grade", Grade)
            check.optional_word(self, "match", Match)


class Search(EventBase, frozen=True):
    """What was looked for, also in vain: statements of some speakers on a topic, from ``since`` to ``until``.

    ``places`` are texts such as "Hansard, both houses"; ``found`` are the ids of the statements that came of it, each
    once, none where nothing did. DataError also without a speaker or a place, and where the span ends before it begins.
    """

    speakers: tuple[SpeakerId, ...]
    topic: TopicId
    places: tuple[str, ...]
    by: str
    since: When | None = None
    until: When | None = None
    found: tuple[str, ...] = ()
    kind_of_event: ClassVar[str] = "search"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.slugs(self, "speakers")
            check.slug(self, "topic")
            check.tuple_of_texts(self, "places")
            check.text(self, "by")
            check.span(self)
            check.references(self, "found")
            for field, what in (("speakers", "whose words"), ("places", "where")):
                if not getattr(self, field):
                    check.add(f"must say {what} were looked for", field)


class Capture(EventBase, frozen=True):
    """The archived copy of a source, with which a quotation can be compared.

    ``url`` is the address as the source gives it, ``sha256`` 64 hex digits over the bytes of the copy, ``captured_at``
    the clock of the machine that fetched them, UTC, ``path`` where they lie, from the folder of captures on and with
    ``/``, ``tool`` the program with its version. ``timestamp`` is a token of a time stamping authority over
    that hash, in base64 (RFC 3161). DataError also for a path that leads out of the folder.
    """

    url: str
    sha256: str
    media_type: str
    captured_at: datetime
    path: str
    tool: str
    timestamp: str | None = None
    kind_of_event: ClassVar[str] = "capture"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            for field in ("url", "media_type", "tool"):
                check.text(self, field)
            check.digest(self, "sha256")
            check.clock(self, "captured_at")
            check.path_inside(self, "path")
            check.base64(self, "timestamp")
