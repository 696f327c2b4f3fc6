"""What the help pages promise, and the reference made of them."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from flipflop import __version__
from flipflop.cli.app import FIRST, MORE
from flipflop.cli.reference import reference
from tests.cli_running import SHELL_COMMAND, flipflop

ROOT = Path(__file__).parents[1]
VERBS = [*FIRST, *MORE, "speaker add", "speaker list", "topic add", "topic list"]


def test_help_shows_eight_verbs_first() -> None:
    told = flipflop("--help").out
    first, more = (
        set(re.findall(r"^  ([a-z-]+)  ", part, re.MULTILINE)) for part in told.split("Commands:")[1].split("More:")
    )

    assert first == {"demo", "add", "import", "list", "show", "reversals", "rule", "timeline"}
    assert more == set(MORE)
    assert "..." not in told.split("Commands:")[1]


@pytest.mark.parametrize("verb", VERBS)
def test_every_help_page_has_an_example(verb: str) -> None:
    done = flipflop(*verb.split(), "--help")

    assert done.code == 0
    assert f"flipflop {verb.split()[0]}" in done.out.split("Examples:")[1].replace("flipflop -s cyber.db ", "flipflop ")


def test_the_reference_is_what_the_help_pages_say() -> None:
    written = (ROOT / "docs" / "cli.md").read_text("utf-8")

    assert written == reference(), "stale: python -m flipflop.cli.reference > docs/cli.md"


@pytest.mark.parametrize(
    ("typed", "meant"), [("reversal", "'reversals'"), ("lits", "'list'"), ("timelin", "'timeline'")]
)
def test_a_misspelt_verb_is_answered_with_the_nearest(typed: str, meant: str) -> None:
    done = flipflop(typed)

    assert (done.code, meant in done.err) == (2, True)


def test_the_version_is_told() -> None:
    assert flipflop("--version") == (0, f"flipflop {__version__}\n", "")


def test_no_words_at_all_show_the_help() -> None:
    assert "Commands:" in "".join(flipflop()[1:])


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("flipflop rev", {"reversals"}),
        ("flipflop speaker ", {"add", "list"}),
        ("flipflop add --sta", {"--stance"}),
        ("flipflop add --stance stro", {"strongly_oppose", "strongly_support"}),
    ],
)
def test_the_shell_completes_verbs_options_and_words(typed: str, offered: set[str]) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split(" ")) - 1), "_FLIPFLOP_COMPLETE": "complete_bash"}
    program = [*SHELL_COMMAND[:2], "import sys; sys.argv[0] = 'flipflop'; from flipflop.cli import main; main()"]

    done = subprocess.run(program, env={**os.environ, **words}, capture_output=True, text=True, check=False)

    assert set(done.stdout.split()) == offered
