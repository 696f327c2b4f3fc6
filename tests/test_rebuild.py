"""What counts hangs on nothing but the log: all that follows from it can be lost, and is the same when made anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.store.sql.derived_tables import DERIVED
from tests.cli_running import flipflop
from tests.harness.edits import recorded, says
from tests.store_cases import DECLARED, coding, correction, redaction, retraction, statement
from tests.test_verify import tampered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("lost", ["DELETE FROM {};", "DROP TABLE {};"])
def test_tables_that_follow_from_the_log_come_back_as_they_were(tmp_path: Path, lost: str) -> None:
    path = tmp_path / "s.db"
    with ff.Store(path) as store:
        seal, before = recorded(store), says(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        (guards,) = sql.execute(
            "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger'"
        )
        sql.executescript(guards[0])
        sql.executescript(
            "".join(lost.format(table) for table in (*DERIVED, "about")[: -1 if "DROP" in lost else None])
        )

    assert "verify --rebuild" in flipflop("-s", path, "verify").out
    done = flipflop("-s", path, "verify", "--rebuild")

    assert done.code == 0, done.out
    with ff.Store(path) as store:
        assert store.verify(sealed=[seal]) == []
        assert says(store) == before


def test_a_row_put_beside_a_retraction_by_slug_withdraws_nothing_unseen(tmp_path: Path) -> None:
    one, two = statement(), statement(at=9)
    typo, out = ff.Topic("typo", "T", "Words."), ff.Retraction("typo", "a slip", "Editor")
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, one, two, coding(one), coding(two, "oppose"), typo, out])
        seal = store.seal()
    findings = tampered(
        tmp_path / "s.db",
        "INSERT INTO about (target, seq) SELECT 6, seq FROM retraction; INSERT INTO gone VALUES (6, 0)",
    )

    assert any("what this retraction is about, is kept wrongly" in finding for finding in findings)
    with ff.Store(tmp_path / "s.db") as store:
        assert store.verify(sealed=[seal]) != []
        store.rebuild()
        assert store.verify(sealed=[seal]) == []


@pytest.mark.parametrize("redacted", [False, True])
def test_a_retracted_correction_of_judged_words_survives_export_and_import(
    places: Callable[[], str], redacted: bool
) -> None:
    one = statement()
    mended = correction(one, text="otherwise")
    with ff.Store(places()) as store, ff.Store(places()) as other:
        for event in (*DECLARED, one, mended, coding(one), retraction(mended)):
            store.append(event)
        if redacted:
            store.append(redaction(one))

        other.replay(record.to_json() for record in store.log())

        for each in (store, other):
            assert each.verify() == []
            assert each.seal() == store.seal()
            assert list(each.codings()["needs_review"]) == ([] if redacted else [True])


def test_what_a_redacted_retraction_withdrew_stays_bound(tmp_path: Path) -> None:
    one, two = statement(), statement()
    out = retraction(one)
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, one, two, out, redaction(out)])

    findings = tampered(
        tmp_path / "s.db",
        "UPDATE about SET target = 6 WHERE seq = 7; DELETE FROM gone WHERE seq = 5; INSERT INTO gone VALUES (6, 0)",
    )

    assert any("what this retraction is about, is kept wrongly" in finding for finding in findings)
