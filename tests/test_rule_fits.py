"""A ruling is of a row that the detector finds; what is of none is refused, with the row that is meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.cases import open_candidates, open_conflicts, refuse_what_stands, repetitions, row_of
from flipflop.errors import DataError
from tests.detection_notation import TOPIC, history
from tests.detection_store import made, ruling as event_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.detection_store import Made

Recorded = tuple[ff.Store, "Made"]


@pytest.fixture
def recorded(tmp_path: Path) -> Callable[[str], Recorded]:
    """Records a history in the short notation; ``made`` has its events."""

    def record(text: str) -> Recorded:
        events = made(history(text))
        store = ff.Store(tmp_path / "s.db")
        store.append(events.all)
        return store, events

    return record


def kind_of(recorded: Recorded, pair: str, topic: str = TOPIC) -> str:
    """The row that a ruling on ``a>b`` is of, as its kind; else why it is of none, with the names of the history."""
    store, events = recorded
    names = {event.hash[:8]: name for name, event in events.statements.items()}
    earlier, later = (events.statements[name].hash for name in pair.split(">"))
    try:
        return str(row_of(store, earlier, later, topic).kind)
    except DataError as error:
        told = str(error).splitlines()[0]
        for shown, name in names.items():
            told = told.replace(shown, name)
        return told


@pytest.mark.parametrize(
    ("text", "pair", "kind"),
    [
        ("+a[0,1) -b[2,3)", "a>b", "reversal"),
        ("+a[0,1) +b[2,3) -c[4,5) -d[6,7)", "a>d", "reversal"),
        ("+a[0,1) -b[2,3) +c[4,5) +d[6,7)", "b>d", "restoration"),
        ("+a[0,1) -b[2,3) +c[4,5) a>b=no_reversal", "a>b", "reversal"),
        ("+a[0,1) ~m[2,3)", "a>m", "walk_back"),
        ("+a[0,2) -b[1,3)", "a>b", "undetermined"),
        ("+a[0,2) -b[1,3)", "b>a", "undetermined"),
        ("+a[0,1) ++b[2,3)", "a>b", "hardening"),
        ("+a[0,1) -b@o[2,3)", "a>b", "other_mandate"),
        ("P:+a[0,1) S:+s[2,3) P:-b[4,5)", "s>b", "stranded_surrogate"),
        ("P:+a[0,1) S:-s[2,3) S:-t[4,5)", "a>t", "off_message"),
        ("A:+a[0,1) B:-b[2,3) B:-c[4,5)", "a>c", "conflicting_accounts"),
        ("A:+a[0,1) B:-b[2,3)", "b>a", "conflicting_accounts"),
    ],
)
def test_any_pair_of_a_flip_or_of_two_runs_is_one_of_its_row(
    recorded: Callable[[str], Recorded], text: str, pair: str, kind: str
) -> None:
    assert kind_of(recorded(text), pair) == kind


@pytest.mark.parametrize(
    ("text", "pair", "told"),
    [
        (
            "+a[0,1) -b[2,3) +c[4,5) -d[6,7)",
            "a>d",
            "a → d is no change on t that a ruling could be about; the nearest is: flipflop rule c d --topic t",
        ),
        ("+a[0,1) ?b[2,3)", "a>b", "a → b is no change on t that a ruling could be about, nor is any other pair of x"),
        (
            "P:+a[0,1) S:+s[2,3) P:-b[4,5)",
            "s>a",
            "s → a is no conflict on t that a ruling could be about; the nearest is: flipflop rule s b --topic t",
        ),
        (
            "+a[0,1) ~m[2,3) ~n[4,5)",
            "a>n",
            "a → n is no change on t that a ruling could be about; the nearest is: flipflop rule a m --topic t",
        ),
    ],
)
def test_a_pair_that_is_in_no_row_is_refused_with_the_row_that_is_meant(
    recorded: Callable[[str], Recorded], text: str, pair: str, told: str
) -> None:
    assert kind_of(recorded(text), pair) == told


def test_a_pair_that_is_a_row_on_another_topic_is_refused_with_that_topic(
    recorded: Callable[[str], Recorded],
) -> None:
    store, events = recorded("+a[0,1) -b[2,3)")
    store.append(ff.Topic("u", "U", "About u."))

    told = kind_of((store, events), "a>b", "u")

    assert told == "a → b is no change on u that a ruling could be about; on t it is: --topic t"


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("+a[0,1) -b[2,3) -c[4,5) -d[6,7) a>b=no_reversal", ["a>c", "a>d"]),
        ("+z[0,1) +a[2,3) -b[4,5) a>b=no_reversal:earlier", ["z>b"]),
        ("+z[0,1) +a[2,3) -b[4,5) -c[6,7) a>b=no_reversal:both", ["z>c"]),
        ("+a[0,1) ~m[2,3) ~n[4,5) a>m=no_reversal", ["a>n"]),
        ("+a[0,1) -b[2,3) +c[4,5) -d[6,7) a>b=no_reversal", []),
        ("+a[0,1) -b[2,3) -c[4,5) a>b=not_comparable", []),
        ("P:+a[0,1) S:-s[2,3) S:+t[4,5) S:-u[6,7) a>s=no_conflict", ["a>u"]),
        ("P:+a[0,1) S:-s[2,3) P:-b[4,5) P:+c[6,7) S:-u[8,9) a>s=conflict", []),
    ],
)
def test_what_was_said_again_is_offered_for_the_same_answer(
    recorded: Callable[[str], Recorded], text: str, again: list[str]
) -> None:
    told = history(text)
    (asked,) = told.rulings
    store, events = recorded(text.rsplit(" ", 1)[0])
    names = {event.hash: name for name, event in events.statements.items()}

    found = repetitions(store, event_of(asked, events.statements))

    assert [f"{names[row.earlier]}>{names[row.later]}" for row in found] == again


@pytest.mark.parametrize(
    ("text", "asked", "refused"),
    [
        ("+a[0,1) -b[2,3) +c[4,5) b>c=reversal", "a>b=no_reversal", "b>c"),
        ("+a[0,1) -b[2,3) +c[4,5) b>c=changed_circumstances", "a>b=no_reversal", "b>c"),
        ("+z[0,1) +a[2,3) ~m[4,5) -b[6,7) a>m=reversal", "a>b=no_reversal:earlier", "a>m"),
        ("+a[0,1) -b[2,3) +c[4,5) b>c=reversal", "a>b=no_reversal:earlier", ""),
        ("+a[0,1) -b[2,3) +c[4,5) b>c=reversal", "a>b=changed_circumstances", ""),
        ("+a[0,1) -b[2,3) -c[4,5) a>c=reversal", "a>b=no_reversal", ""),
        ("+a[0,1) -b[2,3) a>b=reversal", "a>b=no_reversal", ""),
        ("+a[0,1) -b[2,3) +c[4,5) b>c=no_reversal", "a>b=no_reversal", ""),
    ],
)
def test_an_end_of_a_pair_that_stands_as_a_change_is_not_set_aside(
    recorded: Callable[[str], Recorded], text: str, asked: str, refused: str
) -> None:
    store, events = recorded(text)
    (wanted,) = history(f"{text.rsplit(' ', 1)[0]} {asked}").rulings
    names = {event.hash[:8]: name for name, event in events.statements.items()}

    told = ""
    try:
        refuse_what_stands(store, event_of(replace(wanted, decided_at=None), events.statements))
    except DataError as error:
        told = str(error)

    pairs = [one for one in names if one in told]
    assert (">".join(names[one] for one in sorted(pairs, key=told.index)), bool(told)) == (refused, bool(refused))


def test_what_waits_for_a_ruling_are_changes_and_conflicts(recorded: Callable[[str], Recorded]) -> None:
    store, events = recorded("P:+a[0,1) S:+s[2,3) P:-b[4,5) a>b=reversal")
    ids = {name: event.hash for name, event in events.statements.items()}

    (conflict,) = open_conflicts(store)

    assert open_candidates(store) == []
    assert (conflict.kind, conflict.key) == ("stranded_surrogate", (ids["s"], ids["b"], TOPIC))
    assert (conflict.degree, conflict.ruled, conflict.outcomes) == (
        None,
        None,
        ("conflict", "no_conflict", "not_comparable"),
    )
    assert open_conflicts(store, speaker="s") == [conflict]
