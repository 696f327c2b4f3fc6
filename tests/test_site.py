"""A static site from a store: what it says, whom it leaves out, and that nothing changes that need not."""

from __future__ import annotations

import posixpath
import re
import sqlite3
import struct
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.cases import confirmation
from flipflop.errors import install_command
from flipflop.publish.site import addresses as at, writing
from flipflop.publish.site.files import Making, site_files
from flipflop.publish.site.gather import gather
from flipflop.publish.site.model import Options
from flipflop.publish.site.rules import pair_id
from flipflop.publish.site.writing import MANIFEST
from flipflop.records import Event, SpeakerKind
from tests import site_case as case
from tests.site_case import Links, files, publish
from tests.store_cases import said

if TYPE_CHECKING:
    from tests.postgres_stores import Databases

SCOPE = "All members of the committee, since it was set up."
PAIR = pair_id(case.THEN.hash, case.NOW.hash, "unit")
OTHER = pair_id(case.DI_ONE.hash, case.DI_TWO.hash, "unit")


@pytest.fixture
def store(tmp_path: Path) -> ff.Store:
    return case.store(tmp_path / "s.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "site"


def text(folder: Path, path: str) -> str:
    return (folder / path).read_text("utf-8")


def pages(folder: Path) -> dict[str, str]:
    return {path: content.decode() for path, content in files(folder).items() if path.endswith(".html")}


def test_there_is_a_page_for_each_speaker_topic_statement_and_pair_at_its_id(store: ff.Store, folder: Path) -> None:
    publish(store, folder, scope=SCOPE)

    shown = [case.THEN, case.NOW, case.CY_ONE, case.CY_TWO, case.REPLY, case.DI_ONE, case.DI_TWO]
    assert set(pages(folder)) == {
        "index.html", "compared.html", "corrections.html", "method.html", "data.html",
        "speaker/ann-ames.html", "speaker/bureau.html", "speaker/cy-orr.html", "speaker/di-vu.html",
        "topic/agreed.html", "topic/unit.html", f"pair/{PAIR}.html",
        *(f"statement/{statement.hash}.html" for statement in shown),
    }  # fmt: skip


def test_every_address_inside_a_site_leads_to_one_of_its_files(store: ff.Store, folder: Path) -> None:
    publish(store, folder, candidates=True)

    there = set(files(folder))
    led = {
        posixpath.normpath(f"{posixpath.dirname(path)}/{address}".lstrip("/"))
        for path, page in pages(folder).items()
        for address in Links(page).addresses
        if not address.startswith(("https://", "#"))
    }
    assert led - there == set()
    assert {path for path in there if path.endswith(".html")} - led == set()


def test_no_two_pages_have_the_same_title(store: ff.Store, folder: Path) -> None:
    publish(store, folder, candidates=True)

    titles = [Links(page).title for page in pages(folder).values()]
    assert len(set(titles)) == len(titles)


def test_every_page_says_who_is_covered_and_what_its_numbers_are(store: ff.Store, folder: Path) -> None:
    publish(store, folder, scope=SCOPE)

    lacking = [path for path, page in pages(folder).items() if SCOPE not in page or "In this record:" not in page]
    assert lacking == []


def test_a_ruled_pair_is_called_a_change_with_its_innocent_reading_and_reply(store: ff.Store, folder: Path) -> None:
    publish(store, folder)

    page = text(folder, f"pair/{PAIR}.html")
    assert "changed position after 8 h 19 min" in page
    assert "Talk is no promise." in page
    assert "I never promised." in page
    assert "We will form a unit." in page
    assert "There will be no unit." in page


def test_a_record_without_a_change_is_told_as_plainly_as_one_with_a_change(store: ff.Store, folder: Path) -> None:
    publish(store, folder)

    assert '<span class="course no-change">No change of position</span>' in text(folder, "speaker/cy-orr.html")
    assert '<span class="course changed">Changed position</span>' in text(folder, "speaker/ann-ames.html")
    assert "(2 statements, 1 did not change position)" in text(folder, "index.html")
    assert "(2 statements, 1 changed position)" in text(folder, "index.html")


def test_what_nobody_has_ruled_on_is_no_pair_unless_candidates_are_asked_for(store: ff.Store, folder: Path) -> None:
    publish(store, folder)
    without = pages(folder)
    publish(store, folder, candidates=True)

    assert f"pair/{OTHER}.html" not in without
    assert not any("nobody has judged" in page for page in without.values())
    assert "Two statements that differ; nobody has judged them yet." in text(folder, f"pair/{OTHER}.html")
    assert "changed position" not in text(folder, f"pair/{OTHER}.html")


def test_two_approvals_ask_for_two_people_who_ruled_alike(store: ff.Store, folder: Path) -> None:
    first = publish(store, folder, approvals=2)
    waiting = pages(folder)
    store.append(case.ruling("Second Editor"))
    publish(store, folder, approvals=2)

    assert f"pair/{PAIR}.html" not in waiting
    assert any("1 pair was ruled on and cannot be called a change yet" in warning for warning in first.warnings)
    assert "Ruled by 2 people" in text(folder, f"pair/{PAIR}.html")


def test_a_change_lacks_no_reply_where_one_is_required(store: ff.Store, folder: Path) -> None:
    silent = ff.Ruling(case.THEN.hash, case.NOW.hash, "unit", ff.Outcome.REVERSAL, "Talk is no promise.", "Editor")
    store.append(silent)
    publish(store, folder)
    without = pages(folder)
    publish(store, folder, require=["reply"])
    waiting = pages(folder)
    store.append(case.ruling("Second Editor"))
    publish(store, folder, require=["reply"])

    assert "none recorded, nor that one was asked for" in without[f"pair/{PAIR}.html"]
    assert "a reply is no condition here" in without["method.html"]
    assert "Replaced: a ruling on two statements" in waiting[f"pair/{PAIR}.html"]  # the one that had counted before
    assert "Ann Ames" not in waiting[f"pair/{PAIR}.html"]
    assert "Required here as well: reply." in waiting["method.html"]
    assert "Ann Ames" in text(folder, f"pair/{PAIR}.html")


def test_what_waits_because_a_proposition_was_mended_is_told_to_be_there(store: ff.Store, folder: Path) -> None:
    mended = {"proposition": "There must be a unit."}
    store.append(ff.Correction(store.get("unit", kind="topic").id, mended, "a word", "Ed"))
    publish(store, folder)

    topic, index = text(folder, at.topic_page("unit")), text(folder, "index.html")
    assert re.search(r"\d+ statements in this record are coded on this topic; none is shown until somebody has", topic)
    assert "No statement in this record." not in topic
    assert re.search(r"\(\d statements waiting for another look\)", index)
    assert "Nobody has ruled on a pair" not in index
    assert "1 ruling waits for another look." in index
    statement = text(folder, at.statement_page(case.THEN.hash))
    assert "Nobody has coded it" not in statement
    assert re.search(r"Coded on <a [^>]*>The unit</a>; waits for another look, because the proposition was", statement)
    assert "on no topic yet" not in text(folder, at.speaker_page("ann-ames"))
    pair = text(folder, at.pair_page(pair_id(case.THEN.hash, case.NOW.hash, "unit")))
    assert "<strong>In this record:</strong> a ruling that waits for another look." in pair

    held = store.codings()
    store.append([confirmation(store.get(one), "Ed") for one in held[held["proposition_mended"]]["coding_id"][:1]])
    publish(store, folder)
    assert "more statements in this record are coded on this topic; not shown until" in text(
        folder, at.topic_page("unit")
    )


def test_two_spellings_of_one_name_are_one_person(store: ff.Store, folder: Path) -> None:
    store.append(case.ruling("ruling  editor"))

    publish(store, folder, approvals=2)

    assert f"pair/{PAIR}.html" not in pages(folder)


def test_a_ruling_of_a_model_calls_nothing_a_change(store: ff.Store, folder: Path) -> None:
    store.append(ff.Retraction(case.ruling().hash, "again", "Editor"))
    store.append(case.ruling("model:judge@1"))

    publish(store, folder)
    without = pages(folder)
    publish(store, folder, candidates=True)

    assert "Withdrawn: a ruling on two statements" in without[f"pair/{PAIR}.html"]
    assert "Ruled</dt><dd>by a program only" in text(folder, f"pair/{PAIR}.html")


def test_a_ruling_of_a_model_among_all_rulings_is_told_to_be_one(store: ff.Store, folder: Path) -> None:
    store.append([case.ruling("model:judge@1", "no_reversal"), case.ruling("Second Editor")])

    publish(store, folder)

    assert text(folder, f"pair/{PAIR}.html").count("by a program, which does not count") == 1


def test_a_ruled_pair_with_a_paraphrase_is_told_with_that_reason(store: ff.Store, folder: Path) -> None:
    store.append(ff.Correction(case.THEN.hash, {"form": "paraphrase"}, "It is ours.", "Editor"))
    ruled = ff.Ruling(case.THEN.hash, case.NOW.hash, "unit", ff.Outcome.REVERSAL, "Talk.", "Another Editor")
    store.append([case.coding(case.THEN, "support"), ruled])

    publish(store, folder, candidates=True)

    page = unescape(re.sub("<[^>]+>", "", text(folder, "topic/unit.html")))
    reason = "one is a paraphrase, and a change of position rests on the speaker's own words"
    assert f"two statements that differ; {reason}" in page
    assert "not judged as they read now" not in page


ON_RECORD = "On record when somebody else changed position"


def test_who_was_on_record_is_told_only_on_the_topic_on_which_the_change_was_ruled(
    store: ff.Store, folder: Path
) -> None:
    both = [case.coding(case.THEN, "support", "agreed"), case.coding(case.NOW, "oppose", "agreed")]
    store.append([*both, case.coding(case.CY_ONE, "support", "agreed"), case.SPOKEN_FOR])
    store.append([case.conflict(case.CY_TWO, case.NOW), case.conflict(case.CY_ONE, case.NOW, "agreed")])

    publish(store, folder)

    told = text(folder, "topic/unit.html")
    assert ON_RECORD in told
    assert "He may not have known." in told
    assert "is recorded as speaking for" in told
    assert "https://example.org/office" in told
    assert ON_RECORD not in text(folder, "topic/agreed.html")


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ({}, "Cy Orr is recorded as speaking for Ann Ames, without dates, on all topics. Source:"),
        (
            {"since": "before March 2013", "until": "2025"},
            "Cy Orr spoke for Ann Ames from not after 28 February 2013 to 2025, on all topics, as recorded. Source:",
        ),
        (
            {"since": "2013"},
            "Cy Orr spoke for Ann Ames from 2013, until when is not recorded, on all topics, as recorded. Source:",
        ),
        (
            {"until": "2025"},
            "Cy Orr spoke for Ann Ames until 2025, from when is not recorded, on all topics, as recorded. Source:",
        ),
    ],
    ids=["no dates", "both dates", "only the first", "only the last"],
)
def test_who_spoke_for_whom_is_told_with_its_dates_and_never_as_what_holds_today(
    dates: dict[str, str], told: str, store: ff.Store, folder: Path
) -> None:
    office = ff.Source(url="https://example.org/office")
    bounds = {name: ff.When.parse(words, tz="UTC") for name, words in dates.items()}
    store.append(ff.SpeaksFor("cy-orr", "ann-ames", bounds.get("since"), bounds.get("until"), source=office))

    publish(store, folder, candidates=True)

    page = re.sub("<[^>]+>", "", text(folder, "topic/unit.html"))
    assert told in page
    assert "speaks for" not in page


