"""Writers killed in the middle of their work: what they had acknowledged is there, batches are whole or absent."""

from __future__ import annotations

import itertools
from random import Random
from typing import TYPE_CHECKING

from tests.harness.afterwards import damage
from tests.harness.processes import declare, kills
from tests.store_cases import ANN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres_stores import Databases


def test_writers_that_are_killed_lose_nothing_that_they_acknowledged(tmp_path: Path) -> None:
    numbers = itertools.count()
    found, acknowledged = kills(lambda: str(tmp_path / f"{next(numbers)}.db"), Random(1), count=16)
    assert str(found) == "0 acknowledged lost, 0 torn, 0 corrupt"
    assert acknowledged


def test_writers_on_a_server_that_are_killed_lose_nothing_that_they_acknowledged(databases: Databases) -> None:
    with databases.lent() as fresh:
        found, acknowledged = kills(fresh, Random(2), count=5)
    assert str(found) == "0 acknowledged lost, 0 torn, 0 corrupt"
    assert acknowledged


def test_the_harness_sees_what_is_lost_and_what_is_torn(tmp_path: Path) -> None:
    declare(str(tmp_path / "s.db"))
    there, never = ANN.hash, "0" * 32
    found = damage(str(tmp_path / "s.db"), [there, never], [[there, never], [never]])
    assert str(found) == "1 acknowledged lost, 1 torn, 0 corrupt"
