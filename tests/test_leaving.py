"""Pages where they are published: what links to them show, and hosts whose policy lets nothing stand inline."""

from __future__ import annotations

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from flipflop.publish import page_html, write_page
from tests import figures_case as case
from tests.browser import visit
from tests.cli_running import case as store_case, flipflop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

STRICT = "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:"


class Strict(SimpleHTTPRequestHandler):
    """A host that sends a strict policy with everything."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", STRICT)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


PLACES = """() => [...document.querySelectorAll('svg.wide .m, svg.wide .label, svg.wide .axis text')]
  .map((one) => { const { x, y, width } = one.getBoundingClientRect(); return [x, y, width].map(Math.round); })"""


@pytest.mark.parametrize("script", [True, False], ids=["with its script", "without"])
def test_a_page_with_assets_looks_the_same_under_a_strict_policy(
    script: bool, host: str, browser: Browser, tmp_path: Path
) -> None:
    """K9.9: it stood unstyled."""
    frames = (case.positions(), case.reversals())
    write_page(tmp_path / "plain.html", *frames)
    write_page(tmp_path / "strict.html", *frames, assets=tmp_path / "assets")

    with visit(browser, tmp_path / "plain.html", script=script) as plain:
        expected = plain.page.evaluate(PLACES)
    with visit(browser, f"{host}/strict.html", script=script) as seen:
        assert (seen.told, seen.page.evaluate(PLACES)) == ([], expected)
        if script:
            seen.page.locator("button[data-zoom]").first.click()
            assert (seen.told, seen.page.evaluate(PLACES) != expected) == ([], True)


def test_a_page_with_assets_holds_nothing_inline_but_data(tmp_path: Path) -> None:
    hostile = case.positions().assign(text='<i style="color:red">“ style="x" </style><script>pwn(1)</script>')

    write_page(tmp_path / "a b.html", hostile, assets=tmp_path / "assets")

    page = (tmp_path / "a b.html").read_text("utf-8")
    assert re.findall(r"<style|<script>|<[^>]* style=", page) == []
    assert 'href="assets/a%20b.css"' in page
    assert sorted(path.name for path in (tmp_path / "assets").iterdir()) == ["a b.css", "a b.js"]


def test_a_page_tells_what_links_to_it_may_show(tmp_path: Path) -> None:
    store = str(store_case(tmp_path))
    out = str(tmp_path / "case.html")

    assert (
        flipflop("-s", store, "timeline", "--address", "https://example.org/t", "--title", "Tax", "-o", out).code == 0
    )

    page = (tmp_path / "case.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/t/case.html">' in page
    assert '<meta property="og:url" content="https://example.org/t/case.html">' in page
    assert '<meta property="og:title" content="Tax">' in page
    assert re.search(r'<meta name="description" content="Timeline: [^"]+">', page)


def test_a_page_without_an_address_claims_none() -> None:
    page = page_html(case.positions())

    assert ("canonical" in page, "og:url" in page, "og:title" in page) == (False, False, True)
