"""What a timeline shows, in plain sentences: for those who cannot see it, and where a picture stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flipflop.figures.data import Arc, Block, FigureData


def alt_text(data: FigureData) -> str:
    """Return what happened, block by block, as plain text: what is covered, changes, who was left standing."""
    if not data.blocks:
        return "Timeline: no statement in this record."
    return " ".join(block_alt(block) for block in data.blocks)


def block_alt(block: Block) -> str:
    """Return what a block shows. It says no more than the record: changes with their standing, and the gap."""
    people = len({mark.speaker for mark in block.marks})
    what = f"Timeline: {_sentence(block.heading)} {block.coverage}, {people} speaker{'s' if people != 1 else ''}."
    changes = [_change(block, arc) for arc in block.arcs]
    standing = [f"{block.names[item.speaker]}: {item.note}." for item in block.stranded]
    return " ".join([what, *(changes or ["No change of position in this record."]), *standing])


def _change(block: Block, arc: Arc) -> str:
    by_key = {mark.key: mark for mark in block.marks}
    pair = ", then ".join(f"{mark.word}, {mark.when}" for mark in (by_key[key] for key in arc.keys))
    return f"{block.names[arc.speaker]} {arc.sentence}: {pair}."


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
