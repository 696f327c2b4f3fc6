"""Reversals of one speaker on one topic, from rules 7 to 14 of detection alone: by trying all pairs, slowly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tests.detection_records import Position, Reversal, Ruling, Topic, before, in_order, latest, overlap
from tests.oracle_positions import plain

DEFAULT_KINDS = ("reversal", "restoration", "walk_back", "undetermined")
KINDS = (*DEFAULT_KINDS, "reaffirmation", "softening", "hardening", "commitment", "rescoping", "other_mandate")
DEGREES = {
    "reversal": "full_flop",
    "restoration": "full_flop",
    "walk_back": "half_flip",
    "reaffirmation": "no_flip",
    "softening": "no_flip",
    "hardening": "no_flip",
    "commitment": "no_flip",
}
CHANGE = {"reversal", "changed_circumstances"}
AWAY = {"no_reversal", "not_comparable"}
Place = tuple[int, int, str]


def reversals(
    positions: Iterable[Position],
    rulings: Iterable[Ruling] = (),
    kinds: Collection[str] = DEFAULT_KINDS,
    topics: Iterable[Topic] = (),
) -> list[Reversal]:
    """All rows of the kinds asked for; which they are does not depend on what else was asked for."""
    positions, rulings = list(positions), list(rulings)
    threads = settled_threads(positions, rulings)
    flagged = flagged_rulings(positions, rulings, topics)
    found = [(thread, pair) for thread in threads for pair in all_found(thread)]
    found += [(thread, pair) for thread in threads for pair in other_mandates(thread, threads)]
    return in_order(told(thread, pair, flagged) for thread, pair in found if pair.kind in kinds)


@dataclass(frozen=True)
class Found:
    """A pair as it was found, with the ruling that counts for it."""

    kind: str
    earlier: Position
    later: Position
    ruling: Ruling | None = None
    rivals: int | None = None

    @property
    def outcome(self) -> str | None:
        """What was decided."""
        return self.ruling.outcome if self.ruling else None

    @property
    def ruled_away(self) -> bool:
        """Whether it was ruled no change, or not comparable (11)."""
        return self.outcome in AWAY

    @property
    def counted(self) -> bool:
        """Whether it, a flip, is counted: neither ruled away nor excused (8)."""
        return self.outcome in {None, "reversal"}


@dataclass(frozen=True)
class Thread:
    """Rule 7: a speaker's own words on a topic, or those for one organisation: a sequence of its own."""

    speaker: str
    topic: str
    mandate: str | None
    members: tuple[Position, ...]
    rulings: tuple[Ruling, ...]
    aside: frozenset[str] = frozenset()
    cuts: frozenset[Place] = frozenset()
    settled: tuple[Found, ...] = ()

    @property
    def live(self) -> list[Position]:
        """What takes part, in the order of 8."""
        return [position for position in self.members if position.statement_id not in self.aside]

    def part(self, position: Position) -> int:
        """Which part of the thread it lies in (11: a cut lies before the found later statement)."""
        return sum(cut <= position.place for cut in self.cuts)

    def parts(self) -> list[list[Position]]:
        """The parts that cuts leave, each a sequence of its own."""
        return [[p for p in self.live if self.part(p) == number] for number in range(len(self.cuts) + 1)]

    def flips(self) -> list[Found]:
        """The flips as they are found now, in all parts."""
        return [flip for part in self.parts() for flip in found_flips(committed(part), self.rulings)]


def threads_of(positions: Iterable[Position], rulings: Iterable[Ruling]) -> list[Thread]:
    """Rule 7: the sequences; what is disputed takes no part (3)."""
    members: dict[tuple[str, str, str | None], list[Position]] = {}
    for position in sorted(positions, key=lambda p: p.place):
        if not position.disputed:
            members.setdefault((position.speaker, position.topic, position.on_behalf_of), []).append(position)
    ours = [ruling for ruling in rulings if ruling.outcome in CHANGE | AWAY]
    return [
        Thread(speaker, topic, mandate, tuple(own), tuple(ruling for ruling in ours if ruling.topic == topic))
        for (speaker, topic, mandate), own in members.items()
    ]


def settled_threads(positions: Iterable[Position], rulings: Iterable[Ruling]) -> list[Thread]:
    """The sequences with what is set aside and cut in them."""
    return [settle(thread) for thread in threads_of(positions, rulings)]


def committed(part: Iterable[Position]) -> list[Position]:
    """Those on a side, in the order in which they were."""
    return [position for position in part if position.side]


# References and flips: 7, 8, 10, 12


