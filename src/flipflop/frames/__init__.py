"""Frames: what every table looks like, the positions that follow from statements and codings, the rulings that count.

Knows nothing of stores. pandas is imported only when one of these names is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flipflop.frames.combine import FrameSource, positions
    from flipflop.frames.contracts import CONTRACTS, conform, empty
    from flipflop.frames.rulings import latest_rulings

__all__ = ["CONTRACTS", "FrameSource", "conform", "empty", "latest_rulings", "positions"]

_HOMES = {
    "CONTRACTS": "flipflop.frames.contracts",
    "FrameSource": "flipflop.frames.combine",
    "conform": "flipflop.frames.contracts",
    "empty": "flipflop.frames.contracts",
    "latest_rulings": "flipflop.frames.rulings",
    "positions": "flipflop.frames.combine",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
