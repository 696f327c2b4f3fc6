"""Posts that an article embeds: their addresses, and the second that the number of a post tells."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from flipflop.when import When

_STATUS = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?:#!/)?(?P<handle>\w{1,20}|i/web)/status(?:es)?/(?P<number>\d{5,20})\b[^\s\"'<>]{0,200}"
)
_IN_FRAME = re.compile(r"(?:twitter|x)\.com/[^\s\"'<>]{0,200}[?&]id=(?P<number>\d{5,20})")
_SIGNED = re.compile(
    r"(?P<words>.{1,600}?)\s?(?:—|–|--)\s(?P<name>[^()@\n]{2,60})\s\(@(?P<handle>\w{1,20})\)(?:\s.{0,40})?", re.DOTALL
)
_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)
_FIRST = 29_700_859_247
"""The first post whose number tells its time (4 November 2010)."""


class Post(NamedTuple):
    """A post: its words where the page has them, who signed it, its address, when it was posted."""

    words: str
    name: str
    url: str
    said: When | None


def posted_at(number: int) -> When | None:
    """Return the second that the number of a post on Twitter tells; None for older or impossible numbers.

    The upper bits of such a number are milliseconds since 2010-11-04T01:42:54.657Z (Twitter's "snowflake").
    """
    if number < _FIRST or number.bit_length() > 63:
        return None
    moment = (_EPOCH + timedelta(milliseconds=number >> 22)).replace(microsecond=0)
    if moment > datetime.now(UTC):
        return None
    return When.parse(moment.isoformat().replace("+00:00", "Z"), midnights="time")


def post_at(address: str) -> Post | None:
    """Return the post of an address; None where it is no post's."""
    match = _STATUS.match(address)
    if match:
        handle = "" if match["handle"] in {"i", "i/web"} else f"@{match['handle']}"
        return Post("", handle, address, posted_at(int(match["number"])))
    frame = _IN_FRAME.search(address)
    return Post("", "", address, posted_at(int(frame["number"]))) if frame else None


def signed_post(text: str, address: str = "") -> Post | None:
    """Return the post of a text that ends in its signature: "words — Name (@handle) July 9, 2017"."""
    match = _SIGNED.fullmatch(text.strip())
    if not match:
        return None
    said = found.said if address and (found := post_at(address)) else None
    return Post(match["words"].strip(), match["name"].strip(), address, said)
