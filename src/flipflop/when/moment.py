"""The moment at which something was said: an interval that surely contains it, and how well it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from flipflop.errors import WhenError


class Precision(StrEnum):
    """How finely the text says when."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAYPART = "daypart"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class When:
    """A moment as somebody gave it: half open, ``start <= truth < end``, aware UTC datetimes, never empty.

    ``tz`` is the IANA name or the offset as written, None where none was given or known. ``warnings`` are sentences
    about what the text left open. All of it is stored, and nothing is parsed again on reading.
    """

    text: str
    start: datetime
    end: datetime
    precision: Precision
    approximate: bool = False
    tz: str | None = None
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for bound in (self.start, self.end):
            if bound.tzinfo is not UTC:
                raise WhenError(f"{self.text!r}: a bound must be a datetime in datetime.UTC, not {bound!r}")
        if not self.start < self.end:
            raise WhenError(f"{self.text!r}: the interval is empty or runs backwards ({self.start} to {self.end})")

    @classmethod
    def parse(cls, text: str, *, reference: datetime | str | None = None, tz: str | None = None) -> When:
        """Read what people type; see ``flipflop.when.grammar``."""
        from flipflop.when.grammar import parse

        return parse(text, reference=reference, tz=tz)
