"""Events: frozen, typed, compared by value, known by a hash of what a person gave."""

from __future__ import annotations

import copy
import hashlib
import json
import pickle
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import fields, replace

import flipflop as ff
from flipflop.records import Event, from_json, slugify, to_json
from flipflop.records.codec import encode
from flipflop.records.reading import decode
from flipflop.records.words import is_slug
from flipflop.when import Precision

from .strategies import events, texts

DAY = ff.When("2017-07-09", datetime(2017, 7, 9, tzinfo=UTC), datetime(2017, 7, 10, tzinfo=UTC), Precision.DAY)


def statement(**changes: object) -> ff.Statement:
    return replace(ff.Statement("donald-trump", "We discussed a unit.", DAY), **changes)


@given(events)
def test_every_event_survives_json(event: Event) -> None:
    assert from_json(json.loads(json.dumps(to_json(event)))) == event
    assert decode(event.kind_of_event, encode(event)) == event


@given(events)
def test_an_id_is_the_hash_of_kind_and_canonical_json(event: Event) -> None:
    body = {key: value for key, value in to_json(event).items() if key != "event"}
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    expected = hashlib.sha256((event.kind_of_event + canonical).encode()).hexdigest()[:32]
    assert event.hash == expected


def test_an_id_stays_the_same_for_good() -> None:
    """Literal ids: a change of these breaks every store there is."""
    assert ff.Speaker("donald-trump", "Donald Trump").hash == "db42035de7fe8ccc4e567f3515feea93"
    assert statement().hash == "1d335c766846ecd3425551efdd6270d4"


def test_default_and_absent_fields_are_left_out_of_the_id() -> None:
    assert encode(statement()) == (
        '{"said":{"end":"2017-07-10T00:00:00Z","precision":"day","start":"2017-07-09T00:00:00Z","text":"2017-07-09"},'
        '"speaker":"donald-trump","text":"We discussed a unit."}'
    )


def test_texts_that_unicode_calls_equivalent_stay_different() -> None:
    assert statement(text="caf\u00e9").hash != statement(text="cafe\u0301").hash


def test_a_defaulted_clock_of_a_judgement_is_outside_the_id_and_a_given_one_inside() -> None:
    coding = ff.Coding("0" * 32, "unit", ff.records.Stance.SUPPORT, "me")
    assert "coded_at" not in to_json(coding)
    assert replace(coding, coded_at=datetime(2020, 1, 1, tzinfo=UTC)).hash != coding.hash


def test_a_clock_in_another_zone_is_the_same_moment_and_the_same_id() -> None:
    utc = datetime(2020, 1, 1, 12, tzinfo=UTC)
    moscow = utc.astimezone(timezone(timedelta(hours=3)))
    codings = [ff.Coding("0" * 32, "unit", ff.records.Stance.SUPPORT, "me", coded_at=at) for at in (utc, moscow)]
    assert codings[0].hash == codings[1].hash


def test_events_are_frozen() -> None:
    with pytest.raises(AttributeError):
        statement().text = "another"  # type: ignore[misc]


def test_an_event_can_be_copied_and_pickled_and_what_replaces_a_field_is_checked() -> None:
    assert copy.copy(statement()) == pickle.loads(pickle.dumps(statement())) == statement()
    assert replace(statement(), text="another").text == "another"
    with pytest.raises(ff.errors.DataError, match="text must not be empty"):
        replace(statement(), text="")


@pytest.mark.parametrize("confidence", [0.0, 5e-324, 1.5e-7, 9.999e-05, 0.0001, 1 / 3, 1.0])
def test_numbers_in_an_id_are_written_as_python_writes_them(confidence: float) -> None:
    coding = ff.Coding("0" * 32, "unit", ff.records.Stance.SUPPORT, "me", confidence=confidence)
    assert f'"confidence":{confidence!r},' in encode(coding)


