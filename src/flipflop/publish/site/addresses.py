"""Where each page of a site lies, and how one page leads to another: permanent, relative, safe as a file name."""

from __future__ import annotations

import hashlib
import re
from typing import Final
from urllib.parse import quote

_LONGEST: Final = 180
"""Bytes of a file name; most file systems take 255, and an ending follows."""
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\Z")
"""Names that Windows keeps for devices."""

INDEX: Final = "index.html"
COMPARED: Final = "compared.html"
CORRECTIONS: Final = "corrections.html"
METHOD: Final = "method.html"
DATA: Final = "data.html"
ATOM: Final = "feed.xml"
JSON_FEED: Final = "feed.json"


def speaker_page(slug: str, part: int = 1) -> str:
    """Return the path of a speaker's page; ``part`` counts from 1 where there are too many statements for one."""
    return _path("speaker", _file_name(slug), part)


def topic_page(slug: str, part: int = 1) -> str:
    """Return the path of a topic's page, or of its further parts."""
    return _path("topic", _file_name(slug), part)


def timeline_of(page: str) -> str:
    """Return the path of the timeline of a long record, which lies beside the page of its topic or speaker."""
    return f"{page.removesuffix('.html')}.timeline.html"


def statement_page(statement_id: str) -> str:
    """Return the path of a statement's page."""
    return _path("statement", statement_id)


def pair_page(pair_id: str) -> str:
    """Return the path of a pair's page. Its folder has a name that holds whatever is ruled."""
    return _path("pair", pair_id)


def pair_data(pair_id: str) -> str:
    """Return the path of a pair as data."""
    return f"pair/{pair_id}.json"


def card_file(pair_id: str) -> str:
    """Return the path of the picture of a pair."""
    return f"card/{pair_id}.png"


def link(here: str, there: str) -> str:
    """Return the relative address of one path as seen from another.

    >>> link("statement/1f.html", "speaker/jose.html"), link("index.html", "feed.xml")
    ('../speaker/jose.html', 'feed.xml')
    """
    return "../" * here.count("/") + quote(there)


def _path(folder: str, name: str, part: int = 1) -> str:
    return f"{folder}/{name}.html" if part == 1 else f"{folder}/{name}.{part}.html"


def _file_name(slug: str) -> str:
    """Return a slug as the name of a file: itself, or its beginning and a hash where a disk might not take it."""
    if len(slug.encode()) <= _LONGEST and not _DEVICE.match(slug):
        return slug
    return f"{slug[:40]}-{hashlib.sha256(slug.encode()).hexdigest()[:16]}"
