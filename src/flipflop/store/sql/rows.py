"""Events as rows of typed columns, and back: an id recomputed from a row is the id that was given."""

from __future__ import annotations

import json
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from flipflop.errors import Problem, StoreError
from flipflop.records import events as ev
from flipflop.records.codec import canonical, to_json
from flipflop.records.reading import from_json
from flipflop.records.words import is_hash
from flipflop.store.sql import columns as col

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flipflop.records.codec import Json
    from flipflop.store.sql.columns import Cell, Cells
    from flipflop.when import When

    _Keys: TypeAlias = Mapping[str, int]
    _Seqs: TypeAlias = Mapping[str, tuple[int, str]]
    _Cells: TypeAlias = Sequence[Any]  # a row of a database: the door where values come in


def to_row(event: ev.Event, seq: int, keys: _Keys, seqs: _Seqs) -> Cells:
    """Return the row of an event's body: its seq, and the cells in the order of its columns.

    ``keys`` has the keys of words, ``seqs`` begins with the seq of an event by its id.
    """
    return _WRITERS[event.kind_of_event](event, seq, keys, seqs)


def without_a_place(event: ev.Event) -> Problem | None:
    """Return what is wrong with an event of which this version's tables would lose something, None for nothing."""
    kind = event.kind_of_event
    if kind not in col.KIND_CODES:
        return Problem(f"a store of this version has no place for a {kind}: keep the line for a later one", "event")
    values = _LOST.get(kind)
    if values is None or not any(values(event)):
        return None
    field = next(name for name, value in zip(_NO_COLUMN[kind], values(event), strict=True) if value)
    return Problem("has no place in a store of this version: keep the line for a later one", field)


_NO_COLUMN = {
    "statement": ("question", "before", "after", "act", "reaction", "until", "extra"),
    "topic": ("follows", "how"),
    "ruling": ("framing", "explanation_source", "circumstances_source"),
}
_LOST = {kind: attrgetter(*fields) for kind, fields in _NO_COLUMN.items()}


def from_row(kind: str, row: Sequence[Cell], word: Callable[[int], str], about: str | None = None) -> ev.Event:
    """Return the event of a body: keys are looked up through ``word``; refs come as the ids (16 bytes) themselves.

    ``about`` is the id of the event that a correction, retraction or redaction is about. Raises StoreError for a body
    that is damaged: any cell of it may then be anything.
    """
    cells: list[object] = []
    try:
        for column, cell in zip(col.COLUMNS[kind], row, strict=True):
            if cell is None or column.holds == "value":
                cells.append(cell)
            else:
                cells.append(word(cast("int", cell)) if column.holds == "word" else cast("bytes", cell).hex())
        return _READERS[kind](cells, about)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise StoreError(f"what is recorded of a {kind} is damaged and cannot be read; see: flipflop verify") from error


def _optional(text: str | None, keys: _Keys) -> int | None:
    return None if text is None else keys[text]


def _code(words: Sequence[str], word: str | None) -> int | None:
    return None if word is None else words.index(word)


def _write_speaker(e: ev.Speaker, seq: int, keys: _Keys, _seqs: _Seqs) -> Cells:
    kind = _code(col.SPEAKER_KINDS, e.kind)
    return (seq, keys[e.id], e.name, col.packed_list(e.aliases), kind, e.public_role, e.wikidata)


def _read_speaker(c: _Cells, _about: str | None) -> ev.Event:
    slug, name, aliases, kind, role, wikidata = c
    return ev.Speaker(slug, name, col.unpacked_list(aliases), col.SPEAKER_KINDS[kind], role, wikidata)


def _write_topic(e: ev.Topic, seq: int, keys: _Keys, _seqs: _Seqs) -> Cells:
    return (seq, keys[e.id], e.title, e.proposition, _code(col.TOPIC_KINDS, e.kind), _optional(e.parent, keys))


def _read_topic(c: _Cells, _about: str | None) -> ev.Event:
    slug, title, proposition, kind, parent = c
    return ev.Topic(slug, title, proposition, col.TOPIC_KINDS[kind], parent)


def _write_speaks_for(e: ev.SpeaksFor, seq: int, keys: _Keys, _seqs: _Seqs) -> Cells:
    return (
        *(seq, keys[e.surrogate], keys[e.principal]),
        *(*col.when_cells(e.since, keys), *col.when_cells(e.until, keys)),
        *(col.packed_list(e.topics), None if e.source is None else canonical(to_json(e)["source"])),
    )


def _read_speaks_for(c: _Cells, _about: str | None) -> ev.Event:
    source = None if c[11] is None else cast("ev.Source", _nested(_RELATION, "source", c[11]))
    return ev.SpeaksFor(c[0], c[1], col.when_of(*c[2:6]), col.when_of(*c[6:10]), col.unpacked_list(c[10]), source)


def _write_statement(e: ev.Statement, seq: int, keys: _Keys, seqs: _Seqs) -> Cells:
    source = e.source
    return (
        seq,
        keys[e.speaker],
        e.text,
        _FORM_CODES[e.form],
        *col.when_cells(e.said, keys),
        *(_NONE_RECORDED if source is None else _source_cells(source, keys)),
        col.packed_list(e.attribution) if e.attribution else None,
        None if e.on_behalf_of is None else keys[e.on_behalf_of],
        e.context,
        None if e.responds_to is None else seqs[e.responds_to][0],
        None if e.language is None else keys[e.language],
    )


_FORM_CODES = {form: code for code, form in enumerate(col.FORMS)}
_NONE_RECORDED = (None,) * 5


