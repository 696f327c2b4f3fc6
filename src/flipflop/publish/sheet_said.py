"""The evidence on a sheet: each statement with its moment, source, corrections and codings. Decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flipflop.figures.marks import mark_of
from flipflop.figures.rows import read_positions
from flipflop.figures.zone import named_zone
from flipflop.publish.markup import attribute, element, lines, link, said
from flipflop.publish.statement import HEADS, notes, position, source, words
from flipflop.publish.symbols import stance_symbol
from flipflop.store.log import rules
from flipflop.text.numbers import counted
from flipflop.text.positions import stance_word
from flipflop.text.quotations import form_words, quotation as quoted
from flipflop.text.sources import NONE_RECORDED, source_details, source_words
from flipflop.when.telling import moment_words, second_words, utc_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    import pandas as pd

    from flipflop.cases.case import Case, Evidence, Judgement, Response
    from flipflop.records import Source, Statement, Topic
    from flipflop.when import When


def evidence(title: str, one: Evidence, topic: Topic, tz: str) -> str:
    """Return the section of one statement."""
    statement = one.statement
    facts = [
        *(fact for field, fact in _fields(statement, tz).items() if field not in ("speaker", "text")),
        ("Answered or continued by", _answers(one.answers, tz)),
        ("Recorded", f"{point(one.recorded_at, tz)}, as {element('code', attribute(one.id))}"),
    ]
    parts = [
        element("h2", f"{attribute(title)}: {attribute(moment_words(statement.said, tz))}"),
        element("blockquote", quotation(statement)),
        definitions(facts),
        _mended(one, tz),
        _judgements(one.judgements, topic, tz),
    ]
    return element("section", "\n".join(part for part in parts if part), class_="evidence")


def around(case: Case, positions: pd.DataFrame, tz: str) -> str:
    """Return the table of everything that the record holds of the speaker on the topic, the pair marked."""
    zone, pair = named_zone(tz), {case.earlier.id: "earlier", case.later.id: "later"}
    made = []
    for mark in (mark_of(row, zone, tz) for row in read_positions(positions)):
        which = pair.get(mark.statement_id)
        of_pair = element("strong", f" {which} of the pair") if which else ""
        made.append([attribute(mark.when), position(mark), words(mark) + notes(mark) + of_pair, source(mark)])
    caption = (
        f"{counted(len(made), 'statement')}, in the order of their moments. What is not in this record is not here."
    )
    body = table([head for head in HEADS if head != "Speaker"], made, caption, "record")
    return element("section", element("h2", f"All that this record holds of {said(case.speaker.name)} on this") + body)


def quotation(statement: Statement) -> str:
    """Return the words, in quotation marks where they are the speaker's own."""
    return lines(quoted(statement.text, str(statement.form)))


def cited(given: Source | None, tz: str) -> str:
    """Return all that is known of a source, with its address in full; or that none is recorded."""
    if given is None:
        return element("strong", NONE_RECORDED)
    published = moment_words(given.published, tz) if given.published else ""
    named = given.outlet or given.title
    told = [source_words(given.url or "", given.outlet or "", given.title or "")] if named else []
    told = [", ".join([*told, *source_details(given.author or "", published)])]
    parts = [*(said(words) for words in told if words), link(given.url, given.url) if given.url else "no web address"]
    return "<br>".join(parts)


def point(instant: datetime, tz: str) -> str:
    """Return an instant to the second, as a ``time`` element."""
    return element("time", attribute(second_words(instant, tz)), datetime=utc_text(instant))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str, name: str) -> str:
    """Return a table of cells that are markup already; nothing for no rows."""
    made = "\n".join(element("tr", "".join(element("td", cell) for cell in row)) for row in rows)
    if not made:
        return ""
    head = element("tr", "".join(element("th", attribute(words), scope="col") for words in heads))
    inside = element("caption", caption) + element("thead", head) + element("tbody", made)
    return element("table", inside, class_=name)


