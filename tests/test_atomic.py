"""Files that are written appear whole or not at all."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from flipflop.errors import StoreError
from flipflop.text.atomic import placed, write_atomically, writing

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_block_that_fails_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("before")

    def fail_half_way() -> None:
        with writing(tmp_path / "a.txt") as stream:
            stream.write("after")
            raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        fail_half_way()

    assert (names(tmp_path), (tmp_path / "a.txt").read_text()) == (["a.txt"], "before")


def test_what_a_writer_leaves_beside_its_file_goes(tmp_path: Path) -> None:
    with placed(tmp_path / "a.db", sides=("-wal",)) as unfinished:
        unfinished.write_text("new")
        unfinished.with_name(f"{unfinished.name}-wal").touch()

    assert names(tmp_path) == ["a.db"]


def test_a_file_that_somebody_made_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    def write_too_late() -> None:
        with placed(tmp_path / "a.txt") as unfinished:
            unfinished.write_text("ours")
            (tmp_path / "a.txt").write_text("theirs")

    with pytest.raises(StoreError, match="is there already"):
        write_too_late()

    assert (names(tmp_path), (tmp_path / "a.txt").read_text()) == (["a.txt"], "theirs")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_are_kept_private_while_writing_and_usual_for_new_files(tmp_path: Path) -> None:
    (tmp_path / "old.txt").touch()
    (tmp_path / "old.txt").chmod(0o440)
    (tmp_path / "usual.txt").touch()

    with placed(tmp_path / "new.txt") as unfinished:
        during = stat.S_IMODE(unfinished.stat().st_mode)
    write_atomically(tmp_path / "old.txt", b"replaced")

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert (during, modes["old.txt"]) == (0o600, 0o440)
    assert modes["new.txt"] == modes["usual.txt"]


def test_a_name_as_long_as_a_disk_allows_can_be_written(tmp_path: Path) -> None:
    name = "ä" * 125 + ".html"

    write_atomically(tmp_path / name, b"page")

    assert names(tmp_path) == [name]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_device_or_pipe_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(StoreError, match="is no ordinary file"):
        write_atomically(tmp_path / "pipe", b"page")

    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("side", ["", "-wal", "-shm", "-journal", ".lock"])
def test_no_database_and_nothing_kept_beside_one_is_replaced(side: str, tmp_path: Path) -> None:
    """Of whatever program it is: a store is known by the first bytes of its file."""
    (tmp_path / "mine.html").write_bytes(b"SQLite format 3\0 and so on")

    with pytest.raises(StoreError, match="and is not replaced: choose another name"):
        write_atomically(tmp_path / f"mine.html{side}", b"page")

    assert (tmp_path / "mine.html").read_bytes() == b"SQLite format 3\0 and so on"
