"""The verbs that set up, judge, mend and keep a record."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from flipflop.store import Store
from tests.cli_running import add, case, flipflop, log


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return case(tmp_path)


def rows(store: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(flipflop("-s", store, *words, "--format", "json").out)
    return found


def only(store: Path) -> str:
    """The id of the one statement."""
    (row,) = rows(store, "list")
    return str(row["statement_id"])


def test_init_sets_the_zone_in_the_store_and_the_name_in_a_file_of_the_user(tmp_path: Path) -> None:
    store, kept = tmp_path / "new.db", Path(os.environ["XDG_CONFIG_HOME"], "flipflop", "by")

    made = flipflop("init", "-s", store, "--tz", "america/new_york", "--by", "A. Person")
    again = flipflop("init", "-s", store, "--by", "B. Person")

    assert made.err == f"created {store}\nyou sign as 'A. Person': kept in {kept}\n"
    assert (again.out, kept.read_text("utf-8")) == (f"{store}: zone America/New_York\n", "B. Person\n")
    with Store(store) as opening:
        assert opening.settings == {"tz": "America/New_York"}


@pytest.mark.parametrize("verb", [("init",), ("speaker", "add", "Jane Roe")], ids=lambda verb: str(verb[0]))
def test_an_empty_file_becomes_a_store(tmp_path: Path, verb: tuple[str, ...]) -> None:
    store = tmp_path / "new.db"
    store.touch()

    done = flipflop(*verb, "-s", store)

    assert done.code == 0, done.err
    assert flipflop("verify", "-s", store).code == 0


def test_a_name_of_blanks_is_none(store: Path) -> None:
    assert flipflop("init", "-s", store, "--by", "  ").err == ""


def test_init_refuses_a_zone_that_is_none_and_makes_nothing(tmp_path: Path) -> None:
    done = flipflop("init", "-s", tmp_path / "new.db", "--tz", "America/New_Yrok")

    assert (done.code, "did you mean 'America/New_York'?" in done.err) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_a_clock_time_takes_the_zone_of_the_store_and_says_so(store: Path) -> None:
    done = add(store, "No.", said="2020-02-01 10:00")

    assert done.code == 0
    assert "warning: " in done.err


def test_speakers_and_topics_are_listed(store: Path) -> None:
    assert [(row["speaker"], row["aliases"]) for row in rows(store, "speaker", "list")] == [("jane-roe", "@jane")]
    assert [row["proposition"] for row in rows(store, "topic", "list")] == ["Taxes should be cut."]


def test_who_speaks_for_whom_is_recorded_with_dates(store: Path) -> None:
    flipflop("-s", store, "speaker", "add", "John Doe")

    done = flipflop("-s", store, "speaks-for", "john doe", "@jane", "--since", "2019", "--until", "2020-06")

    assert done.code == 0
    with Store(store, create=False) as opening:
        (row,) = opening.speaks_for().to_dict(orient="records")
    assert (row["surrogate"], row["principal"], str(row["since"])[:10]) == ("john-doe", "jane-roe", "2020-01-01")


def test_what_a_relation_leaves_open_of_its_moments_is_warned_of(store: Path) -> None:
    flipflop("speaker", "add", "Joe Bloggs", "-s", store)

    done = flipflop("speaks-for", "joe-bloggs", "jane-roe", "--since", "2019-01-01 10:00", "-s", store)

    assert done.err == "warning: the text names no time zone: the clock is read in UTC\n"


def test_codings_of_several_people_are_disputed_until_adjudicated(store: Path) -> None:
    statement = only(store)

    flipflop("-s", store, "code", statement[:8], "--topic", "tax", "--stance", "oppose", "--coder", "Another")
    flipflop("-s", store, "code", statement[:8], "--topic", "Tax", "--stance", "oppose", "--adjudicate")

    assert sorted(row["coder"] for row in rows(store, "list")) == ["Another", "Me", "Me"]


def test_only_a_statement_is_coded(store: Path) -> None:
    done = flipflop("-s", store, "code", "jane-roe", "--topic", "tax", "--stance", "oppose")

    assert (done.code, done.err.count("\n")) == (1, 1)


def test_amended_words_moment_and_source_are_what_a_list_shows(store: Path) -> None:
    statement = only(store)

    words = (
        "--text",
        "Cut them all.",
        "--said",
        "2020-01-02T10:00Z",
        "--outlet",
        "The Paper",
        "--set",
        'language="en"',
    )
    done = flipflop("-s", store, "amend", statement[:8], *words, "--reason", "typo")

    assert done.code == 0, done.err
    assert "another look" in done.err
    (row,) = rows(store, "list")
    assert (row["statement_id"], row["text"], row["said_from"]) == (
        statement,
        "Cut them all.",
        "2020-01-02T10:00:00+00:00",
    )
    assert (row["source_url"], row["source_outlet"], row["language"]) == ("https://e.org/1", "The Paper", "en")
    assert (row["amended"], row["needs_review"]) == (True, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("--set", "nonsense"), 1),
        (("--set", "txt=1"), 1),
        (("--said", "nonsense"), 1),
        (("--text", "Cut them."), 1),
    ],
)
def test_an_amendment_that_is_none_changes_nothing(store: Path, words: tuple[str, ...], code: int) -> None:
    before = log(store)

    done = flipflop("-s", store, "amend", only(store), *words, "--reason", "r")

    assert done.code == code
    assert log(store) == before


def test_a_statement_that_was_redacted_cannot_be_amended_and_says_so(store: Path) -> None:
    statement = only(store)
    flipflop("-s", store, "redact", statement, "--reason", "court order", "--yes")

    done = flipflop("-s", store, "amend", statement, "--text", "x", "--reason", "r")

    assert (done.code, done.err) == (1, f"error: {statement[:8]} was redacted; there is nothing left to amend\n")


def test_what_is_wrong_inside_a_source_is_named_once(store: Path) -> None:
    done = flipflop("-s", store, "amend", only(store), "--set", 'source={"url": 5}', "--reason", "r")

    assert (done.code, done.err) == (1, "error: changes.source.url must be a text, not 5\n")


def test_a_retracted_statement_leaves_the_list_and_comes_back(store: Path) -> None:
    statement = only(store)

    retraction = flipflop("-s", store, "retract", statement, "--reason", "twice").out.strip()
    assert rows(store, "list") == []

    flipflop("-s", store, "retract", retraction, "--reason", "not twice")
    assert only(store) == statement


def test_redact_wants_a_yes_in_a_pipe_and_tells_of_copies_and_guessing(store: Path, tmp_path: Path) -> None:
    statement = only(store)
    flipflop("-s", store, "export", "-o", tmp_path / "copy.jsonl")
    before = log(store)

    refused = flipflop("-s", store, "redact", statement, "--reason", "court")
    assert (refused.code, "'--yes'" in refused.err, log(store) == before) == (2, True, True)

    done = flipflop("-s", store, "redact", statement, "--reason", "court", "--yes")
    assert done.code == 0
    assert "can be guessed" in done.err
    assert str(tmp_path / "copy.jsonl") in done.err
    assert b"Cut them." not in store.read_bytes()
    assert flipflop("-s", store, "verify").code == 0


def test_show_tells_a_statement_in_full_with_its_history(store: Path) -> None:
    statement = only(store)
    flipflop("-s", store, "amend", statement, "--text", "Cut them all.", "--reason", "typo")

    told = flipflop("-s", store, "show", statement[:8]).out
    (row,) = rows(store, "show", statement)

    assert "Jane Roe, 1 January 2020" in told
    assert "“Cut them all.”" in told
    assert "Source: e.org, https://e.org/1" in told
    assert [event["event"] for event in row["history"]] == ["coding", "correction"]
    assert (row["text"], row["as_amended"]["text"]) == ("Cut them.", "Cut them all.")


@pytest.mark.parametrize("name", ["jane-roe", "tax"])
def test_show_knows_slugs(store: Path, name: str) -> None:
    assert rows(store, "show", name)[0]["id"] == name


def test_a_statement_is_shown_though_the_declaration_of_its_speaker_was_redacted(store: Path) -> None:
    (speaker,) = rows(store, "show", "jane-roe")
    flipflop("-s", store, "redact", str(speaker["hash"]), "--reason", "court order", "--yes")

    done = flipflop("-s", store, "show", only(store))

    assert (done.code, done.lines[0]) == (0, f"{only(store)[:8]}  jane-roe, 1 January 2020")


def test_an_id_of_too_few_digits_is_told_to_be_too_short(store: Path) -> None:
    done = flipflop("-s", store, "show", only(store)[:3])

    assert (done.code, "too short for an id: give 4 digits or more" in done.err) == (1, True)


def test_show_of_nothing_is_one_line(store: Path) -> None:
    done = flipflop("-s", store, "show", "ffffffff")

    assert (done.code, done.err.count("\n")) == (1, 1)


def test_a_ruling_by_ids_is_what_reversals_then_tell(store: Path) -> None:
    add(store, "Never.", said="2020-02-01")
    (row,) = rows(store, "reversals")
    pair = (row["earlier_id"][:8], row["later_id"][:8])

    done = flipflop(
        "-s", store, "rule", *pair, "--topic", "tax", "--outcome", "changed_circumstances",
        "--innocent-reading", "none found", "--explanation", "external_event", "--degree", "full_flop",
        "--explanation-source", "https://e.org/3", "--circumstances-source", "The Paper",
        "--reply-text", "The world changed.", "--reply-source", "https://e.org/2", "--note", "asked twice",
    )  # fmt: skip

    assert done.code == 0, done.err
    assert [row["ruling"] for row in rows(store, "reversals")] == ["changed_circumstances"]
    with Store(store, create=False) as opening:
        (ruling,) = opening.rulings().to_dict(orient="records")
    assert (ruling["reply_text"], ruling["reply_url"], ruling["by"]) == ("The world changed.", "https://e.org/2", "Me")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("aaaa",),
        ("aaaa", "bbbb", "--no-reply", "--reply-text", "x"),
        ("aaaa", "bbbb", "--reply-source", "x"),
    ],
)
def test_rule_in_a_pipe_needs_its_words(store: Path, words: tuple[str, ...]) -> None:
    assert flipflop("-s", store, "rule", *words).code == 2


def test_a_ruling_on_a_pair_the_wrong_way_round_is_refused(store: Path) -> None:
    add(store, "Never.", said="2021-01-01")
    (found,) = rows(store, "reversals")

    done = flipflop(
        *("-s", store, "rule", found["later_id"], found["earlier_id"], "--topic", "tax"),
        *("--outcome", "reversal", "--innocent-reading", "none found"),
    )

    first, second = found["later_id"][:8], found["earlier_id"][:8]
    assert (done.code, done.out) == (1, "")
    assert done.err == f"error: {second} was said before {first}: name them the other way round\n"


def test_a_ruling_needs_an_innocent_reading(store: Path) -> None:
    add(store, "Never.", said="2020-02-01")
    (row,) = rows(store, "reversals")
    before = log(store)

    done = flipflop("-s", store, "rule", row["earlier_id"], row["later_id"], "--topic", "tax", "--outcome", "reversal")

    assert (done.code, "'--innocent-reading'" in done.err) == (2, True)
    assert log(store) == before


def test_verify_tells_the_head_and_finds_a_change_behind_its_back(store: Path) -> None:
    import sqlite3

    done = flipflop("-s", store, "verify")
    with Store(store, create=False) as opening:
        assert done.out == f"ok: 4 events, head {opening.head()}\n"

    with sqlite3.connect(store) as connection:
        connection.execute("DROP TRIGGER event_is_never_changed")
        connection.execute("UPDATE event SET recorded_at = recorded_at - 1 WHERE seq = 2")
    connection.close()
    found = flipflop("-s", store, "verify")

    assert (found.code, "finding" in found.err) == (1, True)
    assert "event 2" in found.out


def test_export_writes_the_log_and_to_stdout_the_same(store: Path, tmp_path: Path) -> None:
    flipflop("-s", store, "export", "-o", tmp_path / "out.jsonl")

    piped = flipflop("-s", store, "export", "-o", "-")

    assert piped.out == (tmp_path / "out.jsonl").read_text("utf-8")
    assert [json.loads(line)["seq"] for line in piped.lines] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("name", "told"), [("out.txt", "let it end in .jsonl or .csv"), ("no/where.jsonl", "there is no directory")]
)
def test_an_export_that_cannot_be_written_is_one_line(store: Path, tmp_path: Path, name: str, told: str) -> None:
    done = flipflop("-s", store, "export", "-o", tmp_path / name)

    assert (done.code, done.err.count("\n"), done.out) == (1, 1, "")
    assert told in done.err


def test_when_shows_what_is_understood() -> None:
    words = ("Sunday evening", "--reference", "2017-07-11T09:00", "--tz", "America/New_York", "--format", "json")

    (row,) = json.loads(flipflop("when", *words).out)

    assert (row["start"], row["end"]) == ("2017-07-09T18:00:00-04:00", "2017-07-10T00:00:00-04:00")
    assert (row["precision"], row["tz"]) == ("daypart", "America/New_York")


def test_a_relative_moment_names_only_the_way_out_that_a_verb_has(store: Path) -> None:
    listed = flipflop("-s", store, "list", "--since", "yesterday")
    asked = flipflop("-s", store, "when", "yesterday")

    assert listed.err == "error: --since: 'yesterday': it is counted from another day; write the date\n"
    assert asked.err.endswith("give that with --reference (--reference 2017-07-11)\n")


def test_when_refuses_to_guess() -> None:
    done = flipflop("when", "Sunday")

    assert (done.code, done.err.count("\n"), "--reference" in done.err) == (1, 1, True)


DRAWN = [("timeline", "-o", "x.svg"), ("chart", "matrix", "-o", "x.svg"), ("publish", "site", "--no-pictures")]


@pytest.mark.parametrize("verb", DRAWN, ids=lambda verb: str(verb[0]))
@pytest.mark.parametrize("zone", ["ET", "america/new_york", "CET"])
def test_what_is_drawn_knows_every_zone_with_a_name(
    store: Path, verb: tuple[str, ...], zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(store.parent)

    done = flipflop("-s", store, *verb, "--tz", zone)

    assert done.code == 0, done.err


@pytest.mark.parametrize("verb", DRAWN, ids=lambda verb: str(verb[0]))
def test_where_the_zone_of_the_store_is_an_offset_a_drawing_asks_for_a_name(
    store: Path, verb: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(store.parent)
    flipflop("-s", store, "init", "--tz", "+02:00")

    done = flipflop("-s", store, *verb)

    said = (
        "error: --tz (the store's) '+02:00' is an offset; what is drawn needs a zone with a name, such as Europe/Paris"
    )
    assert (done.code, done.err.strip()) == (1, said)


def test_without_a_name_the_login_name_stands_in_and_is_told(tmp_path: Path) -> None:
    store = tmp_path / "case.db"
    flipflop("init", "-s", store)
    flipflop("speaker", "add", "Jane Roe", "-s", store)
    flipflop("topic", "add", "tax", "--proposition", "Taxes should be cut.", "-s", store)
    with mock.patch.dict(os.environ, LOGNAME="jane-login"):
        done = add(store, "Cut them.", stance="support", said="2020-01-01")
    assert done.code == 0
    assert "by 'jane-login', your login name: 'flipflop init --by NAME' sets another" in done.err
    listed = flipflop("list", "-s", store, "--format", "jsonl")
    assert '"coder": "jane-login"' in listed.out


def test_a_statement_is_shown_though_its_speaker_and_a_topic_share_an_id(store: Path) -> None:
    flipflop("topic", "add", "jane-roe", "--proposition", "Jane Roe should be mayor.", "-s", store)

    done = flipflop("-s", store, "show", only(store))

    assert (done.code, "Jane Roe, 1 January 2020" in done.out) == (0, True), done.err
