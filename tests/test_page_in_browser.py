"""Pages in a real browser, offline: they draw, answer the pointer, and nothing that a record holds runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from flipflop.figures import timeline
from flipflop.publish import write_page
from flipflop.text.visible import visible
from tests import figures_case as case
from tests.browser import Visit, visit
from tests.cli_running import flipflop
from tests.hostile import PAYLOADS, attacked

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MARK = """([figure, number]) => {
  const place = document.getElementById(`figure-${figure}`);
  place.scrollIntoView();
  const mark = [...place.querySelectorAll(`.m[data-n="${number}"]`)].find((one) => one.getBoundingClientRect().width);
  const { x, y, width, height } = mark.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""
SEEN = """() => [...document.querySelectorAll('.window .m')].filter((one) => {
  const { left, right, width } = one.getBoundingClientRect();
  const plot = one.closest('svg.drawing').getBoundingClientRect();
  return width && left >= plot.left - 9 && right <= plot.right + 9;
}).length"""
SHOWN = """() => [
  document.querySelectorAll('svg.wide .m:not([hidden])').length,
  document.querySelectorAll('tbody tr:not([hidden])').length,
  document.querySelectorAll('svg.wide .name').length - document.querySelectorAll('svg.wide g[hidden] .name').length,
  document.querySelector('svg.wide').clientHeight,
]"""
APART = """() => {
  const at = (number) => document.querySelector(`svg.wide .m[data-n="${number}"]`).getBoundingClientRect().x;
  return [at(0), at(3) - at(0)];
}"""
COLOURS = """() => [
  getComputedStyle(document.documentElement).backgroundColor,
  getComputedStyle(document.querySelector('.m.look-support')).fill,
]"""
DRAWN = """() => [...document.querySelectorAll('svg.wide .axis *, svg.wide .beyond')].map((one) =>
  [one.textContent, one.tagName, Math.round(one.getBoundingClientRect().x)])"""
BEYOND = """() => [...document.querySelectorAll('.beyond')].filter((one) => one.checkVisibility()).map((one) => {
  const { left, right } = one.getBoundingClientRect();
  return [one.textContent, left, right];
})"""
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
HOVERS = """() => [...document.querySelectorAll('.figure')].map((place) => {
  const told = [];
  for (let mark = 0; mark < 2; mark++) {
    place.focus();
    place.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    told.push(place.querySelector('.card').textContent);
  }
  return told;
}).flat()"""


PINCH = """() => {
  const place = document.querySelector('.figure'), { left, top } = place.getBoundingClientRect();
  const finger = (kind, pointerId, x) => place.dispatchEvent(new PointerEvent(kind, {
    pointerId, pointerType: 'touch', clientX: left + x, clientY: top + 50, bubbles: true,
  }));
  place.setPointerCapture = () => {}; /* no such finger is on this screen */
  finger('pointerdown', 1, 400); finger('pointerdown', 2, 500);
  finger('pointermove', 2, 600);
  finger('pointerup', 1, 400); finger('pointerup', 2, 600);
  delete place.setPointerCapture;
}"""
CHOICES = """() => {
  for (const zone of ['own', 'reader', 'utc', 'page']) {
    document.getElementById('zone').value = zone;
    document.getElementById('zone').dispatchEvent(new Event('change'));
  }
  for (const one of document.querySelectorAll('.choice button:nth-child(-n+3), section:first-of-type .legend button')) {
    one.click();
    one.click();
  }
}"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    return write_page(path, case.positions(), case.reversals(), case.conflicts(), tz="America/New_York")


@pytest.fixture(scope="module")
def at_rest(browser: Browser, page: Path) -> Iterator[Visit]:
    with visit(browser, page) as seen:
        yield seen


@pytest.fixture
def opened(at_rest: Visit) -> Iterator[Visit]:
    """The page at its usual width, opened once; the first view comes back after each test."""
    yield at_rest
    at_rest.page.keyboard.press("Escape")
    at_rest.page.locator("button[data-view=view]").click()


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


def test_there_are_at_least_forty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 40


def test_nothing_hostile_runs_and_all_of_it_is_shown(browser: Browser, hostile: Path) -> None:
    with visit(browser, hostile) as seen:
        assert seen.page.evaluate("document.documentElement.dataset.drawn") == str(len(PAYLOADS))
        hovers = seen.page.evaluate(HOVERS)
        seen.page.evaluate(CHOICES)
        words = seen.page.evaluate("[...document.querySelectorAll('td .quote')].map((one) => one.textContent)")

        assert seen.pwned() == []
        assert (seen.told, seen.asked) == ([], [])
        assert seen.page.evaluate(FOREIGN) == []
        assert [one.url.partition("#")[0] for one in seen.context.pages] == [hostile.as_uri()]

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
        marks = seen.page.evaluate(SEEN)
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

    assert "We will form a unit." in opened.page.locator(".card:not([hidden])").inner_text()
    assert opened.page.locator("tr.shown").get_attribute("id") == "r0-2"


def test_pointing_at_the_label_of_an_arc_tells_of_the_change(opened: Visit) -> None:
    opened.page.locator("svg.wide .label").first.hover()

    assert "Ann Lee changed position within 12 h 55 min" in opened.page.locator(".card:not([hidden])").inner_text()


def test_a_click_on_a_mark_holds_its_card_open_and_one_more_opens_the_source(opened: Visit) -> None:
    asked: list[str] = []
    opened.context.on("request", lambda request: asked.append(request.url))
    opened.page.mouse.click(*point_at(opened, 2))
    opened.page.mouse.move(5, 5)
    opened.page.wait_for_timeout(400)
    with opened.context.expect_page() as popup:
        opened.page.locator(".card .quiet a").click()
    opener = popup.value.evaluate("window.opener")
    popup.value.close()

    assert (asked, opener) == ([case.TWEET], None)


def test_escape_closes_the_card(opened: Visit) -> None:
    opened.page.mouse.click(*point_at(opened, 2))
    opened.page.keyboard.press("Escape")

    assert opened.page.locator(".card:not([hidden])").count() == 0


def test_the_card_stays_while_the_pointer_goes_to_its_link(opened: Visit) -> None:
    point_at(opened, 2)
    opened.page.locator(".card .quiet a").hover()
    opened.page.wait_for_timeout(400)

    assert opened.page.locator(".card:not([hidden])").count() == 1


def test_enter_opens_the_source_or_leads_to_the_row(opened: Visit) -> None:
    opened.page.locator(".figure").focus()
    opened.page.keyboard.press("Home")
    with opened.context.expect_page() as popup:
        opened.page.keyboard.press("Enter")
    popup.value.close()
    opened.page.keyboard.press("End")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_url("**#r0-4")

    assert opened.page.locator("tr.shown").get_attribute("id") == "r0-4"


def point_at(seen: Visit, number: int) -> tuple[float, float]:
    """Move the pointer onto a mark of the first figure and return where that is."""
    x, y = seen.page.evaluate(MARK, [0, number])
    seen.page.mouse.move(x - 60, y)
    seen.page.mouse.move(x, y)
    seen.page.locator(".card:not([hidden])").wait_for()
    return x, y


def test_the_card_of_a_long_quotation_fits_into_the_window(browser: Browser, tmp_path: Path) -> None:
    long = case.positions().assign(text="We will form a unit with them. " * 65)
    with visit(browser, write_page(tmp_path / "long.html", long), width=360) as seen:
        point_at(seen, 2)
        card = seen.page.locator(".card:not([hidden])")

        assert (card.bounding_box() or {"height": 0})["height"] < 500
        assert card.locator(".quiet a").is_visible()


def test_the_legend_hides_and_shows_marks_rows_and_lanes(opened: Visit) -> None:
    opposes = opened.page.locator("[data-group=strongly_oppose]")
    before = opened.page.evaluate(SHOWN)
    opposes.click()
    hidden, pressed = opened.page.evaluate(SHOWN), opposes.get_attribute("aria-pressed")
    opposes.click()

    assert ([one - other for one, other in zip(before[:3], hidden[:3], strict=True)], pressed) == ([1, 1, 1], "false")
    assert hidden[3] < before[3]
    assert opened.page.evaluate(SHOWN) == before


def test_the_whole_record_shows_every_mark(opened: Visit) -> None:
    close = opened.page.evaluate(SEEN)
    opened.page.locator("button[data-view=whole]").click()
    whole, pressed = (
        opened.page.evaluate(SEEN),
        opened.page.locator("button[data-view=whole]").get_attribute("aria-pressed"),
    )

    assert (close, whole, pressed) == (4, 5, "true")


def test_a_reader_looks_closer_and_pulls_the_time_along(opened: Visit) -> None:
    before = opened.page.evaluate(APART)
    opened.page.locator("[data-zoom='0.5']").click()
    x, y = opened.page.evaluate(MARK, [0, 0])
    closer = opened.page.evaluate(APART)
    opened.page.mouse.move(x, y + 40)
    opened.page.mouse.down()
    opened.page.mouse.move(x + 50, y + 40, steps=4)
    opened.page.mouse.up()
    pulled = opened.page.evaluate(APART)

    assert closer[1] == pytest.approx(2 * before[1], abs=0.5)
    assert pulled == pytest.approx([closer[0] + 50, closer[1]], abs=0.5)


def test_the_keyboard_goes_from_statement_to_statement(opened: Visit) -> None:
    opened.page.locator(".figure").focus()
    opened.page.keyboard.press("ArrowRight")
    opened.page.keyboard.press("ArrowRight")

    assert opened.page.locator("tr.shown").get_attribute("id") == "r0-1"
    assert "Burglars!" in opened.page.locator("[aria-live]").inner_text()


def test_the_wheel_looks_closer_only_with_ctrl(opened: Visit) -> None:
    before = opened.page.evaluate(APART)
    x, y = opened.page.evaluate(MARK, [0, 2])
    opened.page.mouse.move(x, y)
    opened.page.mouse.wheel(0, -20)
    rolled = opened.page.evaluate(APART)
    x, y = opened.page.evaluate(MARK, [0, 2])
    opened.page.mouse.move(x, y)
    opened.page.keyboard.down("Control")
    opened.page.mouse.wheel(0, -200)
    opened.page.keyboard.up("Control")
    opened.page.locator("button[data-view=view][aria-pressed=false]").wait_for()

    assert rolled[1] == before[1]
    assert opened.page.evaluate(APART)[1] > 1.2 * before[1]
    assert opened.page.evaluate(MARK, [0, 2])[0] == pytest.approx(x, abs=1)


def test_two_fingers_pull_time_apart(opened: Visit) -> None:
    before = opened.page.evaluate(APART)
    opened.page.evaluate(PINCH)

    assert opened.page.evaluate(APART)[1] == pytest.approx(2 * before[1], rel=0.02)


def test_a_tap_on_a_telephone_shows_the_card_within_the_screen(browser: Browser, page: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, offline=True)
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.touchscreen.tap(*tab.evaluate(MARK, [0, 2]))
    card = tab.locator(".card:not([hidden])")

    assert "We will form a unit." in card.inner_text()
    box = card.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    context.close()


def test_a_page_of_several_topics_is_laid_out_to_its_end(browser: Browser, tmp_path: Path) -> None:
    """Else a picture of the whole page has nothing but its first topic."""
    assert flipflop("-s", tmp_path / "case.db", "demo", "-o", tmp_path / "case.html").code == 0
    with visit(browser, tmp_path / "case.html") as opened:
        seen = opened.page.evaluate(
            "() => [...document.querySelectorAll('section.block table')].map((one) =>"
            " one.checkVisibility({ contentVisibilityAuto: true }))"
        )
    assert seen == [True] * 3


def test_the_theme_can_be_changed(opened: Visit) -> None:
    light = opened.page.evaluate(COLOURS)
    opened.page.locator("#theme").click()
    dark = opened.page.evaluate(COLOURS)
    opened.page.locator("#theme").click()

    assert light == ["rgb(255, 253, 248)", "rgb(43, 143, 163)"]
    assert dark == ["rgb(23, 23, 22)", "rgb(60, 152, 168)"]


def test_without_a_script_the_page_still_shows_and_tells_everything(browser: Browser, page: Path) -> None:
    with visit(browser, page, script=False) as seen:
        told = seen.page.locator("body").inner_text()
        drawn = seen.page.locator("svg.wide")
        marks, arcs = drawn.locator(".window .m:visible").count(), drawn.locator("svg.arc-change").count()
        controls = seen.page.locator(".script:visible").count()

    assert all(text in told for text in case.positions()["text"])
    assert "changed position within 12 h 55 min" in told
    assert (marks, arcs, controls) == (5, 1, 0)


def test_the_script_draws_what_came_with_the_page(browser: Browser, page: Path) -> None:
    """The axis and the dates at its edges are the only things that are drawn in two languages."""
    with visit(browser, page) as seen:
        came = seen.page.evaluate(DRAWN)
        seen.page.locator("button[data-view=whole]").click()
        whole = seen.page.evaluate(DRAWN)
        seen.page.locator("button[data-view=view]").click()
        drawn = seen.page.evaluate(DRAWN)

    assert sorted(drawn) == sorted(came)
    assert whole != came


@pytest.mark.parametrize("width", [360, 1280])
def test_what_lies_beyond_the_edges_is_told_no_finer_than_it_is_known(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    """As it came and as the script draws it, within the screen."""
    path = write_page(tmp_path / "p.html", case.positions_beyond(), case.reversals(), tz="America/New_York")
    with visit(browser, path) as seen:
        seen.page.set_viewport_size({"width": width, "height": 900})
        came = seen.page.evaluate(BEYOND)
        seen.page.locator("button[data-view=whole]").click()
        whole = seen.page.evaluate(BEYOND)
        seen.page.locator("button[data-view=view]").click()
        drawn = seen.page.evaluate(BEYOND)

    assert {words for words, *_ in came} == {words for words, *_ in drawn} == case.EDGES
    assert whole == []
    assert all(0 <= left < right <= width for _, left, right in [*came, *drawn])


def test_at_the_edges_only_what_is_shown_is_counted(browser: Browser, tmp_path: Path) -> None:
    path = write_page(tmp_path / "p.html", case.positions_beyond(), case.reversals(), tz="America/New_York")
    with visit(browser, path) as seen:
        seen.page.locator("section:first-of-type .legend button", has_text="mixed").click()
        told = {words for words, *_ in seen.page.evaluate(BEYOND)}

    assert told == (case.EDGES | {"not before Mar 2018 + 1 more ▸"}) - {"24 Jul 2017 + 2 more ▸"}


def test_a_script_put_into_the_page_does_not_run(browser: Browser, page: Path, tmp_path: Path) -> None:
    whole = page.read_text("utf-8").replace("<footer>", "<script>pwn(1)</script><footer onclick='pwn(2)'>")
    (tmp_path / "page.html").write_text(whole, "utf-8")

    with visit(browser, tmp_path / "page.html") as seen:
        seen.page.locator("footer").click()

        assert seen.pwned() == []
        assert any("Content Security Policy" in told for told in seen.told)
