"""Reads qualifiers (only if …, except …) so that equal ones are one. Knows nothing of what follows from them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from flipflop.frames.reading import FrameReader, Integers


def read_qualifiers(reader: FrameReader) -> tuple[Integers, list[str]]:
    """Return the column ``qualifier`` as codes, -1 where there is none, into its words in NFC and with plain spaces."""
    if "qualifier" not in reader.frame:
        return np.full(len(reader.frame), -1), []
    given = reader.coded("qualifier", required=False)
    plain = [" ".join(unicodedata.normalize("NFC", text).split()) for text in given.words]
    known = sorted({*plain} - {""})
    place = {text: code for code, text in enumerate(known)}
    return np.array([place.get(text, -1) for text in plain] + [-1], dtype=np.int64)[given.codes], known
