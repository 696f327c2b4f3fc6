"""A statement as HTML: whatever page shows one takes its parts from here. Knows no page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flipflop.publish.markup import attribute, element, lines, link, said
from flipflop.publish.symbols import stance_symbol
from flipflop.when.telling import on_a_clock, said_bounds, utc_text

if TYPE_CHECKING:
    from flipflop.figures.data import Mark

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
HEADS: Final = ("Moment", "Speaker", "Position", "What was said", "Source")
"""What stands above the columns of a table of statements."""


def moment(mark: Mark, zone: str = "") -> str:
    """Return the moment as a ``time`` element; for a page of that zone with all that its script needs to say it anew.

    The script reads: ``data-w`` the width in seconds where it is not one, ``data-tz`` where the moment was given (""
    where nobody knows) unless it is the page's zone, ``data-p`` a precision that is told, ``data-about`` how many
    seconds later it begins and earlier it ends as it was said, where it is known roughly.
    """
    about: dict[str, str] = {}
    if zone:
        width = round(mark.end.timestamp() - mark.start.timestamp())
        about = {"data_w": str(width)} if width != 1 else {}
        about |= {"data_tz": mark.tz or ""} if mark.tz != zone else {}
        about |= {"data_p": mark.precision} if _tells_precision(mark) else {}
        about |= {"data_about": " ".join(map(str, _widened(mark)))} if mark.approximate else {}
    return element("time", attribute(mark.when), datetime=utc_text(mark.start), **about)


def _tells_precision(mark: Mark) -> bool:
    return mark.precision in ("daypart", "decade") or (mark.precision == "interval" and on_a_clock(mark))


def _widened(mark: Mark) -> tuple[int, int]:
    """Return by how many seconds an approximate moment was widened at its start and at its end."""
    start, end = said_bounds(mark)
    return round(start.timestamp() - mark.start.timestamp()), round(mark.end.timestamp() - end.timestamp())


def position(mark: Mark) -> str:
    """Return what it shows, with its symbol."""
    return stance_symbol(mark.look, hollow=mark.hollow) + attribute(mark.word)


def words(mark: Mark, language: str = "") -> str:
    """Return the words in full, in their language where the record knows it."""
    spoken = {"lang": language} if _LANGUAGE.match(language) else {}
    return element("span", lines(mark.quoted), class_="quote", **spoken)


def notes(mark: Mark) -> str:
    """Return what a reader must know beside the words, each in a span of its own."""
    return "".join(element("span", note, class_="note") for note in mark.notes(said))


def source(mark: Mark) -> str:
    """Return the source as a link, or its words where it has no web address, or that none is recorded."""
    return link(mark.source_url, mark.source)
