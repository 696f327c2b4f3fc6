"""The positions as TimelineJS reads them: its JSON, and the CSV that goes into its spreadsheet template.

TimelineJS takes texts for HTML and makes links of addresses in them. Both are undone here. Of groups and dates it takes
the text of that HTML, and then that for HTML once more.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from flipflop.figures.hover import quoted, source_words
from flipflop.figures.words import stance_word
from flipflop.publish.markup import attribute
from flipflop.records.addresses import web_address
from flipflop.text.csvfile import guard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from flipflop.figures.data import Json
    from flipflop.publish.site.model import Position, Record

COLUMNS: Final = (
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline", "Text",
    "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Alt Text", "Type", "Group", "Background",
)  # fmt: skip
_LINKS: Final = re.compile(r"(?<=[a-z])(?=://)|(?<=www)(?=\.)", re.IGNORECASE)
_CLOCK: Final = frozenset({"second", "minute", "hour", "daypart", "interval"})


def timeline_json(record: Record) -> bytes:
    """Return all positions as slides, in the order of moments, grouped by speaker, in the zone of the site."""
    options = record.options
    title: Json = {"text": {"headline": _safe(options.title), "text": _safe(options.scope)}, "autolink": False}
    whole: Json = {"title": title, "events": [_slide(record, one) for one in _all(record)], "scale": "human"}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def timeline_csv(record: Record) -> bytes:
    """Return the same as rows of TimelineJS's template, with the guard against formulas."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in _all(record):
        fields = _fields(record, one)
        writer.writerow([guard(fields.get(column, "")) for column in COLUMNS])
    return buffer.getvalue().encode("utf-8", "replace")


def _all(record: Record) -> Iterator[Position]:
    for said in record.said.values():
        yield from record.shown_by[said.id]


def _slide(record: Record, position: Position) -> Json:
    said, clock = position.said, _has_clock(position)
    first, last = said.dates[0], _last(position)
    return {
        "unique_id": f"{said.id}-{position.topic}",
        "start_date": _date(first, clock=clock),
        "end_date": _date(last, clock=clock),
        "display_date": _twice_safe(_shown(record, position)),
        "group": _twice_safe(record.people[said.mark.speaker].name),
        "text": {"headline": _safe(_headline(record, position)), "text": _text(position)},
        "autolink": False,
    }


def _fields(record: Record, position: Position) -> dict[str, str]:
    said = position.said
    first, last = said.dates[0], _last(position)
    fields = {
        "Year": str(first.year), "Month": str(first.month), "Day": str(first.day),
        "End Year": str(last.year), "End Month": str(last.month), "End Day": str(last.day),
        "Display Date": _twice_safe(_shown(record, position)),
        "Headline": _safe(_headline(record, position)),
        "Text": _text(position).replace("\n", " "),
        "Group": _twice_safe(record.people[said.mark.speaker].name),
    }  # fmt: skip
    if _has_clock(position):
        fields |= {"Time": f"{first:%H:%M:%S}", "End Time": f"{last:%H:%M:%S}"}
    return fields


def _headline(record: Record, position: Position) -> str:
    topic = record.topics[position.topic]
    name = record.people[position.said.mark.speaker].name
    return f"{name}: {stance_word(position.look, topic.kind)}, {topic.title}"


def _text(position: Position) -> str:
    mark = position.said.mark
    words = "<br>".join(_safe(line) for line in quoted(mark).split("\n"))
    source, address = source_words(mark), web_address(mark.source_url)
    if not source:
        return f"<p>{words}</p>"
    named = f'<a href="{attribute(address)}" rel="nofollow noopener">{_safe(source)}</a>' if address else _safe(source)
    return f"<p>{words}</p><p>{named}</p>"


def _shown(record: Record, position: Position) -> str:
    """Return a moment in words, with the zone; TimelineJS knows none, clock times are those of the site's zone."""
    said = position.said
    is_told = _has_clock(position) or said.mark.when.endswith(f"(in {said.tz})")
    return said.mark.when if is_told else f"{said.mark.when} ({record.options.tz})"


def _has_clock(position: Position) -> bool:
    return position.said.precision in _CLOCK and not position.said.mark.given


def _last(position: Position) -> datetime:
    """Return the last instant of a moment: TimelineJS counts an end date in."""
    first, end = position.said.dates
    return max(first, end - timedelta(seconds=1))


def _date(moment: datetime, *, clock: bool) -> Json:
    date: dict[str, Json] = {"year": moment.year, "month": moment.month, "day": moment.day}
    return date | ({"hour": moment.hour, "minute": moment.minute, "second": moment.second} if clock else {})


def _safe(text: str) -> str:
    """Return text as HTML in which TimelineJS sees no markup and no address to make a link of."""
    return _LINKS.sub("&#8203;", attribute(text))


def _twice_safe(text: str) -> str:
    """Return text for a group or a date."""
    return attribute(_safe(text))
