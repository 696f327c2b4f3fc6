
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
  parent INTEGER REFERENCES word (key),
  follows INTEGER REFERENCES word (key),
  how INTEGER
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
  language INTEGER REFERENCES word (key),
  question TEXT,
  before TEXT,
  after TEXT,
  act INTEGER,
  reaction INTEGER,
  until TEXT,
  extra TEXT
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
  set_aside INTEGER,
  framing INTEGER,
  explanation_source TEXT,
  circumstances_source TEXT
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

CREATE TABLE role (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  speaker INTEGER NOT NULL REFERENCES word (key),
  title TEXT,
  organisation INTEGER REFERENCES word (key),
  party INTEGER REFERENCES word (key),
  standing INTEGER,
  since_from INTEGER,
  since_until INTEGER,
  since_text TEXT,
  since_how INTEGER REFERENCES word (key),
  until_from INTEGER,
  until_until INTEGER,
  until_text TEXT,
  until_how INTEGER REFERENCES word (key),
  source TEXT
) STRICT;

CREATE TABLE citation (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  statement INTEGER NOT NULL REFERENCES event (seq),
  url TEXT,
  outlet INTEGER REFERENCES word (key),
  title TEXT,
  author INTEGER REFERENCES word (key),
  published TEXT,
  grade INTEGER,
  match INTEGER,
  by INTEGER NOT NULL REFERENCES word (key)
) STRICT;

CREATE TABLE reply (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  speaker INTEGER NOT NULL REFERENCES word (key),
  text TEXT,
  statement INTEGER REFERENCES event (seq),
  earlier INTEGER REFERENCES event (seq),
  later INTEGER REFERENCES event (seq),
  topic INTEGER REFERENCES word (key),
  source TEXT,
  asked_at_from INTEGER,
  asked_at_until INTEGER,
  asked_at_text TEXT,
  asked_at_how INTEGER REFERENCES word (key),
  no_answer_by_from INTEGER,
  no_answer_by_until INTEGER,
  no_answer_by_text TEXT,
  no_answer_by_how INTEGER REFERENCES word (key)
) STRICT;

CREATE TABLE search (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  speakers TEXT,
  topic INTEGER NOT NULL REFERENCES word (key),
  places TEXT,
  since_from INTEGER,
  since_until INTEGER,
  since_text TEXT,
  since_how INTEGER REFERENCES word (key),
  until_from INTEGER,
  until_until INTEGER,
  until_text TEXT,
  until_how INTEGER REFERENCES word (key),
  found TEXT,
  by INTEGER NOT NULL REFERENCES word (key)
) STRICT;

CREATE TABLE capture (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  url TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  media_type INTEGER NOT NULL REFERENCES word (key),
  captured_at INTEGER NOT NULL,
  path TEXT NOT NULL,
  tool INTEGER NOT NULL REFERENCES word (key),
  timestamp TEXT
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

CREATE UNIQUE INDEX event_by_id ON event (id);
CREATE INDEX about_by_seq ON about (seq);
CREATE INDEX mended_by_speaker ON mended (speaker);
CREATE INDEX rests_by_judgement ON rests (judgement);
CREATE INDEX speaker_by_slug ON speaker (slug);
CREATE INDEX topic_by_slug ON topic (slug);
CREATE INDEX statement_by_speaker ON statement (speaker);
CREATE INDEX coding_by_statement ON coding (statement);
CREATE INDEX ruling_by_earlier ON ruling (earlier);
CREATE INDEX ruling_by_later ON ruling (later);
CREATE INDEX role_by_speaker ON role (speaker);
CREATE INDEX citation_by_statement ON citation (statement);
CREATE INDEX reply_by_statement ON reply (statement);
CREATE INDEX reply_by_earlier ON reply (earlier);
CREATE INDEX reply_by_later ON reply (later);
CREATE INDEX search_by_topic ON search (topic);

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted'); END;

CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event) OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced, and seq has no gaps'); END;
CREATE TRIGGER about_is_never_changed BEFORE UPDATE ON about BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER about_is_never_deleted BEFORE DELETE ON about WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never deleted by hand'); END;

