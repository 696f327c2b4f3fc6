"""Text: events as JSON Lines and CSV, in and out, lossless; and what is recorded, in words. Knows nothing of stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flipflop.text.files import LineRead, read_events, read_lines, write_events

__all__ = ["LineRead", "read_events", "read_lines", "write_events"]


def __getattr__(name: str) -> object:
    """Load what reads and writes files when it is first asked for: words need none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from flipflop.text import files

    return getattr(files, name)
