"""The same on a file and on a server: the founding case's frames, its log byte for byte, and the commands' output.

All tests that take ``where`` or ``places`` run on both too (appending, frames, replay, redaction, the model).
"""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import flipflop as ff
from tests.cli_running import flipflop
from tests.postgres_server import programs
from tests.store_cases import DECLARED, Clock, coding, correction, redaction, statement

if TYPE_CHECKING:
    from tests.postgres_stores import Databases

EVENTS = Path(__file__).parents[1] / "datasets" / "cyber-unit-2017" / "events.jsonl"
FRAMES = ("statements", "codings", "speakers", "topics", "speaks_for", "rulings")


def frames(store: ff.Store) -> dict[str, pd.DataFrame]:
    """All that a store says, and all that is found in it."""
    found = {name: getattr(store, name)() for name in FRAMES}
    found["positions"] = ff.positions(store)
    found["reversals"] = ff.find_reversals(found["positions"])
    found["conflicts"] = ff.find_conflicts(found["positions"], store.speaks_for(), store.topics())
    return found


def test_the_founding_case_is_the_same_on_both(
    tmp_path: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    events = list(ff.read_events(EVENTS))
    with ff.Store(tmp_path / "s.db") as file, ff.Store(databases.new()) as server:
        for store in (file, server):
            clock.now = 1_700_000_000_000_000
            for start in range(0, len(events), 7):
                clock.tick()
                store.append(events[start : start + 7])

        assert [r.to_json() for r in file.log()] == [r.to_json() for r in server.log()]
        assert file.head() == server.head()
        assert server.verify() == []
        on_file, on_server = frames(file), frames(server)
        for name, frame in on_file.items():
            pd.testing.assert_frame_equal(frame, on_server[name], check_exact=True)
        assert len(on_file["reversals"]) == 2
        assert {
            p for s in on_file["statements"]["speaker"] for p in file.committed_positions(s, "joint-cyber-unit")
        } == {p for s in on_file["statements"]["speaker"] for p in server.committed_positions(s, "joint-cyber-unit")}


def test_a_log_goes_from_a_file_to_a_server_and_back_byte_for_byte(tmp_path: Path, databases: Databases) -> None:
    stores = [str(tmp_path / "s.db"), databases.new(), str(tmp_path / "back.db")]
    assert flipflop("-s", stores[0], "import", EVENTS).code == 0

    for number, (store, then) in enumerate(pairwise(stores)):
        assert flipflop("-s", store, "export", "-o", tmp_path / f"{number}.jsonl").code == 0
        done = flipflop("-s", then, "import", tmp_path / f"{number}.jsonl")
        assert done.code == 0, done.err
    flipflop("-s", stores[-1], "export", "-o", tmp_path / "last.jsonl")

    assert (tmp_path / "last.jsonl").read_bytes() == (tmp_path / "0.jsonl").read_bytes()


def test_a_dump_of_the_server_comes_back_as_it_was_guards_included(databases: Databases) -> None:
    origin, copy = databases.new(), databases.new()
    one, two = statement(source=ff.Source(outlet="A long name " * 999)), statement()
    with ff.Store(origin) as store:
        store.append([*DECLARED, one, two, coding(one), correction(one, text="mended"), redaction(two)])
        head = store.head()

    words = [str(programs() / "pg_dump"), "--schema=flipflop", origin]
    dump = subprocess.run(words, capture_output=True, check=True).stdout
    subprocess.run(
        [programs() / "psql", "-q", "-v", "ON_ERROR_STOP=1", copy], input=dump, capture_output=True, check=True
    )

    with ff.Store(copy, create=False) as store:
        assert (store.head(), store.verify()) == (head, [])
        store.append(coding(one, "oppose"))
        assert store.verify() == []


def test_the_commands_say_the_same(tmp_path: Path, databases: Databases) -> None:
    file, server = str(tmp_path / "s.db"), databases.new()
    export = tmp_path / "log.jsonl"
    assert flipflop("-s", file, "import", EVENTS).code == 0
    flipflop("-s", file, "export", "-o", export)
    done = flipflop("-s", server, "init", "--tz", "America/New_York", "--by", "Me")
    assert "zone America/New_York" in done.out
    flipflop("-s", file, "init", "--tz", "America/New_York", "--by", "Me")
    assert flipflop("-s", server, "import", export).code == 0

    for verb in (
        ["list"],
        [
            "list",
            "--topic",
            "joint-cyber-unit",
            "--speaker",
            "donald-trump",
            "--since",
            "2017-07-09",
            "--format",
            "json",
        ],
        ["reversals"],
        ["conflicts", "--format", "csv"],
        ["log", "--format", "jsonl"],
        ["verify"],
        ["speaker", "list"],
        ["topic", "list"],
        ["export", "-o", "-"],
        ["show", "donald-trump"],
        ["seal"],
    ):
        one, other = flipflop("-s", file, *verb), flipflop("-s", server, *verb)

        assert (one.code, one.err) == (0, other.err)
        assert one.out == other.out


def test_a_case_is_recorded_on_a_server_from_the_command_line(databases: Databases, tmp_path: Path) -> None:
    url = databases.new()
    assert flipflop("-s", url, "speaker", "add", "Jane Roe").code == 0
    assert flipflop("-s", url, "topic", "add", "tax", "--proposition", "Taxes should be cut.").code == 0
    words = ["--speaker", "Jane Roe", "--topic", "tax", "--source", "https://e.org/1", "--coder", "Me"]
    assert flipflop("-s", url, "add", *words, "--stance", "support", "--said", "2020-01-01", "Cut them.").code == 0
    said = flipflop("-s", url, "add", *words, "--stance", "oppose", "--said", "2020-02-01", "Keep them.")

    assert said.code == 0, said.err
    assert len(flipflop("-s", url, "reversals", "--format", "jsonl").lines) == 1
    assert flipflop("-s", url, "timeline", "-o", tmp_path / "t.html").code == 0
    backup = flipflop("-s", url, "backup", tmp_path / "b.db")
    assert (backup.code, backup.err.count("\n")) == (1, 1)
    assert "pg_dump" in backup.err