CREATE TRIGGER about_follows_from_the_log BEFORE INSERT ON about
WHEN NOT EXISTS (
  SELECT 1 FROM event AS e JOIN event AS t WHERE e.seq = NEW.seq AND t.seq = NEW.target AND instr(e.about, t.id) > 0
) AND NOT EXISTS (SELECT 1 FROM working)
BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never added by hand'); END;
CREATE TRIGGER word_is_never_changed BEFORE UPDATE ON word BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER word_is_never_deleted BEFORE DELETE ON word WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never deleted by hand'); END;

CREATE TRIGGER export_is_never_changed BEFORE UPDATE ON export BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER export_is_never_deleted BEFORE DELETE ON export BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted'); END;

CREATE TRIGGER gone_is_never_changed BEFORE UPDATE ON gone WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never changed by hand'); END;
CREATE TRIGGER gone_is_never_deleted BEFORE DELETE ON gone WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never deleted by hand'); END;
CREATE TRIGGER gone_is_never_added BEFORE INSERT ON gone WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never added by hand'); END;
CREATE TRIGGER mended_is_never_changed BEFORE UPDATE ON mended WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never changed by hand'); END;
CREATE TRIGGER mended_is_never_deleted BEFORE DELETE ON mended WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never deleted by hand'); END;
CREATE TRIGGER mended_is_never_added BEFORE INSERT ON mended WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never added by hand'); END;
CREATE TRIGGER worded_is_never_changed BEFORE UPDATE ON worded WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never changed by hand'); END;
CREATE TRIGGER worded_is_never_deleted BEFORE DELETE ON worded WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never deleted by hand'); END;
CREATE TRIGGER worded_is_never_added BEFORE INSERT ON worded WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never added by hand'); END;
CREATE TRIGGER rests_is_never_changed BEFORE UPDATE ON rests WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never changed by hand'); END;
CREATE TRIGGER rests_is_never_deleted BEFORE DELETE ON rests WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never deleted by hand'); END;
CREATE TRIGGER review_is_never_changed BEFORE UPDATE ON review WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never changed by hand'); END;
CREATE TRIGGER review_is_never_deleted BEFORE DELETE ON review WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never deleted by hand'); END;
CREATE TRIGGER review_is_never_added BEFORE INSERT ON review WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never added by hand'); END;
CREATE TRIGGER coded_is_never_changed BEFORE UPDATE ON coded WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never changed by hand'); END;
CREATE TRIGGER coded_is_never_deleted BEFORE DELETE ON coded WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never deleted by hand'); END;
CREATE TRIGGER setting_is_never_changed BEFORE UPDATE ON setting WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never changed by hand'); END;
CREATE TRIGGER setting_is_never_deleted BEFORE DELETE ON setting WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never deleted by hand'); END;
CREATE TRIGGER setting_is_never_added BEFORE INSERT ON setting WHEN NOT EXISTS (SELECT 1 FROM working) BEGIN SELECT RAISE(ABORT, 'flipflop: what follows from the log, and settings, are never added by hand'); END;

CREATE TRIGGER word_is_never_replaced BEFORE INSERT ON word
WHEN EXISTS (SELECT 1 FROM word WHERE key = NEW.key) OR EXISTS (SELECT 1 FROM word WHERE text = NEW.text)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;

