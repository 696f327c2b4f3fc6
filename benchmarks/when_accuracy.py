"""How often a phrase is read rightly: flipflop beside bare dateparser.

    python benchmarks/when_accuracy.py PHRASES.jsonl

Each line: ``phrase``, ``ref`` (a reference, local time), ``start`` and ``end`` (local, half open) and ``kind``
(``invalid`` for what is no date). Exact: the same interval, of "about" the one that is said. Contained: a wider one.
Wrong: one that misses part of it.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import dateparser

from flipflop.errors import WhenError
from flipflop.when import When
from flipflop.when.telling import said_bounds
from flipflop.when.zones import zone_of

warnings.filterwarnings("ignore")
ZONE = "America/New_York"
Bounds = tuple[datetime, datetime]


def ours(phrase: str, reference: str) -> Bounds | None:
    try:
        when = When.parse(phrase, reference=reference, tz=ZONE)
    except WhenError:
        return None
    zone = zone_of(when.tz or ZONE)
    start, end = said_bounds(when)
    return zone.wall(start), zone.wall(end)


def theirs(phrase: str, reference: str) -> Bounds | None:
    base = datetime.fromisoformat(reference)
    settings = {"RELATIVE_BASE": base, "RETURN_TIME_AS_PERIOD": True}
    found = dateparser.date.DateDataParser(languages=["en"], settings=settings).get_date_data(phrase)
    if found.date_obj is None:
        return None
    start = found.date_obj.replace(tzinfo=None)
    if found.period == "time":
        start = start.replace(microsecond=0)
        return start, start + timedelta(seconds=1 if start.second else 60)
    day = start.replace(hour=0, minute=0, second=0, microsecond=0)
    if found.period == "day":
        return day, day + timedelta(days=1)
    if found.period == "week":
        return day, day + timedelta(days=7)
    first = day.replace(day=1) if found.period == "month" else day.replace(month=1, day=1)
    days = 31 if found.period == "month" else 366
    return first, (first + timedelta(days=days)).replace(day=1)


def judged(row: dict[str, str], bounds: Bounds | None) -> str:
    if row["kind"] == "invalid":
        return "no date, refused" if bounds is None else "no date, WRONG"
    if bounds is None:
        return "refused"
    expected = datetime.fromisoformat(row["start"]), datetime.fromisoformat(row["end"])
    if bounds == expected:
        return "exact"
    return "contained" if bounds[0] <= expected[0] and expected[1] <= bounds[1] else "WRONG"


def main() -> None:
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    counts = {read: Counter(judged(row, read(row["phrase"], row["ref"])) for row in rows) for read in (ours, theirs)}
    print(f"{len(rows)} phrases         flipflop  dateparser")
    for name in ("exact", "contained", "refused", "WRONG", "no date, refused", "no date, WRONG"):
        print(f"{name:22} {counts[ours][name]:6} {counts[theirs][name]:11}")
    ratio = counts[ours]["exact"] / max(counts[theirs]["exact"], 1)
    print(f"exact, ratio           {ratio:6.2f}           1")


if __name__ == "__main__":
    main()
