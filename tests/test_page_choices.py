"""What a reader chooses on a page: filters, zone, view, picture; in a real browser, with the network off."""

from __future__ import annotations

import csv
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pandas as pd
import pytest

from flipflop.publish import page_html, write_page
from tests import figures_case as case
from tests.browser import Visit, visit
from tests.hostile import PAYLOADS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Download

ROWS = "[...document.querySelectorAll('tbody tr:not([hidden])')].map((row) => row.id)"
TIMES = "[...document.querySelectorAll('tbody time')].map((one) => one.textContent)"


def frame() -> pd.DataFrame:
    """The short case on two topics; moments to the second, to a part of the day, to the day, to the month, open."""
    held = case.positions().assign(tz="America/New_York", precision=["second", "daypart", "interval", "second", "day"])
    held = between(held, 1, "2017-07-09T10:00Z", "2017-07-09T16:00Z")
    held = between(held, 4, "2017-07-24T04:00Z", "2017-07-25T04:00Z")
    other = held.iloc[[0, 3]].assign(topic="talks", statement_id=["q1", "q2"], proposition="There should be talks.")
    other["said_from"] += pd.Timedelta(days=40)
    other["said_until"] = other["said_from"] + pd.Timedelta(minutes=1)
    month = other.iloc[[0]].assign(statement_id="q3", precision="month", speaker="di-vu", speaker_name="Di Vu")
    month = between(month, int(month.index[0]), "2017-07-01T04:00Z", "2017-08-01T04:00Z")
    return pd.concat([held, other, month], ignore_index=True)


def between(held: pd.DataFrame, row: int, start: str, end: str) -> pd.DataFrame:
    """The frame with one row said between two moments."""
    moments = {"said_from": pd.Timestamp(start), "said_until": pd.Timestamp(end)}
    return held.assign(**{name: held[name].mask(held.index == row, moment) for name, moment in moments.items()})


def changes() -> pd.DataFrame:
    """A change on each topic, one of them ruled on."""
    second = case.reversals().assign(topic="talks", earlier_id="q1", later_id="q2", ruling=None, kind="walk_back")
    return pd.concat([case.reversals(), second], ignore_index=True)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    return write_page(path, frame(), changes(), case.conflicts(), tz="America/New_York", title="A week in July")


@pytest.fixture(scope="module")
def at_rest(browser: Browser, page: Path) -> Iterator[Visit]:
    with visit(browser, page, zone="Europe/Paris") as seen:
        yield seen


@pytest.fixture
def opened(at_rest: Visit) -> Iterator[Visit]:
    """The page as it came; whatever was chosen is taken back after each test."""
    yield at_rest
    at_rest.page.evaluate("location.hash = `nothing=${Math.random()}`")
    at_rest.page.locator("#clear").wait_for(state="hidden")


def choose(seen: Visit, group: str, words: str) -> None:
    seen.page.locator(f"[data-choice={group}]").evaluate("one => { one.open = true; }")
    seen.page.locator(f"[data-choice={group}] button", has_text=words).click()
    seen.page.locator("h1").click()


@pytest.mark.parametrize(
    ("group", "words", "rows"),
    [
        ("speaker", "Ann Lee", ["r0-2", "r0-3", "r1-1", "r1-2"]),
        ("topic", "unit", ["r0-0", "r0-1", "r0-2", "r0-3", "r0-4"]),
        ("kind", "a side, then a mixed position", ["r1-1", "r1-2"]),
        ("kind", "same side as another, who showed the opposite later", ["r0-1", "r0-3"]),
        ("ruling", "ruled: change of position", ["r0-2", "r0-3"]),
        ("ruling", "nobody has judged them yet", ["r1-1", "r1-2"]),
    ],
)
def test_a_filter_shows_the_same_statements_in_table_and_drawing(
    opened: Visit, group: str, words: str, rows: list[str]
) -> None:
    choose(opened, group, words)

    marks = opened.page.evaluate(
        "[...document.querySelectorAll('section:not([hidden]) svg.wide .window .m:not([hidden])')]"
        ".map((one) => `r${one.closest('section').id.slice(6)}-${one.dataset.n}`).sort()"
    )
    assert opened.page.evaluate(f"{ROWS}.filter((id) => !document.getElementById(id).closest('[hidden]'))") == rows
    assert marks == rows
    assert opened.page.locator("#count").inner_text() == f"{len(rows)} of 8 statements"


