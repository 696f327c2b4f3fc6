"""The founding case as literal rows: what was said about the joint cyber security unit in July 2017."""

from __future__ import annotations

import pandas as pd
import pytest

from flipflop.detect import find_conflicts, find_reversals
from flipflop.frames import conform, empty

HAMBURG = "+02:00"
WASHINGTON = "-04:00"
MOSCOW = "+03:00"

# speaker, statement, from, until, zone, {topic: stance}
SAID: list[tuple[str, str, str, str, str, dict[str, str]]] = [
    ("donald-trump", "warsaw", "06T00:00", "07T00:00", HAMBURG, {"russia-interfered": "mixed"}),
    ("sergey-lavrov", "lavrov-7", "07T00:00", "08T00:00", HAMBURG, {"joint": "support", "agreed": "support"}),
    ("rex-tillerson", "tillerson", "07T00:00", "08T00:00", HAMBURG, {"agreed": "support"}),
    ("steven-mnuchin", "mnuchin-8", "08T00:00", "09T00:00", HAMBURG, {"agreed": "support"}),
    ("vladimir-putin", "putin", "08T00:00", "09T00:00", HAMBURG, {"joint": "support", "agreed": "support"}),
    ("donald-trump", "tweet-1", "09T11:50:24", "09T11:50:25", "+00:00", {"joint": "support"}),
    ("marco-rubio", "rubio", "09T00:00", "10T00:00", WASHINGTON, {"joint": "oppose"}),
    ("steven-mnuchin", "mnuchin-9", "09T06:00", "09T12:00", WASHINGTON, {"joint": "support"}),
    ("nikki-haley", "haley-1", "09T06:00", "09T12:00", WASHINGTON, {"joint": "support"}),
    ("nikki-haley", "haley-2", "09T06:00", "09T12:00", WASHINGTON, {"russia-interfered": "support"}),
    ("lindsey-graham", "graham", "09T06:00", "09T12:00", WASHINGTON, {"joint": "oppose"}),
    ("ash-carter", "carter", "09T06:00", "09T12:00", WASHINGTON, {"joint": "oppose"}),
    ("adam-schiff", "schiff", "09T06:00", "09T12:00", WASHINGTON, {"joint": "oppose"}),
    ("donald-trump", "tweet-2", "10T00:45:13", "10T00:45:14", "+00:00", {"joint": "oppose"}),
    ("dmitry-peskov", "peskov", "10T00:00", "11T00:00", MOSCOW, {"agreed": "oppose"}),
    ("svetlana-lukash", "lukash", "10T00:00", "11T00:00", MOSCOW, {"agreed": "oppose"}),
    ("sarah-sanders", "sanders", "10T00:00", "11T00:00", WASHINGTON, {"agreed": "mixed"}),
    ("sergey-lavrov", "lavrov-12", "12T00:00", "13T00:00", HAMBURG, {"agreed": "support"}),
    ("andrey-krutskikh", "krutskikh", "20T00:00", "21T00:00", MOSCOW, {"joint": "support"}),
    ("sergey-lavrov", "lavrov-24", "24T00:00", "25T00:00", MOSCOW, {"joint": "support", "agreed": "mixed"}),
]
SURROGATES = {
    "donald-trump": ["steven-mnuchin", "nikki-haley", "rex-tillerson", "sarah-sanders"],
    "vladimir-putin": ["sergey-lavrov", "dmitry-peskov", "svetlana-lukash", "andrey-krutskikh"],
}


@pytest.fixture
def positions() -> pd.DataFrame:
    rows = [
        {
            "speaker": speaker,
            "statement_id": statement,
            "said_from": f"2017-07-{start}{zone}",
            "said_until": f"2017-07-{stop}{zone}",
            "topic": topic,
            "stance": stance,
        }
        for speaker, statement, start, stop, zone, stances in SAID
        for topic, stance in stances.items()
    ]
    return pd.DataFrame(rows)


@pytest.fixture
def speaks_for() -> pd.DataFrame:
    pairs = [(surrogate, principal) for principal, names in SURROGATES.items() for surrogate in names]
    return pd.DataFrame(pairs, columns=["surrogate", "principal"])


