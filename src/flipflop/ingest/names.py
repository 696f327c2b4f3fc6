"""Names turned into ids: those of a store, those declared on the way, and, where asked for, new ones."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from flipflop.errors import DataError, suggestion
from flipflop.ingest.places import taken
from flipflop.records import Speaker, Topic, slugify
from flipflop.records.names import folded
from flipflop.records.near_names import NearNames
from flipflop.records.quick import NAMES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from flipflop.records import Event
    from flipflop.store import Store

NEAR = 0.85
"""From this likeness on (difflib's ratio, 0 to 1, lower case), an unknown title is taken for a misspelt one."""

_SUGGESTIONS = 20
"""How many unknown names are compared with all known ones: each takes as long as there are names."""

_TOLD = 3
"""How many of the names that one may be are told."""

_DIGITS = re.compile(r"\d+")


class Names:
    """Turns ids, names and aliases into ids; with ``declare`` it makes up declarations for unknown ones.

    An unknown name is not declared but refused where it may be a known one, as people write them: "Sergei Lavrov",
    "S. Lavrov", "Lavrov, Sergey" or "Minister Lavrov" where "Sergey Lavrov" is known (``near_names``); a title of a
    topic where it is nearly a known one (``NEAR``). Names that differ in their digits ("Senator 1", "Senator 2") are
    never nearly the same. Names in ``distinct`` are somebody else's than those that they are near to.
    """

    def __init__(self, store: Store, *, declare: bool = False, distinct: Collection[str] = ()) -> None:
        self.declared: list[Speaker | Topic] = []
        self.proposition: str | None = None
        """What the line at hand gives as the proposition of its topic."""
        self.warnings: list[str] = []
        self._declare = declare
        self._distinct = {folded(name) for name in distinct}
        self._standing: dict[tuple[str, str], Speaker | Topic] = {}  # what was learnt, by kind and id
        self._store = store
        self._speakers = _Kind("speaker", store)
        self._topics = _Kind("topic", store)
        self._kinds = {field: self._speakers if of == "speaker" else self._topics for field, of in NAMES.items()}

    def resolve(self, field: str, text: str) -> str:
        """Return the id for the value of a field; values that name no speaker or topic come back as they are.

        Raises DataError for an unknown name, with a suggestion.
        """
        kind = self._kinds.get(field)
        if kind is None:
            return text
        return kind.answers.get(text) or self._resolve(kind, text)

    def learn(self, event: Event) -> None:
        """Take note of a declaration: from here on its id, name and aliases are known."""
        if isinstance(event, Speaker):
            self._speakers.learn(event.id, event.id, event.name, *event.aliases)
        elif isinstance(event, Topic):
            self._topics.learn(event.id, event.id, event.title)
        if isinstance(event, Speaker | Topic):
            self._standing[event.kind_of_event, event.id] = event

    def standing(self, event: Speaker | Topic) -> Speaker | Topic | None:
        """Return the declaration that counts so far under the id of another, None where there is none.

        Raises DataError where the other would take its place, or that of anybody else.
        """
        kind = self._kinds[event.kind_of_event]
        standing: object = self._standing.get((kind.name, event.id))
        if standing is None and kind.has(event.id):
            standing = self._store.get(event.id, kind=kind.name).event
        if problem := taken(event, standing, kind.ids_of):
            raise DataError(problem)
        return standing if isinstance(standing, Speaker | Topic) else None

    def _resolve(self, kind: _Kind, text: str) -> str:
        try:
            return kind.resolve(text)
        except DataError as unknown:
            if not self._declare or not slugify(text):
                raise
            near = () if folded(text) in self._distinct else kind.near(text)
            if near:
                raise DataError(
                    f"{text!r} is not declared, and nearly {' or '.join(map(repr, near[:_TOLD]))}: write it so, or say "
                    f"that it is another (--distinct {text!r})"
                ) from unknown
        made = self._made_up(kind.name, text)
        self.standing(made)
        self.declared.append(made)
        self.learn(made)
        kind.learn(made.id, text)
        return made.id

    def _made_up(self, kind: str, text: str) -> Speaker | Topic:
        slug = slugify(text)
        if kind == "speaker":
            return Speaker(slug, _as_name(text))
        title = text if text != slug else slug.replace("-", " ").capitalize()
        if not self.proposition:
            self.warnings.append(
                f"topic {slug!r} has no proposition yet but its title: state one with "
                f"'flipflop topic add {slug} --proposition …'"
            )
        return Topic(slug, title, self.proposition or title)


class _Kind:
    """The names of one kind: those of the store, read once at the first question, and those learnt since."""

    def __init__(self, name: str, store: Store) -> None:
        self.name = name
        self.answers: dict[str, str] = {}
        """Ids by names as given, as far as they were asked for."""
        self._store = store
        self._ids: set[str] = set()
        self._known: dict[str, set[str]] = {}  # ids by what all spellings of a name share
        self._given: dict[str, None] = {}  # names as they were given, in order
        self._near: dict[str, str] = {}  # what was suggested for unknown ones
        self._alike: _Likeness | NearNames | None = None
        self._read = False

    def resolve(self, text: str) -> str:
        """Return the id; DataError where there is none, and where a name fits several."""
        self._read_store()
        fitting = {text} if text in self._ids else self._known.get(folded(text), set())
        if len(fitting) == 1:
            (self.answers[text],) = fitting
            return self.answers[text]
        if fitting:
            raise DataError(f"{self.name} {text!r} could be any of {', '.join(sorted(fitting))}; give the id")
        raise DataError(f"unknown {self.name} {text!r}{self._suggestion(text)}")

    def learn(self, slug: str, *names: str) -> None:
        """Add names for an id."""
        self._ids.add(slug)
        self.answers.clear()  # a new name may make another ambiguous
        for name in names:
            self._known.setdefault(folded(name), set()).add(slug)
            self._given.setdefault(name)
        if self._alike is not None:
            self._alike.add(names)

    def near(self, text: str) -> list[str]:
        """Return the known names that this one may be."""
        if self._alike is None:
            self._read_store()
            self._alike = (NearNames if self.name == "speaker" else _Likeness)(self._given)
        return self._alike.near(text)

    def has(self, slug: str) -> bool:
        """Tell whether an id is declared."""
        self._read_store()
        return slug in self._ids

    def ids_of(self, name: str) -> set[str]:
        """Return the ids that a name stands for."""
        self._read_store()
        return self._known.get(folded(name), set())

    def _read_store(self) -> None:
        if self._read:
            return
        self._read = True
        for name, slugs in self._store.names(self.name).items():
            for slug in slugs:
                self.learn(slug, name)

    def _suggestion(self, text: str) -> str:
        """What may have been meant, or how to declare it; of many unknown names only the first get a suggestion."""
        if text not in self._near and len(self._near) < _SUGGESTIONS:
            self._near[text] = suggestion(text, self._given)
        return self._near.get(text) or f"; declare it first (flipflop {self.name} add)"


class _Likeness:
    """Finds titles nearly like one. Only those that share half of their pairs of letters are compared in full."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: set[str] = set()
        self._with: dict[str, list[str]] = defaultdict(list)
        self.add(names)

    def add(self, names: Iterable[str]) -> None:
        """Add some titles."""
        for name in {name.strip().casefold() for name in names} - self._names:
            self._names.add(name)
            for pair in _pairs(name):
                self._with[pair].append(name)

    def near(self, text: str) -> list[str]:
        """Return the one that is most like it, if it is like enough."""
        from difflib import SequenceMatcher

        key = text.strip().casefold()
        pairs = _pairs(key)
        shared = Counter(name for pair in pairs for name in self._with.get(pair, ()))
        likely = [name for name, count in shared.items() if 2 * count >= len(pairs)]
        scored = [
            (SequenceMatcher(None, key, name).ratio(), name)
            for name in sorted(likely)
            if _DIGITS.findall(name) == _DIGITS.findall(key)
        ]
        score, name = max(scored, default=(0.0, ""))
        return [name] if score >= NEAR else []


def _pairs(name: str) -> set[str]:
    padded = f" {name} "
    return {padded[i : i + 2] for i in range(len(padded) - 1)}


def _as_name(text: str) -> str:
    """A name as it is printed; an id alone becomes words."""
    if text == slugify(text):
        return " ".join(word.capitalize() for word in text.split("-"))
    return text
