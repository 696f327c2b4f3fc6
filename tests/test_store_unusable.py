"""A store that was closed, or is another thread's, says so in a sentence that tells what to do, whatever is asked."""

from __future__ import annotations

import gc
import os
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

import pytest

import flipflop as ff
from tests.store_cases import DECLARED, statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.postgres_stores import Databases

Told = TypeVar("Told")

MOMENT = datetime(2017, 7, 9, tzinfo=UTC)
ASKED: dict[str, Callable[[ff.Store], object]] = {
    "append": lambda store: store.append(statement()),
    "trial": lambda store: store.trial(statement()),
    "replay": lambda store: store.replay([]),
    "trial_replay": lambda store: store.trial_replay([]),
    "verify": ff.Store.verify,
    "rebuild": ff.Store.rebuild,
    "notices": ff.Store.notices,
    "seal": ff.Store.seal,
    "log": lambda store: list(store.log()),
    "events": lambda store: list(store.events()),
    "get": lambda store: store.get("ann"),
    "as_it_reads": lambda store: store.as_it_reads("ann"),
    "needs_review": lambda store: store.needs_review("0" * 32),
    "history": lambda store: store.history("ann"),
    "resolve_speaker": lambda store: store.resolve_speaker("Ann Ames"),
    "resolve_topic": lambda store: store.resolve_topic("The unit"),
    "names": lambda store: store.names("speaker"),
    "committed_positions": lambda store: store.committed_positions("ann", "unit"),
    "statements": ff.Store.statements,
    "codings": ff.Store.codings,
    "speakers": ff.Store.speakers,
    "topics": ff.Store.topics,
    "speaks_for": ff.Store.speaks_for,
    "rulings": ff.Store.rulings,
    "head": ff.Store.head,
    "exported": lambda store: store.exported("copy.jsonl"),
    "exports": ff.Store.exports,
    "settings": lambda store: store.settings,
    "tz": lambda store: store.tz,
    "drop_name": ff.Store.drop_name,
    "said_around": lambda store: store.said_around("ann", MOMENT, MOMENT),
    "said_before": lambda store: list(store.said_before(1, {"ann"}, 0, 1)),
    "is_in_a_relation": lambda store: store.is_in_a_relation("ann"),
    "is_coded_more_often": lambda store: store.is_coded_more_often("unit", 1),
    "last_seq": ff.Store.last_seq,
    "statements_since": lambda store: list(store.statements_since(0)),
    "coded_since": lambda store: list(store.coded_since(0)),
}
ELSEWHERE = {"init", "close", "name", "path", "by", "writable", "grant", "backup"}
"""What makes a store, needs no connection, or is only there for one kind of store."""


def test_everything_that_a_store_can_be_asked_is_asked_here() -> None:
    assert {name for name in dir(ff.Store) if not name.startswith("_")} == ASKED.keys() | ELSEWHERE


def test_a_store_that_was_closed_says_so_whatever_is_asked(where: str) -> None:
    store = ff.Store(where)
    store.append(DECLARED)
    store.close()

    assert refusals(store) == dict.fromkeys(ASKED, f"{store.name} was closed: open it again to go on")
    store.close()  # once more is no error


def test_a_store_that_is_closed_while_somebody_goes_through_its_log_says_so(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flipflop.store.log.read.CHUNK", 1)
    store = ff.Store(where)
    store.append(DECLARED)
    log = store.log()
    next(log)
    store.close()

    with pytest.raises(ff.StoreError, match="was closed: open it again"):
        next(log)


def test_no_backup_of_a_store_that_was_closed(tmp_path: Path) -> None:
    store = ff.Store(tmp_path / "s.db")
    store.close()

    with pytest.raises(ff.StoreError, match="was closed: open it again"):
        store.backup(tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy*"))


def test_a_file_that_another_thread_opened_says_so_whatever_is_asked(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append(DECLARED)

        told = f"{store.name} was opened in another thread: open it again in this one"
        assert in_another_thread(refusals, store) == dict.fromkeys(ASKED, told)
        assert in_another_thread(closing, store) == told
        assert store.verify() == []  # it goes on where it was opened


def test_a_server_is_asked_from_any_thread(databases: Databases) -> None:
    with databases.lent() as fresh, ff.Store(fresh()) as store:
        store.append(DECLARED)

        assert in_another_thread(refusals, store).keys() == {"replay", "trial_replay"}  # it is not empty


def in_another_thread(question: Callable[[ff.Store], Told], store: ff.Store) -> Told:
    found: list[Told] = []
    other = Thread(target=lambda: found.append(question(store)))
    other.start()
    other.join()
    return found[0]


def closing(store: ff.Store) -> str:
    with pytest.raises(ff.StoreError) as refused:
        store.close()
    return str(refused.value)


def refusals(store: ff.Store) -> dict[str, str]:
    """What the store says to each question that it refuses."""
    found = {}
    for name, ask in ASKED.items():
        try:
            ask(store)
        except ff.StoreError as error:
            found[name] = str(error)
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system does not list the files that are open")
def test_a_store_that_nobody_closed_leaves_no_file_open(tmp_path: Path) -> None:
    store = ff.Store(tmp_path / "s.db")
    store.append([*DECLARED, statement()])
    del store
    gc.collect()

    assert not [link for link in Path("/proc/self/fd").iterdir() if str(tmp_path) in os.path.realpath(link)]
