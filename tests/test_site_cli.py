"""The verb publish: what it prints, what it notes in the store, how it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flipflop as ff
from tests import site_case as case
from tests.cli_running import flipflop
from tests.site_case import files

if TYPE_CHECKING:
    from pathlib import Path


def test_publish_prints_where_the_site_begins_and_says_what_to_read(tmp_path: Path) -> None:
    case.store(tmp_path / "s.db").close()

    done = flipflop("-s", tmp_path / "s.db", "publish", tmp_path / "site", "--no-pictures")

    assert done.code == 0, done.err
    assert done.out == f"{tmp_path / 'site' / 'index.html'}\n"
    assert "warning: no scope is given" in done.err
    assert "files written, 0 unchanged, 0 removed" in done.err


def test_publish_notes_the_copy_so_that_a_redaction_lists_it(tmp_path: Path) -> None:
    case.store(tmp_path / "s.db").close()
    for _ in range(2):
        flipflop("-s", tmp_path / "s.db", "publish", tmp_path / "site", "--no-pictures")

    with ff.Store(tmp_path / "s.db") as store:
        assert [export.path for export in store.exports()] == [str(tmp_path / "site")]


def test_publish_into_a_folder_of_something_else_fails_with_a_remedy(tmp_path: Path) -> None:
    case.store(tmp_path / "s.db").close()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.txt").write_text("mine")

    done = flipflop("-s", tmp_path / "s.db", "publish", tmp_path / "site", "--no-pictures")

    assert done.code == 1
    assert "publish to a new or empty folder" in done.err
    assert files(tmp_path / "site") == {"thesis.txt": b"mine"}
