"""A source as a reader knows it, or that none is recorded."""

from __future__ import annotations

from typing import Final

from flipflop.records.addresses import host_of

NONE_RECORDED: Final = "none recorded"


def source_words(url: str, outlet: str, title: str) -> str:
    """Return outlet and title, else the host of the address, else what is no address as it is; or that there is none.

    >>> source_words("https://example.org/a", "", ""), source_words("", "", "")
    ('example.org', 'none recorded')
    """
    return ", ".join(part for part in (outlet, title) if part) or host_of(url) or url or NONE_RECORDED


def source_details(author: str, published: str) -> list[str]:
    """Return what more is known of a source, where there is room for it; ``published`` in words."""
    return [*([f"by {author}"] if author else []), *([f"published {published}"] if published else [])]
