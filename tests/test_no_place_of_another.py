"""Nothing that is written takes the place of what belongs to a store, by whatever name: what a fresh look tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.errors import DataError, StoreError
from flipflop.publish import publish_site
from flipflop.store import restore
from tests.cli_running import flipflop
from tests.store_cases import DECLARED, correction, statement

if TYPE_CHECKING:
    from pathlib import Path

SIDES = ["s.db-wal", "s.db-shm", "s.db-journal", "s.db.lock", "other.db-wal"]


@pytest.mark.parametrize("name", SIDES)
def test_a_name_of_what_is_kept_beside_a_store_is_no_place_for_a_store_or_backup(tmp_path: Path, name: str) -> None:
    kept = tmp_path / "kept.db"
    with ff.Store(tmp_path / "s.db") as store:
        store.append(DECLARED)
        store.backup(kept)
        with pytest.raises(StoreError, match="kept beside a database"):
            store.backup(tmp_path / name, force=True)
        with pytest.raises(StoreError, match="kept beside a database"):
            restore(kept, tmp_path / name, force=True)
        store.append(statement())
        assert store.verify() == []
    (tmp_path / name).unlink(missing_ok=True)
    with pytest.raises(StoreError, match="kept beside a database"):
        ff.Store(tmp_path / name)


def test_a_store_with_newer_events_beside_another_of_its_names_is_opened_under_that(tmp_path: Path) -> None:
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    with ff.Store(one) as store:
        store.append(DECLARED)
        other.hardlink_to(one)
        with pytest.raises(StoreError, match=r"another name of .*one\.db"):
            ff.Store(other)
    with ff.Store(other) as store:
        assert len([*store.log()]) == len(DECLARED)


def test_the_text_of_an_article_takes_the_place_of_nothing(tmp_path: Path) -> None:
    article, text, store = tmp_path / "a.txt", tmp_path / "text.txt", tmp_path / "s.db"
    article.write_text('Ann Ames said on Monday: "We need it."\n', "utf-8")
    text.write_text("precious", "utf-8")
    ff.Store(store).close()
    held = store.read_bytes()

    refused = [flipflop("propose", str(article), "--text", str(place)) for place in (text, store)]
    text.unlink()
    written = [flipflop("propose", str(article), "--text", str(text)) for _ in range(2)]

    assert [one.code for one in refused] == [1, 1]
    assert store.read_bytes() == held
    assert [one.code for one in written] == [0, 0]


@pytest.mark.parametrize("encoding", ["zlib", "hex", "rot13", "punycode", "undefined", "no-such"])
def test_what_is_no_encoding_of_text_is_told(tmp_path: Path, encoding: str) -> None:
    article = tmp_path / "a.txt"
    article.write_bytes("Ann Ames said: “We need it.”\n".encode())

    done = flipflop("propose", str(article), "--encoding", encoding)

    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "--encoding" in done.err


def test_a_database_that_was_changed_in_a_site_is_not_replaced(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, statement()])
        publish_site(store, site, scope="All.")
        (page,) = (path for path in site.rglob("*.db"))
        with ff.Store(tmp_path / "mine.db") as mine:
            mine.append(DECLARED)
        page.write_bytes((tmp_path / "mine.db").read_bytes())
        held = page.read_bytes()

        with pytest.raises(StoreError, match="database that was changed"):
            publish_site(store, site, scope="All.", overwrite=True)

    assert page.read_bytes() == held


@pytest.mark.parametrize("given", ['extra={"a":1e999}', 'extra={"a":NaN}', "name=Infinity"])
def test_a_number_that_is_none_is_told(tmp_path: Path, given: str) -> None:
    one = statement()
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, one])

    done = flipflop("-s", str(tmp_path / "s.db"), "amend", one.hash[:8], "--set", given, "--reason", "x", "--by", "Me")

    assert done.code == 1
    assert done.err.startswith("error: ")


@pytest.mark.parametrize("written", ["1e999", "-1e999"])
def test_a_number_that_is_none_in_a_line_is_told(tmp_path: Path, written: str) -> None:
    one = statement()
    line = f'{{"event": "correction", "target": "{one.hash}", "changes": {{"extra": {{"a": [{written}]}}}}, '
    (tmp_path / "f.jsonl").write_text(line + '"reason": "r", "by": "Me"}\n', "utf-8")
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, one])

    done = flipflop("-s", str(tmp_path / "s.db"), "import", str(tmp_path / "f.jsonl"))

    assert (done.code, "no number of JSON" in done.err) == (1, True)


def test_a_statement_does_not_answer_itself(tmp_path: Path) -> None:
    one = statement()
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, one])
        with pytest.raises(DataError, match="does not answer itself"):
            store.append(correction(one, responds_to=one.hash))
