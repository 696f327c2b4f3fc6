"""What differs between two figures of the same shape, so that a page carries what they share only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flipflop.figures.data import Json


def difference(base: Json, other: Json) -> Json:
    """Return what ``merge`` needs to make ``other`` from ``base``; objects in both must have the same keys.

    Objects give the keys that differ, lists of objects the places that differ, anything else is given whole.
    """
    if isinstance(base, dict) and isinstance(other, dict):
        return {key: difference(base.get(key), value) for key, value in other.items() if base.get(key) != value}
    if isinstance(base, list) and isinstance(other, list) and _objects(base) and _objects(other, len(base)):
        pairs = enumerate(zip(base, other, strict=True))
        return {str(place): difference(one, two) for place, (one, two) in pairs if one != two}
    return other


def merge(base: Json, change: Json) -> Json:
    """Return ``base`` with the change applied; the page's script does the same."""
    if isinstance(base, dict) and isinstance(change, dict):
        return base | {key: merge(base.get(key), value) for key, value in change.items()}
    if isinstance(base, list) and _objects(base) and isinstance(change, dict):
        return [merge(item, change[str(place)]) if str(place) in change else item for place, item in enumerate(base)]
    return change


def _objects(items: list[Json], count: int | None = None) -> bool:
    return bool(items) and count in (None, len(items)) and all(isinstance(item, dict) for item in items)
