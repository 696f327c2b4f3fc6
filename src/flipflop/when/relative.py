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

_LAST = {"last", "past", "previous", "the last", "the past"}
_JUST_PAST = {"this past", "this last"}
_UP_TO_NOW = {"past", "the past", "the last", "this past"}
_THIS = {"this", "current"}
_BEFORE_LAST, _OF_NOW = "before last", "the"
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
    if slots.which == _BEFORE_LAST:
        return _week_before(_last_weekday(name, back, around.day))
    if slots.which in _JUST_PAST:
        return spans.day(shifted(around.day, -(back or 7)))
    if slots.which in _THIS and back > around.day.weekday():
        raise WhenError(f"'this {name}' may be the one before or the one after {around.day}; write the date")
    span = spans.day(shifted(around.day, -back))
    return span if back else span.but(f"named on a {name}: the same day is meant, not the week before")


def _week_before(last: Span) -> Span:
    step = timedelta(days=7)
    span = replace(last, start=last.start - step, end=last.end - step, warnings=())
    return span.but("'last' has two readings: the moment covers both; write the date") if last.warnings else span


def weekdays_ago(count: int, number: int, today: date) -> date:
    """Return the weekday so many times back, that of today left out."""
    return shifted(today, -((today.weekday() - number) % 7 or 7) - 7 * (count - 1))


