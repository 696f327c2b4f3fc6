"""Fetches one page, once and politely: http(s) only, within limits, from no private address unless that is allowed.

The name of a host is looked up once, the address is judged, and the connection goes to that very address; every
redirection is judged anew. Proxies of the environment are not used: they would do the looking up.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import zlib
from contextlib import ExitStack, closing, contextmanager
from threading import Event, Timer
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from flipflop import __version__
from flipflop.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 10_000_000
"""How many bytes a page may have, unpacked."""
SECONDS = 20.0
"""How long fetching may take, redirections and all."""
REDIRECTS = 5
_AGENT = f"flipflop/{__version__} (reads one page for a person)"
_TEXTS = ("text/html", "application/xhtml+xml", "text/plain")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Fetched(NamedTuple):
    """A page: its bytes, where it came from at last, its media type and the charset that the server names."""

    body: bytes
    url: str
    media_type: str
    charset: str


def fetch(url: str, *, allow_private: bool = False, seconds: float = SECONDS, largest: int = LARGEST) -> Fetched:
    """Return the page at an address. Raises DataError, in one line, where it cannot or must not be fetched."""
    held: list[socket.socket] = []
    late = Event()
    timer = Timer(seconds, _shut, [held, late])
    timer.daemon = True
    timer.start()
    try:
        for _ in range(REDIRECTS + 1):
            found = _once(url, held, allow_private=allow_private, seconds=seconds, largest=largest)
            if late.is_set():
                raise DataError(f"{url}: took longer than {seconds:g} seconds")
            if isinstance(found, Fetched):
                return found
            url = found
        raise DataError(f"{url}: more than {REDIRECTS} redirections")
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise DataError(f"{url}: took longer than {seconds:g} seconds") from None
        raise DataError(f"{url} cannot be fetched: {str(error) or type(error).__name__}") from None
    finally:
        timer.cancel()


def _shut(held: list[socket.socket], late: Event) -> None:
    """Close what is being read when the time is up: no server can hold us by sending a byte at a time."""
    late.set()
    for connection in held:
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            connection.close()


def _once(url: str, held: list[socket.socket], *, allow_private: bool, seconds: float, largest: int) -> Fetched | str:
    """Return the page, or where it sends us."""
    parts = _judged(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    address = _address(host, port, allow_private=allow_private)
    with ExitStack() as held_open:
        connection = held_open.enter_context(_connected(parts, address, port, held, seconds))
        connection.request("GET", _path(parts), headers=_headers())
        response = held_open.enter_context(closing(connection.getresponse()))
        if response.status in {301, 302, 303, 307, 308} and (target := response.getheader("Location")):
            return urljoin(url, target)
        if response.status != 200:
            raise DataError(f"{url}: the server answers {response.status} {response.reason}")
        media_type, charset = _media(response)
        if media_type not in _TEXTS:
            raise DataError(f"{url} is {media_type or 'of no type'}, no page of text")
        return Fetched(_body(response, url, largest), url.partition("#")[0], media_type, charset)


def _judged(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise DataError(f"{url} is no address") from None
    if parts.scheme not in _PORTS:
        raise DataError(f"{url}: only http and https are fetched")
    if not parts.hostname or port == 0 or any(char.isspace() or ord(char) < 32 for char in url):
        raise DataError(f"{url} is no address")
    if parts.username is not None or parts.password is not None:
        raise DataError(f"{parts.scheme}://{parts.hostname}: an address with a name and a password is not fetched")
    return parts


def _address(host: str, port: int, *, allow_private: bool) -> tuple[socket.AddressFamily, str]:
    """Look a host up and return its first address; DataError where any of them is private and that is not allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise DataError(f"{host}: no such host") from None
    addresses = [(family, str(where[0])) for family, _, _, _, where in found]
    if not addresses:
        raise DataError(f"{host}: no such host")
    private = next((text for _, text in addresses if not is_public(text)), None)
    if private is not None and not allow_private:
        raise DataError(f"{host} is at {private}, a private address: allow it with --allow-private")
    return addresses[0]


def is_public(text: str) -> bool:
    """Tell whether an address belongs to the public net, also where it carries another one in it."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return all(each.is_global and not each.is_multicast and not each.is_reserved for each in _meant(address))


def _meant(address: Address) -> list[Address]:
    """An address, and those of IPv4 that it stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    inner: list[Address] = [address.sixtofour] if address.sixtofour else []
    inner += list(address.teredo) if address.teredo else []
    if address in _NAT64:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    return [address, *inner]


@contextmanager
def _connected(
    parts: SplitResult, address: tuple[socket.AddressFamily, str], port: int, held: list[socket.socket], seconds: float
) -> Iterator[http.client.HTTPConnection]:
    """Give a connection to the address that was judged, under the name of the host."""
    host = parts.hostname or ""
    plain = socket.socket(address[0], socket.SOCK_STREAM)
    held[:] = [plain]
    plain.settimeout(seconds)
    try:
        plain.connect((address[1], port))
        stream = plain
        if parts.scheme == "https":
            stream = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            held[:] = [stream]
        connection = http.client.HTTPConnection(host, port)
        connection.sock = stream
        with closing(connection):
            yield connection
    finally:
        for each in (*held, plain):
            each.close()


def _headers() -> dict[str, str]:
    return {
        "User-Agent": _AGENT,
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8",
        "Accept-Encoding": "gzip",
    }


def _path(parts: SplitResult) -> str:
    from urllib.parse import quote

    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else path


def _media(response: http.client.HTTPResponse) -> tuple[str, str]:
    return response.headers.get_content_type(), response.headers.get_content_charset() or ""


def _body(response: http.client.HTTPResponse, url: str, largest: int) -> bytes:
    """Read and unpack, never more than the limit, however small it was packed."""
    packed = response.getheader("Content-Encoding", "identity").lower()
    if packed not in {"identity", "gzip", ""}:
        raise DataError(f"{url} is packed as {packed}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=31) if packed == "gzip" else None
    body = b""
    while piece := response.read(65536):
        while piece:
            room = largest - len(body) + 1
            body += unpacker.decompress(piece, room) if unpacker else piece
            piece = unpacker.unconsumed_tail if unpacker else b""
            if len(body) > largest:
                raise DataError(f"{url} is larger than {largest:,} bytes")
    if response.length:
        raise DataError(f"{url}: the server broke off")
    return body
