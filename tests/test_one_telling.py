"""What is told has one home: dates and zones become words in ``when`` only, and each phrase stands in one module."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).resolve().parents[1] / "src" / "flipflop"
MODULES = sorted(SOURCE.rglob("*.py"))

PHRASES = {
    "none recorded": "text/sources.py",
    "No innocent reading was found": "text/rulings.py",
    "not after": "when/telling.py",
    "reported, not a quotation": "text/quotations.py",
    "All times in": "when/zone_words.py",
    "Record as of": "text/numbers.py",
    "In this record:": "text/numbers.py",
}
OTHERWISE = {
    ("not after", "when/ranges.py"): "reads it, as people type it",
    ("not after", "ingest/moments.py"): "writes what a person could have typed, for the moment of an event",
    ("not after", "cli/options.py"): "a help page quotes it",
    ("not after", "frames/reading.py"): "an error compares two columns; it tells no moment",
}
"""Where a phrase stands besides its home, and why that tells nothing anew."""

ELSEWHERE = {
    ("figures/draw.py", "%H:%M:%S\n%-d %b %Y"): "ticks that plotly writes itself while one looks closer",
    ("figures/draw.py", "%H:%M\n%-d %b %Y"): "likewise",
    ("figures/draw.py", "%-d %b\n%Y"): "likewise",
    ("figures/draw.py", "%b\n%Y"): "likewise",
    ("figures/draw.py", "%Y"): "likewise",
    ("figures/zone.py", "tzname"): "the method that Python asks of a class of zones; it asks the zone within",
    ("store/sqlite/restore.py", "%Y%m%dT%H%M%S.%fZ"): "the name of a file",
    ("store/sql/views.py", "strftime('%Y-%m-%dT%H:%M:%SZ', {} / 1000000, 'unixepoch')"): "a column of SQL in ISO 8601",
}
"""What else has formats and names of zones outside ``when``, and what for."""

_DATE_CODE = re.compile("%-?[aAbBcdDeFGHIjklmMpPrRsSTuUVwWxXyYzZ]")


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def name_of(module: Path) -> str:
    return module.relative_to(SOURCE).as_posix()


def docstrings(module: Path) -> set[int]:
    """The nodes of all docstrings, also of those below a name: they tell programmers."""
    bodies = (getattr(node, "body", []) for node in ast.walk(tree(module)))
    lines = (line for body in bodies if isinstance(body, list) for line in body if isinstance(line, ast.Expr))
    return {id(line.value) for line in lines}


def literals(module: Path) -> Iterator[str]:
    """Every text of a module that is no docstring; the parts of an f-string one by one."""
    explained = docstrings(module)
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            yield node.value


def words_made(module: Path) -> Iterator[str]:
    """What makes words of dates or zones: formats with % codes, strftime, tzname, names of months, UTC+."""
    yield from (text for text in literals(module) if _DATE_CODE.search(text) and not _percent(text))
    yield from (text for text in literals(module) if "UTC+" in text)
    for node in ast.walk(tree(module)):
        match node:
            case ast.Attribute(attr=("strftime" | "tzname") as name):
                yield name
            case ast.Import(names=names) if any(alias.name == "calendar" for alias in names):
                yield "calendar"
            case ast.ImportFrom(module="calendar"):
                yield "calendar"
            case ast.Name(id="MONTHS") | ast.alias(name="MONTHS"):
                yield "MONTHS"


def _percent(text: str) -> bool:
    """Tell whether the percents of a text are those of numbers, addresses or styles."""
    return bool(re.search(r"\d%|%[0-9A-F]{2}", text))


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_only_when_makes_words_of_dates_and_zones(module: Path) -> None:
    if module.parent == SOURCE / "when":
        return
    found = {text for text in words_made(module) if (name_of(module), text) not in ELSEWHERE}

    assert found == set()


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_stands_in_one_module(phrase: str) -> None:
    found = {name_of(module) for module in MODULES if any(phrase in text for text in literals(module))}

    assert {name for name in found if (phrase, name) not in OTHERWISE} == {PHRASES[phrase]}


def test_every_exception_is_still_needed() -> None:
    made = {(name_of(module), text) for module in MODULES for text in words_made(module)}
    told = {
        (phrase, name_of(module))
        for phrase in PHRASES
        for module in MODULES
        if any(phrase in text for text in literals(module))
    }

    assert ELSEWHERE.keys() - made == set()
    assert OTHERWISE.keys() - told == set()


@pytest.mark.parametrize(
    "line",
    [
        'words = f"{moment:%d %B %Y}"',
        'words = format(moment, "%H:%M")',
        'words = moment.strftime("x")',
        "words = moment.tzname()",
        "import calendar",
        "from calendar import month_name",
        "from flipflop.when.words import MONTHS",
        'words = f"UTC+{hours}"',
    ],
)
def test_words_made_elsewhere_would_be_found(line: str, tmp_path: Path) -> None:
    module = tmp_path / "elsewhere.py"
    module.write_text(line, "utf-8")

    assert [*words_made(module)]
