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
    "reversal": "opposite sides",
    "restoration": "opposite sides, once more",
    "walk_back": "a side, then a mixed position",
    "undetermined": "opposite sides, order open",
    "reaffirmation": "same side again",
    "softening": "same side, less strongly",
    "hardening": "same side, more strongly",
    "commitment": "no side, then one",
    "rescoping": "same side, with another condition",
    "other_mandate": "opposite sides, under different mandates",
    "stranded_surrogate": "same side as another, who showed the opposite later",
    "undercut": "one side, before another showed the opposite",
    "off_message": "a side, while another's was the opposite",
    "ahead": "a side that a later statement of another is on",
    "conflicting_accounts": "accounts that differ",
    "different_voice": "one body, opposite sides",
}
"""What the statements of each kind of pair show, in as few words as a button has room for; no more than the record."""
DIFFER: Final = "two statements that differ"
_PAIRS: Final = {
    "reaffirmation": "two statements on the same side",
    "softening": "two statements on the same side, the later one less firm",
    "hardening": "two statements on the same side, the later one firmer",
    "commitment": "two statements, the later one on a side",
    "rescoping": "two statements on the same side, under different conditions",
    "other_mandate": f"{DIFFER}, made under different mandates",
}
"""What a pair of one speaker is called before a person has ruled on it, where it does not just differ."""
_CHANGED: Final = {
    "walk_back": "moved to a mixed position",
    "undetermined": "changed position, in an order that the dates leave open,",
}
"""What happened where a person has ruled that it did."""
AGAIN: Final = "again"
"""Stands for a ruling that pages hold back, for what it was made on was corrected or joined by something new."""
INCOMPLETE: Final = "incomplete"
"""Stands for a ruling that a site does not take over, for something that it asks for is missing."""
OUR_WORDS: Final = "our_words"
"""Stands for a ruling that a site does not take over, for one of the statements is a paraphrase."""
MOVED: Final = "moved"
"""Stands for a ruling on a pair that is none as the record stands: another pair is ruled, or an end was set aside."""
UNJUDGED: Final = {
    "": "nobody has judged them yet",
    AGAIN: "what was ruled on them waits for another look",
    MOVED: "what was ruled on them does not count as the record stands now",
    OUR_WORDS: "one is a paraphrase, and a change of position rests on the speaker's own words",
    INCOMPLETE: "what this site asks for before it says more of them is not complete",
}
"""How a pair stands of which no ruling is told: then no page says more than that it is there."""
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
FRAMINGS: Final = {
    "clarification": "a clarification",
    "evolution": "an evolution",
    "correction": "a correction",
    "new_information": "new information",
    "joke": "a joke",
    "denial": "no change at all",
}
"""What the speaker called it."""
NO_CONFLICT: Final = ("no_conflict", "not_comparable")
"""Outcomes by which a pair of two speakers is shown as a conflict nowhere."""
_READING: Final = "Innocent reading: "
_CONFLICTS: Final = {
    "stranded_surrogate": "{name} is on record {side}; {other} changed position afterwards",
    "undercut": "{name} is on record {side}; {other} showed the opposite later",
    "off_message": "What {name} said differs from the position that {other} had shown",
    "ahead": "What {name} said differs from the position that {other} had shown; "
    "a later statement of {other} in this record is on that side",
    "conflicting_accounts": "The accounts of {name} and {other} differ",
    "different_voice": "{name} and {other} speak for the same body and show opposite positions",
}


def counts_as_change(ruling: str) -> bool:
    """Tell whether a pair counts as a change of position, in every list, page and figure: where a person ruled so."""
    return ruling == "reversal"


def change_words(kind: str, gap: Gap, ruling: str = "") -> str:
    """Return what one speaker did, as in "changed position within 12 h 55 min".

    That needs a ruling: until then it is "made, 12 h 55 min apart, two statements that differ".
    """
    if ruling in UNJUDGED:
        order = ", in an order that the dates leave open" if kind == "undetermined" else ""
        return f"made, {gap.words} apart{order}, {_PAIRS.get(kind, DIFFER)}"
    if ruling in RULED_NONE:
        return f"made two statements, {gap.words} apart"
    return f"{_CHANGED.get(kind, 'changed position')} {gap.joined}"


def change_label(kind: str, ruling: str) -> str:
    """Return how a pair stands, as in "ruled: change of position", or that nobody has judged it."""
    return UNJUDGED[ruling] if ruling in UNJUDGED else f"ruled: {outcome_words(ruling, kind)}"


def change_sentence(kind: str, gap: Gap, ruling: str = "") -> str:
    """Return what one speaker did and how the pair stands."""
    words, label = change_words(kind, gap, ruling), change_label(kind, ruling)
    return f"{words}; {label}" if ruling in UNJUDGED else f"{words} ({label})"


def pair_label(kind: str, ruling: str) -> str:
    """Return how a pair stands where nothing else is told of it: what it is until somebody has ruled, then what was."""
    label = change_label(kind, ruling)
    return f"{_PAIRS.get(kind, DIFFER)}; {label}" if ruling in UNJUDGED else label


def outcome_words(outcome: str, kind: str = "") -> str:
    """Return what was ruled of a pair of that kind, in words."""
    if outcome == "reversal" and kind == "walk_back":
        return "half turn"
    return OUTCOMES.get(outcome, outcome.replace("_", " "))


def conflict_words(kind: str, name: str, other: str, side: str, ruling: str = "") -> str:
    """Return what stands against what, without a culprit; until a person has ruled, that two statements differ."""
    if ruling in UNJUDGED:
        return f"{name} and {other}: {pair_label(kind, ruling)}"
    words = _CONFLICTS.get(kind, "{name} and {other} differ").format(name=name, other=other, side=side)
    return f"{words} ({change_label(kind, ruling)})"


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


def explanation_words(ruling: Ruling) -> str:
    """Return what explains it, as a fact only where it has its source; "" where the ruling says nothing.

    That none was found is the editor's own finding, and has no source.
    """
    if ruling.explanation is None:
        return ""
    told = EXPLANATIONS[ruling.explanation]
    sourced = ruling.explanation_source is not None or ruling.explanation == "none_found"
    return told if sourced else f"the editor says that {told}; no source for that is recorded"


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
