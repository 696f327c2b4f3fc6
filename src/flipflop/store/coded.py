"""The SQL around ``coded``, the index of codings by speaker, topic and moment that serves the check at "add"."""

from __future__ import annotations

_COLUMNS = "speaker, topic, said_from, said_until, coding, statement, stance, coder, adjudicates"
NOTE = f"""
INSERT INTO coded ({_COLUMNS})
SELECT s.speaker, c.topic, s.said_from, s.said_until, c.seq, c.statement, c.stance, c.coder, c.adjudicates
FROM coding AS c JOIN statement AS s ON s.seq = c.statement WHERE c.seq > ?
ORDER BY 1, 2, 3, 4, 5
"""
MISCODED = f"""
WITH made AS (
  SELECT s.speaker, c.topic, s.said_from, s.said_until, c.seq, c.statement, c.stance, c.coder, c.adjudicates
  FROM coding AS c JOIN statement AS s ON s.seq = c.statement
)
SELECT seq FROM (SELECT * FROM made EXCEPT SELECT {_COLUMNS} FROM coded) AS missing
UNION SELECT coding FROM (SELECT {_COLUMNS} FROM coded EXCEPT SELECT * FROM made) AS wrong
"""
_SAID_BY = "(SELECT key FROM word WHERE text = ?1)"
_SAID_ON = "(SELECT key FROM word WHERE text = ?2)"
# The plus keeps SQLite from going through all codings in search of the few statements that are mended.
POSITIONS = f"""
SELECT e.id, c.coding, c.stance, w.text, c.adjudicates, c.said_from, c.said_until
FROM coded AS c JOIN event AS e ON e.seq = c.statement JOIN word AS w ON w.key = c.coder
WHERE c.speaker = {_SAID_BY} AND c.topic = {_SAID_ON}
  AND NOT EXISTS (SELECT 1 FROM gone WHERE seq IN (c.coding, c.statement))
  AND NOT EXISTS (SELECT 1 FROM mended AS m WHERE m.seq = c.statement)
UNION ALL
SELECT e.id, c.seq, c.stance, w.text, c.adjudicates, m.said_from, m.said_until
FROM mended AS m JOIN coding AS c ON c.statement = +m.seq
JOIN event AS e ON e.seq = c.statement JOIN word AS w ON w.key = c.coder
WHERE m.speaker = {_SAID_BY} AND c.topic = {_SAID_ON}
  AND NOT EXISTS (SELECT 1 FROM gone WHERE seq IN (c.seq, c.statement))
"""
