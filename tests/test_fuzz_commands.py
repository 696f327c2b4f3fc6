"""The command line met with calls that nobody would make."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.cli_running import flipflop
from tests.harness.fuzz_commands import Outside, fuzzed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def outside() -> Outside:
    return Outside()


@pytest.mark.parametrize("seed", [1, 2])
def test_spoiled_calls_meet_only_our_errors_and_write_nowhere_else(
    seed: int, outside: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FLIPFLOP_STORE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "in"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "in" / "config"))

    assert list(fuzzed(Random(seed), tmp_path / "in", count=200, outside=outside, apart=100)) == []


def test_what_a_command_writes_elsewhere_is_seen(outside: Outside, tmp_path: Path) -> None:
    """The watch itself."""
    (tmp_path / "in").mkdir()
    outside.folder, outside.refused = str((tmp_path / "in").resolve()), []
    try:
        with pytest.raises(PermissionError):
            (tmp_path / "elsewhere").write_text("x")
        done = flipflop("-s", tmp_path / "case.db", "init")
    finally:
        outside.folder = ""

    assert done.code == 1
    assert len(outside.refused) > 1
    assert not (tmp_path / "case.db").exists()
