"""Phrases counted from a reference: weekdays, dates without a year, last week, two days ago.

Where usage is divided ("last Monday" on a Thursday, "last May" in July) the span covers both readings, with a warning.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from flipflop.errors import WhenError
from flipflop.when import span as spans
from flipflop.when.iso import season
from flipflop.when.moment import Precision, When
from flipflop.when.words import MONTHS, WEEKDAYS, Clash, Slots

if TYPE_CHECKING:
    from datetime import datetime

    from flipflop.when.reference import Around
    from flipflop.when.span import Span
    from flipflop.when.zones import Zone

_LAST = {"last", "past", "previous"}
_JUST_PAST = {"this past", "this last"}
_THIS = {"this", "current"}
_WEEKS = "weeks are counted from Monday to Sunday"


def shifted(when: date, days: int) -> date:
    """Return the date so many days on; WhenError outside the years 1 to 9999."""
    try:
        return when + timedelta(days=days)
    except OverflowError:
        raise WhenError("it counts past the years 1 to 9999") from None


def weekday(slots: Slots, around: Around) -> Span:
    """Return the latest such weekday up to the day of the reference; "last" excludes that day."""
    name = WEEKDAYS[slots.weekday or 0].title()
    back = (around.day.weekday() - (slots.weekday or 0)) % 7
    if slots.which == "next":
        raise WhenError(f"'next {name}' is read in two ways, and nothing is on record from the future; write the date")
    if slots.which in _LAST:
        return _last_weekday(name, back, around.day)
    if slots.which in _JUST_PAST:
        return spans.day(shifted(around.day, -(back or 7)))
    if slots.which in _THIS and back > around.day.weekday():
        raise WhenError(f"'this {name}' may be the one before or the one after {around.day}; write the date")
    span = spans.day(shifted(around.day, -back))
    return span if back else span.but(f"named on a {name}: the same day is meant, not the week before")


def _last_weekday(name: str, back: int, today: date) -> Span:
    nearest = shifted(today, -(back or 7))
    if back == 0 or back > today.weekday():  # in the week before on either reading
        return spans.day(nearest)
    flag = f"'last {name}' may be {nearest} or {shifted(nearest, -7)}: the moment covers both; write the date"
    return spans.day(shifted(nearest, -7), 8, Precision.INTERVAL).but(flag)


def day_of_part(slots: Slots, around: Around) -> Span:
    """Return the day of "this morning" or "last night"."""
    if slots.which in _THIS:
        return spans.day(around.day)
    if slots.which in _LAST and slots.daypart in {"night", "evening"}:
        return spans.day(shifted(around.day, -1))
    raise Clash(f"{slots.which} {slots.daypart} is not said of a day; write 'yesterday {slots.daypart}' or the date")


def yearless(month: int, day: int, around: Around) -> date:
    """Return the latest such date up to the day of the reference."""
    for year in range(around.day.year, max(around.day.year - 9, 0), -1):
        try:
            when = date(year, month, day)
        except ValueError:
            continue
        if when <= around.day:
            return when
    raise WhenError(f"{MONTHS[month - 1].title()} has no day {day}; a year needs all four digits")


def month(slots: Slots, around: Around) -> Span:
    """Return the latest such month that has begun; "last" one that is over."""
    number, today = slots.month or 0, around.day
    if not 1 <= number <= 12:
        raise WhenError(f"there is no month {number}")
    if slots.which == "next":
        raise WhenError("nothing is on record from the future; write the month and its year")
    if slots.which in _LAST:
        year = today.year if number < today.month else today.year - 1
        return _both_years(spans.months(year, number), number < today.month, slots)
    if slots.which in _THIS and number > today.month:
        raise WhenError(f"'this {MONTHS[number - 1].title()}' has not come yet on {today}; write its year")
    return spans.months(today.year if number <= today.month else today.year - 1, number)


def _both_years(nearest: Span, divided: bool, slots: Slots) -> Span:
    if not divided or slots.which in _JUST_PAST:
        return nearest
    year = nearest.start.year
    before = spans.months(year - 1, nearest.start.month)
    flag = f"'{slots.which}' may be of {year} or of {year - 1}: the moment covers both; write the year"
    return spans.Span(before.start, nearest.end, Precision.INTERVAL, warnings=(*nearest.warnings, flag))


def season_of(which: str, month_: int, around: Around) -> Span:
    """Return the season of the reference's year, or the one before it."""
    today, year = around.day, around.day.year
    if month_ == 12:
        raise WhenError("a winter runs over two years; write them, as in 'winter 2016-17'")
    over = spans.months(year, month_ + 3).start.date() <= today
    if which in _THIS or (not which and spans.months(year, month_).start.date() <= today):
        return season(year, month_)
    if not which:
        return season(year - 1, month_)
    if which in _LAST | _JUST_PAST:
        return _both_years(season(year if over else year - 1, month_), over, Slots(which=which))
    raise WhenError("nothing is on record from the future; write the season and its year")


