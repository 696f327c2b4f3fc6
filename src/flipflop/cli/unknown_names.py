"""What is made of a name that nobody has: which one may be meant, and at a terminal what a new one stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.cli.terminal import agreed, ask, say
from flipflop.errors import DataError
from flipflop.ingest.places import is_declared
from flipflop.records import Speaker, Topic, slugify
from flipflop.records.names import folded

if TYPE_CHECKING:
    from flipflop.store import Store

_OFFERED = 3
_LIKE_ENOUGH_TO_ASK = 0.8
"""difflib's ratio from which a name is offered at a terminal; an error, which asks nothing, suggests from 0.6 on."""


def suggested(store: Store, kind: str, name: str) -> DataError:
    """Return the error that says which known names may be meant, or how to declare a new one."""
    near = _near_names(kind, name, store.names(kind))[:_OFFERED]
    way_out = f"did you mean {' or '.join(map(repr, near))}?" if near else f"declare it first (flipflop {kind} add)"
    return DataError(f"unknown {kind} {name!r}; {way_out}")


def meant(store: Store, kind: str, name: str, unknown: DataError) -> tuple[str, tuple[Speaker | Topic, ...]]:
    """Ask what an unknown name stands for: return the id that was meant, with a declaration where it is new.

    Raises the error where it was neither.
    """
    say(f"unknown {kind} {name!r}")
    names = store.names(kind)
    for near in _near_names(kind, name, names, likeness=_LIKE_ENOUGH_TO_ASK)[:_OFFERED]:
        if agreed(f"Did you mean {near!r}?"):
            return _only(near, names[near]), ()
    if not slugify(name) or not agreed(f"Declare a new {kind} {name!r}?"):
        raise unknown
    declared = _declared(kind, name, slugify(name))
    while True:
        try:
            return declared.id, () if is_declared(store, declared) else (declared,)
        except DataError as taken:
            say(f"error: {taken}")
            declared = _declared(kind, name, ask(f"Id of the new {kind}"))


def _only(name: str, ids: set[str]) -> str:
    if len(ids) > 1:
        raise DataError(f"{name!r} could be any of {', '.join(sorted(ids))}; give the id")
    return next(iter(ids))


def _declared(kind: str, name: str, slug: str) -> Speaker | Topic:
    if kind == "speaker":
        return Speaker(slug, ask("Name, as it is printed", default=name))
    return Topic(slug, name, ask("Proposition (a sentence that one can support or oppose)"))


def _near_names(kind: str, name: str, names: dict[str, set[str]], *, likeness: float = 0.6) -> list[str]:
    """Return the names that may be meant: as people write them, else the most alike.

    Each speaker or topic has one, in the spelling that is nearest to the one given.
    """
    from difflib import get_close_matches

    from flipflop.records.near_names import NearNames

    near = NearNames(names).near(name) if kind == "speaker" else []
    near = near or get_close_matches(name, names, n=_OFFERED, cutoff=likeness)
    return list(dict.fromkeys(_spelling(name, [one for one in names if names[one] == names[found]]) for found in near))


def _spelling(name: str, spellings: list[str]) -> str:
    from difflib import SequenceMatcher

    return max(spellings, key=lambda one: SequenceMatcher(None, folded(name), folded(one)).ratio())
