"""What a reader holds on to: filters, buttons, legend, the places of drawing and tables. Knows no statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.publish.markup import attribute, element, said
from flipflop.publish.symbols import stance_symbol
from flipflop.records.names import counted_order
from flipflop.text.numbers import IN_THIS_RECORD, counted
from flipflop.text.positions import LOOKS, stance_word
from flipflop.text.rulings import KINDS, change_label

if TYPE_CHECKING:
    from flipflop.figures.many import Many
    from flipflop.publish.many.changes import Listed

_BAR: Final = "M3 1h10v14H3z"
_LINE: Final = "M7 2h2v12H7z"


def chart(many: Many, lanes: str) -> str:
    """Return the drawing with all that chooses what it shows."""
    return _filters(many, lanes) + _buttons() + _legend(many) + _drawing()


def propositions(many: Many) -> str:
    """Return what the topics mean: each is a sentence that one can support or oppose."""
    items = "".join(
        element("li", f"{element('strong', said(one.title))}: {said(one.proposition)}")
        for one in sorted(many.topics, key=lambda topic: counted_order(topic.title))
    )
    told = f"The {len(many.topics):,} propositions" if len(many.topics) > 1 else "The proposition"
    return element("details", element("summary", told) + element("ul", items))


def _filters(many: Many, lanes: str) -> str:
    kinds = [("", "All statements")]
    if len(many.pairs):
        kinds.append(("any", "Those of any pair of one speaker"))
    there = dict.fromkeys(one.kind for one in many.pairs.kinds)
    kinds += [(kind, f"Those of: {KINDS.get(kind, kind)}") for kind in there]
    rulings = [("", "Ruled on or not"), ("none", "Those that nobody has judged yet")]
    rulings += [(ruling, f"Those of: {change_label('', ruling)}") for ruling in many.pairs.rulings if ruling]
    others = [("topic", "Topics"), ("speaker", "Speakers")]
    first = "topic" if lanes == "topic" else "speaker"
    times = [("page", many.zone), ("utc", "UTC"), ("reader", "Yours"), ("given", "As recorded")]
    fields = [
        _choice("Topic", "topic", [("-1", "All topics")]),
        '<label>Speaker<input id="speaker" list="speakers" placeholder="All speakers" autocomplete="off">'
        '<datalist id="speakers"></datalist></label>',
        _choice("Statements", "kind", kinds),
        _choice("Ruling", "ruling", rulings),
        _choice("Lanes", "lanes", [("", f"As fits ({first}s at first)"), *others]),
        _choice("Times", "times", times),
    ]
    return element("div", "".join(fields), class_="filters", role="group", aria_label="What to show")


def _choice(label: str, name: str, options: list[tuple[str, str]]) -> str:
    inside = "".join(element("option", attribute(words), value=value) for value, words in options)
    return element("label", label + element("select", inside, id=name, autocomplete="off"))


_BUTTONS: Final = (
    ("closer", "+", "Closer"), ("wider", "\N{MINUS SIGN}", "Wider"),
    ("before", "◂", "Earlier"), ("after", "▸", "Later"),
    ("whole", "Whole record", ""), ("reset", "Show all", ""), ("picture", "Save as picture", ""),
)  # fmt: skip


def _buttons() -> str:
    buttons = [
        element(
            "button", words, type="button", data_do=verb, **({"aria_label": label, "title": label} if label else {})
        )
        for verb, words, label in _BUTTONS
    ]
    link = '<a id="link" href="#">Link to this view</a>'
    return element("div", "".join(buttons) + link, class_="views", role="group", aria_label="Stretch of time")


def _legend(many: Many) -> str:
    """Return what bars and marks mean; symbols only of the stances that occur."""
    kinds = {one.kind for one in many.topics}
    kind = kinds.pop() if len(kinds) == 1 else ""
    there = {one.look for one in many.looks}
    bars = [("look-support", _BAR, "for"), ("look-unclear", _BAR, "neither"), ("look-oppose", _BAR, "against")]
    entries = [
        f'<svg class="mark {look}" viewBox="0 0 16 16" aria-hidden="true"><path d="{path}"/></svg>' + words
        for look, path, words in [*bars, ("line-change", _LINE, "two statements that differ, compared below")]
    ]
    entries += [stance_symbol(look) + attribute(stance_word(look, kind)) for look in LOOKS if look in there]
    return element("div", "".join(element("span", entry) for entry in entries), class_="legend")


def _drawing() -> str:
    keys = (
        "Arrow keys go from bar to bar or from mark to mark, plus and minus come closer and go back, Page Up and "
        "Page Down move, Home shows all, Enter looks closer or opens the source. The tables below say the same."
    )
    canvas = element("canvas", "", id="figure", tabindex="0", role="application", aria_label="Timeline",
                     aria_describedby="keys summary")  # fmt: skip
    parts = [
        canvas,
        '<div id="stretch" hidden></div>',
        '<div id="tip" class="card" hidden aria-hidden="true"></div>',
        element(
            "canvas", "", id="overview", role="img", aria_label="The whole record in small, with the stretch in view"
        ),
    ]
    return (
        element("p", "", id="proposition")
        + element("div", "".join(parts), class_="plot")
        + element("p", "", id="summary", class_="note", aria_live="polite")
        + element("p", f"{keys} Drag to choose a stretch; Ctrl and wheel zoom.", id="keys", class_="note")
        + '<div id="told" class="spoken" aria-live="polite"></div>'
    )


def changes(many: Many, listed: Listed) -> str:
    """Return the section of the pairs of one speaker each; with a script its table shows those in view."""
    if not listed.all:
        told = "No change of position in this record."
    elif listed.shown == listed.all:
        told = f"All {counted(listed.all, 'pair')}: those with a ruling first, then the newest first."
    else:
        told = (
            f"{listed.shown:,} of {counted(listed.all, 'pair')}: those with a ruling first, then the newest. "
            "With JavaScript this table shows those in view; all are in the record."
        )
    tally = element("p", f"{IN_THIS_RECORD} {attribute(many.pairs.tally.words)}.", class_="coverage")
    heads = ("What happened", "Earlier", "Later")
    table = _table("pairs", heads, told, listed.rows)
    return element("section", element("h2", "Statements compared") + tally + table + _more("pairs"), id="changes")


def statements(many: Many) -> str:
    """Return the section of the statements in view, for the script to fill."""
    about = ("Topic",) if len(many.topics) > 1 else ()
    heads = ("Moment", "Speaker", *about, "Position", "What was said", "Source")
    table = _table("rows", heads, "", "")
    return element(
        "section", element("h2", "Statements in view") + table + _more("rows"), class_="view", id="statements"
    )


def _table(name: str, heads: tuple[str, ...], caption: str, rows: str) -> str:
    head = element("tr", "".join(element("th", words, scope="col") for words in heads))
    inside = [
        element("caption", caption, id=f"{name}-told"),
        element("thead", head),
        element("tbody", rows, id=name),
    ]
    return element("table", "".join(inside), class_=name)


def _more(name: str) -> str:
    return f'<p><button type="button" class="script" id="more-{name}" hidden>Show more</button></p>'


def symbols() -> str:
    """Return every symbol, for the script to copy."""
    found = []
    for look in LOOKS:
        for hollow in (False, True):
            symbol = stance_symbol(look, hollow=hollow)
            found.append(symbol.replace("<svg ", f'<svg data-look="{look}" data-hollow="{str(hollow).lower()}" ', 1))
    return "".join(found)
