"""Positions: whose judgement counts, where people disagree, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import pandas as pd
import pytest

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


def test_opposite_judgements_of_people_are_disputed_and_give_no_sign() -> None:
    found = positions(STATEMENTS, codings(("support", "ada"), ("strongly_oppose", "kim")))

    assert shown(found) == [("unclear", "ada; kim", True)]
    assert found["sign"].isna().all()


def test_models_on_both_sides_dispute_nothing() -> None:
    found = positions(STATEMENTS, codings(("support", "model:a@1"), ("strongly_oppose", "model:b@1")))

    assert shown(found) == [("unclear", "model:a@1; model:b@1", False)]


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        (["support", "strongly_support", "mixed"], "support"),
        (["support"] * 2 + ["strongly_support"] * 2 + ["unclear"] * 3, "support"),
        (["support", "mixed"], "mixed"),
        (["support", "unclear", "mixed"], "unclear"),
    ],
)
def test_coders_vote_first_on_the_side_and_then_on_the_strength(stances: list[str], expected: str) -> None:
    found = positions(STATEMENTS, codings(*((stance, f"kim-{n}") for n, stance in enumerate(stances))))

    assert found["stance"].tolist() == [expected]


def test_a_qualifier_is_shown_where_all_of_the_winning_side_agree_on_it_and_else_flagged() -> None:
    rows = codings(("support", "ada"), ("support", "kim"), ("mixed", "lee"))

    agreed = positions(STATEMENTS, rows.assign(qualifier=["only if  paid", "only\u00a0if paid", "never"]))
    parted = positions(STATEMENTS, rows.assign(qualifier=["only if paid", "", ""]))

    assert agreed[["qualifier", "needs_review"]].to_numpy().tolist() == [["only if paid", False]]
    assert parted["qualifier"].isna().tolist() == parted["needs_review"].tolist() == [True]


def test_a_coding_of_a_proposition_that_was_mended_takes_no_part() -> None:
    rows = codings(("support", "ada"), ("oppose", "kim"))

    assert shown(positions(STATEMENTS, rows.assign(proposition_mended=[False, True]))) == [("support", "ada", False)]
    assert len(positions(STATEMENTS, rows.assign(proposition_mended=True))) == 0


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
