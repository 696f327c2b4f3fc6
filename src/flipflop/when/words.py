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
    "night": (18, 30), "overnight": (18, 30),
}  # fmt: skip
"""Hours of a day, the end shut out; over 24 runs into the next day."""
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
EDGES = {"beginning of": "early", "start of": "early", "middle of": "mid", "end of": "late"}


class Slots(Struct):
    """What a phrase says, kind by kind; None or empty where it is silent."""

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

    def put(self, **said: object) -> None:
        """Fill slots; a Clash where one holds something else already."""
        for name, value in said.items():
            if getattr(self, name) not in (None, "", value):
                hint = ": a year needs all four digits" if name == "day" else ""
                raise Clash(f"it says two things of one kind ({name.replace('_', ' ')}{hint})")
            setattr(self, name, value)

    def filled(self) -> dict[str, object]:
        """Return the slots that hold something."""
        return {name: value for name in _KINDS if (value := getattr(self, name)) not in (None, "")}


_KINDS = Slots.__struct_fields__
