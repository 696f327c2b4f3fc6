"""Detection: which positions a speaker later contradicted, and who contradicts whom. Frames in, frames out.

Knows nothing of stores. ``flipflop.detect.check`` and ``flipflop.detect.kinds`` need no pandas; the rest is imported
when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from flipflop.detect.kinds import DEFAULT_KINDS, DETECTOR, ConflictKind, Order, ReversalKind

if TYPE_CHECKING:
    from flipflop.detect.conflicts import find_conflicts
    from flipflop.detect.reversals import find_reversals

__all__ = ["DEFAULT_KINDS", "DETECTOR", "ConflictKind", "Order", "ReversalKind", "find_conflicts", "find_reversals"]

_HOMES = {"find_conflicts": "flipflop.detect.conflicts", "find_reversals": "flipflop.detect.reversals"}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
