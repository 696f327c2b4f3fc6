"""A card: two statements of one speaker side by side, as data, as a figure, as a page, and as what a blog keeps."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import flipflop as ff
from flipflop.errors import DataError
from flipflop.figures.build import figure_data
from flipflop.figures.card_data import card_data
from flipflop.figures.marks import headings
from flipflop.figures.measure import fitted
from flipflop.figures.text import wrapped
from flipflop.publish import write_card, write_card_fragment, write_timeline_fragment
from flipflop.publish.card import card_alt, card_html
from flipflop.publish.fragment import Picture, as_pasted, card_fragment, image, timeline_fragment
from tests import figures_case as case
from tests.cli_running import flipflop
from tests.hostile import PAYLOADS, attacked
from tests.wordpress import ALONE, SHORTCODE, kept

DATASET = Path(__file__).parents[1] / "datasets" / "cyber-unit-2017" / "events.jsonl"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The founding case."""
    place = tmp_path_factory.mktemp("card") / "cyber.db"
    with ff.Store(place) as made:
        made.append(ff.read_events(DATASET))
    return str(place)


def ruling(**more: object) -> pd.DataFrame:
    pair = {"earlier": "p1", "later": "p4", "topic": "unit", "outcome": "no_reversal", "seq": 1}
    return pd.DataFrame([pair | {"innocent_reading": "He meant the report.", "reply_text": None} | more])


def two_topics() -> pd.DataFrame:
    return pd.concat([case.positions(), case.positions().assign(topic="talks")])


def test_the_card_of_the_founding_case_as_data(store: str) -> None:
    with ff.Store(store) as opened:
        positions, rulings = ff.positions(opened), opened.rulings()
    pair = ff.find_reversals(positions).iloc[0]

    told = card_data(positions, pair.earlier_id, pair.later_id, rulings=rulings, tz="America/New_York").to_json()

    assert isinstance(told, dict)
    then, later = told.pop("then"), told.pop("later")
    assert isinstance(then, dict)
    assert isinstance(later, dict)
    assert told == {
        "speaker": "donald-trump",
        "name": "Donald Trump",
        "topic": "joint-cyber-unit",
        "proposition": "The US and Russia should form a joint cyber security unit.",
        "kind": "reversal",
        "gap": "12 h 55 min",
        "sentence": "Donald Trump changed position within 12 h 55 min",
        "label": "ruled: change of position",
        "ruling": "reversal",
        "notes": [
            "Innocent reading: Discussing is not endorsing: the first tweet only reports that a unit was discussed, "
            "and the second says just that."
        ],
        "coverage": "In this record: 9 July 2017, 2 statements",
        "zone": "America/New_York",
    }
    assert (then["word"], then["when"]) == ("supports", "9 July 2017, 07:50:24 EDT")
    assert (later["word"], later["when"]) == ("opposes", "9 July 2017, 20:45:13 EDT")
    assert str(then["source_url"]).startswith("https://twitter.com/")


def test_a_pair_on_which_nobody_has_ruled_is_two_statements_that_differ() -> None:
    data = card_data(case.positions(), "p1", "p4")

    told = "Ann Lee made, 12 h 55 min apart, two statements that differ; nobody has judged them yet"
    assert (data.sentence, data.label) == (told, "")
    assert data.notes[0].startswith("Whether somebody changed their mind, was misunderstood or met new facts,")


def test_a_ruling_that_waits_for_another_look_is_not_told() -> None:
    data = card_data(case.positions(), "p1", "p4", rulings=ruling(outcome="reversal").assign(needs_review=True))

    assert data.sentence.endswith("two statements that differ; what was ruled on them waits for another look")
    assert not any("He meant the report" in note for note in data.notes)


def test_a_ruling_brings_its_outcome_the_innocent_reading_and_the_reply() -> None:
    data = card_data(case.positions(), "p1", "p4", rulings=ruling(reply_text="I never said so."))

    assert data.label == "ruled: no change of position"
    assert data.notes == ("Innocent reading: He meant the report.", "Reply: I never said so.")


def test_what_was_ruled_to_be_no_change_is_not_called_one() -> None:
    data = card_data(case.positions(), "p1", "p4", rulings=ruling(outcome="changed_circumstances"))

    assert data.sentence == "Ann Lee made two statements, 12 h 55 min apart"
    assert data.label == "ruled: changed circumstances, no change of position"


def test_a_card_does_not_say_which_of_two_statements_came_first_where_nobody_knows() -> None:
    frame = case.positions()
    frame["said_from"] = frame["said_from"].min()
    frame["said_until"] = frame["said_until"].max()
    data = card_data(frame, "p1", "p4")

    assert headings(data.then, data.later) == ("One statement", "Another")
    assert ">Then<" not in card_html(data)
    assert "Then" not in card_alt(data)


def test_a_name_from_right_to_left_does_not_turn_the_sentence_that_it_begins() -> None:
    data = card_data(case.positions().assign(speaker_name="שרה לב"), "p1", "p4")

    assert data.sentence.startswith("\u200eשרה לב made, 12 h 55 min apart, two statements")
    assert f'<bdi dir="auto">{data.sentence}</bdi>' in card_html(data)


