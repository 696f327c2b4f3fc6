"""K8.1: who signs is whoever is at the keyboard, never a name that lies in a record which others open."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from flipflop.store import Store
from tests.cli_running import add, case, flipflop


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return case(tmp_path)


def signed(store: Path) -> str:
    """The name under the last event."""
    last = json.loads(flipflop("-s", store, "log", "--format", "jsonl").out.splitlines()[-1])
    return str(last["by"])


def record(store: Path, *words: str) -> str:
    assert add(store, f"Text {len(words)} {os.environ.get('FLIPFLOP_BY')}", *words, said="2021").code == 0
    return signed(store)


def test_a_colleague_who_takes_the_file_over_signs_with_his_own_name(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert record(store) == "Me"

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "colleague"))
    flipflop("init", "-s", store, "--by", "A. Colleague")

    assert record(store) == "A. Colleague"


def test_the_option_goes_before_the_environment_and_that_before_the_users_file(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLIPFLOP_BY", "From the environment")

    assert record(store) == "From the environment"
    assert record(store, "--coder", "Given") == "Given"
    monkeypatch.setenv("FLIPFLOP_BY", " ")
    assert record(store) == "Me"


@pytest.mark.parametrize("name", ["half \udcff", "two\nlines"])
def test_what_is_no_name_is_not_kept_as_one(name: str, store: Path) -> None:
    done = flipflop("init", "-s", store, "--by", name)

    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "--by" in done.err
    assert record(store) == "Me"


def test_a_folder_that_cannot_be_made_for_the_name_is_told_in_one_line(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))

    done = flipflop("init", "-s", store, "--by", "Somebody")

    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "cannot be made" in done.err


def test_a_name_that_an_earlier_version_left_in_the_store_is_told_once_and_never_used(store: Path) -> None:
    with Store(store) as opening, opening._db.transaction(), opening._tables.working():
        opening._tables.set("by", "The predecessor")

    first = add(store, "One.", said="2021")
    second = add(store, "Two.", said="2021")

    assert "the name 'The predecessor' in this store" in first.err
    assert (second.err.count("predecessor"), signed(store)) == (0, "Me")


def test_import_signs_with_the_users_name(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "said.csv"
    file.write_text("speaker,topic,stance,said,text\njane-roe,tax,oppose,2020-02-01,No.\n", "utf-8")

    flipflop("-s", store, "import", file)

    assert signed(store) == "Me"


def test_the_log_says_who_judged(store: Path) -> None:
    shown = flipflop("-s", store, "log").out.splitlines()

    assert [line.split()[-1] for line in (shown[0], shown[-1])] == ["by", "Me"]
