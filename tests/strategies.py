"""Hypothesis strategies for events: everything that a person could give."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

import flipflop as ff
from flipflop.records import Degree, Event, Explanation, Form, Outcome, SpeakerKind, Stance, TopicKind
from flipflop.records.codec import Json
from flipflop.when import Precision

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40).filter(
    lambda text: bool(text) and not text.isspace()
)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
hashes = st.text("0123456789abcdef", min_size=32, max_size=32)
references = hashes | slugs
clocks = st.datetimes(datetime(1900, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- zone from Hypothesis


@st.composite
def whens(draw: st.DrawFn) -> ff.When:
    start = draw(clocks)
    return ff.When(
        text=draw(texts),
        start=start,
        end=start + draw(st.timedeltas(timedelta(microseconds=1), timedelta(days=4000))),
        precision=draw(st.sampled_from(Precision)),
        approximate=draw(st.booleans()),
        tz=draw(st.none() | st.sampled_from(["UTC", "-04:00", "Europe/Berlin"])),
        warnings=tuple(draw(st.lists(texts, max_size=2))),
    )


sources = st.builds(
    ff.Source,
    url=texts,
    outlet=st.none() | texts,
    title=st.none() | texts,
    author=st.none() | texts,
    published=st.none() | whens(),
)
replies = st.just(ff.Reply(answered=False)) | st.builds(
    ff.Reply, answered=st.just(True), text=texts, source=st.none() | sources
)
text_tuples = st.lists(texts, max_size=3).map(tuple)

speakers = st.builds(
    ff.Speaker,
    id=slugs,
    name=texts,
    aliases=text_tuples,
    kind=st.sampled_from(SpeakerKind),
    public_role=st.none() | texts,
    wikidata=st.none() | texts,
)
topics = st.builds(ff.Topic, id=slugs, title=texts, proposition=texts, kind=st.sampled_from(TopicKind))
relations = st.tuples(slugs, slugs).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: ff.SpeaksFor(*pair))
statements = st.builds(
    ff.Statement,
    speaker=slugs,
    text=texts,
    said=whens(),
    form=st.sampled_from(Form),
    source=st.none() | sources,
    attribution=text_tuples,
    on_behalf_of=st.none() | slugs,
    context=st.none() | texts,
    responds_to=st.none() | hashes,
    language=st.none() | texts,
)
codings = st.builds(
    ff.Coding,
    statement=hashes,
    topic=slugs,
    stance=st.sampled_from(Stance),
    coder=texts.filter(lambda text: not text.startswith("model:")) | st.just("model:tiny@1"),
    confidence=st.none() | st.floats(0, 1),
    rationale=st.none() | texts,
    coded_at=st.none() | clocks,
    adjudicates=st.booleans(),
)
json_values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
corrections = st.builds(
    ff.Correction,
    event=references,
    changes=st.dictionaries(texts, json_values, min_size=1, max_size=3),
    reason=texts,
    by=texts,
)
rulings = st.builds(
    ff.Ruling,
    earlier=hashes.map(lambda digits: "0" + digits[1:]),
    later=hashes.map(lambda digits: "1" + digits[1:]),
    topic=slugs,
    outcome=st.sampled_from(Outcome),
    innocent_reading=texts,
    by=texts,
    degree=st.none() | st.sampled_from(Degree),
    explanation=st.none() | st.sampled_from(Explanation),
    reply=st.none() | replies,
    note=st.none() | texts,
    decided_at=st.none() | clocks,
)
retractions = st.builds(ff.Retraction, event=references, reason=texts, by=texts)
redactions = st.builds(ff.Redaction, event=references, reason=texts, by=texts)

events: st.SearchStrategy[Event] = st.one_of(
    speakers, topics, relations, statements, codings, corrections, rulings, retractions, redactions
)