def reference(position: Position, sides: Iterable[Position]) -> Position | None:
    """Rule 7: the committed position that closed last before it begins."""
    return last_closed([side for side in sides if before(side, position)])


def last_closed(closed: Sequence[Position]) -> Position | None:
    """The one that closed last; ties: smaller id; both sides closing at that instant: none (7)."""
    end = max((position.said_until for position in closed), default=None)
    last = [position for position in closed if position.said_until == end]
    if len({position.side for position in last}) != 1:
        return None
    return min(last, key=lambda position: position.statement_id)


def kept_flips(sides: Sequence[Position]) -> list[tuple[Position, Position]]:
    """Rule 8: those whose reference has the other side; of flips in a row to one side the first."""
    kept: list[tuple[Position, Position]] = []
    for later in sides:
        earlier = reference(later, sides)
        turns = earlier is not None and earlier.side != later.side
        if earlier is not None and turns and not (kept and kept[-1][1].side == later.side):
            kept.append((earlier, later))
    return kept


def found_flips(sides: Sequence[Position], rulings: Sequence[Ruling]) -> list[Found]:
    """Rule 8: the flips of one part, `reversal` until one is counted, `restoration` from then on."""
    found: list[Found] = []
    for flip in kept_flips(sides):
        kind = "restoration" if any(earlier.counted for earlier in found) else "reversal"
        pairs = pairs_of(flip, sides)
        ruling = latest(ruling for ruling in rulings if (ruling.earlier, ruling.later) in pairs)
        found.append(Found(kind, *flip, ruling))
    return found


def stretches(sides: Sequence[Position]) -> list[list[Position]]:
    """Rule 12: the sides of one part in the order of 8, parted where a flip begins."""
    beginnings = [later for _, later in kept_flips(sides)]
    parted: list[list[Position]] = [[]]
    for side in sides:
        if side in beginnings:
            parted.append([])
        parted[-1].append(side)
    return parted


def run_of(position: Position, sides: Sequence[Position]) -> list[Position]:
    """Rule 12: those of its side between the flip before (or with) it and the next."""
    stretch = next(stretch for stretch in stretches(sides) if position in stretch)
    return [side for side in stretch if side.side == position.side]


def run_before(flip: tuple[Position, Position], sides: Sequence[Position]) -> list[Position]:
    """Rule 12: those of the earlier side between the flip before this one and this one, and the found one."""
    parted = stretches(sides)
    stretch = next(before for before, after in pairwise(parted) if flip[1] in after)
    return [side for side in sides if (side in stretch and side.side == flip[0].side) or side == flip[0]]


def pairs_of(flip: tuple[Position, Position], sides: Sequence[Position]) -> set[tuple[str, str]]:
    """Rule 12: the pairs a ruling on which is a ruling of the flip; the found one always is one of them."""
    earlier, later = run_before(flip, sides), run_of(flip[1], sides)
    return {(one.statement_id, other.statement_id) for one in earlier for other in later if before(one, other)}


def found_undetermined(sides: Sequence[Position], rulings: Sequence[Ruling]) -> list[Found]:
    """Rule 10: of each later statement the nearest opposite before it in the order of 8 that overlaps it."""
    found: list[Found] = []
    for later in sides:
        rivals = [r for r in sides if r.place < later.place and r.side != later.side and overlap(r, later)]
        if rivals:
            pairs = [{rival.statement_id, later.statement_id} for rival in rivals]
            ruling = latest(ruling for ruling in rulings if {ruling.earlier, ruling.later} in pairs)  # 12
            found.append(Found("undetermined", rivals[-1], later, ruling, len(rivals)))
    return found


# What is set aside or cut: 11, 12


def settle(thread: Thread) -> Thread:
    """Rule 12: each time the earliest row that sets aside or cuts is settled, then all is looked at again."""
    while away := [found for found in sides_found(thread) if found.ruled_away]:
        earliest = min(found.later.place for found in away)
        thread = settle_rows(thread, [found for found in away if found.later.place == earliest])
    return thread


def sides_found(thread: Thread) -> list[Found]:
    """The flips and the undetermined rows that are not settled yet."""
    done = {found.ruling for found in thread.settled}
    found = thread.flips()
    for part in thread.parts():
        found += found_undetermined(committed(part), thread.rulings)
    return [one for one in found if one.ruling is None or one.ruling not in done]


def settle_rows(thread: Thread, away: Sequence[Found]) -> Thread:
    """The thread after the rows of one later statement that were ruled away (reading: they are settled together)."""
    aside = set(thread.aside)
    cuts = set(thread.cuts)
    firm = {flip.later.statement_id for flip in thread.flips() if not flip.ruled_away}
    for found in away:
        if found.outcome == "no_reversal":
            aside |= set_aside_by(found, thread, firm)
        elif found.kind != "undetermined" or found.later.statement_id not in firm:
            cuts.add(found.later.place)
    settled = (*thread.settled, *away)
    return replace(thread, aside=frozenset(aside), cuts=frozenset(cuts), settled=settled)


