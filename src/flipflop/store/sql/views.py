"""The views: the store in words, for people with Datasette, DB Browser or psql.

Moments are ISO 8601 in UTC, to the second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flipflop.store.sql import columns as col

if TYPE_CHECKING:
    from collections.abc import Iterable


class Dialect(NamedTuple):
    """What one database writes otherwise than another: patterns, with ``{}`` where the value goes."""

    iso: str
    """Microseconds since 1970 as ISO 8601."""
    hex: str
    """Bytes as hex digits."""
    part: str
    """A part of a JSON text: the text, and the path to the part."""
    dot: str
    """What stands between the names of such a path."""
    spaced: str
    """All values of a group, with spaces between."""


SQLITE = Dialect(
    iso="strftime('%Y-%m-%dT%H:%M:%SZ', {} / 1000000, 'unixepoch')",
    hex="lower(hex({}))",
    part="json_extract({}, '$.{}')",
    dot=".",
    spaced="group_concat({}, ' ')",
)


def _word(key: str) -> str:
    return f"(SELECT text FROM word WHERE key = {key})"


def _case(code: str, words: Iterable[tuple[int | None, str]]) -> str:
    return f"CASE {code} " + " ".join(f"WHEN {number} THEN '{word}'" for number, word in words) + " END"


def _listed(code: str, words: Iterable[str]) -> str:
    return _case(code, enumerate(words))


_STANCE = _case("c.stance", [(n, w) for w, n in col.STANCES.items() if n is not None])
_COUNTS = "NOT IN (SELECT seq FROM gone)"
_LATEST = "{t}.seq = (SELECT max(o.seq) FROM {t} AS o WHERE o.slug = {t}.slug AND o.seq " + _COUNTS + ")"


def views(dialect: Dialect = SQLITE) -> str:
    """Return the statements that make the views."""

    def _iso(micros: str) -> str:
        return dialect.iso.format(micros)

    def _id(seq: str) -> str:
        return f"(SELECT {dialect.hex.format('id')} FROM event WHERE seq = {seq})"

    def _how(path: str) -> str:
        return dialect.part.format("(SELECT text FROM word WHERE key = s.said_how)", path)

    def _body(path: str) -> str:
        return dialect.part.format("m.body", path.replace(".", dialect.dot))

    def _mended(column: str, path: str) -> str:
        """A column of a statement as it reads today: from its corrected body where there is one."""
        return f"CASE WHEN m.seq IS NULL THEN {column} ELSE {_body(path)} END"

    return f"""
CREATE VIEW statements AS
SELECT {_id("s.seq")} AS statement_id,
  {_mended(_word("s.speaker"), "speaker")} AS speaker,
  {_mended("s.text", "text")} AS text,
  CASE WHEN m.seq IS NULL THEN {_listed("s.form", col.FORMS)}
    ELSE coalesce({_body("form")}, 'quote') END AS form,
  {_mended(f"coalesce(s.said_text, {_iso('s.said_from')})", "said.text")} AS said,
  {_iso("coalesce(m.said_from, s.said_from)")} AS said_from,
  {_iso("coalesce(m.said_until, s.said_until)")} AS said_until,
  {_mended(_how("precision"), "said.precision")} AS precision,
  {_mended(_how("tz"), "said.tz")} AS tz,
  {_mended("s.url", "source.url")} AS source_url,
  {_mended(_word("s.outlet"), "source.outlet")} AS source_outlet,
  {_mended("s.title", "source.title")} AS source_title,
  {_mended(_word("s.author"), "source.author")} AS source_author,
  {_mended(_word("s.on_behalf_of"), "on_behalf_of")} AS on_behalf_of,
  {_mended("s.context", "context")} AS context,
  m.seq IS NOT NULL AS amended,
  {_iso("e.recorded_at")} AS recorded_at, {_word("e.recorded_by")} AS recorded_by,
  s.seq AS seq
FROM statement AS s JOIN event AS e ON e.seq = s.seq LEFT JOIN mended AS m ON m.seq = s.seq
WHERE s.seq {_COUNTS};

CREATE VIEW topics AS
SELECT {_word("topic.slug")} AS topic, title, proposition, {_listed("topic.kind", col.TOPIC_KINDS)} AS kind,
  {_word("topic.parent")} AS parent, topic.seq AS seq
FROM topic WHERE {_LATEST.format(t="topic")};

CREATE VIEW speakers AS
SELECT {_word("speaker.slug")} AS speaker, name, aliases, {_listed("speaker.kind", col.SPEAKER_KINDS)} AS kind,
  public_role, wikidata, speaker.seq AS seq
FROM speaker WHERE {_LATEST.format(t="speaker")};

CREATE VIEW codings AS
SELECT {_id("c.seq")} AS coding_id, {_id("c.statement")} AS statement_id, {_word("c.topic")} AS topic,
  coalesce({_STANCE}, 'unclear') AS stance, {_word("c.coder")} AS coder, c.confidence AS confidence,
  c.rationale AS rationale, c.qualifier AS qualifier,
  {_iso("coalesce(c.coded_at, e.recorded_at)")} AS coded_at, c.adjudicates AS adjudicates,
  c.seq IN (SELECT seq FROM review) AS needs_review, c.seq AS seq
FROM coding AS c JOIN event AS e ON e.seq = c.seq
WHERE c.seq {_COUNTS} AND c.statement {_COUNTS}
  AND EXISTS (SELECT 1 FROM topic AS t WHERE t.slug = c.topic AND t.seq {_COUNTS});

CREATE VIEW rulings AS
SELECT {_id("r.earlier")} AS earlier, {_id("r.later")} AS later, {_word("r.topic")} AS topic,
  {_listed("r.outcome", col.OUTCOMES)} AS outcome, {_listed("r.degree", col.DEGREES)} AS degree,
  {_listed("r.explanation", col.EXPLANATIONS)} AS explanation, r.innocent_reading AS innocent_reading,
  {_listed("r.set_aside", col.ASIDES)} AS set_aside, {_word("r.by")} AS by, r.reply AS reply, r.note AS note,
  {_iso("coalesce(r.decided_at, e.recorded_at)")} AS decided_at,
  r.seq IN (SELECT seq FROM review) AS needs_review, r.seq AS seq
FROM ruling AS r JOIN event AS e ON e.seq = r.seq
WHERE r.seq {_COUNTS} AND r.earlier {_COUNTS} AND r.later {_COUNTS};

CREATE VIEW log AS
SELECT e.seq AS seq, {dialect.hex.format("e.id")} AS id,
  {_case("e.kind", col.KIND_NAMES.items())} AS event,
  {_iso("e.recorded_at")} AS recorded_at, {_word("e.recorded_by")} AS recorded_by,
  {dialect.hex.format("e.chain")} AS chain,
  (SELECT {dialect.spaced.format(dialect.hex.format("t.id"))} FROM about AS a JOIN event AS t ON t.seq = a.target
   WHERE a.seq = e.seq) AS about,
  CASE WHEN g.seq IS NULL THEN 'counts' WHEN g.redacted = 1 THEN 'redacted' ELSE 'withdrawn' END AS state
FROM event AS e LEFT JOIN gone AS g ON g.seq = e.seq;
"""
