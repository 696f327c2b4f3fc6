"""A small store to publish: a change, a record without one, and everything that a site must not show."""

from __future__ import annotations

from functools import partial
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

import flipflop as ff
from flipflop.records import Event, SpeakerKind, TopicKind
from tests.store_cases import said

if TYPE_CHECKING:
    from pathlib import Path

SECRETS = (
    "Bob Bell", "bob-bell", "bob  bell", "bobby", "driver", "bob said so himself",
    "Secret Coder", "secret rationale", "secret note", "withdrawn words", "redacted words", "words as first typed",
    "secret reason", "Ruling Editor", "Second Editor",
)  # fmt: skip
"""What no file of a site may hold: whom it leaves out, who coded and ruled, notes, what is gone and why."""

ANN = ff.Speaker("ann-ames", "Ann Ames", public_role="Senator", wikidata="Q42")
BOB = ff.Speaker("bob-bell", "Bob Bell", aliases=("bobby",))
CY = ff.Speaker("cy-orr", "Cy Orr", public_role="Mayor")
DI = ff.Speaker("di-vu", "Di Vu", public_role="Minister")
BUREAU = ff.Speaker("bureau", "The Bureau", kind=SpeakerKind.ORGANISATION)
UNIT = ff.Topic("unit", "The unit", "There should be a unit.")
AGREED = ff.Topic("agreed", "What was agreed", "A unit was agreed on.", kind=TopicKind.ACCOUNT)
PRIVATE = ff.Topic("bob-bell-case", "The case of Bob Bell", "Bob Bell did it.")


def statement(speaker: ff.Speaker, text: str, at: int, **more: object) -> ff.Statement:
    more.setdefault("source", ff.Source(url=f"https://example.org/{at}", outlet="The Paper"))
    return ff.Statement(speaker.id, text, said(at), **more)  # type: ignore[arg-type]  # tests name them


TOLD_BY = ("bob  BELL", "(Bob Bell, her driver)", "The Wire")
THEN = statement(ANN, "We will form a unit.", 1, on_behalf_of="bureau", attribution=TOLD_BY)
NOW = statement(ANN, "There will be no unit.", 500, on_behalf_of="bureau", context="Asked at the door.", language="en")
BOBS_POST = ff.Source(url="https://example.org/10", outlet="@Bobby", author="Bob Bell, a driver", title="A post")
CY_ONE = statement(CY, "A unit is a fine thing.", 10, on_behalf_of="bob-bell", source=BOBS_POST)
CY_TWO = statement(CY, "words as first typed", 20, responds_to=THEN.hash)
BOBS = statement(BOB, "bob said so himself", 30)
REPLY = statement(DI, "I heard that.", 35, responds_to=BOBS.hash)
DI_ONE = statement(DI, "Perhaps a unit.", 40)
DI_TWO = statement(DI, "No unit after all.", 50)
WITHDRAWN = statement(ANN, "withdrawn words", 60)
REDACTED = statement(ANN, "redacted words", 70)
MENDED = ff.Correction(CY_TWO.hash, {"text": "I still want a unit."}, "We had misheard a word.", "Ruling Editor")


def coding(of: ff.Statement, stance: str, topic: str = "unit") -> ff.Coding:
    return ff.Coding(of.hash, topic, ff.Stance(stance), "Secret Coder", rationale="secret rationale")


def ruling(by: str = "Ruling Editor", outcome: str = "reversal", *, reading: str = "Talk is no promise.") -> ff.Ruling:
    reply = ff.Answer(answered=True, text="I never promised.", source=ff.Source(url="https://example.org/reply"))
    return ff.Ruling(THEN.hash, NOW.hash, "unit", ff.Outcome(outcome), reading, by, reply=reply, note="secret note")


SPOKEN_FOR = ff.SpeaksFor("cy-orr", "ann-ames", source=ff.Source(url="https://example.org/office"))


def conflict(earlier: ff.Statement, later: ff.Statement, topic: str = "unit") -> ff.Ruling:
    """A ruling that two statements of two people stand against each other."""
    return ff.Ruling(earlier.hash, later.hash, topic, ff.Outcome.CONFLICT, "He may not have known.", "Ruling Editor")


EVENTS: tuple[Event, ...] = (
    ANN, BOB, CY, DI, BUREAU, UNIT, AGREED, PRIVATE,
    ff.SpeaksFor("cy-orr", "ann-ames"), ff.SpeaksFor("di-vu", "bob-bell"),
    THEN, NOW, CY_ONE, CY_TWO, BOBS, REPLY, DI_ONE, DI_TWO, WITHDRAWN, REDACTED,
    coding(THEN, "support"), coding(NOW, "oppose"), coding(CY_ONE, "support"), coding(CY_TWO, "support"),
    coding(BOBS, "oppose"), coding(BOBS, "support", "bob-bell-case"), coding(DI_ONE, "support"),
    coding(DI_TWO, "oppose"), coding(WITHDRAWN, "oppose", "agreed"),
    MENDED, coding(CY_TWO, "support"),
    ff.Retraction(WITHDRAWN.hash, "secret reason", "Ruling Editor"),
    ff.Redaction(REDACTED.hash, "secret reason of a court", "Ruling Editor"),
    ruling(),
)  # fmt: skip


def store(where: Path) -> ff.Store:
    """A new store with all of this."""
    made = ff.Store(where)
    made.append(EVENTS)
    return made


publish = partial(ff.publish_site, pictures=False)
"""Writes a site without pictures, which take a browser."""


def files(folder: Path) -> dict[str, bytes]:
    """The files of a site by their path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Links(HTMLParser):
    """The addresses in a page that lead anywhere, its title and its ids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.title = ""
        self._in_title = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title"
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.addresses.append(unquote(value))
            if name == "id" and value:
                self.ids.append(value)

    def handle_data(self, data: str) -> None:
        self.title += data if self._in_title else ""
