"""RFC 3161 timestamps of seals: asked for over HTTP, and checked. Opens a connection only when called to.

What is stamped is the line of the seal with its line end: the bytes that `flipflop seal > FILE` leaves in FILE, so that
`openssl ts -verify -data FILE -in ANSWER -CAfile CA` checks the same without flipflop.
"""

from __future__ import annotations

import re
import time
from datetime import UTC
from hashlib import sha256, sha384, sha512
from http.client import HTTPException
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from flipflop.errors import DataError, MissingExtraError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest, TimeStampResponse

    from flipflop.store.log.seal import Seal

TIMEOUT = 30.0
"""Seconds that asking may take."""
MAX_ANSWER = 256 * 1024
"""Bytes that an answer may have; one with a long chain of certificates has 8,000."""


class Timestamp(NamedTuple):
    """What an authority vouches for: the seal existed by ``at`` (aware, UTC). ``by`` is the name in its certificate."""

    seal: Seal
    at: datetime
    by: str


def stamped(seal: Seal) -> bytes:
    """Return the bytes of a seal that a timestamp is about."""
    return f"{seal}\n".encode()


def request_timestamp(seal: Seal, url: str, *, timeout: float = TIMEOUT) -> bytes:
    """Ask the timestamp authority at an http or https address about a seal; return its answer (DER, a .tsr file).

    That it answers this question is checked; who signed it only ``check_timestamp`` can tell, which needs the
    authority's certificate. Raises StoreError where the authority cannot be reached, DataError where it refuses or
    answers something else and for an address that is none, and MissingExtraError.
    """
    request = _request(stamped(seal))
    answer = _asked(url, request.as_bytes(), timeout)
    response = _decoded(answer, url)
    imprint = response.tst_info.message_imprint
    if response.tst_info.nonce != request.nonce or imprint.message != request.message_imprint.message:
        raise DataError(f"{url} answered another question: its timestamp is not of this seal")
    return answer


def check_timestamp(seals: Iterable[Seal], answer: bytes, ca: bytes) -> Timestamp:
    """Return what a timestamp says, and which of these seals it is of.

    ``answer`` is a .tsr file, ``ca`` PEM certificates that you trust for this. Signature, chain of certificates at the
    moment of the stamp, their purpose and the seal's bytes are checked, revocation is not. Raises DataError where any
    of it does not hold, and MissingExtraError.
    """
    try:
        from rfc3161_client import VerificationError, VerifierBuilder
    except ImportError:
        raise _missing() from None
    response = _decoded(answer, "the file")
    seal, digest = _meant(seals, response)
    try:
        VerifierBuilder(roots=_certificates(ca)).build().verify(response, digest)
        return Timestamp(seal, response.tst_info.gen_time.astimezone(UTC), _signer(response))
    except (VerificationError, ValueError) as error:
        told = re.search(r'Verify error: ([^"]+)', str(error))  # of OpenSSL's report, what a reader can use
        raise DataError(f"the timestamp does not hold: {told.group(1) if told else error}") from None


def _missing() -> MissingExtraError:
    return MissingExtraError("a timestamp (RFC 3161)", "seal")


def _request(message: bytes) -> TimeStampRequest:
    try:
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    except ImportError:
        raise _missing() from None
    return TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).build()


def _decoded(answer: bytes, whose: str) -> TimeStampResponse:
    """The answer, if it grants a timestamp. Raises DataError."""
    from rfc3161_client import decode_timestamp_response

    try:
        response = decode_timestamp_response(answer)
        status, said = response.status, "; ".join(response.status_string)
        if status == 0:
            _ = response.tst_info, response.signed_data
            return response
    except ValueError as error:
        raise DataError(f"{whose} holds no timestamp (RFC 3161) that can be read: {error}") from None
    raise DataError(f"{whose} holds no timestamp: it was refused (status {status}{': ' + said if said else ''})")


def _meant(seals: Iterable[Seal], response: TimeStampResponse) -> tuple[Seal, bytes]:
    """The seal that was stamped, and the digest of its bytes."""
    imprint = response.tst_info.message_imprint
    digest = _DIGESTS.get(imprint.hash_algorithm.dotted_string)
    if digest is None:
        raise DataError(f"the timestamp uses a hash that is not trusted ({imprint.hash_algorithm.dotted_string})")
    for seal in seals:
        if digest(stamped(seal)).digest() == imprint.message:
            return seal, imprint.message
    raise DataError("the timestamp is not of this seal: it vouches for something else")


_DIGESTS = {
    "2.16.840.1.101.3.4.2.1": sha256,
    "2.16.840.1.101.3.4.2.2": sha384,
    "2.16.840.1.101.3.4.2.3": sha512,
}


def _certificates(pem: bytes) -> list[Certificate]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return list(dict.fromkeys(load_pem_x509_certificates(pem)))
    except ValueError:
        raise DataError("the file of --ca holds no PEM certificate (-----BEGIN CERTIFICATE-----)") from None


def _signer(response: TimeStampResponse) -> str:
    """The name in the certificate that signed, as checked before."""
    from cryptography.x509 import load_der_x509_certificate

    (signer,) = response.signed_data.signer_infos
    for der in response.signed_data.certificates:
        certificate = load_der_x509_certificate(der)
        if (certificate.issuer, certificate.serial_number) == (signer.issuer, signer.serial_number):
            return certificate.subject.rfc4514_string()
    raise ValueError("no certificate of the signer in the timestamp")


def _asked(url: str, question: bytes, timeout: float) -> bytes:
    """What the authority answers. Redirects are not followed, local files not opened, endless answers cut off."""
    request = Request(_checked(url), data=question, headers=_HEADERS, method="POST")  # noqa: S310 -- checked
    end = time.monotonic() + timeout
    try:
        with _opener().open(request, timeout=timeout) as response:
            answer = b""
            while part := response.read1(65536):
                answer += part
                if len(answer) > MAX_ANSWER:
                    raise StoreError(f"{url} answers with more than {MAX_ANSWER:,} bytes: that is no timestamp")
                if time.monotonic() > end:
                    raise TimeoutError("timed out")
            return answer
    except HTTPError as error:
        moved = error.headers.get("Location")
        to = f", and says it moved to {moved}: ask there" if moved else ""
        raise StoreError(f"{url} answers with HTTP {error.code} {error.reason}{to}") from None
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise StoreError(f"{url} cannot be reached: {reason or type(error).__name__}") from None


_HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
    "User-Agent": "flipflop",
}


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or not url.isascii():
        raise DataError(f"{url!r} is no http or https address of a timestamp authority")
    if "@" in parts.netloc:
        raise DataError("an address with a user name or password is not asked: they would stand in logs")
    return url


def _opener() -> OpenerDirector:
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    return opener
