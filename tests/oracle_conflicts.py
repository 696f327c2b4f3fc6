"""Conflicts of two speakers, from rules 15 to 22 of detection alone: what stands is asked anew at every instant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from tests.detection_records import Conflict, Position, Ruling, SpeaksFor, Topic, before, in_order, latest, overlap
from tests.oracle_reversals import (
    Found,
    Thread,
    committed,
    flagged_rulings,
    kept_flips,
    run_before,
    run_of,
    settled_threads,
)

OUTCOMES = {"conflict", "no_conflict", "not_comparable"}
PAIR_LIMIT = 1000
Pairs = set[tuple[str, str]]


@dataclass(frozen=True)
class Scene:
    """One topic as conflicts see it: the settled sequences, who speaks for whom, and what was ruled."""

    topic: Topic
    threads: tuple[Thread, ...]
    relations: tuple[SpeaksFor, ...]
    rulings: tuple[Ruling, ...]
    flagged: frozenset[str]

    @property
    def speakers(self) -> list[str]:
        """All who have a position."""
        return sorted({thread.speaker for thread in self.threads})

    def of(self, speaker: str) -> list[Thread]:
        """The sequences of one speaker."""
        return [thread for thread in self.threads if thread.speaker == speaker]

    def sides(self, speaker: str) -> list[Position]:
        """The committed positions of one speaker, of whatever mandate, in the order of 8."""
        sides = [position for thread in self.of(speaker) for position in committed(thread.live)]
        return sorted(sides, key=lambda position: position.place)


def conflicts(
    positions: Iterable[Position],
    relations: Iterable[SpeaksFor] = (),
    topics: Iterable[Topic] = (),
    rulings: Iterable[Ruling] = (),
    pair_limit: int = PAIR_LIMIT,
) -> list[Conflict]:
    """All rows of all kinds, of the topics that are known."""
    rows: list[Conflict] = []
    for scene in scenes(positions, relations, topics, rulings):
        for surrogate, principal in permutations(scene.speakers, 2):
            rows += stranded(scene, surrogate, principal)
            rows += undercut(scene, surrogate, principal)
            rows += off_message(scene, surrogate, principal)
        rows += different_voices(scene)
        if scene.topic.kind == "account":
            rows += conflicting_accounts(scene, pair_limit)
    return in_order(rows)


def scenes(
    positions: Iterable[Position], relations: Iterable[SpeaksFor], topics: Iterable[Topic], rulings: Iterable[Ruling]
) -> Iterator[Scene]:
    """The topics, each with what belongs to it."""
    positions, relations, topics, rulings = list(positions), list(relations), list(topics), list(rulings)
    threads = settled_threads(positions, rulings)
    flagged = frozenset(flagged_rulings(positions, rulings, topics))
    for topic in topics:
        yield Scene(
            topic,
            tuple(thread for thread in threads if thread.topic == topic.id),
            tuple(r for r in relations if r.topics is None or topic.id in r.topics),
            tuple(r for r in rulings if r.topic == topic.id and r.outcome in OUTCOMES),
            flagged,
        )


# What stands, and who speaks for whom: 15


def standing(scene: Scene, speaker: str, instant: int) -> Position | None:
    """Rule 15: the last committed position closed by then, where it stands."""
    seen = [position for thread in scene.of(speaker) for position in looked_at(thread, instant)]
    closed = [position for position in committed(seen) if position.said_until <= instant]
    if not closed:
        return None
    end = max(position.said_until for position in closed)
    last = min((p for p in closed if p.said_until == end), key=lambda position: position.statement_id)
    mixed = any(p.sign == 0 and end < p.said_until <= instant for p in seen)
    opposites = [p for p in committed(seen) if p.side != last.side]
    open_one = any(p.said_from <= instant < p.said_until for p in opposites)
    return None if mixed or open_one or any(overlap(p, last) for p in opposites) else last


def looked_at(thread: Thread, instant: int) -> list[Position]:
    """Rule 15: without what lies before a cut once a side or a mixed position after the cut has closed."""
    closed = [p for p in thread.live if p.sign is not None and p.said_until <= instant]
    passed = [cut for cut in thread.cuts if any(cut <= p.place for p in closed)]
    return [p for p in thread.live if all(cut <= p.place for cut in passed)]


def side_of(scene: Scene, speaker: str, instant: int) -> int | None:
    """The standing side of a speaker."""
    position = standing(scene, speaker, instant)
    return position.side if position else None


def spans(scene: Scene, surrogate: str, principal: str, moment: Position) -> list[tuple[float, float]]:
    """Rule 15: the spans of the relation in any one of which the moment surely lies."""
    ours = [sure(r) for r in scene.relations if (r.surrogate, r.principal) == (surrogate, principal)]
    return [(first, end) for first, end in ours if first <= moment.said_from and moment.said_until <= end]


def sure(relation: SpeaksFor) -> tuple[float, float]:
    """Rule 15: sharp bounds are inclusive; a wide one counts from its end for `since`, until its start for `until`."""
    since, until = relation.since, relation.until
    first = float("-inf") if since is None else since.start if since.sharp else since.end
    end = float("inf") if until is None else until.end if until.sharp else until.start
    return first, end


def relation_ends(scene: Scene, surrogate: str, principal: str, moment: Position) -> list[int]:
    """The end of the relation that holds at the moment (reading: of several spans the last), or nothing."""
    end = max(end for _, end in spans(scene, surrogate, principal, moment))
    return [] if end == float("inf") else [int(end)]


# Surrogate and principal: 16 to 19


def stranded(scene: Scene, surrogate: str, principal: str) -> Iterator[Conflict]:
    """Rule 17: P flips, and S stays on record on the side that P left."""
    for thread in scene.of(principal):
        for flip in thread.flips():
            left = standing(scene, surrogate, flip.later.said_from)
            if (
                flip.counted
                and left is not None
                and left.side == flip.earlier.side
                and spans(scene, surrogate, principal, left)
                and spans(scene, surrogate, principal, flip.later)
                and not overlapped(scene, surrogate, flip.later)
            ):
                ends = stranded_ends(scene, surrogate, thread, flip)
                people = (surrogate, principal)
                yield between_two(scene, "stranded_surrogate", people, (left, flip.later), ends)


def overlapped(scene: Scene, speaker: str, moment: Position) -> bool:
    """Whether a position of the speaker on the same side overlaps a moment."""
    return any(p.side == moment.side and overlap(p, moment) for p in scene.sides(speaker))


def stranded_ends(scene: Scene, surrogate: str, thread: Thread, flip: Found) -> list[int]:
    """Rule 17: S's next statement of the later side or mixed, P's next flip, the end of the relation."""
    own = [p for ours in scene.of(surrogate) for p in ours.live if p.sign in {flip.later.side, 0}]
    moved = [p.said_from for p in own if before(flip.later, p)]
    turned = [one.later.said_from for one in thread.flips() if one.later.place > flip.later.place]
    return moved + turned + relation_ends(scene, surrogate, thread.speaker, flip.later)


def undercut(scene: Scene, surrogate: str, principal: str) -> Iterator[Conflict]:
    """Rule 18: P shows the opposite of what S stands for, never having held it; one per statement of S."""
    answered: list[Position] = []
    for later in scene.sides(principal):
        earlier = standing(scene, surrogate, later.said_from)
        if (
            earlier is not None
            and earlier.side != later.side
            and earlier not in answered
            and not any(p.side == earlier.side and p.said_from < later.said_until for p in scene.sides(principal))
            and standing(scene, principal, earlier.said_from) is None
            and not overlapped(scene, surrogate, later)
            and spans(scene, surrogate, principal, earlier)
            and spans(scene, surrogate, principal, later)
        ):
            answered.append(earlier)
            ends = until_both_agree(scene, surrogate, principal, later)
            yield between_two(scene, "undercut", (surrogate, principal), (earlier, later), ends)


def off_message(scene: Scene, surrogate: str, principal: str) -> Iterator[Conflict]:
    """Rule 19: S shows the opposite of P's standing side; one row an episode; `ahead` where P takes S's side later."""
    begun: Position | None = None
    for later in scene.sides(surrogate):
        earlier = standing(scene, principal, later.said_from)
        if (
            earlier is not None
            and earlier.side != later.side
            and not overlapped(scene, principal, later)
            and spans(scene, surrogate, principal, later)
            and (begun is None or episode_ended(scene, surrogate, principal, begun, later))
        ):
            begun = later
            follows = any(p.side == later.side and before(later, p) for p in scene.sides(principal))
            ends = until_both_agree(scene, surrogate, principal, later)
            kind = "ahead" if follows else "off_message"
            yield between_two(scene, kind, (surrogate, principal), (earlier, later), ends)


def episode_ended(scene: Scene, surrogate: str, principal: str, begun: Position, now: Position) -> bool:
    """Rule 19: whether S or P began a statement of the other side than his own in the row between the two of S."""
    turned = [p for p in scene.sides(surrogate) if p.side != begun.side]
    turned += [p for p in scene.sides(principal) if p.side == begun.side]
    return any(begun.place < p.place < now.place for p in turned)


def until_both_agree(scene: Scene, surrogate: str, principal: str, later: Position) -> list[int]:
    """Rule 16: the first side of S or P at whose end both stand on one side; the end of the relation."""
    both = [p for p in scene.sides(surrogate) + scene.sides(principal) if before(later, p)]
    agreed = [p.said_from for p in both if agree(scene, surrogate, principal, p.said_until)]
    return agreed + relation_ends(scene, surrogate, principal, later)


def agree(scene: Scene, one: str, other: str, instant: int) -> bool:
    """Whether both stand on one side."""
    side = side_of(scene, one, instant)
    return side is not None and side == side_of(scene, other, instant)


def between_two(
    scene: Scene, kind: str, people: tuple[str, str], pair: tuple[Position, Position], ends: Sequence[int]
) -> Conflict:
    """The row of surrogate and principal: since the later one, until the first of the ends."""
    earlier, later = pair
    row = row_of(scene, kind, people, pair, later.said_from, ends)
    return ruled(scene, row, pairs_of_runs(thread_run(scene, earlier), thread_run(scene, later)))


def row_of(
    scene: Scene,
    kind: str,
    people: tuple[str, str],
    pair: tuple[Position, Position],
    since: int,
    ends: Sequence[int],
) -> Conflict:
    """A row of two people and two statements, on which nobody has ruled."""
    earlier, later = pair
    return Conflict(
        speaker=people[0],
        other=people[1],
        topic=scene.topic.id,
        kind=kind,
        order="unknown" if kind == "conflicting_accounts" else "certain",
        earlier_id=earlier.statement_id,
        later_id=later.statement_id,
        earlier_stance=earlier.stance,
        later_stance=later.stance,
        since=since,
        until=min(ends, default=None),
        rivals=None,
        ruling=None,
        needs_review=False,
    )


# Rulings: 22


def thread_run(scene: Scene, position: Position) -> list[Position]:
    """The run of rule 12 in which a committed position lies."""
    thread = next(thread for thread in scene.threads if position in thread.members)
    return run_of(position, committed(thread.parts()[thread.part(position)]))


def pairs_of_runs(earlier: Iterable[Position], later: Iterable[Position]) -> Pairs:
    """Rule 22: any pair of the same two runs, of two persons, in certain order (reading)."""
    later = list(later)
    pairs = [(one, other) for one in earlier for other in later if one.speaker != other.speaker and before(one, other)]
    return {(one.statement_id, other.statement_id) for one, other in pairs}


def ruled(scene: Scene, row: Conflict, pairs: Pairs) -> Conflict:
    """The row with the latest ruling on any of the pairs; it keeps its found pair."""
    ruling = latest(ruling for ruling in scene.rulings if (ruling.earlier, ruling.later) in pairs)
    if ruling is None:
        return row
    return replace(row, ruling=ruling.outcome, needs_review=ruling.id in scene.flagged)


# An organisation's two mouths: 21


def different_voices(scene: Scene) -> Iterator[Conflict]:
    """Rule 21: the flips, between two persons, of all that was said on behalf of one organisation."""
    mandates = {thread.mandate for thread in scene.threads if thread.mandate is not None}
    for mandate in mandates:
        said = [p for thread in scene.threads if thread.mandate == mandate for p in committed(thread.live)]
        sides = sorted(said, key=lambda position: position.place)
        for earlier, later in kept_flips(sides):
            if earlier.speaker != later.speaker:
                people, pair = (earlier.speaker, later.speaker), (earlier, later)
                row = row_of(scene, "different_voice", people, pair, later.said_from, [])
                yield ruled(scene, row, pairs_of_runs(run_before(pair, sides), run_of(later, sides)))


# Conflicting accounts: 20


@dataclass(frozen=True)
class Run:
    """A stretch of time, [start, end), in which a speaker stood on one side; `end` is None while it lasts."""

    speaker: str
    side: int
    start: int
    end: int | None
    first: Position

    @property
    def ended(self) -> float:
        """Its end, or never."""
        return float("inf") if self.end is None else self.end


def standing_runs(scene: Scene, speaker: str) -> list[Run]:
    """The runs of one speaker, from asking what stands at every instant at which it may change."""
    moments = [p for thread in scene.of(speaker) for p in thread.live]
    instants = sorted({instant for p in moments for instant in (p.said_from, p.said_until)})
    runs: list[Run] = []
    for instant in instants:
        now = standing(scene, speaker, instant)
        lasting = runs[-1] if runs and runs[-1].end is None else None
        if lasting and (now is None or now.side != lasting.side):
            runs[-1] = replace(lasting, end=instant)
            lasting = None
        if now is not None and now.side is not None and lasting is None:
            runs.append(Run(speaker, now.side, instant, None, now))
    return runs


def conflicting_accounts(scene: Scene, pair_limit: int) -> Iterator[Conflict]:
    """Rule 20: one row per pair of opposite standing runs; beyond the limit one per run, and those ruled."""
    runs = [run for speaker in scene.speakers for run in standing_runs(scene, speaker)]
    rows = {(a, b): account(scene, a, b) for a, b in permutations(runs, 2) if opposed(scene, a, b)}
    plain = {pair: row for pair, row in rows.items() if row.speaker < row.other}
    if len(plain) <= pair_limit:
        yield from plain.values()
        return
    summed = {(run, nearest(run, [b for a, b in rows if a == run])) for run in runs if any(a == run for a, _ in rows)}
    for run, other in summed:
        yield replace(rows[run, other], rivals=sum(a == run for a, _ in rows))
    for (a, b), row in plain.items():
        if row.ruling is not None and not {(a, b), (b, a)} & summed:
            yield row


def opposed(scene: Scene, one: Run, other: Run) -> bool:
    """Whether two speakers stood on opposite sides at one instant, and neither speaks for the other at both."""
    at_once = max(one.start, other.start) < min(one.ended, other.ended)
    if one.speaker == other.speaker or one.side == other.side or not at_once:
        return False
    pair = both_stand(scene, one, other)
    people = [(one.speaker, other.speaker), (other.speaker, one.speaker)]
    return not any(all(spans(scene, *who, moment) for moment in pair) for who in people)


def both_stand(scene: Scene, one: Run, other: Run) -> tuple[Position, Position]:
    """Rule 20: the statements that stood when the later of the two runs began to stand."""
    start = max(one.start, other.start)
    mine, theirs = standing(scene, one.speaker, start), standing(scene, other.speaker, start)
    assert mine is not None
    assert theirs is not None
    return mine, theirs


def account(scene: Scene, one: Run, other: Run) -> Conflict:
    """The row of two runs, told from the first one's speaker (16)."""
    mine, theirs = pair = both_stand(scene, one, other)
    ends = [run.end for run in (one, other) if run.end is not None]
    since = max(mine.said_from, theirs.said_from)
    row = row_of(scene, "conflicting_accounts", (one.speaker, other.speaker), pair, since, ends)
    pairs = {(a, b) for a in statements_of(scene, one) for b in statements_of(scene, other)}
    return ruled(scene, row, pairs | {(b, a) for a, b in pairs})


def statements_of(scene: Scene, run: Run) -> list[str]:
    """The statements of a standing run (reading): those of its side that closed while it lasted."""
    ours = [p for p in scene.sides(run.speaker) if p.side == run.side and run.start <= p.said_until < run.ended]
    return [position.statement_id for position in ours]


def nearest(run: Run, others: Iterable[Run]) -> Run:
    """Rule 20: by the said_from of the statement with which a run began the nearest not later, else nearest later."""
    at = run.first.said_from
    ahead = [other for other in others if other.first.said_from > at]
    behind = [other for other in others if other.first.said_from <= at]
    return min(behind or ahead, key=lambda other: (abs(at - other.first.said_from), other.first.statement_id))
