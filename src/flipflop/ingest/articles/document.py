"""An article as it was given: its text, the blocks it is laid out in, where and when it was published.

Knows nothing of who says what in it.
"""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from msgspec import Struct

from flipflop.errors import DataError

if TYPE_CHECKING:
    from flipflop.when import When

LONGEST = 500_000
"""How many characters an article may have; a long novel has as many."""


class BlockKind(StrEnum):
    """What a block of an article is."""

    HEADING = "heading"
    BYLINE = "byline"
    PROSE = "prose"
    BLOCKQUOTE = "blockquote"
    SPEAKER = "speaker"
    ITEM = "item"
    EMBED = "embed"
    CAPTION = "caption"
    COMMENT = "comment"
    LINK = "link"


class DocumentBlock(NamedTuple):
    """A block: ``document.text[start:end]``. ``about`` is the name that a speaker line gives, the address of an embed.

    ``said`` is when an embedded post was posted, where its number tells it.
    """

    kind: BlockKind
    start: int
    end: int
    about: str = ""
    said: When | None = None


class Particulars(TypedDict, total=False):
    """What may be known of an article besides its text; the meaning of each is that of the field of ``Document``."""

    outlet: str
    author: str
    title: str
    published: When | None
    tz: str | None
    url: str


class Document(Struct, frozen=True):
    """An article: its words as they are, and what is known of it.

    All offsets count in ``text``. ``published`` is None where nobody knows it; ``tz`` is the zone in which the page
    tells days and clock times. ``warnings`` are sentences about what was left open on the way in.
    """

    text: str
    blocks: tuple[DocumentBlock, ...]
    sha256: str
    outlet: str = ""
    author: str = ""
    title: str = ""
    published: When | None = None
    tz: str | None = None
    url: str = ""
    warnings: tuple[str, ...] = ()


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hex digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def checked(text: str) -> str:
    """Return a text that may be an article; DataError where it is none."""
    if len(text) > LONGEST:
        raise DataError(f"it has {len(text):,} characters: an article has {LONGEST:,} at most")
    if "\x00" in text:
        raise DataError("it holds the character U+0000: that is no text")
    if not text.strip():
        raise DataError("it holds no words")
    return text
