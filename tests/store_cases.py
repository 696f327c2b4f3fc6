"""Short events for tests of the store, and a clock that the test sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import flipflop as ff
from flipflop.records import Event
from flipflop.when import Precision

if TYPE_CHECKING:
    import pytest

NOON = datetime(2017, 7, 9, 12, tzinfo=UTC)
_number = count()

ANN = ff.Speaker("ann", "Ann Ames", aliases=("@annames",))
BOB = ff.Speaker("bob", "Bob Bell")
UNIT = ff.Topic("unit", "The unit", "There should be a unit.")
TALKS = ff.Topic("talks", "Talks", "There should be talks.")
DECLARED = (ANN, BOB, UNIT, TALKS)


def said(minute: int = 0, *, width: int = 1) -> ff.When:
    """A moment some minutes after noon, that many minutes wide."""
    start = NOON + timedelta(minutes=minute)
    text = start.strftime("%Y-%m-%dT%H:%MZ")
    return ff.When(text, start, start + timedelta(minutes=width), Precision.MINUTE, tz="UTC")


def statement(speaker: str = "ann", text: str | None = None, *, at: int = 0, **more: object) -> ff.Statement:
    """A statement; without a text it differs from all others."""
    return ff.Statement(speaker, text or f"words {next(_number)}", said(at), **more)  # type: ignore[arg-type]  # tests name them


def coding(of: ff.Statement, stance: str = "support", *, topic: str = "unit", coder: str = "Coder") -> ff.Coding:
    return ff.Coding(of.hash, topic, stance, coder)  # type: ignore[arg-type]  # a word becomes a Stance


def retraction(of: Event) -> ff.Retraction:
    return ff.Retraction(of.hash, f"reason {next(_number)}", "Editor")


def redaction(of: Event) -> ff.Redaction:
    return ff.Redaction(of.hash, f"order {next(_number)}", "Court")


def correction(of: Event, **changes: object) -> ff.Correction:
    return ff.Correction(of.hash, changes, f"reason {next(_number)}", "Editor")  # type: ignore[arg-type]  # JSON


def beside(of: ff.Statement) -> list[Event]:
    """A role of who said it, a further source, a reply, a search that found it, and a capture."""
    return [
        ff.Role(of.speaker, "Minister", since=said(-60), until=said(60)),
        ff.Citation(of.hash, ff.Source(url=f"https://example.org/{next(_number)}"), "Editor"),
        ff.Reply(of.speaker, f"I never said so {next(_number)}.", of.hash),
        ff.Search((of.speaker,), "unit", ("Hansard",), "Editor", found=(of.hash,)),
        ff.Capture(f"https://example.org/{next(_number)}", "0f" * 32, "text/html", NOON, "2017/a.html", "fetch 1.0"),
    ]


class Clock:
    """The store's clock, in microseconds; moves only when the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_700_000_000_000_000
        monkeypatch.setattr("flipflop.store.store.now", lambda: self.now)

    def tick(self, seconds: float = 1) -> datetime:
        """Move on (or back), and return the new time."""
        self.now += int(seconds * 1_000_000)
        return datetime.fromtimestamp(self.now / 1_000_000, UTC)
