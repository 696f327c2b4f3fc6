"""Sealing and proving from a shell, as somebody who does it for the first time."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from flipflop.store import read_seals
from tests.cli_running import add, case, flipflop

if TYPE_CHECKING:
    from pathlib import Path


def test_the_seal_is_the_line_and_nothing_else(tmp_path: Path) -> None:
    store = case(tmp_path)

    done = flipflop("seal", "-s", store)

    (seal,) = read_seals(done.out)
    assert done == (0, f"{seal}\n", "")
    assert flipflop("verify", "-s", store).out == f"ok: 4 events, head {seal.chain}\n"


@pytest.mark.parametrize("how", ["line", "file", "pipe", "json", "utf-16"])
def test_verify_takes_a_seal_however_it_was_kept(tmp_path: Path, how: str) -> None:
    store, kept = case(tmp_path), tmp_path / "seal.txt"
    line = flipflop("seal", "-s", store).out
    kept.write_text(line)
    stdin = line if how == "pipe" else ""
    if how == "json":
        kept.write_text(flipflop("seal", "-s", store, "--format", "json").out)
    if how == "utf-16":  # what ``>`` of an older PowerShell writes
        kept.write_text(line, encoding="utf-16")
    add(store, "Never cut them.", said="2021-01-01")

    done = flipflop("verify", "-s", store, "--sealed", {"line": line, "pipe": "-"}.get(how, str(kept)), stdin=stdin)

    assert (done.code, done.err) == (0, "")
    assert done.lines[0].startswith("ok: 6 events, head ")
    assert done.lines[1].startswith("sealed: all up to event 4, recorded at 20")
    assert done.lines[1].endswith("Z, is unchanged")


def test_many_seals_in_one_file_are_all_checked(tmp_path: Path) -> None:
    store, kept = case(tmp_path), tmp_path / "seals.txt"
    lines = [flipflop("seal", "-s", store).out]
    add(store, "Never cut them.", said="2021-01-01")
    lines.append(flipflop("seal", "-s", store).out)
    kept.write_text("".join(lines))

    done = flipflop("verify", "-s", store, "--sealed", kept)

    assert [line.split(",")[0] for line in done.lines[1:]] == [f"sealed: all up to event {seq}" for seq in (4, 6)]


def test_redacted_events_are_counted(tmp_path: Path) -> None:
    store = case(tmp_path)
    line = flipflop("seal", "-s", store).out
    statement = flipflop("log", "-s", store, "--format", "jsonl").lines[2]
    flipflop("redact", json.loads(statement)["id"], "-s", store, "--reason", "court", "--yes")

    done = flipflop("verify", "-s", store, "--sealed", line)

    assert done.lines[1].endswith("is unchanged, but for 1 redacted body")


def test_seal_as_rows(tmp_path: Path) -> None:
    store = case(tmp_path)
    (seal,) = read_seals(flipflop("seal", "-s", store).out)

    (row,) = json.loads(flipflop("seal", "-s", store, "--format", "json").out)

    moment = seal.recorded_at.isoformat()
    assert row == {"seal": str(seal), "seq": 4, "chain": seal.chain, "recorded_at": moment}
    assert flipflop("seal", "-s", store, "--format", "csv").lines == [
        "seal,seq,chain,recorded_at",
        f"{seal},4,{seal.chain},{moment}",
    ]


def test_a_record_that_lost_its_end_fails_with_what_is_missing(tmp_path: Path) -> None:
    store = case(tmp_path)
    line = flipflop("seal", "-s", store).out
    with closing(sqlite3.connect(store)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        drops = "".join(f"DROP TRIGGER {name};" for name, _ in guards)
        makes = ";".join(sql for _, sql in guards)
        connection.executescript(
            f"{drops} DELETE FROM coded; DELETE FROM coding; DELETE FROM event WHERE seq = 4; {makes};"
        )
    assert flipflop("verify", "-s", store).code == 0

    done = flipflop("verify", "-s", store, "--sealed", line)

    assert (done.code, done.err) == (1, "error: 1 finding\n")
    assert done.out.startswith(
        "the seal is of 4 events, but the store holds 3: 1 event missing from its end; find the "
    )


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["seal", "-s", "nowhere.db"], 1, "there is no store at nowhere.db"),
        (["seal", "-s", "EMPTY"], 1, "nothing is recorded yet: there is nothing to seal"),
        (["seal", "--timestamp", "http://127.0.0.1:1"], 2, "'--timestamp URL' and '--output FILE.tsr' go together"),
        (["seal", "-o", "x.tsr"], 2, "go together; the line itself goes to stdout"),
        (["verify", "--sealed", "nowhere.txt"], 1, "nowhere.txt cannot be read: No such file"),
        (["verify", "--sealed", "."], 1, ". cannot be read: Is a directory"),
        (["verify", "--sealed", "-"], 1, "standard input: holds no seal, such as `flipflop seal` prints"),
        (["verify", "--sealed", "flipflop-seal/1"], 1, "is no whole seal"),
        (["verify", "--sealed", "flipflop-seal/1", "seq=4"], 2, "Got unexpected extra argument"),
        (["verify", "--timestamp", "x.tsr"], 2, "'--timestamp' needs '--sealed'"),
        (["verify", "--sealed", "-", "--timestamp", "x.tsr"], 2, "and '--ca', whom you trust"),
        (["verify", "--ca", "x.pem"], 2, "'--ca' is for '--timestamp'"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, told: str
) -> None:
    store, empty = case(tmp_path), tmp_path / "empty.db"
    flipflop("init", "-s", empty)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FLIPFLOP_STORE", str(store))

    done = flipflop(*[empty if word == "EMPTY" else word for word in words])

    assert (done.code, done.out) == (code, "")
    assert told in done.err.splitlines()[-1]
