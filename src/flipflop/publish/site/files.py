"""All files of a site, one after the other, each with its bytes. Reads the store only for the log."""

from __future__ import annotations

from importlib.resources import files as resources
from typing import TYPE_CHECKING, Final

from flipflop.errors import DataError
from flipflop.publish.site import addresses as at
from flipflop.publish.site.about import corrections, data_page, method
from flipflop.publish.site.comparisons import pair_pages
from flipflop.publish.site.database import database, metadata
from flipflop.publish.site.entrance import compared, index
from flipflop.publish.site.feeds import atom, json_feed
from flipflop.publish.site.formats import csv_of, has_parquet, json_line, jsonl_of, parquet_of
from flipflop.publish.site.people import speaker_pages
from flipflop.publish.site.searching import shards
from flipflop.publish.site.shell import SCRIPT, STYLE, document
from flipflop.publish.site.statements import statement_pages
from flipflop.publish.site.subjects import topic_pages
from flipflop.publish.site.tables import tables
from flipflop.publish.site.timelinejs import timeline_csv, timeline_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.publish.site.model import Record
    from flipflop.publish.site.tables import Table
    from flipflop.store import Store

LOG: Final = "data/log.jsonl"
_NO_PARQUET: Final = "data/*.parquet were left out: pip install 'flipflop-timeline[arrow]'"
_OTHERS: Final = (
    ("data/record.db", "All tables as a SQLite file with full-text search; opens in Datasette"),
    ("data/metadata.json", "Titles and facets for Datasette: datasette record.db --metadata metadata.json"),
    ("data/timeline.json", "All positions for TimelineJS, as JSON"),
    ("data/timeline.csv", "The same for TimelineJS's spreadsheet template"),
    (at.ATOM, "The newest rulings as an Atom feed"),
    (at.JSON_FEED, "The newest rulings as a JSON Feed"),
)


def site_files(store: Store, record: Record, notes: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file; what could not be made, and why, is added to ``notes``."""
    if record.options.with_log:
        yield LOG, _log(store, record)
    yield STYLE, _style().encode()
    yield SCRIPT, resources("flipflop.publish.site").joinpath(SCRIPT).read_bytes()
    yield from _pages(record)
    yield from shards(record)
    yield at.ATOM, atom(record)
    yield at.JSON_FEED, json_feed(record)
    several = tables(record)
    yield from _data(record, several)
    if not has_parquet():
        notes.append(_NO_PARQUET)


def _pages(record: Record) -> Iterator[tuple[str, bytes]]:
    single = (index(record), compared(record), corrections(record), method(record), data_page(record, _listed(record)))
    for pages in (single, speaker_pages(record), topic_pages(record), pair_pages(record), statement_pages(record)):
        for page in pages:
            yield page.path, document(page, record.options)


def _data(record: Record, several: tuple[Table, ...]) -> Iterator[tuple[str, bytes]]:
    for table in several:
        yield f"data/{table.name}.csv", csv_of(table)
        yield f"data/{table.name}.jsonl", jsonl_of(table)
        if has_parquet():
            yield f"data/{table.name}.parquet", parquet_of(table)
        if table.name == "reversals":
            for row in table.rows:
                yield at.pair_data(str(row[0])), json_line(dict(zip(table.columns, row, strict=True)))
    yield "data/record.db", database(several)
    yield "data/metadata.json", metadata(several, record.options)
    yield "data/timeline.json", timeline_json(record)
    yield "data/timeline.csv", timeline_csv(record)


def _listed(record: Record) -> list[tuple[str, str]]:
    """Return every file of data with what it holds."""
    endings = ("csv", "jsonl", "parquet") if has_parquet() else ("csv", "jsonl")
    told = [(f"data/{table.name}.{ending}", table.told) for table in tables(record) for ending in endings]
    return [*told, *_OTHERS, *([(LOG, "The whole log of the record")] if record.options.with_log else [])]


def _style() -> str:
    """Return the style sheet: the colours of both themes, then the rules of a site."""
    from flipflop.publish.assets import colours

    return colours() + resources("flipflop.publish.site").joinpath("site.css").read_text(encoding="utf-8")


def _log(store: Store, record: Record) -> bytes:
    """Return the whole log. Raises DataError where it holds somebody whom the site must leave out."""
    from flipflop.text.files import encoded

    if record.left_out.persons:
        who = f"{record.left_out.persons} without a public role"
        raise DataError(
            f"the log cannot be published: it holds persons whom a site leaves out ({who}); record their roles "
            "(flipflop speaker add NAME --id ID --role ROLE), or publish without the log"
        )
    return "".join(encoded((one.to_json() for one in store.log()), "jsonl")).encode()
