"""The page of a large record in a real browser, offline: counts, marks, quotations, filters, hostile texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pandas as pd
import pytest

import flipflop as ff
from flipflop.errors import DataError
from flipflop.figures.build import figure_data
from flipflop.publish import page_html, write_page
from flipflop.publish.many import many_html
from flipflop.text.visible import visible
from tests import many_case as case
from tests.browser import Visit, visit, wait_until
from tests.cli_running import flipflop
from tests.hostile import PAYLOADS, attacked

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOREIGN = """() => [...document.querySelectorAll('*')].filter((element) =>
  ['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'BASE', 'VIDEO', 'MATH', 'LINK'].includes(element.tagName)
  || [...element.attributes].some((one) => /^on/i.test(one.name))
  || /^\\s*(javascript|data|vbscript):/i.test(element.getAttribute('href') || '')
).map((element) => element.outerHTML.slice(0, 200))"""
SMALL = """[...document.querySelectorAll('body :not(script):not(style)')].filter((one) => one.childElementCount === 0
 && one.textContent.trim() && parseFloat(getComputedStyle(one).fontSize) < 12).map((one) => one.outerHTML)"""
EVERY_MARK = """async (count) => {
  for (let at = 0; at < count; at++) {
    document.getElementById('figure').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    await new Promise((done) => setTimeout(done, 5));
  }
}"""
TABLE, ROWS = (
    "#rows tr",
    "all => all.map((one) => [one.querySelector('.quote').textContent, one.cells[0].textContent])",
)
PAIRS = """all => all.map((row) =>
  [...row.querySelectorAll('th, time')].map((one) => one.textContent.replace(/\\s+/g, ' ').trim()))"""
KEPT = """() => {
  const { prototype } = CanvasRenderingContext2D, own = prototype.fillText;
  window.kept = new Set();
  prototype.fillText = function (text, ...where) { window.kept.add(text); own.call(this, text, ...where); };
}"""
"""Keeps what is written on the canvas."""
RESTED = "document.documentElement.dataset.settled === document.getElementById('figure').dataset.draws"


@pytest.fixture(scope="module")
def positions() -> pd.DataFrame:
    return case.positions()


@pytest.fixture(scope="module")
def reversals(positions: pd.DataFrame) -> pd.DataFrame:
    """Their changes; the first one was ruled a reversal, the second none."""
    found = ff.find_reversals(positions)
    found.loc[found.index[0], "ruling"] = "reversal"
    found.loc[found.index[1], "ruling"] = "not_comparable"
    return found


@pytest.fixture(scope="module")
def rulings(reversals: pd.DataFrame) -> pd.DataFrame:
    first = reversals.iloc[0]
    ruling = {"earlier": first["earlier_id"], "later": first["later_id"], "topic": first["topic"], "by": "Ada <b>"}
    return pd.DataFrame([ruling | {"innocent_reading": "The bill was another.", "note": None, "reply_text": "I was."}])


@pytest.fixture(scope="module")
def conflicts(positions: pd.DataFrame) -> pd.DataFrame:
    """Two people on topic 3 who do not agree."""
    some = positions[positions["topic"] == "topic-3"]
    one, other = (some[some["speaker"] == speaker].iloc[0] for speaker in ("speaker-01", "speaker-02"))
    pair = {"speaker": one["speaker"], "other": other["speaker"], "topic": "topic-3", "kind": "off_message"}
    return pd.DataFrame([pair | {"earlier_id": one["statement_id"], "later_id": other["statement_id"]}])


@pytest.fixture(scope="module")
def path(
    tmp_path_factory: pytest.TempPathFactory,
    positions: pd.DataFrame,
    reversals: pd.DataFrame,
    conflicts: pd.DataFrame,
    rulings: pd.DataFrame,
) -> Path:
    target = tmp_path_factory.mktemp("many") / "page.html"
    return write_page(target, positions, reversals, conflicts, tz="Europe/Vienna", rulings=rulings)


@pytest.fixture(scope="module")
def visited(browser: Browser, path: Path) -> Iterator[Visit]:
    with visit(browser, path, width=800) as seen:
        rest(seen)
        yield seen


@pytest.fixture
def opened(visited: Visit) -> Visit:
    """The page, opened once, with the whole record in view."""
    visited.page.click("text=Show all")
    rest(visited)
    return visited


def rest(seen: Visit) -> None:
    """Wait until tables and words follow the drawing."""
    wait_until(seen.page, RESTED)


def act(seen: Visit, *keys: str) -> dict[str, str]:
    """Press keys on the figure, wait, and return what it says of itself."""
    seen.page.focus("#figure")
    for key in keys:
        seen.page.keyboard.press(key)
    rest(seen)
    return drawn(seen)


def drawn(seen: Visit) -> dict[str, str]:
    found: dict[str, str] = seen.page.evaluate("({...document.getElementById('figure').dataset})")
    return found


def choose(seen: Visit, name: str, value: str) -> str:
    if name == "speaker":
        seen.page.fill("#speaker", value)
        seen.page.keyboard.press("Tab")
    else:
        seen.page.select_option(f"#{name}", value)
    rest(seen)
    return drawn(seen)["count"]


def middles(frame: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    return frame["said_from"] + (frame["said_until"] - frame["said_from"]) / 2


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (800, "light"), (1600, "dark")])
def test_a_large_record_is_counted_at_any_width(browser: Browser, path: Path, width: int, scheme: str) -> None:
    with visit(browser, path, width=width, scheme=scheme) as seen:
        rest(seen)

        assert (drawn(seen)["mode"], drawn(seen)["count"]) == ("counts", "5000")
        assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert seen.page.evaluate(SMALL) == []
        assert (seen.told, seen.asked) == ([], [])


def test_coming_closer_counts_anew_and_then_draws_marks(opened: Visit, positions: pd.DataFrame) -> None:
    steps = [drawn(opened)["step"], act(opened, "+")["step"]]
    close = act(opened, "+", "+", "+")

    fromto = dict(re.findall(r"(from|until)=([^&]+)", opened.page.url.replace("%3A", ":")))
    seen = middles(positions).between(pd.Timestamp(fromto["from"]), pd.Timestamp(fromto["until"]))
    assert steps == ["month", "week"]
    assert (close["mode"], close["count"]) == ("marks", str(int(seen.sum())))
    assert opened.page.inner_text("#summary").startswith(f"In view: {int(seen.sum()):,} statements of 5,000")
    assert act(opened, "Home")["count"] == "5000"


def test_pointing_at_a_mark_tells_its_words_its_moment_and_its_source(opened: Visit, positions: pd.DataFrame) -> None:
    act(opened, "+", "+", "+", "+", "+", "+", "+", "ArrowRight", "ArrowRight")
    opened.page.wait_for_selector("#tip:not([hidden])")
    x, y = (float(part) for part in drawn(opened)["at"].split(","))
    opened.page.keyboard.press("Escape")
    opened.page.mouse.move(0, 0)

    box = opened.page.locator("#figure").bounding_box()
    assert box is not None
    opened.page.mouse.move(box["x"] + x, box["y"] + y)
    opened.page.wait_for_selector("#tip:not([hidden]) .quote")

    tip = opened.page.inner_text("#tip")
    number = int(re.findall(r"\((\d+)\)”?\n", tip)[0])
    row = positions.iloc[number]
    small = figure_data(positions.iloc[[number]], tz="Europe/Vienna")
    moment = small.blocks[0].marks[0].when
    assert row["text"] in tip
    assert row["speaker_name"] in tip
    assert moment in tip
    assert f"Story {number}" in tip
    assert opened.page.get_attribute("#tip a", "href") == f"https://example.org/{number}"


def test_a_click_holds_a_mark_open_and_enter_opens_its_source(opened: Visit) -> None:
    act(opened, "+", "+", "+", "+", "+", "+", "ArrowRight")
    opened.page.wait_for_selector("#tip:not([hidden]) .quote")
    x, y = (float(part) for part in drawn(opened)["at"].split(","))

    opened.page.click("#figure", position={"x": x, "y": y})
    opened.page.wait_for_selector("#tip:not([hidden]).held .quote")
    opened.page.mouse.move(5, 5)
    told, source = opened.page.inner_text("#tip"), opened.page.get_attribute("#tip a", "href")
    opened.page.focus("#figure")
    with opened.context.expect_event("request") as request:
        opened.page.keyboard.press("Enter")

    assert request.value.url == source
    assert "Source: Story" in told
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#tip").is_hidden()


def test_two_fingers_look_closer_and_a_tap_shows_a_mark(browser: Browser, path: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-settled]")
    page.locator("#figure").scroll_into_view_if_needed()
    box = page.locator("#figure").bounding_box()
    assert box is not None
    fingers = context.new_cdp_session(page)

    def touch(kind: str, *across: float) -> None:
        points = [{"x": x, "y": box["y"] + 100, "id": number} for number, x in enumerate(across)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 150)
    touch("touchStart", 150, 250)
    for step in range(1, 9):
        touch("touchMove", 150 - 15 * step, 250 + 10 * step)
    touch("touchEnd")
    seen = Visit(page, context)
    closer = drawn(seen)
    act(seen, "+", "+", "+", "ArrowRight")
    page.wait_for_selector("#tip:not([hidden])")
    x, y = (float(part) for part in drawn(seen)["at"].split(","))
    page.keyboard.press("Escape")
    page.tap("#figure", position={"x": x, "y": y})
    page.wait_for_selector("#tip:not([hidden]).held")
    context.close()

    assert int(closer["count"]) < 2500


def test_a_page_that_was_hidden_for_a_while_is_drawn_as_before(opened: Visit) -> None:
    before = (drawn(opened)["step"], opened.page.evaluate("document.getElementById('figure').width"))
    for shown in ("none", ""):
        opened.page.evaluate(f"document.body.style.display = '{shown}'")
        opened.page.wait_for_timeout(200)
    rest(opened)

    assert (drawn(opened)["step"], opened.page.evaluate("document.getElementById('figure').width")) == before


def test_a_page_that_was_hidden_at_first_is_drawn_when_it_is_shown(browser: Browser, path: Path) -> None:
    frame = path.with_name("frame.html")
    frame.write_text(f'<iframe src="{path.name}" style="display:none" width="700" height="900"></iframe>', "utf-8")
    with visit(browser, frame, ready="iframe[src]") as seen:
        seen.page.wait_for_timeout(1500)
        seen.page.evaluate("document.querySelector('iframe').style.display = ''")

        wait_until(seen.page.frames[1], "document.getElementById('figure').width > 300")


def test_the_address_of_a_view_shows_it_again(browser: Browser, opened: Visit, path: Path) -> None:
    choose(opened, "topic", "1")
    choose(opened, "times", "utc")
    view = act(opened, "+", "+", "+", "+", "+", "ArrowRight")
    told = opened.page.inner_text("#rows")
    address = opened.page.evaluate("document.getElementById('link').href")

    other = path.with_name("again.html")
    other.write_text(f'<meta http-equiv="refresh" content="0;url={address}">', "utf-8")
    with visit(browser, other) as seen:
        rest(seen)

        assert [drawn(seen)[name] for name in ("mode", "count")] == [view[name] for name in ("mode", "count")]
        assert seen.page.inner_text("#rows") == told
        assert seen.page.input_value("#times") == "utc"


def test_the_figure_and_the_tables_follow_what_is_chosen(
    opened: Visit, positions: pd.DataFrame, reversals: pd.DataFrame
) -> None:
    topic = positions["topic"] == "topic-2"
    person = positions["speaker_name"] == "Speaker 04"
    sided = reversals[(reversals["topic"] == "topic-2") & (reversals["speaker"] == "speaker-04")]
    changed = set(sided["earlier_id"]) | set(sided["later_id"])

    assert choose(opened, "topic", "2") == str(int(topic.sum()))
    assert choose(opened, "speaker", "Speaker 04") == str(int((topic & person).sum()))
    assert opened.page.inner_text("#proposition") == "Proposition 2 should become law."
    assert choose(opened, "kind", "any") == str(len(changed))
    assert f"of {len(changed)} statement" in opened.page.inner_text("#rows-told")
    assert "nobody has judged" in opened.page.inner_text("#summary")
    assert f"of {len(sided)} in view" in opened.page.inner_text("#pairs-told")
    opened.page.click("text=Show all")
    assert choose(opened, "ruling", "reversal") == "2"
    assert "Innocent reading: The bill was another (ruled by Ada <b>). Reply: I was." in opened.page.inner_text(
        "#pairs"
    )
    assert choose(opened, "ruling", "not_comparable") == "2"
    told = opened.page.inner_text("#pairs")
    assert re.search(r"made two statements, .+ apart \(ruled: not comparable, no change of position\)", told)
    assert "changed position" not in told


def test_a_choice_of_kind_keeps_the_statements_of_such_changes(opened: Visit, reversals: pd.DataFrame) -> None:
    some = reversals[reversals["kind"] == "walk_back"]

    assert choose(opened, "kind", "walk_back") == str(len(set(some["earlier_id"]) | set(some["later_id"])))


def test_statements_that_stand_against_each_other_are_told_without_a_culprit(opened: Visit) -> None:
    assert choose(opened, "kind", "off_message") == "2"
    assert "no change of position, 1 pair of statements of two people" in opened.page.inner_text("#summary")
    told = "Speaker 01 and Speaker 02: two statements that differ; nobody has judged them yet"
    assert told in opened.page.inner_text("#pairs")


def test_without_a_script_the_page_counts_and_tells_the_changes(
    browser: Browser, path: Path, reversals: pd.DataFrame
) -> None:
    with visit(browser, path, width=360, script=False) as seen:
        totals = seen.page.eval_on_selector_all(
            ".totals tbody td:nth-child(2)", "all => all.map((one) => one.textContent)"
        )
        first = seen.page.locator("#pairs tr").first.inner_text()

        assert sum(int(count.replace(",", "")) for count in totals) == 5000
        assert seen.page.locator("svg.counts path").count() == 15
        assert seen.page.locator("#pairs tr").count() == min(200, len(reversals))
        assert f"of {len(reversals)} pairs: those with a ruling first" in seen.page.inner_text("#pairs-told")
        assert "(ruled: change of position)" in first
        assert "Innocent reading: The bill was another (ruled by" in first
        assert "Story" in first
        assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_drawing_is_saved_as_a_picture(opened: Visit) -> None:
    with opened.page.expect_download() as download:
        opened.page.click("text=Save as picture")

    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_words_that_have_no_room_are_said_to_be_in_the_record(
    browser: Browser, positions: pd.DataFrame, reversals: pd.DataFrame, tmp_path: Path
) -> None:
    path = write_page(tmp_path / "small.html", positions, reversals, megabytes=0.45)

    assert path.stat().st_size < 450_000
    with visit(browser, path) as seen:
        rest(seen)
        told = seen.page.inner_text("#timeline > .note")
        carried, changes = re.findall(r"of ([\d,]+) of the 5,000 statements: of (?:the|[\d,]+ of the) ([\d,]+)", told)[
            0
        ]
        oldest = act(seen, "+", "+", "+", "+", "+", "+", *["PageUp"] * 24)

        assert int(changes.replace(",", "")) == len(set(reversals["earlier_id"]) | set(reversals["later_id"]))
        assert 0 < int(carried.replace(",", "")) < 5000
        assert oldest["mode"] == "marks"
        assert "The words and the source are in the record, not in this file" in seen.page.inner_text("#rows")


def test_the_command_beside_words_without_room_finds_them(browser: Browser, tmp_path: Path) -> None:
    flipflop("demo", "-s", tmp_path / "case.db", "-o", tmp_path / "demo.html")
    with ff.Store(tmp_path / "case.db", read_only=True) as store:
        positions = ff.positions(store, topic="joint-cyber-unit")
    path = tmp_path / "page.html"
    path.write_text(many_html(positions, megabytes=0.001), "utf-8")

    with visit(browser, path) as seen:
        rest(seen)
        commands = seen.page.eval_on_selector_all("#rows code", "all => all.map((one) => one.textContent)")

    words = [flipflop(*command.split()[1:], "-s", tmp_path / "case.db", "--format", "json").out for command in commands]
    assert len(commands) == len(positions)
    assert [any(text in found for found in words) for text in positions["statement_id"]] == [True] * len(positions)
    assert max(len(json.loads(found)) for found in words) <= 3


@pytest.mark.parametrize(
    ("times", "tz", "sentence"),
    [
        ("page", "Europe/Vienna", "All times in Europe/Vienna."),
        ("utc", "UTC", "All times in UTC."),
        ("reader", "Asia/Tokyo", "All times in Asia/Tokyo."),
        ("given", "UTC", "Times as the clocks where they were said showed them; the axis in Europe/Vienna."),
    ],
)
def test_moments_in_the_table_are_told_as_on_the_page_of_a_small_record(
    browser: Browser, path: Path, positions: pd.DataFrame, times: str, tz: str, sentence: str
) -> None:
    with visit(browser, path, zone="Asia/Tokyo") as seen:
        rest(seen)
        choose(seen, "times", times)
        rows = seen.page.eval_on_selector_all(TABLE, ROWS)
        header = seen.page.inner_text("header")

    told = {int(re.findall(r"\((\d+)\)", quote)[0]): moment for quote, moment in rows}
    blocks = figure_data(positions.iloc[list(told)], tz=tz).blocks
    assert len(told) == 20
    assert told == {int(mark.statement_id[1:]): mark.when for block in blocks for mark in block.marks}
    assert sentence in header


def test_changes_are_told_by_the_script_as_without_one(browser: Browser, tmp_path: Path) -> None:
    """Also those of moments that are open to a side, that nobody knows the zone of, or that touch."""
    held = case.positions(2100, speakers=400, topics=2)
    odd = held.index % 7
    held["said_from"] = held["said_from"].mask(odd == 1, pd.Timestamp("0001-01-01", tz="UTC").as_unit("us"))
    held["said_until"] = held["said_until"].mask(odd == 2, pd.Timestamp("9999-12-31 23:59:59.999999", tz="UTC"))
    held = held.assign(tz=held["tz"].mask(odd == 3).mask(odd == 4, "America/New_York"), approximate=odd == 5)
    path = write_page(tmp_path / "odd.html", held, ff.find_reversals(held), tz="Europe/Vienna")
    told = []
    for script in (False, True):
        with visit(browser, path, script=script) as seen:
            if script:
                rest(seen)
                for _ in range(9):
                    seen.page.click("#more-pairs")
                    seen.page.wait_for_timeout(50)
            told.append(seen.page.eval_on_selector_all("#pairs tr", PAIRS)[:100])

    assert len(told[1]) == 100
    assert told[0] == told[1]
    assert all(words in str(told) for words in ("not after", "time zone not known", "CEST", "about"))


def test_all_that_the_drawing_says_is_words(opened: Visit) -> None:
    opened.page.evaluate(KEPT)
    act(opened, "+", "+", "+", "+", "+", "+", "+")

    said = opened.page.evaluate("[...window.kept]")
    assert any(re.match(r"(about )?\d+ days", text) for text in said)
    assert [text for text in said if "object" in text or "undefined" in text or "{" in text] == []


@pytest.mark.parametrize("megabytes", [6, float("inf")])
def test_a_page_of_every_quotation_says_so(positions: pd.DataFrame, megabytes: float) -> None:
    assert "carries the words and the source of every statement" in page_html(positions, megabytes=megabytes)


@pytest.mark.parametrize("megabytes", [0, float("nan")])
def test_a_size_that_is_none_is_told(positions: pd.DataFrame, megabytes: float) -> None:
    with pytest.raises(DataError, match="give megabytes above 0"):
        page_html(positions, megabytes=megabytes)


def test_the_same_frames_in_any_order_give_the_same_page(positions: pd.DataFrame, reversals: pd.DataFrame) -> None:
    mixed = positions.sample(frac=1, random_state=1), reversals.sample(frac=1, random_state=1)

    assert page_html(*mixed) == page_html(positions, reversals)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A topic, a speaker and two statements per payload, which stands in every text that the frames have."""
    frame = pd.concat([attacked(payload, number) for number, payload in enumerate(PAYLOADS)], ignore_index=True)
    changes = frame.iloc[::2].assign(later_id=frame["statement_id"].iloc[1::2].to_numpy(), kind="reversal")
    changes = changes.rename(columns={"statement_id": "earlier_id"}).assign(ruling=changes["text"])
    against = changes.assign(other=changes["text"], kind=changes["text"])
    rulings = changes.rename(columns={"earlier_id": "earlier", "later_id": "later"})
    rulings = rulings.assign(by=rulings["text"], innocent_reading=rulings["text"], note=rulings["text"])
    rulings["reply_text"] = rulings["text"]
    page = many_html(frame, changes, against, title=" ".join(PAYLOADS), rulings=rulings, most_marks=200)
    path = tmp_path_factory.mktemp("hostile") / "page.html"
    path.write_text(page, "utf-8")
    return path


def test_nothing_hostile_runs_and_all_of_it_is_shown(browser: Browser, hostile: Path) -> None:
    with visit(browser, hostile) as seen:
        rest(seen)
        for more in ("#more-rows", "#more-pairs"):
            while seen.page.locator(more).is_visible():
                seen.page.click(more)
                seen.page.wait_for_timeout(20)
        seen.page.evaluate(EVERY_MARK, 2 * len(PAYLOADS))
        told = seen.page.inner_text("#tip")
        words = seen.page.eval_on_selector_all(
            "#rows .quote, #pairs td, #pairs th", "all => all.map((one) => one.textContent)"
        )

        assert told
        assert seen.pwned() == []
        assert (seen.told, seen.asked) == ([], [])
        assert seen.page.evaluate(FOREIGN) == []
        assert [one.url.partition("#")[0] for one in seen.context.pages] == [hostile.as_uri()]

    assert [payload for payload in PAYLOADS if not any(flat(visible(payload)) in flat(text) for text in words)] == []


def test_nothing_hostile_stands_in_a_page_without_a_script(browser: Browser, hostile: Path) -> None:
    with visit(browser, hostile, script=False) as seen:
        assert seen.page.evaluate(FOREIGN) == []
        assert seen.page.eval_on_selector_all("a:not([href^='#'])", "all => all.map((one) => one.href)") == []


def flat(text: str) -> str:
    return "".join(letter for letter in text if not letter.isspace() and letter not in "\u2068\u2069")


def test_a_link_with_what_is_not_there_shows_the_whole_record(browser: Browser, path: Path) -> None:
    hash_ = urlencode({"from": "yesterday", "topic": "<b>", "speaker": "x", "kind": "y", "times": "z", "at": "1e9"})
    other = path.with_name("odd.html")
    other.write_text(f'<meta http-equiv="refresh" content="0;url={path.as_uri()}#{hash_}">', "utf-8")

    with visit(browser, other) as seen:
        rest(seen)

        assert drawn(seen)["count"] == "5000"
        assert seen.told == []


def test_a_page_of_few_statements_and_many_changes_opens_with_counts(browser: Browser, tmp_path: Path) -> None:
    frame = case.positions(1400, speakers=4, topics=1)
    frame["stance"] = ["support", "oppose"] * 700
    page = write_page(tmp_path / "changes.html", frame, ff.find_reversals(frame))

    with visit(browser, page) as seen:
        rest(seen)
        assert "Counted per" in seen.page.inner_text("main")
        assert seen.told == []