CREATE TRIGGER speaker_is_never_changed BEFORE UPDATE ON speaker BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER speaker_is_never_replaced BEFORE INSERT ON speaker
WHEN EXISTS (SELECT 1 FROM speaker WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER speaker_goes_only_by_redaction BEFORE DELETE ON speaker
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER topic_is_never_changed BEFORE UPDATE ON topic BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER topic_is_never_replaced BEFORE INSERT ON topic
WHEN EXISTS (SELECT 1 FROM topic WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER topic_goes_only_by_redaction BEFORE DELETE ON topic
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER speaks_for_is_never_changed BEFORE UPDATE ON speaks_for BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER speaks_for_is_never_replaced BEFORE INSERT ON speaks_for
WHEN EXISTS (SELECT 1 FROM speaks_for WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER speaks_for_goes_only_by_redaction BEFORE DELETE ON speaks_for
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER statement_is_never_changed BEFORE UPDATE ON statement BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER statement_is_never_replaced BEFORE INSERT ON statement
WHEN EXISTS (SELECT 1 FROM statement WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER statement_goes_only_by_redaction BEFORE DELETE ON statement
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER coding_is_never_changed BEFORE UPDATE ON coding BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER coding_is_never_replaced BEFORE INSERT ON coding
WHEN EXISTS (SELECT 1 FROM coding WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER coding_goes_only_by_redaction BEFORE DELETE ON coding
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER correction_is_never_changed BEFORE UPDATE ON correction BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER correction_is_never_replaced BEFORE INSERT ON correction
WHEN EXISTS (SELECT 1 FROM correction WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER correction_goes_only_by_redaction BEFORE DELETE ON correction
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq, (SELECT target FROM about AS a WHERE a.seq = OLD.seq))
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER ruling_is_never_changed BEFORE UPDATE ON ruling BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER ruling_is_never_replaced BEFORE INSERT ON ruling
WHEN EXISTS (SELECT 1 FROM ruling WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER ruling_goes_only_by_redaction BEFORE DELETE ON ruling
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER retraction_is_never_changed BEFORE UPDATE ON retraction BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER retraction_is_never_replaced BEFORE INSERT ON retraction
WHEN EXISTS (SELECT 1 FROM retraction WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER retraction_goes_only_by_redaction BEFORE DELETE ON retraction
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER redaction_is_never_changed BEFORE UPDATE ON redaction BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER redaction_is_never_replaced BEFORE INSERT ON redaction
WHEN EXISTS (SELECT 1 FROM redaction WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER redaction_goes_only_by_redaction BEFORE DELETE ON redaction
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER role_is_never_changed BEFORE UPDATE ON role BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER role_is_never_replaced BEFORE INSERT ON role
WHEN EXISTS (SELECT 1 FROM role WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER role_goes_only_by_redaction BEFORE DELETE ON role
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER citation_is_never_changed BEFORE UPDATE ON citation BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER citation_is_never_replaced BEFORE INSERT ON citation
WHEN EXISTS (SELECT 1 FROM citation WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER citation_goes_only_by_redaction BEFORE DELETE ON citation
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER reply_is_never_changed BEFORE UPDATE ON reply BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER reply_is_never_replaced BEFORE INSERT ON reply
WHEN EXISTS (SELECT 1 FROM reply WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER reply_goes_only_by_redaction BEFORE DELETE ON reply
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER search_is_never_changed BEFORE UPDATE ON search BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER search_is_never_replaced BEFORE INSERT ON search
WHEN EXISTS (SELECT 1 FROM search WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER search_goes_only_by_redaction BEFORE DELETE ON search
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE TRIGGER capture_is_never_changed BEFORE UPDATE ON capture BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never changed'); END;
CREATE TRIGGER capture_is_never_replaced BEFORE INSERT ON capture
WHEN EXISTS (SELECT 1 FROM capture WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never replaced'); END;
CREATE TRIGGER capture_goes_only_by_redaction BEFORE DELETE ON capture
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = 9 AND about.target IN (OLD.seq)
)
BEGIN SELECT RAISE(ABORT, 'flipflop: what is recorded is never deleted, but for a redaction'); END;

CREATE VIEW speakers AS
SELECT (SELECT text FROM word WHERE key = b.slug) AS speaker,
  b.name AS name,
  b.aliases AS aliases,
  CASE b.kind WHEN 0 THEN 'person' WHEN 1 THEN 'organisation' END AS kind,
  b.public_role AS public_role,
  b.wikidata AS wikidata,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.recorded_at / 1000000, 'unixepoch') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM speaker AS b JOIN event AS e ON e.seq = b.seq
WHERE b.seq = (SELECT max(o.seq) FROM speaker AS o WHERE o.slug = b.slug AND o.seq NOT IN (SELECT seq FROM gone));

CREATE VIEW topics AS
SELECT (SELECT text FROM word WHERE key = b.slug) AS topic,
  b.title AS title,
  b.proposition AS proposition,
  CASE b.kind WHEN 0 THEN 'proposal' WHEN 1 THEN 'account' END AS kind,
  (SELECT text FROM word WHERE key = b.parent) AS parent,
  (SELECT text FROM word WHERE key = b.follows) AS follows,
  CASE b.how WHEN 0 THEN 'reworded' WHEN 1 THEN 'narrowed' WHEN 2 THEN 'widened' WHEN 3 THEN 'split' WHEN 4 THEN 'opposite' END AS how,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.recorded_at / 1000000, 'unixepoch') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM topic AS b JOIN event AS e ON e.seq = b.seq
WHERE b.seq = (SELECT max(o.seq) FROM topic AS o WHERE o.slug = b.slug AND o.seq NOT IN (SELECT seq FROM gone));

CREATE VIEW relations AS
SELECT (SELECT lower(hex(id)) FROM event WHERE seq = b.seq) AS speaks_for_id,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.surrogate) ELSE json_extract(m.body, '$.surrogate') END AS surrogate,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.principal) ELSE json_extract(m.body, '$.principal') END AS principal,
  CASE WHEN m.seq IS NULL THEN coalesce(b.since_text, strftime('%Y-%m-%dT%H:%M:%SZ', b.since_from / 1000000, 'unixepoch')) ELSE json_extract(m.body, '$.since.text') END AS since,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.since_from / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.since.start'), 1, 19) || 'Z' END AS since_from,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.since_until / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.since.end'), 1, 19) || 'Z' END AS since_until,
  CASE WHEN m.seq IS NULL THEN coalesce(b.until_text, strftime('%Y-%m-%dT%H:%M:%SZ', b.until_from / 1000000, 'unixepoch')) ELSE json_extract(m.body, '$.until.text') END AS until,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.until_from / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.until.start'), 1, 19) || 'Z' END AS until_from,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.until_until / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.until.end'), 1, 19) || 'Z' END AS until_until,
  CASE WHEN m.seq IS NULL THEN b.topics ELSE json_extract(m.body, '$.topics') END AS topics,
  CASE WHEN m.seq IS NULL THEN b.source ELSE json_extract(m.body, '$.source') END AS source,
  m.seq IS NOT NULL AS amended,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.recorded_at / 1000000, 'unixepoch') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM speaks_for AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN mended AS m ON m.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone);

CREATE VIEW statements AS
SELECT (SELECT lower(hex(id)) FROM event WHERE seq = b.seq) AS statement_id,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.speaker) ELSE json_extract(m.body, '$.speaker') END AS speaker,
  CASE WHEN m.seq IS NULL THEN b.text ELSE json_extract(m.body, '$.text') END AS text,
  CASE WHEN m.seq IS NULL THEN CASE b.form WHEN 0 THEN 'quote' WHEN 1 THEN 'paraphrase' WHEN 2 THEN 'reported' WHEN 3 THEN 'act' WHEN 4 THEN 'condensed' END ELSE coalesce(json_extract(m.body, '$.form'), 'quote') END AS form,
  CASE WHEN m.seq IS NULL THEN coalesce(b.said_text, strftime('%Y-%m-%dT%H:%M:%SZ', b.said_from / 1000000, 'unixepoch')) ELSE json_extract(m.body, '$.said.text') END AS said,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.said_from / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.said.start'), 1, 19) || 'Z' END AS said_from,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.said_until / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.said.end'), 1, 19) || 'Z' END AS said_until,
  CASE WHEN m.seq IS NULL THEN json_extract((SELECT text FROM word WHERE key = b.said_how), '$.precision') ELSE json_extract(m.body, '$.said.precision') END AS precision,
  CASE WHEN m.seq IS NULL THEN json_extract((SELECT text FROM word WHERE key = b.said_how), '$.tz') ELSE json_extract(m.body, '$.said.tz') END AS tz,
  CASE WHEN m.seq IS NULL THEN b.url ELSE json_extract(m.body, '$.source.url') END AS source_url,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.outlet) ELSE json_extract(m.body, '$.source.outlet') END AS source_outlet,
  CASE WHEN m.seq IS NULL THEN b.title ELSE json_extract(m.body, '$.source.title') END AS source_title,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.author) ELSE json_extract(m.body, '$.source.author') END AS source_author,
  CASE WHEN m.seq IS NULL THEN json_extract(b.published, '$[0]') ELSE json_extract(m.body, '$.source.published.text') END AS source_published,
  CASE WHEN m.seq IS NULL THEN b.attribution ELSE json_extract(m.body, '$.attribution') END AS attribution,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.on_behalf_of) ELSE json_extract(m.body, '$.on_behalf_of') END AS on_behalf_of,
  CASE WHEN m.seq IS NULL THEN b.context ELSE json_extract(m.body, '$.context') END AS context,
  CASE WHEN m.seq IS NULL THEN (SELECT lower(hex(id)) FROM event WHERE seq = b.responds_to) ELSE json_extract(m.body, '$.responds_to') END AS responds_to,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.language) ELSE json_extract(m.body, '$.language') END AS language,
  CASE WHEN m.seq IS NULL THEN b.question ELSE json_extract(m.body, '$.question') END AS question,
  CASE WHEN m.seq IS NULL THEN b.before ELSE json_extract(m.body, '$.before') END AS before,
  CASE WHEN m.seq IS NULL THEN b.after ELSE json_extract(m.body, '$.after') END AS after,
  CASE WHEN m.seq IS NULL THEN CASE b.act WHEN 0 THEN 'vote' WHEN 1 THEN 'order' WHEN 2 THEN 'signature' WHEN 3 THEN 'veto' WHEN 4 THEN 'deletion' WHEN 5 THEN 'omission' END ELSE json_extract(m.body, '$.act') END AS act,
  CASE WHEN m.seq IS NULL THEN CASE b.reaction WHEN 0 THEN 'endorses' WHEN 1 THEN 'criticises' WHEN 2 THEN 'distances' WHEN 3 THEN 'denies_having_said' END ELSE json_extract(m.body, '$.reaction') END AS reaction,
  CASE WHEN m.seq IS NULL THEN json_extract(b.until, '$[0]') ELSE json_extract(m.body, '$.until.text') END AS until,
  CASE WHEN m.seq IS NULL THEN b.extra ELSE json_extract(m.body, '$.extra') END AS extra,
  m.seq IS NOT NULL AS amended,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.recorded_at / 1000000, 'unixepoch') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM statement AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN mended AS m ON m.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone);

