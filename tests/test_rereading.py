"""What an earlier version recorded is known when it comes again, and listed where it would be read otherwise."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

import flipflop as ff
from flipflop.cases import SecondReading, second_readings
from flipflop.cases.reread import _read_today
from flipflop.ingest import import_events
from flipflop.store import backend
from flipflop.when import Precision, When
from tests.cli_running import flipflop
from tests.store_cases import DECLARED, statement
from tests.test_cli_terminal import answered, left, terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.ingest import Imported

DATA = Path(__file__).parent / "data"
CSV, JSONL = DATA / "recorded-by-0.1.0.csv", DATA / "recorded-by-0.1.0.jsonl"
TOM = "Tom Tips"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store file as version 0.1.0 left it after it had imported the two files."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        sql.executescript((DATA / "schema-2.sql").read_text("utf-8"))
        sql.executescript(f"PRAGMA application_id = {backend.APPLICATION_ID}; PRAGMA user_version = 2;")
        sql.executescript((DATA / "recorded-by-0.1.0.sql").read_text("utf-8"))
    return path


def lines(file: Path, *rows: object) -> Path:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def new(store: ff.Store, file: Path, **ways: str) -> int:
    """How many events a file adds to a store that holds."""
    imported: Imported = import_events(store, file, coder=TOM, **ways)  # type: ignore[arg-type]  # tests name them
    assert store.verify() == []
    return imported.recorded


def marked(store: ff.Store) -> dict[tuple[str, str], str]:
    """Why each event and field would be read otherwise today."""
    return {(_text(one), one.field): one.why for one in second_readings(store, CSV)}


def _text(one: SecondReading) -> str:
    mended = one.mended
    assert isinstance(mended, ff.Statement | ff.SpeaksFor)
    return mended.text if isinstance(mended, ff.Statement) else mended.surrogate


def test_what_0_1_0_recorded_adds_nothing_when_its_files_come_again(path: Path) -> None:
    with ff.Store(path) as store:
        before = store.last_seq()

        assert new(store, CSV) == new(store, JSONL) == 0
        assert import_events(store, CSV, coder=TOM, batch=2).skipped == {"known": 15}
        assert import_events(store, CSV, coder=TOM, dry_run=True).recorded == 0
        assert store.last_seq() == before


def test_its_export_comes_in_unchanged(path: Path, tmp_path: Path) -> None:
    """Into an empty store as it is, into another by its ids: a moment that is given in full is not read again."""
    flipflop("-s", path, "export", "-o", tmp_path / "log.jsonl")
    with ff.Store(path) as store, ff.Store(tmp_path / "empty.db") as empty, ff.Store(tmp_path / "more.db") as more:
        more.append(DECLARED[:2])
        ids = [record.id for record in store.log()]

        assert import_events(empty, tmp_path / "log.jsonl").replayed
        assert [record.id for record in empty.log()] == ids
        assert new(more, tmp_path / "log.jsonl") == len(ids)
        assert [record.id for record in more.log()][2:] == ids
        assert new(more, tmp_path / "log.jsonl") == 0


def test_what_refers_to_a_line_by_its_id_of_today_refers_to_what_is_recorded(path: Path, tmp_path: Path) -> None:
    body = {"event": "statement", "speaker": "ann-ames", "text": "The unit is dead."}
    said = {"said": "2005-01-26 00:00:00 UTC", "source": "https://example.org/1"}
    today = ff.Statement("ann-ames", body["text"], When.parse(said["said"]), source=ff.Source(url=said["source"]))
    answer = {"event": "statement", "speaker": "bob-bell", "text": "It is not.", "said": "2005-01-27"}
    coding = {"event": "coding", "statement": today.hash, "topic": "unit", "coder": TOM}
    rows = (
        *(
            body | said,
            coding | {"stance": "oppose"},
            coding | {"stance": "mixed"},
            answer | {"responds_to": today.hash},
        ),
        {"event": "correction", "target": today.hash, "changes": {"context": "a speech"}, "reason": "r", "by": TOM},
    )
    with ff.Store(path) as store:
        recorded = next(r.id for r in store.log() if isinstance(r.event, ff.Statement) and r.event.text == body["text"])
        assert recorded != today.hash

        assert new(store, lines(tmp_path / "more.jsonl", *rows)) == 3
        *_, mixed, response, correction = (record.event for record in store.log())
        assert isinstance(mixed, ff.Coding)
        assert isinstance(response, ff.Statement)
        assert isinstance(correction, ff.Correction)
        assert mixed.statement == response.responds_to == correction.event == recorded
        assert new(store, lines(tmp_path / "more.jsonl", *rows)) == 0


def test_a_response_to_a_line_that_is_read_otherwise_is_known(places: Callable[[], str], tmp_path: Path) -> None:
    question = {"event": "statement", "speaker": "ann", "text": "Why?", "said": "not after 5 May 2012"}
    asked = ff.Statement("ann", "Why?", When.parse(question["said"]))
    before = replace(asked, said=replace(asked.said, warnings=("as an earlier version warned",)))
    answer = {"event": "statement", "speaker": "bob", "text": "So.", "said": "2012-05-06"}
    answered = ff.Statement("bob", "So.", When.parse("2012-05-06"), responds_to=before.hash)
    file = lines(tmp_path / "f.jsonl", question, answer | {"responds_to": asked.hash})
    with ff.Store(places()) as store:
        store.append([*DECLARED, before, answered])

        assert new(store, file) == 0


def test_every_kind_that_refers_to_a_line_is_known_and_refers_to_what_is_recorded(
    places: Callable[[], str], tmp_path: Path
) -> None:
    asked = ff.Statement("ann", "Why?", When.parse("not after 5 May 2012"))
    before = replace(asked, said=replace(asked.said, warnings=("as an earlier version warned",)))
    line = {"event": "statement", "speaker": "ann", "text": "Why?", "said": "not after 5 May 2012"}
    later = statement()
    naming: list[ff.records.Event] = [
        ff.Citation(asked.hash, ff.Source(url="https://example.org/2"), TOM),
        ff.records.Reply("ann", "I never asked.", asked.hash),
        ff.records.Reply("ann", "Nor so.", earlier=asked.hash, later=later.hash, topic="unit"),
        ff.Search(("ann",), "unit", ("Hansard",), TOM, found=(later.hash, asked.hash)),
    ]
    file = lines(tmp_path / "f.jsonl", line, *map(ff.records.to_json, naming))
    with ff.Store(places()) as store:
        store.append([*DECLARED, before, later])

        assert new(store, file) == len(naming)
        assert new(store, file) == 0
        *_, cited, replied, of_a_pair, searched = (record.event for record in store.log())

    assert isinstance(cited, ff.Citation)
    assert isinstance(replied, ff.records.Reply)
    assert isinstance(of_a_pair, ff.records.Reply)
    assert isinstance(searched, ff.Search)
    assert cited.statement == replied.statement == of_a_pair.earlier == before.hash
    assert searched.found == (later.hash, before.hash)


def test_every_moment_that_may_be_mended_is_read_again(tmp_path: Path) -> None:
    def moment(text: str) -> When:
        return replace(When.parse(text), warnings=("as an earlier version warned",))

    source = ff.Source(url="https://example.org/1", published=moment("2012-06-01"))
    one = ff.Statement("ann", "We will.", moment("2012-05-05"), source=source, until=moment("2013"))
    with ff.Store(tmp_path / "s.db") as store:
        store.append([
            *DECLARED, one,
            ff.SpeaksFor("bob", "ann", moment("2011"), moment("2014"), source=source),
            ff.Role("ann", "Minister", since=moment("2010"), until=moment("2015"), source=source),
            ff.Citation(one.hash, source, TOM),
            ff.records.Reply("ann", "No.", one.hash, source=source, asked_at=moment("2012-07-01")),
            ff.records.Reply("ann", statement=one.hash, no_answer_by=moment("2012-08-01")),
        ])  # fmt: skip
        found = second_readings(store)
        listed = flipflop("-s", str(tmp_path / "s.db"), "list", "--reread", "--format", "json")
        store.append([each.correction(TOM) for each in found if each.field != "source.published"])
        left_over = {each.field for each in second_readings(store)}

    named = {(each.mended.kind_of_event, each.field) for each in found}
    assert named == {
        ("statement", "said"), ("statement", "source.published"), ("statement", "until"),
        ("speaks_for", "since"), ("speaks_for", "until"), ("speaks_for", "source.published"),
        ("role", "since"), ("role", "until"), ("role", "source.published"),
        ("citation", "source.published"),
        ("reply", "asked_at"), ("reply", "source.published"), ("reply", "no_answer_by"),
    }  # fmt: skip
    assert len(json.loads(listed.out)) == len(found)
    assert left_over == {"source.published"}


@pytest.mark.parametrize(
    "other",
    [
        {"speaker": "bob"},
        {"text": "Other words."},
        {"text": "'We will see."},
        {"said": "about 9 May 2012"},
        {"source": "https://example.org/other"},
        {"context": "on the unit"},
        {"form": "paraphrase"},
        {"on_behalf_of": "bob"},
    ],
)
def test_a_line_in_which_something_else_was_typed_is_another_statement(tmp_path: Path, other: dict[str, str]) -> None:
    """A first mark that the record has not may be one that 0.1.0 took away; then the words are known."""
    line = {"event": "statement", "speaker": "ann", "text": "We will see.", "said": "about 5 May 2012"}
    source = {"source": "https://example.org/1"}
    today = ff.Statement("ann", line["text"], When.parse(line["said"]), source=ff.Source(url=source["source"]))
    narrow = replace(today.said, start=today.said.start + timedelta(days=1), end=today.said.end - timedelta(days=1))
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, replace(today, said=narrow)])

        assert new(store, lines(tmp_path / "same.jsonl", line | source)) == 0
        assert new(store, lines(tmp_path / "other.jsonl", line | source | other)) == (
            0 if other.get("text", "").startswith("'") else 1
        )


def test_yesterday_of_another_day_is_another_statement(tmp_path: Path) -> None:
    line = {"event": "statement", "speaker": "ann", "text": "No comment.", "said": "yesterday"}
    with ff.Store(tmp_path / "s.db") as store:
        store.append(DECLARED)

        assert new(store, lines(tmp_path / "f.jsonl", line), reference="2017-07-11") == 1
        assert new(store, lines(tmp_path / "f.jsonl", line), reference="2018-05-05") == 1
        assert new(store, lines(tmp_path / "f.jsonl", line), reference="2017-07-11") == 0


def test_what_was_retracted_is_known_under_its_earlier_reading_too(path: Path) -> None:
    with ff.Store(path) as store:
        target = next(r.id for r in store.log() if isinstance(r.event, ff.Statement) and r.event.text == "Perhaps.")
        store.append(ff.Retraction(target, "a slip", TOM))

        assert import_events(store, CSV, coder=TOM).skipped == {"known": 14, "retracted": 1}


@pytest.mark.parametrize("text", ["The unit is dead.", "Tis folly.", "Great talks."])
def test_what_was_redacted_does_not_come_in_again_under_a_better_reading(path: Path, text: str) -> None:
    with ff.Store(path) as store:
        target = next(r for r in store.log() if isinstance(r.event, ff.Statement) and r.event.text == text)
        store.append(ff.Redaction(target.id, "court order", TOM))

        assert import_events(store, CSV, coder=TOM).skipped == {"known": 14, "redacted": 1}
        assert text.encode() not in path.read_bytes()


def test_all_that_would_be_read_otherwise_is_listed_with_the_reason(path: Path) -> None:
    with ff.Store(path) as store:
        found = marked(store)

    rough, lost = "what is known roughly is wide enough to hold the truth", "version 0.1.0 took away the mark"
    assert found.pop(("'Tis folly.", "text")).startswith(lost)
    assert found.pop(("'I never said that,' she told the court.", "text")).startswith(lost)
    assert found == {
        ("bob-bell", "since"): rough,
        ("The unit is dead.", "said"): "midnight to the second is how machines write a bare day",
        ("Tis folly.", "said"): "nothing is open there: held inside the years 1 to 9999",
        ("We need this unit.", "said"): rough,
        ("No comment.", "said"): "what it leaves open: no time zone is known: the day is taken in UTC",
        ("Great talks.", "said"): "nothing is open there: "
        "11:50:24 is read on the 24-hour clock; write am or pm, or 11:…",
        ("Perhaps.", "said"): rough,
        ("Roughly so.", "said"): rough,
    }


def test_what_is_amended_is_listed_no_more_and_the_file_still_adds_nothing(path: Path) -> None:
    with ff.Store(path) as store:
        store.append([one.correction(TOM) for one in second_readings(store, CSV)])

        assert second_readings(store, CSV) == []
        assert new(store, CSV) == 0
        texts = {record.event.text for record in store.events() if isinstance(record.event, ff.Statement)}
        assert {"'Tis folly.", "'I never said that,' she told the court."} <= texts


def test_a_warning_that_falls_away_asks_for_no_second_look(path: Path) -> None:
    """The words and the moment are the same; where the moment is another one, its codings are flagged."""
    with ff.Store(path) as store:
        said = [one for one in second_readings(store) if one.field == "said"]
        store.append([one.correction(TOM) for one in said])
        flagged = store.codings().query("needs_review")["statement_id"]
        texts = store.statements().set_index("statement_id")["text"]

        assert {*texts[flagged]} == {"The unit is dead.", "We need this unit.", "No comment.", "Roughly so."}
        assert "Tis folly." in {*texts}


@pytest.mark.parametrize("midnights", ["day", "time"])
def test_what_is_recorded_today_would_be_read_so_again(midnights: str) -> None:
    published = When.parse("2017-07-11")
    for text in (
        "9 July 2017 7:50am EDT",
        "yesterday",
        "not after 5 May 2012",
        "circa 2015",
        "2005-01-26 00:00:00 UTC",
    ):
        moment = When.parse(text, reference=published, midnights=midnights)  # type: ignore[arg-type]  # one of two words
        found = _read_today(moment, published)

        assert (found is None) == (moment.precision is not Precision.SECOND), text


def test_a_phrase_that_was_counted_from_another_day_is_left_alone(tmp_path: Path) -> None:
    source = ff.Source(outlet="The Paper", published=When.parse("2017-07-11"))
    moment = When.parse("yesterday", reference="2015-03-03")
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, replace(statement(), said=moment, source=source), replace(statement(), said=moment)])

        assert second_readings(store) == []


def test_the_list_is_a_table_in_a_pipe_and_amends_all_where_it_is_told(path: Path) -> None:
    listed = flipflop("-s", path, "list", "--reread", "--file", CSV)
    assert listed.code == 0
    assert "would be read" in listed.lines[0]
    assert len(listed.lines) == 11
    rows = [json.loads(line) for line in flipflop("-s", path, "list", "--reread", "--format", "jsonl").lines]
    midnight = next(row for row in rows if row["text"] == "The unit is dead.")
    assert (midnight["stands"]["precision"], midnight["reads"]["precision"]) == ("second", "day")

    done = flipflop("-s", path, "list", "--reread", "--text", "00:00:00", "--amend", "--by", TOM, "--reason", "days")
    assert "1 correction recorded" in done.err
    assert len(flipflop("-s", path, "list", "--reread", "--file", CSV).lines) == 10
    last = json.loads(flipflop("-s", path, "log", "--format", "jsonl").lines[-1])
    assert (last["event"], last["by"], last["what"]) == ("correction", TOM, f"{midnight['id'][:8]} · days")


def test_other_options_do_not_go_with_it(path: Path) -> None:
    assert "go with '--reread'" in flipflop("-s", path, "list", "--amend").err
    assert flipflop("-s", path, "list", "--reread", "--duplicates").code == 2
    assert "cannot be read" in flipflop("-s", path, "list", "--reread", "--file", "none.csv").err


def test_at_a_terminal_one_key_amends_each_and_one_all_that_follow(path: Path) -> None:
    def walk(*keys: str) -> str:
        child = terminal(path, "list", "--reread", FLIPFLOP_BY=TOM)
        answered(child, *(("What .*: ", key) for key in keys))
        return left(child)

    with ff.Store(path) as store:
        before = len(second_readings(store))

    assert "correction" not in walk("s", "q")
    assert "1 correction recorded" in walk("s", "a", "q")
    assert f"{before - 2} corrections recorded" in walk("s", "r")
    with ff.Store(path) as store:
        assert [one.id[:8] for one in second_readings(store)] == ["2022179a"]
