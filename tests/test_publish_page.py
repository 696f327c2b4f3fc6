"""The page as text: self-contained, complete without a script, escaped on every way out."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from flipflop.detect import find_reversals
from flipflop.errors import DataError, StoreError
from flipflop.publish import page_html, write_page
from flipflop.publish.assets import page_script
from flipflop.publish.markup import script_json
from flipflop.records.codec import Json
from tests import figures_case as case

INTENT = re.compile(
    r"\b(lie[sd]?|lying|admit\w*|betray\w*|flip-?flop(?!\b from)|backtrack\w*|conced\w*|claim\w*)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def page() -> str:
    return page_html(case.positions(), case.reversals(), case.conflicts(), tz="America/New_York")


def body(page: str) -> str:
    """What stands in the body, without scripts."""
    return re.sub(r"<script.*?</script>", "", page[page.index("<body") :], flags=re.DOTALL)


def test_a_page_is_one_small_file(page: str) -> None:
    assert len(page.encode()) <= 100_000
    assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="', page)


def test_the_policy_lets_one_known_script_run_and_nothing_be_fetched(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    digest = base64.b64encode(hashlib.sha256(page_script().encode()).digest()).decode()

    assert policy
    directives = policy[1].replace("&#x27;", "'").split("; ")
    assert directives[:2] == ["default-src 'none'", f"script-src 'sha256-{digest}'"]
    assert "connect-src" not in policy[1]
    assert re.findall("<script>(.*?)</script>", page, re.DOTALL) == [page_script()]


def test_the_table_holds_every_quote_moment_and_source(page: str) -> None:
    told = body(page)

    assert all(html.escape(text) in told for text in case.positions()["text"])
    assert re.search('<time datetime="2017-07-09T11:50:24Z"[^>]*>9 July 2017, 07:50:24 EDT</time>', told)
    assert '<a href="https://example.org/status/1" rel="noopener noreferrer nofollow" target="_blank">' in told
    assert told.count('<tr id="r0-') == 5


def test_a_page_says_what_happened_and_for_which_record(page: str) -> None:
    told = re.sub(r"<[^>]+>", "", body(page))

    assert "Ann Lee changed position within 12 h 55 min (ruled: change of position)" in told
    assert "Bo Ek: on record in support; no later statement in this record as of 24 July 2017" in told
    assert "In this record: 9 July 2017 to 24 July 2017, 5 statements" in told
    assert "All times in America/New_York" in told
    assert "(reported, not a quotation)" in told


def test_a_page_with_a_lane_for_each_topic_names_the_topic_where_it_matters() -> None:
    frame = pd.concat([case.positions(), case.positions().iloc[[1]].assign(topic="talks", topic_title="The talks")])
    against = case.conflicts().assign(kind="off_message")

    told = re.sub(r"<[^>]+>", "", body(page_html(frame, case.reversals(), against, lanes="topic")))

    assert "Ann Lee changed position within 12 h 55 min (ruled: change of position) on unit: supports" in told
    assert "Every statement of this record by Ann Lee. All times in UTC." in told
    assert "on: The talks" in told
    assert "Bo Ek 9 July 2017, 09:00\N{EN DASH}16:00 UTC; Ann Lee 10 July 2017, 00:45:13 UTC." in told


@pytest.mark.parametrize(("changes", "figure_first"), [(12, False), (13, True)])
def test_more_than_a_screen_of_changes_comes_below_the_figure(changes: int, figure_first: bool) -> None:
    pair = case.positions().iloc[[0, 3]]
    people = [
        pair.assign(speaker=f"s{number}", speaker_name=f"S {number}", statement_id=[f"a{number}", f"b{number}"])
        for number in range(changes)
    ]
    held = pd.concat(people, ignore_index=True)

    page = page_html(held, find_reversals(held))

    assert page.count("two statements that differ; nobody has judged them yet") >= changes
    assert (page.index('id="figure-0"') < page.index('class="findings"')) is figure_first


def test_who_was_left_standing_is_told_with_the_statement_that_left_them_there(page: str) -> None:
    told = re.sub(r"<[^>]+>", "", body(page))

    assert "Ann Lee changed position afterwards: opposes, 9 July 2017, 20:45:13 EDT." in told


def test_no_arrow_joins_statements_whose_order_nobody_knows() -> None:
    told = re.sub(r"<[^>]+>", "", body(page_html(case.positions(), case.reversals().assign(kind="undetermined"))))

    assert "in an order that the dates leave open, within 12 h 55 min (ruled: change of position): supports," in told
    assert "supports, 9 July 2017, 11:50:24 UTC and opposes, 10 July 2017, 00:45:13 UTC." in told


def test_a_page_knows_no_verbs_of_intent(page: str) -> None:
    told = re.sub(r"<[^>]+>", "", body(page)).replace("Drawn by flipflop", "")

    assert INTENT.findall(told) == []


def test_the_title_is_the_proposition_unless_one_is_given(page: str) -> None:
    assert "<title>There should be a joint unit.</title>" in page
    assert "<title>A week in July</title>" in page_html(case.positions(), title="A week in July")


def test_the_end_of_the_record_can_be_given_as_a_date() -> None:
    told = page_html(case.positions(), as_of="2026-11-23", tz="America/New_York")

    assert "Record as of 23 November 2026" in told


def test_an_end_of_the_record_that_is_no_moment_is_refused() -> None:
    with pytest.raises(DataError, match="yesterday"):
        page_html(case.positions(), as_of="yesterday")


def test_a_ruling_stands_with_its_innocent_reading_and_the_reply_beside_the_change() -> None:
    change = case.reversals().iloc[0]
    ruling = {"earlier": change["earlier_id"], "later": change["later_id"], "topic": change["topic"], "by": "A. Person"}
    first = {**ruling, "innocent_reading": "none found", "note": None, "reply_text": None}
    reading, remark = "To discuss <i>is</i> not to endorse.", "The words leave no room for it."
    second = {**ruling, "innocent_reading": reading, "note": remark, "reply_text": "I never said that."}
    shown = page_html(case.positions(), case.reversals(), rulings=pd.DataFrame([first, second]))
    note = f"Innocent reading: {reading.removesuffix('.')} (ruled by A. Person). {remark} Reply: I never said that."
    found = re.findall(r'<span class="note">(Innocent.*?)</span>', shown)
    assert [html.unescape(re.sub(r"</?bdi[^>]*>", "", each)) for each in found] == [note]
    assert "No innocent reading was found (ruled by" in page_html(
        case.positions(), case.reversals(), rulings=pd.DataFrame([first])
    )


def test_a_page_of_nothing_says_so() -> None:
    assert "No statement in this record" in page_html(case.positions().iloc[:0])


def test_the_same_frames_give_the_same_page(page: str) -> None:
    again = page_html(case.positions(), case.reversals(), case.conflicts(), tz="America/New_York")

    assert again == page


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()

    with pytest.raises(StoreError, match=r"page\.html is a directory: name a file in it"):
        write_page(tmp_path / "page.html", case.positions())

    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written: there is no directory"):
        write_page(tmp_path / "no" / "page.html", case.positions())


leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner)
)


@given(values)
def test_json_in_a_script_holds_nothing_that_ends_it(value: Json) -> None:
    assert not set(script_json(value)) & set("<>&\u2028\u2029")
