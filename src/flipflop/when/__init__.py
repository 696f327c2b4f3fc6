"""Moments: what people type, as intervals, and how they are shown again. Knows nothing of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.when.moment import Precision, When

if TYPE_CHECKING:
    from flipflop.when.display import format_gap, format_moment, moment_words

__all__ = ["Precision", "When", "format_gap", "format_moment", "moment_words"]


def __getattr__(name: str) -> object:
    """Load the display functions when they are first asked for: recording a statement needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from flipflop.when import display

    return getattr(display, name)
