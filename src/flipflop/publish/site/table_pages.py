"""Cuts a long table into several pages, so that a page stays light and a later statement changes only the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from flipflop.publish.markup import element
from flipflop.publish.site import addresses as at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROWS: Final = 500
"""Statements on one page."""

_T = TypeVar("_T")


def parts(rows: Sequence[_T]) -> list[tuple[_T, ...]]:
    """Return the rows in parts of so many; one empty part of nothing."""
    return [tuple(rows[first : first + ROWS]) for first in range(0, len(rows), ROWS)] or [()]


def ways(here: str, path: Callable[[int], str], part: int, last: int) -> str:
    """Return links to all parts of a table, or nothing where there is one."""
    if last == 1:
        return ""
    links = (
        element("a", str(number), href=at.link(here, path(number)), **_current(number == part))
        for number in range(1, last + 1)
    )
    items = "".join(element("li", link) for link in links)
    return element("nav", f"<p>Part:</p>{element('ul', items)}", aria_label="Parts of this table", class_="parts")


def _current(is_here: bool) -> dict[str, str]:
    return {"aria_current": "page"} if is_here else {}
