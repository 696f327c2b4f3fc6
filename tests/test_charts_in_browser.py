"""Charts and cards in a real browser, offline: no words touch, nothing runs, nothing is fetched, no link is planted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import plotly.io as pio
import pytest

import flipflop as ff
from flipflop.figures import card_data, latency_data, matrix_data, switches_data
from flipflop.figures.card_data import CardData
from flipflop.figures.card_drawing import draw_card
from flipflop.figures.scene_plotly import figure_of
from flipflop.publish import write_card, write_chart
from flipflop.publish.card import card_article, card_html
from flipflop.publish.charts import chart_html
from tests.browser import visit
from tests.hostile import PAYLOADS, attacked

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TOUCHING = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), boxes = [];
  while (walk.nextNode()) {
    const node = walk.currentNode, holder = node.parentElement;
    if (!node.textContent.trim() || holder.closest('script, style, details, .spoken')) continue;
    if (!holder.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width) boxes.push([box, node.textContent]);
  }
  const found = [];
  boxes.forEach(([one, words], place) => {
    for (const [two, others] of boxes.slice(0, place)) {
      const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
      const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      if (across > 1.5 && down > 4) found.push([words, others]);
    }
  });
  return found;
}"""
OUTSIDE = """() => {
  const out = [...document.querySelectorAll('svg.scene text, svg.main-svg text')].filter((text) => {
    const box = text.getBoundingClientRect(), paper = text.closest('svg').getBoundingClientRect();
    return box.width && (box.left < paper.left - 1 || box.right > paper.right + 1);
  });
  return [...out.map((text) => text.textContent), document.documentElement.scrollWidth > innerWidth ? 'page' : '']
    .filter(Boolean);
}"""
FOREIGN = """() => [...document.querySelectorAll('*')].filter((element) =>
  ['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'BASE', 'INPUT', 'VIDEO', 'MATH', 'LINK', 'A', 'a']
    .includes(element.tagName) && !element.closest('.modebar')
  || [...element.attributes].some((one) => /^on/i.test(one.name))
).map((element) => element.outerHTML.slice(0, 200))"""
LONG = {
    "ann": "Alexandra Wilhelmina von Hohenstaufen-Wittelsbach MacGyver",
    "bo": "BORIS WWWWWWWWWWWWWWWWWWWWWWWWWW",
    "cy": "Cy",
}


@pytest.fixture(scope="module")
def record() -> pd.DataFrame:
    """Thirty months of three people on three topics, with long names, long words and months without anything."""
    rows = [
        {
            "speaker": who, "speaker_name": LONG[who], "topic": f"t{topic}",
            "topic_title": "A by-pass for the old town, " * (topic + 1),
            "proposition": "The town should build a by-pass around all of the old town by 2030. " * (topic + 1),
            "statement_id": f"{who}{topic}-{number}",
            "stance": ("support", "oppose", "strongly_oppose", "mixed")[(number * 7 + topic) % 4],
            "said_from": pd.Timestamp("2022-01-05T10:00Z") + pd.Timedelta(days=number * 61 + 11 * topic),
            "text": "We will build it, whatever it costs. " * (number + 1),
            "form": "reported" if number % 3 else "quote",
            "source_url": "https://example.org/a/very/long/address",
            "source_title": "Council minutes " * 6,
        }
        for who in LONG
        for topic in range(3)
        for number in range(15)
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    return frame.assign(said_until=frame["said_from"] + pd.Timedelta(hours=30))


PAGES: dict[str, Callable[[pd.DataFrame], str]] = {
    "matrix": lambda frame: chart_html(matrix_data(frame)),
    "switches": lambda frame: chart_html(switches_data(frame, by="speaker")),
    "latency": lambda frame: chart_html(latency_data(frame), "How long " * 20),
    "card": lambda frame: card_html(card_data(frame, *frame["statement_id"][:2])),
}
FIGURES: dict[str, Callable[[pd.DataFrame], object]] = {
    "matrix": ff.matrix,
    "switches": lambda frame: ff.switches(frame, by="topic", order="changes"),
    "latency": ff.latency,
    "card": lambda frame: ff.card(frame, *frame["statement_id"][:2]),
    "timeline": ff.timeline,
}


@pytest.mark.parametrize("width", [360, 800, 1600])
@pytest.mark.parametrize("name", PAGES)
def test_no_words_of_a_page_touch_or_leave_it(
    browser: Browser, record: pd.DataFrame, tmp_path: Path, name: str, width: int
) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGES[name](record), "utf-8")

    with visit(browser, path, width=width) as seen:
        assert seen.page.evaluate(TOUCHING) == []
        assert seen.page.evaluate(OUTSIDE) == []
        assert (seen.told, seen.asked) == ([], [])


