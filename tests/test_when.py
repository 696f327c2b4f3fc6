"""The moment: an interval that contains the truth, whatever the date, the form, the reference and the zone."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, strategies as st

from flipflop.errors import WhenError
from flipflop.when import Precision, When

if TYPE_CHECKING:
    from collections.abc import Callable

ZONES = (
    "UTC", "America/New_York", "America/St_Johns", "America/Sao_Paulo", "America/Havana", "Europe/London",
    "Europe/Moscow", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Apia",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

EPOCH = datetime(1950, 1, 1, tzinfo=UTC)
instants = st.timedeltas(timedelta(0), timedelta(days=88 * 365)).map(lambda since: EPOCH + since)
zones = st.sampled_from(ZONES)


def _month(t: datetime) -> str:
    return MONTHS[t.month - 1]


def _twelve(t: datetime) -> str:
    return f"{t.hour % 12 or 12}:{t:%M} {'am' if t.hour < 12 else 'pm'}"


def _offset(t: datetime) -> str:
    return t.isoformat()[-6:]


ABSOLUTE: dict[str, Callable[[datetime], str]] = {
    "iso second": lambda t: t.isoformat(timespec="seconds"),
    "iso minute": lambda t: t.isoformat(timespec="minutes"),
    "iso hour": lambda t: t.isoformat(timespec="hours"),
    "iso fraction": lambda t: t.isoformat(timespec="microseconds"),
    "iso spaced": lambda t: t.isoformat(sep=" ", timespec="seconds"),
    "iso without zone": lambda t: t.replace(tzinfo=None).isoformat(timespec="seconds"),
    "iso minute without zone": lambda t: t.replace(tzinfo=None).isoformat(timespec="minutes"),
    "iso basic": lambda t: f"{t:%Y%m%dT%H%M%S}{_offset(t)}",
    "iso with name": lambda t: f"{t:%Y-%m-%d %H:%M} {t.tzinfo}",
    "iso day": lambda t: f"{t:%Y-%m-%d}",
    "basic day": lambda t: f"{t:%Y%m%d}",
    "week": lambda t: "{}-W{:02d}".format(*t.isocalendar()),
    "week day": lambda t: "{}-W{:02d}-{}".format(*t.isocalendar()),
    "ordinal": lambda t: f"{t:%Y-%j}",
    "iso month": lambda t: f"{t:%Y-%m}",
    "year": lambda t: f"{t.year}",
    "unspecified day": lambda t: f"{t:%Y-%m}-XX",
    "unspecified month": lambda t: f"{t.year}-XX",
    "unspecified year": lambda t: f"{t.year // 10}X",
    "unspecified decade": lambda t: f"{t.year // 100}XX",
    "uncertain": lambda t: f"{t:%Y-%m-%d}?",
    "edtf interval": lambda t: f"{t:%Y-%m-%d}/{t.year}-12",
    "open end": lambda t: f"{t:%Y-%m-%d}/..",
    "open start": lambda t: f"../{t:%Y-%m-%d}",
    "twitter": lambda t: f"{WEEKDAYS[t.weekday()][:3]} {_month(t)[:3]} {t:%d %H:%M:%S %z %Y}",
    "mail": lambda t: f"{WEEKDAYS[t.weekday()][:3]}, {t.day} {_month(t)[:3]} {t.year} {t:%H:%M:%S} {_offset(t)}",
    "british": lambda t: f"{t.day} {_month(t)} {t.year}",
    "american": lambda t: f"{_month(t)} {t.day}, {t.year}",
    "ordinal day": lambda t: f"the {t.day}{'st' if t.day % 10 == 1 else 'th'} of {_month(t)} {t.year}",
    "with weekday": lambda t: f"{WEEKDAYS[t.weekday()]}, {_month(t)[:3]}. {t.day}, {t.year}",
    "british clock": lambda t: f"{t.day} {_month(t)} {t.year} {_twelve(t)}",
    "american clock": lambda t: f"{_month(t)} {t.day}, {t.year} at {_twelve(t)} {t.tzinfo}",
    "tweet embed": lambda t: f"{_twelve(t).upper()} \u00b7 {_month(t)[:3]} {t.day}, {t.year}",
    "old tweet embed": lambda t: f"{_twelve(t).upper()} - {t.day} {_month(t)[:3]} {t.year}",
    "hour": lambda t: f"{t.day} {_month(t)} {t.year}, {t.hour % 12 or 12}{'am' if t.hour < 12 else 'pm'}",
    "month": lambda t: f"in {_month(t)} {t.year}",
    "third of a month": lambda t: f"{'early' if t.day < 11 else 'mid' if t.day < 21 else 'late'} {_month(t)} {t.year}",
    "third of a year": lambda t: f"{'early' if t.month < 5 else 'mid' if t.month < 9 else 'late'}-{t.year}",
    "quarter": lambda t: f"Q{(t.month + 2) // 3} {t.year}",
    "half": lambda t: f"the {'first' if t.month < 7 else 'second'} half of {t.year}",
    "season": lambda t: f"{('winter', 'spring', 'summer', 'autumn')[t.month % 12 // 3]} {t.year}",
    "edtf season": lambda t: f"{t.year}-{(24, 21, 22, 23)[t.month % 12 // 3]}",
    "decade": lambda t: f"the {t.year // 10 * 10}s" if t.year > 2009 or t.year < 2000 else "the 2000s",
    "daypart": lambda t: f"{t:%Y-%m-%d} {('', 'morning', 'afternoon', 'night')[t.hour // 6]}",
    "half day": lambda t: f"{'early' if t.hour < 12 else 'late'} {WEEKDAYS[t.weekday()]}, {t.day} {_month(t)} {t.year}",
    "day range": lambda t: f"{t.day} {_month(t)} \u2013 31 December {t.year}",
    "year range": lambda t: f"between {t.year - 1} and {t.year + 1}",
    "about": lambda t: f"circa {_month(t)} {t.year}",
    "chinese": lambda t: f"{t.year}\u5e74{t.month}\u6708{t.day}\u65e5",
}  # fmt: skip


@given(truth=instants, zone=zones, form=st.sampled_from(sorted(ABSOLUTE)))
@example(truth=datetime(2017, 11, 5, 6, 30, tzinfo=UTC), zone="America/New_York", form="iso minute without zone")
@example(truth=datetime(2017, 11, 5, 5, 30, tzinfo=UTC), zone="America/New_York", form="british clock")
@example(truth=datetime(2000, 12, 2, tzinfo=UTC), zone="UTC", form="edtf interval")
@example(truth=datetime(2018, 11, 4, 3, 30, tzinfo=UTC), zone="America/Sao_Paulo", form="iso day")
def test_the_moment_contains_the_truth_in_every_absolute_form(truth: datetime, zone: str, form: str) -> None:
    text = ABSOLUTE[form](truth.astimezone(ZoneInfo(zone)))
    when = When.parse(text, tz=zone)
    assert when.start <= truth < when.end
    assert when.text == text


def _ago(unit: str, count: int) -> Callable[[datetime, datetime], str | None]:
    def phrase(truth: datetime, reference: datetime) -> str | None:
        days = (reference.date() - truth.date()).days
        gone = {
            "day": days,
            "week": round(days / 7),
            "month": 12 * (reference.year - truth.year) + reference.month - truth.month,
            "year": reference.year - truth.year,
        }[unit]
        return f"{count} {unit}s ago" if gone == count else None

    return phrase


def _week(truth: datetime, reference: datetime) -> int:
    monday = reference.date() - timedelta(days=reference.weekday())
    return (truth.date() - monday).days // 7


def _days(truth: datetime, reference: datetime) -> int:
    return (reference.date() - truth.date()).days


def _part(truth: datetime) -> str:
    return "morning" if 6 <= truth.hour < 12 else "afternoon" if 12 <= truth.hour < 18 else "evening"


RELATIVE: dict[str, Callable[[datetime, datetime], str | None]] = {
    "weekday": lambda t, r: f"on {WEEKDAYS[t.weekday()]}" if _days(t, r) < 7 else None,
    "weekday part": lambda t, r: f"{WEEKDAYS[t.weekday()]} {_part(t)}" if _days(t, r) < 7 and t.hour >= 6 else None,
    "weekday clock": lambda t, r: f"{WEEKDAYS[t.weekday()]} at {_twelve(t)}" if _days(t, r) < 7 else None,
    "last weekday, nearest": lambda t, r: f"last {WEEKDAYS[t.weekday()]}" if 0 < _days(t, r) <= 7 else None,
    "last weekday, of last week": lambda t, r: f"last {WEEKDAYS[t.weekday()]}" if _week(t, r) == -1 else None,
    "this past weekday": lambda t, r: f"this past {WEEKDAYS[t.weekday()]}" if 0 < _days(t, r) <= 7 else None,
    "today": lambda t, r: "earlier today" if _days(t, r) == 0 else None,
    "this part": lambda t, r: f"this {_part(t)}" if _days(t, r) == 0 and t.hour >= 6 else None,
    "yesterday": lambda t, r: "yesterday" if _days(t, r) == 1 else None,
    "the day before": lambda t, r: "the day before yesterday" if _days(t, r) == 2 else None,
    "last night": lambda t, r: "last night" if _days(t, r) == 1 and t.hour >= 18 else None,
    "two days ago": _ago("day", 2),
    "three weeks ago": _ago("week", 3),
    "five months ago": _ago("month", 5),
    "two years ago": _ago("year", 2),
    "this week": lambda t, r: "earlier this week" if _week(t, r) == 0 else None,
    "last week": lambda t, r: "last week" if _week(t, r) == -1 else None,
    "day of last week": lambda t, r: f"{WEEKDAYS[t.weekday()]} of last week" if _week(t, r) == -1 else None,
    "last month": lambda t, r: "last month" if 12 * (r.year - t.year) + r.month - t.month == 1 else None,
    "last year": lambda t, r: "last year" if r.year - t.year == 1 else None,
    "this year": lambda t, r: "earlier this year" if r.year == t.year else None,
    "yearless": lambda t, r: f"{_month(t)} {t.day}" if _days(t, r) < 365 else None,
    "yearless part": lambda t, r: f"{_part(t)} of {t.day} {_month(t)}" if _days(t, r) < 365 and t.hour >= 6 else None,
    "bare month": lambda t, r: f"in {_month(t)}" if 12 * (r.year - t.year) + r.month - t.month < 12 else None,
    "last named month": lambda t, r: f"last {_month(t)}" if r.year - t.year == 1 and r.month >= t.month else None,
}


@given(
    truth=instants,
    zone=zones,
    form=st.sampled_from(sorted(RELATIVE)),
    days=st.one_of(st.integers(0, 16), st.integers(0, 900)),
    seconds=st.integers(0, 86_399),
    asking=st.sampled_from(["naive", "aware", "iso text", "date"]),
)
def test_the_moment_contains_the_truth_in_every_phrase_counted_from_a_reference(
    truth: datetime, zone: str, form: str, days: int, seconds: int, asking: str
) -> None:
    local = truth.astimezone(ZoneInfo(zone))
    said_at = (truth + timedelta(days=days, seconds=seconds)).astimezone(ZoneInfo(zone))
    phrase = RELATIVE[form](local, said_at)
    if phrase is None:
        return
    asked: dict[str, datetime | date | str] = {
        "naive": said_at.replace(tzinfo=None),
        "aware": said_at.astimezone(ZoneInfo("Asia/Tokyo")),
        "iso text": said_at.isoformat(),
        "date": said_at.date(),
    }
    if form == "two years ago" and said_at.month in {1, 12}:
        return  # of which year, New Year leaves open
    when = When.parse(phrase, reference=asked[asking], tz=zone)
    assert when.start <= truth < when.end


@given(truth=instants, zone=zones, hours=st.integers(1, 40))
def test_hours_ago_contain_the_truth_to_the_hour(truth: datetime, zone: str, hours: int) -> None:
    asked = truth + timedelta(hours=hours, minutes=20)
    when = When.parse(f"{hours} hours ago", reference=asked, tz=zone)
    assert when.start <= truth < when.end
    assert when.approximate


_WORDS = (
    "9 July 2017 7:50am EDT last this Monday Sunday evening ( ) - / . .. ~ ? 2017-07 XX W27 Q3 between and to from ago "
    "two days weeks 31 99 0 00:00 24:00 noon midnight May second IST America/New_York +99:99 juillet de 1990s early "
    "late on the before after 9999 0001 last year decade winter (Tuesday NZT) 2016-17 \u5e74 \u6708"
)


NUMERIC = st.from_regex(r"[0-9TWZX:/.~+ -]{1,30}")
PHRASES = st.lists(st.sampled_from(_WORDS.split(" ")), max_size=9).map(" ".join)
EXTREMES = (date.min, date.max, datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC))


@given(text=st.one_of(st.text(max_size=230), PHRASES, NUMERIC))
@example(text="9999-12-31T23:59:59.999999Z")
@example(text="0001-01-01T00:00:00+23:59")
@example(text="9999-W53-7")
@example(text="9999-366")
@example(text="Y" + "9" * 150)
@example(text="9999 years ago")
@example(text="JUL")
@example(text="winter 9999")
@example(text="early 9990s")
@example(text="\ud800")
@example(text="\u0660" * 4)
@example(text="2017-07-09 07:50 America")
@example(text="2017-07-09 07:50 Etc/../UTC")
def test_any_text_gives_a_moment_or_a_when_error(text: str) -> None:
    for tz in (None, "Pacific/Apia"):
        for reference in (None, "2017-07-11T09:00", *EXTREMES):
            try:
                when = When.parse(text, reference=reference, tz=tz)
            except WhenError:
                continue
            assert when.start < when.end


@given(st.one_of(st.text(max_size=40), st.sampled_from(["America", "Europe", "/etc/passwd", "..", "posix/", "UTC+99"])))
def test_any_zone_is_known_or_a_when_error(tz: str) -> None:
    try:
        when = When.parse("2017-07-09", tz=tz)
    except WhenError:
        return
    assert when.precision is Precision.DAY


@pytest.mark.parametrize("tz", ["localtime", "LocalTime", "posixrules", "Factory", "right/UTC", "posix/Europe/Paris"])
def test_a_zone_that_means_something_else_on_another_machine_is_refused(tz: str) -> None:
    with pytest.raises(WhenError, match="is not known"):
        When.parse("2017-07-09 07:50", tz=tz)


@given(truth=instants, width=st.sampled_from([Precision.SECOND, Precision.MINUTE, Precision.HOUR]))
def test_an_iso_time_comes_back_as_it_went(truth: datetime, width: Precision) -> None:
    start = truth.replace(microsecond=0)
    if width is not Precision.SECOND:
        start = start.replace(second=0)
    if width is Precision.HOUR:
        start = start.replace(minute=0)
    if start.hour == start.minute == start.second == 0:
        return  # a midnight, which is taken as the day
    size = {Precision.SECOND: 1, Precision.MINUTE: 60, Precision.HOUR: 3600}[width]
    when = When.parse(start.isoformat(timespec=f"{width.value}s"))
    assert (when.start, when.end, when.precision) == (start, start + timedelta(seconds=size), width)
    assert when.start.tzinfo is UTC
    assert when.end.tzinfo is UTC


@given(truth=instants, zone=zones)
def test_the_fast_way_and_the_long_way_read_the_same(truth: datetime, zone: str) -> None:
    local = truth.astimezone(ZoneInfo(zone))
    for text in (local.isoformat(timespec="seconds"), f"{local:%Y-%m-%dT%H:%M}", f"{local:%Y-%m-%d}"):
        fast, slow = When.parse(text, tz=zone), When.parse(f" {text}", tz=zone)
        assert (fast.start, fast.end, fast.precision) == (slow.start, slow.end, slow.precision)
        assert (fast.tz, fast.warnings) == (slow.tz, slow.warnings)


@pytest.mark.parametrize(
    "text",
    ["2017-07-09", "2017-07-09T07:50-04:00", "2017-07-09T07:50:24Z", "2017-07", "2017-W27", "2017-07-09~", "2016/2017"],
)
def test_an_iso_moment_loads_neither_pandas_nor_the_words_of_people(text: str) -> None:
    script = (
        "import sys\nfrom flipflop.when import When\n"
        f"When.parse({text!r})\n"
        "heavy = {'pandas', 'numpy', 'zoneinfo', 'flipflop.when.english', 'flipflop.when.scan'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("text", ["9 July 2017 7:50am EDT", "between July 9 and 12, 2017", "25/12/2017"])
def test_english_loads_no_names_of_other_languages(text: str) -> None:
    script = (
        f"import sys\nfrom flipflop.when import When\nWhen.parse({text!r})\n"
        "print('flipflop.when.names_abroad' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
