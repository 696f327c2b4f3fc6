"""Kinds of events and fields that earlier versions had not: in no older id, and refused where they would be lost."""

from __future__ import annotations

import copy
import hashlib
import json
import pickle
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

import flipflop as ff
from flipflop.records import Extra, Form, Framing, from_json, to_json
from tests.store_cases import UNIT, said, statement

if TYPE_CHECKING:
    pass

ONE = statement(text="No.")
PAIR = ("ab" * 16, "cd" * 16, "unit")
SOURCE = ff.Source(url="https://example.org/a")
KINDS = (
    ff.Role("ann", "Minister"),
    ff.Citation(ONE.hash, SOURCE, "Editor"),
    ff.Reply("ann", "I never said so.", ONE.hash),
    ff.Search(("ann",), "unit", ("Hansard",), "Editor"),
    ff.Capture("u", "0" * 64, "text/html", datetime(2017, 7, 9, tzinfo=UTC), "a.html", "fetch 1"),
)
FIELDS = (
    replace(ONE, question="Will you?"),
    replace(ONE, form=Form.ACT, act="vote"),
    replace(ONE, extra={"page": 3}),
    replace(UNIT, id="unit-2", follows="unit", how="narrowed"),
    ff.Ruling(*PAIR, ff.Outcome.REVERSAL, "none found", "Editor", framing=Framing.JOKE),
)


def test_ids_of_the_founding_case_are_those_of_the_first_version() -> None:
    path = Path(__file__).parents[1] / "datasets" / "cyber-unit-2017" / "events.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    ids = [from_json(line).hash for line in lines]

    assert ids == [line["hash"] for line in lines]
    assert hashlib.sha256("".join(ids[:71]).encode()).hexdigest()[:32] == "3f633fe2ce884947622bd22a97994c47"


@pytest.mark.parametrize(
    ("event", "known"),
    [
        (ONE, "dbc993037764d6ac2280143de93acfd5"),
        (UNIT, "c2513562502ee9af4125a0c7f373aa2c"),
        (ff.Correction("ab" * 16, {"text": "x"}, "typo", "Editor"), "f3bcff65c80eaba1f3753f35aeda6948"),
        (
            ff.Ruling(
                *(*PAIR, ff.Outcome.REVERSAL, "none found", "Editor"),
                reply=ff.Answer(answered=True, text="No.", source=ff.Source("https://e.org")),
            ),
            "a1143f5849b1fad1f2c9ea504350a110",
        ),
        (ff.Retraction("ab" * 16, "typo", "Editor"), "90af7eaf3c0b9318d97cd4af27fef7fb"),
        (ff.Redaction("ab" * 16, "order", "Court"), "317fa84695d07f20331fdd5dcdd6299c"),
    ],
)
def test_an_event_without_the_new_fields_has_its_old_id(event: ff.records.Event, known: str) -> None:
    assert event.hash == known


def test_own_fields_are_frozen_and_told_apart_as_their_ids_are() -> None:
    whole, broken, true = (replace(ONE, extra={"n": value}) for value in (1, 1.0, True))

    assert len({whole, broken, true}) == len({event.hash for event in (whole, broken, true)}) == 3
    assert whole == replace(ONE, extra=Extra({"n": 1})) == copy.copy(whole) == pickle.loads(pickle.dumps(whole))
    assert to_json(whole)["extra"] == {"n": 1}
    assert whole.extra is not None
    assert dict(whole.extra) == {"n": 1}
    with pytest.raises(TypeError):
        whole.extra["n"] = 2  # type: ignore[index]  # what is frozen


def test_beside_own_fields_lists_are_written_as_lists() -> None:
    told = replace(ONE, extra={"page": 3}, attribution=("The Wire", "The Post"))

    assert to_json(told)["attribution"] == ["The Wire", "The Post"]
    assert from_json(to_json(told)) == told


def test_own_fields_given_later_do_not_reach_the_event() -> None:
    given: dict[str, str | int | float | bool] = {"b": 1, "a": 2}
    event = replace(ONE, extra=given)
    before = event.hash
    given["c"] = 3

    assert event.hash == before
    assert event.extra is not None
    assert [*event.extra] == ["a", "b"]


def test_no_own_fields_are_none() -> None:
    assert replace(ONE, extra={}) == replace(ONE, extra=Extra({})) == ONE
    assert replace(ONE, extra={}).hash == ONE.hash


def test_an_explanation_without_a_source_is_still_read() -> None:
    row = to_json(ff.Ruling(*PAIR, ff.Outcome.REVERSAL, "none found", "Editor")) | {"explanation": "acknowledged"}

    assert from_json(row).hash  # as older records have it
    assert from_json({**row, "explanation_source": "https://e.org/his-words"}).hash


def test_a_table_has_the_new_fields_as_columns() -> None:
    lines = BytesIO(b'event,speaker,text,said,form,act,extra\nstatement,ann,no,2017-07-09,act,vote,"{""page"": 3}"\n')

    (found,) = ff.read_events(lines, file_format="csv")

    assert isinstance(found, ff.Statement)
    assert (found.act, found.extra) == ("vote", Extra({"page": 3}))


def test_a_promise_has_a_date_by_which_it_is_due() -> None:
    promise = replace(ONE, until=said(60))

    assert from_json(to_json(promise)) == promise
    with pytest.raises(ff.DataError, match="before it was promised"):
        replace(ONE, until=said(-60))


def test_a_name_stands_for_the_topic_that_is_followed() -> None:
    row = {"event": "topic", "id": "b", "title": "B", "proposition": "P", "follows": "The unit", "how": "widened"}

    found = from_json(row, resolve=lambda field, text: "unit" if field == "follows" else text)

    assert isinstance(found, ff.Topic)
    assert found.follows == "unit"
