"""What stands beside what somebody has ruled on: who, the innocent reading, the reply; what was set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from flipflop.publish.markup import element, said
from flipflop.text.positions import aside_words
from flipflop.text.rulings import ruling_note

if TYPE_CHECKING:
    import pandas as pd

PairKey: TypeAlias = tuple[str, str, str]


class Ruled(NamedTuple):
    """Notes as markup for each pair (earlier, later, topic), and for each statement and topic that was set aside."""

    notes: dict[PairKey, str]
    aside: dict[tuple[str, str], str]


NOTHING_RULED: Final = Ruled({}, {})

_COLUMNS = ["earlier", "later", "topic", "by", "innocent_reading", "note", "reply_text"]


def latest(rulings: pd.DataFrame) -> Ruled:
    """Return the note of the latest ruling of each pair, and what rulings set aside."""
    from flipflop.frames import latest_rulings
    from flipflop.frames.rulings import set_aside

    held = latest_rulings(rulings)[_COLUMNS]
    rows = held.astype(object).where(held.notna(), None)
    notes = {
        (earlier, later, topic): element("span", ruling_note(by, reading, note, reply, said), class_="note")
        for earlier, later, topic, by, reading, note, reply in rows.itertuples(index=False, name=None)
    }
    aside = {key: element("span", aside_words(named), class_="note") for key, named in set_aside(rulings).items()}
    return Ruled(notes, aside)
