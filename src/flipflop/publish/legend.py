"""What a drawing of a block needs explained: only what it shows, in one order. Writes it for a page and for a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flipflop.figures.geometry import LETTER
from flipflop.figures.theme import LINES
from flipflop.figures.traces import ARC_LOOKS, arc_look
from flipflop.publish.markup import attribute, drawn_text, element, shape
from flipflop.publish.symbols import hatch_symbol, line_symbol, look_class, shape_of, stance_symbol
from flipflop.text.positions import LOOKS, stance_word
from flipflop.text.rulings import pair_label

if TYPE_CHECKING:
    from flipflop.figures.data import Block

ROW: Final = 24
"""Height of a row of a drawn legend."""
_SYMBOL: Final = 40
_GAP: Final = 18


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One meaning: the group of elements that have it, its words, and whether it is a stance or a kind of line."""

    group: str
    words: str
    stance: bool = False


def entries(block: Block) -> list[LegendEntry]:
    """Return what a block shows: stances, steps, kinds of pairs, what was on record, accounts that differ."""
    shown = {mark.look for mark in block.marks}
    arcs = {arc_look(arc) for arc in block.arcs}
    found = [LegendEntry(look, stance_word(look, block.topic_kind), True) for look in LOOKS if look in shown]
    found += [LegendEntry("step", LINES["steps"].words)] if block.steps else []
    found += [LegendEntry(f"arc-{look}", _words(block, look)) for look in ARC_LOOKS if look in arcs]
    found += [LegendEntry("standing", LINES["stranded"].words)] if block.stranded else []
    return found + ([LegendEntry("join", LINES["joins"].words)] if block.joins else [])


def _words(block: Block, look: str) -> str:
    """Return what a kind of line means; of rulings that are held back the reason, where all have the same."""
    rulings = {arc.ruling for arc in block.arcs if arc_look(arc) == look}
    return pair_label("", rulings.pop()) if look == "again" and len(rulings) == 1 else ARC_LOOKS[look].words


def legend(block: Block) -> str:
    """Return the legend of a page: buttons that hide and show, once a script makes them do so."""
    buttons = (
        element("button", _symbol(entry) + attribute(entry.words), type="button", aria_pressed="true",
                data_group=entry.group)
        for entry in entries(block)
    )  # fmt: skip
    return element("div", "".join(buttons), class_="legend", role="group", aria_label="Show or hide")


def _symbol(entry: LegendEntry) -> str:
    if entry.stance:
        return stance_symbol(entry.group)
    return hatch_symbol() if entry.group == "standing" else line_symbol(entry.group)


def drawn_legend(block: Block, x: int, y: int, width: int) -> tuple[str, int]:
    """Return the legend as a drawing from a corner on, wrapped to a width, and its height."""
    parts, left, top = [], 0, 0
    for entry in entries(block):
        wide = int(_SYMBOL / (2 if entry.stance else 1) + len(entry.words) * LETTER * 1.05) + _GAP
        if left and left + wide > width:
            left, top = 0, top + ROW
        parts.append(_drawn(entry, x + left, y + top + ROW // 2))
        left += wide
    return "".join(parts), top + ROW if parts else 0


def _drawn(entry: LegendEntry, x: int, y: int) -> str:
    if entry.stance:
        symbol, words = shape("path", class_=f"m {look_class(entry.group)}", d=shape_of(entry.group),
                              transform=f"translate({x + 8} {y})"), x + 22  # fmt: skip
    elif entry.group == "standing":
        symbol, words = shape("rect", class_="field", x=str(x), y=str(y - 7), width="30", height="14"), x + 38
    else:
        kind = f"arc {entry.group}" if entry.group.startswith("arc-") else entry.group
        symbol, words = shape("line", class_=kind, x1=str(x), x2=str(x + 30), y1=str(y), y2=str(y)), x + 38
    return symbol + element("text", drawn_text(entry.words), x=str(words), y=str(y + 4))
