"""Changes, conflicts and what was ruled on them, in plain words. Nobody is said to have changed but as it was ruled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.records.words import NO_INNOCENT_READING
from flipflop.text.sources import NONE_RECORDED

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.records import Answer, Ruling
    from flipflop.when.gap_words import Gap

KINDS: Final = {
    "reversal": "changed position",
    "restoration": "changed position again",
    "walk_back": "moved to a mixed position",
    "undetermined": "opposite positions, order open",
    "reaffirmation": "same side again",
    "softening": "same side, less strongly",
    "hardening": "same side, more strongly",
    "commitment": "took a side",
    "rescoping": "same side, with another condition",
    "other_mandate": "showed the opposite on another's behalf",
    "stranded_surrogate": "on record while another changed position",
    "undercut": "another showed the opposite later",
    "off_message": "differs from another's position",
    "ahead": "differs from another's position of then",
    "conflicting_accounts": "accounts that differ",
    "different_voice": "one body, opposite positions",
}
"""What happened, for each kind of finding, in as few words as a button or a list has room for."""
_LABELS: Final = {
    "reversal": "candidate reversal",
    "restoration": "candidate reversal",
    "walk_back": "candidate half turn",
    "undetermined": "order unknown",
    "reaffirmation": "same side again",
    "softening": "same side",
    "hardening": "same side",
    "commitment": "a first side",
    "rescoping": "same side",
    "other_mandate": "another mandate",
}
SEVERAL: Final = {label: f"{label}s" for label in _LABELS.values() if label.startswith("candidate")}
"""What several changes of one standing are called, where that is not the same."""
OUTCOMES: Final = {
    "reversal": "change of position",
    "no_reversal": "no change of position",
    "changed_circumstances": "changed circumstances, no change of position",
    "not_comparable": "not comparable, no change of position",
    "conflict": "conflict of two positions",
    "no_conflict": "no conflict of two positions",
}
"""What a ruling says, in words."""
RULED_NONE: Final = ("no_reversal", "changed_circumstances", "not_comparable")
"""Outcomes by which a pair is no change of position: it stays in view, but nobody calls it one."""
DEGREES: Final = {
    "full_flop": "from one side to the other",
    "half_flip": "from a side to a mixed position, or back",
    "no_flip": "no change of side",
}
EXPLANATIONS: Final = {
    "acknowledged": "the speaker acknowledged the change",
    "external_event": "something had happened in between",
    "none_found": "looked for, none found",
    "denied": "the speaker denies a change",
}
NO_CONFLICT: Final = ("no_conflict", "not_comparable")
"""Outcomes by which a pair of two speakers is shown as a conflict nowhere."""
_READING: Final = "Innocent reading: "
_CONFLICTS: Final = {
    "stranded_surrogate": "{name} is on record {side}; {other} changed position afterwards",
    "undercut": "{name} is on record {side}; {other} showed the opposite later",
    "off_message": "What {name} said differs from the position that {other} had shown",
    "ahead": "What {name} said differs from the position that {other} had shown, and {other} took that side later",
    "conflicting_accounts": "The accounts of {name} and {other} differ",
    "different_voice": "{name} and {other} speak for the same body and show opposite positions",
}


def counts_as_change(kind: str, ruling: str = "") -> bool:
    """Tell whether a row counts as a change of position, in every list, page and figure.

    What was ruled to be one does, of whatever kind; where nobody has ruled, a flip from one side to the other does, as
    a candidate. Changed circumstances are never counted.
    """
    return ruling == "reversal" or (not ruling and kind in ("reversal", "restoration"))


def change_words(kind: str, gap: Gap, ruling: str = "") -> str:
    """Return what happened, as in "changed position within 12 h 55 min"; no change where it was ruled to be none."""
    if ruling in RULED_NONE:
        return f"made two statements, {gap.words} apart"
    if kind == "undetermined":
        return f"showed opposite positions, in an order that the dates leave open, {gap.joined}"
    return f"{KINDS.get(kind, kind.replace('_', ' '))}{',' if kind in ('softening', 'hardening') else ''} {gap.joined}"


def change_label(kind: str, ruling: str) -> str:
    """Return the standing of a change: a candidate until somebody has ruled, then what was ruled."""
    return f"ruled: {outcome_words(ruling, kind)}" if ruling else _LABELS.get(kind, kind.replace("_", " "))


def outcome_words(outcome: str, kind: str = "") -> str:
    """Return what was ruled of a pair of that kind, in words."""
    if outcome == "reversal" and kind == "walk_back":
        return "half turn"
    return OUTCOMES.get(outcome, outcome.replace("_", " "))


def conflict_words(kind: str, name: str, other: str, side: str) -> str:
    """Return what stands against what, without a culprit."""
    if kind not in _CONFLICTS:
        return f"{kind.replace('_', ' ')}: {name} and {other}"
    return _CONFLICTS[kind].format(name=name, other=other, side=side)


def innocent_words(reading: str, shown: Callable[[str], str] = str) -> str:
    """Return the kindest reading that was found, or that none was, as a sentence."""
    return "No innocent reading was found." if none_found(reading) else f"{_READING}{shown(reading)}"


def none_found(reading: str) -> bool:
    """Tell whether a reading says that none was found, as people type it."""
    return reading.strip().rstrip(".").casefold() in ("", NO_INNOCENT_READING)


def reading_words(reading: str, shown: Callable[[str], str] = str) -> str:
    """Return the same where a heading says already that it is the innocent reading."""
    return innocent_words(reading, shown).removeprefix(_READING)


def explained(ruling: Ruling, kind: str = "") -> str:
    """Return what was ruled and how far it goes, as in "change of position, from one side to the other"."""
    degree = f", {DEGREES[ruling.degree]}" if ruling.degree and ruling.outcome == "reversal" else ""
    return f"{outcome_words(ruling.outcome, kind)}{degree}"


def reply_words(reply: Answer | None, shown: Callable[[str], str] = str) -> str:
    """Return what the speaker answered, or that nothing came, or that nobody noted whether it was asked."""
    if reply is None:
        return f"{NONE_RECORDED}, nor that one was asked for"
    return shown(reply.text) if reply.text else "asked for, none came"


def ruling_note(by: str, reading: str, note: str | None, reply: str | None, shown: Callable[[str], str] = str) -> str:
    """Return what stands beside a change on which somebody has ruled: innocent reading, who, remark, reply.

    ``shown`` makes of a text of the record what it must be where it stands.
    """
    innocent = innocent_words(unclosed(reading), shown).removesuffix(".")
    more = [shown(note) if note else "", f"Reply: {shown(reply)}" if reply else ""]
    return " ".join([f"{innocent} (ruled by {shown(by)}).", *(words for words in more if words)])


def unclosed(sentence: str) -> str:
    """Return a sentence without its full stop, for more follows in it; three dots stay."""
    return sentence if sentence.endswith("..") else sentence.removesuffix(".")
