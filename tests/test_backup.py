"""A backup is a store: whole, verified, taken while others write; and it comes back without anything being lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.records import Event
from flipflop.store import restore
from tests.cli_running import SHELL_COMMAND, case, flipflop
from tests.store_cases import ANN, BOB, DECLARED, redaction, statement

if TYPE_CHECKING:
    from pathlib import Path


def ids(path: Path) -> list[str]:
    """What a store holds, by id."""
    with ff.Store(path, create=False, read_only=True) as store:
        assert store.verify() == []
        return [record.id for record in store.log()]


def filled(path: Path, *more: Event) -> list[str]:
    """Make a store; return what it holds."""
    with ff.Store(path) as store:
        return [stamp.id for stamp in store.append([*DECLARED, *more]).recorded]


# Backup


def test_a_backup_holds_what_was_recorded_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    recorded = filled(tmp_path / "s.db")
    (tmp_path / "away").mkdir()
    with ff.Store(tmp_path / "s.db") as store:
        assert store.backup(tmp_path / "away" / "copy.db") == tmp_path / "away" / "copy.db"
        store.append(statement())

    assert [path.name for path in (tmp_path / "away").iterdir()] == ["copy.db"]
    assert ids(tmp_path / "away" / "copy.db") == recorded


WRITER = """
import sys, flipflop as ff
with ff.Store(sys.argv[1]) as store:
    for number in range(100000):
        store.append(ff.Speaker(f"s{number}", "Somebody"))
        print(number, flush=True)
"""


def test_a_backup_is_taken_while_another_program_writes(tmp_path: Path) -> None:
    """Each copy holds what was acknowledged before it was asked for, and verifies; the writer never stops."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path / "s.db")], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        try:
            for copy in range(3):
                for _ in range(5):
                    acknowledged = int(writer.stdout.readline())
                with ff.Store(tmp_path / "s.db", create=False) as store:
                    store.backup(tmp_path / f"{copy}.db")
                assert len(ids(tmp_path / f"{copy}.db")) > acknowledged
                assert writer.poll() is None
        finally:
            writer.kill()


def test_a_backup_is_overwritten_only_by_force(tmp_path: Path) -> None:
    recorded = filled(tmp_path / "s.db")
    (tmp_path / "copy.db").write_text("precious")
    with ff.Store(tmp_path / "s.db") as store:
        with pytest.raises(ff.StoreError, match="is there already: this never overwrites"):
            store.backup(tmp_path / "copy.db")
        assert (tmp_path / "copy.db").read_text() == "precious"

        store.backup(tmp_path / "copy.db", force=True)

    assert ids(tmp_path / "copy.db") == recorded


def test_a_damaged_store_never_takes_the_place_of_a_good_backup(tmp_path: Path) -> None:
    recorded = filled(tmp_path / "s.db")
    with ff.Store(tmp_path / "s.db") as store:
        store.backup(tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "s.db")) as connection:
        connection.executescript("DROP TRIGGER event_is_never_deleted; DELETE FROM event WHERE seq = 4")

    with ff.Store(tmp_path / "s.db") as store, pytest.raises(ff.StoreError, match="no backup was written"):
        store.backup(tmp_path / "copy.db", force=True)

    assert ids(tmp_path / "copy.db") == recorded
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "s.db", "s.db.lock"]


def test_a_backup_never_replaces_a_store_in_use_or_itself(tmp_path: Path) -> None:
    filled(tmp_path / "other.db")
    filled(tmp_path / "s.db")
    (tmp_path / "link.db").symlink_to(tmp_path / "s.db")
    with ff.Store(tmp_path / "s.db") as store, ff.Store(tmp_path / "other.db") as other:
        other.append(statement())
        with pytest.raises(ff.StoreError, match="a program has open"):
            store.backup(tmp_path / "other.db", force=True)
        for name in ("s.db", "link.db"):
            with pytest.raises(ff.StoreError, match="are the same file"):
                store.backup(tmp_path / name, force=True)
        assert (store.verify(), other.verify()) == ([], [])


def test_a_backup_leaves_no_redacted_word_behind(tmp_path: Path) -> None:
    secret = statement(text="a secret that a court forbids")
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, secret])
        store.append(redaction(secret))
        store.backup(tmp_path / "copy.db")

    assert b"a court forbids" not in (tmp_path / "copy.db").read_bytes()


def test_a_backup_is_as_private_as_the_store(tmp_path: Path) -> None:
    filled(tmp_path / "s.db")
    (tmp_path / "s.db").chmod(0o640)
    with ff.Store(tmp_path / "s.db") as store:
        store.backup(tmp_path / "copy.db")

    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o640


# Restore


