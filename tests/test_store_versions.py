"""Stores that an earlier flipflop made: brought up to date by who may write, read as they are by who may not."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

import flipflop as ff
from flipflop.store import backend, restore
from flipflop.store.log import rules
from flipflop.store.sql.columns import CHAIN_START, micros
from flipflop.store.sql.kinds import KIND_CODES
from flipflop.store.sqlite import schema as file_schema
from tests.postgres_stores import selected
from tests.store_cases import DECLARED, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flipflop.records import Event
    from tests.postgres_stores import Databases

DATA = Path(__file__).parent / "data"
OF_BOTH = ("word", "event", "about", *KIND_CODES, "setting", "export")
"""Tables that versions 1 and 2 had too; what follows from them they kept otherwise."""
KEPT = {
    1: "INSERT INTO gone SELECT * FROM now.gone; INSERT INTO review SELECT * FROM now.review;"
    "INSERT INTO coded SELECT * FROM now.coded;"
    "INSERT INTO mended SELECT seq, '[11]', body, speaker, said_from, said_until FROM now.mended;"
}
DEFINITIONS = "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2"


def old(path: Path, version: int, events: Callable[[], Iterable[Event]]) -> Path:
    """Make a store as an earlier version would have left it: without what the chain says today of targets."""
    lines, links = [], CHAIN_START
    with ff.Store(path.with_suffix(".now")) as store:
        store.append(events())
        for record in store.log():
            line = record.to_json()
            links = rules.link(links, record.seq, micros(record.recorded_at), bytes.fromhex(record.id), record.kind)
            lines.append(line | {"chain": links.hex()})
    with ff.Store(path.with_suffix(".old")) as store:
        store.replay(lines)
        assert store.verify() == []
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        sql.executescript((DATA / f"schema-{version}.sql").read_text("utf-8"))
        sql.executescript(f"PRAGMA application_id = {backend.APPLICATION_ID}; PRAGMA user_version = {version};")
        sql.execute("PRAGMA journal_mode = WAL")
        sql.execute("ATTACH ? AS now", (str(path.with_suffix(".old")),))
        for table in OF_BOTH:
            columns = ", ".join(row[1] for row in sql.execute(f"PRAGMA main.table_info({table})"))
            sql.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}")
        sql.executescript(KEPT[1])
    return path


def everything() -> list[Event]:
    """Something of most kinds, a withdrawal by slug among them, one of which the declaration is redacted."""
    one, two, gone = statement(), statement("bob"), statement()
    carl = ff.Speaker("carl", "Carl")
    return [
        *(*DECLARED, one, two, gone, coding(one), coding(two), coding(gone)),
        *(correction(one, text="mended"), retraction(two), redaction(gone)),
        *(carl, ff.Retraction("carl", "twice", "Editor"), redaction(carl), ff.Speaker("carl", "Carl C.")),
    ]


@pytest.fixture(params=[1, 2])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A store of version 1 or 2 in which something of most kinds is recorded."""
    return old(tmp_path / "s.db", request.param, everything)


def log(path: Path, *, read_only: bool = False) -> list[object]:
    with ff.Store(path, read_only=read_only) as store:
        assert store.verify() == []
        return [record.to_json() for record in store.log()]


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as sql:
        (found,) = sql.execute("PRAGMA user_version").fetchone()
        return int(found)


def test_a_store_of_an_earlier_version_is_brought_up_to_date_with_all_that_it_holds(path: Path, tmp_path: Path) -> None:
    assert log(path) == log(tmp_path / "s.old")

    assert version(path) == backend.VERSION
    with closing(sqlite3.connect(path)) as sql, closing(sqlite3.connect(tmp_path / "s.old")) as fresh:
        assert sql.execute(DEFINITIONS).fetchall() == fresh.execute(DEFINITIONS).fetchall()


def test_what_was_recorded_before_stays_append_only_and_goes_on(path: Path) -> None:
    with ff.Store(path) as store:
        recorded = store.append([statement(), statement("bob")]).recorded
        (known,) = store.append([DECLARED[0]]).skipped
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            store._db.sql.execute("UPDATE event SET recorded_at = 0")
        assert store._db.sql.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert store.verify() == []

    assert [stamp.seq for stamp in recorded] == [18, 19]
    assert known.why == "known"


