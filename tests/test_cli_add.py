"""Recording from a shell: what goes in, what is told, and what is refused without a trace."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli_running import Done, add, case, flipflop, log


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return case(tmp_path)


def test_add_prints_the_id_and_at_once_the_candidate_reversal(store: Path) -> None:
    done = add(store, "Never cut them.", said="2020-02-01T10:00Z")

    (shown,) = done.lines
    assert json.loads(log(store).splitlines()[-2])["id"].startswith(shown)
    assert done.err.splitlines()[0].startswith("candidate reversal: ")
    assert f"flipflop rule {done.err.split()[2]} {shown} --topic tax" in done.err


def test_add_agrees_with_reversals_on_what_is_a_candidate(store: Path) -> None:
    told = add(store, "Never.", said="2020-02-01T10:00Z").err.splitlines()[0]

    (row,) = json.loads(flipflop("-s", store, "reversals", "--format", "json").out)
    assert told == f"candidate {row['kind']}: {row['earlier_id'][:8]} → {row['later_id'][:8]} on tax"


def test_the_same_position_again_is_no_candidate(store: Path) -> None:
    assert add(store, "Cut them all.", stance="strongly_support", said="2020-02-01T10:00Z").err == ""


def test_an_alias_an_id_and_a_name_are_one_speaker(store: Path) -> None:
    for number, name in enumerate(("@jane", "jane-roe", "jane roe", "JANE")):
        assert add(store, f"Text {number}", speaker=name, said="2020-03-01").code == 0

    assert flipflop("-s", store, "list", "--format", "csv").out.count("jane-roe") == 5


def test_the_words_may_come_from_stdin(store: Path) -> None:
    words = ["--speaker", "jane-roe", "--topic", "tax", "--stance", "mixed", "--said", "2020", "--outlet", "The Paper"]

    done = flipflop("-s", store, "add", *words, "-", stdin="Perhaps.\nPerhaps not.\n")

    assert done.code == 0
    assert '"text": "Perhaps.\\nPerhaps not."' in flipflop("-s", store, "list", "--format", "json").out


def test_the_store_may_be_named_before_the_verb_after_it_or_in_the_environment(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = flipflop("-s", store, "list"), flipflop("list", "--store", store)
    monkeypatch.setenv("FLIPFLOP_STORE", str(store))

    assert before == after == flipflop("list")
    assert before.code == 0


def test_published_bounds_the_moment_and_orders_nothing(store: Path) -> None:
    done = add(store, "Never cut them.", "--said-from", "published", "--published", "2020-05-01")

    (row,) = [r for r in json.loads(flipflop("-s", store, "list", "--format", "json").out) if r["stance"] == "oppose"]
    assert (row["said"], row["precision"], row["approximate"]) == ("not after 2020-05-01", "interval", True)
    assert row["said_until"] == "2020-05-02T00:00:00+00:00"
    assert "orders nothing" in done.err
    kinds = [r["kind"] for r in json.loads(flipflop("-s", store, "reversals", "--format", "json").out)]
    assert kinds == ["undetermined"]


@pytest.mark.parametrize(
    "words",
    [
        ("--said-from", "published"),
        ("--said-from", "published", "--published", "2020", "--said", "2020"),
    ],
)
def test_said_and_said_from_are_used_as_meant(store: Path, words: tuple[str, ...]) -> None:
    assert add(store, "Never.", *words).code == 2


REFUSED = {
    "a misspelt speaker": (("jane-row", "oppose", "2020-02-01"), "did you mean 'jane-roe'?"),
    "a clock time without a zone": (("jane-roe", "oppose", "2020-02-01 10:00"), "without a time zone"),
    "a moment that is not over": (("jane-roe", "oppose", "9000-01-01"), "said"),
    "no moment at all": (("jane-roe", "oppose", "soon"), "'soon'"),
}


@pytest.mark.parametrize(("given", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_a_refusal_is_one_line_and_leaves_the_store_as_it_was(
    tmp_path: Path, given: tuple[str, str, str], told: str
) -> None:
    store = tmp_path / "case.db"
    flipflop("speaker", "add", "Jane Roe", "-s", store)
    flipflop("topic", "add", "tax", "--proposition", "Taxes should be cut.", "-s", store)
    before = log(store)
    speaker, stance, said = given

    done = add(store, "Words.", "--coder", "Me", speaker=speaker, stance=stance, said=said)

    refusal(done, told)
    assert log(store) == before


def test_an_unknown_topic_is_one_line_and_leaves_the_store_as_it_was(store: Path) -> None:
    before = log(store)

    words = ["--speaker", "jane-roe", "--topic", "taxes", "--stance", "oppose", "--said", "2020", "--source", "x"]
    done = flipflop("-s", store, "add", *words, "Words.")

    refusal(done, "did you mean 'tax'?")
    assert log(store) == before


def test_all_that_is_wrong_with_one_statement_is_told_at_once(store: Path) -> None:
    done = add(store, "Words.", "--on-behalf-of", "nobody", "--published", "nonsense", speaker="j", said="nonsense")

    assert [line.split(":")[1].strip() for line in done.err.splitlines()] == [
        "--speaker",
        "--on-behalf-of",
        "--published",
        "--said",
    ]


def test_the_very_same_statement_again_says_so(store: Path) -> None:
    before = log(store)

    done = add(store, "Cut them.", stance="support", said="2020-01-01")

    refusal(done, "is recorded already")
    assert log(store) == before


def test_a_statement_that_was_retracted_says_how_to_have_it_back(store: Path) -> None:
    known = json.loads(flipflop("-s", store, "list", "--format", "json").out)[0]["statement_id"]
    out = flipflop("-s", store, "retract", known, "--reason", "twice").out.strip()

    done = add(store, "Cut them.", stance="support", said="2020-01-01")

    refusal(done, f"to have it back, retract {out}")


def test_a_second_coding_of_the_same_statement_is_new(store: Path) -> None:
    done = add(store, "Cut them.", "--coder", "Another", stance="support", said="2020-01-01")

    assert done.code == 0
    assert done.err.startswith("note: the statement is recorded already")


@pytest.mark.parametrize("option", ["--speaker", "--topic", "--stance", "--said", "--source"])
def test_in_a_pipe_a_missing_option_is_named_and_bad_usage(store: Path, option: str) -> None:
    words = {"--speaker": "jane-roe", "--topic": "tax", "--stance": "mixed", "--said": "2020", "--source": "x"}
    del words[option]

    done = flipflop("-s", store, "add", *[part for pair in words.items() for part in pair], "Words.")

    assert (done.code, f"'{option}'" in done.err) == (2, True)


@pytest.mark.parametrize("verb", ["list", "reversals", "conflicts", "log", "verify", "show x", "retract x --reason y"])
def test_a_missing_store_is_one_line_that_says_how_to_make_one(tmp_path: Path, verb: str) -> None:
    done = flipflop("-s", tmp_path / "none.db", *verb.split())

    refusal(done, "flipflop init")
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    before = foreign.read_bytes()

    for verb in (["list"], ["speaker", "add", "Jane Roe"], ["demo", "-o", str(tmp_path / "x.html")]):
        refusal(flipflop("-s", foreign, *verb), "not a flipflop store")
    assert foreign.read_bytes() == before


def test_a_store_in_a_place_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    refusal(flipflop("-s", tmp_path / "no" / "where.db", "speaker", "add", "Jane Roe"), "there is no directory")


def test_a_second_writer_that_holds_the_store_is_waited_for_and_then_told(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flipflop.store import Store, store as module

    monkeypatch.setattr(
        module.Store.__init__, "__kwdefaults__", {"create": True, "read_only": False, "timeout": 0.1, "by": None}
    )
    before = log(store)

    with Store(store) as other, other._db.transaction():
        refusal(add(store, "Words.", said="2020-05-01"), "")

    assert log(store) == before


def refusal(done: Done, told: str) -> None:
    """One line on stderr, nothing on stdout, exit code 1."""
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1, done.err
    assert done.err.startswith("error: ")
    assert told in done.err


def test_in_a_pipe_all_missing_options_are_told_at_once(store: Path) -> None:
    done = flipflop("-s", store, "add", "--stance", "mixed")

    assert done.code == 2
    assert "Missing options '--speaker', '--topic', '--said', '--source', 'TEXT'." in done.err


def test_a_statement_is_recorded_alone(store: Path) -> None:
    words = ["--speaker", "jane-roe", "--said", "2020-02-01", "--source", "https://e.org/2", "Neither here nor there."]

    done = flipflop("-s", store, "add", *words)
    again = flipflop("-s", store, "add", *words)

    assert (done.code, [row["topic"] for row in listed(store)]) == (0, ["tax", None])
    refusal(again, "is recorded already")


def listed(store: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(flipflop("-s", store, "list", "--format", "json").out)
    return found


def test_add_takes_all_that_a_statement_and_a_coding_can_say(store: Path) -> None:
    first = str(listed(store)[0]["statement_id"])
    words = ["--rationale", "hedged", "--confidence", "0.5", "--language", "en", "--responds-to", first[:8]]

    done = add(store, "Well.", *words, "--attribution", "Reuters", "--attribution", "The Paper", said="2020-02-01")

    assert done.code == 0, done.err
    shown = json.loads(flipflop("-s", store, "show", done.lines[0], "--format", "json").out)[0]
    assert (shown["attribution"], shown["responds_to"], shown["language"]) == (["Reuters", "The Paper"], first, "en")
    assert (shown["history"][0]["confidence"], shown["history"][0]["rationale"]) == (0.5, "hedged")


def test_what_comes_from_a_pipe_keeps_its_blanks(store: Path) -> None:
    words = ["--speaker", "jane-roe", "--said", "2020", "--outlet", "The Paper"]

    flipflop("-s", store, "add", *words, "-", stdin=" Perhaps. \r\n")

    assert listed(store)[-1]["text"] == " Perhaps. "


ADDRESSES = {
    "without its scheme": ("www.e.org/2", "note: the source is read as https://www.e.org/2"),
    "without scheme and www": ("e.org/2", "note: the source is read as https://e.org/2"),
    "words": ("The Paper of 5 May", "note: --source 'The Paper of 5 May' is no web address"),
}


@pytest.mark.parametrize(("address", "told"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_an_unknown_address_is_told(store: Path, address: str, told: str) -> None:
    """K5."""
    done = add(store, "Never.", "--source", address, said="2020-02-01")

    assert done.code == 0
    assert told in done.err


@pytest.mark.parametrize(
    "address", ["N/A", "n.a.", "-", "none", "nan", "https://e.org/a https://e.org/b", "https://e.org/a; www.e.org"]
)
def test_what_is_no_source_or_two_is_questioned(store: Path, address: str) -> None:
    done = add(store, "Never.", "--source", address, said="2020-02-01")

    refusal(done, "--source: ")


def test_an_archived_address_is_one(store: Path) -> None:
    archived = "https://web.archive.org/web/2020/https://e.org/a"

    assert add(store, "Never.", "--source", archived, stance="support", said="2020-02-01").err == ""


def test_said_after_its_source_was_published_is_told(store: Path) -> None:
    """K6.16."""
    done = add(store, "Never.", "--published", "2017-01-01", stance="support", said="2018-01-01")

    assert "said ('2018-01-01') after its source was published ('2017-01-01')" in done.err


ALIKE = {
    "a trailing space": "Cut them. ",
    "case": "CUT them.",
    "typographic marks": "\u201cCut them.\u201d",
    "line ends": "Cut\r\nthem.",
}


@pytest.mark.parametrize("text", ALIKE.values(), ids=ALIKE.keys())
def test_nearly_the_same_words_again_are_told(store: Path, text: str) -> None:
    """K5: a trailing space, another spelling of the date, another address each made a new statement in silence."""
    first = str(listed(store)[0]["statement_id"])

    done = add(store, text, "--source", "https://e.org/1?utm_source=x", stance="support", said="1 January 2020")

    assert done.code == 0
    assert f"nearly the same words of that speaker at that time are recorded: {first[:8]}" in done.err


def test_the_same_words_at_another_time_are_another_statement(store: Path) -> None:
    assert add(store, "Cut them.", stance="support", said="2020-01-02").err == ""


def test_add_tells_of_a_conflict(store: Path) -> None:
    flipflop("-s", store, "speaker", "add", "John Doe")
    flipflop("-s", store, "speaks-for", "john-doe", "jane-roe")

    done = add(store, "Raise them.", speaker="john-doe", said="2020-02-01")

    (row,) = json.loads(flipflop("-s", store, "conflicts", "--format", "json").out)
    assert f"candidate conflict: {row['earlier_id'][:8]} → {done.lines[0]} on tax\n  {row['reason']}\n" in done.err
