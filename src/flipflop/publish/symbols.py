"""The shapes of a drawing, each around the point where it stands; and the small drawings of legend and table."""

from __future__ import annotations

from typing import Final

SHAPES: Final = {
    "strongly_support": "M0-8 2.2-1 7.5 6H-7.5L-2.2-1Z",
    "support": "M0-7 7.5 6H-7.5Z",
    "mixed": "M0-7.5 7.5 0 0 7.5-7.5 0Z",
    "oppose": "M0 7 7.5-6H-7.5Z",
    "strongly_oppose": "M0 8 2.2 1 7.5-6H-7.5L-2.2 1Z",
    "unclear": "M-5.5 0A5.5 5.5 0 1 0 5.5 0 5.5 5.5 0 1 0-5.5 0Z",
    "disputed": "M-3.5-7 0-3.5 3.5-7 7-3.5 3.5 0 7 3.5 3.5 7 0 3.5-3.5 7-7 3.5-3.5 0-7-3.5Z",
}
"""An SVG path for every way a mark can look, about 15 px wide."""
_UNKNOWN: Final = "unclear"
_MARK_RULES: Final = (
    ".mark path{fill:currentColor;stroke:currentColor;stroke-width:1.2}.mark.hollow path{fill:none;stroke-width:2.2}"
)


def look_class(look: str) -> str:
    """Return the class that gives a mark its colour."""
    return f"look-{(look if look in SHAPES else _UNKNOWN).replace('_', '-')}"


def symbol_rules() -> str:
    """Return the style rules of the small drawings: every look in its colour, by the variable of its name."""
    looks = "".join(f".{look_class(look)}{{color:var(--{look.replace('_', '-')})}}" for look in SHAPES)
    return f"{looks}\n{_MARK_RULES}\n"


def shape_of(look: str) -> str:
    """Return the path of a mark; a stance of no known name is drawn as an unclear one."""
    return SHAPES.get(look, SHAPES[_UNKNOWN])


def stance_symbol(look: str, *, hollow: bool = False) -> str:
    """Return the mark of a stance, in its colour; hollow where the words are not the speaker's own."""
    classes = f"mark {look_class(look)}{' hollow' if hollow else ''}"
    return f'<svg class="{classes}" viewBox="-9 -9 18 18" aria-hidden="true"><path d="{shape_of(look)}"/></svg>'


def line_symbol(look: str) -> str:
    """Return the line of a change, as the figure draws it."""
    line = '<path d="M1 8H31"/>'
    return f'<svg class="line line-{look}" viewBox="0 0 32 16" aria-hidden="true">{line}</svg>'


def hatch_symbol() -> str:
    """Return the hatched field of a statement on record while another's position changed."""
    lines = '<path d="M1 2H31V14H1Z" stroke-dasharray="4 3"/><path d="M3 14 13 2M11 14 21 2M19 14 29 2"/>'
    return f'<svg class="line line-standing" viewBox="0 0 32 16" aria-hidden="true" fill="none">{lines}</svg>'
