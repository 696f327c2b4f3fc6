"""Whether a declaration would take somebody's place: an id that is another's, an alias that is another's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from flipflop.errors import DataError, Problem
from flipflop.records import Speaker, Topic
from flipflop.records.names import folded

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.store import Store


def is_declared(store: Store, declared: Speaker | Topic) -> bool:
    """Tell whether the store has this declaration, in other words or the same.

    Raises DataError where it would take the place of another, with who has it.
    """
    kind = declared.kind_of_event
    names = store.names(kind)
    standing = store.as_it_reads(store.get(declared.id, kind=kind).id) if declared.id in names else None
    known: dict[str, set[str]] = {}
    for name, ids in names.items():
        known.setdefault(folded(name), set()).update(ids)
    if problem := taken(declared, standing, lambda name: known.get(folded(name), set())):
        raise DataError(problem)
    return standing is not None and means_the_same(declared, standing)


def taken(declared: Speaker | Topic, standing: object, ids_of: Callable[[str], set[str]]) -> Problem | None:
    """Return whose place a declaration would take, None where it takes nobody's.

    ``standing`` is what is declared under its id so far, ``ids_of`` says which ids a name stands for.
    """
    if isinstance(standing, Speaker | Topic):
        if means_the_same(declared, standing) or _states_at_last(declared, standing):
            return None
        return Problem(f"{declared.id!r} is taken: {_who(standing)}; {_way_out(declared)}", "id")
    others = ids_of(declared.id) - {declared.id}
    if others:
        return Problem(f"{declared.id!r} stands for {', '.join(sorted(others))} here: give another id", "id")
    for alias in declared.aliases if isinstance(declared, Speaker) else ():
        others = ids_of(alias) - {declared.id}
        if others:
            return Problem(f"{alias!r} is a name of {', '.join(sorted(others))} already: leave it out", "aliases")
    return None


def means_the_same(declared: Speaker | Topic, standing: object) -> bool:
    """Tell whether two declarations say the same; the order of aliases says nothing."""
    return type(standing) is type(declared) and _in_order(declared) == _in_order(standing)


def _in_order(declared: Speaker | Topic) -> Speaker | Topic:
    return replace(declared, aliases=tuple(sorted(declared.aliases))) if isinstance(declared, Speaker) else declared


def _states_at_last(declared: Speaker | Topic, standing: object) -> bool:
    """Tell whether a topic that had only a title, as ``--declare`` makes them, is given its proposition."""
    return isinstance(standing, Topic) and isinstance(declared, Topic) and standing.proposition == standing.title


def _who(standing: Speaker | Topic) -> str:
    if isinstance(standing, Topic):
        return f"its proposition is {standing.proposition!r}"
    return f"it is {standing.name!r}{f', {standing.public_role}' if standing.public_role else ''}"


def _way_out(declared: Speaker | Topic) -> str:
    person = isinstance(declared, Speaker)
    other = "somebody else" if person else "another question"
    mend = "--name … --alias …" if person else "--proposition …"
    return (
        f"{other} needs another id, such as {f'{declared.id}-2'!r}; what is declared is mended with: "
        f"flipflop amend {declared.id} {mend} --reason …"
    )
