"""Statements that may be one, recorded twice: of one speaker, nearly the same words, moments that overlap."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from flipflop.records import Statement
    from flipflop.store import Store
    from flipflop.store.around import SaidAround

_TYPOGRAPHIC = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | {"\u2026": "...", "\u00ad": "", "\u200b": "", "\u200d": "", "\ufeff": ""}
)


class Twin(NamedTuple):
    """Two statements, by their ids, that may be one; ``first`` was recorded before."""

    first: str
    second: str


def words_alike(text: str) -> str:
    r"""Return what nearly equal words share: case, blanks and line ends, typographic marks, composed letters aside.

    >>> words_alike("“Never…”\r\nhe said ") == words_alike('"never..." he said')
    True
    """
    plain = unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHIC)).translate(_TYPOGRAPHIC)
    return " ".join(plain.casefold().split()).strip("\"' ")


def twins_of(store: Store, statement: Statement) -> list[str]:
    """Return the ids of what is recorded and may be this statement, in the order of recording. Needs no pandas."""
    said = statement.said
    around = store.said_around(statement.speaker, said.start, said.end)
    if not around:
        return []
    wanted = words_alike(statement.text)
    return [one.id for one in around if one.id != statement.hash and words_alike(one.text) == wanted]


def twins_since(store: Store, seq: int) -> list[Twin]:
    """Return the statements recorded after a place in the log that may be ones before them, by their order there."""
    from flipflop.store.around import SaidAround
    from flipflop.store.sql.columns import micros

    new = list(store.statements_since(seq))
    if not new:
        return []
    bounds = [(micros(one.said.start), micros(one.said.end)) for one in new]
    speakers, start, end = {one.speaker for one in new}, min(a for a, _ in bounds), max(b for _, b in bounds)
    wanted = {(one.speaker, words_alike(one.text)) for one in new}
    before = (one for one in store.said_before(seq, speakers, start, end) if _key(one) in wanted)
    given = (
        SaidAround(one.hash, seq + 1, one.speaker, *bound, one.text) for one, bound in zip(new, bounds, strict=True)
    )
    return [twin for twin in _twins([*before, *given]) if twin.second in {one.hash for one in new}]


def duplicates(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements of a frame of ``Store.statements`` that may be one with another of it.

    Each has ``duplicate_of``, the id of the first recorded of them (of that one its own); together, then by seq.
    """
    from flipflop.store.around import SaidAround

    texts = (statements[column].astype(object) for column in ("statement_id", "seq", "speaker"))
    bounds = (statements[column].astype("int64").tolist() for column in ("said_from", "said_until"))
    first: dict[str, str] = {}
    for twin in _twins(map(SaidAround, *texts, *bounds, statements["text"].astype(object))):
        first.setdefault(twin.first, twin.first)
        first.setdefault(twin.second, twin.first)
    found = statements[statements["statement_id"].isin(list(first))]
    found = found.assign(duplicate_of=found["statement_id"].astype("string").map(first).astype("string"))
    place = dict(zip(statements["statement_id"], statements["seq"], strict=True))
    order = found["duplicate_of"].map(place)
    return found.assign(_order=order).sort_values(["_order", "seq"], ignore_index=True).drop(columns="_order")


def _key(said: SaidAround) -> tuple[str, str]:
    return said.speaker, words_alike(said.text)


def _twins(said: Iterable[SaidAround]) -> Iterator[Twin]:
    """Yield each statement with the first one before it that it may be."""
    alike: dict[tuple[str, str], list[SaidAround]] = defaultdict(list)
    for one in said:
        others = alike[_key(one)]
        first = next((other for other in others if other.start < one.end and one.start < other.end), None)
        if first is None:
            others.append(one)
        elif first.id != one.id:
            yield Twin(first.id, one.id)