def test_words_and_lists_as_people_write_them_become_their_types() -> None:
    coding = ff.Coding("0" * 32, "unit", "support", "me", confidence=1)  # type: ignore[arg-type]
    assert coding.stance is ff.records.Stance.SUPPORT
    assert isinstance(coding.confidence, float)
    assert ff.Speaker("a", "A", aliases=["b"]).aliases == ("b",)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "messages"),
    [
        ({}, ["event is missing"]),
        ({"event": "statemnt"}, ["did you mean 'statement'?"]),
        ({"event": "speaker", "id": "Donald Trump", "name": "x"}, ["id 'Donald Trump' is no id", "'donald-trump'?"]),
        ({"event": "speaker", "id": "a", "name": "a\0b"}, ["name 'a\\x00b' holds a NUL"]),
        ({"event": "speaker", "id": "a", "name": "a\ud800b"}, ["lone surrogate, position 1"]),
        ({"event": "speaker", "id": "a", "name": " "}, ["name must not be empty"]),
        ({"event": "speaker", "id": "a", "name": 3}, ["name must be a text, not 3"]),
        ({"event": "speaker", "id": "a", "name": "A", "aliases": 3}, ["aliases must be a list of texts, not 3"]),
        ({"event": "speaker", "id": "a", "name": "A", "alias": ["x"]}, ["alias is no field here", "'aliases'?"]),
        ({"event": "topic", "id": "a", "title": "A", "proposition": "P", "parent": "a"}, ["its own parent"]),
        ({"event": "speaks_for", "surrogate": "a", "principal": "a"}, ["principal 'a' cannot speak for itself"]),
        (
            {"event": "coding", "statement": "?", "topic": "unit", "stance": "oposes", "coder": "model:x"},
            ["statement '?' is neither", "stance 'oposes' is not one of", "mean 'oppose'?", "'model:name@version'"],
        ),
        (
            {"event": "coding", "statement": "a", "topic": "t", "stance": "mixed", "coder": "me", "confidence": 2},
            ["confidence must be a number from 0 to 1, not 2"],
        ),
        (
            {"event": "coding", "statement": "a", "topic": "t", "stance": "mixed", "coder": "me", "coded_at": "2020"},
            ["coded_at must be a moment such as 2017-07-09T11:50:24Z, not '2020'"],
        ),
        ({"event": "statement", "speaker": "a", "text": "x"}, ["said is missing"]),
        ({"event": "statement", "speaker": "a", "text": "x", "said": 3}, ["said must be a moment"]),
        (
            {"event": "statement", "speaker": "a", "text": "x", "said": {"text": "", "start": "2017", "precision": ""}},
            ["said.start must be a moment", "said.precision '' is not one of", "said.end is missing"],
        ),
        (
            {"event": "statement", "speaker": "a", "text": "x", "said": to_json(statement())["said"], "source": {}},
            ["source needs at least one of"],
        ),
        ({"event": "retraction", "target": "0" * 32, "reason": "x"}, ["by is missing"]),
        ({"event": "correction", "target": "0" * 32, "changes": {}, "reason": "x", "by": "me"}, ["changes must map"]),
        (
            {
                "event": "ruling", "earlier": "0" * 32, "later": "0" * 32, "topic": "t", "outcome": "reversal",
                "innocent_reading": "none found", "by": "me", "reply": {"answered": True},
            },
            ["reply.text"],
        ),
        ({"event": "speaker", "id": "a", "name": "A", "hash": "0" * 32}, ["was the line changed?"]),
        ({"event": "topic", "id": "a", "title": "A", "proposition": "P", "follows": "a"}, ["follow itself", "how "]),
        ({"event": "topic", "id": "a", "title": "A", "proposition": "P", "how": "split"}, ["follows which topic"]),
        (
            {
                "event": "statement", "speaker": "a", "text": "x", "said": "2017", "act": "vote",
                "reaction": "distances", "until": "2016",
                "extra": {"a": None, "b": [1], "c": 2**53 + 1, "": 1, "d": "\0"},
            },
            [
                "act only what has the form act is one, not a quote", "reaction needs" , "until is due ('2016') before",
                "extra 'a' must be a text, a number, true or false, not None", "extra 'b' must be", "extra 'c' is 9007",
                "extra '' is no name", "extra 'd' holds a NUL",
            ],
        ),
        (
            {
                "event": "ruling", "earlier": "0" * 32, "later": "1" * 32, "topic": "t", "outcome": "reversal",
                "innocent_reading": "x", "by": "me", "explanation": "none_found", "framing": "jest",
                "explanation_source": "https://e.org", "circumstances_source": {"published": "?"},
            },
            ["framing 'jest' is not one of", "explanation_source is the source of", "circumstances_source.published"],
        ),
        ({"event": "role", "speaker": "a", "standing": "in"}, ["standing 'in' is not one of", "at least one of title"]),
        (
            {"event": "role", "speaker": "a", "title": "MP", "since": "2017", "until": "2016"},
            ["until ends ('2016') before it begins ('2017')"],
        ),
        ({"event": "citation", "statement": "0" * 32, "source": {}, "by": "me"}, ["source needs at least one of"]),
        ({"event": "citation", "statement": "?", "by": "me", "match": "exact"}, ["source is missing", "match 'exact'"]),
        ({"event": "reply", "speaker": "a"}, ["statement a reply is about", "text a reply has a text"]),
        (
            {
                "event": "reply", "speaker": "a", "statement": "0" * 32, "topic": "t", "text": "x",
                "no_answer_by": "2017",
            },
            ["statement a reply is about a statement or about a pair", "text a reply has a text"],
        ),
        (
            {
                "event": "reply", "speaker": "a", "earlier": "0" * 32, "later": "0" * 32, "topic": "t",
                "asked_at": "2018", "no_answer_by": "2017",
            },
            ["later a pair is two statements", "no_answer_by ends ('2017') before"],
        ),
        (
            {
                "event": "search", "speakers": [], "topic": "t", "places": [], "by": "me",
                "found": ["x", "0" * 32, "0" * 32],
            },
            ["speakers must say whose words", "places must say where", "found 'x' is no", "stands there twice"],
        ),
        (
            {
                "event": "capture", "url": "u", "sha256": "00", "media_type": "text/html", "tool": "t",
                "captured_at": "2017", "path": "../a", "timestamp": "no",
            },
            ["captured_at must be a moment", "sha256 must be 64", "path '../a' is no path inside", "timestamp must be"],
        ),
    ],
)  # fmt: skip
def test_bad_data_is_told_field_by_field(row: dict[str, object], messages: list[str]) -> None:
    with pytest.raises(ff.DataError) as caught:
        from_json(row)  # type: ignore[arg-type]
    for message in messages:
        assert message in str(caught.value)


