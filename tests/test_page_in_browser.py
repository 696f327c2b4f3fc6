"""Pages in a real browser, offline: they draw, answer the pointer, and nothing that a record holds runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from flipflop.figures import timeline
from flipflop.figures.text import visible
from flipflop.publish import write_page
from tests import figures_case as case
from tests.browser import Visit, chromium, visit
from tests.hostile import PAYLOADS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MARK = """([figure, number]) => {
  const place = document.getElementById(`figure-${figure}`);
  const { xaxis, yaxis } = place._fullLayout;
  for (const trace of place.data) {
    const at = (trace.customdata || []).findIndex((data) => data?.[2] === number);
    if (at < 0) continue;
    place.scrollIntoView();
    const box = place.getBoundingClientRect();
    return [box.x + xaxis._offset + xaxis.d2p(trace.x[at]), box.y + yaxis._offset + yaxis.d2p(trace.y[at])];
  }
}"""
LABEL = """() => {
  const place = document.querySelector('.figure');
  place.scrollIntoView();
  const { xaxis, yaxis } = place._fullLayout;
  const trace = place.data.find((one) => (one.customdata || []).some((data) => data?.length === 1));
  const at = trace.customdata.findIndex((data) => data?.length === 1);
  const box = place.getBoundingClientRect();
  return [box.x + xaxis._offset + xaxis.d2p(trace.x[at]), box.y + yaxis._offset + yaxis.d2p(trace.y[at])];
}"""
LABELS = """async () => {
  const told = [], place = document.querySelector('.plotly-graph-div');
  const curve = place.data.findIndex((trace) => trace.mode === 'markers' && trace.x.length);
  for (let point = 0; point < place.data[curve].x.length; point++) {
    Plotly.Fx.hover(place, [{ curveNumber: curve, pointNumber: point }]);
    await new Promise((done) => setTimeout(done, 60)); /* plotly draws at most 20 labels a second */
    told.push(place.querySelector('.hoverlayer').textContent);
    if (place.querySelector('.hoverlayer a')) told.push('a link');
  }
  return told;
}"""
FOREIGN = """() => [...document.querySelectorAll('*')].filter((element) =>
  ['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'BASE', 'INPUT', 'VIDEO', 'MATH', 'LINK'].includes(element.tagName)
  || [...element.attributes].some((one) => /^on/i.test(one.name))
  || /^\\s*(javascript|data|vbscript):/i.test(element.getAttribute('href') || element.getAttribute('xlink:href') || '')
).map((element) => element.outerHTML.slice(0, 200))"""
HOVERS = """() => {
  const told = [];
  for (const place of document.querySelectorAll('.figure')) {
    for (let curve = 0; curve < place.data.length; curve++) {
      if (place.data[curve].mode !== 'markers') continue;
      for (let point = 0; point < place.data[curve].x.length; point++) {
        const { x, y, customdata } = place.data[curve]; /* a pointer tells of it, a call does not */
        place.emit('plotly_hover', { points: [{ x: x[point], y: y[point], customdata: customdata[point] }] });
        told.push(place.parentElement.querySelector('.tip').textContent);
      }
    }
  }
  return told;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    return write_page(path, case.positions(), case.reversals(), case.conflicts(), tz="America/New_York")


@pytest.fixture(scope="module")
def opened(browser: Browser, page: Path) -> Iterator[Visit]:
    """The page at its usual width, opened once; who changes something here puts it back."""
    with visit(browser, page) as seen:
        yield seen


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a topic per payload, which stands in every text that the frames have."""
    frame = pd.concat([attacked(payload, number) for number, payload in enumerate(PAYLOADS)], ignore_index=True)
    changes = frame.iloc[::2].assign(later_id=frame["statement_id"].iloc[1::2].to_numpy(), kind="reversal")
    changes = changes.rename(columns={"statement_id": "earlier_id"}).assign(
        reason=changes["text"], ruling=changes["text"]
    )
    against = changes.assign(other=changes["text"], kind="undercut")
    path = tmp_path_factory.mktemp("hostile") / "page.html"
    return write_page(path, frame, changes, against, title=" ".join(PAYLOADS))


def attacked(payload: str, number: int) -> pd.DataFrame:
    """Two statements of one speaker, all of whose texts are the payload."""
    texts = ("text", "speaker_name", "proposition", "topic_title", "source_title", "source_outlet", "source_url",
             "attribution", "on_behalf_of", "coder", "topic_kind", "form", "precision", "tz")  # fmt: skip
    start = pd.Timestamp("2017-07-09T12:00Z")
    return pd.DataFrame({
        "speaker": [payload + str(number)] * 2,
        "topic": [payload + str(number)] * 2,
        "statement_id": [f"{payload}{number}{place}" for place in (0, 1)],
        "stance": ["support", "oppose"],
        "said_from": [start, start + pd.Timedelta(hours=5)],
        "said_until": [start + pd.Timedelta(hours=1), start + pd.Timedelta(hours=6)],
        **dict.fromkeys(texts, payload),
    })  # fmt: skip


def test_there_are_at_least_forty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 40


def test_nothing_hostile_runs_and_all_of_it_is_shown(browser: Browser, hostile: Path) -> None:
    with visit(browser, hostile) as seen:
        assert seen.page.evaluate("document.documentElement.dataset.drawn") == str(len(PAYLOADS))
        hovers = seen.page.evaluate(HOVERS)
        words = seen.page.evaluate("[...document.querySelectorAll('td .quote')].map((one) => one.textContent)")

        assert seen.pwned() == []
        assert (seen.told, seen.asked) == ([], [])
        assert seen.page.evaluate(FOREIGN) == []
        assert seen.page.url == hostile.as_uri()
        assert [one.url for one in seen.context.pages] == [hostile.as_uri()]

    assert unseen(words) == []
    assert unseen(hovers) == []


def test_nothing_hostile_runs_in_a_bare_figure(browser: Browser, tmp_path: Path) -> None:
    frame = pd.concat([attacked(payload, number) for number, payload in enumerate(PAYLOADS)], ignore_index=True)
    frame["topic"], short = "one", [payload for payload in PAYLOADS if len(payload) < 60]
    path = tmp_path / "figure.html"
    timeline(frame, title=" ".join(PAYLOADS)).write_html(path, post_script="document.documentElement.dataset.drawn = 1")

    with visit(browser, path) as seen:
        hovers = seen.page.evaluate(LABELS)
        names = seen.page.evaluate("[...document.querySelectorAll('.annotation-text')].map((one) => one.textContent)")

        assert seen.pwned() == []
        assert (seen.told, seen.asked) == ([], [])
        assert seen.page.evaluate(FOREIGN) == []

    assert "a link" not in hovers
    assert [payload for payload in unseen(hovers) if payload in short] == []
    assert [payload for payload in unseen(names) if len(payload) < 20] == []


def unseen(texts: list[str]) -> list[str]:
    """The payloads that no text shows literally."""
    shown = [flat(text) for text in texts]
    return [payload for payload in PAYLOADS if not any(flat(visible(payload)) in text for text in shown)]


def flat(text: str) -> str:
    """The text without blanks and isolates, as lines may break anywhere."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in "\u2068\u2069")


def test_only_web_addresses_are_links(browser: Browser, hostile: Path) -> None:
    with visit(browser, hostile, script=False) as seen:
        links = seen.page.eval_on_selector_all("a:not([href^='#'])", "all => all.map((one) => [one.href, one.rel])")

    assert links == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (800, "light"), (1600, "dark")])
