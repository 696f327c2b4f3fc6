"""Positions: whose judgement counts, where people disagree, and what is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from flipflop.detect import find_reversals
from flipflop.errors import DataError
from flipflop.frames import empty, positions

STATEMENTS = pd.DataFrame(
    {
        "statement_id": ["a", "b"],
        "speaker": ["jane-doe", "john-roe"],
        "said": ["2011-03-01", "2011-03-14"],
        "text": ["Build it.", "Well."],
    }
)
BY_CLAIM = ["unclear", "mixed", "oppose", "support", "strongly_oppose", "strongly_support"]
SIGN = {"strongly_oppose": -1, "oppose": -1, "mixed": 0, "support": 1, "strongly_support": 1}

Row = tuple[str, str, str, str, bool]


def codings(*rows: tuple[str, str]) -> pd.DataFrame:
    """Return codings of statement a from (stance, coder), in the order in which they were recorded."""
    frame = pd.DataFrame(list(rows), columns=["stance", "coder"])
    return frame.assign(statement_id="a", topic="nuclear-power", seq=range(len(rows)))


def shown(found: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(found[["stance", "coder", "disputed"]].astype(object).itertuples(index=False, name=None))


def test_of_one_coder_the_latest_coding_counts() -> None:
    found = positions(STATEMENTS, codings(("support", "kim"), ("mixed", "kim")))

    assert shown(found) == [("mixed", "kim", False)]
    assert found["sign"].tolist() == [0]
    assert found["text"].tolist() == ["Build it."]


def test_people_hide_models_however_many() -> None:
    found = positions(STATEMENTS, codings(("support", "kim"), ("oppose", "model:a@1"), ("oppose", "model:b@2")))

    assert shown(found) == [("support", "kim", False)]


def test_models_count_while_nobody_else_has_judged() -> None:
    assert shown(positions(STATEMENTS, codings(("oppose", "model:a@1")))) == [("oppose", "model:a@1", False)]


@pytest.mark.parametrize("coders", [("ada", "kim"), ("model:a@1", "model:b@1")])
def test_opposite_judgements_are_disputed_and_give_no_sign(coders: tuple[str, str]) -> None:
    found = positions(STATEMENTS, codings(("support", coders[0]), ("strongly_oppose", coders[1])))

    assert shown(found) == [("unclear", "; ".join(coders), True)]
    assert found["sign"].isna().all()


def test_adjudicating_beats_all_and_the_latest_adjudication_counts() -> None:
    rows = codings(("support", "ada"), ("oppose", "kim"), ("oppose", "lee"), ("mixed", "ada"), ("support", "kim"))

    found = positions(STATEMENTS, rows.assign(adjudicates=[False, False, True, True, False]))

    assert shown(found) == [("mixed", "ada", False)]


def test_coders_who_agree_on_the_side_give_what_most_chose_and_else_what_claims_less() -> None:
    most = codings(("strongly_support", "ada"), ("strongly_support", "kim"), ("support", "lee"))
    tied = codings(("strongly_support", "ada"), ("support", "kim"))
    with_mixed = codings(("support", "ada"), ("mixed", "kim"))

    assert [shown(positions(STATEMENTS, rows))[0][0] for rows in (most, tied, with_mixed)] == [
        "strongly_support",
        "support",
        "mixed",
    ]


def test_confidence_is_the_lowest_and_one_flag_for_review_is_enough() -> None:
    rows = codings(("support", "ada"), ("support", "kim")).assign(confidence=[0.9, 0.5], needs_review=[True, False])

    found = positions(STATEMENTS, rows)

    assert found[["confidence", "needs_review"]].to_numpy().tolist() == [[0.5, True]]


def test_codings_of_unknown_statements_and_uncoded_statements_give_no_position() -> None:
    rows = codings(("support", "ada")).assign(statement_id="zzz")

    assert len(positions(STATEMENTS, rows)) == 0
    assert positions(STATEMENTS, rows).dtypes.to_dict() == empty("positions").dtypes.to_dict()


def test_a_disputed_position_is_part_of_no_reversal() -> None:
    rows = codings(("support", "ada"), ("oppose", "kim"))
    later = rows.assign(statement_id="b", stance="oppose")

    found = positions(STATEMENTS.assign(speaker="jane-doe"), pd.concat([rows, later.assign(seq=[2, 3])]))

    assert len(find_reversals(found)) == 0


class Store:
    """What a store offers to positions, over two frames."""

    def statements(
        self,
        *,
        as_of: datetime | str | None = None,
        speaker: str | None = None,
        topic: str | None = None,
        columns: Iterable[str] | None = None,
    ) -> pd.DataFrame:
        assert as_of == "2020-01-01T00:00Z"
        return STATEMENTS

    def codings(
        self,
        *,
        as_of: datetime | str | None = None,
        speaker: str | None = None,
        topic: str | None = None,
        columns: Iterable[str] | None = None,
    ) -> pd.DataFrame:
        assert as_of == "2020-01-01T00:00Z"
        both = pd.concat([codings(("support", "ada")), codings(("oppose", "ada")).assign(statement_id="b")])
        return pd.concat([both, both.assign(topic="coal")])


def test_a_store_is_asked_as_of_and_one_speaker_and_topic_may_be_picked() -> None:
    found = positions(Store(), as_of="2020-01-01T00:00Z", speaker="john-roe", topic="coal")

    assert found[["speaker", "topic", "stance"]].astype(object).to_numpy().tolist() == [["john-roe", "coal", "oppose"]]


def test_frames_have_no_past_and_need_codings() -> None:
    with pytest.raises(DataError, match="as_of needs a store"):
        positions(STATEMENTS, codings(), as_of="2020-01-01")
    with pytest.raises(DataError, match="needs a frame of codings"):
        positions(STATEMENTS)
    with pytest.raises(DataError, match="brings its own codings"):
        positions(Store(), codings())


@st.composite
def judgements(draw: st.DrawFn) -> list[Row]:
    coder = st.sampled_from(["ada", "kim", "lee", "model:a@1", "model:b@1"])
    stance = st.sampled_from([*BY_CLAIM, "support", "support"])
    row = st.tuples(st.sampled_from("abz"), st.sampled_from("xy"), stance, coder, st.sampled_from([False] * 5 + [True]))
    return draw(st.lists(row, max_size=14))


def expected(rows: list[Row]) -> dict[tuple[str, str], tuple[str, str, bool]]:
    """Return the verdict for each (statement, topic), from the words of the docstring."""
    found = {}
    for pair in {row[:2] for row in rows if row[0] != "z"}:
        mine = [row for row in rows if row[:2] == pair]
        rulers = [row for row in mine if row[4]]
        latest = {row[3]: row[2] for row in mine}
        people = {coder: stance for coder, stance in latest.items() if not coder.startswith("model:")}
        counted = {rulers[-1][3]: rulers[-1][2]} if rulers else people or latest
        disputed = {SIGN.get(stance) for stance in counted.values()} >= {-1, 1}
        votes = Counter(counted.values())
        best = min(votes, key=lambda stance: (-votes[stance], BY_CLAIM.index(stance)))
        found[pair[0], pair[1]] = ("unclear" if disputed else best, "; ".join(sorted(counted)), disputed)
    return found


@settings(max_examples=60, deadline=None)
@given(judgements(), st.randoms(use_true_random=False))
def test_positions_are_what_the_rules_say_in_any_order_of_rows(rows: list[Row], random: object) -> None:
    columns = ["statement_id", "topic", "stance", "coder", "adjudicates"]
    frame = pd.DataFrame({name: pd.Series([row[at] for row in rows], dtype=object) for at, name in enumerate(columns)})
    frame["seq"] = range(len(rows))
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]  # a random.Random
    shuffled = frame.iloc[order].set_axis([0] * len(rows), axis=0)
    before = shuffled.copy(deep=True)

    found = positions(STATEMENTS, shuffled)

    verdicts = found[["statement_id", "topic", "stance", "coder", "disputed"]].astype(object)
    assert {row[:2]: row[2:] for row in verdicts.itertuples(index=False, name=None)} == expected(rows)
    assert found.dtypes.astype(str).to_dict() == empty("positions").dtypes.astype(str).to_dict()
    pd.testing.assert_frame_equal(shuffled, before)
    pd.testing.assert_frame_equal(found, positions(STATEMENTS, frame))
