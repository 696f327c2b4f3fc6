"""The verb amend of speakers, topics and judgements, and the list of what waits for a second look."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import flipflop as ff
from flipflop.store import Store
from tests.cli_running import case, flipflop, log

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return case(tmp_path)


def rows(store: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(flipflop("-s", store, *words, "--format", "json").out)
    return found


def test_a_speaker_is_renamed_and_the_former_name_still_finds_them(store: Path) -> None:
    done = flipflop("-s", store, "amend", "jane-roe", "--name", "Jane Doe", "--role", "Mayor", "--reason", "married")

    assert done.code == 0, done.err
    (row,) = rows(store, "speaker", "list")
    assert (row["name"], row["public_role"]) == ("Jane Doe", "Mayor")
    assert len(rows(store, "list", "--speaker", "Jane Roe")) == 1


def test_aliases_are_added_to_and_taken_away_one_by_one(store: Path) -> None:
    for option, name in (("--alias", "J. Roe"), ("--drop-alias", "@JANE")):
        done = flipflop("-s", store, "amend", "jane-roe", option, name, "--reason", "handles")
        assert done.code == 0, done.err

    (row,) = rows(store, "speaker", "list")
    assert row["aliases"] == "J. Roe"
    refused = flipflop("-s", store, "amend", "jane-roe", "--drop-alias", "@nobody", "--reason", "r")
    assert (refused.code, "'@nobody' is no alias of jane-roe (those are: J. Roe)" in refused.err) == (1, True)


def test_an_alias_that_is_somebody_elses_name_is_refused(store: Path) -> None:
    flipflop("-s", store, "speaker", "add", "Bob")
    before = log(store)

    done = flipflop("-s", store, "amend", "jane-roe", "--alias", "bob", "--reason", "r")

    assert (done.code, "'bob' is a name of bob already" in done.err, log(store) == before) == (1, True, True)


def test_a_mended_proposition_tells_what_waits_and_is_confirmed_in_one_go(store: Path) -> None:
    done = flipflop("-s", store, "amend", "tax", "--proposition", "Taxes should rise.", "--reason", "wrong way round")

    assert done.code == 0, done.err
    assert "1 coding and 0 rulings wait for a second look" in done.err
    (waiting,) = rows(store, "list", "--second-look")
    assert waiting["proposition_mended"] is True
    assert "(look again)" in flipflop("-s", store, "list", "--second-look").out

    coding = waiting["coding_id"]
    assert flipflop("-s", store, "amend", coding[:8], coding, "--confirm", "--by", "Ed").code == 0

    assert rows(store, "list", "--second-look") == []
    again = flipflop("-s", store, "amend", coding, "--confirm", "--by", "Ed")
    assert (again.code, again.err) == (0, f"note: {coding[:8]} does not wait for a second look, and stays as it is\n")
    assert flipflop("-s", store, "verify").code == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("jane-roe", "--text", "x"), 2, "'--text' is nothing of a speaker"),
        (("tax", "--name", "x"), 2, "'--name' is nothing of a topic"),
        (("tax", "jane-roe", "--title", "x"), 2, "Only with '--confirm' several IDs"),
        (("tax", "--title", "x", "--confirm"), 2, "'--confirm' changes nothing else"),
        (("tax", "--confirm"), 1, "is a topic: only codings and rulings are confirmed"),
        (("tax", "--kind", "acount"), 1, "did you mean 'account'?"),
        (("tax", "--set", 'id="other"'), 1, "changes.id is permanent"),
    ],
)
def test_what_cannot_be_mended_so_is_told_and_changes_nothing(
    store: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    before = log(store)

    done = flipflop("-s", store, "amend", *words, "--reason", "r")

    assert (done.code, told in done.err, log(store) == before) == (code, True, True), done.err


def test_topics_take_title_kind_and_parent(store: Path) -> None:
    flipflop("-s", store, "topic", "add", "money", "--proposition", "Money matters.")

    words = ("--title", "Taxes", "--kind", "account", "--parent", "money")
    done = flipflop("-s", store, "amend", "tax", *words, "--reason", "r")

    assert done.code == 0, done.err
    assert "second look" not in done.err
    (row,) = [row for row in rows(store, "topic", "list") if row["topic"] == "tax"]
    assert (row["title"], row["kind"], row["parent"]) == ("Taxes", "account", "money")


def test_what_is_declared_again_in_the_words_of_today_is_known(store: Path) -> None:
    flipflop("-s", store, "amend", "jane-roe", "--name", "Jane Doe", "--reason", "married")

    same = flipflop("-s", store, "speaker", "add", "Jane Doe", "--id", "jane-roe", "--alias", "@jane")
    other = flipflop("-s", store, "speaker", "add", "Jane Roe")

    assert (same.code, same.err) == (0, "note: this is declared already\n")
    assert (other.code, "flipflop amend jane-roe --name" in other.err) == (1, True), other.err


def test_the_file_of_the_first_declaration_adds_nothing_when_it_is_imported_again(store: Path, tmp_path: Path) -> None:
    with Store(store) as opened:
        ff.write_events(tmp_path / "e.jsonl", [record.event for record in opened.log() if record.event])
    flipflop("-s", store, "amend", "jane-roe", "--name", "Jane Doe", "--reason", "married")
    before = log(store)

    done = flipflop("-s", store, "import", tmp_path / "e.jsonl")

    assert (done.code, log(store) == before) == (0, True), done.err
    assert [row["name"] for row in rows(store, "speaker", "list")] == ["Jane Doe"]


def test_a_record_with_mended_declarations_comes_whole_into_another(store: Path, tmp_path: Path) -> None:
    flipflop("-s", store, "amend", "jane-roe", "--name", "Jane Doe", "--reason", "married")
    flipflop("-s", store, "export", "-o", tmp_path / "e.jsonl")
    other = tmp_path / "other.db"
    flipflop("init", "-s", other)

    first = flipflop("-s", other, "import", tmp_path / "e.jsonl")
    again = flipflop("-s", other, "import", tmp_path / "e.jsonl")

    assert (first.code, again.code) == (0, 0), (first.err, again.err)
    with Store(other) as opened:
        assert opened.resolve_speaker("Jane Roe") == opened.resolve_speaker("Jane Doe") == "jane-roe"
    assert [row["name"] for row in rows(other, "speaker", "list")] == ["Jane Doe"]
