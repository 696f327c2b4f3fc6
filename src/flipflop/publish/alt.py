"""What a timeline shows, in plain sentences: for those who cannot see it, and where a picture stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.text.numbers import counted
from flipflop.text.visible import leading

if TYPE_CHECKING:
    from flipflop.figures.data import Arc, Block, FigureData

_MOST: Final = 8
"""So many findings of a kind are told; nobody listens to more."""


def alt_text(data: FigureData) -> str:
    """Return what a figure shows, block by block, as plain text: coverage, pairs, who was on record meanwhile."""
    if not data.blocks:
        return "Timeline: no statement in this record."
    return " ".join(block_alt(block) for block in data.blocks)


def block_alt(block: Block) -> str:
    """Return what a block shows. It says no more than the record: pairs, their gap, how they stand; eight at most."""
    people = counted(len({mark.speaker for mark in block.marks}), "speaker")
    what = f"Timeline: {_sentence(block.heading)} {block.coverage}, {people}."
    changes = [_change(block, arc) for arc in block.arcs[:_MOST]] or ["No change of position in this record."]
    standing = [f"{leading(block.names[item.speaker])}: {item.note}." for item in block.stranded[:_MOST]]
    return " ".join([what, *changes, *_more(len(block.arcs), "pairs"), *standing,
                     *_more(len(block.stranded), "on record when somebody else changed position")])  # fmt: skip


def _more(count: int, words: str) -> list[str]:
    return [f"And {count - _MOST} more {words}."] if count > _MOST else []


def _change(block: Block, arc: Arc) -> str:
    by_key = {mark.key: mark for mark in block.marks}
    between = " and " if arc.kind == "undetermined" else ", then "
    pair = between.join(f"{mark.word}, {mark.when}" for mark in (by_key[key] for key in arc.keys))
    return f"{leading(block.names[arc.speaker])} {arc.sentence}: {pair}."


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
