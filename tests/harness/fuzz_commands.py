"""Calls of the command line that nobody would make: only our errors, nothing for long, no file that was not asked for.

``nice python -m tests.harness.fuzz_commands [NUMBER] [SEED]`` makes many in this process, one in a hundred again as a
process of its own; the suite makes a few. Every hundred calls the store must verify, and a new folder is taken.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import chdir
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import flipflop as ff
from tests.cli_running import SHELL_COMMAND, flipflop
from tests.harness.fuzz import MOMENTS, TOKENS, lines, mutated
from tests.store_cases import DECLARED, coding, correction, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 5.0
"""Seconds of the processor that one call may take; a picture, for which a browser starts, is asked for by none."""
CODES = {0, 1, 2, 130, 141}
"""Done, bad data, bad usage, stopped, reader gone."""
ROUND = 100
"""Calls in one folder."""

CALLS = """
init --tz Europe/Paris
init --by Somebody
speaker add John|Doe --alias @john --role Senator
speaker list --format json
topic add wall --proposition There|should|be|a|wall. --kind proposal
topic list
speaks-for ann bob --since 2015
add --speaker ann --topic unit --stance oppose --said 9|July|2017|7:50am|EDT --source https://e.org/1 No.
add --speaker Ann|Ames --said yesterday --reference 2017-07-10 --tz UTC --source https://e.org/2 -
add --speaker bob --topic unit --stance mixed --said 2017 --published 2018 --outlet The|Post --form reported Perhaps.
import in.jsonl --declare --dry-run
import in.csv --tz UTC --days
import - --as jsonl --batch 2
import in.jsonl --reference 2017-07-11
import log.jsonl
list
list --speaker ann --topic unit --since 2016 --until 2019 --text words --format csv
list --duplicates --tz Asia/Tokyo
show ID
show ann --format json
reversals --kind reversal --tz America/New_York
reversals --as-of 2030 --format jsonl
conflicts --format csv
rule ID ID --topic unit --outcome reversal --innocent-reading none|found --by Me
rule
code ID --topic unit --stance support --coder Me --rationale Because.
amend ID --text other|words --reason a|slip
amend ID --said 2016-01-01 --reason a|slip
retract ID --reason wrong
redact ID --reason a|court --yes
timeline -o page.html
timeline -o page.svg --topic unit --lanes topic --rows single
timeline -o page.json --as-of 2030 --title A|title
timeline --embed --address https://example.org/t -o e.html
timeline -o a.html --assets assets
chart matrix -o m.svg
chart switches -o s.html --by topic --order changes
chart latency -o l.json --theme dark
card ID ID -o c.html --topic unit
card ID ID -o c.svg
sheet ID ID -o sheet.html
when 9|July|2017|7:50am|EDT
when Sunday|evening --reference 2017-07-11 --tz Europe/Berlin
verify
verify --sealed seal.txt
verify --rebuild
seal
backup copy.db
backup copy.db --force
restore copy.db new.db
restore copy.db --force
log --format jsonl
log --as-of 2030 --tz Europe/Moscow
export -o all.jsonl
export -o all.csv
export -o -
publish site --scope All. --no-pictures
publish site --scope All. --no-pictures --candidates --with-log --bylines --tz Asia/Tokyo --overwrite
publish site --scope All. --no-pictures --base-url https://e.org/r/ --licence CC|BY|4.0 --approvals 2 --require reply
demo -o demo.html
"""
WORDS = [
    *(
        "",
        " ",
        "-",
        "--",
        "---",
        "-h",
        "-s",
        "-o",
        "--as",
        "--format",
        "=",
        "@in.jsonl",
        "*",
        "~",
        "$HOME",
        "`id`",
        "%s",
    ),
    *("in.jsonl", "in.csv", "log.jsonl", "case.db", "copy.db", "folder", "folder/x.html", "none/x.html", "empty.csv"),
    *(
        "page.html",
        ".html",
        "x.xyz",
        "case.db-wal",
        "case.db.lock",
        "site",
        "CON",
        "a" * 300,
        "a/" * 200,
        "postgresql://",
        "pipe",
    ),
    *(
        "ann",
        "Ann Ames",
        "@annames",
        "unit",
        "The unit",
        "ID",
        "0" * 32,
        "ffffffff",
        "zz",
        "1e999",
        "NaN",
        "-1",
        "9" * 40,
    ),
    *(
        "UTC",
        "Europe/Berlin",
        "EST",
        "+99:99",
        "../../etc",
        "support",
        "reversal",
        "json",
        "2017",
        "2017-02-30",
        "tomorrow",
    ),
    *(
        "\u202e",
        "\u0130",
        "\ud800",
        "\udcff",
        "e\u0301",
        "\U0001f468\u200d\U0001f469",
        "line\nend",
        "tab\t",
        "\x1b[31m",
        "\x7f",
    ),
]


class Failure(NamedTuple):
    """A call that was met with anything but what is promised."""

    words: Sequence[str]
    given: str
    error: str


class Outside:
    """Watches what this process opens to write, moves and removes; refuses, and notes, what lies outside a folder."""

    def __init__(self) -> None:
        self.folder = ""
        self.refused: list[str] = []
        sys.addaudithook(self._heard)

    def _heard(self, event: str, told: tuple[object, ...]) -> None:
        if not self.folder or not (places := _written(event, told)):
            return
        for place in places:
            where = os.path.realpath(place)
            if not where.startswith((self.folder, "/dev/", "/proc/")) and "__pycache__" not in where:
                self.refused.append(where)
                raise PermissionError(13, "Permission denied", place)


def _written(event: str, told: tuple[object, ...]) -> list[str]:
    """Return the paths that something is about to write to, make, move or remove."""
    match event, told:
        case "open", (str() | bytes() as path, mode, flags, *_):
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
            return [os.fsdecode(path)] if writes or (isinstance(mode, str) and set(mode) & set("wax+")) else []
        case (("os.remove" | "os.rmdir" | "os.mkdir" | "os.truncate" | "os.chmod"), (str() | bytes() as path, *_)):
            return [os.fsdecode(path)]
        case (("os.rename" | "os.link" | "os.symlink"), (one, other, *_)) if isinstance(one, str) and isinstance(
            other, str
        ):
            return [one, other]
        case "sqlite3.connect", (str() | bytes() as path, *_):
            name = os.fsdecode(path)
            return [] if name.startswith(("file:", ":memory:")) or not name else [name]
    return []


def folder_with_a_record(folder: Path) -> list[str]:
    """Make a store and files around it; return the ids that it has."""
    folder.mkdir(parents=True)
    one, two, three = (statement(text=f"words {number}", at=9 * number) for number in range(3))
    with ff.Store(folder / "case.db") as store:
        store.append([*DECLARED, one, two, three, coding(one), coding(two, "oppose"), coding(three, "mixed")])
        store.append([correction(three, text="other words"), retraction(statement_of(store))])
        (folder / "seal.txt").write_text(f"{store.seal()}\n")
        ids = [one.hash[:10] for one in (one, two, three) for _ in range(5)]
        ids += [record.id[:10] for record in store.log()]
    (folder / "in.jsonl").write_bytes(b"\n".join(lines()) + b"\n")
    (folder / "in.csv").write_text("speaker,said,text,topic,stance\nann,2017,Yes.,unit,support\n")
    (folder / "empty.csv").touch()
    (folder / "folder").mkdir()
    done = flipflop("-s", folder / "case.db", "export", "-o", folder / "log.jsonl")
    done = done if done.code else flipflop("-s", folder / "case.db", "backup", folder / "copy.db")
    assert done.code == 0, done.err
    return ids


def statement_of(store: ff.Store) -> ff.Statement:
    """Record one more statement."""
    more = statement(text="words too many", at=60)
    store.append([more])
    return more


def call(random: Random, ids: Sequence[str]) -> list[str]:
    """Return a call that is right, or spoiled in up to four places."""
    words = [word.replace("|", " ") for word in random.choice(CALLS.strip().splitlines()).split()]
    for _ in range(random.choice((0, 1, 1, 1, 2, 4))):
        at = random.randrange(len(words) + 1)
        match random.randrange(7):
            case 0:
                words[at:at] = [random.choice(WORDS)]
            case 1:
                words[at : at + 1] = [random.choice(WORDS)]
            case 2:
                words[at : at + 1] = []
            case 3:
                words[at:at] = words[at : at + 2]
            case 4:
                words[at:at] = random.choice(CALLS.strip().splitlines()).replace("|", " ").split(" ")[-2:]
            case 5 if at < len(words):
                words[at] = _spoiled(words[at], random)
            case _:
                words[at:at] = [random.choice(MOMENTS)]
    store = (
        [] if random.random() < 0.03 else ["-s", random.choice(("case.db",) * 30 + ("new.db", "in.jsonl", "folder"))]
    )
    return [*store, *(random.choice(ids) if word == "ID" else word for word in words if _can_be_given(word))]


def _spoiled(word: str, random: Random) -> str:
    """Return a word with other bytes in it; what a shell could not give is left out, and ways out of the folder."""
    spoiled = mutated(word.encode("utf-8", "surrogatepass"), TOKENS, random).replace(b"\0", b"")[:3000]
    return spoiled.decode("utf-8", "surrogateescape")


def given(random: Random) -> str:
    """Return what comes through standard input."""
    line = random.choice(lines())
    return (mutated(line, TOKENS, random) if random.random() < 0.5 else line).decode("utf-8", "replace")


def fuzzed(random: Random, place: Path, *, count: int, outside: Outside, apart: int = 0) -> Iterator[Failure]:
    """Make so many calls; yield those that were met with anything else. Every ``apart``-th is made as a process too."""
    for first in range(0, count, ROUND):
        folder = place / f"round-{first}"
        ids = folder_with_a_record(folder)
        with chdir(folder):
            for number in range(first, min(first + ROUND, count)):
                words, stdin = call(random, ids), given(random)
                if apart and number % apart == 0:
                    yield from _as_a_process(words, stdin)
                yield from _in_this_process(words, stdin, outside, place)
            yield from _left(folder)
        shutil.rmtree(folder)


def _in_this_process(words: list[str], stdin: str, outside: Outside, place: Path) -> Iterator[Failure]:
    outside.folder, outside.refused = str(place.resolve()), []
    begun = time.process_time()
    try:
        done = flipflop(*words, stdin=stdin)
    except BaseException as error:  # noqa: BLE001 -- it is what the fuzz looks for
        yield Failure(words, stdin, f"{type(error).__name__}: {error}"[:500])
        return
    finally:
        outside.folder = ""
    taken = time.process_time() - begun
    if done.code not in CODES or "Traceback" in done.err:
        yield Failure(words, stdin, f"left with {done.code}: {done.err[-500:]}")
    if done.code and not done.err.strip():
        yield Failure(words, stdin, f"left with {done.code} and not a word")
    if taken > LONGEST:
        yield Failure(words, stdin, f"took {taken:.1f} s")
    asked = {os.path.realpath(part) for word in words for part in (word, word.partition("=")[2])}
    for where in outside.refused:
        if not any(where.startswith((one, str(Path(one).parent))) for one in asked if Path(one).parent != Path("/")):
            yield Failure(words, stdin, f"wrote to {where}")


def _as_a_process(words: list[str], stdin: str) -> Iterator[Failure]:
    arguments = [os.fsencode(word) for word in words if _can_be_given(word)]
    done = subprocess.run(
        [*SHELL_COMMAND, *arguments], input=stdin.encode(), capture_output=True, timeout=120, check=False
    )
    if done.returncode not in CODES or b"Traceback" in done.stderr:
        yield Failure(words, stdin, f"as a process: {done.returncode}: {done.stderr[-500:].decode(errors='replace')}")


def _can_be_given(word: str) -> bool:
    """Tell whether a shell can give a word to a program."""
    try:
        return b"\0" not in os.fsencode(word)
    except UnicodeEncodeError:
        return False


def _left(folder: Path) -> Iterator[Failure]:
    """What is left verifies: no call has damaged the record."""
    with ff.Store(folder / "case.db", create=False) as store:
        if findings := store.verify():
            yield Failure([], "", f"the store does not verify: {findings[:3]}")


def main(number: int, seed: int) -> None:
    """Make many calls, and print what was found."""
    os.environ.pop("FLIPFLOP_STORE", None)
    failures = 0
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        for variable, below in (("HOME", "home"), ("XDG_CONFIG_HOME", "config"), ("TMPDIR", "tmp")):
            Path(name, below).mkdir()
            os.environ[variable] = str(Path(name, below))
        tempfile.tempdir = None
        for failure in fuzzed(Random(seed), Path(name), count=number, outside=Outside(), apart=100):
            failures += 1
            sys.stdout.write(f"{failure!r}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{number:,} calls, seed {seed}: {failures} failures, {time.monotonic() - begun:.0f} s\n")


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["20000"])[0]), int((sys.argv[2:] or ["0"])[0]))
