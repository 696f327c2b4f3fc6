"""Phrases as people type them: single moments, ranges, two calendars side by side, and bounds such as "before"."""

from __future__ import annotations

import re
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from flipflop.errors import WhenError
from flipflop.when import span as spans
from flipflop.when.grammar import opened
from flipflop.when.moment import Precision, When
from flipflop.when.phrases import span_of
from flipflop.when.reference import BORROWED, Around, Reference
from flipflop.when.relative import hours_ago
from flipflop.when.scan import scan
from flipflop.when.words import Clash, Slots, Unread
from flipflop.when.zones import UTC_ZONE, Zone, written_zone, zone_of

_PAREN = re.compile(r"(?P<outer>[^()]+)\((?P<inner>[^()]+)\)(?P<rest>[^()]*)")
_BETWEEN = re.compile(r"between\s(.+?)\sand\s(.+)", re.IGNORECASE)
_FROM = re.compile(r"from\s(.+?)(?:\s(?:to|until|till|through|thru)\s|\s?-\s?)(.+)", re.IGNORECASE)
_BOUND = re.compile(
    r"(?P<word>not after|no later than|not before|before|until|till|by|after|since|from)\s(?P<rest>.+)", re.IGNORECASE
)
_SPLIT = re.compile(r"\s(?:to|until|till|through|thru)\s|\s?-\s?", re.IGNORECASE)
_DATED = ("year", "month", "day", "weekday", "offset", "which", "unit")
_UNKNOWN = "no date in it that can be read"
_WAY_OUT = "write it like 2017-07-09, '9 July 2017 7:50am EDT' or 'Sunday evening' with a reference"