CREATE VIEW codings AS
SELECT (SELECT lower(hex(id)) FROM event WHERE seq = b.seq) AS coding_id,
  (SELECT lower(hex(id)) FROM event WHERE seq = b.statement) AS statement_id,
  (SELECT text FROM word WHERE key = b.topic) AS topic,
  coalesce(CASE b.stance WHEN -2 THEN 'strongly_oppose' WHEN -1 THEN 'oppose' WHEN 0 THEN 'mixed' WHEN 1 THEN 'support' WHEN 2 THEN 'strongly_support' END, 'unclear') AS stance,
  (SELECT text FROM word WHERE key = b.coder) AS coder,
  b.confidence AS confidence,
  b.rationale AS rationale,
  strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(b.coded_at, e.recorded_at) / 1000000, 'unixepoch') AS coded_at,
  b.adjudicates AS adjudicates,
  b.qualifier AS qualifier,
  b.seq IN (SELECT seq FROM review) AS needs_review,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.recorded_at / 1000000, 'unixepoch') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM coding AS b JOIN event AS e ON e.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone) AND b.statement NOT IN (SELECT seq FROM gone) AND EXISTS (SELECT 1 FROM topic AS t WHERE t.slug = b.topic AND t.seq NOT IN (SELECT seq FROM gone));

