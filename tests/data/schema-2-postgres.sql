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
-- UTC. chain: first 16 bytes of SHA-256 over the chain before, seq, recorded_at, id and kind.
CREATE TABLE event (
  seq bigint PRIMARY KEY,
  id bytea NOT NULL CHECK (length(id) = 16),
  kind bigint NOT NULL,
  recorded_at bigint NOT NULL,
  chain bytea NOT NULL CHECK (length(chain) = 16)
);

-- Which event a correction, retraction or redaction is about; this stays when its body goes.
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
  parent bigint REFERENCES word (key)
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
  until_how bigint REFERENCES word (key)
);

-- said_text is null where it is said_from as ISO 8601; said_how is the word for precision, zone and warnings.
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
  language bigint REFERENCES word (key)
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
  adjudicates bigint NOT NULL
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
  decided_at bigint
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

-- Corrected statements and relations as they read today, and the corrections (seqs) that made them so.
CREATE TABLE mended (
  seq bigint PRIMARY KEY,
  via text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  speaker bigint,
  said_from bigint,
  said_until bigint
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

CREATE UNIQUE INDEX event_by_id ON event (id);
CREATE INDEX coding_by_statement ON coding (statement);
CREATE INDEX speaker_by_slug ON speaker (slug);
CREATE INDEX topic_by_slug ON topic (slug);
CREATE INDEX about_by_seq ON about (seq);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RAISE EXCEPTION 'flipflop: what is recorded is never %', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END
$body$;
CREATE FUNCTION event_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  IF EXISTS (
    SELECT FROM (
      SELECT seq, id, kind, recorded_at, chain, lag(seq) OVER w AS seq_before,
        lag(recorded_at) OVER w AS recorded_before, lag(chain) OVER w AS chain_before
      FROM (
        SELECT seq, id, kind, recorded_at, chain FROM added
        UNION ALL SELECT seq, NULL, kind, recorded_at, chain FROM flipflop.event
          WHERE seq = (SELECT min(seq) - 1 FROM added)
      ) AS both_of_them
      WINDOW w AS (ORDER BY seq)
    ) AS linked
    WHERE id IS NOT NULL AND NOT (
      seq = coalesce(seq_before, 0) + 1
      AND recorded_at >= coalesce(recorded_before, recorded_at)
      AND chain = substring(sha256(
        coalesce(chain_before, decode(repeat('00', 16), 'hex')) || int8send(seq) || int8send(recorded_at) || id
        || convert_to(CASE kind WHEN 1 THEN 'speaker' WHEN 2 THEN 'topic' WHEN 3 THEN 'speaks_for' WHEN 4 THEN 'statement' WHEN 5 THEN 'coding' WHEN 6 THEN 'correction' WHEN 7 THEN 'ruling' WHEN 8 THEN 'retraction' WHEN 9 THEN 'redaction' ELSE '' END, 'UTF8')
      ) FROM 1 FOR 16)
    )
  ) THEN
    RAISE EXCEPTION 'flipflop: seq has no gaps, stamps never run backwards, and the chain holds'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END
$body$;
CREATE FUNCTION only_by_redaction() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
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
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event  FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE event ENABLE ALWAYS TRIGGER event_is_never_changed;
CREATE TRIGGER about_is_never_changed BEFORE UPDATE ON about  FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE about ENABLE ALWAYS TRIGGER about_is_never_changed;
CREATE TRIGGER word_is_never_changed BEFORE UPDATE ON word  FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE word ENABLE ALWAYS TRIGGER word_is_never_changed;
CREATE TRIGGER speaker_is_never_changed BEFORE UPDATE ON speaker  FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE speaker ENABLE ALWAYS TRIGGER speaker_is_never_changed;
CREATE TRIGGER topic_is_never_changed BEFORE UPDATE ON topic  FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE topic ENABLE ALWAYS TRIGGER topic_is_never_changed;
CREATE TRIGGER speaks_for_is_never_changed BEFORE UPDATE ON speaks_for  FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE speaks_for ENABLE ALWAYS TRIGGER speaks_for_is_never_changed;
CREATE TRIGGER statement_is_never_changed BEFORE UPDATE ON statement  FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE statement ENABLE ALWAYS TRIGGER statement_is_never_changed;
CREATE TRIGGER coding_is_never_changed BEFORE UPDATE ON coding  FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE coding ENABLE ALWAYS TRIGGER coding_is_never_changed;
CREATE TRIGGER correction_is_never_changed BEFORE UPDATE ON correction  FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE correction ENABLE ALWAYS TRIGGER correction_is_never_changed;
CREATE TRIGGER ruling_is_never_changed BEFORE UPDATE ON ruling  FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE ruling ENABLE ALWAYS TRIGGER ruling_is_never_changed;
CREATE TRIGGER retraction_is_never_changed BEFORE UPDATE ON retraction  FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE retraction ENABLE ALWAYS TRIGGER retraction_is_never_changed;
CREATE TRIGGER redaction_is_never_changed BEFORE UPDATE ON redaction  FOR EACH STATEMENT EXECUTE FUNCTION refuse('changed');
ALTER TABLE redaction ENABLE ALWAYS TRIGGER redaction_is_never_changed;
CREATE TRIGGER event_is_never_emptied BEFORE TRUNCATE ON event  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE event ENABLE ALWAYS TRIGGER event_is_never_emptied;
CREATE TRIGGER about_is_never_emptied BEFORE TRUNCATE ON about  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE about ENABLE ALWAYS TRIGGER about_is_never_emptied;
CREATE TRIGGER word_is_never_emptied BEFORE TRUNCATE ON word  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE word ENABLE ALWAYS TRIGGER word_is_never_emptied;
CREATE TRIGGER speaker_is_never_emptied BEFORE TRUNCATE ON speaker  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE speaker ENABLE ALWAYS TRIGGER speaker_is_never_emptied;
CREATE TRIGGER topic_is_never_emptied BEFORE TRUNCATE ON topic  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE topic ENABLE ALWAYS TRIGGER topic_is_never_emptied;
CREATE TRIGGER speaks_for_is_never_emptied BEFORE TRUNCATE ON speaks_for  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE speaks_for ENABLE ALWAYS TRIGGER speaks_for_is_never_emptied;
CREATE TRIGGER statement_is_never_emptied BEFORE TRUNCATE ON statement  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE statement ENABLE ALWAYS TRIGGER statement_is_never_emptied;
CREATE TRIGGER coding_is_never_emptied BEFORE TRUNCATE ON coding  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE coding ENABLE ALWAYS TRIGGER coding_is_never_emptied;
CREATE TRIGGER correction_is_never_emptied BEFORE TRUNCATE ON correction  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE correction ENABLE ALWAYS TRIGGER correction_is_never_emptied;
CREATE TRIGGER ruling_is_never_emptied BEFORE TRUNCATE ON ruling  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE ruling ENABLE ALWAYS TRIGGER ruling_is_never_emptied;
CREATE TRIGGER retraction_is_never_emptied BEFORE TRUNCATE ON retraction  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE retraction ENABLE ALWAYS TRIGGER retraction_is_never_emptied;
CREATE TRIGGER redaction_is_never_emptied BEFORE TRUNCATE ON redaction  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE redaction ENABLE ALWAYS TRIGGER redaction_is_never_emptied;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE event ENABLE ALWAYS TRIGGER event_is_never_deleted;
CREATE TRIGGER about_is_never_deleted BEFORE DELETE ON about  FOR EACH STATEMENT EXECUTE FUNCTION refuse('deleted');
ALTER TABLE about ENABLE ALWAYS TRIGGER about_is_never_deleted;
CREATE TRIGGER speaker_goes_only_by_redaction BEFORE DELETE ON speaker  FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE speaker ENABLE ALWAYS TRIGGER speaker_goes_only_by_redaction;
CREATE TRIGGER topic_goes_only_by_redaction BEFORE DELETE ON topic  FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE topic ENABLE ALWAYS TRIGGER topic_goes_only_by_redaction;
CREATE TRIGGER speaks_for_goes_only_by_redaction BEFORE DELETE ON speaks_for  FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE speaks_for ENABLE ALWAYS TRIGGER speaks_for_goes_only_by_redaction;
CREATE TRIGGER statement_goes_only_by_redaction BEFORE DELETE ON statement  FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE statement ENABLE ALWAYS TRIGGER statement_goes_only_by_redaction;
CREATE TRIGGER coding_goes_only_by_redaction BEFORE DELETE ON coding  FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE coding ENABLE ALWAYS TRIGGER coding_goes_only_by_redaction;
CREATE TRIGGER correction_goes_only_by_redaction BEFORE DELETE ON correction  FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE correction ENABLE ALWAYS TRIGGER correction_goes_only_by_redaction;
CREATE TRIGGER ruling_goes_only_by_redaction BEFORE DELETE ON ruling  FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE ruling ENABLE ALWAYS TRIGGER ruling_goes_only_by_redaction;
CREATE TRIGGER retraction_goes_only_by_redaction BEFORE DELETE ON retraction  FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE retraction ENABLE ALWAYS TRIGGER retraction_goes_only_by_redaction;
CREATE TRIGGER redaction_goes_only_by_redaction BEFORE DELETE ON redaction  FOR EACH ROW EXECUTE FUNCTION only_by_redaction();
ALTER TABLE redaction ENABLE ALWAYS TRIGGER redaction_goes_only_by_redaction;
CREATE TRIGGER event_follows AFTER INSERT ON event REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION event_follows();
ALTER TABLE event ENABLE ALWAYS TRIGGER event_follows;

CREATE VIEW statements AS
SELECT (SELECT encode(id, 'hex') FROM event WHERE seq = s.seq) AS statement_id,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = s.speaker) ELSE ((m.body)::json #>> '{speaker}') END AS speaker,
  CASE WHEN m.seq IS NULL THEN s.text ELSE ((m.body)::json #>> '{text}') END AS text,
  CASE WHEN m.seq IS NULL THEN CASE s.form WHEN 0 THEN 'quote' WHEN 1 THEN 'paraphrase' WHEN 2 THEN 'reported' WHEN 3 THEN 'act' END
    ELSE coalesce(((m.body)::json #>> '{form}'), 'quote') END AS form,
  CASE WHEN m.seq IS NULL THEN coalesce(s.said_text, to_char(to_timestamp(s.said_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ELSE ((m.body)::json #>> '{said,text}') END AS said,
  to_char(to_timestamp(coalesce(m.said_from, s.said_from) / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS said_from,
  to_char(to_timestamp(coalesce(m.said_until, s.said_until) / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS said_until,
  CASE WHEN m.seq IS NULL THEN (((SELECT text FROM word WHERE key = s.said_how))::json #>> '{precision}') ELSE ((m.body)::json #>> '{said,precision}') END AS precision,
  CASE WHEN m.seq IS NULL THEN (((SELECT text FROM word WHERE key = s.said_how))::json #>> '{tz}') ELSE ((m.body)::json #>> '{said,tz}') END AS tz,
  CASE WHEN m.seq IS NULL THEN s.url ELSE ((m.body)::json #>> '{source,url}') END AS source_url,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = s.outlet) ELSE ((m.body)::json #>> '{source,outlet}') END AS source_outlet,
  CASE WHEN m.seq IS NULL THEN s.title ELSE ((m.body)::json #>> '{source,title}') END AS source_title,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = s.author) ELSE ((m.body)::json #>> '{source,author}') END AS source_author,
  CASE WHEN m.seq IS NULL THEN (SELECT text FROM word WHERE key = s.on_behalf_of) ELSE ((m.body)::json #>> '{on_behalf_of}') END AS on_behalf_of,
  CASE WHEN m.seq IS NULL THEN s.context ELSE ((m.body)::json #>> '{context}') END AS context,
  m.seq IS NOT NULL AS amended,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at,
  s.seq AS seq
FROM statement AS s JOIN event AS e ON e.seq = s.seq LEFT JOIN mended AS m ON m.seq = s.seq
WHERE s.seq NOT IN (SELECT seq FROM gone);

CREATE VIEW topics AS
SELECT (SELECT text FROM word WHERE key = topic.slug) AS topic, title, proposition, CASE topic.kind WHEN 0 THEN 'proposal' WHEN 1 THEN 'account' END AS kind,
  (SELECT text FROM word WHERE key = topic.parent) AS parent, topic.seq AS seq
FROM topic WHERE topic.seq = (SELECT max(o.seq) FROM topic AS o WHERE o.slug = topic.slug AND o.seq NOT IN (SELECT seq FROM gone));

CREATE VIEW speakers AS
SELECT (SELECT text FROM word WHERE key = speaker.slug) AS speaker, name, aliases, CASE speaker.kind WHEN 0 THEN 'person' WHEN 1 THEN 'organisation' END AS kind,
  public_role, wikidata, speaker.seq AS seq
FROM speaker WHERE speaker.seq = (SELECT max(o.seq) FROM speaker AS o WHERE o.slug = speaker.slug AND o.seq NOT IN (SELECT seq FROM gone));

CREATE VIEW codings AS
SELECT (SELECT encode(id, 'hex') FROM event WHERE seq = c.seq) AS coding_id, (SELECT encode(id, 'hex') FROM event WHERE seq = c.statement) AS statement_id, (SELECT text FROM word WHERE key = c.topic) AS topic,
  coalesce(CASE c.stance WHEN -2 THEN 'strongly_oppose' WHEN -1 THEN 'oppose' WHEN 0 THEN 'mixed' WHEN 1 THEN 'support' WHEN 2 THEN 'strongly_support' END, 'unclear') AS stance, (SELECT text FROM word WHERE key = c.coder) AS coder, c.confidence AS confidence,
  c.rationale AS rationale, to_char(to_timestamp(coalesce(c.coded_at, e.recorded_at) / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS coded_at, c.adjudicates AS adjudicates,
  c.seq IN (SELECT seq FROM review) AS needs_review, c.seq AS seq
FROM coding AS c JOIN event AS e ON e.seq = c.seq
WHERE c.seq NOT IN (SELECT seq FROM gone) AND c.statement NOT IN (SELECT seq FROM gone)
  AND EXISTS (SELECT 1 FROM topic AS t WHERE t.slug = c.topic AND t.seq NOT IN (SELECT seq FROM gone));

CREATE VIEW rulings AS
SELECT (SELECT encode(id, 'hex') FROM event WHERE seq = r.earlier) AS earlier, (SELECT encode(id, 'hex') FROM event WHERE seq = r.later) AS later, (SELECT text FROM word WHERE key = r.topic) AS topic,
  CASE r.outcome WHEN 0 THEN 'reversal' WHEN 1 THEN 'no_reversal' WHEN 2 THEN 'changed_circumstances' WHEN 3 THEN 'not_comparable' END AS outcome, CASE r.degree WHEN 0 THEN 'no_flip' WHEN 1 THEN 'half_flip' WHEN 2 THEN 'full_flop' END AS degree,
  CASE r.explanation WHEN 0 THEN 'acknowledged' WHEN 1 THEN 'external_event' WHEN 2 THEN 'none_found' WHEN 3 THEN 'denied' END AS explanation, r.innocent_reading AS innocent_reading,
  (SELECT text FROM word WHERE key = r.by) AS by, r.reply AS reply, r.note AS note,
  to_char(to_timestamp(coalesce(r.decided_at, e.recorded_at) / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS decided_at,
  r.seq IN (SELECT seq FROM review) AS needs_review, r.seq AS seq
FROM ruling AS r JOIN event AS e ON e.seq = r.seq
WHERE r.seq NOT IN (SELECT seq FROM gone) AND r.earlier NOT IN (SELECT seq FROM gone) AND r.later NOT IN (SELECT seq FROM gone);

CREATE VIEW log AS
SELECT e.seq AS seq, encode(e.id, 'hex') AS id,
  CASE e.kind WHEN 1 THEN 'speaker' WHEN 2 THEN 'topic' WHEN 3 THEN 'speaks_for' WHEN 4 THEN 'statement' WHEN 5 THEN 'coding' WHEN 6 THEN 'correction' WHEN 7 THEN 'ruling' WHEN 8 THEN 'retraction' WHEN 9 THEN 'redaction' END AS event,
  to_char(to_timestamp(e.recorded_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS recorded_at, encode(e.chain, 'hex') AS chain,
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
ALTER TABLE statement ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN said_text SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN url SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN title SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN published SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN attribution SET STATISTICS 0;
ALTER TABLE statement ALTER COLUMN context SET STATISTICS 0;
ALTER TABLE coding ALTER COLUMN rationale SET STATISTICS 0;
ALTER TABLE correction ALTER COLUMN changes SET STATISTICS 0;
ALTER TABLE correction ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE ruling ALTER COLUMN innocent_reading SET STATISTICS 0;
ALTER TABLE ruling ALTER COLUMN reply SET STATISTICS 0;
ALTER TABLE ruling ALTER COLUMN note SET STATISTICS 0;
ALTER TABLE retraction ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE redaction ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE setting ALTER COLUMN name SET STATISTICS 0;
ALTER TABLE setting ALTER COLUMN value SET STATISTICS 0;
ALTER TABLE export ALTER COLUMN path SET STATISTICS 0;
ALTER TABLE mended ALTER COLUMN via SET STATISTICS 0;
ALTER TABLE mended ALTER COLUMN body SET STATISTICS 0;
INSERT INTO version (version) VALUES (2);
