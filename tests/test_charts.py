"""What the charts say, as data: the last positions, statements a month, how long positions lasted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, strategies as st

import flipflop as ff
from flipflop.errors import DataError
from flipflop.figures import latency_data, matrix_data, switches_data
from flipflop.figures.latency_data import kaplan_meier
from flipflop.figures.latency_drawing import thinned
from flipflop.figures.plot import round_ticks
from flipflop.figures.switches_data import Month
from flipflop.publish import write_chart
from flipflop.publish.charts import chart_alt, chart_html
from tests import figures_case as case
from tests.cli_running import flipflop

DATASET = Path(__file__).parents[1] / "datasets" / "cyber-unit-2017" / "events.jsonl"
DAY = 86_400.0
FREIREICH = [(6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1), (17, 0),
             (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0)]  # fmt: skip
"""Weeks in remission under 6-mercaptopurine, Freireich et al. 1963; 1: ended, 0: censored."""


def said(*rows: tuple[str, str, str, str], width: timedelta = timedelta(seconds=1)) -> pd.DataFrame:
    """Positions from (id, speaker, stance, start)."""
    frame = pd.DataFrame(rows, columns=["statement_id", "speaker", "stance", "said_from"])
    frame["said_from"] = pd.to_datetime(frame["said_from"], utc=True, format="ISO8601")
    return frame.assign(topic="tax", said_until=frame["said_from"] + width)


def ruled(positions: pd.DataFrame) -> pd.DataFrame:
    """What is found in positions, all of it ruled to be a change."""
    return ff.find_reversals(positions).assign(ruling="reversal")


TURNS = (
    ("a", "ann", "support", "2024-01-10T00:00Z"),
    ("b", "ann", "oppose", "2024-01-30T00:00Z"),
    ("c", "ann", "support", "2024-03-10T00:00Z"),
    ("d", "bo", "oppose", "2024-03-20T00:00Z"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The founding case."""
    place = tmp_path_factory.mktemp("charts") / "cyber.db"
    with ff.Store(place) as made:
        made.append(ff.read_events(DATASET))
    return str(place)


