"""Who may do what with a store on a server: a reader reads, a recorder appends, the owner redacts."""

from __future__ import annotations

import time
from random import Random
from typing import TYPE_CHECKING

import psycopg
import pytest

import flipflop as ff
from flipflop.store.postgres.schema import LOG
from flipflop.store.sql.kinds import KIND_CODES
from flipflop.store.store import now
from tests.cli_running import flipflop
from tests.harness.histories import one_more
from tests.postgres_stores import emptied, selected
from tests.store_cases import ANN, BOB, DECLARED, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.records import Event
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


def test_keys_of_words_that_somebody_took_are_told_in_one_line(url: str) -> None:
    """K10.7: they blocked everybody's appends, with a traceback of the driver. A recorder can take none."""
    taken = "INSERT INTO flipflop.word (key, text) OVERRIDING SYSTEM VALUE VALUES (%s, %s)"
    refused(url, "ff recorder's", [taken.replace("%s, %s", "1000000, 'taken'")])
    with psycopg.connect(url, autocommit=True) as server:
        last = server.execute("SELECT max(key) FROM flipflop.word").fetchone()
        assert last is not None
        for key in range(last[0] + 1, last[0] + 40):
            server.execute(taken, (key, f"taken {key}"))
    with ff.Store(as_role(url, "ff_owner")) as store, pytest.raises(ff.StoreError, match="did not write is in the way"):
        store.append(ff.Speaker("somebody-new", "Somebody New"))


# A recorder with SQL of its own


CHAINED = """
WITH last AS (SELECT seq, chain FROM event ORDER BY seq DESC LIMIT 1), made AS (
  SELECT seq + 1 AS seq, substring(sha256(convert_to({id!r}, 'UTF8')) FROM 1 FOR 16) AS id, {stamp} AS stamp,
    (SELECT id FROM event WHERE seq = {about}) AS about, chain FROM last
)
INSERT INTO event SELECT seq, id, {code}, stamp, substring(
  sha256(chain || int8send(seq) || int8send(stamp) || id || convert_to('{kind}', 'UTF8') || coalesce(about, ''))
  FROM 1 FOR 16), about FROM made
"""
NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"


def event_by_hand(kind: str, about: int | str = "NULL", stamp: str = NOW) -> str:
    """SQL that adds an event with a chain that holds, and without a body."""
    made = CHAINED.format(id=f"{kind} {about} {stamp}", stamp=stamp, about=about, code=KIND_CODES[kind], kind=kind)
    columns = ("seq", "id", "kind", "recorded_at", "chain", "about")
    return made.replace("INSERT INTO event", f"INSERT INTO event ({', '.join(columns)})")


LAST = "(SELECT max(seq) FROM event)"
BY_HAND = {
    "withdraws a statement": "INSERT INTO gone VALUES ({standing}, 0)",
    "has one back that was withdrawn": "DELETE FROM gone WHERE seq = {withdrawn}",
    "withdraws with nobody's name": f"{event_by_hand('retraction', '{standing}')};"
    f"INSERT INTO about VALUES ({{standing}}, {LAST}); INSERT INTO gone VALUES ({{standing}}, 0)",
    "withdraws in the log only": f"{event_by_hand('retraction', '{standing}')};"
    f"INSERT INTO retraction SELECT {LAST}, NULL, 'why', min(key) FROM word;"
    f"INSERT INTO about VALUES ({{standing}}, {LAST})",
    "redacts": f"{event_by_hand('redaction', '{standing}')};"
    f"INSERT INTO about VALUES ({{standing}}, {LAST}); INSERT INTO gone VALUES ({{standing}}, 1)",
    "changes words": "INSERT INTO mended SELECT {standing}, replace(body, 'mended', 'otherwise'), speaker, said_from,"
    " said_until FROM mended WHERE seq = {mended}",
    "changes corrected words": "UPDATE mended SET body = replace(body, 'mended', 'otherwise') WHERE seq = {mended}",
    "adds to a corrected statement": "UPDATE mended"
    " SET body = (body::jsonb || jsonb_build_object('question', 'Why?'))::text WHERE seq = {mended}",
    "renames a corrected speaker": "UPDATE mended SET body = replace(body, 'Ann', 'Eve') WHERE seq = {speaker}",
    "takes a correction away": "DELETE FROM mended WHERE seq = {mended}",
    "moves a corrected statement": "UPDATE mended SET said_from = said_from - 1 WHERE seq = {mended}",
    "forgets a second look": "DELETE FROM review",
    "asks for one": "INSERT INTO review SELECT seq FROM coding WHERE statement = {standing}",
    "makes up an index": "INSERT INTO coded SELECT speaker, topic, said_from + 1, said_until, coding, statement, 2,"
    " coder, adjudicates FROM coded LIMIT 1",
    "puts a body in the place of one that was redacted": "INSERT INTO statement SELECT {redacted}, speaker, 'anything',"
    " form, said_from, said_until, said_text, said_how FROM statement WHERE seq = {standing}",
    "sets the clock": event_by_hand("coding", stamp="4102444800000000"),
}


