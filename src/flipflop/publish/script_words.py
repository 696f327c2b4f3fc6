"""The words and the letters of zones that a page's script tells moments with, as JSON. Knows no markup and no page.

Scripts have no words of their own: they take those of ``flipflop.when``, ``flipflop.text`` and the labels of arcs, so
that a sentence has one home. Nor do they ask the browser what a zone's clocks call themselves, for browsers have
letters only for their own country's zones.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, Final

from flipflop.errors import WhenError
from flipflop.figures.arc_labels import IN_ALL, NOT_JUDGED, RULED_OF, WITHIN_TIME
from flipflop.figures.edges import AFTER, BEFORE, MORE
from flipflop.text.numbers import forms
from flipflop.text.rulings import UNJUDGED
from flipflop.when import gap_words, zone_words
from flipflop.when.telling import (
    ABOUT,
    AT_ANY_TIME,
    DECADE,
    FIRST_KNOWN,
    LAST_KNOWN,
    NAMED_PARTS,
    NOT_AFTER,
    NOT_BEFORE,
    month_name,
    on_a_clock,
    said_bounds,
    short_month,
)
from flipflop.when.zones import shown_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo
    from zoneinfo import ZoneInfo

    from flipflop.records.codec import Json
    from flipflop.when.telling import HasMoment

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)
_CLOSE: Final = 8 * 86_400
"""Clocks that agree at two instants so many seconds apart, or less, agree in between."""
_LETTERS_SINCE: Final = -631_152_000
"""From 1950 on the reader's zone has its letters: before, each of the world's towns had its own."""
_AREAS: Final = frozenset(
    ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"]
)
"""The first words of the names by which browsers call the zone of their reader."""
_THINGS: Final = (forms("statement"), forms("pair"))


def script_words(zone: str, others: Iterable[str], instants: Iterable[int]) -> dict[str, Json]:
    """Return what a script tells moments with, on a page of that zone.

    ``others`` are the zones in which moments were given, as they were recorded; ``instants`` are all that may have to
    be told on some clock, in seconds since 1970.
    """
    asked = sorted(set(instants))
    return {
        "zone": zone,
        "zones": {name: _zone(name, asked) for name in sorted({zone, "UTC", *others})},
        "readers": _readers([at for at in asked if at >= _LETTERS_SINCE]),
        "readersSince": _LETTERS_SINCE,
        "times": {"all": zone_words.ALL_TIMES, "own": zone_words.OWN_TIMES},
        "axis": [zone_words.AXIS, zone_words.AXIS_WITH_OFFSET],
        "unknown": zone_words.place_words(None),
        "months": [month_name(month) for month in range(1, 13)],
        "short": [short_month(month) for month in range(1, 13)],
        "parts": {f"{first}-{last}": name for (first, last), name in NAMED_PARTS.items()},
        "about": ABOUT,
        "decade": DECADE,
        "notAfter": NOT_AFTER,
        "notBefore": NOT_BEFORE,
        "any": AT_ANY_TIME,
        "edges": {"before": BEFORE, "after": AFTER, "more": MORE},
        "gap": {
            "about": gap_words.ABOUT_SO_MUCH, "upTo": gap_words.UP_TO, "between": gap_words.BETWEEN,
            "within": gap_words.WITHIN, "after": gap_words.AFTER, "atLeast": gap_words.AT_LEAST,
            "unknown": gap_words.UNKNOWN,
        },
        "units": {name: list(both) for name, both in gap_words.UNITS.items()},
        "things": {one: [one, more] for one, more in _THINGS},
        "arcs": {
            "open": IN_ALL, "within": WITHIN_TIME, "ruled": RULED_OF, "notJudged": NOT_JUDGED,
            "unjudged": list(UNJUDGED),
        },
    }  # fmt: skip


def told_instants(moments: Iterable[HasMoment]) -> Iterator[int]:
    """Yield the first and the last second of each moment that some surface tells on a clock."""
    for moment in moments:
        if on_a_clock(moment):
            start, end = said_bounds(moment)
            first, last = (min(max(bound, FIRST_KNOWN), LAST_KNOWN) - _EPOCH for bound in (start, end - _SECOND))
            yield from (first // _SECOND, -(-last // _SECOND))


def _zone(name: str, asked: Sequence[int]) -> Json:
    """Return what the browser calls a zone, or its offset in seconds; its letters; and how it is told as a place."""
    try:
        zone = shown_zone(name)
    except WhenError:
        return {"clock": None}
    fixed = isinstance(zone.info, timezone)
    clock: Json = int((zone.info.utcoffset(None) or timedelta(0)).total_seconds()) if fixed else zone.name
    return {"clock": clock, "letters": _letters(zone.info, asked), "place": zone_words.place_words(name)}


def _letters(info: tzinfo, asked: Sequence[int]) -> dict[str, Json]:
    """Return the letters of a zone at ascending instants, by the offset in seconds; none where it has digits.

    Where one offset has had several the first one is followed by the instant of the next, and so on.
    """
    found: dict[str, list[str | int]] = {}
    for at, offset, letters in _changes(info, asked):
        runs = found.setdefault(str(offset), [letters])
        if runs[-1] != letters:
            runs += [at, letters]
    return {offset: runs[0] if len(runs) == 1 else list(runs) for offset, runs in found.items() if any(runs)}


def _changes(info: tzinfo, asked: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Yield an instant, the offset and the letters: at the first instant, and at both sides of every change."""
    at = 0
    while at < len(asked):
        last = bisect_right(asked, asked[at] + _CLOSE) - 1
        yield from _within(info, asked, at, last)
        at = last + 1


def _within(info: tzinfo, asked: Sequence[int], first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Yield them for instants that are close to each other, by halves."""
    clocks = [_clock(info, asked[place]) for place in (first, last)]
    if clocks[0] == clocks[1] or last - first < 2:  # none is in between
        yield asked[first], *clocks[0]
        yield asked[last], *clocks[1]
        return
    middle = (first + last) // 2
    yield from _within(info, asked, first, middle)
    yield from _within(info, asked, middle, last)


def _clock(info: tzinfo, at: int) -> tuple[int, str]:
    offset, letters = zone_words.offset_and_letters(_EPOCH + timedelta(seconds=at), info)
    return int(offset.total_seconds()), letters


def _readers(asked: Sequence[int]) -> list[Json]:
    """Return the zones that have letters at those instants, in groups of the same letters: the reader's may be any.

    A group is its letters by offset, and its zones' names by the first word of them. An offset that has had several
    letters there is left out, and told as it is.
    """
    groups: dict[tuple[tuple[str, str], ...], dict[str, list[str]]] = {}
    for area, place, info in _zones():
        letters = tuple((offset, one) for offset, one in _letters(info, asked).items() if isinstance(one, str))
        if letters:
            groups.setdefault(letters, {}).setdefault(area, []).append(place)
    return [
        [dict(letters), {area: " ".join(places) for area, places in named.items()}]
        for letters, named in sorted(groups.items())
    ]


@cache
def _zones() -> tuple[tuple[str, str, ZoneInfo], ...]:
    """Return all zones of the world: the first word of the name, the rest of it, the clocks."""
    from zoneinfo import ZoneInfo, available_timezones

    names = (name.partition("/") for name in sorted(available_timezones()))
    return tuple((area, place, ZoneInfo(f"{area}/{place}")) for area, _, place in names if area in _AREAS)
