"""How the fields of an event stand in a row of a database, and come out of it again. Knows no kind in particular.

A type says which columns a value takes and, in Python, how it goes into their cells and comes out again. Of these
expressions two functions a kind are made, as ``dataclasses`` makes them: a loop over the fields takes longer.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, TypeVar, cast

from flipflop.errors import StoreError
from flipflop.records.codec import defaults
from flipflop.records.words import is_hash
from flipflop.store.sql import columns as col

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from enum import StrEnum

    from msgspec import Struct

    from flipflop.records.events import Event
    from flipflop.store.sql.columns import Cell, Cells

    Keys: TypeAlias = Mapping[str, int]
    Seqs: TypeAlias = Mapping[str, tuple[int, str]]
    _Reader: TypeAlias = Callable[[Sequence[Cell], Callable[[int], str], str], Event]

Mention: TypeAlias = Literal["speaker", "topic", "statement", "any statement", "event"]
"""What a field names: the slug of a speaker or topic, the id of a statement, of one that may have been redacted too, or
the id or slug of what a correction, retraction or redaction is about."""


class Part(NamedTuple):
    """One column of a type; ``{}`` in its name is that of the field. ``holds`` says of what a number is the key."""

    name: str
    sql: str = "TEXT"
    holds: Literal["value", "word", "ref"] = "value"
    may_be_null: bool = False
    """Also where the field must be given."""


class Shown(NamedTuple):
    """One column of a view: its name, how ``views`` tells which cell, and the place in the JSON of an event."""

    name: str = "{}"
    how: str = "as it is"
    cell: int = 0
    path: str = "{}"


class FieldType(NamedTuple):
    """How a value stands in a row.

    ``write`` gives its cells, as Python of the value ``{v}``; ``read`` gives the value, of its cells ``{c[0]}`` ….
    ``whole`` types see to None themselves. ``names`` has what the two mention besides what all may.
    """

    parts: tuple[Part, ...]
    write: str = "{v}"
    read: str = "{c[0]}"
    shown: tuple[Shown, ...] = (Shown(),)
    whole: bool = False
    names: tuple[tuple[str, object], ...] = ()


class Field(NamedTuple):
    """One field of an event: its name in the record, and how it stands in the table of its kind.

    ``column`` is its name there, where it is another; ``since`` the version of the schema that first had it. ``quoted``
    says that other events may quote it: a redaction looks for its words there.
    """

    name: str
    type: FieldType
    mentions: Mention | None = None
    column: str | None = None
    indexed: bool = False
    since: int = 1
    quoted: bool = False


class Column(NamedTuple):
    """One column of the table of a kind, and what it holds: a value, the key of a word, or the seq of an event."""

    name: str
    holds: str
    sql: str
    required: bool
    since: int

    @property
    def definition(self) -> str:
        """What a database is told of it."""
        points = {"word": " REFERENCES word (key)", "ref": " REFERENCES event (seq)"}.get(self.holds, "")
        return f"{self.name} {self.sql}{' NOT NULL' if self.required else ''}{points}"


class Kind:
    """One kind of event: its class, its number in the store, its fields in the order of their columns.

    ``remedy`` says how it is mended if not by a correction; ``under`` are the fields without whose event or topic it
    does not count either; what ``judges`` a statement rests on its words, and is never mended, only confirmed. ``view``
    is the name of the view that tells of it.
    """

    def __init__(
        self,
        record: type[Event],
        number: int,
        *fields: Field,
        remedy: str | None = None,
        under: tuple[str, ...] = (),
        judges: bool = False,
        view: str | None = None,
        comment: str = "",
        since: int = 1,
    ) -> None:
        self.record, self.number, self.fields = record, number, fields
        self.name = record.kind_of_event
        self.remedy, self.under, self.judges, self.view = remedy, under, judges, view
        self.comment, self.since = comment, since
        self._given = dict(defaults(record))

    @property
    def reads_as_mended(self) -> bool:
        """Whether it may read otherwise than recorded."""
        return self.remedy is None and not self.judges

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of its table, but for ``seq``."""
        found = [column for field in self.fields for column in self.columns_of(field)]
        since = [field.since for field in self.fields if field.type in RARE]
        return (*found, *([Column("more", "value", "TEXT", required=False, since=min(since))] if since else []))

    def columns_of(self, field: Field) -> list[Column]:
        """Return the columns of one of its fields."""
        name, required = field.column or field.name, self._given[field.name] not in (None, ())
        return [
            Column(p.name.format(name), p.holds, p.sql, required and not p.may_be_null, field.since)
            for p in field.type.parts
        ]

    def may_be_none(self, field: Field) -> bool:
        """Tell whether a field may be absent."""
        return self._given[field.name] is None

    def default(self, field: Field) -> str | None:
        """Return the word that stands for a field which is left out, None where there is none."""
        found = self._given[field.name]
        return found if isinstance(found, str) else None

    @property
    def table(self) -> str:
        """The statement that makes its table."""
        lines = ["seq INTEGER PRIMARY KEY REFERENCES event (seq)", *(column.definition for column in self.columns)]
        columns = ",\n  ".join(lines)
        return f"{self.comment}CREATE TABLE {self.name} (\n  {columns}\n) STRICT;\n"

    @property
    def indexes(self) -> Iterable[str]:
        """The columns that have an index."""
        return (column.name for field in self.fields if field.indexed for column in self.columns_of(field))

    @cached_property
    def write(self) -> Callable[[Event, int, Keys, Seqs], Cells]:
        """Returns the row of an event's body: its seq, and the cells in the order of the columns.

        It takes the keys of words, and what begins with the seq of an event by its id.
        """
        cells = ["seq", *(self._written(field) for field in self.fields if field.type.parts)]
        if self.rare:
            none = " and ".join(f"e.{name} is None" for name in self.rare)
            cells.append(f"None if {none} else packed_some(e, {self.rare!r})")
        made: Callable[[Event, int, Keys, Seqs], Cells] = self._made(
            f"lambda e, seq, keys, seqs: ({', '.join(cells)},)"
        )
        return made

    def _written(self, field: Field) -> str:
        value = f"e.{field.name}"
        cells = field.type.write.format(v=value)
        return f"None if {value} is None else {cells}" if self._guarded(field) else cells

    @cached_property
    def _read(self) -> _Reader:
        place, given = 0, []
        for field in self.fields:
            if field.type in RARE:
                continue
            cells = [f"c[{place + at}]" for at in range(len(field.type.parts))]
            value = field.type.read.format(c=cells)
            given.append(f"{field.name}={f'None if {cells[0]} is None else ' if self._guarded(field) else ''}{value}")
            place += len(cells)
        if self.rare:
            given.append(f"**({{}} if c[{place}] is None else unpacked_some(Record, {self.rare!r}, c[{place}]))")
        made: _Reader = self._made(f"lambda c, word, about: Record({', '.join(given)})")
        return made

    def read(self, cells: Sequence[Cell], word: Callable[[int], str], about: str | None = None) -> Event:
        """Return the event of a body: keys are looked up through ``word``; refs come as the ids (16 bytes) themselves.

        ``about`` is the id of the event that a correction, retraction or redaction is about. Raises StoreError for a
        body that is damaged: any cell of it may then be anything.
        """
        try:
            return self._read(cells, word, about or "")
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
            said = f"what is recorded of a {self.name} is damaged and cannot be read; see: flipflop verify"
            raise StoreError(said) from error

    @cached_property
    def referring(self) -> tuple[str, ...]:
        """The fields that name other events."""
        return tuple(f.name for f in self.fields if f.mentions in ("statement", "any statement", "event"))

    @cached_property
    def events_mentioned(self) -> Callable[[Event], tuple[str, ...]]:
        """Returns the ids that an event mentions, and slugs where they may stand for them."""
        ids = " + ".join(_all_of(self, field) for field in self.fields if field.name in self.referring) or "()"
        made: Callable[[Event], tuple[str, ...]] = self._made(f"lambda e: {ids}")
        return made

    @cached_property
    def all_there(self) -> Callable[[Event, object, object], bool]:
        """Tells whether all that an event mentions is there.

        It takes a ledger, and what says of a name and this ledger what is wrong with it, or None.
        """
        asked = " and ".join(_there(self, field) for field in self.fields if field.mentions not in (None, "event"))
        made: Callable[[Event, object, object], bool] = self._made(f"lambda e, ledger, fault: {asked or 'True'}")
        return made

    @cached_property
    def mentions(self) -> tuple[tuple[str, Mention], ...]:
        """The fields that name a speaker, topic or statement, and which."""
        return tuple((f.name, f.mentions) for f in self.fields if f.mentions is not None and f.mentions != "event")

    @property
    def texts(self) -> list[str]:
        """The columns in which words may stand."""
        return [column.name for column in self.columns if column.sql == "TEXT"]

    @cached_property
    def rare(self) -> tuple[str, ...]:
        """The fields that few events have, which share one column."""
        return tuple(field.name for field in self.fields if field.type in RARE)

    @property
    def quoted(self) -> list[str]:
        """The fields whose words other events may quote."""
        return [field.name for field in self.fields if field.quoted]

    def _guarded(self, field: Field) -> bool:
        """Tell whether a field may be absent, and its type does not see to that."""
        return self.may_be_none(field) and not field.type.whole

    def _made(self, source: str) -> Any:  # noqa: ANN401 -- each use says what it is
        known = {**vars(col), "is_hash": is_hash, "Record": self.record}
        for field in self.fields:
            known.update(field.type.names)
        return eval(source, known)  # noqa: S307 -- made of names in our own descriptions


