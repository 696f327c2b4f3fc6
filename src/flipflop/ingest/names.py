"""Names turned into ids: those of a store, those declared on the way, and, where asked for, new ones."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from flipflop.errors import DataError, suggestion
from flipflop.records import Speaker, Topic, slugify
from flipflop.records.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flipflop.records import Event
    from flipflop.store import Store

NEAR = 0.85
"""From this likeness on (difflib's ratio, 0 to 1, of lower-case names), an unknown name is taken for a misspelt one."""

_SUGGESTIONS = 20
"""How many unknown names are compared with all known ones: each takes as long as there are names."""

_OF_SPEAKERS = ("speaker", "on_behalf_of", "surrogate", "principal")
_OF_TOPICS = ("topic", "parent")
_DIGITS = re.compile(r"\d+")


class Names:
    """Turns ids, names and aliases into ids; with ``declare`` it makes up declarations for unknown ones.

    An unknown name is not declared but refused where it is nearly a known one (``NEAR``): "Sergei Lavrov" where
    "Sergey Lavrov" is known. Names that differ in their digits ("Senator 1", "Senator 2") are never nearly the same.
    """

    def __init__(self, store: Store, *, declare: bool = False) -> None:
        self.declared: list[Speaker | Topic] = []
        self.proposition: str | None = None
        """What the line at hand gives as the proposition of its topic."""
        self.warnings: list[str] = []
        self._declare = declare
        self._speakers = _Kind("speaker", store)
        self._topics = _Kind("topic", store)
        self._kinds = dict.fromkeys(_OF_SPEAKERS, self._speakers) | dict.fromkeys(_OF_TOPICS, self._topics)

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

    def _resolve(self, kind: _Kind, text: str) -> str:
        try:
            return kind.resolve(text)
        except DataError as unknown:
            if not self._declare or not slugify(text):
                raise
            near = kind.nearest(text)
            if near:
                raise DataError(
                    f"{text!r} is not declared, and nearly {near!r}: mend it, or declare it first "
                    f"(flipflop {kind.name} add)"
                ) from unknown
        made = self._made_up(kind.name, text)
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
        self._alike: _Likeness | None = None
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

    def nearest(self, text: str) -> str | None:
        """Return the known name that is nearly this one, if there is one."""
        if self._alike is None:
            self._read_store()
            self._alike = _Likeness(self._given)
        return self._alike.nearest(text)

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
    """Finds names nearly like one. Only those that share half of their pairs of letters are compared in full."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: set[str] = set()
        self._with: dict[str, list[str]] = defaultdict(list)
        self.add(names)

    def add(self, names: Iterable[str]) -> None:
        for name in {name.strip().casefold() for name in names} - self._names:
            self._names.add(name)
            for pair in _pairs(name):
                self._with[pair].append(name)

    def nearest(self, text: str) -> str | None:
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
        return name if score >= NEAR else None


def _pairs(name: str) -> set[str]:
    padded = f" {name} "
    return {padded[i : i + 2] for i in range(len(padded) - 1)}


def _as_name(text: str) -> str:
    """A name as it is printed; an id alone becomes words."""
    if text == slugify(text):
        return " ".join(word.capitalize() for word in text.split("-"))
    return text
