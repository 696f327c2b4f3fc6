"""A store on a server: what is taken for one, what is refused and left alone, and that no secret is ever shown."""

from __future__ import annotations

import subprocess
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import psycopg
import pytest

import flipflop as ff
from flipflop.errors import MissingExtraError
from flipflop.records import Event
from flipflop.store import backend
from flipflop.store.postgres import schema as pg_schema
from flipflop.store.postgres.tables import numbered
from flipflop.store.postgres.url import read_address
from tests.cli_running import flipflop
from tests.postgres_stores import in_files, selected
from tests.store_cases import ANN, BOB, DECLARED, coding, redaction, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_stores import Databases

ROOT = Path(__file__).parents[1]


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    """An empty database without a store."""
    with databases.bare() as url:
        yield url


def run(url: str, script: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(script.encode())


def test_a_store_is_made_where_there_is_none_and_found_again(url: str) -> None:
    with ff.Store(url) as store:
        store.append(ANN)

    with ff.Store(url.replace("postgresql://", "postgres://"), create=False) as store:
        assert [record.event for record in store.log()] == [ANN]
        assert store.verify() == []


def test_programs_that_make_the_same_store_at_once_make_one(url: str) -> None:
    database = url.split("/")[3].split("?")[0]
    run(url, f"ALTER DATABASE {database} SET default_transaction_isolation = 'serializable'")
    with ThreadPoolExecutor(4) as programs:
        for store in programs.map(ff.Store, [url] * 4):
            store.close()

    assert selected(url, "SELECT version FROM version") == [{"version": backend.VERSION}]


@pytest.mark.parametrize(("create", "read_only"), [(False, False), (True, True)])
def test_a_store_that_is_not_there_is_not_made_up(url: str, *, create: bool, read_only: bool) -> None:
    with pytest.raises(ff.StoreError, match=r"there is no store at .*flipflop init"):
        ff.Store(url, create=create, read_only=read_only)

    assert selected(url, "SELECT to_regnamespace('flipflop') IS NULL AS missing") == [{"missing": True}]


def test_a_schema_of_another_program_is_refused_and_left_alone(url: str) -> None:
    run(url, "CREATE SCHEMA flipflop; CREATE TABLE flipflop.recipes (name text)")

    with pytest.raises(ff.StoreError, match=r"a schema flipflop that is not ours; left as it was"):
        ff.Store(url)

    assert selected(url, "SELECT count(*) AS tables FROM pg_class WHERE relnamespace = 'flipflop'::regnamespace")


def test_a_database_that_does_not_hold_every_letter_is_refused(databases: Databases) -> None:
    run(databases.url, "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")

    with pytest.raises(ff.StoreError, match=r"has the encoding LATIN1, a store needs UTF8"):
        ff.Store(databases.url.replace("@/postgres?", "@/latin?"))


def test_a_newer_schema_is_refused(url: str) -> None:
    ff.Store(url).close()
    run(url, f"INSERT INTO flipflop.version (version) VALUES ({backend.VERSION + 1})")

    with pytest.raises(ff.StoreError, match=r"newer flipflop .*pip install -U"):
        ff.Store(url)


def test_an_older_schema_is_brought_up_to_date(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with ff.Store(url) as store:
        store.append(ANN)
    monkeypatch.setattr(backend, "VERSION", backend.VERSION + 2)
    steps = ["CREATE TABLE one (x bigint);", "ALTER TABLE one ADD COLUMN y text; CREATE INDEX o ON one (y);"]
    monkeypatch.setattr(pg_schema, "MIGRATIONS", dict(enumerate(steps, start=backend.VERSION - 2)))

    with pytest.raises(ff.StoreError, match="older schema"):
        ff.Store(url, read_only=True)
    with ff.Store(url) as store:
        assert [record.event for record in store.log()] == [ANN]
    assert selected(url, "SELECT x, y FROM one") == []
    assert selected(url, "SELECT max(version) AS version FROM version") == [{"version": backend.VERSION}]


def test_every_version_has_a_way_to_the_next() -> None:
    assert sorted(pg_schema.MIGRATIONS) == list(range(1, backend.VERSION))


def test_no_table_of_another_schema_hides_ours(url: str) -> None:
    ff.Store(url).close()
    run(
        url,
        "CREATE TABLE public.event (seq int); ALTER ROLE CURRENT_USER IN DATABASE "
        + url.split("/")[3].split("?")[0]
        + " SET search_path = public",
    )
    with ff.Store(url) as store:
        store._db.sql.execute("CREATE TEMP TABLE event (seq int)")

        assert len(store.append(ANN).recorded) == 1
        assert store.verify() == []


def test_a_store_that_was_opened_for_reading_is_not_written(url: str) -> None:
    ff.Store(url).close()
    with ff.Store(url, read_only=True) as store, pytest.raises(ff.StoreError, match=r"can only be read .*nothing was"):
        store.append(BOB)


def test_a_store_on_a_server_is_no_file(url: str, tmp_path: Path) -> None:
    with ff.Store(url) as store:
        with pytest.raises(ff.StoreError, match=r"is on a server, it is no file: pg_dump backs it up"):
            _ = store.path
        with pytest.raises(ff.StoreError, match=r"is on a server, it is no file: pg_dump backs it up"):
            store.backup(tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_long_word_is_a_word(url: str) -> None:
    """Longer than an entry of PostgreSQL's B-trees."""
    one = statement(source=ff.Source(outlet="".join(f"{n:x}" for n in range(20_000))))
    with ff.Store(url) as store:
        store.append([*DECLARED, one])
        store.append(statement(source=one.source))

        assert list(store.statements()["source_outlet"]) == [one.source.outlet] * 2  # type: ignore[union-attr]  # it has one
        assert store.verify() == []


def test_a_second_writer_waits_for_the_first_and_gives_up_with_one_clear_line(url: str) -> None:
    with ff.Store(url, timeout=0.3) as store, psycopg.connect(url) as other:
        other.execute("LOCK TABLE flipflop.turn IN EXCLUSIVE MODE")
        with pytest.raises(
            ff.StoreError, match=r"another program has been writing for 0\.3 seconds: nothing was recorded"
        ):
            store.append(ANN)

        timer = Timer(0.1, other.rollback)
        timer.start()
        assert len(store.append(ANN).recorded) == 1
        timer.join()


def test_who_can_only_read_holds_no_writer_up(url: str) -> None:
    ff.Store(url).close()
    run(url, "CREATE ROLE idler LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA flipflop TO idler;")
    run(url, "GRANT USAGE ON SCHEMA flipflop TO idler")
    try:
        with psycopg.connect(url, user="idler") as idler, pytest.raises(psycopg.errors.InsufficientPrivilege):
            idler.execute("LOCK TABLE flipflop.turn IN EXCLUSIVE MODE")
    finally:
        run(url, "DROP OWNED BY idler; DROP ROLE idler")


def test_an_append_whose_server_goes_away_can_be_made_again(url: str) -> None:
    one = statement()
    with ff.Store(url) as store:
        store.append(DECLARED)

        def events() -> list[Event]:
            pid = store._db.sql.execute("SELECT pg_backend_pid()").fetchone()[0]
            run(url, f"SELECT pg_terminate_backend({pid})")
            return [one]

        with pytest.raises(ff.StoreError, match=r"cannot write to .*record it again") as caught:
            store.append(event for event in [*(statement() for _ in range(2100)), *events()])
        assert "\n" not in str(caught.value)

    with ff.Store(url) as store:
        assert len(store.append([*DECLARED, one]).recorded) == 1
        assert store.verify() == []


def test_a_source_of_events_that_is_too_slow_for_the_server_is_told_of(url: str) -> None:
    with ff.Store(url) as store:
        store.append(DECLARED)
        store._db.sql.execute("SET idle_in_transaction_session_timeout = '50ms'")

        def slowly() -> Iterator[Event]:
            yield from (statement() for _ in range(2500))
            time.sleep(0.3)
            yield from (statement() for _ in range(2500))

        with pytest.raises(ff.StoreError, match=r"cannot write to .*idle-in-transaction timeout.*record it again"):
            store.append(slowly())


def test_an_acknowledged_append_is_on_the_disk_of_the_server(url: str) -> None:
    run(url, "ALTER ROLE CURRENT_USER IN DATABASE " + url.split("/")[3].split("?")[0] + " SET synchronous_commit = off")
    with ff.Store(url) as store:
        assert store._db.sql.execute("SHOW synchronous_commit").fetchone() == ("on",)


def test_a_reader_sees_one_moment_while_another_writes(url: str) -> None:
    with ff.Store(url) as writer, ff.Store(url, read_only=True) as reader:
        writer.append(ANN)
        with reader._db.snapshot():
            assert len(reader.speakers()) == 1
            writer.append(BOB)
            assert len(reader.speakers()) == 1
        assert len(reader.speakers()) == 2


def test_a_word_that_another_program_redacted_away_is_recorded_anew(url: str) -> None:
    one, two = (statement(source=ff.Source(outlet="The Outlet")) for _ in range(2))
    with ff.Store(url) as here, ff.Store(url) as there:
        here.append([*DECLARED, one])
        there.append(redaction(one))

        here.append(two)

        assert here.verify() == []


SECRET = "s3cr#t/Zqx@1"  # no one's
IN_URL = "s3cr%23t%2FZqx%401"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ann:{IN_URL}@127.0.0.1:1/cases?connect_timeout=1",
        f"postgresql://ann@127.0.0.1:1/cases?password={IN_URL}&connect_timeout=1",
        f"postgresql://127.0.0.1:1/cases?user=ann&password={IN_URL}",
        f"postgresql://ann@127.0.0.1:1/cases?sslpassword={IN_URL}",
        f"postgresql://ann:{IN_URL}@/cases?host=/nowhere/Xqz",
        f"postgresql://ann:{IN_URL}@no.such.host.invalid/cases",
        f"postgresql://ann:{IN_URL}@127.0.0.1:1/cases?sslmode=nonsense",
        f"postgresql://ann:{IN_URL}@127.0.0.1:1/cases?nonsense=1",
        "postgresql://ann:s3cr#t/Zqx@1@127.0.0.1/cases",
        "postgresql://ann:Zqx/1@127.0.0.1/cases",
        "postgresql://ann:Zqx@1@127.0.0.1/cases",
        "postgresql://ann:Zqx?x=1@127.0.0.1/cases",
        "postgresql://ann:Zqx",
        "postgresql://ann:%ZZqx@127.0.0.1/cases",
    ],
)
def test_no_secret_is_in_an_error(url: str) -> None:
    with pytest.raises(ff.StoreError) as caught:
        ff.Store(url)

    told = "".join(traceback.format_exception(caught.value))
    assert "Zqx" not in told.replace(url, "")
    assert "\n" not in str(caught.value)


def test_no_secret_is_in_what_is_shown_of_a_store() -> None:
    for url in (
        f"postgresql://ann:{IN_URL}@db.example:5433/cases",
        f"postgresql://ann@db.example:5433/cases?password={IN_URL}",
    ):
        address = read_address(url)

        assert address.parameters["password"] == SECRET
        assert address.name == "postgresql://ann@db.example:5433/cases"
        assert address.without_secrets(f'FATAL: "{SECRET}" {IN_URL}') == 'FATAL: "***" ***'


def test_no_secret_is_in_the_output_of_the_commands(tmp_path: Path) -> None:
    url = f"postgresql://ann:{IN_URL}@127.0.0.1:1/cases"
    for verb in (
        ["init"],
        ["list"],
        ["verify"],
        ["export", "-o", str(tmp_path / "x.jsonl")],
        ["log"],
        ["reversals"],
        ["demo", "-o", str(tmp_path / "d.html")],
    ):
        done = flipflop("-s", url, *verb)

        assert done.code == 1
        assert "Zqx" not in done.out + done.err
        assert "cannot open postgresql://ann@127.0.0.1:1/cases" in done.err
        assert done.err.count("\n") == 1


def test_without_psycopg_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'flipflop-timeline\[postgres\]'"):
        ff.Store("postgresql://127.0.0.1:1/cases")


def test_a_store_in_a_file_imports_no_psycopg(tmp_path: Path) -> None:
    script = "import sys, flipflop as ff; ff.Store(sys.argv[1]).close(); print('psycopg' in sys.modules)"
    command = [sys.executable, "-c", script, str(tmp_path / "s.db")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT 1", "SELECT 1"),
        ("? and ?", "$1 and $2"),
        ("?1 or ?2 or ?1", "$1 or $2 or $1"),
        (f"IN ({', '.join('?' * 12)})", f"IN ({', '.join(f'${n}' for n in range(1, 13))})"),
    ],
)
def test_values_go_where_they_went_in_sqlite(query: str, expected: str) -> None:
    assert numbered(query) == expected


