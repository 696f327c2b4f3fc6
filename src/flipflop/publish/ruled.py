"""What stands beside a change on which somebody has ruled: who, the innocent reading, the reply. Draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from flipflop.publish.markup import element, said
from flipflop.records.words import NO_INNOCENT_READING

if TYPE_CHECKING:
    import pandas as pd

Pair: TypeAlias = tuple[str, str, str]
Ruled: TypeAlias = dict[Pair, str]
"""A note as markup for each pair (earlier, later, topic)."""

_COLUMNS = ["earlier", "later", "topic", "by", "innocent_reading", "note", "reply_text"]


def latest(rulings: pd.DataFrame) -> Ruled:
    """Return the note of the latest ruling of each pair."""
    from flipflop.frames import latest_rulings

    held = latest_rulings(rulings)[_COLUMNS]
    rows = held.astype(object).where(held.notna(), None)
    return {
        (earlier, later, topic): _beside(by, reading, note, reply)
        for earlier, later, topic, by, reading, note, reply in rows.itertuples(index=False, name=None)
    }


def unclosed(sentence: str) -> str:
    """Return a sentence without its full stop, for more follows in it; three dots stay."""
    return sentence if sentence.endswith("..") else sentence.removesuffix(".")


def _beside(by: str, reading: str, note: str | None, reply: str | None) -> str:
    innocent = (
        "No innocent reading was found"
        if reading == NO_INNOCENT_READING
        else f"Innocent reading: {said(unclosed(reading))}"
    )
    remark = "" if note is None else f" {said(note)}"
    answer = "" if reply is None else f" Reply: {said(reply)}"
    return element("span", f"{innocent} (ruled by {said(by)}).{remark}{answer}", class_="note")