def test_a_redaction_of_today_binds_what_a_retraction_of_an_earlier_version_withdrew(path: Path) -> None:
    with ff.Store(path) as store:
        store.append(redaction(next(r.event for r in store.log() if isinstance(r.event, ff.Retraction))))
        seal = store.seal()
        (seq,) = store._db.sql.execute("SELECT min(seq) FROM retraction").fetchone() or (0,)
        with store._writing(), store._tables.working():
            store._db.sql.execute("DELETE FROM about WHERE seq <> ? AND target = 6", (seq,))

        assert store.verify(sealed=[seal]) != []


def test_a_reader_reads_and_verifies_an_earlier_version_and_leaves_it_as_it_is(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()

    assert log(path, read_only=True) == log(tmp_path / "s.old")
    assert path.read_bytes() == before


def test_a_backup_of_an_earlier_version_is_restored_as_the_version_of_today(path: Path, tmp_path: Path) -> None:
    before = version(path)

    restore(path, tmp_path / "restored.db")

    assert (version(path), version(tmp_path / "restored.db")) == (before, backend.VERSION)
    assert log(tmp_path / "restored.db") == log(tmp_path / "s.old")


def test_a_store_that_cannot_be_brought_up_to_date_stays_as_it_was(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = version(path)
    cut_short = (
        file_schema.MIGRATIONS[2]
        + "INSERT INTO event SELECT 99, id, kind, recorded_at, NULL, chain, about FROM event;\n"
    )
    with monkeypatch.context() as broken:
        broken.setattr(file_schema, "MIGRATIONS", {1: "", 2: cut_short})
        with pytest.raises(ff.StoreError, match=r"cannot bring .* up to date: .*restore a backup"):
            ff.Store(path)

    assert version(path) == before
    assert log(path) == log(tmp_path / "s.old")


@pytest.mark.parametrize("after", [0.02, 0.1, 0.2, 0.3])
def test_a_store_whose_coming_up_to_date_was_killed_opens_whole(tmp_path: Path, after: float) -> None:
    path = old(tmp_path / "s.db", 2, lambda: [*DECLARED, *(statement() for _ in range(3000))])
    script = f"import flipflop as ff; print(1, flush=True); ff.Store({str(path)!r})"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as opening:
        assert opening.stdout is not None
        opening.stdout.readline()
        time.sleep(after)
        opening.kill()

    assert log(path) == log(tmp_path / "s.old")


def test_a_server_of_version_2_is_brought_up_to_date_by_its_owner(databases: Databases, tmp_path: Path) -> None:
    old(tmp_path / "s.db", 2, everything)
    with databases.bare() as url, closing(sqlite3.connect(tmp_path / "s.db")) as file:
        with psycopg.connect(url, autocommit=True) as sql:
            sql.execute((DATA / "schema-2-postgres.sql").read_bytes().replace(b"CREATE SCHEMA flipflop;", _NEW_SCHEMA))
            sql.execute("SET session_replication_role = replica")
            for table in OF_BOTH:
                rows = file.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
                given = "OVERRIDING SYSTEM VALUE" if table == "word" else ""
                for row in rows:
                    sql.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
                    marks = ", ".join(["%s"] * len(row))
                    sql.execute(f"INSERT INTO {table} {given} VALUES ({marks})".encode(), row)
            sql.execute("SELECT setval('word_key_seq', max(key)) FROM word")

        with pytest.raises(ff.StoreError, match=r"older schema .*its owner brings it up to date"):
            ff.Store(url, read_only=True)
        with ff.Store(url) as store:
            assert store.verify() == []
            assert [record.to_json() for record in store.log()] == log(tmp_path / "s.old")
            assert len(store.append(DECLARED).skipped) == len(DECLARED)
            assert store.verify() == []
        assert selected(url, "SELECT max(version) AS version FROM version") == [{"version": backend.VERSION}]


_NEW_SCHEMA = b"CREATE SCHEMA flipflop; SET search_path = flipflop;"
