"""What a new kind of event, and a new field of an old one, take: a class, and its description in the store.

A copy of the program gets both, in two files; then events of it are recorded, read, verified, corrected, retracted,
redacted, exported, imported and replayed, on each engine.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.ingest import import_events
from flipflop.records import to_json
from tests.store_cases import said, statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.postgres_stores import Databases

SOURCE = Path(__file__).parents[1] / "src"

CLASS = '''
class Hearing(EventBase, frozen=True):
    """A made-up kind: who was heard on what."""

    chair: SpeakerId
    witnesses: tuple[SpeakerId, ...]
    subject: TopicId
    minutes: str
    took_place: When
    quoted: str | None = None
    broadcast: bool = False
    leaning: Stance | None = None
    share: float | None = None
    announced: When | None = None
    noted_at: datetime | None = None
    record: Source | None = None
    kind_of_event: ClassVar[str] = "hearing"

    def __post_init__(self) -> None:
        with checks.gathering() as check:
            check.slug(self, "chair")
            check.slugs(self, "witnesses")
            check.slug(self, "subject")
            check.text(self, "minutes")
            check.required(self, "took_place", When)


Event: TypeAlias = (
    Hearing
    | Speaker
'''
DESCRIPTION = """
_HEARING = Kind(
    ev.Hearing,
    99,
    Field("chair", WORD, "speaker", indexed=True),
    Field("witnesses", LIST, "speaker"),
    Field("subject", WORD, "topic"),
    Field("minutes", TEXT, quoted=True),
    Field("took_place", WHEN),
    Field("quoted", REF, "statement"),
    Field("broadcast", FLAG),
    Field("leaning", code({word: number for word, number in STANCES.items() if number is not None})),
    Field("share", NUMBER),
    Field("announced", PACKED_WHEN),
    Field("noted_at", CLOCK),
    Field("record", packed(ev.Source)),
    under=("quoted",),
    view="hearings",
    since=3,
)