@pytest.fixture(scope="module")
def founding(store: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Its positions and reversals."""
    with ff.Store(store) as opened:
        positions = ff.positions(opened)
        return positions, ff.find_reversals(positions, rulings=opened.rulings())


def test_the_matrix_of_the_founding_case(founding: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    data = matrix_data(*founding, tz="America/New_York")

    told = {(cell.speaker, cell.topic): (cell.words, cell.counts) for cell in data.cells}
    assert [name for _, name in data.speakers][:3] == ["Adam Schiff", "Andrey Krutskikh", "Ash Carter"]
    assert told["donald-trump", "joint-cyber-unit"] == ("opposes", "1 change, 2 statements")
    assert told["sergey-lavrov", "unit-was-agreed"] == ("mixed", "1 change, 3 statements")
    assert ("adam-schiff", "unit-was-agreed") not in told
    assert data.coverage == "In this record: 6 July 2017 to 24 July 2017, 20 statements"


def test_a_matrix_as_json() -> None:
    told = matrix_data(said(*TURNS[:2])).to_json()

    assert isinstance(told, dict)
    cells = told["cells"]
    assert isinstance(cells, list)
    cell = cells[0]
    assert isinstance(cell, dict)
    last = cell.pop("last")
    assert isinstance(last, dict)
    assert (told["speakers"], told["topics"], last["statement_id"]) == ([["ann", "ann"]], [["tax", "tax"]], "b")
    pairs = {"changed": 0, "excused": 0, "open": 1, "again": 0}
    assert cell == {"speaker": "ann", "topic": "tax", "sure": True, "statements": 2, "pairs": pairs}


def test_where_nobody_can_say_which_came_last_the_cell_says_so() -> None:
    frame = said(TURNS[0], ("b", "ann", "oppose", "2024-01-10T12:00Z"), width=timedelta(days=1))

    (cell,) = matrix_data(frame).cells

    assert (cell.words, cell.counts) == ("order unknown", "1 pair nobody has judged, 2 statements")


def test_the_last_position_is_the_last_in_time_whatever_the_order_of_rows() -> None:
    frame = said(*TURNS)

    assert matrix_data(frame[::-1]) == matrix_data(frame)
    assert [cell.last.statement_id for cell in matrix_data(frame).cells] == ["c", "d"]


@pytest.mark.parametrize(
    ("ruling", "again", "told"),
    [
        (None, False, "1 pair nobody has judged"),
        ("reversal", False, "1 changed position"),
        ("reversal", True, "1 pair whose ruling waits for another look"),
        ("no_reversal", False, "no change of position"),
        ("changed_circumstances", False, "1 after circumstances changed"),
    ],
)
def test_only_what_people_ruled_to_be_a_change_is_counted_as_one(ruling: str | None, again: bool, told: str) -> None:
    found = case.reversals().assign(ruling=ruling, needs_review=again)

    cell = next(cell for cell in matrix_data(case.positions(), found).cells if cell.speaker == "ann-lee")
    panel, lasted = switches_data(case.positions(), found).panels[0], latency_data(case.positions(), found)

    assert [pairs.words for pairs in (cell.pairs, panel.pairs, lasted.pairs)] == [told] * 3
    assert panel.changes == lasted.changed == cell.pairs.changed


def test_each_month_has_its_statements_and_its_changes_also_months_without() -> None:
    (panel,) = switches_data(said(*TURNS), ruled(said(*TURNS))).panels

    assert [(month.first.isoformat(), month.statements, month.changes) for month in panel.months] == [
        ("2024-01-01", 2, 1), ("2024-02-01", 0, 0), ("2024-03-01", 2, 1),
    ]  # fmt: skip
    assert panel.words == "2 of 4 statements changed a position"


def test_months_are_those_of_the_zone() -> None:
    frame = said(("a", "ann", "support", "2024-02-01T02:00Z"))

    assert switches_data(frame, tz="America/New_York").panels[0].months[0].first.month == 1


def test_a_statement_of_no_single_month_is_counted_and_drawn_nowhere() -> None:
    frame = pd.concat([said(*TURNS[:1]), said(TURNS[1], width=timedelta(days=30))])

    (panel,) = switches_data(frame, ruled(frame)).panels

    assert panel.months == (Month(datetime(2024, 1, 1, tzinfo=UTC).date(), 1, 0),)
    assert (panel.statements, panel.changes, panel.unplaced, panel.unplaced_changes) == (2, 1, 1, 1)


def test_people_stand_by_name_and_are_ranked_only_when_asked() -> None:
    frame = said(*TURNS, ("e", "cy", "support", "2024-01-01T00:00Z"), ("f", "cy", "oppose", "2024-01-02T00:00Z"))
    frame["speaker"] = frame["speaker"].replace({"ann": "zoe"})

    by_name, ranked = (
        switches_data(frame, ruled(frame), by="speaker", order=order).panels for order in ("name", "changes")
    )

    assert [(panel.name, panel.changes, panel.statements) for panel in by_name] == [
        ("bo", 0, 1),
        ("cy", 1, 2),
        ("zoe", 2, 3),
    ]
    assert [panel.name for panel in ranked] == ["zoe", "cy", "bo"]
    assert "this ranks the record, not the people" in words(ff.switches(frame, by="speaker", order="changes"))
    assert "this ranks" not in words(ff.switches(frame, by="speaker"))


def words(figure: object) -> str:
    """All words on a figure."""
    notes = figure.layout.annotations  # type: ignore[attr-defined] # plotly is untyped
    return " ".join(note.text.replace("<br>", " ") for note in notes)


def test_a_position_lasts_from_its_first_statement_to_the_first_to_the_other_side_or_to_the_end_of_the_record() -> None:
    data = latency_data(said(*TURNS), ruled(said(*TURNS)), as_of=datetime(2024, 4, 1, tzinfo=UTC))

    stays = [(stay.speaker, stay.since_id, stay.until_id, round(stay.longest / DAY)) for stay in data.stays]
    assert stays == [("ann", "a", "b", 20), ("ann", "b", "c", 40), ("ann", "c", "", 22), ("bo", "d", "", 12)]
    assert (data.changed, data.until) == (2, "1 April 2024")


def test_a_position_that_is_said_again_is_the_same_position() -> None:
    again = ("x", "ann", "strongly_support", "2024-01-20T00:00Z")

    assert latency_data(said(*TURNS[:2], again)).stays[0].since_id == "a"


def test_dates_known_to_the_day_give_a_shortest_and_a_longest_time() -> None:
    (stay, _) = latency_data(said(*TURNS[:2], width=timedelta(days=1))).stays

    assert (stay.shortest, stay.longest) == (19 * DAY, 21 * DAY)


def test_the_curves_of_a_case_done_by_hand() -> None:
    data = latency_data(said(*TURNS), ruled(said(*TURNS)), as_of=datetime(2024, 4, 1, tzinfo=UTC))

    # 12 (censored), 20, 22 (censored), 40 days: 1 of 3 at risk changes, then 1 of 1
    assert [(point.at_risk, point.changed, round(point.share, 6)) for point in data.longest] == [
        (3, 1, 0.666667), (1, 1, 0.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ruling", "expected"),
    [
        ("not_comparable", [("a", "", 20), ("b", "c", 40), ("c", "", 22)]),
        ("changed_circumstances", [("a", "", 20), ("b", "c", 40), ("c", "", 22)]),
        (None, [("a", "", 20), ("b", "c", 40), ("c", "", 22)]),
    ],
)
def test_what_nobody_ruled_to_be_a_change_ends_no_position(
    ruling: str | None, expected: list[tuple[str, str, int]]
) -> None:
    frame = said(*TURNS[:3])
    found = ruled(frame)
    found["ruling"] = found["ruling"].mask(found["later_id"] == "b", ruling)

    stays = latency_data(frame, found, as_of=datetime(2024, 4, 1, tzinfo=UTC)).stays

    assert [(stay.since_id, stay.until_id, round(stay.longest / DAY)) for stay in stays] == expected


def test_a_change_that_was_ruled_to_be_none_leaves_the_position() -> None:
    frame = said(*TURNS[:2])

    data = latency_data(frame, ruled(frame).assign(ruling="no_reversal"), as_of=datetime(2024, 4, 1, tzinfo=UTC))

    assert [(stay.since_id, stay.until_id, round(stay.longest / DAY)) for stay in data.stays] == [("a", "", 82)]


def test_a_half_turn_that_was_ruled_one_ends_a_position() -> None:
    frame = said(TURNS[0], ("b", "ann", "mixed", "2024-01-30T00:00Z"), ("c", "ann", "support", "2024-03-10T00:00Z"))

    data = latency_data(frame, ruled(frame), as_of=datetime(2024, 4, 1, tzinfo=UTC))

    assert [(stay.since_id, stay.until_id) for stay in data.stays] == [("a", "b"), ("c", "")]


def test_positions_without_a_certain_order_are_left_out_and_counted() -> None:
    frame = said(TURNS[0], ("b", "ann", "oppose", "2024-01-10T12:00Z"), width=timedelta(days=1))

    data = latency_data(pd.concat([frame, said(TURNS[3])]))

    assert ([stay.since_id for stay in data.stays], data.unordered) == (["d"], 1)
    assert "their order is not known: 1 pair of speaker and topic" in words(ff.latency(frame))


def test_a_moment_that_is_open_to_one_side_lasts_nothing_and_is_counted() -> None:
    frame = said(*TURNS[:1])
    frame["said_from"] = frame["said_from"].astype("datetime64[us, UTC]")
    frame.loc[0, "said_from"] = pd.Timestamp(datetime(1, 1, 1, tzinfo=UTC)).as_unit("us")

    data = latency_data(frame)

    assert (data.stays, data.open) == ((), 1)


def test_the_estimate_of_a_published_case() -> None:
    points = kaplan_meier((float(weeks), bool(ended)) for weeks, ended in FREIREICH)

    assert [(point.seconds, point.at_risk, round(point.share, 3)) for point in points] == [
        (6, 21, 0.857), (7, 17, 0.807), (10, 15, 0.753), (13, 12, 0.69), (16, 11, 0.627), (22, 7, 0.538),
        (23, 6, 0.448),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=14))
def test_the_estimate_equals_mass_that_the_censored_hand_on_to_those_after_them(ends: list[tuple[int, bool]]) -> None:
    points = kaplan_meier((float(end), changed) for end, changed in ends)

    assert {point.seconds: pytest.approx(point.share) for point in points} == handed_on(ends)


def handed_on(ends: list[tuple[int, bool]]) -> dict[float, float]:
    """Efron's redistribution to the right, in fractions: the censored leave their weight to those after them."""
    ordered = sorted(ends, key=lambda end: (end[0], not end[1]))
    mass = [Fraction(1, len(ends)) for _ in ends]
    left, shares = Fraction(1), {}
    for place, (end, changed) in enumerate(ordered):
        later = range(place + 1, len(ends))
        if changed:
            left -= mass[place]
            shares[float(end)] = float(left)
        elif later:
            for other in later:
                mass[other] += mass[place] / len(later)
    return shares


@pytest.mark.parametrize("chart", [ff.matrix, ff.switches, ff.latency])
def test_without_positions_a_figure_is_empty_and_says_so(chart: object) -> None:
    figure = chart(case.positions().iloc[:0])  # type: ignore[operator] # a union of three functions

    assert "in this record" in words(figure)


@pytest.mark.parametrize("chart", [ff.matrix, ff.switches, ff.latency])
@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_every_theme_draws_and_the_figure_carries_its_data(chart: object, theme: str) -> None:
    figure = chart(case.positions(), case.reversals(), theme=theme, title="A title")  # type: ignore[operator] # the same

    assert "A title" in words(figure)
    assert figure.layout.meta["zone"] == "UTC"


def test_unknown_choices_are_refused() -> None:
    with pytest.raises(DataError, match="by 'speakers' is not one of record, speaker, topic; did you mean 'speaker'"):
        ff.switches(case.positions(), by="speakers")
    with pytest.raises(DataError, match="order 'rank' is not one of name, changes"):
        ff.switches(case.positions(), order="rank")


@given(st.floats(0.001, 1e6), st.integers(2, 10))
def test_ticks_are_few_and_reach_the_whole(most: float, about: int) -> None:
    ticks = round_ticks(most, about)

    assert ticks[0] == 0
    assert ticks[-1] >= most * 0.999
    assert 2 <= len(ticks) <= about + 2


def test_the_alt_text_says_how_many_of_how_many() -> None:
    assert chart_alt(switches_data(said(*TURNS), ruled(said(*TURNS)))) == (
        "Statements a month, and how many of them changed a position. 2 of 4 statements changed a position."
    )
    assert chart_alt(switches_data(said(*TURNS))) == (
        "Statements a month, and how many of them changed a position. "
        "0 of 4 statements changed a position, 2 pairs nobody has judged."
    )
    assert chart_alt(latency_data(said(*TURNS[:2]), ruled(said(*TURNS[:2])))) == (
        "How long positions lasted. 1 of 2 positions ended in a change, as people ruled. "
        "All pairs, as of 30 January 2024: 1 changed position."
    )
    assert chart_alt(matrix_data(said(*TURNS).iloc[:0])).endswith("No statement in this record.")


def test_pages_are_small_and_ask_for_nothing(founding: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    pages = [chart_html(data) for data in (matrix_data(*founding), switches_data(*founding), latency_data(*founding))]

    assert [page for page in pages if "<script" in page or len(page) > 40_000] == []
    assert all("default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;" in page for page in pages)


@pytest.mark.parametrize("ending", ["html", "svg", "json"])
def test_a_chart_is_written_without_a_browser(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    written = write_chart(tmp_path / f"chart.{ending}", latency_data(said(*TURNS)), theme="dark")

    assert written.read_bytes().startswith({"html": b"<!doctype", "svg": b"<svg", "json": b"{"}[ending])


@pytest.mark.parametrize("name", ["matrix", "switches", "latency"])
def test_the_verb_writes_a_page(store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)

    done = flipflop("chart", name, "-s", store, "--tz", "America/New_York", "--topic", "joint-cyber-unit")

    assert (done.code, done.out) == (0, f"{name}.html\n")
    assert "America/New_York" in Path(f"{name}.html").read_text("utf-8") or name == "latency"


def test_the_verb_draws_one_persons_timeline_with_a_lane_per_topic(store: str, tmp_path: Path) -> None:
    words = ("--speaker", "Donald Trump", "--by", "topic", "--rows", "single", "-o", str(tmp_path / "trump.json"))

    done = flipflop("chart", "timeline", "-s", store, *words)

    assert done.code == 0
    assert "2016 election" in (tmp_path / "trump.json").read_text("utf-8")


def test_the_verb_says_what_it_cannot_do(store: str) -> None:
    by = flipflop("chart", "matrix", "-s", store, "--by", "topic")
    ending = flipflop("chart", "timeline", "-s", store, "-o", "x.gif")

    assert (by.code, ending.code) == (2, 1)
    assert "--by is an option of switches and timeline, not of matrix" in by.err
    assert "x.gif: a timeline is written as .png, .svg, .pdf, .json or .html" in ending.err


def test_a_curve_of_many_points_is_drawn_with_those_that_an_eye_can_tell_apart() -> None:
    curve = kaplan_meier((float(number), True) for number in range(30_000))

    few = thinned(curve)

    assert len(few) <= 1_001
    assert few[-1] == curve[-1]
    assert thinned(curve[:50]) == list(curve[:50])
