"""Whoever edits one row of a sealed store, whatever its table, is found out, or has changed nothing that it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.harness.edits import go_through

if TYPE_CHECKING:
    from collections.abc import Callable


def test_each_edit_that_changes_what_a_store_says_is_found(places: Callable[[], str]) -> None:
    came = go_through(places(), 40, 0)

    assert came["found"] > came.get("says the same", 0)
    assert came["refused"] > 0
