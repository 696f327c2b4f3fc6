"""What commands print: data that other programs read back, text that steers no terminal, pipes that break quietly."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import flipflop as ff
from flipflop.cli.base import Format
from flipflop.cli.tables import print_rows
from flipflop.cli.terminal import columns_of, cut
from flipflop.text.csvfile import unguard
from tests.cli_running import SHELL_COMMAND, add, case, flipflop
from tests.store_cases import DECLARED, coding, statement

HOSTILE = "\x1b[31mred\x1b[0m \x07bell \x9b2J \u202eevil\u202c =1+1\r\nnext\x7f"
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    made = case(tmp_path)
    done = add(made, HOSTILE, said="2020-02-01")
    assert done.code == 0, done.err
    return made


def harmless(text: str) -> bool:
    """No character that steers a terminal or reorders a line."""
    return not any(
        (unicodedata.category(c) == "Cc" and c != "\n") or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        for c in text
    )


@pytest.mark.parametrize("verb", [["list"], ["log"], ["show", "jane-roe"], ["rule", "--help"]])
def test_hostile_text_is_harmless_in_what_a_person_reads(store: Path, verb: list[str]) -> None:
    assert harmless(flipflop("-s", store, *verb).out)


def test_hostile_text_is_harmless_in_a_statement_shown_in_full(store: Path) -> None:
    statement = json.loads(flipflop("-s", store, "list", "--format", "json").out)[1]["statement_id"]

    assert harmless(flipflop("-s", store, "show", statement).out)


def test_hostile_text_is_harmless_in_an_error(store: Path) -> None:
    done = flipflop("-s", store, "list", "--speaker", HOSTILE)

    assert (done.code, harmless(done.err)) == (1, True)


@pytest.mark.parametrize("how", ["json", "jsonl"])
def test_hostile_text_is_read_back_from_json_as_it_was_given(store: Path, how: str) -> None:
    out = flipflop("-s", store, "list", "--format", how).out

    found = json.loads(out) if how == "json" else [json.loads(line) for line in out.split("\n") if line]
    assert [row["text"] for row in found] == ["Cut them.", HOSTILE]
    assert harmless(out)


def test_hostile_text_is_no_formula_in_csv_and_is_read_back(store: Path) -> None:
    add(store, "=1+1", said="2020-03-01")

    rows = list(csv.DictReader(io.StringIO(flipflop("-s", store, "list", "--format", "csv").out, newline="")))

    assert [row["text"] for row in rows][2] == "'=1+1"
    assert unguard(rows[2]["text"]) == "=1+1"
    assert unguard(rows[1]["text"]) == HOSTILE


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_json_lines_hold_any_text_one_object_a_line(texts: list[str]) -> None:
    out = printed(texts, Format.JSONL)

    assert [json.loads(line)["text"] for line in out.split("\n") if line] == texts
    assert harmless(out)


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_a_table_has_one_harmless_line_for_each_row(texts: list[str]) -> None:
    out = printed(texts, Format.TABLE)

    assert out.count("\n") == len(texts) + 1
    assert harmless(out)


@given(TEXT, st.integers(2, 30))
def test_what_is_cut_fits_and_says_so(text: str, columns: int) -> None:
    shown = cut(text, columns)

    assert columns_of(shown) <= columns
    assert shown == text or shown.endswith("…")


def printed(texts: list[str], how: Format) -> str:
    from contextlib import redirect_stdout

    with redirect_stdout(io.StringIO()) as out:
        print_rows([{"text": text, "n": 1} for text in texts], ["text", "n"], how)
    return out.getvalue()


@pytest.mark.parametrize("verb", ["reversals", "conflicts", "list"])
@pytest.mark.parametrize(("how", "nothing"), [("json", "[]\n"), ("jsonl", ""), ("table", "")])
def test_nothing_found_is_nothing_and_no_error(tmp_path: Path, verb: str, how: str, nothing: str) -> None:
    flipflop("init", "-s", tmp_path / "empty.db")

    done = flipflop("-s", tmp_path / "empty.db", verb, "--format", how)

    assert (done.code, done.out) == (0, nothing)
    assert ("in this record" in done.err) == (how == "table")


def test_the_columns_of_csv_stand_there_also_when_nothing_was_found(tmp_path: Path) -> None:
    from flipflop.frames import CONTRACTS

    flipflop("init", "-s", tmp_path / "empty.db")

    done = flipflop("-s", tmp_path / "empty.db", "reversals", "--format", "csv")

    assert done.out == ",".join(CONTRACTS["reversals"]) + "\n"


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_leaves_early_is_no_error(store: Path, unbuffered: str) -> None:
    for number in range(40):
        add(store, f"{number} " + "x" * 3000, said="2020-04-01")
    command = [*SHELL_COMMAND, "-s", str(store), "list", "--format", "json"]

    variables = {**os.environ, "PYTHONUNBUFFERED": unbuffered}

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        told = running.stderr.read()

    assert (running.returncode, told) == (141, b"")


@pytest.mark.parametrize(
    "verb", ["list", "log --format jsonl", "export -o -", "reversals", "show ann", "verify", "when 2017", "--help"]
)
def test_a_verb_whose_reader_is_gone_ends_as_the_tools_of_a_shell_do(where: str, verb: str) -> None:
    with ff.Store(where) as recorded:
        recorded.append([*DECLARED, one := statement(), coding(one), two := statement(at=9), coding(two, "oppose")])

    assert without_reader(where, verb, "stdout") == (141, b"")


def test_talk_that_nobody_reads_is_no_error_of_its_own(tmp_path: Path) -> None:
    assert without_reader(str(tmp_path / "none.db"), "list", "stderr") == (141, b"")


def without_reader(place: str, verb: str, stream: str) -> tuple[int, bytes]:
    """Run a verb with nobody at the other end of a stream; return its exit code and what the other stream got."""
    reading, writing = os.pipe()
    os.close(reading)
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: writing}
    done = subprocess.run([*SHELL_COMMAND, "-s", place, *verb.split()], check=False, **streams)  # type: ignore[call-overload]  # two streams
    os.close(writing)
    return done.returncode, done.stderr or done.stdout or b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
@pytest.mark.parametrize(
    "verb", [["log"], ["list", "--format", "json"], ["when", "2017"]], ids=lambda verb: str(verb[0])
)
def test_output_that_finds_no_room_is_one_line(store: Path, verb: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*SHELL_COMMAND, "-s", str(store), *verb], stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 1
    assert done.stderr.decode() == "error: standard output cannot be written: No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
@pytest.mark.parametrize(
    ("verb", "closed", "code", "told"),
    [
        ("add", "<&-", 2, "Missing options '--speaker', '--said'"),
        ("rule", "<&-", 2, "Missing arguments 'EARLIER LATER'"),
        ("import - --as csv", "<&-", 1, "the file is empty"),
        ("list", ">&-", 0, ""),
        ("list", "2>&-", 0, ""),
    ],
)
def test_a_closed_stream_is_nothing_and_no_traceback(store: Path, verb: str, closed: str, code: int, told: str) -> None:
    command = f"{shlex.join([*SHELL_COMMAND, '-s', str(store)])} {verb} {closed}"

    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)

    assert done.returncode == code, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_while_modules_are_loaded_shows_no_traceback() -> None:
    program = """
import sys

class Interrupted:
    def find_spec(self, name, *_):
        if name == "flipflop.cli.app":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
from flipflop.cli import main
main(["list"])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (130, b"")


def test_a_terminal_without_utf8_gets_escapes_and_no_traceback(store: Path) -> None:
    add(store, "Grüße — 你好", said="2020-04-01")
    command = [*SHELL_COMMAND, "-s", str(store), "list"]

    done = subprocess.run(command, env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=False)

    assert (done.returncode, b"Gr\\xfc\\xdfe" in done.stdout) == (0, True)
