"""Long batches: guards and the index of ids are out of the way meanwhile, and nobody can tell afterwards, or ever."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

import flipflop as ff
from flipflop.records import Event
from flipflop.store.log import append, replay
from flipflop.store.sqlite import bulk
from flipflop.store.sqlite.recorded_ids import Ids
from tests.store_cases import DECLARED, Clock, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
DEFINITIONS = "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2"


@pytest.fixture(autouse=True)
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few events are a long batch."""
    monkeypatch.setattr(append, "LONG", 5)
    monkeypatch.setattr(append, "CHUNK", 5)
    monkeypatch.setattr(replay, "CHUNK", 5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with declarations."""
    with ff.Store(tmp_path / "s.db") as store:
        store.append(DECLARED)
    return tmp_path / "s.db"


def schema_of(path: Path) -> list[tuple[str, ...]]:
    """All definitions, as another connection sees them."""
    with closing(sqlite3.connect(path)) as sql:
        return sql.execute(DEFINITIONS).fetchall()


def guarded(path: Path) -> bool:
    """Whether the store holds, and its guards stand."""
    with ff.Store(path) as store, closing(sqlite3.connect(path)) as sql:
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            sql.execute("UPDATE event SET recorded_at = 0")
        foreign_keys: tuple[int] = store._db.sql.execute("PRAGMA foreign_keys").fetchone()
        return store.verify() == [] and foreign_keys == (1,)


def stream(random: Random, length: int, *, wild: bool = False) -> list[Event]:
    """Statements, codings, corrections, retractions and redactions of what came before, and some of it again.

    Wild, they may be about anything, be it redacted or no statement.
    """
    first = statement()
    said = [first]
    judged: list[Event] = [first]
    events: list[Event] = [*DECLARED, first]
    for _ in range(length):
        one = random.choice(said)
        match random.randrange(12):
            case 0:
                events.append(correction(one, text=f"mended {random.random()}"))
            case 1:
                events.append(retraction(random.choice(events if wild else judged)))
            case 2 if wild or len(said) > 1:
                events.append(redaction(one))
                if not wild:
                    said.remove(one)
            case 3 | 4:
                events.append(random.choice(events))
            case 5 | 6 | 7:
                events.append(coding(one, topic=random.choice(("unit", "talks"))))
            case _:
                said.append(statement(random.choice(("ann", "bob"))))
                judged.append(said[-1])
                events.append(said[-1])
    return events


def left_by(path: Path, chunk: int, events: list[Event], *, among: int) -> object:
    """What a store says after these events, the first of them recorded one by one, the rest in one batch."""
    with pytest.MonkeyPatch.context() as patch, ff.Store(path) as store:
        Clock(patch)
        patch.setattr(append, "LONG", chunk)
        patch.setattr(append, "CHUNK", chunk)
        for event in DECLARED[:among]:
            store.append([event])
        try:
            skipped = list(store.append(events).skipped)
        except ff.DataError as error:
            return [str(problem) for problem in error.problems]
        state = [store._db.sql.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in ("gone", "review")]
        assert store.verify() == []
        return skipped, state, [record.to_json() for record in store.log()], store.statements().to_dict("records")


@given(seed=st.integers(0, 2**32), length=st.integers(0, 40), among=st.integers(0, 4), wild=st.booleans())
@settings(max_examples=30)
def test_a_long_batch_leaves_what_a_short_one_leaves(
    tmp_path_factory: pytest.TempPathFactory, seed: int, length: int, among: int, wild: bool
) -> None:
    events, folder = stream(Random(seed), length, wild=wild), tmp_path_factory.mktemp("bulk")

    long, short = (left_by(folder / f"{chunk}.db", chunk, events, among=among) for chunk in (3, 1000))

    assert long == short


def test_others_see_the_guards_all_the_time_and_cannot_write(path: Path) -> None:
    before, seen = schema_of(path), []

    def events() -> Iterator[Event]:
        for number in range(40):
            yield statement()
            if number in (12, 39):
                seen.append(schema_of(path))
                with closing(sqlite3.connect(path, timeout=0)) as sql, pytest.raises(sqlite3.OperationalError):
                    sql.execute("UPDATE event SET recorded_at = 0")

    with ff.Store(path) as store:
        assert len(store.append(events()).recorded) == 40
        inside = store._db.sql.execute(DEFINITIONS).fetchall()

    assert seen == [before, before]
    assert sorted(inside) == sorted(before) == sorted(schema_of(path))
    assert guarded(path)


def test_while_a_long_batch_goes_on_guards_and_index_are_indeed_away(path: Path) -> None:
    """Else the tests here would say nothing."""
    with ff.Store(path) as store:

        def events() -> Iterator[Event]:
            for _ in range(20):
                yield statement()
            found = {name for _, name, _ in store._db.sql.execute(DEFINITIONS)}
            assert not {"event_by_id", "event_is_never_changed", "coding_is_never_replaced"} & found

        store.append(events())


@pytest.mark.parametrize("where_it_breaks", [4, 5, 17, 39])
def test_a_long_batch_that_breaks_off_leaves_the_store_as_it_was(path: Path, where_it_breaks: int) -> None:
    before = schema_of(path)

    def events() -> Iterator[Event]:
        for number in range(40):
            if number == where_it_breaks:
                raise RuntimeError("the source breaks off")
            yield statement()

    with ff.Store(path) as store:
        with pytest.raises(RuntimeError, match="breaks off"):
            store.append(events())
        with pytest.raises(ff.DataError, match="unknown speaker"):
            store.append([*(statement() for _ in range(20)), statement("nobody")])
        store.trial(statement() for _ in range(20))
        assert [record.event for record in store.log()] == list(DECLARED)

    assert schema_of(path) == before
    assert guarded(path)


def test_a_kill_in_the_middle_of_a_long_batch_leaves_guards_and_index(path: Path) -> None:
    before = schema_of(path)
    program = f"""
import flipflop as ff
from flipflop.store.log import append
from tests.store_cases import statement
append.LONG = append.CHUNK = 5

def events():
    for number in range(10_000):
        yield statement()
    print("in the middle", flush=True)
    input()

ff.Store({str(path)!r}).append(events())
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in the middle\n"
        assert schema_of(path) == before
        process.kill()

    assert schema_of(path) == before
    assert guarded(path)
    with ff.Store(path) as store:
        assert [record.event for record in store.log()] == list(DECLARED)


def test_a_guard_that_somebody_took_out_is_not_put_back_unseen(path: Path) -> None:
    with closing(sqlite3.connect(path)) as sql:
        sql.execute("DROP TRIGGER event_is_never_deleted")

    with ff.Store(path) as store:
        store.append(statement() for _ in range(20))
        assert [finding.problem for finding in store.verify()] == ["trigger event_is_never_deleted is missing"]


def test_events_may_come_out_of_the_store_that_they_go_into(path: Path) -> None:
    said = [statement() for _ in range(30)]
    with ff.Store(path) as store:
        store.append(said)
        store.append(
            ff.Coding(record.id, "unit", ff.Stance.SUPPORT, "Coder") for record in store.events(kinds={"statement"})
        )
        rows = store._db.sql.execute("SELECT id FROM event WHERE kind = 4 ORDER BY seq")
        store.append(ff.Coding(event_id.hex(), "talks", ff.Stance.SUPPORT, "Coder") for (event_id,) in rows)

        assert len(store.codings()) == 60
    assert guarded(path)


def test_a_batch_of_more_ids_than_memory_is_given_to_goes_on_with_the_index(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_IDS", 12)
    said = [statement() for _ in range(30)]

    with ff.Store(path) as store:
        done = store.append([*said, *map(coding, said), *said[:10], *said[-10:]])
        assert (len(done.recorded), len(done.skipped)) == (60, 20)
    assert guarded(path)


def test_nothing_more_is_recorded_about_what_was_redacted_before(path: Path) -> None:
    gone, kept = statement(), statement()
    with ff.Store(path) as store:
        store.append([gone, kept, redaction(gone)])
        with pytest.raises(ff.DataError, match="was redacted") as caught:
            store.append([*(statement() for _ in range(20)), coding(gone), coding(kept)])

    assert len(caught.value.problems) == 1


def test_a_log_is_replayed_as_a_long_batch_with_the_same_stamps(path: Path, tmp_path: Path) -> None:
    with ff.Store(path) as store:
        store.append(stream(Random(3), 60))
        lines = [record.to_json() for record in store.log()]

    with ff.Store(tmp_path / "again.db") as again:
        again.replay(lines)
        assert [record.to_json() for record in again.log()] == lines
    assert guarded(tmp_path / "again.db")


@given(
    st.lists(st.binary(min_size=2, max_size=2).map(lambda tail: bytes(14) + tail), unique=True),
    st.lists(st.binary(min_size=16, max_size=16), unique=True),
)
def test_among_the_candidates_for_an_id_is_the_one_that_has_it(alike: list[bytes], others: list[bytes]) -> None:
    ids, recorded = Ids(), dict(enumerate([*alike, *others], start=2**24 - len(alike) - len(others)))
    ids.add(recorded.items())

    assert len(ids) == len(recorded)
    for seq, event_id in recorded.items():
        found = list(ids.candidates([event_id]))
        assert seq in found
        assert all(recorded[other][1:4] == event_id[1:4] for other in found)


def test_the_memory_that_ids_take_is_what_is_promised() -> None:
    random, ids, count = Random(1), Ids(), 200_000
    ids.add((seq, random.randbytes(16)) for seq in range(count))

    held = sum(map(sys.getsizeof, ids._lists)) + sys.getsizeof(ids._lists)
    assert held / count < 6 + 32_768 * 100 / count


@pytest.mark.parametrize("damaged", [b"\1", b""])
def test_an_id_that_damage_spoiled_keeps_no_long_batch_out(path: Path, damaged: bytes) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA ignore_check_constraints = ON; DROP TRIGGER event_is_never_changed")
        connection.execute("UPDATE event SET id = ? WHERE seq = 1", (damaged,))
        connection.commit()

    with ff.Store(path) as store:
        done = store.append([statement() for _ in range(20)])

        assert [stamp.seq for stamp in done.recorded] == list(range(len(DECLARED) + 1, len(DECLARED) + 21))
        assert any("id" in str(finding) for finding in store.verify())
