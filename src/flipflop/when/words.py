"""The words of dates in English and the slots they fill. Knows no order of words; see ``scan``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from flipflop.errors import WhenError

if TYPE_CHECKING:
    from flipflop.when.zones import Zone


class Unread(WhenError):  # noqa: N818 - never leaves this package by its own name
    """The text is not of this grammar."""


class Clash(Unread):
    """The text says two things of one kind, as a range does."""


MONTHS = ("january", "february", "march", "april", "may", "june", "july",
          "august", "september", "october", "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
DAYPARTS = {
    "morning": (6, 12), "midday": (11, 14), "afternoon": (12, 18), "evening": (18, 24),
    "night": (18, 30), "overnight": (18, 30), "early hours": (0, 6), "lunchtime": (11, 15),
    "afternoon or evening": (12, 24),
}  # fmt: skip
"""Hours of a day, the end shut out; over 24 runs into the next day."""
_TO_NINE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TO_NINETEEN = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
                "nineteen")  # fmt: skip
_TO_NINTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TO_NINETEENTH = ("tenth", "eleventh", "twelfth", *(f"{word}th" for word in _TO_NINETEEN[3:]))


def _counted(small: tuple[str, ...], tens: tuple[str, str]) -> dict[str, int]:
    """Number the words from 1, to 31 with the tens."""
    words = [*small, tens[0], *(f"twenty-{word}" for word in small[:9]), tens[1], f"thirty-{small[0]}"]
    return {word: number for number, word in enumerate(words, 1)}


NUMBERS = _counted(_TO_NINE + _TO_NINETEEN, ("twenty", "thirty"))
DAYS = _counted(_TO_NINTH + _TO_NINETEENTH, ("twentieth", "thirtieth"))
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
NTH = ORDINALS | {"fifth": 5, "5th": 5, "last": -1}
FEASTS = {
    "new year's day": (1, 1), "valentine's day": (2, 14), "halloween": (10, 31), "christmas eve": (12, 24),
    "christmas day": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31),
}  # fmt: skip
"""Days with a name that are the same date in every year and country; Christmas alone may be a season."""
EDGES = {"beginning of": "early", "start of": "early", "middle of": "mid", "end of": "late"}


class Slots(Struct):
    """What a phrase says, kind by kind; None or empty where it is silent.

    ``past`` is so many units up to now, ``nth`` a week, weekend, weekday or day of a month, the last of which is -1.
    ``loose_hour`` is a clock time that may be of twelve hours, ``bare_hour`` one that needs the part of the day with
    it, ``sure`` tells that it is of twenty-four. For the scanner only are ``previous`` (the kind of the word before),
    ``dash`` (that before a dash), and ``month_or_day``, ``four`` and ``numeric``, which may be one thing or another;
    ``doubt`` is a warning.
    """

    year: int | None = None
    last_year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    clock: tuple[int, int | None, int | None] | None = None
    meridiem: str = ""
    zone: Zone | None = None
    abbreviation: str = ""
    daypart: str = ""
    edge: str = ""
    within: str = ""
    which: str = ""
    unit: str = ""
    offset: int | None = None
    ago: tuple[int, str] | None = None
    season: int | None = None
    quarter: int | None = None
    half: int | None = None
    decade: int | None = None
    approximate: str = ""
    local: str = ""
    loose_hour: str = ""
    bare_hour: str = ""
    sure: bool = False
    near: str = ""
    stretch: str = ""
    past: tuple[int, str] | None = None
    nth: tuple[int, str] | None = None
    ordinal: bool = False
    previous: str = ""
    dash: str = ""
    month_or_day: str = ""
    four: str = ""
    numeric: tuple[str, int, int, int] | None = None
    doubt: str = ""

    def put(self, **said: object) -> None:
        """Fill slots; a Clash where one holds something else already."""
        for name, value in said.items():
            if getattr(self, name) not in (None, "", value):
                raise Clash(f"it says two things of one kind ({name.replace('_', ' ')})")
            setattr(self, name, value)

    def filled(self) -> dict[str, object]:
        """Return the slots that hold something."""
        return {name: value for name in _KINDS if (value := getattr(self, name)) not in (None, "")}


_ASIDE = {"sure", "ordinal", "previous", "dash", "month_or_day", "four", "numeric", "doubt"}
_KINDS = tuple(name for name in Slots.__struct_fields__ if name not in _ASIDE)
