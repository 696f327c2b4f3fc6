"""Pages that broke: open moments, many topics, sixty speakers on paper, what is chosen and where the keyboard goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.publish import write_page
from flipflop.records.names import counted_order
from tests.browser import visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser import Visit

SOURCE = ff.Source(url="https://example.org/x")


def page(folder: Path, said: list[tuple[str, str, str, str]], *, tz: str = "UTC") -> Path:
    """A page of a record: speaker, topic, moment and stance of each statement, numbered in their order."""
    speakers = [ff.Speaker(slug, slug.replace("-", " ").title()) for slug in dict.fromkeys(one[0] for one in said)]
    topics = [
        ff.Topic(slug, slug.replace("-", " ").title(), f"There should be {slug}.")
        for slug in dict.fromkeys(one[1] for one in said)
    ]
    statements = [
        ff.Statement(speaker, f"Words {number}.", ff.When.parse(when, tz=tz), source=SOURCE)
        for number, (speaker, _, when, _) in enumerate(said)
    ]
    codings = [
        ff.Coding(statement.hash, topic, ff.Stance(stance), "Coder")
        for statement, (_, topic, _, stance) in zip(statements, said, strict=True)
    ]
    with ff.Store(folder / "s.db") as store:
        store.append([*speakers, *topics, *statements, *codings])
        positions = ff.positions(store)
    return write_page(folder / "page.html", positions, ff.find_reversals(positions), tz=tz)


# Open moments

AXIS = r"""() => {
  const wide = [...document.querySelectorAll('svg.drawing')].find((one) => one.getBoundingClientRect().width);
  const middle = (one) => { const { x, width } = one.getBoundingClientRect(); return x + width / 2; };
  const row = (words) => [...document.querySelectorAll('tbody tr')].find((one) => one.textContent.includes(words));
  const mark = (words) => middle(wide.querySelector(`.m[data-n="${row(words).id.split('-')[1]}"]`));
  const years = [];
  let at = 0;
  for (const one of wide.querySelector('.axis').children) {
    if (one.tagName === 'line') at = one.getBoundingClientRect().x;
    else if (/^\d{4}$/.test(one.textContent)) years.push([Number(one.textContent), at]);
  }
  return [mark('Words 1.'), mark('Words 4.'), years];
}"""
OPEN = ["before 6 May 2015", "after 5 March 2015", "2015", "about 2015", "May 2015"]


@pytest.mark.parametrize("when", OPEN)
@pytest.mark.parametrize(("width", "tz"), [(360, "UTC"), (900, "America/New_York"), (1600, "Asia/Tokyo")])
def test_marks_and_axis_agree_after_every_button_whatever_is_known_of_a_moment(
    width: int, tz: str, when: str, browser: Browser, tmp_path: Path
) -> None:
    """K7.1: one statement "not after 5 May 2015" broke the wide page."""
    moments = [when, "2010-01-01", "2016-03-01", "2016-03-05", "2020-01-01"]
    said = [("ann" if number < 3 else "bob", "unit", one, "support") for number, one in enumerate(moments)]

    with visit(browser, page(tmp_path, said, tz=tz), width=width) as seen:
        for button in seen.page.locator(".views button[data-view], .views button[data-zoom]").all():
            button.click()
        whole = seen.page.locator("button[data-view]", has_text="Whole record")
        whole.click()
        first, last, years = seen.page.evaluate(AXIS)
        assert seen.told == []

    (one, at), *_, (other, there) = years
    a_year = (there - at) / (other - one)
    assert first == pytest.approx(at + (2010 - one) * a_year, abs=0.1 * a_year)
    assert last == pytest.approx(at + (2020 - one) * a_year, abs=0.1 * a_year)


# Many topics


@pytest.fixture
def many_topics(tmp_path: Path) -> Path:
    said = [("ann", f"part-{number}", f"{2010 + number}-03-01", "support") for number in range(12)]
    return page(tmp_path, said, tz="Europe/Vienna")


def test_a_page_of_many_topics_lists_them_by_number(many_topics: Path, browser: Browser) -> None:
    """K9.7: 200 topics without contents, in the order 0, 10, 100."""
    with visit(browser, many_topics) as seen:
        assert seen.page.locator("nav.contents summary").inner_text() == "12 propositions"
        seen.page.locator("nav.contents summary").click()
        links = seen.page.locator("nav.contents a").all_inner_texts()
        seen.page.locator("nav.contents a").nth(10).click()
        assert seen.page.evaluate("document.querySelector(location.hash).querySelector('h2').textContent") == links[10]

    assert links == [f"There should be part-{number}." for number in range(12)]


def test_another_zone_is_told_everywhere_and_drawn_where_somebody_looks(many_topics: Path, browser: Browser) -> None:
    with visit(browser, many_topics) as seen:
        seen.page.evaluate("document.getElementById('topic-11').scrollIntoView()")
        seen.page.select_option("#zone", "own")
        seen.page.select_option("#zone", "utc")
        seen.page.wait_for_timeout(200)
        assert set(seen.page.locator(".times").all_inner_texts()) == {"All times in UTC."}
        assert seen.page.locator("#topic-11 svg.wide .zone").text_content() == "Time in UTC"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Part 10", "part 2", "Part 1"], ["Part 1", "part 2", "Part 10"]),
        (["b", "A", "a 2", "a"], ["A", "a", "a 2", "b"]),
        (["v1.10", "v1.9", "v1.09"], ["v1.9", "v1.09", "v1.10"]),
    ],
)
def test_names_are_sorted_with_their_numbers_as_numbers(names: list[str], expected: list[str]) -> None:
    assert sorted(names, key=counted_order) == expected


# What is chosen


@pytest.fixture
def opened(tmp_path: Path, browser: Browser) -> Iterator[Visit]:
    said = [
        (speaker, "unit", f"{year}-03-01", stance)
        for speaker in ("ann", "bob")
        for year, stance in ((1850, "support"), (2010, "support"), (2015, "oppose"), (2025, "support"))
    ]
    with visit(browser, page(tmp_path, said, tz="Europe/Vienna")) as seen:
        yield seen


def test_what_is_chosen_stays_in_the_address_when_a_link_leads_to_a_row(opened: Visit, browser: Browser) -> None:
    """K9.5."""
    opened.page.locator("[data-choice=speaker]").evaluate("one => { one.open = true; }")
    opened.page.locator("[data-choice=speaker] button", has_text="Ann").click()
    opened.page.locator("h1").click()
    opened.page.select_option("#zone", "utc")
    opened.page.locator(".changes li:visible a").first.click()
    opened.page.wait_for_url("**to=r0-*")
    address = opened.page.url
    file, _, fragment = address.partition("#")

    with visit(browser, file, fragment=fragment) as seen:
        assert seen.page.locator("#count").inner_text() == "4 of 8 statements"
        assert seen.page.locator("#zone").input_value() == "utc"
        assert seen.page.locator("tr.led").count() == 1


def test_the_arrow_keys_begin_with_what_is_in_view(opened: Visit) -> None:
    """K9.8."""
    start, end = (datetime(year, 1, 1, tzinfo=UTC).timestamp() for year in (2012, 2018))
    opened.page.evaluate(f"location.hash = 'time=0:{start:.0f}:{end:.0f}'")
    opened.page.wait_for_timeout(200)
    opened.page.locator("#figure-0").focus()
    opened.page.keyboard.press("ArrowRight")

    assert "2015" in opened.page.locator(".card:not([hidden])").inner_text()


def test_looking_closer_with_the_keyboard_ends_at_a_statement(opened: Visit) -> None:
    """K9.8: ``+`` seventeen times ended on 1875, where nothing was said."""
    opened.page.locator("#figure-0").focus()
    for _ in range(17):
        opened.page.keyboard.press("+")

    assert opened.page.evaluate(
        """() => [...document.querySelectorAll('svg.wide .m')].filter((one) => {
          const { x, width } = one.getBoundingClientRect(), plot = one.closest('svg.drawing').getBoundingClientRect();
          return width && x >= plot.left - 9 && x + width <= plot.right + 9;
        }).length"""
    )


def test_what_is_read_aloud_is_a_sentence(opened: Visit) -> None:
    """K7.5: "Sergey Lavrovsupports"."""
    opened.page.locator("#figure-0").focus()
    opened.page.keyboard.press("Home")

    assert opened.page.locator(".spoken[aria-live]").text_content() == (
        "Ann supports. 1 March 1850. “Words 0.”. Source: example.org"
    )


# Many speakers


def sixty_speakers(folder: Path) -> Path:
    start = datetime(2015, 1, 1, tzinfo=UTC)
    said = [
        (f"person-{number}", "unit", f"{start + timedelta(days=11 * number + 400 * turn):%Y-%m-%d}", stance)
        for number in range(60)
        for turn, stance in enumerate(("support", "oppose"))
    ]
    return page(folder, said)


AXES = """() => {
  const places = (all) => [...all].map((one) => [one.textContent, Math.round(one.getBoundingClientRect().x)]);
  const svg = [...document.querySelectorAll('svg.drawing')].find((one) => one.getBoundingClientRect().width);
  const kept = [...document.querySelectorAll('.axis-in-view')].filter((one) => one.getBoundingClientRect().width);
  const box = kept[0].getBoundingClientRect();
  return {
    own: places(svg.querySelectorAll('.axis text, .zone')),
    kept: places(kept[0].querySelectorAll('text')),
    number: kept.length,
    bottom: box.bottom,
    drawing: svg.getBoundingClientRect().bottom,
  };
}"""


@pytest.mark.parametrize("width", [375, 1200])
def test_the_axis_of_sixty_speakers_stays_in_view(width: int, browser: Browser, tmp_path: Path) -> None:
    """K9.6: it stood 4,900 px below the first lane."""
    with visit(browser, sixty_speakers(tmp_path), width=width) as seen:
        high = seen.page.viewport_size["height"]  # type: ignore[index] # a page of ours has a size
        seen.page.locator(".figure").evaluate("one => one.scrollIntoView({ block: 'start' })")
        seen.page.locator(".axis-in-view:visible").wait_for()
        top = seen.page.evaluate(AXES)
        seen.page.locator("button[data-zoom='0.5']").click()
        closer = seen.page.evaluate(AXES)
        seen.page.locator("section:has(.figure) table").evaluate("one => one.scrollIntoView({ block: 'start' })")
        below = seen.page.evaluate(AXES)
        seen.page.emulate_media(media="print")
        printed = seen.page.locator(".axis-in-view:visible").count()
        assert seen.told == []

    assert (top["number"], top["bottom"], printed) == (1, high, 0)
    assert top["drawing"] > 2 * high
    assert top["own"] == top["kept"]
    assert closer["own"] == closer["kept"] != top["kept"]
    assert below["bottom"] == pytest.approx(below["drawing"], abs=1)


def test_the_axis_of_few_speakers_is_in_view_as_it_is(opened: Visit) -> None:
    assert opened.page.locator(".axis-in-view").count() == 0


# On paper


def test_sixty_speakers_on_paper_have_an_axis_each_few_lanes_and_no_cut_mark(browser: Browser, tmp_path: Path) -> None:
    """K9.6: the first page stood empty, the axis once at the end of page 8."""
    with visit(browser, sixty_speakers(tmp_path)) as seen:
        seen.page.emulate_media(media="print")
        seen.page.set_viewport_size({"width": 718, "height": 1000})
        seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        papers = seen.page.locator("svg.paper.narrow")
        lanes = papers.evaluate_all(
            "all => all.map((one) => [...one.querySelectorAll('g:not([hidden]) > .name')].map((a) => a.textContent))"
        )
        heights = papers.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
        axes = papers.evaluate_all("all => all.map((one) => one.querySelectorAll('.axis text').length)")
        seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert (seen.told, seen.page.locator("svg.paper").count()) == ([], 0)

    assert [name for several in lanes for name in several] == [f"Person {number}" for number in range(60)]
    assert max(heights) < 500
    assert min(axes) > 1
