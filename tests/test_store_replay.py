"""A log export comes back as it was: the same stamps, the same chain, byte for byte; what was tampered with is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import flipflop as ff
from flipflop.errors import Problem
from flipflop.records import from_json
from tests.store_cases import BOB, DECLARED, Clock, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def elsewhere(places: Callable[[], str]) -> str:
    """The place of another store."""
    return places()


@pytest.fixture
def lines(elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A log with every kind of event, redactions of several kinds among them, recorded at different moments."""
    one, two, three = statement(), statement("bob"), statement(text="gone")
    mended = correction(three, context="gone too")
    out = ff.Retraction("bob", "a mistake", "Editor")
    again = retraction(out)
    ruling = ff.Ruling(one.hash, two.hash, "unit", "reversal", "none found", "Editor")  # type: ignore[arg-type]  # a word
    clock = Clock(monkeypatch)
    with ff.Store(elsewhere) as store:
        for event in (
            *DECLARED,
            ff.SpeaksFor("bob", "ann"),
            one,
            two,
            three,
            coding(one),
            coding(three),
            ruling,
            mended,
        ):
            clock.tick(0.7)
            store.append(event)
        clock.tick()
        store.append([out, again, correction(one, text="mended"), redaction(three), redaction(out)])
        monkeypatch.undo()
        return [json.dumps(record.to_json()) for record in store.log()]


def rows(lines: list[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines]


def test_a_replayed_log_is_the_log(where: str, elsewhere: str, lines: list[str]) -> None:
    with ff.Store(where) as store:
        replayed = store.replay(rows(lines))

        assert [json.dumps(record.to_json()) for record in store.log()] == lines
        assert [stamp.recorded_at for stamp in replayed.recorded] == [record.recorded_at for record in store.log()]
        assert store.verify() == []
        with ff.Store(elsewhere) as origin:
            assert list(store.events()) == list(origin.events())
        assert len(store.append(statement()).recorded) == 1


def test_a_long_log_is_replayed_in_chunks(where: str, lines: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flipflop.store.log.replay.CHUNK", 3)

    with ff.Store(where) as store:
        store.replay(rows(lines))

        assert [json.dumps(record.to_json()) for record in store.log()] == lines


def test_a_log_is_replayed_into_an_empty_store_only(where: str, lines: list[str]) -> None:
    with ff.Store(where) as store:
        store.append(BOB)

        with pytest.raises(ff.StoreError, match="is not empty"):
            store.replay(rows(lines))


def changed(lines: list[str], number: int, **fields: object) -> list[dict[str, Any]]:
    found = rows(lines)
    found[number - 1] |= fields
    return found


def swapped(lines: list[str]) -> list[dict[str, Any]]:
    found = rows(lines)
    found[4], found[5] = found[5], found[4]
    return found


def without(lines: list[str], number: int) -> list[dict[str, Any]]:
    return rows(lines[: number - 1] + lines[number:])


TAMPERED = {
    "words": (lambda lines: changed(lines, 6, text="other words"), 6, "chain"),
    "a stamp": (lambda lines: changed(lines, 6, recorded_at="2026-01-01T00:00:00Z"), 6, "chain"),
    "an earlier stamp": (lambda lines: changed(lines, 6, recorded_at="2020-01-01T00:00:00Z"), 6, "recorded_at"),
    "a stamp of another shape": (lambda lines: changed(lines, 6, recorded_at="2020-01-01"), 6, "recorded_at"),
    "the chain": (lambda lines: changed(lines, 6, chain="0" * 32), 6, "chain"),
    "no chain": (lambda lines: changed(lines, 6, chain="none"), 6, "chain"),
    "a seq": (lambda lines: changed(lines, 6, seq=7), 6, "seq"),
    "two lines swapped": (swapped, 5, "seq"),
    "a line left out": (lambda lines: without(lines, 5), 5, "seq"),
    "a line that says it was redacted": (
        lambda lines: changed(lines, 12, redacted=True, hash="0" * 32),
        12,
        "chain",
    ),
    "no stamps": (lambda lines: changed(lines, 6, seq=None, recorded_at=None, chain=None), 6, "seq"),
    "an unknown kind": (lambda lines: changed(lines, 8, event="sermon"), 8, "event"),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_a_line_that_was_tampered_with_is_told_and_nothing_recorded(where: str, lines: list[str], case: str) -> None:
    tamper, number, field = TAMPERED[case]
    with ff.Store(where) as store:
        with pytest.raises(ff.DataError) as caught:
            store.replay(tamper(lines), file="log.jsonl")  # type: ignore[no-untyped-call]  # a lambda

        assert str(caught.value).startswith(f"log.jsonl:{number}: {field} ")
        assert store.head() is None


def test_a_body_that_is_missing_without_a_redaction_is_told(where: str, elsewhere: str) -> None:
    with ff.Store(elsewhere) as origin:
        origin.append(DECLARED)
        found = [record.to_json() for record in origin.log()]
    last: dict[str, Any] = {"event": "topic", "redacted": True, "hash": DECLARED[-1].hash}
    found[-1] = {**last, **{key: found[-1][key] for key in ("seq", "recorded_at", "chain")}}

    with ff.Store(where) as store, pytest.raises(ff.DataError, match="no redaction names it"):
        store.replay(found)


def test_problems_of_the_reader_are_told_with_the_line(where: str, lines: list[str]) -> None:
    numbered: list[Any] = list(enumerate(rows(lines), start=1))
    numbered[2] = (3, Problem("is no JSON"))

    with ff.Store(where) as store, pytest.raises(ff.DataError) as caught:
        store.replay(numbered, file="log.jsonl")

    assert str(caught.value) == "log.jsonl:3: is no JSON"


def test_lines_of_a_log_get_fresh_stamps_in_a_store_that_is_not_empty(where: str, lines: list[str]) -> None:
    events = [from_json(row) for row in rows(lines) if "redacted" not in row]

    with ff.Store(where) as store:
        store.append(ff.Speaker("carl", "Carl"))
        appended = store.append(event for event in events if event.kind_of_event in ("speaker", "topic", "statement"))

        assert len(appended.recorded) == 6
