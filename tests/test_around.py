"""What lies around a statement in the record is found alike in a file and on a server, without pandas."""

from __future__ import annotations

from flipflop.cases import Brought, Twin, brought_since, candidates_with, conflicts_with, twins_of, twins_since
from flipflop.records import Coding, Correction, Outcome, Ruling, Speaker, SpeaksFor, Stance, Statement, Topic
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


def coded(statement: Statement, stance: Stance) -> Coding:
    return Coding(statement.hash, "unit", stance, "me")


def test_what_was_said_for_somebody_else_makes_no_candidate_of_an_import(where: str) -> None:
    sent = Statement("ann", "The House does not.", NEXT, on_behalf_of="house")
    mended = Statement("ann", "No.", THIRD)
    with Store(where) as store:
        store.append([*DECLARED, Speaker("house", "House"), FIRST, FIRST_CODED])
        before = store.last_seq()
        store.append([sent, coded(sent, Stance.OPPOSE)])
        assert brought_since(store, before).candidates == 0

        store.append([mended, coded(mended, Stance.OPPOSE)])
        assert brought_since(store, before).candidates == 1

        store.append(Correction(mended.hash, {"on_behalf_of": "house"}, "as the record says", "me"))
        assert brought_since(store, before).candidates == 0


def test_the_way_back_from_what_was_ruled_no_change_is_no_candidate(where: str) -> None:
    denied = Statement("ann", "We do not need it.", NEXT)
    back = Statement("ann", "We need it after all.", THIRD)
    with Store(where) as store:
        store.append([*DECLARED, FIRST, FIRST_CODED, denied, coded(denied, Stance.OPPOSE)])
        store.append(Ruling(FIRST.hash, denied.hash, "unit", Outcome.NO_REVERSAL, "A quotation.", "me"))
        before = store.last_seq()
        store.append([back, coded(back, Stance.SUPPORT)])

        assert candidates_with(store, back, coded(back, Stance.SUPPORT)) == []
        assert brought_since(store, before) == Brought(0, 0)


def test_what_repeats_a_jest_is_a_candidate_of_its_own(where: str) -> None:
    jest = Statement("ann", "We do not need it.", NEXT)
    again = Statement("ann", "We really do not need it.", THIRD)
    with Store(where) as store:
        store.append([*DECLARED, FIRST, FIRST_CODED, jest, coded(jest, Stance.OPPOSE)])
        store.append(Ruling(FIRST.hash, jest.hash, "unit", Outcome.NO_REVERSAL, "A jest.", "me"))
        before = store.last_seq()
        store.append([again, coded(again, Stance.OPPOSE)])

        assert candidates_with(store, again, coded(again, Stance.OPPOSE)) == [("reversal", FIRST.hash, again.hash)]
        assert brought_since(store, before) == Brought(1, 0)
        assert store.is_ruled_or_sent("ann", "unit")
        assert not store.is_ruled_or_sent("bob", "talks")


def test_a_conflict_that_was_ruled_on_is_not_brought_again(where: str) -> None:
    denied = Statement("bob", "No.", NEXT)
    with Store(where) as store:
        store.append([*DECLARED, SpeaksFor("bob", "ann"), FIRST, FIRST_CODED, denied, coded(denied, Stance.OPPOSE)])
        assert brought_since(store, 0) == Brought(0, 1)

        store.append(Ruling(FIRST.hash, denied.hash, "unit", Outcome.NO_CONFLICT, "Another unit.", "me"))

        assert brought_since(store, 0) == Brought(0, 0)