CREATE VIEW rulings AS
SELECT (SELECT lower(hex(id)) FROM event WHERE seq = b.seq) AS ruling_id,
  (SELECT lower(hex(id)) FROM event WHERE seq = b.earlier) AS earlier,
  (SELECT lower(hex(id)) FROM event WHERE seq = b.later) AS later,
  (SELECT text FROM word WHERE key = b.topic) AS topic,
  CASE b.outcome WHEN 0 THEN 'reversal' WHEN 1 THEN 'no_reversal' WHEN 2 THEN 'changed_circumstances' WHEN 3 THEN 'not_comparable' WHEN 4 THEN 'conflict' WHEN 5 THEN 'no_conflict' END AS outcome,
  CASE b.degree WHEN 0 THEN 'no_flip' WHEN 1 THEN 'half_flip' WHEN 2 THEN 'full_flop' END AS degree,
  CASE b.explanation WHEN 0 THEN 'acknowledged' WHEN 1 THEN 'external_event' WHEN 2 THEN 'none_found' WHEN 3 THEN 'denied' END AS explanation,
  b.innocent_reading AS innocent_reading,
  (SELECT text FROM word WHERE key = b.by) AS by,
  b.reply AS reply,
  b.note AS note,
  strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(b.decided_at, e.recorded_at) / 1000000, 'unixepoch') AS decided_at,
  CASE b.set_aside WHEN 0 THEN 'later' WHEN 1 THEN 'earlier' WHEN 2 THEN 'both' END AS set_aside,
  CASE b.framing WHEN 0 THEN 'clarification' WHEN 1 THEN 'evolution' WHEN 2 THEN 'correction' WHEN 3 THEN 'new_information' WHEN 4 THEN 'joke' WHEN 5 THEN 'denial' END AS framing,
  b.explanation_source AS explanation_source,
  b.circumstances_source AS circumstances_source,
  b.seq IN (SELECT seq FROM review) AS needs_review,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.recorded_at / 1000000, 'unixepoch') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM ruling AS b JOIN event AS e ON e.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone) AND b.earlier NOT IN (SELECT seq FROM gone) AND b.later NOT IN (SELECT seq FROM gone);