def _all_of(kind: Kind, field: Field) -> str:
    """The tuple of the ids in a field, in Python."""
    value = f"e.{field.name}"
    if field.type is LIST:
        return value
    return f"(() if {value} is None else ({value},))" if kind.may_be_none(field) else f"({value},)"


def _there(kind: Kind, field: Field) -> str:
    """Whether what a field mentions is there, in Python."""
    value, asked = f"e.{field.name}", f"fault({field.mentions!r}, {{}}, ledger) is None"
    if field.type is LIST:
        return f"(not {value} or all({asked.format('one')} for one in {value}))"
    return f"({value} is None or {asked.format(value)})" if kind.may_be_none(field) else asked.format(value)


# The types

_Word = TypeVar("_Word", bound="StrEnum")


CODED = (Shown(how="code"),)
"""How words of closed sets are shown."""


def code(words: Mapping[_Word, int | None]) -> FieldType:
    """A word of a closed set, as its number; one that has none is NULL."""
    name = type(next(iter(words))).__name__
    names = (f"{name}_codes", words), (f"{name}_words", {number: word for word, number in words.items()})
    whole = None in words.values()
    parts = (Part("{}", "INTEGER", may_be_null=whole),)
    return FieldType(parts, f"{name}_codes[{{v}}]", f"{name}_words[{{c[0]}}]", CODED, whole, names)


