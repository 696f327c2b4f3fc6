"""Frames, and what the commands ask of a store without pandas."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import flipflop as ff
from flipflop.frames import CONTRACTS, empty
from flipflop.records import Outcome, to_json
from tests.postgres_stores import emptied, selected
from tests.store_cases import (
    ANN,
    BOB,
    DECLARED,
    NOON,
    Clock,
    coding,
    correction,
    retraction,
    said,
    statement,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

FRAMES = ("statements", "codings", "speakers", "topics", "speaks_for", "rulings")


@pytest.fixture
def store(where: str) -> Iterator[ff.Store]:
    with ff.Store(where) as made:
        yield made


def filled(store: ff.Store) -> tuple[ff.Statement, ff.Statement]:
    source = ff.Source("https://example.org", "Outlet", "Title", "Author", published=said(30))
    one = statement(text="one", source=source, attribution=("a", "b"), context="there", language="en")
    two = statement("bob", "two", at=5, responds_to=one.hash, on_behalf_of="ann", form="reported")
    reversal = Outcome.REVERSAL
    unanswered = ff.Answer(answered=False)
    ruling = ff.Ruling(one.hash, two.hash, "unit", reversal, "none found", "Editor", reply=unanswered, note="noted")
    relation = ff.SpeaksFor("bob", "ann", since=said(-10), until=said(90, width=10))
    store.append([*DECLARED, relation, one, two, coding(one), coding(two, "oppose"), ruling])
    return one, two


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("full", [False, True])
def test_a_frame_has_its_columns_and_dtypes_also_when_empty(store: ff.Store, name: str, full: bool) -> None:
    if full:
        filled(store)

    frame = getattr(store, name)()

    expected = empty(name).dtypes
    assert dict(frame.dtypes[list(CONTRACTS[name])].astype(str)) == dict(expected.astype(str))
    assert list(frame.columns[: len(expected)]) == list(expected.index)
    assert (len(frame) > 0) == full


def test_the_statements_frame_says_what_was_recorded(store: ff.Store) -> None:
    one, _ = filled(store)

    first, second = store.statements().astype(object).to_dict("records")

    open_ = {"recorded_at", "responds_to", "on_behalf_of", "on_behalf_of_name"}
    assert {k: v for k, v in first.items() if k not in open_} == {
        "statement_id": one.hash, "speaker": "ann", "speaker_name": "Ann Ames", "text": "one", "form": "quote",
        "said_from": NOON, "said_until": NOON + timedelta(minutes=1), "said": "2017-07-09T12:00Z",
        "precision": "minute", "approximate": False, "tz": "UTC", "attribution": "a > b", "context": "there",
        "language": "en", "source_url": "https://example.org", "source_title": "Title", "source_outlet": "Outlet",
        "source_author": "Author", "source_published": "2017-07-09T12:30Z", "amended": False, "seq": 6,
    }  # fmt: skip
    assert (second["responds_to"], second["on_behalf_of"], second["form"]) == (one.hash, "ann", "reported")
    assert second["on_behalf_of_name"] == "Ann Ames"


def test_relations_last_from_the_start_of_since_to_the_end_of_until(store: ff.Store) -> None:
    filled(store)

    (row,) = store.speaks_for().to_dict("records")

    assert (row["since"], row["until"]) == (NOON - timedelta(minutes=10), NOON + timedelta(minutes=100))


def test_a_ruling_that_got_no_answer_says_so(store: ff.Store) -> None:
    filled(store)

    (row,) = store.rulings().to_dict("records")

    assert (row["reply_text"], row["note"], row["needs_review"]) == ("asked for, none came", "noted", False)


def test_the_latest_declaration_names_a_speaker(store: ff.Store) -> None:
    filled(store)
    store.append(ff.Speaker("ann", "Ann Bell", aliases=("A", "B")))

    assert list(store.statements()["speaker_name"]) == ["Ann Bell", "Bob Bell"]
    assert store.speakers().set_index("speaker").loc["ann", "aliases"] == "A; B"


def test_positions_and_reversals_come_from_a_store(store: ff.Store) -> None:
    early, late = statement(at=0), statement(at=5)
    store.append([*DECLARED, early, late, coding(early, "support"), coding(late, "oppose")])

    (found,) = ff.find_reversals(ff.positions(store)).to_dict("records")

    assert (found["kind"], found["earlier_id"], found["later_id"]) == ("reversal", early.hash, late.hash)


def test_an_amended_statement_reads_as_mended_and_keeps_its_id(store: ff.Store) -> None:
    one, _ = filled(store)
    store.append(correction(one, text="mended", said=to_json(statement(at=60))["said"], speaker="bob", source=None))

    row = store.statements().set_index("statement_id").loc[one.hash]

    assert (row["text"], row["speaker"], row["speaker_name"], row["amended"]) == ("mended", "bob", "Bob Bell", True)
    assert row["said_from"] == NOON + timedelta(hours=1)
    assert row.isna()["source_url"]
    assert list(store.statements(speaker="bob", since=NOON + timedelta(minutes=30))["statement_id"]) == [one.hash]
    assert one.hash not in set(store.statements(speaker="ann")["statement_id"])


@given(
    minutes=st.lists(st.integers(0, 20), min_size=1, max_size=6),
    bounds=st.tuples(st.none() | st.integers(-1, 22), st.none() | st.integers(-1, 22)),
    who=st.sampled_from([None, "ann", "bob"]),
    moved=st.booleans(),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_conditions_keep_the_rows_that_meet_them(
    where: str,
    minutes: list[int],
    bounds: tuple[int | None, int | None],
    who: str | None,
    moved: bool,
) -> None:
    since, until = (None if b is None else NOON + timedelta(minutes=b) for b in bounds)
    with ff.Store(emptied(where)) as store:
        spoken = [statement(("ann", "bob")[i % 2], at=minute) for i, minute in enumerate(minutes)]
        store.append([*DECLARED, *spoken])
        if moved:
            store.append(correction(spoken[0], said=to_json(statement(at=11))["said"], context="x"))
        everything = store.statements()

        found = store.statements(speaker=who, since=since, until=until)

        rows = zip(*(everything[c] for c in ("statement_id", "speaker", "said_from", "said_until")), strict=True)
        assert list(found["statement_id"]) == [
            event_id
            for event_id, speaker, start, end in rows
            if who in (None, speaker) and (since is None or end > since) and (until is None or start < until)
        ]


def test_statements_on_a_topic_are_those_coded_for_it(store: ff.Store) -> None:
    one, two = filled(store)
    out = coding(one, "mixed", topic="talks")
    store.append([out, coding(two, topic="talks"), retraction(out)])

    assert list(store.statements(topic="talks")["statement_id"]) == [two.hash]
    assert list(store.codings(topic="talks")["statement_id"]) == [two.hash]
    assert len(store.statements(topic="nothing")) == 0
    assert len(store.statements(speaker="nobody")) == 0


def test_the_past_shows_what_had_been_recorded(store: ff.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    empty_then = clock.tick() - timedelta(seconds=1)
    one, _ = filled(store)
    before = clock.tick() - timedelta(seconds=1)
    store.append([correction(one, text="mended"), ff.Speaker("ann", "Ann Bell"), retraction(coding(one))])

    assert list(store.statements(as_of=before)["text"]) == ["one", "two"]
    assert list(store.statements(as_of=before.isoformat())["speaker_name"]) == ["Ann Ames", "Bob Bell"]
    assert (len(store.codings(as_of=before)), len(store.codings())) == (2, 1)
    assert [len(getattr(store, name)(as_of=empty_then)) for name in FRAMES] == [0] * 6
    assert len(list(store.log(as_of=before))) == len(list(store.log())) - 3


@pytest.mark.parametrize("bad", ["yesterday", "2017-07-09", datetime(2017, 7, 9)])  # noqa: DTZ001 -- what is refused
def test_a_moment_without_a_zone_is_refused(store: ff.Store, bad: datetime | str) -> None:
    with pytest.raises(ff.DataError, match="no moment with a zone"):
        store.statements(as_of=bad)


def test_an_event_is_found_by_the_beginning_of_its_id_or_by_its_slug(store: ff.Store) -> None:
    one, _ = filled(store)

    assert store.get(one.hash[:6]).event == one
    assert store.get(one.hash.upper()).event == one
    assert store.get("ann").event == ANN
    store.append(ff.Speaker("ann", "Ann Bell"))
    assert store.get("ann").event == ff.Speaker("ann", "Ann Bell")


def test_what_is_not_found_or_ambiguous_is_told_with_the_way_out(store: ff.Store) -> None:
    filled(store)
    spoken = [statement() for _ in range(400)]
    store.append(spoken)
    twins = sorted(one.hash[:4] for one in spoken)
    store.append([ff.Speaker("both", "Both"), ff.Topic("both", "Both", "Both are.")])

    with pytest.raises(ff.StoreError, match="no event, speaker or topic 'nobody' in this store"):
        store.get("nobody")
    with pytest.raises(ff.StoreError, match="no speaker or topic 'abc', and too short for an id"):
        store.get("abc")
    with pytest.raises(ff.StoreError, match=r"'both' could be any of .*\(speaker both\), .*\(topic both\)"):
        store.get("both")
    double = next((a for a, b in pairwise(twins) if a == b), None)
    if double is not None:
        with pytest.raises(ff.StoreError, match=f"'{double}' could be any of .*; give more digits"):
            store.get(double)


@pytest.mark.parametrize("text", ["ann", "Ann Ames", "ANN  AMES", "@annames", "annames", "@AnnAmes"])
def test_a_speaker_is_known_by_id_name_or_alias(store: ff.Store, text: str) -> None:
    filled(store)

    assert store.resolve_speaker(text) == "ann"


def test_a_topic_is_known_by_its_title(store: ff.Store) -> None:
    filled(store)

    assert store.resolve_topic("the unit") == "unit"


def test_an_unknown_name_is_refused_with_a_suggestion(store: ff.Store) -> None:
    filled(store)
    store.append(ff.Speaker("bo", "Bob Bell"))

    with pytest.raises(ff.DataError, match="unknown speaker 'Ann Amess'; did you mean 'Ann Ames'"):
        store.resolve_speaker("Ann Amess")
    with pytest.raises(ff.DataError, match="declare it first"):
        store.resolve_topic("zzz")
    with pytest.raises(ff.DataError, match="'bob bell' could be any of bo, bob; give the id"):
        store.resolve_speaker("bob bell")


def test_a_withdrawn_speaker_is_not_resolved(store: ff.Store) -> None:
    filled(store)
    store.append(ff.Retraction("ann", "a mistake", "Editor"))

    with pytest.raises(ff.DataError, match="unknown speaker 'ann'"):
        store.resolve_speaker("ann")


def test_the_history_of_an_event_is_all_that_is_about_it(store: ff.Store) -> None:
    one, two = filled(store)
    mended = correction(one, text="mended")
    out = retraction(mended)
    store.append([mended, out, correction(two, text="other")])

    assert [r.kind for r in store.history(one.hash)] == ["coding", "ruling", "correction", "retraction"]


@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_committed_positions_are_the_signed_rows_of_the_positions_frame(where: str, data: st.DataObject) -> None:
    stances = st.sampled_from(["strongly_oppose", "oppose", "mixed", "support", "strongly_support", "unclear"])
    spoken = [statement(at=minute) for minute in data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=3))]
    coders = st.sampled_from(["A", "B", "C", "model:m@1", "model:n@1"])
    judged = [
        ff.Coding(of.hash, "unit", stance, coder, rationale=str(number), adjudicates=settles)  # type: ignore[arg-type]  # a word
        for number, (of, stance, coder, settles) in enumerate(
            data.draw(
                st.lists(
                    st.tuples(st.sampled_from(spoken), stances, coders, st.sampled_from([False, False, True])),
                    max_size=8,
                )
            )
        )
    ]
    gone = data.draw(st.lists(st.sampled_from(judged), max_size=2, unique=True)) if judged else []
    moved = data.draw(st.booleans())
    with ff.Store(emptied(where)) as store:
        store.append([*DECLARED, *spoken, *judged, *map(retraction, gone)])
        if moved:
            store.append(correction(spoken[0], said=to_json(statement(at=2))["said"], speaker="bob", context="x"))
        frame = ff.positions(store)
        for speaker in ("ann", "bob"):
            rows = frame[(frame["speaker"] == speaker) & frame["sign"].isin([1, -1])]
            expected = sorted(
                (start.value // 1000 if start.unit == "ns" else int(start.timestamp() * 1_000_000), event_id, sign)
                for event_id, sign, start in zip(rows["statement_id"], rows["sign"], rows["said_from"], strict=True)
            )

            found = [(start, event_id, sign) for event_id, sign, start, _ in store.committed_positions(speaker, "unit")]

            assert sorted(found) == expected


def test_views_give_the_words_back(where: str) -> None:
    with ff.Store(where) as store:
        one, two = filled(store)

    first, second = selected(where, "SELECT * FROM statements ORDER BY seq")
    coded = selected(where, "SELECT * FROM codings ORDER BY seq")
    (ruled,) = selected(where, "SELECT * FROM rulings")
    log = [row["event"] for row in selected(where, "SELECT * FROM log ORDER BY seq")]
    speakers = [row["name"] for row in selected(where, "SELECT * FROM speakers ORDER BY speaker")]
    topics = [row["proposition"] for row in selected(where, "SELECT * FROM topics ORDER BY topic")]

    assert (first["speaker"], first["text"], first["said_from"]) == ("ann", "one", "2017-07-09T12:00:00Z")
    assert (first["source_outlet"], first["precision"], second["form"]) == ("Outlet", "minute", "reported")
    assert [(c["statement_id"], c["stance"]) for c in coded] == [(one.hash, "support"), (two.hash, "oppose")]
    assert (ruled["outcome"], ruled["earlier"], ruled["later"]) == ("reversal", one.hash, two.hash)
    assert log == ["speaker"] * 2 + ["topic"] * 2 + ["speaks_for"] + ["statement"] * 2 + ["coding"] * 2 + ["ruling"]
    assert speakers == [ANN.name, BOB.name]
    assert topics == ["There should be talks.", "There should be a unit."]
    assert datetime.now(UTC) > NOON