@pytest.mark.parametrize("name", FIGURES)
def test_no_words_of_a_figure_touch_or_leave_it(
    browser: Browser, record: pd.DataFrame, tmp_path: Path, name: str
) -> None:
    path = plotted(tmp_path, [FIGURES[name](record)])

    with visit(browser, path, width=1200) as seen:
        assert seen.page.evaluate(TOUCHING) == []
        assert seen.page.evaluate(OUTSIDE) == []


def plotted(folder: Path, figures: list[object]) -> Path:
    """A page of plotly's own making, as a notebook shows it."""
    drawn = [pio.to_html(one, full_html=False, include_plotlyjs=number == 0) for number, one in enumerate(figures)]
    ready = "<script>document.documentElement.dataset.drawn = ''</script>"
    path = folder / "figure.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><body>{''.join(drawn)}{ready}", "utf-8")
    return path


@pytest.fixture(scope="module")
def hostile() -> pd.DataFrame:
    """Every payload in every text, as a speaker and a topic of its own."""
    return pd.concat([attacked(payload, number) for number, payload in enumerate(PAYLOADS)], ignore_index=True)


def card_datas(frame: pd.DataFrame) -> list[CardData]:
    """A card for each payload."""
    pairs = frame["statement_id"].to_numpy().reshape(-1, 2)
    return [card_data(frame[2 * number : 2 * number + 2], *pair) for number, pair in enumerate(pairs)]


def cards(frame: pd.DataFrame) -> str:
    """One page with a card for each payload."""
    data = card_datas(frame)
    return card_html(data[0]).replace("</main>", "".join(card_article(one) for one in data) + "</main>")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_hostile_runs_on_a_page_and_no_link_is_planted(
    browser: Browser, hostile: pd.DataFrame, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(cards(hostile) if name == "card" else PAGES[name](hostile), "utf-8")

    with visit(browser, path) as seen:
        assert seen.pwned() == []
        assert (seen.told, seen.asked) == ([], [])
        assert seen.page.evaluate(FOREIGN) == []
        assert seen.page.url == path.as_uri()


def test_nothing_hostile_runs_in_a_figure_and_no_link_is_planted(
    browser: Browser, hostile: pd.DataFrame, tmp_path: Path
) -> None:
    scenes = [draw_card(one, payload) for one, payload in zip(card_datas(hostile), PAYLOADS, strict=True)]
    texts = {text.lines: text for scene in scenes for text in scene.texts}
    scenes[0].texts = list(texts.values())  # one plot with all texts is quicker than one for each card
    figures = [figure_of(scenes[0], "light"), ff.matrix(hostile[:12]), ff.switches(hostile[:12], by="speaker")]

    with visit(browser, plotted(tmp_path, figures)) as seen:
        seen.page.wait_for_timeout(300)
        assert seen.pwned() == []
        assert (seen.told, seen.asked) == ([], [])
        assert seen.page.evaluate(FOREIGN) == []


def test_nothing_hostile_runs_in_a_drawing_of_its_own(browser: Browser, hostile: pd.DataFrame, tmp_path: Path) -> None:
    drawing = write_chart(tmp_path / "matrix.svg", matrix_data(hostile), title=" ".join(PAYLOADS))
    card = write_card(tmp_path / "card.svg", hostile[:2], *hostile["statement_id"][:2])

    for path in (drawing, card):
        with visit(browser, path, script=False) as seen:
            assert (seen.told, seen.asked) == ([], [])
            assert seen.page.locator("script, a, foreignObject, image").count() == 0
            assert seen.page.locator("text").count() > 2


def test_a_source_is_one_click_away(browser: Browser, record: pd.DataFrame, tmp_path: Path) -> None:
    path = write_card(tmp_path / "card.html", record, *record["statement_id"][:2])

    with visit(browser, path) as seen:
        links = seen.page.locator("a").evaluate_all("(all) => all.map((one) => one.href)")

    assert links == ["https://example.org/a/very/long/address"] * 2
