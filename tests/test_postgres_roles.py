"""Who may do what with a store on a server: a reader reads, a recorder appends, the owner redacts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import psycopg
import pytest

import flipflop as ff
from flipflop.store.postgres.schema import LOG
from tests.cli_running import flipflop
from tests.store_cases import ANN, BOB, DECLARED, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_stores import Databases

ROLES = ("ff_reader", "ff recorder's", "ff_owner", "ff_nobody")


def as_role(url: str, role: str) -> str:
    return url.replace("postgres@/", f"{role.replace(' ', '%20')}@/")


@pytest.fixture(scope="module")
def url(databases: Databases) -> Iterator[str]:
    """A store whose owner is no superuser, as seen by a superuser."""
    url = databases.new()
    name = url.split("/")[3].split("?")[0]
    with psycopg.connect(url, autocommit=True) as server:
        for role in ROLES:
            server.execute(f'CREATE ROLE "{role}" LOGIN'.encode())
        server.execute(f"GRANT CREATE ON DATABASE {name} TO ff_owner".encode())
        done = flipflop(
            "-s", as_role(url, "ff_owner"), "init", "--grant-reader", ROLES[0], "--grant-recorder", ROLES[1]
        )
        assert done.code == 0, done.err
        yield url
        for role in ROLES:
            server.execute(f'DROP OWNED BY "{role}" CASCADE; DROP ROLE "{role}"'.encode())


def test_a_reader_reads_and_cannot_write(url: str) -> None:
    one = statement()
    with ff.Store(as_role(url, "ff_owner")) as owned:
        owned.append([*DECLARED, one, coding(one)])
    with ff.Store(as_role(url, "ff_reader")) as store:
        assert not store.writable
        assert store.verify() == []
        assert one.hash in set(store.statements()["statement_id"])
        with pytest.raises(ff.StoreError, match="can only be read"):
            store.append(statement())
    refused(url, "ff_reader", [f"INSERT INTO {table} DEFAULT VALUES" for table in LOG])


def test_a_recorder_appends_whatever_is_no_redaction(url: str) -> None:
    one, two = statement(), statement()
    mended = correction(one, text="mended")
    with ff.Store(as_role(url, "ff recorder's")) as store:
        store.append([*DECLARED, one, two, coding(one), mended, retraction(two)])
        store.append(retraction(mended))

        assert store.verify() == []
        with pytest.raises(ff.StoreError, match=r"permission denied .*its owner may do this"):
            store.append(redaction(one))
        assert store.as_it_reads(one.hash) == one
        assert store.verify() == []


def test_a_recorder_changes_and_deletes_nothing(url: str) -> None:
    forbidden = ["DELETE FROM {}", "TRUNCATE {} CASCADE", "ALTER TABLE {} DISABLE TRIGGER ALL", "DROP TABLE {} CASCADE"]
    refused(url, "ff recorder's", [one.format(table) for table in LOG for one in forbidden])
    refused(url, "ff recorder's", [f"UPDATE {t} SET {'text' if t == 'word' else 'seq'} = NULL" for t in LOG])
    refused(url, "ff recorder's", ["INSERT INTO setting VALUES ('tz', 'UTC')", "UPDATE version SET version = 9"])


def refused(url: str, role: str, queries: list[str]) -> None:
    """No query is let through, whatever is in the tables."""
    with psycopg.connect(url, user=role, autocommit=True, options="-c search_path=flipflop") as server:
        for query in queries:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                server.execute(query.encode())


def test_the_owner_redacts_and_need_be_no_superuser(url: str) -> None:
    one = statement()
    with ff.Store(as_role(url, "ff_owner")) as store:
        store.append([*DECLARED, one])

        assert store.append(redaction(one)).warnings == ()
        assert store.verify() == []


def test_who_was_granted_nothing_is_told_so_in_one_line(url: str) -> None:
    with pytest.raises(ff.StoreError, match=r"this role may not read .*--grant-reader ROLE$"):
        ff.Store(as_role(url, "ff_nobody"))


def test_who_may_make_no_schema_is_told_so(databases: Databases) -> None:
    url = databases.new()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("CREATE ROLE ff_guest LOGIN")
        with pytest.raises(ff.StoreError, match="permission denied for database"):
            ff.Store(as_role(url, "ff_guest"))
        server.execute("DROP ROLE ff_guest")


def test_a_role_that_does_not_exist_is_told(url: str) -> None:
    with ff.Store(url) as store:
        with pytest.raises(ff.StoreError, match="there is no role 'carl'"):
            store.grant("reader", "carl")
        with pytest.raises(ff.DataError, match="'owner' is not one of reader, recorder"):
            store.grant("owner", "ff_reader")


def test_a_file_has_no_roles(tmp_path_factory: pytest.TempPathFactory) -> None:
    with ff.Store(tmp_path_factory.mktemp("f") / "s.db") as store:
        with pytest.raises(ff.StoreError, match="is a file: chmod says who"):
            store.grant("reader", "ann")
        assert store.append([ANN, BOB]).recorded[-1].seq == 2


def test_a_reader_exports_and_is_told_that_no_note_is_kept(url: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("out") / "x.jsonl"

    done = flipflop("-s", as_role(url, "ff_reader"), "export", "-o", out)

    assert (done.code, done.err.count("\n")) == (0, 1)
    assert "keeps no note of this copy" in done.err
    assert out.read_text().count("\n") >= 4


def test_a_reader_who_stays_in_a_transaction_holds_nobody_up_for_long(url: str) -> None:
    """K10.7: with a redaction it held a writer for 57 seconds."""
    secret = statement(text="a secret that a court forbids")
    with ff.Store(as_role(url, "ff_owner")) as store, psycopg.connect(url) as reader:
        store.append([*DECLARED, secret])
        reader.execute("SELECT count(*) FROM flipflop.statement").fetchone()
        begun = time.monotonic()

        done = store.append([redaction(secret)])

        assert time.monotonic() - begun < 15
        assert "another session is using the store" in done.warnings[0]


def test_rows_that_a_recorder_put_in_by_hand_are_told_in_one_line(url: str) -> None:
    """K10.7: whoever took keys of words blocked everybody's appends, with a traceback of the driver."""
    with psycopg.connect(as_role(url, "ff recorder's"), autocommit=True) as server:
        last = server.execute("SELECT max(key) FROM flipflop.word").fetchone()
        assert last is not None
        taken = "INSERT INTO flipflop.word (key, text) OVERRIDING SYSTEM VALUE VALUES (%s, %s)"
        for key in range(last[0] + 1, last[0] + 40):
            server.execute(taken, (key, f"taken {key}"))
    with ff.Store(as_role(url, "ff_owner")) as store, pytest.raises(ff.StoreError, match="did not write is in the way"):
        store.append(ff.Speaker("somebody-new", "Somebody New"))
