"""What the slots of a phrase mean: a span of the calendar, counted from the reference where the phrase needs one.

Conventions, all of them in docs/moments.md: weeks begin on Monday; a weekday, or a date without its year, is the latest
one up to the day of the reference; parts of a day, month or year are whole hours, thirds and four months each.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from flipflop.errors import WhenError
from flipflop.when import relative, span as spans
from flipflop.when.iso import clock, season
from flipflop.when.moment import Precision
from flipflop.when.words import DAYPARTS, MONTHS, WEEKDAYS, Clash, Slots, Unread

if TYPE_CHECKING:
    from flipflop.when.reference import Around
    from flipflop.when.span import Span

_LATER = "it begins only after the reference: check the day"
_CROSSES = "a night runs past midnight: 18:00 to 06:00 of the next day"
_SINGLE = {"offset", "ago", "unit", "past", "nth", "decade", "quarter", "half", "season"}
_DATE = {"year", "last_year", "month", "day"}


def span_of(slots: Slots, around: Around | None) -> Span:
    """Return the span that the slots name; WhenError where they need a reference, disagree, or name no day."""
    said = set(slots.filled())
    if slots.zone is not None and slots.abbreviation:
        raise Clash("it names two time zones")
    span = _calendar(slots, said, around)
    if slots.stretch:
        span = relative.stretch(slots.stretch, span)
    if slots.near and slots.clock is None:
        raise Clash(f"{slots.near!r} goes with a time of day")
    if slots.clock is not None or slots.daypart:
        span = _within_day(slots, span, around)
    elif slots.edge:
        span = _edge(slots.edge, span)
        if slots.which == "the" and around is not None and span.start.date() > around.day:
            raise WhenError(f"the {slots.edge} part of the {slots.unit} lies ahead of {around.day}; write the date")
    if slots.approximate and not span.approximate:
        span = span.but(approximate=True)
    if slots.doubt:
        span = span.but(slots.doubt)
    return replace(span, zone=slots.zone, abbreviation=slots.abbreviation)


def _calendar(slots: Slots, said: set[str], around: Around | None) -> Span:
    if slots.unit == "year" and said & {"month", "season", "quarter", "half", "nth"} and slots.year is None:
        year = relative.unit(replace(slots, month=None, within=""), _needed(around)).start.year
        slots = replace(slots, unit="", which="", year=year)
        said = set(slots.filled())
    kinds = said & _SINGLE
    if slots.nth is not None and slots.unit == "month":
        kinds = kinds - {"unit"}
    if len(kinds) > 1 and not (kinds == {"ago", "offset"} and slots.offset == 0):
        raise Clash(f"it says {' and '.join(sorted(kinds))} at once")
    if slots.nth is not None or (slots.half is not None and slots.month is not None):
        return _of_month(slots, said, around)
    if said & {"season", "quarter", "half", "decade"}:
        return _large(slots, said, around)
    if said & {"unit", "ago", "offset", "past"}:
        return _counted(slots, said, _needed(around))
    if slots.last_year is not None:
        return _two_years(slots, said)
    if said & {"month", "day"}:
        return _dated(slots, around)
    return _loose(slots, around)


def _loose(slots: Slots, around: Around | None) -> Span:
    if slots.year is not None:
        _refuse(slots.weekday is not None or bool(slots.which), "it names a year, but not which day or month of it")
        return spans.years(_year(slots.year))
    if slots.weekday is not None:
        return relative.weekday(slots, _needed(around))
    if slots.daypart and slots.which:
        return relative.day_of_part(slots, _needed(around))
    if slots.daypart == "overnight":
        return spans.day(_needed(around).day - timedelta(days=1))
    raise Unread("it gives a time of day, but not the day: add the date" if slots.clock else "it names no day")


def _dated(slots: Slots, around: Around | None) -> Span:
    if slots.month is None and slots.day is not None and slots.ordinal and slots.year is None and not slots.which:
        when = relative.day_of_month(slots.day, _needed(around))
        _agree(slots.weekday, when)
        return spans.day(when)
    if slots.month is None:
        raise Unread("it names a day of the month, but no month")
    if slots.day is None:
        _refuse(slots.weekday is not None, "it names a weekday and a month, but not which of its days")
        if slots.year is None:
            return relative.month(slots, _needed(around))
        _refuse(bool(slots.which), f"{slots.which!r} and a year do not go together")
        return spans.months(_year(slots.year), _month(slots.month))
    _refuse(bool(slots.which), f"{slots.which!r} and a date do not go together")
    if slots.year is None:
        when = relative.yearless(_month(slots.month), slots.day, _needed(around))
    else:
        when = _day(_year(slots.year), _month(slots.month), slots.day)
    _agree(slots.weekday, when)
    return spans.day(when)


def _counted(slots: Slots, said: set[str], around: Around) -> Span:
    _refuse(bool(said & _DATE), "it counts from a reference and gives a date as well")
    if slots.unit:
        return relative.unit(slots, around)
    _refuse(bool(slots.which), f"{slots.which!r} does not go with a count")
    if slots.past is not None and slots.past[1] == "hour":
        return relative.past_hours(slots.past[0], around)
    if slots.past is not None:
        return relative.past(*slots.past, around.day)
    if slots.ago is not None and slots.ago[1] == "weekday":
        return spans.day(relative.weekdays_ago(slots.ago[0], slots.weekday or 0, around.day))
    if slots.ago is not None and slots.offset == 0:
        return spans.day(relative.years_ago(*slots.ago, around.day))
    if slots.ago is not None:
        _refuse(slots.weekday is not None, "it counts back and names a weekday as well")
        return relative.ago(*slots.ago, around)
    when = relative.shifted(around.day, slots.offset or 0)
    _agree(slots.weekday, when)
    return spans.day(when)


def _of_month(slots: Slots, said: set[str], around: Around | None) -> Span:
    """A half, a week, a weekend, a weekday or the last day of a month."""
    _refuse(bool(said & {"day", "last_year"}), "it mixes a date with a part of a month")
    bare = replace(slots, weekday=None, half=None, nth=None)
    whole = relative.unit(bare, _needed(around)) if slots.unit == "month" else _dated(bare, around)
    _refuse(whole.precision is not Precision.MONTH, "it names a part of a month, but not which month")
    if slots.nth is None:
        middle = whole.start.replace(day=16)
        if slots.half == 1:
            return replace(whole, end=middle, precision=Precision.INTERVAL)
        return replace(whole, start=middle, precision=Precision.INTERVAL)
    return relative.nth_of_month(*slots.nth, slots.weekday, whole)


def _large(slots: Slots, said: set[str], around: Around | None) -> Span:
    _refuse(bool(said & {"month", "day", "weekday"}), "it mixes a date with a longer stretch of time")
    if slots.decade is not None:
        _refuse(slots.year is not None or bool(slots.which), "it gives a year and a decade")
        if slots.decade % 100 == 0 and slots.decade != 2000:
            raise WhenError(
                f"the {slots.decade}s may be ten years or a hundred; write {slots.decade}/{slots.decade + 9}"
            )
        return spans.years(_year(slots.decade), 10, Precision.DECADE)
    if slots.season is not None:
        return _season(slots, around)
    year = _year(slots.year) if slots.year is not None else _needed(around).day.year
    _refuse(slots.year is None and slots.which not in {"this", "current"}, "it names no year")
    if slots.quarter is not None:
        return spans.months(year, 3 * slots.quarter - 2, 3, Precision.INTERVAL)
    return spans.months(year, 6 * (slots.half or 1) - 5, 6, Precision.INTERVAL)


def _season(slots: Slots, around: Around | None) -> Span:
    month = slots.season or 0
    if slots.year is None:
        return relative.season_of(slots.which, month, _needed(around))
    _refuse(bool(slots.which), f"{slots.which!r} and a year do not go together")
    if slots.last_year is None:
        return season(_year(slots.year), month)
    _refuse(month != 12 or slots.last_year != slots.year + 1, "only a winter runs over two years")
    return relative.winter(_year(slots.year))


def _two_years(slots: Slots, said: set[str]) -> Span:
    _refuse(bool(said & {"month", "day", "weekday", "which"}), "it gives two years and a date")
    first, last = _year(slots.year or 0), slots.last_year or 0
    _refuse(last <= first, f"the years {first} and {last} run backwards")
    return spans.years(first, last - first + 1, Precision.INTERVAL)


def _within_day(slots: Slots, span: Span, around: Around | None) -> Span:
    if span.precision is not Precision.DAY:
        raise WhenError("it gives a time of day, but not the day; add the date")
    if slots.clock is not None:
        return _clocked(slots, span, around)
    first, last = DAYPARTS[slots.daypart]
    if slots.edge == "early" and slots.daypart == "morning":
        first = 0  # "early Sunday morning" may be three o'clock
    part = _hours(span, first, last, around if slots.year is None else None)
    rough = bool(slots.edge)
    return part.but(_CROSSES, approximate=rough) if last > 24 else part.but(approximate=rough)


def _clocked(slots: Slots, span: Span, around: Around | None) -> Span:
    hour, minute, second = slots.clock or (0, None, None)
    if slots.daypart:
        hour = _hour_of_part(slots, hour, minute)
    elif slots.bare_hour:
        raise WhenError(f"{slots.bare_hour!r} may be in the morning or in the evening; write am or pm")
    timed = clock(f"{hour}:{minute or 0:02d}", span.start, hour, minute, second).but(*span.warnings)
    if slots.year is None and around is not None and around.now is not None and timed.start > around.now:
        timed = timed.but(_LATER)
    if slots.meridiem:
        timed = replace(timed, midnight=False)
    if slots.near:
        timed = _near(slots.near, timed)
    if slots.loose_hour and not (slots.daypart or slots.sure):
        return timed.but(f"{slots.loose_hour} is read on the 24-hour clock; write am or pm, or {hour:02d}:…")
    return timed


def _hour_of_part(slots: Slots, hour: int, minute: int | None) -> int:
    """Return an hour on the clock of 24 by the part of the day, which must hold it."""
    first, last = DAYPARTS[slots.daypart]
    first = {"morning": 0, "evening": 17}.get(slots.daypart, first)  # "three in the morning", "half past five"
    loose = bool(slots.loose_hour) and not slots.sure
    held = [value for value in (hour, hour + 12 if loose and hour < 12 else hour) if first <= value < last]
    if not held and any(first <= value < last for value in (hour + 24, hour % 12 + 24 if loose else hour + 24)):
        raise Clash("after midnight, say which of the two days: write the date of the clock time")
    if not held:
        raise WhenError(f"{hour}:{minute or 0:02d} is not in the {slots.daypart}; write the hour with am or pm")
    return held[0]


def _near(near: str, timed: Span) -> Span:
    """Return the hour after a time of day, or before it, roughly."""
    hour = timedelta(hours=1)
    start = timed.start if near == "after" else spans.later(timed.start, -hour)
    part = replace(timed, start=start, end=spans.later(start, hour), precision=Precision.HOUR, midnight=False)
    return part.but(approximate=True)


def _hours(span: Span, first: int, last: int, around: Around | None) -> Span:
    begin, end = (spans.later(span.start, timedelta(hours=hour)) for hour in (first, last))
    part = replace(span, start=begin, end=end, precision=Precision.DAYPART)
    if around is not None and around.now is not None and begin > around.now:
        return part.but(_LATER)
    return part


def _edge(edge: str, span: Span) -> Span:
    start, precision = span.start, Precision.INTERVAL
    if span.precision is Precision.DAY and edge != "mid":
        part = _hours(span, *((0, 12) if edge == "early" else (12, 24)), None)
        return replace(part, kept=_FIRM[edge]).but(approximate=True)
    if span.precision is Precision.WEEK:
        first, count = {"early": (0, 3), "mid": (1, 4), "late": (3, 4)}[edge]
        part = spans.day(relative.shifted(start.date(), first), count, precision)
    elif span.precision is Precision.MONTH:
        cut = {"early": (1, 11), "mid": (11, 21), "late": (21, 0)}[edge]
        end = start.replace(day=cut[1]) if cut[1] else span.end
        part = spans.Span(start.replace(day=cut[0]), end, precision)
    elif span.precision is Precision.YEAR:
        part = spans.months(start.year, {"early": 1, "mid": 5, "late": 9}[edge], 4, precision)
    elif span.precision is Precision.DECADE:
        first, count = {"early": (0, 4), "mid": (3, 4), "late": (6, 4)}[edge]
        part = spans.years(start.year + first, count, precision)
    elif span.precision is Precision.SEASON:
        if (span.end - start).days < 100:  # a winter of one year has two meanings
            part = spans.months(start.year, start.month + {"early": 0, "mid": 1, "late": 2}[edge], 1, precision)
            return part.but(*span.warnings, approximate=True)
        return span.but(approximate=True)
    else:
        raise WhenError(f"{edge!r} does not go with {span.precision.value}; write the dates")
    return replace(part, kept=_FIRM[edge]).but(*span.warnings, approximate=True)


_FIRM = {"early": "start", "mid": "", "late": "end"}
"""The end of a part of a month or a year that is also an end of the whole."""


def _agree(weekday: int | None, when: date) -> None:
    if weekday is not None and when.weekday() != weekday:
        shown = f"{when.day} {MONTHS[when.month - 1].title()} {when.year}"
        named, right = WEEKDAYS[weekday].title(), WEEKDAYS[when.weekday()].title()
        raise WhenError(f"{shown} is a {right}, not a {named}; correct one of them, or name the zone of each")


def _needed(around: Around | None) -> Around:
    if around is None:
        raise WhenError("it is counted from another day; give that with reference= (--reference 2017-07-11)")
    return around


def _refuse(wrong: bool, why: str) -> None:
    if wrong:
        raise Clash(why)


def _year(year: int) -> int:
    if not 1 <= year <= 9999:
        raise WhenError(f"the year {year} lies outside the years 1 to 9999")
    return year


def _month(month: int) -> int:
    if not 1 <= month <= 12:
        raise WhenError(f"there is no month {month}")
    return month


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        if day > 31:
            raise WhenError(f"{MONTHS[month - 1].title()} has no day {day}; a year needs all four digits") from None
        raise WhenError(f"{MONTHS[month - 1].title()} {year} has no day {day}") from None
