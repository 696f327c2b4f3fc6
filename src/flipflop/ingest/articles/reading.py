"""From a file, a paste or an address to a document: what it is, and how its bytes are text."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import IO, TYPE_CHECKING

from flipflop.errors import DataError
from flipflop.ingest.articles.layout import document_of

if TYPE_CHECKING:
    from typing import Unpack

    from flipflop.ingest.articles.document import Document, Particulars

LARGEST = 20_000_000
"""How many bytes a file may have."""
_HTML = re.compile(
    r"\ufeff?\s{0,200}(?:<!--.{0,2000}?-->\s{0,200})?(?:<\?xml[^>]{0,200}>\s{0,50})?<(?:!doctype\s{1,5}html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([\w-]{2,30})", re.IGNORECASE)
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_NAMES = {b"%PDF": "a PDF", b"PK\x03\x04": "a packed file, such as .docx"}


def read_document(
    place: str | Path | IO[bytes],
    *,
    encoding: str | None = None,
    allow_private: bool = False,
    **particulars: Unpack[Particulars],
) -> Document:
    """Return the article in a file, in a stream of bytes, or at an http(s) address.

    Text is taken as it is: offsets count in the decoded text, its line ends and a byte order mark with it. Of HTML they
    count in the text that was taken from it. Raises DataError, in one line, where that is no article.
    """
    if isinstance(place, str) and re.match(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://", place):
        return _fetched(place, encoding, particulars, allow_private=allow_private)
    data = _bytes_of(place)
    text = _decoded(data, encoding)
    suffix = Path(place).suffix.lower() if isinstance(place, str | Path) else ""
    return _understood(text, particulars, is_page=suffix in {".html", ".htm", ".xhtml"} or bool(_HTML.match(text)))


def _understood(text: str, particulars: Particulars, *, is_page: bool) -> Document:
    if not is_page:
        return document_of(text, **particulars)
    from flipflop.ingest.articles.pages import document_of_page

    return document_of_page(text, **particulars)


def _fetched(url: str, encoding: str | None, particulars: Particulars, *, allow_private: bool) -> Document:
    from flipflop.ingest.articles.fetching import fetch

    page = fetch(url, allow_private=allow_private)
    text = _decoded(page.body, encoding or page.charset or None)
    particulars["url"] = page.url
    return _understood(text, particulars, is_page=page.media_type != "text/plain")


def _bytes_of(place: str | Path | IO[bytes]) -> bytes:
    if not isinstance(place, str | Path):
        data = place.read(LARGEST + 1)
    else:
        try:
            with Path(place).open("rb") as stream:
                data = stream.read(LARGEST + 1)
        except (OSError, ValueError) as error:
            raise DataError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > LARGEST:
        raise DataError(f"is larger than {LARGEST:,} bytes: that is no article")
    return data


def _decoded(data: bytes, encoding: str | None) -> str:
    for mark in _BINARY:
        if data.startswith(mark):
            raise DataError(f"is {_NAMES.get(mark, 'a picture or a packed file')}: give its text")
    named = encoding or _named(data)
    try:
        return data.decode(named)
    except LookupError:
        raise DataError(f"{named!r} is no encoding of text that is known here: name another with --encoding") from None
    except UnicodeDecodeError as error:
        raise DataError(f"is not {named.upper()} (byte {error.start + 1}): name the encoding with --encoding") from None
    except UnicodeError:  # what "punycode" and "undefined" say
        raise DataError(f"is not {named.upper()}: name the encoding with --encoding") from None


def _named(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else "utf-8"