@pytest.fixture(scope="module")
def places(url: str) -> dict[str, int]:
    """The seqs of some statements, one that stands, was withdrawn, mended, redacted; and of a mended speaker."""
    kinds = ("standing", "withdrawn", "mended", "redacted")
    said = {kind: statement(text=f"words that are {kind}", at=number) for number, kind in enumerate(kinds)}
    with ff.Store(as_role(emptied(url), "ff_owner")) as store:
        store.append([*DECLARED, *said.values(), *(coding(one) for one in said.values())])
        with ff.Store(as_role(url, "ff recorder's")) as recorder:
            recorder.append([retraction(said["withdrawn"]), correction(said["mended"], text="mended words")])
            recorder.append(correction(ANN, wikidata="Q1"))
        store.append([redaction(said["redacted"])])
        seqs = {record.id: record.seq for record in store.log()}
    return {kind: seqs[one.hash] for kind, one in said.items()} | {"speaker": seqs[ANN.hash]}


def run(url: str, queries: list[str]) -> None:
    """Run them as a recorder, in one transaction."""
    with psycopg.connect(url, user="ff recorder's", options="-c search_path=flipflop") as server:
        for query in queries:
            server.execute(query.encode())


@pytest.mark.parametrize("what", BY_HAND)
def test_the_server_takes_from_a_recorder_only_what_follows_from_the_log(
    what: str, places: dict[str, int], url: str
) -> None:
    """K10.1 and K10.7: a recorder could withdraw any statement, unseen, and poison the clock for ever."""
    before = selected(url, "SELECT * FROM event ORDER BY seq")
    by_hand = BY_HAND[what].format(**places).split(";")
    queries = ["INSERT INTO working (none) VALUES (1)", *by_hand, "DELETE FROM working", "COMMIT"]

    with pytest.raises(psycopg.Error, match=r"does not follow from the log|clock runs ahead of the server's"):
        run(url, queries)

    assert selected(url, "SELECT * FROM event ORDER BY seq") == before
    with ff.Store(url) as store:
        assert store.verify() == []


@pytest.mark.parametrize("seed", range(12))
def test_whatever_a_recorder_appends_with_this_program_follows_from_the_log(seed: int, url: str) -> None:
    random = Random(seed)
    events: list[Event] = [*DECLARED]
    with ff.Store(as_role(emptied(url), "ff_owner")) as owner, ff.Store(as_role(url, "ff recorder's")) as recorder:
        recorder.append(events)
        for _ in range(25):
            event = one_more(random, events)
            try:
                (owner if isinstance(event, ff.Redaction) else recorder).append(event)
            except (ff.DataError, ff.errors.DuplicateError):
                continue
            events.append(event)
        assert owner.verify() == []
    kept = [event for event in events if not isinstance(event, ff.Redaction)]
    with ff.Store(as_role(emptied(url), "ff recorder's")) as recorder:
        recorder.append(kept)
        assert recorder.verify() == []
        lines = [record.to_json() for record in recorder.log()]
    with ff.Store(as_role(emptied(url), "ff recorder's")) as recorder:
        recorder.replay(lines)
        assert recorder.verify() == []


def test_a_recorder_whose_clock_runs_ahead_is_told_and_nobody_else_is_held_up(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ff.Store(as_role(emptied(url), "ff recorder's")) as store:
        store.append([*DECLARED])
        late = now() + 3_600_000_000
        with monkeypatch.context() as patch:
            patch.setattr("flipflop.store.store.now", lambda: late)
            with pytest.raises(
                ff.StoreError, match=r"this machine's clock runs ahead .* set it right, and record again"
            ):
                store.append(statement())
            with ff.Store(as_role(url, "ff_owner")) as owned:
                owned.append(statement())  # the owner's clock is the owner's business, and is told

        assert "later than now" in store.append(statement()).warnings[-1]


@pytest.mark.parametrize(
    "held", ["INSERT INTO word (text) VALUES ('a-new-speaker')", "LOCK TABLE turn IN EXCLUSIVE MODE"]
)
def test_whoever_stays_in_a_transaction_is_named_after_the_time_that_was_given(held: str, url: str) -> None:
    """K10.7."""
    with (
        ff.Store(as_role(emptied(url), "ff_owner"), timeout=0.5) as store,
        psycopg.connect(url, user="ff recorder's", options="-c search_path=flipflop") as server,
    ):
        server.execute(held.encode())

        with pytest.raises(
            ff.StoreError, match=r"nothing was recorded.* as ff recorder's, server process \d+"
        ) as caught:
            store.append(ff.Speaker("a-new-speaker", "A New Speaker"))

        assert "\n" not in str(caught.value)
        server.rollback()
        assert store.append(ff.Speaker("a-new-speaker", "A New Speaker")).recorded


def test_a_recorder_who_locks_a_table_holds_readers_up_for_the_time_that_was_given(url: str) -> None:
    with (
        ff.Store(as_role(url, "ff_reader"), timeout=0.5) as store,
        psycopg.connect(url, user="ff recorder's", options="-c search_path=flipflop") as server,
    ):
        server.execute("LOCK TABLE gone IN ACCESS EXCLUSIVE MODE")

        with pytest.raises(ff.StoreError, match=r"as ff recorder's, server process \d+"):
            store.statements()
