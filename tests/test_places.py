"""Where a store lies: found by its real path, read where nothing can be written, and warned of where it is not safe."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import flipflop as ff
from flipflop.store.sqlite.connection import Database
from flipflop.store.sqlite.place import risk_of, shared_kind
from tests.cli_running import SHELL_COMMAND, case, flipflop
from tests.store_cases import ANN, BOB

MOUNTED = ["unshare", "--user", "--map-root-user", "--mount"]


def can_mount() -> bool:
    return shutil.which("unshare") is not None and not subprocess.run([*MOUNTED, "true"], check=False).returncode


# By the real path


def test_the_lock_of_a_store_lies_beside_its_file_whatever_name_it_is_opened_by(tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    ff.Store(tmp_path / "s.db").close()
    (tmp_path / "away" / "link.db").symlink_to(tmp_path / "s.db")

    with ff.Store(tmp_path / "away" / "link.db") as store:
        store.append(ANN)

        assert store.path == tmp_path / "s.db"
    assert [path.name for path in (tmp_path / "away").iterdir()] == ["link.db"]


READ_ONLY = """
set -e
mount --bind "$1" "$1"
mount -o remount,bind,ro "$1"
shift
exec "$@"
"""
READ = """
import sys, flipflop as ff
try:
    with ff.Store(sys.argv[1]) as store:
        print(store.verify(), len(list(store.log())))
except ff.StoreError as error:
    print("refused", error)
"""


@pytest.mark.parametrize("name", ["disk/s.db", "link.db", "disk/hard.db"])
def test_an_older_record_is_shown_under_no_name_while_newer_events_wait_in_the_wal(name: str, tmp_path: Path) -> None:
    """K10.5: by a link to it, a store on a read-only disk lacked its newest events, and was "ok"."""
    if not can_mount():
        pytest.skip("this machine gives no mount namespace")
    disk = tmp_path / "disk"
    disk.mkdir()
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)
        with closing(Database(tmp_path / "s.db", create=False, read_only=False, timeout=1)) as other:
            other.sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.append(BOB)
        for side in ("", "-wal"):
            shutil.copy(tmp_path / f"s.db{side}", disk / f"s.db{side}")
    (disk / "hard.db").hardlink_to(disk / "s.db")
    (tmp_path / "link.db").symlink_to(disk / "s.db")

    command = [*MOUNTED, "bash", "-c", READ_ONLY, "-", str(disk), sys.executable, "-c", READ, str(tmp_path / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stdout.startswith(("refused", "[] 2")), done


# On a full disk

FULL = """
set -e
mount -t tmpfs -o size=2m none "$1"
cp "$2"/s.db* "$1"
dd if=/dev/zero of="$1/fill" bs=4k 2>/dev/null || true
disk=$1; away=$2; shift; shift
"$@" -s "$disk/s.db" verify
"$@" -s "$disk/s.db" backup "$away/copy.db"
"$@" -s "$disk/s.db" export -o "$away/copy.jsonl"
"""


@pytest.mark.parametrize("pending", [False, True])
def test_a_store_on_a_full_disk_is_read_and_saved_elsewhere(pending: bool, tmp_path: Path) -> None:
    """K10.9: not even the newest events, which lie in the WAL, were to be had."""
    if not can_mount():
        pytest.skip("this machine gives no mount namespace")
    disk, away = tmp_path / "disk", tmp_path / "away"
    disk.mkdir()
    away.mkdir()
    with ff.Store(tmp_path / "s.db") as store:
        store.append([ANN, BOB])
        if pending:
            shutil.copy(tmp_path / "s.db-wal", away)
            shutil.copy(tmp_path / "s.db", away)
    if not pending:
        shutil.copy(tmp_path / "s.db", away)

    command = [*MOUNTED, "bash", "-c", FULL, "-", str(disk), str(away), *SHELL_COMMAND]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done
    assert done.stderr.count("it keeps no note of this copy") == 2
    with ff.Store(away / "copy.db") as copy:
        assert [record.event for record in copy.log()] == [ANN, BOB]


# Places that are not safe


@pytest.mark.parametrize(
    "folder",
    ["Dropbox", "Dropbox (Personal)", "OneDrive", "OneDrive - The Daily", "Google Drive", "GoogleDrive-a@b.org",
     "Library/Mobile Documents/com~apple~CloudDocs", "Nextcloud", "Dropbox/cases/2017"],
)  # fmt: skip
def test_a_folder_that_a_program_syncs_is_told_once(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir(parents=True)
    store = str(tmp_path / folder / "s.db")

    first = flipflop("-s", store, "speaker", "add", "Ann")
    second = flipflop("-s", store, "speaker", "add", "Bob")

    assert "which looks like a folder that a program syncs" in first.err
    assert "syncs" not in second.err
    assert "syncs" in flipflop("-s", store, "verify").err


@pytest.mark.parametrize("folder", ["Boxes", "dropboxes", "icloudy", "drive"])
def test_a_folder_that_only_sounds_like_one_is_none(folder: str, tmp_path: Path) -> None:
    assert risk_of(tmp_path / folder / "s.db") is None


MOUNTS = r"""
22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/news\040room rw - nfs4 server:/export rw
31 30 0:41 / /mnt/news\040room/local rw - ext4 /dev/sdb1 rw
32 22 0:42 / /mnt/c rw - 9p drvfs rw
33 22 0:43 / /mnt/far rw - fuse.sshfs far: rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/ann/s.db", None),
        ("/mnt/news room/s.db", "nfs4"),
        ("/mnt/news room/local/s.db", None),
        ("/mnt/newsroom/s.db", None),
        ("/mnt/c/s.db", "9p"),
        ("/mnt/far/s.db", "fuse.sshfs"),
    ],
)
def test_a_share_is_known_by_what_linux_says_of_its_disk(path: str, kind: str | None) -> None:
    assert shared_kind(Path(path), MOUNTS) == kind


# A clock that ran ahead


@pytest.fixture
def future(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("flipflop.store.store.now", lambda: 4_102_444_800_000_000)
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)
    monkeypatch.undo()
    return str(tmp_path / "s.db")


@pytest.mark.parametrize("words", [("verify",), ("seal",)])
def test_a_stamp_of_the_year_2100_is_told(words: tuple[str, ...], future: str) -> None:
    """K10.9: it is for ever, and nobody said a word."""
    done = flipflop("-s", future, *words)

    assert done.code == 0
    assert "the last event is stamped 2100-01-01T00:00:00Z, which is later than now" in done.err


def test_whoever_records_after_a_stamp_that_is_ahead_learns_of_it(future: str) -> None:
    with ff.Store(future) as store:
        assert "is later than now" in store.append(BOB).warnings[0]


def test_what_a_killed_run_left_is_named_by_verify(tmp_path: Path) -> None:
    store = case(tmp_path)
    (tmp_path / ".case.db.0123.flipflop-unfinished").touch()
    if os.name == "nt":
        return

    done = flipflop("-s", str(store), "verify")

    assert (done.code, ".case.db.0123.flipflop-unfinished is left of a run" in done.err) == (0, True)
