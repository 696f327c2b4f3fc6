"""Imports that are stopped: by hand, by a kill, by a bad line. What they say is recorded is recorded, no more."""

from __future__ import annotations

import signal
import subprocess
import time
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect  # type: ignore[import-untyped]  # has no stubs
import pytest
import typer

from flipflop.cli.importing import stoppable
from flipflop.ingest import Progress, import_events
from flipflop.ingest.progress import LineCounter
from flipflop.store import Store
from flipflop.text.rows import NumberedRow
from tests.cli_running import SHELL_COMMAND, flipflop
from tests.import_lines import DECLARED, long_file, statement, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def number_of_events(store: Path) -> int:
    with Store(store, create=False, read_only=True) as opening:
        assert opening.verify() == []
        return sum(1 for _ in opening.log())


def begun(*words: str | Path) -> subprocess.Popen[str]:
    """A command in a process of its own, which Ctrl-C reaches even where the tests run in the background."""
    command = [*SHELL_COMMAND, *map(str, words)]
    wanted = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {command[2]}"
    pipe = subprocess.PIPE
    return subprocess.Popen([command[0], "-c", wanted, *command[3:]], text=True, stdout=pipe, stderr=pipe)


def wait_until(happened: Callable[[], bool]) -> None:
    for _ in range(3000):
        if happened():
            return
        time.sleep(0.01)
    raise AssertionError("it never came")


def is_writing(store: Path) -> bool:
    wal = Path(f"{store}-wal")
    return wal.exists() and wal.stat().st_size > 1_000_000