def definitions(facts: Iterable[tuple[str, str]]) -> str:
    """Return names and what they stand for, those that stand for nothing left out."""
    pairs = (element("div", element("dt", attribute(name)) + element("dd", told)) for name, told in facts if told)
    return element("dl", "\n".join(pairs))


def _moment(said_at: When, tz: str) -> str:
    start, end = (f"{bound.isoformat(sep=' ').removesuffix('+00:00')}" for bound in (said_at.start, said_at.end))
    facts = [
        f"known to the {said_at.precision}{', approximate' if said_at.approximate else ''}",
        f"from {start} to before {end} UTC",
        f"given as \u201c{said_at.text}\u201d" + (f" in {said_at.tz}" if said_at.tz else ", in no zone"),
        *said_at.warnings,
    ]
    return element("strong", attribute(moment_words(said_at, tz))) + attribute("; " + "; ".join(facts))


def _fields(statement: Statement, tz: str) -> dict[str, tuple[str, str]]:
    """Return what each field of a statement is called on the sheet and what it says there, "" where it says nothing."""
    answers = statement.responds_to
    return {
        "speaker": ("Speaker", said(statement.speaker)),
        "text": ("Words", quotation(statement)),
        "said": ("Moment", _moment(statement.said, tz)),
        "form": ("Form", attribute(form_words(str(statement.form)) or "the speaker's own words")),
        "context": ("Context", lines(statement.context) if statement.context else NONE_RECORDED),
        "on_behalf_of": ("For", said(statement.on_behalf_of) if statement.on_behalf_of else ""),
        "attribution": ("As told by", said(" > ".join(statement.attribution)) if statement.attribution else ""),
        "responds_to": ("Answers or continues", element("code", attribute(answers)) if answers else ""),
        "language": ("Language", said(statement.language) if statement.language else ""),
        "source": ("Source", cited(statement.source, tz)),
    }


def _answers(answers: Sequence[Response], tz: str) -> str:
    return "<br>".join(
        f"{said(one.name)}, {attribute(moment_words(one.statement.said, tz))}: {quotation(one.statement)}"
        for one in answers
    )


def _mended(one: Evidence, tz: str) -> str:
    """Return what each correction changed, field by field, as the sheet says these fields elsewhere."""
    version, rows = one.original, []
    for mended in one.mended:
        mend, before = mended.correction, _fields(version, tz)
        version = cast("Statement", rules.mend(version, [mend.changes]))
        after = _fields(version, tz)
        for name in mend.changes:
            change = [attribute(before[name][0]), *(told[name][1] or "nothing" for told in (before, after))]
            rows.append([point(mended.recorded_at, tz), *change, said(mend.reason), said(mend.by)])
    return table(("When", "What", "Before", "After", "Why", "By"), rows, "Corrections of our own record", "mended")


def _judgements(judgements: Sequence[Judgement], topic: Topic, tz: str) -> str:
    rows = [
        [
            stance_symbol(str(one.coding.stance)) + attribute(stance_word(str(one.coding.stance), str(topic.kind))),
            f"{said(one.coding.coder)}{_sure(one)}",
            lines(one.coding.rationale) if one.coding.rationale else "none given",
            point(one.judged_at, tz),
            attribute(_weight(one)),
        ]
        for one in judgements
    ]
    heads = ("Position", "Coder", "Reason", "Judged", "Counts")
    return table(heads, rows, f"What it shows on: {said(topic.proposition)}", "codings") or element(
        "p", "Nobody has said what this statement shows on this topic.", class_="warning"
    )


def _sure(one: Judgement) -> str:
    return "" if one.coding.confidence is None else attribute(f", confidence {one.coding.confidence:g}")


def _weight(one: Judgement) -> str:
    words = ["counts" if one.counts else "does not count: another takes its place"]
    words += ["settles a dispute"] if one.coding.adjudicates else []
    words += ["by a program"] if one.by_model else []
    words += ["to be looked at again: words or moment were corrected since"] if one.needs_review else []
    return "; ".join(words)
