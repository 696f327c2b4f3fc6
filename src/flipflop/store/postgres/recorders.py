"""What the server lets a recorder write: what follows from the log, as this program works it out, and nothing else.

A recorder has SQL of its own. So the server asks, of every role but the owner's, of each row when it comes or when the
transaction ends: does it follow from the log? Whoever owns the schema can take any guard down, and is asked nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.store.postgres.guard import Guard
from flipflop.store.sql.rows import CODED, RARE, REF, SAID, SOURCE, TEXT, WHEN, WORD, codes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flipflop.store.sql.rows import Field, Kind

AHEAD_SECONDS: Final = 300
"""How far the clock of a recorder's machine may run ahead of the server's."""

PLANNED: Final = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off"
"""By index, row by row: while a long batch comes in, nothing is known yet of how large the tables are."""

_OWNER: Final = """
  IF (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID) THEN
    RETURN NULL;
  END IF;"""
_WRONG: Final = """
    RAISE EXCEPTION 'flipflop: what % would say does not follow from the log', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';"""

_CHANGED: Final = """
  IF TG_TABLE_NAME = 'about' THEN
    changed := NEW.target;
  ELSIF TG_OP = 'DELETE' THEN
    changed := OLD.seq;
  ELSE
    changed := NEW.seq;
  END IF;"""

# A retraction that was redacted may stand; each is about what came before it, so that this ends.
_WITHDRAWN: Final = """
DECLARE
  by_whom bigint;
BEGIN
  FOR by_whom IN
    SELECT a.seq FROM flipflop.about AS a JOIN flipflop.event AS e USING (seq)
    WHERE a.target = $1 AND e.kind = {retraction} AND a.seq > a.target
  LOOP
    IF NOT flipflop.is_withdrawn(by_whom) THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END
"""

_GONE: Final = """
DECLARE
  changed bigint;
  one bigint;
  wanted bigint;
BEGIN{owner}{changed}
  -- And what it is about, if it is a retraction: that counts again, or no more.
  FOR one IN SELECT changed UNION SELECT target FROM flipflop.about WHERE about.seq = changed LOOP
    wanted := CASE
      WHEN EXISTS (
        SELECT FROM flipflop.about AS a JOIN flipflop.event AS e USING (seq)
        WHERE a.target = one AND e.kind = {redaction}
      ) THEN 1
      WHEN flipflop.is_withdrawn(one) THEN 0
    END;
    IF wanted IS DISTINCT FROM (SELECT redacted FROM flipflop.gone WHERE gone.seq = one) THEN{wrong}
    END IF;
  END LOOP;
  RETURN NULL;
END
"""

_STANDING: Final = """
    SELECT c.seq, c.changes::jsonb AS changes FROM flipflop.about AS a JOIN flipflop.correction AS c USING (seq)
    WHERE a.target = {} AND NOT EXISTS (SELECT FROM flipflop.gone WHERE gone.seq = a.seq)"""

_MENDED: Final = """
DECLARE
  changed bigint;
  kept flipflop.mended;
  body jsonb;
BEGIN{owner}{changed}
  SELECT * INTO kept FROM flipflop.mended WHERE mended.seq = changed;
  IF (kept.seq IS NOT NULL) <> (
    EXISTS ({standing})
    AND NOT EXISTS (SELECT FROM flipflop.event WHERE event.seq = changed AND event.kind IN ({coding}, {ruling}))
    AND NOT EXISTS (SELECT FROM flipflop.gone WHERE gone.seq = changed AND redacted = 1)
  ) THEN{wrong}
  END IF;
  IF kept.seq IS NULL OR TG_TABLE_NAME = 'about' THEN
    RETURN NULL;
  END IF;
  body := kept.body::jsonb;
  IF EXISTS (
    SELECT FROM ({facts}) AS fact (field, otherwise, as_recorded)
    WHERE as_recorded IS NOT TRUE AND NOT EXISTS (
      SELECT FROM ({standing}) AS correction
      WHERE changes ? field AND coalesce(body -> field, otherwise, 'null')
        = CASE WHEN changes -> field IN ('[]', '{{}}') THEN 'null' ELSE changes -> field END
    )
  ) OR EXISTS (
    SELECT FROM flipflop.statement WHERE statement.seq = changed AND (
      kept.said_from IS DISTINCT FROM flipflop.micros(body #>> '{{said,start}}')
      OR kept.said_until IS DISTINCT FROM flipflop.micros(body #>> '{{said,end}}')
      OR kept.speaker IS DISTINCT FROM (SELECT key FROM flipflop.word WHERE text = body ->> 'speaker')
    )
  ) THEN{wrong}
  END IF;
  RETURN NULL;
END
"""

