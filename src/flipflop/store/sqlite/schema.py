"""The schema of an SQLite file: its guards, how it is made, and the steps from one version to the next."""

from __future__ import annotations

from flipflop.store.sql.columns import KIND_CODES
from flipflop.store.sql.schema import EVENT, EVENT_BY_ID, INDEXES, TABLES, VERSION
from flipflop.store.sql.views import views

PAGE_SIZE = 4096

_FINAL = "flipflop: what is recorded is never {}"

_NEVER = (
    "CREATE TRIGGER {table}_is_never_{past} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END;\n"
)


def _never(table: str, verb: str, past: str) -> str:
    return _NEVER.format(table=table, verb=verb, past=past, message=_FINAL.format(past))


_GUARDS_OF_EVENT = f"""
{_never("event", "UPDATE", "changed")}{_never("event", "DELETE", "deleted")}
CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event) OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '{_FINAL.format("replaced, and seq has no gaps")}'); END;
"""
_GUARDS_OF_THE_REST = f"""{_never("about", "UPDATE", "changed")}{_never("about", "DELETE", "deleted")}
{_never("word", "UPDATE", "changed")}
CREATE TRIGGER word_is_never_replaced BEFORE INSERT ON word
WHEN EXISTS (SELECT 1 FROM word WHERE key = NEW.key) OR EXISTS (SELECT 1 FROM word WHERE text = NEW.text)
BEGIN SELECT RAISE(ABORT, '{_FINAL.format("replaced")}'); END;
"""

# A body goes only when a redaction names its event; that of a correction also when a redaction names what it corrects.
_GUARDS_OF_BODY = """
CREATE TRIGGER {kind}_is_never_changed BEFORE UPDATE ON {kind} BEGIN SELECT RAISE(ABORT, '{changed}'); END;
CREATE TRIGGER {kind}_is_never_replaced BEFORE INSERT ON {kind}
WHEN EXISTS (SELECT 1 FROM {kind} WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, '{replaced}'); END;
CREATE TRIGGER {kind}_goes_only_by_redaction BEFORE DELETE ON {kind}
WHEN NOT EXISTS (
  SELECT 1 FROM about JOIN event USING (seq) WHERE event.kind = {redaction} AND about.target IN ({targets})
)
BEGIN SELECT RAISE(ABORT, '{deleted}'); END;
"""


def guards() -> str:
    """Return the triggers that keep the log append-only."""
    bodies = [
        _GUARDS_OF_BODY.format(
            kind=kind,
            redaction=KIND_CODES["redaction"],
            targets="OLD.seq, (SELECT target FROM about AS a WHERE a.seq = OLD.seq)"
            if kind == "correction"
            else "OLD.seq",
            changed=_FINAL.format("changed"),
            replaced=_FINAL.format("replaced"),
            deleted=_FINAL.format("deleted, but for a redaction"),
        )
        for kind in KIND_CODES
    ]
    return _GUARDS_OF_EVENT + _GUARDS_OF_THE_REST + "".join(bodies)


def creation(version: int = VERSION) -> str:
    """Return the statements that make an empty store, outside any transaction of their own."""
    made = TABLES + INDEXES + guards() + views()
    if version == 1:
        made = made.replace(EVENT, EVENT.replace("id BLOB NOT NULL", "id BLOB NOT NULL UNIQUE"))
        made = made.replace(EVENT_BY_ID, "")
    return made


# Version 1 held ids apart by a constraint, whose index a bulk load cannot leave for its end. SQLite takes none off a
# table: the table is made anew, by its own name, so that its definition is that of a new store.
MIGRATIONS: dict[int, str] = {
    1: f"""
CREATE TEMP TABLE kept AS SELECT * FROM main.event;
DROP TABLE main.event;
{EVENT}
INSERT INTO event SELECT * FROM kept ORDER BY seq;
DROP TABLE kept;
{EVENT_BY_ID}{_GUARDS_OF_EVENT}"""
}
"""From version n to n + 1: the statements to run in a transaction without foreign keys."""
