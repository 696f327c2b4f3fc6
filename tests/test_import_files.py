"""Files of events into a store: names resolved, all problems told, nothing written in vain."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import assume, given, strategies as st

import flipflop as ff
from flipflop.errors import DataError
from flipflop.ingest import NEAR, Names, import_events
from flipflop.records import Event, Speaker, Topic, slugify
from flipflop.store import Store
from tests.cli_running import case, flipflop, log
from tests.store_cases import BOB, DECLARED, coding, correction, redaction, statement

HEADER = "speaker,topic,stance,said,source_url,text"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return case(tmp_path)


def csv(tmp_path: Path, *lines: str, header: str = HEADER) -> Path:
    path = tmp_path / "new.csv"
    path.write_text("\n".join([header, *lines]) + "\n", "utf-8")
    return path


def test_a_csv_with_names_and_aliases_is_recorded(store: Path, tmp_path: Path) -> None:
    file = csv(
        tmp_path, "@jane,tax,oppose,2020-02-01,https://e.org,No.", "Jane Roe,Tax,mixed,2020-03-01,https://e.org,Hm."
    )

    done = flipflop("-s", store, "import", file)

    assert (done.code, done.out) == (0, "4 events recorded\n")
    assert [row["stance"] for row in json.loads(flipflop("-s", store, "list", "--format", "json").out)] == [
        "support",
        "oppose",
        "mixed",
    ]


def test_every_bad_line_is_told_with_its_place_and_nothing_is_recorded(store: Path, tmp_path: Path) -> None:
    before = log(store)
    file = csv(
        tmp_path,
        "jane-roe,tax,oppose,2020-02-01,https://e.org,Good.",
        "jane-row,tax,oppose,2020-02-01,https://e.org,Misspelt.",
        "jane-roe,tax,oposes,2020-02-01,https://e.org,No stance.",
        "jane-roe,tax,oppose,9000-02-01,https://e.org,Not over.",
        "jane-roe,tax,oppose,2020-02-01",
    )

    done = flipflop("-s", store, "import", file)

    assert (done.code, done.out) == (1, "")
    told = [line.removeprefix(f"error: {file}:").split(" ")[:2] for line in done.err.splitlines()]
    assert told == [["3:", "speaker"], ["4:", "stance"], ["5:", "said"], ["6:", "has"]]
    assert "did you mean 'oppose'?" in done.err
    assert log(store) == before


def test_a_torn_line_is_told(store: Path, tmp_path: Path) -> None:
    before = log(store)
    file = tmp_path / "torn.jsonl"
    file.write_text('{"event": "speaker", "id": "john-doe", "name": "John Doe"}\n{"event": "speaker", "id": "jo')

    done = flipflop("-s", store, "import", file)

    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert done.err.startswith(f"error: {file}:2: is no JSON")
    assert log(store) == before


def test_what_is_known_is_skipped_and_counted(store: Path, tmp_path: Path) -> None:
    file = csv(tmp_path, "jane-roe,tax,oppose,2020-02-01,https://e.org,No.")
    flipflop("-s", store, "import", file)
    before = log(store)

    done = flipflop("-s", store, "import", file)

    assert done.out == "0 events recorded\n2 events skipped: known\n"
    assert log(store) == before


def test_a_dry_run_tells_what_would_happen_and_records_nothing(store: Path, tmp_path: Path) -> None:
    before = log(store)
    file = csv(tmp_path, "John Doe,trade,oppose,2020-02-01,https://e.org,No.")

    done = flipflop("-s", store, "import", file, "--dry-run", "--declare")

    assert done.out == "4 events would be recorded\n"
    assert "would declare speaker john-doe" in done.err
    assert log(store) == before


def test_a_dry_run_needs_no_store_and_makes_none(tmp_path: Path) -> None:
    file = csv(tmp_path, "John Doe,trade,oppose,2020-02-01,https://e.org,No.")

    done = flipflop("-s", tmp_path / "none.db", "import", file, "--dry-run", "--declare", "--coder", "Me")

    assert done.code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["new.csv"]


def test_a_failed_import_leaves_no_new_store(tmp_path: Path) -> None:
    file = csv(tmp_path, "John Doe,trade,oppose,2020-02-01,https://e.org,No.")

    done = flipflop("-s", tmp_path / "none.db", "import", file)

    assert done.code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["new.csv"]


def test_declare_makes_speakers_and_topics_with_their_proposition(store: Path, tmp_path: Path) -> None:
    file = csv(
        tmp_path,
        "John Doe,Free Trade,oppose,2020-02-01,https://e.org,No.,Trade should be free.",
        "john-doe,war,oppose,2020-02-01,https://e.org,No war.,",
        header=f"{HEADER},proposition",
    )

    done = flipflop("-s", store, "import", file, "--declare")

    assert done.code == 0, done.err
    assert [line for line in done.err.splitlines() if line.startswith("declared")] == [
        "declared speaker john-doe",
        "declared topic free-trade",
        "declared topic war",
    ]
    assert "warning: topic 'war' has no proposition yet" in done.err
    topics = {
        row["topic"]: row["proposition"]
        for row in json.loads(flipflop("-s", store, "topic", "list", "--format", "json").out)
    }
    assert topics == {"free-trade": "Trade should be free.", "tax": "Taxes should be cut.", "war": "War"}


def test_declare_refuses_a_name_that_is_nearly_a_known_one(store: Path, tmp_path: Path) -> None:
    before = log(store)
    file = csv(
        tmp_path,
        "Jane Row,tax,oppose,2020-02-01,https://e.org,Near the store's.",
        "John Doering,tax,oppose,2020-02-01,https://e.org,New.",
        "John Doerings,tax,oppose,2020-02-01,https://e.org,Near the new one.",
    )

    done = flipflop("-s", store, "import", file, "--declare")

    assert done.code == 1
    assert [line.split(": ")[1].rsplit(":", 1)[-1] for line in done.err.splitlines()] == ["2", "4"]
    assert "nearly 'Jane Roe': write it so, or say that it is another (--distinct 'Jane Row')" in done.err
    assert log(store) == before


def test_names_that_differ_in_a_number_are_different_names(store: Path) -> None:
    with Store(store, create=False) as opening:
        names = Names(opening, declare=True)

        assert [names.resolve("speaker", f"Senator {number}") for number in (1, 2, 12)] == [
            "senator-1",
            "senator-2",
            "senator-12",
        ]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("empty") / "empty.db") as store:
        yield store


@given(st.text("abc ", min_size=3, max_size=14), st.text("abc ", min_size=3, max_size=14))
def test_a_new_title_is_never_nearly_a_known_one(empty: Store, known: str, name: str) -> None:
    assume(slugify(known) and slugify(name))
    names = Names(empty, declare=True)
    names.learn(Topic("x", known, "So it is."))
    alike = SequenceMatcher(None, name.strip(), known.strip()).ratio()

    try:
        found = names.resolve("topic", name)
    except DataError:
        assert alike >= NEAR
    else:
        assert (found == "x") == (name.strip() in (known.strip(), "x"))
        assert found == "x" or alike < NEAR


def test_declarations_in_the_file_count_from_their_line_on(tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    lines = [
        {"event": "speaker", "id": "john-doe", "name": "John Doe", "aliases": ["@jd"]},
        {"event": "speaker", "id": "jane-roe", "name": "Jane Roe"},
        {"event": "speaks_for", "surrogate": "@jd", "principal": "Jane Roe"},
        {"event": "topic", "id": "tax", "title": "Taxes", "proposition": "Cut."},
        {
            "event": "statement",
            "speaker": "John Doe",
            "topic": "Taxes",
            "stance": "support",
            "coder": "Me",
            "said": "2020",
            "text": "Yes.",
        },
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")

    with Store(tmp_path / "new.db") as store:
        imported = import_events(store, file)

        assert imported.recorded == 6
        assert store.speaks_for()[["surrogate", "principal"]].to_numpy().tolist() == [["john-doe", "jane-roe"]]


def test_an_export_comes_back_into_an_empty_store_byte_for_byte(store: Path, tmp_path: Path) -> None:
    flipflop("-s", store, "export", "-o", tmp_path / "one.jsonl")

    done = flipflop("-s", tmp_path / "two.db", "import", tmp_path / "one.jsonl")
    flipflop("-s", tmp_path / "two.db", "export", "-o", tmp_path / "two.jsonl")

    assert done.out == "4 events replayed\n"
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
    assert flipflop("-s", tmp_path / "two.db", "verify").code == 0


def test_an_export_with_a_redaction_comes_back_and_verifies(store: Path, tmp_path: Path) -> None:
    statement = json.loads(flipflop("-s", store, "list", "--format", "json").out)[0]["statement_id"]
    flipflop("-s", store, "redact", statement, "--reason", "court", "--yes")
    flipflop("-s", store, "export", "-o", tmp_path / "one.jsonl")

    done = flipflop("-s", tmp_path / "two.db", "import", tmp_path / "one.jsonl")

    assert done.code == 0, done.err
    assert flipflop("-s", tmp_path / "two.db", "verify").code == 0
    assert "Cut them." not in (tmp_path / "one.jsonl").read_text("utf-8")


def test_an_export_with_a_redaction_goes_into_another_record_without_what_is_about_it(tmp_path: Path) -> None:
    secret, open_one = statement(), statement()
    answer = statement(responds_to=secret.hash)
    about: list[Event] = [coding(secret), correction(secret, context="x"), coding(answer), coding(open_one)]
    ruling = ff.Ruling(secret.hash, open_one.hash, "unit", ff.Outcome.NO_REVERSAL, "none found", "Me")
    with ff.Store(tmp_path / "one.db") as one, ff.Store(tmp_path / "two.db") as two:
        one.append([*DECLARED, secret, open_one, answer, *about, ruling])
        one.append(redaction(secret))
        path = tmp_path / "one.jsonl"
        path.write_text("".join(json.dumps(record.to_json()) + "\n" for record in one.log()), "utf-8")
        two.append(BOB)

        imported = import_events(two, path)

        assert two.verify() == []
        assert two.statements()["text"].tolist() == [open_one.text]
        assert two.codings()["statement_id"].tolist() == [open_one.hash]
    assert imported.skipped == {"known": 1, "redacted": 2, "about what was redacted": 5}
    assert imported.warnings == (f"{path}:7: this statement responds to one that was redacted, and is left out",)


def test_a_redaction_is_carried_into_another_record_that_holds_the_words(tmp_path: Path) -> None:
    secret = statement()
    with ff.Store(tmp_path / "one.db") as one, ff.Store(tmp_path / "two.db") as two:
        for store in (one, two):
            store.append([*DECLARED, secret])
        one.append([coding(secret), redaction(secret)])
        path = tmp_path / "one.jsonl"
        path.write_text("".join(json.dumps(record.to_json()) + "\n" for record in one.log()), "utf-8")

        imported = import_events(two, path)

        assert imported.skipped == {"known": 4, "redacted": 1}
        assert two.statements().empty
        assert two.verify() == []


def test_a_name_that_a_second_speaker_takes_is_no_longer_one_of_the_first(store: Path) -> None:
    with Store(store) as opening:
        names = Names(opening)
        before = names.resolve("speaker", "Jane Roe")
        names.learn(Speaker("jane-roe-jr", "Jane Roe"))

        with pytest.raises(DataError, match="could be any of jane-roe, jane-roe-jr"):
            names.resolve("speaker", "Jane Roe")
    assert before == "jane-roe"


def test_an_export_as_csv_comes_back_too(store: Path, tmp_path: Path) -> None:
    flipflop("-s", store, "export", "-o", tmp_path / "one.csv")

    done = flipflop("-s", tmp_path / "two.db", "import", tmp_path / "one.csv")

    assert done.code == 0, done.err
    assert log(tmp_path / "two.db") == log(store)


def test_stdin_needs_a_format_and_then_works(store: Path) -> None:
    line = '{"event": "speaker", "id": "john-doe", "name": "John Doe"}\n'

    without, done = (flipflop("-s", store, "import", "-", *more, stdin=line) for more in ((), ("--as", "jsonl")))

    assert (without.code, "--as" in without.err) == (1, True)
    assert done.out == "1 event recorded\n"


def test_an_address_is_to_be_downloaded_first(store: Path) -> None:
    done = flipflop("-s", store, "import", "https://example.org/events.jsonl")

    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert "download it first" in done.err


@pytest.mark.parametrize(
    ("options", "precision", "warned"), [([], "day", True), (["--days"], "day", False), (["--times"], "second", False)]
)
def test_midnights_are_days_unless_it_is_said_that_they_are_times(
    store: Path, tmp_path: Path, options: list[str], precision: str, warned: bool
) -> None:
    lines = tmp_path / "days.jsonl"
    rows = [{"event": "statement", "speaker": "jane-roe", "text": text, "said": "2020-01-26 00:00:00"} for text in "ab"]
    lines.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")

    done = flipflop("import", lines, "-s", store, "--tz", "UTC", *options)

    told = "2 statements of midnight were taken as of the day: import with --days"
    assert (done.code, told in done.err) == (0, warned)
    found = json.loads(flipflop("list", "-s", store, "--format", "json").out)
    assert {row["precision"] for row in found if row["text"] in {"a", "b"}} == {precision}


def test_midnights_are_not_both(store: Path, tmp_path: Path) -> None:
    done = flipflop("import", csv(tmp_path), "-s", store, "--days", "--times")

    assert (done.code, "against each other" in done.err) == (2, True)