@pytest.mark.parametrize(
    ("relations", "candidates", "told"),
    [([], True, False), ([case.SPOKEN_FOR], False, False), ([case.SPOKEN_FOR], True, True)],
    ids=["a relation without a source", "nobody ruled", "nobody ruled, and candidates are asked for"],
)
def test_a_conflict_that_nobody_has_judged_is_shown_only_where_that_is_asked_for_and_as_two_statements(
    relations: list[ff.SpeaksFor], candidates: bool, told: bool, store: ff.Store, folder: Path
) -> None:
    store.append(relations)

    publish(store, folder, candidates=candidates)

    page = re.sub("<[^>]+>", "", text(folder, "topic/unit.html"))
    assert ("Cy Orr and Ann Ames: two statements that differ; nobody has judged them yet:" in page) is told
    assert ON_RECORD not in page


def test_a_pair_that_was_ruled_to_be_none_says_so_with_all_rulings(store: ff.Store, folder: Path) -> None:
    store.append(case.ruling(outcome="changed_circumstances", reading="A war began."))

    publish(store, folder)

    page = text(folder, f"pair/{PAIR}.html")
    assert "Changed circumstances, no change of position." in page
    assert "Talk is no promise." in page
    assert "A war began." in page
    assert "course excused" in text(folder, "speaker/ann-ames.html")
    assert "ruled not to be a change" in text(folder, "speaker/ann-ames.html")


