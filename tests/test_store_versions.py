"""Stores that an earlier flipflop made: brought up to date by who may write, read as they are by who may not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING

import psycopg
import pytest

import flipflop as ff
from flipflop.store import restore
from flipflop.store.sql import schema
from flipflop.store.sqlite import schema as file_schema
from tests.postgres_stores import selected
from tests.store_cases import DECLARED, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres_stores import Databases

TABLES = ("word", "event", "about", "speaker", "topic", "statement", "coding", "correction", "retraction", "redaction")
DERIVED = ("setting", "export", "gone", "mended", "review", "coded")
VERSION_1 = "ce42a181c9a3d26809284ef258e9291e59510e0d2959a39f6f36e7c3939dd7c9"
"""SHA-256 of all definitions of version 1, as SQLite keeps them."""
DEFINITIONS = "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of version 1 in which something of most kinds is recorded."""
    one, two, gone = statement(), statement("bob"), statement()
    with ff.Store(tmp_path / "now.db") as store:
        store.append([*DECLARED, one, two, gone, coding(one), coding(two), coding(gone)])
        store.append([correction(one, text="mended"), retraction(two), redaction(gone)])
    path = tmp_path / "s.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        sql.executescript(f"{file_schema.creation(1)} PRAGMA application_id = {schema.APPLICATION_ID};")
        sql.executescript("PRAGMA user_version = 1; PRAGMA journal_mode = WAL;")
        sql.execute("ATTACH ? AS now", (str(tmp_path / "now.db"),))
        for table in (*TABLES, *DERIVED):
            sql.execute(f"INSERT INTO main.{table} SELECT * FROM now.{table}")
    return path


def log(path: Path, **ways: bool) -> list[object]:
    with ff.Store(path, **ways) as store:
        assert store.verify() == []
        return [record.to_json() for record in store.log()]


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as sql:
        (found,) = sql.execute("PRAGMA user_version").fetchone()
        return int(found)


def test_what_version_1_was_is_known_for_good() -> None:
    with closing(sqlite3.connect(":memory:")) as sql:
        sql.executescript(file_schema.creation(1))
        assert sha256(repr(sql.execute(DEFINITIONS).fetchall()).encode()).hexdigest() == VERSION_1


def test_a_store_of_version_1_is_brought_up_to_date_with_all_that_it_holds(path: Path, tmp_path: Path) -> None:
    assert log(path) == log(tmp_path / "now.db")

    assert version(path) == schema.VERSION
    with closing(sqlite3.connect(path)) as sql, closing(sqlite3.connect(tmp_path / "now.db")) as fresh:
        assert sql.execute(DEFINITIONS).fetchall() == fresh.execute(DEFINITIONS).fetchall()


def test_what_was_recorded_before_stays_append_only_and_goes_on(path: Path) -> None:
    with ff.Store(path) as store:
        recorded = store.append([statement(), statement("bob")]).recorded
        (known,) = store.append([DECLARED[0]]).skipped
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            store._db.sql.execute("UPDATE event SET recorded_at = 0")
        assert store._db.sql.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert store.verify() == []

    assert [stamp.seq for stamp in recorded] == [14, 15]
    assert known.why == "known"


def test_a_reader_reads_and_verifies_version_1_as_it_is(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()

    assert log(path, read_only=True) == log(tmp_path / "now.db")
    assert path.read_bytes() == before


def test_a_backup_of_version_1_is_restored_as_the_version_of_today(path: Path, tmp_path: Path) -> None:
    restore(path, tmp_path / "restored.db")

    assert (version(path), version(tmp_path / "restored.db")) == (1, schema.VERSION)
    assert log(tmp_path / "restored.db") == log(tmp_path / "now.db")


def test_a_store_that_cannot_be_brought_up_to_date_stays_as_it_was(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_short = {
        1: file_schema.MIGRATIONS[1] + "INSERT INTO event SELECT 99, id, kind, recorded_at, chain FROM event;\n"
    }
    with monkeypatch.context() as broken:
        broken.setattr(file_schema, "MIGRATIONS", cut_short)
        with pytest.raises(ff.StoreError, match=r"cannot bring .* up to date: .*restore a backup"):
            ff.Store(path)

    assert version(path) == 1
    assert log(path) == log(tmp_path / "now.db")


def test_a_server_of_version_1_is_read_as_it_is_and_brought_up_to_date(databases: Databases) -> None:
    with databases.bare() as url:
        with ff.Store(url) as store:
            store.append(DECLARED)
        with psycopg.connect(url, autocommit=True) as sql:
            sql.execute("SET search_path = flipflop; DROP INDEX event_by_id; ALTER TABLE event ADD UNIQUE (id)")
            sql.execute("UPDATE flipflop.version SET version = 1")

        with ff.Store(url, read_only=True) as store:
            assert len(list(store.log())) == len(DECLARED)
        with ff.Store(url) as store:
            assert len(store.append(DECLARED).skipped) == len(DECLARED)
            assert store.verify() == []

        assert selected(url, "SELECT max(version) AS version FROM version") == [{"version": schema.VERSION}]
        found = selected(url, "SELECT indexname FROM pg_indexes WHERE tablename = 'event' ORDER BY 1")
        assert [row["indexname"] for row in found] == ["event_by_id", "event_pkey"]
