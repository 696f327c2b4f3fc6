"""What is written never takes the place of a record, and nothing of a run that was killed stays."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.publish.site.writing import MANIFEST
from flipflop.text.unfinished import ENDING, holding, left_in
from tests import site_case
from tests.cli_running import SHELL_COMMAND, case, flipflop
from tests.site_case import publish
from tests.store_cases import ANN, DECLARED, statement

if TYPE_CHECKING:
    from pathlib import Path

OUTPUTS = [
    ("timeline", "-o", "OUT.html"),
    ("timeline", "-o", "OUT.svg"),
    ("timeline", "-o", "OUT.json"),
    ("timeline", "--embed", "-o", "OUT.html"),
    ("chart", "switches", "-o", "OUT.svg"),
    ("demo", "-o", "OUT.html"),
    ("export", "-o", "OUT.jsonl"),
    ("export", "-o", "OUT.csv"),
]
"""K10.4: what wrote over the store that it was drawn from."""


@pytest.mark.parametrize("words", OUTPUTS, ids=" ".join)
@pytest.mark.parametrize("how", ["the open store", "another store", "a link to it"])
def test_no_output_takes_the_place_of_a_store(how: str, words: tuple[str, ...], tmp_path: Path) -> None:
    *verb, name = words
    out = tmp_path / name.replace("OUT", "case")
    case(tmp_path).rename(out)
    store = out
    if how == "another store":
        store = tmp_path / "mine.db"
        shutil.copy(out, store)
    elif how == "a link to it":
        store = tmp_path / "mine.db"
        out.rename(store)
        out.symlink_to(store)
    before = {path: path.read_bytes() for path in (store, out)}

    done = flipflop("-s", str(store), *verb, str(out))

    assert done.code == 1
    assert done.err.count("\n") == 1
    assert {path: path.read_bytes() for path in (store, out)} == before


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_an_export_takes_the_place_of_an_earlier_one_of_the_same_store_only(kind: str, tmp_path: Path) -> None:
    """K10.4: the file that somebody had typed, and just imported, was gone."""
    out = tmp_path / f"events.{kind}"
    store = str(case(tmp_path))
    out.write_text(
        '{"event": "speaker", "id": "x", "name": "X"}\n' if kind == "jsonl" else "event,id,name\nspeaker,x,X\n"
    )
    typed = out.read_bytes()
    assert flipflop("-s", store, "import", str(out)).code == 0

    done = flipflop("-s", store, "export", "-o", str(out))

    assert (done.code, out.read_bytes()) == (1, typed)
    assert done.err.endswith(f"{out} is there already and is no earlier export of this store: choose another name\n")
    again = str(tmp_path / f"again.{kind}")
    for number in range(2):
        assert flipflop("-s", store, "export", "-o", again).code == 0
        assert flipflop("-s", store, "speaker", "add", f"Somebody {number}").code == 0
    (tmp_path / "other.db").touch()
    assert flipflop("-s", str(tmp_path / "other.db"), "speaker", "add", "Ann").code == 0
    assert flipflop("-s", str(tmp_path / "other.db"), "export", "-o", again).code == 1


def test_a_backup_takes_the_place_of_an_earlier_one_of_the_same_record_only(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "other.db") as other:
        other.append(ANN)
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED])
        store.backup(tmp_path / "copy.db")
        store.append(statement())
        store.backup(tmp_path / "copy.db", force=True)
        with pytest.raises(ff.StoreError, match="holds events that are not in this store"):
            store.backup(tmp_path / "other.db", force=True)

    with ff.Store(tmp_path / "other.db") as other:
        assert [record.event for record in other.log()] == [ANN]


KILLED = """
import os, signal, sys
import flipflop as ff
from flipflop.store.sqlite.connection import Database
copy = Database.copy
def killed(self, target):
    copy(self, target)
    os.kill(os.getpid(), signal.SIGKILL)
Database.copy = killed
from flipflop.cli import main
main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="needs kill -9")
@pytest.mark.parametrize("words", [("backup", "copy.db"), ("restore", "kept.db", "new.db")])
def test_what_a_killed_copy_left_is_swept_by_the_next(words: tuple[str, ...], tmp_path: Path) -> None:
    """K10.6: whole hidden copies stayed, of which no redaction knew."""
    store = case(tmp_path)
    assert flipflop("-s", str(store), "backup", str(tmp_path / "kept.db")).code == 0
    before = names(tmp_path)

    killed = [sys.executable, "-c", KILLED, "-s", str(store), *words]
    assert subprocess.run(killed, cwd=tmp_path, check=False).returncode == -signal.SIGKILL
    assert len(left_in(tmp_path)) == 1
    done = subprocess.run([*SHELL_COMMAND, "-s", str(store), *words], cwd=tmp_path, capture_output=True, check=False)

    assert done.returncode == 0
    assert set(names(tmp_path)) - set(before) == {words[-1], *([f"{words[-1]}.lock"] if words[0] == "restore" else [])}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_a_run_still_holds_is_nothing_that_was_left(tmp_path: Path) -> None:
    held = tmp_path / f".a.html.0{ENDING}"
    dead = tmp_path / f".b.html.0{ENDING}"
    for path in (held, dead):
        path.touch()
        path.with_name(f"{path.name}-wal").touch()

    with holding(held):
        assert left_in(tmp_path) == [dead, dead.with_name(f"{dead.name}-wal")]


