"""A record that holds a pair of every kind, made from short histories; on none of them has anybody ruled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import flipflop as ff
from flipflop.records import SpeakerKind, TopicKind
from tests.store_cases import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.records import Event


class Word(NamedTuple):
    """Who shows what after so many minutes, for whom and on what condition; known to ``width`` minutes."""

    who: str
    stance: str
    at: int
    width: int = 1
    behalf: str | None = None
    qualifier: str | None = None


PEOPLE = {"pat-poe": "Pat Poe", "sal-sun": "Sal Sun", "ada-ash": "Ada Ash", "ben-bay": "Ben Bay"}
HISTORIES = {
    "alternation": [
        Word("pat-poe", "support", 0), Word("sal-sun", "support", 10), Word("pat-poe", "oppose", 20),
        Word("pat-poe", "mixed", 30), Word("pat-poe", "support", 40),
    ],
    "overlap": [Word("pat-poe", "support", 0, 30), Word("pat-poe", "oppose", 10, 30)],
    "strength": [
        Word("pat-poe", "support", 0), Word("pat-poe", "strongly_support", 10), Word("pat-poe", "support", 20),
        Word("pat-poe", "support", 30),
    ],
    "first-side": [Word("pat-poe", "mixed", 0), Word("pat-poe", "support", 10)],
    "condition": [
        Word("pat-poe", "support", 0, qualifier="if it is paid"),
        Word("pat-poe", "support", 10, qualifier="if it is free"),
    ],
    "mandates": [
        Word("pat-poe", "support", 0, behalf="bureau"), Word("pat-poe", "oppose", 10),
        Word("ada-ash", "oppose", 20, behalf="bureau"),
    ],
    "surrogate-first": [Word("sal-sun", "support", 0), Word("pat-poe", "oppose", 10)],
    "principal-first": [Word("pat-poe", "support", 0), Word("sal-sun", "oppose", 10)],
    "surrogate-ahead": [Word("pat-poe", "support", 0), Word("sal-sun", "oppose", 10), Word("pat-poe", "oppose", 20)],
    "what-happened": [Word("ada-ash", "support", 0), Word("ben-bay", "oppose", 10)],
}  # fmt: skip
"""Histories by topic; together they have every kind of pair."""


def events() -> Iterator[Event]:
    """Yield the whole record, each event after what it refers to."""
    yield from (ff.Speaker(slug, name, public_role="Senator") for slug, name in PEOPLE.items())
    yield ff.Speaker("bureau", "The Bureau", kind=SpeakerKind.ORGANISATION)
    office = ff.Source(url="https://example.org/office", outlet="The Gazette")
    yield ff.SpeaksFor("sal-sun", "pat-poe", source=office)
    for topic, words in HISTORIES.items():
        kind = TopicKind.ACCOUNT if topic == "what-happened" else TopicKind.PROPOSAL
        yield ff.Topic(topic, topic.replace("-", " ").title(), f"The {topic} should stay.", kind=kind)
        for number, word in enumerate(words):
            source = ff.Source(url=f"https://example.org/{topic}/{number}", outlet="The Paper")
            told = f"Words {number} on the {topic}."
            statement = ff.Statement(
                word.who, told, said(word.at, width=word.width), source=source, on_behalf_of=word.behalf
            )
            yield statement
            yield ff.Coding(statement.hash, topic, ff.Stance(word.stance), "Kim Kay", qualifier=word.qualifier)
