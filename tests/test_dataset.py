"""The founding case: what its statements say, and what follows from them in every zone."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import flipflop as ff

DATASET = Path(__file__).parents[1] / "datasets" / "cyber-unit-2017" / "events.jsonl"
EVENTS = ff.read_events(DATASET)
STATEMENTS = [event for event in EVENTS if isinstance(event, ff.Statement)]
JOINT, AGREED = "joint-cyber-unit", "unit-was-agreed"
FLIP = pd.Timestamp("2017-07-10T00:45:13Z")


@pytest.fixture(scope="module")
def positions(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    with ff.Store(tmp_path_factory.mktemp("case") / "cyber.db") as store:
        store.append(EVENTS)
        return ff.positions(store)


@pytest.fixture(scope="module")
def conflicts(positions: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    with ff.Store(tmp_path_factory.mktemp("case") / "cyber.db") as store:
        store.append(EVENTS)
        return ff.find_conflicts(positions, store.speaks_for(), store.topics())


def test_the_file_is_as_it_would_be_written(tmp_path: Path) -> None:
    ff.write_events(tmp_path / "again.jsonl", EVENTS)

    assert (tmp_path / "again.jsonl").read_bytes() == DATASET.read_bytes()


def test_every_event_stands_once_and_after_what_it_refers_to() -> None:
    seen: set[str] = set()
    for event in EVENTS:
        match event:
            case ff.Statement():
                referred = {event.speaker, event.responds_to} - {None}
            case ff.Coding():
                referred = {event.statement, event.topic}
            case ff.Ruling():
                referred = {event.earlier, event.later, event.topic}
            case ff.SpeaksFor():
                referred = {event.surrogate, event.principal}
            case ff.Correction():
                referred = {event.event}
            case _:
                referred = set()
        assert event.hash not in seen
        assert referred <= seen
        seen |= {event.hash, event.id} if isinstance(event, ff.Speaker | ff.Topic) else {event.hash}


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: f"{statement.speaker} {statement.said.text}")
def test_every_moment_is_what_its_text_says(statement: ff.Statement) -> None:
    assert ff.When.parse(statement.said.text, tz=statement.said.tz) == statement.said


def test_every_statement_has_a_source_and_every_coding_a_reason() -> None:
    assert [statement for statement in STATEMENTS if statement.source is None] == []
    assert [event for event in EVENTS if isinstance(event, ff.Coding) and not event.rationale] == []


def test_no_two_names_or_aliases_are_the_same() -> None:
    speakers = [event for event in EVENTS if isinstance(event, ff.Speaker)]
    names = [name.casefold() for speaker in speakers for name in (speaker.id, speaker.name, *speaker.aliases)]

    assert sorted(names) == sorted(set(names))


def test_there_is_one_reversal_and_one_walk_back(positions: pd.DataFrame) -> None:
    found = ff.find_reversals(positions)

    assert found[["speaker", "topic", "kind", "degree", "order"]].to_numpy().tolist() == [
        ["donald-trump", JOINT, "reversal", "full_flop", "certain"],
        ["sergey-lavrov", AGREED, "walk_back", "half_flip", "certain"],
    ]


def test_the_reversal_took_12_hours_54_minutes_and_49_seconds(positions: pd.DataFrame) -> None:
    found = ff.find_reversals(positions).iloc[0]

    assert found["later_from"] - found["earlier_from"] == pd.Timedelta("12:54:49")
    assert found["gap_min"] < pd.Timedelta("12:54:49") < found["gap_max"]


def test_the_walk_back_is_from_12_to_24_july(positions: pd.DataFrame) -> None:
    found = ff.find_reversals(positions).iloc[1]
    said = positions.drop_duplicates("statement_id").set_index("statement_id")["said"]

    assert [said[found["earlier_id"]], said[found["later_id"]]] == ["2017-07-12", "2017-07-24"]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Europe/Moscow", "Pacific/Auckland"])
def test_the_zone_of_the_moments_changes_nothing(positions: pd.DataFrame, zone: str) -> None:
    shown = positions.assign(
        said_from=positions["said_from"].dt.tz_convert(zone), said_until=positions["said_until"].dt.tz_convert(zone)
    )

    pd.testing.assert_frame_equal(ff.find_reversals(shown), ff.find_reversals(positions))


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Moscow", "Pacific/Auckland"])
def test_the_zone_of_the_display_changes_nothing(positions: pd.DataFrame, zone: str, tmp_path: Path) -> None:
    with ff.Store(tmp_path / "cyber.db") as store:
        store.append(EVENTS)

    flipflop = str(Path(sys.executable).with_name("flipflop"))
    command = [flipflop, "reversals", "-s", str(tmp_path / "cyber.db"), "--format", "json", "--tz", zone]
    shown = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)

    found = ff.find_reversals(positions)
    assert [(row["earlier_id"], row["later_id"], row["kind"]) for row in shown] == list(
        found[["earlier_id", "later_id", "kind"]].itertuples(index=False, name=None)
    )
    assert [pd.Timestamp(row["later_from"]) for row in shown] == found["later_from"].tolist()


def of_kind(conflicts: pd.DataFrame, kind: str) -> set[tuple[str, str, str]]:
    rows = conflicts[conflicts["kind"] == kind]
    return set(rows[["speaker", "other", "topic"]].itertuples(index=False, name=None))


def test_there_are_ten_conflicts_and_no_more(conflicts: pd.DataFrame) -> None:
    assert conflicts["kind"].value_counts().to_dict() == {
        "conflicting_accounts": 6,
        "off_message": 2,
        "stranded_surrogate": 2,
    }


def test_haley_and_mnuchin_are_stranded_from_the_second_tweet_on(conflicts: pd.DataFrame) -> None:
    stranded = {(name, "donald-trump", JOINT) for name in ("nikki-haley", "steven-mnuchin")}

    assert of_kind(conflicts, "stranded_surrogate") == stranded
    assert set(conflicts.loc[conflicts["kind"] == "stranded_surrogate", "since"]) == {FLIP}


def test_peskov_and_lukash_are_off_message(conflicts: pd.DataFrame) -> None:
    off = {(name, "vladimir-putin", AGREED) for name in ("dmitry-peskov", "svetlana-lukash")}

    assert of_kind(conflicts, "off_message") == off


def test_six_pairs_tell_conflicting_accounts(conflicts: pd.DataFrame) -> None:
    affirm, deny = ("rex-tillerson", "sergey-lavrov", "steven-mnuchin"), ("dmitry-peskov", "svetlana-lukash")
    pairs = {frozenset(pair) for pair in itertools.product(affirm, deny)}

    found = of_kind(conflicts, "conflicting_accounts")

    assert {frozenset((speaker, other)) for speaker, other, topic in found if topic == AGREED} == pairs


def test_both_changes_and_all_conflicts_are_ruled_on_with_an_innocent_reading(
    positions: pd.DataFrame, conflicts: pd.DataFrame
) -> None:
    rulings = [event for event in EVENTS if isinstance(event, ff.Ruling)]
    changes = ff.find_reversals(positions)

    ids = ["earlier_id", "later_id", "topic"]
    pairs = [*changes[ids].itertuples(index=False, name=None), *conflicts[ids].itertuples(index=False, name=None)]
    assert {(frozenset((one.earlier, one.later)), one.topic) for one in rulings} == {
        (frozenset((earlier, later)), topic) for earlier, later, topic in pairs
    }
    assert len(rulings) == len(pairs)
    assert all(len(ruling.innocent_reading) > 40 for ruling in rulings)


def test_every_ruling_counts_and_none_waits_for_another_look(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "cyber.db") as store:
        store.append(EVENTS)
        positions, rulings = ff.positions(store), store.rulings()
        changes = ff.find_reversals(positions, rulings=rulings)
        against = ff.find_conflicts(positions, store.speaks_for(), store.topics(), rulings=rulings)

    assert [changes["ruling"].tolist(), against["ruling"].tolist()] == [["reversal"] * 2, ["conflict"] * 10]
    assert not changes["needs_review"].any()
    assert not against["needs_review"].any()


def test_every_relation_has_a_source(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "cyber.db") as store:
        store.append(EVENTS)

        assert store.speaks_for()["source_url"].notna().all()
