"""All files of a site, one after the other, each with its bytes. Reads the store only for the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Final

from flipflop.errors import DataError, StoreError, install_command
from flipflop.publish.site import addresses as at
from flipflop.publish.site.about import corrections, data_page, method
from flipflop.publish.site.cards import card_figures, digest_of, draw, hindrance
from flipflop.publish.site.comparisons import pair_pages
from flipflop.publish.site.database import database, metadata
from flipflop.publish.site.drawings import Drawings
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
    from collections.abc import Callable, Iterator

    from flipflop.publish.site.model import Record
    from flipflop.publish.site.tables import Table
    from flipflop.store import Recorded, Store

LOG: Final = "data/log.jsonl"
_OTHERS: Final = (
    ("data/record.db", "All tables as a SQLite file with full-text search; opens in Datasette"),
    ("data/metadata.json", "Titles and facets for Datasette: datasette record.db --metadata metadata.json"),
    ("data/timeline.json", "All positions for TimelineJS, as JSON"),
    ("data/timeline.csv", "The same for TimelineJS's spreadsheet template"),
    (at.ATOM, "The newest rulings as an Atom feed"),
    (at.JSON_FEED, "The newest rulings as a JSON Feed"),
)


@dataclass(slots=True)
class Making:
    """What is known of a site while it is made.

    ``kept`` gives a picture that was drawn before, by its path and a digest of what it shows. ``notes`` tell what could
    not be made, and ``failed`` that another try may do better. ``drawn`` has the digests of the pictures of this site.
    """

    kept: Callable[[str, str], bytes | None]
    notes: list[str] = field(default_factory=list)
    failed: bool = False
    drawn: dict[str, str] = field(default_factory=dict)


def site_files(store: Store, record: Record, making: Making) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file."""
    if record.options.with_log:
        yield LOG, _log(store, record)
    yield STYLE, _style().encode()
    yield SCRIPT, resources("flipflop.publish.site").joinpath(SCRIPT).read_bytes()
    yield from _cards(record, making)
    yield from _pages(record, making)
    yield from shards(record)
    yield at.ATOM, atom(record)
    yield at.JSON_FEED, json_feed(record)
    several = tables(record)
    yield from _data(record, several)
    if not has_parquet():
        making.notes.append(f"data/*.parquet were left out: {install_command('arrow')}")


def _cards(record: Record, making: Making) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of pairs: those that were drawn before as they are, the others from one browser."""
    figures = card_figures(record)
    if not figures or not record.options.pictures:
        return
    if hindered := hindrance():
        making.notes.append(f"pictures of pairs were left out: {hindered}")
        return
    shows = {path: digest_of(figure) for path, figure in figures.items()}
    found = {path: making.kept(path, digest) for path, digest in shows.items()}
    try:
        drawn = draw([figures[path] for path, picture in found.items() if picture is None])
    except StoreError as error:
        making.notes.append(f"pictures of pairs were left out: {error}")
        making.failed = True
        return
    making.drawn = shows
    for path, picture in found.items():
        yield path, drawn.pop(0) if picture is None else picture


def _pages(record: Record, making: Making) -> Iterator[tuple[str, bytes]]:
    single = (index(record), compared(record), corrections(record), method(record), data_page(record, _listed(record)))
    drawings = Drawings(record)
    yield from drawings.long_ones()
    of_names = (speaker_pages(record, drawings), topic_pages(record, drawings))
    for pages in (single, *of_names, pair_pages(record, making.drawn), statement_pages(record)):
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
    yield "data/metadata.json", metadata(several, record.options, record.kept)
    yield "data/timeline.json", timeline_json(record)
    yield "data/timeline.csv", timeline_csv(record)


def _listed(record: Record) -> list[tuple[str, str]]:
    """Return every file of data with what it holds."""
    endings = ("csv", "jsonl", "parquet") if has_parquet() else ("csv", "jsonl")
    told = [(f"data/{table.name}.{ending}", table.told) for table in tables(record) for ending in endings]
    return [*told, *_OTHERS, *([(LOG, "The whole log of the record")] if record.options.with_log else [])]


def _style() -> str:
    """Return the style sheet: the colours of both themes, the rules of drawings, those of a site."""
    from flipflop.publish.assets import style

    return style("drawing.css", "legend.css", "site/site.css")


def _log(store: Store, record: Record) -> bytes:
    """Return the whole log. Raises DataError where it holds somebody whom the site must leave out."""
    from flipflop.text.files import encoded

    if record.left_out.persons:
        who = f"{record.left_out.persons} without a public role"
        raise DataError(
            f"the log cannot be published: it holds persons whom a site leaves out ({who}); record their roles "
            "(flipflop speaker add NAME --id ID --role ROLE), or publish without the log"
        )
    return "".join(encoded((one.to_json() for one in _until(store, record.head)), "jsonl")).encode()


def _until(store: Store, head: str) -> Iterator[Recorded]:
    """Yield the log up to what the pages were made of; what somebody records meanwhile was never looked at."""
    for one in store.log() if head else ():
        yield one
        if one.chain == head:
            return