_MICROS: Final = """
  SELECT extract(epoch FROM date_trunc('second', $1::timestamptz))::bigint * 1000000
    + extract(microseconds FROM $1::timestamptz)::bigint % 1000000
"""

_REVIEW: Final = """
DECLARE
  changed bigint;
BEGIN{owner}{changed}
  IF EXISTS (SELECT FROM flipflop.review WHERE review.seq = changed) <> EXISTS (
    SELECT FROM flipflop.rests AS r JOIN flipflop.worded AS w USING (statement)
    WHERE r.judgement = changed AND r.words <> w.words
  ) THEN{wrong}
  END IF;
  RETURN NULL;
END
"""

_CODED: Final = """
BEGIN{owner}
  IF EXISTS (
    SELECT FROM added AS a WHERE NOT EXISTS (
      SELECT FROM flipflop.coding AS c JOIN flipflop.statement AS s ON s.seq = c.statement
      WHERE c.seq = a.coding AND c.statement = a.statement AND s.speaker = a.speaker AND c.topic = a.topic
        AND s.said_from = a.said_from AND s.said_until = a.said_until AND c.stance IS NOT DISTINCT FROM a.stance
        AND c.coder = a.coder AND c.adjudicates = a.adjudicates
    )
  ) THEN{wrong}
  END IF;
  RETURN NULL;
END
"""

# A body comes with its event, in one transaction: none is put in the place of one that was redacted.
_BODY: Final = """
BEGIN{owner}
  IF EXISTS (
    SELECT FROM added AS a WHERE NOT EXISTS (
      SELECT FROM flipflop.event AS e
      WHERE e.seq = a.seq AND e.kind = TG_ARGV[0]::bigint AND e.xmin = pg_current_xact_id()::xid
    )
  ) THEN{wrong}
  END IF;
  RETURN NULL;
END
"""

_AMENDS: Final = """
DECLARE
  has_body boolean;
BEGIN{owner}
  CASE NEW.kind
    WHEN {correction} THEN has_body := EXISTS (SELECT FROM flipflop.correction WHERE correction.seq = NEW.seq);
    WHEN {retraction} THEN has_body := EXISTS (SELECT FROM flipflop.retraction WHERE retraction.seq = NEW.seq);
    WHEN {redaction} THEN has_body := false;
    ELSE has_body := true;
  END CASE;
  IF NOT has_body OR octet_length(NEW.about) / 16 > (SELECT count(*) FROM flipflop.about WHERE about.seq = NEW.seq)
  THEN{wrong}
  END IF;
  RETURN NULL;
END
"""

# A stamp that is ahead stays for ever: every later one follows it. After one that is, others may.
_CLOCK: Final = """
DECLARE
  latest bigint;
BEGIN{owner}
  SELECT max(recorded_at) INTO latest FROM added;
  IF latest > (extract(epoch FROM clock_timestamp())::bigint + {ahead}) * 1000000 AND latest IS DISTINCT FROM (
    SELECT recorded_at FROM flipflop.event WHERE seq = (SELECT min(seq) - 1 FROM added)
  ) THEN
    RAISE EXCEPTION 'this machine''s clock runs ahead of the server''s, which says %: set it right, and record again',
      to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"')
      USING ERRCODE = 'datetime_field_overflow';
  END IF;
  RETURN NULL;
END
"""


def functions(kinds: Mapping[str, Kind]) -> dict[str, str]:
    """Return the bodies of the functions of triggers, by name."""
    parts = {
        "owner": _OWNER,
        "changed": _CHANGED,
        "standing": _STANDING.format("changed"),
        "facts": "\n      UNION ALL ".join(_facts(kind) for kind in kinds.values() if kind.reads_as_mended),
        "ahead": AHEAD_SECONDS,
        "wrong": _WRONG,
    }
    numbers = {name: kind.number for name, kind in kinds.items()}
    return {name: body.format(**parts, **numbers) for name, body in _BODIES.items()}


def _facts(kind: Kind) -> str:
    """What a corrected event of a kind reads must be what was recorded, or what a correction that stands says."""
    facts = ",\n        ".join(f"('{f.name}', {_otherwise(kind, f)}, {_as_recorded(kind, f)})" for f in kind.fields)
    values = f"LATERAL (VALUES\n        {facts}\n      ) AS fact (field, otherwise, as_recorded)"
    return f"SELECT fact.* FROM flipflop.{kind.name} AS s, {values} WHERE s.seq = changed"


