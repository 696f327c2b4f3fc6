"""Eight programs record in one store at once: every append is acknowledged, none fails, one chain holds them all."""

from __future__ import annotations

from tests.harness.processes import together, wrong_after


def test_eight_writers_at_once_are_all_heard(where: str) -> None:
    found = together(where, writers=8, appends=25)
    assert found.errors == []
    assert found.acknowledged == 200
    assert list(wrong_after(where, found)) == []
