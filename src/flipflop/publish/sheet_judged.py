"""The judgements on a sheet: rulings with innocent reading and reply, history, what is missing. Decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.publish.markup import attribute, element, said
from flipflop.publish.sheet_said import cited, definitions, point, table
from flipflop.records import (
    Coding,
    Correction,
    Outcome,
    Redaction,
    Retraction,
    Ruling,
    Statement,
)
from flipflop.store.model import SHOWN
from flipflop.text.positions import stance_word
from flipflop.text.rulings import FRAMINGS, explained, explanation_words, outcome_words, reading_words, reply_words
from flipflop.text.sources import NONE_RECORDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.cases.case import Case, Decision
    from flipflop.cases.lacking import Missing
    from flipflop.records import Answer, Source
    from flipflop.store import Recorded


def rulings(case: Case, tz: str) -> str:
    """Return the section of the ruling that counts, and below it those before it."""
    if case.decision is None:
        told = "Nobody has ruled on this pair. It is two statements that differ, and may not be called anything else."
        return element("section", element("h2", "Ruling") + element("p", told, class_="warning"))
    earlier = [definitions(_ruling(one, case.kind, tz)) for one in reversed(case.decisions[:-1])]
    before = element("h3", "Rulings before it") + "\n".join(earlier) if earlier else ""
    return element("section", element("h2", "Ruling") + definitions(_ruling(case.decision, case.kind, tz)) + before)


def history(case: Case, tz: str) -> str:
    """Return the table of every event about the two statements, in the order of recording."""
    rows = [
        [point(record.recorded_at, tz), element("code", attribute(record.id[:SHOWN])), *_event(record, case)]
        for record in case.history
    ]
    caption = "Everything that was recorded about the two statements, also what was withdrawn since, in that order."
    body = table(("Recorded", "Event", "What", "By"), rows, caption, "history")
    return element("section", element("h2", "History") + body)


def lacking(lacks: Sequence[Missing]) -> str:
    """Return what is still missing before print: the required, then what would help, each with what mends it."""
    parts = [element("h2", "Still missing before print", id="missing")]
    for title, required in (("Required", True), ("Would help", False)):
        items = [element("li", _lack(one)) for one in lacks if one.required is required]
        if items:
            parts += [element("h3", title), element("ul", "\n".join(items), class_="boxes")]
    if not lacks:
        parts.append(element("p", "Nothing."))
    return element("section", "\n".join(parts), class_="missing")


def _ruling(decision: Decision, kind: str, tz: str) -> list[tuple[str, str]]:
    ruling = decision.ruling
    again = " To be made again: words or moment were corrected since." if decision.needs_review else ""
    outcome = element("strong", attribute(explained(ruling, kind)))
    return [
        ("Ruled", f"{outcome}, by {said(ruling.by)}, {point(decision.decided_at, tz)}.{attribute(again)}"),
        ("Innocent reading", reading_words(ruling.innocent_reading, said)),
        ("Explanation offered", _sourced(explanation_words(ruling) or "not said", ruling.explanation_source, tz)),
        ("The speaker called it", FRAMINGS[ruling.framing] if ruling.framing else ""),
        ("What changed in between", _circumstances(ruling, tz)),
        ("Reasons", said(ruling.note) if ruling.note else ""),
        ("The speaker's reply", _reply(ruling.reply, tz)),
        ("Event", element("code", attribute(decision.id))),
    ]


def _sourced(told: str, source: Source | None, tz: str) -> str:
    return "<br>".join([told, *([cited(source, tz)] if source else [])])


def _circumstances(ruling: Ruling, tz: str) -> str:
    """Return where the change of circumstances can be checked; "" where none was ruled."""
    if ruling.outcome is not Outcome.CHANGED_CIRCUMSTANCES:
        return ""
    source = ruling.circumstances_source
    return cited(source, tz) if source else element("strong", NONE_RECORDED)


def _reply(reply: Answer | None, tz: str) -> str:
    if reply is None:
        return element("strong", reply_words(reply))
    return "<br>".join([reply_words(reply, said), *([cited(reply.source, tz)] if reply.source else [])])


def _event(record: Recorded, case: Case) -> list[str]:
    """Return what an event did, and whose deed it was."""
    match record.event:
        case Statement():
            return ["statement recorded", ""]
        case Coding() as coding:
            settled = ", settling a dispute" if coding.adjudicates else ""
            shown = stance_word(coding.stance, case.topic.kind if coding.topic == case.topic.id else "")
            told = f"{element('code', attribute(coding.statement[:SHOWN]))} coded: {attribute(shown)}"
            return [f"{told} on {said(coding.topic)}{settled}", said(coding.coder)]
        case Ruling() as ruling:
            return [
                f"ruled: {attribute(outcome_words(ruling.outcome, case.kind))} on {said(ruling.topic)}",
                said(ruling.by),
            ]
        case Correction() as mended:
            fields = attribute(", ".join(mended.changes))
            return [f"{_about(record)} corrected ({fields}): {said(mended.reason)}", said(mended.by)]
        case Retraction() as withdrawn:
            return [f"{_about(record)} withdrawn: {said(withdrawn.reason)}", said(withdrawn.by)]
        case Redaction() as removed:
            return [f"{_about(record)} removed for legal reasons: {said(removed.reason)}", said(removed.by)]
        case None:
            return [f"{attribute(_words(record.kind))}, removed for legal reasons", ""]
        case other:
            return [f"{attribute(_words(record.kind))} recorded", said(getattr(other, "by", ""))]


def _about(record: Recorded) -> str:
    return ", ".join(element("code", attribute(one[:SHOWN])) for one in record.about)


def _lack(one: Missing) -> str:
    mend = f" {element('code', attribute(one.command), class_='command')}" if one.command else ""
    return f"{said(one.sentence)}{mend}"


def _words(word: str) -> str:
    return word.replace("_", " ")