# Sites

PUBLISHING = """
import os, signal, sys
from pathlib import Path
import flipflop as ff
from flipflop.publish.site import files, publish_site
def killed(record):
    os.kill(os.getpid(), signal.SIGKILL)
files.atom = killed
with ff.Store(sys.argv[1]) as store:
    publish_site(store, sys.argv[2], pictures=False, with_log=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs kill -9")
def test_a_publish_as_before_leaves_no_log_of_one_that_was_killed(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ff.Speaker("ann", "Ann Ames", public_role="Minister"))
        publish(store, folder)
        before = site_case.files(folder)
        killed = [sys.executable, "-c", PUBLISHING, str(tmp_path / "s.db"), str(folder)]
        assert subprocess.run(killed, check=False).returncode == -signal.SIGKILL
        assert any(path.name == "log.jsonl" for path in folder.rglob("*"))

        assert publish(store, folder).written == ()

    assert site_case.files(folder) == before


@pytest.mark.parametrize("path", [".git/config", "data/.htaccess", "notes/a.html", "index.php", "CNAME", MANIFEST])
def test_a_list_of_files_that_names_what_no_site_has_takes_nothing_away(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text("mine")
    (folder / MANIFEST).write_text(f'{{"format": 1, "key": "", "drawn": {{}}, "files": {{"{path}": "{"0" * 64}"}}}}')
    before = site_case.files(folder)

    with site_case.store(tmp_path / "s.db") as store, pytest.raises(ff.StoreError, match="not readable as the list"):
        publish(store, folder)

    assert site_case.files(folder) == before


@pytest.mark.parametrize("place", ["statement", "index.html"])
def test_nothing_of_a_site_is_written_through_a_link(place: str, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    with site_case.store(tmp_path / "s.db") as store:
        publish(store, folder)
        (folder / place).rename(elsewhere)
        (folder / place).symlink_to(elsewhere)
        store.append(site_case.statement(site_case.CY, "One more word.", 95))

        with pytest.raises(ff.StoreError, match="is a link, and nothing is written through it"):
            publish(store, folder)


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be locked")
def test_two_publishes_take_turns(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    site_case.store(tmp_path / "s.db").close()
    words = [*SHELL_COMMAND, "-s", str(tmp_path / "s.db"), "publish", str(folder), "--no-pictures"]

    with holding(folder):
        second = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(3)
        waited = names(folder)

    assert (waited, second.wait(), (folder / MANIFEST).is_file()) == ([], 0, True)


# Bounds


NAME = "n" * 300


@pytest.mark.parametrize(
    "words",
    [
        ("-s", NAME, "list"),
        ("-s", NAME, "init"),
        ("import", f"{NAME}.jsonl"),
        ("timeline", "-o", f"{NAME}.html"),
        ("export", "-o", f"{NAME}.jsonl"),
        ("backup", NAME),
        ("restore", NAME),
        ("publish", NAME),
    ],
    ids=" ".join,
)
def test_a_name_of_300_letters_is_one_clear_line(words: tuple[str, ...], tmp_path: Path) -> None:
    """K10.8."""
    done = flipflop("-s", str(case(tmp_path)), *words)

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "too long" in done.err


@pytest.mark.parametrize("deep", [17, 900])
def test_a_change_that_is_nested_too_deeply_is_one_clear_line(deep: int, tmp_path: Path) -> None:
    """K10.8."""
    store = case(tmp_path)
    nested = "[" * deep + "]" * deep
    line = (
        f'{{"event": "correction", "target": "{"a" * 32}", "reason": "x", "by": "b", "changes": {{"text": {nested}}}}}'
    )
    (tmp_path / "deep.jsonl").write_text(line + "\n")

    done = flipflop("-s", str(store), "import", str(tmp_path / "deep.jsonl"))

    assert done.code == 1
    assert "deep.jsonl:1: changes is nested more than 16 deep" in done.err


def test_a_table_of_100_000_columns_is_one_clear_line(tmp_path: Path) -> None:
    """K10.8: it took over two minutes."""
    (tmp_path / "wide.csv").write_text(",".join(map("c{}".format, range(100_000))) + "\n")

    done = flipflop("-s", str(case(tmp_path)), "import", str(tmp_path / "wide.csv"))

    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "wide.csv:1: names 100,000 columns" in done.err


@pytest.mark.parametrize("field", ["text", "speaker", "said", "source"])
def test_a_list_in_the_place_of_a_text_is_an_error_of_its_line(field: str, tmp_path: Path) -> None:
    line = {"event": "statement", "speaker": "ann", "said": "2017", "text": "Yes.", field: [[["x"]]]}
    (tmp_path / "e.jsonl").write_text(json.dumps(line) + "\n")

    done = flipflop("-s", str(case(tmp_path)), "import", str(tmp_path / "e.jsonl"))

    assert done.code == 1
    assert f"e.jsonl:1: {field}" in done.err


def test_of_what_an_error_quotes_no_megabytes_are_printed(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("s" * 5_000_000 + "\n")

    done = flipflop("-s", str(case(tmp_path)), "import", str(tmp_path / "e.csv"))

    assert done.code == 1
    assert len(done.err) < 5000
