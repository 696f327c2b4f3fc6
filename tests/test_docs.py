"""What the documents show is run, and what there is to document is documented."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import pytest
from msgspec.structs import fields
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

import flipflop as ff
from flipflop import records
from flipflop.cli.app import FIRST, MORE
from flipflop.frames import CONTRACTS
from flipflop.when import Precision

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TOLERANT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def console(example: Example) -> None:
    """Run each command after ``$``; compare what it prints where the page shows that; ``error:`` expects exit 1."""
    for session in re.split(r"^\$ ", str(example.parsed), flags=re.MULTILINE)[1:]:
        command, _, expected = session.replace("\\\n", "").partition("\n")
        environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "200"}
        done = subprocess.run(
            command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )

        assert done.returncode == ("error:" in expected), f"{command}\n{done.stdout}"
        if expected.strip():
            assert doctest.OutputChecker().check_output(expected, done.stdout, TOLERANT), f"{command}\n{done.stdout}"


SYBIL = Sybil([PythonCodeBlockParser(doctest_optionflags=TOLERANT), CodeBlockParser("console", console)])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "datasets").symlink_to(ROOT / "datasets")
    monkeypatch.chdir(tmp_path)

    document = SYBIL.parse(page)
    for example in document:
        example.evaluate()

    for store in document.namespace.values():
        if isinstance(store, ff.Store):
            store.close()


@pytest.mark.parametrize("name", [module.name for module in pkgutil.walk_packages(ff.__path__, "flipflop.")])
def test_every_example_of_a_docstring_runs(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name), optionflags=TOLERANT).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_of_ours_leads_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_index_leads_to_every_page() -> None:
    links = set(re.findall(r"\]\(([^)#]+)", (ROOT / "docs" / "index.md").read_text("utf-8")))

    assert {page.name for page in (ROOT / "docs").glob("*.md")} - links == {"index.md"}


def test_every_public_name_is_documented() -> None:
    documented = set(re.findall(r"ff\.(\w+)", (ROOT / "docs" / "python.md").read_text("utf-8")))

    assert {*dir(ff)} - {"__version__"} - documented == set()


def test_every_verb_is_documented() -> None:
    documented = set(re.findall(r"flipflop ([a-z-]+)", (ROOT / "docs" / "cli.md").read_text("utf-8")))

    assert {*FIRST, *MORE} - documented == set()


def section(title: str) -> str:
    """The text under a heading of the data dictionary."""
    parts = re.split(
        r"^#+ `?(\w+)`?.*\n", (ROOT / "docs" / "data-dictionary.md").read_text("utf-8"), flags=re.MULTILINE
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))[title]


def first_cells(text: str) -> set[str]:
    """What stands in backticks in the first column of a table."""
    return {name for row in re.findall(r"^\| (`[^|]*)\|", text, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}


@pytest.mark.parametrize(
    "record", [*records.KINDS.values(), ff.Source, ff.Answer, ff.When], ids=lambda kind: kind.__name__
)
def test_the_data_dictionary_has_every_field(record: type) -> None:
    told = {"event": "target"} if record in records.KINDS.values() else {}

    assert first_cells(section(record.__name__)) == {told.get(field.name, field.name) for field in fields(record)}


@pytest.mark.parametrize("frame", CONTRACTS)
def test_the_data_dictionary_has_every_column(frame: str) -> None:
    assert first_cells(section(frame)) == set(CONTRACTS[frame])


WORDS: tuple[type[StrEnum], ...] = (
    records.SpeakerKind, records.TopicKind, records.Form, records.Stance, records.Outcome, records.Degree,
    records.Explanation, records.Framing, records.Lineage, records.Act, records.Reaction, records.RoleStanding,
    records.Grade, records.Match, Precision,
)  # fmt: skip


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.__name__)
def test_the_data_dictionary_has_every_word_of_a_closed_set(words: type[StrEnum]) -> None:
    page = (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")

    assert [word for word in words if f"`{word}`" not in page] == []
