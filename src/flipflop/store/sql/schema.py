"""The tables and indexes of the store, written as SQLite reads them; PostgreSQL's are made from the same text."""

from __future__ import annotations

APPLICATION_ID = 0x464C4950  # "FLIP"
VERSION = 3

TABLES = """
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

CREATE TABLE speaker (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  slug INTEGER NOT NULL REFERENCES word (key),
  name TEXT NOT NULL,
  aliases TEXT,
  kind INTEGER NOT NULL,
  public_role TEXT,
  wikidata TEXT
) STRICT;

CREATE TABLE topic (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  slug INTEGER NOT NULL REFERENCES word (key),
  title TEXT NOT NULL,
  proposition TEXT NOT NULL,
  kind INTEGER NOT NULL,
  parent INTEGER REFERENCES word (key)
) STRICT;

CREATE TABLE speaks_for (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  surrogate INTEGER NOT NULL REFERENCES word (key),
  principal INTEGER NOT NULL REFERENCES word (key),
  since_from INTEGER,
  since_until INTEGER,
  since_text TEXT,
  since_how INTEGER REFERENCES word (key),
  until_from INTEGER,
  until_until INTEGER,
  until_text TEXT,
  until_how INTEGER REFERENCES word (key),
  topics TEXT,
  source TEXT
) STRICT;

-- said_text is null where it is said_from as ISO 8601; said_how is the word for precision, zone and warnings.
CREATE TABLE statement (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  speaker INTEGER NOT NULL REFERENCES word (key),
  text TEXT NOT NULL,
  form INTEGER NOT NULL,
  said_from INTEGER NOT NULL,
  said_until INTEGER NOT NULL,
  said_text TEXT,
  said_how INTEGER NOT NULL REFERENCES word (key),
  url TEXT,
  outlet INTEGER REFERENCES word (key),
  title TEXT,
  author INTEGER REFERENCES word (key),
  published TEXT,
  attribution TEXT,
  on_behalf_of INTEGER REFERENCES word (key),
  context TEXT,
  responds_to INTEGER REFERENCES event (seq),
  language INTEGER REFERENCES word (key)
) STRICT;

-- stance: -2 strongly opposes .. 2 strongly supports, null is unclear.
CREATE TABLE coding (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  statement INTEGER NOT NULL REFERENCES event (seq),
  topic INTEGER NOT NULL REFERENCES word (key),
  stance INTEGER,
  coder INTEGER NOT NULL REFERENCES word (key),
  confidence ANY,
  rationale TEXT,
  coded_at INTEGER,
  adjudicates INTEGER NOT NULL,
  qualifier TEXT
) STRICT;

CREATE TABLE correction (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  changes TEXT NOT NULL,
  reason TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES word (key)
) STRICT;

CREATE TABLE ruling (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  earlier INTEGER NOT NULL REFERENCES event (seq),
  later INTEGER NOT NULL REFERENCES event (seq),
  topic INTEGER NOT NULL REFERENCES word (key),
  outcome INTEGER NOT NULL,
  degree INTEGER,
  explanation INTEGER,
  innocent_reading TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES word (key),
  reply TEXT,
  note TEXT,
  decided_at INTEGER,
  set_aside INTEGER
) STRICT;

CREATE TABLE retraction (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  slug INTEGER REFERENCES word (key),
  reason TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES word (key)
) STRICT;

CREATE TABLE redaction (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  slug INTEGER REFERENCES word (key),
  reason TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES word (key)
) STRICT;

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

INDEXES = """
CREATE UNIQUE INDEX event_by_id ON event (id);
CREATE INDEX coding_by_statement ON coding (statement);
CREATE INDEX speaker_by_slug ON speaker (slug);
CREATE INDEX topic_by_slug ON topic (slug);
CREATE INDEX about_by_seq ON about (seq);
CREATE INDEX statement_by_speaker ON statement (speaker);
CREATE INDEX ruling_by_earlier ON ruling (earlier);
CREATE INDEX ruling_by_later ON ruling (later);
CREATE INDEX mended_by_speaker ON mended (speaker);
CREATE INDEX rests_by_judgement ON rests (judgement);
"""