def _otherwise(kind: Kind, field: Field) -> str:
    """What a field that the JSON of an event leaves out says."""
    word = kind.default(field)
    return "NULL::jsonb" if word is None else f"""'"{word}"'::jsonb"""


def _as_recorded(kind: Kind, field: Field) -> str:
    """Whether a field of the JSON of an event says what the row does."""
    name, cells = field.name, [f"s.{column.name}" for column in kind.columns_of(field)]
    if field.type in RARE:
        return f"body -> '{name}' IS NOT DISTINCT FROM s.more::jsonb -> '{name}'"
    if field.type in (WHEN, SAID):
        pairs = zip(("start", "end"), cells, strict=False)
        ends = (f"flipflop.micros(body #>> '{{{name},{end}}}') IS NOT DISTINCT FROM {cell}" for end, cell in pairs)
        return " AND ".join(ends)
    if field.type is SOURCE:
        *plain, published = zip(("url", "outlet", "title", "author", "published,text"), cells, strict=True)
        told = [(part, _word(cell) if part in ("outlet", "author") else cell) for part, cell in plain]
        told.append((published[0], f"{published[1]}::jsonb ->> 0"))
        return " AND ".join(f"body #>> '{{{name},{part}}}' IS NOT DISTINCT FROM {cell}" for part, cell in told)
    return _of_one_cell(kind, field, cells[0])


def _of_one_cell(kind: Kind, field: Field, cell: str) -> str:
    said = f"body ->> '{field.name}'"
    if field.type is WORD:
        return f"{said} IS NOT DISTINCT FROM {_word(cell)}"
    if field.type is REF:
        return f"{said} IS NOT DISTINCT FROM (SELECT encode(id, 'hex') FROM flipflop.event WHERE event.seq = {cell})"
    if field.type is TEXT:
        return f"{said} IS NOT DISTINCT FROM {cell}"
    if field.type.shown == CODED:
        words = ", ".join(f"'{word}'" for word in codes_of(field.type))
        default = kind.default(field)
        left_out = said if default is None else f"coalesce({said}, '{default}')"
        return f"{left_out} IS NOT DISTINCT FROM (ARRAY[{words}])[{cell} + 1]"
    return f"body -> '{field.name}' IS NOT DISTINCT FROM {cell}::jsonb"


def _word(cell: str) -> str:
    return f"(SELECT text FROM flipflop.word WHERE key = {cell})"


_BODIES: Final = {
    "gone_follows": _GONE,
    "mended_follows": _MENDED,
    "review_follows": _REVIEW,
    "coded_follows": _CODED,
    "comes_with_its_event": _BODY,
    "amends_in_full": _AMENDS,
    "follows_the_clock": _CLOCK,
}


def helpers(codes: Mapping[str, int]) -> dict[str, tuple[str, str]]:
    """Return what those functions call, by name: its signature, and its body."""
    return {
        "is_withdrawn": ("(bigint) RETURNS boolean LANGUAGE plpgsql STABLE", _WITHDRAWN.format(**codes)),
        "micros": ("(text) RETURNS bigint LANGUAGE sql STABLE", _MICROS),
    }


def guards(codes: Mapping[str, int]) -> list[Guard]:
    """Return the triggers that ask."""
    anyhow = "AFTER INSERT OR UPDATE OR DELETE"
    added = "REFERENCING NEW TABLE AS added"
    return [
        Guard("gone_follows_from_the_log", "gone", anyhow, "ROW", "gone_follows", deferred=True),
        Guard("gone_follows_from_about", "about", "AFTER INSERT", "ROW", "gone_follows", deferred=True),
        Guard("mended_follows_from_the_log", "mended", anyhow, "ROW", "mended_follows", deferred=True),
        Guard("mended_follows_from_about", "about", "AFTER INSERT", "ROW", "mended_follows", deferred=True),
        Guard("review_follows_from_the_log", "review", anyhow, "ROW", "review_follows", deferred=True),
        Guard("coded_follows_from_the_log", "coded", "AFTER INSERT", "STATEMENT", "coded_follows", added=added),
        Guard("event_amends_in_full", "event", "AFTER INSERT", "ROW", "amends_in_full", deferred=True),
        Guard("event_follows_the_clock", "event", "AFTER INSERT", "STATEMENT", "follows_the_clock", added=added),
        *(
            Guard(
                f"{kind}_comes_with_its_event",
                kind,
                "AFTER INSERT",
                "STATEMENT",
                "comes_with_its_event",
                str(code),
                added,
            )
            for kind, code in codes.items()
        ),
    ]
