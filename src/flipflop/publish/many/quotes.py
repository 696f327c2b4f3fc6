"""The quotations and sources that a page of a large record carries, in blocks that are unpacked one at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from flipflop.publish.many.columns import packed
from flipflop.records.addresses import web_address
from flipflop.records.words import is_hash
from flipflop.text.quotations import quotation
from flipflop.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from flipflop.figures.many import Many
    from flipflop.frames.reading import Integers

BLOCK: Final = 256
"""So many statements to a block."""
_ID_SHOWN: Final = 12
_PLACE: Final = 4
"""About so many bytes of the page tell which statement it is."""
_TEXTS: Final = {
    "text": "text",
    "outlet": "source_outlet",
    "title": "source_title",
    "by": "attribution",
}


@dataclass(frozen=True, slots=True)
class Quotes:
    """Blocks as compressed text, and the statements they carry, in the order in which they carry them."""

    blocks: tuple[str, ...]
    places: Integers
    changes: int
    """So many statements of changes and conflicts are carried."""
    changes_in_all: int

    @property
    def newest(self) -> int:
        """So many statements are carried for being the newest."""
        return len(self.places) - self.changes


def carried(many: Many, positions: pd.DataFrame, most: int) -> Quotes:
    """Return as many quotations as have room in ``most`` bytes of page.

    First come the statements of pairs that a person has ruled on, then those of the other pairs, then all others;
    within each of the three the newest first.
    """
    wanted, changes = _by_rank(many)
    people = {one.speaker: one.name for one in many.speakers}
    blocks: list[str] = []
    for begin in range(0, len(wanted), BLOCK):
        block = packed(_block(positions.take(many.row[wanted[begin : begin + BLOCK]]), people))
        most -= len(block) + _PLACE * BLOCK
        if most < 0:
            break
        blocks.append(block)
    places = wanted[: len(blocks) * BLOCK]
    return Quotes(tuple(blocks), places, min(changes, len(places)), changes)


def _by_rank(many: Many) -> tuple[Integers, int]:
    """Return all statements, the most wanted first, and how many of them belong to a pair."""
    rank = np.full(len(many), 2, dtype=np.int64)
    ruled = many.pairs.judged
    for place, some in ((1, ~ruled), (0, ruled)):
        rank[many.pairs.earlier[some]] = rank[many.pairs.later[some]] = place
    newest_first = np.arange(len(many) - 1, -1, -1)
    wanted = newest_first[np.argsort(rank[::-1], kind="stable")]
    return wanted, int((rank < 2).sum())


def _block(rows: pd.DataFrame, people: Mapping[str, str]) -> bytes:
    texts = {name: _texts(rows, column) for name, column in _TEXTS.items()}
    texts["text"] = [quotation(*cells) for cells in zip(texts["text"], _raw(rows, "form"), strict=True)]
    behalf = zip(_raw(rows, "on_behalf_of"), _raw(rows, "on_behalf_of_name"), strict=True)
    texts["for"] = [visible(people.get(slug) or name or slug) for slug, name in behalf]
    urls = _raw(rows, "source_url")
    addresses = [web_address(url) for url in urls]
    words = [visible("" if address else url) for url, address in zip(urls, addresses, strict=True)]
    ids = [visible(id_[:_ID_SHOWN] if is_hash(id_) else id_) for id_ in map(str, rows["statement_id"].tolist())]
    return json.dumps({**texts, "id": ids, "url": addresses, "noUrl": words}, separators=(",", ":")).encode()


def _texts(rows: pd.DataFrame, column: str) -> list[str]:
    return [visible(text) for text in _raw(rows, column)]


def _raw(rows: pd.DataFrame, column: str) -> list[str]:
    if column not in rows:
        return [""] * len(rows)
    return [value if isinstance(value, str) else "" for value in rows[column].tolist()]
