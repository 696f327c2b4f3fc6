"""The index of codings by speaker, topic and moment: the check at "add" reads what it needs and no more."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import flipflop as ff
from flipflop.records import to_json
from flipflop.store.sql.derived_tables import POSITIONS
from tests.store_cases import DECLARED, coding, correction, retraction, said, statement

if TYPE_CHECKING:
    from pathlib import Path


def test_the_check_at_add_goes_through_no_table_of_codings_or_statements(tmp_path: Path) -> None:
    ff.Store(tmp_path / "s.db").close()
    with closing(sqlite3.connect(tmp_path / "s.db")) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {POSITIONS}", ("ann", "unit")).fetchall()

    read = [detail for *_, detail in plan if detail.startswith(("SCAN", "SEARCH"))]
    assert "SEARCH c USING PRIMARY KEY (speaker=? AND topic=?)" in read
    assert [detail for detail in read if detail.startswith("SCAN")] == []


def test_positions_are_told_as_the_statements_read_today(where: str) -> None:
    as_said, moved, given, withdrawn = (statement(at=minute) for minute in range(4))
    with ff.Store(where) as store:
        store.append([*DECLARED, as_said, moved, given, withdrawn])
        codings = [coding(one, "oppose") for one in (as_said, moved, given, withdrawn)]
        store.append([*codings, coding(as_said, "support", topic="talks")])
        store.append([correction(moved, said=to_json(statement(at=30))["said"]), correction(given, speaker="bob")])
        store.append(retraction(codings[3]))

        anns, bobs = (store.committed_positions(speaker, "unit") for speaker in ("ann", "bob"))
        other = store.committed_positions("ann", "talks")

    starts = {minute: int(said(minute).start.timestamp() * 1_000_000) for minute in (0, 2, 30)}
    assert [row[:3] for row in anns] == [(as_said.hash, -1, starts[0]), (moved.hash, -1, starts[30])]
    assert [row[:3] for row in bobs] == [(given.hash, -1, starts[2])]
    assert [row[:2] for row in other] == [(as_said.hash, 1)]
