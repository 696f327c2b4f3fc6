"""What is said of a pair before a person has ruled on it, read from every surface: that two statements differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

import flipflop as ff
from flipflop.cases import case_of
from flipflop.detect import ConflictKind, ReversalKind
from flipflop.figures import latency_data, matrix_data, switches_data
from flipflop.publish import (
    page_html,
    publish_site,
    sheet_html,
    write_card,
    write_chart,
    write_embed,
    write_timeline_fragment,
)
from flipflop.publish.many import many_html
from tests.cli_running import flipflop
from tests.telling_surfaces import undrawn
from tests.unjudged_case import events

ASSERTS = re.compile(
    r"changed position|positions? changed|change of position \(|moved to|took a side|half turn|revers(?:ed|es)\b"
    r"|left standing|stranded\b(?!_)|then left|contradict|flip-?flopp|backtrack|no longer|off message|undercut by"
    r"|on record when|against each other|ruled:|candidate",
    re.IGNORECASE,
)
"""Words by which a person would be judged, or said to have been."""
DIFFER = "two statements that differ; nobody has judged them yet"
FEW = 5


@dataclass(frozen=True)
class Unjudged:
    """The store, and the frames that are published."""

    path: Path
    store: ff.Store
    positions: pd.DataFrame
    reversals: pd.DataFrame
    conflicts: pd.DataFrame

    @property
    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        return self.positions, self.reversals, self.conflicts


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unjudged]:
    path = tmp_path_factory.mktemp("unjudged") / "unjudged.db"
    with ff.Store(path) as store:
        store.append(events())
        positions = ff.positions(store)
        found = ff.find_reversals(positions, kinds=tuple(ReversalKind), rulings=store.rulings())
        against = ff.find_conflicts(positions, store.speaks_for(), store.topics(), rulings=store.rulings())
        yield Unjudged(path, store, positions, found, against)


def read(markup: str) -> str:
    """What a reader reads of a page or drawing, its attributes too; without how to read it, scripts and styles."""
    for name in ("script", "style"):
        markup = re.sub(rf"<{name}\b.*?</{name}>", " ", markup, flags=re.DOTALL)
    markup = re.sub(r'<section class="how">.*?</section>', " ", markup, flags=re.DOTALL)
    told = re.findall(r'(?:aria-label|alt|title|content)="([^"]*)"', markup)
    return " ".join([re.sub("<[^>]*>", "", markup), *told])


def pages(record: Unjudged, folder: Path) -> Iterator[str]:
    for options in ({}, {"rows": "single"}, {"lanes": "topic"}):
        yield read(page_html(*record.frames, rulings=record.store.rulings(), **options))  # type: ignore[arg-type]  # words


def large_pages(record: Unjudged, folder: Path) -> Iterator[str]:
    yield read(many_html(*record.frames, rulings=record.store.rulings(), most_marks=FEW))


def pictures(record: Unjudged, folder: Path) -> Iterator[str]:
    yield write_embed(folder / "page.html", *record.frames, rulings=record.store.rulings())
    yield read((folder / "page.svg").read_text("utf-8")).replace("is one that a person has ruled to be one", "")


def figures(record: Unjudged, folder: Path) -> Iterator[str]:
    drawn = ff.timeline(*record.frames)
    yield " ".join(str(note.text) for note in drawn.layout.annotations)
    for trace in drawn.data:
        if trace.x is not None and len(trace.x):
            yield " ".join([trace.name, *map(str, trace.text or ()), *map(str, trace.hovertext or ())])


def cards(record: Unjudged, folder: Path) -> Iterator[str]:
    for pair in record.reversals.itertuples():
        for ending in ("html", "svg"):
            path = folder / f"card.{ending}"
            write_card(path, record.positions, str(pair.earlier_id), str(pair.later_id), topic=str(pair.topic))
            yield read(path.read_text("utf-8"))


def sheets(record: Unjudged, folder: Path) -> Iterator[str]:
    for pair in record.reversals.itertuples():
        sheet = sheet_html(case_of(record.store, str(pair.earlier_id), str(pair.later_id), str(pair.topic)))
        yield read(sheet).partition("Still missing before print")[0]


def fragments(record: Unjudged, folder: Path) -> Iterator[str]:
    with undrawn():
        yield write_timeline_fragment(folder / "timeline", *record.frames).read_text("utf-8")


def charts(record: Unjudged, folder: Path) -> Iterator[str]:
    for made in (matrix_data, switches_data, latency_data):
        for ending in ("html", "svg"):
            chart = made(record.positions, record.reversals)
            yield read(write_chart(folder / f"chart.{ending}", chart).read_text("utf-8"))


def sites(record: Unjudged, folder: Path) -> Iterator[str]:
    publish_site(record.store, folder / "site", scope="All.", candidates=True, pictures=False)
    for path in sorted((folder / "site").rglob("*")):
        if path.suffix in (".html", ".xml", ".json") and path.name not in ("method.html", "flipflop-site.json"):
            yield read(path.read_text("utf-8")).replace('"standing": "candidate"', "")


def lists(record: Unjudged, folder: Path) -> Iterator[str]:
    for verb in ("reversals", "conflicts"):
        yield flipflop("-s", record.path, verb).out


def reasons(record: Unjudged, folder: Path) -> Iterator[str]:
    yield from record.reversals["reason"].astype(str)
    yield from record.conflicts["reason"].astype(str)


SURFACES: dict[Callable[[Unjudged, Path], Iterator[str]], bool] = {
    pages: True, large_pages: True, pictures: True, figures: True, cards: True, sheets: True, fragments: True,
    charts: False, sites: True, lists: True, reasons: False,
}  # fmt: skip
"""Every surface, and whether it tells of pairs one by one: charts count them, and a reason tells what is on record."""


def test_the_record_has_a_pair_of_every_kind(record: Unjudged) -> None:
    assert set(record.reversals["kind"]) == set(ReversalKind)
    assert set(record.conflicts["kind"]) == set(ConflictKind)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda one: one.__name__)
def test_no_surface_says_more_of_an_unjudged_pair_than_that_two_statements_differ(
    surface: Callable[[Unjudged, Path], Iterator[str]], record: Unjudged, tmp_path: Path
) -> None:
    told = list(surface(record, tmp_path))

    assert [(found[0], text[max(0, found.start() - 80) : found.end() + 40]) for text in told
            for found in ASSERTS.finditer(text)] == []  # fmt: skip
    assert any(DIFFER in text.casefold() for text in told) is SURFACES[surface]


def test_a_site_shows_no_pair_and_no_conflict_that_nobody_has_judged(record: Unjudged, tmp_path: Path) -> None:
    publish_site(record.store, tmp_path / "site", scope="All.", pictures=False)

    told = [read(path.read_text("utf-8")) for path in (tmp_path / "site").rglob("*.html")]
    assert [text for text in told if "that differ" in text or "accounts that differ" in text] == []
    assert list((tmp_path / "site").glob("pair/*")) == []
