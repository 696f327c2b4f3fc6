"""What a proposal of a statement holds. It is nobody's statement before a person has looked."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from flipflop.when import When


class ProposalKind(StrEnum):
    """What the words of a proposal are."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    TWEET = "tweet"
    QUESTION = "question"
    TITLE = "title"
    SCARE = "scare"
    HOLE = "hole"

    @property
    def is_statement(self) -> bool:
        """Whether somebody may have said it: the others are folded away, and a hole has no words."""
        return self in (ProposalKind.DIRECT, ProposalKind.MIXED, ProposalKind.INDIRECT, ProposalKind.TWEET)


class Confidence(StrEnum):
    """How sure the speaker is."""

    HIGH = "high"
    CHECK = "check"
    LOW = "low"


class DatedBy(StrEnum):
    """How the moment of a proposal is known."""

    CLAUSE = "clause"
    CARRIED = "carried"
    POST = "post"
    BOUND = "bound"


class Proposal(Struct, frozen=True):
    """Words that somebody may have said: ``quote == document.text[start:end]``.

    ``speaker`` is the fullest form of the name in the article, the words of it for nobody in particular ("a spokesman
    for the ministry"), empty where nobody is named. ``said`` is when, ``dated_by`` how that is known; None where
    nothing is. ``chain`` tells through whom it came, from the page on: pairs of what it is ("page", "outlet",
    "programme", "person") and its name. ``cue`` is where the word of speech stands. ``part_of`` are the offsets of the
    clause or block that holds a quotation. ``reason`` says in words why it was given to the speaker.
    """

    start: int
    end: int
    quote: str
    speaker: str
    kind: ProposalKind
    confidence: Confidence
    reason: str
    said: When | None = None
    dated_by: DatedBy | None = None
    chain: tuple[tuple[str, str], ...] = ()
    cue: tuple[int, int] | None = None
    part_of: tuple[int, int] | None = None
