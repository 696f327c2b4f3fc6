"""Reading a store as frames: through Arrow and row by row it says the same, and it harms no writer."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import flipflop as ff
from flipflop.frames import CONTRACTS
from flipflop.records import Event, Stance
from flipflop.store.frames import arrow, codings as frame_codings, statements as frame_statements
from flipflop.when import Precision
from tests.store_cases import BOB, DECLARED, NOON, coding, correction, redaction, retraction, said, statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1).filter(str.strip)
NOT_THERE = 1 << 60


@st.composite
def spoken(draw: st.DrawFn) -> ff.Statement:
    start = NOON + timedelta(microseconds=draw(st.integers(-(10**16), 10**14)))
    zone = draw(st.none() | st.just("UTC"))
    when = ff.When(draw(TEXTS), start, start + timedelta(seconds=1), Precision.SECOND, tz=zone)
    published = st.none() | st.just(when)
    sources = st.builds(ff.Source, outlet=TEXTS, title=st.none() | TEXTS, author=st.none() | TEXTS, published=published)
    return ff.Statement(
        draw(st.sampled_from(["ann", "bob"])),
        draw(TEXTS),
        when,
        source=draw(st.none() | sources),
        attribution=tuple(draw(st.lists(TEXTS, max_size=2))),
        on_behalf_of=draw(st.none() | st.just("bob")),
        context=draw(st.none() | TEXTS),
        language=draw(st.none() | st.just("en")),
    )


def both_ways(monkeypatch: pytest.MonkeyPatch, read: Callable[[], pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is read through Arrow, which must not have given up, and row by row."""
    answers = []

    def noted(*given: object) -> object:
        answers.append(original(*given))  # type: ignore[arg-type]  # passed on as they came
        return answers[-1]

    original = arrow.read
    with monkeypatch.context() as patch:
        patch.setattr(arrow, "WORTH_IT", 0)
        patch.setattr(arrow, "read", noted)
        through_arrow = read()
    assert answers
    assert None not in answers
    return through_arrow, read()


@given(statements=st.lists(spoken(), max_size=8, unique_by=lambda one: one.hash), data=st.data())
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_both_ways_say_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    statements: list[ff.Statement],
    data: st.DataObject,
) -> None:
    with ff.Store(tmp_path_factory.mktemp("store") / "s.db") as store:
        store.append([*DECLARED, *statements])
        if statements:
            confidence = data.draw(st.none() | st.sampled_from([0, 1, 0.25]))
            answer = statement("bob", "two", at=5, responds_to=statements[0].hash)
            judged = ff.Coding(statements[0].hash, "unit", Stance.OPPOSE, "Cy", confidence=confidence, coded_at=NOON)
            store.append([answer, coding(statements[-1]), judged])
            mending: list[Event] = [correction(statements[-1], text="mended"), retraction(statements[-1])]
            store.append([data.draw(st.sampled_from(mending))])

        for read in (store.statements, store.codings):
            pd.testing.assert_frame_equal(*both_ways(monkeypatch, read))
        pd.testing.assert_frame_equal(*both_ways(monkeypatch, lambda: ff.positions(store)))


def test_events_are_searched_for_and_read_whole_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A condition that everything meets makes the store search; a redacted statement leaves a gap among the bodies."""
    one, two = statement(text="one"), statement("bob", "two", at=5)
    answers = [statement("bob", "three", at=7, responds_to=event.hash) for event in (one, two)]
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, one, two, *answers, coding(two), redaction(one)])

        through_arrow, row_by_row = both_ways(monkeypatch, store.statements)

        pd.testing.assert_frame_equal(through_arrow, row_by_row)
        pd.testing.assert_frame_equal(store.statements(until="9999-12-31T00:00Z"), row_by_row)
        monkeypatch.setattr(frame_statements, "WORTH_IT", 1)
        for period in both_ways(monkeypatch, lambda: store.statements(until="9999-12-31T00:00Z")):
            pd.testing.assert_frame_equal(period, row_by_row)
        assert row_by_row["responds_to"].tolist() == [pd.NA, one.hash, two.hash]
        assert row_by_row["statement_id"].tolist() == [two.hash, *(event.hash for event in answers)]
        assert store.codings(topic="unit")["statement_id"].tolist() == store.codings()["statement_id"].tolist()


def test_reading_through_arrow_takes_no_locks_from_a_store_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second SQLite in this process would: another program then deletes the journal under our next append."""
    path = tmp_path / "s.db"
    look = "import sys, flipflop as ff; s = ff.Store(sys.argv[1]); print(len(list(s.log()))); s.close()"

    def another() -> int:
        return int(subprocess.run([sys.executable, "-c", look, str(path)], check=True, capture_output=True).stdout)

    with ff.Store(path) as store:
        store.append([*DECLARED, statement()])
        both_ways(monkeypatch, store.statements)
        before = another()
        store.append([statement(text="acknowledged")])

        assert another() == before + 1


