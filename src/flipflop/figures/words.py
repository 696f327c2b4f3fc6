"""What a page may say: plain words for stances and changes. Knows nothing of intent, and says nothing of it."""

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
_FORMS: Final = {"reported": "reported, not a quotation", "paraphrase": "paraphrase, not a quotation", "act": "an act"}
_CHANGES: Final = {
    "reversal": ("changed position within", "candidate reversal"),
    "restoration": ("changed position again within", "candidate reversal"),
    "walk_back": ("moved to a mixed position within", "candidate half turn"),
    "undetermined": ("showed opposite positions, in an order that the dates leave open, within", "order unknown"),
    "reaffirmation": ("same side again within", "same side again"),
    "softening": ("same side, less strongly, within", "same side"),
    "hardening": ("same side, more strongly, within", "same side"),
}
RULED_NONE: Final = ("no_reversal", "changed_circumstances", "not_comparable")
"""Outcomes by which a pair is no change of position: it stays in view, but nobody calls it one."""
_CONFLICTS: Final = {
    "stranded_surrogate": "{name} is on record {side}; {other} changed position afterwards",
    "undercut": "{name} is on record {side}; {other} showed the opposite later",
    "off_message": "What {name} said differs from the position that {other} had shown",
    "conflicting_accounts": "The accounts of {name} and {other} differ",
    "different_voice": "{name} and {other} speak for the same body and show opposite positions",
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


def form_words(form: str) -> str:
    """Return what a reader must know where the words are not the speaker's own; nothing for a quotation."""
    return _FORMS.get(form, "")


def change_words(kind: str, gap: str, ruling: str = "") -> str:
    """Return what happened, as in "changed position within 12 h 55 min"; no change where it was ruled to be none."""
    happened = _CHANGES.get(kind, (kind.replace("_", " ") + " within", ""))[0]
    return f"{'made two statements within' if ruling in RULED_NONE else happened} {gap.removeprefix('up to ')}"


def change_label(kind: str, ruling: str) -> str:
    """Return the standing of a change: a candidate until somebody has ruled, then what was ruled."""
    if ruling == "reversal" and kind == "walk_back":
        return "ruled: half turn"
    if ruling:
        return f"ruled: {ruling.replace('_', ' ')}"
    return _CHANGES.get(kind, ("", kind.replace("_", " ")))[1]


def conflict_words(kind: str, name: str, other: str, side: str) -> str:
    """Return what stands against what, without a culprit."""
    return _CONFLICTS.get(kind, f"{kind.replace('_', ' ')}: {{name}} and {{other}}").format(
        name=name, other=other, side=side
    )


def standing_words(level: int, topic_kind: str, as_of: str) -> str:
    """Return the note on a statement that was left standing: a fact about this record, never about the person.

    Without ``as_of`` a later statement followed, and nothing is said of the record's end.
    """
    on_record = f"on record {side_words(level, topic_kind)}"
    return f"{on_record}; no later statement in this record as of {as_of}" if as_of else on_record


def counted(number: int, thing: str) -> str:
    """Return "1 statement" or "2 statements"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
