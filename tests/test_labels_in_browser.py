"""Text in a drawing, in the system's Chromium: nothing covers anything, nothing is cut without a sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from flipflop.detect import find_reversals
from flipflop.publish import write_page
from tests import figures_case as case
from tests.browser import chromium, visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

WRONG = """() => {
  const told = [], plot = [...document.querySelectorAll('.plot')].find((one) => one.getBoundingClientRect().width);
  const outer = plot.closest('svg.drawing').getBoundingClientRect();
  const texts = [...plot.querySelectorAll('.label, .name, .axis text')]
    .map((one) => ({ words: one.textContent, name: one.matches('.name'), box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width);
  for (const { words, name, box } of texts) {
    const left = name ? 4 : outer.left - 1;
    if (box.left < left || box.right > outer.right + 1) told.push(`cut: ${words}`);
  }
  texts.forEach(({ words, box }, place) => {
    for (const other of texts.slice(place + 1)) {
      const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      if (wide > 1 && high > 4) told.push(`${words} on ${other.words}`);
    }
  });
  return told;
}"""
"""What of the drawing in view is cut or lies on something else."""
ARCS = """() => [...document.querySelectorAll('svg.narrow .arc-unknown path')]
  .map((one) => one.getBoundingClientRect().width)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def crowd(tmp_path: Path) -> Path:
    """One person who changes position sixty times in as many days, another with a very long name."""
    said = pd.Timestamp("2020-03-01T12:00Z") + pd.to_timedelta(range(60), unit="D")
    own, other = case.positions().iloc[[0] * 60], case.positions().iloc[[0]]
    own = own.assign(statement_id=[f"s{number}" for number in range(60)], said_from=said, said_text="")
    own = own.assign(stance=["support", "oppose"] * 30)
    other = other.assign(
        speaker="m", speaker_name="Dr. Maximiliana Theodora von Hohenzollern-Sigmaringen", said_text=""
    )
    frame = pd.concat([own, other.assign(statement_id="m0", said_from=said[3])], ignore_index=True)
    frame = frame.assign(said_until=frame["said_from"] + pd.Timedelta("1s"))
    return write_page(tmp_path / "crowd.html", frame, find_reversals(frame), tz="UTC")


@pytest.mark.parametrize("width", [360, 800, 1600])
def test_no_text_of_a_crowded_drawing_covers_another_or_is_cut(browser: Browser, crowd: Path, width: int) -> None:
    with visit(browser, crowd, width=width) as seen:
        assert seen.page.evaluate(WRONG) == []
        seen.page.locator("button[data-zoom='0.5']").click(click_count=2)
        assert seen.page.evaluate(WRONG) == []
        assert seen.told == []


TOLD = """() => [...document.querySelectorAll('svg.drawing')].find((one) => one.getBoundingClientRect().width)
  .querySelectorAll('.gap:not(.crowded)').values().map((one) => one.textContent).toArray()"""
"""What the labels of the drawing in view tell, first line."""
BRACKETS = """() => [...document.querySelectorAll('svg.drawing')].find((one) => one.getBoundingClientRect().width)
  .querySelectorAll('.several').values().map((one) => {
    const own = [...one.querySelectorAll('line')].map((line) => line.getBoundingClientRect());
    const number = (name) => [...document.querySelectorAll(`svg:not([hidden]) .arc[data-a="${name}"]`)];
    const arcs = one.dataset.a.split(' ').flatMap(number).map((arc) => arc.getBoundingClientRect());
    const [left, right] = [arcs.filter((box) => box.width)].flatMap((all) =>
      [Math.min(...all.map((box) => box.left)), Math.max(...all.map((box) => box.right))]);
    return Math.round(Math.max(Math.abs(own[0].left - left), Math.abs(own[0].right - right)));
  }).toArray()"""
"""How far each bracket is from the ends of its arcs."""


def counted(told: list[str]) -> int:
    """For how many changes labels stand."""
    return sum(int(words.split(" within ")[0]) if " within " in words else 1 for words in told)


def test_changes_whose_labels_would_touch_share_one_until_a_reader_looks_closer(browser: Browser, crowd: Path) -> None:
    with visit(browser, crowd, width=360) as seen:
        first = seen.page.evaluate(TOLD)
        for _ in range(5):
            seen.page.locator("button[data-zoom='0.5']").click()
        closer = seen.page.evaluate(TOLD)

        assert (len(first) < 10, counted(first)) == (True, 59)
        assert 0 < counted(closer) <= 6
        assert seen.page.evaluate(WRONG) == []


@pytest.fixture
def within_the_hour(tmp_path: Path) -> Path:
    """Five changes within an hour; then one more, months later."""
    said = pd.to_datetime([f"2024-05-01T10:{minute}Z" for minute in ("02", "11", "17", "34", "41", "58")])
    frame = (
        case.positions()
        .iloc[[0] * 7]
        .assign(
            statement_id=[f"s{number}" for number in range(7)],
            said_from=[*said, pd.Timestamp("2024-09-20T12:00Z")],
            stance=["support", "oppose"] * 3 + ["support"],
        )
    )
    frame = frame.assign(said_until=frame["said_from"] + pd.Timedelta("1min"))
    return write_page(tmp_path / "hour.html", frame, find_reversals(frame), tz="UTC")


@pytest.mark.parametrize("width", [360, 800, 1600])
@pytest.mark.parametrize("script", [True, False])
def test_every_change_in_view_has_a_label_above_its_own_arcs(
    browser: Browser, within_the_hour: Path, width: int, script: bool
) -> None:
    with visit(browser, within_the_hour, width=width, script=script) as seen:
        seen.page.wait_for_timeout(100)
        told = seen.page.evaluate(TOLD)
        away = seen.page.evaluate(BRACKETS)

        assert counted(told) == 6
        assert max(away, default=0) <= 12
        assert seen.page.evaluate(WRONG) == []


def test_a_label_for_several_changes_tells_each_of_them_at_the_pointer(browser: Browser, crowd: Path) -> None:
    with visit(browser, crowd, width=360) as seen:
        seen.page.locator("svg.narrow .several .gap").first.hover()
        card = seen.page.locator(".card").first.inner_text()

    assert card.count("Ann Lee made, 24 h apart, two statements that differ; nobody has judged them yet") == 6
    assert "more: look closer, or see the list." in card


KEPT = """() => {
  const own = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    if (/svg/.test(blob.type)) blob.text().then((text) => { window.kept = text; });
    return own(blob);
  };
}"""
"""Keeps the drawing of which a picture is made."""
CUT = """() => {
  const outer = document.querySelector('svg').getBoundingClientRect(), told = [];
  const texts = [...document.querySelectorAll('text.label, text.quiet, .axis text')]
    .map((one) => [one.textContent, one.getBoundingClientRect()]);
  texts.filter(([, box]) => box.width).forEach(([words, box], place, all) => {
    if (box.left < outer.left || box.right > outer.right || box.bottom > outer.bottom) told.push(`cut: ${words}`);
    for (const [other, that] of all.slice(place + 1)) {
      if (Math.min(box.right, that.right) - Math.max(box.left, that.left) > 1
        && Math.min(box.bottom, that.bottom) - Math.max(box.top, that.top) > 4) told.push(`${words} on ${other}`);
    }
  });
  return [texts.length > 5, told];
}"""


@pytest.mark.parametrize("width", [360, 1600])
def test_no_text_of_a_saved_picture_covers_another_or_is_cut(browser: Browser, crowd: Path, width: int) -> None:
    with visit(browser, crowd, width=width) as seen:
        seen.page.evaluate(KEPT)
        with seen.page.expect_download():
            seen.page.locator("[data-save]").first.click()
        drawing = seen.page.evaluate("window.kept")

    page = browser.new_page()
    page.set_content(drawing)
    assert page.evaluate(CUT) == [True, []]


def test_labels_have_room_again_when_a_window_is_made_smaller(browser: Browser, within_the_hour: Path) -> None:
    with visit(browser, within_the_hour, width=850) as seen:
        seen.page.wait_for_timeout(100)
        wide = seen.page.evaluate(TOLD)
        seen.page.set_viewport_size({"width": 340, "height": 900})
        seen.page.wait_for_timeout(100)

        assert len(seen.page.evaluate(TOLD)) < len(wide)
        assert seen.page.evaluate(WRONG) == []


def test_an_arc_between_statements_of_one_stretch_of_time_reaches_no_further(browser: Browser, tmp_path: Path) -> None:
    july = {"said_from": pd.Timestamp("2017-07-01", tz="UTC"), "said_until": pd.Timestamp("2017-08-01", tz="UTC")}
    pair = case.positions().iloc[[0, 3]].assign(speaker="ann-lee", **july).assign(stance=["support", "oppose"])
    page = write_page(tmp_path / "july.html", pair, find_reversals(pair), tz="UTC")

    with visit(browser, page, width=360) as seen:
        assert [width < 4 for width in seen.page.evaluate(ARCS)] == [True]
        seen.page.locator("button[data-zoom='2']").click()
        assert [width < 4 for width in seen.page.evaluate(ARCS)] == [True]
