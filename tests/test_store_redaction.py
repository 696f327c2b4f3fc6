"""Redaction: the chain stays, and no byte of the text does."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import flipflop as ff
from flipflop.store.sql.tables import SCRUB
from tests.postgres_stores import in_files
from tests.store_cases import DECLARED, UNIT, coding, correction, redaction, retraction, said, statement

SECRET = "Zqx{}secret"


def secret(pieces: int) -> str:
    """A long text, each piece of which can be told from all others."""
    return " ".join(SECRET.format(number) for number in range(pieces))


READ = """
import pathlib, sys
path = pathlib.Path(sys.argv[1])
sys.stdout.buffer.write(b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*")))
"""


def bytes_beside(path: Path) -> bytes:
    """All bytes of the store and its files, read by another program: closing a file here would drop SQLite's locks."""
    return subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, check=True).stdout


@pytest.mark.parametrize("pieces", [1, 30, 3000])
def test_no_byte_of_a_redacted_text_stays_in_the_file(tmp_path: Path, pieces: int) -> None:
    one = statement(
        text=secret(pieces),
        source=ff.Source(
            url="https://example.org/Zqx", outlet="Zqx Times", title="Zqx", author="Zqx", published=said()
        ),
        attribution=("Zqx",),
        context="Zqx",
        language="Zqx",
    )
    around = [statement(text=f"kept {number} " * 20) for number in range(50)]
    with ff.Store(tmp_path / "s.db") as store:
        store.append(
            [*DECLARED, *around[:25], one, coding(one), correction(one, text=secret(pieces) + "!"), *around[25:]]
        )
        mended = correction(one, context="Zqx again")
        store.append([mended, retraction(mended)])
        chain = [(r.seq, r.id, r.chain) for r in store.log()]
        assert b"Zqx" in bytes_beside(tmp_path / "s.db")

        store.append(redaction(one))

        assert b"Zqx" not in bytes_beside(tmp_path / "s.db")
        assert [(r.seq, r.id, r.chain) for r in store.log()][:-1] == chain
        assert store.verify() == []
    assert b"Zqx" not in (tmp_path / "s.db").read_bytes()


