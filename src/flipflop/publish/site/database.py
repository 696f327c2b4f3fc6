"""The tables as a SQLite file with a full-text index, and the metadata that shows it well in Datasette."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from flipflop.publish.site.rights import licence_of, source_of
from flipflop.text.visible import visible
from flipflop.when.telling import day_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from flipflop.publish.site.model import Options
    from flipflop.publish.site.tables import Table
    from flipflop.records.codec import Json

KEYS: Final = {
    "statements": "statement_id",
    "reversals": "pair_id",
    "rulings": "ruling_id",
    "speakers": "speaker",
    "topics": "topic",
}
FOREIGN: Final = {
    "statements": {"speaker": "speakers"},
    "positions": {"statement_id": "statements", "speaker": "speakers", "topic": "topics"},
    "reversals": {"speaker": "speakers", "topic": "topics", "earlier_id": "statements", "later_id": "statements"},
    "rulings": {"pair_id": "reversals"},
    "topics": {"parent": "topics"},
}
FACETS: Final = {
    "statements": ["speaker", "form", "source_outlet"],
    "positions": ["topic", "speaker", "stance"],
    "reversals": ["standing", "topic", "speaker", "kind", "outcome"],
    "rulings": ["outcome"],
    "speakers": ["kind"],
    "topics": ["kind"],
}
_LABELS: Final = {"statements": "text", "speakers": "name", "topics": "title"}
_SORT: Final = {"statements": "said_from", "positions": "said_from", "reversals": "later_from", "rulings": "decided_at"}
_ORDER: Final = ("speakers", "topics", "statements", "positions", "reversals", "rulings")


def database(tables: Sequence[Table]) -> bytes:
    """Return a SQLite file: a table each, with keys, and ``statements_fts`` over words, names and sources.

    The same rows give the same bytes, as long as the SQLite that writes them is the same.
    """
    by_name = {table.name: table for table in tables}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA page_size = 4096")
        for name in _ORDER:
            _fill(connection, by_name[name])
        connection.executescript(_INDEX)
        connection.execute("VACUUM")
        return connection.serialize()


_INDEX: Final = """
CREATE VIRTUAL TABLE statements_fts USING fts5(
  text, speaker_name, context, source_title, source_outlet, content=statements, tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO statements_fts(statements_fts) VALUES ('rebuild');
INSERT INTO statements_fts(statements_fts) VALUES ('optimize');
"""


def _fill(connection: sqlite3.Connection, table: Table) -> None:
    own, foreign = KEYS.get(table.name), FOREIGN.get(table.name, {})
    columns = [
        f'"{name}" {kind}'
        + (" PRIMARY KEY" if name == own else "")
        + (f' REFERENCES "{foreign[name]}" ("{KEYS[foreign[name]]}")' if name in foreign else "")
        for name, kind in table.columns.items()
    ]
    connection.execute(f'CREATE TABLE "{table.name}" ({", ".join(columns)})')
    places = ", ".join("?" * len(columns))
    rows = ([_plain(value) for value in row] for row in table.rows)
    connection.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', rows)  # noqa: S608 -- our own names
    for name in foreign:
        connection.execute(f'CREATE INDEX "{table.name}_{name}" ON "{table.name}" ("{name}")')


def _plain(value: object) -> object:
    return str(value).encode("utf-8", "replace").decode() if isinstance(value, str) else value


def metadata(tables: Sequence[Table], options: Options, kept: datetime) -> bytes:
    """Return ``metadata.json`` for ``datasette record.db --metadata metadata.json``."""
    described: dict[str, Json] = {
        table.name: {
            "description": table.told,
            "facets": [*FACETS[table.name]],
            **({"label_column": _LABELS[table.name]} if table.name in _LABELS else {}),
            **({"sort": _SORT[table.name]} if table.name in _SORT else {}),
            **({"fts_table": "statements_fts"} if table.name == "statements" else {}),
        }
        for table in tables
    }
    whole: dict[str, Json] = {
        "title": visible(options.title),
        "description": visible(options.scope),
        **licence_of(options).metadata("license", "license_url"),
        **source_of(options).metadata("source", "source_url"),
        "about": f"As recorded by {day_words(kept, options.tz)}",
        "databases": {"record": {"tables": described}},
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
