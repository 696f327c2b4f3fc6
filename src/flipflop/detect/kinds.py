"""The closed sets of words that detection uses. Imports neither pandas nor numpy."""

from __future__ import annotations

from enum import StrEnum

from flipflop.records.words import Degree

DETECTOR = "flipflop/2"
"""Which rules found a row; the number grows whenever the same positions could give other rows."""


class ReversalKind(StrEnum):
    """What a pair of positions of one speaker on one topic shows."""

    REVERSAL = "reversal"
    RESTORATION = "restoration"
    WALK_BACK = "walk_back"
    UNDETERMINED = "undetermined"
    REAFFIRMATION = "reaffirmation"
    SOFTENING = "softening"
    HARDENING = "hardening"
    COMMITMENT = "commitment"
    RESCOPING = "rescoping"
    OTHER_MANDATE = "other_mandate"


class ConflictKind(StrEnum):
    """What a pair of positions of two speakers on one topic shows."""

    STRANDED_SURROGATE = "stranded_surrogate"
    UNDERCUT = "undercut"
    OFF_MESSAGE = "off_message"
    CONFLICTING_ACCOUNTS = "conflicting_accounts"
    DIFFERENT_VOICE = "different_voice"
    AHEAD = "ahead"


class Order(StrEnum):
    """Whether the earlier moment has surely closed before the later one begins."""

    CERTAIN = "certain"
    UNKNOWN = "unknown"


DEFAULT_KINDS = (
    ReversalKind.REVERSAL,
    ReversalKind.RESTORATION,
    ReversalKind.WALK_BACK,
    ReversalKind.UNDETERMINED,
)
"""What ``find_reversals`` looks for when nothing is asked for."""

DEGREES: dict[ReversalKind, Degree | None] = {
    ReversalKind.REVERSAL: Degree.FULL_FLOP,
    ReversalKind.RESTORATION: Degree.FULL_FLOP,
    ReversalKind.WALK_BACK: Degree.HALF_FLIP,
    ReversalKind.UNDETERMINED: None,
    ReversalKind.REAFFIRMATION: Degree.NO_FLIP,
    ReversalKind.SOFTENING: Degree.NO_FLIP,
    ReversalKind.HARDENING: Degree.NO_FLIP,
    ReversalKind.COMMITMENT: Degree.NO_FLIP,
    ReversalKind.RESCOPING: None,
    ReversalKind.OTHER_MANDATE: None,
}