def test_a_lane_for_each_topic_can_be_filtered_too(browser: Browser, tmp_path: Path) -> None:
    path = write_page(tmp_path / "page.html", frame(), changes(), lanes="topic")

    with visit(browser, path) as seen:
        choose(seen, "topic", "talks")

        shown = seen.page.locator("tbody tr:visible .note", has_text="on:").all_inner_texts()
        assert shown == ["on: talks"] * 3
        assert seen.page.locator("section:visible svg.wide .name:visible").count() == 2


def test_filters_join_and_are_taken_back_at_once(opened: Visit) -> None:
    before = opened.page.evaluate(ROWS)
    choose(opened, "speaker", "Ann Lee")
    choose(opened, "speaker", "Bo Ek")
    choose(opened, "topic", "unit")
    both = opened.page.evaluate(ROWS)
    opened.page.locator("#clear").click()

    assert both == ["r0-1", "r0-2", "r0-3"]
    assert opened.page.evaluate(ROWS) == before


def test_a_lane_without_statements_takes_no_room(opened: Visit) -> None:
    before = opened.page.locator("svg.wide").first.evaluate("one => one.clientHeight")
    choose(opened, "speaker", "Ann Lee")

    names = opened.page.locator("section:not([hidden]) svg.wide g:not([hidden]) > .name").all_text_contents()
    assert names == ["Ann Lee", "Ann Lee"]
    assert opened.page.locator("svg.wide").first.evaluate("one => one.clientHeight") < before


@pytest.mark.parametrize(("choice", "zone"), [("reader", "Europe/Paris"), ("utc", "UTC")])
def test_another_zone_reads_as_a_page_in_that_zone(opened: Visit, choice: str, zone: str) -> None:
    """The script and Python say moments in the same words."""
    opened.page.select_option("#zone", choice)

    there = page_html(frame(), changes(), tz=zone)
    body = there[there.index("<table") :]
    assert opened.page.evaluate(TIMES) == re.findall(r"<time[^>]*>([^<]+)</time>", re.sub(r"<li.*?</li>", "", body))
    axis = re.search(r'class="quiet zone"[^>]*>([^<]+)<', there)
    assert axis
    assert opened.page.locator("svg.wide .zone").first.text_content() == axis[1]
    assert f"All times in {zone}." in opened.page.locator("header").inner_text()


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Europe/London", "Europe/Moscow"])
def test_nothing_changes_for_a_reader_who_lives_in_the_zone_of_the_page(
    browser: Browser, tmp_path: Path, zone: str
) -> None:
    path = write_page(tmp_path / "page.html", frame(), changes(), tz=zone)

    with visit(browser, path, zone=zone) as seen:
        before = seen.page.evaluate(TIMES)
        seen.page.select_option("#zone", "reader")

        assert seen.page.evaluate(TIMES) == before
        assert seen.told == []


def test_a_date_stays_the_date_that_was_given_and_the_order_stays(opened: Visit) -> None:
    before = opened.page.evaluate(ROWS)
    opened.page.select_option("#zone", "reader")

    assert opened.page.locator("#r0-4 time").inner_text() == "24 July 2017 (in America/New_York)"
    assert opened.page.locator("#r1-0 time").inner_text() == "July 2017 (in America/New_York)"
    assert opened.page.evaluate(ROWS) == before


def test_the_speakers_own_zone_shows_each_moment_as_it_was_recorded(browser: Browser, tmp_path: Path) -> None:
    path = write_page(tmp_path / "page.html", frame(), tz="Europe/Moscow")

    with visit(browser, path) as seen:
        seen.page.select_option("#zone", "own")

        assert seen.page.locator("[data-id=p1] time").inner_text() == "9 July 2017, 07:50:24 EDT"
        assert seen.page.locator("[data-id=p2] time").inner_text() == "9 July 2017, 06:00\N{EN DASH}12:00 EDT (morning)"
        assert seen.page.locator("[data-id=p5] time").inner_text() == "24 July 2017"


