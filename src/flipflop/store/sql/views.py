"""The views: the store in words, for people with Datasette, DB Browser or psql.

Moments are ISO 8601 in UTC, to the second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flipflop.store.sql.kinds import DECLARED, KIND_CODES, KINDS
from flipflop.store.sql.rows import REF, codes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from enum import StrEnum

    from flipflop.store.sql.rows import Field, Kind, Shown


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
    first: str
    """The first of a JSON list."""
    spaced: str
    """All values of a group, with spaces between."""


SQLITE = Dialect(
    iso="strftime('%Y-%m-%dT%H:%M:%SZ', {} / 1000000, 'unixepoch')",
    hex="lower(hex({}))",
    part="json_extract({}, '$.{}')",
    dot=".",
    first="json_extract({}, '$[0]')",
    spaced="group_concat({}, ' ')",
)


_COUNTS = "NOT IN (SELECT seq FROM gone)"


_NUMBER = "CAST(CAST({} AS text) AS double precision)"


def views(dialect: Dialect = SQLITE) -> str:
    """Return the statements that make the views."""
    teller = _Teller(dialect)
    return "".join(_view(kind, teller) for kind in KINDS.values() if kind.view) + _log(teller)


def _view(kind: Kind, teller: _Teller) -> str:
    """What counts of one kind, corrections applied, as this reads in words."""
    columns = ",\n  ".join(f"{column} AS {name}" for name, column in teller.columns(kind))
    conditions = [f"b.seq {_COUNTS}", *(_stands(kind, field) for field in kind.under)]
    if kind.name in DECLARED:
        same = f"SELECT max(o.seq) FROM {kind.name} AS o WHERE o.slug = b.slug AND o.seq {_COUNTS}"
        conditions = [f"b.seq = ({same})"]
    source = f"{kind.name} AS b JOIN event AS e ON e.seq = b.seq"
    if kind.remedy is None:
        source += " LEFT JOIN mended AS m ON m.seq = b.seq"
    return f"\nCREATE VIEW {kind.view} AS\nSELECT {columns}\nFROM {source}\nWHERE {' AND '.join(conditions)};\n"


def _stands(kind: Kind, under: str) -> str:
    """That the event, or a topic, counts without which one of this kind does not count."""
    field = next(field for field in kind.fields if field.name == under)
    if field.type is REF:
        counts = f"b.{under} {_COUNTS}"
        return f"(b.{under} IS NULL OR {counts})" if kind.may_be_none(field) else counts
    declared = f"SELECT 1 FROM {field.mentions} AS t WHERE t.slug = b.{under} AND t.seq {_COUNTS}"
    return f"EXISTS ({declared})"


class _Teller:
    """Tells the columns of a kind in the words of one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def columns(self, kind: Kind) -> Iterator[tuple[str, str]]:
        """Yield name and expression of each column of a view."""
        if kind.name not in DECLARED:
            yield f"{kind.name}_id", self.id("b.seq")
        for field in kind.fields:
            for shown in field.type.shown:
                yield _name(shown, field, kind), self._as_it_reads(shown, field, kind)
        if kind.remedy is None:
            yield "amended", "m.seq IS NOT NULL"
        if kind.judges:
            yield "needs_review", "b.seq IN (SELECT seq FROM review)"
        yield "recorded_at", self.iso("e.recorded_at")
        yield "recorded_by", _word("e.recorded_by")
        yield "seq", "b.seq"

    def _as_it_reads(self, shown: Shown, field: Field, kind: Kind) -> str:
        """A column as recorded, or from the body as it reads today where there is one."""
        recorded = self._recorded(shown, field, kind)
        if kind.remedy is not None:
            return recorded
        mended = self.part("m.body", shown.path.format(field.name))
        match shown.how:
            case "iso" | "recorded":
                mended = f"substr({mended}, 1, 19) || 'Z'"
            case "flag":
                mended = f"CASE WHEN CAST({mended} AS text) IN ('true', '1') THEN 1 ELSE 0 END"
            case "number":
                recorded, mended = _NUMBER.format(recorded), _NUMBER.format(mended)
            case "code" if default := kind.default(field):
                mended = f"coalesce({mended}, '{default}')"
        return f"CASE WHEN m.seq IS NULL THEN {recorded} ELSE {mended} END"

    def _recorded(self, shown: Shown, field: Field, kind: Kind) -> str:
        cells = [f"b.{column.name}" for column in kind.columns_of(field)]
        cell = cells[shown.cell]
        match shown.how:
            case "word":
                return _word(cell)
            case "id":
                return self.id(cell)
            case "code":
                return _code(cell, codes_of(field.type))
            case "iso":
                return self.iso(cell)
            case "recorded":
                return self.iso(f"coalesce({cell}, e.recorded_at)")
            case "typed":
                return f"coalesce({cells[2]}, {self.iso(cells[0])})"
            case "manner":
                return self.part(_word(cell), shown.name)
            case "first":
                return self.dialect.first.format(cell)
        return cell

    def iso(self, micros: str) -> str:
        """Return microseconds as ISO 8601."""
        return self.dialect.iso.format(micros)

    def id(self, seq: str) -> str:
        """Return the id of the event with that seq."""
        return f"(SELECT {self.dialect.hex.format('id')} FROM event WHERE seq = {seq})"

    def part(self, text: str, path: str) -> str:
        """Return a part of a JSON text."""
        return self.dialect.part.format(text, path.replace(".", self.dialect.dot))


def _name(shown: Shown, field: Field, kind: Kind) -> str:
    """What a column is called: an id says of what it is."""
    if kind.name in DECLARED and field.name == "id":
        return kind.name
    return shown.name.format(f"{field.name}_id" if field.name == "statement" else field.name)


def _word(key: str) -> str:
    return f"(SELECT text FROM word WHERE key = {key})"


def _code(cell: str, numbers: Mapping[StrEnum, int | None]) -> str:
    """The word of a number; one that has none stands for NULL."""
    said = f"CASE {cell} " + " ".join(f"WHEN {n} THEN '{w}'" for w, n in numbers.items() if n is not None) + " END"
    without = [word for word, number in numbers.items() if number is None]
    return f"coalesce({said}, '{without[0]}')" if without else said


def _log(teller: _Teller) -> str:
    """All events as they were recorded."""
    dialect = teller.dialect
    kinds = " ".join(f"WHEN {number} THEN '{name}'" for name, number in KIND_CODES.items())
    return f"""
CREATE VIEW log AS
SELECT e.seq AS seq, {dialect.hex.format("e.id")} AS id,
  CASE e.kind {kinds} END AS event,
  {teller.iso("e.recorded_at")} AS recorded_at, {_word("e.recorded_by")} AS recorded_by,
  {dialect.hex.format("e.chain")} AS chain,
  (SELECT {dialect.spaced.format(dialect.hex.format("t.id"))} FROM about AS a JOIN event AS t ON t.seq = a.target
   WHERE a.seq = e.seq) AS about,
  CASE WHEN g.seq IS NULL THEN 'counts' WHEN g.redacted = 1 THEN 'redacted' ELSE 'withdrawn' END AS state
FROM event AS e LEFT JOIN gone AS g ON g.seq = e.seq;
"""
