"""The questions of a ruling, and the ruling that the answers make. Asks and records nothing itself."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from flipflop.cases import CHANGES, SIDED
from flipflop.cli.interview import Given, Question
from flipflop.cli.options import source_from
from flipflop.detect import ReversalKind
from flipflop.records import NO_INNOCENT_READING, Explanation, Framing, Outcome, Ruling, SetAside
from flipflop.store.model import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flipflop.detect import ConflictKind
    from flipflop.records import Answer, Degree, Source

UNKNOWN = "unknown"
"""What is chosen where there is nothing to say, or nobody knows."""
_OPTIONAL = {"explanation", "framing"}
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
            "circumstances_source",
            "Where it can be checked what changed (URL or outlet)",
            applies=lambda given: given.get("outcome") == Outcome.CHANGED_CIRCUMSTANCES,
            reads=source_from,
        ),
        Question(
            "explanation",
            "Explanation",
            [*map(str, Explanation), UNKNOWN],
            applies=lambda given: given.get("outcome") in CHANGES,
        ),
        Question(
            "explanation_source",
            "Where that can be checked (URL or outlet)",
            applies=lambda given: given.get("explanation", UNKNOWN) not in (Explanation.NONE_FOUND, UNKNOWN),
            reads=source_from,
        ),
        Question(
            "framing",
            "What the speaker called it",
            [*map(str, Framing), UNKNOWN],
            UNKNOWN,
            lambda given: given.get("outcome") in Outcome.of_one_speaker() and kind in tuple(ReversalKind),
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
        framing=Framing(given["framing"]) if given.get("framing", UNKNOWN) != UNKNOWN else None,
        explanation_source=_source(given, "explanation_source"),
        circumstances_source=_source(given, "circumstances_source"),
    )


def _source(given: Given, name: str) -> Source | None:
    return source_from(given[name]) if name in given else None


def command_of(given: Given, pair: tuple[str, str], topic: str) -> str:
    """Return what one may type to give these answers again."""
    said = {name: text for name, text in given.items() if text != UNKNOWN}
    options = "".join(f" --{name.replace('_', '-')} {quote(text)}" for name, text in said.items())
    return f"flipflop rule {pair[0][:SHOWN]} {pair[1][:SHOWN]} --topic {topic}{options}"
