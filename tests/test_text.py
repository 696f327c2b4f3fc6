"""Files of events: lossless, safe in a spreadsheet, every bad line told."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

import flipflop as ff
from flipflop.records import Event
from flipflop.text.csvfile import _HEADER_OF_0_1_0, COLUMNS, guard, unguard

from .strategies import events

TRUMP = '{"event": "speaker", "id": "donald-trump", "name": "Donald Trump"}\n'


@given(st.lists(events, max_size=5), st.sampled_from(["jsonl", "csv"]))
def test_a_file_gives_back_what_was_written(given_events: list[Event], file_format: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"events.{file_format}")
        assert ff.write_events(path, given_events) == len(given_events)
        assert ff.read_events(path) == given_events


AWKWARD = st.text(st.sampled_from("'=+-@;, \t\r\n\u3000\uff1d\uff20\"ab"), max_size=12) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8
)


@given(AWKWARD)
@example("'=1+1")
@example("\t=1")
@example(";=1")
@example(";'=1")
@example("\n=1")
@example("a\t+1")
@example(" =1")
@example("\uff1d1")
def test_a_guarded_cell_is_no_formula_and_comes_back(cell: str) -> None:
    """K10.11: blanks or a line feed before the sign, full-width signs, and what follows a semicolon or tab."""
    guarded = guard(cell)

    signs = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
    assert not any(part.lstrip().startswith(signs) for part in re.split("[;\t]", guarded))
    assert not any(part.lstrip().startswith("=") for part in re.split("[\t\r\n]", guarded))
    assert not guarded.startswith(("\t", "\r", "\n"))
    assert unguard(guarded) == cell


def test_no_cell_of_a_written_csv_is_a_formula(tmp_path: Path) -> None:
    ff.write_events(tmp_path / "e.csv", [ff.Speaker("a", "=HYPERLINK(1)", aliases=("@a", "-1"), public_role="'quoted")])
    with (tmp_path / "e.csv").open(newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def said_in_csv(text: str, header: str = "speaker,said,text") -> bytes:
    """A table that somebody else wrote."""
    table = io.StringIO()
    csv.writer(table).writerows([header.split(","), ["bob", "2017-07-10", text]])
    return table.getvalue().encode()


@given(AWKWARD.filter(str.strip))
@example("'Tis folly.")
@example("'I never said that,' she told the court.")
@example("'=1")
@example("''")
def test_a_quotation_in_somebody_elses_table_comes_in_as_it_stands(text: str) -> None:
    """K1: only what our own export guarded may be stripped."""
    (found,) = ff.read_events(io.BytesIO(said_in_csv(text)), file_format="csv")

    assert isinstance(found, ff.Statement)
    assert found.text == text


@given(AWKWARD.filter(str.strip))
@example("'Tis folly.")
@example(";=1")
def test_a_quotation_comes_back_from_our_own_table_as_it_was(text: str) -> None:
    said = ff.Statement("bob", text, ff.When.parse("2017-07-10"))
    with tempfile.TemporaryDirectory() as folder:
        ff.write_events(Path(folder, "e.csv"), [said])
        assert ff.read_events(Path(folder, "e.csv")) == [said]


def test_a_row_that_somebody_added_to_our_own_table_comes_in_as_it_stands() -> None:
    """The mark is one of the row, and names its cells."""
    table = "speaker,said,text,context,guarded\r\nann,2017,''Tis.,'a',text\r\nann,2018,'Tis.,'b',\r\n"

    found = ff.read_events(io.BytesIO(table.encode()), file_format="csv")

    assert [(event.text, event.context) for event in found if isinstance(event, ff.Statement)] == [
        ("'Tis.", "'a'"),
        ("'Tis.", "'b'"),
    ]


def test_the_export_of_0_1_0_is_known_by_its_header() -> None:
    columns = dict.fromkeys(_HEADER_OF_0_1_0.split(), "")
    cells = columns | {"event": "statement", "speaker": "bob", "said": "2017-07-10", "text": "''Tis;=1"}
    table = io.StringIO()
    csv.writer(table).writerows([columns, cells.values()])

    (found,) = ff.read_events(io.BytesIO(table.getvalue().encode()), file_format="csv")

    assert isinstance(found, ff.Statement)
    assert found.text == "'Tis;=1"


def test_every_bad_line_is_told_with_file_line_field_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(
        TRUMP
        + "\n"
        + '{"event": "coding", "statement": "a", "topic": "t", "stance": "oposes", "coder": "c"}\n'
        + '{"event": "speaker", "id": "x"}\n'
        + '{"event": "speaker", "id": "x", "name": "A", "name": "B"}\n'
        + "[1]\n"
        + '{"event": "speaker", "id": "lavrov", "na'
    )
    with pytest.raises(ff.DataError) as caught:
        ff.read_events(path)
    lines = str(caught.value).splitlines()
    assert [line.split("events.jsonl:")[1].split(" ")[0] for line in lines] == ["3:", "4:", "5:", "6:", "7:"]
    assert "events.jsonl:3: stance 'oposes' is not one of" in lines[0]
    assert lines[0].endswith("did you mean 'oppose'?")
    assert "name is missing" in lines[1]
    assert "'name' occurs twice" in lines[2]
    assert "no JSON object" in lines[3]
    assert "cut short" in lines[4]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"event": "speaker", "id": "a", "name": "\xff"}\n', "is not UTF-8 (byte 42"),
        (b"[" * 100_000 + b"\n", "nested too deeply"),
        (b'{"a": NaN}\n', "NaN is no JSON number"),
        (b'{"a": ' + b"9" * 5000 + b"}\n", "is no JSON"),
        (
            b'{"event": "statement", "speaker": "a", "said": "2017", "text": ' + b"[" * 500 + b"]" * 500 + b"}",
            "text must",
        ),
        (
            b'{"event": "speaker", "id": "a", "name": "A"' + b"".join(b', "k%d": 1' % n for n in range(100_000)) + b"}",
            "100,000 of its fields are none of id, name",
        ),
        (b'{"event": "speaker", "id": "a", "name": "A", "seq": 1}\n', "all of seq, recorded_at, chain, or none"),
        (b'{"event": "speaker", "id": "a", "name": "A", "seq": 0, "recorded_at": "x", "chain": "y"}\n', "seq must be"),
    ],
)
def test_odd_json_is_one_problem_of_its_line(line: bytes, message: str) -> None:
    with pytest.raises(ff.DataError) as caught:
        ff.read_events(io.BytesIO(line), file_format="jsonl")
    assert message in str(caught.value)
    assert str(caught.value).startswith("standard input:1: ")


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    assert (
        len(ff.read_events(io.BytesIO(b"\xef\xbb\xbf" + TRUMP.encode().replace(b"\n", b"\r\n")), file_format="jsonl"))
        == 1
    )


def test_a_spreadsheet_row_with_topic_and_stance_is_a_statement_and_its_coding() -> None:
    sheet = (
        "speaker;said;text;source_url;topic;stance\r\n"
        'donald-trump;2017-07-09T11:50:24Z;"We discussed; a unit";https://example.org;unit;support\r\n'
    )
    found = ff.read_events(io.BytesIO(sheet.encode()), file_format="csv", coder="me")
    assert [event.kind_of_event for event in found] == ["statement", "coding"]
    statement, coding = found
    assert isinstance(statement, ff.Statement)
    assert statement.source == ff.Source(url="https://example.org")
    assert isinstance(coding, ff.Coding)
    assert (coding.statement, coding.coder) == (statement.hash, "me")


def test_a_line_that_is_a_coding_only_takes_the_coder_of_the_call_too() -> None:
    sheet = f"event,statement,topic,stance,coder\ncoding,{'0' * 32},unit,support,\ncoding,{'0' * 32},unit,oppose,you\n"

    found = ff.read_events(io.BytesIO(sheet.encode()), file_format="csv", coder="me")

    assert [event.coder for event in found if isinstance(event, ff.Coding)] == ["me", "you"]


def test_the_empty_rows_of_a_spreadsheet_are_passed_over() -> None:
    sheet = "speaker,said,text\r\n,,\r\ndonald-trump,2017-07-09T11:50:24Z,We discussed a unit\r\n,,\r\n,,\r\n"

    (found,) = ff.read_events(io.BytesIO(sheet.encode()), file_format="csv")

    assert found.kind_of_event == "statement"


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ("", "must name the columns"),
        ("speker,said,text\n", "1: 'speker' is no column of an events file; did you mean 'speaker'?"),
        ("speaker,id_str\n", "1: a table of statements has the columns speaker, said, text, source_url, topic, stance"),
        ("speaker,speaker\n", "'speaker' stands there twice"),
        (",".join(map("c{}".format, range(100_000))), "1: names 100,000 columns, so it is no file of events: a table"),
        (f"{'c' * 10**7}\n", "c' is no column of an events file"),
        ("\0" * (64 * 1024**2), "1: is longer than 64 MB: is this a file of events?"),
        ("speaker,said,text\na,2017,x,y\n", "2: has 4 cells where the header has 3"),
        ('speaker,said,text\na,2017,"x\n', "2: is no CSV"),
        ("event,confidence\ncoding,high\n", "2: confidence must be a number"),
        ("event,text\nstatement,\udcff\n", "2: is not UTF-8"),
        ("speaker,said\ra,2017\r", "1: is no CSV header: a lone CR ends a line, as on old Macs: save the file with"),
        ("speaker,said\na,2017\rb,2018\r", "2: is no CSV: a lone CR ends a line, as on old Macs: save the file with"),
    ],
)
def test_a_bad_csv_is_told_line_by_line(sheet: str, message: str) -> None:
    with pytest.raises(ff.DataError) as caught:
        ff.read_events(io.BytesIO(sheet.encode(errors="surrogateescape")), file_format="csv")
    assert f"standard input:{message}" in str(caught.value) or message in str(caught.value)


def test_thousands_of_columns_without_a_name_are_passed_over() -> None:
    """Spreadsheets write a separator for every column that somebody once had a cell in."""
    sheet = f"speaker,said,text{',' * 16_381}\r\nann,2017,Yes.{',' * 16_381}\r\n"

    assert len(ff.read_events(io.BytesIO(sheet.encode()), file_format="csv")) == 1


def test_the_columns_hold_every_field_once() -> None:
    assert len(COLUMNS) == len(set(COLUMNS))
    assert {"event", "hash", "seq", "text", "said", "target", "innocent_reading"} <= set(COLUMNS)


def test_a_relative_moment_is_read_against_the_day_of_publication() -> None:
    line = (
        '{"event": "statement", "speaker": "a", "text": "x", "said": "yesterday", '
        '"source": {"outlet": "The Post", "published": "2017-07-11"}}\n'
    )
    [found] = ff.read_events(io.BytesIO(line.encode()), file_format="jsonl", tz="UTC")
    assert isinstance(found, ff.Statement)
    assert found.said.start.isoformat() == "2017-07-10T00:00:00+00:00"


def test_a_file_that_cannot_be_read_or_has_no_known_format_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ff.DataError, match=r"nothing\.jsonl cannot be read: No such file"):
        ff.read_events(tmp_path / "nothing.jsonl")
    with pytest.raises(ff.DataError, match="say --as jsonl or --as csv"):
        ff.read_events(tmp_path / "events.docx")


def test_a_file_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    def broken() -> object:
        yield ff.Speaker("a", "A")
        raise RuntimeError

    path = tmp_path / "e.jsonl"
    path.write_text("as it was")
    with pytest.raises(RuntimeError):
        ff.write_events(path, broken())  # type: ignore[arg-type]
    assert path.read_text() == "as it was"
    assert [found.name for found in tmp_path.iterdir()] == ["e.jsonl"]
    with pytest.raises(ff.StoreError, match="cannot be written"):
        ff.write_events(tmp_path / "no" / "e.jsonl", [])