def test_no_arrow_joins_the_dates_of_a_pair_whose_order_nobody_knows(store: ff.Store, folder: Path) -> None:
    day = ff.When.parse("2024-05-05", tz="UTC")
    two = [ff.Statement(case.CY.id, words, day, source=case.NOW.source) for words in ("Yes, a unit.", "No unit.")]
    codings = [case.coding(one, stance, "agreed") for one, stance in zip(two, ("support", "oppose"), strict=True)]
    store.append([*two, *codings])

    publish(store, folder, candidates=True)

    assert "5 May 2024 and 5 May 2024" in text(folder, "compared.html")
    assert "5 May 2024 → 5 May 2024" not in text(folder, "compared.html")


def test_the_later_statement_of_a_pair_is_not_called_now(store: ff.Store, folder: Path) -> None:
    publish(store, folder)

    page = text(folder, f"pair/{PAIR}.html")
    assert "Then: " in page
    assert "Later: " in page
    assert "Now: " not in page
    assert "Later, " in text(folder, "feed.xml")


def test_a_ruling_on_words_that_were_corrected_since_no_longer_counts(store: ff.Store, folder: Path) -> None:
    store.append(ff.Correction(case.NOW.hash, {"text": "There will be no such unit."}, "A word was missing.", "Editor"))

    publish(store, folder)

    page = text(folder, f"pair/{PAIR}.html")
    assert "Until somebody has looked at it again, it does not stand." in page
    assert "Ann Ames" not in page
    assert f"pair/{PAIR}.json" not in files(folder)


