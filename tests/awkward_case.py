"""A record in which it is easy to say too much: whoever it is about reads every sentence of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flipflop as ff
from flipflop.records import SpeakerKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.records import Event

TOPIC = "bridge"
SAID = (
    ("pia-poe", "support", "8 March 2021", "The bridge should be built.", None),
    ("sam-sun", "support", "9 March 2021", "We back the bridge.", None),
    ("pia-poe", "oppose", "15 March 2021", "The bridge should not be built.", None),
    ("sam-sun", "oppose", "15 March 2021", "We no longer back the bridge.", None),
    ("ed-elm", "support", "1 April 2021", "Build it.", None),
    ("ed-elm", "support", "5 April 2021", "Build it, I say.", None),
    ("ed-elm", "oppose", "9 April 2021", "Do not build it.", None),
    ("ed-elm", "oppose", "12 April 2021", "Let it be.", None),
    ("jo-jay", "support", "2 May 2021", "I am for the bridge.", None),
    ("jo-jay", "oppose", "6 May 2021", "A bridge? Never, as my opponent would say.", None),
    ("jo-jay", "support", "9 May 2021", "I am for the bridge, as ever.", None),
    ("fay-fox", "support", "1 June 2021", "She stands by the bridge.", None),
    ("kim-kay", "support", "1 July 2021", "The ministry wants the bridge.", "ministry"),
    ("kim-kay", "oppose", "1 October 2021", "The union wants no bridge.", "union"),
)
"""Who, what it shows, when, the words, for whom: two turn on one day; an editor rules a pair of his own; one jests; a
former spokeswoman speaks after her office; a spokesman changes employers."""
NAMES = {
    "pia-poe": "Pia Poe", "sam-sun": "Sam Sun", "ed-elm": "Ed Elm", "jo-jay": "Jo Jay", "fay-fox": "Fay Fox",
    "kim-kay": "Kim Kay",
}  # fmt: skip
STATEMENTS = [
    ff.Statement(
        who, words, ff.When.parse(day, tz="Europe/London"), on_behalf_of=behalf,
        source=ff.Source(url=f"https://example.org/{number}", outlet="The Paper"),
    )
    for number, (who, _, day, words, behalf) in enumerate(SAID)
]  # fmt: skip


def ruling(earlier: int, later: int, outcome: str, reading: str) -> ff.Ruling:
    pair = STATEMENTS[earlier].hash, STATEMENTS[later].hash
    return ff.Ruling(*pair, TOPIC, ff.Outcome(outcome), reading, "Ina Ink")


RULINGS = (
    ruling(0, 2, "reversal", "New costs became known."),
    ruling(4, 7, "reversal", "A flood came between."),
    ruling(8, 9, "no_reversal", "A quotation of the opponent."),
)


def events() -> Iterator[Event]:
    """Yield the record; nobody has ruled on Sam Sun."""
    yield from (ff.Speaker(slug, name, public_role="Councillor") for slug, name in NAMES.items())
    yield from (ff.Speaker(slug, f"The {slug}", kind=SpeakerKind.ORGANISATION) for slug in ("ministry", "union"))
    yield ff.Topic(TOPIC, "The bridge", "The bridge should be built.")
    office = ff.Source(url="https://example.org/office", outlet="The Gazette")
    yield ff.SpeaksFor("sam-sun", "pia-poe", source=office)
    yield ff.SpeaksFor("fay-fox", "pia-poe", until=ff.When.parse("2021-05-01", tz="Europe/London"), source=office)
    for statement, (_, stance, *_) in zip(STATEMENTS, SAID, strict=True):
        yield statement
        yield ff.Coding(statement.hash, TOPIC, ff.Stance(stance), "Ina Ink", rationale="Says so.")
    yield from RULINGS
