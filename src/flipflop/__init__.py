"""flipflop: who said what and when, what contradicts it, and the timeline of it.

Every public name is imported at its first use, so that ``import flipflop`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from flipflop.detect import find_conflicts, find_reversals
    from flipflop.errors import (
        DataError,
        DuplicateError,
        FlipflopError,
        MissingExtraError,
        Problem,
        StoreError,
        WhenError,
    )
    from flipflop.figures import timeline
    from flipflop.frames import positions
    from flipflop.publish import write_page
    from flipflop.records import (
        Coding,
        Correction,
        Event,
        Redaction,
        Reply,
        Retraction,
        Ruling,
        Source,
        Speaker,
        SpeaksFor,
        Statement,
        Topic,
        from_json,
        slugify,
        to_json,
    )
    from flipflop.store import Store
    from flipflop.text import read_events, write_events
    from flipflop.when import Precision, When

_HOMES = {
    "flipflop.detect": ("find_conflicts", "find_reversals"),
    "flipflop.errors": (
        "DataError",
        "DuplicateError",
        "FlipflopError",
        "MissingExtraError",
        "Problem",
        "StoreError",
        "WhenError",
    ),
    "flipflop.figures": ("timeline",),
    "flipflop.frames": ("positions",),
    "flipflop.publish": ("write_page",),
    "flipflop.records": (
        "Coding",
        "Correction",
        "Event",
        "Redaction",
        "Reply",
        "Retraction",
        "Ruling",
        "Source",
        "Speaker",
        "SpeaksFor",
        "Statement",
        "Topic",
        "from_json",
        "slugify",
        "to_json",
    ),
    "flipflop.store": ("Store",),
    "flipflop.text": ("read_events", "write_events"),
    "flipflop.when": ("Precision", "When"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [  # noqa: PLE0604 -- the table above is the one list of public names
    "__version__",
    *_HOME,
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'flipflop' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
