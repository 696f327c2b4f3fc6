"""The two clocks at the door of a store: now, and moments as callers give them, in microseconds since 1970, UTC."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TypeAlias

from flipflop.errors import DataError
from flipflop.store.sql.columns import micros

Moment: TypeAlias = "datetime | str"
"""An aware datetime, or ISO 8601 text with an offset."""


def now() -> int:
    """Return what the machine's clock says."""
    return time.time_ns() // 1000


def given(moment: Moment) -> int:
    """Return a moment that a caller gives. Raises DataError where it is none, or has no zone."""
    try:
        at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise DataError(f"{moment!r} is no moment with a zone, such as 2017-07-09T11:50:24Z")
    return micros(at)


def optional(moment: Moment | None) -> int | None:
    """Return the same, None for None."""
    return None if moment is None else given(moment)
