"""The pages about the record itself: corrections, method and numbers, data to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.publish.markup import attribute, element, said as shown
from flipflop.publish.site import addresses as at
from flipflop.publish.site.entrance import record_counts
from flipflop.publish.site.model import Course, Standing
from flipflop.publish.site.record_markup import COURSES, listing, row, statement_link, table, titled
from flipflop.publish.site.rights import dataset, rights_words
from flipflop.publish.site.shell import Page
from flipflop.text.numbers import counted
from flipflop.when.telling import day_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.publish.site.model import AmendmentNotice, Record

_FIELDS: Final = {"text": "words", "said": "moment", "on_behalf_of": "for whom it was said", "responds_to": "context"}

PRINCIPLES: Final = (
    "A statement is evidence: words, who said them, when, and where that can be checked. It is never changed; our "
    "record of it can be corrected, and the corrections page says so.",
    "What a statement shows on a topic (supports, opposes, mixed) is somebody's judgement of those words.",
    "A moment is shown as closely as it is known and no closer. Two statements whose moments overlap have no order.",
    "A program finds pairs of statements of one speaker on one topic whose positions differ. Such a pair is a "
    "candidate and nothing more.",
    "Only people call a pair a change of position. Every ruling carries the kindest reading of the pair that was "
    "found, and all rulings on a pair stay on its page, also those that a later one replaced.",
    "Whether somebody changed their mind, was misunderstood or met new facts, statements alone do not tell. A change "
    "of position is no reproach, and the absence of one no praise.",
    "What this record does not hold, it does not hold: that is no fact about anybody.",
)


def corrections(record: Record) -> Page:
    """Return the page of what was corrected, withdrawn or removed, the latest first."""
    items = [_amendment(record, amendment) for amendment in reversed(record.amendments)]
    numbers = [sum(one.deed == deed for one in record.amendments) for deed in ("corrected", "withdrawn", "removed")]
    lead = "What we mended in our own record. Of what was withdrawn or removed, this page says only that it was."
    main = (
        element("h1", "Corrections")
        + element("p", lead)
        + (listing(items, class_="mends") or "<p>Nothing was corrected, withdrawn or removed.</p>")
    )
    counts = f"{counted(numbers[0], 'correction')}, {numbers[1]:,} withdrawn, {numbers[2]:,} removed."
    return Page(at.CORRECTIONS, "Corrections", main, counts, lead)


def _amendment(record: Record, amendment: AmendmentNotice) -> str:
    when = day_words(amendment.at, record.options.tz)
    if amendment.deed != "corrected":
        kind = amendment.kind.replace("_", " ")
        return element("li", attribute(f"{when}: a record of the kind “{kind}” was {amendment.deed}."))
    said = record.said[amendment.statement]
    name = f"{shown(record.people[said.mark.speaker].name)}, {statement_link(at.CORRECTIONS, said)}"
    what = ", ".join(_FIELDS.get(field, field.replace("_", " ")) for field in amendment.fields)
    note = element("span", f"Why: {shown(amendment.reason)}", class_="note") if amendment.reason else ""
    return element("li", f"{attribute(when)}: {name}. Corrected: {attribute(what)}.{note}")


def method(record: Record) -> Page:
    """Return the page on how the record is made and what its numbers count."""
    main = "".join([
        element("h1", "Method"),
        titled("Who is covered, and why", element("p", shown(record.options.scope))),
        titled("How this record is made", listing(element("li", words) for words in PRINCIPLES)),
        titled("What is called a change of position here", _gate(record)),
        titled("Numbers", _courses(record) + _forms(record)),
        titled("What is left out", listing(element("li", attribute(words)) for words in _left_out(record))),
        titled("Addresses", element("p", _ADDRESSES)),
    ])  # fmt: skip
    return Page(at.METHOD, "Method", main, record_counts(record), "How the record is made, and what its numbers count.")


_ADDRESSES: Final = (
    "The address of a page holds the id of what it shows and stays as long as that is in the record. The id of a "
    "statement is a hash of its words, speaker, moment and source as first recorded; that of a pair a hash of the ids "
    "of both statements and of the topic, whatever is ruled on it."
)


def _gate(record: Record) -> str:
    asked = record.options.approvals
    people = "At least one person" if asked == 1 else f"At least {asked} people, each for themselves,"
    shows = (
        "Pairs that are not are shown as candidates, and marked as such."
        if record.options.candidates
        else "Pairs that are not are not shown as pairs."
    )
    more = [] if "reply" in record.options.require else [_REPLY]
    more += [f"Required here as well: {', '.join(record.options.require)}."] if record.options.require else []
    told = (
        f"{people} ruled so after looking for an innocent reading, on words that have not been corrected since; both "
        "statements have a source and were coded by people who do not disagree; and it is certain which came first. "
        f"{shows}"
    )
    return element("p", attribute(" ".join([told, *more])))


_REPLY: Final = (
    "The page of each pair says what the speaker replied, that a reply was asked for, or that neither is recorded; "
    "a reply is no condition here."
)


def _courses(record: Record) -> str:
    heads = ("A record of one speaker on one topic shows", "Number")
    rows = [row(heads, (attribute(words), f"{record.courses[course]:,}")) for course, words in COURSES.items()]
    return table("Every speaker and topic on which the record holds a position is counted once.", heads, rows)


def _forms(record: Record) -> str:
    forms = {
        "quote": "quotations",
        "condensed": "quotations that the outlet shortened",
        "paraphrase": "paraphrases",
        "reported": "reported by others",
        "act": "acts",
    }
    heads = ("Statements", "Number")
    numbers = {form: sum(said.mark.form == form for said in record.said.values()) for form in forms}
    rows = [row(heads, (words, f"{numbers[form]:,}")) for form, words in forms.items()]
    coded = sum(bool(shows) for shows in record.shown_by.values())
    rows.append(row(heads, ("coded on a topic", f"{coded:,}")))
    rows.append(row(heads, ("all", f"{len(record.said):,}")))
    return table("Statements by how near their words are to the speaker's own.", heads, rows)


def _left_out(record: Record) -> Sequence[str]:
    out = record.left_out
    told = [f"{counted(out.persons, 'person')} without a public role {_is(out.persons)} left out, with all they said."]
    only = " They stand in the log alone, which is among the data." if record.options.with_log else ""
    told.append(f"Who coded a statement and why, and remarks of the editors.{only}")
    told.append("What was withdrawn or removed.")
    if not record.options.candidates:
        told.append("Pairs that a program found and nobody has called a change of position.")
    return told


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def data_page(record: Record, files: Sequence[tuple[str, str]]) -> Page:
    """Return the page that leads to the data; ``files`` are their paths with a description each."""
    heads = ("File", "What it holds")
    rows = [row(heads, (element("a", path, href=path), attribute(words))) for path, words in files]
    lead = "The same as the pages show, to take away."
    kept = f"As recorded by {day_words(record.kept, record.options.tz)}."
    rights = rights_words(record.options) or "No licence is stated: ask before you publish it anew."
    main = (
        element("h1", "Data")
        + element("p", lead)
        + element("p", f"{attribute(kept)} {rights}")
        + table("Files of this site.", heads, rows)
    )
    open_pairs = record.courses[Course.OPEN]
    pairs = sum(pair.standing is not Standing.CANDIDATE for pair in record.pairs.values())
    counts = attribute(
        f"{counted(len(record.said), 'statement')}, {counted(pairs, 'ruled pair')}, {open_pairs:,} not decided."
    )
    return Page(at.DATA, "Data", main, counts, lead, data=dataset(record, files))
