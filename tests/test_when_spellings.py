"""Known moments in every spelling: what is accepted holds the moment and is no wider than what is written.

A sweep over a table of dimensions: days, months and years x orders and separators x clocks x zones x ranges x seven
languages. Where two moments have one spelling (09:00-10:00 may be a range or a clock with its offset), the sweep holds
both, so that whatever is accepted for one of them fails for the other.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from flipflop.errors import WhenError
from flipflop.when import When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SWEPT = 3_500
"""Spellings of each sweep, drawn at random from all that the table has."""
DAY, HOUR, MINUTE, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
DASHES = ("-", "\u2013", "\u2014", " - ", " \u2013 ")

_TRUTHS = """
    2017-07-09T22:30:15Z  2011-12-12T09:00:00Z  2012-11-01T07:50:24Z  2016-05-31T18:45:59Z
    2020-09-23T12:15:01Z  2008-06-05T00:07:00Z  2015-01-26T04:00:00Z  2022-03-08T10:00:30Z
    2003-04-02T11:30:00Z  1999-10-19T01:59:09Z  2014-02-28T20:15:00Z  2018-08-17T17:00:00Z
"""
TRUTHS = [datetime.fromisoformat(text) for text in _TRUTHS.split()]
"""Times of day: with days that may be months, hours that may be offsets, and years that may be times."""

ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ABROAD = {
    "French": (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        ("{d} {m} {y}", "le {d} {m} {y}", "{d}-{m}-{y}", "{d}-{m} {y}", "{m}-{d} {y}"),
        ("{h}h{mm}", "à {h}h{mm}", "à {h}:{mm}", "{h} h {mm}"),
    ),
    "German": (
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        ("{d}. {m} {y}", "am {d}. {m} {y}", "{d}.{m} {y}", "{d}-{m}-{y}", "{d}.{m}.{y}"),
        ("{h}:{mm} Uhr", "um {h}:{mm} Uhr", "um {h}.{mm} Uhr", "{h}.{mm} Uhr", "{h} Uhr {mm}"),
    ),
    "Spanish": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        ("{d} de {m} de {y}", "{d} de {m} del {y}", "{d} {m} {y}", "{d}/{m}/{y}"),
        ("{h}:{mm}", "a las {h}:{mm}", "a las {h}.{mm}", "{h}:{mm} h"),
    ),
    "Italian": (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        ("{d} {m} {y}", "{d}º {m} {y}", "l'{d} {m} {y}", "{d}-{m}-{y}"),
        ("alle {h}:{mm}", "alle ore {h}.{mm}", "ore {h}:{mm}"),
    ),
    "Dutch": (
        "januari februari maart april mei juni juli augustus september oktober november december",
        ("{d} {m} {y}", "{d}-{m}-{y}", "{m} {d} {y}"),
        ("om {h}:{mm} uur", "{h}.{mm} uur", "om {h}.{mm}"),
    ),
    "Russian": (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        ("{d} {m} {y}", "{d} {m} {y} г.", "{d} {m} {y} года", "{d}-го {m} {y}"),
        ("в {h}:{mm}", "{h}:{mm}", "в {h}.{mm}"),
    ),
}
"""By language: its months, and how days and clocks are written there."""

MONTHS = {
    "long": lambda t: ENGLISH[t.month - 1],
    "short": lambda t: ENGLISH[t.month - 1][:3],
    "lower": lambda t: ENGLISH[t.month - 1][:3].lower(),
    "dotted": lambda t: ENGLISH[t.month - 1][:3] + ".",
}
DATES = (
    "{y}-{0m}-{0d}", "{y}{0m}{0d}", "{y}/{0m}/{0d}", "{y}.{0m}.{0d}", "{y}-{n}-{d}", "{y}/{n}/{d}",
    "{0d}/{0m}/{y}", "{0m}/{0d}/{y}", "{d}.{n}.{y}", "{0d}-{0m}-{y}", "{n}-{d}-{y}",
    "{d} {m} {y}", "{0d} {m} {y}", "{d}th {m} {y}", "the {d}th of {m} {y}", "{d} {m}, {y}", "{d} of {m}, {y}",
    "{m} {d}, {y}", "{m} {0d} {y}", "{m} {d}th, {y}", "{y} {m} {d}", "{y}, {m} {0d}",
    "{d}{s}{m}{s}{y}", "{0d}{s}{m}{s}{y}", "{d}{s}{m} {y}", "{d}{s}{m}, {y}", "{d} {m}{s}{y}", "{m}{s}{d} {y}",
    "{m}{s}{0d}, {y}", "{m}{s}{0d}{s}{y}", "{y}{s}{m}{s}{d}", "{y}{s}{m}{s}{0d}", "{m} {d}{s}{y}", "{y} {m}{s}{d}",
)  # fmt: skip
MONTHS_OF_YEARS = ("{m}{s}{y}", "{y}{s}{m}", "{n}/{y}", "{0m}/{y}", "{y}/{0m}", "{0m}.{y}", "{0m}-{y}", "{y}-{0m}")
SEPARATORS = ("-", "/", ".", " - ", "\u2013", " / ")

CLOCKS: dict[str, tuple[Callable[[datetime], str], timedelta]] = {
    "to the second": (lambda t: f"{t:%H:%M:%S}", SECOND),
    "to the minute": (lambda t: f"{t:%H:%M}", MINUTE),
    "no zero": (lambda t: f"{t.hour}:{t:%M}", MINUTE),
    "with a dot": (lambda t: f"{t.hour}.{t:%M}", MINUTE),
    "am or pm": (lambda t: f"{t.hour % 12 or 12}:{t:%M}{'am' if t.hour < 12 else 'pm'}", MINUTE),
    "a.m. or p.m.": (lambda t: f"{t.hour % 12 or 12}.{t:%M} {'a.m.' if t.hour < 12 else 'p.m.'}", MINUTE),
    "h": (lambda t: f"{t.hour}h{t:%M}", MINUTE),
    "four digits": (lambda t: f"{t:%H%M}", MINUTE),
    "hours": (lambda t: f"{t:%H%M} hrs", MINUTE),
    "the hour": (lambda t: f"{t.hour % 12 or 12}{'am' if t.hour < 12 else ' pm'}", HOUR),
    "at the hour": (lambda t: f"at {t.hour % 12 or 12} {'am' if t.hour < 12 else 'pm'}", HOUR),
    "o'clock": (lambda t: f"{t.hour} o'clock", HOUR),
}
ZONES = {
    "": 0, "Z": 0, " UTC": 0, " GMT": 0, " EDT": -240, " MSK": 180, "-04:00": -240, " -04:00": -240, "-0400": -240,
    "+02:00": 120, " +0200": 120, "UTC-04:00": -240, " GMT+2": 120, " -10:00": -600, "-11:30": -690, " -0930": -570,
    " (EDT)": -240, " -0400 (EDT)": -240, " GMT-0400 (Eastern Daylight Time)": -240, "\u221204:00": -240,
}  # fmt: skip
JOINTS = (" ", ", ", "T", " at ", " - ", " \u00b7 ", " \u2013 ", "\u00a0")


class Spelling(NamedTuple):
    """A text, the moment that its writer means (wall clock or UTC, half open), and what it is made of."""

    text: str
    start: datetime
    end: datetime
    kind: str


def written(form: str, t: datetime, month: str, separator: str = "-") -> str:
    """A date in one of the forms above."""
    parts = {"y": t.year, "m": month, "d": t.day, "n": t.month, "s": separator, "0d": f"{t:%d}", "0m": f"{t:%m}"}
    for name, part in parts.items():
        form = form.replace(f"{{{name}}}", str(part))
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(t.day % 10 if t.day not in {11, 12, 13} else 0, "th")
    return form.replace(f"{t.day}th", f"{t.day}{suffix}")


def a_day(t: datetime, draw: Random) -> tuple[str, str]:
    """A way to write a day, in English or in numbers, and its kind."""
    form, name, separator = draw.choice(DATES), draw.choice([*MONTHS]), draw.choice(SEPARATORS)
    return written(form, t, MONTHS[name](t), separator), f"{form} {separator!r} {name}"


def a_day_abroad(t: datetime, draw: Random) -> tuple[str, str, str]:
    """A way to write a day in another language, its kind, and a way to write the time there."""
    language, (months, forms, clocks) = draw.choice([*ABROAD.items()])
    form, clock = draw.choice(forms), draw.choice(clocks)
    text = written(form, t, months.split()[t.month - 1])
    return text, f"{language} {form} {clock}", clock.format(h=t.hour, mm=f"{t:%M}")


def days(t: datetime, draw: Random) -> Spelling:
    start = midnight(t)
    text, kind = draw.choice([a_day(t, draw), a_day_abroad(t, draw)[:2]])
    return Spelling(text, start, start + DAY, kind)


def times(t: datetime, draw: Random) -> Spelling:
    (name, (clock, width)), (zone, minutes) = draw.choice([*CLOCKS.items()]), draw.choice([*ZONES.items()])
    joint, (date, kind) = draw.choice(JOINTS), a_day(t, draw)
    start = known(t, width).replace(tzinfo=timezone(timedelta(minutes=minutes))).astimezone(UTC)
    text = draw.choice([f"{date}{joint}{clock(known(t, width))}{zone}", f"{clock(known(t, width))}{zone}{joint}{date}"])
    return Spelling(text, start, start + width, f"{kind} {name} {zone!r} {joint!r}")


def times_abroad(t: datetime, draw: Random) -> Spelling:
    date, kind, clock = a_day_abroad(t, draw)
    start = t.replace(second=0)
    return Spelling(f"{date}{draw.choice((' ', ', '))}{clock}", start, start + MINUTE, kind)


def ranges_of_times(t: datetime, draw: Random) -> Spelling | None:
    last = t + draw.choice((timedelta(minutes=15), HOUR, timedelta(hours=2, minutes=10)))
    (one, (clock, width)), (two, (closing, end)) = (draw.choice([*CLOCKS.items()]) for _ in range(2))
    dash, (date, kind) = draw.choice((*DASHES, " to ")), a_day(t, draw)
    first, until = known(t, width), known(last, end)
    if last.date() != t.date() or (SECOND in {width, end} and width != end) or first >= until + end:
        return None
    times = f"{clock(first)}{dash}{closing(until)}"
    text = draw.choice((f"{date} {times}", f"{times}, {date}", f"{times} {date}"))
    return Spelling(text, first, until + end, f"{kind} {one} {dash!r} {two}")


def ranges_of_days(t: datetime, draw: Random) -> Spelling | None:
    start, seed, dash = midnight(t), draw.random(), draw.choice((*DASHES, " to ", "/"))
    last = start + draw.choice((1, 3, 40, 400)) * DAY
    (one, kind), (two, _) = a_day(start, Random(seed)), a_day(last, Random(seed))
    month, ending = (MONTHS[draw.choice([*MONTHS])](day) for day in (start, last))
    texts = [f"{one}{dash}{two}"]
    if start.year == last.year:
        texts.append(f"{start.day} {month}{dash}{last.day} {ending} {last.year}")
    if (start.month, start.year) == (last.month, last.year):
        texts.append(f"{start.day}{dash}{last.day} {month} {start.year}")
        texts.append(f"{month} {start.day}{dash}{last.day}, {start.year}")
    which = draw.randrange(len(texts))
    return Spelling(texts[which], start, last + DAY, f"{'lent' if which else kind} {dash!r}")


def months(t: datetime, draw: Random) -> Spelling:
    start, name, separator = midnight(t).replace(day=1), draw.choice([*MONTHS]), draw.choice((" ", *SEPARATORS))
    last, dash = start, ""
    form = draw.choice(
        ("{m}{s}{y}", "{y}{s}{m}", "{n}/{y}", "{0m}/{y}", "{y}/{0m}", "{0m}.{y}", "{0m}-{y}", "{y}-{0m}")
    )
    text = written(form, start, MONTHS[name](start), separator)
    if draw.random() < 0.6:
        last, dash = next_month(start, draw.choice((1, 5, 13))), draw.choice((*DASHES, " to "))
        ending = written(form, last, MONTHS[name](last), separator)
        lent = last.year == start.year and "m" in form and draw.random() < 0.5
        text = f"{MONTHS[name](start)}{dash}{MONTHS[name](last)} {last.year}" if lent else f"{text}{dash}{ending}"
    return Spelling(text, start, next_month(last, 1), f"{form} {separator!r} {dash!r}")


def years(t: datetime, draw: Random) -> Spelling | None:
    start, dash, more = (
        midnight(t).replace(month=1, day=1),
        draw.choice((*DASHES, " to ", "/")),
        draw.choice((1, 3, 12)),
    )
    last = t.year + more
    short = (
        f"{last % 100:02d}" if last // 100 == t.year // 100 and dash != " to " and draw.random() < 0.5 else str(last)
    )
    before = draw.choice(("", "", "July ", "" if dash == "/" else "from "))
    end = start.replace(year=last + 1)
    if before == "July ":  # no such thing as July of two years, and whatever is read of it is wrong
        return None if len(short) == 4 else Spelling(f"July {t.year}{dash}{short}", end, start, "no date")
    return Spelling(f"{before}{t.year}{dash}{short}", start, end, f"{before}{dash!r} {len(short)}")


def midnight(t: datetime) -> datetime:
    return t.replace(hour=0, minute=0, second=0)


def known(t: datetime, width: timedelta) -> datetime:
    """A time as it is known to the second, the minute or the hour."""
    return t.replace(second=t.second if width == SECOND else 0, minute=0 if width == HOUR else t.minute)


def next_month(start: datetime, count: int) -> datetime:
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return start.replace(year=year, month=month + 1, day=1)


SWEEPS: dict[str, Callable[[datetime, Random], Spelling | None]] = {
    "days": days, "times": times, "times abroad": times_abroad, "ranges of times": ranges_of_times,
    "ranges of days": ranges_of_days, "months": months, "years": years,
}  # fmt: skip
LEAST = {
    "days": 75,
    "times": 30,
    "times abroad": 75,
    "ranges of times": 30,
    "ranges of days": 60,
    "months": 60,
    "years": 60,
}
"""How many of a hundred are accepted at least: a grammar that refuses all would pass the rest."""


def drawn(name: str) -> Iterator[Spelling]:
    draw = Random(name)
    found = (SWEEPS[name](draw.choice(TRUTHS), draw) for _ in range(SWEPT))
    return (spelling for spelling in found if spelling is not None)


@pytest.mark.parametrize("name", SWEEPS)
def test_what_is_accepted_holds_the_moment_and_is_no_wider_than_what_is_written(name: str) -> None:
    wrong, counts = [], Counter[str]()
    for spelling in drawn(name):
        try:
            when = When.parse(spelling.text, tz="UTC")
        except WhenError:
            counts["refused"] += 1
            continue
        counts["accepted"] += 1
        if bounds(when) != (spelling.start, spelling.end) and not says_so(when):
            wrong.append((spelling.kind, spelling.text, *bounds(when)))

    assert wrong == []
    assert counts["accepted"] * 100 >= LEAST[name] * counts.total(), counts


def bounds(when: When) -> tuple[datetime, datetime]:
    return when.start, when.end


def says_so(when: When) -> bool:
    """A moment that may be something else says so: 2011-12 is a month or two years, 00:00:00 a day."""
    told = " ".join(when.warnings)
    return "is read as a month" in told or "covers both" in told or "midnight" in told
