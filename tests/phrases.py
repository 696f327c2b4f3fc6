"""Phrases that people write for a moment, with what they mean, and how a reading of one is judged.

``tests/data/phrases.tsv`` gives the meaning in the local time of its zone: a day, month, year, hour, minute or second,
``first/last`` (both belong to it), ``from//to`` (the end shut out), ``..`` for an open side, or ``refuse``. All of it
is counted from ``REFERENCE``, a Tuesday.
"""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from flipflop.errors import WhenError
from flipflop.when import When
from flipflop.when.telling import said_bounds
from flipflop.when.zones import MAX, MIN, zone_of

DATA = Path(__file__).parent / "data"
REFERENCE = "2017-07-11T09:00"


class Phrase(NamedTuple):
    """What is written, in which zone it is read, and what it means."""

    text: str
    zone: str
    means: str
    kind: str


def phrases(name: str) -> list[Phrase]:
    """Return the phrases of a file."""
    with (DATA / name).open(encoding="utf-8") as file:
        return [Phrase(*row) for row in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]]


def judged(phrase: Phrase) -> str:
    """Return exact, wider, refused, or WRONG: the reading misses part of what is meant, or there is nothing to read."""
    try:
        when = When.parse(phrase.text, reference=REFERENCE, tz=phrase.zone)
    except WhenError:
        return "exact" if phrase.means == "refuse" else "refused"
    if phrase.means == "refuse":
        return "WRONG"
    start, end = _meant(phrase)
    if said_bounds(when) == (start, end):
        return "exact"
    return "wider" if when.start <= start and end <= when.end else "WRONG"


def _meant(phrase: Phrase) -> tuple[datetime, datetime]:
    first, mark, last = phrase.means.partition("//")
    if not mark:
        first, mark, last = phrase.means.partition("/")
        last = last or first
        return _bound(first, phrase.zone, 0), _bound(last, phrase.zone, 1)
    return _bound(first, phrase.zone, 0), _bound(last, phrase.zone, 0)


def _bound(text: str, zone: str, units: int) -> datetime:
    """Return the start of a day, hour or the like, or the start of the next one; the end of time for an open side."""
    if text == "..":
        return MAX if units else MIN
    wall, offset = re.split(r"(?=Z)|(?<=T\d\d)(?=[+-])|(?<=T\d\d:\d\d)(?=[+-])|\Z", text)[:2]
    start = datetime.fromisoformat(_whole(wall))
    start = start if not units else _next(start, len(wall))
    if offset:
        return datetime.fromisoformat(start.isoformat() + offset).astimezone(UTC)
    return zone_of(zone).utc(start)


def _whole(wall: str) -> str:
    return wall + {4: "-01-01", 7: "-01", 13: ":00"}.get(len(wall), "")


def _next(start: datetime, size: int) -> datetime:
    if size == 4:
        return start.replace(year=start.year + 1)
    if size == 7:
        return (start + timedelta(days=31)).replace(day=1)
    units = {10: timedelta(days=1), 13: timedelta(hours=1), 16: timedelta(minutes=1), 19: timedelta(seconds=1)}
    return start + units[size]