CREATE VIEW roles AS
SELECT (SELECT lower(hex(id)) FROM event WHERE seq = b.seq) AS role_id,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.speaker) ELSE json_extract(m.body, '$.speaker') END AS speaker,
  CASE WHEN m.seq IS NULL THEN b.title ELSE json_extract(m.body, '$.title') END AS title,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.organisation) ELSE json_extract(m.body, '$.organisation') END AS organisation,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.party) ELSE json_extract(m.body, '$.party') END AS party,
  CASE WHEN m.seq IS NULL THEN CASE b.standing WHEN 0 THEN 'office' WHEN 1 THEN 'opposition' WHEN 2 THEN 'none' END ELSE json_extract(m.body, '$.standing') END AS standing,
  CASE WHEN m.seq IS NULL THEN coalesce(b.since_text, strftime('%Y-%m-%dT%H:%M:%SZ', b.since_from / 1000000, 'unixepoch')) ELSE json_extract(m.body, '$.since.text') END AS since,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.since_from / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.since.start'), 1, 19) || 'Z' END AS since_from,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.since_until / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.since.end'), 1, 19) || 'Z' END AS since_until,
  CASE WHEN m.seq IS NULL THEN coalesce(b.until_text, strftime('%Y-%m-%dT%H:%M:%SZ', b.until_from / 1000000, 'unixepoch')) ELSE json_extract(m.body, '$.until.text') END AS until,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.until_from / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.until.start'), 1, 19) || 'Z' END AS until_from,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.until_until / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.until.end'), 1, 19) || 'Z' END AS until_until,
  CASE WHEN m.seq IS NULL THEN b.source ELSE json_extract(m.body, '$.source') END AS source,
  m.seq IS NOT NULL AS amended,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.recorded_at / 1000000, 'unixepoch') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM role AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN mended AS m ON m.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone);