def set_aside_by(found: Found, thread: Thread, firm: Collection[str]) -> set[str]:
    """Rule 11: the statements that a ruling `no_reversal` sets aside; `firm`: the later ones of flips that stand."""
    assert found.ruling is not None
    aside: set[str] = set()
    which = found.ruling.set_aside or "later"
    if found.kind == "undetermined":
        if which in {"earlier", "both"}:
            aside.add(found.ruling.earlier)
        if which in {"later", "both"} and found.ruling.later not in firm:
            aside.add(found.ruling.later)
        return aside
    sides = committed(thread.parts()[thread.part(found.later)])
    if which in {"earlier", "both"}:
        run = run_before((found.earlier, found.later), sides)
        aside |= span_of(run, found.ruling.earlier, found.earlier.statement_id)
    if which in {"later", "both"}:
        aside |= span_of(run_of(found.later, sides), found.later.statement_id, found.ruling.later)
    return aside


def span_of(run: Iterable[Position], one: str, other: str) -> set[str]:
    """The statements of a run from one to the other, both included, whichever comes first."""
    places = sorted(position.place for position in run if position.statement_id in {one, other})
    return {position.statement_id for position in run if places[0] <= position.place <= places[-1]}


# The rows: 8 to 13


def all_found(thread: Thread) -> list[Found]:
    """Every pair of one settled thread, of whatever kind."""
    found = [*thread.settled, *sides_found(thread)]
    for part in thread.parts():
        found += [*walk_backs(part, thread.rulings), *same_side(part, thread.rulings)]
        found += commitment(part, thread.rulings)
    return found


def ruled_pair(rulings: Iterable[Ruling], earlier: Position, later: Position) -> Ruling | None:
    """The latest ruling on just this pair."""
    pair = (earlier.statement_id, later.statement_id)
    return latest(ruling for ruling in rulings if (ruling.earlier, ruling.later) == pair)


def walk_backs(part: Sequence[Position], rulings: Sequence[Ruling]) -> list[Found]:
    """Rule 9: a mixed position with a reference; one per reference, the first that is not ruled away."""
    found: list[Found] = []
    for later in part:
        earlier = reference(later, committed(part)) if later.sign == 0 else None
        if earlier and not any(one.earlier == earlier and not one.ruled_away for one in found):
            found.append(Found("walk_back", earlier, later, ruled_pair(rulings, earlier, later)))
    return found


def same_side(part: Sequence[Position], rulings: Sequence[Ruling]) -> list[Found]:
    """Rule 9: `rescoping`, or as firmly, less or more; one kind a pair."""
    found: list[Found] = []
    scopes: set[tuple[str, str]] = set()
    for later in committed(part):
        earlier = reference(later, committed(part))
        if earlier is None or earlier.side != later.side:
            continue
        kind = firmness(earlier, later)
        old, new = plain(earlier.qualifier), plain(later.qualifier)
        if old and new and old != new:
            kind = "rescoping"
            if (earlier.statement_id, new) in scopes:
                continue  # "a later one of the same makes no row"
            scopes.add((earlier.statement_id, new))
        found.append(Found(kind, earlier, later, ruled_pair(rulings, earlier, later)))
    return found


def firmness(earlier: Position, later: Position) -> str:
    """Rule 9: same side; as firmly, less, more."""
    was, now = (position.stance.startswith("strongly_") for position in (earlier, later))
    return "reaffirmation" if was == now else "hardening" if now else "softening"


def commitment(part: Sequence[Position], rulings: Sequence[Ruling]) -> list[Found]:
    """Rule 9: the first committed position, if a mixed or unclear one closed before it."""
    sides = committed(part)
    if not sides or any(overlap(sides[0], other) and other.side != sides[0].side for other in sides):
        return []
    earlier = last_closed([p for p in part if p.side is None and before(p, sides[0])])
    return [Found("commitment", earlier, sides[0], ruled_pair(rulings, earlier, sides[0]))] if earlier else []


