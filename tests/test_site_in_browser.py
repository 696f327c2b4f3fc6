"""A site in a real browser, opened from the disk: nothing hidden in a record runs, the search finds, pages fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.figures.hover import web_address
from tests import site_case as case
from tests.browser import chromium, visit
from tests.hostile import PAYLOADS
from tests.site_case import Links, publish
from tests.store_cases import said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

FOREIGN = ", ".join(f"main {tag}" for tag in ("img", "iframe", "form", "style", "script", "base", "link", "meta", "b"))
"""What no page of ours has in its middle."""

TEXTS = tuple(text for text in PAYLOADS if "\0" not in text)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site."""
    place = tmp_path_factory.mktemp("small")
    with case.store(place / "s.db") as store:
        publish(store, place / "site", scope="The committee.", candidates=True)
    return place / "site"


def hostile_events(text: str, number: int) -> list[ff.Event]:
    """A change of position in a record that has the text in every field that takes one."""
    who, about = f"speaker-{number}", f"topic-{number}"
    source = ff.Source(text, text, text, text)
    named = {"attribution": (text, text), "context": text, "language": text, "source": source}
    then, now = (
        ff.Statement(who, f"{text} {minute}", said(60 * number + minute), **named)  # type: ignore[arg-type]  # fields of their kind
        for minute in (1, 9)
    )
    reply = ff.Reply(answered=True, text=text, source=source)
    ruling = ff.Ruling(
        then.hash, now.hash, about, ff.Outcome.REVERSAL, text, text, explanation=ff.Explanation.DENIED, reply=reply
    )
    return [
        ff.Speaker(who, text, public_role=text, wikidata=text),
        ff.Topic(about, text, text),
        then,
        now,
        ff.Correction(then.hash, {"context": text + text}, text, "Editor"),
        ff.Coding(then.hash, about, ff.Stance.SUPPORT, "Coder", rationale=text),
        ff.Coding(now.hash, about, ff.Stance.OPPOSE, "Coder", rationale=text),
        ruling,
    ]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site full of hostile texts."""
    place = tmp_path_factory.mktemp("hostile")
    with ff.Store(place / "s.db") as store:
        store.append([event for number, text in enumerate(TEXTS) for event in hostile_events(text, number)])
        publish(store, place / "site", title=TEXTS[1], scope=TEXTS[24], publisher=TEXTS[0], bylines=True)
    return place / "site"


def test_no_text_of_a_record_runs_is_taken_for_markup_or_asks_anybody(browser: Browser, hostile: Path) -> None:
    pairs = sorted((hostile / "pair").glob("*.html"))
    others = [sorted((hostile / folder).glob("*.html"))[::20] for folder in ("speaker", "topic", "statement")]
    pages = [*hostile.glob("*.html"), *pairs, *(page for several in others for page in several)]

    assert len(pairs) == len(TEXTS)
    with visit(browser, hostile / "index.html") as seen:
        for page in pages:
            seen.page.goto(page.as_uri())
            assert seen.pwned() == [], page
            assert seen.page.locator(FOREIGN).count() == 0, page
        assert seen.told == []
        assert [address for address in seen.asked if not address.startswith(hostile.as_uri())] == []


def test_the_search_shows_hostile_words_as_words(browser: Browser, hostile: Path) -> None:
    with visit(browser, hostile / "index.html") as seen:
        seen.page.fill("#q", "script")
        seen.page.wait_for_selector("#hits li")

        assert "<script>pwn(1)</script>" in (seen.page.text_content("#hits") or "")
        assert (seen.pwned(), seen.told) == ([], [])


def test_only_addresses_of_sources_become_links(hostile: Path) -> None:
    led = {
        address
        for page in hostile.rglob("*.html")
        for address in Links(page.read_text("utf-8")).addresses
        if ":" in address or address.startswith("//")
    }

    assert led - {text for text in TEXTS if web_address(text)} == set()


def test_the_search_finds_names_topics_and_words(browser: Browser, site: Path) -> None:
    with visit(browser, site / "index.html") as seen:
        seen.page.fill("#q", "fine THING")
        seen.page.wait_for_selector("#hits li")
        assert seen.page.inner_text("#found") == "1 hit."
        seen.page.click("#hits a")

        assert seen.page.url == (site / "statement" / f"{case.CY_ONE.hash}.html").as_uri()
        assert "A unit is a fine thing." in seen.page.inner_text("main")


def test_a_search_is_in_an_address(browser: Browser, site: Path) -> None:
    with visit(browser, site / "index.html") as seen:
        seen.page.goto((site / "index.html").as_uri() + "?q=Mayor")
        seen.page.wait_for_selector("#hits li")

        assert seen.page.inner_text("#hits a") == "Cy Orr"


def test_without_scripts_the_first_page_still_lists_everybody(browser: Browser, site: Path) -> None:
    with visit(browser, site / "index.html", script=False) as seen:
        assert not seen.page.is_visible("#search")
        assert {"Ann Ames", "Cy Orr", "Di Vu", "The Bureau"} <= set(seen.page.locator("main li a").all_inner_texts())


@pytest.mark.parametrize("width", [360, 800, 1600])
def test_no_page_is_wider_than_the_window(browser: Browser, site: Path, width: int) -> None:
    with visit(browser, site / "index.html", width=width) as seen:
        for page in sorted(site.rglob("*.html")):
            seen.page.goto(page.as_uri())
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, page
        assert seen.told == []
