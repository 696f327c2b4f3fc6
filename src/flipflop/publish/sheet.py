"""The sheet of one case, for whoever answers for its publication: all that the record holds on it, on A4. No script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flipflop.cases.lacking import missing
from flipflop.cases.reading import case_of
from flipflop.figures.zone import drawn_zone
from flipflop.publish import assets
from flipflop.publish.document import document
from flipflop.publish.markup import attribute, element, said
from flipflop.publish.sheet_judged import history, lacking, rulings
from flipflop.publish.sheet_said import around, evidence
from flipflop.text.atomic import write_atomically
from flipflop.text.rulings import AGAIN, UNJUDGED, change_words, outcome_words, pair_label
from flipflop.when.gap_words import bounds_words, gap_between
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    import pandas as pd

    from flipflop.cases.case import Case
    from flipflop.cases.lacking import Missing
    from flipflop.store import Store

_POLICY = "default-src 'none'; style-src '{style}'; base-uri 'none'; form-action 'none'"


def write_sheet(
    path: str | PathLike[str],
    store: Store,
    earlier: str,
    later: str,
    *,
    topic: str | None = None,
    tz: str | None = None,
    approvals: int = 1,
    require: Iterable[str] = (),
) -> Path:
    """Write the sheet of a pair of statements, as a whole or not at all, and return its path.

    Ids may be shortened; the topic (slug or title) may be left out where the pair is coded on no other. Moments are
    shown in ``tz``, or else the store's zone, or UTC. ``approvals`` is the number of people who must have ruled the
    same, ``require`` names what else must not lack, as for ``missing``. Raises StoreError for an id that is not there
    and a file that cannot be written, DataError for a pair that is no case, an unknown zone and an unknown word.
    """
    from flipflop.frames import positions

    case = case_of(store, earlier, later, topic)
    held = positions(store, speaker=case.speaker.id, topic=case.topic.id)
    zone = tz or store.tz or "UTC"
    page = sheet_html(case, held, tz=zone, approvals=approvals, require=require, head=store.head())
    target = Path(path)
    write_atomically(target, page.encode())
    return target


def sheet_html(
    case: Case,
    positions: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    approvals: int = 1,
    require: Iterable[str] = (),
    head: str | None = None,
) -> str:
    """Return the sheet of a case as one page without a script, which fetches nothing.

    ``positions`` are those of the speaker on the topic, of which the sheet lists all; ``head`` is the chain of the
    store, which it prints. The same case gives the same page, byte for byte. Raises DataError for an unknown zone.
    """
    tz = drawn_zone(tz).name
    lacks = missing(case, approvals=approvals, require=require)
    parts = [
        evidence("Earlier statement", case.earlier, case.topic, tz),
        evidence("Later statement", case.later, case.topic, tz),
        rulings(case, tz),
        "" if positions is None else around(case, positions, tz),
        history(case, tz),
        lacking(lacks),
    ]
    return _document(case, [_header(case, lacks, tz), element("main", "\n".join(parts)), _footer(head)])


def _document(case: Case, body: Iterable[str]) -> str:
    style = assets.style("page.css", "sheet.css")
    title, policy = f"Case sheet: {case.speaker.name}, {case.topic.title}", _POLICY.format(style=assets.digest(style))
    head = ['<meta name="robots" content="noindex">', element("style", style)]
    return document(title, policy, head=head, body=body, class_="sheet")


def _header(case: Case, lacks: tuple[Missing, ...], tz: str) -> str:
    role = f", {said(case.speaker.public_role)}" if case.speaker.public_role else ""
    return element("header", "\n".join([
        element("p", "Case sheet, not for publication", class_="kicker"),
        element("h1", said(case.topic.proposition)),
        element("p", f"{element('strong', said(case.speaker.name))}{role}", class_="who"),
        element("p", f"{_happened(case)} {_standing(case)}", class_="finding"),
        element("p", element("a", attribute(_count(lacks)), href="#missing"), class_="lacks"),
        element("p", attribute(f"{all_times(tz).removesuffix('.')} unless another zone is named."), class_="coverage"),
    ]))  # fmt: skip


def _happened(case: Case) -> str:
    if case.order == "unknown":
        return "Two statements whose moments overlap as far as they are known: the order is open."
    gap = gap_between(case.gap_min, case.gap_max)
    if not case.kind:
        return attribute(f"Two statements, {gap.words} apart, in which the detector sees no change of its own.")
    bounds = bounds_words(case.gap_min, case.gap_max)
    told = _told(case)
    happened = f"made two statements, {gap.words} apart" if told in UNJUDGED else change_words(case.kind, gap, told)
    exact = f" ({bounds})" if bounds != gap.words else ""
    return f"{said(case.speaker.name)} {attribute(happened + exact)}."


def _told(case: Case) -> str:
    """Return the ruling that a page may tell of."""
    decision = case.decision
    if decision is None or decision.by_model:
        return ""
    return AGAIN if decision.needs_review else str(decision.ruling.outcome)


def _standing(case: Case) -> str:
    if case.outcome is None:
        label = pair_label(case.kind or "reversal", "")
        return element("strong", attribute(f"{label[:1].upper()}{label[1:]}."))
    names = ", ".join(said(name) for name in case.approvers) or "nobody whose ruling still stands"
    return f"{element('strong', attribute(f'Ruled: {outcome_words(case.outcome, case.kind)}'))}, by {names}."


def _count(lacks: tuple[Missing, ...]) -> str:
    required = sum(one.required for one in lacks)
    if not lacks:
        return "Nothing is missing before print."
    advice = f"{len(lacks) - required} more would help" if required < len(lacks) else ""
    told = f"{required} required before print" if required else "Nothing required is missing before print"
    return f"{told}{'; ' if advice else ''}{advice}: see the end."


def _footer(head: str | None) -> str:
    chain = ""
    if head is not None:
        chain = f" It was made from the record whose chain ends in {element('code', attribute(head))}."
    check = "<code>flipflop verify</code> recomputes the record, <code>flipflop show ID</code> prints any event of it."
    return element("footer", element("p", f"Made by flipflop.{chain} {check}"))