CREATE VIEW citations AS
SELECT (SELECT lower(hex(id)) FROM event WHERE seq = b.seq) AS citation_id,
  CASE WHEN m.seq IS NULL THEN (SELECT lower(hex(id)) FROM event WHERE seq = b.statement) ELSE json_extract(m.body, '$.statement') END AS statement_id,
  CASE WHEN m.seq IS NULL THEN b.url ELSE json_extract(m.body, '$.source.url') END AS source_url,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.outlet) ELSE json_extract(m.body, '$.source.outlet') END AS source_outlet,
  CASE WHEN m.seq IS NULL THEN b.title ELSE json_extract(m.body, '$.source.title') END AS source_title,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.author) ELSE json_extract(m.body, '$.source.author') END AS source_author,
  CASE WHEN m.seq IS NULL THEN json_extract(b.published, '$[0]') ELSE json_extract(m.body, '$.source.published.text') END AS source_published,
  CASE WHEN m.seq IS NULL THEN CASE b.grade WHEN 0 THEN 'primary' WHEN 1 THEN 'reported' WHEN 2 THEN 'inferred' END ELSE json_extract(m.body, '$.grade') END AS grade,
  CASE WHEN m.seq IS NULL THEN CASE b.match WHEN 0 THEN 'verbatim' WHEN 1 THEN 'condensed' WHEN 2 THEN 'approximate' WHEN 3 THEN 'differs' END ELSE json_extract(m.body, '$.match') END AS match,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.by) ELSE json_extract(m.body, '$.by') END AS by,
  m.seq IS NOT NULL AS amended,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.recorded_at / 1000000, 'unixepoch') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM citation AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN mended AS m ON m.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone) AND b.statement NOT IN (SELECT seq FROM gone);

CREATE VIEW replies AS
SELECT (SELECT lower(hex(id)) FROM event WHERE seq = b.seq) AS reply_id,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.speaker) ELSE json_extract(m.body, '$.speaker') END AS speaker,
  CASE WHEN m.seq IS NULL THEN b.text ELSE json_extract(m.body, '$.text') END AS text,
  CASE WHEN m.seq IS NULL THEN (SELECT lower(hex(id)) FROM event WHERE seq = b.statement) ELSE json_extract(m.body, '$.statement') END AS statement_id,
  CASE WHEN m.seq IS NULL THEN (SELECT lower(hex(id)) FROM event WHERE seq = b.earlier) ELSE json_extract(m.body, '$.earlier') END AS earlier,
  CASE WHEN m.seq IS NULL THEN (SELECT lower(hex(id)) FROM event WHERE seq = b.later) ELSE json_extract(m.body, '$.later') END AS later,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.topic) ELSE json_extract(m.body, '$.topic') END AS topic,
  CASE WHEN m.seq IS NULL THEN b.source ELSE json_extract(m.body, '$.source') END AS source,
  CASE WHEN m.seq IS NULL THEN coalesce(b.asked_at_text, strftime('%Y-%m-%dT%H:%M:%SZ', b.asked_at_from / 1000000, 'unixepoch')) ELSE json_extract(m.body, '$.asked_at.text') END AS asked_at,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.asked_at_from / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.asked_at.start'), 1, 19) || 'Z' END AS asked_at_from,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.asked_at_until / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.asked_at.end'), 1, 19) || 'Z' END AS asked_at_until,
  CASE WHEN m.seq IS NULL THEN coalesce(b.no_answer_by_text, strftime('%Y-%m-%dT%H:%M:%SZ', b.no_answer_by_from / 1000000, 'unixepoch')) ELSE json_extract(m.body, '$.no_answer_by.text') END AS no_answer_by,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.no_answer_by_from / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.no_answer_by.start'), 1, 19) || 'Z' END AS no_answer_by_from,
  CASE WHEN m.seq IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', b.no_answer_by_until / 1000000, 'unixepoch') ELSE substr(json_extract(m.body, '$.no_answer_by.end'), 1, 19) || 'Z' END AS no_answer_by_until,
  m.seq IS NOT NULL AS amended,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.recorded_at / 1000000, 'unixepoch') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM reply AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN mended AS m ON m.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone) AND (b.statement IS NULL OR b.statement NOT IN (SELECT seq FROM gone)) AND (b.earlier IS NULL OR b.earlier NOT IN (SELECT seq FROM gone)) AND (b.later IS NULL OR b.later NOT IN (SELECT seq FROM gone));

