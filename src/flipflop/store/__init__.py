"""The store: a log of events that only grows, and what it says today. Importing this imports no pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.store.model import Appended, Exported, Finding, Located, Recorded, Skipped, Skips, Stamp
from flipflop.store.store import DEFAULT_PATH, Store

if TYPE_CHECKING:
    from flipflop.store.log.seal import Seal, read_seals
    from flipflop.store.sqlite.restore import Restored, restore

__all__ = [
    "DEFAULT_PATH",
    "Appended",
    "Exported",
    "Finding",
    "Located",
    "Recorded",
    "Restored",
    "Seal",
    "Skipped",
    "Skips",
    "Stamp",
    "Store",
    "read_seals",
    "restore",
]

_LATER = {"Restored": "sqlite.restore", "restore": "sqlite.restore", "Seal": "log.seal", "read_seals": "log.seal"}
"""What few programs need, and the module that it is imported from at its first use."""


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module 'flipflop.store' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"flipflop.store.{_LATER[name]}"), name)
    return value