class English(Struct, frozen=True):
    """One reading of one text: the text as typed, the zone of the call and the reference of the call."""

    text: str
    zone: Zone | None
    reference: Reference | None

    def read(self, clean: str) -> When:
        """Return the moment of a cleaned text; WhenError where there is none."""
        try:
            return self._read(clean)
        except Unread as error:
            return self._in_another_language(clean, error)

    def _in_another_language(self, clean: str, error: Unread) -> When:
        if re.search(r"[^\W\d_]{3}.*\d{4}|\d{4}.*[^\W\d_]{3}", clean):
            from flipflop.when.foreign import in_english

            translated = in_english(clean.lower())
            if translated is not None:
                english, warning = translated
                moment = self._read(english)
                return replace(moment, warnings=(*moment.warnings, warning))
        raise _failure(error)

    def _read(self, clean: str) -> When:
        if match := _PAREN.fullmatch(clean):
            return self._two_calendars(f"{match['outer']} {match['rest']}".strip(), match["inner"].strip())
        if match := _BETWEEN.fullmatch(clean) or _FROM.fullmatch(clean):
            return self._range(match[1], match[2])
        if match := _BOUND.fullmatch(clean):
            return self._bound(match["word"].lower(), match["rest"])
        try:
            return self._moment(scan(clean))
        except Unread as error:
            return self._split(clean, error)

    def _moment(self, slots: Slots, around: Around | None = None) -> When:
        zone, borrowed = self._zone(slots), None
        if zone is None and self.reference is not None and self.reference.zone is not None:
            zone = self.reference.zone
            borrowed = BORROWED
        if slots.ago and slots.ago[1] in {"hour", "minute"} and self.reference is not None:
            *asked, shown = self.reference.instants(zone)
            return hours_ago(self.text, slots, (asked[0], asked[1]), shown)
        if around is None and self.reference is not None:
            around = self.reference.seen_from(zone)
        span = span_of(slots, around)
        counted = not (slots.year is not None or slots.decade is not None)
        if borrowed and (span.clock or not counted):
            return spans.settle(self.text, span, self.zone)
        return spans.settle(self.text, span, zone if borrowed else self.zone, borrowed=borrowed)

    def _zone(self, slots: Slots) -> Zone | None:
        if slots.zone is not None:
            return slots.zone
        if slots.abbreviation and self.reference is not None:
            local = self.reference.wall
            if slots.year is None:
                return written_zone(slots.abbreviation, default=self.zone, local=local)
        return self.zone

    def _split(self, clean: str, error: Unread) -> When:
        for match in _SPLIT.finditer(clean):
            left, right = clean[: match.start()], clean[match.end() :]
            if not left or not right:
                continue
            try:
                return self._range(left, right)
            except Unread:
                continue
        raise error

    def _range(self, left: str, right: str) -> When:
        first, last = scan(left), scan(right)
        _complete(first, last)
        end = self._moment(last)
        if first.year is None and (first.month or first.weekday is not None) and first.filled() != last.filled():
            start = self._moment(first, self._last_day(end))
        else:
            start = self._moment(first)
        return spans.join(self.text, replace(start, text=left), replace(end, text=right))

    def _last_day(self, moment: When) -> Around:
        zone = zone_of(moment.tz) if moment.tz else UTC_ZONE
        return Around(zone.wall(moment.end - timedelta(microseconds=1)).date())

    def _bound(self, word: str, rest: str) -> When:
        known = self._read(rest)
        if word in {"not after", "no later than", "until", "till", "by"}:
            return opened(self.text, known, end=known.end)
        if word == "before":
            return opened(self.text, known, end=known.start)
        return opened(self.text, known, start=known.end if word == "after" else known.start)

    def _two_calendars(self, outer: str, inner: str) -> When:
        about, other = scan(outer), scan(inner)
        if not _has_zone(other) or not set(other.filled()) - {"zone", "abbreviation"}:
            for name, value in other.filled().items():
                about.put(**{name: value})
            return self._moment(about)
        moment = self._moment(about)
        zone = self._zone_of(other)
        if not any(_overlap(moment, seen) for seen in self._same_days(moment, other, zone)):
            if _has_zone(about) or moment.precision is not Precision.DAY:
                raise WhenError(f"{inner!r} is at no time {outer!r}; one of the two is wrong")
            return self._elsewhere(outer, moment, inner, self._moment(other))
        warning = f"it is said in two calendars; the moment is {outer!r}, and {inner!r} agrees with it"
        return replace(moment, warnings=(*moment.warnings, warning))

    def _elsewhere(self, outer: str, moment: When, inner: str, named: When) -> When:
        """The calendar that names its zone, where the other one is of no zone that was given."""
        apart = timedelta(hours=26)  # from the first zone of the Earth to the last
        if moment.end + apart <= named.start or named.end + apart <= moment.start:
            raise WhenError(f"{inner!r} is at no time {outer!r} anywhere on Earth; one of the two is wrong")
        warning = f"the moment is {inner!r}; {outer!r} is the day in another zone, which the text does not name"
        return replace(named, warnings=(*named.warnings, warning))

    def _zone_of(self, slots: Slots) -> Zone:
        return slots.zone or written_zone(slots.abbreviation, default=self.zone)

    def _same_days(self, moment: When, other: Slots, zone: Zone) -> list[When]:
        first, last = zone.wall(moment.start).date(), zone.wall(moment.end - timedelta(microseconds=1)).date()
        if (last - first).days > 40:
            raise Clash("two calendars are compared for days, not for longer times")
        found = []
        for step in range(-1, (last - first).days + 2):
            when = first + timedelta(days=step)
            dated = replace(other, zone=zone, abbreviation="", which="", offset=None)
            if _fits(dated, year=when.year, month=when.month, day=when.day, weekday=when.weekday()):
                found.append(English(self.text, self.zone, None)._moment(dated))
        return found


def _has_zone(slots: Slots) -> bool:
    return slots.zone is not None or bool(slots.abbreviation)


def _overlap(one: When, other: When) -> bool:
    return one.start < other.end and other.start < one.end


def _fits(slots: Slots, **said: int) -> bool:
    """Fill a date in; False where the slots name another."""
    try:
        slots.put(**said)
    except Clash:
        return False
    return True


def _complete(first: Slots, last: Slots) -> None:
    """Let either end of a range lend the other what it leaves out: date, month, year, zone."""
    for name in ("zone", "abbreviation", "approximate"):
        if not _has_zone(first) or name == "approximate":
            setattr(first, name, getattr(first, name) or getattr(last, name))
    undated = [slots for slots in (first, last) if not any(slots.filled().get(name) is not None for name in _DATED)]
    for slots in undated:
        if slots.clock is not None or slots.daypart:
            for name in _DATED:
                setattr(slots, name, getattr(last if slots is first else first, name))
    if first.clock and last.clock and last.meridiem and not first.meridiem:
        raise WhenError("the first clock time may be am or pm; write it")
    if first.month is None and first.day is not None:
        first.month = last.month
        first.year = first.year or last.year
    if last.month is None and last.day is not None:
        last.month = first.month
        first.year = first.year or last.year
    if last.year is None and first.year is not None and last.month is not None:
        last.year = first.year + (1 if first.month is not None and last.month < first.month else 0)


def _failure(error: WhenError) -> WhenError:
    return WhenError(f"{_UNKNOWN} ({error}); {_WAY_OUT}")
