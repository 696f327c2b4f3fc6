"""Pieces that several pages show: names, quotations, moments, tables, numbers. Escapes all that it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.figures.marks import in_order
from flipflop.publish import statement as of_statement
from flipflop.publish.markup import attribute, element, said as shown
from flipflop.publish.site import addresses as at
from flipflop.publish.site.model import Course, Standing
from flipflop.text.held_back import coded_on, waiting_statements
from flipflop.text.numbers import counted
from flipflop.text.positions import stance_word
from flipflop.text.rulings import DIFFER, INCOMPLETE, OUR_WORDS, UNJUDGED, change_words, outcome_words, pair_label
from flipflop.text.sources import source_details

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from flipflop.figures.data import Mark
    from flipflop.publish.site.model import Held, Pair, Position, Record, Said

COURSES: Final = {
    Course.CHANGED: "Changed position",
    Course.EXCUSED: "Another position after circumstances changed",
    Course.NO_CHANGE: "No change of position",
    Course.RULED_NONE: "No change of position, as ruled",
    Course.OPEN: "Not decided",
    Course.ONE: "One side taken once, nothing to compare",
    Course.NO_SIDE: "No side taken",
}
"""What a reader is told of a record of one speaker on one topic."""


def speaker_link(record: Record, here: str, speaker: str) -> str:
    """Return a speaker's name as a link to the speaker's page."""
    return element("a", shown(record.people[speaker].name), href=at.link(here, at.speaker_page(speaker)))


def topic_link(record: Record, here: str, topic: str) -> str:
    """Return a topic's title as a link to its page."""
    return element("a", shown(record.topics[topic].title), href=at.link(here, at.topic_page(topic)))


def statement_link(here: str, said: Said, words: str = "") -> str:
    """Return the moment of a statement (or other words) as a link to the statement's page."""
    return element("a", attribute(words or said.mark.when), href=at.link(here, at.statement_page(said.id)))


def moment(said: Said) -> str:
    """Return the moment of a statement, at its true precision."""
    return of_statement.moment(said.mark)


def position_words(record: Record, position: Position) -> str:
    """Return what a statement shows, with its mark: "supports", "denies"; and that a ruling set it aside."""
    aside = element("span", attribute(position.aside), class_="note") if position.aside else ""
    return element("span", of_statement.position(record.mark(position)), class_="stance") + aside


def quote(said: Said) -> str:
    """Return the words of a statement in full, in their language where the record knows it."""
    return of_statement.words(said.mark, said.language)


def notes(here: str, said: Said, mark: Mark) -> str:
    """Return what a reader must know beside the words: whose they are, for whom, as told by whom, what was mended.

    ``mark`` tells the statement with whether a coding is to be looked at again.
    """
    told = of_statement.notes(mark)
    if not said.amended:
        return told
    mended = element("a", "our record of it was corrected", href=at.link(here, at.CORRECTIONS))
    return told + element("span", mended, class_="note")


def source(said: Said) -> str:
    """Return where a statement can be checked: outlet, title, author, and when it was published."""
    told = ", ".join(source_details(said.author, said.published))
    return of_statement.source(said.mark) + (element("span", shown(told), class_="note") if told else "")


def pair_words(record: Record, pair: Pair) -> str:
    """Return in a few words how a pair stands: what happened where that was ruled, else that two statements differ."""
    if pair.standing is Standing.CHANGE:
        return change_words(pair.kind, pair.gap, pair.told)
    if pair.told not in UNJUDGED:
        return outcome_words(pair.told, pair.kind)
    short = pair.told in (INCOMPLETE, OUR_WORDS) and len(pair.case.approvers) < record.options.approvals
    if not short:
        return pair_label(pair.kind, pair.told)
    return f"{DIFFER}; {len(pair.case.approvers)} of {record.options.approvals} people have judged them"


def pair_item(record: Record, here: str, pair: Pair, *, name: bool = True) -> str:
    """Return a line of a list that leads to a pair: who, on what, how it stands, both moments."""
    who = f"{shown(record.people[pair.speaker].name)} on " if name else ""
    title = element("a", f"{who}{shown(record.topics[pair.topic].title)}", href=at.link(here, at.pair_page(pair.id)))
    dates = f" {'→' if in_order(*pair.marks) else 'and'} ".join(attribute(mark.when) for mark in pair.marks)
    words = element("span", attribute(pair_words(record, pair)), class_=f"standing {pair.standing.replace('_', '-')}")
    return element("li", f"{title}: {words}{element('span', dates, class_='note')}")


def course_words(record: Record, here: str, held: Held) -> str:
    """Return what the record shows of one speaker on one topic, a change and the absence of one in the same voice."""
    words = element("span", COURSES[held.course], class_=f"course {held.course.replace('_', '-')}")
    links = [
        element("a", attribute(pair_words(record, pair)), href=at.link(here, at.pair_page(pair.id)))
        for pair in held.pairs
    ]
    sides = _sides(record, held.positions) if held.course in (Course.NO_CHANGE, Course.ONE) else ""
    return words + "".join(element("span", part, class_="note") for part in [*links, sides] if part)


def _sides(record: Record, positions: Sequence[Position]) -> str:
    looks = dict.fromkeys(one.look for one in positions)
    kind = record.topics[positions[0].topic].kind
    return attribute(", ".join(stance_word(look, kind) for look in looks))