def test_a_later_line_of_a_quotation_from_right_to_left_keeps_its_direction() -> None:
    assert fitted("שלום לכל העולם עולה 5,000,000$", 90, 12)[-1] == "\u200f5,000,000$"
    assert wrapped("He met שרה", 8) == ["He met", "\u200eשרה"]


def test_a_statement_names_those_on_whose_behalf_it_was_made() -> None:
    data = card_data(case.positions().assign(on_behalf_of="bo-ek"), "p1", "p4")

    assert data.then.on_behalf_of == "Bo Ek"
    assert "for Bo Ek" in card_html(data)


def test_two_statements_to_one_side_are_shown_as_plainly() -> None:
    again = case.positions().assign(stance="support")

    data = card_data(again, "p1", "p4")

    assert (data.kind, data.label) == ("reaffirmation", "")
    assert data.sentence == (
        "Ann Lee made, 12 h 55 min apart, two statements on the same side; nobody has judged them yet"
    )
    assert data.notes == ()


def test_statements_that_detection_makes_nothing_of_are_just_some_time_apart() -> None:
    unclear = case.positions().assign(stance="unclear")

    assert card_data(unclear, "p1", "p4").sentence == "Ann Lee: two statements, 12 h 55 min apart"


def test_moments_that_overlap_have_no_arrow_between_them() -> None:
    frame = case.positions()
    frame["said_until"] = frame["said_from"].max() + pd.Timedelta(days=1)

    figure = ff.card(frame, "p1", "p4")

    assert "in an order that the dates leave open" in card_data(frame, "p1", "p4").sentence
    assert [trace for trace in figure.data if trace.marker.symbol == "arrow"] == []


def test_the_start_of_an_id_is_enough() -> None:
    frame = case.positions().replace({"p1": "0abc", "p4": "0d"})

    assert card_data(frame, "0a", "0d").then.statement_id == "0abc"


@pytest.mark.parametrize(
    ("pair", "topic", "told"),
    [
        (("p1", "p9"), None, "later 'p9' is no statement with a position in this record"),
        (("p", "p4"), None, "earlier 'p' begins 5 statements: p1, p2, p3, p4, p5"),
        (("", "p4"), None, "earlier '' is no statement"),
        (("p1", "p2"), None, "later is of 'bo-ek', the earlier one of 'ann-lee'"),
        (("p1", "p1"), None, "later a card is about two statements, not twice p1"),
        (("p4", "p1"), None, "later p1 was said before p4: name them the other way round"),
        (("p1", "p4"), "tax", "topic 'tax' is not one that both statements are on; both are on: unit"),
    ],
)
def test_a_pair_that_is_none_is_refused(pair: tuple[str, str], topic: str | None, told: str) -> None:
    with pytest.raises(DataError, match=told):
        card_data(case.positions(), *pair, topic=topic)


def test_where_both_are_on_several_topics_one_must_be_named() -> None:
    with pytest.raises(DataError, match="topic must be named: both statements are on talks, unit"):
        card_data(two_topics(), "p1", "p4")

    assert card_data(two_topics(), "p1", "p4", topic="talks").topic == "talks"


def test_the_figure_gives_both_quotations_in_full_and_carries_its_data() -> None:
    figure = ff.card(case.positions(), "p1", "p4", theme="dark")

    words = [note.text for note in figure.layout.annotations]
    assert {"“We will form a unit.”", "“It can't happen.”"} <= set(words)
    assert figure.layout.meta["gap"] == "12 h 55 min"


def test_a_very_long_quotation_is_cut_with_a_sign() -> None:
    figure = ff.card(case.positions().assign(text="word " * 900), "p1", "p4")

    quotes = [note.text for note in figure.layout.annotations if note.text.startswith("“word")]
    assert [(len(quote.split("<br>")), quote[-2:]) for quote in quotes] == [(24, " …")] * 2


def test_the_alt_text_says_what_happened() -> None:
    assert card_alt(card_data(case.positions(), "p1", "p4")) == (
        "There should be a joint unit. Ann Lee made, 12 h 55 min apart, two statements that differ; nobody has judged "
        "them yet. "
        "Then: supports, 9 July 2017, 11:50:24 UTC: “We will form a unit.” "
        "Later: opposes, 10 July 2017, 00:45:13 UTC: “It can't happen.”"
    )


@pytest.mark.parametrize("ending", ["pdf", "json", "html"])
def test_a_card_is_written_by_the_end_of_its_name(tmp_path: Path, ending: str) -> None:
    written = write_card(tmp_path / f"card.{ending}", case.positions(), "p1", "p4").read_bytes()

    starts = {"pdf": b"%PDF", "json": b"{", "html": b"<!doctype html>"}
    assert written.startswith(starts[ending])


def test_a_page_asks_for_nothing_and_runs_nothing() -> None:
    page = card_html(card_data(case.positions(), "p1", "p4"))

    assert "default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;" in page
    assert "<script" not in page
    assert len(page) < 12_000