def test_a_restored_store_is_as_it_was(tmp_path: Path) -> None:
    recorded = filled(tmp_path / "s.db")
    with ff.Store(tmp_path / "s.db") as store:
        store.backup(tmp_path / "copy.db")
        seal = store.seal()

    restored = restore(tmp_path / "copy.db", tmp_path / "new.db")

    assert restored == (tmp_path / "new.db", seal, ())
    assert ids(tmp_path / "new.db") == recorded
    with ff.Store(tmp_path / "new.db") as store:
        assert store.verify(sealed=[seal]) == []
        store.append(statement())


def test_a_store_is_replaced_only_by_force_and_then_kept(tmp_path: Path) -> None:
    recorded = filled(tmp_path / "s.db")
    with ff.Store(tmp_path / "s.db") as store:
        store.backup(tmp_path / "copy.db")
        later = store.append(statement()).recorded[0].id
    with pytest.raises(ff.StoreError, match="it is kept under another name"):
        restore(tmp_path / "copy.db", tmp_path / "s.db")
    assert ids(tmp_path / "s.db") == [*recorded, later]

    (kept,) = restore(tmp_path / "copy.db", tmp_path / "s.db", force=True).kept

    assert ids(tmp_path / "s.db") == recorded
    assert ids(kept) == [*recorded, later]


def test_a_restored_store_tells_of_its_backup_when_something_is_redacted(tmp_path: Path) -> None:
    filled(tmp_path / "s.db")
    with ff.Store(tmp_path / "s.db") as store:
        store.backup(tmp_path / "copy.db")
    restore(tmp_path / "copy.db", tmp_path / "new.db")

    with ff.Store(tmp_path / "new.db") as store:
        appended = store.append([redaction(BOB)])
        assert [copy.path for copy in appended.exports] == [str(tmp_path / "copy.db")]


