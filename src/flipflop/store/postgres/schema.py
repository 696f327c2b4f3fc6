"""The PostgreSQL schema: the tables of SQLite in PostgreSQL's types, its guards, and what each role may do."""

from __future__ import annotations

import re

from flipflop.store import backend
from flipflop.store.postgres import recorders
from flipflop.store.postgres.guard import Guard
from flipflop.store.sql import schema
from flipflop.store.sql.kinds import ABOUT_KINDS, KIND_CODES, KINDS
from flipflop.store.sql.views import Dialect, views

SCHEMA = "flipflop"
MINIMUM_SERVER = 130000
POSTGRES = Dialect(
    iso="""to_char(to_timestamp({} / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')""",
    hex="encode({}, 'hex')",
    part="(({})::json #>> '{{{}}}')",
    dot=",",
    first="(({})::json ->> 0)",
    spaced="string_agg({}, ' ')",
)

# Texts are compared by their bytes, so that no index depends on the locale of the machine. A word may be longer than an
# entry of a B-tree, so a hash index keeps words apart.
_TYPES = (
    (r"key INTEGER PRIMARY KEY AUTOINCREMENT", "key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    (r"text TEXT NOT NULL UNIQUE", 'text text COLLATE "C" NOT NULL, EXCLUDE USING hash (text WITH =)'),
    (r"\bINTEGER\b", "bigint"),
    (r"\bBLOB\b", "bytea"),
    (r"\bTEXT\b", 'text COLLATE "C"'),
    (r"\bANY\b", "json"),
    (r"\) STRICT(, WITHOUT ROWID)?;", ");"),
)

_OWN = """
-- The version of this schema: the last row holds.
CREATE TABLE version (
  version bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);

-- Locked by whoever writes, so that writers wait in turn; always empty.
CREATE TABLE turn (
  none bigint
);
"""

_KIND = "CASE kind " + " ".join(f"WHEN {code} THEN '{kind}'" for kind, code in KIND_CODES.items()) + " ELSE '' END"

FUNCTIONS = {
    "refuse": """
BEGIN
  RAISE EXCEPTION 'flipflop: what is recorded is never %', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END
""",
    # The chain is made anew by the server: a role that can only insert cannot leave a gap or break it.
    "event_follows": f"""
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
        || convert_to({_KIND}, 'UTF8') || coalesce(about, '')
      ) FROM 1 FOR 16)
    )
  ) THEN
    RAISE EXCEPTION 'flipflop: seq has no gaps, stamps never run backwards, and the chain holds'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END
""",
    "only_while_working": """
BEGIN
  IF NOT EXISTS (SELECT FROM flipflop.working) THEN
    RAISE EXCEPTION 'flipflop: what follows from the log, and settings, are never % by hand', TG_ARGV[0]
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END
""",
    # Where version 2 or earlier recorded it, only the body says what an event is about.
    "about_follows": f"""
BEGIN
  IF EXISTS (
    SELECT FROM flipflop.event AS e, flipflop.event AS t WHERE e.seq = NEW.seq AND t.seq = NEW.target
      AND e.kind IN ({", ".join(str(KIND_CODES[kind]) for kind in sorted(ABOUT_KINDS))})
      AND (e.about IS NULL OR position(t.id IN e.about) > 0)
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'flipflop: what follows from the log, and settings, are never added by hand'
    USING ERRCODE = 'integrity_constraint_violation';
END
""",
    "only_by_redaction": f"""
BEGIN
  IF EXISTS (
    SELECT FROM flipflop.about JOIN flipflop.event USING (seq)
    WHERE event.kind = {KIND_CODES["redaction"]} AND (about.target = OLD.seq OR TG_TABLE_NAME = 'correction'
      AND about.target IN (SELECT a.target FROM flipflop.about AS a WHERE a.seq = OLD.seq))
  ) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'flipflop: what is recorded is never deleted, but for a redaction'
    USING ERRCODE = 'integrity_constraint_violation';
END
""",
    **recorders.functions(KINDS),
}
HELPERS = recorders.helpers(KIND_CODES)
"""What the functions of triggers call: signature and body by name."""


LOG = ("event", "about", "word", *KIND_CODES)
DERIVED = ("gone", "mended", "worded", "rests", "review", "working")
"""Made anew from the log, and so no record: who appends retractions and corrections writes them."""

_BY_PROGRAM = (*DERIVED[:-1], "coded", "setting")
"""What nobody changes but flipflop itself, while there is a row in ``working``."""
_NO_DELETE = ("event", "export", "version")
_NO_UPDATE = (*LOG, "export", "version")
_NO_TRUNCATE = (*LOG, *_BY_PROGRAM, "export", "version")

ROLES = ("reader", "recorder")


def guards() -> list[Guard]:
    """Return the triggers that keep the log append-only."""
    added = "REFERENCING NEW TABLE AS added"
    return [
        *(Guard(f"{t}_is_never_changed", t, "BEFORE UPDATE", "STATEMENT", "refuse", "changed") for t in _NO_UPDATE),
        *(Guard(f"{t}_is_never_emptied", t, "BEFORE TRUNCATE", "STATEMENT", "refuse", "deleted") for t in _NO_TRUNCATE),
        *(Guard(f"{t}_is_never_deleted", t, "BEFORE DELETE", "STATEMENT", "refuse", "deleted") for t in _NO_DELETE),
        *(
            Guard(f"{table}_is_never_{past}", table, f"BEFORE {verb}", "STATEMENT", "only_while_working", past)
            for table in ("about", "word", *_BY_PROGRAM)
            for verb, past in (("UPDATE", "changed"), ("DELETE", "deleted"), ("INSERT", "added"))
            if (table in _BY_PROGRAM or verb == "DELETE") and (table not in ("rests", "coded") or verb != "INSERT")
        ),
        Guard("about_follows_from_the_log", "about", "BEFORE INSERT", "ROW", "about_follows"),
        *(Guard(f"{t}_goes_only_by_redaction", t, "BEFORE DELETE", "ROW", "only_by_redaction") for t in KIND_CODES),
        Guard("event_follows", "event", "AFTER INSERT", "STATEMENT", "event_follows", added=added),
        *recorders.guards(KIND_CODES),
    ]


def tables() -> str:
    """Return the statements that make the tables and their indexes."""
    return _OWN + _in_its_types(schema.TABLES + schema.INDEXES)


def _in_its_types(made: str) -> str:
    for pattern, replacement in _TYPES:
        made = re.sub(pattern, replacement, made)
    return made


def derived_tables() -> str:
    """Return the statements that make the tables that follow from the log, where they are not there."""
    found = (re.search(rf"CREATE TABLE {table} \(.*?;", schema.TABLES, re.DOTALL) for table in (*DERIVED, "coded"))
    made = "\n".join(one[0] for one in found if one) + "\n" + _indexes()
    return _in_its_types(made).replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS")


def _indexes() -> str:
    return re.sub(r"CREATE( UNIQUE)? INDEX", r"CREATE\1 INDEX IF NOT EXISTS", schema.INDEXES)


def _new_since(version: int) -> str:
    """Return the statements that make the columns and tables of kinds that a version was the first to have."""
    columns = ((kind.name, column) for kind in KINDS.values() if kind.since < version for column in kind.columns)
    added = "".join(f"ALTER TABLE {n} ADD COLUMN {c.definition};\n" for n, c in columns if c.since == version)
    kinds = [kind for kind in KINDS.values() if kind.since == version]
    return _in_its_types(added + schema.bodies(kinds))


def functions() -> str:
    """Return the statements that make the functions of the triggers; no search path of a caller leads them astray."""
    asking = recorders.functions(KINDS)
    made = [(f"{name}{signature}", body) for name, (signature, body) in HELPERS.items()]
    made += [
        (f"{name}() RETURNS trigger LANGUAGE plpgsql {recorders.PLANNED if name in asking else ''}", body)
        for name, body in FUNCTIONS.items()
    ]
    return "".join(
        f"CREATE FUNCTION {head} SET search_path = pg_catalog, pg_temp AS $body${body}$body$;\n" for head, body in made
    )


def creation() -> str:
    """Return the statements that make an empty store, in one transaction with ``SCHEMA`` first on the search path."""
    guarded = "".join(guard.creation() for guard in guards())
    return (
        f"CREATE SCHEMA {SCHEMA};\n{tables()}{functions()}{guarded}{views(POSTGRES)}{_without_samples()}"
        f"INSERT INTO version (version) VALUES ({backend.VERSION});\n"
    )


def _without_samples() -> str:
    """Have ANALYZE keep no samples of texts: they would outlive a redaction, where nobody looks."""
    found = []
    for table, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\n\)", schema.TABLES, re.DOTALL):
        found += [(table, column) for column in re.findall(r"^  (\w+) TEXT\b", body, re.MULTILINE)]
    return "".join(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0;\n" for table, column in found)


def grants(role: str, quoted: str) -> str:
    """Return the statements that let a role (``quoted`` as SQL) read, or read and append."""
    reading = (
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO {quoted}; GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {quoted};"
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {SCHEMA} GRANT SELECT ON TABLES TO {quoted};"
    )
    if role == "reader":
        return reading
    # The key of a word is the server's to give: who takes keys would be in everybody's way.
    logged = ", ".join(table for table in (*LOG, "coded", "export") if table != "word")
    return (
        f"{reading}GRANT INSERT ON {logged} TO {quoted};"
        f"REVOKE INSERT ON word FROM {quoted}; GRANT INSERT (text) ON word TO {quoted};"
        f"GRANT INSERT, UPDATE, DELETE ON {', '.join(DERIVED)} TO {quoted}; GRANT UPDATE ON turn TO {quoted};"
    )


_FUNCTIONS_OF_VERSION_2 = ("refuse", "event_follows", "only_by_redaction")
_VIEWS = ("statements", "topics", "speakers", "codings", "rulings", "log")

MIGRATIONS: dict[int, str] = {
    1: "CREATE UNIQUE INDEX event_by_id ON event (id); ALTER TABLE event DROP CONSTRAINT event_id_key;",
    2: "".join(f"DROP FUNCTION {name}() CASCADE;\n" for name in _FUNCTIONS_OF_VERSION_2)
    + "".join(f"DROP VIEW {name};\n" for name in _VIEWS)
    + """DROP TABLE mended;
ALTER TABLE event ADD COLUMN recorded_by bigint REFERENCES word (key), ADD COLUMN about bytea;
"""
    + _new_since(3)
    + derived_tables()
    + functions()
    + "".join(guard.creation() for guard in guards())
    + views(POSTGRES)
    + _without_samples(),
}
"""From version n to n + 1, as for SQLite: the statements to run."""
