CREATE SCHEMA flipflop;

-- The version of this schema: the last row holds.
CREATE TABLE version (
  version bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);

-- Locked by whoever writes, so that writers wait in turn; always empty.
CREATE TABLE turn (
  none bigint
);

-- Words that occur again and again (ids of speakers and topics, outlets, zones, coders): rows hold small numbers.
-- No key is given twice: who remembers a word that was redacted must not take another for it.
CREATE TABLE word (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  text text COLLATE "C" NOT NULL, EXCLUDE USING hash (text WITH =)
);

-- What was recorded, in order. id: first 16 bytes of SHA-256 over kind and canonical JSON. recorded_at: microseconds
-- UTC. about: the ids of what a correction, retraction or redaction is about, one after the other; after that of what
-- is redacted, those of what that was about; null for other kinds, and where version 2 or earlier recorded it.
-- recorded_by: the name under which it was recorded; null where none was given, and before version 3.
-- chain: first 16 bytes of SHA-256 over the chain before, seq, recorded_at, id, recorded_by, kind and about.
CREATE TABLE event (
  seq bigint PRIMARY KEY,
  id bytea NOT NULL CHECK (length(id) = 16),
  kind bigint NOT NULL,
  recorded_at bigint NOT NULL,
  recorded_by bigint REFERENCES word (key),
  chain bytea NOT NULL CHECK (length(chain) = 16),
  about bytea
);

-- Which event a correction, retraction or redaction is about, as "about" of it says; this stays when its body goes.
CREATE TABLE about (
  target bigint NOT NULL REFERENCES event (seq),
  seq bigint NOT NULL REFERENCES event (seq),
  PRIMARY KEY (target, seq)
);

CREATE TABLE speaker (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  slug bigint NOT NULL REFERENCES word (key),
  name text COLLATE "C" NOT NULL,
  aliases text COLLATE "C",
  kind bigint NOT NULL,
  public_role text COLLATE "C",
  wikidata text COLLATE "C"
);

CREATE TABLE topic (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  slug bigint NOT NULL REFERENCES word (key),
  title text COLLATE "C" NOT NULL,
  proposition text COLLATE "C" NOT NULL,
  kind bigint NOT NULL,
  parent bigint REFERENCES word (key),
  follows bigint REFERENCES word (key),
  how bigint
);

CREATE TABLE speaks_for (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  surrogate bigint NOT NULL REFERENCES word (key),
  principal bigint NOT NULL REFERENCES word (key),
  since_from bigint,
  since_until bigint,
  since_text text COLLATE "C",
  since_how bigint REFERENCES word (key),
  until_from bigint,
  until_until bigint,
  until_text text COLLATE "C",
  until_how bigint REFERENCES word (key),
  topics text COLLATE "C",
  source text COLLATE "C"
);

-- said_text is null where it is said_from as ISO 8601; said_how is the word for precision, zone and warnings.
-- more: the fields that few statements have, as a JSON object.
CREATE TABLE statement (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  speaker bigint NOT NULL REFERENCES word (key),
  text text COLLATE "C" NOT NULL,
  form bigint NOT NULL,
  said_from bigint NOT NULL,
  said_until bigint NOT NULL,
  said_text text COLLATE "C",
  said_how bigint NOT NULL REFERENCES word (key),
  url text COLLATE "C",
  outlet bigint REFERENCES word (key),
  title text COLLATE "C",
  author bigint REFERENCES word (key),
  published text COLLATE "C",
  attribution text COLLATE "C",
  on_behalf_of bigint REFERENCES word (key),
  context text COLLATE "C",
  responds_to bigint REFERENCES event (seq),
  language bigint REFERENCES word (key),
  more text COLLATE "C"
);

-- stance: -2 strongly opposes .. 2 strongly supports, null is unclear.
CREATE TABLE coding (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  statement bigint NOT NULL REFERENCES event (seq),
  topic bigint NOT NULL REFERENCES word (key),
  stance bigint,
  coder bigint NOT NULL REFERENCES word (key),
  confidence json,
  rationale text COLLATE "C",
  coded_at bigint,
  adjudicates bigint NOT NULL,
  qualifier text COLLATE "C"
);

CREATE TABLE correction (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  changes text COLLATE "C" NOT NULL,
  reason text COLLATE "C" NOT NULL,
  by bigint NOT NULL REFERENCES word (key)
);

CREATE TABLE ruling (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  earlier bigint NOT NULL REFERENCES event (seq),
  later bigint NOT NULL REFERENCES event (seq),
  topic bigint NOT NULL REFERENCES word (key),
  outcome bigint NOT NULL,
  degree bigint,
  explanation bigint,
  innocent_reading text COLLATE "C" NOT NULL,
  by bigint NOT NULL REFERENCES word (key),
  reply text COLLATE "C",
  note text COLLATE "C",
  decided_at bigint,
  set_aside bigint,
  framing bigint,
  explanation_source text COLLATE "C",
  circumstances_source text COLLATE "C"
);

CREATE TABLE retraction (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  slug bigint REFERENCES word (key),
  reason text COLLATE "C" NOT NULL,
  by bigint NOT NULL REFERENCES word (key)
);

CREATE TABLE redaction (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  slug bigint REFERENCES word (key),
  reason text COLLATE "C" NOT NULL,
  by bigint NOT NULL REFERENCES word (key)
);

CREATE TABLE role (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  speaker bigint NOT NULL REFERENCES word (key),
  title text COLLATE "C",
  organisation bigint REFERENCES word (key),
  party bigint REFERENCES word (key),
  standing bigint,
  since_from bigint,
  since_until bigint,
  since_text text COLLATE "C",
  since_how bigint REFERENCES word (key),
  until_from bigint,
  until_until bigint,
  until_text text COLLATE "C",
  until_how bigint REFERENCES word (key),
  source text COLLATE "C"
);

CREATE TABLE citation (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  statement bigint NOT NULL REFERENCES event (seq),
  url text COLLATE "C",
  outlet bigint REFERENCES word (key),
  title text COLLATE "C",
  author bigint REFERENCES word (key),
  published text COLLATE "C",
  grade bigint,
  match bigint,
  by bigint NOT NULL REFERENCES word (key)
);

CREATE TABLE reply (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  speaker bigint NOT NULL REFERENCES word (key),
  text text COLLATE "C",
  statement bigint REFERENCES event (seq),
  earlier bigint REFERENCES event (seq),
  later bigint REFERENCES event (seq),
  topic bigint REFERENCES word (key),
  source text COLLATE "C",
  asked_at_from bigint,
  asked_at_until bigint,
  asked_at_text text COLLATE "C",
  asked_at_how bigint REFERENCES word (key),
  no_answer_by_from bigint,
  no_answer_by_until bigint,
  no_answer_by_text text COLLATE "C",
  no_answer_by_how bigint REFERENCES word (key)
);

CREATE TABLE search (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  speakers text COLLATE "C",
  topic bigint NOT NULL REFERENCES word (key),
  places text COLLATE "C",
  since_from bigint,
  since_until bigint,
  since_text text COLLATE "C",
  since_how bigint REFERENCES word (key),
  until_from bigint,
  until_until bigint,
  until_text text COLLATE "C",
  until_how bigint REFERENCES word (key),
  found text COLLATE "C",
  by bigint NOT NULL REFERENCES word (key)
);

CREATE TABLE capture (
  seq bigint PRIMARY KEY REFERENCES event (seq),
  url text COLLATE "C" NOT NULL,
  sha256 text COLLATE "C" NOT NULL,
  media_type bigint NOT NULL REFERENCES word (key),
  captured_at bigint NOT NULL,
  path text COLLATE "C" NOT NULL,
  tool bigint NOT NULL REFERENCES word (key),
  timestamp text COLLATE "C"
);

CREATE TABLE setting (
  name text COLLATE "C" PRIMARY KEY,
  value text COLLATE "C" NOT NULL
);

-- Files written from this store, so that a redaction can say where copies went.
CREATE TABLE export (
  at bigint NOT NULL,
  path text COLLATE "C" NOT NULL,
  head bytea
);

-- What follows from the tables above; rebuilt by the program, compared by "verify".
-- Events that do not count today: withdrawn, or redacted (1).
CREATE TABLE gone (
  seq bigint PRIMARY KEY,
  redacted bigint NOT NULL
);

-- Corrected statements and relations as they read today.
CREATE TABLE mended (
  seq bigint PRIMARY KEY,
  body text COLLATE "C" NOT NULL,
  speaker bigint,
  said_from bigint,
  said_until bigint
);

-- The words and the moment, as 16 bytes of their SHA-256, with which statements that were ever corrected read today.
CREATE TABLE worded (
  statement bigint PRIMARY KEY,
  words bytea NOT NULL
);

-- The same, with which codings and rulings of such statements were made.
CREATE TABLE rests (
  statement bigint NOT NULL,
  words bytea NOT NULL,
  judgement bigint NOT NULL,
  PRIMARY KEY (statement, words, judgement)
);

-- Codings and rulings to look at again: the words or the moment changed after them.
CREATE TABLE review (
  seq bigint PRIMARY KEY
);