def years_ago(count: int, name: str, today: date) -> date:
    """Return the same day so many years, months or weeks before."""
    if name == "week":
        return shifted(today, -7 * count)
    if name not in {"month", "year"}:
        raise Clash(f"{name}s ago do not go with 'today'")
    index = today.year * 12 + today.month - 1 - count * (1 if name == "month" else 12)
    when = _latest(_positive(index // 12), index % 12 + 1, today.day)
    if when.day != today.day:
        raise WhenError(f"{MONTHS[when.month - 1].title()} {when.year} has no day {today.day}; write the date")
    return when


def past_hours(count: int, around: Around) -> Span:
    """Return the hours up to the reference, which needs a time of day."""
    if around.now is None:
        raise WhenError("hours up to now need a reference with a time of day, not only a date")
    first = spans.later(around.now, timedelta(hours=-count))
    return spans.Span(first, around.now, Precision.INTERVAL, clock=True)


def past(count: int, name: str, today: date) -> Span:
    """Return the past three weeks and its like: from so long ago up to the day of the reference."""
    if name in {"day", "week"}:
        first = shifted(today, -count * (7 if name == "week" else 1))
    else:
        index = today.year * 12 + today.month - 1 - count * _MONTHS_OF[name]
        first = _latest(_positive(index // 12), index % 12 + 1, today.day)
    return spans.Span(spans.day(first).start, spans.day(today).end, Precision.INTERVAL)


def nth_of_month(count: int, name: str, weekday_: int | None, month_: Span) -> Span:
    """Return the first (or last: -1) day, weekday, weekend or week of a month; of a week what any reading holds."""
    first, after = month_.start.date(), month_.end.date()
    if name == "day":
        return spans.day(shifted(after, -1)) if count == -1 else spans.day(shifted(first, count - 1))
    if name == "week":
        return _week_of_month(count, first, after)
    number = 5 if name == "weekend" else weekday_ or 0
    if name == "weekend" and 6 in {first.weekday(), shifted(after, -7).weekday()}:
        raise WhenError("a weekend lies in two months, and may be counted or not; write the dates")
    when = shifted(first, (number - first.weekday()) % 7 + 7 * (count - 1))
    if count == -1:
        when = shifted(after, -1 - (shifted(after, -1).weekday() - number) % 7)
    if not first <= when < after:
        raise WhenError(f"the month has no such {name}; write the date")
    return spans.day(when, 2, Precision.INTERVAL) if name == "weekend" else spans.day(when)


def _week_of_month(count: int, first: date, after: date) -> Span:
    """From the earliest to the latest of a month's seven days and of its weeks from Monday, whole or begun."""
    monday = shifted(first, -first.weekday())
    full = monday if monday == first else shifted(monday, 7)
    if count == -1:
        start, end = shifted(after, -7 - (after.weekday())), after
    else:
        start, end = shifted(monday, 7 * (count - 1)), shifted(full, 7 * count)
        start, end = max(first, start), max(shifted(first, 7 * count), end)
    span = spans.Span(spans.day(start).start, spans.day(min(end, after)).start, Precision.INTERVAL)
    return span.but("weeks of a month are counted in several ways: the moment covers them")


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
    if slots.which == _BEFORE_LAST and slots.daypart == "night":
        return spans.day(shifted(around.day, -2))
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


def day_of_month(day: int, around: Around) -> date:
    """Return the latest such day of a month up to the day of the reference."""
    first = around.day.replace(day=1)
    for back in range(3):
        index = first.year * 12 + first.month - 1 - back
        try:
            when = date(index // 12, index % 12 + 1, day)
        except ValueError:
            continue
        if when <= around.day:
            return when
    raise WhenError(f"no month has a day {day}; a year needs all four digits")


_BEGINS = {"early": 1, "mid": 11, "late": 21}


def month(slots: Slots, around: Around) -> Span:
    """Return the latest such month, or part of it, that has begun; "last" one that is over."""
    number, today = slots.month or 0, around.day
    if not 1 <= number <= 12:
        raise WhenError(f"there is no month {number}")
    if slots.which in {"next", _BEFORE_LAST}:
        raise WhenError(f"'{slots.which}' does not go with a month; write the month and its year")
    if slots.which in _LAST:
        year = today.year if number < today.month else today.year - 1
        return _both_years(spans.months(year, number), number < today.month, slots)
    if slots.which in _THIS and number > today.month:
        raise WhenError(f"'this {MONTHS[number - 1].title()}' has not come yet on {today}; write its year")
    begun = (number, 1 if slots.which else _BEGINS.get(slots.edge, 1)) <= (today.month, today.day)
    return spans.months(_positive(today.year if begun else today.year - 1), number)


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
    if slots.within and slots.which not in _THIS | {"", _OF_NOW} and slots.unit != "week":
        raise Clash(f"{slots.within!r} does not go with {slots.which!r}")
    if slots.which in _UP_TO_NOW and slots.unit != "weekend" and slots.weekday is None:
        return _up_to_now(slots, around.day)
    if slots.unit == "decade" and slots.which == "last":
        raise WhenError("'last decade' may be ten calendar years or the ten years up to now; write the years")
    steps = {"": 0, "this": 0, "current": 0, _OF_NOW: 0, "next": 1, _BEFORE_LAST: -2}.get(slots.which, -1)
    open_ = not slots.which or (slots.which == _OF_NOW and not (slots.within or slots.edge))
    if open_ and slots.unit != "weekend":
        raise Clash(f"which {slots.unit}: this or last?")
    if slots.unit == "weekend" and slots.which in _THIS and around.day.weekday() < 5:
        raise WhenError(f"'this weekend' may be the one before or the one after {around.day}; write the date")
    whole = _unit(slots.unit, steps, around.day)
    if slots.weekday is not None:
        if slots.unit != "week":
            raise Clash("a weekday goes with a week")
        return spans.day(shifted(whole.start.date(), slots.weekday)).but(_WEEKS)
    today = spans.day(around.day)
    if slots.within == "earlier" and steps == 0:
        return replace(whole, end=min(whole.end, today.end), precision=Precision.INTERVAL)
    if slots.within == "later" and steps == 0:
        return replace(whole, start=max(whole.start, today.start), precision=Precision.INTERVAL)
    return whole


_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def _up_to_now(slots: Slots, today: date) -> Span:
    """Return "the past week" and its like: from so long ago up to the day of the reference, which belongs to it."""
    span = past(1, slots.unit, today)
    if slots.unit == "week" and slots.which == "this past":  # or the one from Monday to Sunday
        return replace(span, start=min(span.start, spans.day(shifted(today, -today.weekday() - 7)).start))
    return span


def _latest(year: int, month_: int, day: int) -> date:
    """Return a day of a month, or its last one where it has no such day."""
    end = spans.months(year, month_).end
    return min(date(year, month_, 1) + timedelta(days=day - 1), (end - timedelta(days=1)).date())


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


def stretch(words: str, span: Span) -> Span:
    """Return the week or weekend that a date stands for; WhenError where it may be another one."""
    if span.precision is not Precision.DAY:
        raise Clash(f"{words!r} goes with a date")
    when = span.start.date()
    if words.startswith("weekend"):
        if when.weekday() < 5:
            raise WhenError(f"{when} is a {WEEKDAYS[when.weekday()].title()}; write the Saturday of the weekend")
        return spans.day(shifted(when, 5 - when.weekday()), 2, Precision.INTERVAL)
    if words.endswith("ending"):
        return spans.day(shifted(when, -6), 7, Precision.WEEK)
    if words != "week of" or when.weekday() == 0:
        return spans.day(when, 7, Precision.WEEK)
    whole = spans.day(shifted(when, -when.weekday()), 7 + when.weekday(), Precision.INTERVAL)
    return whole.but(f"the week of {when} may begin then or on the Monday before: the moment covers both")


def ago(count: int, name: str, around: Around) -> Span:
    """Return the time so many units back: its calendar month or year, or the week around its day."""
    if name == "week":
        middle = shifted(around.day, -7 * count)
        flag = f"weeks are counted roughly: three days on either side of {middle}"
        return spans.day(shifted(middle, -3), 7, Precision.WEEK).but(flag, approximate=True)
    index = around.day.year * 12 + around.day.month - 1 - (count if name == "month" else 12 * count)
    middle = _latest(_positive(index // 12), index % 12 + 1, around.day.day)
    if name == "month":
        _refuse_between(middle, 5 if count == 1 else 0, f"{middle:%B %Y}", name)
        return spans.months(middle.year, middle.month).but(approximate=True)
    _refuse_between(middle, 31, f"{middle.year:04d}", name)
    return spans.years(middle.year).but(approximate=True)


def _refuse_between(middle: date, days: int, named: str, name: str) -> None:
    """Refuse a day that lies so near the end of its month or year that the one beside it may be meant."""
    form = "%Y-%m" if name == "month" else "%Y"
    sides = {f"{shifted(middle, step):{form}}" for step in (-days, days)}
    if len(sides) > 1:
        raise WhenError(f"it may be of {named} or of the {name} beside it; write which")


def hours_ago(text: str, slots: Slots, asked: tuple[datetime, datetime], zone: Zone) -> When:
    """Return the time so many hours or minutes before an instant (or one of two), as wide as "about" is."""
    count, name = slots.ago or (0, "hour")
    if set(slots.filled()) - {"ago", "approximate", "zone", "abbreviation", "local"}:
        raise Clash(f"{name}s ago stand alone")
    size = timedelta(hours=1) if name == "hour" else timedelta(minutes=1)
    precision = Precision.HOUR if name == "hour" else Precision.MINUTE
    try:
        start, end = (instant - (2 * count + side) * size / 2 for instant, side in zip(asked, (1, -1), strict=True))
    except OverflowError:
        raise WhenError("it counts past the years 1 to 9999") from None
    return spans.wide(When(text, start, end, precision, True, zone.name, (f"{name}s are counted roughly",)))


def _positive(year: int) -> int:
    if not 1 <= year <= 9999:
        raise WhenError("it counts past the years 1 to 9999")
    return year
