"""flipflop: who said what and when, what contradicts it, and the timeline of it.

Every public name is imported at its first use, so that ``import flipflop`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from flipflop.detect import find_conflicts as find_conflicts, find_reversals as find_reversals
    from flipflop.errors import (
        DataError as DataError,
        FlipflopError as FlipflopError,
        StoreError as StoreError,
    )
    from flipflop.figures import (
        card as card,
        latency as latency,
        matrix as matrix,
        switches as switches,
        timeline as timeline,
    )
    from flipflop.frames import positions as positions
    from flipflop.ingest import import_events as import_events
    from flipflop.publish import (
        publish_site as publish_site,
        write_card as write_card,
        write_page as write_page,
        write_sheet as write_sheet,
    )
    from flipflop.records import (
        Answer as Answer,
        Capture as Capture,
        Citation as Citation,
        Coding as Coding,
        Correction as Correction,
        Outcome as Outcome,
        Redaction as Redaction,
        Reply as Reply,
        Retraction as Retraction,
        Role as Role,
        Ruling as Ruling,
        Search as Search,
        Source as Source,
        Speaker as Speaker,
        SpeaksFor as SpeaksFor,
        Stance as Stance,
        Statement as Statement,
        Topic as Topic,
    )
    from flipflop.store import Store as Store
    from flipflop.text import read_events as read_events, write_events as write_events
    from flipflop.when import When as When

_HOME = {
    "find_conflicts": "detect",
    "find_reversals": "detect",
    "DataError": "errors",
    "FlipflopError": "errors",
    "StoreError": "errors",
    "card": "figures",
    "latency": "figures",
    "matrix": "figures",
    "switches": "figures",
    "timeline": "figures",
    "positions": "frames",
    "import_events": "ingest",
    "publish_site": "publish",
    "write_card": "publish",
    "write_page": "publish",
    "write_sheet": "publish",
    "Outcome": "records",
    "Stance": "records",
    "Answer": "records",
    "Capture": "records",
    "Citation": "records",
    "Coding": "records",
    "Correction": "records",
    "Redaction": "records",
    "Reply": "records",
    "Retraction": "records",
    "Role": "records",
    "Ruling": "records",
    "Search": "records",
    "Source": "records",
    "Speaker": "records",
    "SpeaksFor": "records",
    "Statement": "records",
    "Topic": "records",
    "Store": "store",
    "read_events": "text",
    "write_events": "text",
    "When": "when",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'flipflop' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"flipflop.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(["__version__", *_HOME])
