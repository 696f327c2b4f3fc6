"""A page in somebody else's page: a frame as high as its content; where frames are taken out, a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from flipflop.errors import DataError
from flipflop.publish import write_embed
from tests import figures_case as case
from tests.browser import PATIENCE
from tests.cli_running import flipflop
from tests.hostile import PAYLOADS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FRAME = "iframe[data-flipflop]"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name that the library gives it
        return


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog post with the page in it, and one whose frames were taken out."""
    place = tmp_path_factory.mktemp("blog")
    told = write_embed(place / "unit.html", case.positions(), case.reversals(), case.conflicts(), tz="America/New_York")
    (place / "post.html").write_text(f"<!doctype html><title>A post</title><p>Before.</p>{told}<p>After.</p>", "utf-8")
    stripped = re.sub(r"</?iframe[^>]*>|<script>.*?</script>", "", told, flags=re.DOTALL)
    (place / "feed.html").write_text(f"<!doctype html><title>A feed</title>{stripped}", "utf-8")
    return place


@contextmanager
def visited(browser: Browser, folder: Path, name: str) -> Iterator[Page]:
    """Open a file of the folder from a server on this machine; nothing else can be reached."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    try:
        here = f"http://127.0.0.1:{server.server_port}/"
        context.route(lambda url: not url.startswith((here, "blob:")), lambda route: route.abort())
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{here}{name}")
        yield page
    finally:
        context.close()
        server.shutdown()
        server.server_close()


def settled(page: Page) -> tuple[int, int]:
    """The height of the frame and of its content, once they agree or after half a minute."""
    content = page.frame_locator(FRAME).locator("html")
    for _ in range(600):
        heights = (
            page.locator(FRAME).evaluate("one => one.clientHeight"),
            content.evaluate("one => Math.ceil(one.getBoundingClientRect().height)"),
        )
        if heights[0] == heights[1]:
            break
        page.wait_for_timeout(50)
    return heights


def test_the_frame_is_as_high_as_its_content_and_follows_it(browser: Browser, folder: Path) -> None:
    with visited(browser, folder, "post.html") as page:
        frame = page.frame_locator(FRAME)
        frame.locator("html[data-drawn]").wait_for()
        before = settled(page)
        frame.locator("[data-choice=speaker] summary").click()
        frame.locator("[data-choice=speaker] button", has_text="Bo Ek").click()
        after = settled(page)

    assert before[0] == before[1] > after[0] == after[1] > 0


def test_a_frame_does_not_listen_to_others(browser: Browser, folder: Path) -> None:
    with visited(browser, folder, "post.html") as page:
        page.frame_locator(FRAME).locator("html[data-drawn]").wait_for()
        before = settled(page)
        page.evaluate("postMessage({ flipflop: 'height', height: 5 }, '*')")
        page.wait_for_timeout(200)

        assert settled(page) == before


def test_a_picture_is_saved_from_within_the_frame(browser: Browser, folder: Path) -> None:
    with visited(browser, folder, "post.html") as page:
        frame = page.frame_locator(FRAME)
        frame.locator("html[data-drawn]").wait_for()
        with page.expect_download() as saving:
            frame.locator("[data-save]").click()

        assert Path(saving.value.path()).read_bytes().startswith(b"\x89PNG")


def test_where_frames_are_taken_out_a_picture_says_what_happened(browser: Browser, folder: Path) -> None:
    with visited(browser, folder, "feed.html") as page:
        image = page.locator("figure > a > img")

        assert image.evaluate("async one => { await one.decode(); return one.naturalWidth; }") == 1062
        assert "Ann Lee changed position within 12 h 55 min" in (image.get_attribute("alt") or "")
        assert page.locator("figure > a").get_attribute("href") == "unit.html"


def test_the_frame_gives_the_page_only_what_it_needs(folder: Path) -> None:
    told = (folder / "post.html").read_text("utf-8")

    assert 'loading="lazy"' in told
    assert 'title="There should be a joint unit."' in told
    assert 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"' in told


@pytest.mark.parametrize("payload", ["</iframe><script>pwn(1)</script>", *PAYLOADS[:12]])
def test_no_title_or_name_gets_out_of_its_place(tmp_path: Path, payload: str) -> None:
    frame = case.positions().assign(proposition=payload, speaker_name=payload)

    told = write_embed(tmp_path / "unit.html", frame, case.reversals(), title=payload)

    tags = re.findall(r"</?([a-z]+)", re.sub(r'"[^"]*"', "", told.partition("<script>")[0]))
    assert set(tags) <= {"iframe", "figure", "figcaption", "a", "img", "bdi"}
    assert told.count("<script>") == told.count("<iframe") == told.count("</iframe>") == 1


def test_an_address_that_is_none_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is no web address"):
        write_embed(tmp_path / "unit.html", case.positions(), address="javascript:alert(1)//")

    assert list(tmp_path.iterdir()) == []


def test_the_command_prints_what_embeds_the_page(tmp_path: Path) -> None:
    store = tmp_path / "demo.db"
    flipflop("-s", store, "demo", "-o", tmp_path / "demo.html")

    told = flipflop(
        "-s", store, "timeline", "--embed", "--address", "https://example.org/t/", "-o", tmp_path / "a b.html"
    )

    assert told.code == 0
    assert told.lines[0].startswith('<iframe src="https://example.org/t/a%20b.html"')
    assert (tmp_path / "a b.html").exists()
    assert (tmp_path / "a b.svg").exists()


def test_only_a_page_can_be_embedded(tmp_path: Path) -> None:
    refused = flipflop("-s", tmp_path / "no.db", "timeline", "--embed", "-o", tmp_path / "unit.png")

    assert (refused.code, "only a page" in refused.err) == (1, True)
