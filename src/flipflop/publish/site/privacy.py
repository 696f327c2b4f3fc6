"""Whom a site leaves out, and every field that may name them. Knows frames and rows, no page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flipflop.publish.site.spellings import Spellings
from flipflop.records.names import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pandas as pd

    from flipflop.figures.rows import FrameRow
    from flipflop.publish.site.model import Person


@dataclass(frozen=True, slots=True)
class Hidden:
    """Who is left out: their ids, every name by which a field may call them (folded), and what finds these in texts."""

    ids: frozenset[str]
    names: frozenset[str]
    found_in: Spellings

    def without(self, chain: str) -> str:
        """Return a chain of attribution without those who are left out."""
        return " > ".join(self.other(part) for part in chain.split(" > ") if self.other(part))

    def other(self, name: str) -> str:
        """Return a name, or nothing where it is a spelling of one of theirs, or holds one as in "Bob Bell, aide"."""
        return "" if folded(name) in self.names or self.found_in(name) else name

    def told_in(self, texts: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
        """Return whom of them some texts name, each with the places; texts come as place and text."""
        places: dict[str, list[str]] = {}
        for place, text in texts:
            for who in sorted(self.found_in(text)):
                places.setdefault(who, [])
                if place not in places[who]:
                    places[who].append(place)
        return dict(sorted(places.items()))


def is_public(kind: str, role: str) -> bool:
    """Tell whether a speaker may be shown: an organisation, or a person who is said to have a public role."""
    return kind != "person" or bool(role.strip())


def hidden_of(speakers: Iterable[FrameRow], speaking: Iterable[str], named: Mapping[str, Collection[str]]) -> Hidden:
    """Return who is left out: persons without a public role, and whoever speaks and is not declared any more.

    ``named`` says for which ids each name stands, former names too.
    """
    left, known, others = [], set(), []
    for row in speakers:
        known.add(row.text("speaker"))
        if is_public(row.text("kind"), row.text("public_role")):
            others.append(row.text("name"))
        else:
            left.append(row)
    called = [(name, row.text("name")) for row in left for name in (row.text("name"), *row.text("aliases").split("; "))]
    labels = {row.text("speaker"): row.text("name") for row in left}
    called += [
        (name, labels[slug]) for name, slugs in named.items() for slug in slugs if slug in labels and name != slug
    ]
    ids = {row.text("speaker") for row in left} | (set(speaking) - known)
    of_ids = [(slug, slug) for slug in ids if slug not in known and "-" in slug]
    of_ids += [(row.text("speaker"), row.text("name")) for row in left if "-" in row.text("speaker")]
    names = frozenset(map(folded, {name for name, _ in called} | ids)) - {""}
    return Hidden(frozenset(ids), names, Spellings((*called, *of_ids), others))


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
