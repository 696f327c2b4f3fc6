"""Speakers and topics are mended by corrections; what was judged of another proposition waits for a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

import flipflop as ff
from flipflop.cases import Cases, case_of, confirmation, confirmed, missing
from flipflop.records import to_json
from tests.store_cases import ANN, BOB, DECLARED, UNIT, Clock, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.records.codec import Json

FOR, AGAINST = statement(at=1), statement(at=5)
PRO, CON = coding(FOR), coding(AGAINST, "oppose")
RULED = ff.Ruling(FOR.hash, AGAINST.hash, "unit", ff.Outcome.REVERSAL, "none found", "Editor")
RECORD = (*DECLARED, FOR, AGAINST, PRO, CON, RULED)
MENDED = correction(UNIT, proposition="The unit should be closed.")


@pytest.fixture
def store(where: str) -> ff.Store:
    opened = ff.Store(where)
    opened.append(RECORD)
    return opened


def speaker(store: ff.Store, slug: str = "ann") -> dict[str, str]:
    frame = store.speakers().set_index("speaker")
    return {str(name): str(value) for name, value in frame.loc[slug].dropna().items()}


def mended_flags(store: ff.Store, **asked: str) -> list[bool]:
    return [bool(flag) for flag in store.codings(**asked)["proposition_mended"]]


def changes_of(store: ff.Store) -> list[tuple[str, str, str]]:
    found = ff.find_reversals(ff.positions(store), rulings=store.rulings())
    return [(str(a), str(b), str(c)) for a, b, c in found[["earlier_id", "later_id", "ruling"]].to_numpy()]


def test_a_new_name_is_shown_and_the_former_goes_on_resolving(store: ff.Store) -> None:
    store.append(correction(ANN, name="Ann Bell-Ames", public_role="Minister"))

    assert (speaker(store)["name"], speaker(store)["public_role"]) == ("Ann Bell-Ames", "Minister")
    assert {store.resolve_speaker(name) for name in ("Ann Bell-Ames", "Ann Ames", "@annames", "ann")} == {"ann"}
    assert store.statements()["speaker_name"].tolist() == ["Ann Bell-Ames"] * 2
    assert store.verify() == []


def test_an_alias_that_was_taken_away_stands_for_nobody(store: ff.Store) -> None:
    store.append(correction(ANN, aliases=["@ann"]))

    assert store.resolve_speaker("@ANN") == "ann"
    with pytest.raises(ff.DataError, match="unknown speaker '@annames'"):
        store.resolve_speaker("@annames")


def test_names_of_an_earlier_declaration_go_on_resolving(store: ff.Store) -> None:
    store.append(ff.Speaker("ann", "Ann Other", aliases=("@other",)))

    assert {store.resolve_speaker(name) for name in ("Ann Ames", "@annames", "Ann Other", "@other")} == {"ann"}


def test_whoever_is_called_so_now_goes_before_whoever_was(store: ff.Store) -> None:
    store.append([correction(ANN, name="Ann Bell-Ames"), ff.Speaker("ann-2", "Ann Ames")])

    assert store.resolve_speaker("Ann Ames") == "ann-2"


def test_an_alias_that_is_anothers_name_is_refused(store: ff.Store) -> None:
    with pytest.raises(ff.DataError, match="'@ANNAMES' is a name of ann already: leave it out"):
        store.append(correction(BOB, aliases=["@ANNAMES"]))


def test_an_alias_is_free_once_its_owner_gave_it_up_in_the_same_batch(store: ff.Store) -> None:
    store.append([correction(ANN, aliases=["@ann"]), correction(BOB, aliases=["@annames"])])

    assert store.resolve_speaker("@annames") == "bob"
    with pytest.raises(ff.DataError, match="is a name of bob already"):
        store.append([correction(ANN, aliases=["@ann", "@ames"]), correction(ANN, aliases=["@ann", "@annames"])])


def test_an_id_is_permanent(store: ff.Store) -> None:
    with pytest.raises(ff.DataError, match=r"changes\.id is permanent"):
        store.append(correction(ANN, id="ann-2"))


def test_only_the_declaration_that_counts_is_amended(store: ff.Store) -> None:
    store.append(ff.Speaker("ann", "Ann Other"))

    with pytest.raises(ff.DataError, match="speaker 'ann' was declared again since"):
        store.append(correction(ANN, name="Ann Third"))


def test_topics_do_not_go_round_in_a_circle_by_a_correction(store: ff.Store) -> None:
    store.append(correction(UNIT, parent="talks"))

    with pytest.raises(ff.DataError, match="in a circle"):
        store.append(correction(DECLARED[3], parent="unit"))


def test_a_correction_of_a_speaker_is_undone_whole(store: ff.Store) -> None:
    before = speaker(store)
    mended = correction(ANN, name="Ann Bell-Ames", aliases=["@ann"])
    store.append(mended)
    store.append(retraction(mended))

    assert speaker(store) == before
    assert store.resolve_speaker("@annames") == "ann"
    assert store.verify() == []


def test_the_view_of_speakers_and_topics_reads_as_mended(store: ff.Store) -> None:
    store.append([correction(ANN, name="Ann Bell-Ames", kind="organisation"), MENDED])

    asked = store._tables.sql.execute("SELECT name, kind, amended FROM speakers WHERE speaker = 'ann'").fetchall()
    told = store._tables.sql.execute("SELECT proposition, kind FROM topics WHERE topic = 'unit'").fetchall()

    assert [tuple(row) for row in asked] == [("Ann Bell-Ames", "organisation", True)]
    assert [tuple(row) for row in told] == [("The unit should be closed.", "proposal")]


def test_what_was_judged_of_another_proposition_takes_no_part_until_confirmed(store: ff.Store) -> None:
    assert changes_of(store) == [(FOR.hash, AGAINST.hash, "reversal")]

    store.append(MENDED)

    assert mended_flags(store) == [True, True]
    assert store.rulings()["needs_review"].tolist() == [True]
    assert changes_of(store) == []
    assert store.committed_positions("ann", "unit") == []

    ids = (PRO.hash, CON.hash, RULED.hash)
    store.append([confirmation(store.get(one), "Editor") for one in ids])

    assert mended_flags(store) == [False, False]
    assert not any(store.needs_review(one) for one in ids)
    assert store.rulings()["confirmed_at"].notna().all()
    assert changes_of(store) == [(FOR.hash, AGAINST.hash, "reversal")]
    assert len(store.committed_positions("ann", "unit")) == 2
    assert store.verify() == []


def test_a_coder_who_codes_again_confirms_too(store: ff.Store) -> None:
    store.append(MENDED)
    store.append(confirmed(store, PRO))

    assert mended_flags(store) == [True, True, False]
    assert ff.positions(store)["statement_id"].tolist() == [FOR.hash]


def test_what_is_confirmed_before_the_next_mending_waits_again(store: ff.Store) -> None:
    store.append(MENDED)
    store.append(confirmation(store.get(PRO.hash), "Editor"))
    store.append(correction(UNIT, proposition="The unit should be moved."))

    assert mended_flags(store) == [True, True]


def test_a_confirmation_that_is_withdrawn_never_was(store: ff.Store) -> None:
    store.append(MENDED)
    looked = confirmation(store.get(PRO.hash), "Editor")
    store.append([looked, correction(FOR, text="other words")])
    assert store.needs_review(PRO.hash)
    again = confirmation(store.get(PRO.hash), "Editor", "words, too")
    store.append(again)
    assert not store.needs_review(PRO.hash)

    store.append([retraction(looked), retraction(again)])

    assert mended_flags(store) == [True, True]
    assert store._tables.reviews()
    assert store.verify() == []


def test_a_mending_that_is_withdrawn_holds_nothing_back(store: ff.Store) -> None:
    store.append([MENDED, retraction(MENDED)])

    assert mended_flags(store) == [False, False]
    assert store.rulings()["needs_review"].tolist() == [False]


def test_a_topic_that_was_withdrawn_and_declared_anew_with_another_question_is_a_mending(store: ff.Store) -> None:
    store.append(ff.Retraction("unit", "wrong question", "Editor"))
    store.append(replace(UNIT, proposition="The unit should be closed."))

    assert mended_flags(store) == [True, True]


def test_a_second_declaration_in_a_log_is_a_mending(store: ff.Store) -> None:
    store.append(replace(UNIT, proposition="The unit should be closed."))

    assert mended_flags(store) == [True, True]
    assert Cases(store).trail.needs_review(store.get(PRO.hash))


def test_a_proposition_that_is_stated_at_last_holds_nothing_back(where: str) -> None:
    heading = replace(UNIT, proposition=UNIT.title)
    with ff.Store(where) as store:
        store.append([ANN, BOB, heading, FOR, PRO, correction(heading, proposition="There should be a unit.")])

        assert mended_flags(store) == [False]


def test_what_an_earlier_day_recorded_reads_as_it_did(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    with ff.Store(where) as store:
        store.append(RECORD)
        then = clock.tick().isoformat()
        clock.tick()
        store.append([correction(ANN, name="Ann Bell-Ames"), MENDED])

        assert store.speakers(as_of=then).set_index("speaker").loc["ann", "name"] == "Ann Ames"
        assert store.topics(as_of=then).set_index("topic").loc["unit", "proposition"] == UNIT.proposition
        assert mended_flags(store, as_of=then) == [False, False]
        assert mended_flags(store) == [True, True]


def test_a_log_with_corrections_of_declarations_is_replayed_and_imported(
    places: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with ff.Store(places()) as store, ff.Store(places()) as other, ff.Store(places()) as third:
        store.append([*RECORD, correction(ANN, name="Ann Bell-Ames"), MENDED])
        lines = [record.to_json() for record in store.log()]
        other.replay(lines)
        bare: list[dict[str, Json]] = [to_json(record.event) for record in store.log() if record.event is not None]
        third.append([ff.records.from_json(line) for line in bare])

        for one in (other, third):
            assert speaker(one) == speaker(store)
            assert mended_flags(one) == mended_flags(store)
            assert one.verify() == []
        assert [record.to_json() for record in other.log()] == lines


def test_former_names_go_with_a_redaction(store: ff.Store) -> None:
    store.append([correction(ANN, name="Zebulona"), correction(ANN, name="Ann Third")])
    appended = store.append([redaction(ANN)])

    assert appended.quoted_in == ()
    assert all("Zebulona" not in str(record.event) for record in store.log())
    with pytest.raises(ff.DataError):
        store.resolve_speaker("Zebulona")
    assert store.verify() == []


def test_a_former_name_that_still_stands_elsewhere_is_told(store: ff.Store) -> None:
    quoting = statement("bob", "Zebulona was there.", at=9)
    store.append([correction(ANN, name="Zebulona"), correction(ANN, name="Ann Third"), quoting])

    assert store.append([redaction(ANN)]).quoted_in == (quoting.hash,)


def test_a_case_rests_on_no_coding_of_another_proposition_and_says_what_is_missing(store: ff.Store) -> None:
    store.append(MENDED)

    for case in (case_of(store, FOR.hash, AGAINST.hash, "unit"), Cases(store).case(FOR.hash, AGAINST.hash, "unit")):
        assert case.topic.proposition == "The unit should be closed."
        assert (case.found, case.earlier.counting) == (None, ())
        assert [one.needs_review for one in case.earlier.judgements] == [True]
        told = [one.sentence for one in missing(case) if one.what == "review"]
        assert told[0].startswith("The proposition was mended after the earlier statement was coded")
        assert "Words, moment or proposition were corrected after the ruling" in told[-1]


def test_a_ruling_that_new_evidence_holds_back_is_confirmed(store: ff.Store) -> None:
    between = statement(at=3)
    store.append([between, coding(between, "mixed")])
    assert needs_review(store) == [True]

    store.append(confirmation(store.get(RULED.hash), "Editor"))

    assert needs_review(store) == [False]


def needs_review(store: ff.Store) -> list[bool]:
    found = ff.find_reversals(ff.positions(store), rulings=store.rulings(), kinds=["reversal"])
    return [bool(flag) for flag in found["needs_review"]]
