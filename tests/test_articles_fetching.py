"""Fetching from a real server on the loopback address: once, within limits, and never where it must not."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flipflop.errors import DataError
from flipflop.ingest.articles.fetching import fetch, is_public
from flipflop.ingest.articles.reading import read_document
from tests.test_articles_pages import PAGE


class _Site(BaseHTTPRequestHandler):
    """A site with a page, redirections, and every discourtesy."""

    seen: list[tuple[str, str]]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Keep still."""

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["User-Agent"]))
        name = self.path.strip("/").split("/")[0].split("?")[0]
        getattr(self, f"_{name}", self._missing)()

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for key, value in ({"Content_Type": "text/html; charset=utf-8"} | headers).items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _page(self) -> None:
        self._send(PAGE.encode())

    def _packed(self) -> None:
        self._send(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def _bomb(self) -> None:
        self._send(gzip.compress(b"a" * 50_000_000), Content_Encoding="gzip")

    def _large(self) -> None:
        self._send(b"a" * 11_000_000)

    def _brotli(self) -> None:
        self._send(b"....", Content_Encoding="br")

    def _picture(self) -> None:
        self._send(b"....", Content_Type="image/png")

    def _text(self) -> None:
        self._send("“Yes,” said Jane Roe.".encode("cp1252"), Content_Type="text/plain; charset=windows-1252")

    def _short(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b"<p>Half a")
        self.close_connection = True

    def _moved(self) -> None:
        self._send(b"", 302, Location="/page")

    def _round(self) -> None:
        self._send(b"", 302, Location="/round")

    def _local(self) -> None:
        self._send(b"", 302, Location="file:///etc/passwd")

    def _elsewhere(self) -> None:
        self._send(b"", 302, Location="http://169.254.169.254/latest/meta-data/")

    def _missing(self) -> None:
        self._send(b"gone", 404)

    def _slow(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(100):
            try:
                self.wfile.write(b"a")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)


@pytest.fixture
def site() -> Iterator[str]:
    _Site.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_is_fetched_once_and_under_our_name(site: str) -> None:
    document = read_document(f"{site}/page#comments", allow_private=True)

    assert [(path, agent.split("/")[0]) for path, agent in _Site.seen] == [("/page", "flipflop")]
    assert (document.url, document.title) == (f"{site}/page", "Mayor turns on bridge")


def test_a_packed_page_is_unpacked(site: str) -> None:
    assert fetch(f"{site}/packed", allow_private=True).body == PAGE.encode()


def test_plain_text_is_read_in_the_charset_that_the_server_names(site: str) -> None:
    assert read_document(f"{site}/text", allow_private=True).text == "“Yes,” said Jane Roe."


def test_a_redirection_is_followed_and_the_last_address_is_kept(site: str) -> None:
    assert fetch(f"{site}/moved", allow_private=True).url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("bomb", "larger than"),
        ("large", "larger than"),
        ("brotli", "packed as br"),
        ("picture", "image/png"),
        ("short", "broke off"),
        ("round", "more than 5 redirections"),
        ("local", "only http and https"),
        ("nowhere", "404"),
    ],
)
def test_what_is_no_page_is_refused_in_one_line(site: str, path: str, why: str) -> None:
    with pytest.raises(DataError, match=why) as caught:
        fetch(f"{site}/{path}", allow_private=True)

    assert "\n" not in str(caught.value)


def test_a_server_that_sends_a_byte_at_a_time_is_left(site: str) -> None:
    began = time.perf_counter()

    with pytest.raises(DataError, match=r"longer than 0\.5 seconds"):
        fetch(f"{site}/slow", allow_private=True, seconds=0.5)

    assert time.perf_counter() - began < 5


def test_the_loopback_address_is_refused_unless_it_is_allowed(site: str) -> None:
    with pytest.raises(DataError, match=r"private address: allow it with --allow-private"):
        fetch(f"{site}/page")

    assert _Site.seen == []


def test_a_redirection_is_judged_like_the_first_address(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The server lies on the loopback address, so that it alone is taken for public here; what it leads to is not.
    public = is_public
    monkeypatch.setattr("flipflop.ingest.articles.fetching.is_public", lambda text: text == "127.0.0.1" or public(text))

    with pytest.raises(DataError, match=r"169\.254\.169\.254, a private address"):
        fetch(f"{site}/elsewhere")


def test_the_connection_goes_to_the_address_that_was_judged(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    asked: list[object] = []
    real = socket.getaddrinfo

    def once(host: str, *rest: object, **more: object) -> object:
        asked.append(host)
        return real("127.0.0.1" if host == "page.example" else host, *rest, **more)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(socket, "getaddrinfo", once)
    port = site.rpartition(":")[2]

    assert fetch(f"http://page.example:{port}/page", allow_private=True).body == PAGE.encode()
    assert asked == ["page.example"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_public_net_is_private(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_an_address_of_the_public_net_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a", "file:///etc/passwd", "gopher://example.org", "http://", "http://user:pass@example.org/",
        "http://exa mple.org/", "http://example.org:99999/", "http://[::1", "http://localhost/", "http://0x7f000001/",
        "http://2130706433/", "http://127.1/", "javascript://example.org/",
    ],
)  # fmt: skip
def test_an_address_that_must_not_be_fetched_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(DataError) as caught:
        fetch(url)

    assert "\n" not in str(caught.value)
    assert "pass" not in str(caught.value).replace("passwd", "").replace("password", "")