@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_byte_stays_however_the_pages_were_moved(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Rows and words in any order and size, so that pages split and rows move between them."""
    folder = tmp_path_factory.mktemp("moved")
    sizes = data.draw(st.lists(st.integers(1, 400), min_size=5, max_size=60))
    places = data.draw(st.permutations(range(len(sizes))))
    spoken = [
        statement(text=f"{place} " * size, source=ff.Source(outlet=f"Zqx{place:03d}" * (1 + size // 20)))
        for place, size in zip(places, sizes, strict=True)
    ]
    out = data.draw(st.lists(st.sampled_from(spoken), min_size=1, unique=True))
    with ff.Store(folder / "s.db") as store:
        store.append(DECLARED)
        for one in spoken:
            store.append(one)
        store.append([redaction(one) for one in out])

    left = (folder / "s.db").read_bytes()
    assert [one for one in out if one.source and str(one.source.outlet)[:6].encode() in left] == []
    assert [
        one for one in spoken if one not in out and str(one.source and one.source.outlet).encode() not in left
    ] == []


def test_a_redaction_names_the_copies_that_were_made_before(where: str, tmp_path: Path) -> None:
    one = statement()
    with ff.Store(where) as store:
        store.append([*DECLARED, one])
        head = store.head()
        store.exported(tmp_path / "record.jsonl")

        appended = store.append(redaction(one))

    assert [(copy.path, copy.head) for copy in appended.exports] == [(str(tmp_path / "record.jsonl"), head)]


def test_a_redaction_names_what_still_quotes_the_text(where: str) -> None:
    one = statement(text="words to go")
    quoting = ff.Coding(one.hash, "unit", "support", "Coder", rationale='He says "words to go".')  # type: ignore[arg-type]  # a word
    with ff.Store(where) as store:
        store.append([*DECLARED, one, quoting, coding(one)])

        assert store.append(redaction(one)).quoted_in == (quoting.hash,)


def test_codings_and_rulings_of_a_redacted_statement_leave_the_frames(where: str) -> None:
    one, two = statement(), statement()
    ruling = ff.Ruling(one.hash, two.hash, "unit", "reversal", "none found", "Editor")  # type: ignore[arg-type]  # a word
    with ff.Store(where) as store:
        store.append([*DECLARED, one, two, coding(one), coding(two), ruling, redaction(one)])

        assert list(store.statements()["statement_id"]) == [two.hash]
        assert list(store.codings()["statement_id"]) == [two.hash]
        assert len(store.rulings()) == 0
        assert store.committed_positions("ann", "unit")[0][0] == two.hash


def test_a_redacted_retraction_still_withdraws(where: str) -> None:
    one = statement()
    out = ff.Retraction(one.hash, "the Zqx reason", "Editor")
    with ff.Store(where) as store:
        store.append([*DECLARED, one, out])
        store.append(redaction(out))

        assert len(store.statements()) == 0
        assert store.verify() == []
    assert b"Zqx" not in in_files(where)


def test_a_redacted_correction_no_longer_mends(where: str) -> None:
    one = statement()
    mended = correction(one, text="Zqx")
    with ff.Store(where) as store:
        store.append([*DECLARED, one, mended])
        store.append(redaction(mended))

        assert store.as_it_reads(one.hash) == one
        assert store.verify() == []
    assert b"Zqx" not in in_files(where)


def test_a_redacted_speaker_keeps_the_id_that_statements_bear_and_nothing_else(where: str) -> None:
    secret_speaker = ff.Speaker("carl", "Zqx Zqx", aliases=("@Zqx",), public_role="Zqx", wikidata="Zqx")
    with ff.Store(where) as store:
        store.append([*DECLARED, secret_speaker, statement("carl")])
        store.append(redaction(secret_speaker))

        assert list(store.statements()["speaker_name"]) == ["carl"]
    assert b"Zqx" not in in_files(where)


def test_words_that_a_reader_keeps_in_the_wal_are_told_of_and_erased_at_the_next_opening(tmp_path: Path) -> None:
    one = statement(text="Zqx")
    with ff.Store(tmp_path / "s.db", timeout=0.2) as store:
        store.append([*DECLARED, one])
        with ff.Store(tmp_path / "s.db", read_only=True) as reader:
            reading = reader.log()
            next(reading)
            reader._db.sql.execute("BEGIN")
            reader._db.sql.execute("SELECT * FROM event").fetchall()

            (warning,) = store.append(redaction(one)).warnings

            assert "another program is reading the store" in warning
            assert any("may still lie" in finding.problem for finding in store.verify())
            reader._db.sql.execute("ROLLBACK")

    with ff.Store(tmp_path / "s.db") as store:
        assert SCRUB not in store.settings
        assert b"Zqx" not in bytes_beside(tmp_path / "s.db")
        assert store.verify() == []


def test_the_past_does_not_bring_a_redacted_text_back(where: str) -> None:
    one = statement()
    with ff.Store(where) as store:
        before = store.append([*DECLARED, one, coding(one)]).recorded[-1].recorded_at
        store.append([redaction(one), UNIT])

        assert len(store.statements(as_of=before)) == 0
        assert len(store.codings(as_of=before)) == 0


def test_words_of_a_correction_go_with_a_redaction_that_more_events_follow_in_its_batch(where: str) -> None:
    one = statement()
    with ff.Store(where) as store:
        store.append([*DECLARED, one, correction(one, text=SECRET), redaction(one), statement(), statement("bob")])

        assert store._tables.mended() == {}
        assert store.verify() == []


def test_a_redaction_beside_a_full_text_index_waits_until_it_is_told_what_to_do(tmp_path: Path) -> None:
    one, path = statement(text="a very private sentence"), tmp_path / "s.db"
    with ff.Store(path) as store:
        store.append([*DECLARED, one])
    with closing(sqlite3.connect(path)) as sql:
        sql.executescript("""
            CREATE VIRTUAL TABLE statement_fts USING fts5 (text, content=statement);
            INSERT INTO statement_fts (rowid, text) SELECT seq, text FROM statement;
            CREATE TRIGGER statement_ai AFTER INSERT ON statement BEGIN
              INSERT INTO statement_fts (rowid, text) VALUES (new.seq, new.text); END;
            CREATE TABLE copied AS SELECT * FROM statement;
        """)
    with ff.Store(path) as store:
        named = " ".join(map(str, store.verify()))
        assert "table copied is none of flipflop's" in named
        assert "trigger statement_ai is none of flipflop's" in named
        with pytest.raises(ff.StoreError, match=r"copied, .*statement_fts.* may keep the words .*--drop-copies"):
            store.append(redaction(one))
        assert store.as_it_reads(one.hash) == one

        store.append(redaction(one), copies="drop")

        assert store.verify() == []
    assert b"private" not in path.read_bytes()


def test_what_others_keep_beside_the_store_is_kept_when_that_is_said(tmp_path: Path) -> None:
    one, path = statement(), tmp_path / "s.db"
    with ff.Store(path) as store:
        store.append([*DECLARED, one])
        store._db.sql.execute("CREATE TABLE notes (x)")
        store.append(redaction(one), copies="keep")
        assert [f.problem for f in store.verify()] == ["table notes is none of flipflop's"]