@pytest.mark.parametrize("gone", ["another file", "no file", "no driver"])
def test_where_arrow_cannot_tell_rows_are_read_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    path, other = tmp_path / "s.db", tmp_path / "other.db"
    with ff.Store(other) as store:
        store.append([*DECLARED, statement(text="other")])
    with ff.Store(path) as store:
        store.append([*DECLARED, statement(text="ours")])
        monkeypatch.setattr(arrow, "WORTH_IT", 0)
        if gone == "no driver":
            monkeypatch.setattr(arrow, "find_spec", lambda name: None)
        else:
            path.rename(tmp_path / "away.db")
            (tmp_path / "s.db-wal").rename(tmp_path / "away.db-wal")
        if gone == "another file":
            other.rename(path)

        assert store.statements()["text"].tolist() == ["ours"]


def test_the_process_beside_never_stays_in_this_one(tmp_path: Path) -> None:
    """Whoever imports it here brings a second SQLite into the process."""
    code = (
        "import sys, flipflop as ff; from flipflop.store.frames import arrow; arrow.WORTH_IT = 0;"
        "s = ff.Store(sys.argv[1]); s.statements(); print(sorted(m for m in sys.modules if 'adbc' in m))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "s.db")], check=True, capture_output=True)

    assert done.stdout == b"[]\n"


def test_only_the_columns_that_are_asked_for_are_there(tmp_path: Path) -> None:
    one = statement(source=ff.Source("https://example.org", published=said(30)))
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, one, coding(one), correction(one, text="mended")])

        for name, read in (("statements", store.statements), ("codings", store.codings)):
            everything = read()
            for column in CONTRACTS[name]:
                pd.testing.assert_frame_equal(read(columns=[column]), everything[[column]])
            backwards = list(CONTRACTS[name])[::-1]
            pd.testing.assert_frame_equal(read(columns=backwards), everything[backwards])


def test_a_column_that_there_is_not_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        with pytest.raises(ff.DataError, match=r"spaeker statements have no such column; did you mean 'speaker'\?"):
            store.statements(columns=["spaeker"])
        with pytest.raises(ff.DataError, match=r"columns=\['stance'\]"):
            store.codings(columns="stance")


def test_ids_and_words_are_categories_of_those_that_occur(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, statement("bob"), statement("bob", "two", form="act")])

        frame = store.statements()

    assert frame["speaker"].cat.categories.tolist() == ["bob"]
    assert frame["form"].cat.categories.tolist() == ["act", "quote"]
    assert frame["language"].isna().all()


@pytest.mark.parametrize("pushed", [0, 10_000])
def test_conditions_hold_for_corrected_statements_however_many_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pushed: int
) -> None:
    monkeypatch.setattr(frame_statements, "PUSHED", pushed)
    monkeypatch.setattr(frame_codings, "PUSHED", pushed)
    one, two, three = statement("ann", "one"), statement("ann", "two"), statement("bob", "three", at=50)
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, one, two, three, coding(one), coding(three)])
        store.append(correction(one, speaker=BOB.id))

        assert store.statements(speaker="bob")["text"].tolist() == ["one", "three"]
        assert store.statements(speaker="bob", topic="unit")["text"].tolist() == ["one", "three"]
        assert store.statements(speaker="bob", since=NOON + timedelta(minutes=9))["text"].tolist() == ["three"]
        assert store.statements(until=NOON + timedelta(minutes=9), columns=["text"])["text"].tolist() == ["one", "two"]
        assert store.statements(speaker="ann", topic="unit")["text"].tolist() == []
        assert store.codings(speaker="bob")["statement_id"].tolist() == [one.hash, three.hash]
        assert store.codings(speaker="ann")["statement_id"].tolist() == []
        assert store.codings(speaker="bob", topic="talks")["statement_id"].tolist() == []
        assert store.codings(speaker="nobody")["statement_id"].tolist() == []
        assert ff.positions(store, speaker="bob")["statement_id"].tolist() == [one.hash, three.hash]