def test_corrections_are_told_and_of_what_is_gone_only_that_it_is(store: ff.Store, folder: Path) -> None:
    publish(store, folder)

    page = text(folder, "corrections.html")
    assert "Corrected: words." in page
    assert "We had misheard a word." in page
    assert "a record of the kind “statement” was withdrawn." in page
    assert "a record of the kind “statement” was removed." in page


def test_a_topic_says_what_it_is_part_of_and_what_is_within_it(store: ff.Store, folder: Path) -> None:
    store.append([
        ff.Topic("cyber", "Cyber <b>", "More should be done."),
        ff.Topic("unit", case.UNIT.title, case.UNIT.proposition, parent="cyber"),
    ])  # fmt: skip

    publish(store, folder)

    wider = 'Part of <a href="{}topic/cyber.html">Cyber &lt;b&gt;</a>'
    assert wider.format("../") in text(folder, "topic/unit.html")
    assert wider.format("") in text(folder, "index.html")
    within = text(folder, "topic/cyber.html").partition("<h2>Topics within this</h2>")[2]
    assert within.count('<a href="../topic/unit.html">') == 1
    assert "Part of" not in within
    assert "Topics within this" not in text(folder, "topic/unit.html")
    assert "unit,The unit,There should be a unit.,proposal,cyber,topic/unit.html" in text(folder, "data/topics.csv")


