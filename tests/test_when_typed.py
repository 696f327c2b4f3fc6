"""What people really typed (tests/data/moments.tsv): read as they meant it, held safely, or refused."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from flipflop.errors import WhenError
from flipflop.when import When

DECOMPOSED = " (decomposed letters)"


class Typed(NamedTuple):
    """A line of the table: the text, what it is read with, the bounds, and what is wanted of it."""

    text: str
    reference: str | None
    tz: str | None
    start: str
    end: str
    wanted: str


def lines() -> list[Typed]:
    table = (Path(__file__).parent / "data" / "moments.tsv").read_text("utf-8").splitlines()[1:]
    rows = [(line.split("\t") + [""] * 6)[:6] for line in table]
    return [Typed(text, reference or None, tz or None, *rest) for text, reference, tz, *rest in rows]


def read(row: Typed) -> When:
    text = row.text
    if text.endswith(DECOMPOSED):
        text = unicodedata.normalize("NFD", text.removesuffix(DECOMPOSED))
    return When.parse(text, reference=row.reference, tz=row.tz)


@pytest.mark.parametrize("row", [row for row in lines() if row.wanted == "read"], ids=lambda row: row.text)
def test_what_says_its_moment_is_read(row: Typed) -> None:
    when = read(row)

    assert (when.start, when.end) == (datetime.fromisoformat(row.start), datetime.fromisoformat(row.end))


@pytest.mark.parametrize("row", [row for row in lines() if row.wanted == "refuse"], ids=lambda row: row.text)
def test_what_may_be_two_things_is_refused(row: Typed) -> None:
    with pytest.raises(WhenError):
        read(row)


@pytest.mark.parametrize("row", [row for row in lines() if row.wanted == "contain"], ids=lambda row: row.text)
def test_what_leaves_something_open_is_refused_or_held_safely(row: Typed) -> None:
    try:
        when = read(row)
    except WhenError:
        return
    start, end = datetime.fromisoformat(row.start), datetime.fromisoformat(row.end)
    if any("midnight" in warning for warning in when.warnings):
        return
    assert when.start <= start < end <= when.end
    assert when.end - when.start <= max(2 * (end - start), timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("9-Jul-2017", None, "2017-07-09T00:00/2017-07-10T00:00"),
        ("2017-Jul-09", None, "2017-07-09T00:00/2017-07-10T00:00"),
        ("9/July/2017", None, "2017-07-09T00:00/2017-07-10T00:00"),
        ("2017 July 9", None, "2017-07-09T00:00/2017-07-10T00:00"),
        ("20170709 18:30 UTC", None, "2017-07-09T18:30/2017-07-09T18:31"),
        ("09.2017", None, "2017-09-01T00:00/2017-10-01T00:00"),
        ("7/2017 to 9/2017", None, "2017-07-01T00:00/2017-10-01T00:00"),
        ("1830 GMT 9 July 2017", None, "2017-07-09T18:30/2017-07-09T18:31"),
        ("9 July 2017, 1830 hrs", None, "2017-07-09T18:30/2017-07-09T18:31"),
        ("Sunday 1830 GMT", "2017-07-11", "2017-07-09T18:30/2017-07-09T18:31"),
        ("9 July 2017 GMT", None, "2017-07-09T00:00/2017-07-10T00:00"),
        ("9 July 2017 10h30", None, "2017-07-09T10:30/2017-07-09T10:31"),
        ("Sunday at 7 in the evening", "2017-07-11", "2017-07-09T19:00/2017-07-09T20:00"),
        ("Sunday at 19", "2017-07-11", "2017-07-09T19:00/2017-07-09T20:00"),
        ("9 July 2017, 8:30 in the evening", None, "2017-07-09T20:30/2017-07-09T20:31"),
        ("3am on the morning of 9 July 2017", None, "2017-07-09T03:00/2017-07-09T04:00"),
        ("the ninth of July 2017", None, "2017-07-09T00:00/2017-07-10T00:00"),
        ("twenty days ago", "2017-07-29", "2017-07-09T00:00/2017-07-10T00:00"),
        ("on the 31st", "2017-07-11", "2017-05-31T00:00/2017-06-01T00:00"),
        ("week ending 14 May 2017", None, "2017-05-08T00:00/2017-05-15T00:00"),
        ("week of 10 May 2017", None, "2017-05-08T00:00/2017-05-17T00:00"),
        ("small hours of 9 July 2017", None, "2017-07-09T00:00/2017-07-09T06:00"),
        ("the past week", "2017-07-11", "2017-07-04T00:00/2017-07-12T00:00"),
        ("this past week", "2017-07-11", "2017-07-03T00:00/2017-07-12T00:00"),
        ("this weekend", "2017-07-15", "2017-07-15T00:00/2017-07-17T00:00"),
        ("early July", "2017-07-11", "2017-07-01T00:00/2017-07-14T12:00"),
        ("Sun Jul 09 2017 18:30:24 GMT-0400 (Eastern Daylight Time)", None, "2017-07-09T22:30/2017-07-09T22:30"),
        ("2018\u201321", None, "2018-01-01T00:00/2022-01-01T00:00"),
        ("9 July 2017 18:30\u201319:00", None, "2017-07-09T18:30/2017-07-09T19:01"),
        (
            "\u0967\u096b \u091c\u0941\u0932\u093e\u0908 \u0968\u0966\u0967\u096e",
            None,
            "2018-07-15T00:00/2018-07-16T00:00",
        ),
        ("dimanche 9 juillet 2017 à 20h", None, "2017-07-09T20:00/2017-07-09T21:00"),
        ("9-12 juillet 2017", None, "2017-07-09T00:00/2017-07-13T00:00"),
        ("9 fevrier 2017", None, "2017-02-09T00:00/2017-02-10T00:00"),
        ("9 lipca 2017 r. o godz. 20.30", None, "2017-07-09T20:30/2017-07-09T20:31"),
        ("9 de julio de 2017 a las 8:30", None, "2017-07-09T08:30/2017-07-09T08:31"),
    ],
)
def test_their_brothers_are_read_too(text: str, reference: str | None, expected: str) -> None:
    when = When.parse(text, reference=reference, tz="UTC")

    assert "/".join(f"{bound:%Y-%m-%dT%H:%M}" for bound in (when.start, when.end)) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2017-07-09 22:30-10:00", "may end a range or be an offset"),
        ("9 July 2017 9am-10:00", "may end a range or be an offset"),
        ("9 July 2017 10:00+15:00", "no offset from UTC"),
        ("2017-07-09T10:00:00-12:30", "no offset from UTC"),
        ("2017-07-09-10", "all four"),
        ("9 July 2017-10", "no date"),
        ("9 July 2017 9", "two things of one kind"),
        ("July 9 - July 2017", "no date"),
        ("9 July to August 2017", "two ends of one kind"),
        ("9 July 1830 GMT", "may be a year or a time"),
        ("2003/07", "write 2003-07 or 2003/2007"),
        ("9-Jul-17", "all four"),
        ("Jul-09", "all four digits of the year"),
        ("9 July 2017 at 7", "write am or pm"),
        ("weekend of 17 May 2017", "is a Wednesday"),
        ("Tue, 27 Feb 2018 10:00:00 -0500 (PDT)", "another time zone"),
        ("out 2017", "no date"),
        ("mars attacks 2017", "no date"),
        ("9 July 2017 midnight", "12:00 am"),
    ],
)
def test_what_stays_refused_says_why(text: str, why: str) -> None:
    with pytest.raises(WhenError) as caught:
        When.parse(text, tz="UTC")

    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("refused", "written"),
    [
        ("9 July 2017 09:00-10:00", "9 July 2017 09:00 UTC-10:00"),
        ("9 July 2017 09:00-10:00", "9 July 2017 09:00 to 10:00"),
        ("2017-07-09 09:00-10:00", "2017-07-09 09:00 UTC-10:00"),
        ("2011/12", "2011-12"),
        ("2011/12", "2011/2012"),
        ("Jul-17", "Jul-2017"),
        ("Jul-17", "17 Jul"),
        ("03/04/2018", "2018-04-03"),
        ("9 July 2017 midnight", "9 July 2017 12:00 am"),
        ("9 July 2017 at 7", "9 July 2017 at 7 am"),
        ("9 July 1830 GMT", "9 July 18:30 GMT"),
        ("11-1pm 9 July 2017", "11am-1pm 9 July 2017"),
        ("10pm to midnight on 9 July 2017", "9 July 2017 10pm to 10 July 2017 12:00 am"),
        ("22:00 to 00:00 9 July 2017", "9 July 2017 22:00 to 10 July 2017 00:00"),
        ("9 July 2017 12:30-1:30", "9 July 2017 12:30pm-1:30pm"),
        ("the 90s", "the 1990s"),
        ("1900s", "1900/1909"),
        ("two years ago", "2015"),
    ],
)
def test_what_a_refusal_tells_to_write_is_read(refused: str, written: str) -> None:
    with pytest.raises(WhenError):
        When.parse(refused, tz="UTC", reference="2018-01-02")

    When.parse(written, tz="UTC", reference="2018-01-02")


@pytest.mark.parametrize(
    "text",
    [
        "Sun Jul 09 11:50:39 +0000 2017", "Sun, 9 Jul 2017 11:50:39 -0400", "Sun, 9 Jul 2017 11:50:39 GMT",
        "2017-07-09 11:50 EDT", "9 juillet 2017 à 11:50 UTC", "2017-7-9 11:50:00 UTC",
    ],
)  # fmt: skip
def test_no_warning_stays_where_nothing_is_open(text: str) -> None:
    assert [warning for warning in When.parse(text).warnings if "24-hour" in warning] == []