def other_mandates(thread: Thread, threads: Iterable[Thread]) -> list[Found]:
    """Rule 7: a side, and the opposite side of the last committed position over all other mandates together."""
    others = [t for t in threads if (t.speaker, t.topic) == (thread.speaker, thread.topic) and t is not thread]
    elsewhere = [position for other in others for position in committed(other.live)]
    found: list[Found] = []
    for later in committed(thread.live):
        earlier = reference(later, elsewhere)
        if earlier is None or earlier.side == later.side or any(one.earlier == earlier for one in found):
            continue
        theirs = next(other for other in others if earlier in other.members)
        if all(one.part(earlier) == one.part(later) for one in (thread, theirs)):  # a cut of either bars it
            found.append(Found("other_mandate", earlier, later, ruled_pair(thread.rulings, earlier, later)))
    return found


def told(thread: Thread, found: Found, flagged: Collection[str]) -> Reversal:
    """The row of a pair; the pair that was ruled stands in it (12)."""
    earlier, later = shown(thread, found)
    ruling = found.ruling
    degree = DEGREES.get(found.kind)
    if ruling is not None and ruling.outcome in CHANGE and ruling.degree:
        degree = ruling.degree  # 13
    return Reversal(
        speaker=thread.speaker,
        topic=thread.topic,
        mandate=thread.mandate,
        kind=found.kind,
        degree=degree,
        order="unknown" if found.kind == "undetermined" else "certain",
        earlier_id=earlier.statement_id,
        later_id=later.statement_id,
        earlier_stance=earlier.stance,
        later_stance=later.stance,
        earlier_from=earlier.said_from,
        earlier_until=earlier.said_until,
        later_from=later.said_from,
        later_until=later.said_until,
        gap_min=later.said_from - earlier.said_until,
        gap_max=later.said_until - earlier.said_from,
        switches=switches(thread, later),
        rivals=found.rivals,
        ruling=found.outcome,
        needs_review=ruling is not None and ruling.id in flagged,
    )


def shown(thread: Thread, found: Found) -> tuple[Position, Position]:
    """Rule 12: the pair that stands in the row; an undetermined row keeps its later statement."""
    if found.ruling is None:
        return found.earlier, found.later
    ends = {p.statement_id: p for p in (*thread.members, found.earlier)}  # the earlier may be of another mandate
    earlier, later = ends[found.ruling.earlier], ends[found.ruling.later]
    if found.kind == "undetermined" and later != found.later:
        return later, earlier
    return earlier, later


def switches(thread: Thread, later: Position) -> int:
    """Rule 8: the counted flips of the part up to and including this row's later statement."""
    part = thread.part(later)
    ours = (flip for flip in thread.flips() if thread.part(flip.later) == part and flip.later.place <= later.place)
    return sum(flip.counted for flip in ours)


# What is to be looked at again: 11


def flagged_rulings(positions: Sequence[Position], rulings: Sequence[Ruling], topics: Iterable[Topic] = ()) -> set[str]:
    """Rule 11: the ids of rulings that new evidence, a correction or another ruling holds back until confirmed."""
    mended = {topic.id: topic.mended_at for topic in topics}
    threads = settled_threads(positions, rulings)
    aside = {(thread.topic, statement) for thread in threads for statement in thread.aside}
    return {
        ruling.id
        for ruling in rulings
        if overtaken(ruling, positions, mended.get(ruling.topic)) or overruled(ruling, rulings, aside)
    }


def overtaken(ruling: Ruling, positions: Iterable[Position], mended_at: int | None) -> bool:
    """Rule 11: whether an end, the proposition or what is known between the two changed after the ruling."""
    since = max(ruling.judged_at, ruling.confirmed_at or 0)
    ours = {p.statement_id: p for p in positions if p.topic == ruling.topic}
    if ruling.earlier not in ours or ruling.later not in ours:
        return mended_at is not None and mended_at > since
    earlier, later = ours[ruling.earlier], ours[ruling.later]
    evidence = [
        p.recorded_at
        for p in ours.values()
        if p.speaker in {earlier.speaker, later.speaker}
        and p not in (earlier, later)
        and ((before(earlier, p) and before(p, later)) or overlap(p, earlier) or overlap(p, later))
    ]
    changed = [clock for clock in (mended_at, earlier.corrected_at, later.corrected_at) if clock is not None]
    return any(clock > since for clock in evidence + changed)


def overruled(ruling: Ruling, rulings: Iterable[Ruling], aside: Collection[tuple[str, str]]) -> bool:
    """Rule 11: whether an end of a pair that stands ruled as a change is set aside by another ruling."""
    pair = (ruling.topic, ruling.earlier, ruling.later)
    stands = ruling == latest(r for r in rulings if (r.topic, r.earlier, r.later) == pair)
    ends = {(ruling.topic, ruling.earlier), (ruling.topic, ruling.later)}
    return stands and ruling.outcome in CHANGE and bool(ends & set(aside))