def closed(*words: StrEnum) -> FieldType:
    """A word of a closed set, as its place among these: they only ever grow at the end."""
    return code({word: place for place, word in enumerate(words)})


def codes_of(closed_set: FieldType) -> dict[StrEnum, int | None]:
    """Return the numbers of the words of a closed set."""
    return cast("dict[StrEnum, int | None]", closed_set.names[0][1])


def packed(record: type[Struct]) -> FieldType:
    """A record that is part of an event, as JSON."""
    name = record.__name__
    return FieldType((Part("{}"),), "packed_part({v})", f"unpacked_part({name}, {{c[0]}})", names=((name, record),))


TEXT = FieldType((Part("{}"),))
WORD = FieldType((Part("{}", "INTEGER", "word"),), "keys[{v}]", "word({c[0]})", (Shown(how="word"),))
"""A text that recurs, as its key in the table of words."""
REF = FieldType((Part("{}", "INTEGER", "ref"),), "seqs[{v}][0]", "{c[0]}.hex()", (Shown(how="id"),))
"""The id of an event, as its seq; what is read is the id."""
FLAG = FieldType((Part("{}", "INTEGER"),), "int({v})", "FLAGS[{c[0]}]", (Shown(how="flag"),))
NUMBER = FieldType((Part("{}", "ANY"),), shown=(Shown(how="number"),))
CLOCK = FieldType((Part("{}", "INTEGER"),), "micros({v})", "moment({c[0]})", (Shown(how="iso"),))
"""A clock of a machine or a judgement, as microseconds."""
JUDGED = CLOCK._replace(shown=(Shown(how="recorded"),))
"""The same, where absent that of recording."""
LIST = FieldType((Part("{}", may_be_null=True),), "packed_list({v})", "unpacked_list({c[0]})", whole=True)
MAP = FieldType((Part("{}"),), "canonical(dict({v}))", "unpacked({c[0]})")

