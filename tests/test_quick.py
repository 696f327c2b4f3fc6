"""Reading fast gives the event that reading at length gives, or leaves it to that."""

from __future__ import annotations

import json
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, cast

from hypothesis import given, strategies as st

import flipflop as ff
from flipflop.errors import DataError
from flipflop.records import Event, from_json, to_json
from flipflop.records.quick import quickly
from flipflop.records.reading import _at_length
from tests import strategies
from tests.harness.fuzz import lines, mutated

if TYPE_CHECKING:
    from flipflop.records.codec import Json

ODD = [
    *("null", "true", "0", "1.5", '""', '" "', '"x"', '"\\u0000"', '"\\ud800"', "[]", '["x"]', "[3]", "{}"),
    *('{"text": "x"}', '{"url": "x", "no": null}', '"2017-07-09"', '"2017-07-09T11:50:24Z"', '"Sunday"', '"day"'),
    *('"2017-07-09T07:50-04:00"', '"2017-07-09T07:50"', '"support"', '{"url": "u", "published": "9 July 2017"}'),
]
"""JSON of values that are wrong in most places and right in some."""


def resolve(field: str, text: str) -> str:
    """Names in capitals are those of somebody; nobody else has one."""
    if text == "x":
        raise DataError(f"unknown {field} {text!r}")
    return text.lower() if text.isupper() else text


def agreed(row: dict[str, Json], tz: str | None = None) -> Event | None:
    """What is read fast, which must be what is read at length."""
    found = quickly(row, (tz, None), resolve)
    if found is not None:
        assert found == _at_length(row, (tz, None), resolve)
    return found


@given(strategies.events, st.sampled_from([None, "UTC", "America/New_York"]))
def test_what_is_written_is_read_fast(event: Event, tz: str | None) -> None:
    row = {**to_json(event), "hash": event.hash, "seq": 1, "recorded_at": "now", "chain": "0"}

    if not (isinstance(event, ff.Ruling) and event.reply):
        assert quickly(row, (tz, None), None) == event
    assert from_json(row, tz=tz) == event


@given(st.data(), strategies.events, st.sampled_from([None, "America/New_York"]))
def test_an_object_with_an_odd_value_somewhere_is_read_alike(data: st.DataObject, event: Event, tz: str | None) -> None:
    row = to_json(event)
    place = row
    while (
        isinstance(value := place[key := data.draw(st.sampled_from([*place]))], dict)
        and value
        and data.draw(st.booleans())
    ):
        place = value
    place[data.draw(st.just(key) | st.sampled_from(["source", "said", "responds_to", "hash", "url"]))] = data.draw(
        st.sampled_from(ODD)
    )

    agreed(row, tz)


def test_spoiled_lines_are_read_alike() -> None:
    random, right = Random(7), lines()
    rows = [row for _ in range(6000) if (row := row_of(mutated(random.choice(right), right, random))) is not None]

    assert sum(agreed(row) is not None for row in rows) > 300
    assert sum(agreed(row) is None for row in rows) > 300


def row_of(line: bytes) -> dict[str, Json] | None:
    with suppress(ValueError, RecursionError):
        row = json.loads(line)
        return row if isinstance(row, dict) else None
    return None


def test_relative_phrases_count_from_the_day_of_publication() -> None:
    row = {
        "event": "statement",
        "speaker": "ANN",
        "text": "words",
        "said": "yesterday",
        "source": {"url": "u", "published": "2017-07-10"},
    }

    found = cast("ff.Statement", agreed(row))  # type: ignore[arg-type]  # a literal
    assert (found.speaker, found.said.start.day) == ("ann", 9)
