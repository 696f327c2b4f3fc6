"""What lies around a statement in the record, found without pandas: others of its speaker then, what is recent."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from flipflop.store.sql.tables import Tables

_RECENT = 20_000
"""So many events back statements are looked through that nobody has coded: the others have an index."""

_COLUMNS = "e.id, s.seq, w.text, s.said_from, s.said_until, s.text"
_FROM = "statement AS s JOIN event AS e ON e.seq = s.seq JOIN word AS w ON w.key = s.speaker"
_THEN = "s.said_from < ?3 AND s.said_until > ?2 AND NOT EXISTS (SELECT 1 FROM gone AS g WHERE g.seq = s.seq)"
_KEY = "(SELECT key FROM word WHERE text = ?1)"
_BY_ONE = f"""
SELECT {_COLUMNS} FROM {_FROM} WHERE {_THEN} AND s.seq IN (
  SELECT c.statement FROM coded AS c WHERE c.speaker = {_KEY} AND c.said_from < ?3 AND c.said_until > ?2
  UNION SELECT r.seq FROM statement AS r WHERE r.seq > ?4 AND r.speaker = {_KEY})
ORDER BY s.seq
"""
_BY_SOME = f"""
SELECT {_COLUMNS} FROM {_FROM} WHERE {_THEN} AND s.seq <= ?1 ORDER BY s.seq
"""
_CODED_SINCE = """
SELECT w.text, t.text, e.id FROM coding AS c JOIN statement AS s ON s.seq = c.statement
JOIN event AS e ON e.seq = c.statement JOIN word AS w ON w.key = s.speaker JOIN word AS t ON t.key = c.topic
WHERE c.seq > ?1 ORDER BY c.seq
"""
_CODED_ON = "SELECT count(*) FROM (SELECT 1 FROM coding AS c WHERE c.topic = {key} LIMIT ?2) AS found"
_SPEAKS = f"""
SELECT 1 FROM speaks_for AS f WHERE {_KEY} IN (f.surrogate, f.principal)
  AND NOT EXISTS (SELECT 1 FROM gone AS g WHERE g.seq = f.seq) LIMIT 1
"""
_RULED_OR_SENT = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM ruling AS r JOIN word AS t ON t.key = r.topic WHERE t.text = ?2)
  OR EXISTS (SELECT 1 FROM correction AS m WHERE m.changes LIKE '%"on_behalf_of"%')
  OR EXISTS (
    SELECT 1 FROM coded AS c JOIN statement AS s ON s.seq = c.statement JOIN word AS w ON w.key = c.speaker
    JOIN word AS t ON t.key = c.topic WHERE w.text = ?1 AND t.text = ?2 AND s.on_behalf_of IS NOT NULL)
"""


class PlainStatement(NamedTuple):
    """A statement as it was recorded: when in microseconds since 1970, UTC, half open."""

    id: str
    seq: int
    speaker: str
    start: int
    end: int
    text: str


def by_one(tables: Tables, speaker: str, start: int, end: int) -> list[PlainStatement]:
    """Return the statements of a speaker whose moments overlap this one: those coded, and of the others recent ones."""
    rows = tables.sql.execute(_BY_ONE, (speaker, start, end, tables.last()[0] - _RECENT))
    return [PlainStatement(row[0].hex(), *row[1:]) for row in rows]


def by_some(
    tables: Tables, speakers: Collection[str], start: int, end: int, until_seq: int
) -> Iterator[PlainStatement]:
    """Yield the statements of some speakers whose moments overlap a stretch, recorded up to a seq, in that order."""
    for row in tables.sql.execute(_BY_SOME, (until_seq, start, end)):
        if row[2] in speakers:
            yield PlainStatement(row[0].hex(), *row[1:])


def is_in_a_relation(tables: Tables, speaker: str) -> bool:
    """Tell whether a speaker speaks for somebody, or somebody for them."""
    return tables.sql.execute(_SPEAKS, (speaker,)).fetchone() is not None


def is_coded_more_often(tables: Tables, topic: str, times: int) -> bool:
    """Tell whether a topic has more codings than that."""
    (found,) = tables.sql.execute(_CODED_ON.format(key=_KEY), (topic, times + 1)).fetchone()
    return int(found) > times


def is_ruled_or_sent(tables: Tables, speaker: str, topic: str) -> bool:
    """Tell whether somebody ruled on a topic, or a speaker may have spoken on it on another's behalf."""
    return tables.sql.execute(_RULED_OR_SENT, (speaker, topic)).fetchone() is not None


def coded_since(tables: Tables, seq: int) -> Iterator[tuple[str, str, str]]:
    """Yield speaker, topic and statement of the codings recorded after a seq."""
    for speaker, topic, statement in tables.sql.execute(_CODED_SINCE, (seq,)):
        yield speaker, topic, statement.hex()
