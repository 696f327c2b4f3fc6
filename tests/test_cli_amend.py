"""The verb amend of speakers, topics and judgements, and the list of what waits for a second look."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import flipflop as ff
from flipflop.store import Store
from tests.cli_running import add, case, flipflop, log

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


def ruled(store: Path) -> str:
    """Record an opposing statement and a ruling on the two; return the id of the ruling."""
    assert add(store, "Raise them.", said="2020-02-01").code == 0
    earlier, later = (row["statement_id"] for row in rows(store, "list"))
    judged = ("--topic", "tax", "--outcome", "reversal", "--innocent-reading", "none found", "--by", "Ed")
    done = flipflop("-s", store, "rule", earlier, later, *judged, "--explanation", "none_found")
    assert done.code == 0, done.err
    return done.out.strip()


def mend(store: Path) -> None:
    done = flipflop("-s", store, "amend", "tax", "--proposition", "Taxes must be cut.", "--reason", "r")
    assert "2 codings and 1 ruling wait for a second look" in done.err, done.err


def test_a_topic_confirms_all_that_waits_because_of_its_proposition(store: Path) -> None:
    ruling = ruled(store)
    mend(store)

    done = flipflop("-s", store, "amend", "tax", "--confirm", "--by", "Ed")

    assert (done.code, len(done.lines)) == (0, 3), done.err
    assert done.err == ("note: 2 codings and 1 ruling waited for a second look because of tax; they hold as they are\n")
    assert rows(store, "list", "--second-look") == []
    assert ruling not in flipflop("-s", store, "list", "--second-look").err
    again = flipflop("-s", store, "amend", "tax", "--confirm", "--by", "Ed")
    assert (again.code, again.out, again.err) == (0, "", "note: nothing waits for a second look because of tax\n")
    assert flipflop("-s", store, "verify").code == 0


def test_a_statement_confirms_what_waits_because_of_it_alone(store: Path) -> None:
    ruling = ruled(store)
    first, _ = (row["statement_id"] for row in rows(store, "list"))
    flipflop("-s", store, "amend", first, "--text", "Cut them!", "--reason", "r")

    done = flipflop("-s", store, "amend", first[:8], "--confirm", "--by", "Ed")

    assert "1 coding and 1 ruling waited" in done.err
    flipflop("-s", store, "amend", first, "--text", "Cut them.", "--reason", "r")
    mend(store)
    done = flipflop("-s", store, "amend", "tax", "--confirm", "--by", "Ed")
    assert "1 coding and 0 rulings waited for a second look because of tax" in done.err
    assert "because of something else, too" in done.err
    assert ruling in done.err
    assert [row["statement_id"] for row in rows(store, "list", "--second-look")] == [first]


def test_the_list_tells_the_rulings_that_wait_when_no_coding_does_any_more(store: Path) -> None:
    ruling = ruled(store)
    mend(store)
    codings = [row["coding_id"] for row in rows(store, "list", "--second-look", "--topic", "tax")]
    assert len(codings) == 2
    drawn = flipflop("-s", store, "timeline", "-o", store.parent / "t.html")
    told = "2 statements waiting for another look, because the proposition was mended"
    assert drawn.err.startswith(told), drawn.err
    flipflop("-s", store, "amend", *codings, "--confirm", "--by", "Ed")

    listed = flipflop("-s", store, "list", "--second-look", "--topic", "tax")

    assert "no codings that wait for a second look in this record\n1 ruling waits for a second look:\n" in listed.err
    assert f"flipflop amend {ruling} --confirm says that they hold" in listed.err
    assert "ruling" not in flipflop("-s", store, "list", "--second-look", "--text", "nowhere").err
    flipflop("-s", store, "timeline", "-o", store.parent / "t.html")
    page = (store.parent / "t.html").read_text("utf-8")
    assert "In this record: 1 pair whose ruling waits for another look." in page
    assert flipflop("-s", store, "amend", ruling, "--confirm", "--by", "Ed").code == 0
    assert "ruling" not in flipflop("-s", store, "list", "--second-look").err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("jane-roe", "--text", "x"), 2, "'--text' is nothing of a speaker"),
        (("tax", "--name", "x"), 2, "'--name' is nothing of a topic"),
        (("tax", "jane-roe", "--title", "x"), 2, "Only with '--confirm' several IDs"),
        (("tax", "--title", "x", "--confirm"), 2, "'--confirm' changes nothing else"),
        (("jane-roe", "--confirm"), 1, "is a speaker: confirmed is a coding, a ruling,"),
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
