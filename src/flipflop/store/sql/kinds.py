"""All kinds of event, each described once: its table, its rows, the checks of what it mentions, and its view follow.

A new kind stands here and in ``records``; so does a new field.
"""

from __future__ import annotations

from flipflop.errors import StoreError
from flipflop.records import events as ev
from flipflop.records.words import (
    Act,
    Degree,
    Explanation,
    Form,
    Framing,
    Grade,
    Lineage,
    Match,
    Outcome,
    Reaction,
    RoleStanding,
    SetAside,
    SpeakerKind,
    Stance,
    TopicKind,
)
from flipflop.store.sql.rows import (
    CLOCK,
    FLAG,
    JUDGED,
    LIST,
    MAP,
    NUMBER,
    PACKED_WHEN,
    REF,
    SAID,
    SOURCE,
    TARGET_ID,
    TARGET_NAMED,
    TEXT,
    WHEN,
    WORD,
    Field,
    Kind,
    closed,
    code,
    packed,
)

STANCES: dict[Stance, int | None] = {
    Stance.STRONGLY_OPPOSE: -2,
    Stance.OPPOSE: -1,
    Stance.MIXED: 0,
    Stance.SUPPORT: 1,
    Stance.STRONGLY_SUPPORT: 2,
    Stance.UNCLEAR: None,
}
"""A stance is a number whose sign is the stance's sign; unclear has none."""
FORMS = (Form.QUOTE, Form.PARAPHRASE, Form.REPORTED, Form.ACT, Form.CONDENSED)
ACTS = (Act.VOTE, Act.ORDER, Act.SIGNATURE, Act.VETO, Act.DELETION, Act.OMISSION)
REACTIONS = (Reaction.ENDORSES, Reaction.CRITICISES, Reaction.DISTANCES, Reaction.DENIES_HAVING_SAID)
_OUTCOMES = (
    Outcome.REVERSAL,
    Outcome.NO_REVERSAL,
    Outcome.CHANGED_CIRCUMSTANCES,
    Outcome.NOT_COMPARABLE,
    Outcome.CONFLICT,
    Outcome.NO_CONFLICT,
)
_EXPLANATIONS = (Explanation.ACKNOWLEDGED, Explanation.EXTERNAL_EVENT, Explanation.NONE_FOUND, Explanation.DENIED)
_FRAMINGS = (
    Framing.CLARIFICATION,
    Framing.EVOLUTION,
    Framing.CORRECTION,
    Framing.NEW_INFORMATION,
    Framing.JOKE,
    Framing.DENIAL,
)
_LINEAGES = (Lineage.REWORDED, Lineage.NARROWED, Lineage.WIDENED, Lineage.SPLIT, Lineage.OPPOSITE)

_DECLARE = "declare it again, with the same id"

