"""Who is called what, while events are recorded: asked for each alias that a correction adds. Knows only speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.records.names import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.store.sql.tables import Tables


class Called:
    """The names and aliases of all speakers as they read now; whoever records tells of what changes them."""

    def __init__(self, tables: Tables) -> None:
        self._names: dict[str, tuple[str, ...]] = {}
        self._slugs: dict[str, set[str]] = {}
        for slug, *names in tables.named("speaker"):
            self.learn(slug, names)

    def learn(self, slug: str, names: Sequence[str]) -> None:
        """Take note of what a speaker is called from here on."""
        for name in self._names.get(slug, ()):
            self._slugs[name].discard(slug)
        self._names[slug] = tuple(map(folded, names))
        for name in self._names[slug]:
            self._slugs.setdefault(name, set()).add(slug)

    def others(self, name: str, slug: str) -> list[str]:
        """Return who else is called so."""
        return sorted(self._slugs.get(folded(name), set()) - {slug})
