"""Tables of shapes that came from newsrooms, archives and parliaments: they come through right, or say the remedy."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.cli_running import flipflop

FIRST = [
    "James", "Jake", "Jane", "Stephen", "Steven", "Steve", "Andrew", "Diane", "Alan", "Allan", "Ann", "Anne", "Chris",
    "Christopher", "Christina", "Jo", "Joan", "John", "Jon", "Jonathan", "Mark", "Marcus", "Mary", "Maria", "Phil",
    "Philip", "Dawn",
]  # fmt: skip
SURNAMES = [
    "Berry", "Thomas", "Hammond", "May", "Mayer", "Jones", "Evans", "Evennett", "Burnham", "Grant", "Grantham",
    "Morris", "Morrison", "Harman", "Clarke", "Hunt", "Abbott", "Cooper", "Lucas",
]  # fmt: skip
NEAR_SURNAMES = [("Smith", "Smyth"), ("Thompson", "Thomson"), ("Davies", "Davis"), ("Johnson", "Johnston"),
                 ("Allan", "Allen")]  # fmt: skip
MEMBERS = [f"{first} {last}" for first, last in product(FIRST, SURNAMES)] + [
    f"{first} {pair[number % 2]}" for number, first in enumerate(FIRST) for pair in NEAR_SURNAMES
]
NEARLY = "Andrea Berry"
"""The last of 649: but for two letters it is the name of another."""


def written(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([header, *rows])
    path.write_bytes(text.getvalue().encode())
    return path


def listed(store: Path, verb: str = "list", *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(flipflop("-s", store, verb, *words, "--format", "json").out)
    return found


@pytest.fixture
def store(tmp_path: Path) -> Path:
    made = tmp_path / "record.db"
    flipflop("init", "-s", made, "--tz", "UTC")
    flipflop("speaker", "add", "Ann Ames", "-s", made)
    flipflop("topic", "add", "tax", "--proposition", "Taxes should be cut.", "-s", made)
    return made


# 27 dated statements whose dates are 26-Dec

DAYS = [date(2014, 12, 10) + timedelta(days=2 * number) for number in range(26)] + [date(2015, 1, 30)]


def dated(tmp_path: Path) -> Path:
    rows = [
        ["Ann Ames", f"{day.day}-{day:%b}", f"https://example.org/{number}", f"Sentence {number}."]
        for number, day in enumerate(DAYS)
    ]
    return written(tmp_path / "statements.csv", ["speaker", "said", "source_url", "text"], rows)


def test_a_table_of_days_without_a_year_is_refused_line_by_line_with_the_remedy(store: Path, tmp_path: Path) -> None:
    done = flipflop("-s", store, "import", dated(tmp_path))

    told = done.err.splitlines()
    assert (done.code, len(told), listed(store)) == (1, 27, [])
    assert all("--reference 2017-07-11" in line for line in told)


def test_and_comes_in_with_it_each_day_the_latest_one(store: Path, tmp_path: Path) -> None:
    done = flipflop("-s", store, "import", dated(tmp_path), "--reference", "2015-01-30")

    assert done.code == 0, done.err
    assert [row["said_from"][:10] for row in listed(store)] == [day.isoformat() for day in DAYS]
    assert {datetime.fromisoformat(row["said_until"]) - datetime.fromisoformat(row["said_from"])
            for row in listed(store)} == {timedelta(days=1)}  # fmt: skip


# 3,232 tweets of which 64 begin with '

FORMS = ["{}", 'He said "{}"', "{}, and\nmore", "@friend {} \U0001f600", "={}", "-{}", "{} ", "RT: {}"]
TWEETS = [("'Tis folly {}", "'{}'")[number % 2].format(number) for number in range(64)] + [
    FORMS[number % len(FORMS)].format(f"tweet {number}") for number in range(64, 3_232)
]


def test_tweets_come_in_and_go_out_byte_for_byte(store: Path, tmp_path: Path) -> None:
    start = datetime(2017, 1, 1, 6, 30, 1, tzinfo=UTC)
    rows = [
        ["Ann Ames", f"{start + timedelta(hours=number):%Y-%m-%dT%H:%M:%SZ}", f"https://twitter.com/i/status/{number}",
         text]
        for number, text in enumerate(TWEETS)
    ]  # fmt: skip
    table = written(tmp_path / "tweets.csv", ["speaker", "said", "source_url", "text"], rows)

    done = flipflop("-s", store, "import", table)
    flipflop("-s", store, "export", "-o", tmp_path / "ours.csv")
    again = tmp_path / "again.db"
    back = flipflop("-s", again, "import", tmp_path / "ours.csv")

    assert (done.code, back.code) == (0, 0), (done.err, back.err)
    assert [row["text"] for row in listed(store)] == TWEETS
    assert [(row["statement_id"], row["text"]) for row in listed(again)] == [
        (row["statement_id"], row["text"]) for row in listed(store)
    ]


# 40 coded statements at 00:00:00


def coded(tmp_path: Path) -> Path:
    """Days as a program writes them, the side in turn, two of them on one day."""
    days = [date(2005, 1, 26) + timedelta(days=7 * (number // 2)) for number in range(40)]
    rows = [
        ["Ann Ames", "tax", ("support", "oppose")[number % 2], f"{day} 00:00:00", f"https://example.org/{number}",
         f"Sentence {number}."]
        for number, day in enumerate(days)
    ]  # fmt: skip
    return written(tmp_path / "coded.csv", ["speaker", "topic", "stance", "said", "source_url", "text"], rows)


def test_midnights_of_a_program_are_days_and_order_nothing_within_one(store: Path, tmp_path: Path) -> None:
    done = flipflop("-s", store, "import", coded(tmp_path), "--coder", "Me")

    assert "warning: 40 statements of midnight were taken as of the day" in done.err
    assert "--times where the time is meant" in done.err
    assert {datetime.fromisoformat(row["said_until"]) - datetime.fromisoformat(row["said_from"])
            for row in listed(store)} == {timedelta(days=1)}  # fmt: skip
    assert [row for row in listed(store, "reversals") if row["order"] == "certain" and row["gap_max"] < 86_400] == []
    assert {row["kind"] for row in listed(store, "reversals")} >= {"undetermined"}


@pytest.mark.parametrize(("option", "width"), [("--days", timedelta(days=1)), ("--times", timedelta(seconds=1))])
def test_what_midnights_mean_can_be_said(store: Path, tmp_path: Path, option: str, width: timedelta) -> None:
    done = flipflop("-s", store, "import", coded(tmp_path), "--coder", "Me", option)

    assert (done.code, "midnight" in done.err) == (0, False)
    assert {datetime.fromisoformat(row["said_until"]) - datetime.fromisoformat(row["said_from"])
            for row in listed(store)} == {width}  # fmt: skip


# 649 members of parliament with near names


def members(tmp_path: Path, names: list[str]) -> Path:
    rows = [[name, "2017-07-09", f"https://example.org/{name.replace(' ', '-')}", "Aye."] for name in names]
    return written(tmp_path / "members.csv", ["speaker", "said", "source_url", "text"], rows)


def test_members_of_parliament_come_in_as_so_many_people(store: Path, tmp_path: Path) -> None:
    table = members(tmp_path, [*MEMBERS, NEARLY])

    refused = flipflop("-s", store, "import", table, "--declare")
    done = flipflop("-s", store, "import", table, "--declare", "--distinct", NEARLY)

    assert refused.err.splitlines() == [
        f"error: {table}:650: speaker 'Andrea Berry' is not declared, and nearly 'Andrew Berry': write it so, "
        "or say that it is another (--distinct 'Andrea Berry')"
    ]
    assert done.code == 0, done.err
    names = sorted(row["speaker_name"] for row in listed(store))
    assert (len(names), names) == (649, sorted([*MEMBERS, NEARLY]))


@pytest.mark.parametrize("name", ["P. Hammond", "Hammond, Philip", "Mrs May", "President Berry"])
def test_another_spelling_of_one_of_them_is_no_new_person(store: Path, tmp_path: Path, name: str) -> None:
    flipflop("-s", store, "import", members(tmp_path, MEMBERS), "--declare")

    done = flipflop("-s", store, "import", members(tmp_path, [name]), "--declare")

    assert (done.code, f"{name!r} is not declared, and nearly " in done.err) == (1, True), done.err