_SPEAKER = Kind(
    ev.Speaker,
    1,
    Field("id", WORD, column="slug", indexed=True),
    Field("name", TEXT, quoted=True),
    Field("aliases", LIST),
    Field("kind", closed(SpeakerKind.PERSON, SpeakerKind.ORGANISATION)),
    Field("public_role", TEXT),
    Field("wikidata", TEXT),
    remedy=_DECLARE,
    view="speakers",
)
_TOPIC = Kind(
    ev.Topic,
    2,
    Field("id", WORD, column="slug", indexed=True),
    Field("title", TEXT),
    Field("proposition", TEXT, quoted=True),
    Field("kind", closed(TopicKind.PROPOSAL, TopicKind.ACCOUNT)),
    Field("parent", WORD, "topic"),
    Field("follows", WORD, "topic", since=3),
    Field("how", closed(*_LINEAGES), since=3),
    remedy=_DECLARE,
    view="topics",
)
_SPEAKS_FOR = Kind(
    ev.SpeaksFor,
    3,
    Field("surrogate", WORD, "speaker"),
    Field("principal", WORD, "speaker"),
    Field("since", WHEN),
    Field("until", WHEN),
    Field("topics", LIST, "topic", since=3),
    Field("source", packed(ev.Source), since=3),
    view="relations",
)
_STATEMENT = Kind(
    ev.Statement,
    4,
    Field("speaker", WORD, "speaker", indexed=True),
    Field("text", TEXT, quoted=True),
    Field("form", closed(*FORMS)),
    Field("said", SAID),
    Field("source", SOURCE),
    Field("attribution", LIST),
    Field("on_behalf_of", WORD, "speaker"),
    Field("context", TEXT),
    Field("responds_to", REF, "any statement"),
    Field("language", WORD),
    Field("question", TEXT, since=3),
    Field("before", TEXT, since=3, quoted=True),
    Field("after", TEXT, since=3, quoted=True),
    Field("act", closed(*ACTS), since=3),
    Field("reaction", closed(*REACTIONS), since=3),
    Field("until", PACKED_WHEN, since=3),
    Field("extra", MAP, since=3),
    view="statements",
    comment="-- said_text is null where it is said_from as ISO 8601; said_how is the word for precision, zone and "
    "warnings.\n",
)
_CODING = Kind(
    ev.Coding,
    5,
    Field("statement", REF, "statement", indexed=True),
    Field("topic", WORD, "topic"),
    Field("stance", code(STANCES)),
    Field("coder", WORD),
    Field("confidence", NUMBER),
    Field("rationale", TEXT, quoted=True),
    Field("coded_at", JUDGED),
    Field("adjudicates", FLAG),
    Field("qualifier", TEXT, since=3),
    remedy="code the statement again",
    under=("statement", "topic"),
    judges=True,
    view="codings",
    comment="-- stance: -2 strongly opposes .. 2 strongly supports, null is unclear.\n",
)
_CORRECTION = Kind(
    ev.Correction,
    6,
    Field("event", TARGET_ID, "event"),
    Field("changes", MAP),
    Field("reason", TEXT),
    Field("by", WORD),
    remedy="retract it and amend again",
)
_RULING = Kind(
    ev.Ruling,
    7,
    Field("earlier", REF, "statement", indexed=True),
    Field("later", REF, "statement", indexed=True),
    Field("topic", WORD, "topic"),
    Field("outcome", closed(*_OUTCOMES)),
    Field("degree", closed(Degree.NO_FLIP, Degree.HALF_FLIP, Degree.FULL_FLOP)),
    Field("explanation", closed(*_EXPLANATIONS)),
    Field("innocent_reading", TEXT),
    Field("by", WORD),
    Field("reply", packed(ev.Answer)),
    Field("note", TEXT, quoted=True),
    Field("decided_at", JUDGED),
    Field("set_aside", closed(SetAside.LATER, SetAside.EARLIER, SetAside.BOTH), since=3),
    Field("framing", closed(*_FRAMINGS), since=3),
    Field("explanation_source", packed(ev.Source), since=3),
    Field("circumstances_source", packed(ev.Source), since=3),
    remedy="rule on the pair again",
    under=("earlier", "later"),
    judges=True,
    view="rulings",
)
_RETRACTION = Kind(
    ev.Retraction,
    8,
    Field("event", TARGET_NAMED, "event"),
    Field("reason", TEXT),
    Field("by", WORD),
    remedy="retract it, and retract again",
)
_REDACTION = Kind(
    ev.Redaction,
    9,
    Field("event", TARGET_NAMED, "event"),
    Field("reason", TEXT),
    Field("by", WORD),
    remedy="a redaction stands as it is",
)
_ROLE = Kind(
    ev.Role,
    10,
    Field("speaker", WORD, "speaker", indexed=True),
    Field("title", TEXT),
    Field("organisation", WORD),
    Field("party", WORD),
    Field("standing", closed(RoleStanding.OFFICE, RoleStanding.OPPOSITION, RoleStanding.NONE)),
    Field("since", WHEN),
    Field("until", WHEN),
    Field("source", packed(ev.Source)),
    view="roles",
    since=3,
)
_CITATION = Kind(
    ev.Citation,
    11,
    Field("statement", REF, "statement", indexed=True),
    Field("source", SOURCE),
    Field("grade", closed(Grade.PRIMARY, Grade.REPORTED, Grade.INFERRED)),
    Field("match", closed(Match.VERBATIM, Match.CONDENSED, Match.APPROXIMATE, Match.DIFFERS)),
    Field("by", WORD),
    under=("statement",),
    view="citations",
    since=3,
)
_REPLY = Kind(
    ev.Reply,
    12,
    Field("speaker", WORD, "speaker"),
    Field("text", TEXT, quoted=True),
    Field("statement", REF, "statement", indexed=True),
    Field("earlier", REF, "statement", indexed=True),
    Field("later", REF, "statement", indexed=True),
    Field("topic", WORD, "topic"),
    Field("source", packed(ev.Source)),
    Field("asked_at", WHEN),
    Field("no_answer_by", WHEN),
    under=("statement", "earlier", "later"),
    view="replies",
    since=3,
)
_SEARCH = Kind(
    ev.Search,
    13,
    Field("speakers", LIST, "speaker"),
    Field("topic", WORD, "topic", indexed=True),
    Field("places", LIST),
    Field("since", WHEN),
    Field("until", WHEN),
    Field("found", LIST, "any statement"),
    Field("by", WORD),
    remedy="retract it, and record what was searched anew",
    under=("topic",),
    view="searches",
    since=3,
)
_CAPTURE = Kind(
    ev.Capture,
    14,
    Field("url", TEXT),
    Field("sha256", TEXT),
    Field("media_type", WORD),
    Field("captured_at", CLOCK),
    Field("path", TEXT),
    Field("tool", WORD),
    Field("timestamp", TEXT),
    remedy="retract it, and capture the source anew",
    view="captures",
    since=3,
)

KINDS = {
    kind.name: kind
    for kind in (
        *(_SPEAKER, _TOPIC, _SPEAKS_FOR, _STATEMENT, _CODING),
        *(_CORRECTION, _RULING, _RETRACTION, _REDACTION),
        *(_ROLE, _CITATION, _REPLY, _SEARCH, _CAPTURE),
    )
}
"""The kinds by name, in the order of their numbers, which never change."""
KIND_CODES = {kind.name: kind.number for kind in KINDS.values()}


class _KindNames(dict[int, str]):
    """Names of kinds by code; a code that does not exist comes from a damaged file."""

    def __missing__(self, code: object) -> str:
        raise StoreError(f"the store is damaged: {code!r} is no kind of event; see: flipflop verify")


KIND_NAMES = _KindNames({code: kind for kind, code in KIND_CODES.items()})
DECLARED = ("speaker", "topic")
"""Kinds that declare a slug."""
ABOUT_KINDS = frozenset(kind.name for kind in KINDS.values() if any(f.mentions == "event" for f in kind.fields))
"""Kinds that are about another event; which one stands in the table ``about``, outside their bodies."""
