"""What the shell offers while a command is typed, asked as bash, zsh and fish ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli_running import add, case, flipflop

PROGRAM = Path(sys.executable).with_name("flipflop")
SECOND = ("speaker", "add", "John Doe", "--alias", "@doe")


def environment(store: Path | None, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"FLIPFLOP_STORE", "PYTHONPATH"}}
    return kept | ({"FLIPFLOP_STORE": str(store)} if store else {}) | more


def answered(shell: str, line: str, store: Path | None = None, cwd: Path | None = None) -> str:
    """What a shell gets for a line whose last word is not finished."""
    words = line.split(" ")
    asked = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    told = environment(store, _FLIPFLOP_COMPLETE=f"complete_{shell}", **asked)
    done = subprocess.run([PROGRAM], env=told, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.strip()


def offers(line: str, store: Path | None = None, cwd: Path | None = None) -> list[str]:
    return answered("bash", line, store, cwd).split()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    found = case(tmp_path)
    flipflop(*SECOND, "-s", found)
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("flipflop add --speaker ", ["jane-roe", "john-doe"]),
        ("flipflop add --speaker jo", ["john-doe"]),
        ("flipflop list --speaker=ja", ["jane-roe"]),
        ("flipflop list --topic ", ["tax"]),
        ("flipflop speaks-for jane-roe jo", ["john-doe"]),
        ("flipflop retract j", ["jane-roe", "john-doe"]),
    ],
)
def test_speakers_and_topics_are_offered(store: Path, line: str, expected: list[str]) -> None:
    assert offers(line, store) == expected


def test_ids_of_statements_are_offered_the_last_one_first(store: Path) -> None:
    last = add(store, "Raise them.", said="2020-02-01").lines[0]

    first, second = offers("flipflop code ", store)

    assert first == last
    assert offers(f"flipflop code {second[:3]}", store) == [second]
    assert offers("flipflop rule ", store) == [first, second]
    assert offers("flipflop show ", store) == ["jane-roe", "john-doe", "tax", first, second]


def test_a_statement_is_offered_with_its_words(store: Path) -> None:
    (label,) = answered("fish", "flipflop code ", store).split("\t")[1:]

    assert label == "jane-roe, Cut them."
    assert '":"jane-roe, Cut them."' in answered("zsh", "flipflop code ", store)


def test_the_store_is_the_one_that_is_named_on_the_line(store: Path, tmp_path: Path) -> None:
    assert offers(f"flipflop -s {store} list --speaker ja") == ["jane-roe"]
    assert offers(f"flipflop list -s {store} --speaker ja", tmp_path / "another.db") == ["jane-roe"]


def test_where_no_store_can_be_read_nothing_is_offered_and_nothing_said(tmp_path: Path) -> None:
    strange, empty = tmp_path / "strange.db", tmp_path / "empty.db"
    strange.write_bytes(b"no store" * 100)
    empty.touch()
    before = sorted(tmp_path.iterdir())

    for place in (strange, empty, tmp_path / "none.db", tmp_path):
        assert offers("flipflop add --speaker ", place) == []
    assert offers("flipflop add --speaker ", cwd=tmp_path) == []
    assert sorted(tmp_path.iterdir()) == before


def test_a_server_that_is_not_there_offers_nothing(tmp_path: Path) -> None:
    assert offers("flipflop add -s postgresql://localhost:1/none --speaker ", cwd=tmp_path) == []


def test_a_zone_that_is_warned_of_says_nothing_while_a_line_is_typed(store: Path) -> None:
    assert offers("flipflop list --tz EST --speaker ja", store) == ["jane-roe"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_no_mark_that_a_shell_runs_goes_out_with_a_label(store: Path, shell: str) -> None:
    add(store, r"""It's \$(hit) `hit` "x" \\" ; | [red] $HOME 'y': (z) <b>""", said="2020-02-01")

    label = answered(shell, "flipflop code ", store).splitlines()[0]

    assert "jane-roe, It\u2019s hit hit x red HOME \u2019y\u2019 z b" in label


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_fills_in_what_is_offered(store: Path, tmp_path: Path) -> None:
    told = environment(store, _FLIPFLOP_COMPLETE="source_bash")
    script = tmp_path / "complete.sh"
    script.write_text(subprocess.run([PROGRAM], env=told, capture_output=True, text=True, check=True).stdout, "utf-8")
    asked = (
        f". {script}; COMP_WORDS=(flipflop list --speaker jo); COMP_CWORD=3; "
        '$(complete -p flipflop | sed "s/.*-F \\([^ ]*\\).*/\\1/") flipflop; echo "${COMPREPLY[*]}"'
    )
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", asked], env=environment(store, PATH=path), capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["john-doe"]


def test_no_verb_loads_what_completion_needs(store: Path) -> None:
    seen = (
        "import sys; from flipflop.cli import main\n"
        "try: main()\n"
        "finally: print('flipflop.cli.completion' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", seen, "show", "jane-roe"],
        env=environment(store), capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.splitlines()[-1] == "False"
