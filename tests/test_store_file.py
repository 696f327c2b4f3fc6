"""The file of a store: what is taken for one, what is refused and left alone, who may write, what a crash leaves."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.store import backend
from flipflop.store.sqlite import schema as file_schema
from flipflop.store.sqlite.migration import statements
from tests.store_cases import ANN, BOB, DECLARED, UNIT, coding, statement

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]


def contents(path: Path) -> dict[str, bytes]:
    """Every file of a directory, but for locks."""
    return {p.name: p.read_bytes() for p in path.iterdir() if p.is_file() and p.suffix != ".lock"}


def test_a_store_is_made_where_there_is_none_and_found_again(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)

    with ff.Store(tmp_path / "s.db", create=False) as store:
        assert [record.event for record in store.log()] == [ANN]


def test_a_closed_store_is_one_file_and_its_lock(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)

    assert sorted(p.name for p in tmp_path.iterdir()) == ["s.db", "s.db.lock"]


@pytest.mark.parametrize(("create", "read_only"), [(False, False), (True, True)])
def test_a_store_that_is_not_there_is_not_made_up(tmp_path: Path, *, create: bool, read_only: bool) -> None:
    with pytest.raises(ff.StoreError, match=r"there is no store at .*flipflop init"):
        ff.Store(tmp_path / "s.db", create=create, read_only=read_only)

    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "s.db").touch()

    with ff.Store(tmp_path / "s.db") as store:
        assert store.verify() == []


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()


STRANGERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "another program's SQLite file": (foreign, "an SQLite file of another program"),
    "garbage": (lambda path: path.write_bytes(b"nothing of ours " * 999), "not a flipflop store"),
    "a text file": (lambda path: path.write_text("hello"), "not a flipflop store"),
    "a directory": (lambda path: path.mkdir(), "is a directory"),
}


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("stranger", STRANGERS)
def test_what_is_no_store_is_refused_in_one_line_and_left_as_it_was(
    tmp_path: Path, stranger: str, read_only: bool
) -> None:
    make, expected = STRANGERS[stranger]
    make(tmp_path / "s.db")
    before = contents(tmp_path)

    with pytest.raises(ff.StoreError, match=expected) as caught:
        ff.Store(tmp_path / "s.db", read_only=read_only)

    assert "\n" not in str(caught.value)
    assert contents(tmp_path) == before


def test_a_store_below_a_directory_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ff.StoreError, match="there is no directory"):
        ff.Store(tmp_path / "nowhere" / "s.db")


def test_a_store_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ff.StoreError, match=r"cannot open|no directory"):
        ff.Store(tmp_path / "file" / "s.db")


def test_a_server_is_not_taken_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(ff.FlipflopError):
        ff.Store("postgresql://localhost:1/nothing")


def test_a_torn_file_is_refused_or_told_of(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, *(statement(text="long " * 500) for _ in range(40))])
    whole = (tmp_path / "s.db").read_bytes()
    (tmp_path / "s.db").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(ff.StoreError, match=r"cannot open .*the file is damaged: restore a backup"):
        ff.Store(tmp_path / "s.db")


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    ff.Store(tmp_path / "s.db").close()
    with sqlite3.connect(tmp_path / "s.db") as newer:
        newer.execute(f"PRAGMA user_version = {backend.VERSION + 1}")
    newer.close()

    with pytest.raises(ff.StoreError, match=r"newer flipflop .*pip install -U"):
        ff.Store(tmp_path / "s.db")


def test_an_older_schema_is_brought_up_to_date_in_one_step_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)
    monkeypatch.setattr(backend, "VERSION", backend.VERSION + 2)
    steps = ["CREATE TABLE one (x INTEGER) STRICT;", "ALTER TABLE one\nADD COLUMN y TEXT;\nCREATE INDEX o ON one (y);"]
    monkeypatch.setattr(file_schema, "MIGRATIONS", dict(enumerate(steps, start=backend.VERSION - 2)))

    with ff.Store(tmp_path / "s.db", read_only=True) as store:  # a copy of it
        assert [record.event for record in store.log()] == [ANN]
    with ff.Store(tmp_path / "s.db") as store:
        assert store._db.sql.execute("SELECT x, y FROM one").fetchall() == []
        assert store._db.sql.execute("PRAGMA user_version").fetchone() == (backend.VERSION,)
        assert [record.event for record in store.log()] == [ANN]


def test_every_version_has_a_way_to_the_next() -> None:
    assert sorted(file_schema.MIGRATIONS) == list(range(1, backend.VERSION))


def test_a_script_is_split_into_whole_statements_triggers_included() -> None:
    found = list(statements(file_schema.guards()))

    assert all(one.strip().startswith(("CREATE TRIGGER", "\n")) for one in found)
    assert len(found) == file_schema.guards().count("CREATE TRIGGER")


def test_an_sqlite_that_is_too_old_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))

    with pytest.raises(ff.StoreError, match=r"needs SQLite 3\.37\.0 or later"):
        ff.Store(tmp_path / "s.db")


def test_a_store_that_was_opened_for_reading_is_not_written(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)
    before = contents(tmp_path)

    with ff.Store(tmp_path / "s.db", read_only=True) as store:
        assert [record.event for record in store.log()] == [ANN]
        with pytest.raises(ff.StoreError, match=r"can only be read .*nothing was recorded"):
            store.append(BOB)

    assert contents(tmp_path) == before


def test_a_store_is_read_while_another_has_it_open(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as writer:
        writer.append(ANN)
        with ff.Store(tmp_path / "s.db", read_only=True) as reader:
            writer.append(BOB)

            assert [record.event for record in reader.log()] == [ANN, BOB]


def test_a_directory_that_takes_no_new_files_is_read_and_not_written(tmp_path: Path) -> None:
    """What a read-only disk does, done by directories that stand where SQLite and the lock would make their files."""
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)
    (tmp_path / "s.db.lock").unlink()
    for name in ("s.db-shm", "s.db-wal", "s.db.lock"):
        (tmp_path / name).mkdir()

    with ff.Store(tmp_path / "s.db") as store:
        assert [record.event for record in store.log()] == [ANN]
        with pytest.raises(ff.StoreError) as caught:
            store.append(BOB)

    assert "\n" not in str(caught.value)


AS_A_USER = """
import sys
import flipflop as ff
from flipflop.store import restore
with ff.Store(sys.argv[1]) as store:
    print(len(list(store.log())), store.writable, store.backup(sys.argv[2], force=True))
    try:
        store.append(ff.Speaker("bob", "Bob"))
    except ff.StoreError as error:
        print(error)
