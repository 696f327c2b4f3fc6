"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Never

from flipflop.errors import Problem
from flipflop.text.rows import NumberedRow, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Line ends to some readers, so never written as they are.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def read(lines: Iterable[bytes]) -> Iterator[NumberedRow]:
    """Yield what stands on each line that is not blank; a line that is no JSON object as the problem that it is."""
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if text and not text.isspace():
            yield NumberedRow(number, _row(text))


def write(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines for some objects, each with its line end."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS) + "\n"


def _row(line: bytes) -> Row | Problem:
    try:
        row = _DECODER.decode(line.decode())
    except json.JSONDecodeError as error:
        torn = "" if line.endswith(b"\n") else "; the file ends in this line: it is cut short"
        return Problem(f"is no JSON (column {error.colno}: {error.msg}{torn}): mend the line, or take it out")
    except UnicodeDecodeError as error:
        return Problem(f"is not UTF-8 (byte {error.start + 1} of the line): save the file as UTF-8")
    except RecursionError:
        return Problem("is nested too deeply to be an event")
    except ValueError as error:
        return Problem(f"is no JSON: {error}")
    if not isinstance(row, dict):
        return Problem(f'is no JSON object: a line looks like {{"event": "speaker", …}}, not {line[:40].decode()!r}')
    return row


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys occur once: of two values for one key, JSON readers silently drop one."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise ValueError(f"the key {twice!r} occurs twice")
    return found


def _refuse(constant: str) -> Never:
    raise ValueError(f"{constant} is no JSON number")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse)  # ``json.loads`` makes one for each line