def test_no_byte_of_a_redacted_text_stays_in_the_tables(url: str) -> None:
    """Dead rows, statistics and free space are in the files of the database; the server's WAL is another matter."""
    one = statement(text="Zqx " * 3000, source=ff.Source(outlet="Zqx Times", title="Zqx", author="Zqx"), context="Zqx")
    with ff.Store(url) as store:
        store.append([*DECLARED, *(statement(text=f"kept {n} Zkept") for n in range(200)), one, coding(one)])
        store._db.sql.execute("ANALYZE")
        assert b"Zqx Times" in in_files(url)

        assert store.append(redaction(one)).warnings == ()

        assert store.verify() == []
    left = in_files(url)
    assert b"Zqx" not in left
    assert b"Zkept" in left


def test_words_that_another_session_still_sees_are_told_of_and_erased_later(url: str) -> None:
    one = statement(text="Zqx")
    with ff.Store(url) as store:
        store.append([*DECLARED, one])
        with closing(psycopg.connect(url)) as other:
            other.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            other.execute("SELECT 1 FROM pg_class")

            (warning,) = store.append(redaction(one)).warnings

            assert "another session still sees an older state" in warning
            assert any("may still lie" in finding.problem for finding in store.verify())
    with ff.Store(url) as store:
        assert store.verify() == []
    assert b"Zqx" not in in_files(url)


def test_words_that_another_session_sees_only_for_a_moment_are_waited_for(url: str) -> None:
    """As the server's own analysis of a table does, which nobody asked for."""
    one = statement(text="Zqx")
    with ff.Store(url) as store, closing(psycopg.connect(url)) as other:
        store.append([*DECLARED, one])
        other.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        other.execute("SELECT 1 FROM pg_class")
        end = Timer(0.5, other.rollback)
        end.start()

        warnings = store.append(redaction(one)).warnings

        end.join()
        assert warnings == ()
        assert store.verify() == []
    assert b"Zqx" not in in_files(url)
