"""Names that are hard to draw, on every surface that draws: those that begin alike, and those from right to left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.publish import write_page
from tests.browser import visit
from tests.cli_running import flipflop

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser import Visit

BEGINNING = "Ministry of Foreign Affairs of the"
DIFFERENT = ("Republic of Northern Examplia", "Republic of Southern Examplia", "Kingdom of Elsewhere")
MINISTRIES = [f"{BEGINNING} {end}" for end in DIFFERENT]
TELLING = {"Northern Examplia", "Southern Examplia", "Kingdom of Elsewhere"}
"""What must survive of each."""
ARABIC = "محمد بن سلمان آل سعود"


def record(folder: Path, names: list[str]) -> Path:
    """A store in which each changed position once."""
    speakers = [ff.Speaker(f"speaker-{number}", name) for number, name in enumerate(names)]
    source = ff.Source(url="https://example.org/x")
    said = [
        (ff.Statement(one.id, f"Words of {one.id} in {year}.", ff.When.parse(year, tz="UTC"), source=source), stance)
        for one in speakers
        for year, stance in (("2017", ff.Stance.SUPPORT), ("2019", ff.Stance.OPPOSE))
    ]
    codings = [ff.Coding(statement.hash, "unit", stance, "Coder") for statement, stance in said]
    with ff.Store(folder / "s.db") as store:
        store.append([*speakers, ff.Topic("unit", "Unit", "There should be a unit.")])
        store.append([*(statement for statement, _ in said), *codings])
        pairs = zip(said[::2], said[1::2], strict=True)
        store.append(
            [
                ff.Ruling(one.hash, other.hash, "unit", ff.Outcome.REVERSAL, "none found", "Editor")
                for (one, _), (other, _) in pairs
            ]
        )
    return folder / "s.db"


@pytest.mark.parametrize(
    "words",
    [("timeline", "-o", "out.html"), ("timeline", "-o", "out.svg"), ("chart", "matrix", "-o", "out.svg"),
     ("chart", "matrix", "-o", "out.html")],
    ids=" ".join,
)  # fmt: skip
def test_of_names_that_begin_alike_what_differs_is_seen_and_the_whole_is_told(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    """K9.2."""
    store = record(tmp_path, MINISTRIES)
    out = tmp_path / words[-1]

    done = flipflop("-s", store, *words[:-1], out)

    assert done.code == 0, done.err
    drawn = out.read_text("utf-8")
    titles = re.findall("<title>([^<]*)</title>", drawn)
    seen = " ".join(re.sub("<[^>]*>", " ", re.sub("<title>[^<]*</title>", "", drawn)).split())
    assert {name for name in MINISTRIES if name not in titles and name not in seen} == set()
    assert {told for told in TELLING if told not in seen} == set()


def test_of_names_that_begin_alike_what_differs_stands_in_the_figures_of_notebooks(tmp_path: Path) -> None:
    """K9.2. A picture is made of the same figure."""
    with ff.Store(record(tmp_path, MINISTRIES)) as store:
        positions = ff.positions(store)

    for figure in (ff.timeline(positions), ff.timeline(positions).update_layout(width=400), ff.matrix(positions)):
        notes = [
            (note.text.replace("<br>", " ").replace("</b> <b>", " "), note.hovertext)
            for note in figure.layout.annotations
        ]
        for name, told in zip(
            MINISTRIES, ("Northern Examplia", "Southern Examplia", "Kingdom of Elsewhere"), strict=True
        ):
            (hover,) = [hover for text, hover in notes if told in text]
            assert hover == name


X_OF = """([one, other]) => {
  const left = (words, after) => {
    for (const text of document.querySelectorAll('.hoverlayer text, .annotation-text')) {
      const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0 || !text.textContent.includes(after)) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        return range.getBoundingClientRect().left;
      }
    }
    return null;
  };
  return [left(one, other), left(other, one)];
}"""


def order(seen: Visit, name: str, verb: str) -> bool:
    """Whether the name begins left of the verb that follows it."""
    first, second = seen.page.evaluate(X_OF, [name, verb])
    assert first is not None
    assert second is not None
    return bool(first < second)


def test_a_name_from_right_to_left_stands_before_the_verb_in_the_figures_of_notebooks(
    browser: Browser, tmp_path: Path
) -> None:
    """K9.3: it was thrown behind it. A picture is made of the same figure."""
    with ff.Store(record(tmp_path, [ARABIC])) as store:
        positions, rulings = ff.positions(store), store.rulings()
    one, other = positions["statement_id"]
    ff.card(positions, one, other, rulings=rulings).write_html(tmp_path / "card.html")
    ff.timeline(positions).write_html(tmp_path / "timeline.html")

    with visit(browser, tmp_path / "card.html", ready=".js-plotly-plot .points path") as seen:
        assert order(seen, ARABIC, "changed position")
    with visit(browser, tmp_path / "timeline.html", ready=".js-plotly-plot .points path") as seen:
        mark = seen.page.locator(".points path.point").first.bounding_box()
        assert mark is not None
        seen.page.mouse.move(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
        seen.page.locator(".hoverlayer text").first.wait_for()
        assert order(seen, ARABIC, "supports")


def test_a_name_from_right_to_left_stands_before_the_verb_on_a_page(browser: Browser, tmp_path: Path) -> None:
    with ff.Store(record(tmp_path, [ARABIC])) as store:
        positions, rulings = ff.positions(store), store.rulings()
    reversals = ff.find_reversals(positions, rulings=rulings)

    with visit(browser, write_page(tmp_path / "p.html", positions, reversals, rulings=rulings)) as seen:
        name, verb = seen.page.evaluate("""() => {
          const item = document.querySelector('.changes li'), range = document.createRange();
          const node = [...item.childNodes].find((one) => one.nodeType === 3 && one.data.includes('changed'));
          range.selectNode(node);
          return [item.querySelector('bdi').getBoundingClientRect().left, range.getBoundingClientRect().left];
        }""")
    assert name < verb
