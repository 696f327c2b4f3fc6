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

from flipflop.publish.markup import attribute
from flipflop.records.addresses import web_address
from flipflop.text.csvfile import guard
from flipflop.text.positions import stance_word
from flipflop.text.quotations import AGAIN, quotation_line, whose
from flipflop.when.telling import FIRST_KNOWN, LAST_KNOWN, clock_words, told_on
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from flipflop.figures.data import Mark
    from flipflop.publish.site.model import Position, Record
    from flipflop.records.codec import Json

COLUMNS: Final = (
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline", "Text",
    "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Alt Text", "Type", "Group", "Background",
)  # fmt: skip
_LINKS: Final = re.compile(r"(?<=[a-z])(?=://)|(?<=www)(?=\.)", re.IGNORECASE)


def timeline_json(record: Record) -> bytes:
    """Return all positions as slides, in the order of moments, grouped by speaker, in the zone of the site.

    What is open to one side stands at its one bound; what may have been said at any time has no place on a timeline.
    """
    options = record.options
    title: Json = {
        "text": {"headline": _safe(options.title), "text": _safe(f"{options.scope} {all_times(options.tz)}")},
        "autolink": False,
    }
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
        if said.mark.start >= FIRST_KNOWN or said.mark.end <= LAST_KNOWN:
            yield from record.shown_by[said.id]


def _slide(record: Record, position: Position) -> Json:
    said, clock = position.said, _has_clock(record, position)
    first, last = _bounds(record, position)
    return {
        "unique_id": f"{said.id}-{position.topic}",
        "start_date": _date(first, clock=clock),
        "end_date": _date(last, clock=clock),
        "display_date": _twice_safe(said.mark.when),
        "group": _twice_safe(record.people[said.mark.speaker].name),
        "text": {"headline": _safe(_headline(record, position)), "text": _text(record.mark(position))},
        "autolink": False,
    }


def _fields(record: Record, position: Position) -> dict[str, str]:
    said = position.said
    first, last = _bounds(record, position)
    fields = {
        "Year": str(first.year), "Month": str(first.month), "Day": str(first.day),
        "End Year": str(last.year), "End Month": str(last.month), "End Day": str(last.day),
        "Display Date": _twice_safe(said.mark.when),
        "Headline": _safe(_headline(record, position)),
        "Text": _text(record.mark(position)).replace("\n", " "),
        "Group": _twice_safe(record.people[said.mark.speaker].name),
    }  # fmt: skip
    if _has_clock(record, position):
        fields |= {"Time": clock_words(first, fine=True), "End Time": clock_words(last, fine=True)}
    return fields


def _headline(record: Record, position: Position) -> str:
    topic = record.topics[position.topic]
    name = record.people[position.said.mark.speaker].name
    return f"{name}: {stance_word(position.look, topic.kind)}, {topic.title}"


def _text(mark: Mark) -> str:
    words = "<br>".join(_safe(line) for line in quotation_line(mark.text, mark.form).split("\n"))
    source, address = _safe(mark.source), web_address(mark.source_url)
    named = f'<a href="{attribute(address)}" rel="nofollow noopener">{source}</a>' if address else source
    beside = "".join(f"<p>{_safe(note)}</p>" for note in whose(mark.on_behalf_of, mark.attribution))
    again = f"<p>{AGAIN}</p>" if mark.needs_review else ""
    return f"<p>{words}</p>{beside}{again}<p>Source: {named}</p>"


def _has_clock(record: Record, position: Position) -> bool:
    return not told_on(position.said.mark, record.options.tz)[1]


def _bounds(record: Record, position: Position) -> tuple[datetime, datetime]:
    """Return the first and the last instant of a moment, twice its one bound where it has one only.

    TimelineJS counts an end date in.
    """
    said = position.said
    first, end = said.dates(record.options.tz)
    last = max(first, end - timedelta(seconds=1))
    if said.mark.start < FIRST_KNOWN:
        return last, last
    return (first, first) if said.mark.end > LAST_KNOWN else (first, last)


def _date(moment: datetime, *, clock: bool) -> Json:
    date: dict[str, Json] = {"year": moment.year, "month": moment.month, "day": moment.day}
    return date | ({"hour": moment.hour, "minute": moment.minute, "second": moment.second} if clock else {})


def _safe(text: str) -> str:
    """Return text as HTML in which TimelineJS sees no markup and no address to make a link of."""
    return _LINKS.sub("&#8203;", attribute(text))


def _twice_safe(text: str) -> str:
    """Return text for a group or a date."""
    return attribute(_safe(text))
