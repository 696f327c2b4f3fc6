"""The store: a log of events that only grows, and what it says today. Importing this imports no pandas."""

from flipflop.store.backup import Restored, restore
from flipflop.store.model import Appended, Exported, Finding, Located, Recorded, Skipped, Stamp
from flipflop.store.seal import Seal, read_seals
from flipflop.store.store import DEFAULT_PATH, Store

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
    "Stamp",
    "Store",
    "read_seals",
    "restore",
]
