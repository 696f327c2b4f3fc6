"""Long files: imported in flat memory, from wherever they come; names found as the store finds them."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

import flipflop as ff
from flipflop.errors import DataError, Problem
from flipflop.ingest import Names, import_events
from flipflop.ingest.progress import Progress
from flipflop.records import Speaker, Statement, slugify, to_json
from flipflop.store import Skipped, Store
from tests.cli_running import SHELL_COMMAND, case, flipflop, log
from tests.import_lines import DECLARED, long_file, statement, written

if TYPE_CHECKING:
    from typing import IO

    from flipflop.records.codec import Json


def peak(*words: str | Path) -> int:
    """The most memory that a command took, in bytes."""
    process = subprocess.Popen([*SHELL_COMMAND, *map(str, words)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss * 1024


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def imported(lines: int, times: int) -> list[int]:
        file, store = long_file(tmp_path / "many.jsonl", lines), tmp_path / f"{lines}.db"
        peaks = [peak("import", file, "-s", store) for _ in range(times)]
        flipflop("export", "-s", store, "-o", tmp_path / "log.jsonl")
        return [*peaks, peak("import", tmp_path / "log.jsonl", "-s", tmp_path / f"{lines}-again.db")]

    (short, short_log), (long, known, long_log) = imported(3_000, 1), imported(12_000, 2)

    assert max(long, known) - short < 8_000_000, "the 18,000 more events take 40 MB"
    assert long_log - short_log < 8_000_000


def test_standard_input_is_read_before_other_writers_are_kept_out(tmp_path: Path) -> None:
    store = case(tmp_path)
    read, write = os.pipe()
    with os.fdopen(read, "rb") as slow, os.fdopen(write, "wb") as source, Store(store) as opening:
        importing = threading.Thread(target=lambda: flipflop_import(store, slow))
        importing.start()
        for n in range(5000):
            source.write(json.dumps(statement(n)).encode() + b"\n")
        source.flush()

        opening.append(Speaker("john-doe", "John Doe"))  # would wait for thirty seconds, and fail
        source.close()
        importing.join()

    assert log(store).count("statement") > 5000


def flipflop_import(store: Path, slow: IO[bytes]) -> None:
    with Store(store) as other:
        import_events(other, slow, file_format="jsonl")


def test_a_named_pipe_is_a_file_like_any_other(tmp_path: Path) -> None:
    store, pipe = case(tmp_path), tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(json.dumps(statement(1)) + "\n", "utf-8"))
    writer.start()

    done = flipflop("-s", store, "import", pipe)
    writer.join()

    assert (done.code, done.out) == (0, "2 events recorded\n")


def test_problems_of_reading_and_of_the_store_are_told_together_by_line(tmp_path: Path) -> None:
    file = tmp_path / "e.csv"
    rows = ["jane-roe,2020,x,tax,oppose", "jane-roe,2020,y,tax,oposes", "jane-roe,9000,z,tax,oppose", "a,b"]
    file.write_bytes("\n".join(["speaker,said,text,topic,stance", *rows, "jane-roe,2020,"]).encode() + b"\xff\n")

    done = flipflop("-s", case(tmp_path), "import", file)

    told = [line.removeprefix(f"error: {file}:").split(" ")[:2] for line in done.err.splitlines()]
    assert told == [["3:", "stance"], ["4:", "said"], ["5:", "has"], ["6:", "is"]]


def test_of_many_problems_the_first_hundred_are_printed_and_the_others_counted(tmp_path: Path) -> None:
    file = written(tmp_path / "e.jsonl", (statement(n, speaker=f"nobody-{n}") for n in range(1500)))

    done = flipflop("-s", case(tmp_path), "import", file)

    assert len(done.err.splitlines()) == 101
    assert done.err.splitlines()[-1] == "error: … and 1,400 more"


def test_a_dry_run_of_an_export_is_checked_as_the_replay_that_it_would_be(tmp_path: Path) -> None:
    store, export = case(tmp_path), tmp_path / "one.jsonl"
    said = json.loads(flipflop("-s", store, "list", "--format", "json").out)[0]["statement_id"]
    flipflop("-s", store, "redact", said, "--reason", "court", "--yes")
    flipflop("-s", store, "export", "-o", export)
    empty = tmp_path / "two.db"
    flipflop("init", "-s", empty)

    tried = [flipflop("-s", where, "import", export, "--dry-run") for where in (empty, tmp_path / "none.db")]
    export.write_text(export.read_text("utf-8").replace("Jane Roe", "Jane Row"), "utf-8")
    spoilt = flipflop("-s", empty, "import", export, "--dry-run")

    assert {done.out for done in tried} == {"5 events would be replayed\n"}
    assert (spoilt.code, "one.jsonl:1: hash" in spoilt.err or "one.jsonl:1: chain" in spoilt.err) == (1, True)
    assert (log(empty), (tmp_path / "none.db").exists()) == ("", False)


SPELLINGS = st.sampled_from(["Ann", "ann", " ANN", "@ann", "Ann  B", "ann b", "ann-b", "Bob", "@bob", "Cy", "dee"])
PEOPLE = st.lists(st.builds(lambda name, alias: (name, alias), SPELLINGS, st.lists(SPELLINGS, max_size=2)), max_size=4)


@settings(max_examples=40)
@given(PEOPLE, st.lists(SPELLINGS, min_size=1))
def test_names_are_found_as_the_store_finds_them_also_where_one_fits_several(
    empty: Path, people: list[tuple[str, list[str]]], asked: list[str]
) -> None:
    declared = [Speaker(slugify(f"{name} {n % 3 or ''}"), name, tuple(more)) for n, (name, more) in enumerate(people)]
    declared = list({speaker.id: speaker for speaker in declared}.values())
    with Store(empty / f"{len(list(empty.iterdir()))}.db") as store:
        learnt, read = Names(store), Names(store)
        for speaker in declared:
            learnt.learn(speaker)
        learnt_first = [outcome(learnt, name) for name in asked]
        store.append(declared)

        expected = [found_by(store, name) for name in asked]

        assert [outcome(read, name) for name in asked] == expected
        assert learnt_first == expected


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stores")


def outcome(names: Names, text: str) -> str:
    try:
        return names.resolve("speaker", text)
    except DataError as error:
        return str(error).split("; did")[0].split("; declare")[0]


def found_by(store: Store, text: str) -> str:
    try:
        return store.resolve_speaker(text)
    except DataError as error:
        return str(error).split("; did")[0].split("; declare")[0]


def test_a_name_that_a_line_of_the_file_makes_ambiguous_is_refused(tmp_path: Path) -> None:
    other: dict[str, Json] = {"event": "speaker", "id": "jane-doe", "name": "Jane Roe"}
    file = written(tmp_path / "e.jsonl", [statement(1, speaker="Jane Roe"), other, statement(2, speaker="Jane Roe")])

    done = flipflop("-s", case(tmp_path), "import", file)

    assert done.err == f"error: {file}:3: speaker speaker 'Jane Roe' could be any of jane-doe, jane-roe; give the id\n"


def test_public_import_events_takes_an_open_file(tmp_path: Path) -> None:
    lines = "".join(json.dumps(line) + "\n" for line in (*DECLARED, statement(1)))
    with ff.Store(tmp_path / "s.db") as store:
        done = ff.import_events(store, BytesIO(lines.encode()), file_format="jsonl")

        assert (done.recorded, dict(done.skipped)) == (4, {})
        assert [type(record.event) for record in store.log()][2] is Statement


def test_what_an_append_skipped_is_a_sequence_in_the_order_of_the_events(tmp_path: Path) -> None:
    ann, bob, cy = (Speaker(name, name.title()) for name in ("ann", "bob", "cy"))
    with Store(tmp_path / "s.db") as store:
        store.append([ann, bob, cy, ff.Retraction("bob", "a mistake", "me")])
        skipped = store.append([cy, bob, ann]).skipped

    assert list(skipped) == [Skipped(cy.hash, "known"), Skipped(bob.hash, "retracted"), Skipped(ann.hash, "known")]
    assert (skipped[-1], skipped[:1]) == (Skipped(ann.hash, "known"), [Skipped(cy.hash, "known")])
    assert (skipped.by_reason(), repr(skipped)) == (
        {"known": 2, "retracted": 1},
        "<3 skipped: {'known': 2, 'retracted': 1}>",
    )


def test_a_problem_in_a_batch_stands_for_an_event_that_could_not_be_read(tmp_path: Path) -> None:
    with Store(tmp_path / "s.db") as store:
        with pytest.raises(DataError) as caught:
            store.append([Speaker("ann", "Ann"), Problem("is torn", line=2)])

        assert (str(caught.value), store.head()) == ("line 2: is torn", None)


def test_a_file_and_a_server_take_the_same_long_file(where: str, tmp_path: Path) -> None:
    file = long_file(tmp_path / "many.jsonl", 2500)
    bad = written(tmp_path / "bad.jsonl", [*(statement(n, speaker="@jane") for n in range(1500)), statement(0, x=1)])
    with Store(where) as store:
        parts = import_events(store, file, batch=700)
        head = store.head()
        with pytest.raises(DataError) as caught:
            import_events(store, bad)
        again = import_events(store, file)
        assert (parts.recorded, again.recorded, dict(again.skipped)) == (4998, 0, {"known": 4998})
        assert ([problem.line for problem in caught.value.problems], store.head()) == ([1501], head)
        with Store(tmp_path / "copy.db") as copy:
            lines = [record.to_json() for record in store.log()]
            tried = import_events(copy, written(tmp_path / "log.jsonl", lines), dry_run=True)
            assert (tried.recorded, tried.replayed, copy.head()) == (4998, True, None)


def test_a_line_whose_topic_and_stance_are_null_is_a_statement_without_a_coding(tmp_path: Path) -> None:
    plain = statement(1, topic=None, stance=None, coder=None)
    half = statement(2, topic=None)

    assert [event.kind_of_event for event in ff.read_events(written(tmp_path / "e.jsonl", [plain]))] == ["statement"]
    with pytest.raises(DataError, match="topic is missing"):
        ff.read_events(written(tmp_path / "e.jsonl", [half]))


@pytest.mark.parametrize("end", ["", "\n"])
def test_the_number_of_lines_is_told_whether_or_not_the_last_one_ends(end: str, tmp_path: Path) -> None:
    lines = [json.dumps(to_json(ff.Speaker(f"speaker-{number}", "A name"))) for number in range(3)]
    (tmp_path / "e.jsonl").write_text("\n".join(lines) + end, "utf-8")
    steps: list[Progress] = []
    with ff.Store(tmp_path / "s.db") as store:
        import_events(store, tmp_path / "e.jsonl", progress=steps.append)

    assert {step.of for step in steps} == {3}
