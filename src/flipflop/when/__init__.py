"""Moments: what people type, as intervals, and how they are told again. Knows nothing of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.when.moment import Precision, When

if TYPE_CHECKING:
    from flipflop.when.finding import find
    from flipflop.when.gap_words import gap_between
    from flipflop.when.telling import Moment, moment_words

__all__ = ["Moment", "Precision", "When", "find", "gap_between", "moment_words"]

_LATER = {"find": "finding", "gap_between": "gap_words", "Moment": "telling", "moment_words": "telling"}


def __getattr__(name: str) -> object:
    """Load what makes words when it is first asked for: recording a statement needs none of it."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"flipflop.when.{_LATER[name]}"), name)
