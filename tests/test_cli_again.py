"""Rulings and codings whose words or moment changed after them are shown, walked again, and confirmed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.cases import confirmation
from flipflop.errors import DuplicateError
from flipflop.records import Event
from tests.cli_running import flipflop
from tests.store_cases import DECLARED, coding, correction, retraction, statement
from tests.test_cli_terminal import left, terminal

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = statement(text="Yes."), statement(text="No.", at=9)
CODED = coding(TWO, "oppose", coder="Me")
RULED = ff.Ruling(ONE.hash, TWO.hash, "unit", "reversal", "none found", "Me")  # type: ignore[arg-type]  # a word
MENDED = correction(TWO, text="No, no.")
RULE = ("rule", ONE.hash, TWO.hash, "--topic", "unit", "--outcome", "reversal", "--innocent-reading", "none found")
CODE = ("code", TWO.hash, "--topic", "unit", "--stance", "oppose")


@pytest.fixture
def mended(where: str) -> str:
    with ff.Store(where) as store:
        store.append([*DECLARED, ONE, TWO, coding(ONE, coder="Me"), CODED, RULED, MENDED])
    return where


def table(where: str) -> list[str]:
    return flipflop("-s", where, "reversals").out.splitlines()


def test_the_table_of_reversals_says_what_to_look_at_again(mended: str) -> None:
    heading, row = table(mended)

    assert heading.endswith("  ruling                     look again")
    assert row.endswith("ruled: change of position  ruling, coding")
    assert "opposes (look again)" in flipflop("-s", mended, "list").out
    columns = json.loads(flipflop("-s", mended, "reversals", "--format", "json").out)[0].keys()
    assert "look again" not in columns


def test_the_table_has_no_such_column_where_nothing_changed(mended: str) -> None:
    with ff.Store(mended) as store:
        store.append(retraction(MENDED))

    assert "look again" not in "".join(table(mended))
    assert "look again" not in flipflop("-s", mended, "show", TWO.hash).out


def test_show_marks_the_rulings_and_codings_to_look_at_again(mended: str) -> None:
    shown = flipflop("-s", mended, "show", TWO.hash).out
    (found,) = json.loads(flipflop("-s", mended, "show", TWO.hash, "--format", "json").out)

    assert shown.count("look again: words, moment or proposition changed after it") == 2
    assert [row["event"] for row in found["history"] if row.get("needs_review")] == ["coding", "ruling"]


def test_the_same_judgement_once_more_confirms_it_and_then_is_a_duplicate(mended: str) -> None:
    assert flipflop("-s", mended, *RULE, "--by", "Me").code == 0
    assert table(mended)[1].endswith("ruled: change of position  coding")
    assert flipflop("-s", mended, *CODE, "--coder", "Me").code == 0
    assert "look again" not in "".join(table(mended))

    for again in ((*RULE, "--by", "Me"), (*CODE, "--coder", "Me")):
        done = flipflop("-s", mended, *again)
        assert (done.code, "recorded already" in done.err) == (1, True)


def test_another_judgement_clears_it_too(mended: str) -> None:
    with ff.Store(mended) as store:
        store.append(ff.Ruling(ONE.hash, TWO.hash, "unit", "no_reversal", "a joke", "Other"))  # type: ignore[arg-type]
        store.append(coding(TWO, "strongly_oppose", coder="Me"))

    assert "look again" not in "".join(table(mended))


@pytest.mark.parametrize(("judged", "stamp"), [(CODED, "coded_at"), (RULED, "decided_at")])
def test_a_library_user_is_told_how_to_confirm_a_judgement(mended: str, judged: Event, stamp: str) -> None:
    with ff.Store(mended) as store:
        assert store.needs_review(judged.hash)
        with pytest.raises(
            DuplicateError, match=f"words, moment or proposition changed; to confirm it.* with a {stamp}"
        ):
            store.append(judged)


def test_rule_shows_both_propositions_and_confirms_with_one_answer(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, ONE, TWO, coding(ONE, coder="Me"), CODED, RULED])
        topic = store.get(RULED.topic, kind="topic")
        was = store.topics().set_index("topic").loc[RULED.topic, "proposition"]
        store.append(ff.Correction(topic.id, {"proposition": "A new sentence."}, "r", "Ed"))
        waiting = store.codings()["coding_id"]
        store.append([confirmation(store.get(one), "Ed") for one in waiting])
    child = terminal(tmp_path / "s.db", "rule", "--by", "Me")

    child.expect_exact("Proposition when that was ruled: ")
    child.expect_exact(str(was))
    child.expect_exact("Proposition today: A new sentence.")
    child.expect("Outcome .*: ")
    child.sendline("confirm")
    assert "recorded" in left(child)
    with ff.Store(tmp_path / "s.db") as store:
        assert not store.rulings()["needs_review"].any()
        assert len(store.rulings()) == 1


def test_rule_walks_a_pair_again_whose_words_changed_after_the_ruling(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, ONE, TWO, coding(ONE, coder="Me"), CODED, RULED, MENDED])
    child = terminal(tmp_path / "s.db", "rule", "--by", "Me")

    child.expect(r"Candidate 1 of 1.*Look again \(ruled: change of position\).*at the codings, too.*“No, no.”")
    child.expect("Outcome .*: ")
    child.sendline("reversal")
    child.expect("Innocent reading .*: ")
    child.sendline("none found")
    child.expect("Explanation .*: ")
    child.sendline("unknown")
    child.expect("What the speaker called it .*: ")
    child.sendline("")
    child.expect("Record this .*: ")
    child.sendline("yes")
    assert "recorded" in left(child)

    assert "no open candidates" in left(terminal(tmp_path / "s.db", "rule", "--by", "Me"))
