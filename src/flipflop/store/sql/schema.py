"""The tables and indexes of the store, written as SQLite reads them; PostgreSQL's are made from the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.store.sql.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flipflop.store.sql.rows import Kind

_LOG = """
-- Words that occur again and again (ids of speakers and topics, outlets, zones, coders): rows hold small numbers.
-- No key is given twice: who remembers a word that was redacted must not take another for it.
CREATE TABLE word (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- What was recorded, in order. id: first 16 bytes of SHA-256 over kind and canonical JSON. recorded_at: microseconds
-- UTC. about: the ids of what a correction, retraction or redaction is about, one after the other; after that of what
-- is redacted, those of what that was about; null for other kinds, and where version 2 or earlier recorded it.
-- recorded_by: the name under which it was recorded; null where none was given, and before version 3.
-- chain: first 16 bytes of SHA-256 over the chain before, seq, recorded_at, id, recorded_by, kind and about.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL CHECK (length(id) = 16),
  kind INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by INTEGER REFERENCES word (key),
  chain BLOB NOT NULL CHECK (length(chain) = 16),
  about BLOB
) STRICT;

-- Which event a correction, retraction or redaction is about, as "about" of it says; this stays when its body goes.
CREATE TABLE about (
  target INTEGER NOT NULL REFERENCES event (seq),
  seq INTEGER NOT NULL REFERENCES event (seq),
  PRIMARY KEY (target, seq)
) STRICT, WITHOUT ROWID;
"""

_BESIDE = """
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Files written from this store, so that a redaction can say where copies went.
CREATE TABLE export (
  at INTEGER NOT NULL,
  path TEXT NOT NULL,
  head BLOB
) STRICT;

-- What follows from the tables above; rebuilt by the program, compared by "verify".
-- Events that do not count today: withdrawn, or redacted (1).
CREATE TABLE gone (
  seq INTEGER PRIMARY KEY,
  redacted INTEGER NOT NULL
) STRICT;

-- Corrected statements and relations as they read today.
CREATE TABLE mended (
  seq INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  speaker INTEGER,
  said_from INTEGER,
  said_until INTEGER
) STRICT;

-- The words and the moment, as 16 bytes of their SHA-256, with which statements that were ever corrected read today.
CREATE TABLE worded (
  statement INTEGER PRIMARY KEY,
  words BLOB NOT NULL
) STRICT;

-- The same, with which codings and rulings of such statements were made.
CREATE TABLE rests (
  statement INTEGER NOT NULL,
  words BLOB NOT NULL,
  judgement INTEGER NOT NULL,
  PRIMARY KEY (statement, words, judgement)
) STRICT, WITHOUT ROWID;

-- Codings and rulings to look at again: the words or the moment changed after them.
CREATE TABLE review (
  seq INTEGER PRIMARY KEY
) STRICT;

-- Codings by speaker, topic and moment, as first recorded: serves the check at "add" without touching the bodies.
CREATE TABLE coded (
  speaker INTEGER NOT NULL,
  topic INTEGER NOT NULL,
  said_from INTEGER NOT NULL,
  said_until INTEGER NOT NULL,
  coding INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  stance INTEGER,
  coder INTEGER NOT NULL,
  adjudicates INTEGER NOT NULL,
  PRIMARY KEY (speaker, topic, said_from, said_until, coding)
) STRICT, WITHOUT ROWID;

-- Holds a row only while flipflop itself brings the tables above up to date: the guards let nobody else change them.
CREATE TABLE working (
  none INTEGER
) STRICT;
"""

_INDEXES = """
CREATE UNIQUE INDEX event_by_id ON event (id);
CREATE INDEX about_by_seq ON about (seq);
CREATE INDEX mended_by_speaker ON mended (speaker);
CREATE INDEX rests_by_judgement ON rests (judgement);
"""


def bodies(kinds: Iterable[Kind]) -> str:
    """Return the statements that make the tables of some kinds."""
    return "\n".join(kind.table for kind in kinds)


def indexes(kinds: Iterable[Kind]) -> str:
    """Return the statements that make their indexes."""
    made = ((kind.name, column) for kind in kinds for column in kind.indexes)
    return "".join(f"CREATE INDEX {kind}_by_{column} ON {kind} ({column});\n" for kind, column in made)


TABLES = f"{_LOG}\n{bodies(KINDS.values())}{_BESIDE}"
INDEXES = _INDEXES + indexes(KINDS.values())
