"""Whoever holds a seal can tell whether anything up to it was changed, by whomever and however thoroughly."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

import flipflop as ff
from flipflop.records import Event, to_json
from flipflop.store import Seal, read_seals
from flipflop.store.log.rules import link
from tests.store_cases import ANN, BOB, DECLARED, UNIT, coding, correction, redaction, statement

if TYPE_CHECKING:
    from pathlib import Path

    from flipflop.records.codec import Json

AT = datetime(2026, 11, 23, 1, 2, 3, 4, tzinfo=UTC)
CHAIN = "0123456789abcdef" * 2
LINE = f"flipflop-seal/1 seq=12 chain={CHAIN} recorded_at=2026-11-23T01:02:03.000004Z"

seals = st.builds(
    Seal,
    seq=st.integers(1, 10**15),
    chain=st.text("0123456789abcdef", min_size=32, max_size=64),
    recorded_at=st.datetimes(datetime(1970, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- zone from Hypothesis
)


def tampered(path: Path, *statements: str) -> None:
    """Do to a store's file what its owner can do with any SQLite tool: the guards are no obstacle."""
    with closing(sqlite3.connect(path)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for one in statements:
            connection.execute(one)
        for _, sql in guards:
            connection.execute(sql)
        connection.commit()


def problems(store: ff.Store, *sealed: Seal) -> list[str]:
    """What verify says because of the seals, and would not say without them."""
    without = store.verify()
    return [finding.problem for finding in store.verify(sealed=sealed) if finding not in without]


# The line


def test_a_seal_is_one_line_that_says_seq_chain_and_moment() -> None:
    assert str(Seal(12, CHAIN, AT)) == LINE


@given(st.lists(seals, min_size=1, max_size=4))
def test_seals_are_read_as_they_were_written(written: list[Seal]) -> None:
    assert read_seals("\n".join(map(str, written))) == sorted(set(written))


@pytest.mark.parametrize("text", ["{}\r\n", "<p>{}</p>", '[{{"seal": "{}"}}]', "We publish: {}.", "> {} <", "\ufeff{}"])
def test_a_seal_is_found_in_what_published_it(text: str) -> None:
    assert read_seals(text.format(LINE)) == [Seal(12, CHAIN, AT)]


@given(seals, st.data())
def test_a_seal_that_was_cut_short_is_no_seal(seal: Seal, data: st.DataObject) -> None:
    cut = str(seal)[: data.draw(st.integers(0, len(str(seal)) - 1))]

    with pytest.raises(ff.DataError, match="seal"):
        read_seals(cut)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nothing here", "holds no seal"),
        (LINE.replace("/1", "/2"), "a kind that this flipflop does not know"),
        (LINE.replace(CHAIN, CHAIN[:30]), "chain of 30 digits; fewer than 32 prove too little"),
        (LINE.replace(CHAIN, CHAIN.upper()), "cut or mistyped"),
        (LINE.replace("seq=12", "seq=0"), "cut or mistyped"),
        (LINE.replace("seq=12", "seq=١٢"), "cut or mistyped"),
        (LINE.replace("11-23", "13-23"), "names no moment"),
        (LINE + "0", "cut or mistyped"),
    ],
)
def test_what_is_no_seal_is_refused_with_the_reason(text: str, told: str) -> None:
    with pytest.raises(ff.DataError, match=told):
        read_seals(text)


def test_one_bad_seal_among_good_ones_is_told_with_its_line() -> None:
    with pytest.raises(ff.DataError) as told:
        read_seals(f"{LINE}\n{LINE[:40]}\n{LINE}", file="seals.txt")

    assert [str(problem)[:27] for problem in told.value.problems] == ["seals.txt:2: is no whole se"]


# Sealing


