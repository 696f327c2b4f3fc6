"""What a real store makes of random histories is what the oracle says: in any order, mended, withdrawn, as of then.

``python -m tests.harness.detection --stored`` compares as many as one likes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from tests.stored_histories import END, differing, history_at, random_log

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", range(0, 24, 6))
def test_a_store_gives_the_rows_of_the_oracle_now_and_as_of_then(seed: int, tmp_path: Path) -> None:
    found = {one: differing(one, str(tmp_path / f"{one}.db")) for one in range(seed, seed + 6)}

    assert {one: places for one, places in found.items() if places} == {}


def test_all_that_happens_to_a_record_happens_to_these() -> None:
    logs = [random_log(seed) for seed in range(48)]
    kinds = {type(entry.event) for log in logs for entry in log.entries}
    withdrawn = {type(entry.about) for log in logs for entry in log.entries if isinstance(entry.event, ff.Retraction)}

    assert {ff.Correction, ff.Retraction, ff.Redaction, ff.Ruling, ff.SpeaksFor} <= kinds
    assert {ff.Statement, ff.Coding, ff.Ruling, ff.SpeaksFor, ff.Correction, ff.Retraction} <= withdrawn
    assert any(len(history_at(log, END).statements) < len(log.history.statements) for log in logs)
