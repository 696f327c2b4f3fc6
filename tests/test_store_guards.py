"""What is recorded is never changed, deleted or replaced, by whatever SQL anybody runs on the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.store.sql.derived_tables import DERIVED
from flipflop.store.sql.kinds import KIND_CODES
from tests.store_cases import DECLARED, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = "seq, id, kind, recorded_at, chain"
KEPT = ("event", "about", "word", "export", *KIND_CODES)
FOLLOWING = (*DERIVED, "setting")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with at least one event of each kind."""
    path = tmp_path_factory.mktemp("guards") / "s.db"
    one, two = statement(), statement("bob")
    ruling = ff.Ruling(one.hash, two.hash, "unit", "reversal", "none found", "Editor")  # type: ignore[arg-type]  # a word
    mended = correction(one, context="a broadcast")
    relation = ff.SpeaksFor("ann", "bob")
    with ff.Store.init(path, tz="Europe/Berlin") as store:
        store.append([*DECLARED, relation, one, two, coding(one), ruling, mended, retraction(mended)])
        gone = statement()
        store.append([gone, redaction(gone)])
        again = statement()
        store.append([again, coding(again), correction(again, text="mended")])
        store.exported(path.with_suffix(".jsonl"))
    return path


@pytest.fixture
def sql(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        yield connection
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("table", KEPT)
def test_no_row_is_changed(sql: sqlite3.Connection, table: str) -> None:
    columns = [row[1] for row in sql.execute(f"PRAGMA table_info({table})")]
    if table == "about":
        sql.execute("PRAGMA foreign_keys = OFF")
    for column in columns:
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            sql.execute(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("table", KEPT)
def test_no_row_is_deleted(sql: sqlite3.Connection, table: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        sql.execute(f"DELETE FROM {table}")


def test_no_word_in_use_is_deleted_even_while_flipflop_works(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("INSERT INTO working (none) VALUES (1)")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("DELETE FROM word")


@pytest.mark.parametrize("table", FOLLOWING)
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_nothing_that_follows_from_the_log_is_changed_or_deleted(
    sql: sqlite3.Connection, table: str, verb: str
) -> None:
    (column, *_) = [row[1] for row in sql.execute(f"PRAGMA table_info({table})")]
    with pytest.raises(sqlite3.IntegrityError, match=r"never (changed|deleted)"):
        sql.execute(verb.format(table, column, column))


@pytest.mark.parametrize(
    "query",
    [
        "INSERT INTO gone VALUES (6, 0)",
        "INSERT INTO about (target, seq) SELECT 1, seq FROM retraction",
        "INSERT INTO about (target, seq) VALUES (1, 6)",
        "INSERT INTO mended SELECT 7, body, speaker, said_from, said_until FROM mended",
        "INSERT INTO review VALUES (9)",
        "INSERT INTO setting VALUES ('by', 'Somebody')",
        "INSERT OR REPLACE INTO worded SELECT statement, randomblob(16) FROM worded",
    ],
)
def test_nothing_is_added_to_what_follows_from_the_log(sql: sqlite3.Connection, query: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never added by hand"):
        sql.execute(query)


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT"])
@pytest.mark.parametrize("table", [table for table in KEPT if table not in ("about", "export")])
def test_no_row_is_replaced(sql: sqlite3.Connection, table: str, verb: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        sql.execute(f"{verb} INTO {table} SELECT * FROM {table}")


def test_no_event_takes_the_id_of_another(sql: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        sql.execute(
            f"INSERT OR REPLACE INTO event ({COLUMNS}) SELECT 99, id, kind, recorded_at, chain FROM event LIMIT 1"
        )


def test_no_event_leaves_a_gap(sql: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="no gaps"):
        sql.execute(
            f"INSERT INTO event ({COLUMNS}) SELECT 99, randomblob(16), kind, recorded_at, chain FROM event LIMIT 1"
        )


def test_no_word_is_replaced_by_its_text(sql: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        sql.execute("INSERT OR REPLACE INTO word SELECT 999, text FROM word WHERE key = 1")


def test_a_body_goes_when_a_redaction_names_it_and_no_other_does(tmp_path: Path) -> None:
    one, two = statement(), statement()
    mended, other = correction(one, text="a"), correction(two, text="b")
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, one, two, mended, other, redaction(one)])

        assert [record.id for record in store.log() if record.event is None] == [one.hash, mended.hash]
