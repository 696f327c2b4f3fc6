# ruff: noqa: RUF001 -- the words are those that people read, with typographers' dashes and quotes
"""Awkward statements and how docs/telling.md has them told; worked out by hand, knows nothing of the code.

A moment has four tellings: on a surface of UTC, of New York, of Tokyo, and on the clock in which it was given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from flipflop.records.codec import Json

ZONES = ("UTC", "America/New_York", "Asia/Tokyo")
"""The zones of the surfaces, in the order of the tellings of a moment."""

REPORTED, PARAPHRASE, ACT = "(reported, not a quotation)", "(paraphrase, not a quotation)", "(an act)"
MARKS = (REPORTED, PARAPHRASE, ACT)
PAPER = "The Paper"


class Moment(NamedTuple):
    """How one moment is told on the surfaces of the three zones, and on its own clock where it has one."""

    utc: str
    new_york: str
    tokyo: str
    own: str | None

    def on(self, zone: str) -> str:
        """The telling of a surface of one of the zones."""
        return (self.utc, self.new_york, self.tokyo)[ZONES.index(zone)]

    def on_own(self, zone: str) -> str:
        """The telling on its own clock, of which a surface of that zone stands in for one that nobody knows."""
        return self.own or self.on(zone)


@dataclass(frozen=True)
class Case:
    """One statement as it is imported, and how it is told.

    ``said`` and ``tz`` are what a person types, and empty where the moment stands in ``more``.
    """

    key: str
    speaker: str
    text: str
    said: str
    tz: str | None
    moment: Moment
    told: str = ""
    """The words as they stand on a page, where that is not the text in “…”."""
    stance: str = "support"
    position: str = "supports"
    topic: str = "unit"
    mark: str = ""
    notes: tuple[str, ...] = ()
    """What follows words and mark: for whom, through whom, to be looked at again."""
    source: str = PAPER
    more_source: tuple[str, ...] = ()
    more: dict[str, Json] = field(default_factory=dict)

    @property
    def half(self) -> bool:
        """Whether it is one of a pair."""
        return self.key.endswith(("-then", "-now"))

    @property
    def words(self) -> str:
        """The words as they stand on a page, without their mark."""
        return self.told or f"“{self.text}”"

    @property
    def bare(self) -> str:
        """The words as recorded today, without marks around all of them."""
        return self.words.strip('“”"')

    @property
    def line(self) -> str:
        """The words in a line of plain text, where the mark comes first."""
        return f"{self.mark} {self.words}" if self.mark else self.words


UNKNOWN = "time zone not known"


def place(words: str, zone: str, *, same: tuple[int, ...] = ()) -> Moment:
    """Tell dates of a zone: the place follows on each surface but those (by number) that show the same dates."""
    utc, new_york, tokyo = (words if number in same else f"{words} ({zone})" for number in range(len(ZONES)))
    return Moment(utc, new_york, tokyo, None if zone == UNKNOWN else words)


def day(start: str, end: str, zone: str) -> Json:
    """A moment as a line holds it once it has been read."""
    return {"text": start[:10], "start": start, "end": end, "precision": "day", "tz": zone}


SPEAKERS: tuple[dict[str, Json], ...] = (
    {"event": "speaker", "id": "ann-ames", "name": "Ann Ames", "public_role": "Senator"},
    {"event": "speaker", "id": "bob-bell", "name": "Bob Bell", "public_role": "Senator"},
    {"event": "speaker", "id": "cy-orr", "name": "Cy Orr", "public_role": "Mayor"},
    {"event": "speaker", "id": "di-vu", "name": "Di Vu", "public_role": "Minister"},
    {"event": "speaker", "id": "ed-ek", "name": "Ed Ek", "public_role": "Envoy"},
    {"event": "speaker", "id": "dana-levi", "name": "דנה לוי", "public_role": "Minister"},
    {
        "event": "speaker",
        "id": "agriculture",
        "name": "State Ministry for Economic Affairs and Agriculture",
        "kind": "organisation",
    },
    {
        "event": "speaker",
        "id": "energy",
        "name": "State Ministry for Economic Affairs and Energy",
        "kind": "organisation",
    },
    {
        "event": "speaker",
        "id": "tourism",
        "name": "State Ministry for Economic Affairs and Tourism",
        "kind": "organisation",
    },
    {"event": "speaker", "id": "bureau", "name": "The Bureau", "kind": "organisation"},
    {"event": "speaker", "id": "carl-cole", "name": "Carl Cole", "public_role": "President"},
    {"event": "speaker", "id": "dora-dahl", "name": "Dora Dahl", "public_role": "Judge"},
    {"event": "speaker", "id": "eva-eld", "name": "Eva Eld", "public_role": "Judge"},
    {"event": "speaker", "id": "finn-fox", "name": "Finn Fox", "public_role": "General"},
    {"event": "speaker", "id": "gil-gray", "name": "Gil Gray", "public_role": "General"},
    {"event": "speaker", "id": "hal-hook", "name": "Hal Hook", "public_role": "Admiral"},
)

TOPICS: tuple[dict[str, Json], ...] = (
    {"event": "topic", "id": "unit", "title": "The unit", "proposition": "There should be a unit."},
    {
        "event": "topic",
        "id": "agreed",
        "title": "What was agreed",
        "proposition": "A unit was agreed on.",
        "kind": "account",
    },
)

SHARED = "State Ministry for Economic Affairs and"
MINISTRIES = {"agriculture": "Agriculture", "energy": "Energy", "tourism": "Tourism"}
"""Organisations whose names share six words, and the word in which each differs: it stays where a name is cut."""

CASES = (
    # clocks of several zones
    Case("tokyo", "ann-ames", "The unit comes from Tokyo.", "2017-07-09T20:50:24", "Asia/Tokyo",
         Moment("9 July 2017, 11:50:24 UTC", "9 July 2017, 07:50:24 EDT",
                "9 July 2017, 20:50:24 JST", "9 July 2017, 20:50:24 JST"), source="Reuters, Senator wants unit",
         more={"source": {"url": "https://example.org/tokyo", "outlet": "Reuters", "title": "Senator wants unit"}}),
    Case("moscow", "ann-ames", "a unit would be welcome in Moscow", "9 July 2017 14:50", "Europe/Moscow",
         Moment("9 July 2017, 11:50 UTC", "9 July 2017, 07:50 EDT",
                "9 July 2017, 20:50 JST", "9 July 2017, 14:50 MSK"), told="a unit would be welcome in Moscow",
         mark=REPORTED, more={"form": "reported"}),
    Case("new-york", "bob-bell", "Wants the unit without delay.", "9 July 2017 7am", "America/New_York",
         Moment("9 July 2017, 11:00–12:00 UTC", "9 July 2017, 07:00–08:00 EDT",
                "9 July 2017, 20:00–21:00 JST", "9 July 2017, 07:00–08:00 EDT"),
         told="Wants the unit without delay.", stance="strongly_support", position="strongly supports",
         mark=PARAPHRASE, more={"form": "paraphrase"}),
    Case("istanbul", "cy-orr", "Voted against the unit.", "9 July 2017 23:30", "Europe/Istanbul",
         Moment("9 July 2017, 20:30 UTC", "9 July 2017, 16:30 EDT",
                "10 July 2017, 05:30 JST", "9 July 2017, 23:30 UTC+03:00"), told="Voted against the unit.",
         stance="oppose", position="opposes", mark=ACT, more={"form": "act"}),
    Case("kolkata", "di-vu", "'I never wanted that,' she told the court.", "10 July 2017 03:15", "Asia/Kolkata",
         Moment("9 July 2017, 21:45 UTC", "9 July 2017, 17:45 EDT",
                "10 July 2017, 06:45 JST", "10 July 2017, 03:15 IST"), stance="strongly_oppose",
         position="strongly opposes"),
    Case("kathmandu", "ed-ek", '"Perhaps," he said, "perhaps not."', "10 July 2017 05:00", "Asia/Kathmandu",
         Moment("9 July 2017, 23:15 UTC", "9 July 2017, 19:15 EDT",
                "10 July 2017, 08:15 JST", "10 July 2017, 05:00 UTC+05:45"), stance="mixed", position="mixed"),
    Case("twice", "ann-ames", '"The clock struck twice."', "2017-11-05T01:30", "America/New_York",
         Moment("5 November 2017, 05:30–06:30 UTC", "5 November 2017, 01:30 EDT – 01:30 EST",
                "5 November 2017, 14:30–15:30 JST", "5 November 2017, 01:30 EDT – 01:30 EST"),
         told='"The clock struck twice."'),
    Case("second-time", "ann-ames", "“The second time it struck.”", "2017-11-05T01:30-05:00", None,
         Moment("5 November 2017, 06:30 UTC", "5 November 2017, 01:30 EST",
                "5 November 2017, 15:30 JST", "5 November 2017, 01:30 UTC-05:00"),
         told="“The second time it struck.”"),
    Case("evening", "ann-ames", "The evening is for the unit.", "9 July 2017 evening", "America/New_York",
         Moment("9 July 2017, 22:00 – 10 July 2017, 04:00 UTC", "9 July 2017, 18:00–24:00 EDT (evening)",
                "10 July 2017, 07:00–13:00 JST", "9 July 2017, 18:00–24:00 EDT (evening)"), source="none recorded",
         more={"source": None}),
    Case("night", "ann-ames", "At night, too, a unit.", "9 July 2017 night", "Europe/Moscow",
         Moment("9 July 2017, 15:00 – 10 July 2017, 03:00 UTC", "9 July 2017, 11:00–23:00 EDT",
                "10 July 2017, 00:00–12:00 JST", "9 July 2017, 18:00 – 10 July 2017, 06:00 MSK (night)"),
         source="Minutes, box 7", more={"source": {"url": "Minutes, box 7"}}),
    # dates
    Case("moscow-day", "ann-ames", "The unit, said in Moscow.", "24 July 2017", "Europe/Moscow",
         place("24 July 2017", "in Europe/Moscow"), source="example.org",
         more={"source": {"url": "https://example.org/moscow-day?id=1"}}),
    Case("london-day", "ann-ames", "The unit, said in London.", "9 January 2017", "Europe/London",
         place("9 January 2017", "in Europe/London", same=(0,)), source="A speech in London",
         more={"source": {"title": "A speech in London"}}),
    Case("auckland-day", "ann-ames", "The unit, said in Auckland.", "25 July 2017", "Pacific/Auckland",
         place("25 July 2017", "in Pacific/Auckland"), notes=("for The Bureau", "as told by The Wire > Radio Nine"),
         more={"on_behalf_of": "bureau", "attribution": ["The Wire", "Radio Nine"]}),
    Case("offset-day", "ann-ames", "The unit, said somewhere in the east.", "26 July 2017", "-04:00",
         place("26 July 2017", "in UTC-04:00", same=(1,))),
    Case("days", "ann-ames", "The unit, for four days.", "9-12 July 2017", "Europe/Moscow",
         place("9–12 July 2017", "in Europe/Moscow")),
    Case("new-year", "ann-ames", "The unit, over the new year.", "2016-12-28/2017-01-03", "Asia/Tokyo",
         place("28 December 2016 – 3 January 2017", "in Asia/Tokyo", same=(2,))),
    Case("month", "ann-ames", "The unit, for a month.", "June 2017", "Asia/Tokyo",
         place("June 2017", "in Asia/Tokyo", same=(2,))),
    Case("season", "ann-ames", "The unit, for a winter.", "winter 2016-17", "America/New_York",
         place("December 2016 – February 2017", "in America/New_York", same=(1,))),
    Case("years", "ann-ames", "The unit, for two years.", "2016/2017", "UTC",
         place("2016–2017", "in UTC", same=(0,))),
    Case("decade", "ann-ames", "The unit, for ten years.", "the 1990s", "Europe/Moscow",
         place("1990s", "in Europe/Moscow")),
    Case("year", "ann-ames", "The unit, for a year.", "2014", "America/New_York",
         place("2014", "in America/New_York", same=(1,))),
    Case("unzoned-day", "ann-ames", "The unit, nobody knows where.", "9 July 2016", None,
         place("9 July 2016", UNKNOWN, same=(0,))),
    Case("unzoned-year", "ann-ames", "The unit, in some year.", "1984", None,
         place("1984", UNKNOWN, same=(0,))),
    Case("ancient", "ann-ames", "The unit, long ago.", "0844-03-02", "Europe/Rome",
         place("2 March 844", "in Europe/Rome")),
    Case("unheard-of", "ann-ames", "The unit, in a place unheard of.", "", None,
         Moment("23 July 2017, 21:00 – 24 July 2017, 21:00 UTC", "23 July 2017, 17:00 – 24 July 2017, 17:00 EDT",
                "24 July 2017, 06:00 – 25 July 2017, 06:00 JST", None),
         more={"said": day("2017-07-23T21:00:00Z", "2017-07-24T21:00:00Z", "Europe/Atlantis")}),
    # open to one side, and about
    Case("not-after", "ann-ames", "The unit, by May.", "not after 5 May 2015", "Europe/London",
         place("not after 5 May 2015", "in Europe/London")),
    Case("not-after-clock", "ann-ames", "The unit, by half past ten.", "../2015-05-05T10:30-04:00", None,
         Moment("not after 5 May 2015, 14:30 UTC", "not after 5 May 2015, 10:30 EDT",
                "not after 5 May 2015, 23:30 JST", "not after 5 May 2015, 10:30 UTC-04:00")),
    Case("after", "ann-ames", "The unit, from spring.", "after 5 March 2020", "America/New_York",
         place("not before 6 March 2020", "in America/New_York", same=(1,))),
    Case("about-hour", "ann-ames", "The unit, around nine.", "about 9pm 9 July 2017 EDT", None,
         Moment("about 10 July 2017, 01:00–02:00 UTC", "about 9 July 2017, 21:00–22:00 EDT",
                "about 10 July 2017, 10:00–11:00 JST", "about 9 July 2017, 21:00–22:00 UTC-04:00")),
    Case("circa", "ann-ames", "The unit, around then.", "circa 2015", "Europe/London",
         place("about 2015", "in Europe/London", same=(0,))),
    # names, sources, codings
    Case("hebrew", "dana-levi", "לא תהיה יחידה.", "11 July 2017 09:05", "UTC",
         Moment("11 July 2017, 09:05 UTC", "11 July 2017, 05:05 EDT",
                "11 July 2017, 18:05 JST", "11 July 2017, 09:05 UTC"), stance="oppose", position="opposes",
         more={"language": "he"}),
    Case("agriculture", "agriculture", "We farm with a unit.", "12 July 2017", "UTC",
         place("12 July 2017", "in UTC", same=(0,))),
    Case("energy", "energy", "We heat with a unit.", "13 July 2017", "UTC",
         place("13 July 2017", "in UTC", same=(0,))),
    Case("tourism", "tourism", "We travel with a unit.", "14 July 2017", "UTC",
         place("14 July 2017", "in UTC", same=(0,)), source="Reuters, Ministry packs bags",
         more_source=("by Jo Jung", "published 15 July 2017"),
         more={"source": {"outlet": "Reuters", "title": "Ministry packs bags", "author": "Jo Jung",
                          "published": day("2017-07-15T00:00:00Z", "2017-07-16T00:00:00Z", "UTC")}}),
    Case("corrected", "bob-bell", "The unit is worth every crown.", "13 July 2017", "Europe/London",
         place("13 July 2017", "in Europe/London"), told="“The unit is worth every penny.”",
         stance="strongly_support", position="strongly supports", notes=("coding to be looked at again",)),
    Case("disputed", "cy-orr", "A unit, if you call it that.", "15 July 2017", "UTC",
         place("15 July 2017", "in UTC", same=(0,)), stance="oppose", position="coders disagree"),
    Case("unclear", "ed-ek", "Ask the unit.", "16 July 2017", "UTC",
         place("16 July 2017", "in UTC", same=(0,)), stance="unclear", position="unclear"),
    Case("affirmed", "bob-bell", "It was agreed, and signed.", "17 July 2017", "UTC",
         place("17 July 2017", "in UTC", same=(0,)), stance="strongly_support", position="strongly affirms",
         topic="agreed"),
    Case("denied", "cy-orr", "It was never agreed.", "18 July 2017", "UTC",
         place("18 July 2017", "in UTC", same=(0,)), stance="strongly_oppose", position="strongly denies",
         topic="agreed"),
    # the halves of pairs
    Case("twice-ruled-then", "carl-cole", "We will form a unit.", "2017-07-09T07:50:24-04:00", None,
         Moment("9 July 2017, 11:50:24 UTC", "9 July 2017, 07:50:24 EDT",
                "9 July 2017, 20:50:24 JST", "9 July 2017, 07:50:24 UTC-04:00")),
    Case("twice-ruled-now", "carl-cole", "There will be no unit.", "2017-07-09T20:45:13-04:00", None,
         Moment("10 July 2017, 00:45:13 UTC", "9 July 2017, 20:45:13 EDT",
                "10 July 2017, 09:45:13 JST", "9 July 2017, 20:45:13 UTC-04:00"), stance="oppose",
         position="opposes"),
    Case("candidate-then", "dora-dahl", "Yes, they agreed on it.", "3 March 2011", "UTC",
         place("3 March 2011", "in UTC", same=(0,)), position="affirms", topic="agreed"),
    Case("candidate-now", "dora-dahl", "No, they agreed on nothing.", "14 March 2011", "UTC",
         place("14 March 2011", "in UTC", same=(0,)), stance="oppose", position="denies", topic="agreed"),
    Case("none-then", "eva-eld", "A unit would help.", "2011", "UTC",
         place("2011", "in UTC", same=(0,))),
    Case("none-now", "eva-eld", "A unit would harm.", "2016", "UTC",
         place("2016", "in UTC", same=(0,)), stance="oppose", position="opposes"),
    Case("half-then", "finn-fox", "Let us have a unit.", "20 July 2017", "UTC",
         place("20 July 2017", "in UTC", same=(0,))),
    Case("half-now", "finn-fox", "Let us see about a unit.", "23 July 2017", "UTC",
         place("23 July 2017", "in UTC", same=(0,)), stance="mixed", position="mixed"),
    Case("half-ruled-then", "hal-hook", "Aye to the unit.", "20 July 2017", "UTC",
         place("20 July 2017", "in UTC", same=(0,))),
    Case("half-ruled-now", "hal-hook", "Aye and nay to the unit.", "21 July 2017", "UTC",
         place("21 July 2017", "in UTC", same=(0,)), stance="mixed", position="mixed"),
    Case("unordered-then", "gil-gray", "A unit at once.", "27 July 2017", "UTC",
         place("27 July 2017", "in UTC", same=(0,))),
    Case("unordered-now", "gil-gray", "A unit not at all.", "27 July 2017", "UTC",
         place("27 July 2017", "in UTC", same=(0,)), stance="oppose", position="opposes"),
)  # fmt: skip

CORRECTION: dict[str, Json] = {
    "changes": {"text": "The unit is worth every penny."},
    "reason": "misheard",
    "by": "Kim Kay",
}
"""Of the case ``corrected``."""
