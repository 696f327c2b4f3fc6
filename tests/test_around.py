"""What lies around a statement in the record is found alike in a file and on a server, without pandas."""

from __future__ import annotations

from flipflop.cases import Brought, Twin, brought_since, conflicts_with, twins_of, twins_since
from flipflop.records import Coding, Speaker, SpeaksFor, Stance, Statement, Topic
from flipflop.store import Store
from flipflop.when import When

DAY, NEXT, THIRD = (When.parse(f"2020-01-0{day}", tz="UTC") for day in (1, 2, 3))
DECLARED = (Speaker("ann", "Ann"), Speaker("bob", "Bob"), Topic("unit", "Unit", "There should be one."))
FIRST = Statement("ann", "We need it.", DAY)
FIRST_CODED = Coding(FIRST.hash, "unit", Stance.SUPPORT, "me")


def test_twins_are_found_whether_coded_or_not(where: str) -> None:
    alone = Statement("ann", "Nothing else.", DAY)
    with Store(where) as store:
        store.append([*DECLARED, FIRST, FIRST_CODED, alone])

        assert twins_of(store, Statement("ann", "we  need it. ", DAY)) == [FIRST.hash]
        assert twins_of(store, Statement("ann", "NOTHING else.", DAY)) == [alone.hash]
        assert twins_of(store, Statement("ann", "we need it.", NEXT)) == []
        assert twins_of(store, Statement("bob", "we need it.", DAY)) == []
        assert twins_of(store, FIRST) == []


def test_what_was_recorded_since_a_place_is_compared_with_what_was_before(where: str) -> None:
    turned = Statement("ann", "We do not need it.", THIRD)
    again = Statement("ann", "We need it. ", DAY)
    with Store(where) as store:
        store.append([*DECLARED, SpeaksFor("bob", "ann"), FIRST, FIRST_CODED])
        before = store.last_seq()
        bob = Statement("bob", "No.", NEXT)
        store.append([again, turned, bob, *(Coding(one.hash, "unit", Stance.OPPOSE, "me") for one in (turned, bob))])

        assert twins_since(store, before) == [Twin(FIRST.hash, again.hash)]
        assert brought_since(store, before) == Brought(1, 1)
        assert brought_since(store, store.last_seq()) == Brought(0, 0)
        assert store.is_in_a_relation("bob")


def test_where_nobody_speaks_for_anybody_there_is_no_conflict_to_look_for(where: str) -> None:
    with Store(where) as store:
        store.append([*DECLARED, FIRST, FIRST_CODED])

        assert conflicts_with(store, FIRST, FIRST_CODED) == (None, True)
        assert not store.is_in_a_relation("ann")


def test_of_a_topic_with_very_many_codings_it_is_told_that_nobody_looked(where: str) -> None:
    many = [Coding(FIRST.hash, "unit", Stance.SUPPORT, f"coder {n}") for n in range(500)]
    with Store(where) as store:
        store.append([*DECLARED, SpeaksFor("bob", "ann"), FIRST, FIRST_CODED, *many])

        assert conflicts_with(store, FIRST, FIRST_CODED) == (None, False)
        assert brought_since(store, 0) == Brought(0, 0, ("unit",))
