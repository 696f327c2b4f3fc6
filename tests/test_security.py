"""The page on security names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "security.md"


def test_every_test_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE.read_text("utf-8")))
    there = {
        name for path in TESTS.glob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    }

    assert named - there == set()
    assert len(named) > 20


def test_every_promise_names_a_test() -> None:
    (table,) = re.findall(r"\n\|---\|---\|---\|---\|\n((?:\|.*\n)+)", PAGE.read_text("utf-8"))

    assert [row for row in table.splitlines() if "`test_" not in row.split("|")[4]] == []
