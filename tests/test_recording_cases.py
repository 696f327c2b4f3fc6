"""Cases from the field of moments and recording (K1 to K5) that have no test beside what they are about."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import flipflop as ff
from tests.cli_running import add, case, flipflop

CODED = "speaker,topic,stance,said,source_url,text\n"


def listed(store: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(flipflop("-s", store, *words, "--format", "json").out)
    return found


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return case(tmp_path)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Bob,2017-07-10,'Tis folly.", "'Tis folly."),
        (
            "Ann,2017-07-09,\"'I never said that,' she told the court.\"",
            "'I never said that,' she told the court.",
        ),
    ],
)
def test_a_quotation_that_begins_with_a_mark_keeps_it(store: Path, tmp_path: Path, line: str, words: str) -> None:
    """K1."""
    (tmp_path / "q.csv").write_text(f"speaker,said,text\n{line}\n", "utf-8")

    done = flipflop("-s", store, "import", tmp_path / "q.csv", "--declare")

    assert done.code == 0, done.err
    assert words in [row["text"] for row in listed(store, "list")]


@pytest.mark.parametrize("zone", ["EST", "CET", "EET", "MST", "WET"])
def test_a_store_with_a_zone_without_summer_time_is_told(tmp_path: Path, zone: str) -> None:
    """K2: it was wrong all summer, without a hint."""
    done = flipflop("init", "-s", tmp_path / "new.db", "--tz", zone)

    assert (done.code, f"{zone} is " in done.err, "you probably mean " in done.err) == (0, True, True)


@pytest.mark.parametrize("text", ["Sun Jul 09 11:50:24 +0000 2017", "Sun, 9 Jul 2017 11:50:24 -0400"])
def test_the_dates_of_twitter_and_mail_leave_no_warning_in_the_record(store: Path, text: str) -> None:
    """K2."""
    add(store, "Never.", said=text)

    with ff.Store(store, read_only=True) as opening:
        (stored,) = [one.event.said for one in opening.events(kinds={"statement"})
                     if isinstance(one.event, ff.Statement) and one.event.text == "Never."]  # fmt: skip
    assert (stored.precision.value, stored.warnings) == ("second", ())


def test_a_midnight_of_utc_is_told_as_the_day_it_was_given_as(tmp_path: Path) -> None:
    """K3: in New York it became 31 December 2019."""
    store = tmp_path / "york.db"
    flipflop("init", "-s", store, "--tz", "America/New_York")
    flipflop("speaker", "add", "Jane Roe", "-s", store)

    flipflop("-s", store, "add", "--speaker", "jane-roe", "--said", "2020-01-01T00:00:00Z", "--source", "U", "No.")

    shown = flipflop("-s", store, "list").out
    assert "1 January 2020" in shown
    assert "2019" not in shown


def test_a_day_and_a_time_on_it_have_no_certain_order(store: Path, tmp_path: Path) -> None:
    """K3: a "certain" reversal 14 hours after a midnight that stood for the day."""
    rows = ("John Doe,tax,support,2020-03-01 00:00:00,U,Cut.", "John Doe,tax,oppose,2020-03-01T14:00:00Z,U,No.")
    (tmp_path / "t.csv").write_text(CODED + "\n".join(rows) + "\n", "utf-8")

    flipflop("-s", store, "import", tmp_path / "t.csv", "--declare")

    assert [(row["kind"], row["order"]) for row in listed(store, "reversals")] == [("undetermined", "unknown")]


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("It is a caf\u00e9.", "http://e.org/1", "2020-05-01"),
        (unicodedata.normalize("NFD", "It is a caf\u00e9."), "https://e.org/1", "2020-05-01"),
        ("It is a caf\u00e9.", "https://e.org/1?utm_source=x", "1 May 2020"),
        ("It is a caf\u00e9.", "https://another.example/2", "2020-05-01"),
    ],
    ids=["http for https", "decomposed letters", "utm_source and another date", "a second source"],
)
def test_the_same_statement_by_another_way_is_told(store: Path, text: str, source: str, said: str) -> None:
    """K5."""
    first = add(store, "It is a caf\u00e9.", "--source", "https://e.org/1", said="2020-05-01").lines[0]

    done = add(store, text, "--source", source, said=said)

    assert f"nearly the same words of that speaker at that time are recorded: {first}" in done.err
    assert len(listed(store, "list", "--duplicates")) == 2