def test_paper_shows_what_the_reader_chose(opened: Visit) -> None:
    choose(opened, "speaker", "Ann Lee")
    opened.page.locator("button[data-view=whole]").first.click()
    opened.page.emulate_media(media="print")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.set_viewport_size({"width": 700, "height": 900})
    narrow = opened.page.locator("svg.narrow").first

    assert narrow.is_visible()
    assert not opened.page.locator(".controls").is_visible()
    assert narrow.locator("g:not([hidden]) > .name").all_text_contents() == ["Ann Lee"]
    assert narrow.locator(".axis text").all_text_contents() == ["15 Jul", "2017", "22 Jul"]
    opened.page.emulate_media(media="screen")
    opened.page.set_viewport_size({"width": 1200, "height": 900})


def test_a_link_leads_to_exactly_this_view(opened: Visit, browser: Browser, page: Path) -> None:
    choose(opened, "speaker", "Ann Lee")
    opened.page.select_option("#zone", "utc")
    opened.page.locator("button[data-view=whole]").first.click()
    opened.page.locator("[data-group=oppose]").first.click()
    opened.page.locator("#figure-0").focus()
    opened.page.keyboard.press("Home")
    opened.page.wait_for_url("**at=**")
    address = opened.page.url

    with visit(browser, page, fragment=address.partition("#")[2]) as seen:
        assert seen.page.locator("#count").inner_text() == opened.page.locator("#count").inner_text()
        assert seen.page.evaluate(ROWS) == opened.page.evaluate(ROWS)
        assert (
            seen.page.locator(".card:not([hidden])").inner_text()
            == opened.page.locator(".card:not([hidden])").inner_text()
        )
        assert seen.page.locator("button[data-view=whole]").first.get_attribute("aria-pressed") == "true"
        seen.page.wait_for_timeout(300)
        assert seen.page.url == address


@pytest.mark.parametrize(
    "fragment",
    [
        "=".join(PAYLOADS).replace("\0", ""),
        "&".join(f"{name}={payload}" for name in ("topic", "zone", "time", "at") for payload in PAYLOADS[:8]),
        "time=0:NaN:Infinity&time=0:-1e400:1e400&time=0:99999999999999:1",
        "time=0:-9999999999999:9999999999999&at=0:__proto__&without=0:__proto__",
        "time=9:1:2&zone=constructor&at=9:p1&%",
        "speaker=" + "x" * 100_000,
    ],
)  # fmt: skip
def test_a_hostile_address_does_no_harm(browser: Browser, page: Path, fragment: str) -> None:
    with visit(browser, page, fragment=fragment) as seen:
        assert seen.pwned() == []
        assert (seen.told, seen.asked) == ([], [])
        assert seen.page.locator("svg.wide .axis text").count() > 0


def test_the_reader_saves_a_picture_of_what_is_seen(opened: Visit) -> None:
    choose(opened, "speaker", "Ann Lee")
    with opened.page.expect_download() as saving:
        opened.page.locator("[data-save]").first.click()
    content = saved(saving.value)

    assert saving.value.suggested_filename == "a-week-in-july.png"
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert width == 2 * 1062
    assert 400 < height < 900
    assert len(content) > 20_000
    assert opened.told == []


def test_the_reader_saves_the_shown_rows_as_a_table(opened: Visit) -> None:
    choose(opened, "speaker", "Ann Lee")
    with opened.page.expect_download() as saving:
        opened.page.locator("#csv").click()
    rows = list(csv.DictReader(saved(saving.value).decode("utf-8-sig").splitlines()))

    assert [row["statement_id"] for row in rows] == ["p1", "p4", "q1", "q2"]
    assert (rows[0]["said_from"], rows[0]["source_url"]) == ("2017-07-09T11:50:24Z", case.TWEET)


def saved(download: Download) -> bytes:
    return Path(cast("str", download.path())).read_bytes()
