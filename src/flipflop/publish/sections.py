"""The words of a page: findings, table, notes; readable without a script, and saying no more than the record does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from unicodedata import category

from flipflop.figures.data import Rows
from flipflop.figures.geometry import COMPACT, WIDE
from flipflop.figures.view import view_words
from flipflop.publish.alt import block_alt
from flipflop.publish.drawing import MARGIN, fluid, span_seconds
from flipflop.publish.legend import legend
from flipflop.publish.markup import attribute, element, said
from flipflop.publish.poster import header
from flipflop.publish.statement import HEADS, moment, notes, position, source, words
from flipflop.text.numbers import IN_THIS_RECORD
from flipflop.text.rulings import UNJUDGED, counts_as_change
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from flipflop.figures.data import Arc, Block, FigureData, Mark, Stranded
    from flipflop.figures.geometry import Paper
    from flipflop.publish.ruled import Ruled

_ABOVE: Final = 1000
_ROW: Final = 62
"""About how high a section is, in pixels: what stands above its table, and a row of it."""
_LAID_OUT: Final = 100
"""Sections of more statements wait for the reader; a picture of a whole page, as archives take it, lacks them."""
ON_RECORD: Final = "On record when somebody else changed position"
TWO_PEOPLE: Final = "Statements of two people that differ"
_MANY: Final = 12
"""More pairs than this are told below the figure."""
HOW_TO_READ = (
    "A bar is as wide as the time in which the statement was made: its moment is not known more closely.",
    "A hollow mark: reported or paraphrased, not the speaker's own words.",
    "An arc leads from an earlier to a later statement of one person that do not agree; its label is the time between. "
    "Without an arrowhead, the dates leave open which of the two came first. "
    "Arcs whose labels would touch share one, which tells how many they are and within how much time; "
    "a bracket shows from where to where.",
    "Two statements that differ are called a change of position, or a conflict, only where a person has ruled so. "
    "Whether somebody changed their mind, was misunderstood or met new facts, the statements alone do not tell.",
    "A hatched field: a statement was on record when the position of somebody for whom its speaker spoke changed, as "
    "people ruled. That is a fact about this record, not about a person.",
    "A position is somebody's judgement of what a statement shows; the words themselves stand in the table.",
)


class Section:
    """Writes one block of a page. Rows are found by the number of their mark: ``r0-5`` is mark 5 of block 0."""

    def __init__(self, data: FigureData, number: int, ruled: Ruled) -> None:
        self.data, self.number, self.block, self.ruled = data, number, data.blocks[number], ruled
        self.marks = {mark.key: (place, mark) for place, mark in enumerate(self.block.marks)}
        self.names = self.block.names
        self.lanes = {lane.key: lane.name for lane in self.block.lanes}

    def html(self, heading: str) -> str:
        """Return the whole section: what was found, the figure, the table, what stands against what.

        More than a screen of pairs comes below the figure: nobody should have to go past it to see one.
        """
        found = (self.findings(), self.figure())
        parts = [
            heading,
            element("p", attribute(self.block.coverage) + ".", class_="coverage"),
            *(reversed(found) if len(self.block.arcs) > _MANY else found),
            self.table(),
            self.conflicts(),
        ]
        about = {"id": f"topic-{self.number}", "class_": "block", "data_topic": self.block.topic}
        if len(self.block.marks) > _LAID_OUT:  # laid out when a reader comes there
            tall = _ABOVE + _ROW * len(self.block.marks)
            about["style"] = f"content-visibility:auto;contain-intrinsic-height:auto {tall}px"
        return element("section", "\n".join(part for part in parts if part), **about)

    def findings(self) -> str:
        """Return the pairs of one speaker each, and who was on record meanwhile, as lists; nothing for none."""
        changes = [self._change(place, arc) for place, arc in enumerate(self.block.arcs)]
        tally = element("p", f"{IN_THIS_RECORD} {attribute(self.block.tally.words)}.", class_="note") if changes else ""
        standing = [
            element("li", f"{self._name(item.speaker)}: {self._to_row(item.key, attribute(item.note))}. "
                    f"{self._name(item.other)} changed position afterwards{self._by(item)}."
                    + self._note(item.statement_id, item.by_id, self.block.topic or item.lane, "conflict"),
                    **self._about("stranded_surrogate", item.key, item.by_id))
            for item in self.block.stranded
        ]  # fmt: skip
        found = _titled_list(compared(self.block), changes, class_="changes")
        lists = found + tally + _titled_list(ON_RECORD, standing)
        return element("div", lists, class_="findings") if lists else ""

    def _by(self, item: Stranded) -> str:
        """Return by which statement, where the block has it: who changed twice did so twice."""
        return f": {self._to_row(item.by_id, self._stance_and_moment(item.by_id))}" if item.by_id in self.marks else ""

    def _change(self, place: int, arc: Arc) -> str:
        between = " and " if arc.kind == "undetermined" else " → "  # an arrow would say which came first
        pair = between.join(self._to_row(key, self._stance_and_moment(key)) for key in arc.keys)
        note = self._note(arc.earlier_id, arc.later_id, self.block.topic or arc.lane, arc.ruling)
        on = f" on {said(self.lanes[arc.lane])}" if self.block.speaker else ""
        words = f"{self._name(arc.speaker)} {attribute(arc.sentence)}{on}: {pair}.{note}"
        about = {**self._about(arc.kind, *arc.keys), "data_ruling": arc.ruling}
        return element("li", words, id=f"a{self.number}-{place}", **about)

    def _note(self, earlier: str, later: str, topic: str, ruling: str) -> str:
        """Return what stands beside a pair whose ruling is told."""
        if ruling in UNJUDGED:
            return ""
        return self.ruled.notes.get((earlier, later, topic)) or self.ruled.notes.get(
            (later, earlier, topic), ""
        )  # accounts: either

    def _about(self, kind: str, *keys: str) -> dict[str, str]:
        """Return what filters go by: the kind of a finding, and the numbers of its statements."""
        known = (str(self.marks[key][0]) for key in keys if key in self.marks)
        return {"data_kind": kind, "data_n": " ".join(known)}

    def _stance_and_moment(self, key: str) -> str:
        mark = self.marks[key][1]
        return f"{attribute(mark.word)}, {moment(mark, self.data.zone)}"

    def figure(self) -> str:
        """Return legend, buttons and both drawings: for wide screens, and for narrow ones."""
        label = (
            f"{block_alt(self.block)} {self.data.axis}. Arrow keys go from statement to statement, Enter opens the "
            "source, plus and minus look closer and wider; the table below says the same."
        )
        card = element("div", "", class_="card", hidden="")
        spans = {f"data_{name}": span_seconds(span) for name, span in self.block.views.items()}
        spans["data_whole"] = span_seconds(self.block.whole)
        box = element("div", self._drawings() + card, class_="figure", id=f"figure-{self.number}", role="group",
                      aria_label=label, **spans)  # fmt: skip
        return f"{legend(self.block)}{self._views()}{box}"

    def _drawings(self) -> str:
        papers = {"wide": WIDE, "narrow": COMPACT}
        return "".join(page_drawing(self.block, self.data, name, paper, label=None) for name, paper in papers.items())

    def _views(self) -> str:
        buttons = [
            element("button", told, type="button", aria_pressed=str(view == "view").lower(), data_view=view)
            for view, told in view_words(self.block)
        ]
        for factor, sign, told in (("0.5", "+", "Look closer"), ("2", "−", "Look wider")):  # noqa: RUF001 -- a minus sign is read by people
            buttons.append(element("button", sign, type="button", data_zoom=factor, aria_label=told, title=told))
        buttons.append(element("button", "Save as PNG", type="button", data_save="png"))
        return element("div", "".join(buttons), class_="views script", role="group", aria_label="Stretch of time")

    def table(self) -> str:
        """Return every statement of the block as a row, in the order of moments."""
        head = element("tr", "".join(element("th", head, scope="col") for head in HEADS))
        rows = "\n".join(self._row(place, mark) for place, mark in enumerate(self.block.marks))
        times = element("span", attribute(all_times(self.data.zone)), class_="times")
        whose = f"by {said(self.block.heading)}" if self.block.speaker else f"on: {said(self.block.heading)}"
        stop = "" if category(self.block.heading.rstrip()[-1:] or ".") == "Po" else "."
        caption = f"Every statement of this record {whose}{stop} {times}"
        return element("table", element("caption", caption) + element("thead", head) + element("tbody", rows))

    def _row(self, place: int, mark: Mark) -> str:
        on = element("span", f"on: {said(self.lanes[mark.lane])}", class_="note") if self.block.speaker else ""
        aside = self.ruled.aside.get((mark.statement_id, self.block.topic or mark.lane), "")
        cells = [
            element("td", moment(mark, self.data.zone)),
            element("th", said(self.names.get(mark.speaker, mark.speaker)), scope="row"),
            element("td", position(mark) + (aside and f" {aside}") + on),
            element("td", words(mark) + notes(mark)),
            element("td", source(mark), class_="source"),
        ]
        about = {"data_id": mark.statement_id, "data_speaker": mark.speaker, "data_look": mark.look}
        about |= {"data_topic": mark.lane} if self.block.speaker else {}
        return element("tr", "".join(cells), id=f"r{self.number}-{place}", **about)

    def conflicts(self) -> str:
        """Return what stands against what, as a list; nothing where nothing does."""
        items = [
            element("li", f"{attribute(item.sentence)}: {self._whose(item.earlier_id)}; {self._whose(item.later_id)}."
                    + self._note(item.earlier_id, item.later_id, self.block.topic, item.ruling),
                    **self._about(item.kind, item.earlier_id, item.later_id))
            for item in self.block.conflicts
        ]  # fmt: skip
        return _titled_list(TWO_PEOPLE, items)

    def _whose(self, statement_id: str) -> str:
        if self.block.speaker:
            return self._in_some_block(statement_id)
        if statement_id not in self.marks:
            return "a statement that this record does not show"
        name = self._name(self.marks[statement_id][1].speaker)
        return f"{name} {self._to_row(statement_id, self._stance_and_moment(statement_id))}"

    def _in_some_block(self, statement_id: str) -> str:
        """Return who said it and when; not the stance, for it may have one on each of several topics."""
        for number, block in enumerate(self.data.blocks):
            for place, mark in enumerate(block.marks):
                if mark.statement_id == statement_id:
                    name = element("strong", said(block.names[mark.speaker]))
                    return f"{name} {element('a', moment(mark, self.data.zone), href=f'#r{number}-{place}')}"
        return "a statement that this record does not show"

    def _name(self, speaker: str) -> str:
        return element("strong", said(self.names.get(speaker, speaker)))

    def _to_row(self, key: str, words: str) -> str:
        """Return markup as a link to the row of a statement, where there is one."""
        return element("a", words, href=f"#r{self.number}-{self.marks[key][0]}") if key in self.marks else words


def compared(block: Block) -> str:
    """Return the heading over the pairs of one speaker each: changes where people ruled that all of them are."""
    ruled = all(counts_as_change(arc.ruling) for arc in block.arcs)
    return "Changes of position" if ruled else "Statements compared"


def page_drawing(block: Block, data: FigureData, name: str, paper: Paper, *, label: str | None = "") -> str:
    """Return the drawing of a block for a page, ``name`` being its class; what stands around a saved picture is hidden.

    The page needs ``hatch()`` once, and the rules of ``drawing.css``. ``label`` stands for the drawing where it cannot
    be seen, by default ``block_alt``; None where something around the drawing says it.
    """
    drawn, above = fluid(block, data.zone, data.axis, paper), header(block, paper, 0)
    sheet = element("g", above[0], class_="sheet", transform=f"translate(0 -{above[1]})", data_height=str(above[1]),
                    data_width=str(paper.width), data_left=str(drawn.gutter), data_right=str(MARGIN[1]))  # fmt: skip
    left, right = (drawn.gutter, MARGIN[1]) if paper.gutter else (0, 0)
    room = f"margin-left:{left}px;width:calc(100% - {left + right}px)"
    told = {"aria_hidden": "true"} if label is None else {"role": "img", "aria_label": label or block_alt(block)}
    return element("svg", sheet + drawn.markup, class_=f"drawing {name}", height=str(drawn.height), style=room, **told)


def heading(block: Block, level: int) -> str:
    """Return the heading of a section: the proposition, as a sentence that one can support or oppose."""
    return element(f"h{level}", said(block.heading))


def how_to_read(data: FigureData) -> str:
    """Return the note that every page carries."""
    lanes = "One lane a topic" if any(block.speaker for block in data.blocks) else "One lane a person"
    sides = " Above its line a statement is for the proposition, below it against."
    single = any(block.rows == Rows.SINGLE for block in data.blocks)
    first = f"{lanes}, in the order of names.{'' if single else sides}"
    items = [element("li", words) for words in (first, *HOW_TO_READ)]
    return element("section", element("h2", "How to read this") + _list(items), class_="how")


def _titled_list(title: str, items: list[str], **attributes: str) -> str:
    return element("h3", title) + _list(items, **attributes) if items else ""


def _list(items: list[str], **attributes: str) -> str:
    return element("ul", "\n".join(items), **attributes)
