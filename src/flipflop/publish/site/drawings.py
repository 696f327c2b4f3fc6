"""The timeline of a page, drawn once: a picture of lines and shapes that needs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from flipflop.publish.site.model import Record

MOST: Final = 2_000
"""Statements above which a picture of single marks says nothing."""


def drawing(record: Record, here: str, *, speaker: str | None = None, topic: str | None = None) -> str:
    """Return the timeline of a speaker or a topic."""
    del record, here, speaker, topic
    return ""