@pytest.mark.parametrize("damage", ["page", "cut", "text", "foreign"])
def test_what_is_no_sound_backup_is_not_restored(tmp_path: Path, damage: str) -> None:
    recorded, backup = filled(tmp_path / "s.db"), tmp_path / "copy.db"
    with ff.Store(tmp_path / "s.db") as store:
        store.backup(backup)
    content = backup.read_bytes()
    match damage:
        case "page":
            place = content.rindex(b"Bob Bell")
            backup.write_bytes(content[:place] + b"Bob Ball" + content[place + 8 :])
        case "cut":
            backup.write_bytes(content[: len(content) // 2])
        case "text":
            backup.write_text("no database")
        case "foreign":
            backup.unlink()
            with closing(sqlite3.connect(backup)) as connection:
                connection.execute("CREATE TABLE t (x)")

    with pytest.raises(ff.StoreError) as told:
        restore(backup, tmp_path / "s.db", force=True)

    assert str(backup) in str(told.value)
    assert ids(tmp_path / "s.db") == recorded
    assert [path.name for path in tmp_path.iterdir() if "before" in path.name or path.name.startswith(".")] == []


@pytest.mark.parametrize("ruin", [b"", b"not a database at all", bytes(8192)])
def test_a_ruined_store_is_replaced_and_kept(tmp_path: Path, ruin: bytes) -> None:
    recorded = filled(tmp_path / "s.db")
    with ff.Store(tmp_path / "s.db") as store:
        store.backup(tmp_path / "copy.db")
    (tmp_path / "s.db").write_bytes(ruin)

    (kept,) = restore(tmp_path / "copy.db", tmp_path / "s.db", force=True).kept

    assert ids(tmp_path / "s.db") == recorded
    assert kept.read_bytes() == ruin


def test_a_journal_that_was_left_behind_does_not_get_into_the_restored_store(tmp_path: Path) -> None:
    """A crash leaves a WAL; SQLite would play it into whatever file comes to stand beside it."""
    recorded = filled(tmp_path / "s.db")
    with ff.Store(tmp_path / "s.db") as store:
        store.backup(tmp_path / "copy.db")
        store.append(statement())
        shutil.copy(tmp_path / "s.db-wal", tmp_path / "new.db-wal")

    restored = restore(tmp_path / "copy.db", tmp_path / "new.db")

    assert [path.name[-4:] for path in restored.kept] == ["-wal"]
    assert ids(tmp_path / "new.db") == recorded


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_that_is_open_is_not_replaced(tmp_path: Path, read_only: bool) -> None:
    recorded = filled(tmp_path / "s.db")
    with ff.Store(tmp_path / "s.db", read_only=read_only) as store:
        if not read_only:
            store.backup(tmp_path / "copy.db")
        else:
            shutil.copy(tmp_path / "s.db", tmp_path / "copy.db")
        with pytest.raises(ff.StoreError, match="close it there first; nothing was restored"):
            restore(tmp_path / "copy.db", tmp_path / "s.db", force=True)
        assert store.verify() == []

    assert ids(tmp_path / "s.db") == recorded


def test_who_still_holds_a_file_that_was_replaced_records_nothing_into_the_void(tmp_path: Path) -> None:
    filled(tmp_path / "s.db")
    filled(tmp_path / "other.db")
    with ff.Store(tmp_path / "s.db") as store:
        (tmp_path / "other.db").replace(tmp_path / "s.db")
        with pytest.raises(ff.StoreError, match="was replaced or taken away since it was opened"):
            store.append(statement())
        (tmp_path / "s.db").unlink()
        with pytest.raises(ff.StoreError, match="nothing was recorded; open it again"):
            store.append(statement())


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    recorded = filled(tmp_path / "s.db")
    (tmp_path / "link.db").symlink_to("real.db")
    filled(tmp_path / "real.db", statement())
    with ff.Store(tmp_path / "s.db") as store:
        store.backup(tmp_path / "copy.db")

    restore(tmp_path / "copy.db", tmp_path / "link.db", force=True)

    assert (tmp_path / "link.db").is_symlink()
    assert ids(tmp_path / "real.db") == recorded


def test_a_backup_of_an_empty_store_comes_back(tmp_path: Path) -> None:
    with ff.Store.init(tmp_path / "s.db", tz="Pacific/Auckland") as store:
        store.backup(tmp_path / "copy.db")

    assert restore(tmp_path / "copy.db", tmp_path / "new.db").head is None
    with ff.Store(tmp_path / "new.db") as store:
        assert store.tz == "Pacific/Auckland"
        store.append(ANN)


def test_a_read_only_backup_gives_a_store_that_can_be_written(tmp_path: Path) -> None:
    filled(tmp_path / "s.db")
    with ff.Store(tmp_path / "s.db") as store:
        store.backup(tmp_path / "copy.db")
    (tmp_path / "copy.db").chmod(0o400)

    restore(tmp_path / "copy.db", tmp_path / "new.db")

    assert (tmp_path / "new.db").stat().st_mode & 0o777 == 0o600


# From a shell


def test_backup_and_restore_from_a_shell(tmp_path: Path) -> None:
    store, copy = case(tmp_path), tmp_path / "copy.db"

    backed = flipflop("backup", copy, "-s", store)
    flipflop("speaker", "add", "John Doe", "-s", store)
    refused = flipflop("restore", copy, "-s", store)
    restored = flipflop("restore", copy, "-s", store, "--force")

    assert backed == (0, f"{copy}\n", "")
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert (restored.code, restored.out) == (0, f"{store}\n")
    assert restored.err.splitlines()[1].startswith(f"kept what was there: {store}.before-")
    assert len(flipflop("log", "-s", store, "--format", "jsonl").lines) == 4


def test_restore_takes_the_place_as_a_second_word(tmp_path: Path) -> None:
    store, copy = case(tmp_path), tmp_path / "copy.db"
    flipflop("backup", copy, "-s", store)

    assert flipflop("restore", copy, tmp_path / "new.db").out == f"{tmp_path / 'new.db'}\n"
    assert flipflop("verify", "-s", tmp_path / "new.db").code == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["backup", "-s", "STORE"], 2, "Missing argument 'FILE'"),
        (["backup", "-", "-s", "STORE"], 2, "flipflop export -o -"),
        (["backup", "copy.db", "-s", "nowhere.db"], 1, "there is no store at nowhere.db"),
        (["backup", "no/copy.db", "-s", "STORE"], 1, "there is no directory no"),
        (["backup", ".", "-s", "STORE"], 1, ". is a directory: name a file in it"),
        (["restore"], 2, "Missing argument 'BACKUP'"),
        (["restore", "nowhere.db", "new.db"], 1, "there is no backup at nowhere.db"),
        (["restore", "STORE", "no/new.db"], 1, "there is no directory no"),
        (["restore", "STORE", "-s", "STORE", "--force"], 1, "are the same file"),
        (["restore", "export.jsonl", "new.db"], 1, "it comes back with `flipflop import export.jsonl`"),
        (
            ["restore", "STORE", "postgresql://127.0.0.1/x"],
            1,
            "of a server's store its own tools make and restore them",
        ),
        (["restore", ".", "new.db"], 1, ". is a directory, not a store"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, told: str
) -> None:
    store = case(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "export.jsonl").touch()
    before = sorted(path.name for path in tmp_path.iterdir())

    done = flipflop(*[store if word == "STORE" else word for word in words])

    assert (done.code, done.out) == (code, "")
    assert told in done.err.splitlines()[-1]
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_full_disk_leaves_no_torn_backup(tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk."""
    store = case(tmp_path)
    limited = ["sh", "-c", 'ulimit -f 100; exec "$@"', "sh", *SHELL_COMMAND, "backup", "copy.db", "-s", str(store)]

    done = subprocess.run(limited, cwd=tmp_path, capture_output=True, text=True)

    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.db", "case.db.lock"]
