"""Makes up small histories by chance, from a seed, in which every rule of detection finds its situation.

Moments lie close and often share bounds; ids say nothing of time; rulings fall on found pairs, on other pairs, on none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from random import Random
from string import ascii_lowercase

from tests.detection_oracle import outcome
from tests.detection_records import (
    Bound,
    Coding,
    Conflict,
    History,
    Position,
    Reversal,
    Ruling,
    SpeaksFor,
    Statement,
    Topic,
)

STANCES = ["support", "strongly_support", "oppose", "strongly_oppose", "mixed", "unclear"]
WEIGHTS = [4, 2, 4, 2, 2, 1]
QUALIFIERS = [
    None,
    "",
    "only if Congress agrees",
    "only\u00a0if  Congress agrees",
    "caf\u00e9s except",
    "cafe\u0301s except",
]
CODERS = ["ann", "ben", "cleo", "model:m@1", "model:n@1"]
OWN_OUTCOMES = ["reversal", "no_reversal", "no_reversal", "changed_circumstances", "not_comparable"]
TWO_OUTCOMES = ["conflict", "no_conflict", "not_comparable"]
NOTHING_YET, JUDGED_FROM, JUDGED_UNTIL, LAST = 30, 60, 85, 95  # store clocks: recording, then judging, then late comers


@dataclass(frozen=True)
class Cast:
    """Who speaks, for whom, and how wide the moments are; what stands twice is drawn twice as often."""

    speakers: tuple[str, ...]
    mandates: tuple[str | None, ...] = (None,)
    widths: tuple[int, ...] = (1, 1, 1, 2, 3, 8)


CASTS = [
    Cast(("X",)),
    Cast(("X",), widths=(1, 3, 5, 8)),
    Cast(("X",), (None, None, "o", "q")),
    Cast(("P", "S")),
    Cast(("P", "S"), widths=(1,)),
    Cast(("P", "P", "S"), widths=(1, 1, 2)),
    Cast(("P", "S"), (None, None, "o", "q")),
    Cast(("A", "P", "S")),
    Cast(("A", "P", "S"), (None, None, "o", "o", "q")),
    Cast(("A", "B", "C"), widths=(1,)),
    Cast(("A", "B"), ("o",), widths=(1,)),
]


def random_history(seed: int) -> History:
    """One history of 2 to 12 statements of 1 to 3 speakers; the same seed makes the same one."""
    rng = Random(seed)
    topics = tuple(random_topic(rng, name) for name in rng.choice([["t"], ["t"], ["t"], ["t", "u"]]))
    cast = rng.choice(CASTS)
    statements = random_statements(rng, cast)
    history = History(
        statements=statements,
        codings=random_codings(rng, statements, topics),
        topics=topics,
        relations=random_relations(rng, cast),
        pair_limit=rng.choice([1000, 1000, 0, 1, 2]),
    )
    for number in range(rng.choice([0, 1, 2, 3, 5])):
        history = replace(history, rulings=(*history.rulings, random_ruling(rng, history, f"r{number}")))
    return history


def random_topic(rng: Random, name: str) -> Topic:
    """A topic of either kind, seldom mended, before the rulings or after."""
    mended_at = rng.randint(NOTHING_YET, LAST) if rng.random() < 0.12 else None
    return Topic(id=name, kind=rng.choice(["proposal", "account"]), mended_at=mended_at)


def random_statements(rng: Random, cast: Cast) -> tuple[Statement, ...]:
    """Statements crowded on few instants."""
    number = rng.choice([rng.randint(2, 12), rng.randint(8, 12)])
    crowd = rng.choice([number, 2 * number, 3 * number])
    return tuple(random_statement(rng, cast, id_, crowd) for id_ in rng.sample(ascii_lowercase[:12], number))


def random_statement(rng: Random, cast: Cast, id_: str, crowd: int) -> Statement:
    """A moment of 1 to 8 instants; seldom recorded late or corrected."""
    said_from = rng.randint(0, crowd)
    late = rng.random() < 0.15
    return Statement(
        id=id_,
        speaker=rng.choice(cast.speakers),
        said_from=said_from,
        said_until=said_from + rng.choice(cast.widths),
        on_behalf_of=rng.choice(cast.mandates),
        recorded_at=rng.randint(JUDGED_FROM, LAST) if late else rng.randint(NOTHING_YET, JUDGED_FROM),
        corrected_at=rng.randint(NOTHING_YET, LAST) if rng.random() < 0.06 else None,
    )


def random_codings(rng: Random, statements: tuple[Statement, ...], topics: tuple[Topic, ...]) -> tuple[Coding, ...]:
    """In half of the histories one coding a statement, in the others several, of people and models."""
    most = rng.choice([1, 1, 3, 5])
    numbers = count()
    return tuple(
        random_coding(rng, f"c{next(numbers):03}", statement, rng.choice(topics).id, alone=most == 1)
        for statement in statements
        for _ in range(rng.randint(1, most))
    )


def random_coding(rng: Random, id_: str, statement: Statement, topic: str, *, alone: bool) -> Coding:
    """A coding at or after the recording of its statement; many without a clock of their own, some at one instant."""
    clock = statement.recorded_at + rng.choice([0, 1, 1, 2, 30])
    return Coding(
        id=id_,
        statement=statement.id,
        topic=topic,
        stance=rng.choices(STANCES, WEIGHTS)[0],
        coder="ann" if alone else rng.choice(CODERS),
        qualifier=rng.choice(QUALIFIERS),
        confidence=rng.choice([None, 0.5, 0.9]),
        adjudicates=rng.random() < (0.03 if alone else 0.2),
        coded_at=rng.choice([None, clock]),
        recorded_at=clock + rng.choice([0, 0, 3]),
        confirmed_at=rng.randint(JUDGED_FROM, LAST) if rng.random() < 0.1 else None,
        retracted=rng.random() < (0.03 if alone else 0.1),
    )


def random_relations(rng: Random, cast: Cast) -> tuple[SpeaksFor, ...]:
    """S speaks for P, mostly; sometimes A does too, or A for S; or A and B for each other; sometimes twice."""
    pairs = [("S", "P"), ("S", "P"), ("A", "P"), ("A", "S"), ("A", "B"), ("P", "S")]
    chances = [0.85, 0.15, 0.3, 0.1, 0.2, 0.05]
    drawn = [pair for pair, chance in zip(pairs, chances, strict=True) if rng.random() < chance]
    return tuple(random_relation(rng, *pair) for pair in drawn if {*pair} <= {*cast.speakers})


def random_relation(rng: Random, surrogate: str, principal: str) -> SpeaksFor:
    """A relation with open, sharp, wide or approximate bounds, for all topics or some, with its source or without."""
    return SpeaksFor(
        surrogate=surrogate,
        principal=principal,
        since=random_bound(rng, 0, 6),
        until=random_bound(rng, 8, 20),
        topics=rng.choice([None, None, None, frozenset({"t"}), frozenset({"u"})]),
        source=rng.choice(["https://example.org", None]),
    )


def random_bound(rng: Random, first: int, last: int) -> Bound | None:
    """A bound of a relation: mostly none; sharp (to the day or finer), or wide or approximate."""
    if rng.random() < 0.6:
        return None
    start = rng.randint(first, last)
    return Bound(start, start + rng.randint(1, 4), sharp=rng.random() < 0.5)


def random_ruling(rng: Random, history: History, id_: str) -> Ruling:
    """A ruling on a found pair, on another pair of the same statements, or on any two; of every outcome."""
    earlier, later, topic = random_pair(rng, history)
    speakers = {statement.id: statement.speaker for statement in history.statements}
    own = speakers[earlier] == speakers[later]
    clock = rng.choice([rng.randint(JUDGED_FROM, JUDGED_UNTIL), JUDGED_UNTIL])
    return Ruling(
        id=id_,
        earlier=earlier,
        later=later,
        topic=topic,
        outcome=rng.choice(OWN_OUTCOMES if own else TWO_OUTCOMES),
        degree=rng.choice([None, None, "no_flip", "half_flip", "full_flop"]) if own else None,
        set_aside=rng.choice([None, "later", "earlier", "both"]),
        decided_at=rng.choice([None, clock, clock]),
        recorded_at=clock + rng.choice([0, 0, 3]),
        confirmed_at=rng.randint(clock, LAST) if rng.random() < 0.15 else None,
    )


def random_pair(rng: Random, history: History) -> tuple[str, str, str]:
    """The ids of a pair to rule on, with the topic."""
    found = outcome(replace(history, pair_limit=1000))  # else nobody would rule on a pair that is summed up
    if rng.random() < 0.1 or not (found.reversals or found.conflicts):
        one, other = rng.sample([statement.id for statement in history.statements], 2)
        return one, other, rng.choice(history.topics).id
    sides = [row for row in found.reversals if row.kind in {"reversal", "restoration", "undetermined"}]
    sorts: list[list[Reversal | Conflict]] = [[*sides], [*found.reversals], [*found.conflicts]]
    row = rng.choice(rng.choice([rows for rows in sorts if rows]))
    earlier, later = row.earlier_id, row.later_id
    if rng.random() < 0.35:
        earlier = rng.choice(alike(found.positions, row.topic, earlier))
    if rng.random() < 0.35:
        later = rng.choice(alike(found.positions, row.topic, later))
    if earlier == later or (row.order == "unknown" and rng.random() < 0.3):
        earlier, later = row.later_id, row.earlier_id
    return earlier, later, row.topic


def alike(positions: list[Position], topic: str, id_: str) -> list[str]:
    """The statements that show the same on the topic and are of the same speaker."""
    shown = {row.statement_id: row for row in positions if row.topic == topic}
    same = [row for row in shown.values() if (row.speaker, row.sign) == (shown[id_].speaker, shown[id_].sign)]
    return [row.statement_id for row in same]
