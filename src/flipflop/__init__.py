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
        DuplicateError as DuplicateError,
        FlipflopError as FlipflopError,
        MissingExtraError as MissingExtraError,
        Problem as Problem,
        StoreError as StoreError,
        WhenError as WhenError,
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
        Coding as Coding,
        Correction as Correction,
        Degree as Degree,
        Event as Event,
        Explanation as Explanation,
        Form as Form,
        Outcome as Outcome,
        Redaction as Redaction,
        Reply as Reply,
        Retraction as Retraction,
        Ruling as Ruling,
        Source as Source,
        Speaker as Speaker,
        SpeakerKind as SpeakerKind,
        SpeaksFor as SpeaksFor,
        Stance as Stance,
        Statement as Statement,
        Topic as Topic,
        TopicKind as TopicKind,
        from_json as from_json,
        slugify as slugify,
        to_json as to_json,
    )
    from flipflop.store import Store as Store
    from flipflop.text import read_events as read_events, write_events as write_events
    from flipflop.when import Precision as Precision, When as When

_HOME = {
    "find_conflicts": "detect",
    "find_reversals": "detect",
    "DataError": "errors",
    "DuplicateError": "errors",
    "FlipflopError": "errors",
    "MissingExtraError": "errors",
    "Problem": "errors",
    "StoreError": "errors",
    "WhenError": "errors",
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
    "Degree": "records",
    "Explanation": "records",
    "Form": "records",
    "Outcome": "records",
    "SpeakerKind": "records",
    "Stance": "records",
    "TopicKind": "records",
    "Coding": "records",
    "Correction": "records",
    "Event": "records",
    "Redaction": "records",
    "Reply": "records",
    "Retraction": "records",
    "Ruling": "records",
    "Source": "records",
    "Speaker": "records",
    "SpeaksFor": "records",
    "Statement": "records",
    "Topic": "records",
    "from_json": "records",
    "slugify": "records",
    "to_json": "records",
    "Store": "store",
    "read_events": "text",
    "write_events": "text",
    "Precision": "when",
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
