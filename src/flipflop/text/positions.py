"""What a statement shows, in plain words. Knows nothing of intent, and says nothing of it."""

from __future__ import annotations

from typing import Final

LOOKS: Final = ("strongly_support", "support", "mixed", "oppose", "strongly_oppose", "unclear", "disputed")
"""Every way a mark can look, in the order of the legend: the stances, and the disputed ones."""

_PROPOSAL: Final = {
    "strongly_support": "strongly supports",
    "support": "supports",
    "mixed": "mixed",
    "oppose": "opposes",
    "strongly_oppose": "strongly opposes",
    "unclear": "unclear",
    "disputed": "coders disagree",
}
_ACCOUNT: Final = _PROPOSAL | {
    "strongly_support": "strongly affirms",
    "support": "affirms",
    "oppose": "denies",
    "strongly_oppose": "strongly denies",
}


def stance_word(look: str, topic_kind: str) -> str:
    """Return "supports", "denies" and so on; an account of what happened is affirmed or denied."""
    return (_ACCOUNT if topic_kind == "account" else _PROPOSAL).get(look, look.replace("_", " "))


def side_words(level: int, topic_kind: str) -> str:
    """Return "in support", "in opposition", "affirming it" or "denying it"; "with a mixed position" between."""
    if level == 0:
        return "with a mixed position"
    if topic_kind == "account":
        return "affirming it" if level > 0 else "denying it"
    return "in support" if level > 0 else "in opposition"


def standing_words(level: int, topic_kind: str, as_of: str) -> str:
    """Return the note on a statement on record while another changed position: a fact of this record, not of a person.

    Without ``as_of`` a later statement followed, and nothing is said of the record's end.
    """
    on_record = f"on record {side_words(level, topic_kind)}"
    return f"{on_record}; no later statement in this record as of {as_of}" if as_of else on_record


def aside_words(named: bool | None) -> str:
    """Return what stands beside the position of a statement that a ruling set aside; None is of one that none did.

    ``named``: the ruling says that it was a jest or a quotation.
    """
    if named is None:
        return ""
    return "set aside: ruled a jest or somebody else's words" if named else "set aside by a ruling"