try:
    print(restore(sys.argv[2], sys.argv[1], force=True).kept != ())
except ff.StoreError as error:
    print(error)
"""


@pytest.mark.parametrize(("barred", "restored"), [("s.db", "True"), ("s.db.lock", "cannot write to {0}: Permission")])
def test_who_may_not_write_a_file_of_a_store_reads_it_and_takes_backups(
    tmp_path: Path, barred: str, restored: str
) -> None:
    """Though SQLite opens it all the same: as a user to whom permissions apply, which root is not."""
    path = tmp_path / "s.db"
    with ff.Store(path) as store:
        store.append(ANN)
    (tmp_path / barred).chmod(0o444)
    user = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []

    command = [*user, sys.executable, "-c", AS_A_USER, str(path), str(tmp_path / "backup.db")]
    read, refused, replaced = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

    assert read == f"1 False {tmp_path / 'backup.db'}"
    assert refused == f"{path} can only be read (you may not write {tmp_path / barred}): nothing was recorded"
    assert replaced.startswith(restored.format(path))


def test_a_store_is_found_again_by_who_went_to_another_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path)
    with ff.Store("s.db") as store:
        monkeypatch.chdir("away")
        store.append(ANN)
        store.backup("backup.db")

        assert store.name == "s.db"
        assert store.exports()[0].path == str(tmp_path / "away" / "backup.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["away", "s.db", "s.db.lock"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are texts")
def test_a_name_that_is_no_utf_8_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flipflop.store.frames.arrow.WORTH_IT", 1)
    with ff.Store(tmp_path / "s\udcff.db") as store:
        store.append(ANN)
        store.append(statement())
        assert len(store.statements()) == 1
        backup = store.backup(tmp_path / "b\udcff.db")
        assert store.exports()[0].path == str(tmp_path / "b\\udcff.db")
    with ff.Store(backup, read_only=True) as store:
        assert [record.seq for record in store.log()] == [1, 2]


def test_a_backup_of_a_store_that_was_taken_away_is_refused(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        (tmp_path / "s.db").rename(tmp_path / "moved.db")
        with pytest.raises(ff.StoreError, match="was taken away since it was opened"):
            store.backup(tmp_path / "backup.db")


READ_ONLY_DISK = """
set -e
mount --bind "$1" "$1"
mount -o remount,bind,ro "$1"
exec "$2" - "$1/s.db" <<'END'
import sys
import flipflop as ff
with ff.Store(sys.argv[1]) as store:
    print([record.kind for record in store.log()])
    try:
        store.append(ff.Speaker("bob", "Bob"))
    except ff.StoreError as error:
        print(error)
