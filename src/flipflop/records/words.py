"""The closed sets of words that events use, and the shapes of their ids."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

SpeakerId: TypeAlias = str
"""The slug of a speaker. Where a field is annotated so, a name or alias stands for it in what people type."""
TopicId: TypeAlias = str
"""The slug of a topic; so does a title."""


class SpeakerKind(StrEnum):
    """What a speaker is."""

    PERSON = "person"
    ORGANISATION = "organisation"


class TopicKind(StrEnum):
    """A proposal can be supported; an account of what happened can be affirmed or denied."""

    PROPOSAL = "proposal"
    ACCOUNT = "account"


class Form(StrEnum):
    """How near the recorded words are to the speaker's own; condensed is a quotation that the outlet shortened."""

    QUOTE = "quote"
    CONDENSED = "condensed"
    PARAPHRASE = "paraphrase"
    REPORTED = "reported"
    ACT = "act"


class Act(StrEnum):
    """What was done, where it was no words."""

    VOTE = "vote"
    ORDER = "order"
    SIGNATURE = "signature"
    VETO = "veto"
    DELETION = "deletion"
    OMISSION = "omission"


class Reaction(StrEnum):
    """How a statement takes the one that it responds to."""

    ENDORSES = "endorses"
    CRITICISES = "criticises"
    DISTANCES = "distances"
    DENIES_HAVING_SAID = "denies_having_said"


class Lineage(StrEnum):
    """What became of the question of the topic that another one follows."""

    REWORDED = "reworded"
    NARROWED = "narrowed"
    WIDENED = "widened"
    SPLIT = "split"
    OPPOSITE = "opposite"


class RoleStanding(StrEnum):
    """Where a role stands to the government of its time."""

    OFFICE = "office"
    OPPOSITION = "opposition"
    NONE = "none"


class Grade(StrEnum):
    """How near a source was to what was said: the thing itself, a report of it, or a conclusion from something else."""

    PRIMARY = "primary"
    REPORTED = "reported"
    INFERRED = "inferred"


class Match(StrEnum):
    """What a comparison of a source's words with those recorded showed."""

    VERBATIM = "verbatim"
    CONDENSED = "condensed"
    APPROXIMATE = "approximate"
    DIFFERS = "differs"


class Stance(StrEnum):
    """What one statement shows towards one proposition."""

    STRONGLY_OPPOSE = "strongly_oppose"
    OPPOSE = "oppose"
    MIXED = "mixed"
    SUPPORT = "support"
    STRONGLY_SUPPORT = "strongly_support"
    UNCLEAR = "unclear"

    @property
    def sign(self) -> int | None:
        """-1, 0 or +1; None for unclear."""
        return SIGNS[self]


SIGNS: dict[str, int | None] = {
    Stance.STRONGLY_OPPOSE: -1,
    Stance.OPPOSE: -1,
    Stance.MIXED: 0,
    Stance.SUPPORT: 1,
    Stance.STRONGLY_SUPPORT: 1,
    Stance.UNCLEAR: None,
}


BY_CLAIM = (
    Stance.UNCLEAR,
    Stance.MIXED,
    Stance.OPPOSE,
    Stance.SUPPORT,
    Stance.STRONGLY_OPPOSE,
    Stance.STRONGLY_SUPPORT,
)
"""Which of the stances that equally many coders chose holds: the first, for whoever claims less wins."""
MODEL = "model:"
"""How the name of a coder begins that is no person."""


class Outcome(StrEnum):
    """What a person decided about a pair of statements."""

    REVERSAL = "reversal"
    NO_REVERSAL = "no_reversal"
    CHANGED_CIRCUMSTANCES = "changed_circumstances"
    NOT_COMPARABLE = "not_comparable"
    CONFLICT = "conflict"
    NO_CONFLICT = "no_conflict"

    @classmethod
    def of_one_speaker(cls) -> tuple[Outcome, ...]:
        """Return what can be decided about two statements of one speaker."""
        return (cls.REVERSAL, cls.NO_REVERSAL, cls.CHANGED_CIRCUMSTANCES, cls.NOT_COMPARABLE)

    @classmethod
    def of_two_speakers(cls) -> tuple[Outcome, ...]:
        """Return what can be decided about statements of two."""
        return (cls.CONFLICT, cls.NO_CONFLICT, cls.NOT_COMPARABLE)


class SetAside(StrEnum):
    """Which end of a pair was the jest, or the quotation of somebody else, where no position was changed."""

    LATER = "later"
    EARLIER = "earlier"
    BOTH = "both"


class Degree(StrEnum):
    """How far a position moved (PolitiFact's three steps)."""

    NO_FLIP = "no_flip"
    HALF_FLIP = "half_flip"
    FULL_FLOP = "full_flop"


class Explanation(StrEnum):
    """What the speaker, or the record, offers for the change."""

    ACKNOWLEDGED = "acknowledged"
    EXTERNAL_EVENT = "external_event"
    NONE_FOUND = "none_found"
    DENIED = "denied"


class Framing(StrEnum):
    """What the speaker called the change."""

    CLARIFICATION = "clarification"
    EVOLUTION = "evolution"
    CORRECTION = "correction"
    NEW_INFORMATION = "new_information"
    JOKE = "joke"
    DENIAL = "denial"


NO_INNOCENT_READING = "none found"
"""What a ruling says when an innocent reading was looked for and none was found."""

_HEX_DIGITS = "0123456789abcdef"
_SLUG_LENGTH = 100


def is_hash(value: str) -> bool:
    """Tell whether the value has the shape of an event's id: 32 lower-case hex digits."""
    return len(value) == 32 and not value.strip(_HEX_DIGITS)


@lru_cache(maxsize=65_536)
def is_slug(value: str) -> bool:
    """Tell whether the value can be the permanent id of a speaker or topic: lower-case words joined by hyphens."""
    return (
        0 < len(value) <= _SLUG_LENGTH and value == value.lower() and all(word.isalnum() for word in value.split("-"))
    )


def slugify(name: str) -> str:
    """Return the slug for a name: accents of Latin letters dropped, other scripts kept, words joined by hyphens.

    >>> slugify("Sarah Huckabee Sanders")
    'sarah-huckabee-sanders'
    >>> slugify("José Müller-Söhne")
    'jose-muller-sohne'

    Nothing is left of a name without letters or digits: the result is then empty, and no slug.
    """
    kept: list[str] = []
    for char in unicodedata.normalize("NFKD", name.replace("ß", "ss")):
        if not (unicodedata.combining(char) and kept and kept[-1].isascii()):
            kept.append(char)
    words = unicodedata.normalize("NFC", "".join(kept)).lower()
    return "-".join("".join(c if c.isalnum() else " " for c in words).split())[:_SLUG_LENGTH].strip("-")