def test_a_page_draws_offline_at_any_width(browser: Browser, page: Path, width: int, scheme: str) -> None:
    with visit(browser, page, width=width, scheme=scheme) as seen:
        marks = seen.page.locator(".figure .points path").count()
        overflow = seen.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        small = seen.page.evaluate(
            "[...document.querySelectorAll('body :not(script):not(style)')].filter((one) => one.childElementCount === 0"
            " && one.textContent.trim() && parseFloat(getComputedStyle(one).fontSize) < 12).map((one) => one.outerHTML)"
        )

        assert marks >= 4
        assert overflow <= 0
        assert small == []
        assert (seen.told, seen.asked) == ([], [])


def test_pointing_at_a_mark_shows_the_quote_and_its_row(opened: Visit) -> None:
    point_at(opened, 2)

    assert "We will form a unit." in opened.page.locator(".tip").inner_text()
    assert opened.page.locator("tr.shown").get_attribute("id") == "r0-2"


def test_pointing_at_the_label_of_an_arc_tells_of_the_change(opened: Visit) -> None:
    x, y = opened.page.evaluate(LABEL)
    opened.page.mouse.move(x, y - 40)
    opened.page.mouse.move(x, y)
    opened.page.locator(".tip:not([hidden])").wait_for()

    assert "Ann Lee changed position within 12 h 55 min" in opened.page.locator(".tip").inner_text()


