"""Commands at a real terminal: what is asked, offered, walked and cut to fit."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]  # has no stubs
import pytest

from flipflop.cli.importing import stoppable
from flipflop.cli.terminal import progress
from flipflop.ingest import import_events
from flipflop.records import Coding, Statement
from flipflop.store import Store
from tests.cli_running import add, case, flipflop, log

ARGS = ["-c", "from flipflop.cli import main; main()"]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return case(tmp_path)


def terminal(store: Path, *words: str, columns: int = 100, **environment: str) -> Any:
    """A command at a terminal of its own."""
    env = {**os.environ, "FLIPFLOP_STORE": str(store), "TERM": "xterm", "COLUMNS": str(columns), **environment}
    return pexpect.spawn(
        sys.executable, [*ARGS, *words], env=env, encoding="utf-8", timeout=120, dimensions=(40, columns), echo=False
    )


def left(child: Any) -> str:
    """What a command said until its end."""
    child.expect(pexpect.EOF)
    child.close()
    return str(child.before)


def rows(store: Path, verb: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(flipflop("-s", store, verb, "--format", "json").out)
    return found


def answered(child: Any, *pairs: tuple[str, str]) -> None:
    """Answer one question after another."""
    for question, answer in pairs:
        child.expect(question)
        child.sendline(answer)


def test_add_asks_for_what_is_missing_and_checks_each_answer_when_it_is_given(store: Path) -> None:
    child = terminal(store, "add")

    answered(
        child,
        ("Speaker: ", "nobody at all"),
        ("Declare a new speaker.*: ", "n"),
        ("error: --speaker: unknown speaker.*Speaker: ", "@jane"),
        ("Topic .*: ", "tax"),
        ("Stance .*: ", "nonsense"),
        ("'nonsense' is not one of.*Stance .*: ", "opp"),
        ("Said when: ", "soon"),
        ("error: --said: .*Said when: ", "yesterday"),
        ("error: --said: .*counted from another day; write the date.*Said when: ", "2020-02-01"),
        ("1 February 2020.*Source .*: ", ""),
        ("Source .*: ", "n/a"),
        ("error: --source: 'n/a' is no source.*Source .*: ", "www.e.org/2"),
        ("Outlet .*: ", ""),
        ("Form .*: ", "para"),
        ("Text .*: ", "Never.\n"),
        ("Context .*: ", "In the council."),
    )

    told = left(child)
    assert "candidate reversal" in told
    assert child.exitstatus == 0
    new = rows(store, "list")[-1]
    assert {name: new[name] for name in ("text", "form", "context", "source_url")} == {
        "text": "Never.",
        "form": "paraphrase",
        "context": "In the council.",
        "source_url": "https://www.e.org/2",
    }


REST = ["--speaker", "jane-roe", "--said", "2020-02-01", "--source", "https://e.org/2"]
PARAGRAPHS = "\u201cWe said no.\u201d\n\n'We meant it.' \n\nrm -rf nothing"


def asked_for_the_text(store: Path) -> Any:
    child = terminal(store, "add", *REST)
    answered(child, ("Topic .*: ", ""), ("Outlet .*: ", ""), ("Form .*: ", ""))
    child.expect("Text .*: ")
    return child


def recorded_text(store: Path, child: Any) -> str:
    child.expect("Context .*: ")
    child.sendline("")
    left(child)
    assert child.exitstatus == 0
    return str(rows(store, "list")[-1]["text"])


@pytest.mark.parametrize("ends", ["\r", "\n", "\r\n"], ids=["CR", "LF", "CRLF"])
def test_a_pasted_quotation_of_three_paragraphs_is_recorded_whole(store: Path, ends: str) -> None:
    """K1: it was cut after its first line, and the shell ran the rest."""
    child = asked_for_the_text(store)

    child.send("\x1b[200~" + PARAGRAPHS.replace("\n", ends) + "\x1b[201~")
    child.send("\r\r")

    assert recorded_text(store, child) == PARAGRAPHS


def test_a_paste_that_the_terminal_does_not_mark_is_recorded_whole_too(store: Path) -> None:
    child = asked_for_the_text(store)

    child.send(PARAGRAPHS.replace("\n", "\r") + "\r\r")

    assert recorded_text(store, child) == PARAGRAPHS


def test_a_line_of_more_than_the_system_edits_is_not_cut(store: Path) -> None:
    child = asked_for_the_text(store)
    text = "No, and again no. " * 1_000

    child.send(f"\x1b[200~{text}\x1b[201~\r\r")

    assert recorded_text(store, child) == text


def test_what_is_typed_can_be_taken_back(store: Path) -> None:
    child = asked_for_the_text(store)

    child.send("Nein\x15Now\x7f\x1b[D, never\u00e9\x7f.\r\r")

    assert recorded_text(store, child) == "No, never."


def test_ctrl_d_before_any_word_records_nothing(store: Path) -> None:
    before = log(store)
    child = asked_for_the_text(store)

    child.send("\r")
    child.expect("there are no words yet.*Text .*: ")
    child.send("\x04")
    left(child)

    assert (child.exitstatus, log(store)) == (1, before)


def test_a_newcomers_case_is_recorded_as_it_was_meant(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paraphrase of a month, a bound, "about", three pasted paragraphs, a misspelt name, and a name of one's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.delenv("FLIPFLOP_BY", raising=False)
    first = terminal(store, "add")
    answered(
        first,
        ("Speaker: ", "Jane Row"),
        ("Did you mean 'Jane Roe'.*: ", "y"),
        ("Topic .*: ", "tax"),
        ("Stance .*: ", "opp"),
        ("Said when: ", "December 2012"),
        ("  December 2012.*Source .*: ", "https://e.org/1"),
        ("Outlet .*: ", ""),
        ("Form .*: ", "par"),
        ("Text .*: ", "She wanted more of them.\n"),
        ("Context .*: ", ""),
        ("Your name .*: ", "Jo King"),
    )
    assert "kept as your name in" in left(first)
    second = terminal(store, "add", "--speaker", "jane-roe", "--topic", "tax", "--stance", "mixed")
    answered(
        second,
        ("Said when: ", "not after 5 May 2013"),
        ("  not after 5 May 2013.*open on one side.*Source .*: ", "https://e.org/2"),
        ("Outlet .*: ", ""),
        ("Form .*: ", ""),
        ("Text .*: ", "Some, perhaps.\n"),
        ("Context .*: ", ""),
    )
    left(second)
    third = terminal(store, "add", "--speaker", "jane-roe", "--topic", "tax", "--stance", "support")
    answered(
        third,
        ("Said when: ", "about 11:30"),
        ("add the date.*Said when: ", "about 11:30 on 6 March 2014"),
        ("  about 6 March 2014, 11:30 UTC.*Source .*: ", "https://e.org/3"),
        ("Outlet .*: ", ""),
        ("Form .*: ", ""),
    )
    third.expect("Text .*: ")
    third.send("\x1b[200~" + PARAGRAPHS + "\x1b[201~\r\r")
    answered(third, ("Context .*: ", ""))
    left(third)

    found = [(row["text"], row["form"], row["speaker"]) for row in rows(store, "list")][:-1]
    assert sorted(found) == sorted(
        [
            ("She wanted more of them.", "paraphrase", "jane-roe"),
            ("Some, perhaps.", "quote", "jane-roe"),
            (PARAGRAPHS, "quote", "jane-roe"),
        ]
    )
    with Store(store, read_only=True) as opening:
        said = {one.event.text: one.event.said for one in opening.events(kinds={"statement"})
                if isinstance(one.event, Statement)}  # fmt: skip
        coders = {one.event.coder for one in opening.events(kinds={"coding"}) if isinstance(one.event, Coding)}
    assert [said[text].text for text, *_ in found] == [
        "not after 5 May 2013", "December 2012", "about 11:30 on 6 March 2014",
    ]  # fmt: skip
    assert coders == {"Me", "Jo King"}


def test_a_statement_without_a_topic_stands_alone(store: Path) -> None:
    child = asked_for_the_text(store)
    child.send("Neither here nor there.\r\r")

    recorded_text(store, child)

    assert [row["topic"] for row in rows(store, "list")] == ["tax", None]


def test_add_offers_the_name_that_was_meant(store: Path) -> None:
    words = ["--topic", "tax", "--stance", "oppose", "--said", "2020-02-01", "--source", "https://e.org", "Never."]
    child = terminal(store, "add", "--speaker", "Mrs Roe", *words)

    child.expect("Did you mean 'Jane Roe'.*: ")
    child.sendline("y")
    left(child)

    assert child.exitstatus == 0
    assert [row["speaker"] for row in rows(store, "list")] == ["jane-roe", "jane-roe"]


def test_add_offers_to_declare_an_unknown_speaker_and_topic(store: Path) -> None:
    words = ["--stance", "oppose", "--said", "2020", "--source", "https://e.org", "Never."]
    child = terminal(store, "add", "--speaker", "John Doe", "--topic", "trade", *words)

    answered(
        child,
        ("Declare a new speaker 'John Doe'.*: ", "y"),
        ("Name, as it is printed .*: ", ""),
        ("Declare a new topic 'trade'.*: ", "yes"),
        ("Proposition .*: ", "Trade should be free."),
    )

    left(child)
    assert child.exitstatus == 0
    assert [row["speaker_name"] for row in rows(store, "list") if row["topic"] == "trade"] == ["John Doe"]


def test_a_new_speaker_whose_id_is_taken_gets_another(store: Path) -> None:
    words = ["--topic", "tax", "--stance", "oppose", "--said", "2020", "--source", "https://e.org", "Never."]
    child = terminal(store, "add", "--speaker", "Jan\u00e9 Roe", *words)

    answered(
        child,
        ("Did you mean 'Jane Roe'.*: ", "n"),
        ("Declare a new speaker 'Jan\u00e9 Roe'.*: ", "y"),
        ("Name, as it is printed .*: ", ""),
        ("'jane-roe' is taken.*Id of the new speaker: ", "jane-roe-2"),
        ("Name, as it is printed .*: ", ""),
    )

    left(child)
    assert [row["speaker"] for row in rows(store, "list")] == ["jane-roe", "jane-roe-2"]


def test_what_is_declined_is_asked_for_again_and_leaving_records_nothing(store: Path) -> None:
    before = log(store)
    words = ["--topic", "tax", "--stance", "oppose", "--said", "2020", "--source", "https://e.org", "Never."]
    child = terminal(store, "add", "--speaker", "jane-row", *words)

    answered(child, ("Did you mean 'jane-roe'.*: ", ""), ("Declare a new speaker 'jane-row'.*: ", ""))
    child.expect("Speaker: ")
    child.sendeof()
    left(child)

    assert (child.exitstatus, log(store) == before) == (1, True)


@pytest.mark.parametrize(
    ("answers", "code", "number", "citations"),
    [(("", ""), 1, 1, 0), (("", "y"), 0, 1, 1), (("y",), 0, 2, 0)],
    ids=["neither", "its source", "both statements"],
)
def test_add_asks_before_it_records_nearly_the_same_words_again(
    store: Path, answers: tuple[str, ...], code: int, number: int, citations: int
) -> None:
    """K5: a second source of one statement is offered as that."""
    words = ["--speaker", "jane-roe", "--topic", "tax", "--stance", "support", "--said", "2020-01-01"]
    child = terminal(store, "add", *words, "--source", "https://e.org/2", "cut  them. ")

    questions = ("nearly the same words .*Record it all the same.*: ", "Record its source as a further one of .*: ")
    answered(child, *zip(questions, answers, strict=False))
    left(child)

    assert (child.exitstatus, len(rows(store, "list"))) == (code, number)
    with Store(store, read_only=True) as opening:
        assert len([*opening.events(kinds={"citation"})]) == citations


def test_rule_walks_the_open_candidates_with_both_quotes_in_view(store: Path) -> None:
    add(store, "Never cut them.", said="2020-02-01")
    add(store, "Cut them after all.", stance="support", said="2020-03-01")
    child = terminal(store, "rule")

    child.expect("Candidate 1 of 2 on tax.*“Cut them.”.*https://e.org/1.*“Never cut them.”.*Outcome .*: ")
    child.sendline("reversal")
    child.expect("Innocent reading .*: ")
    child.sendline("")
    child.expect("Innocent reading .*: ")
    child.sendline("none found")
    child.expect("Explanation .*: ")
    child.sendline("unknown")
    child.expect("What the speaker called it .*: ")
    child.sendline("")
    child.expect("outcome: reversal.*innocent reading: none found.*Record this .*: ")
    child.sendline("yes")
    child.expect("Candidate 2 of 2.*“Cut them after all.”.*Outcome .*: ")
    child.sendline("skip")
    left(child)

    assert child.exitstatus == 0
    assert [(row["kind"], row["ruling"]) for row in rows(store, "reversals")] == [
        ("reversal", "reversal"),
        ("restoration", None),
    ]


def test_rule_can_be_left_at_any_candidate(store: Path) -> None:
    add(store, "Never cut them.", said="2020-02-01")
    before = log(store)
    child = terminal(store, "rule")

    child.expect("Outcome .*: ")
    child.sendline("quit")
    left(child)

    assert (child.exitstatus, log(store) == before) == (0, True)


def test_rule_without_candidates_says_so(store: Path) -> None:
    assert "no open candidates" in left(terminal(store, "rule"))


def test_redact_asks_before_it_removes_for_good(store: Path) -> None:
    before = log(store)
    statement = rows(store, "list")[0]["statement_id"]
    child = terminal(store, "redact", statement, "--reason", "court")

    child.expect("for good.*: ")
    child.sendline("n")

    assert "nothing was done" in left(child)
    assert (child.exitstatus, log(store) == before) == (1, True)


def wait_until_it_reads(child: pexpect.spawn) -> None:
    """A signal between the question and the reading of the answer is only seen after the answer, in any Python."""
    for _ in range(100):
        if Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[0] == "S":
            return
        time.sleep(0.05)


def test_ctrl_c_at_a_question_records_nothing_and_shows_no_traceback(store: Path) -> None:
    before = log(store)
    child = terminal(store, "add")

    child.expect("Speaker: ")
    wait_until_it_reads(child)
    child.sendintr()

    assert "Traceback" not in left(child)
    assert (child.exitstatus, log(store) == before) == (130, True)


@pytest.mark.parametrize("columns", [30, 60, 100])
def test_a_table_fits_the_terminal_and_says_where_it_cut(store: Path, columns: int) -> None:
    add(store, "word " * 60, said="2020-02-01")

    told = left(terminal(store, "list", columns=columns, NO_COLOR="1"))

    assert max(map(len, told.splitlines())) <= columns
    assert ("…" in told) == (columns == 100)  # narrower ones have a block for each row, nothing cut
    assert "\x1b" not in told


def test_a_table_has_a_heading_in_bold_at_a_terminal_that_wants_colours(store: Path) -> None:
    assert "\x1b[1m" in left(terminal(store, "list", NO_COLOR=""))


class Screen(io.StringIO):
    """A stderr that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_an_import_of_more_than_a_second_shows_its_progress(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "many.jsonl"
    line = {"event": "statement", "speaker": "jane-roe", "topic": "tax", "stance": "oppose", "said": "2020-02-01"}
    file.write_text("".join(json.dumps({**line, "text": f"No. {n}"}) + "\n" for n in range(400)), "utf-8")
    screen, seconds = Screen(), count(step=2)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))

    with Store(store, create=False) as opening, stoppable() as watch:
        import_events(opening, file, coder="Me", progress=watch)

    shown = re.findall(r"\rimporting \[[#.]{24}\] +(\d+)%  (?:[\d,]+ lines/s|recording)", screen.getvalue())
    assert shown == sorted(shown, key=int)
    assert (shown[0], shown[-1]) == ("0", "100")
    assert screen.getvalue().endswith("\r\x1b[K")


def test_a_quick_import_shows_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(time, "monotonic", lambda: 0.0)

    with progress("importing") as show:
        assert show is not None
        show(0.5, "")

    assert screen.getvalue() == ""
