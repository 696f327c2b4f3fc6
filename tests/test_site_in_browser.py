"""A site in a real browser, opened from the disk: the search finds, lists stand without scripts, pages fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from tests import site_case as case
from tests.browser import visit
from tests.npm_packages import served
from tests.site_case import publish

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site."""
    place = tmp_path_factory.mktemp("small")
    with case.store(place / "s.db") as store:
        store.append([case.SPOKEN_FOR, case.conflict(case.CY_TWO, case.NOW)])
        publish(store, place / "site", scope="The committee.", candidates=True)
    return place / "site"


def test_the_search_finds_names_topics_and_words(browser: Browser, site: Path) -> None:
    with visit(browser, site / "index.html") as seen:
        seen.page.fill("#q", "fine THING")
        seen.page.wait_for_selector("#hits li")
        assert seen.page.inner_text("#found") == "1 hit."
        seen.page.click("#hits a")

        assert seen.page.url == (site / "statement" / f"{case.CY_ONE.hash}.html").as_uri()
        assert "A unit is a fine thing." in seen.page.inner_text("main")


def test_a_name_from_right_to_left_turns_no_date_of_a_hit_round(browser: Browser, tmp_path: Path) -> None:
    with case.store(tmp_path / "s.db") as store:
        store.append([ff.Speaker("cy-orr", "שרה לב", public_role="Mayor")])
        publish(store, tmp_path / "site")
    with visit(browser, tmp_path / "site" / "index.html") as seen:
        seen.page.fill("#q", "fine thing")
        seen.page.wait_for_selector("#hits li")

        assert seen.page.inner_text("#hits a").startswith("\u200eשרה לב, ")


def test_a_long_name_is_not_broken_within_its_words(browser: Browser, tmp_path: Path) -> None:
    with case.store(tmp_path / "s.db") as store:
        store.append([ff.Speaker("cy-orr", "Montealegre", public_role="Mayor")])
        publish(store, tmp_path / "site")
    with visit(browser, tmp_path / "site" / "topic" / "unit.html", width=740, ready="body") as seen:
        name = seen.page.locator("tbody th a", has_text="Montealegre").last

        assert (name.bounding_box() or {"height": 99})["height"] < 30


def test_a_site_works_on_any_host_under_any_path(browser: Browser, site: Path) -> None:
    with served(site.parent) as address, visit(browser, f"{address}/site/index.html") as seen:
        seen.page.fill("#q", "fine thing")
        seen.page.wait_for_selector("#hits li")
        seen.page.click("#hits a")
        seen.page.click("nav a >> text=Method")
        seen.page.wait_for_url(f"{address}/site/method.html", wait_until="load")

        assert seen.page.evaluate("getComputedStyle(document.querySelector('footer')).borderTopStyle") == "solid"
        assert (seen.told, seen.asked) == ([], [])


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


def test_the_sheet_of_a_site_changes_no_words_of_its_drawings(browser: Browser, site: Path) -> None:
    fonts = """[...document.querySelectorAll('svg.drawing text.note, svg.drawing text.word')].map((one) =>
      [one.classList[0], getComputedStyle(one).fontSize, getComputedStyle(one).fontWeight].join(' '))"""
    with visit(browser, site / "topic" / "unit.html", script=False) as seen:
        found = set(seen.page.evaluate(fonts))

    assert found == {"note 12px 400", "word 12px 400"}