class _Word(str):
    """A text of a class of its own."""


_FAULTY: list[object] = [
    None,
    "",
    " ",
    "a\0b",
    "\ud800",
    "plain",
    "donald-trump",
    "Größe",
    7,
    0.5,
    1,
    2.0,
    True,
    False,
    float("nan"),
    (),
]
_FAULTY += [[], ("a",), ["a", ""], "0" * 32, "0" * 31 + "G", "model:m@1", "model:m", _Word("word"), "quote", "support"]
_FAULTY += [ff.records.Form.ACT, ff.records.Stance.MIXED, DAY, replace(DAY, warnings=("zone unknown",)), ff.Source("u")]
_FAULTY += [replace(DAY, text="a\0b"), replace(DAY, tz="\ud800"), replace(DAY, tz=""), replace(DAY, warnings=("",))]
_FAULTY += [datetime(2020, 1, 1), datetime(2020, 1, 1, tzinfo=UTC)]  # noqa: DTZ001 -- one without a zone


def made(kind: type, values: dict[str, object]) -> object:
    """The fields of an event or source, or what is wrong with them."""
    try:
        record = kind(**values)
    except ff.DataError as error:
        return [str(problem) for problem in error.problems]
    return [(type(value), value) for value in (getattr(record, name) for name in values)]


@given(st.data(), st.sampled_from([ff.Source, ff.Statement, ff.Coding]))
@settings(max_examples=400)
def test_what_passes_at_a_glance_is_what_passes_under_all_checks(data: st.DataObject, kind: type) -> None:
    sound = {"speaker": "ann", "text": "No.", "said": DAY, "statement": "0" * 32, "topic": "unit", "coder": "me"}
    sound |= {"stance": ff.records.Stance.SUPPORT}
    names = [field.name for field in fields(kind) if field.name != "kind_of_event"]
    values = {name: sound[name] for name in names if name in sound}
    values |= data.draw(st.dictionaries(st.sampled_from(names), st.sampled_from(_FAULTY), max_size=3))

    at_a_glance = made(kind, values)
    with pytest.MonkeyPatch.context() as patch:
        for module in ("events", "evidence"):
            patch.setattr(f"flipflop.records.{module}.plain", lambda *_: False)
        assert repr(made(kind, values)) == repr(at_a_glance)


def test_an_id_beside_the_event_is_checked_and_passes_when_right() -> None:
    assert from_json({**to_json(statement()), "hash": statement().hash}) == statement()


@given(texts)
def test_a_slug_is_made_of_any_name_or_nothing_is_left_of_it(name: str) -> None:
    slug = slugify(name)
    assert slug == "" or is_slug(slug)
    assert slugify(slug) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sarah Huckabee Sanders", "sarah-huckabee-sanders"),
        ("José Müller-Söhne", "jose-muller-sohne"),
        ("Сергей Лавров", "сергей-лавров"),
        ("@realDonaldTrump", "realdonaldtrump"),
        ("…", ""),
    ],
)
def test_slugs_read_like_the_name(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text(max_size=30))
def test_any_text_is_a_slug_or_not_without_a_fuss(text: str) -> None:
    assert is_slug(text) in (True, False)
