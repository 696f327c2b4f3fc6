"""The power goes at any moment: what was acknowledged is there, batches are whole, redacted words stay gone."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.store.log import append
from tests.harness.afterwards import damage
from tests.harness.disk import Disk, Op, cut
from tests.harness.on_apsw import stores_on
from tests.harness.powercuts import NAME, booted, cuts, work
from tests.store_cases import DECLARED

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", range(4))
def test_power_cuts_take_nothing_that_was_acknowledged(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    done = work(random, tmp_path, appends=20)
    assert str(cuts(done, random, count=12)) == "0 acknowledged lost, 0 torn, 0 corrupt"


def test_power_cuts_in_long_batches_take_nothing_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(append, "CHUNK", 3)
    monkeypatch.setattr(append, "LONG", 3)
    random = Random(4)
    done = work(random, tmp_path, appends=20)
    assert str(cuts(done, random, count=12)) == "0 acknowledged lost, 0 torn, 0 corrupt"


def test_a_store_whose_making_was_cut_short_is_made_by_the_next_who_opens_it(tmp_path: Path) -> None:
    disk = Disk()
    with stores_on(disk.name):
        ff.Store(tmp_path / NAME).close()
    for moment in range(0, len(disk.log) + 1, 2):
        with booted(cut(disk.log, moment, Random(moment))) as path:
            assert not damage(str(path), [], [])


def test_words_whose_redaction_was_acknowledged_do_not_come_back_with_a_power_cut(tmp_path: Path) -> None:
    random = Random(5)
    done = work(random, tmp_path, appends=60)
    assert done.redacted
    for at, text in done.redacted:
        for _ in range(5):
            left = cut(done.disk.log, at, random).files.values()
            assert not [content for content in left if text.encode() in content]


def test_the_harness_sees_what_a_store_that_syncs_less_loses(tmp_path: Path) -> None:
    random = Random(6)
    done = work(random, tmp_path, appends=60, synchronous="NORMAL")
    assert cuts(done, random, count=40).lost


def test_the_harness_sees_what_a_disk_that_lies_about_syncs_loses(tmp_path: Path) -> None:
    random = Random(7)
    done = work(random, tmp_path, appends=20)
    found = cuts(done, random, count=10, syncs_hold=False)
    assert found.lost
    assert found.corrupt


def test_every_acknowledged_append_was_synced_first(tmp_path: Path) -> None:
    """Between the last write of an append and its acknowledgement stands a sync of the file it wrote to."""
    disk = Disk()
    with stores_on(disk.name), ff.Store(tmp_path / NAME) as store:
        for event in DECLARED:
            store.append(event)
            disk.acknowledged([event.hash])
            log = [op for op in disk.log if not op.what.startswith("sync_")]
            assert [op.what for op in log[-2:]] == ["sync", "acknowledged"]


def test_the_recorded_disk_keeps_what_is_synced_and_drops_any_part_of_the_rest() -> None:
    page = bytes(range(256)) * 16
    log = [Op("create", "a"), Op("write", "a", 0, page), Op("sync", "a"), Op("sync_directory")]
    log += [Op("write", "a", 4000, b"x" * 1000), Op("create", "b"), Op("truncate", "a", 100)]
    synced = [cut(log, 4, Random(seed)).files for seed in range(50)]
    assert synced == [{"a": page}] * 50
    left = [cut(log, 7, Random(seed)).files for seed in range(200)]
    assert {tuple(sorted(files)) for files in left} == {("a",), ("a", "b")}
    sizes = {len(files["a"]) for files in left}
    assert {100, 4096, 5000} <= sizes
    torn = [files["a"][4000:].count(b"x") for files in left]
    assert {0, 1000} < set(torn)