CREATE VIEW searches AS
SELECT (SELECT lower(hex(id)) FROM event WHERE seq = b.seq) AS search_id,
  b.speakers AS speakers,
  (SELECT text FROM word WHERE key = b.topic) AS topic,
  b.places AS places,
  coalesce(b.since_text, strftime('%Y-%m-%dT%H:%M:%SZ', b.since_from / 1000000, 'unixepoch')) AS since,
  strftime('%Y-%m-%dT%H:%M:%SZ', b.since_from / 1000000, 'unixepoch') AS since_from,
  strftime('%Y-%m-%dT%H:%M:%SZ', b.since_until / 1000000, 'unixepoch') AS since_until,
  coalesce(b.until_text, strftime('%Y-%m-%dT%H:%M:%SZ', b.until_from / 1000000, 'unixepoch')) AS until,
  strftime('%Y-%m-%dT%H:%M:%SZ', b.until_from / 1000000, 'unixepoch') AS until_from,
  strftime('%Y-%m-%dT%H:%M:%SZ', b.until_until / 1000000, 'unixepoch') AS until_until,
  b.found AS found,
  (SELECT text FROM word WHERE key = b.by) AS by,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.recorded_at / 1000000, 'unixepoch') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM search AS b JOIN event AS e ON e.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone) AND EXISTS (SELECT 1 FROM topic AS t WHERE t.slug = b.topic AND t.seq NOT IN (SELECT seq FROM gone));

CREATE VIEW captures AS
SELECT (SELECT lower(hex(id)) FROM event WHERE seq = b.seq) AS capture_id,
  b.url AS url,
  b.sha256 AS sha256,
  (SELECT text FROM word WHERE key = b.media_type) AS media_type,
  strftime('%Y-%m-%dT%H:%M:%SZ', b.captured_at / 1000000, 'unixepoch') AS captured_at,
  b.path AS path,
  (SELECT text FROM word WHERE key = b.tool) AS tool,
  b.timestamp AS timestamp,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.recorded_at / 1000000, 'unixepoch') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM capture AS b JOIN event AS e ON e.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone);

CREATE VIEW log AS
SELECT e.seq AS seq, lower(hex(e.id)) AS id,
  CASE e.kind WHEN 1 THEN 'speaker' WHEN 2 THEN 'topic' WHEN 3 THEN 'speaks_for' WHEN 4 THEN 'statement' WHEN 5 THEN 'coding' WHEN 6 THEN 'correction' WHEN 7 THEN 'ruling' WHEN 8 THEN 'retraction' WHEN 9 THEN 'redaction' WHEN 10 THEN 'role' WHEN 11 THEN 'citation' WHEN 12 THEN 'reply' WHEN 13 THEN 'search' WHEN 14 THEN 'capture' END AS event,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.recorded_at / 1000000, 'unixepoch') AS recorded_at, (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  lower(hex(e.chain)) AS chain,
  (SELECT group_concat(lower(hex(t.id)), ' ') FROM about AS a JOIN event AS t ON t.seq = a.target
   WHERE a.seq = e.seq) AS about,
  CASE WHEN g.seq IS NULL THEN 'counts' WHEN g.redacted = 1 THEN 'redacted' ELSE 'withdrawn' END AS state
FROM event AS e LEFT JOIN gone AS g ON g.seq = e.seq;
