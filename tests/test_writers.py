"""Many programs record in one store at once: every append is acknowledged, none fails, one chain holds them all."""

from __future__ import annotations

import subprocess
import sys
import time
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from flipflop.errors import StoreError
from flipflop.store import Store
from flipflop.store.sqlite.lock import FileLock
from tests.harness.processes import together, wrong_after

if TYPE_CHECKING:
    from pathlib import Path


def test_eight_writers_at_once_are_all_heard(where: str) -> None:
    found = together(where, writers=8, appends=25)
    assert found.errors == []
    assert found.acknowledged == 200
    assert list(wrong_after(where, found)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the fastest is the next")
def test_who_asks_again_at_once_does_not_pass_those_who_wait(tmp_path: Path) -> None:
    turns: list[str] = []

    def write(name: str) -> None:
        lock = FileLock(tmp_path / "s.lock")
        lock.acquire(30)
        turns.append(name)
        lock.release()
        lock.close()

    first = FileLock(tmp_path / "s.lock")
    first.acquire(30)
    waiting = [Thread(target=write, args=(name,)) for name in ("second", "third")]
    for thread in waiting:
        thread.start()
        time.sleep(0.2)  # so that it waits, and in this order
    for _ in range(2):
        first.release()
        first.acquire(30)
        turns.append("first")
    for thread in waiting:
        thread.join()
    first.close()

    assert turns.index("second") < turns.index("first")
    assert turns.index("third") < 3


def test_who_gave_up_waiting_holds_nobody_up(tmp_path: Path) -> None:
    first, second, third = (FileLock(tmp_path / "s.lock") for _ in range(3))
    first.acquire(30)
    with pytest.raises(StoreError, match="another program has been writing"):
        second.acquire(0.1)
    first.release()

    third.acquire(30)
    third.close()


def test_a_store_is_of_no_use_in_a_process_that_was_forked_after_it_was_opened(where: str) -> None:
    """What such a process recorded in a file was lost, when the one that had opened the store closed it."""
    script = """
import os, sys
import flipflop as ff
from flipflop.errors import StoreError
store = ff.Store(sys.argv[1])
for use in (lambda: store.append(ff.Speaker("bob", "Bob Bell")), store.head, store.speakers):
    child = os.fork()
    if not child:
        try:
            use()
        except StoreError as error:
            os._exit(0 if "before this process was forked: open it again" in str(error) else 1)
        os._exit(2)
    assert os.waitpid(child, 0)[1] == 0
store.append(ff.Speaker("ann", "Ann Ames"))
"""
    subprocess.run([sys.executable, "-c", script, where], check=True)

    with Store(where) as store:
        assert [record.seq for record in store.log()] == [1]
