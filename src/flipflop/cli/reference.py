"""Writes the command-line reference from the help pages: ``python -m flipflop.cli.reference > docs/cli.md``."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING

from typer.core import TyperGroup

from flipflop.cli.app import FIRST, MORE, command

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = """# Command line

Written by `python -m flipflop.cli.reference > docs/cli.md` from the help pages; a test fails when it is stale.

Data goes to stdout, talk to stderr. Exit codes: 0 done, 1 bad data (every problem is told, nothing is written),
2 bad usage, 130 stopped with Ctrl-C, 141 when the reader of a pipe left (`| head`), as `cat` has it. `-s FILE` stands
before or after any verb, or the store is named in `$FLIPFLOP_STORE`; else it is `flipflop.db` (for `demo`:
`flipflop-demo.db`). `init`, `import`, `speaker add`, `topic add` and `demo` make a store where there is none. At a
terminal, missing options are asked for; in a pipe they are an error that names them.

Judgements and mends are signed: with `--coder` or `--by`, else `$FLIPFLOP_BY`, else the name that `init --by` kept
for you (`~/.config/flipflop/by`, `$XDG_CONFIG_HOME` instead of `~/.config` where it is set; on macOS
`~/Library/Application Support/flipflop/by`, on Windows `flipflop\\by` in the roaming AppData folder), else your
login. Never with a name that lies in the store. Your name also stands in the stamp of all that you record
(`recorded_by`, shown by `log` and `show`), whoever is named with `--coder` or `--by`.

`--format json` gives a list of objects whose keys are the columns of the [frames](data-dictionary.md): moments as
ISO 8601 with their offset in the zone of `--tz`, durations in seconds, missing values as `null`. `csv` puts one `'`
before what a spreadsheet would run as a formula; a file of `export` names such cells in its column `guarded`, and only
these are unguarded by `import`: other people's tables come in as they stand. Tables are for people: moments, gaps,
positions and rulings are [told](telling.md) in words, clock times on the clock of `--tz`, and dates stay what they are
where they were given: `24 July 2017 (in Europe/Moscow)`. So is `reason`, in every format.

Nobody's place is taken: `speaker add`, `topic add` and `import` refuse an id that is another's, with who has it, and an
alias that is another's name; the same declaration again is skipped. To mend a declaration, retract it (with the reason)
and declare it again. `import --declare` declares unknown speakers and topics, but refuses a name that may be a known
one: an initial and the surname, the surname alone or after a title, "Surname, First", a letter more, less or other. Two
full names that differ in the first name are two people. What is somebody else is said with `--distinct NAME`. A title
of a topic is refused from a likeness of 0.85 on (difflib's ratio of lower-case titles). What differs in its digits is
never nearly the same.

`import` reads a file of any length in flat memory. It keeps other writers out while it records; what comes through a
pipe is read to its end before. `import --batch 10000` records every 10,000 lines for good and lets others in between.
However such an import ended (Ctrl-C, a crash, a bad line), the same command goes on: the ids of lines tell what is
recorded, so a file that was mended or has grown is fine too. Lines that are known are read again, which takes about as
long as reading ever does. A log export that comes into an empty store, and a dry run, are never cut into batches. Of
many problems the first 100 are printed.

Shell completion: `flipflop --install-completion`. Besides verbs and options it offers the speakers, topics and ids of
the store that is named on the line or by `$FLIPFLOP_STORE`: the statements recorded last, and any other by the first
four digits of its id.
"""


def reference() -> str:
    """Return the page: the help of the command, then of every verb."""
    parts = [_HEAD, _section("flipflop")]
    parts += [_section(f"flipflop {verb}") for verb in _verbs()]
    return "\n".join(parts)


def _verbs() -> Iterator[str]:
    """All verbs, those of groups after their group."""
    root = command()
    for name in (*FIRST, *MORE):
        yield name
        verb = root.commands[name]
        if isinstance(verb, TyperGroup):
            yield from (f"{name} {part}" for part in verb.commands)


def _section(line: str) -> str:
    return f"## {line}\n\n```text\n{_help(line.split()[1:])}\n```\n"


def _help(verbs: list[str]) -> str:
    told = io.StringIO()
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "80"
    try:
        with contextlib.redirect_stdout(told):
            command().main([*verbs, "--help"], prog_name="flipflop", standalone_mode=False)
    finally:
        os.environ.pop("COLUMNS") if before is None else os.environ.update(COLUMNS=before)
    return told.getvalue().strip()


if __name__ == "__main__":
    sys.stdout.write(reference())
