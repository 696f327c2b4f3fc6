"""K5, K6.16: what an import tells: doubtful cells and addresses, statements that may be one, candidates, conflicts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import flipflop as ff
from flipflop.cases import duplicates
from tests.cli_running import case, flipflop, log

HEADER = "speaker,topic,stance,said,source_url,text"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return case(tmp_path)


def table(tmp_path: Path, *lines: str, header: str = HEADER) -> Path:
    path = tmp_path / "new.csv"
    path.write_bytes("".join(f"{line}\n" for line in (header, *lines)).encode())
    return path


def listed(store: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(flipflop("-s", store, "list", *words, "--format", "json").out)
    return found


@pytest.mark.parametrize("cell", ["nan", "NaN", "None", "NaT", "<NA>"])
def test_what_pandas_writes_for_an_empty_cell_is_questioned(store: Path, tmp_path: Path, cell: str) -> None:
    before = log(store)
    file = table(
        tmp_path,
        f"jane-roe,tax,oppose,2020-02-01,{cell},No.",
        f"jane-roe,{cell},{cell},2020-02-01,https://e.org,No.",
        f"{cell},tax,oppose,2020-02-01,https://e.org,No.",
    )

    done = flipflop("-s", store, "import", file, "--declare")

    assert (done.code, log(store)) == (1, before)
    assert [line.split(": ")[1].rsplit(":", 1)[-1] for line in done.err.splitlines()] == ["2", "3", "3", "4"]
    assert "leave the cell empty" in done.err


def test_a_text_that_is_such_a_word_is_told(store: Path, tmp_path: Path) -> None:
    file = table(tmp_path, "jane-roe,tax,oppose,2020-02-01,https://e.org,None")

    done = flipflop("-s", store, "import", file)

    assert (done.code, listed(store)[-1]["text"]) == (0, "None")
    assert f"warning: {file}:2: a text that is what programs write where nothing stands" in done.err


@pytest.mark.parametrize("address", ["N/A", "-", "https://e.org/a https://e.org/b", "https://e.org/a;https://e.org/b"])
def test_no_address_and_two_in_one_cell_are_questioned(store: Path, tmp_path: Path, address: str) -> None:
    done = flipflop("-s", store, "import", table(tmp_path, f"jane-roe,tax,oppose,2020-02-01,{address},No."))

    assert (done.code, ":2: source.url " in done.err) == (1, True)


def test_an_address_is_completed_and_words_are_told(store: Path, tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "jane-roe,tax,oppose,2020-02-01,www.e.org/a,No.",
        "jane-roe,tax,oppose,2020-02-02,The Paper,Never.",
        "jane-roe,tax,oppose,2020-02-03,The Paper,Never again.",
    )

    done = flipflop("-s", store, "import", file)

    assert listed(store)[1]["source_url"] == "https://www.e.org/a"
    assert f"warning: {file}:2: an address that is read with https:// before it" in done.err
    assert f"warning: {file}:3: a source that is no web address but words" in done.err
    assert "(1 more like it)" in done.err


def test_said_after_its_source_was_published_is_told(store: Path, tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "jane-roe,2018-01-01,2017-01-01,https://e.org,No.",
        header="speaker,said,source_published,source_url,text",
    )

    done = flipflop("-s", store, "import", file)

    assert done.err == f"warning: {file}:2: said after its source was published\n"


def test_lines_that_carry_their_id_come_in_as_some_record_has_them(store: Path, tmp_path: Path) -> None:
    moment = ff.When.parse("2020-02-01")
    ff.write_events(tmp_path / "e.jsonl", [ff.Statement("jane-roe", "No.", moment, source=ff.Source(url="N/A"))])

    assert flipflop("-s", store, "import", tmp_path / "e.jsonl").code == 0


def test_import_says_what_candidates_and_conflicts_the_file_brought(store: Path, tmp_path: Path) -> None:
    flipflop("-s", store, "speaker", "add", "John Doe")
    flipflop("-s", store, "speaks-for", "john-doe", "jane-roe")
    file = table(
        tmp_path,
        "john-doe,tax,oppose,2020-01-15,https://e.org,Raise them.",
        "jane-roe,tax,oppose,2020-02-01,https://e.org,Never.",
    )

    done = flipflop("-s", store, "import", file)
    again = flipflop("-s", store, "import", file)

    assert done.err.splitlines() == [
        "brought 1 candidate reversal: flipflop reversals",
        "brought 1 candidate conflict: flipflop conflicts",
    ]
    assert again.err == ""


def test_a_dry_run_says_what_the_file_would_bring_and_leaves_the_record_as_it_was(store: Path, tmp_path: Path) -> None:
    flipflop("-s", store, "speaker", "add", "John Doe")
    flipflop("-s", store, "speaks-for", "john-doe", "jane-roe")
    file = table(
        tmp_path,
        "john-doe,tax,oppose,2020-01-15,https://e.org,Raise them.",
        "jane-roe,tax,oppose,2020-02-01,https://e.org,Never.",
        "jane-roe,tax,support,1 January 2020,https://e.org,CUT them.",
    )
    first, before = listed(store)[0]["statement_id"][:8], log(store)

    tried = flipflop("-s", store, "import", file, "--dry-run")
    held = log(store)
    done = flipflop("-s", store, "import", file)

    assert tried.err.splitlines() == [
        "would bring 1 candidate reversal",
        "would bring 1 candidate conflict",
        f"warning: nearly the same words of one speaker at one time would be recorded twice: "
        f"'CUT them.' (like {first})",
    ]
    assert held == before
    assert ["would " + line.replace("brought", "bring").split(":")[0] for line in done.err.splitlines()[:2]] == [
        *tried.err.splitlines()[:2]
    ]


def test_a_dry_run_where_there_is_no_store_yet_says_what_the_file_holds(tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "Jane Roe,tax,support,2020-01-01,https://e.org,Cut them.,Taxes should be cut.",
        "Jane Roe,tax,oppose,2020-02-01,https://e.org,Never.,",
        header=HEADER + ",proposition",
    )

    tried = flipflop("-s", tmp_path / "none.db", "import", file, "--declare", "--dry-run")

    assert "would bring 1 candidate reversal" in tried.err
    assert not (tmp_path / "none.db").exists()


ALIKE = {
    "a trailing space": '"Cut them. "',
    "CRLF": '"Cut\r\nthem."',
    "typographic marks": "\u201cCut them.\u201d",
    "case": "cut THEM.",
}


@pytest.mark.parametrize("text", ALIKE.values(), ids=ALIKE.keys())
def test_the_same_statement_again_is_told_and_listed(store: Path, tmp_path: Path, text: str) -> None:
    first = listed(store)[0]["statement_id"]
    file = table(tmp_path, f"jane-roe,tax,support,1 January 2020,https://e.org/1?utm_source=x,{text}")

    done = flipflop("-s", store, "import", file)

    found = listed(store, "--duplicates")
    assert [row["duplicate_of"] for row in found] == [first, first]
    assert f"recorded twice: {found[1]['statement_id'][:8]} (like {first[:8]})" in done.err


def test_statements_of_one_file_may_be_one_too(store: Path, tmp_path: Path) -> None:
    composed, decomposed = "No caf\u00e9.", "No cafe\u0301."
    lines = [
        f"jane-roe,,,2020-02-0{n},https://e.org,{text}" for n, text in ((1, composed), (1, decomposed), (2, composed))
    ]

    done = flipflop("-s", store, "import", table(tmp_path, *lines))

    assert "recorded twice: " in done.err
    assert [row["text"] for row in listed(store, "--duplicates")] == [composed, decomposed]


def test_a_record_without_duplicates_lists_none(store: Path) -> None:
    done = flipflop("-s", store, "list", "--duplicates")

    assert (done.code, done.err) == (0, "no statements in this record\n")
    with ff.Store(store) as opening:
        assert list(duplicates(opening.statements()))[-1] == "duplicate_of"


def test_relative_moments_count_from_the_reference(store: Path, tmp_path: Path) -> None:
    file = table(tmp_path, "jane-roe,tax,oppose,yesterday,https://e.org,No.")

    refused = flipflop("-s", store, "import", file)
    bad = flipflop("-s", store, "import", file, "--reference", "soon")
    done = flipflop("-s", store, "import", file, "--reference", "2020-02-02")

    assert (refused.code, bad.code, done.code) == (1, 1, 0), done.err
    assert listed(store)[-1]["said_from"] == "2020-02-01T00:00:00+00:00"


def test_a_day_of_publication_goes_before_the_reference(store: Path, tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "jane-roe,yesterday,2020-03-02,https://e.org,No.",
        header="speaker,said,source_published,source_url,text",
    )

    flipflop("-s", store, "import", file, "--reference", "2020-02-02")

    assert listed(store)[-1]["said_from"] == "2020-03-01T00:00:00+00:00"
