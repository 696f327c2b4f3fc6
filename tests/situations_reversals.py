"""Recognises the situations of rules 7 to 14 in a history; the table at the end names them, by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from tests.detection_case import FLIPS, Case, Situation
from tests.detection_oracle import flagged_rulings
from tests.detection_records import Position, before, overlap
from tests.oracle_reversals import (
    CHANGE,
    Found,
    committed,
    kept_flips,
    other_mandates,
    overruled,
    overtaken,
    reference,
    sides_found,
    threads_of,
)


def last_closings(case: Case) -> Iterator[list[Position]]:
    """Of each position the sides of its part that closed last before it."""
    for part in case.parts:
        for position in part:
            closed = [p for p in committed(part) if before(p, position)]
            yield [p for p in closed if p.said_until == max(other.said_until for other in closed)]


def a_cut_bars_an_other_mandate(case: Case) -> bool:
    uncut = [replace(thread, cuts=frozenset()) for thread in case.threads]
    barred = sum(len(other_mandates(thread, uncut)) for thread in uncut)
    return barred > len(case.reversals("other_mandate"))


def flips_in_a_row(case: Case) -> bool:
    sides = [committed(part) for part in case.parts]
    turned = [1 for part in sides for p in part if (r := reference(p, part)) and r.side != p.side]
    return len(turned) > sum(len(kept_flips(part)) for part in sides)


def a_reversal_follows_an_excused_one(case: Case) -> bool:
    parts = [(thread, thread.part(flip.later)) for thread in case.threads for flip in thread.flips()]
    rows = [[f for f in thread.flips() if thread.part(f.later) == part] for thread, part in parts]
    return any(row[0].outcome == "changed_circumstances" and any(f.kind == "reversal" for f in row[1:]) for row in rows)


def the_next_mixed_one_gets_through(case: Case) -> bool:
    rows = case.reversals("walk_back")
    return any(one.earlier_id == other.earlier_id for one in rows for other in rows if one != other)


def the_same_scope_again(case: Case) -> bool:
    scopes: Counter[tuple[str, str]] = Counter()
    for sides in map(committed, case.parts):
        for later in sides:
            earlier = reference(later, sides)
            if earlier and earlier.side == later.side and earlier.qualifier and later.qualifier:
                scopes[earlier.statement_id, later.qualifier] += earlier.qualifier != later.qualifier
    return max(scopes.values(), default=0) > 1


def an_opposite_bars_a_commitment(case: Case) -> bool:
    for part in case.parts:
        sides = committed(part)
        if sides and any(p.side != sides[0].side and overlap(p, sides[0]) for p in sides):
            return any(p.side is None and before(p, sides[0]) for p in part)
    return False


def a_flip_stands_beside_an_undetermined_row(case: Case) -> bool:
    later = {(row.later_id, row.topic) for row in case.reversals(*FLIPS)}
    return any((row.later_id, row.topic) in later for row in case.reversals("undetermined"))


def sets_aside(found: Found, *ends: str) -> bool:
    """Whether a flip is ruled no reversal, and which end is set aside one of these."""
    ruling = found.ruling
    flip = found.kind in FLIPS and ruling is not None and ruling.outcome == "no_reversal"
    return flip and ruling is not None and (ruling.set_aside or "later") in ends


def an_undetermined_ruling(case: Case, *, spares: bool) -> bool:
    """Whether a ruling no_reversal on an undetermined row spares its later statement, that of a flip, or takes it."""
    for thread in case.threads:
        for found in thread.settled:
            ruling = found.ruling
            if found.kind == "undetermined" and ruling and ruling.outcome == "no_reversal":
                taken = ruling.later in thread.aside
                if ruling.set_aside in {None, "later", "both"} and taken is not spares:
                    return True
    return False


def a_cut_is_spared(case: Case) -> bool:
    cuts = [(thread, f) for thread in case.threads for f in thread.settled if f.outcome == "not_comparable"]
    return any(found.later.place not in thread.cuts for thread, found in cuts)


def a_rivals_ruling_in_the_other_direction(case: Case) -> bool:
    undetermined = {(row.later_id, row.earlier_id) for row in case.reversals("undetermined") if row.ruling}
    return any((ruling.earlier, ruling.later) in undetermined for ruling in case.history.rulings)


def a_change_is_set_aside_by_another_ruling(case: Case) -> bool:
    aside = {(thread.topic, statement) for thread in case.threads for statement in thread.aside}
    return any(overruled(ruling, case.history.rulings, aside) for ruling in case.history.rulings)


def flagged(case: Case) -> set[str]:
    """The rulings that are flagged as they stand."""
    return flagged_rulings(case.outcome.positions, case.history.rulings, case.history.topics)


def new_evidence(case: Case) -> bool:
    calm = [replace(row, corrected_at=None) for row in case.outcome.positions]
    return any(overtaken(ruling, calm, None) for ruling in case.history.rulings)


def a_correction_of_an_end(case: Case) -> bool:
    calm = [replace(row, recorded_at=0) for row in case.outcome.positions]
    return any(overtaken(ruling, calm, None) for ruling in case.history.rulings)


def a_mended_proposition(case: Case) -> bool:
    return any(overtaken(ruling, (), case.mended[ruling.topic]) for ruling in case.history.rulings)


def a_confirmed_ruling(case: Case) -> bool:
    forgotten = [replace(ruling, confirmed_at=None) for ruling in case.history.rulings]
    return flagged(case) != flagged_rulings(case.outcome.positions, forgotten, case.history.topics)


def another_pair_of_the_flip_is_ruled(case: Case) -> bool:
    found = [f for f in [*case.flips, *case.settled] if f.kind in FLIPS and f.ruling]
    return any(f.ruling and (f.ruling.earlier, f.ruling.later) != ids(f) for f in found)


def ids(found: Found) -> tuple[str, str]:
    """The ids of the pair as it was found."""
    return found.earlier.statement_id, found.later.statement_id


def another_rival_is_ruled(case: Case) -> bool:
    found = [found for thread in case.threads for found in [*thread.settled, *sides_found(thread)]]
    ruled = [(f.ruling, f) for f in found if f.kind == "undetermined" and f.ruling is not None]
    return any({ruling.earlier, ruling.later} != {*ids(found)} for ruling, found in ruled)


def several_rulings_on_one_flip(case: Case) -> bool:
    shown = Counter((r.topic, r.earlier, r.later) for r in case.history.rulings)
    rows = {(row.topic, row.earlier_id, row.later_id) for row in case.reversals(*FLIPS)}
    return any(shown[row] > 1 for row in rows)


def a_new_candidate_follows_a_setting_aside(case: Case) -> bool:
    fresh = threads_of(case.outcome.positions, ())
    plain_flips = {(t.topic, *ids(flip)) for t in fresh for flip in t.flips()}
    return any((t.topic, *ids(flip)) not in plain_flips for t in case.threads if t.settled for flip in t.flips())


def a_ruling_in_no_row(case: Case) -> bool:
    people = {statement.id: statement.speaker for statement in case.history.statements}
    rows = {(r.topic, frozenset((r.earlier_id, r.later_id))) for r in case.outcome.reversals}
    ruled = [r for r in case.history.rulings if people[r.earlier] == people[r.later]]
    return any((r.topic, frozenset((r.earlier, r.later))) not in rows for r in ruled)


def a_degree_beside_a_ruling_away(case: Case) -> bool:
    return any(found.ruling and found.ruling.degree for found in case.settled)


def a_ruled_degree_stands(case: Case) -> bool:
    usual = {"reversal": "full_flop", "restoration": "full_flop", "walk_back": "half_flip"}
    return any(row.ruling in CHANGE and row.degree != usual.get(row.kind) for row in case.outcome.reversals)


OF_REVERSALS: dict[str, Situation] = {
    "7 two of one side close last at one instant": lambda c: any(
        len(last) > 1 and len({p.side for p in last}) == 1 for last in last_closings(c)
    ),
    "7 both sides close last at one instant": lambda c: any(
        len({p.side for p in last}) > 1 for last in last_closings(c)
    ),
    "7 other mandate": lambda c: bool(c.reversals("other_mandate")),
    "7 a cut bars an other mandate": a_cut_bars_an_other_mandate,
    "8 flips in a row": flips_in_a_row,
    "8 reversal": lambda c: bool(c.reversals("reversal")),
    "8 restoration": lambda c: any(flip.kind == "restoration" and flip.counted for flip in c.flips),
    "8 a reversal follows an excused one": a_reversal_follows_an_excused_one,
    "8 a row ruled away keeps the kind of its place": lambda c: any(f.kind == "restoration" for f in c.settled),
    "8 three switches": lambda c: any(row.switches > 2 for row in c.outcome.reversals),
    "9 walk back": lambda c: bool(c.reversals("walk_back")),
    "9 the next mixed one gets through": the_next_mixed_one_gets_through,
    "9 rescoping": lambda c: bool(c.reversals("rescoping")),
    "9 the same scope again": the_same_scope_again,
    "9 reaffirmation": lambda c: bool(c.reversals("reaffirmation")),
    "9 softening": lambda c: bool(c.reversals("softening")),
    "9 hardening": lambda c: bool(c.reversals("hardening")),
    "9 commitment": lambda c: bool(c.reversals("commitment")),
    "9 an opposite bars a commitment": an_opposite_bars_a_commitment,
    "10 undetermined": lambda c: bool(c.reversals("undetermined")),
    "10 several rivals": lambda c: any((row.rivals or 0) > 1 for row in c.reversals("undetermined")),
    "10 a flip stands beside an undetermined row": a_flip_stands_beside_an_undetermined_row,
    "10 undetermined, ruled reversal": lambda c: any(r.ruling == "reversal" for r in c.reversals("undetermined")),
    "11 ruled reversal": lambda c: any(row.ruling == "reversal" for row in c.reversals(*FLIPS)),
    "11 excused": lambda c: any(row.ruling == "changed_circumstances" for row in c.reversals(*FLIPS)),
    "11 later set aside": lambda c: any(sets_aside(found, "later") for found in c.settled),
    "11 earlier set aside": lambda c: any(sets_aside(found, "earlier") for found in c.settled),
    "11 both set aside": lambda c: any(sets_aside(found, "both") for found in c.settled),
    "11 several of a run set aside": lambda c: any(len(t.aside) > 2 * len(t.settled) for t in c.threads if t.settled),
    "11 cut": lambda c: any(thread.cuts for thread in c.threads),
    "11 the later one of an undetermined row set aside": lambda c: an_undetermined_ruling(c, spares=False),
    "11 the later one spared, a flip's": lambda c: an_undetermined_ruling(c, spares=True),
    "11 a cut spared, a flip's": a_cut_is_spared,
    "11 an undetermined row ruled the other way round": a_rivals_ruling_in_the_other_direction,
    "11 a change set aside by another ruling": a_change_is_set_aside_by_another_ruling,
    "11 new evidence": new_evidence,
    "11 a correction of an end": a_correction_of_an_end,
    "11 a mended proposition": a_mended_proposition,
    "11 a ruling confirmed": a_confirmed_ruling,
    "12 another pair of the flip is ruled": another_pair_of_the_flip_is_ruled,
    "12 another rival is ruled": another_rival_is_ruled,
    "12 several rulings on one pair": several_rulings_on_one_flip,
    "12 a new candidate follows a setting aside": a_new_candidate_follows_a_setting_aside,
    "12 several rows settled in one sequence": lambda c: any(len(thread.settled) > 1 for thread in c.threads),
    "12 a ruling in no row": a_ruling_in_no_row,
    "13 a ruled degree stands": a_ruled_degree_stands,
    "13 a degree beside a ruling away": a_degree_beside_a_ruling_away,
    "14 a flagged ruling stands in a row": lambda c: any(row.needs_review for row in c.outcome.reversals),
}
