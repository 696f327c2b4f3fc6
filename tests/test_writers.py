"""Eight programs record in one store at once: every append is acknowledged, none fails, one chain holds them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.harness.processes import together, wrong_after

if TYPE_CHECKING:
    from pathlib import Path

WHERE = ["sqlite"]


@pytest.fixture(params=WHERE)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store of each kind that there is, not yet made."""
    return str(tmp_path / "s.db")


def test_eight_writers_at_once_are_all_heard(where: str) -> None:
    found = together(where, writers=8, appends=25)
    assert found.errors == []
    assert found.acknowledged == 200
    assert list(wrong_after(where, found)) == []
