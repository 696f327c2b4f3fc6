"""Recognises the situations of rules 15 to 23 in a history; the table at the end names them, by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from tests.detection_case import Case, Situation
from tests.detection_records import Bound, overlap
from tests.oracle_conflicts import Scene, spans, standing, standing_runs, sure
from tests.oracle_reversals import (
    AWAY,
    CHANGE,
)

SURROGATE = ("stranded_surrogate", "undercut", "off_message", "ahead")
JUDGED = ("off_message", "ahead", "undercut")
ACCOUNTS = "conflicting_accounts"


def instants(scene: Scene) -> Iterator[tuple[str, int]]:
    """Each speaker at each instant at which somebody begins or closes."""
    bounds = {bound for t in scene.threads for p in t.live for bound in (p.said_from, p.said_until)}
    return ((speaker, instant) for speaker in scene.speakers for instant in bounds)


def nothing_stands(case: Case, *, mixed: bool) -> bool:
    """Whether a side was closed and yet nothing stands, after a mixed position or beside an opposite one."""
    for scene in case.scenes:
        for speaker, instant in instants(scene):
            begun = [p for p in scene.sides(speaker) if p.said_from <= instant]
            closed = any(p.said_until <= instant for p in begun)
            alone = len({p.side for p in begun}) == 1
            if closed and alone is mixed and standing(scene, speaker, instant) is None:
                return True
    return False


def a_cut_clears_what_stood(case: Case) -> bool:
    for scene in case.scenes:
        uncut = replace(scene, threads=tuple(replace(thread, cuts=frozenset()) for thread in scene.threads))
        if any(standing(scene, *at) != standing(uncut, *at) for at in instants(scene)):
            return True
    return False


def what_stands_was_said_for_another(case: Case) -> bool:
    stands = [(scene, who, standing(scene, who, when)) for scene in case.scenes for who, when in instants(scene)]
    return any(position and position.on_behalf_of and len(scene.of(who)) > 1 for scene, who, position in stands)


def a_bound_decides(case: Case, *, sharp: bool) -> bool:
    """Whether reading the bounds of this sort the other way would change the rows."""

    def turned(bound: Bound | None) -> Bound | None:
        return replace(bound, sharp=not sharp) if bound and bound.sharp is sharp else bound

    relations = [replace(r, since=turned(r.since), until=turned(r.until)) for r in case.history.relations]
    return case.conflicts_unless(relations=tuple(relations)) != case.outcome.conflicts


def a_relation_ends_a_row(case: Case, *kinds: str) -> bool:
    """Whether the end of a relation is where a row of these kinds ends."""
    ends = {(r.surrogate, r.principal, sure(r)[1]) for r in case.history.relations}
    return any((row.speaker, row.other, row.until) in ends for row in case.conflicts(*kinds))


def a_statement_ends_a_row(case: Case, *kinds: str) -> bool:
    """Whether a row of these kinds ends where no relation does."""
    ends = {(r.surrogate, r.principal, sure(r)[1]) for r in case.history.relations}
    rows = case.conflicts(*kinds)
    return any(row.until is not None and (row.speaker, row.other, row.until) not in ends for row in rows)


def a_stranding_ends(case: Case, *, by: str) -> bool:
    """Whether what ends a stranding began with somebody's statement: the surrogate's or the principal's."""
    begun = {(s.speaker, s.said_from) for s in case.history.statements}
    other = {"speaker": "other", "other": "speaker"}[by]
    rows = [row for row in case.conflicts("stranded_surrogate") if row.until is not None]
    return any(
        (getattr(row, by), row.until) in begun and (getattr(row, other), row.until) not in begun
        for row in rows
        if not a_relation_ends_a_row(case, "stranded_surrogate")
    )


def nobody_knows_who_turned_first(case: Case) -> bool:
    for scene in case.scenes:
        for thread in scene.threads:
            for flip in thread.flips():
                for who in scene.speakers:
                    left = standing(scene, who, flip.later.said_from - 1)
                    held = left is not None and left.side == flip.earlier.side
                    if held and spans(scene, who, thread.speaker, flip.later):
                        return any(p.side == flip.later.side and overlap(p, flip.later) for p in scene.sides(who))
    return False


def several_in_an_episode(case: Case, *, new_one: bool) -> bool:
    """Whether S is off message twice, in one episode or in two."""
    pairs = Counter((row.topic, row.speaker, row.other) for row in case.conflicts("off_message", "ahead"))
    if new_one:
        return max(pairs.values(), default=0) > 1
    for scene in case.scenes:
        for topic, surrogate, principal in pairs:
            if topic == scene.topic.id:
                off = [p for p in scene.sides(surrogate) if spans(scene, surrogate, principal, p)]
                against = [(standing(scene, principal, p.said_from), p) for p in off]
                if sum(q is not None and q.side != p.side for q, p in against) > pairs[topic, surrogate, principal]:
                    return True
    return False


def a_relation_bars_accounts(case: Case) -> bool:
    free = Case(replace(case.history, relations=()))
    return len(free.conflicts("conflicting_accounts")) > len(case.conflicts("conflicting_accounts"))


def a_relation_at_one_statement_bars_nothing(case: Case) -> bool:
    said = {(row.topic, row.statement_id): row for row in case.outcome.positions}
    for scene in case.scenes:
        for row in case.conflicts("conflicting_accounts"):
            if row.topic == scene.topic.id:
                pair = [said[row.topic, id_] for id_ in (row.earlier_id, row.later_id)]
                people = [(row.speaker, row.other), (row.other, row.speaker)]
                if any(spans(scene, *who, moment) for who in people for moment in pair):
                    return True
    return False