def test_wordpress_keeps_the_fragment_as_it_is(tmp_path: Path) -> None:
    written = write_card_fragment(tmp_path, case.positions(), "p1", "p4", rulings=ruling())

    fragment = written.read_text("utf-8")
    assert written.name == "card-p1-p4.html"
    assert (tmp_path / "card-p1-p4.png").read_bytes().startswith(b"\x89PNG")
    assert kept(fragment) == fragment
    assert '<img src="card-p1-p4.png" alt="There should be a joint unit. Ann Lee made' in fragment
    assert 'cite="https://example.org/status/1"' in fragment


def test_the_name_of_a_picture_is_an_address_and_nothing_else() -> None:
    shown = as_pasted(image(Picture('a: "post" [1].png', 10, 20, 'say "[x]"')))

    assert shown == (
        '<figure class="wp-block-image"><img src="a%3A%20%22post%22%20%5B1%5D.png" alt="say &quot;&#091;x&#093;&quot;" '
        'width="10" height="20"></figure>\n'
    )
    assert kept(shown) == shown


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_whatever_was_said_wordpress_keeps_the_fragment_and_runs_none_of_it(number: int) -> None:
    frame = attacked(PAYLOADS[number], number)
    data = card_data(frame, *frame["statement_id"])

    fragment = as_pasted(card_fragment(data))

    assert kept(fragment) == fragment
    assert SHORTCODE.search(fragment) is None
    assert ALONE.search(fragment) is None


def test_whatever_was_said_wordpress_keeps_the_table_of_a_timeline() -> None:
    frame = pd.concat([attacked(payload, number) for number, payload in enumerate(PAYLOADS)])

    fragment = as_pasted(timeline_fragment(figure_data(frame, ff.find_reversals(frame))))

    assert kept(fragment) == fragment
    assert fragment.count("<tr>") == 3 * len(PAYLOADS)
    assert (SHORTCODE.search(fragment), ALONE.search(fragment)) == (None, None)


def test_more_statements_than_anybody_would_paste_are_refused(tmp_path: Path) -> None:
    many = pd.concat([case.positions()] * 401)

    with pytest.raises(DataError, match=r"2,005 positions .* are too many for a post; choose a topic or a speaker"):
        write_timeline_fragment(tmp_path, many)


@pytest.mark.parametrize("said", ["[gallery ids=1]", "[embed]https://evil.example/[/embed]", "https://evil.example/x"])
def test_what_a_blog_would_run_is_only_text(said: str) -> None:
    data = card_data(case.positions().assign(text=said), "p1", "p4")

    fragment = as_pasted(card_fragment(data))

    assert kept(fragment) == fragment
    assert (SHORTCODE.search(fragment), ALONE.search(fragment)) == (None, None)


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ("<p>a <bdi>b</bdi></p>", "<p>a b</p>"),
        ('<p onclick="x" class="y">&#91;</p>', '<p class="y">&#091;</p>'),
        ('<a href="javascript:x">y</a><script>z</script>', '<a href="x">y</a>z'),
        ("<time>1</time> 2 > 1 & 0", "1 2 &gt; 1 &amp; 0"),
    ],
)
def test_the_filter_takes_away_what_wordpress_takes_away(markup: str, left: str) -> None:
    assert kept(markup) == left


def test_the_verb_writes_a_page_and_a_fragment(store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with ff.Store(store) as opened:
        pair = ff.find_reversals(ff.positions(opened)).iloc[0]

    page = flipflop("card", pair.earlier_id[:8], pair.later_id, "-s", store, "--tz", "America/New_York")
    post = flipflop("card", pair.earlier_id, pair.later_id, "-s", store, "--as", "wordpress", "-o", "post")

    assert (page.code, page.out, post.code, post.out) == (0, "card.html\n", 0, "post.html\n")
    assert "07:50:24 EDT" in Path("card.html").read_text("utf-8")
    assert Path("post.png").exists()


def test_the_timeline_is_a_picture_and_a_table_for_a_post_too(store: str, tmp_path: Path) -> None:
    words = ("--topic", "joint-cyber-unit", "--tz", "America/New_York", "--as", "wordpress", "-o", str(tmp_path))

    done = flipflop("timeline", "-s", store, *words)

    fragment = (tmp_path / "timeline.html").read_text("utf-8")
    assert (done.code, done.out) == (0, f"{tmp_path / 'timeline.html'}\n")
    assert kept(fragment) == fragment
    assert "Donald Trump changed position within 12 h 55 min" in fragment
    assert (tmp_path / "timeline.png").exists()


def test_the_verb_refuses_another_ending_and_a_pair_that_is_none(store: str) -> None:
    ending = flipflop("card", "a", "b", "-s", store, "-o", "card.gif")
    unknown = flipflop("card", "zz", "zz", "-s", store)

    assert (ending.code, unknown.code) == (1, 1)
    assert "card.gif: a card is written as .png, .svg, .pdf, .json or .html" in ending.err
    assert "'zz' is no statement with a position in this record" in unknown.err
