"""K6: what was once asserted though the record does not hold it, each line at the surface that said so.

Lines 1, 2, 4, 10, 11, 15 on frames: ``test_detection_cases_from_the_field``; 5: ``test_frames_positions``; 13:
``test_latest_ruling``; 16: ``test_cli_add`` and ``test_import_doubts``; 17: ``test_rule_outcomes`` and
``test_rule_fits``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import flipflop as ff
from flipflop.cases import case_of
from flipflop.publish import page_html, sheet_html
from flipflop.records import Explanation
from tests.cli_running import add, case, flipflop
from tests.publish_cases import ANN, CODED, EARLIER, LATER, UNIT, coding, recorded, ruling, statement

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one speaker and one topic, and a position of January 2020."""
    return case(tmp_path)


def rows(store: Path, verb: str, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(flipflop("-s", store, verb, *words, "--format", "json").out)
    return found


def test_about_an_hour_orders_nothing_and_is_said(store: Path) -> None:
    """K6.3: "about 9pm" and 20:50 were ordered as certain, and "about" was dropped in lists and in ``reason``."""
    add(store, "No.", said="7 May 2021 20:50 UTC")
    add(store, "Yes.", stance="support", said="7 May 2021 about 9pm UTC")

    (found,) = [row for row in rows(store, "reversals") if row["kind"] == "undetermined"]

    assert (found["order"], found["degree"]) == ("unknown", None)
    assert "(about 7 May 2021, 21:00" in found["reason"]
    assert "about 7 May 2021, 21:00" in flipflop("-s", store, "list").out


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        ("December 2012", "December 2012", "1 December 2012"),
        ("not after 5 May 2012", "not after 5 May 2012", "6 May 2012"),
        ("after 5 March 2012", "not before 6 March 2012", "9999"),
        ("2012", "2012", "31 December 2011"),
    ],
)
def test_a_bound_a_month_or_a_year_is_no_day(tmp_path: Path, said: str, right: str, wrong: str) -> None:
    """K6.6: on the page of a record that has nothing but that."""
    only = ff.Statement("ann", "Yes.", ff.When.parse(said, tz="Europe/London"))
    with recorded(tmp_path, ANN, UNIT, only, coding(only, "support")) as store:
        page = page_html(ff.positions(store), tz="America/New_York").partition("<script")[0]

    assert right in page
    assert wrong not in page


def test_a_day_is_the_day_that_was_given_whatever_the_zone(store: Path) -> None:
    """K6.7: "18 May 2017" in London read "17 May 2017, 23:00 to 18 May 2017, 23:00 UTC"."""
    add(store, "No.", "--tz", "Europe/London", said="18 May 2021")

    for zone in ("UTC", "Europe/London", "America/New_York"):
        (found,) = rows(store, "reversals", "--tz", zone)
        assert "(18 May 2021" in found["reason"]
        assert "17 May" not in found["reason"]


@pytest.mark.parametrize(
    ("earlier", "later", "gap"),
    [
        ("2000", "2004", "after about 4 years"),
        ("1970s", "1980s", "within 20 years"),
        ("2017-05-20 about midday", "2017-05-26", "after 6 days"),
    ],
)
def test_a_gap_is_said_as_a_person_would_and_its_bounds_stand_in_the_table(
    store: Path, earlier: str, later: str, gap: str
) -> None:
    """K6.8: "2 years 11 months to 5 years 1 month"."""
    flipflop("-s", store, "topic", "add", "wall", "--proposition", "There should be a wall.")
    words = ("-s", store, "add", "--speaker", "jane-roe", "--topic", "wall", "--source", "https://e.org", "--tz", "UTC")
    flipflop(*words, "--stance", "support", "--said", earlier, "Yes.")
    flipflop(*words, "--stance", "oppose", "--said", later, "No.")

    (found,) = [row for row in rows(store, "reversals") if row["topic"] == "wall"]

    assert gap in found["reason"]
    assert found["gap_min"] < found["gap_max"]


@pytest.mark.parametrize("explanation", [Explanation.ACKNOWLEDGED, Explanation.EXTERNAL_EVENT, Explanation.DENIED])
def test_an_explanation_is_a_fact_only_with_its_source(tmp_path: Path, explanation: Explanation) -> None:
    """K6.9: ``acknowledged`` was printed as a fact about the speaker."""
    sourced = ruling(explanation=explanation, explanation_source=ff.Source("https://example.org/interview"))
    with recorded(tmp_path, ANN, UNIT, EARLIER, LATER, *CODED, ruling(explanation=explanation)) as store:
        bare = sheet_html(case_of(store, EARLIER.hash, LATER.hash))
        store.append(sourced)
        told = sheet_html(case_of(store, EARLIER.hash, LATER.hash)).split("Rulings before it")[0]

    assert "the editor says that" in bare
    assert "no source for that is recorded" in bare
    assert "the editor says that" not in told
    assert 'href="https://example.org/interview"' in told


def test_four_days_of_moscow_are_four_days_on_every_surface(tmp_path: Path) -> None:
    """K6.12: pages said so; list, reversals, show and sheet said "8 July 2017, 21:00 to 12 July 2017, 21:00 UTC"."""
    moscow = ff.When.parse("9-12 July 2017", tz="Europe/Moscow")
    first = ff.Statement("ann", "Yes.", moscow)
    later = statement("No.", "2017-08-01T09:00Z")
    with recorded(tmp_path, ANN, UNIT, first, later, coding(first, "support"), coding(later, "oppose")) as store:
        sheet = sheet_html(case_of(store, first.hash, later.hash))
    place = tmp_path / "case.db"

    surfaces = [sheet, *(flipflop("-s", place, verb).out for verb in ("list", "reversals"))]
    surfaces.append(flipflop("-s", place, "show", first.hash).out.partition("\nstatement\n")[0])
    surfaces += [row["reason"] for row in rows(place, "reversals")]

    for told in surfaces:
        assert "9\u201312 July 2017" in told
        assert "8 July" not in told
