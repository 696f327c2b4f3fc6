"""The questions of a ruling, and the ruling that the answers make. Asks and records nothing itself."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from flipflop.cases import CHANGES, SIDED
from flipflop.cli.interview import Given, Question
from flipflop.records import NO_INNOCENT_READING, Degree, Explanation, Outcome, Ruling, SetAside
from flipflop.store.model import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flipflop.detect import ConflictKind, ReversalKind
    from flipflop.records import Answer, Degree

UNKNOWN = "unknown"
"""What is chosen where nothing is to be said of an explanation."""
_OPTIONAL = {"explanation"}
"""What is asked in the walk only."""


def questions_about(kind: ReversalKind | ConflictKind, outcomes: Sequence[str]) -> list[Question]:
    """Return what is asked about a pair of that kind, in its order; the outcomes are those among which to choose."""
    sided = kind in SIDED
    return [
        Question("outcome", "Outcome", outcomes),
        Question(
            "set_aside",
            "Which end was the jest, or the quotation of somebody else",
            [str(end) for end in SetAside],
            SetAside.LATER,
            lambda given: sided and given.get("outcome") == Outcome.NO_REVERSAL,
        ),
        Question(
            "innocent_reading",
            f"Innocent reading ({NO_INNOCENT_READING!r} if you looked and found none)",
            applies=lambda given: given.get("outcome") in tuple(Outcome),
        ),
        Question(
            "explanation",
            "Explanation",
            [*map(str, Explanation), UNKNOWN],
            applies=lambda given: given.get("outcome") in CHANGES,
        ),
    ]


def missing(kind: ReversalKind | ConflictKind, outcomes: Sequence[str], given: Given) -> Iterator[Question]:
    """Yield the questions that a ruling needs and that have no answer, each when those before it have theirs."""
    for question in questions_about(kind, outcomes):
        if question.name in given or question.name in _OPTIONAL:
            continue
        if question.is_put(given):
            yield question


def ruling_from(
    given: Given,
    pair: tuple[str, str],
    topic: str,
    by: str,
    degree: Degree | None = None,
    note: str | None = None,
    reply: Answer | None = None,
) -> Ruling:
    """Return the ruling on a pair that the answers make."""
    explanation = given.get("explanation", UNKNOWN)
    return Ruling(
        *pair,
        topic,
        Outcome(given["outcome"]),
        given["innocent_reading"],
        by,
        degree,
        None if explanation == UNKNOWN else Explanation(explanation),
        reply,
        note,
        set_aside=SetAside(given["set_aside"]) if "set_aside" in given else None,
    )


def command_of(given: Given, pair: tuple[str, str], topic: str) -> str:
    """Return what one may type to give these answers again."""
    said = {name: text for name, text in given.items() if text != UNKNOWN}
    options = "".join(f" --{name.replace('_', '-')} {quote(text)}" for name, text in said.items())
    return f"flipflop rule {pair[0][:SHOWN]} {pair[1][:SHOWN]} --topic {topic}{options}"