_MOMENT = (
    Part("{}_from", "INTEGER"),
    Part("{}_until", "INTEGER"),
    Part("{}_text", may_be_null=True),
    Part("{}_how", "INTEGER", "word"),
)
_TYPED = (
    Shown("{}", "typed", 0, "{}.text"),
    Shown("{}_from", "iso", 0, "{}.start"),
    Shown("{}_until", "iso", 1, "{}.end"),
)
FEW_HAVE = FieldType((), shown=(Shown(how="rare"),))
"""A value that few events of a kind have: all such share one column of JSON, which costs the others next to nothing."""
FEW_HAVE_WHEN = FieldType((), shown=(Shown(how="rare", path="{}.text"),))
"""The same, where it is a moment of the world."""
RARE = (FEW_HAVE, FEW_HAVE_WHEN)
WHEN = FieldType(
    _MOMENT,
    "*when_cells({v}, keys)",
    "when_of({c[0]}, {c[1]}, {c[2]}, None if {c[3]} is None else word({c[3]}))",
    _TYPED,
    whole=True,
)
"""A moment of the world: from, until, text (NULL where it is the start as ISO 8601), manner."""
SAID = WHEN._replace(
    shown=(*_TYPED, Shown("precision", "manner", 3, "{}.precision"), Shown("tz", "manner", 3, "{}.tz"))
)
"""The moment of a statement."""

_SOURCE = (
    Part("url", may_be_null=True),
    Part("outlet", "INTEGER", "word", may_be_null=True),
    Part("title", may_be_null=True),
    Part("author", "INTEGER", "word", may_be_null=True),
)
SOURCE = FieldType(
    (*_SOURCE, Part("published", may_be_null=True)),
    "*source_cells({v}, keys)",
    "source_of(({c[0]}, {c[1]}, {c[2]}, {c[3]}, {c[4]}), word)",
    (
        *(
            Shown(f"source_{p.name}", "word" if p.holds == "word" else "as it is", place, f"source.{p.name}")
            for place, p in enumerate(_SOURCE)
        ),
        Shown("source_published", "first", 4, "source.published.text"),
    ),
    whole=True,
)
"""Where it can be checked, in columns of its own."""

TARGET_ID = FieldType((), read="about", shown=())
"""What a correction is about, which stands in the table ``about``."""
TARGET_NAMED = FieldType(
    (Part("slug", "INTEGER", "word", may_be_null=True),),
    "None if is_hash({v}) else keys[{v}]",
    "about if {c[0]} is None else word({c[0]})",
    (),
    whole=True,
)
"""The same, where it may be named by its slug."""
