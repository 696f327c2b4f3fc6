"""Positions, from rules 1 to 6 of detection alone: what the codings of one statement on one topic show."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from tests.detection_records import SIGNS, Coding, Position, Statement, Topic, in_order

LEAST_SAID = ["unclear", "mixed", "support", "oppose"]


def positions(
    statements: Iterable[Statement], codings: Iterable[Coding], topics: Iterable[Topic] = ()
) -> list[Position]:
    """One row per statement and topic on which a coding takes part."""
    mended = {topic.id: topic.mended_at for topic in topics}
    said = {statement.id: statement for statement in statements}
    rows: dict[tuple[str, str], list[Coding]] = {}
    for coding in latest_codings(codings):
        if coding.statement in said and not awaits(coding, mended.get(coding.topic)):  # 6
            rows.setdefault((coding.statement, coding.topic), []).append(coding)
    return in_order(position(said[statement], topic, codings) for (statement, topic), codings in rows.items())


def latest_codings(codings: Iterable[Coding]) -> list[Coding]:
    """Rule 1: of each coder the latest on each statement and topic; a retracted coding never was."""
    kept: dict[tuple[str, str, str], Coding] = {}
    for coding in sorted((c for c in codings if not c.retracted), key=turn):
        kept[coding.coder, coding.statement, coding.topic] = coding
    return list(kept.values())


def turn(coding: Coding) -> tuple[int, str]:
    """When a coding has its turn (1)."""
    return coding.judged_at, coding.id


def awaits(coding: Coding, mended_at: int | None) -> bool:
    """Rule 6: whether something was mended after the coding, and the coding not confirmed since."""
    return mended_at is not None and mended_at > max(coding.judged_at, coding.confirmed_at or 0)


def is_person(coding: Coding) -> bool:
    """A model is a coder named `model:name@version`."""
    return not coding.coder.startswith("model:")


def position(statement: Statement, topic: str, codings: Sequence[Coding]) -> Position:
    """The row of one statement and topic, of each coder's latest coding that takes part."""
    people = [coding for coding in codings if is_person(coding)]
    counted = people or codings  # 2
    adjudication = max((coding for coding in people if coding.adjudicates), key=turn, default=None)
    if adjudication is not None:
        counted = [adjudication]  # 3
    contested = {"support", "oppose"} <= {side(coding) for coding in counted}
    disputed = contested and bool(people)
    winner = "unclear" if contested else winning_side(counted)
    stance = strength(counted, winner)
    named = [coding for coding in counted if coding.stance == stance]
    if disputed or not named:
        named = list(counted)
    qualifiers = set() if disputed else {plain(coding.qualifier) for coding in counted if side(coding) == winner}
    reopened = adjudication is not None and any(turn(coding) > turn(adjudication) for coding in people)
    return Position(
        speaker=statement.speaker,
        topic=topic,
        statement_id=statement.id,
        stance=stance,
        sign=SIGNS.get(stance),
        said_from=statement.said_from,
        said_until=statement.said_until,
        coder="; ".join(sorted(coding.coder for coding in named)),
        confidence=min((c.confidence for c in named if c.confidence is not None), default=None),
        disputed=disputed,
        qualifier=qualifiers.pop() if len(qualifiers) == 1 else None,
        on_behalf_of=statement.on_behalf_of,
        needs_review=(
            reopened  # 3
            or len(qualifiers) > 1  # 5
            or any(awaits(coding, statement.corrected_at) for coding in counted)  # 6
        ),
        recorded_at=statement.recorded_at,
        corrected_at=statement.corrected_at,
    )


def side(coding: Coding) -> str:
    """Which of support, oppose, mixed and unclear a coding is a vote for (4)."""
    return coding.stance.removeprefix("strongly_")


def winning_side(codings: Iterable[Coding]) -> str:
    """Rule 4: the side with most votes; a tie goes to what says least."""
    votes = Counter(side(coding) for coding in codings)
    return max(votes, key=lambda one: (votes[one], -LEAST_SAID.index(one)))


def strength(codings: Iterable[Coding], winner: str) -> str:
    """Rule 4: the strength with most votes within the winning side, a tie to the weaker."""
    votes = Counter(coding.stance for coding in codings if side(coding) == winner)
    return max(votes, key=lambda one: (votes[one], one == winner), default=winner)


def plain(qualifier: str | None) -> str | None:
    """Rule 5: a qualifier in NFC and with plain spaces; absent, null and "" are one."""
    return " ".join(unicodedata.normalize("NFC", qualifier or "").split()) or None