def test_a_click_on_a_mark_opens_its_source(opened: Visit) -> None:
    asked: list[str] = []
    opened.context.on("request", lambda request: asked.append(request.url))
    place = point_at(opened, 2)
    with opened.context.expect_page() as popup:
        opened.page.mouse.click(*place)
    opener = popup.value.evaluate("window.opener")
    popup.value.close()

    assert (asked, opener) == ([case.TWEET], None)


def test_a_click_on_a_mark_without_a_source_leads_to_its_row(opened: Visit) -> None:
    opened.page.locator("[data-view=whole]").click()
    opened.page.mouse.click(*point_at(opened, 4))
    opened.page.wait_for_url("**#r0-4")
    opened.page.locator("[data-view=view]").click()


def point_at(seen: Visit, number: int) -> tuple[float, float]:
    """Move the pointer onto a mark of the first figure and return where that is."""
    x, y = seen.page.evaluate(MARK, [0, number])
    seen.page.mouse.move(x - 60, y)
    seen.page.mouse.move(x, y)
    seen.page.locator(".tip:not([hidden])").wait_for()
    return x, y


def test_the_legend_hides_and_shows(opened: Visit) -> None:
    opposes = opened.page.locator("[data-group=strongly_oppose]")
    before = opened.page.locator(".points path").count()
    opposes.click()
    hidden, pressed = opened.page.locator(".points path").count(), opposes.get_attribute("aria-pressed")
    opposes.click()

    assert (before - hidden, pressed) == (1, "false")
    assert opened.page.locator(".points path").count() == before


def test_the_whole_record_shows_every_mark(opened: Visit) -> None:
    opened.page.locator("[data-view=whole]").click()
    displays = opened.page.locator(".points path").evaluate_all("all => all.map((one) => one.style.display)")
    pressed = opened.page.locator("[data-view=whole]").get_attribute("aria-pressed")
    opened.page.locator("[data-view=view]").click()

    assert "none" not in displays
    assert pressed == "true"


def test_the_keyboard_goes_from_statement_to_statement(opened: Visit) -> None:
    opened.page.locator(".figure").focus()
    opened.page.keyboard.press("ArrowRight")
    opened.page.keyboard.press("ArrowRight")

    assert opened.page.locator("tr.shown").get_attribute("id") == "r0-1"
    assert "Burglars!" in opened.page.locator("[aria-live]").inner_text()


def test_the_theme_can_be_changed(opened: Visit) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    ground = "document.querySelector('.main-svg').style.background"
    light = opened.page.evaluate(paper), opened.page.evaluate(ground)
    opened.page.locator("#theme").click()
    dark = opened.page.evaluate(paper), opened.page.evaluate(ground)
    opened.page.locator("#theme").click()

    assert light == ("rgb(255, 253, 248)",) * 2
    assert dark == ("rgb(23, 23, 22)",) * 2


def test_without_a_script_the_page_still_tells_everything(browser: Browser, page: Path) -> None:
    with visit(browser, page, script=False) as seen:
        told = seen.page.locator("body").inner_text()

    assert all(text in told for text in case.positions()["text"])
    assert "changed position within 12 h 55 min" in told
    assert "The drawing needs JavaScript; the table says the same." in told


def test_the_figure_draws_with_plotly_beside_the_page(browser: Browser, tmp_path: Path) -> None:
    path = write_page(tmp_path / "page.html", case.positions(), plotlyjs="directory")

    with visit(browser, path) as seen:
        assert seen.page.locator(".figure .points path").count() == 5
        assert (seen.told, seen.asked) == ([], [])


def test_plotly_from_its_server_is_asked_for_and_the_page_says_that_it_did_not_come(
    browser: Browser, tmp_path: Path
) -> None:
    path = write_page(tmp_path / "page.html", case.positions(), plotlyjs="cdn")

    with visit(browser, path) as seen:
        assert [url.startswith("https://cdn.plot.ly/plotly-") for url in seen.asked] == [True]
        assert "the table says the same" in seen.page.locator(".figure").inner_text()


def test_plotly_changed_on_the_way_does_not_run(browser: Browser, page: Path, tmp_path: Path) -> None:
    whole = page.read_text("utf-8")
    start = whole.index('id="plotly-packed">') + len('id="plotly-packed">')
    other = "H4sIAAAAAAACAysoz9Mw0gQAyMt3swYAAAA="  # pwn(2), packed
    (tmp_path / "page.html").write_text(whole[:start] + other + whole[whole.index("<", start) :], "utf-8")

    with visit(browser, tmp_path / "page.html") as seen:
        assert seen.pwned() == []
        assert "could not be drawn" in seen.page.locator(".figure").inner_text()