def test_a_mended_proposition_is_public_with_its_reason_and_holds_its_pairs_back(store: ff.Store, folder: Path) -> None:
    closed, why = {"proposition": "The unit should be closed."}, "It was the wrong way round."
    store.append(ff.Correction(case.UNIT.hash, closed, why, "Editor"))
    store.append(ff.Correction(case.PRIVATE.hash, {"proposition": "Another."}, "of a topic that is left out", "Editor"))
    store.append(ff.Correction(case.ANN.hash, {"name": "Ann Bell-Ames"}, "She married.", "Editor"))

    publish(store, folder)

    told = re.sub("<[^>]*>", "", text(folder, "corrections.html"))
    assert f"the topic The unit. Corrected: proposition.Why: {why}" in told
    assert "Ann Bell-Ames. Corrected: name.Why: She married." in told
    assert "The unit should be closed." in text(folder, "topic/unit.html")
    assert [path for path, page in pages(folder).items() if "bob-bell" in page or "left out" in path] == []
    assert "of a topic that is left out" not in told
    assert f"pair/{PAIR}.json" not in files(folder)


def test_a_wider_topic_that_is_left_out_is_not_named(store: ff.Store, folder: Path) -> None:
    store.append(ff.Topic("unit", case.UNIT.title, case.UNIT.proposition, parent=case.PRIVATE.id))

    publish(store, folder)

    assert "Part of" not in text(folder, "topic/unit.html")
    assert case.PRIVATE.id not in "".join(texts_of(folder).values())


def test_a_zone_is_shown_by_the_name_under_which_browsers_know_it(store: ff.Store, folder: Path) -> None:
    publish(store, folder, tz="ET")

    assert "All times in America/New_York." in text(folder, "index.html")


def texts_of(folder: Path) -> dict[str, str]:
    """Every file as text: those that are packed, unpacked."""
    import pyarrow.parquet as pq

    found = {}
    for path, content in files(folder).items():
        found[path] = content.decode("utf-8", "replace")
        if path.endswith(".parquet"):
            found[path] += str(pq.read_table(folder / path).to_pydict())
        if path.endswith(".db"):
            with closing(sqlite3.connect(folder / path)) as connection:
                found[path] += "\n".join(connection.iterdump())
    return found


