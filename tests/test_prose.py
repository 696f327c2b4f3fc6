"""Our Markdown has one sentence a line, so that a change of one sentence is a change of one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WRITTEN_BY_A_PROGRAM = {"cli.md"}  # tests/test_cli_help.py holds it to the help pages
PAGES = [
    page
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("datasets/*/README.md"))
    if page.name not in WRITTEN_BY_A_PROGRAM
]

NO_PROSE = re.compile(r"^ *```.*?^ *```$|<!--.*?-->|^ *\|.*?$|^#.*?$", re.MULTILINE | re.DOTALL)
MARKER = re.compile(r"^(?: |>)*(?:[-*+] +|\d+\. +)?")
QUOTED = re.compile(r"(`+).+?\1|!?\[[^]]*\]\([^)]*\)|“[^”]*”|\"[^\"]*\"")
SHORTENED = re.compile(r"\b(?:e\.g|i\.e|etc|cf|vs|Mr|Mrs|Ms|Dr|St|[Nn]o|pp?|ca|[A-Z])\.")
TWO_SENTENCES = re.compile(r"[.!?][)*_]* +[^\s·]")


def lines_of_two_sentences(page: str) -> list[str]:
    """The lines of running text in which a sentence ends and another begins; what is quoted counts as one word."""
    prose = NO_PROSE.sub("", page).splitlines()
    plain = {line: SHORTENED.sub("x", QUOTED.sub("x", MARKER.sub("", line))) for line in prose}
    return [line for line in prose if TWO_SENTENCES.search(plain[line])]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_line_holds_two_sentences(page: Path) -> None:
    assert lines_of_two_sentences(page.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "One ends. Another begins.",
        "* **A promise.** What it means.",
        "> Quoted? Twice.",
        "It ends. `code` begins.",
        "(One in brackets.) Another without.",
        "  1. It ends. lower-case names begin too.",
    ],
)
def test_two_sentences_on_a_line_are_found(line: str) -> None:
    assert lines_of_two_sentences(line) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "1. One sentence in a numbered list.",
        "A short form, e.g. this one, or Mr. J. Example's.",
        'She said "No. Never." to him.',
        "The words “No. Never.” and the command `. .venv/bin/activate; run. Now` stand in it.",
        "[A title. With two parts](page.md) is a link.",
        "| One. Two. | Three. Four. |",
        "## 3. A heading. With two parts",
        "```text\nOne. Two.\n```",
        "<!-- One. Two. -->",
    ],
)
def test_what_is_no_running_text_or_one_sentence_is_left_alone(line: str) -> None:
    assert lines_of_two_sentences(line) == []
