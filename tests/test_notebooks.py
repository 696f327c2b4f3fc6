"""Every notebook runs from top to bottom and draws what it is about; whoever opens it sees that, also as HTML."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

import flipflop as ff
from tests import figures_case as case
from tests.browser import visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, nbformat.NotebookNode]:
    """The notebooks, run side by side, each in a folder of its own, and twice (K7.4): cells are run again."""
    notebooks = {path.stem: nbformat.read(path, as_version=4) for path in NOTEBOOKS}
    clients = []
    for name, notebook in notebooks.items():
        folder = tmp_path_factory.mktemp(name)
        (folder / "datasets").symlink_to(ROOT / "datasets")
        (folder / "notebooks").mkdir()
        resources = {"metadata": {"path": str(folder / "notebooks")}}
        clients.append(NotebookClient(notebook, timeout=180, resources=resources))

    async def twice(client: NotebookClient) -> None:
        async with client.async_setup_kernel():
            for number, cell in [*enumerate(client.nb.cells)] * 2:
                await client.async_execute_cell(cell, number)

    async def together() -> None:
        await asyncio.gather(*map(twice, clients))

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("FLIPFLOP_ARCHIVE", raising=False)
        asyncio.run(together())
    return notebooks


@pytest.mark.parametrize("name", [path.stem for path in NOTEBOOKS])
def test_a_notebook_runs_twice_and_shows_a_figure_live_and_as_html_offline(
    name: str, run: dict[str, nbformat.NotebookNode], tmp_path: Path, browser: Browser
) -> None:
    page = tmp_path / "page.html"
    page.write_text(HTMLExporter().from_notebook_node(run[name])[0], encoding="utf-8")

    drawn = [output.get("data", {}) for cell in run[name].cells for output in cell.get("outputs", [])]
    figures = [data for data in drawn if "application/vnd.plotly.v1+json" in data]
    with visit(browser, page, ready=".js-plotly-plot .points path") as seen:
        assert seen.page.locator(".js-plotly-plot").count() == len(figures) > 0


@pytest.mark.parametrize("shows", ["of itself", "by show()"])
def test_a_figure_that_is_shown_twice_is_whole_each_time(shows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """K7.4: the cell of the first figure, run twice, exported no figure at all."""
    shown: list[dict[str, str]] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, **_: shown.append(bundle))
    monkeypatch.setattr(pio.renderers, "default", "plotly_mimetype")
    figure = ff.timeline(case.positions())

    for _ in range(2):
        figure._ipython_display_() if shows == "of itself" else figure.show()

    assert [len(bundle["text/html"]) > 1_000_000 for bundle in shown] == [True, True]
    assert all("cdn" not in bundle["text/html"][-100_000:] for bundle in shown)


def test_a_title_and_a_width_of_ones_own_do_not_cut(browser: Browser, tmp_path: Path) -> None:
    """K9.4."""
    figure = ff.timeline(case.positions())
    before = figure.layout.height

    figure.update_layout(title="A title of my own that takes more than one line at this width", width=400)

    figure.write_html(tmp_path / "figure.html")
    assert figure.layout.height > before
    cut = """() => [...document.querySelectorAll('.annotation-text, .gtitle tspan, .legendtext, .xtick text')]
      .filter((one) => one.getBoundingClientRect().width)
      .filter((one) => { const { left, right, top } = one.getBoundingClientRect();
        const { x, y } = document.querySelector('.js-plotly-plot').getBoundingClientRect();
        return left < x - 1 || right > x + 401 || top < y; })
      .map((one) => one.textContent)"""
    with visit(browser, tmp_path / "figure.html", ready=".js-plotly-plot .points path") as seen:
        assert seen.page.evaluate(cut) == []


OVERLAPPING = """() => {
  const words = '.annotation-text, .gtitle, .xtick text, .xtitle, .x2title, .x3title, .legendtext';
  const all = [...document.querySelectorAll(words)]
    .map((one) => [one.textContent, one.getBoundingClientRect()]).filter(([, box]) => box.width);
  return all.flatMap(([words, a], number) => all.slice(number + 1)
    .filter(([, b]) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom)
    .map(([other]) => [words, other]));
}"""


@pytest.mark.parametrize("asked", [{"width": 600, "height": 500}, {"height": 500}, {"height": 100, "title": "Mine"}])
def test_a_height_that_is_too_small_for_three_topics_is_not_taken(
    asked: dict[str, object], browser: Browser, tmp_path: Path
) -> None:
    """K9.4: they were printed over each other."""
    topics = ("unit", "talks", "treaty")
    positions = [case.positions().assign(topic=topic, proposition=f"There is a {topic}.") for topic in topics]
    figure = ff.timeline(pd.concat(positions), case.reversals())
    before = figure.layout.height

    figure.update_layout(**asked)

    assert figure.layout.height >= before
    figure.write_html(tmp_path / "figure.html")
    with visit(browser, tmp_path / "figure.html", ready=".js-plotly-plot .points path") as seen:
        assert seen.page.evaluate(OVERLAPPING) == []


def test_a_renderer_that_somebody_chose_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[go.Figure] = []
    monkeypatch.setattr(go.Figure, "_ipython_display_", lambda figure: asked.append(figure))
    monkeypatch.setattr(pio.renderers, "default", "svg")

    figure = ff.timeline(case.positions())
    figure._ipython_display_()

    assert asked == [figure]


def test_every_figure_is_one_that_a_notebook_shows_everywhere() -> None:
    modules = [path for path in (ROOT / "src" / "flipflop" / "figures").glob("*.py") if path.name != "drawing.py"]

    assert [path.name for path in modules if "go.Figure(" in path.read_text("utf-8")] == []