def winter(year: int) -> Span:
    """Return the winter that begins in December of a year."""
    from flipflop.when.iso import NORTHERN

    return spans.months(year, 12, 3, Precision.SEASON).but(NORTHERN)


def unit(slots: Slots, around: Around) -> Span:
    """Return last, this or next week, month and so on; "earlier this" ends with the day of the reference."""
    if slots.within and slots.which not in _THIS | {""} and slots.unit != "week":
        raise Clash(f"{slots.within!r} does not go with {slots.which!r}")
    steps = {"": 0, "this": 0, "current": 0, "next": 1}.get(slots.which, -1)
    if not slots.which and slots.unit != "weekend":
        raise Clash(f"which {slots.unit}: this or last?")
    whole = _unit(slots.unit, steps, around.day)
    if slots.weekday is not None:
        if slots.unit != "week":
            raise Clash("a weekday goes with a week")
        return spans.day(shifted(whole.start.date(), slots.weekday)).but(_WEEKS)
    if slots.within == "earlier" and steps == 0:
        return replace(whole, end=min(whole.end, spans.day(around.day).end), precision=Precision.INTERVAL)
    return whole


def _unit(name: str, steps: int, today: date) -> Span:
    if name in {"week", "weekend"}:
        monday = shifted(today, -today.weekday() + 7 * steps)
        return spans.day(monday, 7, Precision.WEEK).but(_WEEKS) if name == "week" else _weekend(monday, steps, today)
    if name == "month":
        return spans.months(today.year, today.month + steps)
    if name == "quarter":
        return spans.months(today.year, (today.month - 1) // 3 * 3 + 1 + 3 * steps, 3, Precision.INTERVAL)
    if name == "decade":
        return spans.years(_positive(today.year // 10 * 10 + 10 * steps), 10, Precision.DECADE)
    return spans.years(_positive(today.year + steps))


def _weekend(monday: date, steps: int, today: date) -> Span:
    saturday = shifted(monday, 5)
    if steps == 0 and today < saturday:  # "over the weekend", said on a Monday
        saturday = shifted(saturday, -7)
    return spans.day(saturday, 2, Precision.INTERVAL)


def ago(count: int, name: str, around: Around) -> Span:
    """Return the time so many units back: its calendar month or year, or the week around its day."""
    if name == "week":
        middle = shifted(around.day, -7 * count)
        flag = f"weeks are counted roughly: three days on either side of {middle}"
        return spans.day(shifted(middle, -3), 7, Precision.WEEK).but(flag, approximate=True)
    if name == "month":
        index = around.day.year * 12 + around.day.month - 1 - count
        return spans.months(_positive(index // 12), index % 12 + 1).but(approximate=True)
    return spans.years(_positive(around.day.year - count)).but(approximate=True)


def hours_ago(text: str, slots: Slots, asked: tuple[datetime, datetime], zone: Zone) -> When:
    """Return the time so many hours or minutes before an instant (or one of two), one unit on either side of it."""
    count, name = slots.ago or (0, "hour")
    if set(slots.filled()) - {"ago", "approximate", "zone", "abbreviation", "local"}:
        raise Clash(f"{name}s ago stand alone")
    size = timedelta(hours=1) if name == "hour" else timedelta(minutes=1)
    precision = Precision.HOUR if name == "hour" else Precision.MINUTE
    try:
        start, end = asked[0] - (count + 1) * size, asked[1] - (count - 1) * size
    except OverflowError:
        raise WhenError("it counts past the years 1 to 9999") from None
    return When(text, start, end, precision, True, zone.name, (f"{name}s are counted roughly: one on either side",))


def _positive(year: int) -> int:
    if not 1 <= year <= 9999:
        raise WhenError("it counts past the years 1 to 9999")
    return year
