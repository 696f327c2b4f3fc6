"""What stands beside a change on which somebody has ruled: who, the innocent reading, the reply. Draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from flipflop.publish.markup import element, said
from flipflop.text.rulings import ruling_note

if TYPE_CHECKING:
    import pandas as pd

PairKey: TypeAlias = tuple[str, str, str]
Ruled: TypeAlias = dict[PairKey, str]
"""A note as markup for each pair (earlier, later, topic)."""

_COLUMNS = ["earlier", "later", "topic", "by", "innocent_reading", "note", "reply_text"]


def latest(rulings: pd.DataFrame) -> Ruled:
    """Return the note of the latest ruling of each pair."""
    from flipflop.frames import latest_rulings

    held = latest_rulings(rulings)[_COLUMNS]
    rows = held.astype(object).where(held.notna(), None)
    return {
        (earlier, later, topic): element("span", ruling_note(by, reading, note, reply, said), class_="note")
        for earlier, later, topic, by, reading, note, reply in rows.itertuples(index=False, name=None)
    }
