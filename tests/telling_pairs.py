"""Pairs, gaps and coverages, and how docs/telling.md has them told; worked out by hand, knows nothing of the code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tests.telling_cases import Moment

if TYPE_CHECKING:
    from flipflop.records.codec import Json


@dataclass(frozen=True)
class Pair:
    """Two statements of one speaker, the rulings in the order of recording, and how both are told."""

    key: str
    topic: str
    gap: str
    """What follows on what happened."""
    ruling: str
    outcome: str
    """What a heading of a site has of it, which says elsewhere that it was ruled."""
    bounds: str = ""
    """The time between to the second, for whoever wants it."""
    rulings: tuple[dict[str, Json], ...] = ()
    reading: str = ""
    reply: str = ""
    by: str = ""
    decided: Moment | None = None
    """The day of the ruling that counts."""

    @property
    def gap_alone(self) -> str:
        """The time between, joined to nothing."""
        return re.sub("^(within|after) | apart$", "", self.gap)

    @property
    def then(self) -> str:
        return f"{self.key}-then"

    @property
    def now(self) -> str:
        return f"{self.key}-now"


UNJUDGED = "nobody has judged them yet"
DIFFER = f"two statements that differ; {UNJUDGED}"
PAIRS = (
    Pair(
        "twice-ruled",
        "unit",
        "within 12 h 55 min",
        "ruled: change of position",
        "changed position",
        "at least 12 h 54 min 48 s, at most 12 h 54 min 50 s",
        (
            {
                "outcome": "reversal",
                "degree": "full_flop",
                "innocent_reading": "Talk is no promise.",
                "by": "Kim Kay",
                "decided_at": "2024-06-02T22:30:00Z",
                "reply": {
                    "answered": True,
                    "text": "I never promised.",
                    "source": {"url": "https://example.org/reply"},
                },
            },
            {
                "outcome": "changed_circumstances",
                "innocent_reading": "The money had run out.",
                "by": "Lou Lee",
                "decided_at": "2024-05-01T10:00:00Z",
                "reply": {"answered": False},
            },
        ),
        "Innocent reading: Talk is no promise",
        "Reply: I never promised",
        "Kim Kay",
        Moment("2 June 2024", "2 June 2024", "3 June 2024", "2 June 2024"),
    ),
    Pair("candidate", "agreed", "11 days apart", UNJUDGED, DIFFER, "at least 10 days, at most 12 days"),
    Pair(
        "none",
        "unit",
        "about 5 years apart",
        "ruled: no change of position",
        "no change of position",
        "at least 1,461 days, at most 2,192 days",
        (
            {
                "outcome": "reversal",
                "degree": "full_flop",
                "innocent_reading": "none found",
                "by": "Lou Lee",
                "decided_at": "2024-05-01T10:00:00Z",
            },
            {
                "outcome": "no_reversal",
                "innocent_reading": "They spoke of two units.",
                "by": "Kim Kay",
                "decided_at": "2024-06-02T22:30:00Z",
                "reply": {"answered": False},
            },
        ),
        "Innocent reading: They spoke of two units",
        "Reply: asked for, none came",
        "Kim Kay",
        Moment("2 June 2024", "2 June 2024", "3 June 2024", "2 June 2024"),
    ),
    Pair("half", "unit", "3 days apart", UNJUDGED, DIFFER, "at least 2 days, at most 4 days"),
    Pair(
        "half-ruled",
        "unit",
        "after 1 day",
        "ruled: half turn",
        "moved to a mixed position",
        "at most 2 days",
        (
            {
                "outcome": "reversal",
                "degree": "half_flip",
                "innocent_reading": "none found",
                "by": "Lou Lee",
                "decided_at": "2024-07-02T12:00:00Z",
            },
        ),
        "No innocent reading was found",
        "Reply: none recorded, nor that one was asked for",
        "Lou Lee",
        Moment("2 July 2024", "2 July 2024", "2 July 2024", "2 July 2024"),
    ),
    Pair("unordered", "unit", "", UNJUDGED, DIFFER),
)


class Gap(NamedTuple):
    """Two moments as typed, in UTC, and what follows "changed position"."""

    then: str
    now: str
    told: str


GAPS = (
    Gap("2017-07-09T12:00:00Z", "2017-07-09T12:00:40Z", "within 40 s"),
    Gap("2017-07-09T11:50:24Z", "2017-07-10T00:45:13Z", "within 12 h 55 min"),
    Gap("2017-07-09T11:50Z", "2017-07-10T00:45Z", "after 12 h 55 min"),
    Gap("2017-07-04T09:00:10Z", "2017-07-10T00:02:00Z", "within 5 days 15 h"),
    Gap("2011-03-03", "2015-10-14", "within 4 years 7 months"),
    Gap("2011-03-01", "2011-05-13", "after 73 days"),
    Gap("2017-07-09", "2017-07-15", "after 6 days"),
    Gap("2017-07-09", "2017-07-11", "after 2 days"),
    Gap("2017-07-09", "2017-07-10", "after 1 day"),
    Gap("9 July 2017 9am", "9 July 2017 2pm", "after about 5 h"),
    Gap("2017-07-09T09:00Z/2017-07-09T09:04Z", "2017-07-09T09:40Z/2017-07-09T09:44Z", "after about 40 min"),
    Gap("2017-07-01/2017-07-03", "2017-07-12/2017-07-14", "after about 11 days"),
    Gap("9-12 July 2017", "1-4 August 2017", "after about 3 weeks"),
    Gap("2017-07", "2018-03", "after about 8 months"),
    Gap("2011", "2015", "after about 4 years"),
    Gap("2011-03-01/2011-04-30", "2015-09-01/2015-10-31", "after about 4½ years"),
    Gap("9 July 2017 morning", "9 July 2017 2pm", "after 2 h to 9 h"),
    Gap("2017-05", "2017-07", "after 1 to 3 months"),
    Gap("2011", "2013", "after 1 to 3 years"),
    Gap("9 July 2017 evening", "2017-07-10T00:00Z/2017-07-10T07:04Z", "within 13 h 5 min"),
    Gap("2017-07", "2017-08-01/2017-08-03", "within 34 days"),
    Gap("2011", "2012-01-01/2012-06-15", "within 18 months"),
    Gap("the 1990s", "2000-01-01/2003-06-15", "within 14 years"),
)
"""Chosen by docs/telling.md, "The time between"; a month and a year in between are one, however long they are."""


class Coverage(NamedTuple):
    """The moments of a record with their zones, the zone of the surface, and what it is said to cover."""

    moments: tuple[tuple[str, str | None], ...]
    zone: str
    told: str
    as_of: str


ANY_TIME = ""
"""A moment that is open to both sides; nobody can type one."""

COVERAGES = (
    Coverage(
        (("2024", "UTC"), ("2025-06-05T10:30Z", None)),
        "UTC",
        "In this record: 2024 to 5 June 2025, 2 statements",
        "Record as of 5 June 2025",
    ),
    Coverage(
        (("2024-03-01T12:00Z", None), ("2025-06-06T02:00Z", None)),
        "America/New_York",
        "In this record: 1 March 2024 to 5 June 2025, 2 statements",
        "Record as of 5 June 2025",
    ),
    Coverage((("2015-05-05", "UTC"),), "UTC", "In this record: 5 May 2015, 1 statement", "Record as of 5 May 2015"),
    Coverage(
        (("2024-01-01", "UTC"), ("2024", "UTC"), ("2025-12-31", "UTC"), ("2025-12", "UTC")),
        "UTC",
        "In this record: 2024 to December 2025, 4 statements",
        "Record as of December 2025",
    ),
    Coverage(
        (("not after 5 May 2015", "UTC"), ("2020-03-06", "UTC")),
        "UTC",
        "In this record: 5 May 2015 or earlier to 6 March 2020, 2 statements",
        "Record as of 6 March 2020",
    ),
    Coverage(
        (("2015-05-05", "UTC"), ("not before 6 March 2020", "UTC")),
        "UTC",
        "In this record: 5 May 2015 to 6 March 2020 or later, 2 statements",
        "Record as of 6 March 2020",
    ),
    Coverage(
        (("not after 5 May 2015", "UTC"), ("2015-05-01", "UTC")),
        "UTC",
        "In this record: 1 May 2015 to 5 May 2015, 2 statements",
        "Record as of 5 May 2015",
    ),
    Coverage(
        (("not before 6 March 2020", "UTC"),),
        "UTC",
        "In this record: 6 March 2020 or later, 1 statement",
        "Record as of 6 March 2020",
    ),
    Coverage(
        (("not after 5 May 2015", "UTC"),),
        "UTC",
        "In this record: 5 May 2015 or earlier, 1 statement",
        "Record as of 5 May 2015",
    ),
    Coverage(((ANY_TIME, None),), "UTC", "In this record: dates not known, 1 statement", ""),
)


class Axis(NamedTuple):
    """The days of a record in a zone, and what its axis says."""

    zone: str
    days: tuple[str, str]
    told: str


AXES = (
    Axis("Europe/Moscow", ("2017-07-09", "2017-07-12"), "Time in Europe/Moscow (UTC+03:00)"),
    Axis("America/New_York", ("2017-07-09", "2017-07-12"), "Time in America/New_York (UTC-04:00)"),
    Axis("America/New_York", ("2017-07-09", "2017-12-12"), "Time in America/New_York"),
    Axis("UTC", ("2017-07-09", "2017-07-12"), "Time in UTC"),
)
