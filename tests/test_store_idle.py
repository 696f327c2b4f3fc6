"""Who judges a statement that was retracted is told that it counts for nothing, once and with the way out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.ingest import import_events
from flipflop.records import Event, to_json
from tests.cli_running import add, case, flipflop
from tests.store_cases import DECLARED, coding, redaction, retraction, statement

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO, THREE = statement(text="one"), statement(text="two", at=9), statement(text="three", at=20)
GONE = ff.Retraction(ONE.hash, "recorded twice", "Editor")
ALSO = ff.Retraction(TWO.hash, "not hers", "Lawyer")
RULING = ff.Ruling(ONE.hash, TWO.hash, "unit", "reversal", "none found", "Me")  # type: ignore[arg-type]  # a word


def short(*events: Event) -> list[str]:
    return [event.hash[:8] for event in events]


@pytest.fixture
def retracted(where: str) -> str:
    with ff.Store(where) as store:
        store.append([*DECLARED, ONE, TWO, THREE, coding(ONE), GONE])
    return where


@pytest.mark.parametrize("judged", [coding(ONE, "oppose", coder="Other"), RULING])
def test_a_judgement_of_a_retracted_statement_warns_who_retracted_it_and_why(retracted: str, judged: Event) -> None:
    one, gone = short(ONE, GONE)
    told = (
        f"statement {one} was retracted by Editor (recorded twice): what is judged of it counts for nothing "
        f"until {gone} is retracted"
    )
    with ff.Store(retracted) as store:
        assert store.trial(judged).warnings == (told,)
        appended = store.append(judged)

        assert (appended.warnings, appended.idle) == ((told,), 1)
        assert len(appended.recorded) == 1


def test_a_ruling_on_two_retracted_statements_names_both(retracted: str) -> None:
    one, two, gone, also = short(ONE, TWO, GONE, ALSO)
    with ff.Store(retracted) as store:
        store.append(ALSO)
        appended = store.append(RULING)

        assert appended.idle == 1
        assert appended.warnings == (
            f"statement {one} was retracted by Editor (recorded twice) and statement {two} was retracted by Lawyer "
            f"(not hers): what is judged of them counts for nothing until {gone} and {also} are retracted",
        )


def test_once_the_retractions_are_retracted_the_judgement_counts_and_nothing_warns(retracted: str) -> None:
    with ff.Store(retracted) as store:
        store.append([again := retraction(ONE), RULING])
        store.append(retraction(GONE))
        assert store.append(coding(ONE, coder="A")).idle == 1
        store.append(retraction(again))

        assert store.append(coding(ONE, coder="B")).warnings == ()
        assert list(store.codings()["coder"]) == ["Coder", "A", "B"]
        assert len(store.rulings()) == 1


def test_what_was_judged_before_the_retraction_is_no_matter_for_a_warning(where: str) -> None:
    with ff.Store(where) as store:
        appended = store.append([*DECLARED, ONE, TWO, coding(ONE), RULING, GONE])

        assert (appended.warnings, appended.idle) == ((), 0)
        assert store.append(coding(TWO)).warnings == ()


def test_a_retraction_whose_words_were_redacted_is_told_without_them(retracted: str) -> None:
    with ff.Store(retracted) as store:
        store.append([redaction(GONE)])

        (told,) = store.append(coding(ONE, coder="A")).warnings
        assert told.startswith(f"statement {ONE.hash[:8]} was retracted: what is judged of it")


@pytest.mark.parametrize("batch", [None, 2])
def test_an_import_tells_of_many_such_codings_in_one_line(retracted: str, tmp_path: Path, batch: int | None) -> None:
    file = tmp_path / "old.jsonl"
    codings = [coding(of, coder=f"C{n}") for n in range(5) for of in (ONE, TWO, THREE)]
    file.write_text("".join(json.dumps(to_json(event)) + "\n" for event in codings), "utf-8")
    with ff.Store(retracted) as store:
        store.append([ALSO, retraction(THREE)])
        imported = import_events(store, file, batch=batch)

        assert imported.recorded == 15
        assert imported.warnings == (
            "15 codings and rulings are of statements that were retracted before: "
            "they count for nothing until those retractions are retracted",
        )
        assert import_events(store, file).warnings == ()  # they are known


def test_the_replay_of_a_log_tells_nothing(retracted: str, tmp_path: Path) -> None:
    with ff.Store(retracted) as store:
        store.append(RULING)
        lines = [record.to_json() for record in store.log()]
    with ff.Store(tmp_path / "new.db") as store:
        assert store.replay(lines).warnings == ()


def test_the_commands_tell_it(retracted: str) -> None:
    one, two, gone = short(ONE, TWO, GONE)
    told = f"warning: statement {one} was retracted by Editor (recorded twice)"
    with ff.Store(retracted) as store:
        store.append(coding(TWO))

    coded = flipflop("-s", retracted, "code", one, "--topic", "unit", "--stance", "mixed", "--coder", "Me")
    ruled = flipflop(
        *("-s", retracted, "rule", one, two, "--topic", "unit", "--outcome", "reversal"),
        *("--innocent-reading", "none found", "--by", "Me"),
    )
    again = flipflop("-s", retracted, "code", two, "--topic", "unit", "--stance", "oppose", "--coder", "Me")

    assert (coded.code, coded.err.startswith(told), f"until {gone} is retracted" in coded.err) == (0, True, True)
    assert (ruled.code, f"{one} was retracted by Editor (recorded twice)" in ruled.err) == (1, True)
    assert f"until {gone} is retracted" in ruled.err
    assert (again.code, again.err) == (0, "")


def test_a_retracted_statement_that_is_added_again_by_another_coder_is_no_candidate(tmp_path: Path) -> None:
    store = case(tmp_path)
    statement_id = add(store, "Raise them.", said="2020-02-01").out.strip()
    flipflop("-s", store, "retract", statement_id, "--reason", "not hers")

    done = add(store, "Raise them.", "--coder", "Other", said="2020-02-01")

    assert f"warning: statement {statement_id} was retracted by Me (not hers)" in done.err
    assert "candidate" not in done.err
