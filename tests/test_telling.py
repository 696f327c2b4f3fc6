"""One telling: every surface tells the awkward statements in the words of docs/telling.md."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import flipflop as ff
from flipflop.publish import page_html
from flipflop.when import Precision
from tests.telling_cases import MINISTRIES, SHARED
from tests.telling_live import LIVE
from tests.telling_pairs import AXES, COVERAGES, GAPS, Axis, Coverage
from tests.telling_reading import differences, found, holds, parsed, plain, text_of
from tests.telling_record import Record
from tests.telling_surfaces import SURFACES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAIR = ("moments", "positions", "quotations", "gap", "ruling", "reading", "reply", "no reply", "by", "day")
LISTS = {"pairs": "a list of statements tells of no pair"}
ALONE = {"statements": "they are told as parts of the pair"}
ROOM = "there is no room for it"
RULINGS = {"candidates": "it is of rulings"}


def without(*names: str, why: str = ROOM) -> dict[str, str]:
    return dict.fromkeys(names, why)


def only(*names: str) -> dict[str, str]:
    """All that is told of a pair but this."""
    return without(*(name for name in (*PAIR, "gap alone", "bounds") if name not in names))


BRIEF = without("outcome", why="it is in the ruling") | without("bounds", "no reply", "by", "day")
HEADED = without("ruling", why="a heading says the outcome, and a line below that it was ruled")
LEAVES_OUT = {
    "timeline page": BRIEF | without("quotations", why="they stand in the table"),
    "timeline alt": ALONE | BRIEF | only("moments", "positions", "gap", "ruling"),
    "large page": BRIEF | without("statements", why="they come with the script"),
    "card": BRIEF,
    "card picture": ALONE | BRIEF,
    "sheet": without("outcome", why="it is in the ruling") | without("day", why="it has the second"),
    "card fragment": BRIEF,
    "timeline fragment": BRIEF | only("gap", "ruling"),
    "matrix": LISTS | without("words", "mark", "notes", "again"),
    "site topics": LISTS,
    "site speakers": LISTS,
    "site statements": LISTS,
    "site pairs": HEADED | without("gap", why="it stands between the two"),
    "site entrance": ALONE | RULINGS | HEADED | only("moments"),
    "site compared": ALONE | HEADED | only("moments"),
    "site corrections": LISTS | without("position", "words", "mark", "notes", "again", "source"),
    "feeds": ALONE | RULINGS | HEADED | without("positions", "gap", "gap alone", "bounds", "by", "day"),
    "timelinejs": LISTS,
    "claims": ALONE | RULINGS | without("outcome", why="ratings are numbers") | only("day"),
    "list": LISTS | without("notes") | without("again", why="the column of positions says it shorter"),
    "show": LISTS | without("position", "again", why="events stand below, each with what is said of it"),
    "reversals": ALONE | BRIEF | without("quotations", "reading", "reply") | without("gap", why="it is a column"),
    "reasons": ALONE | BRIEF | only("moments", "gap alone"),
    "timeline script": BRIEF | without("quotations", why="they stand in the table"),
    "saved table": LISTS,
    "large script": BRIEF,
    "rule": ALONE
    | BRIEF
    | without("rulings", why="nobody has ruled on these")
    | without("positions", "gap", "ruling", why="the reason says it in a sentence of its own"),
}
"""What a surface does not tell by its nature, and why."""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return Record(tmp_path_factory.mktemp("telling"))


@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_tells_each_statement_and_pair_in_the_words_of_the_rule(surface: str, record: Record) -> None:
    seen = SURFACES[surface](record, record.path.parent)

    assert [line for one in seen for line in differences(one, LEAVES_OUT[surface])] == []


@pytest.mark.parametrize("surface", LIVE)
def test_a_script_and_a_terminal_tell_them_so_too(surface: str, record: Record, browser: Browser) -> None:
    seen = LIVE[surface](record, record.path.parent, browser)

    assert [line for one in seen for line in differences(one, LEAVES_OUT[surface])] == []


def test_the_time_between_is_told_as_closely_as_it_is_known() -> None:
    frame = pd.concat([spoken(number, gap.then, gap.now) for number, gap in enumerate(GAPS)], ignore_index=True)
    page = parsed(page_html(frame, ff.find_reversals(frame).assign(ruling="reversal")))
    told = {text.partition(" changed")[0]: text for text in map(text_of, found(page, "ul.changes > li"))}

    sentences = [told[f"Speaker {number:02}"].partition(" (")[0].removeprefix(f"Speaker {number:02} changed position ")
                 for number in range(len(GAPS))]  # fmt: skip
    assert sentences == [gap.told for gap in GAPS]


@pytest.mark.parametrize("coverage", COVERAGES, ids=lambda one: one.told)
def test_a_page_says_what_its_record_covers(coverage: Coverage) -> None:
    frame = pd.concat([row(number, said, tz) for number, (said, tz) in enumerate(coverage.moments)])
    page = parsed(page_html(frame, tz=coverage.zone))
    told = " ".join(text_of(one) for one in found(page, "p.coverage"))

    assert holds(told, coverage.told), told
    assert holds(told, coverage.as_of or "All times in"), told


@pytest.mark.parametrize("axis", AXES, ids=lambda one: one.told)
def test_a_page_and_its_axis_say_whose_clock_it_is(axis: Axis) -> None:
    page = page_html(pd.concat([row(n, day, axis.zone) for n, day in enumerate(axis.days)]), tz=axis.zone)

    assert f"All times in {axis.zone}." in plain(text_of(parsed(page)))
    assert {plain(text) for text in re.findall(">(Time in [^<]*)<", page)} == {axis.told}


def test_a_day_up_to_which_the_record_was_kept_is_that_day() -> None:
    page = page_html(row(0, "2017", "UTC"), as_of="2025-06-05")

    assert holds(text_of(parsed(page)), "Record as of 5 June 2025")


def test_names_that_begin_alike_keep_what_tells_them_apart(record: Record) -> None:
    page = page_html(*record.frames, rulings=record.rulings)
    drawing = parsed(page[page.index("<main") :])
    shown = " | ".join(plain(one.text_content()) for one in drawing.iter("text"))
    whole = " | ".join(one.text_content() for one in drawing.iter("title", "th", "desc"))

    assert {word for word in MINISTRIES.values() if word not in shown} == set()
    assert {word for word in MINISTRIES.values() if f"{SHARED} {word}" not in whole} == set()


def row(number: int, said: str, tz: str | None, stance: str = "support", speaker: str = "ann") -> pd.DataFrame:
    """One position; an empty text is a moment that is open to both sides."""
    always = ff.When(
        "at any time", datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), Precision.INTERVAL
    )
    when = ff.When.parse(said, tz=tz) if said else always
    told = {
        "speaker": speaker, "topic": "unit", "statement_id": f"s{number}", "stance": stance, "said_from": when.start,
        "said_until": when.end, "precision": when.precision.value, "approximate": when.approximate, "tz": when.tz,
    }  # fmt: skip
    return pd.DataFrame({name: pd.Series([value], dtype=object) for name, value in told.items()}).astype(
        {"said_from": "datetime64[us, UTC]", "said_until": "datetime64[us, UTC]", "approximate": bool}
    )


def spoken(number: int, then: str, now: str) -> pd.DataFrame:
    """A change of a speaker of that number."""
    speaker = f"Speaker {number:02}"
    return pd.concat(
        [row(2 * number, then, "UTC", speaker=speaker), row(2 * number + 1, now, "UTC", "oppose", speaker)]
    )
