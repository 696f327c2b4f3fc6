"""The shapes of the figure as small drawings, for the legend and the table."""

from __future__ import annotations

from typing import Final

_SHAPES: Final = {
    "strongly_support": '<path d="M8 1 10 9 15 14H1L6 9Z"/>',
    "support": '<path d="M8 2 15 14H1Z"/>',
    "mixed": '<path d="M8 1 15 8 8 15 1 8Z"/>',
    "oppose": '<path d="M8 14 15 2H1Z"/>',
    "strongly_oppose": '<path d="M8 15 10 7 15 2H1L6 7Z"/>',
    "unclear": '<circle cx="8" cy="8" r="5.5"/>',
    "disputed": '<path d="M4 1 8 5 12 1 15 4 11 8 15 12 12 15 8 11 4 15 1 12 5 8 1 4Z"/>',
}
_DASHES: Final = {"change": "", "half": "6 4", "unknown": "2 3", "same": "1 3", "dismissed": "1 4", "steps": ""}


def stance_symbol(look: str, *, hollow: bool = False) -> str:
    """Return the mark of a stance, in its colour; hollow where the words are not the speaker's own."""
    shape = _SHAPES.get(look, _SHAPES["unclear"])
    fill = ' fill="none" stroke="currentColor" stroke-width="2"' if hollow else ' fill="currentColor"'
    name = (look if look in _SHAPES else "unclear").replace("_", "-")
    return f'<svg class="mark look-{name}" viewBox="0 0 16 16" aria-hidden="true"{fill}>{shape}</svg>'


def line_symbol(look: str) -> str:
    """Return the line of a change, as the figure draws it."""
    width = "1.6" if look in ("steps", "same", "dismissed") else "2.6"
    kind = "steps" if look == "steps" else "change"
    line = f'<path d="M1 8H31" fill="none" stroke-width="{width}" stroke-dasharray="{_DASHES[look]}"/>'
    return f'<svg class="line line-{kind}" viewBox="0 0 32 16" aria-hidden="true">{line}</svg>'


def hatch_symbol() -> str:
    """Return the hatched field of a statement left standing."""
    lines = '<path d="M1 2H31V14H1Z" stroke-dasharray="4 3"/><path d="M3 14 13 2M11 14 21 2M19 14 29 2"/>'
    return f'<svg class="line line-standing" viewBox="0 0 32 16" aria-hidden="true" fill="none">{lines}</svg>'
