"""The PostgreSQL schema: the tables of SQLite in PostgreSQL's types, its guards, and what each role may do."""

from __future__ import annotations

import re
from typing import NamedTuple

from flipflop.store.sql import schema
from flipflop.store.sql.columns import KIND_CODES
from flipflop.store.sql.views import Dialect, views

SCHEMA = "flipflop"
MINIMUM_SERVER = 130000
MIGRATIONS: dict[int, str] = {
    1: "CREATE UNIQUE INDEX event_by_id ON event (id); ALTER TABLE event DROP CONSTRAINT event_id_key;"
}
"""From version n to n + 1, as for SQLite: the statements to run."""

POSTGRES = Dialect(
    iso="""to_char(to_timestamp({} / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')""",
    hex="encode({}, 'hex')",
    part="(({})::json #>> '{{{}}}')",
    dot=",",
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
        || convert_to({_KIND}, 'UTF8')
      ) FROM 1 FOR 16)
    )
  ) THEN
    RAISE EXCEPTION 'flipflop: seq has no gaps, stamps never run backwards, and the chain holds'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
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
}


LOG = ("event", "about", "word", *KIND_CODES)
DERIVED = ("gone", "mended", "review")
"""Made anew from the log by ``verify``, and so no record: who appends retractions and corrections writes them."""

ROLES = ("reader", "recorder")


class Guard(NamedTuple):
    """One trigger."""

    name: str
    table: str
    when: str
    each: str
    function: str
    argument: str | None = None
    added: str = ""

    def creation(self) -> str:
        """Return the statements that make it, so that it fires even where a session says it only replicates."""
        given = f"'{self.argument}'" if self.argument else ""
        return (
            f"CREATE TRIGGER {self.name} {self.when} ON {self.table} {self.added} FOR EACH {self.each} "
            f"EXECUTE FUNCTION {self.function}({given});\n"
            f"ALTER TABLE {self.table} ENABLE ALWAYS TRIGGER {self.name};\n"
        )


def guards() -> list[Guard]:
    """Return the triggers that keep the log append-only."""
    added = "REFERENCING NEW TABLE AS added"
    return [
        *(Guard(f"{t}_is_never_changed", t, "BEFORE UPDATE", "STATEMENT", "refuse", "changed") for t in LOG),
        *(Guard(f"{t}_is_never_emptied", t, "BEFORE TRUNCATE", "STATEMENT", "refuse", "deleted") for t in LOG),
        *(Guard(f"{t}_is_never_deleted", t, "BEFORE DELETE", "STATEMENT", "refuse", "deleted") for t in LOG[:2]),
        *(Guard(f"{t}_goes_only_by_redaction", t, "BEFORE DELETE", "ROW", "only_by_redaction") for t in KIND_CODES),
        Guard("event_follows", "event", "AFTER INSERT", "STATEMENT", "event_follows", added=added),
    ]


def tables() -> str:
    """Return the statements that make the tables and their indexes."""
    made = schema.TABLES + schema.INDEXES
    for pattern, replacement in _TYPES:
        made = re.sub(pattern, replacement, made)
    return _OWN + made


def functions() -> str:
    """Return the statements that make the functions of the triggers; no search path of a caller leads them astray."""
    return "".join(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp "
        f"AS $body${body}$body$;\n"
        for name, body in FUNCTIONS.items()
    )


def creation() -> str:
    """Return the statements that make an empty store, in one transaction with ``SCHEMA`` first on the search path."""
    guarded = "".join(guard.creation() for guard in guards())
    return (
        f"CREATE SCHEMA {SCHEMA};\n{tables()}{functions()}{guarded}{views(POSTGRES)}{_without_samples()}"
        f"INSERT INTO version (version) VALUES ({schema.VERSION});\n"
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
    return (
        f"{reading}GRANT INSERT ON {', '.join((*LOG, 'coded', 'export'))} TO {quoted};"
        f"GRANT INSERT, UPDATE, DELETE ON {', '.join(DERIVED)} TO {quoted}; GRANT UPDATE ON turn TO {quoted};"
    )
