"""Whatever was recorded goes out to a file and comes back, byte for byte, into an empty store."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

import flipflop as ff
from flipflop.ingest import import_events
from flipflop.records import Event, Outcome, Stance
from flipflop.records.codec import Json
from flipflop.text.files import encoded
from tests import strategies
from tests.store_cases import DECLARED

STEPS = (
    "statement",
    "statement",
    "coding",
    "correction",
    "ruling",
    "retraction",
    "redaction",
    "relation",
    "declaration",
)
FORMATS = ("jsonl", "csv")

steps = st.tuples(st.sampled_from(STEPS), st.integers(0, 99), st.integers(0, 99))


def exported(store: ff.Store, file_format: str) -> bytes:
    """The export of a log, as ``flipflop export`` writes it."""
    return "".join(encoded((record.to_json() for record in store.log()), file_format)).encode()


class Recorder:
    """Records what a list of steps says; what the store refuses is left out, as a person would leave it out."""

    def __init__(self, store: ff.Store) -> None:
        self.store = store
        self.store.append(DECLARED)
        self.events: list[Event] = list(DECLARED)

    def pick(self, number: int, kind: type[Event] | None = None) -> Event | None:
        fitting = [event for event in self.events if kind is None or isinstance(event, kind)]
        return fitting[number % len(fitting)] if fitting else None

    def record(self, event: Event | None) -> None:
        if event is None:
            return
        try:
            self.store.append(event)
        except (ff.DataError, ff.StoreError):
            return
        self.events.append(event)

    def step(self, what: str, one: int, two: int, draw: st.DataObject) -> None:
        words = draw.draw(strategies.texts)
        self.record(getattr(self, what)(one, two, words, draw))

    def statement(self, one: int, two: int, words: str, draw: st.DataObject) -> Event:
        answered = self.pick(two, ff.Statement) if two % 3 == 0 else None
        made = draw.draw(strategies.statements)
        speaker, principal = ("ann", "bob") if one % 2 else ("bob", None)
        return replace(
            made, text=words, speaker=speaker, on_behalf_of=principal, responds_to=answered.hash if answered else None
        )

    def coding(self, one: int, two: int, words: str, draw: st.DataObject) -> Event | None:
        made = draw.draw(strategies.codings)
        of = self.pick(one, ff.Statement)
        return of and replace(made, statement=of.hash, topic=("unit", "talks")[two % 2], stance=list(Stance)[two % 6])

    def correction(self, one: int, two: int, words: str, draw: st.DataObject) -> Event | None:
        of = self.pick(one, ff.Statement)
        field = ("text", "context", "source", "language")[two % 4]
        changes: dict[str, Json] = {field: None if field == "source" else words}
        return of and ff.Correction(of.hash, changes, words, "Editor")

    def ruling(self, one: int, two: int, words: str, draw: st.DataObject) -> Event | None:
        earlier, later = self.pick(one, ff.Statement), self.pick(two, ff.Statement)
        if earlier is None or later is None or earlier == later:
            return None
        return ff.Ruling(earlier.hash, later.hash, "unit", Outcome.NO_REVERSAL, words, "Editor", note=words)

    def retraction(self, one: int, two: int, words: str, draw: st.DataObject) -> Event | None:
        of = self.pick(one)
        return of and ff.Retraction("ann" if two % 9 == 0 else of.hash, words, "Editor")

    def redaction(self, one: int, two: int, words: str, draw: st.DataObject) -> Event | None:
        of = self.pick(one)
        return of and ff.Redaction("talks" if two % 9 == 0 else of.hash, words, "Court")

    def relation(self, one: int, two: int, words: str, draw: st.DataObject) -> Event:
        since = draw.draw(st.none() | strategies.whens())
        return ff.SpeaksFor("ann", "bob", since=since)

    def declaration(self, one: int, two: int, words: str, draw: st.DataObject) -> Event:
        made = draw.draw(strategies.speakers if one % 2 else strategies.topics)
        if isinstance(made, ff.Speaker):
            return replace(made, id=("ann", "bob")[two % 2])
        assert isinstance(made, ff.Topic)
        return replace(made, id="unit")


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(todo=st.lists(steps, min_size=3, max_size=14), draw=st.data())
def test_an_export_comes_back_byte_for_byte(todo: list[tuple[str, int, int]], draw: st.DataObject) -> None:
    with TemporaryDirectory() as folder, ff.Store(Path(folder) / "s.db") as store:
        recorder = Recorder(store)
        for what, one, two in todo:
            recorder.step(what, one, two, draw)
        for file_format in FORMATS:
            written = exported(store, file_format)
            with ff.Store(Path(folder) / f"{file_format}.db") as copy:
                done = import_events(copy, io.BytesIO(written), file_format=file_format)

                assert (done.recorded, done.replayed) == (len(recorder.events), True)
                assert exported(copy, file_format) == written
                assert (copy.seal(), copy.verify(sealed=[store.seal()])) == (store.seal(), [])
                assert list(copy.events()) == list(store.events())