-- Codings by speaker, topic and moment, as first recorded: serves the check at "add" without touching the bodies.
CREATE TABLE coded (
  speaker bigint NOT NULL,
  topic bigint NOT NULL,
  said_from bigint NOT NULL,
  said_until bigint NOT NULL,
  coding bigint NOT NULL,
  statement bigint NOT NULL,
  stance bigint,
  coder bigint NOT NULL,
  adjudicates bigint NOT NULL,
  PRIMARY KEY (speaker, topic, said_from, said_until, coding)
);

-- Holds a row only while flipflop itself brings the tables above up to date: the guards let nobody else change them.
CREATE TABLE working (
  none bigint
);

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
CREATE FUNCTION is_withdrawn(bigint) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  by_whom bigint;
BEGIN
  FOR by_whom IN
    SELECT a.seq FROM flipflop.about AS a JOIN flipflop.event AS e USING (seq)
    WHERE a.target = $1 AND e.kind = 8 AND a.seq > a.target
  LOOP
    IF NOT flipflop.is_withdrawn(by_whom) THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END
$body$;
CREATE FUNCTION micros(text) RETURNS bigint LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $body$
  SELECT extract(epoch FROM date_trunc('second', $1::timestamptz))::bigint * 1000000
    + extract(microseconds FROM $1::timestamptz)::bigint % 1000000
$body$;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql  SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RAISE EXCEPTION 'flipflop: what is recorded is never %', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END
$body$;
CREATE FUNCTION event_follows() RETURNS trigger LANGUAGE plpgsql  SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  IF EXISTS (
    SELECT FROM (
      SELECT seq, id, kind, recorded_at, recorded_by, chain, about, lag(seq) OVER w AS seq_before,
        lag(recorded_at) OVER w AS recorded_before, lag(chain) OVER w AS chain_before
      FROM (
        SELECT seq, id, kind, recorded_at, recorded_by, chain, about FROM added
        UNION ALL SELECT seq, NULL, kind, recorded_at, recorded_by, chain, about FROM flipflop.event
          WHERE seq = (SELECT min(seq) - 1 FROM added)
      ) AS both_of_them
      WINDOW w AS (ORDER BY seq)
    ) AS linked
    WHERE id IS NOT NULL AND NOT (
      seq = coalesce(seq_before, 0) + 1
      AND recorded_at >= coalesce(recorded_before, recorded_at)
      AND chain IS NOT DISTINCT FROM substring(sha256(
        coalesce(chain_before, decode(repeat('00', 16), 'hex')) || int8send(seq) || int8send(recorded_at) || id
        || CASE WHEN recorded_by IS NULL THEN '' ELSE decode('00', 'hex') || (
          SELECT convert_to(text, 'UTF8') FROM flipflop.word WHERE key = recorded_by
        ) || decode('00', 'hex') END
        || convert_to(CASE kind WHEN 1 THEN 'speaker' WHEN 2 THEN 'topic' WHEN 3 THEN 'speaks_for' WHEN 4 THEN 'statement' WHEN 5 THEN 'coding' WHEN 6 THEN 'correction' WHEN 7 THEN 'ruling' WHEN 8 THEN 'retraction' WHEN 9 THEN 'redaction' WHEN 10 THEN 'role' WHEN 11 THEN 'citation' WHEN 12 THEN 'reply' WHEN 13 THEN 'search' WHEN 14 THEN 'capture' ELSE '' END, 'UTF8') || coalesce(about, '')
      ) FROM 1 FOR 16)
    )
  ) THEN
    RAISE EXCEPTION 'flipflop: seq has no gaps, stamps never run backwards, and the chain holds'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END
