"""Verify on a server: whatever is done behind flipflop's back is found there too, and named."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest

import flipflop as ff
from flipflop.store.postgres.schema import DERIVED, LOG, guards
from flipflop.store.sql.kinds import KIND_CODES
from tests.store_cases import DECLARED, beside, coding, correction, redaction, retraction, statement
from tests.test_verify import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_stores import Databases

GUARDED = (*LOG, *DERIVED, "coded")
OF_SQLITE = {"a reference", "words that are no words"}
"""What a server does not let happen, whoever asks: texts that are no UTF-8; or tells otherwise."""


@pytest.fixture(scope="module")
def store(databases: Databases) -> Iterator[ff.Store]:
    """A store with the kinds of event that the first version had, as ``tests.test_verify`` counts them."""
    one, two, gone = statement(), statement("bob"), statement()
    ruling = ff.Ruling(one.hash, two.hash, "unit", "reversal", "none found", "Editor")  # type: ignore[arg-type]  # a word
    mended, out = correction(one, text="mended"), retraction(coding(two))
    with ff.Store(databases.new()) as store:
        store.append([*DECLARED, ff.SpeaksFor("ann", "bob"), one, two, gone, coding(one), coding(two), coding(gone)])
        store.append([ruling, mended, out, redaction(gone)])
        assert store.verify() == []
        yield store
        assert store.verify() == []


@pytest.fixture(scope="module")
def full(databases: Databases) -> Iterator[ff.Store]:
    """A store with something of every kind in every table."""
    one, two, gone = statement(), statement("bob"), statement()
    ruling = ff.Ruling(one.hash, two.hash, "unit", "reversal", "none found", "Editor")  # type: ignore[arg-type]  # a word
    with ff.Store(databases.new()) as store:
        store.append([*DECLARED, ff.SpeaksFor("ann", "bob"), one, two, gone, coding(one), coding(two), coding(gone)])
        store.append([ruling, correction(one, text="mended"), retraction(coding(two)), redaction(gone), *beside(one)])
        yield store


@contextmanager
def behind(store: ff.Store, script: str, *, unguarded: bool = True) -> Iterator[None]:
    """Run some SQL as the owner of the server, with all guards taken down; take it back afterwards."""
    sql = store._db.sql
    sql.execute("BEGIN")
    try:
        for table in GUARDED if unguarded else ():
            sql.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement in script.replace("randomblob(16)", "decode(md5(random()::text), 'hex')").split(";"):
            sql.execute(statement)
        for table in GUARDED if unguarded else ():
            sql.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
        for guard in guards() if unguarded else ():
            sql.execute(f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}")
        yield
    finally:
        sql.execute("ROLLBACK")


@pytest.mark.parametrize("case", [case for case in CASES if case not in OF_SQLITE])
def test_what_was_changed_behind_the_guards_is_found(store: ff.Store, case: str) -> None:
    script, expected = CASES[case]

    with behind(store, script):
        findings = [str(finding) for finding in store.verify()]

    assert [finding for finding in findings if re.search(expected, finding)], findings
    assert all("; " in finding for finding in findings)


def test_a_reference_to_nothing_is_found(store: ff.Store) -> None:
    with behind(store, "UPDATE coding SET statement = 999 WHERE seq = 9"):
        findings = [str(finding) for finding in store.verify()]

    assert [finding for finding in findings if finding.startswith("event 9 ")], findings


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("DROP TRIGGER event_is_never_deleted ON event", "trigger event_is_never_deleted is missing"),
        ("ALTER TABLE event DISABLE TRIGGER event_is_never_changed", "event_is_never_changed .*switched off"),
        (
            "ALTER TABLE event ENABLE TRIGGER event_is_never_changed",
            "event_is_never_changed is not as flipflop makes it",
        ),
        ("ALTER TABLE coding DISABLE TRIGGER ALL", "the foreign keys of coding are switched off"),
        ("DROP VIEW statements", "view statements is missing"),
        (
            "CREATE TRIGGER x AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION refuse()",
            "trigger x of event is none of flipflop's",
        ),
        (
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL? END'",
            "function refuse of the triggers is not as flipflop makes it",
        ),
        ("DROP FUNCTION refuse() CASCADE", "function refuse of the triggers is missing"),
    ],
)
def test_guards_and_views_that_were_taken_out_are_found(store: ff.Store, script: str, expected: str) -> None:
    sql = store._db.sql
    sql.execute("BEGIN")
    try:
        sql.execute(script.replace("NULL?", "NULL;"))
        findings = [str(finding) for finding in store.verify()]
    finally:
        sql.execute("ROLLBACK")

    assert [finding for finding in findings if re.search(expected, finding)], findings


KEPT = (*LOG,)
FOLLOWING = (*DERIVED[:-1], "coded", "setting", "export", "version")
FORBIDDEN = {
    **{f"change {table}": f"UPDATE {table} SET {column} = {column}" for table, column in zip(
        KEPT, ["id", "seq", "text", *["seq"] * len(KIND_CODES)], strict=True)},
    **{f"delete from {table}": f"DELETE FROM {table}" for table in (*KEPT, *FOLLOWING)},
    **{f"empty {table}": f"TRUNCATE {table} CASCADE" for table in KEPT},
}  # fmt: skip


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_row_is_changed_or_deleted_even_by_the_owner_of_the_server(full: ff.Store, what: str) -> None:
    sql = full._db.sql
    sql.execute("BEGIN")
    try:
        sql.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.errors.IntegrityError, match=r"never (changed|deleted)"):
            sql.execute(FORBIDDEN[what])
    finally:
        sql.execute("ROLLBACK")


COLUMNS = "seq, id, kind, recorded_at, chain"
REFUSED = {
    "a gap": f"INSERT INTO event ({COLUMNS}) SELECT seq + 2, '\\x{'ab' * 16}', kind, recorded_at, chain FROM last",
    "a chain that does not hold": (
        f"INSERT INTO event ({COLUMNS}) SELECT seq + 1, '\\x{'ab' * 16}', kind, recorded_at, chain FROM last"
    ),
    "what a retraction is about": "INSERT INTO about (target, seq) SELECT 6, 14 FROM last",
    "what does not count": "INSERT INTO gone (seq, redacted) SELECT 6, 0 FROM last",
    "an id again": f"INSERT INTO event ({COLUMNS}) SELECT seq + 1, id, kind, recorded_at, chain FROM last",
    "a seq again": f"INSERT INTO event ({COLUMNS}) SELECT seq, '\\x{'ab' * 16}', kind, recorded_at, chain FROM last",
    "an event in place of another": (
        f"INSERT INTO event ({COLUMNS}) SELECT * FROM last ON CONFLICT (seq) DO UPDATE SET kind = 1"
    ),
    "a word again": "INSERT INTO word (text) SELECT text FROM word LIMIT 1",
    "a word in use, away": "DELETE FROM word",
    "a body again": "INSERT INTO topic SELECT * FROM topic",
}


@pytest.mark.parametrize("what", REFUSED)
def test_no_sql_breaks_the_log(store: ff.Store, what: str) -> None:
    sql = store._db.sql
    last = "WITH last AS (SELECT seq, id, kind, recorded_at, chain FROM event ORDER BY seq DESC LIMIT 1) "
    sql.execute("BEGIN")
    try:
        with pytest.raises(psycopg.errors.IntegrityError):
            sql.execute(last + REFUSED[what])
    finally:
        sql.execute("ROLLBACK")


def test_stamps_never_run_backwards_whoever_inserts(store: ff.Store) -> None:
    sql = store._db.sql
    made = """INSERT INTO event (seq, id, kind, recorded_at, chain)
        SELECT seq + 1, id2, kind, stamp, substring(sha256(chain || int8send(seq + 1)
        || int8send(stamp) || id2 || 'redaction'::bytea) FROM 1 FOR 16) FROM (SELECT *, recorded_at + {} AS stamp,
        decode(repeat('ab', 16), 'hex') AS id2 FROM event ORDER BY seq DESC LIMIT 1) AS last"""
    sql.execute("BEGIN")
    try:
        sql.execute("SAVEPOINT before")
        with pytest.raises(psycopg.errors.IntegrityError, match="the chain holds"):
            sql.execute(made.format(-1))
        sql.execute("ROLLBACK TO before")
        sql.execute(made.format(1))
    finally:
        sql.execute("ROLLBACK")
