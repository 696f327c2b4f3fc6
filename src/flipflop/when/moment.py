"""The moment at which something was said: an interval that surely contains it, and how well it is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from flipflop.errors import WhenError

if TYPE_CHECKING:
    from datetime import date

NO_ZONE = "no time zone is known: the day is taken in UTC"
CLAMPED = "held inside the years 1 to 9999"
MIDNIGHT = "midnight: taken as the day; where the time is meant, write 12:00 am"

Midnights: TypeAlias = Literal["day", "time"]
"""What 00:00 and 00:00:00 stand for: machines write a bare day so."""


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


class When(Struct, frozen=True, omit_defaults=True, gc=False):
    """A moment as somebody gave it: half open, ``start <= truth < end``, aware UTC datetimes, never empty.

    ``tz`` is the IANA name or the offset as written, None where none was given or known. ``warnings`` are sentences
    about what the text left open. All of it is stored, and nothing is parsed again on reading. What is ``approximate``
    is wide enough to hold the truth; ``about.core`` gives what was said.
    """

    text: str
    start: datetime
    end: datetime
    precision: Precision
    approximate: bool = False
    tz: str | None = None
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.start.tzinfo is UTC is self.end.tzinfo and self.start < self.end:
            return
        for bound in (self.start, self.end):
            if bound.tzinfo is not UTC:
                raise WhenError(f"{self.text!r}: a bound must be a datetime in datetime.UTC, not {bound!r}")
        raise WhenError(f"{self.text!r}: the interval is empty or runs backwards ({self.start} to {self.end})")

    @classmethod
    def parse(
        cls,
        text: str,
        *,
        reference: datetime | date | str | When | None = None,
        tz: str | None = None,
        midnights: Midnights | None = None,
    ) -> When:
        """Read what people type; the forms are listed in ``docs/moments.md``.

        ``tz`` (IANA name or offset) is the zone of days and clocks that name none, and not looked at where an ISO text
        has its offset. ``reference`` is the moment from which relative phrases are counted: a datetime, a date, ISO
        text or a moment, a naive one in ``tz``. ``midnights`` says whether a midnight is the day or the time of day;
        unless it is said, it is the day, with a warning. Raises WhenError, and nothing else, where the text cannot be
        read without guessing.
        """
        moment = quick(text, midnights) or (quick_day(text) if tz is None else None)
        if moment is not None:
            return moment
        from flipflop.when.grammar import parse  # here: it makes moments itself, and most texts do not need it

        return parse(text, reference=reference, tz=tz, midnights=midnights)


_SECOND, _MINUTE, _DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
_UNZONED, _MIDNIGHT = (NO_ZONE,), (MIDNIGHT,)
_FIRST, _LAST = datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
_SHAPES = {
    20: (19, _SECOND, Precision.SECOND), 25: (19, _SECOND, Precision.SECOND),
    17: (16, _MINUTE, Precision.MINUTE), 22: (16, _MINUTE, Precision.MINUTE),
}  # fmt: skip
"""By length of the text: where its zone begins, and how wide the moment is."""


def quick(text: str, midnights: Midnights | None = None) -> When | None:
    """Return the moment of ``2017-07-09T07:50:24-04:00``, with ``Z`` or without seconds too; None for all else.

    A midnight is the day there, with a warning, unless ``midnights`` says what it is. ``2017-07-09 09:00-10:00`` is
    left to the grammar: it may be a range.
    """
    shape = _SHAPES.get(len(text))
    if shape is None or text[4] != "-" or text[13] != ":":
        return None
    at, width, precision = shape
    zone = text[at:]
    if zone == "Z":
        zone = "UTC"
    elif zone[0] == "-":
        if zone > "-12:00" or (at == 16 and text[10] == " "):
            return None
    elif zone[0] != "+" or zone > "+14:00":
        return None
    if text[10] not in "T ":
        return None
    try:
        start = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None  # the full grammar says what is wrong with it
    if not _FIRST < start < _LAST:
        return None
    if text[11:16] == "00:00" and midnights != "time" and (at == 16 or text[16:19] == ":00"):
        return When(text, start, start + _DAY, Precision.DAY, False, zone, () if midnights else _MIDNIGHT)
    return When(text, start, start + width, precision, False, zone, ())


def quick_day(text: str) -> When | None:
    """Return the UTC day of ``2017-07-09``, with the warning that no zone is known; None for all else."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        start = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
    if not _FIRST < start < _LAST:
        return None
    return When(text, start, start + _DAY, Precision.DAY, False, None, _UNZONED)
