"""Fields that version 3 has and earlier ones had not: kept, told and exported like any other, and in no older id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.errors import Problem
from flipflop.records import SetAside, from_json, to_json
from flipflop.text import csvfile
from tests.store_cases import DECLARED, correction, said, statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.records import Event

ONE, TWO = statement(at=1), statement("bob", at=2)
CODING = ff.Coding(ONE.hash, "unit", ff.Stance.SUPPORT, "Coder", qualifier="only if it is paid for")
RULING = ff.Ruling(
    ONE.hash, TWO.hash, "unit", ff.Outcome.NO_REVERSAL, "none found", "Editor", set_aside=SetAside.EARLIER
)
CONFLICT = ff.Ruling(ONE.hash, TWO.hash, "unit", ff.Outcome.NO_CONFLICT, "none found", "Editor")
RELATION = ff.SpeaksFor("ann", "bob", topics=("unit",), source=ff.Source(url="https://example.org/a", published=said()))
EVENTS = (*DECLARED, ONE, TWO, CODING, RULING, CONFLICT, RELATION)


def test_what_is_recorded_is_read_back_exported_and_replayed(places: Callable[[], str]) -> None:
    with ff.Store(places()) as store, ff.Store(places()) as other:
        store.append(EVENTS)
        assert [record.event for record in store.log()] == list(EVENTS)
        assert store.verify() == []
        lines = [record.to_json() for record in store.log()]

        other.replay(lines)

        assert [record.to_json() for record in other.log()] == lines


@pytest.mark.parametrize("event", EVENTS)
def test_json_and_csv_give_the_event_again(event: Event) -> None:
    row = to_json(event)
    ((_, again),) = csvfile.read("".join(csvfile.write([row])).splitlines(keepends=True))

    assert from_json(row) == event
    assert not isinstance(again, Problem)
    assert from_json(again) == event


def test_ids_without_the_fields_are_those_of_earlier_versions() -> None:
    statement = "ab" * 16
    assert ff.Coding(statement, "unit", ff.Stance.SUPPORT, "Coder").hash == "daf0b4ddf038917bf79dfa2ba603f566"
    assert ff.SpeaksFor("ann", "bob").hash == "5099369d238c6553f45a57929d9289bc"


def test_a_relation_is_corrected_in_the_new_fields_too(where: str) -> None:
    with ff.Store(where) as store:
        store.append([*DECLARED, RELATION])
        store.append(correction(RELATION, topics=["unit", "talks"]))

        reads = store.as_it_reads(RELATION.hash)

        assert isinstance(reads, ff.SpeaksFor)
        assert reads.topics == ("unit", "talks")
        assert store.verify() == []


def test_a_topic_of_a_relation_must_be_declared(where: str) -> None:
    with ff.Store(where) as store:
        store.append(DECLARED)
        with pytest.raises(ff.DataError, match=r"topics unknown topic 'unti'; did you mean 'unit'"):
            store.append(ff.SpeaksFor("ann", "bob", topics=("unti",)))


def test_an_end_is_set_aside_only_where_no_position_changed() -> None:
    with pytest.raises(ff.DataError, match="only of a pair that is no_reversal"):
        ff.Ruling(ONE.hash, TWO.hash, "unit", ff.Outcome.REVERSAL, "none found", "Editor", set_aside=SetAside.LATER)
