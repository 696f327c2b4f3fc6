"""Recognises the situations of rules 1 to 6 in a history; the table at the end names them, by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from tests.detection_case import Case, Situation
from tests.detection_oracle import positions
from tests.detection_records import Coding
from tests.oracle_positions import awaits, is_person, latest_codings, plain, side, turn

BOTH = {"support", "oppose"}


def repeated(case: Case) -> Iterator[tuple[Coding, Coding]]:
    """The pairs of codings of one coder, statement and topic, in their turns."""
    codings = sorted((c for c in case.history.codings if not c.retracted), key=turn)
    for number, later in enumerate(codings):
        for earlier in codings[:number]:
            if (earlier.coder, earlier.statement, earlier.topic) == (later.coder, later.statement, later.topic):
                yield earlier, later


def a_retracted_coding_would_have_counted(case: Case) -> bool:
    restored = tuple(replace(coding, retracted=False) for coding in case.history.codings)
    return positions(case.history.statements, restored, case.history.topics) != case.outcome.positions


def a_persons_unclear_hides_a_models_side(case: Case) -> bool:
    hidden = [row for row in case.outcome.positions if row.stance == "unclear" and "model:" not in row.coder]
    codings = [c for row in hidden if not row.disputed for c in case.codings[row.statement_id, row.topic]]
    return any(not is_person(coding) and coding.stance != "unclear" for coding in codings)


def models_on_both_sides_show_unclear(case: Case) -> bool:
    return any({side(c) for c in votes if not is_person(c)} >= BOTH for votes in case.votes)


def an_adjudication_decides_what_people_dispute(case: Case) -> bool:
    return any({side(coding) for coding in people} >= BOTH for _, people in case.adjudicated)


def somebody_codes_after_an_adjudication(case: Case) -> bool:
    return any(max(people, key=turn) not in deciding for deciding, people in case.adjudicated)


def a_tie_of_sides(case: Case) -> bool:
    tallies = [Counter(map(side, votes)) for votes in case.votes]
    return any(list(t.values()).count(max(t.values())) > 1 and not set(t) >= BOTH for t in tallies)


def a_tie_of_strengths(case: Case) -> bool:
    tallies = [Counter(coding.stance for coding in votes) for votes in case.votes if not {*map(side, votes)} >= BOTH]
    return any(t[one] == t[f"strongly_{one}"] > 0 for t in tallies for one in BOTH)


def nobody_coded_just_what_is_shown(case: Case) -> bool:
    shown = [
        (row.stance, case.codings[row.statement_id, row.topic]) for row in case.outcome.positions if not row.disputed
    ]
    return any(all(coding.stance != stance for coding in codings) for stance, codings in shown)


def qualifiers(case: Case) -> Iterator[set[str | None]]:
    """The qualifiers, as written, of all in a row who agree on one side."""
    for votes in case.votes:
        if len(votes) > 1 and len({side(coding) for coding in votes}) == 1:
            yield {coding.qualifier for coding in votes}


def a_coding_was_confirmed(case: Case) -> bool:
    ours = [(coding, case.mended[coding.topic]) for coding in latest_codings(case.history.codings)]
    return any(awaits(replace(c, confirmed_at=None), mended) and not awaits(c, mended) for c, mended in ours)


def a_coding_that_awaits_a_second_look_takes_part(case: Case) -> bool:
    corrected = {statement.id: statement.corrected_at for statement in case.history.statements}
    return any(awaits(coding, corrected[coding.statement]) for votes in case.votes for coding in votes)


OF_POSITIONS: dict[str, Situation] = {
    "1 a coder codes twice": lambda c: any(repeated(c)),
    "1 the later turn is not the later record": lambda c: any(a.recorded_at > b.recorded_at for a, b in repeated(c)),
    "1 two turns at one instant, parted by id": lambda c: any(a.judged_at == b.judged_at for a, b in repeated(c)),
    "1 a retracted coding would have counted": a_retracted_coding_would_have_counted,
    "2 a person's unclear hides a model's side": a_persons_unclear_hides_a_models_side,
    "2 models on both sides show unclear": models_on_both_sides_show_unclear,
    "3 disputed": lambda c: any(row.disputed for row in c.outcome.positions),
    "3 an adjudication decides what people dispute": an_adjudication_decides_what_people_dispute,
    "3 of several adjudications the latest": lambda c: any(len(deciding) > 1 for deciding, _ in c.adjudicated),
    "3 somebody codes after an adjudication": somebody_codes_after_an_adjudication,
    "3 an adjudication is not its coder's latest": lambda c: any(
        a.adjudicates and not b.adjudicates and is_person(a) for a, b in repeated(c)
    ),
    "3 a model would adjudicate": lambda c: any(a.adjudicates and not is_person(a) for a in c.history.codings),
    "4 a tie of sides goes to what says least": a_tie_of_sides,
    "4 a tie of strengths goes to the weaker": a_tie_of_strengths,
    "4 nobody coded just what is shown": nobody_coded_just_what_is_shown,
    "4 of several coders' confidences the lowest": lambda c: any(
        row.confidence == 0.5 and ";" in row.coder for row in c.outcome.positions
    ),
    "5 qualifiers differ": lambda c: any(len({plain(q) for q in told}) > 1 for told in qualifiers(c)),
    "5 qualifiers written in two ways are one": lambda c: any(
        len(told) > 1 and {plain(q) for q in told} not in ({None}, set()) and len({plain(q) for q in told}) == 1
        for told in qualifiers(c)
    ),
    "5 absent and empty are one": lambda c: {None, ""} in list(qualifiers(c)),
    "6 a coding awaits the confirmation of a mended proposition": lambda c: any(
        awaits(coding, c.mended[coding.topic]) for coding in latest_codings(c.history.codings)
    ),
    "6 a coding was confirmed": a_coding_was_confirmed,
    "6 a coding that awaits a second look takes part": a_coding_that_awaits_a_second_look_takes_part,
}
