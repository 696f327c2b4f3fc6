"""The sheet of a case: everything the record holds on a pair, on A4, and nothing on it runs or is cut."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest

import flipflop as ff
from flipflop.cases import case_of
from flipflop.publish import sheet_html, write_sheet
from flipflop.records import Event, Form, to_json
from flipflop.text.visible import visible
from tests.browser import visit
from tests.cli_running import flipflop
from tests.hostile_record import EVENTS, RECORDABLE
from tests.publish_cases import ANN, COMPLETE, EARLIER, LATER, PAIR, coding, recorded, ruling, statement
from tests.store_cases import correction, retraction
from tests.test_page_in_browser import FOREIGN

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

A4 = (595, 842)


def words(page: str) -> str:
    """What a reader sees, blanks made one."""
    body = page[page.index("<body") :]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?bdi[^>]*>", "", body))).split())


def sheet(folder: Path, *events: Event, approvals: int = 1) -> str:
    """What the sheet of the pair says, of a store of these events."""
    with recorded(folder, *events) as store:
        return words(sheet_html(case_of(store, *PAIR), approvals=approvals))


def test_the_sheet_of_the_founding_case_says_all_that_the_record_holds(tmp_path: Path) -> None:
    with recorded(tmp_path, *ff.read_events("datasets/cyber-unit-2017/events.jsonl")) as store:
        path = write_sheet(tmp_path / "case.html", store, "5079a2d0", "d75efb94", tz="ET")
        head = store.head()
    told = words(path.read_text("utf-8"))

    for expected in (
        "All times in America/New_York unless another zone is named.",
        "The US and Russia should form a joint cyber security unit.",
        "changed position within 12 h 55 min (at least 12 h 54 min 48 s, at most 12 h 54 min 50 s).",
        "Ruled: change of position , by flipflop.",
        "Earlier statement: 9 July 2017, 07:50:24 EDT",
        "“Putin & I discussed forming an impenetrable Cyber Security unit",
        "known to the second; from 2017-07-09 11:50:24 to before 2017-07-09 11:50:25 UTC;",
        "given as “2017-07-09T11:50:24Z” in UTC",
        "Answered or continued by Donald Trump, 9 July 2017, 07:57:55 EDT: “...and safe.",
        "Later statement: 9 July 2017, 20:45:13 EDT",
        "https://twitter.com/realDonaldTrump/status/884211874518192128",
        "supports flipflop Presents the unit as a gain",
        "Innocent reading Discussing is not endorsing",
        "The speaker's reply none recorded, nor that one was asked for",
        "d75efb94 coded: opposes on joint-cyber-unit",
        "ruled: change of position on joint-cyber-unit",
        "Nothing required is missing before print; 3 more would help: see the end.",
        "flipflop rule 5079a2d0 d75efb94 --topic joint-cyber-unit --reply-text",
        f"the record whose chain ends in {head}",
    ):
        assert expected in told


def test_a_complete_case_lacks_nothing(tmp_path: Path) -> None:
    told = sheet(tmp_path, *COMPLETE, approvals=2)

    assert "Nothing is missing before print." in told
    assert "Ruled: change of position , by Editor, Lawyer." in told
    assert "The speaker's reply I changed my mind." in told


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (ruling("Desk", reply=ff.Answer(answered=False)), "The speaker's reply asked for, none came"),
        (ruling("Desk", innocent_reading="none found"), "Innocent reading No innocent reading was found."),
        (
            ruling("Desk", outcome=ff.Outcome.CHANGED_CIRCUMSTANCES),
            "Ruled: changed circumstances, no change of position , by Desk.",
        ),
        (correction(LATER, text="No to this unit."), "Words “No to the unit.” “No to this unit.” reason"),
        (
            correction(LATER, text="No to this unit."),
            "to be looked at again: words, moment or proposition were corrected since",
        ),
        (correction(EARLIER, source=None), "Required No source is recorded for the earlier statement."),
        (retraction(ruling("Lawyer")), f"{ruling('Lawyer').hash[:8]} withdrawn: reason"),
        (coding(EARLIER, "oppose", "Third"), "coders disagree"),
        (coding(EARLIER, "oppose", "model:tiny@1"), "does not count: another takes its place; by a program"),
    ],
)
def test_what_became_of_a_case_is_on_its_sheet(tmp_path: Path, last: Event, expected: str) -> None:
    with recorded(tmp_path, *COMPLETE) as store:
        store.append(last)
        path = write_sheet(tmp_path / "case.html", store, *PAIR[:2])

    assert expected in words(path.read_text("utf-8"))


def test_corrected_fields_read_as_they_do_elsewhere_on_the_sheet_before_and_after(tmp_path: Path) -> None:
    source = ff.Source("https://example.org/a", "The Example", "Council meets", "Jo", ff.When.parse("2024-03-02"))
    mended = statement("Yes.", "2024-03-01T09:15Z", source=source, attribution=("Example", "A member"))
    body = to_json(mended)

    told = sheet(
        tmp_path,
        *COMPLETE,
        correction(EARLIER, source=body["source"], said=body["said"]),
        correction(EARLIER, attribution=body["attribution"], source=None),
    )

    linked = "The Example, Council meets, by Jo, published 2 March 2024 https://example.org/a"
    for expected in (
        f"Source The Example https://example.org/yes {linked} reason",
        f"Source {linked} none recorded reason",
        "Moment 1 March 2024, 09:00 UTC ; known to the minute;",
        "As told by nothing Example > A member reason",
    ):
        assert expected in told
    assert "1 March 2024, 09:15 UTC ; known to the minute; from 2024-03-01 09:15:00 to before" in told
    assert "{" not in told


def test_a_case_on_which_nobody_has_ruled_is_two_statements_that_differ_and_nothing_else(tmp_path: Path) -> None:
    told = sheet(tmp_path, *COMPLETE[:-2])

    assert "Two statements that differ; nobody has judged them yet." in told
    assert "1 required before print; 1 more would help: see the end." in told


def test_everything_the_speaker_said_on_the_topic_is_listed_around_the_pair(tmp_path: Path) -> None:
    between = statement("Perhaps.", "2024-03-01T20:00Z", form=Form.REPORTED)
    with recorded(tmp_path, *COMPLETE, between, coding(between, "mixed")) as store:
        path = write_sheet(tmp_path / "case.html", store, *PAIR[:2])
    told = words(path.read_text("utf-8"))

    assert "3 statements, in the order of their moments" in told
    assert "1 March 2024, 20:00 UTC mixed Perhaps. (reported, not a quotation)" in told


def test_the_same_case_gives_the_same_sheet_which_runs_and_fetches_nothing(tmp_path: Path) -> None:
    with recorded(tmp_path, *COMPLETE) as store:
        first, second = (sheet_html(case_of(store, *PAIR), head=store.head()) for _ in range(2))

    assert first == second
    assert "<script" not in first
    assert re.search(
        r"Content-Security-Policy\" content=\"default-src &#x27;none&#x27;; style-src &#x27;sha256-[^;]+&#x27;;"
        r" base-uri &#x27;none&#x27;; form-action &#x27;none&#x27;\"",
        first,
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheet")
    with recorded(folder, *EVENTS) as store:
        return write_sheet(folder / "case.html", store, *PAIR[:2])


def flat(text: str) -> str:
    """The text without blanks, as lines may break anywhere."""
    return "".join(text.split())


def test_nothing_hostile_runs_on_a_sheet_and_all_of_it_is_shown(browser: Browser, hostile: Path) -> None:
    with visit(browser, hostile, ready="footer") as seen:
        shown = flat(seen.page.evaluate("document.body.textContent"))
        links = seen.page.eval_on_selector_all("a:not([href^='#'])", "all => all.map((one) => one.href)")

        assert (seen.pwned(), seen.told, seen.asked) == ([], [], [])
        assert seen.page.evaluate(FOREIGN) == []
        assert seen.page.url == hostile.as_uri()

    assert {*links} == {"https://example.org/yes", "https://example.org/no"}  # the second before its correction
    assert [payload for payload in RECORDABLE if flat(visible(payload)) not in shown] == []


def outside(page: pypdfium2.PdfPage) -> list[tuple[float, ...]]:
    """The letters that stand in the margins or beyond them."""
    (width, height), text = page.get_size(), page.get_textpage()
    boxes = [text.get_charbox(place) for place in range(text.count_chars())]
    return [
        (left, low, right, top)
        for left, low, right, top in boxes
        if right > left and not (left > 40 and right < width - 40 and low > 20 and top < height - 40)
    ]


def test_a_sheet_fits_on_a4_and_nothing_of_it_is_cut(browser: Browser, hostile: Path) -> None:
    with visit(browser, hostile, ready="footer") as seen:
        printed = pypdfium2.PdfDocument(seen.page.pdf(prefer_css_page_size=True))

    assert {tuple(map(round, page.get_size())) for page in printed} == {A4}
    assert sum(len(outside(page)) for page in printed) == 0
    assert flat("W" * 700) in flat("".join(page.get_textpage().get_text_range() for page in printed))


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1600, "light")])
def test_a_sheet_can_be_read_at_any_width(browser: Browser, hostile: Path, width: int, scheme: str) -> None:
    with visit(browser, hostile, width=width, scheme=scheme, ready="footer") as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert seen.page.evaluate(
            "[...document.querySelectorAll('body *')].filter((one) => one.childElementCount === 0"
            " && one.textContent.trim() && parseFloat(getComputedStyle(one).fontSize) < 12).length"
        ) == 0  # fmt: skip


def test_the_verb_writes_the_sheet_and_says_what_is_required(tmp_path: Path) -> None:
    recorded(tmp_path, *COMPLETE[:-2]).close()
    out = tmp_path / "case.html"

    done = flipflop("-s", tmp_path / "case.db", "sheet", EARLIER.hash[:8], LATER.hash[:8], "-o", out)

    assert (done.code, done.out) == (0, f"{out}\n")
    assert done.err == (
        "missing: No person has ruled on the pair and written down an innocent reading: it is a candidate.\n"
    )
    assert ANN.name in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((LATER.hash, EARLIER.hash), "give the earlier one first"),
        ((EARLIER.hash, "feed" * 8), "no event, speaker or topic"),
        ((EARLIER.hash, "ann"), "'ann' is a speaker: a case is about two statements"),
        ((EARLIER.hash, LATER.hash, "--topic", "unti"), "did you mean 'unit'?"),
        ((EARLIER.hash, LATER.hash, "--tz", "Europe/Wien"), "Europe/Wien"),
        ((EARLIER.hash, LATER.hash, "-o", "case.pdf"), "case.pdf: a sheet is written as .html"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], told: str
) -> None:
    recorded(tmp_path, *COMPLETE).close()
    monkeypatch.chdir(tmp_path)

    done = flipflop("-s", "case.db", "sheet", *given)

    assert (done.code, done.out) == (1, "")
    assert told in done.err
    assert [path.name for path in tmp_path.glob("case.*") if "db" not in path.name] == []
