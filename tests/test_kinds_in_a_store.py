"""Every kind of event, and every field of it, in a store: recorded, read, exported, imported, redacted, verified.

On each engine. What is special to a kind is tested elsewhere.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import fields, replace

import flipflop as ff
from flipflop.ingest import import_events
from flipflop.records import Form, from_json, to_json
from flipflop.store.sql.kinds import KINDS
from flipflop.store.sql.rows import CODED, Column, codes_of
from flipflop.text.files import encoded
from tests.postgres_stores import in_files, selected
from tests.store_cases import DECLARED, UNIT, correction, redaction, retraction, said, statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.records import Event

SOURCE = ff.Source("https://example.org/a", "The Outlet", "A title", "An author", said(-30))
OTHER = ff.Source(url="https://example.org/b", outlet="Another outlet")
THIRD = ff.Source(url="https://example.org/c", outlet="The Outlet", published=said(-30))
ONE, TWO = statement(text="We will.", at=1), statement("bob", "We will not.", at=2)
FULL = ff.Statement(
    "bob",
    "I vote against it, as I never said so.",
    said(3),
    Form.ACT,
    SOURCE,
    ("a paper", "an agency"),
    "ann",
    "in the chamber",
    ONE.hash,
    "en",
    question="How do you vote?",
    before="Madam Speaker,",
    after="That is all.",
    act="vote",  # type: ignore[arg-type]  # a word becomes an Act
    reaction="denies_having_said",  # type: ignore[arg-type]  # likewise
    until=said(90),
    extra={"page": 12, "share": 0.5, "checked": True, "folder": "blue binder"},  # type: ignore[arg-type]  # likewise
)
RULING = ff.Ruling(
    ONE.hash,
    TWO.hash,
    "unit",
    ff.Outcome.CHANGED_CIRCUMSTANCES,
    "it was another draft",
    "Editor",
    *("half_flip", "acknowledged", ff.Answer(answered=True, text="So be it.", source=SOURCE), "a note"),  # type: ignore[arg-type]  # words become members
    decided_at=datetime(2019, 1, 1, tzinfo=UTC),
    framing="evolution",  # type: ignore[arg-type]  # likewise
    explanation_source=SOURCE,
    circumstances_source=OTHER,
)
NEW = (
    replace(UNIT, id="unit-2", title="A smaller unit", parent="unit", follows="unit", how="narrowed"),
    ff.SpeaksFor("bob", "ann", said(-60), said(60), ("unit", "talks"), SOURCE),
    FULL,
    ff.Coding(
        *(FULL.hash, "unit", ff.Stance.MIXED, "Coder", 0.5, "a rationale", datetime(2018, 1, 1, tzinfo=UTC)),
        adjudicates=True,
        qualifier="if paid",
    ),
    RULING,
    ff.Role("ann", "Minister of Works", "The ministry", "The party", "office", said(-90), said(90), SOURCE),  # type: ignore[arg-type]  # a word becomes a RoleStanding
    ff.Citation(ONE.hash, THIRD, "Editor", "primary", "verbatim"),  # type: ignore[arg-type]  # likewise
    ff.Reply("ann", "I was quoted out of place.", ONE.hash, source=SOURCE, asked_at=said(5)),
    ff.Reply("bob", None, None, ONE.hash, TWO.hash, "unit", None, said(5), said(95)),
    ff.Search(("ann", "bob"), "unit", ("Hansard", "the press"), "Editor", said(-9), said(9), (ONE.hash, TWO.hash)),
    ff.Search(("ann",), "talks", ("Hansard",), "Editor"),
    ff.Capture(
        *("https://example.org/a", "0f" * 32, "text/html", datetime(2017, 7, 10, tzinfo=UTC), "2017/a.html"),
        *("fetch 1.0", "AAAA"),
    ),
)
BEFORE = (*DECLARED, ONE, TWO)
EVENTS: tuple[Event, ...] = (*BEFORE, *NEW)


def filled(where: str) -> ff.Store:
    store = ff.Store(where)
    store.append(EVENTS)
    return store


def test_each_field_of_each_kind_is_given_here() -> None:
    given = {(event.kind_of_event, key) for event in (*EVENTS, *BEFORE) for key in to_json(event)}
    known = {(name, field.name) for name, kind in KINDS.items() for field in kind.fields}
    elsewhere = {
        (kind, field.name) for kind in ("correction", "retraction", "redaction") for field in KINDS[kind].fields
    }

    missing = known - given - elsewhere
    assert missing == {
        *(("speaker", "kind"), ("speaker", "public_role"), ("speaker", "wikidata")),
        *(("topic", "kind"), ("ruling", "set_aside")),
    }, "of these other tests speak"


def test_the_fields_of_a_kind_are_those_of_its_class() -> None:
    for kind in KINDS.values():
        assert sorted(field.name for field in kind.fields) == sorted(field.name for field in fields(kind.record))


def test_what_is_recorded_is_read_back_verifies_and_is_replayed(places: Callable[[], str]) -> None:
    with filled(places()) as store, ff.Store(places()) as other:
        assert [record.event for record in store.log()] == list(EVENTS)
        assert store.verify() == []

        other.replay([record.to_json() for record in store.log()])

        assert [record.to_json() for record in other.log()] == [record.to_json() for record in store.log()]
        assert other.verify() == []


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_an_export_gives_the_same_ids_in_another_store(places: Callable[[], str], kind: str) -> None:
    with filled(places()) as store, ff.Store(places()) as other:
        lines = "".join(encoded((record.to_json() for record in store.log()), kind)).encode()
        other.append(ff.Speaker("eve", "Eve Elm"))

        import_events(other, BytesIO(lines), file_format=kind)

        assert [record.event for record in other.log()] == [ff.Speaker("eve", "Eve Elm"), *EVENTS]
        assert other.verify() == []


@pytest.mark.parametrize("event", NEW, ids=lambda event: event.kind_of_event)
def test_a_redaction_takes_the_words_of_any_kind_out_of_the_files(places: Callable[[], str], event: Event) -> None:
    where = places()
    words = [text for text in _texts(to_json(event)) if text not in _texts_of_others(event)]
    assert words or event.kind_of_event in ("search", "reply"), "something of its own"
    with filled(where) as store:
        store.append(redaction(event))
        assert store.verify() == []
        assert next(record for record in store.log() if record.id == event.hash).event is None

    assert [text for text in words if text.encode() in in_files(where)] == []


def _texts(value: object) -> set[str]:
    """The texts in an event that are long enough to be found by chance nowhere."""
    if isinstance(value, dict):
        return {text for key, part in value.items() if key != "event" for text in _texts(part)}
    if isinstance(value, list):
        return {text for part in value for text in _texts(part)}
    return {value} if isinstance(value, str) and len(value) > 8 else set()


def _texts_of_others(event: Event) -> set[str]:
    """What stands elsewhere too: in other events, and as words of closed sets in the definitions of the views."""
    closed = (field.type for kind in KINDS.values() for field in kind.fields if field.type.shown == CODED)
    words = {str(word) for one in closed for word in codes_of(one)}
    return words | {text for other in EVENTS if other != event for text in _texts(to_json(other))}


@pytest.mark.parametrize("event", NEW, ids=lambda event: event.kind_of_event)
def test_an_edit_of_any_column_is_found(places: Callable[[], str], event: Event) -> None:
    kind = KINDS[event.kind_of_event]
    with filled(places()) as store:
        sql, seq = store._db.sql, next(record.seq for record in store.log() if record.id == event.hash)
        sql.execute("BEGIN")
        down = "ALTER TABLE {0} DISABLE TRIGGER USER" if "://" in store.name else "DROP TRIGGER {0}_is_never_changed"
        sql.execute(down.format(kind.name))
        for column in kind.columns:
            (cell,) = sql.execute(f"SELECT {column.name} FROM {kind.name} WHERE seq = ?", (seq,)).fetchone()
            if cell is None or column.sql == "ANY":
                continue
            for value in (other(column, cell), cell):
                sql.execute(f"UPDATE {kind.name} SET {column.name} = ? WHERE seq = ?", (value, seq))
                found = [finding for finding in store.verify() if finding.seq == seq]
                assert bool(found) == (value != cell), column.name
        sql.execute("ROLLBACK")


def other(column: Column, cell: int | str) -> int | str:
    """Another value for a cell that would pass for one."""
    if isinstance(cell, int):
        return cell - 1 if cell > (column.holds != "value") else cell + 1
    return cell.replace("12", "13") if column.name == "more" else f"{cell[:-3]}x{cell[-2:]}"


@pytest.mark.parametrize("event", NEW, ids=lambda event: event.kind_of_event)
def test_a_retraction_withdraws_any_kind_and_can_be_withdrawn(places: Callable[[], str], event: Event) -> None:
    kind = KINDS[event.kind_of_event]
    where = places()
    listed = f"SELECT count(*) AS listed FROM {kind.view}"
    with filled(where) as store:
        (before,) = selected(where, listed)
        out = retraction(event)
        store.append(out)
        (without,) = selected(where, listed)
        assert without["listed"] == before["listed"] - 1
        assert store.verify() == []

        store.append(retraction(out))

        assert selected(where, listed) == [before]
        assert store.verify() == []


CHANGES: dict[str, dict[str, object]] = {
    "topic": {"how": "widened"},
    "role": {"title": "Minister for Works", "party": "Another party"},
    "citation": {"match": "approximate"},
    "reply": {"text": "I was quoted rightly."},
    "statement": {"question": "And you?", "extra": {"page": 13}},
}


@pytest.mark.parametrize("event", NEW, ids=lambda event: event.kind_of_event)
def test_what_can_be_corrected_reads_so_and_the_rest_says_what_to_do(places: Callable[[], str], event: Event) -> None:
    kind = KINDS[event.kind_of_event]
    with filled(places()) as store:
        changes = CHANGES.get(kind.name, {})
        if not kind.reads_as_mended:
            with pytest.raises(ff.DataError, match="is not amended"):
                store.append(correction(event, reason="x"))
            return
        if kind.name == "speaks_for" or event == NEW[8]:
            return  # tested elsewhere; and nobody answered
        store.append(correction(event, **changes))

        reads = store.as_it_reads(event.hash)

        assert reads is not None
        assert {name: to_json(reads)[name] for name in changes} == changes
        assert store.verify() == []


def test_a_reference_of_a_new_kind_must_be_there(where: str) -> None:
    with ff.Store(where) as store:
        store.append(BEFORE)
        for event, problem in (
            (ff.Role("anne", "Minister"), r"speaker unknown speaker 'anne'; did you mean 'ann'"),
            (ff.Citation("ab" * 16, SOURCE, "Editor"), "statement no event .* is recorded here"),
            (ff.Reply("ann", "No.", "ab" * 16), "statement no event .* is recorded here"),
            (ff.Search(("ann", "eve"), "unti", ("Hansard",), "Editor"), r"(?s)speakers unknown .*topic unknown"),
            (ff.Search(("ann",), "unit", ("x",), "Editor", found=("ab" * 16,)), "found no event"),
            (replace(UNIT, id="unit-2", follows="unti", how="split"), "follows unknown topic 'unti'"),
        ):
            with pytest.raises(ff.DataError, match=problem):
                store.append(event)


def test_topics_do_not_follow_each_other_in_a_circle(where: str) -> None:
    first = replace(UNIT, id="first", title="First")
    second = replace(UNIT, id="second", title="Second", follows="first", how="narrowed")
    with ff.Store(where) as store:
        store.append([first, second])
        with pytest.raises(ff.DataError, match=r"changes.follows topics would go round .*first > second > first"):
            store.append(correction(first, follows="second", how="widened"))


def test_what_is_about_a_statement_is_in_its_history(where: str) -> None:
    with filled(where) as store:
        kinds = {record.kind for record in store.history(ONE.hash)}

    assert {"ruling", "citation", "reply"} <= kinds


def test_words_with_marks_are_found_where_json_quotes_them(places: Callable[[], str]) -> None:
    words = 'He said "no",\nand left.'
    one, two = statement(text=words), statement("bob", "Indeed.", before=words)
    with ff.Store(places()) as store:
        store.append([*DECLARED, one, two])

        assert store.append([redaction(one)]).quoted_in == (two.hash,)


def test_the_views_tell_the_new_kinds_in_words(places: Callable[[], str]) -> None:
    where = places()
    filled(where).close()

    (role,) = selected(where, "SELECT * FROM roles")
    (citation,) = selected(where, "SELECT * FROM citations")
    first, second = selected(where, "SELECT * FROM replies ORDER BY seq")
    (capture,) = selected(where, "SELECT * FROM captures")
    (act,) = selected(where, "SELECT * FROM statements WHERE act IS NOT NULL")

    assert (role["speaker"], role["organisation"], role["standing"]) == ("ann", "The ministry", "office")
    assert (role["since"], role["since_from"]) == ("2017-07-09T10:30Z", "2017-07-09T10:30:00Z")
    assert (citation["source_outlet"], citation["match"]) == ("The Outlet", "verbatim")
    assert (citation["statement_id"], citation["source_published"]) == (ONE.hash, "2017-07-09T11:30Z")
    assert (first["statement_id"], second["statement_id"], second["later"]) == (ONE.hash, None, TWO.hash)
    assert capture["captured_at"] == "2017-07-10T00:00:00Z"
    assert (act["act"], act["reaction"], act["until"]) == ("vote", "denies_having_said", "2017-07-09T13:30Z")
    assert json.loads(act["extra"]) == {"page": 12, "share": 0.5, "checked": True, "folder": "blue binder"}


def test_a_corrected_field_is_what_a_view_tells(places: Callable[[], str]) -> None:
    where = places()
    with filled(where) as store:
        store.append(correction(FULL, act="veto", until=None))

    (act,) = selected(where, "SELECT * FROM statements WHERE act IS NOT NULL")
    assert (act["act"], act["until"], bool(act["amended"])) == ("veto", None, True)


def test_rows_come_out_of_json_as_they_went_in() -> None:
    for event in EVENTS:
        assert from_json(to_json(event)) == event


def test_what_few_statements_have_stands_in_the_frame_after_the_rest(where: str) -> None:
    with filled(where) as store:
        store.append(correction(ONE, question="Will you?", until=to_json(FULL)["until"]))
        frame = store.statements()
        some = store.statements(columns=["text", "act"], speaker="bob")

    one, two, act = frame.astype(object).to_dict("records")
    assert (act["question"], act["before"], act["after"]) == ("How do you vote?", "Madam Speaker,", "That is all.")
    assert (act["act"], act["reaction"], act["until"]) == ("vote", "denies_having_said", "2017-07-09T13:30Z")
    assert (act["until_from"], act["until_until"]) == (said(90).start, said(90).end)
    assert (one["question"], one["until"], one["until_until"]) == ("Will you?", "2017-07-09T13:30Z", said(90).end)
    assert frame.loc[1, ["question", "act", "reaction", "until", "until_from"]].isna().all()
    assert two["text"] == "We will not."
    assert some.astype(object).where(some.notna(), None).to_numpy().tolist() == [
        ["We will not.", None],
        [FULL.text, "vote"],
    ]


def test_own_fields_are_columns_where_they_are_asked_for(places: Callable[[], str]) -> None:
    with filled(places()) as store:
        store.append(statement(text="Another.", extra={"page": 2, "checked": False, "folder": 7, "Seite": "x"}))
        store.append(correction(TWO, extra={"page": 1}))
        plain, own = store.statements(), store.statements(extra=True)

    assert list(own.columns) == [
        *plain.columns,
        *("extra_" + n for n in ("Seite", "checked", "folder", "page", "share")),
    ]
    assert own["extra_page"].fillna(0).tolist() == [0, 1, 12, 2]
    assert own["extra_checked"].astype(object).where(own["extra_checked"].notna(), None).tolist() == [
        *(None, None),
        *(True, False),
    ]
    assert own["extra_folder"].fillna("").tolist() == ["", "", "blue binder", "7"]
    assert [str(own[name].dtype) for name in own.columns[-5:]] == ["string", "boolean", "string", "float64", "float64"]


def test_topics_and_rulings_tell_what_they_had_not(where: str) -> None:
    with filled(where) as store:
        topics, (ruling,) = store.topics().set_index("topic"), store.rulings().astype(object).to_dict("records")

    assert topics["how"].dropna().to_dict() == {"unit-2": "narrowed"}
    assert topics["follows"].dropna().to_dict() == {"unit-2": "unit"}
    assert ruling["framing"] == "evolution"
    assert (ruling["explanation_source"], ruling["explanation_url"]) == ("The Outlet, A title", "https://example.org/a")
    assert (ruling["circumstances_source"], ruling["circumstances_url"]) == ("Another outlet", "https://example.org/b")
