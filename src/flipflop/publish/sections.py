"""The words of a page: findings, table, notes; readable without a script, and saying no more than the record does."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from flipflop.figures.hover import quoted, source_words
from flipflop.figures.text import visible
from flipflop.figures.traces import ARC_LOOKS, arc_look
from flipflop.figures.words import LOOKS, form_words, stance_word
from flipflop.publish.markup import attribute, element, link, said
from flipflop.publish.symbols import hatch_symbol, line_symbol, stance_symbol

if TYPE_CHECKING:
    from flipflop.figures.data import Block, FigureData, Mark
    from flipflop.publish.ruled import Ruled

HOW_TO_READ = (
    "One lane a person, in the order of names. Above its line a statement is for the proposition, below it against.",
    "A bar is as wide as the time in which the statement was made: its moment is not known more closely.",
    "A hollow mark: reported or paraphrased, not the speaker's own words.",
    "An arc leads from an earlier to a later statement of one person that do not agree; its label is the time between.",
    "A change is a candidate until a person has ruled on it. Whether somebody changed their mind, was misunderstood "
    "or met new facts, the statements alone do not tell.",
    "A hatched field: the person spoke for somebody whose position changed, and this record holds no later statement "
    "of theirs. That is a fact about this record, not about them.",
    "A position is somebody's judgement of what a statement shows; the words themselves stand in the table.",
)


class Section:
    """Writes one block of a page. Rows are found by the number of their mark: ``r0-5`` is mark 5 of block 0."""

    def __init__(self, data: FigureData, number: int, ruled: Ruled) -> None:
        self.data, self.number, self.block, self.ruled = data, number, data.blocks[number], ruled
        self.marks = {mark.statement_id: (place, mark) for place, mark in enumerate(self.block.marks)}
        self.names = {lane.speaker: lane.name for lane in self.block.lanes}

    def html(self, heading: str) -> str:
        """Return the whole section: what was found, the figure, the table, what stands against what."""
        parts = [
            heading,
            element("p", attribute(self.block.coverage) + ".", class_="coverage"),
            self._findings(),
            self._figure(),
            self._table(),
            self._conflicts(),
        ]
        return element("section", "\n".join(part for part in parts if part), id=f"topic-{self.number}")

    def _findings(self) -> str:
        changes = [
            element("li", self._change(place), id=f"a{self.number}-{place}") for place in range(len(self.block.arcs))
        ]
        standing = [
            element("li", f"{self._name(item.speaker)}: {self._to_row(item.statement_id, item.note)}. "
                    f"{self._name(item.other)} {self._to_row(item.by_id, 'changed position')} afterwards.")
            for item in self.block.stranded
        ]  # fmt: skip
        lists = (_titled_list("Changes of position", changes), _titled_list("Left standing", standing))
        return element("div", "".join(lists), class_="findings") if changes or standing else ""

    def _change(self, place: int) -> str:
        arc = self.block.arcs[place]
        pair = " → ".join(self._to_row(id_, self._stance_and_moment(id_)) for id_ in (arc.earlier_id, arc.later_id))
        note = self.ruled.get((arc.earlier_id, arc.later_id, self.block.topic), "")
        return f"{self._name(arc.speaker)} {attribute(arc.sentence)}: {pair}.{note}"

    def _stance_and_moment(self, statement_id: str) -> str:
        mark = self.marks[statement_id][1]
        return f"{stance_word(mark.look, self.block.topic_kind)}, {mark.when}"

    def _figure(self) -> str:
        label = (
            f"Timeline: {self.block.proposition} {self.data.axis}. {self.block.coverage}. "
            "Arrow keys go from statement to statement, Enter opens the source; the table below says the same."
        )
        drawing = element("div", "", class_="figure", id=f"figure-{self.number}", tabindex="0", role="group",
                          aria_label=label)  # fmt: skip
        without = '<noscript><p class="note">The drawing needs JavaScript; the table says the same.</p></noscript>'
        tip = element("div", "", class_="tip", hidden="", aria_hidden="true")
        return f"{self._legend()}{self._views()}{element('div', drawing + tip, class_='drawing')}{without}"

    def _legend(self) -> str:
        kind, marks = self.block.topic_kind, self.block.marks
        looks = [look for look in LOOKS if any(mark.look == look for mark in marks)]
        arcs = [look for look in ARC_LOOKS if any(arc_look(arc) == look for arc in self.block.arcs)]
        entries = [(look, stance_symbol(look), stance_word(look, kind)) for look in looks]
        entries += [("steps", line_symbol("steps"), "between two statements")] if self.block.steps else []
        entries += [(f"arc-{look}", line_symbol(look), ARC_LOOKS[look][0]) for look in arcs]
        entries += [("stranded", hatch_symbol(), "left standing since")] if self.block.stranded else []
        buttons = (
            element("button", symbol + attribute(words), type="button", aria_pressed="true", data_group=group)
            for group, symbol, words in entries
        )
        return element("div", "".join(buttons), class_="legend", role="group", aria_label="Show or hide")

    def _views(self) -> str:
        if self.block.view == self.block.whole:
            return ""
        buttons = (
            element("button", words, type="button", aria_pressed=pressed, data_view=view)
            for view, words, pressed in (("view", "Close-up", "true"), ("whole", "Whole record", "false"))
        )
        return element("div", "".join(buttons), class_="views script", role="group", aria_label="Stretch of time")

    def _table(self) -> str:
        heads = ("Moment", "Speaker", "Position", "What was said", "Source")
        head = element(
            "tr", "".join(element("th", words, scope="col", role="columnheader") for words in heads), role="row"
        )
        rows = "\n".join(self._row(place, mark) for place, mark in enumerate(self.block.marks))
        caption = (
            f"Every statement of this record on: {said(self.block.proposition)} Times in {attribute(self.data.zone)}."
        )
        inside = (
            element("caption", caption)
            + element("thead", head, role="rowgroup")
            + element("tbody", rows, role="rowgroup")
        )
        return element("table", inside, role="table")

    def _row(self, place: int, mark: Mark) -> str:
        moment = element("time", attribute(mark.when), datetime=mark.start.astimezone(UTC).isoformat())
        kind, form = self.block.topic_kind, form_words(mark.form)
        hollow = mark.form in ("reported", "paraphrase")
        position = stance_symbol(mark.look, hollow=hollow) + attribute(stance_word(mark.look, kind))
        quote = element("span", _paragraphs(quoted(mark)), class_="quote")
        notes = [
            f"({form})" if form else "",
            f"for {said(mark.on_behalf_of)}" if mark.on_behalf_of else "",
            f"as told by {said(mark.attribution)}" if mark.attribution else "",
            "coding to be looked at again" if mark.needs_review else "",
        ]
        below = "".join(element("span", note, class_="note") for note in notes if note)
        source = link(mark.source_url, source_words(mark)) if source_words(mark) else "none recorded"
        cells = [
            element("td", moment, role="cell"),
            element("th", self._name(mark.speaker), scope="row", role="rowheader"),
            element("td", position, role="cell"),
            element("td", quote + below, role="cell"),
            element("td", source, role="cell", class_="source"),
        ]
        return element("tr", "".join(cells), id=f"r{self.number}-{place}", role="row")

    def _conflicts(self) -> str:
        items = [
            element("li", f"{attribute(item.sentence)}: {self._whose(item.earlier_id)}; {self._whose(item.later_id)}.")
            for item in self.block.conflicts
            if item.kind != "stranded_surrogate"
        ]
        return _titled_list("Statements that stand against each other", items)

    def _whose(self, statement_id: str) -> str:
        if statement_id not in self.marks:
            return "a statement that this record does not show"
        name = self._name(self.marks[statement_id][1].speaker)
        return f"{name} {self._to_row(statement_id, self._stance_and_moment(statement_id))}"

    def _name(self, speaker: str) -> str:
        return element("strong", said(self.names.get(speaker, speaker)))

    def _to_row(self, statement_id: str, words: str) -> str:
        if statement_id not in self.marks:
            return attribute(words)
        return element("a", attribute(words), href=f"#r{self.number}-{self.marks[statement_id][0]}")


def heading(block: Block, level: int) -> str:
    """Return the heading of a section: the proposition, as a sentence that one can support or oppose."""
    return element(f"h{level}", said(block.proposition))


def how_to_read() -> str:
    """Return the note that every page carries."""
    items = [element("li", words) for words in HOW_TO_READ]
    return element("section", element("h2", "How to read this") + _list(items), class_="how")


def _titled_list(title: str, items: list[str]) -> str:
    return element("h3", title) + _list(items) if items else ""


def _list(items: list[str]) -> str:
    return element("ul", "\n".join(items))


def _paragraphs(text: str) -> str:
    return "<br>".join(said(line) for line in visible(text).split("\n"))
