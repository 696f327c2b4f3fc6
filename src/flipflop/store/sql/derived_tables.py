"""The tables that follow from the log: what does not count, how events read today, what to look at again, codings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flipflop.records.codec import canonical
from flipflop.records.reading import decode
from flipflop.store.sql.columns import KIND_NAMES, Cell, in_parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from flipflop.records.events import Event
    from flipflop.store.sql.engine import Sql


# Of "coded", the index of codings by speaker, topic and moment that serves the check at "add".
_CODED = "speaker, topic, said_from, said_until, coding, statement, stance, coder, adjudicates"
_NOTE = f"""
INSERT INTO coded ({_CODED})
SELECT s.speaker, c.topic, s.said_from, s.said_until, c.seq, c.statement, c.stance, c.coder, c.adjudicates
FROM coding AS c JOIN statement AS s ON s.seq = c.statement WHERE c.seq > ?
ORDER BY 1, 2, 3, 4, 5
"""
_MISCODED = f"""
WITH made AS (
  SELECT s.speaker, c.topic, s.said_from, s.said_until, c.seq, c.statement, c.stance, c.coder, c.adjudicates
  FROM coding AS c JOIN statement AS s ON s.seq = c.statement
)
SELECT seq FROM (SELECT * FROM made EXCEPT SELECT {_CODED} FROM coded) AS missing
UNION SELECT coding FROM (SELECT {_CODED} FROM coded EXCEPT SELECT * FROM made) AS wrong
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


class DerivedTables:
    """Reads and writes them for one connection."""

    def __init__(self, connection: Sql) -> None:
        self.sql = connection

    def gone(self, seqs: Collection[int]) -> dict[int, bool]:
        """Return those of the seqs that do not count today, and whether they are redacted."""
        found: dict[int, bool] = {}
        for part in in_parts(list(seqs)):
            marks = ", ".join("?" * len(part))
            for seq, redacted in self.sql.execute(f"SELECT seq, redacted FROM gone WHERE seq IN ({marks})", part):
                found[seq] = bool(redacted)
        return found

    def all_gone(self) -> dict[int, bool]:
        """Return all events that do not count today, and whether they are redacted."""
        return {seq: bool(redacted) for seq, redacted in self.sql.execute("SELECT seq, redacted FROM gone")}

    def set_gone(self, gone: dict[int, bool]) -> None:
        """Make the table ``gone`` say this."""
        before = self.all_gone()
        self.sql.executemany("DELETE FROM gone WHERE seq = ?", [(seq,) for seq in before.keys() - gone.keys()])
        changed = [(seq, int(out)) for seq, out in gone.items() if before.get(seq) != out]
        insert = "INSERT INTO gone (seq, redacted) VALUES (?, ?)"
        self.sql.executemany(f"{insert} ON CONFLICT (seq) DO UPDATE SET redacted = excluded.redacted", changed)

    def mended_via(self) -> dict[int, str]:
        """Return, for each event that reads otherwise than recorded, the corrections that made it so."""
        return dict(self.sql.execute("SELECT seq, via FROM mended").fetchall())

    def mended(self) -> dict[int, Event]:
        """Return the events that read otherwise than recorded, as they read today."""
        rows = self.sql.execute(
            "SELECT m.seq, e.kind, m.body FROM mended AS m JOIN event AS e ON e.seq = m.seq"
        ).fetchall()
        return {seq: decode(KIND_NAMES[kind], body) for seq, kind, body in rows}

    def set_mended(self, seq: int, via: Sequence[int], body: str, moment: tuple[Cell, Cell, Cell]) -> None:
        """Keep how an event reads today."""
        self.drop_mended(seq)
        query = "INSERT INTO mended (seq, via, body, speaker, said_from, said_until) VALUES (?, ?, ?, ?, ?, ?)"
        self.sql.execute(query, (seq, canonical(list(via)), body, *moment))

    def drop_mended(self, seq: int) -> None:
        """An event reads as recorded again, or is redacted."""
        self.sql.execute("DELETE FROM mended WHERE seq = ?", (seq,))

    def judgements(self, statement: int) -> list[int]:
        """Return the seqs of the codings and rulings about a statement."""
        query = "SELECT seq FROM coding WHERE statement = ? UNION SELECT seq FROM ruling WHERE earlier = ? OR later = ?"
        return self._seqs(query, statement, statement, statement)

    def pair(self, ruling: int) -> tuple[int, ...]:
        """Return the seqs of the statements that a coding or ruling is about."""
        query = """SELECT earlier, later FROM ruling WHERE seq = ?1
            UNION SELECT statement, statement FROM coding WHERE seq = ?1"""
        row = self.sql.execute(query, (ruling,)).fetchone()
        return tuple(row or ())

    def judged_in_vain(self, after: int) -> Iterator[tuple[int, int]]:
        """Yield codings and rulings recorded after a seq, each with a statement of theirs that does not count."""
        gone = "EXISTS (SELECT 1 FROM gone WHERE gone.seq = j.{0} AND gone.redacted = 0)"
        parts = (("coding", "statement"), ("ruling", "earlier"), ("ruling", "later"))
        query = " UNION ALL ".join(
            f"SELECT j.seq, j.{of} AS statement FROM {kind} AS j WHERE j.seq > ?1 AND {gone.format(of)}"
            for kind, of in parts
        )
        yield from self.sql.execute(f"{query} ORDER BY 1", (after,))

    def reviews(self) -> set[int]:
        """Return the seqs of the codings and rulings that need another look."""
        return set(self._seqs("SELECT seq FROM review"))

    def set_review(self, seq: int, *, needed: bool) -> None:
        """Note whether a coding or ruling needs another look."""
        insert = "INSERT INTO review (seq) VALUES (?) ON CONFLICT DO NOTHING"
        self.sql.execute(insert if needed else "DELETE FROM review WHERE seq = ?", (seq,))

    def note_coded(self, after: int) -> None:
        """Index the codings recorded after a seq by speaker, topic and moment."""
        self.sql.execute(_NOTE, (after,))

    def drop_coded(self, seqs: Sequence[int]) -> None:
        """Drop codings, and the codings of statements, from the index by speaker, topic and moment."""
        for seq in seqs:
            self.sql.execute("DELETE FROM coded WHERE coding = ?1 OR statement = ?1", (seq,))

    def coded(self, speaker: str, topic: str) -> list[tuple[Any, ...]]:
        """Return the codings that count of one speaker on one topic, as the statements read today.

        Rows: id of the statement, coding, stance, coder, adjudicates, said_from, said_until.
        """
        return self.sql.execute(POSITIONS, (speaker, topic)).fetchall()

    def miscoded(self) -> list[int]:
        """Return the codings that are missing from the index by speaker, topic and moment, or stand there wrongly."""
        return self._seqs(_MISCODED)

    def mended_moments(self) -> dict[int, tuple[Cell, Cell, Cell]]:
        """Return speaker (key), said_from and said_until of the statements that read otherwise than recorded."""
        rows = self.sql.execute("SELECT seq, speaker, said_from, said_until FROM mended")
        return {seq: (speaker, start, end) for seq, speaker, start, end in rows}

    def _seqs(self, query: str, *values: Cell) -> list[int]:
        return [seq for (seq,) in self.sql.execute(query, values)]
