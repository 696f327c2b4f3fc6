"""Phrases as people type them: single moments, ranges, two calendars side by side, and bounds such as "before"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from flipflop.errors import WhenError
from flipflop.when import ends, ranges, span as spans
from flipflop.when.grammar import ONE_SIDED, opened
from flipflop.when.moment import Precision, When
from flipflop.when.phrases import span_of
from flipflop.when.reference import BORROWED, Around, Reference
from flipflop.when.relative import hours_ago
from flipflop.when.scan import MIDNIGHT, scan
from flipflop.when.tokens import AMPM
from flipflop.when.words import Clash, Slots, Unread
from flipflop.when.zones import MAX, UTC_ZONE, Zone, fixed, meanings, written_zone, zone_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.when.moment import Midnights

_PAREN = re.compile(r"(?P<outer>[^()]+)\((?P<inner>[^()]+)\)(?P<rest>[^()]*)")
_UNKNOWN = "no date in it that can be read"
_WAY_OUT = "write it like 2017-07-09, '9 July 2017 7:50am EDT' or 'Sunday evening' with a reference"


class English(Struct, frozen=True):
    """One reading of one text: the text as typed, the zone and the reference of the call, and what midnights are."""

    text: str
    zone: Zone | None
    reference: Reference | None
    midnights: Midnights | None = None

    def read(self, clean: str) -> When:
        """Return the moment of a cleaned text; WhenError where there is none."""
        try:
            return self._read(clean)
        except Unread as error:
            return self._in_another_language(clean, error)

    def _in_another_language(self, clean: str, error: Unread) -> When:
        from flipflop.when.foreign import readings

        for texts in readings(clean):
            moments, why = self._readings(texts)
            if len({(moment.start, moment.end) for moment in moments}) > 1:
                raise WhenError("it says one thing in one language and another in another; write it like 2017-07-09")
            if moments or why:
                return self._only(moments, why)
        raise _failure(error)

    def _readings(self, texts: list[tuple[str, str]]) -> tuple[list[When], WhenError | None]:
        """The moments of a text in English, and why it cannot be one, where it is no matter of words."""
        moments, problem = [], None
        for english, warning in texts:
            try:
                moment = self._read(english)
            except Unread:
                continue
            except WhenError as why:
                problem = why
                continue
            moments.append(replace(moment, warnings=(*moment.warnings, warning)) if warning else moment)
        return moments, problem

    def _only(self, moments: list[When], why: WhenError | None) -> When:
        if not moments and why:
            raise why
        return moments[0]

    def _read(self, clean: str) -> When:
        if match := _PAREN.fullmatch(clean):
            return self._two_calendars(f"{match['outer']} {match['rest']}".strip(), match["inner"].strip())
        if both := ranges.between(clean):
            try:
                return self._range(*both, in_words=True)
            except Unread as error:
                return self._times(clean, error)
        if bound := ranges.bound_of(clean):
            return self._bound(*bound)
        try:
            return self._moment(scan(clean))
        except Unread as error:
            return self._of_two(clean, error)

    def _of_two(self, clean: str, error: Unread) -> When:
        """A night between two days, or a range; the error where it is none."""
        if days := ranges.night_between(clean):
            return self._night(days)
        clean = ranges.dashed(clean)
        try:
            return self._split(clean, error)
        except Unread as why:
            return self._times(clean, why)

    def _times(self, clean: str, error: Unread) -> When:
        """A range of times beside their date; the error where it is none."""
        times = ranges.times_of_one_day(clean)
        if times is None:
            raise error
        return self._range(*times, in_words=True)

    def _moment(self, slots: Slots, around: Around | None = None) -> When:
        """The moment of slots, wide enough where they say "about"."""
        return self._placed(slots, around, spans.settle)

    def _placed(self, slots: Slots, around: Around | None, place: Callable[..., When]) -> When:
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
            return place(self.text, span, self.zone, midnights=self.midnights)
        return place(self.text, span, zone if borrowed else self.zone, borrowed=borrowed, midnights=self.midnights)

    def _zone(self, slots: Slots) -> Zone | None:
        if slots.zone is not None:
            return slots.zone
        if slots.abbreviation and self.reference is not None:
            local = self.reference.wall
            if slots.year is None:
                return written_zone(slots.abbreviation, default=self.zone, local=local)
        return self.zone

    def _split(self, clean: str, error: Unread) -> When:
        for left, right, joint in ranges.cuts(clean):
            try:
                return self._range(left, right, in_words=joint not in {"-", "/"})
            except Clash as why:
                error = error if joint == "-" else why
            except Unread:
                continue
        raise error

    def _range(self, left: str, right: str, *, in_words: bool) -> When:
        left, doubt = ranges.lent(left, right)
        first, last = scan(left), scan(ranges.without_midnight(right))
        first.doubt = first.doubt or doubt
        if last.filled().keys() == {"day"} and re.search(r"\d{4}\W*$", left):
            raise Clash(f"{right!r} follows a year")
        undated = not ends.is_dated(last)
        of_one_day = undated or not ends.is_dated(first)
        if not undated and ranges.without_midnight(right) != right:
            raise WhenError(MIDNIGHT)
        dated = first.year is not None and last.year is not None
        crosses = undated and ends.is_dated(first) and ends.crosses_midnight(first, last)
        ends.complete(first, last)
        if ends.kind(first) != ends.kind(last) and not (
            in_words and dated and {ends.kind(first), ends.kind(last)} <= ends.CALENDAR
        ):
            raise Clash(f"a range has two ends of one kind, not {left!r} and {right!r}")
        either = English(self.text, self.zone, self.reference, self.midnights or ends.midnights_of(first, last))
        if crosses:
            return either._overnight(first, last)
        end = either._placed(last, None, spans.plain)
        around = None
        if first.year is None and (first.month or first.weekday is not None) and first.filled() != last.filled():
            around = self._last_day(end)
        start = either._placed(first, around, spans.plain)
        if first.clock and last.clock and of_one_day and start.start >= end.end:
            raise WhenError(
                f"{left!r} does not come before {right!r} on one day; write the date of both ends, or am and pm"
            )
        return spans.join(self.text, replace(start, text=left), replace(end, text=right))

    def _overnight(self, first: Slots, last: Slots) -> When:
        """From a time of a day to one of the morning after, where the text has the date of the first."""
        start = self._placed(first, None, spans.plain)
        after = self._last_day(start).day + timedelta(days=1)
        for name in ends.DATED:
            setattr(last, name, getattr(Slots(), name))
        last.year, last.month, last.day = after.year, after.month, after.day
        last.doubt = f"it runs past midnight: the end is on {after}"
        return spans.join(self.text, start, self._placed(last, None, spans.plain))

    def _night(self, days: str) -> When:
        """The night between two days, the one after the other."""
        both = self._read(days)
        zone = zone_of(both.tz) if both.tz else UTC_ZONE
        first, after = zone.wall(both.start), zone.wall(both.end)
        if both.precision is not Precision.INTERVAL or both.approximate or after - first != timedelta(days=2):
            raise Clash("a night is one between two days, the one after the other")
        return self._moment(Slots(year=first.year, month=first.month, day=first.day, daypart="night"))

    def _last_day(self, moment: When) -> Around:
        zone = zone_of(moment.tz) if moment.tz else UTC_ZONE
        return Around(zone.wall(moment.end - timedelta(microseconds=1)).date())

    def _bound(self, side: str, rest: str) -> When:
        known = self._read(rest)
        if ONE_SIDED in known.warnings and (side != ranges.NOT_BEFORE or known.end != MAX):
            raise Clash("it is a bound of a bound")
        if side == ranges.NOT_AFTER:
            return opened(self.text, known, end=known.end)
        if side == ranges.BEFORE:
            return opened(self.text, known, end=known.end if known.approximate else known.start)
        over = side == ranges.AFTER and not known.approximate
        return opened(self.text, known, start=known.end if over else known.start)

    def _two_calendars(self, outer: str, inner: str) -> When:
        if _OFFSET.fullmatch(inner):
            return self._moment(scan(_after_its_clock(outer, inner)))
        about = scan(outer)
        if about.zone is not None and _NAME_OF_ZONE.fullmatch(inner):
            return self._moment(about)
        other = scan(inner)
        if about.zone is not None and other.filled().keys() == {"abbreviation"}:
            return self._moment(self._same_zone(about, other, outer, inner))
        if not ends.has_zone(other) or not set(other.filled()) - {"zone", "abbreviation"}:
            for name, value in other.filled().items():
                about.put(**{name: value})
            return self._moment(about)
        moment = self._moment(about)
        zones = self._zones_of(other, moment)
        if not any(_overlap(moment, seen) for zone in zones for seen in self._same_days(moment, other, zone)):
            if ends.has_zone(about) or moment.precision is not Precision.DAY:
                raise WhenError(f"{inner!r} is at no time {outer!r}; one of the two is wrong")
            return self._elsewhere(outer, moment, inner, self._moment(other))
        warning = f"it is said in two calendars; the moment is {outer!r}, and {inner!r} agrees with it"
        return replace(moment, warnings=(*moment.warnings, warning))

    def _same_zone(self, about: Slots, other: Slots, outer: str, inner: str) -> Slots:
        """The date of a mail's header, which names its zone after the offset; WhenError where that is another one."""
        moment = self._moment(about)
        offset = about.zone and about.zone.offsets(about.zone.wall(moment.start))[0]
        if offset not in meanings(other.abbreviation, moment.start):
            raise WhenError(f"{inner!r} is another time zone than that of {outer!r}; one of the two is wrong")
        return about

    def _elsewhere(self, outer: str, moment: When, inner: str, named: When) -> When:
        """The calendar that names its zone, where the other one is of no zone that was given."""
        apart = timedelta(hours=26)  # from the first zone of the Earth to the last
        if moment.end + apart <= named.start or named.end + apart <= moment.start:
            raise WhenError(f"{inner!r} is at no time {outer!r} anywhere on Earth; one of the two is wrong")
        warning = f"the moment is {inner!r}; {outer!r} is the day in another zone, which the text does not name"
        return replace(named, warnings=(*named.warnings, warning))

    def _zones_of(self, slots: Slots, moment: When) -> list[Zone]:
        """The zone of the other calendar; all that its letters may mean, where the moment itself is known."""
        if slots.zone is not None:
            return [slots.zone]
        if moment.tz is None or moment.precision is Precision.DAY:
            return [written_zone(slots.abbreviation, default=self.zone)]
        offsets = meanings(slots.abbreviation, moment.start)
        return [fixed(int(offset / timedelta(minutes=1))) for offset in offsets]

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


_OFFSET = re.compile(r"(?:UTC|GMT)\s?[+-]\s?\d\d?(?::?\d\d)?", re.IGNORECASE)
_CLOCK = re.compile(rf"\d\d?[:.h]\d\d(?::\d\d)?(?:\s?{AMPM})?|\d\d?\s?{AMPM}", re.IGNORECASE)


def _after_its_clock(outer: str, offset: str) -> str:
    """Return the text with an offset that stood in parentheses right after its clock time."""
    return _CLOCK.sub(lambda clock: f"{clock[0]} {offset.replace(' ', '')}", outer, count=1)


_NAME_OF_ZONE = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,4} (?:Time|Zeit)", re.IGNORECASE)
"""How a browser writes a zone after its offset: (Eastern Daylight Time)."""


def _overlap(one: When, other: When) -> bool:
    return one.start < other.end and other.start < one.end


def _fits(slots: Slots, **said: int) -> bool:
    """Fill a date in; False where the slots name another."""
    try:
        slots.put(**said)
    except Clash:
        return False
    return True


def _failure(error: WhenError) -> WhenError:
    return WhenError(f"{_UNKNOWN} ({error}); {_WAY_OUT}")
