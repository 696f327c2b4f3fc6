"""How fast moments are read, as a ratio to dateparser on the same texts."""

from __future__ import annotations

import warnings
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING

import dateparser

from flipflop.when import When

if TYPE_CHECKING:
    from collections.abc import Callable

warnings.filterwarnings("ignore")
REFERENCE = "2017-07-11T09:00"
BASE = datetime.fromisoformat(REFERENCE)
FORMS = {
    "ISO second, offset": "2017-07-09T07:50:24-04:00",
    "ISO second, Z": "2017-07-09T11:50:24Z",
    "ISO day": "2017-07-09",
    "ISO second, no zone": "2017-07-09T07:50:24",
    "absolute, English": "9 July 2017 7:50am EDT",
    "tweet": "7:50 AM - 9 Jul 2017",
    "weekday and daypart": "Sunday evening",
    "relative": "two days ago",
}


def rate(read: Callable[[str], object], text: str) -> float:
    """Texts a second, over a fifth of a second."""
    read(text)
    count, start = 0, perf_counter()
    while perf_counter() - start < 0.2:
        for _ in range(20):
            read(text)
        count += 20
    return count / (perf_counter() - start)


def ours(text: str) -> object:
    return When.parse(text, reference=REFERENCE, tz="America/New_York")


def theirs(text: str) -> object:
    return dateparser.parse(text, languages=["en"], settings={"RELATIVE_BASE": BASE})


def main() -> None:
    print("form                    flipflop/s  dateparser/s    ratio")
    for name, text in FORMS.items():
        mine, other = rate(ours, text), rate(theirs, text)
        print(f"{name:22} {mine:11,.0f} {other:13,.0f} {mine / other:8.1f}")


if __name__ == "__main__":
    main()