KINDS = {
"""
NEW_KIND = {
    "records/events.py": (
        ("\nEvent: TypeAlias = (\n    Speaker\n", CLASS),
        (
            "        *(Role, Citation, Reply, Search, Capture),\n",
            "        *(Role, Citation, Reply, Search, Capture, Hearing),\n",
        ),
    ),
    "store/sql/kinds.py": (
        ("\nKINDS = {\n", DESCRIPTION),
        (
            "        *(_ROLE, _CITATION, _REPLY, _SEARCH, _CAPTURE),\n",
            "        *(_ROLE, _CITATION, _REPLY, _SEARCH, _CAPTURE, _HEARING),\n",
        ),
    ),
}
NEW_FIELD = {
    "records/evidence.py": (
        (
            "    extra: Extra | None = None\n",
            "    extra: Extra | None = None\n    overheard_by: SpeakerId | None = None\n",
        ),
        (
            "            and self.extra is None\n",
            "            and self.extra is None\n            and self.overheard_by is None\n",
        ),
    ),
    "store/sql/kinds.py": (
        (
            '    Field("extra", MAP, since=3),\n',
            '    Field("extra", MAP, since=3),\n    Field("overheard_by", WORD, "speaker", since=3),\n',
        ),
    ),
}

TRIED = """
import io, json, sys
import flipflop as ff
from flipflop.ingest import import_events
from flipflop.records import from_json, to_json
from flipflop.text.files import encoded
from tests.store_cases import DECLARED, statement
from tests.postgres_stores import in_files

assert ff.__file__.startswith(sys.argv[1]), ff.__file__
asked = json.loads(sys.argv[2])
first, *others = asked["places"]
event, one = from_json(asked["body"]), statement(text="We will.")
assert to_json(event) == asked["body"]
with ff.Store(first) as store:
    store.append([*DECLARED, one])
    try:
        store.append(from_json({**asked["body"], asked["name"]: "nobody"}))
    except ff.DataError as error:
        assert f"{asked['name']} unknown speaker 'nobody'" in str(error), error
    else:
        raise AssertionError("it names nobody")
    store.append([event, ff.Speaker("eve", "Eve Elm")])
    assert [record.event for record in store.log()][5] == event
    assert store.verify() == []
    assert store._db.sql.execute(asked["view"]).fetchone()[0] == "bob"
    lines = [record.to_json() for record in store.log()]
    store.append(ff.Correction(event.hash, asked["changes"], "misread", "Editor"))
    assert asked["changes"].items() <= to_json(store.as_it_reads(event.hash)).items()
    assert store._db.sql.execute(asked["view"]).fetchone()[0] == "ann"
    assert store.verify() == []
for where, how in zip(others, ("jsonl", "csv")):
    with ff.Store(where) as other:
        other.append(ff.Speaker("carl", "Carl"))
        import_events(other, io.BytesIO("".join(encoded(iter(lines), how)).encode()), file_format=how)
        assert event in [record.event for record in other.log()]
        assert other.verify() == []
with ff.Store(others[-1]) as again:
    again.replay(lines)
    assert [record.to_json() for record in again.log()] == lines
    assert again.verify() == []
with ff.Store(first) as store:
    out = ff.Retraction(event.hash, "twice", "Editor")
    store.append(out)
    assert store._db.sql.execute(asked["view"]).fetchone() is None
    store.append([ff.Retraction(out.hash, "not twice", "Editor"), ff.Redaction(event.hash, "order", "Court")])
    assert [record.event for record in store.log()][5] is None
    assert store.verify() == []
assert asked["words"].encode() not in in_files(first)
"""

ONE = statement(text="We will.")
HEARING = {
    "event": "hearing",
    "chair": "bob",
    "witnesses": ["ann", "bob"],
    "subject": "unit",
    "minutes": "She was heard at length.",
    "took_place": to_json(ff.SpeaksFor("a", "b", since=said(3)))["since"],
    "quoted": ONE.hash,
    "broadcast": True,
    "leaning": "oppose",
    "share": 0.25,
    "announced": to_json(ff.SpeaksFor("a", "b", since=said(-90)))["since"],
    "noted_at": "2019-01-01T00:00:00Z",
    "record": {"url": "https://example.org/minutes"},
}
OVERHEARD = {**to_json(statement(text="So it goes with us.", extra={"page": 3})), "overheard_by": "bob"}


@pytest.fixture(params=["file", "server"])
def bare_places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[str]]:
    """Four places where there is no store yet: the schema of one that is there knows nothing of what is new."""
    if request.param == "file":
        yield [str(tmp_path / f"{number}.db") for number in range(4)]
        return
    databases: Databases = request.getfixturevalue("databases")
    with ExitStack() as stack:
        yield [stack.enter_context(databases.bare()) for _ in range(4)]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program to change."""
    shutil.copytree(SOURCE, tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "src"


def changed(program: Path, changes: Mapping[str, tuple[tuple[str, str], ...]]) -> None:
    """Write something in the place of something else, which stands there once."""
    for name, edits in changes.items():
        path = program / "flipflop" / name
        text = path.read_text("utf-8")
        for before, after in edits:
            assert text.count(before) == 1, (name, before)
            text = text.replace(before, after)
        path.write_text(text, "utf-8")


def tried(program: Path, **asked: object) -> None:
    environment = os.environ | {"PYTHONPATH": f"{program}{os.pathsep}{SOURCE.parent}"}
    command = [sys.executable, "-c", TRIED, str(program), json.dumps(asked)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


def test_a_new_kind_takes_its_class_and_its_description(bare_places: list[str], program: Path) -> None:
    changed(program, NEW_KIND)

    tried(
        program,
        places=bare_places,
        body=HEARING,
        name="chair",
        changes={"chair": "ann", "share": 0.5},
        view="SELECT chair FROM hearings WHERE leaning = 'oppose' AND took_place = '2017-07-09T12:03Z'",
        words="heard at length",
    )


def test_a_new_field_takes_its_place_in_both(bare_places: list[str], program: Path) -> None:
    changed(program, NEW_FIELD)

    tried(
        program,
        places=bare_places,
        body=OVERHEARD,
        name="overheard_by",
        changes={"overheard_by": "ann"},
        view="SELECT overheard_by FROM statements WHERE overheard_by IS NOT NULL",
        words="So it goes with us.",
    )


def test_a_program_that_does_not_know_a_kind_refuses_its_lines(where: str) -> None:
    with ff.Store(where) as store, pytest.raises(ff.DataError, match="'hearing' is not one of"):
        import_events(store, BytesIO(json.dumps(HEARING).encode()), file_format="jsonl")
