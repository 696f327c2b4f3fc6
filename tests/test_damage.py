"""Full disks, files that can only be read, damaged pages, lost WALs, clocks set back: one line, never a traceback."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.store.log import append
from tests.cli_running import flipflop
from tests.harness.full_disk import FullDisk, append_with_small_files
from tests.harness.on_apsw import stores_on
from tests.store_cases import ANN, DECLARED, Clock, coding, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FEW = 30


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with some statements, closed: one file."""
    made = tmp_path / "s.db"
    with ff.Store(made) as store:
        store.append([*DECLARED, *(statement(text=f"{number} " + "words " * 60) for number in range(FEW))])
    return made


def copied(path: Path, folder: str) -> Path:
    """Copy a store in use as a crash would leave it: the file and its WAL, without the index of the WAL."""
    target = path.parent / folder
    target.mkdir()
    for file in (path, path.with_name("s.db-wal")):
        if file.exists():
            shutil.copy(file, target)
    return target / path.name


def why_refused(action: Callable[[], object]) -> str | None:
    """Return what the StoreError of an action says, None where there is none."""
    try:
        action()
    except ff.StoreError as error:
        return str(error)
    return None


# A full disk


@pytest.mark.parametrize("long", [append.LONG, 2])
def test_an_append_to_a_full_disk_is_refused_and_leaves_the_store_as_it_was(
    path: Path, long: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever write of the append finds no room, be it a long batch or a short one."""
    monkeypatch.setattr(append, "LONG", long)
    monkeypatch.setattr(append, "CHUNK", 2)
    refused = 0
    for room in range(100):
        disk = FullDisk(10_000)
        with stores_on(disk.name), ff.Store(path) as store:
            head = store.head()
            disk.left = room
            said = why_refused(lambda: store.append([statement(text=f"{n} " + "words " * 300) for n in range(5)]))
            disk.left = 10_000
            if said is None:
                break
            refused += 1
            assert "full; make room and try again" in said
            assert store.head() == head
            assert store.verify() == []
    assert 3 < refused < 99
    with ff.Store(path) as store:
        assert store.verify() == []
        assert len(list(store.log())) == len(DECLARED) + FEW + 5


# Where a second write fails while SQLite takes back the first, apsw can raise only one of them, and warns of the other.
@pytest.mark.filterwarnings(r"ignore:(?s).*the disk is full:pytest.PytestUnraisableExceptionWarning")
def test_a_store_that_is_made_on_a_full_disk_is_made_once_there_is_room(tmp_path: Path) -> None:
    for room in range(0, 60, 3):
        disk = FullDisk(room)
        made = tmp_path / f"{room}.db"
        with stores_on(disk.name):
            assert "full; make room" in (why_refused(partial(ff.Store, made)) or "full; make room")
            disk.left = 10_000
            with ff.Store(made) as store:
                store.append(ANN)
                assert store.verify() == []


def test_files_that_may_not_grow_any_more_are_one_clear_error_and_the_next_append_works(path: Path) -> None:
    refused, verified = append_with_small_files(path, 200_000)
    assert f"cannot write to {path}: " in refused
    assert "is the disk full" in refused
    assert verified == "[]"
    with ff.Store(path) as store:
        assert len(list(store.log())) == len(DECLARED) + FEW + int(refused.split()[0]) + 1


# Files that can only be read


def test_a_store_that_is_opened_for_reading_takes_nothing_and_says_so(path: Path) -> None:
    with ff.Store(path, read_only=True) as store:
        with pytest.raises(ff.StoreError, match="can only be read"):
            store.append(statement())
        assert len(list(store.log())) == len(DECLARED) + FEW
        assert store.verify() == []


# Damage


def test_a_page_of_garbage_anywhere_is_told(path: Path) -> None:
    original, random = path.read_bytes(), Random(1)
    for page in range(len(original) // 4096):
        content = bytearray(original)
        content[page * 4096 : page * 4096 + 4096] = random.randbytes(4096)
        assert told(path, bytes(content)), page


def test_a_page_of_zeros_anywhere_is_told(path: Path) -> None:
    original = path.read_bytes()
    for page in range(len(original) // 4096):
        content = bytearray(original)
        content[page * 4096 : page * 4096 + 4096] = bytes(4096)
        assert told(path, bytes(content)) or bytes(content) == original, page


def test_a_file_that_was_cut_short_is_told(path: Path) -> None:
    original = path.read_bytes()
    for size in (1, 50, 100, 511, 4096, 5000, len(original) // 2, len(original) - 4096, len(original) - 1):
        assert told(path, original[:size]), size


def told(path: Path, content: bytes) -> bool:
    """Tell whether a store of these bytes is refused or has findings; any error but ours goes through."""
    path.write_bytes(content)
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    try:
        with ff.Store(path) as store:
            return bool(store.verify())
    except ff.StoreError:
        return True


def test_a_wal_that_was_cut_short_gives_whole_appends_only(path: Path) -> None:
    with ff.Store(path) as store:
        for number in range(4):
            store.append([statement(text=f"{number} {place} " + "words " * 200) for place in range(3)])
        left = copied(path, "crashed")
    wal = left.with_name("s.db-wal")
    content = wal.read_bytes()
    assert len(content) > 20_000
    found = set()
    for size in range(len(content), 0, -2999):
        cut = copied_with(left, content[:size], f"cut{size}")
        with ff.Store(cut) as store:
            assert store.verify() == []
            found.add(len(list(store.log())) - len(DECLARED) - FEW)
    assert found == {0, 3, 6, 9, 12}


def test_without_its_wal_a_store_is_as_of_its_last_checkpoint_and_a_published_head_shows_it(path: Path) -> None:
    """What was only in the WAL is gone with it; nothing in the file can tell, which is why a head is published."""
    with ff.Store(path) as store:
        before = store.head()
        store.append(statement())
        published = store.head()
        left = copied(path, "crashed")
    left.with_name("s.db-wal").unlink()
    with ff.Store(left) as store:
        assert store.verify() == []
        assert store.head() == before != published


def test_garbage_in_the_wal_is_never_taken_for_an_append(path: Path) -> None:
    random = Random(2)
    with ff.Store(path) as store:
        store.append(statement())
        left = copied(path, "crashed")
    content = left.with_name("s.db-wal").read_bytes()
    for number in range(20):
        damaged = bytearray(content)
        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
        with ff.Store(copied_with(left, bytes(damaged), f"garbage{number}")) as store:
            assert store.verify() == []
            assert len(list(store.log())) - len(DECLARED) - FEW in (0, 1)


def copied_with(store: Path, wal: bytes, folder: str) -> Path:
    """Copy a store, with a WAL of these bytes."""
    target = store.parent / folder
    target.mkdir()
    shutil.copy(store, target)
    (target / "s.db-wal").write_bytes(wal)
    return target / store.name


def test_a_stranger_s_file_stays_as_it_was(tmp_path: Path) -> None:
    foreign, text = tmp_path / "foreign.db", tmp_path / "notes.txt"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (x)")
    text.write_text("notes " * 200)
    for file in (foreign, text):
        before = file.read_bytes()
        with pytest.raises(ff.StoreError, match="left as it was"):
            ff.Store(file)
        assert file.read_bytes() == before
        assert not list(tmp_path.glob(f"{file.name}-*"))


def test_frames_of_a_damaged_store_are_one_clear_error(path: Path, tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, said := statement(), coding(said)])
    with closing(sqlite3.connect(tmp_path / "s.db")) as connection:
        connection.execute("DROP TRIGGER statement_is_never_changed")
        connection.execute("UPDATE statement SET said_how = 999")
        connection.commit()
    with (
        ff.Store(tmp_path / "s.db", read_only=True) as store,
        pytest.raises(ff.StoreError, match="the store is damaged"),
    ):
        store.statements()


DAMAGES = [("id", "CAST(id AS TEXT)"), ("id", "'0123456789abcdef'"), ("chain", "CAST(chain AS TEXT)"), ("kind", "17")]
"""What one bit makes of a cell: the same bytes as a text, mostly one that is none, or another number."""


@pytest.mark.parametrize(("column", "value"), DAMAGES)
@pytest.mark.parametrize("which", ["statement", "coding", "retraction"])
def test_an_event_that_damage_took_its_stamps_is_named_by_the_log_and_the_verb_that_tells_more(
    tmp_path: Path, which: str, column: str, value: str
) -> None:
    path = tmp_path / "s.db"
    with ff.Store(path) as store:
        store.append([*DECLARED, one := statement(), coding(one), retraction(one)])
        seq = next(record.seq for record in store.log() if record.kind == which)
    damage(path, column, value, seq)
    named = f"the store is damaged: event {seq} cannot be read; see: flipflop verify"

    with ff.Store(path) as store:
        for read in (store.log, store.events):
            assert why_refused(lambda read=read: list(read())) == named  # type: ignore[misc]  # of this turn of the loop
        assert any(f"event {seq}" in str(finding) for finding in store.verify())
    for verb in (["log"], ["log", "--format", "jsonl"], ["export", "-o", "-"], ["export", "-o", tmp_path / "o.csv"]):
        assert flipflop("-s", path, *verb)[::2] == (1, f"error: {named}\n")
    verified = flipflop("-s", path, "verify")
    assert (verified.code, f"event {seq}" in verified.out) == (1, True)


def test_a_statement_that_damage_took_its_id_is_named_by_frames_and_what_is_drawn_of_them(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with ff.Store(path) as store:
        store.append([*DECLARED, one := statement(), coding(one)])
    damage(path, "id", "CAST(id AS TEXT)", 5)

    for verb in ("list", "reversals"):
        done = flipflop("-s", path, verb)
        assert (done.code, done.err.count("\n")) == (1, 1)
        assert "the store is damaged: event 5: the id of this event is damaged" in done.err
        assert "see: flipflop verify" in done.err


def test_the_head_of_a_store_whose_last_event_is_damaged_is_an_error_that_names_it(path: Path) -> None:
    damage(path, "chain", "CAST(chain AS TEXT)", len(DECLARED) + FEW)

    with ff.Store(path) as store:
        assert f"event {len(DECLARED) + FEW} cannot be read" in str(why_refused(store.head))


def damage(path: Path, column: str, value: str, seq: int) -> None:
    """Put into a cell of the log what no program can, and leave the schema as it was."""
    with closing(sqlite3.connect(path)) as connection:
        (table,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'event'").fetchone()
        loose = re.sub(
            rf"{column} (BLOB|INTEGER) NOT NULL( CHECK \(length\({column}\) = 16\))?", f"{column} ANY", table
        )
        (guard,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_is_never_changed'").fetchone()
        connection.execute("DROP TRIGGER event_is_never_changed")
        for definition, change in ((loose, f"UPDATE event SET {column} = {value} WHERE seq = {seq}"), (table, guard)):
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'event'", (definition,))
            connection.execute("PRAGMA writable_schema = RESET")
            connection.execute(change)
            connection.commit()


def test_nothing_is_appended_to_a_damaged_last_event(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("""
            DROP TRIGGER event_is_never_changed;
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, 'recorded_at INTEGER NOT NULL', 'recorded_at INTEGER');
            PRAGMA writable_schema = RESET;
            UPDATE event SET recorded_at = NULL WHERE seq = (SELECT max(seq) FROM event);
        """)
    with ff.Store(path) as store:
        assert any("the chain breaks here" in str(finding) for finding in store.verify())
        with pytest.raises(ff.StoreError, match="the last event is damaged"):
            store.append(statement())


# Clocks


def test_a_clock_that_runs_backwards_never_turns_the_order_round(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    random = Random(3)
    with ff.Store(tmp_path / "clock.db") as store:
        store.append(DECLARED)
        for _ in range(30):
            clock.tick(random.choice((-86_400, -0.5, 0, 1, 3600)))
            said = statement()
            store.append([said, retraction(said)])
        stamps = [record.recorded_at for record in store.log()]
        assert stamps == sorted(stamps)
        assert store.verify() == []
        assert len(list(store.log(as_of=stamps[20]))) >= 21


def test_a_clock_before_1970_is_one_clear_error_or_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    clock.now = -1
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)
        [record] = store.log()
        assert record.recorded_at == datetime(1969, 12, 31, 23, 59, 59, 999999, UTC)
        assert store.verify() == []
