"""Which addresses a reader may be sent to. Opens no connection."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit


@lru_cache(maxsize=65_536)  # a page asks for the same one many times
def web_address(url: str) -> str:
    """Return the address if a reader may be sent there: http or https, a host, no blanks, controls or quotes; else "".

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    if any(c.isspace() or not c.isprintable() or c in '\\"<>`' for c in url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and host and not parts.username else ""


def host_of(url: str) -> str:
    """Return the host of a web address, "" where a reader should not be sent there."""
    return (urlsplit(url).hostname or "") if web_address(url) else ""
