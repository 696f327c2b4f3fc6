"""Who recorded an event stands in its stamp, inside the chain, and is no part of its id."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest

import flipflop as ff
from flipflop.ingest import import_events
from flipflop.store.log.rules import link
from flipflop.text.files import encoded
from tests.cli_running import add, flipflop
from tests.store_cases import ANN, BOB, DECLARED, redaction, retraction, statement
from tests.test_store_versions import everything, old

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flipflop.records.codec import Json

TOM = "Tom Tips"


def lines(store: ff.Store) -> list[dict[str, Json]]:
    return [record.to_json() for record in store.log()]


def names(store: ff.Store) -> list[str | None]:
    return [record.recorded_by for record in store.log()]


def test_what_is_appended_bears_the_name_of_who_records(where: str) -> None:
    with ff.Store(where, by=TOM) as store:
        appended = store.append(DECLARED)
        store.by = "Maria"
        store.append(statement())
        store.by = None
        store.append(statement())

        assert {stamp.recorded_by for stamp in appended.recorded} == {TOM}
        assert names(store) == [*[TOM] * len(DECLARED), "Maria", None]
        assert store.verify() == []


def test_the_id_is_the_same_whoever_records(places: Callable[[], str]) -> None:
    with ff.Store(places(), by=TOM) as one, ff.Store(places()) as other:
        ours, theirs = one.append(ANN).recorded[0], other.append(ANN).recorded[0]

    assert ours.id == theirs.id == ANN.hash


def test_a_blank_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ff.DataError, match="recorded_by must not be empty"):
        ff.Store(tmp_path / "s.db", by=" ")

    with ff.Store(tmp_path / "s.db") as store, pytest.raises(ff.DataError, match="NUL"):
        store.by = "a\0b"


def test_no_two_events_have_the_same_bytes_in_the_chain() -> None:
    """A name that looks like a kind, or that takes bytes of what follows, makes another link."""
    event = (bytes(16), 1, 0, bytes(16), "retraction")
    plain = link(*event, b"\0Tom\0" + bytes(11))
    named = [link(*event, about, name) for name in ("Tom", "retraction") for about in (None, b"x")]

    assert len({plain, *named}) == 1 + len(named)


def test_a_name_that_is_changed_in_the_file_breaks_the_chain(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with ff.Store(path, by=TOM) as store:
        store.append([ANN, statement()])
        store.by = "Maria"
        store.append(BOB)
        seal = store.seal()
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        (guard,) = sql.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_is_never_changed'").fetchone()
        sql.execute("DROP TRIGGER event_is_never_changed")
        sql.execute("UPDATE event SET recorded_by = (SELECT key FROM word WHERE text = 'Maria') WHERE seq = 2")
        sql.execute(guard)

    with ff.Store(path) as store:
        (broken,) = store.verify()
        assert str(broken).startswith("event 2 (")
        assert "the chain breaks here" in str(broken)
        assert "changed, the chain was left" in str(store.verify(sealed=[seal])[-1])


@pytest.mark.parametrize("name", ["NULL", "4711"])
def test_a_name_that_is_taken_away_breaks_the_chain(tmp_path: Path, name: str) -> None:
    path = tmp_path / "s.db"
    with ff.Store(path, by=TOM) as store:
        store.append([ANN, BOB])
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        sql.execute("DROP TRIGGER event_is_never_changed")
        sql.execute(f"UPDATE event SET recorded_by = {name} WHERE seq = 2")

    with ff.Store(path) as store:
        assert any("event 2" in str(found) and "chain breaks" in str(found) for found in store.verify())


def test_a_server_takes_no_name_that_its_chain_does_not_cover(databases: object) -> None:
    with databases.lent() as fresh:  # type: ignore[attr-defined]  # of tests.postgres_stores
        url = fresh()
        with ff.Store(url, by=TOM) as store:
            store.append(ANN)
            head = store.head()
            assert head is not None
            chain = link(bytes.fromhex(head), 2, 2**60, bytes.fromhex(BOB.hash), "speaker", by="Maria")
            row = (2, bytes.fromhex(BOB.hash), 1, 2**60, chain)
        with psycopg.connect(url, autocommit=True) as sql, pytest.raises(psycopg.errors.IntegrityError, match="chain"):
            sql.execute(
                "INSERT INTO flipflop.event (seq, id, kind, recorded_at, chain, recorded_by)"
                " VALUES (%s, %s, %s, %s, %s, (SELECT key FROM flipflop.word WHERE text = 'Tom Tips'))",
                row,
            )


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_an_export_comes_back_into_an_empty_store_byte_for_byte_with_its_names(
    places: Callable[[], str], tmp_path: Path, kind: str
) -> None:
    file, back = tmp_path / f"log.{kind}", tmp_path / f"back.{kind}"
    one = statement()
    with ff.Store(places(), by=TOM) as store:
        store.append(DECLARED)
        store.by = None
        store.append(one)
        store.by = "Maria"
        store.append([retraction(one), redaction(one)])
        file.write_bytes("".join(encoded(lines(store), kind)).encode())
        seal = store.seal()
    with ff.Store(places(), by="Somebody else") as copy:
        assert import_events(copy, file).replayed
        back.write_bytes("".join(encoded(lines(copy), kind)).encode())

        assert back.read_bytes() == file.read_bytes()
        assert copy.verify(sealed=[seal]) == []


def test_a_replay_says_of_each_event_who_recorded_it(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db", by=TOM) as store, ff.Store(tmp_path / "copy.db") as copy:
        store.append(ANN)
        store.by = None
        store.append(BOB)
        store.by = TOM
        store.append(statement())

        assert [stamp.recorded_by for stamp in copy.replay(lines(store)).recorded] == [TOM, None, TOM]


def test_lines_of_a_log_that_come_into_another_record_bear_the_name_of_who_imports(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    with ff.Store(tmp_path / "s.db", by=TOM) as store:
        store.append([ANN, BOB])
        file.write_bytes("".join(encoded(lines(store), "jsonl")).encode())
    with ff.Store(tmp_path / "other.db", by="Maria") as other:
        other.append(ANN)
        import_events(other, file)

        assert names(other) == ["Maria", "Maria"]


def test_a_name_that_was_changed_in_an_export_is_refused(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db", by=TOM) as store, ff.Store(tmp_path / "copy.db") as copy:
        store.append([ANN, BOB])
        changed = [lines(store)[0] | {"recorded_by": "Maria"}, lines(store)[1]]
        with pytest.raises(ff.DataError, match="chain does not follow"):
            copy.replay(changed)


def test_events_of_an_earlier_version_have_no_name_and_their_chain_holds(tmp_path: Path) -> None:
    for version in (1, 2):
        with ff.Store(old(tmp_path / f"{version}.db", version, everything), by=TOM) as store:
            assert set(names(store)) == {None}
            store.append(statement())
            assert names(store)[-1] == TOM
            assert store.verify() == []


def test_a_redaction_leaves_the_name_of_who_recorded_it(where: str) -> None:
    one = statement()
    with ff.Store(where, by=TOM) as store:
        store.append([*DECLARED, one])
        store.append([redaction(one)])

        assert names(store)[-2:] == [TOM, TOM]
        assert store.verify() == []


def test_a_log_that_holds_nothing_new_leaves_no_name_behind(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([ANN, BOB])
        store.by = TOM
        store.append([ANN, BOB])

        assert store._tables.known_key(TOM) is None


def test_log_and_show_say_who_recorded_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "case.db"
    monkeypatch.setenv("FLIPFLOP_BY", TOM)
    flipflop("speaker", "add", "Jane Roe", "-s", store)
    monkeypatch.setenv("FLIPFLOP_BY", "Maria")
    flipflop("topic", "add", "tax", "--proposition", "Taxes should be cut.", "-s", store)
    add(store, "Cut them.", said="2020-01-01")

    rows = [json.loads(line) for line in flipflop("-s", store, "log", "--format", "jsonl").out.splitlines()]
    assert [row["recorded_by"] for row in rows] == [TOM, "Maria", "Maria", "Maria"]
    assert "recorded by" in flipflop("-s", store, "log").out
    assert f"recorded_by: {TOM}" in flipflop("-s", store, "show", "jane-roe").out
    (shown,) = json.loads(flipflop("-s", store, "show", rows[1]["id"], "--format", "json").out)
    assert shown["recorded_by"] == "Maria"


def test_a_ruling_entered_for_somebody_else_shows_who_entered_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "case.db"
    monkeypatch.setenv("LOGNAME", "login")
    flipflop("speaker", "add", "Jane Roe", "-s", store)

    def retracted(by: str) -> tuple[str, str]:
        flipflop("-s", store, "retract", "jane-roe", "--reason", by, "--by", by)
        row = json.loads(flipflop("-s", store, "log", "--format", "jsonl").out.splitlines()[-1])
        return row["by"], row["recorded_by"]

    assert retracted("Maria") == ("Maria", "Maria")
    monkeypatch.setenv("FLIPFLOP_BY", TOM)
    assert retracted("Anna") == ("Anna", TOM)


def test_who_recorded_it_stands_in_the_views(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with ff.Store(path, by=TOM) as store:
        store.append([*DECLARED, statement()])
    with closing(sqlite3.connect(path)) as sql:
        assert sql.execute("SELECT DISTINCT recorded_by FROM log").fetchall() == [(TOM,)]
        assert sql.execute("SELECT recorded_by FROM statements").fetchall() == [(TOM,)]
