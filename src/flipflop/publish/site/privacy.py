"""Whom a site leaves out, and every field that may name them. Knows frames and rows, no page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flipflop.records.names import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pandas as pd

    from flipflop.figures.rows import FrameRow
    from flipflop.publish.site.model import Person


class Hidden(NamedTuple):
    """Who is left out: their ids, and every name by which a field may call them, folded."""

    ids: frozenset[str]
    names: frozenset[str]

    def without(self, chain: str) -> str:
        """Return a chain of attribution without those who are left out."""
        return " > ".join(self.other(part) for part in chain.split(" > ") if self.other(part))

    def other(self, name: str) -> str:
        """Return a name, or nothing where it is a spelling of one of theirs, or holds one as in "Bob Bell, aide"."""
        words = [word.strip(",;:()") for word in folded(name).split()]
        runs = (" ".join(words[at : at + length]) for length in range(2, _LONGEST + 1) for at in range(len(words)))
        return "" if folded(name) in self.names or any(run in self.names for run in runs) else name

    def named_in(self, texts: Iterable[str]) -> int:
        """Return how many of their names of several words stand in some texts or addresses."""
        everything = _BETWEEN.sub(" ", "\n".join(texts)).casefold()
        return sum(_BETWEEN.sub(" ", name) in everything for name in self.names if " " in name)


_LONGEST = 6
"""Words of a name that is looked for inside another text."""
_BETWEEN = re.compile(r"(?:[-_+\s]|%20)+")
"""What stands between the words of a name, also in an address."""


def is_public(kind: str, role: str) -> bool:
    """Tell whether a speaker may be shown: an organisation, or a person who is said to have a public role."""
    return kind != "person" or bool(role.strip())


def hidden_of(speakers: Iterable[FrameRow], speaking: Iterable[str]) -> Hidden:
    """Return who is left out: persons without a public role, and whoever speaks and is not declared any more."""
    left, known = [], set()
    for row in speakers:
        known.add(row.text("speaker"))
        if not is_public(row.text("kind"), row.text("public_role")):
            left.append(row)
    called = {name for row in left for name in (row.text("name"), *row.text("aliases").split("; "))}
    ids = {row.text("speaker") for row in left} | (set(speaking) - known)
    return Hidden(frozenset(ids), frozenset(map(folded, called | ids)) - {""})


def shown_positions(positions: pd.DataFrame, hidden: Hidden, people: Collection[str]) -> pd.DataFrame:
    """Return the positions that are shown, without a coder's name, or anybody's who is left out."""
    kept = positions[~positions["speaker"].isin(hidden.ids)].reset_index(drop=True)
    behalf = kept["on_behalf_of"].astype("string")
    chains = kept["attribution"].map(hidden.without, na_action="ignore")
    outlets = kept["source_outlet"].map(hidden.other, na_action="ignore")
    return kept.assign(
        coder=kept["coder"].mask(kept["coder"].notna()),
        on_behalf_of=behalf.where(behalf.isin([*people])),
        on_behalf_of_name=kept["on_behalf_of_name"].mask(kept["on_behalf_of_name"].notna()),
        attribution=chains.mask(chains == ""),
        source_outlet=outlets.mask(outlets == ""),
    )


def shown_relations(speaks_for: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    """Return who speaks for whom, of those who are shown."""
    left = speaks_for["surrogate"].isin(hidden.ids) | speaks_for["principal"].isin(hidden.ids)
    return speaks_for[~left].reset_index(drop=True)


def cleared(row: FrameRow, hidden: Hidden, people: Mapping[str, Person], ids: set[str]) -> dict[str, object]:
    """Return the fields of a statement that may name somebody, without those left out; who is spoken for, by name."""
    behalf, answers = row.text("on_behalf_of"), row.text("responds_to")
    return {
        "on_behalf_of": people[behalf].name if behalf in people else "",
        "on_behalf_of_name": "",
        "attribution": hidden.without(row.text("attribution")),
        "responds_to": answers if answers in ids else "",
        "source_author": hidden.other(row.text("source_author")),
        "source_outlet": hidden.other(row.text("source_outlet")),
    }