def table(caption: str, heads: Sequence[str], rows: Iterable[str]) -> str:
    """Return a table; ``rows`` are the cells of each row, as ``row`` makes them."""
    head = element("tr", "".join(element("th", words, scope="col", role="columnheader") for words in heads), role="row")
    body = "\n".join(element("tr", cells, role="row") for cells in rows)
    inside = (
        element("caption", caption) + element("thead", head, role="rowgroup") + element("tbody", body, role="rowgroup")
    )
    return element("table", inside, role="table")


def row(heads: Sequence[str], cells: Sequence[str], header: int = 0) -> str:
    """Return the cells of one row; that with the number ``header`` names the row. On a telephone the heads stand by."""
    return "".join(
        element("th", cell, scope="row", role="rowheader", data_head=head)
        if number == header
        else element("td", cell, role="cell", data_head=head)
        for number, (head, cell) in enumerate(zip(heads, cells, strict=True))
    )


OF_SPEAKER: Final = ("Moment", "Position", "What was said", "Source")
OF_TOPIC: Final = ("Moment", "Speaker", "Position", "What was said", "Source")


def said_row(record: Record, here: str, said: Said) -> str:
    """Return a statement as a row of its speaker's table."""
    shows = record.shown_by[said.id]
    cells = [
        f"{position_words(record, one)} {element('span', topic_link(record, here, one.topic), class_='note')}"
        for one in shows
    ]
    if waits := waiting_on(record, here, said):
        cells.append(element("span", waits, class_="note"))
    where = "".join(cells) or '<span class="note">on no topic yet</span>'
    return row(OF_SPEAKER, (_when(here, said), where, quote(said) + notes(here, said, record.told(said)), source(said)))


def waiting_on(record: Record, here: str, said: Said) -> str:
    """Return on which topics a statement is coded and not shown, for their propositions were mended; "" for none."""
    topics = record.waits_on.get(said.id, ())
    return coded_on(", ".join(topic_link(record, here, topic) for topic in topics)) if topics else ""


def position_row(record: Record, here: str, position: Position) -> str:
    """Return a position as a row of its topic's table."""
    said = position.said
    who, shows = speaker_link(record, here, said.mark.speaker), position_words(record, position)
    told = quote(said) + notes(here, said, record.mark(position))
    return row(OF_TOPIC, (_when(here, said), who, shows, told, source(said)), 1)


def _when(here: str, said: Said) -> str:
    return element("a", moment(said), href=at.link(here, at.statement_page(said.id)))


def listing(items: Iterable[str], **attributes: str) -> str:
    """Return a list of ready items, or nothing."""
    inside = "\n".join(items)
    return element("ul", inside, **attributes) if inside else ""


def titled(title: str, content: str, level: int = 2, **attributes: str) -> str:
    """Return a section with its heading, or nothing where it has no content."""
    return element("section", element(f"h{level}", title) + content, **attributes) if content else ""


def topics_listed(record: Record, here: str, topics: Iterable[str]) -> str:
    """Return a list of topics with their propositions and numbers, and what each is part of where that is elsewhere."""
    items = (
        element(
            "li",
            f"{topic_link(record, here, topic)} {_summary_on(record, topic)}"
            + element("span", shown(record.topics[topic].proposition), class_="note")
            + part_of(record, here, topic),
        )
        for topic in topics
    )
    return listing(items, class_="names")


def _summary_on(record: Record, topic: str) -> str:
    return summary(record.by_topic[topic], waiting=len(record.held_back.get(topic, ())))


def part_of(record: Record, here: str, topic: str) -> str:
    """Return of what a topic is part, as a link; nothing where it stands alone, or on the page of that wider topic."""
    wider = record.topics[topic].parent
    if not wider or here == at.topic_page(wider):
        return ""
    return element("span", f"Part of {topic_link(record, here, wider)}", class_="note")


def summary(held: tuple[Held, ...], statements: int | None = None, *, waiting: int = 0) -> str:
    """Return numbers in the words that both sides get: how many statements, how many records changed and did not."""
    number = len({one.said.id for part in held for one in part.positions}) if statements is None else statements
    changed, excused, same = (several_of(held, courses) for courses in (_CHANGED, _EXCUSED, UNCHANGED))
    told = [counted(number, "statement")] if number or not waiting else []
    told += [waiting_statements(waiting, more=number > 0)] if waiting else []
    told += [f"{changed:,} changed position"] if changed or excused else []
    told += [f"{excused:,} more after circumstances changed"] if excused else []
    told += [f"{same:,} did not{'' if changed or excused else ' change position'}"] if same else []
    return element("span", f"({', '.join(told)})", class_="count")


_CHANGED: Final = (Course.CHANGED,)
_EXCUSED: Final = (Course.EXCUSED,)
UNCHANGED: Final = (Course.NO_CHANGE, Course.RULED_NONE)
"""The courses of records without a change."""


def several_of(held: Iterable[Held], courses: Collection[Course]) -> int:
    """Return how many records have one of these courses."""
    return sum(one.course in courses for one in held)


def with_and_without(held: Collection[Held]) -> str:
    """Return "1 with a change of position, 1 more after circumstances changed, 5 without", as all pages count."""
    excused = several_of(held, _EXCUSED)
    more = f", {excused:,} more after circumstances changed" if excused else ""
    changed, same = several_of(held, _CHANGED), several_of(held, UNCHANGED)
    return f"{changed:,} with a change of position{more}, {same:,} without"


def others(held: Collection[Held]) -> int:
    """Return how many records have nothing to compare, or are not decided."""
    return len(held) - several_of(held, (*_CHANGED, *_EXCUSED, *UNCHANGED))
