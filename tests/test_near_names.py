"""K4: names that may be one person's are told, two people stay two, and nobody's place is taken."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from flipflop.records.near_names import NearNames, may_be_one
from tests.cli_running import case, flipflop, log

ONE = [
    ("P. Hammond", "Philip Hammond"),
    ("P Hammond", "Philip Hammond"),
    ("Hammond, Philip", "Philip Hammond"),
    ("Hammond", "Philip Hammond"),
    ("Mrs May", "Theresa May"),
    ("Theresa May MP", "Theresa May"),
    ("Rt Hon Theresa May", "Theresa May"),
    ("President Trump", "Donald Trump"),
    ("Donald J. Trump", "Donald Trump"),
    ("Donald Trump, Jr.", "Donald Trump"),
    ("Sergei Lavrov", "Sergey Lavrov"),
    ("David Davies", "David Davis"),
    ("Jean-Luc Mélenchon", "Jean Luc Melenchon"),
    ("von der Leyen", "Ursula von der Leyen"),
    ("J. Rees-Mogg", "Jacob Rees-Mogg"),
    ("Ministry of Defense", "Ministry of Defence"),
    ("The Guardian", "Guardian"),
]
TWO = [
    ("James Berry", "jake berry"),
    ("Mark Robinson", "Mary Robinson"),
    ("Stephen Hammond", "Philip Hammond"),
    ("S. Hammond", "Philip Hammond"),
    ("John A. Smith", "John B. Smith"),
    ("Richard Burden", "Richard Burgon"),
    ("Senator 1", "Senator 2"),
    ("Ministry of Home Affairs", "Ministry of Foreign Affairs"),
]


@pytest.mark.parametrize(("name", "other"), ONE)
def test_a_name_as_people_write_it_may_be_the_full_one(name: str, other: str) -> None:
    assert (may_be_one(name, other), may_be_one(other, name)) == (True, True)
    assert NearNames([other, "Somebody Else"]).near(name) == [other]


@pytest.mark.parametrize(("name", "other"), TWO)
def test_full_names_that_differ_in_the_first_name_are_two(name: str, other: str) -> None:
    assert (may_be_one(name, other), may_be_one(other, name)) == (False, False)


WORDS = st.lists(st.sampled_from(["ann", "anna", "a", "bell", "ball", "mr", "de", "ann-bell"]), min_size=1, max_size=3)


@given(st.lists(WORDS.map(" ".join), max_size=5), WORDS.map(" ".join))
def test_the_quick_search_finds_what_comparing_all_finds(names: list[str], name: str) -> None:
    assert bool(NearNames(names).near(name)) == any(may_be_one(name, one) for one in names if one != name)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return case(tmp_path)


def table(place: Path, *names: str) -> Path:
    path = place / "said.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = [[name, "tax", "oppose", "2020-02-01", f"No, said {n}."] for n, name in enumerate(names)]
        csv.writer(file).writerows([["speaker", "topic", "stance", "said", "text"], *lines])
    return path


@pytest.mark.parametrize("name", ["J. Roe", "Roe, Jane", "Ms Roe", "Senator Roe", "Roe"])
def test_declare_does_not_take_another_spelling_for_a_new_person(store: Path, tmp_path: Path, name: str) -> None:
    done = flipflop("-s", store, "import", table(tmp_path, name), "--declare")

    assert done.code == 1
    assert f"{name!r} is not declared, and nearly 'Jane Roe'" in done.err


def test_two_members_of_parliament_of_one_surname_come_in(store: Path, tmp_path: Path) -> None:
    done = flipflop("-s", store, "import", table(tmp_path, "James Berry", "jake berry"), "--declare")

    assert done.err.splitlines()[:2] == ["declared speaker james-berry", "declared speaker jake-berry"]


def test_these_are_two_can_be_said(store: Path, tmp_path: Path) -> None:
    file = table(tmp_path, "David Davis", "David Davies")

    refused = flipflop("-s", store, "import", file, "--declare")
    done = flipflop("-s", store, "import", file, "--declare", "--distinct", "David Davies")

    assert (refused.code, "--distinct 'David Davies'" in refused.err) == (1, True)
    assert (done.code, done.err.splitlines()[1]) == (0, "declared speaker david-davies")


def test_a_second_person_of_one_name_does_not_take_the_place_of_the_first(store: Path) -> None:
    words = ("speaker", "add", "Gareth Thomas", "--role")
    flipflop("-s", store, *words, "MP for Harrow West")
    before = log(store)

    refused = flipflop("-s", store, *words, "MP for Clwyd West")
    same = flipflop("-s", store, *words, "MP for Harrow West")
    after = log(store)
    other = flipflop("-s", store, *words, "MP for Clwyd West", "--id", "gareth-thomas-2")

    assert (refused.code, refused.out) == (1, "")
    assert "'gareth-thomas' is taken: it is 'Gareth Thomas', MP for Harrow West; somebody else needs another id" in (
        refused.err
    )
    assert (same.code, same.out, same.err) == (0, "gareth-thomas\n", "note: this is declared already\n")
    assert (after, other.code) == (before, 0)


def test_a_second_proposition_does_not_take_the_place_of_the_first(store: Path) -> None:
    before = log(store)

    done = flipflop("-s", store, "topic", "add", "tax", "--proposition", "Taxes should be raised.")

    assert (done.code, log(store)) == (1, before)
    assert "'tax' is taken: its proposition is 'Taxes should be cut.'; another question needs another id" in done.err


def test_a_declaration_can_be_mended_in_public(store: Path) -> None:
    assert flipflop("-s", store, "retract", "jane-roe", "--reason", "her name is now Doe").code == 0

    done = flipflop("-s", store, "speaker", "add", "Jane Doe", "--id", "jane-roe", "--alias", "Jane Roe")

    assert done.code == 0, done.err
    (row,) = json.loads(flipflop("-s", store, "list", "--format", "json").out)
    assert row["speaker_name"] == "Jane Doe"


def test_a_topic_that_has_only_a_title_is_given_its_proposition(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "said.csv"
    file.write_text("speaker,topic,stance,said,text\njane-roe,trade,oppose,2020-02-01,No.\n", "utf-8")
    flipflop("-s", store, "import", file, "--declare")

    words = ("topic", "add", "trade", "--proposition")
    stated = flipflop("-s", store, *words, "Trade should be free.")
    again = flipflop("-s", store, *words, "Trade should be taxed.")

    assert (stated.code, again.code) == (0, 1)


def test_an_alias_that_is_a_name_of_somebody_else_is_refused(store: Path) -> None:
    done = flipflop("-s", store, "speaker", "add", "Bob", "--alias", "jane roe")

    assert done.code == 1
    assert "'jane roe' is a name of jane-roe already" in done.err


def test_import_of_lines_without_stamps_takes_nobodys_place(store: Path, tmp_path: Path) -> None:
    before = log(store)
    file = tmp_path / "events.jsonl"
    lines = [
        {"event": "speaker", "id": "jane-roe", "name": "Jane Roe", "public_role": "another"},
        {"event": "topic", "id": "tax", "title": "Tax", "proposition": "Taxes should be raised."},
        {"event": "speaker", "id": "bob", "name": "Bob", "aliases": ["@jane"]},
        {"event": "speaker", "id": "ann", "name": "Ann"},
        {"event": "speaker", "id": "ann", "name": "Ann", "kind": "organisation"},
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")

    done = flipflop("-s", store, "import", file)

    assert (done.code, log(store)) == (1, before)
    assert [line.split(": ")[1].rsplit(":", 1)[-1] for line in done.err.splitlines()] == ["1", "2", "3", "5"]


def test_the_same_declarations_again_are_skipped(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    line = {"event": "speaker", "id": "ann", "name": "Ann", "aliases": ["A", "B"]}
    file.write_text(json.dumps(line) + "\n" + json.dumps(line | {"aliases": ["B", "A"]}) + "\n", "utf-8")

    done = flipflop("-s", store, "import", file)

    assert (done.code, done.lines) == (0, ["1 event recorded", "1 event skipped: known"])
