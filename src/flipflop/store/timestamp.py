"""RFC 3161 timestamps of seals: asked for over HTTP, and checked. Opens a connection only when called to.

What is stamped is the line of the seal with its line end: the bytes that `flipflop seal > FILE` leaves in FILE, so that
`openssl ts -verify -data FILE -in ANSWER -CAfile CA` checks the same without flipflop.
"""

from __future__ import annotations

import time
from hashlib import sha256
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from flipflop.errors import DataError, MissingExtraError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest, TimeStampResponse

    from flipflop.store.seal import Seal

TIMEOUT = 30.0
"""Seconds that asking may take."""
MAX_ANSWER = 256 * 1024
"""Bytes that an answer may have; one with a long chain of certificates has 8,000."""


class Timestamp(NamedTuple):
    """What an authority vouches for: this seal existed by ``at`` (aware, UTC). ``by`` is the name in its certificate."""

    seal: Seal
    at: datetime
    by: str


def stamped(seal: Seal) -> bytes:
    """Return the bytes of a seal that a timestamp is about."""
    return f"{seal}\n".encode()


def request_timestamp(seal: Seal, url: str, *, timeout: float = TIMEOUT) -> bytes:
    """Ask the timestamp authority at an http or https address about a seal; return its answer (DER, a .tsr file).

    That the answer is to this question is checked; who signed it only by ``check_timestamp``, which needs the authority's
    certificate. Raises StoreError where the authority cannot be reached, refuses or answers something else, DataError
    for an address that is none, and MissingExtraError.
    """
    request = _request(stamped(seal))
    answer = _asked(url, request.as_bytes(), timeout)
    response = _decoded(answer, url)
    imprint = response.tst_info.message_imprint
    if response.tst_info.nonce != request.nonce or imprint.message != request.message_imprint.message:
        raise StoreError(f"{url} answered another question: its timestamp is not of this seal")
    return answer


def check_timestamp(seals: Iterable[Seal], answer: bytes, ca: bytes) -> Timestamp:
    """Return what a timestamp says of the one of these seals that it is of.

    ``answer`` is a .tsr file, ``ca`` PEM certificates that you trust for this. Signature, chain of certificates at the
    moment of the stamp, their purpose and the seal's bytes are checked, revocation is not. Raises DataError where any of
    it does not hold, and MissingExtraError.
    """
    response = _decoded(answer, "the file")
    by = _verifying(response, ca, list(seals))
    return Timestamp(by[0], response.tst_info.gen_time, by[1])


def _request(message: bytes) -> TimeStampRequest:
    try:
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    except ImportError:
        raise MissingExtraError("a timestamp (RFC 3161)", "seal") from None
    return TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).build()


def _decoded(answer: bytes, whose: str) -> TimeStampResponse:
    """The answer, if it grants a timestamp."""
    try:
        from rfc3161_client import decode_timestamp_response
    except ImportError:
        raise MissingExtraError("a timestamp (RFC 3161)", "seal") from None
    try:
        response = decode_timestamp_response(answer)
        status, said = response.status, "; ".join(response.status_string)
    except ValueError:
        raise StoreError(f"{whose} holds no timestamp (RFC 3161)") from None
    if status != 0:
        raise StoreError(f"{whose} holds no timestamp: it was refused (status {status}{': ' + said if said else ''})")
    return response
