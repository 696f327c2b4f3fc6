"""Events: what a person gave, and the ids that follow from it. Knows nothing of stores."""

from flipflop.records.codec import event_hash, to_json
from flipflop.records.events import (
    KINDS,
    Coding,
    Correction,
    Event,
    Redaction,
    Reply,
    Retraction,
    Ruling,
    Source,
    Speaker,
    SpeaksFor,
    Statement,
    Topic,
)
from flipflop.records.reading import from_json
from flipflop.records.words import (
    NO_INNOCENT_READING,
    Degree,
    Explanation,
    Form,
    Outcome,
    SpeakerKind,
    Stance,
    TopicKind,
    slugify,
)

__all__ = [
    "KINDS",
    "NO_INNOCENT_READING",
    "Coding",
    "Correction",
    "Degree",
    "Event",
    "Explanation",
    "Form",
    "Outcome",
    "Redaction",
    "Reply",
    "Retraction",
    "Ruling",
    "Source",
    "Speaker",
    "SpeakerKind",
    "SpeaksFor",
    "Stance",
    "Statement",
    "Topic",
    "TopicKind",
    "event_hash",
    "from_json",
    "slugify",
    "to_json",
]
