"""The founding case from a shell."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli_running import Done, flipflop, log

ZONES = ["UTC", "America/New_York", "Europe/Moscow", "Pacific/Auckland"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def store(place: Path) -> Path:
    return place / "demo.db"


@pytest.fixture(scope="module")
def done(place: Path, store: Path) -> Done:
    return flipflop("-s", store, "demo", "-o", place / "page.html")


def rows(store: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(flipflop("-s", store, *words, "--format", "json").out)
    return found


def test_the_demo_tells_the_reversal_whom_it_left_standing_and_where_the_page_is(done: Done, place: Path) -> None:
    told = " ".join(done.out.split())

    assert done.code == 0
    assert "Donald Trump on joint-cyber-unit: reversal, full_flop" in told
    assert "within 12 h 55 min (46 489 s ± 1 s)" in told
    assert "Sergey Lavrov on unit-was-agreed: walk_back, half_flip" in told
    assert "12 July 2017 (in Europe/Brussels) → mixed, 24 July 2017 (in Europe/Moscow)" in told
    assert "Nikki Haley, speaking for Donald Trump" in told
    assert "Steven Mnuchin, speaking for Donald Trump" in told
    assert done.lines[-1] == str(place / "page.html")
    assert "<!doctype html>" in (place / "page.html").read_text("utf-8")[:100].lower()


@pytest.mark.parametrize("zone", ZONES)
def test_the_demo_store_holds_the_expected_findings_in_every_zone(done: Done, store: Path, zone: str) -> None:
    changes, against = rows(store, "reversals", "--tz", zone), rows(store, "conflicts", "--tz", zone)

    assert Counter(row["kind"] for row in changes) == {"reversal": 1, "walk_back": 1}
    assert Counter(row["kind"] for row in against) == {
        "stranded_surrogate": 2,
        "off_message": 2,
        "conflicting_accounts": 6,
    }
    flop = next(row for row in changes if row["kind"] == "reversal")
    assert (flop["speaker"], flop["gap_min"], flop["gap_max"]) == ("donald-trump", 46488, 46490)


def test_moments_are_told_in_the_zone_that_was_asked_for(done: Done, store: Path) -> None:
    later = {zone: rows(store, "reversals", "--kind", "reversal", "--tz", zone)[0]["later_from"] for zone in ZONES}

    assert later == {
        "UTC": "2017-07-10T00:45:13+00:00",
        "America/New_York": "2017-07-09T20:45:13-04:00",
        "Europe/Moscow": "2017-07-10T03:45:13+03:00",
        "Pacific/Auckland": "2017-07-10T12:45:13+12:00",
    }


def test_a_second_demo_records_nothing_again(done: Done, store: Path, place: Path) -> None:
    before = log(store)

    again = flipflop("-s", store, "demo", "-o", place / "again.html")

    assert again.code == 0
    assert log(store) == before


def test_without_a_named_store_the_demo_keeps_out_of_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    flipflop("demo")

    assert {path.name for path in tmp_path.iterdir() if path.suffix in (".db", ".html")} == {
        "flipflop-demo.db",
        "cyber-unit-2017.html",
    }


def test_the_demo_takes_its_store_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLIPFLOP_STORE", str(tmp_path / "named.db"))

    flipflop("demo", "-o", str(tmp_path / "page.html"))

    assert (tmp_path / "named.db").exists()


def test_what_was_recorded_later_is_not_there_as_of_an_earlier_moment(done: Done, store: Path) -> None:
    assert rows(store, "reversals", "--as-of", "2020-01-01") == []
    assert rows(store, "list", "--as-of", "2020-01-01T00:00:00Z") == []


def test_a_list_has_one_row_for_each_coding_of_a_statement(done: Done, store: Path) -> None:
    found = rows(store, "list", "--speaker", "@realDonaldTrump", "--since", "2017-07-09", "--until", "2017-07-10")

    assert [(row["stance"], row["said"]) for row in found] == [
        ("support", "2017-07-09T11:50:24Z"),
        (None, "2017-07-09T11:57:55Z"),
        ("oppose", "2017-07-10T00:45:13Z"),
    ]


@pytest.mark.parametrize("name", ["figure.json", "figure.svg", "one.html"])
def test_a_timeline_of_one_topic_and_speaker_is_written(done: Done, store: Path, tmp_path: Path, name: str) -> None:
    words = ("--topic", "joint-cyber-unit", "--speaker", "Trump", "--tz", "Europe/Moscow")

    drawn = flipflop("-s", store, "timeline", *words, "-o", tmp_path / name)

    assert (drawn.code, drawn.lines) == (0, [str(tmp_path / name)])
    assert (tmp_path / name).stat().st_size > 1000


def test_a_timeline_is_no_text_file(done: Done, store: Path, tmp_path: Path) -> None:
    refused = flipflop("-s", store, "timeline", "-o", tmp_path / "page.txt")

    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert not (tmp_path / "page.txt").exists()
