"""Pages as other people's tools see them: html-validate and axe-core find nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.figures import latency_data, matrix_data, switches_data
from flipflop.publish import write_chart
from tests import many_case
from tests.browser import visit
from tests.npm_packages import html_faults, package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd
    from playwright.sync_api import Browser

    from flipflop.publish.charts import Chart

DATASET = "datasets/cyber-unit-2017/events.jsonl"
TZ = "America/New_York"
PAIR = ("5079a2d0", "d75efb94")


def timeline_page(store: ff.Store, path: Path) -> None:
    """All topics of the founding case, as they are published."""
    positions = ff.positions(store)
    reversals = ff.find_reversals(positions, rulings=store.rulings())
    conflicts = ff.find_conflicts(positions, store.speaks_for(), store.topics())
    ff.write_page(path, positions, reversals, conflicts, tz=TZ, rulings=store.rulings())


def empty_page(store: ff.Store, path: Path) -> None:
    """A record without a statement."""
    ff.write_page(path, ff.positions(store).iloc[:0])


def large_page(_: ff.Store, path: Path) -> None:
    """A record of more statements than are drawn as marks."""
    positions = many_case.positions(2_500)
    ff.write_page(path, positions, ff.find_reversals(positions))


def card(store: ff.Store, path: Path) -> None:
    """The founding case as a card of its own."""
    ff.write_card(path, ff.positions(store), *PAIR, rulings=store.rulings(), tz=TZ)


def chart(of: Callable[[pd.DataFrame], Chart]) -> Callable[[ff.Store, Path], None]:
    """A chart of the founding case."""

    def write(store: ff.Store, path: Path) -> None:
        write_chart(path, of(ff.positions(store)))

    return write


def sheet(store: ff.Store, path: Path) -> None:
    """The sheet of the founding case."""
    ff.write_sheet(path, store, *PAIR, tz=TZ)


PAGES: dict[str, tuple[Callable[[ff.Store, Path], None], str]] = {
    "timeline": (timeline_page, "html[data-drawn]"),
    "empty": (empty_page, "html[data-drawn]"),
    "large": (large_page, "html[data-drawn]"),
    "card": (card, "article"),
    "matrix": (chart(matrix_data), "table"),
    "switches": (chart(lambda frame: switches_data(frame, by="speaker")), "svg"),
    "latency": (chart(latency_data), "svg"),
    "sheet": (sheet, "footer"),
}
"""How each page is written, and what is there once it is drawn."""

SERIOUS = """async () => (await axe.run({ resultTypes: ['violations'], preload: false })).violations
  .filter((found) => ['serious', 'critical'].includes(found.impact))
  .map((found) => `${found.id}: ${found.help}: ${found.nodes.map((one) => one.html.slice(0, 150)).join(' | ')}`)"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page, by name."""
    folder = tmp_path_factory.mktemp("pages")
    with ff.Store(folder / "case.db") as store:
        store.append(ff.read_events(DATASET))
        for name, (write, _) in PAGES.items():
            write(store, folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in PAGES}


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core."""
    return (package("axe-core") / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The founding case as a site, with candidates."""
    folder = tmp_path_factory.mktemp("site")
    with ff.Store(folder / "case.db") as store:
        store.append(ff.read_events(DATASET))
        ff.publish_site(store, folder / "site", scope="All who spoke on the unit.", tz=TZ, candidates=True)
    return folder / "site"


def test_html_validate_finds_nothing_in_any_page(pages: dict[str, Path], site: Path) -> None:
    assert html_faults([*pages.values(), *sorted(site.rglob("*.html"))]) == []


def test_html_validate_finds_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!doctype html>\n<html lang="en"><body><p id="a"><img src="x" id="a"></p></body></html>')

    rules = {found for fault in html_faults([wrong]) for found in re.findall(r"\[(\S+)\]", fault)}

    assert {"no-dup-id", "wcag/h37", "element-required-content"} <= rules


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_in_a_page(
    browser: Browser, pages: dict[str, Path], axe: str, name: str, scheme: str
) -> None:
    with visit(browser, pages[name], scheme=scheme, ready=PAGES[name][1]) as seen:
        seen.page.evaluate(axe)
        assert seen.page.evaluate(SERIOUS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_site(browser: Browser, site: Path, axe: str, scheme: str) -> None:
    kinds = ["*.html", "speaker/donald*.html", "topic/unit*.html", "pair/*.html", f"statement/{PAIR[0]}*.html"]
    found: list[str] = []
    with visit(browser, site / "index.html", scheme=scheme, ready="footer") as seen:
        for page in (page for kind in kinds for page in sorted(site.glob(kind))):
            seen.page.goto(page.as_uri())
            seen.page.evaluate(axe)
            found += [f"{page.name}: {fault}" for fault in seen.page.evaluate(SERIOUS)]

    assert found == []


def test_axe_finds_what_is_wrong(browser: Browser, tmp_path: Path, axe: str) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!doctype html><html lang="en"><title>x</title><p style="color:#ccc">pale <img src="data:,">')

    with visit(browser, wrong, ready="p") as seen:
        seen.page.evaluate(axe)
        found = {line.split(":")[0] for line in seen.page.evaluate(SERIOUS)}

    assert {"color-contrast", "image-alt"} <= found