@pytest.fixture
def topics() -> pd.DataFrame:
    kinds = {"joint": "proposal", "agreed": "account", "russia-interfered": "account"}
    return pd.DataFrame({"topic": list(kinds), "kind": list(kinds.values())})


def test_the_founding_case_holds_one_reversal_and_one_walk_back(positions: pd.DataFrame) -> None:
    found = find_reversals(positions)

    shown = found[["speaker", "topic", "kind", "degree", "order", "earlier_id", "later_id", "switches"]]
    assert shown.astype(object).values.tolist() == [
        ["donald-trump", "joint", "reversal", "full_flop", "certain", "tweet-1", "tweet-2", 1],
        ["sergey-lavrov", "agreed", "walk_back", "half_flip", "certain", "lavrov-12", "lavrov-24", 0],
    ]
    assert found["gap_min"][0] == pd.Timedelta(seconds=46_488)
    assert found["gap_max"][0] == pd.Timedelta(seconds=46_490)
    assert found["reason"][0] == (
        "donald-trump: on record in support (9 July 2017, 11:50:24 UTC), then in opposition "
        "(10 July 2017, 00:45:13 UTC), within 12 h 55 min."
    )


def test_the_founding_case_holds_ten_conflicts(
    positions: pd.DataFrame, speaks_for: pd.DataFrame, topics: pd.DataFrame
) -> None:
    found = find_conflicts(positions, speaks_for, topics)

    shown = found[["kind", "speaker", "other", "topic"]].sort_values(["kind", "speaker", "other"])
    assert shown.astype(object).values.tolist() == [
        ["conflicting_accounts", "dmitry-peskov", "rex-tillerson", "agreed"],
        ["conflicting_accounts", "dmitry-peskov", "sergey-lavrov", "agreed"],
        ["conflicting_accounts", "dmitry-peskov", "steven-mnuchin", "agreed"],
        ["conflicting_accounts", "rex-tillerson", "svetlana-lukash", "agreed"],
        ["conflicting_accounts", "sergey-lavrov", "svetlana-lukash", "agreed"],
        ["conflicting_accounts", "steven-mnuchin", "svetlana-lukash", "agreed"],
        ["off_message", "dmitry-peskov", "vladimir-putin", "agreed"],
        ["off_message", "svetlana-lukash", "vladimir-putin", "agreed"],
        ["stranded_surrogate", "nikki-haley", "donald-trump", "joint"],
        ["stranded_surrogate", "steven-mnuchin", "donald-trump", "joint"],
    ]
    left = found[found["kind"] == "stranded_surrogate"]
    assert left["since"].tolist() == [pd.Timestamp("2017-07-10T00:45:13Z")] * 2
    ended = found[found["until"].notna()]
    assert ended["kind"].tolist() == ["conflicting_accounts"] * 2
    assert {*ended["speaker"], *ended["other"]} == {"dmitry-peskov", "sergey-lavrov", "svetlana-lukash"}
    assert ended["until"].tolist() == [pd.Timestamp("2017-07-25T00:00+03:00")] * 2  # what 24 July in Moscow ends with
    assert (found["order"] == "unknown").tolist() == (found["kind"] == "conflicting_accounts").tolist()


def test_the_founding_case_without_codings_of_the_tweets_holds_no_reversal(positions: pd.DataFrame) -> None:
    lost = positions[~positions["statement_id"].isin(["tweet-1", "tweet-2"])]

    assert find_reversals(lost)["kind"].tolist() == ["walk_back"]


def test_speaks_for_and_topics_may_be_the_empty_frames_of_the_contract(positions: pd.DataFrame) -> None:
    found = find_conflicts(positions, empty("speaks_for"), empty("topics"))

    assert len(found) == 0
    assert found.dtypes.to_dict() == empty("conflicts").dtypes.to_dict()


def test_positions_in_the_shape_of_the_contract_give_the_same(
    positions: pd.DataFrame, speaks_for: pd.DataFrame, topics: pd.DataFrame
) -> None:
    pd.testing.assert_frame_equal(find_reversals(conform("positions", positions)), find_reversals(positions))
    pd.testing.assert_frame_equal(
        find_conflicts(conform("positions", positions), conform("speaks_for", speaks_for), conform("topics", topics)),
        find_conflicts(positions, speaks_for, topics),
    )
