"""What the search of a site looks in: names, topics and words, cut into scripts so that a change touches one of them.

Scripts and not JSON, because a page that is opened from a disk may load the one and not the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.publish.markup import script_json
from flipflop.publish.site import addresses as at
from flipflop.publish.site.record_markup import pair_words
from flipflop.text.visible import leading, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.publish.site.model import Record
    from flipflop.records.codec import Json

_WHOLE: Final = 2_000
"""Statements up to which one script holds them all."""
_HEX: Final = "0123456789abcdef"


def shard_paths(record: Record) -> list[str]:
    """Return the paths of the scripts: names first, then statements by the first digit of their ids."""
    digits = _HEX if len(record.said) > _WHOLE else "a"
    return ["search/names.js", *(f"search/{digit}.js" for digit in digits)]


def shards(record: Record) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each script: a call with rows of address, title and words."""
    names, *rest = shard_paths(record)
    yield names, _script(_names(record))
    if len(rest) == 1:
        yield rest[0], _script(_statements(record, ""))
    else:
        yield from ((path, _script(_statements(record, digit))) for path, digit in zip(rest, _HEX, strict=True))


def _script(rows: list[Json]) -> bytes:
    return f"flipflopSearch({script_json(rows)});\n".encode()


def _names(record: Record) -> list[Json]:
    rows = [(at.speaker_page(one.id), one.name, one.role) for one in record.people.values()]
    rows += [(at.topic_page(one.id), one.title, one.proposition) for one in record.topics.values()]
    rows += [
        (
            at.pair_page(one.id),
            f"{leading(record.people[one.speaker].name)} on {record.topics[one.topic].title}",
            pair_words(record, one),
        )
        for one in record.pairs.values()
    ]
    return [_row(*row) for row in rows]


def _statements(record: Record, digit: str) -> list[Json]:
    return [
        _row(
            at.statement_page(said.id),
            f"{leading(record.people[said.mark.speaker].name)}, {said.mark.when}",
            said.mark.text,
        )
        for said in record.said.values()
        if said.id.startswith(digit)
    ]


def _row(path: str, title: str, words: str) -> Json:
    return [at.link(at.INDEX, path), visible(title), visible(words)]
