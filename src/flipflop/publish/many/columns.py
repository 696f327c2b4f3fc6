"""Columns of whole numbers as compressed text, for a script to unpack. Knows bytes; nothing of statements."""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from flipflop.figures.many import Many
    from flipflop.frames.reading import Integers
    from flipflop.records.codec import Json


def packed_columns(many: Many, quoted: Integers) -> tuple[Json, str]:
    """Return the list of columns, each with its length and its number of byte planes, and their packed text.

    ``quoted`` are the places of the statements whose quotations the page carries, in the order of the blocks.

    A number is stored as its bytes, lowest first; the lowest bytes of a whole column stand together, then the next
    ones, for so they compress best. Moments and the later statements of pairs ascend and are stored as differences.
    Raises OverflowError for what does not fit into 48 bits, which no moment of the calendar does.
    """
    pairs = many.pairs
    columns = {
        "middle": np.diff(many.middle, prepend=many.middle[:1]),
        "shape": many.shape,
        "speaker": many.speaker,
        "topic": many.topic,
        "look": many.look,
        "pairLater": np.diff(pairs.later, prepend=0),
        "pairBack": _unsigned(pairs.later - pairs.earlier),
        "pairKind": pairs.kind,
        "pairRuling": pairs.ruling,
        "quoted": _unsigned(np.diff(quoted, prepend=0)),
    }
    planes = {name: _planes(column) for name, column in columns.items()}
    listed: list[Json] = [[name, len(columns[name]), len(found)] for name, found in planes.items()]
    return listed, packed(b"".join(plane for found in planes.values() for plane in found), zlib.Z_RLE)


def packed(content: bytes, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> str:
    """Return bytes compressed (zlib's format, which browsers call "deflate") and as base64.

    Bytes that hardly repeat, as those of columns, are packed better and six times faster with ``zlib.Z_RLE``.
    """
    engine = zlib.compressobj(6, strategy=strategy)
    return base64.b64encode(engine.compress(content) + engine.flush()).decode()


def _unsigned(values: Integers) -> Integers:
    """Return 0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …: an earlier statement may stand behind a wide later one."""
    return np.where(values < 0, -2 * values - 1, 2 * values)


def _planes(values: Integers) -> list[bytes]:
    """Return the byte planes of numbers that are not negative, as many as the greatest one needs."""
    if len(values) and (values.min() < 0 or values.max() >= 1 << 48):
        raise OverflowError
    count = max(1, -(-int(values.max(initial=0)).bit_length() // 8))
    octets = values.astype("<i8").view(np.uint8).reshape(-1, 8)
    return [octets[:, plane].tobytes() for plane in range(count)]