def test_ctrl_c_leaves_nothing_of_an_import(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    flipflop("init", "-s", store)
    process = begun("import", long_file(tmp_path / "many.jsonl", 60_000), "-s", store)

    wait_until(lambda: is_writing(store))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()

    assert (process.returncode, out, err) == (130, "", f"{tmp_path / 'many.jsonl'}: nothing was recorded\n")
    assert number_of_events(store) == 0


def test_ctrl_c_leaves_no_new_store_behind(tmp_path: Path) -> None:
    file = long_file(tmp_path / "many.jsonl", 60_000)
    process = begun("import", file, "-s", tmp_path / "s.db")

    wait_until(lambda: is_writing(tmp_path / "s.db"))
    process.send_signal(signal.SIGINT)
    process.communicate()

    assert (process.returncode, list(tmp_path.iterdir())) == (130, [file])


def test_after_ctrl_c_the_same_command_goes_on(tmp_path: Path) -> None:
    store, file = tmp_path / "s.db", long_file(tmp_path / "many.jsonl", 4000)
    flipflop("init", "-s", store)
    process = begun("import", file, "-s", store, "--batch", "200")

    wait_until(lambda: some_recorded(store))
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    recorded = number_of_events(store)
    line = int(err.split("before line ")[1].split()[0])
    done = flipflop("import", file, "-s", store, "--batch", "200")

    assert process.returncode == 130
    assert recorded == 2 * (line - 1) - len(DECLARED)
    assert (line - 1) % 200 == 0
    assert done.lines == [f"{7998 - recorded:,} events recorded", f"{recorded:,} events skipped: known"]
    assert number_of_events(store) == 7998


def some_recorded(store: Path) -> bool:
    with Store(store, create=False, read_only=True) as opening:
        return opening.head() is not None


def test_ctrl_c_at_a_terminal_takes_the_bar_away_and_says_what_is_recorded(tmp_path: Path) -> None:
    store, file = tmp_path / "s.db", long_file(tmp_path / "many.jsonl", 60_000)
    child = pexpect.spawn(
        SHELL_COMMAND[0], [*SHELL_COMMAND[1:], "import", str(file), "-s", str(store)], encoding="utf-8", timeout=120
    )

    child.expect(r"importing \[[#.]{24}\] +\d+%  [\d,]+ lines/s")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()

    assert child.before.rstrip().endswith(f"\x1b[K{file}: nothing was recorded")
    assert (child.exitstatus, list(tmp_path.iterdir())) == (130, [file])


def test_a_killed_import_goes_on_where_it_was(tmp_path: Path) -> None:
    store, file = tmp_path / "s.db", long_file(tmp_path / "many.jsonl", 3000)
    flipflop("init", "-s", store)
    process = begun("import", file, "-s", store, "--batch", "100")

    wait_until(lambda: some_recorded(store))
    process.kill()
    process.communicate()
    recorded = number_of_events(store)
    done = flipflop("import", file, "-s", store, "--batch", "100")

    assert (recorded + len(DECLARED)) % 200 == 0
    assert done.lines[0] == f"{5998 - recorded:,} events recorded"
    assert number_of_events(store) == 5998


def test_a_bad_line_keeps_the_batches_before_its_own_and_says_where_to_go_on(tmp_path: Path) -> None:
    store, file = tmp_path / "s.db", tmp_path / "many.jsonl"
    lines = [*DECLARED, *(statement(n) for n in range(58))]
    written(file, [*lines[:33], statement(99, stance="oposes"), *lines[33:36], statement(98, speaker="x"), *lines[36:]])

    failed = flipflop("import", file, "-s", store, "--batch", "10")
    kept = number_of_events(store)
    written(file, lines)
    done = flipflop("import", file, "-s", store, "--batch", "10")

    assert (failed.code, failed.out, kept) == (1, "", 58)
    told = [line.removeprefix(f"error: {file}:").split(" ")[:2] for line in failed.err.splitlines()]
    assert told[:2] == [["34:", "stance"], ["38:", "speaker"]]
    assert failed.err.splitlines()[2:] == [
        f"{file}: everything before line 31 is recorded; to go on from there, mend it and import the file again: "
        "what is recorded is skipped"
    ]
    assert done.lines == ["60 events recorded", "58 events skipped: known"]


def test_a_bad_line_in_the_first_batch_says_that_nothing_is_recorded(tmp_path: Path) -> None:
    file = written(tmp_path / "many.jsonl", [statement(1), *DECLARED])

    failed = flipflop("import", file, "-s", tmp_path / "s.db", "--batch", "2")

    assert failed.err.splitlines()[-1] == f"{file}: nothing was recorded"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_batches_record_what_one_transaction_records(tmp_path: Path, size: int) -> None:
    file = long_file(tmp_path / "many.jsonl", 25)
    with Store(tmp_path / "one.db") as one, Store(tmp_path / "two.db") as two:
        whole, parts = import_events(one, file), import_events(two, file, batch=size)

        assert parts == whole
        assert [record.id for record in two.log()] == [record.id for record in one.log()]


def test_a_dry_run_is_never_cut_into_batches(tmp_path: Path) -> None:
    file = long_file(tmp_path / "many.jsonl", 25)

    done = flipflop("import", file, "-s", tmp_path / "s.db", "--batch", "5", "--dry-run")

    assert (done.code, done.out) == (0, "48 events would be recorded\n")


class Stopped(KeyboardInterrupt):
    """A Ctrl-C of a test."""


@pytest.mark.parametrize(
    ("batch", "note"), [(None, "nothing was recorded"), (200, "everything before line 201 is recorded")]
)
def test_an_import_that_is_stopped_in_a_notebook_says_what_is_recorded(
    tmp_path: Path, batch: int | None, note: str
) -> None:
    file = long_file(tmp_path / "many.jsonl", 402)

    def progress(step: Progress) -> None:
        if step.line == 301:
            raise Stopped

    with Store(tmp_path / "s.db") as store:
        with pytest.raises(Stopped) as stopped:
            import_events(store, file, batch=batch, progress=progress)

        assert note in stopped.value.__notes__[0]
        assert len(list(store.log())) == (398 if batch else 0)


def test_an_import_that_is_stopped_while_it_commits_does_not_claim_to_know() -> None:
    counter, stopped = LineCounter("e.jsonl", None, None, batch=2), KeyboardInterrupt()
    rows = (NumberedRow(number, {}) for number in count(1))

    list(counter.through(islice(rows, 2)))
    counter.keep()
    list(counter.through(islice(rows, 2)))
    counter.add_note(stopped)

    assert stopped.__notes__[0].startswith("e.jsonl: whether line 3 and what follows are recorded is not known; ")


@pytest.fixture
def heeded() -> Iterator[None]:
    """Ctrl-C means what it means at a terminal, also where the tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded")
def test_ctrl_c_waits_until_a_transaction_is_closed() -> None:
    reached = []

    def batches() -> None:
        with stoppable() as watch:
            watch(Progress(200, 400, closing=True))
            signal.raise_signal(signal.SIGINT)
            reached.append("recorded")
            watch(Progress(201, 400))
            reached.append("the next batch")

    with pytest.raises(typer.Exit) as left:
        batches()

    assert (left.value.exit_code, reached) == (130, ["recorded"])


@pytest.mark.usefixtures("heeded")
def test_ctrl_c_while_the_last_transaction_is_closed_comes_too_late() -> None:
    with stoppable() as watch:
        watch(Progress(400, 400, closing=True))
        signal.raise_signal(signal.SIGINT)

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
