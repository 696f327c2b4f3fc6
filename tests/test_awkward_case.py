"""Every sentence of a page and a site, read as those would read it whom it is about: none says more than the record."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import flipflop as ff
from flipflop.publish import page_html, publish_site
from tests.awkward_case import NAMES, events
from tests.telling_reading import found, parsed, text_of

PAIRS = [
    "Ed Elm changed position after 11 days (ruled: change of position): supports, 1 April 2021 → opposes, "
    "12 April 2021. Innocent reading: A flood came between (ruled by Ina Ink).",
    "Jo Jay made two statements, 4 days apart (ruled: no change of position): supports, 2 May 2021 → opposes, "
    "6 May 2021. Innocent reading: A quotation of the opponent (ruled by Ina Ink).",
    "Pia Poe changed position after 7 days (ruled: change of position): supports, 8 March 2021 → opposes, "
    "15 March 2021. Innocent reading: New costs became known (ruled by Ina Ink).",
    "Sam Sun made, 6 days apart, two statements that differ; nobody has judged them yet: supports, 9 March 2021 → "
    "opposes, 15 March 2021.",
]
COURSES = {
    "Ed Elm": "Changed position changed position after 11 days",
    "Fay Fox": "One side taken once, nothing to compare supports",
    "Jo Jay": "No change of position, as ruled no change of position",
    "Kim Kay": "No change of position supports, opposes",
    "Pia Poe": "Changed position changed position after 7 days",
    "Sam Sun": "Not decided two statements that differ; nobody has judged them yet",
}
"""Who turned on the same day as his principal is not told to have been on record with what she left; nor is she who
spoke after her office; whoever spoke for two employers has changed nothing; a jest leads to no way back."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ff.Store:
    made = ff.Store(tmp_path_factory.mktemp("awkward") / "awkward.db")
    made.append(events())
    return made


def plainly(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace(" .", ".").strip()


def test_a_page_says_these_sentences_of_people_and_no_other(store: ff.Store) -> None:
    positions, rulings = ff.positions(store), store.rulings()
    changes = ff.find_reversals(positions, rulings=rulings)
    against = ff.find_conflicts(positions, store.speaks_for(), store.topics(), rulings=rulings)

    page = parsed(page_html(positions, changes, against, tz="Europe/London", rulings=rulings))

    assert [plainly(text_of(one)) for one in found(page, "main section.block li")] == PAIRS
    assert [text_of(one) for one in found(page, "main section.block h3")] == ["Statements compared"]
    assert [text_of(one) for one in found(page, "div.findings > p")] == [
        "In this record: 2 changed position, 1 pair nobody has judged."
    ]


def test_a_site_says_these_words_of_each_person(store: ff.Store, tmp_path: Path) -> None:
    publish_site(store, tmp_path / "site", tz="Europe/London", scope="All.", candidates=True, pictures=False)

    (page,) = [parsed((tmp_path / "site" / "topic" / "bridge.html").read_text("utf-8"))]
    rows = found(found(page, "table")[0], "tbody tr")
    assert {text_of(row[0]): plainly(text_of(row[1])) for row in rows} == COURSES
    assert set(COURSES) == set(NAMES.values())
    assert found(page, "section > h3") == []  # nobody was on record then, and no two people differ
