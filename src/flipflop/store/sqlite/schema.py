"""The schema of an SQLite file: its guards, how it is made, and the steps from one version to the next."""

from __future__ import annotations

from flipflop.store.sql.kinds import KIND_CODES, KINDS
from flipflop.store.sql.schema import INDEXES, TABLES
from flipflop.store.sql.views import views

PAGE_SIZE = 4096

_FINAL = "flipflop: what is recorded is never {}"

_NEVER = (
    "CREATE TRIGGER {table}_is_never_{past} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END;\n"
)


def _never(table: str, verb: str, past: str) -> str:
    return _NEVER.format(table=table, verb=verb, past=past, message=_FINAL.format(past))


_BY_HAND = "flipflop: what follows from the log, and settings, are never {} by hand"
_UNLESS_WORKING = "NOT EXISTS (SELECT 1 FROM working)"
_WHILE_WORKING = (
    "CREATE TRIGGER {table}_is_never_{past} BEFORE {verb} ON {table} WHEN "
    f"{_UNLESS_WORKING} "
    "BEGIN SELECT RAISE(ABORT, '{message}'); END;\n"
)


def _only_while_working(table: str, verb: str, past: str) -> str:
    return _WHILE_WORKING.format(table=table, verb=verb, past=past, message=_BY_HAND.format(past))


_GUARDS_OF_DERIVED = [
    _only_while_working(table, verb, past)
    for table in ("gone", "mended", "worded", "rests", "review", "coded", "setting")
    for verb, past in (("UPDATE", "changed"), ("DELETE", "deleted"), ("INSERT", "added"))
    if verb != "INSERT" or table not in ("rests", "coded")  # each append adds to these
]
_GUARDS_OF_EVENT = f"""
{_never("event", "UPDATE", "changed")}{_never("event", "DELETE", "deleted")}
CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event) OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '{_FINAL.format("replaced, and seq has no gaps")}'); END;
"""
# What a correction, retraction or redaction is about follows from what the chain covers.
_GUARDS_OF_THE_REST = f"""{_never("about", "UPDATE", "changed")}{_only_while_working("about", "DELETE", "deleted")}
CREATE TRIGGER about_follows_from_the_log BEFORE INSERT ON about
WHEN NOT EXISTS (
  SELECT 1 FROM event AS e JOIN event AS t WHERE e.seq = NEW.seq AND t.seq = NEW.target AND instr(e.about, t.id) > 0
) AND {_UNLESS_WORKING}
BEGIN SELECT RAISE(ABORT, '{_BY_HAND.format("added")}'); END;
{_never("word", "UPDATE", "changed")}{_only_while_working("word", "DELETE", "deleted")}
{_never("export", "UPDATE", "changed")}{_never("export", "DELETE", "deleted")}
{"".join(_GUARDS_OF_DERIVED)}
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


def creation() -> str:
    """Return the statements that make an empty store, outside any transaction of their own."""
    return TABLES + INDEXES + guards() + views()


_OF_VERSION_2 = {
    kind.name: ("seq", *(column.name for column in kind.columns if column.since < 3))
    for kind in KINDS.values()
    if kind.since < 3
}
_KEPT = {
    "word": ("key", "text"),
    "event": ("seq", "id", "kind", "recorded_at", "chain"),
    "about": ("target", "seq"),
    **_OF_VERSION_2,
    "setting": ("name", "value"),
    "export": ("at", "path", "head"),
}
"""The tables of versions 1 and 2 that hold what does not follow from others, and their columns."""
_VIEWS = ("statements", "topics", "speakers", "codings", "rulings", "log")


def _made_anew() -> str:
    """Return the statements that make all tables anew with what they held.

    By their own names, so that their definitions are those of a new store; what follows from the log is then worked
    out.
    """
    columns = {table: ", ".join(names) for table, names in _KEPT.items()}
    aside = [f"CREATE TEMP TABLE kept_{table} AS SELECT {columns[table]} FROM main.{table};" for table in _KEPT]
    back = [f"INSERT INTO main.{t} ({columns[t]}) SELECT {columns[t]} FROM kept_{t} ORDER BY 1;" for t in _KEPT]
    return "\n".join(
        (
            *aside,
            "CREATE TEMP TABLE kept_sequence AS SELECT name, seq FROM main.sqlite_sequence;",
            *(f"DROP VIEW IF EXISTS main.{view};" for view in _VIEWS),
            *(f"DROP TABLE main.{table};" for table in (*_KEPT, "gone", "mended", "review", "coded")),
            TABLES,
            *back,
            "DELETE FROM main.sqlite_sequence;",
            "INSERT INTO main.sqlite_sequence (name, seq) SELECT name, seq FROM kept_sequence;",
            INDEXES + guards() + views(),
            *(f"DROP TABLE temp.kept_{table};" for table in (*_KEPT, "sequence")),
            "",
        )
    )


MIGRATIONS: dict[int, str] = {
    1: "",  # version 2 differed in how ids are held apart, which version 3 makes anew
    2: _made_anew(),
}
"""From version n to n + 1: the statements to run in a transaction without foreign keys."""
