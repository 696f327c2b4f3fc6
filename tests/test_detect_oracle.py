"""Detection against the definitions, written down once more: quadratic, in plain Python, without a shared line."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from hypothesis import given, settings, strategies as st

from flipflop.detect import ReversalKind, find_conflicts, find_reversals
from flipflop.detect.check import check
from flipflop.frames import empty

ALL_KINDS = tuple(ReversalKind)
SIGN = {"strongly_oppose": -1, "oppose": -1, "mixed": 0, "support": 1, "strongly_support": 1, "unclear": None}
ZERO = pd.Timestamp("2017-07-01T00:00Z")


Rows = set[tuple[object, ...]]


class Said(NamedTuple):
    id: str
    speaker: str
    topic: str
    stance: str
    start: int
    stop: int
    disputed: bool = False
    organisation: str | None = None

    @property
    def sign(self) -> int | None:
        return None if self.disputed else SIGN[self.stance]

    @property
    def key(self) -> tuple[int, int, str]:
        return self.start, self.stop, self.id


class Spokes(NamedTuple):
    surrogate: str
    principal: str
    since: int | None
    until: int | None

    def holds(self, said: Said) -> bool:
        return (self.since is None or self.since <= said.start) and (self.until is None or said.stop <= self.until)


@st.composite
def records(draw: st.DrawFn, speakers: str = "ab", topics: str = "x", most: int = 14) -> list[Said]:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(speakers),
                st.sampled_from(topics),
                st.sampled_from([*SIGN, "support", "oppose", "support", "oppose"]),
                st.integers(0, 9),
                st.sampled_from([1, 1, 1, 2, 3, 8]),
                st.sampled_from([False] * 9 + [True]),
                st.sampled_from([None, None, "org", "club"]),
            ),
            max_size=most,
        )
    )
    ids = draw(st.permutations([f"s{number:02}" for number in range(len(rows))]))
    return [
        Said(name, who, what, stance, start, start + width, disputed, organisation)
        for name, (who, what, stance, start, width, disputed, organisation) in zip(ids, rows, strict=True)
    ]


@st.composite
def relations(draw: st.DrawFn, speakers: str) -> list[Spokes]:
    bound = st.none() | st.integers(0, 12)
    rows = draw(st.lists(st.tuples(st.sampled_from(speakers), st.sampled_from(speakers), bound, bound), max_size=5))
    return [Spokes(*row) for row in rows]


def frame(record: list[Said]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "statement_id": pd.Series([said.id for said in record], dtype=object),
            "speaker": pd.Series([said.speaker for said in record], dtype=object),
            "topic": pd.Series([said.topic for said in record], dtype=object),
            "stance": pd.Series([said.stance for said in record], dtype=object),
            "said_from": moments([said.start for said in record]),
            "said_until": moments([said.stop for said in record]),
            "disputed": np.array([said.disputed for said in record], dtype=bool),
            "on_behalf_of": pd.Series([said.organisation for said in record], dtype=object),
        }
    )


def moments(days: list[int] | list[int | None]) -> pd.Series[pd.Timestamp]:
    return pd.Series([pd.NaT if day is None else ZERO + pd.Timedelta(days=day) for day in days], dtype="M8[us, UTC]")


def reference(said: Said, record: list[Said], speaker: str | None = None) -> Said | None:
    """What a speaker last showed on the topic before a moment."""
    return last([other for other in own(record, speaker or said.speaker, said.topic) if other.stop <= said.start])


def own(record: list[Said], speaker: str, topic: str) -> list[Said]:
    return [said for said in record if (said.speaker, said.topic) == (speaker, topic) and said.sign]


def last(closed: list[Said]) -> Said | None:
    latest = [said for said in closed if said.stop == max(other.stop for other in closed)]
    return min(latest, key=lambda said: said.id) if len({said.sign for said in latest}) == 1 else None


def flips_of(record: list[Said], speaker: str, topic: str) -> list[tuple[Said, Said]]:
    found: list[tuple[Said, Said]] = []
    for said in sorted(own(record, speaker, topic), key=lambda said: said.key):
        before = reference(said, record)
        if before and before.sign != said.sign and (not found or found[-1][1].sign != said.sign):
            found.append((before, said))
    return found


def expected_reversals(record: list[Said]) -> Rows:
    found: Rows = set()
    for speaker, topic in {(said.speaker, said.topic) for said in record}:
        flips = flips_of(record, speaker, topic)
        mine = [said for said in record if (said.speaker, said.topic) == (speaker, topic) and said.sign is not None]
        walked_back = set()
        for said in sorted(mine, key=lambda said: said.key):
            switches = sum(flip.key <= said.key for _, flip in flips)
            before = reference(said, record)
            if before and said.sign == 0 and before.id not in walked_back:
                walked_back.add(before.id)
                found.add(("walk_back", before.id, said.id, switches, None))
            if before and said.sign == before.sign:
                firmer = said.stance.startswith("strongly") - before.stance.startswith("strongly")
                kind = {-1: "softening", 0: "reaffirmation", 1: "hardening"}[firmer]
                found.add((kind, before.id, said.id, switches, None))
            if before and (before, said) in flips:
                kind = "reversal" if switches == 1 else "restoration"
                found.add((kind, before.id, said.id, switches, None))
            rivals = [
                other
                for other in mine
                if said.sign and other.sign == -said.sign and other.key < said.key and other.stop > said.start
            ]
            if rivals:
                nearest = max(rivals, key=lambda said: said.key)
                found.add(("undetermined", nearest.id, said.id, switches, len(rivals)))
    return found


def rows_of(found: pd.DataFrame) -> Rows:
    columns = found[["kind", "earlier_id", "later_id", "switches", "rivals"]].astype(object)
    rows = {tuple(None if value is pd.NA else value for value in row) for row in columns.itertuples(index=False)}
    assert len(rows) == len(found)
    return rows


@settings(max_examples=80, deadline=None)
@given(records())
def test_find_reversals_finds_what_the_definitions_say(record: list[Said]) -> None:
    assert rows_of(find_reversals(frame(record), kinds=ALL_KINDS)) == expected_reversals(record)


@settings(max_examples=80, deadline=None)
@given(records(speakers="ab", topics="xy", most=25))
def test_find_reversals_keeps_speakers_and_topics_apart(record: list[Said]) -> None:
    assert rows_of(find_reversals(frame(record), kinds=ALL_KINDS)) == expected_reversals(record)


@settings(max_examples=40, deadline=None)
@given(records(speakers="a"), st.data())
def test_a_new_statement_is_judged_on_append_as_in_the_batch(record: list[Said], data: st.DataObject) -> None:
    if not record:
        return
    new = data.draw(st.sampled_from(record))
    rows = [(said.id, said.sign, said.start, said.stop) for said in record]

    found = check(next(row for row in rows if row[0] == new.id), rows)

    batch = find_reversals(frame(record))[["kind", "earlier_id", "later_id"]].astype(object)
    naming = [tuple(row) for row in batch.itertuples(index=False) if new.id in row]
    assert sorted((str(kind), one, two) for kind, one, two in found) == sorted(naming)


def expected_conflicts(record: list[Said], spokes: list[Spokes], accounts: set[str]) -> Rows:
    found: Rows = set()
    spokes = [one for one in spokes if one.surrogate != one.principal]
    for topic in {said.topic for said in record}:
        for surrogate, principal in {(one.surrogate, one.principal) for one in spokes}:
            for expected in (expected_stranded, expected_undercut, expected_off_message):
                found |= expected(record, spokes, surrogate, principal, topic)
        found |= expected_voices(record, topic, accounts, spokes)
    return found


def spoke(spokes: list[Spokes], said: Said, principal: str) -> bool:
    return any((one.surrogate, one.principal) == (said.speaker, principal) and one.holds(said) for one in spokes)


def end(since: int, changes: list[Said]) -> int | None:
    return max(since, min(said.start for said in changes)) if changes else None


def expected_stranded(record: list[Said], spokes: list[Spokes], s: str, p: str, topic: str) -> Rows:
    found: Rows = set()
    for _, flip in flips_of(record, p, topic):
        left = reference(flip, record, s)
        if left and left.sign != flip.sign and spoke(spokes, left, p):
            moved = [said for said in own(record, s, topic) if said.sign == flip.sign and said.start >= left.stop]
            found.add(("stranded_surrogate", s, p, left.id, flip.id, True, flip.start, end(flip.start, moved)))
    return found


def expected_undercut(record: list[Said], spokes: list[Spokes], s: str, p: str, topic: str) -> Rows:
    theirs = own(record, p, topic)
    if not theirs:
        return set()
    first = min(theirs, key=lambda said: said.key)
    joins = [said for said in theirs if said.sign != first.sign]
    left = reference(first, record, s)
    if not left or left.sign == first.sign or not spoke(spokes, left, p):
        return set()
    if any(said.start < first.stop for said in joins):
        return set()
    moved = [said for said in own(record, s, topic) if said.sign == first.sign and said.start >= left.stop]
    return {("undercut", s, p, left.id, first.id, True, first.start, end(first.start, moved + joins))}


def expected_off_message(record: list[Said], spokes: list[Spokes], s: str, p: str, topic: str) -> Rows:
    found: Rows = set()
    ours, theirs = own(record, s, topic), own(record, p, topic)
    kept: Rows = set()
    for said in sorted(ours, key=lambda said: said.key):
        standing = reference(said, record, p)
        joined = [other for other in theirs if other.sign == said.sign]
        changes = [other for other in ours if other.sign != said.sign] + joined
        overlapping = [other for other in joined if other.start < said.stop and said.start < other.stop]
        if not standing or standing.sign == said.sign or overlapping or not spoke(spokes, said, p):
            continue
        episode = (said.sign, frozenset(other for other in changes if other.start <= said.start))
        if episode not in kept:
            kept.add(episode)
            until = end(said.start, [other for other in changes if other.start > said.start])
            found.add(("off_message", s, p, standing.id, said.id, True, said.start, until))
    return found


def expected_voices(record: list[Said], topic: str, accounts: set[str], spokes: list[Spokes]) -> Rows:
    found: Rows = set()
    speakers = sorted({said.speaker for said in record})
    for organisation in ["org", "club", "*"] if topic in accounts else ["org", "club"]:
        kind = "conflicting_accounts" if organisation == "*" else "different_voice"
        for one, two in combinations(speakers, 2):
            a, b = (
                last([said for said in own(record, who, topic) if organisation in {"*", said.organisation}])
                for who in (one, two)
            )
            if not a or not b or a.sign == b.sign or spoke(spokes, a, two) or spoke(spokes, b, one):
                continue
            earlier, later = (b, a) if b.stop <= a.start else (a, b)
            if kind == "different_voice" or not any(earlier.id == row[3] and later.id == row[4] for row in found):
                certain = earlier.stop <= later.start
                found.add((kind, one, two, earlier.id, later.id, certain, max(a.stop, b.stop), None))
    return found


@settings(max_examples=80, deadline=None)
@given(records(speakers="abcd", topics="xy", most=18), relations("abcd"))
def test_find_conflicts_finds_what_the_definitions_say(record: list[Said], spokes: list[Spokes]) -> None:
    topics = pd.DataFrame({"topic": ["x", "y"], "kind": ["account", "proposal"]})

    found = find_conflicts(frame(record), speaks_for(spokes), topics)

    rows = {
        (
            row["kind"],
            row["speaker"],
            row["other"],
            row["earlier_id"],
            row["later_id"],
            row["order"] == "certain",
            (row["since"] - ZERO).days,
            None if row["until"] is pd.NaT else (row["until"] - ZERO).days,
        )
        for row in found.to_dict("records")
    }
    assert rows == expected_conflicts(record, spokes, {"x"})
    assert len(rows) == len(found)
    assert found.dtypes.to_dict() == empty("conflicts").dtypes.to_dict()


@settings(max_examples=80, deadline=None)
@given(records(speakers="sp", most=10), st.integers(0, 3))
def test_find_conflicts_agrees_where_one_speaks_for_the_other(record: list[Said], since: int) -> None:
    spokes = [Spokes("s", "p", since, None)]
    test = test_find_conflicts_finds_what_the_definitions_say.hypothesis.inner_test  # type: ignore[attr-defined]  # set by @given
    test(record, spokes)


def speaks_for(spokes: list[Spokes]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "surrogate": pd.Series([one.surrogate for one in spokes], dtype=object),
            "principal": pd.Series([one.principal for one in spokes], dtype=object),
            "since": moments([one.since for one in spokes]),
            "until": moments([one.until for one in spokes]),
        }
    )
