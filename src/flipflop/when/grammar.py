"""The door for every moment that people type: cleans the text, tries the forms of machines, then those of people.

ISO 8601 never gets further than ``iso``; the words of people are loaded when they are met, and those of other languages
when English does not do.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from flipflop.errors import WhenError
from flipflop.when import iso, span as spans
from flipflop.when.moment import MIDNIGHT, Precision, When, quick, quick_day
from flipflop.when.zones import MAX, MIN, instant, zone_of

if TYPE_CHECKING:
    from datetime import date

    from flipflop.when.moment import Midnights
    from flipflop.when.zones import Zone

LONGEST = 200
_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
ONE_SIDED = "the moment is open on one side: it orders nothing there"
_MARKS = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2212": "-", "\u30fb": "\u00b7", "\u2022": "\u00b7", "\uff5e": "~"}
)
_CLOCK_DASH = re.compile("(:[0-9]{2})\\s?[\u2012-\u2015]\\s?(?=[0-9])")
"""A dash that is no hyphen, between times of day: that is a range, and no offset."""
_YEAR_DASH = re.compile("(?<![0-9])([0-9]{2})([0-9]{2})\\s?[\u2012-\u2015]\\s?([0-9]{2})(?![0-9:./-]|\\s?[^\\W0-9_])")
"""The same after a year: no month of ISO 8601, but the last year."""


def parse(
    text: str,
    *,
    reference: datetime | date | str | When | None = None,
    tz: str | None = None,
    midnights: Midnights | None = None,
) -> When:
    """Return the moment of a text; WhenError where it cannot be said without guessing, and nothing else."""
    zone = None if tz is None else zone_of(tz)
    moment = quick(text, midnights) or (zone and (_day(text, zone) or _clock(text, zone, midnights)))
    if moment:
        return moment
    try:
        clean = cleaned(text)
        return _machine(text, clean, zone, midnights) or _people(text, clean, zone, reference, midnights)
    except WhenError as error:
        raise WhenError(_about(text, str(error))) from None


@lru_cache(maxsize=4096)
def _day(text: str, zone: Zone) -> When | None:
    """Return a plain ISO day in a zone; an import meets the same few thousand over and over."""
    plain = quick_day(text)
    return plain and spans.settle(text, spans.day(plain.start), zone)


def _clock(text: str, zone: Zone, midnights: Midnights | None) -> When | None:
    """Return the moment of a plain ISO date and time without a zone, away from changes of the clocks."""
    if len(text) not in {16, 19} or text[4] != "-" or text[10] not in "T " or text[13] != ":":
        return None
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        return None
    width, precision = (_SECOND, Precision.SECOND) if len(text) == 19 else (_MINUTE, Precision.MINUTE)
    if local.hour == local.minute == local.second == 0 and midnights != "time" and local.tzinfo is None:
        day = _day(text[:10], zone)
        return day and replace(day, text=text, warnings=(*day.warnings, *(() if midnights else (MIDNIGHT,))))
    early, late = zone.offsets(local)
    if local.tzinfo or early != late or not 1 < local.year < 9999 or zone.offsets(local + width) != (early, late):
        return None
    start = instant(local, early)
    return When(text, start, start + width, precision, False, zone.name, (spans.borrowed_clock(zone),))


def cleaned(text: str) -> str:
    """Return the text composed (NFC) and with plain spaces, dashes and digits; control characters are refused."""
    if len(text) > LONGEST:
        raise WhenError(f"{text[:40]!r}… has {len(text)} characters; a moment is said in {LONGEST} at most")
    if not text.strip():
        raise WhenError(f"{text!r}: no moment is given; write one, such as 2017-07-09")
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = _CLOCK_DASH.sub(r"\1 - ", unicodedata.normalize("NFC", text).translate(_MARKS))
    composed = _YEAR_DASH.sub(_last_year, composed)
    plain = "".join(_plain(char, text) for char in composed)
    return " ".join(plain.split())


def _last_year(match: re.Match[str]) -> str:
    century, first, last = match.groups()
    return f"{century}{first}-{century}{last}" if last > first else match[0]


def _plain(char: str, text: str) -> str:
    if " " <= char <= "~":
        return char
    kind = unicodedata.category(char)
    if kind in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        raise WhenError(f"{text!r} holds the character U+{ord(char):04X}, which no date needs; type it anew")
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind in {"Zs", "Zl", "Zp"}:
        return " "
    if kind == "Pd":
        return "-"
    return unicodedata.normalize("NFKC", char) if "\uff00" <= char <= "\uffef" else char


def _machine(text: str, clean: str, zone: Zone | None, midnights: Midnights | None) -> When | None:
    ends = iso.interval(clean)
    if ends is not None:
        return _interval(text, *ends, zone, midnights)
    span = iso.read(clean)
    return None if span is None else spans.settle(text, span, zone, midnights=midnights)


def _interval(text: str, first: str, last: str, zone: Zone | None, midnights: Midnights | None) -> When:
    left, right = _end(first, zone, midnights), _end(last, zone, midnights)
    if left is not None and right is not None:
        return spans.join(text, left, right)
    if left is not None:
        return opened(text, left, start=spans.wide(left).start)
    if right is not None:
        return opened(text, right, end=spans.wide(right).end)
    raise WhenError("it is open on both sides; write one of them")


def opened(text: str, known: When, *, start: datetime = MIN, end: datetime = MAX) -> When:
    """Return all time up to a bound of a known moment, or from one on, with a warning."""
    warnings = tuple(dict.fromkeys((*known.warnings, ONE_SIDED)))
    return When(text, start, end, Precision.INTERVAL, known.approximate, known.tz, warnings)


def _end(text: str, zone: Zone | None, midnights: Midnights | None) -> When | None:
    if text in {"", ".."}:
        return None
    if iso.SEASON.fullmatch(text):
        text += "?"  # in an interval it is EDTF, and no pair of years
        return spans.plain(text, replace(_read(text), approximate=False), zone)
    return spans.plain(text, _read(text), zone, midnights=midnights)


def _read(text: str) -> spans.Span:
    span = iso.read(text)
    if span is None:
        raise WhenError(f"{text!r} is no date of ISO 8601 or EDTF")
    return span


def _people(
    text: str,
    clean: str,
    zone: Zone | None,
    reference: datetime | date | str | When | None,
    midnights: Midnights | None,
) -> When:
    from flipflop.when.english import English
    from flipflop.when.reference import reference_of

    given = None if reference is None else reference_of(reference, zone)
    return English(text, zone, given, midnights).read(clean)


def _about(text: str, message: str) -> str:
    return message if message.startswith(repr(text[:40])[:-1]) else f"{text!r}: {message}"
