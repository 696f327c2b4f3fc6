"""What a command loads: nothing that it does not need."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli_running import case

HEAVY = {"pandas", "numpy", "plotly", "dateparser", "rich", "click", "pydantic"}
TOLD = "import atexit, sys; atexit.register(lambda: print(sorted(sys.modules), file=sys.stderr))"


def loaded(*words: str) -> set[str]:
    """Every module that a command loads."""
    program = f"{TOLD}\nfrom flipflop.cli import main\nmain({list(words)!r})"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    return set(ast.literal_eval(done.stderr.splitlines()[-1]))


ADD = ["add", "--speaker", "jane-roe", "--topic", "tax", "--stance", "oppose", "--said", "2020-02-01T10:00Z"]
ABROAD = [*ADD[:-1], "9 juillet 2017"]


@pytest.fixture
def store(tmp_path: Path) -> str:
    return str(case(tmp_path))


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["list", "--help"], ["timeline", "--help"]])
def test_help_loads_nothing_heavy_and_no_store(words: list[str]) -> None:
    found = loaded(*words)

    assert found & HEAVY == set()
    assert "sqlite3" not in found


@pytest.mark.parametrize("add", [ADD, ABROAD], ids=["in numbers", "in French"])
def test_add_loads_nothing_heavy_and_no_other_verb(store: str, add: list[str]) -> None:
    found = loaded("-s", store, *add, "--source", "https://e.org", "No.")

    assert found & HEAVY == set()
    verbs = {name for name in found if name.startswith("flipflop.cli.")}
    assert verbs == {
        f"flipflop.cli.{name}" for name in ("add", "answers", "app", "base", "options", "signing", "terminal")
    }


def test_add_loads_few_modules_of_ours(store: str) -> None:
    found = {name for name in loaded("-s", store, *ADD, "--source", "https://e.org", "No.") if "flipflop" in name}

    assert len(found) <= 50, sorted(found)


@pytest.mark.parametrize(
    "words", [["verify"], ["export", "-o", "-"], ["show", "jane-roe"], ["log"], ["when", "2020-01-01"]]
)
def test_verbs_that_draw_and_count_nothing_load_no_pandas(store: str, words: list[str]) -> None:
    assert loaded("-s", store, *words) & HEAVY == set()