END
"""


def test_a_store_on_a_read_only_disk_is_read_and_not_written(tmp_path: Path) -> None:
    """In a mount namespace of its own; where the machine gives none, ``test_a_directory_…`` has to do."""
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)
    (tmp_path / "s.db.lock").unlink()
    mounted = ["unshare", "--user", "--map-root-user", "--mount"]
    if subprocess.run([*mounted, "true"], capture_output=True, check=False).returncode:
        return

    command = [*mounted, "bash", "-c", READ_ONLY_DISK, "-", str(tmp_path), sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    if done.returncode:
        assert "mount" in done.stderr
        return
    read, refused = done.stdout.splitlines()
    assert read == "['speaker']"
    assert "nothing was recorded" in refused or "Read-only file system" in refused


def test_what_lies_in_the_wal_is_never_passed_over(tmp_path: Path) -> None:
    """The newest events lie in the WAL: even where its index cannot be made, a reader sees them."""
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)
        copy = tmp_path / "copy"
        copy.mkdir()
        for name in ("s.db", "s.db-wal"):
            shutil.copy(tmp_path / name, copy / name)
    (copy / "s.db-shm").mkdir()

    with ff.Store(copy / "s.db", read_only=True) as store:
        assert [record.event for record in store.log()] == [ANN]


HOLD = """
import fcntl, sys
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db", timeout=20) as store:
        held = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path / "s.db.lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert held.stdout is not None
        assert held.stdin is not None
        held.stdout.readline()
        timer = Timer(0.2, held.stdin.close)
        timer.start()

        assert len(store.append(ANN).recorded) == 1

        timer.join()
        held.wait()
        held.stdout.close()


def test_a_second_writer_gives_up_with_one_clear_line_and_can_try_again(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db", timeout=0.2) as store:
        held = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path / "s.db.lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert held.stdout is not None
        held.stdout.readline()

        with pytest.raises(
            ff.StoreError, match=r"another program has been writing for 0\.2 seconds.*nothing was recorded"
        ):
            store.append(ANN)
        held.communicate()

        assert len(store.append(ANN).recorded) == 1


WRITER = """
import sys
import flipflop as ff
from tests.store_cases import said
with ff.Store(sys.argv[1]) as store:
    for number in range(int(sys.argv[3])):
        one = ff.Statement("ann", f"{sys.argv[2]} {number}", said(number))
        store.append([one, ff.Coding(one.hash, "unit", "support", sys.argv[2])])
        print(one.hash, flush=True)
"""


def test_writers_at_once_lose_nothing_and_the_chain_holds(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append(DECLARED)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "s.db"), f"writer {n}", "25"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for n in range(4)
    ]
    told = [line for writer in writers for line in writer.communicate()[0].split()]

    with ff.Store(tmp_path / "s.db") as store:
        recorded = {record.id for record in store.log() if record.kind == "statement"}
        assert (len(told), recorded) == (100, set(told))
        assert store.verify() == []


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append(DECLARED)
    for turn in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "s.db"), f"turn {turn}", "100000"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert writer.stdout is not None
        told = [writer.stdout.readline().strip() for _ in range(5 + 7 * turn)]
        time.sleep(0.01)
        writer.kill()
        told += writer.communicate()[0].splitlines(keepends=True)[:-1]

        with ff.Store(tmp_path / "s.db") as store:
            recorded = {record.id for record in store.log()}
            assert {line.strip() for line in told} - recorded == set()
            assert len([r for r in store.log() if r.kind == "statement"]) == len(store.codings())
            assert store.verify() == []


def test_the_settings_of_a_store_can_be_set_again(tmp_path: Path) -> None:
    with ff.Store.init(tmp_path / "s.db", tz="Europe/Moscow") as store:
        assert (store.tz, store.settings) == ("Europe/Moscow", {"tz": "Europe/Moscow"})

    with ff.Store.init(tmp_path / "s.db", tz="Pacific/Auckland") as store:
        assert store.tz == "Pacific/Auckland"


def test_a_store_without_settings_has_none(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        assert (store.tz, store.settings) == (None, {})


def test_a_zone_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ff.DataError, match="Mars"):
        ff.Store.init(tmp_path / "s.db", tz="Mars/Olympus")


def test_a_backup_is_a_store_and_never_overwrites(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        one = statement()
        store.append([ANN, UNIT, one, coding(one)])
        store.backup(tmp_path / "copy.db")
        store.append(BOB)

        with ff.Store(tmp_path / "copy.db", create=False) as copy:
            assert copy.verify() == []
            assert [r.id for r in copy.log()] == [r.id for r in store.log()][:-1]
        with pytest.raises(ff.StoreError, match="never overwrites"):
            store.backup(tmp_path / "copy.db")
        assert [(e.path, e.head) for e in store.exports()] == [
            (str(tmp_path / "copy.db"), store_head(copy_of=tmp_path))
        ]


def store_head(copy_of: Path) -> str | None:
    with ff.Store(copy_of / "copy.db") as copy:
        return copy.head()


def test_opening_and_appending_imports_no_pandas(tmp_path: Path) -> None:
    script = """
import sys, flipflop as ff
from tests.store_cases import DECLARED, statement, coding
one = statement()
with ff.Store(sys.argv[1]) as store:
    store.append([*DECLARED, one, coding(one)])
    store.committed_positions("ann", "unit")
    store.get(one.hash[:6])
    store.resolve_speaker("Ann Ames")
print(sorted({"pandas", "numpy", "plotly", "dateparser", "difflib", "threading"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "s.db")],
        capture_output=True, text=True, check=True, cwd=ROOT, env=os.environ,
    )  # fmt: skip

    assert done.stdout.strip() == "[]"