$body$;
CREATE FUNCTION only_while_working() RETURNS trigger LANGUAGE plpgsql  SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  IF NOT EXISTS (SELECT FROM flipflop.working) THEN
    RAISE EXCEPTION 'flipflop: what follows from the log, and settings, are never % by hand', TG_ARGV[0]
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END
$body$;
CREATE FUNCTION about_follows() RETURNS trigger LANGUAGE plpgsql  SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  IF EXISTS (
    SELECT FROM flipflop.event AS e, flipflop.event AS t WHERE e.seq = NEW.seq AND t.seq = NEW.target
      AND e.kind IN (6, 9, 8)
      AND (e.about IS NULL OR position(t.id IN e.about) > 0)
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'flipflop: what follows from the log, and settings, are never added by hand'
    USING ERRCODE = 'integrity_constraint_violation';
END
$body$;
CREATE FUNCTION only_by_redaction() RETURNS trigger LANGUAGE plpgsql  SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  IF EXISTS (
    SELECT FROM flipflop.about JOIN flipflop.event USING (seq)
    WHERE event.kind = 9 AND (about.target = OLD.seq OR TG_TABLE_NAME = 'correction'
      AND about.target IN (SELECT a.target FROM flipflop.about AS a WHERE a.seq = OLD.seq))
  ) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'flipflop: what is recorded is never deleted, but for a redaction'
    USING ERRCODE = 'integrity_constraint_violation';
END
$body$;
CREATE FUNCTION gone_follows() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  changed bigint;
  one bigint;
  wanted bigint;
BEGIN
  IF (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID) THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'about' THEN
    changed := NEW.target;
  ELSIF TG_OP = 'DELETE' THEN
    changed := OLD.seq;
  ELSE
    changed := NEW.seq;
  END IF;
  -- And what it is about, if it is a retraction: that counts again, or no more.
  FOR one IN SELECT changed UNION SELECT target FROM flipflop.about WHERE about.seq = changed LOOP
    wanted := CASE
      WHEN EXISTS (
        SELECT FROM flipflop.about AS a JOIN flipflop.event AS e USING (seq)
        WHERE a.target = one AND e.kind = 9
      ) THEN 1
      WHEN flipflop.is_withdrawn(one) THEN 0
    END;
    IF wanted IS DISTINCT FROM (SELECT redacted FROM flipflop.gone WHERE gone.seq = one) THEN
    RAISE EXCEPTION 'flipflop: what % would say does not follow from the log', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  RETURN NULL;
END
$body$;
CREATE FUNCTION mended_follows() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  changed bigint;
  kept flipflop.mended;
  body jsonb;
BEGIN
  IF (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID) THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'about' THEN
    changed := NEW.target;
  ELSIF TG_OP = 'DELETE' THEN
    changed := OLD.seq;
  ELSE
    changed := NEW.seq;
  END IF;
  SELECT * INTO kept FROM flipflop.mended WHERE mended.seq = changed;
  IF (kept.seq IS NOT NULL) <> (
    EXISTS (
    SELECT c.seq, c.changes::jsonb AS changes FROM flipflop.about AS a JOIN flipflop.correction AS c USING (seq)
    WHERE a.target = changed AND NOT EXISTS (SELECT FROM flipflop.gone WHERE gone.seq = a.seq))
    AND NOT EXISTS (SELECT FROM flipflop.event WHERE event.seq = changed AND event.kind IN (5, 7))
    AND NOT EXISTS (SELECT FROM flipflop.gone WHERE gone.seq = changed AND redacted = 1)
  ) THEN
    RAISE EXCEPTION 'flipflop: what % would say does not follow from the log', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF kept.seq IS NULL OR TG_TABLE_NAME = 'about' THEN
    RETURN NULL;
  END IF;
  body := kept.body::jsonb;
  IF EXISTS (
    SELECT FROM (SELECT fact.* FROM flipflop.speaker AS s, LATERAL (VALUES
        ('id', NULL::jsonb, body ->> 'id' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.slug)),
        ('name', NULL::jsonb, body ->> 'name' IS NOT DISTINCT FROM s.name),
        ('aliases', NULL::jsonb, body -> 'aliases' IS NOT DISTINCT FROM s.aliases::jsonb),
        ('kind', '"person"'::jsonb, coalesce(body ->> 'kind', 'person') IS NOT DISTINCT FROM (ARRAY['person', 'organisation'])[s.kind + 1]),
        ('public_role', NULL::jsonb, body ->> 'public_role' IS NOT DISTINCT FROM s.public_role),
        ('wikidata', NULL::jsonb, body ->> 'wikidata' IS NOT DISTINCT FROM s.wikidata)
      ) AS fact (field, otherwise, as_recorded) WHERE s.seq = changed
      UNION ALL SELECT fact.* FROM flipflop.topic AS s, LATERAL (VALUES
        ('id', NULL::jsonb, body ->> 'id' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.slug)),
        ('title', NULL::jsonb, body ->> 'title' IS NOT DISTINCT FROM s.title),
        ('proposition', NULL::jsonb, body ->> 'proposition' IS NOT DISTINCT FROM s.proposition),
        ('kind', '"proposal"'::jsonb, coalesce(body ->> 'kind', 'proposal') IS NOT DISTINCT FROM (ARRAY['proposal', 'account'])[s.kind + 1]),
        ('parent', NULL::jsonb, body ->> 'parent' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.parent)),
        ('follows', NULL::jsonb, body ->> 'follows' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.follows)),
        ('how', NULL::jsonb, body ->> 'how' IS NOT DISTINCT FROM (ARRAY['reworded', 'narrowed', 'widened', 'split', 'opposite'])[s.how + 1])
      ) AS fact (field, otherwise, as_recorded) WHERE s.seq = changed
      UNION ALL SELECT fact.* FROM flipflop.speaks_for AS s, LATERAL (VALUES
        ('surrogate', NULL::jsonb, body ->> 'surrogate' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.surrogate)),
        ('principal', NULL::jsonb, body ->> 'principal' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.principal)),
        ('since', NULL::jsonb, flipflop.micros(body #>> '{since,start}') IS NOT DISTINCT FROM s.since_from AND flipflop.micros(body #>> '{since,end}') IS NOT DISTINCT FROM s.since_until),
        ('until', NULL::jsonb, flipflop.micros(body #>> '{until,start}') IS NOT DISTINCT FROM s.until_from AND flipflop.micros(body #>> '{until,end}') IS NOT DISTINCT FROM s.until_until),
        ('topics', NULL::jsonb, body -> 'topics' IS NOT DISTINCT FROM s.topics::jsonb),
        ('source', NULL::jsonb, body -> 'source' IS NOT DISTINCT FROM s.source::jsonb)
      ) AS fact (field, otherwise, as_recorded) WHERE s.seq = changed
      UNION ALL SELECT fact.* FROM flipflop.statement AS s, LATERAL (VALUES
        ('speaker', NULL::jsonb, body ->> 'speaker' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.speaker)),
        ('text', NULL::jsonb, body ->> 'text' IS NOT DISTINCT FROM s.text),
        ('form', '"quote"'::jsonb, coalesce(body ->> 'form', 'quote') IS NOT DISTINCT FROM (ARRAY['quote', 'paraphrase', 'reported', 'act', 'condensed'])[s.form + 1]),
        ('said', NULL::jsonb, flipflop.micros(body #>> '{said,start}') IS NOT DISTINCT FROM s.said_from AND flipflop.micros(body #>> '{said,end}') IS NOT DISTINCT FROM s.said_until),
        ('source', NULL::jsonb, body #>> '{source,url}' IS NOT DISTINCT FROM s.url AND body #>> '{source,outlet}' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.outlet) AND body #>> '{source,title}' IS NOT DISTINCT FROM s.title AND body #>> '{source,author}' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.author) AND body #>> '{source,published,text}' IS NOT DISTINCT FROM s.published::jsonb ->> 0),
        ('attribution', NULL::jsonb, body -> 'attribution' IS NOT DISTINCT FROM s.attribution::jsonb),
        ('on_behalf_of', NULL::jsonb, body ->> 'on_behalf_of' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.on_behalf_of)),
        ('context', NULL::jsonb, body ->> 'context' IS NOT DISTINCT FROM s.context),
        ('responds_to', NULL::jsonb, body ->> 'responds_to' IS NOT DISTINCT FROM (SELECT encode(id, 'hex') FROM flipflop.event WHERE event.seq = s.responds_to)),
        ('language', NULL::jsonb, body ->> 'language' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.language)),
        ('question', NULL::jsonb, body -> 'question' IS NOT DISTINCT FROM s.more::jsonb -> 'question'),
        ('before', NULL::jsonb, body -> 'before' IS NOT DISTINCT FROM s.more::jsonb -> 'before'),
        ('after', NULL::jsonb, body -> 'after' IS NOT DISTINCT FROM s.more::jsonb -> 'after'),
        ('act', NULL::jsonb, body -> 'act' IS NOT DISTINCT FROM s.more::jsonb -> 'act'),
        ('reaction', NULL::jsonb, body -> 'reaction' IS NOT DISTINCT FROM s.more::jsonb -> 'reaction'),
        ('until', NULL::jsonb, body -> 'until' IS NOT DISTINCT FROM s.more::jsonb -> 'until'),
        ('extra', NULL::jsonb, body -> 'extra' IS NOT DISTINCT FROM s.more::jsonb -> 'extra')
      ) AS fact (field, otherwise, as_recorded) WHERE s.seq = changed
      UNION ALL SELECT fact.* FROM flipflop.role AS s, LATERAL (VALUES
        ('speaker', NULL::jsonb, body ->> 'speaker' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.speaker)),
        ('title', NULL::jsonb, body ->> 'title' IS NOT DISTINCT FROM s.title),
        ('organisation', NULL::jsonb, body ->> 'organisation' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.organisation)),
        ('party', NULL::jsonb, body ->> 'party' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.party)),
        ('standing', NULL::jsonb, body ->> 'standing' IS NOT DISTINCT FROM (ARRAY['office', 'opposition', 'none'])[s.standing + 1]),
        ('since', NULL::jsonb, flipflop.micros(body #>> '{since,start}') IS NOT DISTINCT FROM s.since_from AND flipflop.micros(body #>> '{since,end}') IS NOT DISTINCT FROM s.since_until),
        ('until', NULL::jsonb, flipflop.micros(body #>> '{until,start}') IS NOT DISTINCT FROM s.until_from AND flipflop.micros(body #>> '{until,end}') IS NOT DISTINCT FROM s.until_until),
        ('source', NULL::jsonb, body -> 'source' IS NOT DISTINCT FROM s.source::jsonb)
      ) AS fact (field, otherwise, as_recorded) WHERE s.seq = changed
      UNION ALL SELECT fact.* FROM flipflop.citation AS s, LATERAL (VALUES
        ('statement', NULL::jsonb, body ->> 'statement' IS NOT DISTINCT FROM (SELECT encode(id, 'hex') FROM flipflop.event WHERE event.seq = s.statement)),
        ('source', NULL::jsonb, body #>> '{source,url}' IS NOT DISTINCT FROM s.url AND body #>> '{source,outlet}' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.outlet) AND body #>> '{source,title}' IS NOT DISTINCT FROM s.title AND body #>> '{source,author}' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.author) AND body #>> '{source,published,text}' IS NOT DISTINCT FROM s.published::jsonb ->> 0),
        ('grade', NULL::jsonb, body ->> 'grade' IS NOT DISTINCT FROM (ARRAY['primary', 'reported', 'inferred'])[s.grade + 1]),
        ('match', NULL::jsonb, body ->> 'match' IS NOT DISTINCT FROM (ARRAY['verbatim', 'condensed', 'approximate', 'differs'])[s.match + 1]),
        ('by', NULL::jsonb, body ->> 'by' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.by))
      ) AS fact (field, otherwise, as_recorded) WHERE s.seq = changed
      UNION ALL SELECT fact.* FROM flipflop.reply AS s, LATERAL (VALUES
        ('speaker', NULL::jsonb, body ->> 'speaker' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.speaker)),
        ('text', NULL::jsonb, body ->> 'text' IS NOT DISTINCT FROM s.text),
        ('statement', NULL::jsonb, body ->> 'statement' IS NOT DISTINCT FROM (SELECT encode(id, 'hex') FROM flipflop.event WHERE event.seq = s.statement)),
        ('earlier', NULL::jsonb, body ->> 'earlier' IS NOT DISTINCT FROM (SELECT encode(id, 'hex') FROM flipflop.event WHERE event.seq = s.earlier)),
        ('later', NULL::jsonb, body ->> 'later' IS NOT DISTINCT FROM (SELECT encode(id, 'hex') FROM flipflop.event WHERE event.seq = s.later)),
        ('topic', NULL::jsonb, body ->> 'topic' IS NOT DISTINCT FROM (SELECT text FROM flipflop.word WHERE key = s.topic)),
        ('source', NULL::jsonb, body -> 'source' IS NOT DISTINCT FROM s.source::jsonb),
        ('asked_at', NULL::jsonb, flipflop.micros(body #>> '{asked_at,start}') IS NOT DISTINCT FROM s.asked_at_from AND flipflop.micros(body #>> '{asked_at,end}') IS NOT DISTINCT FROM s.asked_at_until),
        ('no_answer_by', NULL::jsonb, flipflop.micros(body #>> '{no_answer_by,start}') IS NOT DISTINCT FROM s.no_answer_by_from AND flipflop.micros(body #>> '{no_answer_by,end}') IS NOT DISTINCT FROM s.no_answer_by_until)
      ) AS fact (field, otherwise, as_recorded) WHERE s.seq = changed) AS fact (field, otherwise, as_recorded)
    WHERE as_recorded IS NOT TRUE AND NOT EXISTS (
      SELECT FROM (
    SELECT c.seq, c.changes::jsonb AS changes FROM flipflop.about AS a JOIN flipflop.correction AS c USING (seq)
    WHERE a.target = changed AND NOT EXISTS (SELECT FROM flipflop.gone WHERE gone.seq = a.seq)) AS correction
      WHERE changes ? field AND coalesce(body -> field, otherwise, 'null')
        = CASE WHEN changes -> field IN ('[]', '{}') THEN 'null' ELSE changes -> field END
    )
  ) OR EXISTS (
    SELECT FROM flipflop.statement WHERE statement.seq = changed AND (
      kept.said_from IS DISTINCT FROM flipflop.micros(body #>> '{said,start}')
      OR kept.said_until IS DISTINCT FROM flipflop.micros(body #>> '{said,end}')
      OR kept.speaker IS DISTINCT FROM (SELECT key FROM flipflop.word WHERE text = body ->> 'speaker')
    )
  ) THEN
    RAISE EXCEPTION 'flipflop: what % would say does not follow from the log', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END
$body$;
CREATE FUNCTION review_follows() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  changed bigint;
BEGIN
  IF (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID) THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'about' THEN
    changed := NEW.target;
  ELSIF TG_OP = 'DELETE' THEN
    changed := OLD.seq;
  ELSE
    changed := NEW.seq;
  END IF;
  IF EXISTS (SELECT FROM flipflop.review WHERE review.seq = changed) <> EXISTS (
    SELECT FROM flipflop.rests AS r JOIN flipflop.worded AS w USING (statement)
    WHERE r.judgement = changed AND r.words <> w.words
  ) THEN
    RAISE EXCEPTION 'flipflop: what % would say does not follow from the log', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END
$body$;
CREATE FUNCTION coded_follows() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  IF (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID) THEN
    RETURN NULL;
  END IF;
  IF EXISTS (
    SELECT FROM added AS a WHERE NOT EXISTS (
      SELECT FROM flipflop.coding AS c JOIN flipflop.statement AS s ON s.seq = c.statement
      WHERE c.seq = a.coding AND c.statement = a.statement AND s.speaker = a.speaker AND c.topic = a.topic
        AND s.said_from = a.said_from AND s.said_until = a.said_until AND c.stance IS NOT DISTINCT FROM a.stance
        AND c.coder = a.coder AND c.adjudicates = a.adjudicates
    )
  ) THEN
    RAISE EXCEPTION 'flipflop: what % would say does not follow from the log', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END
$body$;
CREATE FUNCTION comes_with_its_event() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  IF (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID) THEN
    RETURN NULL;
  END IF;
  IF EXISTS (
    SELECT FROM added AS a WHERE NOT EXISTS (
      SELECT FROM flipflop.event AS e
      WHERE e.seq = a.seq AND e.kind = TG_ARGV[0]::bigint AND e.xmin = pg_current_xact_id()::xid
    )
  ) THEN
    RAISE EXCEPTION 'flipflop: what % would say does not follow from the log', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END
$body$;
CREATE FUNCTION amends_in_full() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  has_body boolean;
BEGIN
  IF (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID) THEN
    RETURN NULL;
  END IF;
  CASE NEW.kind
    WHEN 6 THEN has_body := EXISTS (SELECT FROM flipflop.correction WHERE correction.seq = NEW.seq);
    WHEN 8 THEN has_body := EXISTS (SELECT FROM flipflop.retraction WHERE retraction.seq = NEW.seq);
    WHEN 9 THEN has_body := false;
    ELSE has_body := true;
  END CASE;
  IF NOT has_body OR octet_length(NEW.about) / 16 > (SELECT count(*) FROM flipflop.about WHERE about.seq = NEW.seq)
  THEN
    RAISE EXCEPTION 'flipflop: what % would say does not follow from the log', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END
$body$;
CREATE FUNCTION follows_the_clock() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  latest bigint;
BEGIN
  IF (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID) THEN
    RETURN NULL;
  END IF;
  SELECT max(recorded_at) INTO latest FROM added;
  IF latest > (extract(epoch FROM clock_timestamp())::bigint + 300) * 1000000 AND latest IS DISTINCT FROM (
    SELECT recorded_at FROM flipflop.event WHERE seq = (SELECT min(seq) - 1 FROM added)
  ) THEN
    RAISE EXCEPTION 'this machine''s clock runs ahead of the server''s, which says %: set it right, and record again',
      to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"')
      USING ERRCODE = 'datetime_field_overflow';
  END IF;
  RETURN NULL;
END
$body$;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE event ENABLE ALWAYS TRIGGER event_is_never_changed;
CREATE TRIGGER about_is_never_changed BEFORE UPDATE ON about   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE about ENABLE ALWAYS TRIGGER about_is_never_changed;
CREATE TRIGGER word_is_never_changed BEFORE UPDATE ON word   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE word ENABLE ALWAYS TRIGGER word_is_never_changed;
CREATE TRIGGER speaker_is_never_changed BEFORE UPDATE ON speaker   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE speaker ENABLE ALWAYS TRIGGER speaker_is_never_changed;
CREATE TRIGGER topic_is_never_changed BEFORE UPDATE ON topic   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE topic ENABLE ALWAYS TRIGGER topic_is_never_changed;
CREATE TRIGGER speaks_for_is_never_changed BEFORE UPDATE ON speaks_for   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE speaks_for ENABLE ALWAYS TRIGGER speaks_for_is_never_changed;
CREATE TRIGGER statement_is_never_changed BEFORE UPDATE ON statement   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE statement ENABLE ALWAYS TRIGGER statement_is_never_changed;
CREATE TRIGGER coding_is_never_changed BEFORE UPDATE ON coding   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE coding ENABLE ALWAYS TRIGGER coding_is_never_changed;
CREATE TRIGGER correction_is_never_changed BEFORE UPDATE ON correction   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE correction ENABLE ALWAYS TRIGGER correction_is_never_changed;
CREATE TRIGGER ruling_is_never_changed BEFORE UPDATE ON ruling   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE ruling ENABLE ALWAYS TRIGGER ruling_is_never_changed;
CREATE TRIGGER retraction_is_never_changed BEFORE UPDATE ON retraction   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE retraction ENABLE ALWAYS TRIGGER retraction_is_never_changed;
CREATE TRIGGER redaction_is_never_changed BEFORE UPDATE ON redaction   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE redaction ENABLE ALWAYS TRIGGER redaction_is_never_changed;
CREATE TRIGGER role_is_never_changed BEFORE UPDATE ON role   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE role ENABLE ALWAYS TRIGGER role_is_never_changed;
CREATE TRIGGER citation_is_never_changed BEFORE UPDATE ON citation   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE citation ENABLE ALWAYS TRIGGER citation_is_never_changed;
CREATE TRIGGER reply_is_never_changed BEFORE UPDATE ON reply   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE reply ENABLE ALWAYS TRIGGER reply_is_never_changed;
CREATE TRIGGER search_is_never_changed BEFORE UPDATE ON search   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE search ENABLE ALWAYS TRIGGER search_is_never_changed;
CREATE TRIGGER capture_is_never_changed BEFORE UPDATE ON capture   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE capture ENABLE ALWAYS TRIGGER capture_is_never_changed;
CREATE TRIGGER export_is_never_changed BEFORE UPDATE ON export   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE export ENABLE ALWAYS TRIGGER export_is_never_changed;
CREATE TRIGGER version_is_never_changed BEFORE UPDATE ON version   FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE version ENABLE ALWAYS TRIGGER version_is_never_changed;
CREATE TRIGGER event_is_never_emptied BEFORE TRUNCATE ON event   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE event ENABLE ALWAYS TRIGGER event_is_never_emptied;
CREATE TRIGGER about_is_never_emptied BEFORE TRUNCATE ON about   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE about ENABLE ALWAYS TRIGGER about_is_never_emptied;
CREATE TRIGGER word_is_never_emptied BEFORE TRUNCATE ON word   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE word ENABLE ALWAYS TRIGGER word_is_never_emptied;
CREATE TRIGGER speaker_is_never_emptied BEFORE TRUNCATE ON speaker   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE speaker ENABLE ALWAYS TRIGGER speaker_is_never_emptied;
CREATE TRIGGER topic_is_never_emptied BEFORE TRUNCATE ON topic   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE topic ENABLE ALWAYS TRIGGER topic_is_never_emptied;
CREATE TRIGGER speaks_for_is_never_emptied BEFORE TRUNCATE ON speaks_for   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE speaks_for ENABLE ALWAYS TRIGGER speaks_for_is_never_emptied;
CREATE TRIGGER statement_is_never_emptied BEFORE TRUNCATE ON statement   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE statement ENABLE ALWAYS TRIGGER statement_is_never_emptied;
CREATE TRIGGER coding_is_never_emptied BEFORE TRUNCATE ON coding   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE coding ENABLE ALWAYS TRIGGER coding_is_never_emptied;
CREATE TRIGGER correction_is_never_emptied BEFORE TRUNCATE ON correction   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE correction ENABLE ALWAYS TRIGGER correction_is_never_emptied;
CREATE TRIGGER ruling_is_never_emptied BEFORE TRUNCATE ON ruling   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE ruling ENABLE ALWAYS TRIGGER ruling_is_never_emptied;
CREATE TRIGGER retraction_is_never_emptied BEFORE TRUNCATE ON retraction   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE retraction ENABLE ALWAYS TRIGGER retraction_is_never_emptied;
CREATE TRIGGER redaction_is_never_emptied BEFORE TRUNCATE ON redaction   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE redaction ENABLE ALWAYS TRIGGER redaction_is_never_emptied;
CREATE TRIGGER role_is_never_emptied BEFORE TRUNCATE ON role   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE role ENABLE ALWAYS TRIGGER role_is_never_emptied;
CREATE TRIGGER citation_is_never_emptied BEFORE TRUNCATE ON citation   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE citation ENABLE ALWAYS TRIGGER citation_is_never_emptied;
CREATE TRIGGER reply_is_never_emptied BEFORE TRUNCATE ON reply   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE reply ENABLE ALWAYS TRIGGER reply_is_never_emptied;
CREATE TRIGGER search_is_never_emptied BEFORE TRUNCATE ON search   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE search ENABLE ALWAYS TRIGGER search_is_never_emptied;
CREATE TRIGGER capture_is_never_emptied BEFORE TRUNCATE ON capture   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE capture ENABLE ALWAYS TRIGGER capture_is_never_emptied;
CREATE TRIGGER gone_is_never_emptied BEFORE TRUNCATE ON gone   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE gone ENABLE ALWAYS TRIGGER gone_is_never_emptied;
CREATE TRIGGER mended_is_never_emptied BEFORE TRUNCATE ON mended   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE mended ENABLE ALWAYS TRIGGER mended_is_never_emptied;
CREATE TRIGGER worded_is_never_emptied BEFORE TRUNCATE ON worded   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE worded ENABLE ALWAYS TRIGGER worded_is_never_emptied;
CREATE TRIGGER rests_is_never_emptied BEFORE TRUNCATE ON rests   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE rests ENABLE ALWAYS TRIGGER rests_is_never_emptied;
CREATE TRIGGER review_is_never_emptied BEFORE TRUNCATE ON review   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE review ENABLE ALWAYS TRIGGER review_is_never_emptied;
CREATE TRIGGER coded_is_never_emptied BEFORE TRUNCATE ON coded   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE coded ENABLE ALWAYS TRIGGER coded_is_never_emptied;
CREATE TRIGGER setting_is_never_emptied BEFORE TRUNCATE ON setting   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE setting ENABLE ALWAYS TRIGGER setting_is_never_emptied;
CREATE TRIGGER export_is_never_emptied BEFORE TRUNCATE ON export   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE export ENABLE ALWAYS TRIGGER export_is_never_emptied;
CREATE TRIGGER version_is_never_emptied BEFORE TRUNCATE ON version   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE version ENABLE ALWAYS TRIGGER version_is_never_emptied;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE event ENABLE ALWAYS TRIGGER event_is_never_deleted;
CREATE TRIGGER export_is_never_deleted BEFORE DELETE ON export   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE export ENABLE ALWAYS TRIGGER export_is_never_deleted;
CREATE TRIGGER version_is_never_deleted BEFORE DELETE ON version   FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE version ENABLE ALWAYS TRIGGER version_is_never_deleted;
CREATE TRIGGER about_is_never_deleted BEFORE DELETE ON about   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('deleted');
ALTER TABLE about ENABLE ALWAYS TRIGGER about_is_never_deleted;
CREATE TRIGGER word_is_never_deleted BEFORE DELETE ON word   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('deleted');
ALTER TABLE word ENABLE ALWAYS TRIGGER word_is_never_deleted;
CREATE TRIGGER gone_is_never_changed BEFORE UPDATE ON gone   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('changed');
ALTER TABLE gone ENABLE ALWAYS TRIGGER gone_is_never_changed;
CREATE TRIGGER gone_is_never_deleted BEFORE DELETE ON gone   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('deleted');
ALTER TABLE gone ENABLE ALWAYS TRIGGER gone_is_never_deleted;
CREATE TRIGGER gone_is_never_added BEFORE INSERT ON gone   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('added');
ALTER TABLE gone ENABLE ALWAYS TRIGGER gone_is_never_added;
CREATE TRIGGER mended_is_never_changed BEFORE UPDATE ON mended   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('changed');
ALTER TABLE mended ENABLE ALWAYS TRIGGER mended_is_never_changed;
CREATE TRIGGER mended_is_never_deleted BEFORE DELETE ON mended   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('deleted');
ALTER TABLE mended ENABLE ALWAYS TRIGGER mended_is_never_deleted;
CREATE TRIGGER mended_is_never_added BEFORE INSERT ON mended   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('added');
ALTER TABLE mended ENABLE ALWAYS TRIGGER mended_is_never_added;
CREATE TRIGGER worded_is_never_changed BEFORE UPDATE ON worded   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('changed');
ALTER TABLE worded ENABLE ALWAYS TRIGGER worded_is_never_changed;
CREATE TRIGGER worded_is_never_deleted BEFORE DELETE ON worded   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('deleted');
ALTER TABLE worded ENABLE ALWAYS TRIGGER worded_is_never_deleted;
CREATE TRIGGER worded_is_never_added BEFORE INSERT ON worded   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('added');
ALTER TABLE worded ENABLE ALWAYS TRIGGER worded_is_never_added;
CREATE TRIGGER rests_is_never_changed BEFORE UPDATE ON rests   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('changed');
ALTER TABLE rests ENABLE ALWAYS TRIGGER rests_is_never_changed;
CREATE TRIGGER rests_is_never_deleted BEFORE DELETE ON rests   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('deleted');
ALTER TABLE rests ENABLE ALWAYS TRIGGER rests_is_never_deleted;
CREATE TRIGGER review_is_never_changed BEFORE UPDATE ON review   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('changed');
ALTER TABLE review ENABLE ALWAYS TRIGGER review_is_never_changed;
CREATE TRIGGER review_is_never_deleted BEFORE DELETE ON review   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('deleted');
ALTER TABLE review ENABLE ALWAYS TRIGGER review_is_never_deleted;
CREATE TRIGGER review_is_never_added BEFORE INSERT ON review   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('added');
ALTER TABLE review ENABLE ALWAYS TRIGGER review_is_never_added;
CREATE TRIGGER coded_is_never_changed BEFORE UPDATE ON coded   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('changed');
ALTER TABLE coded ENABLE ALWAYS TRIGGER coded_is_never_changed;
CREATE TRIGGER coded_is_never_deleted BEFORE DELETE ON coded   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('deleted');
ALTER TABLE coded ENABLE ALWAYS TRIGGER coded_is_never_deleted;
CREATE TRIGGER setting_is_never_changed BEFORE UPDATE ON setting   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('changed');
ALTER TABLE setting ENABLE ALWAYS TRIGGER setting_is_never_changed;
CREATE TRIGGER setting_is_never_deleted BEFORE DELETE ON setting   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('deleted');
ALTER TABLE setting ENABLE ALWAYS TRIGGER setting_is_never_deleted;
CREATE TRIGGER setting_is_never_added BEFORE INSERT ON setting   FOR EACH STATEMENT EXECUTE FUNCTION only_while_working('added');
ALTER TABLE setting ENABLE ALWAYS TRIGGER setting_is_never_added;
CREATE TRIGGER about_follows_from_the_log BEFORE INSERT ON about   FOR EACH ROW EXECUTE FUNCTION about_follows();
ALTER TABLE about ENABLE ALWAYS TRIGGER about_follows_from_the_log;
CREATE TRIGGER speaker_goes_only_by_redaction BEFORE DELETE ON speaker   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE speaker ENABLE ALWAYS TRIGGER speaker_goes_only_by_redaction;
CREATE TRIGGER topic_goes_only_by_redaction BEFORE DELETE ON topic   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE topic ENABLE ALWAYS TRIGGER topic_goes_only_by_redaction;
CREATE TRIGGER speaks_for_goes_only_by_redaction BEFORE DELETE ON speaks_for   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE speaks_for ENABLE ALWAYS TRIGGER speaks_for_goes_only_by_redaction;
CREATE TRIGGER statement_goes_only_by_redaction BEFORE DELETE ON statement   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE statement ENABLE ALWAYS TRIGGER statement_goes_only_by_redaction;
CREATE TRIGGER coding_goes_only_by_redaction BEFORE DELETE ON coding   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE coding ENABLE ALWAYS TRIGGER coding_goes_only_by_redaction;
CREATE TRIGGER correction_goes_only_by_redaction BEFORE DELETE ON correction   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE correction ENABLE ALWAYS TRIGGER correction_goes_only_by_redaction;
CREATE TRIGGER ruling_goes_only_by_redaction BEFORE DELETE ON ruling   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE ruling ENABLE ALWAYS TRIGGER ruling_goes_only_by_redaction;
CREATE TRIGGER retraction_goes_only_by_redaction BEFORE DELETE ON retraction   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE retraction ENABLE ALWAYS TRIGGER retraction_goes_only_by_redaction;
CREATE TRIGGER redaction_goes_only_by_redaction BEFORE DELETE ON redaction   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE redaction ENABLE ALWAYS TRIGGER redaction_goes_only_by_redaction;
CREATE TRIGGER role_goes_only_by_redaction BEFORE DELETE ON role   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE role ENABLE ALWAYS TRIGGER role_goes_only_by_redaction;
CREATE TRIGGER citation_goes_only_by_redaction BEFORE DELETE ON citation   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE citation ENABLE ALWAYS TRIGGER citation_goes_only_by_redaction;
CREATE TRIGGER reply_goes_only_by_redaction BEFORE DELETE ON reply   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE reply ENABLE ALWAYS TRIGGER reply_goes_only_by_redaction;
CREATE TRIGGER search_goes_only_by_redaction BEFORE DELETE ON search   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE search ENABLE ALWAYS TRIGGER search_goes_only_by_redaction;
CREATE TRIGGER capture_goes_only_by_redaction BEFORE DELETE ON capture   FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE capture ENABLE ALWAYS TRIGGER capture_goes_only_by_redaction;
CREATE TRIGGER event_follows AFTER INSERT ON event  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION event_follows();
ALTER TABLE event ENABLE ALWAYS TRIGGER event_follows;
CREATE CONSTRAINT TRIGGER gone_follows_from_the_log AFTER INSERT OR UPDATE OR DELETE ON gone DEFERRABLE INITIALLY DEFERRED  FOR EACH ROW EXECUTE FUNCTION gone_follows();
ALTER TABLE gone ENABLE ALWAYS TRIGGER gone_follows_from_the_log;
CREATE CONSTRAINT TRIGGER gone_follows_from_about AFTER INSERT ON about DEFERRABLE INITIALLY DEFERRED  FOR EACH ROW EXECUTE FUNCTION gone_follows();
ALTER TABLE about ENABLE ALWAYS TRIGGER gone_follows_from_about;
CREATE CONSTRAINT TRIGGER mended_follows_from_the_log AFTER INSERT OR UPDATE OR DELETE ON mended DEFERRABLE INITIALLY DEFERRED  FOR EACH ROW EXECUTE FUNCTION mended_follows();
ALTER TABLE mended ENABLE ALWAYS TRIGGER mended_follows_from_the_log;
CREATE CONSTRAINT TRIGGER mended_follows_from_about AFTER INSERT ON about DEFERRABLE INITIALLY DEFERRED  FOR EACH ROW EXECUTE FUNCTION mended_follows();
ALTER TABLE about ENABLE ALWAYS TRIGGER mended_follows_from_about;
CREATE CONSTRAINT TRIGGER review_follows_from_the_log AFTER INSERT OR UPDATE OR DELETE ON review DEFERRABLE INITIALLY DEFERRED  FOR EACH ROW EXECUTE FUNCTION review_follows();
ALTER TABLE review ENABLE ALWAYS TRIGGER review_follows_from_the_log;
CREATE TRIGGER coded_follows_from_the_log AFTER INSERT ON coded  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION coded_follows();
ALTER TABLE coded ENABLE ALWAYS TRIGGER coded_follows_from_the_log;
CREATE CONSTRAINT TRIGGER event_amends_in_full AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED  FOR EACH ROW EXECUTE FUNCTION amends_in_full();
ALTER TABLE event ENABLE ALWAYS TRIGGER event_amends_in_full;
CREATE TRIGGER event_follows_the_clock AFTER INSERT ON event  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION follows_the_clock();
ALTER TABLE event ENABLE ALWAYS TRIGGER event_follows_the_clock;
CREATE TRIGGER speaker_comes_with_its_event AFTER INSERT ON speaker  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('1');
ALTER TABLE speaker ENABLE ALWAYS TRIGGER speaker_comes_with_its_event;
CREATE TRIGGER topic_comes_with_its_event AFTER INSERT ON topic  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('2');
ALTER TABLE topic ENABLE ALWAYS TRIGGER topic_comes_with_its_event;
CREATE TRIGGER speaks_for_comes_with_its_event AFTER INSERT ON speaks_for  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('3');
ALTER TABLE speaks_for ENABLE ALWAYS TRIGGER speaks_for_comes_with_its_event;
CREATE TRIGGER statement_comes_with_its_event AFTER INSERT ON statement  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('4');
ALTER TABLE statement ENABLE ALWAYS TRIGGER statement_comes_with_its_event;
CREATE TRIGGER coding_comes_with_its_event AFTER INSERT ON coding  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('5');
ALTER TABLE coding ENABLE ALWAYS TRIGGER coding_comes_with_its_event;
CREATE TRIGGER correction_comes_with_its_event AFTER INSERT ON correction  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('6');
ALTER TABLE correction ENABLE ALWAYS TRIGGER correction_comes_with_its_event;
CREATE TRIGGER ruling_comes_with_its_event AFTER INSERT ON ruling  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('7');
ALTER TABLE ruling ENABLE ALWAYS TRIGGER ruling_comes_with_its_event;
CREATE TRIGGER retraction_comes_with_its_event AFTER INSERT ON retraction  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('8');
ALTER TABLE retraction ENABLE ALWAYS TRIGGER retraction_comes_with_its_event;
CREATE TRIGGER redaction_comes_with_its_event AFTER INSERT ON redaction  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('9');
ALTER TABLE redaction ENABLE ALWAYS TRIGGER redaction_comes_with_its_event;
CREATE TRIGGER role_comes_with_its_event AFTER INSERT ON role  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('10');
ALTER TABLE role ENABLE ALWAYS TRIGGER role_comes_with_its_event;
CREATE TRIGGER citation_comes_with_its_event AFTER INSERT ON citation  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('11');
ALTER TABLE citation ENABLE ALWAYS TRIGGER citation_comes_with_its_event;
CREATE TRIGGER reply_comes_with_its_event AFTER INSERT ON reply  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('12');
ALTER TABLE reply ENABLE ALWAYS TRIGGER reply_comes_with_its_event;
CREATE TRIGGER search_comes_with_its_event AFTER INSERT ON search  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('13');
ALTER TABLE search ENABLE ALWAYS TRIGGER search_comes_with_its_event;
CREATE TRIGGER capture_comes_with_its_event AFTER INSERT ON capture  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION comes_with_its_event('14');
ALTER TABLE capture ENABLE ALWAYS TRIGGER capture_comes_with_its_event;

CREATE VIEW speakers AS
SELECT CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.slug) ELSE ((m.body)::json #>> '{id}') END AS speaker,
  CASE WHEN m.seq IS NULL THEN b.name ELSE ((m.body)::json #>> '{name}') END AS name,
  CASE WHEN m.seq IS NULL THEN b.aliases ELSE ((m.body)::json #>> '{aliases}') END AS aliases,
  CASE WHEN m.seq IS NULL THEN CASE b.kind WHEN 0 THEN 'person' WHEN 1 THEN 'organisation' END ELSE coalesce(((m.body)::json #>> '{kind}'), 'person') END AS kind,
  CASE WHEN m.seq IS NULL THEN b.public_role ELSE ((m.body)::json #>> '{public_role}') END AS public_role,
  CASE WHEN m.seq IS NULL THEN b.wikidata ELSE ((m.body)::json #>> '{wikidata}') END AS wikidata,
  m.seq IS NOT NULL AS amended,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM speaker AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN mended AS m ON m.seq = b.seq
WHERE b.seq = (SELECT max(o.seq) FROM speaker AS o WHERE o.slug = b.slug AND o.seq NOT IN (SELECT seq FROM gone));

CREATE VIEW topics AS
SELECT CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.slug) ELSE ((m.body)::json #>> '{id}') END AS topic,
  CASE WHEN m.seq IS NULL THEN b.title ELSE ((m.body)::json #>> '{title}') END AS title,
  CASE WHEN m.seq IS NULL THEN b.proposition ELSE ((m.body)::json #>> '{proposition}') END AS proposition,
  CASE WHEN m.seq IS NULL THEN CASE b.kind WHEN 0 THEN 'proposal' WHEN 1 THEN 'account' END ELSE coalesce(((m.body)::json #>> '{kind}'), 'proposal') END AS kind,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.parent) ELSE ((m.body)::json #>> '{parent}') END AS parent,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.follows) ELSE ((m.body)::json #>> '{follows}') END AS follows,
  CASE WHEN m.seq IS NULL THEN CASE b.how WHEN 0 THEN 'reworded' WHEN 1 THEN 'narrowed' WHEN 2 THEN 'widened' WHEN 3 THEN 'split' WHEN 4 THEN 'opposite' END ELSE ((m.body)::json #>> '{how}') END AS how,
  m.seq IS NOT NULL AS amended,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM topic AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN mended AS m ON m.seq = b.seq
WHERE b.seq = (SELECT max(o.seq) FROM topic AS o WHERE o.slug = b.slug AND o.seq NOT IN (SELECT seq FROM gone));

CREATE VIEW relations AS
SELECT (SELECT encode(id, 'hex') FROM event WHERE seq = b.seq) AS speaks_for_id,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.surrogate) ELSE ((m.body)::json #>> '{surrogate}') END AS surrogate,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.principal) ELSE ((m.body)::json #>> '{principal}') END AS principal,
  CASE WHEN m.seq IS NULL THEN coalesce(b.since_text, to_char(to_timestamp(b.since_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ELSE ((m.body)::json #>> '{since,text}') END AS since,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.since_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{since,start}'), 1, 19) || 'Z' END AS since_from,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.since_until / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{since,end}'), 1, 19) || 'Z' END AS since_until,
  CASE WHEN m.seq IS NULL THEN coalesce(b.until_text, to_char(to_timestamp(b.until_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ELSE ((m.body)::json #>> '{until,text}') END AS until,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.until_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{until,start}'), 1, 19) || 'Z' END AS until_from,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.until_until / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{until,end}'), 1, 19) || 'Z' END AS until_until,
  CASE WHEN m.seq IS NULL THEN b.topics ELSE ((m.body)::json #>> '{topics}') END AS topics,
  CASE WHEN m.seq IS NULL THEN b.source ELSE ((m.body)::json #>> '{source}') END AS source,
  m.seq IS NOT NULL AS amended,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM speaks_for AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN mended AS m ON m.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone);

CREATE VIEW statements AS
SELECT (SELECT encode(id, 'hex') FROM event WHERE seq = b.seq) AS statement_id,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.speaker) ELSE ((m.body)::json #>> '{speaker}') END AS speaker,
  CASE WHEN m.seq IS NULL THEN b.text ELSE ((m.body)::json #>> '{text}') END AS text,
  CASE WHEN m.seq IS NULL THEN CASE b.form WHEN 0 THEN 'quote' WHEN 1 THEN 'paraphrase' WHEN 2 THEN 'reported' WHEN 3 THEN 'act' WHEN 4 THEN 'condensed' END ELSE coalesce(((m.body)::json #>> '{form}'), 'quote') END AS form,
  CASE WHEN m.seq IS NULL THEN coalesce(b.said_text, to_char(to_timestamp(b.said_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ELSE ((m.body)::json #>> '{said,text}') END AS said,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.said_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{said,start}'), 1, 19) || 'Z' END AS said_from,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.said_until / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{said,end}'), 1, 19) || 'Z' END AS said_until,
  CASE WHEN m.seq IS NULL THEN (((SELECT text FROM word WHERE key = b.said_how))::json #>> '{precision}') ELSE ((m.body)::json #>> '{said,precision}') END AS precision,
  CASE WHEN m.seq IS NULL THEN (((SELECT text FROM word WHERE key = b.said_how))::json #>> '{tz}') ELSE ((m.body)::json #>> '{said,tz}') END AS tz,
  CASE WHEN m.seq IS NULL THEN b.url ELSE ((m.body)::json #>> '{source,url}') END AS source_url,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.outlet) ELSE ((m.body)::json #>> '{source,outlet}') END AS source_outlet,
  CASE WHEN m.seq IS NULL THEN b.title ELSE ((m.body)::json #>> '{source,title}') END AS source_title,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.author) ELSE ((m.body)::json #>> '{source,author}') END AS source_author,
  CASE WHEN m.seq IS NULL THEN ((b.published)::json ->> 0) ELSE ((m.body)::json #>> '{source,published,text}') END AS source_published,
  CASE WHEN m.seq IS NULL THEN b.attribution ELSE ((m.body)::json #>> '{attribution}') END AS attribution,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.on_behalf_of) ELSE ((m.body)::json #>> '{on_behalf_of}') END AS on_behalf_of,
  CASE WHEN m.seq IS NULL THEN b.context ELSE ((m.body)::json #>> '{context}') END AS context,
  CASE WHEN m.seq IS NULL THEN (SELECT encode(id, 'hex') FROM event WHERE seq = b.responds_to) ELSE ((m.body)::json #>> '{responds_to}') END AS responds_to,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.language) ELSE ((m.body)::json #>> '{language}') END AS language,
  CASE WHEN m.seq IS NULL THEN ((b.more)::json #>> '{question}') ELSE ((m.body)::json #>> '{question}') END AS question,
  CASE WHEN m.seq IS NULL THEN ((b.more)::json #>> '{before}') ELSE ((m.body)::json #>> '{before}') END AS before,
  CASE WHEN m.seq IS NULL THEN ((b.more)::json #>> '{after}') ELSE ((m.body)::json #>> '{after}') END AS after,
  CASE WHEN m.seq IS NULL THEN ((b.more)::json #>> '{act}') ELSE ((m.body)::json #>> '{act}') END AS act,
  CASE WHEN m.seq IS NULL THEN ((b.more)::json #>> '{reaction}') ELSE ((m.body)::json #>> '{reaction}') END AS reaction,
  CASE WHEN m.seq IS NULL THEN ((b.more)::json #>> '{until,text}') ELSE ((m.body)::json #>> '{until,text}') END AS until,
  CASE WHEN m.seq IS NULL THEN ((b.more)::json #>> '{extra}') ELSE ((m.body)::json #>> '{extra}') END AS extra,
  m.seq IS NOT NULL AS amended,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM statement AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN mended AS m ON m.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone);

CREATE VIEW codings AS
SELECT (SELECT encode(id, 'hex') FROM event WHERE seq = b.seq) AS coding_id,
  (SELECT encode(id, 'hex') FROM event WHERE seq = b.statement) AS statement_id,
  (SELECT text FROM word WHERE key = b.topic) AS topic,
  coalesce(CASE b.stance WHEN -2 THEN 'strongly_oppose' WHEN -1 THEN 'oppose' WHEN 0 THEN 'mixed' WHEN 1 THEN 'support' WHEN 2 THEN 'strongly_support' END, 'unclear') AS stance,
  (SELECT text FROM word WHERE key = b.coder) AS coder,
  b.confidence AS confidence,
  b.rationale AS rationale,
  to_char(to_timestamp(coalesce(b.coded_at, e.recorded_at) / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS coded_at,
  b.adjudicates AS adjudicates,
  b.qualifier AS qualifier,
  b.seq IN (SELECT seq FROM review) AS needs_review,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM coding AS b JOIN event AS e ON e.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone) AND b.statement NOT IN (SELECT seq FROM gone) AND EXISTS (SELECT 1 FROM topic AS t WHERE t.slug = b.topic AND t.seq NOT IN (SELECT seq FROM gone));

CREATE VIEW rulings AS
SELECT (SELECT encode(id, 'hex') FROM event WHERE seq = b.seq) AS ruling_id,
  (SELECT encode(id, 'hex') FROM event WHERE seq = b.earlier) AS earlier,
  (SELECT encode(id, 'hex') FROM event WHERE seq = b.later) AS later,
  (SELECT text FROM word WHERE key = b.topic) AS topic,
  CASE b.outcome WHEN 0 THEN 'reversal' WHEN 1 THEN 'no_reversal' WHEN 2 THEN 'changed_circumstances' WHEN 3 THEN 'not_comparable' WHEN 4 THEN 'conflict' WHEN 5 THEN 'no_conflict' END AS outcome,
  CASE b.degree WHEN 0 THEN 'no_flip' WHEN 1 THEN 'half_flip' WHEN 2 THEN 'full_flop' END AS degree,
  CASE b.explanation WHEN 0 THEN 'acknowledged' WHEN 1 THEN 'external_event' WHEN 2 THEN 'none_found' WHEN 3 THEN 'denied' END AS explanation,
  b.innocent_reading AS innocent_reading,
  (SELECT text FROM word WHERE key = b.by) AS by,
  b.reply AS reply,
  b.note AS note,
  to_char(to_timestamp(coalesce(b.decided_at, e.recorded_at) / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS decided_at,
  CASE b.set_aside WHEN 0 THEN 'later' WHEN 1 THEN 'earlier' WHEN 2 THEN 'both' END AS set_aside,
  CASE b.framing WHEN 0 THEN 'clarification' WHEN 1 THEN 'evolution' WHEN 2 THEN 'correction' WHEN 3 THEN 'new_information' WHEN 4 THEN 'joke' WHEN 5 THEN 'denial' END AS framing,
  b.explanation_source AS explanation_source,
  b.circumstances_source AS circumstances_source,
  b.seq IN (SELECT seq FROM review) AS needs_review,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM ruling AS b JOIN event AS e ON e.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone) AND b.earlier NOT IN (SELECT seq FROM gone) AND b.later NOT IN (SELECT seq FROM gone);

CREATE VIEW roles AS
SELECT (SELECT encode(id, 'hex') FROM event WHERE seq = b.seq) AS role_id,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.speaker) ELSE ((m.body)::json #>> '{speaker}') END AS speaker,
  CASE WHEN m.seq IS NULL THEN b.title ELSE ((m.body)::json #>> '{title}') END AS title,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.organisation) ELSE ((m.body)::json #>> '{organisation}') END AS organisation,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.party) ELSE ((m.body)::json #>> '{party}') END AS party,
  CASE WHEN m.seq IS NULL THEN CASE b.standing WHEN 0 THEN 'office' WHEN 1 THEN 'opposition' WHEN 2 THEN 'none' END ELSE ((m.body)::json #>> '{standing}') END AS standing,
  CASE WHEN m.seq IS NULL THEN coalesce(b.since_text, to_char(to_timestamp(b.since_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ELSE ((m.body)::json #>> '{since,text}') END AS since,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.since_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{since,start}'), 1, 19) || 'Z' END AS since_from,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.since_until / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{since,end}'), 1, 19) || 'Z' END AS since_until,
  CASE WHEN m.seq IS NULL THEN coalesce(b.until_text, to_char(to_timestamp(b.until_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ELSE ((m.body)::json #>> '{until,text}') END AS until,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.until_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{until,start}'), 1, 19) || 'Z' END AS until_from,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.until_until / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{until,end}'), 1, 19) || 'Z' END AS until_until,
  CASE WHEN m.seq IS NULL THEN b.source ELSE ((m.body)::json #>> '{source}') END AS source,
  m.seq IS NOT NULL AS amended,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM role AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN mended AS m ON m.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone);

CREATE VIEW citations AS
SELECT (SELECT encode(id, 'hex') FROM event WHERE seq = b.seq) AS citation_id,
  CASE WHEN m.seq IS NULL THEN (SELECT encode(id, 'hex') FROM event WHERE seq = b.statement) ELSE ((m.body)::json #>> '{statement}') END AS statement_id,
  CASE WHEN m.seq IS NULL THEN b.url ELSE ((m.body)::json #>> '{source,url}') END AS source_url,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.outlet) ELSE ((m.body)::json #>> '{source,outlet}') END AS source_outlet,
  CASE WHEN m.seq IS NULL THEN b.title ELSE ((m.body)::json #>> '{source,title}') END AS source_title,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.author) ELSE ((m.body)::json #>> '{source,author}') END AS source_author,
  CASE WHEN m.seq IS NULL THEN ((b.published)::json ->> 0) ELSE ((m.body)::json #>> '{source,published,text}') END AS source_published,
  CASE WHEN m.seq IS NULL THEN CASE b.grade WHEN 0 THEN 'primary' WHEN 1 THEN 'reported' WHEN 2 THEN 'inferred' END ELSE ((m.body)::json #>> '{grade}') END AS grade,
  CASE WHEN m.seq IS NULL THEN CASE b.match WHEN 0 THEN 'verbatim' WHEN 1 THEN 'condensed' WHEN 2 THEN 'approximate' WHEN 3 THEN 'differs' END ELSE ((m.body)::json #>> '{match}') END AS match,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.by) ELSE ((m.body)::json #>> '{by}') END AS by,
  m.seq IS NOT NULL AS amended,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM citation AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN mended AS m ON m.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone) AND b.statement NOT IN (SELECT seq FROM gone);

CREATE VIEW replies AS
SELECT (SELECT encode(id, 'hex') FROM event WHERE seq = b.seq) AS reply_id,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.speaker) ELSE ((m.body)::json #>> '{speaker}') END AS speaker,
  CASE WHEN m.seq IS NULL THEN b.text ELSE ((m.body)::json #>> '{text}') END AS text,
  CASE WHEN m.seq IS NULL THEN (SELECT encode(id, 'hex') FROM event WHERE seq = b.statement) ELSE ((m.body)::json #>> '{statement}') END AS statement_id,
  CASE WHEN m.seq IS NULL THEN (SELECT encode(id, 'hex') FROM event WHERE seq = b.earlier) ELSE ((m.body)::json #>> '{earlier}') END AS earlier,
  CASE WHEN m.seq IS NULL THEN (SELECT encode(id, 'hex') FROM event WHERE seq = b.later) ELSE ((m.body)::json #>> '{later}') END AS later,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = b.topic) ELSE ((m.body)::json #>> '{topic}') END AS topic,
  CASE WHEN m.seq IS NULL THEN b.source ELSE ((m.body)::json #>> '{source}') END AS source,
  CASE WHEN m.seq IS NULL THEN coalesce(b.asked_at_text, to_char(to_timestamp(b.asked_at_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ELSE ((m.body)::json #>> '{asked_at,text}') END AS asked_at,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.asked_at_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{asked_at,start}'), 1, 19) || 'Z' END AS asked_at_from,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.asked_at_until / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{asked_at,end}'), 1, 19) || 'Z' END AS asked_at_until,
  CASE WHEN m.seq IS NULL THEN coalesce(b.no_answer_by_text, to_char(to_timestamp(b.no_answer_by_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ELSE ((m.body)::json #>> '{no_answer_by,text}') END AS no_answer_by,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.no_answer_by_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{no_answer_by,start}'), 1, 19) || 'Z' END AS no_answer_by_from,
  CASE WHEN m.seq IS NULL THEN to_char(to_timestamp(b.no_answer_by_until / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE substr(((m.body)::json #>> '{no_answer_by,end}'), 1, 19) || 'Z' END AS no_answer_by_until,
  m.seq IS NOT NULL AS amended,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM reply AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN mended AS m ON m.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone) AND (b.statement IS NULL OR b.statement NOT IN (SELECT seq FROM gone)) AND (b.earlier IS NULL OR b.earlier NOT IN (SELECT seq FROM gone)) AND (b.later IS NULL OR b.later NOT IN (SELECT seq FROM gone));

CREATE VIEW searches AS
SELECT (SELECT encode(id, 'hex') FROM event WHERE seq = b.seq) AS search_id,
  b.speakers AS speakers,
  (SELECT text FROM word WHERE key = b.topic) AS topic,
  b.places AS places,
  coalesce(b.since_text, to_char(to_timestamp(b.since_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) AS since,
  to_char(to_timestamp(b.since_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since_from,
  to_char(to_timestamp(b.since_until / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since_until,
  coalesce(b.until_text, to_char(to_timestamp(b.until_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) AS until,
  to_char(to_timestamp(b.until_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS until_from,
  to_char(to_timestamp(b.until_until / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS until_until,
  b.found AS found,
  (SELECT text FROM word WHERE key = b.by) AS by,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM search AS b JOIN event AS e ON e.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone) AND EXISTS (SELECT 1 FROM topic AS t WHERE t.slug = b.topic AND t.seq NOT IN (SELECT seq FROM gone));

CREATE VIEW captures AS
SELECT (SELECT encode(id, 'hex') FROM event WHERE seq = b.seq) AS capture_id,
  b.url AS url,
  b.sha256 AS sha256,
  (SELECT text FROM word WHERE key = b.media_type) AS media_type,
  to_char(to_timestamp(b.captured_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS captured_at,
  b.path AS path,
  (SELECT text FROM word WHERE key = b.tool) AS tool,
  b.timestamp AS timestamp,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
  (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  b.seq AS seq
FROM capture AS b JOIN event AS e ON e.seq = b.seq
WHERE b.seq NOT IN (SELECT seq FROM gone);

CREATE VIEW log AS
SELECT e.seq AS seq, encode(e.id, 'hex') AS id,
  CASE e.kind WHEN 1 THEN 'speaker' WHEN 2 THEN 'topic' WHEN 3 THEN 'speaks_for' WHEN 4 THEN 'statement' WHEN 5 THEN 'coding' WHEN 6 THEN 'correction' WHEN 7 THEN 'ruling' WHEN 8 THEN 'retraction' WHEN 9 THEN 'redaction' WHEN 10 THEN 'role' WHEN 11 THEN 'citation' WHEN 12 THEN 'reply' WHEN 13 THEN 'search' WHEN 14 THEN 'capture' END AS event,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at, (SELECT text FROM word WHERE key = e.recorded_by) AS recorded_by,
  encode(e.chain, 'hex') AS chain,
  (SELECT string_agg(encode(t.id, 'hex'), ' ') FROM about AS a JOIN event AS t ON t.seq = a.target
   WHERE a.seq = e.seq) AS about,
  CASE WHEN g.seq IS NULL THEN 'counts' WHEN g.redacted = 1 THEN 'redacted' ELSE 'withdrawn' END AS state
FROM event AS e LEFT JOIN gone AS g ON g.seq = e.seq;
ALTER TABLE word ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE speaker ALTER COLUMN name SET STATISTICS 0;
ALTER TABLE speaker ALTER COLUMN aliases SET STATISTICS 0;
ALTER TABLE speaker ALTER COLUMN public_role SET STATISTICS 0;
ALTER TABLE speaker ALTER COLUMN wikidata SET STATISTICS 0;
ALTER TABLE topic ALTER COLUMN title SET STATISTICS 0;
ALTER TABLE topic ALTER COLUMN proposition SET STATISTICS 0;
ALTER TABLE speaks_for ALTER COLUMN since_text SET STATISTICS 0;
ALTER TABLE speaks_for ALTER COLUMN until_text SET STATISTICS 0;
ALTER TABLE speaks_for ALTER COLUMN topics SET STATISTICS 0;
ALTER TABLE speaks_for ALTER COLUMN source SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN said_text SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN url SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN title SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN published SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN attribution SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN context SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN more SET STATISTICS 0;
ALTER TABLE coding ALTER COLUMN rationale SET STATISTICS 0;
ALTER TABLE coding ALTER COLUMN qualifier SET STATISTICS 0;
ALTER TABLE correction ALTER COLUMN changes SET STATISTICS 0;
ALTER TABLE correction ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE ruling ALTER COLUMN innocent_reading SET STATISTICS 0;
ALTER TABLE ruling ALTER COLUMN reply SET STATISTICS 0;
ALTER TABLE ruling ALTER COLUMN note SET STATISTICS 0;
ALTER TABLE ruling ALTER COLUMN explanation_source SET STATISTICS 0;
ALTER TABLE ruling ALTER COLUMN circumstances_source SET STATISTICS 0;
ALTER TABLE retraction ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE redaction ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE role ALTER COLUMN title SET STATISTICS 0;
ALTER TABLE role ALTER COLUMN since_text SET STATISTICS 0;
ALTER TABLE role ALTER COLUMN until_text SET STATISTICS 0;
ALTER TABLE role ALTER COLUMN source SET STATISTICS 0;
ALTER TABLE citation ALTER COLUMN url SET STATISTICS 0;
ALTER TABLE citation ALTER COLUMN title SET STATISTICS 0;
ALTER TABLE citation ALTER COLUMN published SET STATISTICS 0;
ALTER TABLE reply ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE reply ALTER COLUMN source SET STATISTICS 0;
ALTER TABLE reply ALTER COLUMN asked_at_text SET STATISTICS 0;
ALTER TABLE reply ALTER COLUMN no_answer_by_text SET STATISTICS 0;
ALTER TABLE search ALTER COLUMN speakers SET STATISTICS 0;
ALTER TABLE search ALTER COLUMN places SET STATISTICS 0;
ALTER TABLE search ALTER COLUMN since_text SET STATISTICS 0;
ALTER TABLE search ALTER COLUMN until_text SET STATISTICS 0;
ALTER TABLE search ALTER COLUMN found SET STATISTICS 0;
ALTER TABLE capture ALTER COLUMN url SET STATISTICS 0;
ALTER TABLE capture ALTER COLUMN sha256 SET STATISTICS 0;
ALTER TABLE capture ALTER COLUMN path SET STATISTICS 0;
ALTER TABLE capture ALTER COLUMN timestamp SET STATISTICS 0;
ALTER TABLE setting ALTER COLUMN name SET STATISTICS 0;
ALTER TABLE setting ALTER COLUMN value SET STATISTICS 0;
ALTER TABLE export ALTER COLUMN path SET STATISTICS 0;
ALTER TABLE mended ALTER COLUMN body SET STATISTICS 0;
INSERT INTO version (version) VALUES (3);