@pytest.mark.parametrize("secret", case.SECRETS)
def test_what_a_site_may_not_show_is_in_no_byte_of_it(secret: str, published: dict[str, str]) -> None:
    assert [path for path, content in published.items() if secret.casefold() in content.casefold()] == []


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A site with all that can be asked for but the log, read again as text."""
    place = tmp_path_factory.mktemp("published")
    with case.store(place / "s.db") as store:
        publish(store, place / "site", candidates=True, base_url="https://example.org/record")
    return texts_of(place / "site")


def test_whose_declaration_was_removed_is_left_out(store: ff.Store, folder: Path) -> None:
    store.append(ff.Redaction(case.CY.hash, "by order", "Court"))

    publish(store, folder, candidates=True)

    assert [path for path, content in texts_of(folder).items() if "cy-orr" in content or "Cy Orr" in content] == []
    assert "2 persons without a public role are left out" in text(folder, "index.html")


def test_the_number_of_those_left_out_is_told(store: ff.Store, folder: Path) -> None:
    done = publish(store, folder)

    assert any("1 person without a public role is left out" in warning for warning in done.warnings)
    assert "1 person without a public role is left out" in text(folder, "index.html")
    assert "1 person without a public role is left out" in text(folder, "method.html")


@pytest.mark.parametrize(
    "words",
    [
        case.statement(case.CY, "Bob Bell told me.", 80),
        case.statement(case.CY, "So I heard.", 80, source=ff.Source(url="https://example.org/posts/bob-bell.html")),
        ff.Speaker("bureau", "The Bob Bell Bureau", kind=SpeakerKind.ORGANISATION),
        ff.Speaker("cy-orr", "Cy Orr", public_role="Mayor, cousin of Bob Bell"),
    ],
)
def test_words_of_others_that_name_somebody_left_out_are_warned_of(words: Event, store: ff.Store, folder: Path) -> None:
    store.append(words)

    done = publish(store, folder)

    (told,) = [warning for warning in done.warnings if "words that are shown name Bob Bell, who is left out" in warning]
    assert ": read again s" in told


def test_a_long_quotation_and_a_missing_scope_are_warned_of(store: ff.Store, folder: Path) -> None:
    long = case.statement(case.CY, "word " * 101, 90)
    store.append(long)

    done = publish(store, folder)

    assert (
        f"statement {long.hash[:8]} quotes 101 words; more than 100 may be more than a short citation" in done.warnings
    )
    assert any("no scope is given" in warning for warning in done.warnings)


def test_bylines_name_who_ruled(store: ff.Store, folder: Path) -> None:
    publish(store, folder, bylines=True)

    assert "Ruled by Ruling Editor" in text(folder, f"pair/{PAIR}.html")


def test_the_log_is_refused_while_somebody_is_left_out_and_the_site_stays(store: ff.Store, folder: Path) -> None:
    publish(store, folder)
    before = files(folder)

    with pytest.raises(ff.DataError, match="the log cannot be published"):
        publish(store, folder, with_log=True)

    assert files(folder) == before


def test_the_log_is_there_where_it_is_asked_for_and_replays(tmp_path: Path, folder: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([case.ANN, case.UNIT, case.BUREAU, case.THEN, case.coding(case.THEN, "support")])
        publish(store, folder, with_log=True)
        head = store.head()
    assert "They stand in the log alone" in text(folder, "method.html")

    with ff.Store(tmp_path / "again.db") as again:
        ff.import_events(again, folder / "data" / "log.jsonl")
        assert again.head() == head


def stamps(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path: (content, (folder / path).stat().st_mtime_ns) for path, content in files(folder).items()}


def test_a_log_holds_nothing_that_was_recorded_while_the_site_was_made(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([case.ANN, case.UNIT])
        record = gather(store, Options(with_log=True, pictures=False))
        store.append(case.BOB)

        made = dict(site_files(store, record, Making(lambda path, shows: None)))

    assert b"Ann Ames" in made["data/log.jsonl"]
    assert b"Bob Bell" not in made["data/log.jsonl"]


def test_a_second_run_touches_no_file(store: ff.Store, folder: Path) -> None:
    publish(store, folder)
    before = stamps(folder)

    done = publish(store, folder)

    assert (done.written, done.removed) == ((), ())
    assert stamps(folder) == before


def test_the_same_record_gives_the_same_bytes_in_another_folder(store: ff.Store, folder: Path, tmp_path: Path) -> None:
    publish(store, folder, candidates=True)
    publish(store, tmp_path / "other", candidates=True)

    assert files(folder) == files(tmp_path / "other")


def test_a_new_statement_leaves_the_pages_of_others_untouched(store: ff.Store, folder: Path) -> None:
    publish(store, folder)
    before = stamps(folder)
    store.append(case.statement(case.CY, "One more word.", 95))

    done = publish(store, folder)

    others = {f"pair/{PAIR}.html", "speaker/ann-ames.html", f"statement/{case.NOW.hash}.html", "topic/unit.html"}
    assert others & set(done.written) == set()
    assert {path: stamps(folder)[path] for path in others} == {path: before[path] for path in others}


def test_a_page_that_is_gone_is_written_again(store: ff.Store, folder: Path) -> None:
    publish(store, folder)
    before = files(folder)
    (folder / "method.html").unlink()

    done = publish(store, folder)

    assert done.written == ("method.html",)
    assert files(folder) == before


def test_a_page_changed_by_hand_is_told_and_left_until_it_is_to_be_overwritten(store: ff.Store, folder: Path) -> None:
    publish(store, folder)
    before = files(folder)
    (folder / "method.html").write_text("mine")

    for _ in range(2):
        done = publish(store, folder)

        assert (done.written, text(folder, "method.html")) == ((), "mine")
        assert done.warnings[0].startswith("changed by hand since it was published, and left as it is: method.html;")

    assert publish(store, folder, overwrite=True).written == ("method.html",)
    assert files(folder) == before


def test_a_page_changed_by_hand_whose_statement_is_gone_is_told_and_left(store: ff.Store, folder: Path) -> None:
    publish(store, folder)
    page = f"statement/{case.NOW.hash}.html"
    (folder / page).write_text("mine")
    store.append(ff.Retraction(case.NOW.hash, "recorded twice", "Ann"))

    done = publish(store, folder)

    assert page not in done.removed
    assert (text(folder, page), page in done.warnings[0]) == ("mine", True)


def test_pages_of_what_was_withdrawn_go_and_files_of_others_stay(store: ff.Store, folder: Path) -> None:
    publish(store, folder)
    (folder / "CNAME").write_text("record.example.org")
    (folder / "pair" / "mine.txt").write_text("mine")
    store.append(ff.Redaction(case.NOW.hash, "by order", "Court"))

    done = publish(store, folder)

    gone = {f"pair/{PAIR}.json", f"statement/{case.NOW.hash}.html"}
    assert gone <= set(done.removed)
    assert gone & set(files(folder)) == set()
    assert "Withdrawn: a ruling on two statements" in text(folder, f"pair/{PAIR}.html")
    assert (folder / "CNAME").read_text() == "record.example.org"
    assert (folder / "pair" / "mine.txt").read_text() == "mine"
    assert not any("There will be no unit." in content for content in texts_of(folder).values())


def test_a_folder_in_the_way_of_a_page_is_refused(store: ff.Store, folder: Path) -> None:
    publish(store, folder)
    (folder / "index.html").unlink()
    (folder / "index.html").mkdir()

    with pytest.raises(ff.StoreError, match=r"index.html is not of this site's making and in its way: move it"):
        publish(store, folder)


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(store: ff.Store, folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")

    with pytest.raises(ff.StoreError, match=r"holds 'thesis.txt' and is no site .* publish to a new or empty folder"):
        publish(store, folder)

    assert files(folder) == {"thesis.txt": b"mine"}


def test_a_file_of_somebody_elses_in_the_way_is_refused_and_the_site_stays(store: ff.Store, folder: Path) -> None:
    publish(store, folder)
    added = case.statement(case.CY, "One more word.", 95)
    (folder / "statement" / f"{added.hash}.html").write_text("mine")
    before = files(folder)
    store.append(added)

    with pytest.raises(ff.StoreError, match="not of this site's making and in its way"):
        publish(store, folder)

    assert files(folder) == before


def test_an_error_on_the_way_leaves_the_site_as_it_was(
    store: ff.Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, folder)
    before = files(folder)
    store.append(case.statement(case.CY, "One more word.", 95))
    monkeypatch.setattr("flipflop.publish.site.files.timeline_csv", lambda record: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        publish(store, folder)

    assert files(folder) == before


def test_a_run_that_was_stopped_while_files_were_put_into_place_is_taken_up_by_the_next(
    store: ff.Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(folder: Path, beside: Path, changed: list[str]) -> None:
        place(folder, beside, changed[:10])
        raise KeyboardInterrupt

    place = writing._place
    monkeypatch.setattr(writing, "_place", half)
    with pytest.raises(KeyboardInterrupt):
        publish(store, folder)
    monkeypatch.undo()

    done = publish(store, folder)

    assert len(done.unchanged) == 10
    assert publish(store, folder).written == ()


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/outside", "a/../b", "a//b", "a/b/c", "", "."])
def test_a_list_of_files_that_leads_out_of_the_folder_is_refused(store: ff.Store, folder: Path, path: str) -> None:
    folder.mkdir()
    (folder / MANIFEST).write_text(f'{{"format": 1, "key": "", "files": {{"{path}": "{"0" * 64}"}}}}')

    with pytest.raises(ff.StoreError, match="not readable as the list of a site's files"):
        publish(store, folder)


def test_an_empty_store_gives_a_site(tmp_path: Path, folder: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        publish(store, folder)

    assert "no statement" in text(folder, "index.html")


def test_long_tables_are_cut_into_parts_that_a_later_statement_leaves_alone(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flipflop.publish.site.table_pages.ROWS", 3)
    with ff.Store(tmp_path / "s.db") as store:
        store.append([case.CY, *(ff.Statement("cy-orr", f"Word {number}.", said(number)) for number in range(7))])
        publish(store, folder)
        before = text(folder, "speaker/cy-orr.html").partition("<main")[2].partition("<footer>")[0]
        store.append(ff.Statement("cy-orr", "The last word.", said(2000)))
        publish(store, folder)

    assert "Word 5." in text(folder, "speaker/cy-orr.2.html")
    assert "The last word." in text(folder, "speaker/cy-orr.3.html")
    assert text(folder, "speaker/cy-orr.html").partition("<main")[2].partition("<footer>")[0] == before


def test_a_timeline_of_more_statements_than_can_be_drawn_has_a_page_of_its_own(
    store: ff.Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flipflop.figures.many.MOST_MARKS", 4)

    publish(store, folder, scope=SCOPE)

    assert 'href="../topic/unit.timeline.html"' in text(folder, "topic/unit.html")
    assert SCOPE in text(folder, "topic/unit.timeline.html")
    assert "secret" not in text(folder, "topic/unit.timeline.html").casefold()
    assert 'class="drawing wide"' in text(folder, "speaker/ann-ames.html")


@pytest.mark.parametrize("slug", ["jose", "путин", "o-neill"])
def test_a_page_has_the_name_of_its_id(slug: str) -> None:
    assert at.speaker_page(slug) == f"speaker/{slug}.html"


@pytest.mark.parametrize("slug", ["con", "lpt1", "語" * 100])
def test_a_name_that_a_disk_may_not_take_gets_a_hash(slug: str) -> None:
    name = Path(at.speaker_page(slug)).name

    assert name.startswith(slug[:40] + "-")
    assert len(name.encode()) < 255


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"approvals": 0}, "approvals must be 1 or more"),
        ({"require": ["replies"]}, r"require 'replies' is not one of address, .*, reply"),
        ({"base_url": "javascript:x"}, "is no http"),
        ({"base_url": "https://example.org/?q"}, "is no http"),
        ({"tz": "Mars/Base"}, "tz 'Mars/Base' is not known"),
    ],
)
def test_an_option_that_does_not_fit_is_an_error_before_anything_is_written(
    store: ff.Store, folder: Path, options: dict[str, object], told: str
) -> None:
    with pytest.raises(ff.DataError, match=told):
        publish(store, folder, **options)  # type: ignore[arg-type]  # wrong on purpose

    assert not folder.exists()


def test_each_ruled_pair_has_a_picture_for_links_that_is_drawn_once(
    store: ff.Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ff.publish_site(store, folder, scope=SCOPE, base_url="https://example.org/record")
    picture, before = (folder / "card" / f"{PAIR}.png").read_bytes(), stamps(folder)
    store.append(case.statement(case.CY, "One more word.", 95))
    monkeypatch.setenv("BROWSER_PATH", __file__)  # no browser: to draw with it would fail
    second = ff.publish_site(store, folder, scope=SCOPE, base_url="https://example.org/record")

    assert not any("pictures" in warning for warning in first.warnings + second.warnings)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert stamps(folder)[f"card/{PAIR}.png"] == before[f"card/{PAIR}.png"]
    address = f'<meta property="og:image" content="https://example.org/record/card/{PAIR}.png">'
    assert address in text(folder, f"pair/{PAIR}.html")


def test_without_the_extra_pictures_are_left_out_in_one_line(
    store: ff.Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flipflop.publish.site.cards.find_spec", lambda name: None)

    done = ff.publish_site(store, folder, scope=SCOPE)

    assert done.warnings[-1] == f"pictures of pairs were left out: {install_command('images')}"
    assert "og:image" not in text(folder, f"pair/{PAIR}.html")


def test_a_store_on_a_server_gives_the_same_site_as_a_file(
    store: ff.Store, folder: Path, tmp_path: Path, databases: Databases
) -> None:
    with databases.lent() as fresh, ff.Store(fresh()) as server:
        server.replay(record.to_json() for record in store.log())
        publish(server, folder)
    publish(store, tmp_path / "other")

    assert files(folder) == files(tmp_path / "other")
