"""The walk of ``rule`` at a real terminal: changes and conflicts in one order, the way back, repetitions, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import flipflop as ff
from flipflop.cases import open_candidates, open_conflicts
from tests.detection_notation import history
from tests.detection_store import made
from tests.test_cli_terminal import answered, left, terminal, wait_until_it_reads

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Walk = tuple["Path", dict[str, str], Any]


@pytest.fixture
def walk(tmp_path: Path) -> Callable[[str], Walk]:
    """Records a history in the short notation and begins the walk; the names stand for ids."""

    def begin(text: str) -> Walk:
        place, events = tmp_path / "s.db", made(history(text))
        with ff.Store(place) as store:
            store.append(events.all)
        ids = {name: event.hash for name, event in events.statements.items()}
        return place, ids, terminal(place, "rule", "--by", "Me")

    return begin


def ruled(place: Path, ids: dict[str, str]) -> list[str]:
    """The rulings as recorded, in the short notation."""
    names = {hash_: name for name, hash_ in ids.items()}
    with ff.Store(place) as store:
        frame = store.rulings()
    rows = frame[["earlier", "later", "outcome", "set_aside"]].fillna("").itertuples(index=False, name=None)
    return [
        f"{names[earlier]}>{names[later]}={outcome}" + (f":{end}" if end else "")
        for earlier, later, outcome, end in rows
    ]


RULED_A_CHANGE = (
    ("Outcome .*: ", "reversal"),
    ("Innocent reading .*: ", "none found"),
    ("Explanation .*: ", "unknown"),
    ("What the speaker called it .*: ", ""),
    ("Record this .*: ", "yes"),
)


def test_changes_and_conflicts_are_walked_in_one_order(walk: Callable[[str], Walk]) -> None:
    place, ids, child = walk("P:+a[0,1) S:+s[2,3) P:-b[4,5) S:-t[6,7)")

    child.expect("Candidate 1 of 3 on t: P: on record in support.*Words a.*Words b")
    answered(child, *RULED_A_CHANGE)
    child.expect(
        "Candidate 2 of 3 on t: S: on record in support .* on the side of P then; "
        "later P: on record in opposition.*Words s.*Words b"
    )
    answered(
        child,
        (r"Outcome \(conflict, no_conflict, not_comparable, skip, quit, back\): ", "conflict"),
        ("Innocent reading .*: ", "none found"),
        ("Record this .*: ", "yes"),
    )
    child.expect("Candidate 3 of 3 on t: S: on record in support.*Words t")
    answered(child, ("Outcome .*: ", "skip"))

    left(child)
    assert (child.exitstatus, ruled(place, ids)) == (0, ["a>b=reversal", "s>b=conflict"])


def test_it_is_asked_which_end_was_the_jest_and_what_was_said_again_takes_the_same_answer(
    walk: Callable[[str], Walk],
) -> None:
    place, ids, child = walk("+a[0,1) -b[2,3) -c[4,5) -d[6,7)")

    answered(
        child,
        ("Outcome .*: ", "no_rev"),
        ("Which end was the jest, or the quotation of somebody else .*: ", ""),
        ("Innocent reading .*: ", "He read his opponent's words."),
        ("What the speaker called it .*: ", "joke"),
    )
    child.expect("The same was said again.*Words c.*Words d.*The same answer for these .*: ")
    child.sendline("yes")
    answered(child, ("Record this .*: ", "yes"))

    assert left(child).count("recorded ") == 3
    assert ruled(place, ids) == [f"a>{end}=no_reversal:later" for end in "bcd"]
    with ff.Store(place) as store:
        assert open_candidates(store) == []
        assert ff.find_reversals(ff.positions(store), rulings=store.rulings())["switches"].max() == 0


def test_what_was_said_again_can_be_left_to_be_walked(walk: Callable[[str], Walk]) -> None:
    place, ids, child = walk("+a[0,1) -b[2,3) -c[4,5)")

    answered(
        child,
        ("Outcome .*: ", "no_reversal"),
        ("Which end .*: ", "later"),
        ("Innocent reading .*: ", "A jest."),
        ("What the speaker called it .*: ", ""),
        ("The same answer .*: ", ""),
        ("Record this .*: ", "yes"),
    )
    child.expect("Candidate 2 of 2.*Words a.*Words c")
    answered(child, ("Outcome .*: ", "quit"))

    left(child)
    assert ruled(place, ids) == ["a>b=no_reversal:later"]


def test_a_conflict_that_was_repeated_takes_one_answer(walk: Callable[[str], Walk]) -> None:
    place, ids, child = walk("P:+a[0,1) S:-s[2,3) S:+t[4,5) S:-u[6,7)")

    child.expect("Candidate 1 of 4.*Words s.*Outcome .*: ")
    child.sendline("no_conflict")
    answered(child, ("Innocent reading .*: ", "He spoke of another unit."))
    child.expect("The same was said again.*Words u.*The same answer .*: ")
    child.sendline("y")
    answered(child, ("Record this .*: ", "y"))
    child.expect("Candidate 2 of 3")
    answered(child, ("Outcome .*: ", "quit"))

    left(child)
    assert ruled(place, ids) == ["a>s=no_conflict", "a>u=no_conflict"]
    with ff.Store(place) as store:
        assert open_conflicts(store) == []


def test_back_undoes_the_last_answer_and_offers_what_was_typed(walk: Callable[[str], Walk]) -> None:
    place, ids, child = walk("+a[0,1) -b[2,3)")

    answered(
        child,
        ("Outcome .*: ", "no_reversal"),
        ("Which end .*: ", "earlier"),
        ("Innocent reading .*: ", "A jest."),
        ("What the speaker called it .*: ", "denial"),
        ("Record this .*: ", "back"),
        (r"What the speaker called it .* \[denial\]: ", "back"),
        (r"Innocent reading .* \[A jest\.\]: ", "<"),
        (r"Which end .* \[earlier\]: ", "back"),
        (r"Outcome .* \[no_reversal\]: ", "reversal"),
        (r"Innocent reading .* \[A jest\.\]: ", ""),
        ("Explanation .*: ", "none_found"),
        (r"What the speaker called it .* \[denial\]: ", ""),
    )
    child.expect("outcome: reversal.*innocent reading: A jest..*Record this .*: ")
    child.sendline("yes")

    left(child)
    assert ruled(place, ids) == ["a>b=reversal"]


def test_back_at_the_first_question_goes_to_the_pair_that_was_skipped(walk: Callable[[str], Walk]) -> None:
    place, ids, child = walk("+a[0,1) -b[2,3) +c[4,5)")

    answered(child, ("Candidate 1 of 2.*Outcome .*: ", "back"), ("there is none before.*Outcome .*: ", "skip"))
    answered(child, ("Candidate 2 of 2.*Outcome .*: ", "back"))
    child.expect("Candidate 1 of 2.*Words b")
    answered(child, *RULED_A_CHANGE)
    child.expect("Candidate 2 of 2.*Words c")
    answered(child, ("Outcome .*: ", "skip"))

    left(child)
    assert ruled(place, ids) == ["a>b=reversal"]


def test_leaving_keeps_what_was_confirmed_and_tells_what_was_typed(walk: Callable[[str], Walk]) -> None:
    place, ids, child = walk("+a[0,1) -b[2,3) +c[4,5)")

    answered(child, *RULED_A_CHANGE)
    answered(
        child,
        ("Candidate 2 of 2.*Outcome .*: ", "no_reversal"),
        ("Which end .*: ", "later"),
        ("Innocent reading .*: ", "It's a song."),
        ("What the speaker called it .*: ", ""),
        ("Record this .*: ", "quit"),
    )

    told = " ".join(left(child).split())
    again = f"flipflop rule {ids['b'][:8]} {ids['c'][:8]} --topic t --outcome no_reversal --set-aside later"
    assert f"not recorded; to give these answers again: {again} --innocent-reading 'It'\"'\"'s a song.'" in told
    assert (child.exitstatus, ruled(place, ids)) == (0, ["a>b=reversal"])


@pytest.mark.parametrize("how", ["sendeof", "sendintr"])
def test_an_interrupt_tells_what_was_typed(walk: Callable[[str], Walk], how: str) -> None:
    place, ids, child = walk("+a[0,1) -b[2,3)")

    answered(child, ("Outcome .*: ", "reversal"), ("Innocent reading .*: ", "A new cost."))
    child.expect("Explanation .*: ")
    wait_until_it_reads(child)
    getattr(child, how)()

    told = left(child)
    assert "--outcome reversal --innocent-reading 'A new cost.'" in told
    assert "Traceback" not in told
    assert ruled(place, ids) == []


def test_what_is_refused_keeps_the_answers(walk: Callable[[str], Walk]) -> None:
    place, ids, child = walk("+a[0,1) -b[2,3) +c[4,5) b>c=reversal")

    answered(
        child,
        ("Outcome .*: ", "no_reversal"),
        ("Which end .*: ", "later"),
        ("Innocent reading .*: ", "A jest."),
        ("What the speaker called it .*: ", ""),
        ("Record this .*: ", "yes"),
        (r"error: this would set aside an end of .*Outcome .* \[no_reversal\]: ", ""),
        ("Which end .*: ", "earlier"),
        (r"Innocent reading .* \[A jest\.\]: ", ""),
        ("What the speaker called it .*: ", ""),
        ("Record this .*: ", "yes"),
    )

    left(child)
    assert ruled(place, ids) == ["b>c=reversal", "a>b=no_reversal:earlier"]


def test_a_pair_named_at_a_terminal_asks_for_what_is_missing(tmp_path: Path) -> None:
    place, events = tmp_path / "s.db", made(history("+a[0,1) -b[2,3)"))
    with ff.Store(place) as store:
        store.append(events.all)
    ids = {name: event.hash for name, event in events.statements.items()}
    child = terminal(place, "rule", ids["a"], ids["b"], "--topic", "t", "--by", "Me")

    answered(
        child,
        ("Words a.*Words b.*Outcome .*: ", "no_reversal"),
        ("Which end .*: ", "both"),
        ("Innocent reading .*: ", "none found"),
    )

    left(child)
    assert ruled(place, ids) == ["a>b=no_reversal:both"]


def test_an_explanation_and_changed_circumstances_are_asked_for_their_source(walk: Callable[[str], Walk]) -> None:
    place, _, child = walk("+a[0,1) -b[2,3)")

    answered(
        child,
        ("Outcome .*: ", "changed"),
        ("Innocent reading .*: ", "The war had begun."),
        ("Where it can be checked what changed .*: ", "n/a"),
        ("error: 'n/a' is no source.*what changed .*: ", "www.e.org/war"),
        ("Explanation .*: ", "acknowledged"),
        ("Where that can be checked .*: ", "The Paper"),
        ("What the speaker called it .*: ", "new_information"),
        ("Record this .*: ", "yes"),
    )

    left(child)
    with ff.Store(place) as store:
        (record,) = [record for record in store.log() if record.kind == "ruling"]
    assert isinstance(ruling := record.event, ff.Ruling)
    assert ruling.circumstances_source == ff.Source("https://www.e.org/war")
    assert (ruling.explanation, ruling.explanation_source) == ("acknowledged", ff.Source(outlet="The Paper"))
    assert ruling.framing == "new_information"
