"""Hypothesis strategies for events: everything that a person could give."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from msgspec.structs import replace

import flipflop as ff
from flipflop.records import (
    Act,
    Degree,
    Event,
    Explanation,
    Form,
    Framing,
    Grade,
    Lineage,
    Match,
    Outcome,
    Reaction,
    RoleStanding,
    SpeakerKind,
    Stance,
    TopicKind,
)
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
replies = st.just(ff.Answer(answered=False)) | st.builds(
    ff.Answer, answered=st.just(True), text=texts, source=st.none() | sources
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

own_values = texts | st.just("") | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-(2**53), 2**53)
own_fields = st.none() | st.dictionaries(texts, own_values, max_size=3)
cutoffs = st.none() | whens().filter(lambda until: until.start.year > 1950)
"""Moments after those of ``olden``."""
olden = whens().filter(lambda since: since.end.year <= 1950)


@st.composite
def full_statements(draw: st.DrawFn) -> ff.Statement:
    """Statements with fields that few have."""
    plain = draw(statements)
    acts = st.sampled_from(Act) if plain.form is Form.ACT else st.none()
    return replace(
        plain,
        said=draw(olden),
        question=draw(st.none() | texts),
        before=draw(st.none() | texts),
        after=draw(st.none() | texts),
        act=draw(acts),
        reaction=draw(st.sampled_from(Reaction)) if plain.responds_to else None,
        until=draw(cutoffs),
        extra=draw(own_fields),
    )


lineages = st.builds(
    ff.Topic,
    id=slugs.map(lambda slug: f"a{slug}"),
    title=texts,
    proposition=texts,
    follows=slugs.map(lambda slug: f"b{slug}"),
    how=st.sampled_from(Lineage),
)
full_rulings = st.builds(
    lambda plain, framing, source: replace(
        plain,
        framing=framing,
        explanation_source=source if plain.explanation not in (None, Explanation.NONE_FOUND) else None,
        circumstances_source=source if plain.outcome is Outcome.CHANGED_CIRCUMSTANCES else None,
    ),
    rulings,
    st.none() | st.sampled_from(Framing),
    st.none() | sources,
)
roles = st.builds(
    ff.Role,
    speaker=slugs,
    title=texts,
    organisation=st.none() | texts,
    party=st.none() | texts,
    standing=st.none() | st.sampled_from(RoleStanding),
    since=st.none() | olden,
    until=cutoffs,
    source=st.none() | sources,
)
citations = st.builds(
    ff.Citation,
    statement=hashes,
    source=sources,
    by=texts,
    grade=st.none() | st.sampled_from(Grade),
    match=st.none() | st.sampled_from(Match),
)
replies_of_their_own = st.builds(
    ff.Reply, speaker=slugs, text=texts, statement=hashes, source=st.none() | sources, asked_at=st.none() | whens()
) | st.builds(
    ff.Reply,
    speaker=slugs,
    earlier=hashes.map(lambda digits: "0" + digits[1:]),
    later=hashes.map(lambda digits: "1" + digits[1:]),
    topic=slugs,
    asked_at=st.none() | olden,
    no_answer_by=cutoffs.filter(lambda until: until is not None),
)
searches = st.builds(
    ff.Search,
    speakers=st.lists(slugs, min_size=1, max_size=3).map(tuple),
    topic=slugs,
    places=st.lists(texts, min_size=1, max_size=3).map(tuple),
    by=texts,
    since=st.none() | olden,
    until=cutoffs,
    found=st.lists(hashes, max_size=3, unique=True).map(tuple),
)
captures = st.builds(
    ff.Capture,
    url=texts,
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    media_type=texts,
    captured_at=clocks,
    path=st.lists(slugs, min_size=1, max_size=3).map("/".join),
    tool=texts,
    timestamp=st.none() | st.binary(min_size=1, max_size=40).map(lambda token: b64encode(token).decode()),
)

events: st.SearchStrategy[Event] = st.one_of(
    *(speakers, topics, relations, statements, codings, corrections, rulings, retractions, redactions),
    *(full_statements(), lineages, full_rulings, roles, citations, replies_of_their_own, searches, captures),
)