def test_the_seal_is_the_head_of_the_chain(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        last = store.append(DECLARED).recorded[-1]

        assert store.seal() == Seal(4, str(store.head()), last.recorded_at)
        assert read_seals(str(store.seal())) == [store.seal()]


def test_the_chain_has_128_bits_or_more(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)

        assert len(bytes.fromhex(store.seal().chain)) * 8 >= 128


def test_an_empty_store_has_nothing_to_seal(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store, pytest.raises(ff.StoreError, match="nothing to seal"):
        store.seal()


def test_a_store_that_does_not_verify_is_not_sealed(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append(DECLARED)
    tampered(tmp_path / "s.db", "UPDATE speaker SET name = 'Nobody' WHERE seq = 1")

    with ff.Store(tmp_path / "s.db") as store, pytest.raises(ff.StoreError, match="does not verify"):
        store.seal()


# Proving


def test_seals_hold_while_the_record_grows(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        published = []
        for event in (*DECLARED, statement(), statement("bob")):
            store.append(event)
            published.append(store.seal())

        assert store.verify(sealed=published) == []


def test_corrections_retractions_and_redactions_after_a_seal_leave_it_whole(tmp_path: Path) -> None:
    one, other = statement(), statement("bob")
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, one, other, coding(one), correction(one, text="mended")])
        seal = store.seal()
        store.append([ff.Retraction(other.hash, "twice", "Editor"), redaction(one), redaction(UNIT)])

        assert [r.event is None for r in store.log()][: seal.seq].count(True) == 3  # the correction goes with it
        assert store.verify(sealed=[seal, store.seal()]) == []


def test_a_changed_body_is_found(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, statement(text="I said yes.")])
        seal = store.seal()
    tampered(tmp_path / "s.db", "UPDATE statement SET text = 'I said no.'")

    with ff.Store(tmp_path / "s.db") as store:
        told = problems(store, seal)
        assert told == [
            "the events up to 5 do not say what was sealed: bodies or stamps were changed, the chain was left"
        ]


def test_events_missing_from_the_end_are_found(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, statement()])
        seal = store.seal()
    tampered(tmp_path / "s.db", "DELETE FROM statement", "DELETE FROM event WHERE seq = 5")

    with ff.Store(tmp_path / "s.db") as store:
        assert store.verify() == []  # which is why a head should be published
        told = problems(store, seal)
        assert told == ["the seal is of 5 events, but the store holds 4: 1 event missing from its end"]


def test_an_event_missing_from_the_middle_is_found(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, statement()])
        seal = store.seal()
    tampered(tmp_path / "s.db", "DELETE FROM topic WHERE seq = 4", "DELETE FROM event WHERE seq = 4")

    with ff.Store(tmp_path / "s.db") as store:
        assert any("the events up to 5" in problem for problem in problems(store, seal))


def test_an_owner_who_rewrites_the_whole_file_is_caught_by_a_published_seal(tmp_path: Path) -> None:
    """The rewritten store holds together in itself: same stamps, its own chain from the first event on."""
    honest: list[Event] = [*DECLARED, statement(text="I said yes."), statement("bob")]
    with ff.Store(tmp_path / "s.db") as store:
        store.append(honest[:4])
        early = store.seal()
        store.append(honest[4:])
        late = store.seal()
        stamps = [(r.seq, r.recorded_at) for r in store.log()]
    forged = [
        replace(e, text="I said no.") if isinstance(e, ff.Statement) and e.speaker == "ann" else e for e in honest
    ]
    lines: list[dict[str, Json]] = []
    chain = bytes(16)
    for event, (seq, at) in zip(forged, stamps, strict=True):
        chain = link(chain, seq, int(at.timestamp() * 1_000_000 + 0.5), bytes.fromhex(event.hash), event.kind_of_event)
        stamp: dict[str, Json] = {"seq": seq, "recorded_at": at.isoformat()[:-6] + "Z", "chain": chain.hex()}
        lines.append({**to_json(event), **stamp})

    with ff.Store(tmp_path / "forged.db") as store:
        store.replay(lines)

        assert store.verify() == []
        assert store.verify(sealed=[early]) == []
        (told,) = problems(store, early, late)
        assert told.startswith("events 5 to 6 are not those that were sealed: they were rewritten, chain and all")


def test_a_seal_of_another_store_does_not_hold(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store, ff.Store(tmp_path / "other.db") as other:
        store.append([ANN, BOB])
        other.append([BOB, ANN])

        (told,) = problems(store, other.seal())
        assert told.endswith("or the seal is of another store")


def test_a_seal_whose_moment_was_changed_is_told_from_a_changed_record(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)
        seal = store.seal()

        (told,) = problems(store, seal._replace(recorded_at=seal.recorded_at - timedelta(days=1)))
        assert told.startswith("the seal itself was changed: event 1 was recorded at")


def test_a_moment_in_another_zone_is_the_same_moment(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)
        seal = store.seal()
        there = seal.recorded_at.astimezone(timezone(timedelta(hours=13)))

        assert str(seal._replace(recorded_at=there)) == str(seal)
        assert store.verify(sealed=[seal._replace(recorded_at=there)]) == []


def test_a_seal_with_one_other_digit_does_not_hold(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append(ANN)
        seal = store.seal()
        others = [
            seal._replace(chain=seal.chain[:place] + digit + seal.chain[place + 1 :])
            for place in range(32)
            for digit in "0123456789abcdef"
            if digit != seal.chain[place]
        ]

        assert len(problems(store, *others)) == len(others) == 32 * 15


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE statement SET said_how = 99999",
        "UPDATE statement SET form = 77",
        "UPDATE event SET kind = 99 WHERE seq = 5",
        "UPDATE statement SET attribution = 'no json'",
    ],
)
def test_a_body_that_cannot_be_read_breaks_the_seal_and_not_the_program(tmp_path: Path, damage: str) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, statement()])
        seal = store.seal()
    tampered(tmp_path / "s.db", "PRAGMA foreign_keys = OFF", damage)

    with ff.Store(tmp_path / "s.db") as store:
        assert problems(store, seal) != []