def a_ruled_pair_keeps_its_row(case: Case) -> bool:
    rows = case.conflicts("conflicting_accounts")
    summed = {row.topic for row in rows if row.rivals is not None}
    return any(row.rivals is None and row.topic in summed for row in rows)


def a_speaker_stands_twice(case: Case) -> bool:
    runs = [standing_runs(scene, speaker) for scene in case.scenes for speaker in scene.speakers]
    rows = Counter((row.topic, row.speaker, row.other) for row in case.conflicts("conflicting_accounts"))
    return any(len(run) > 1 for run in runs) and max(rows.values(), default=0) > 1


def a_cut_does_not_part_an_organisation(case: Case) -> bool:
    cut = [(t.topic, t.mandate, place) for t in case.threads for place in t.cuts if t.mandate]
    said = {(row.topic, row.statement_id): row for row in case.outcome.positions}
    for row in case.conflicts("different_voice"):
        earlier, later = said[row.topic, row.earlier_id], said[row.topic, row.later_id]
        if any((row.topic, later.on_behalf_of) == at[:2] and earlier.place < at[2] <= later.place for at in cut):
            return True
    return False


def a_conflict_is_ruled(case: Case, *kinds: str, pair: str) -> bool:
    """Whether rows of these kinds have a ruling on the found pair, on another, or on the found pair turned round."""
    ruled = {(r.topic, r.earlier, r.later) for r in case.history.rulings}
    for row in case.conflicts(*kinds):
        straight = (row.topic, row.earlier_id, row.later_id) in ruled
        turned = (row.topic, row.later_id, row.earlier_id) in ruled
        told = "found" if straight else "turned" if turned else "another"
        if row.ruling is not None and told == pair:
            return True
    return False


def a_ruled_away_flip_would_strand(case: Case) -> bool:
    away = [ruling for ruling in case.history.rulings if ruling.outcome not in AWAY | CHANGE - {"reversal"}]
    free = case.conflicts_unless(rulings=tuple(away))
    strands = [row.kind for row in free].count("stranded_surrogate")
    return strands > len(case.conflicts("stranded_surrogate"))


def a_relation_without_a_source(case: Case) -> bool:
    sourced = tuple(relation for relation in case.history.relations if relation.source)
    return case.conflicts_unless(relations=sourced) != case.outcome.conflicts


OF_CONFLICTS: dict[str, Situation] = {
    "15 nothing stands after a mixed position": lambda c: nothing_stands(c, mixed=True),
    "15 nothing stands beside an opposite one": lambda c: nothing_stands(c, mixed=False),
    "15 a cut clears what stood": a_cut_clears_what_stood,
    "15 what stands was said for another": what_stands_was_said_for_another,
    "15 a sharp bound decides": lambda c: a_bound_decides(c, sharp=True),
    "15 a wide bound decides": lambda c: a_bound_decides(c, sharp=False),
    "16 a row ends with the relation": lambda c: a_relation_ends_a_row(c, *JUDGED),
    "16 a row ends when both agree": lambda c: a_statement_ends_a_row(c, *JUDGED),
    "16 a row has no end": lambda c: any(row.until is None for row in c.conflicts(*JUDGED)),
    "17 stranded": lambda c: bool(c.conflicts("stranded_surrogate")),
    "17 stranded until S moves": lambda c: a_stranding_ends(c, by="speaker"),
    "17 stranded until P turns": lambda c: a_stranding_ends(c, by="other"),
    "17 stranded until the relation ends": lambda c: a_relation_ends_a_row(c, "stranded_surrogate"),
    "17 nobody knows who turned first": nobody_knows_who_turned_first,
    "17 a flip ruled away or excused strands nobody": a_ruled_away_flip_would_strand,
    "18 undercut": lambda c: bool(c.conflicts("undercut")),
    "19 off message": lambda c: bool(c.conflicts("off_message")),
    "19 ahead": lambda c: bool(c.conflicts("ahead")),
    "19 twice in one episode": lambda c: several_in_an_episode(c, new_one=False),
    "19 two episodes": lambda c: several_in_an_episode(c, new_one=True),
    "20 conflicting accounts": lambda c: bool(c.conflicts(ACCOUNTS)),
    "20 accounts that ended": lambda c: any(row.until is not None for row in c.conflicts(ACCOUNTS)),
    "20 two runs of one speaker": a_speaker_stands_twice,
    "20 a relation bars": a_relation_bars_accounts,
    "20 a relation at one statement bars nothing": a_relation_at_one_statement_bars_nothing,
    "20 summed": lambda c: any((row.rivals or 0) > 1 for row in c.conflicts(ACCOUNTS)),
    "20 a ruled pair keeps its row": a_ruled_pair_keeps_its_row,
    "21 different voice": lambda c: bool(c.conflicts("different_voice")),
    "21 a cut does not part an organisation": a_cut_does_not_part_an_organisation,
    "22 the found pair is ruled": lambda c: a_conflict_is_ruled(c, *SURROGATE, pair="found"),
    "22 another pair is ruled": lambda c: a_conflict_is_ruled(c, *SURROGATE, pair="another"),
    "22 another pair of accounts is ruled": lambda c: a_conflict_is_ruled(c, ACCOUNTS, pair="another"),
    "22 accounts are ruled the other way round": lambda c: a_conflict_is_ruled(c, ACCOUNTS, pair="turned"),
    "22 another pair of two voices is ruled": lambda c: a_conflict_is_ruled(c, "different_voice", pair="another"),
    "22 a flagged ruling stands in a row": lambda c: any(row.needs_review for row in c.outcome.conflicts),
    "23 a candidate": lambda c: any(row.ruling is None for row in c.outcome.reversals),
    "23 a relation without a source makes a row": a_relation_without_a_source,
}
