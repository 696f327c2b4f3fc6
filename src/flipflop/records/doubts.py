"""What is doubtful in what people give, though nothing is wrong with its form. Knows no store, opens no connection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flipflop.records.addresses import web_address

if TYPE_CHECKING:
    from flipflop.records.events import Statement

_NO_ADDRESS: Final = re.compile(
    r"[\W_]*|n\.?/?\s?a\.?|none|null|nil|unknown|no (source|link|url)|tb[acd]", re.IGNORECASE
)
_UNNAMED_SCHEME: Final = re.compile(r"(www\.[^\s/]+\.[^\s/]+|([\w-]+\.)+[a-z]{2,24}(?=/))(/\S*)?", re.IGNORECASE)
_BEGINNING: Final = re.compile(r"(?:^|[\s,;|<>()])(?:https?://|www\.)", re.IGNORECASE)
EMPTY_CELLS: Final = frozenset({"nan", "NaN", "NAN", "None", "NaT", "<NA>", "null", "NULL", "#N/A"})
"""What programs write where nothing stands."""


def completed(address: str) -> str:
    """Return an address with its scheme, where only that is missing; anything else as it is, blanks around it gone.

    >>> completed("www.example.org/a"), completed("example.org/a"), completed("The Paper")
    ('https://www.example.org/a', 'https://example.org/a', 'The Paper')
    """
    bare = address.strip()
    return f"https://{bare}" if _UNNAMED_SCHEME.fullmatch(bare) else bare


def address_fault(address: str) -> str | None:
    """Return why this can be nobody's source, with the way out: no address at all, or two. None where it may be one."""
    if _NO_ADDRESS.fullmatch(address.strip()) or address.strip() in EMPTY_CELLS:
        return f"{address!r} is no source: leave it empty, and name the outlet or the title if there is one"
    if len(_BEGINNING.findall(address)) > 1:
        return f"{address!r} holds more than one address: give one here, the others in the context"
    return None


def is_words(address: str) -> bool:
    """Tell whether no reader can be sent there, because it is no web address but words."""
    return not web_address(address)


def empty_cell(value: str) -> str | None:
    """Return what is doubtful in a cell that holds the word of a program for nothing, None in any other."""
    if value not in EMPTY_CELLS:
        return None
    return f"{value!r} is what programs write where nothing stands: leave the cell empty (pandas: na_rep='')"


def said_after_published(statement: Statement) -> str | None:
    """Return what is doubtful in a statement that begins when its own source had been published, None in any other."""
    published = statement.source.published if statement.source else None
    if published is None or statement.said.start < published.end:
        return None
    return f"said ({statement.said.text!r}) after its source was published ({published.text!r}): is one of them wrong?"
