"""The tables that follow from the log: what does not count, how events read today, what to look at again, codings."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flipflop.records.reading import decode
from flipflop.store.sql.columns import Cell, in_parts
from flipflop.store.sql.kinds import KIND_CODES, KIND_NAMES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from flipflop.records.events import Event
    from flipflop.store.sql.engine import Sql


DERIVED = ("gone", "mended", "worded", "rests", "review", "coded")
"""The tables that can be made anew from what was recorded."""

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
_MENDED = "SELECT m.seq, e.kind, m.body FROM mended AS m JOIN event AS e ON e.seq = m.seq"
# CROSS JOIN has SQLite begin with the judgements, which are few, not with the corrected statements.
_RESTS = """
INSERT INTO rests (statement, words, judgement)
SELECT c.statement, w.words, c.seq FROM coding AS c CROSS JOIN worded AS w
WHERE c.seq > ?1 AND w.statement = c.statement
UNION ALL SELECT r.earlier, w.words, r.seq FROM ruling AS r CROSS JOIN worded AS w
WHERE r.seq > ?1 AND w.statement = r.earlier
UNION ALL SELECT r.later, w.words, r.seq FROM ruling AS r CROSS JOIN worded AS w
WHERE r.seq > ?1 AND w.statement = r.later
"""
_OTHERWISE = """SELECT 1 FROM rests AS r JOIN worded AS w ON w.statement = r.statement
WHERE r.judgement = review.seq AND r.words <> w.words"""


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

    @contextmanager
    def working(self) -> Iterator[None]:
        """Open the tables that follow from the log, and the settings, to changes: their guards refuse them else."""
        self.sql.execute("INSERT INTO working (none) VALUES (1)")
        yield
        self.sql.execute("DELETE FROM working")  # where something was raised, the transaction is undone whole

    def empty_derived(self) -> None:
        """Take out of them all that can be worked out again."""
        for table in DERIVED:
            self.sql.execute(f"DELETE FROM {table}")

    def set_gone(self, seq: int, *, redacted: bool) -> None:
        """Note that an event does not count."""
        self.drop_gone(seq)
        self.sql.execute("INSERT INTO gone (seq, redacted) VALUES (?, ?)", (seq, int(redacted)))

    def drop_gone(self, seq: int) -> None:
        """Note that an event counts again."""
        self.sql.execute("DELETE FROM gone WHERE seq = ?", (seq,))

    def standing_retractions(self, seq: int) -> Iterator[tuple[int, bool]]:
        """Yield the retractions of an event that are not withdrawn, and those that were redacted, which may be."""
        query = f"""SELECT a.seq, g.seq IS NOT NULL FROM about AS a JOIN event AS e ON e.seq = a.seq
            LEFT JOIN gone AS g ON g.seq = a.seq
            WHERE a.target = ? AND e.kind = {KIND_CODES["retraction"]} AND (g.seq IS NULL OR g.redacted = 1)
            ORDER BY 2, 1"""
        for by, redacted in self.sql.execute(query, (seq,)):
            yield by, bool(redacted)

    def mended(self) -> dict[int, Event]:
        """Return the events that read otherwise than recorded, as they read today."""
        rows = self.sql.execute(_MENDED).fetchall()
        return {seq: decode(KIND_NAMES[kind], body) for seq, kind, body in rows}

    def mended_one(self, seq: int) -> Event | None:
        """Return an event as it reads today, None where it reads as recorded."""
        row = self.sql.execute(f"{_MENDED} WHERE m.seq = ?", (seq,)).fetchone()
        return None if row is None else decode(KIND_NAMES[row[1]], row[2])

    def set_mended(self, seq: int, body: str, moment: tuple[Cell, Cell, Cell]) -> None:
        """Keep how an event reads today."""
        self.drop_mended(seq)
        query = "INSERT INTO mended (seq, body, speaker, said_from, said_until) VALUES (?, ?, ?, ?, ?)"
        self.sql.execute(query, (seq, body, *moment))

    def drop_mended(self, seq: int) -> None:
        """An event reads as recorded again, or is redacted."""
        self.sql.execute("DELETE FROM mended WHERE seq = ?", (seq,))

    # What judgements rest on

    def worded(self, statement: int) -> bytes | None:
        """Return the words and the moment with which a statement reads, None where it was never corrected."""
        row = self.sql.execute("SELECT words FROM worded WHERE statement = ?", (statement,)).fetchone()
        return None if row is None else row[0]

    def set_worded(self, statement: int, words: bytes) -> None:
        """Keep them."""
        self.sql.execute("DELETE FROM worded WHERE statement = ?", (statement,))
        self.sql.execute("INSERT INTO worded (statement, words) VALUES (?, ?)", (statement, words))

    def note_rests(self, after: int) -> None:
        """Note of judgements recorded after a seq with which words and moment they were made."""
        self.sql.execute(_RESTS, (after,))

    def set_rests(self, statement: int, rests: Iterable[tuple[bytes, int]]) -> None:
        """Keep the words with which judgements of a statement were made, in place of what was noted."""
        self.sql.execute("DELETE FROM rests WHERE statement = ?", (statement,))
        insert = "INSERT INTO rests (statement, words, judgement) VALUES (?, ?, ?)"
        self.sql.executemany(insert, [(statement, words, judgement) for words, judgement in rests])

    def reworded(self, statement: int, before: bytes, now: bytes) -> None:
        """Have looked at again what was judged of the words before, and no more what was judged of those now."""
        made = "SELECT judgement FROM rests WHERE statement = ? AND words = ?"
        self.sql.execute(f"INSERT INTO review (seq) {made} ON CONFLICT DO NOTHING", (statement, before))
        self.sql.execute(f"DELETE FROM review WHERE seq IN ({made}) AND NOT EXISTS ({_OTHERWISE})", (statement, now))

    def review_again(self, judgements: Sequence[int]) -> None:
        """Work out of some judgements whether they need another look."""
        for seq in judgements:
            self.sql.execute("DELETE FROM review WHERE seq = ?", (seq,))
            query = "INSERT INTO review (seq) SELECT DISTINCT r.judgement FROM rests AS r JOIN worded AS w"
            on = "ON w.statement = r.statement WHERE r.judgement = ? AND r.words <> w.words"
            self.sql.execute(f"{query} {on}", (seq,))

    def forget_words(self, statement: int) -> None:
        """A statement was redacted, or what corrected it."""
        self.sql.execute("DELETE FROM worded WHERE statement = ?", (statement,))
        self.set_rests(statement, ())

    def forget_judgement(self, seq: int) -> None:
        """A coding or ruling was redacted."""
        self.sql.execute("DELETE FROM rests WHERE judgement = ?", (seq,))
        self.sql.execute("DELETE FROM review WHERE seq = ?", (seq,))

    def all_worded(self) -> dict[int, bytes]:
        """Return the words and moments of all statements that were ever corrected."""
        return dict(self.sql.execute("SELECT statement, words FROM worded").fetchall())

    def all_rests(self) -> dict[tuple[int, int], bytes]:
        """Return the words with which each judgement of such a statement was made; keys: statement, judgement."""
        rows = self.sql.execute("SELECT statement, judgement, words FROM rests")
        return {(statement, judgement): words for statement, judgement, words in rows}

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
