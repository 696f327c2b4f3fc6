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
LABELS = "document.querySelectorAll('svg.narrow .gap:not(.crowded)').length"
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


def test_a_label_without_room_comes_when_a_reader_looks_closer(browser: Browser, crowd: Path) -> None:
    with visit(browser, crowd, width=360) as seen:
        assert 0 < seen.page.evaluate(LABELS) < 59
        for _ in range(5):
            seen.page.locator("button[data-zoom='0.5']").click()
        in_view = seen.page.evaluate(LABELS)

        assert 0 < in_view <= 6
        assert seen.page.evaluate(WRONG) == []


def test_an_arc_between_statements_of_one_stretch_of_time_reaches_no_further(browser: Browser, tmp_path: Path) -> None:
    july = {"said_from": pd.Timestamp("2017-07-01", tz="UTC"), "said_until": pd.Timestamp("2017-08-01", tz="UTC")}
    pair = case.positions().iloc[[0, 3]].assign(speaker="ann-lee", **july).assign(stance=["support", "oppose"])
    page = write_page(tmp_path / "july.html", pair, find_reversals(pair), tz="UTC")

    with visit(browser, page, width=360) as seen:
        assert [width < 4 for width in seen.page.evaluate(ARCS)] == [True]
        seen.page.locator("button[data-zoom='2']").click()
        assert [width < 4 for width in seen.page.evaluate(ARCS)] == [True]