def _source_cells(s: ev.Source, keys: _Keys) -> Cells:
    return (
        s.url,
        None if s.outlet is None else keys[s.outlet],
        s.title,
        None if s.author is None else keys[s.author],
        None if s.published is None else col.packed_when(s.published),
    )


def _read_statement(c: _Cells, _about: str | None) -> ev.Event:
    speaker, text, form, *said = c[:7]
    url, outlet, title, author, published = c[7:12]
    attribution, on_behalf_of, context, responds_to, language = c[12:]
    source = None
    if url or outlet or title or author:
        source = ev.Source(url, outlet, title, author, col.unpacked_when(published))
    return ev.Statement(
        speaker=speaker,
        text=text,
        said=cast("When", col.when_of(*said)),
        form=col.FORMS[form],
        source=source,
        attribution=col.unpacked_list(attribution),
        on_behalf_of=on_behalf_of,
        context=context,
        responds_to=responds_to,
        language=language,
    )


def _write_coding(e: ev.Coding, seq: int, keys: _Keys, seqs: _Seqs) -> Cells:
    return (
        seq,
        seqs[e.statement][0],
        keys[e.topic],
        col.STANCES[e.stance],
        keys[e.coder],
        e.confidence,
        e.rationale,
        col.optional_micros(e.coded_at),
        int(e.adjudicates),
        e.qualifier,
    )


def _read_coding(c: _Cells, _about: str | None) -> ev.Event:
    statement, topic, stance, coder, confidence, rationale, coded_at, adjudicates, qualifier = c
    return ev.Coding(
        statement,
        topic,
        col.STANCE_OF[stance],
        coder,
        confidence,
        rationale,
        col.optional_moment(coded_at),
        bool(adjudicates),
        qualifier,
    )


def _write_correction(e: ev.Correction, seq: int, keys: _Keys, _seqs: _Seqs) -> Cells:
    return (seq, canonical(dict(e.changes)), e.reason, keys[e.by])


def _read_correction(c: _Cells, about: str | None) -> ev.Event:
    changes, reason, by = c
    return ev.Correction(about or "", col.unpacked(changes), reason, by)


def _write_ruling(e: ev.Ruling, seq: int, keys: _Keys, seqs: _Seqs) -> Cells:
    return (
        *(seq, seqs[e.earlier][0], seqs[e.later][0], keys[e.topic]),
        *(_code(col.OUTCOMES, e.outcome), _code(col.DEGREES, e.degree), _code(col.EXPLANATIONS, e.explanation)),
        *(e.innocent_reading, keys[e.by]),
        None if e.reply is None else canonical(to_json(e)["reply"]),
        *(e.note, col.optional_micros(e.decided_at), _code(col.ASIDES, e.set_aside)),
    )


def _read_ruling(c: _Cells, _about: str | None) -> ev.Event:
    earlier, later, topic, outcome, degree, explanation, innocent_reading, by, reply, note, decided_at, aside = c
    return ev.Ruling(
        earlier=earlier,
        later=later,
        topic=topic,
        outcome=col.OUTCOMES[outcome],
        innocent_reading=innocent_reading,
        by=by,
        degree=None if degree is None else col.DEGREES[degree],
        explanation=None if explanation is None else col.EXPLANATIONS[explanation],
        reply=None if reply is None else cast("ev.Answer", _nested(_RULING, "reply", reply)),
        note=note,
        decided_at=col.optional_moment(decided_at),
        set_aside=None if aside is None else col.ASIDES[aside],
    )


_RULING: dict[str, Json] = {"event": "ruling", "earlier": "a", "later": "b", "topic": "t", "outcome": "reversal"}
_RULING |= {"innocent_reading": "x", "by": "x"}
_RELATION: dict[str, Json] = {"event": "speaks_for", "surrogate": "a", "principal": "b"}


def _nested(frame: Mapping[str, Json], field: str, packed: str) -> object:
    """A record of its JSON, read as part of an event, which is the only place where it occurs."""
    event = from_json({**frame, field: json.loads(packed)})
    if canonical(to_json(event)[field]) != packed:
        raise ValueError(f"a {field} that is written otherwise")
    return getattr(event, field)


def _write_withdrawal(e: ev.Retraction | ev.Redaction, seq: int, keys: _Keys, _seqs: _Seqs) -> Cells:
    return (seq, None if is_hash(e.event) else keys[e.event], e.reason, keys[e.by])


def _read_retraction(c: _Cells, about: str | None) -> ev.Event:
    slug, reason, by = c
    return ev.Retraction(slug or about or "", reason, by)


def _read_redaction(c: _Cells, about: str | None) -> ev.Event:
    slug, reason, by = c
    return ev.Redaction(slug or about or "", reason, by)


_WRITERS: dict[str, Callable[[Any, int, _Keys, _Seqs], Cells]] = {  # each takes the events of its own kind
    "speaker": _write_speaker,
    "topic": _write_topic,
    "speaks_for": _write_speaks_for,
    "statement": _write_statement,
    "coding": _write_coding,
    "correction": _write_correction,
    "ruling": _write_ruling,
    "retraction": _write_withdrawal,
    "redaction": _write_withdrawal,
}
_READERS: dict[str, Callable[[_Cells, str | None], ev.Event]] = {
    "speaker": _read_speaker,
    "topic": _read_topic,
    "speaks_for": _read_speaks_for,
    "statement": _read_statement,
    "coding": _read_coding,
    "correction": _read_correction,
    "ruling": _read_ruling,
    "retraction": _read_retraction,
    "redaction": _read_redaction,
}
