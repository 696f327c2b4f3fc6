"""The scripts by which pages tell moments, run by Node.js beside what Python says."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flipflop.publish.assets import TELLING, joined_scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.records.codec import Json

ANSWERS = """
const names = "{ momentWords, shortWords, gapBetween, ticks, axisWords, timesWords, zoneNamed }";
const made = new Function("document", `${process.argv[1]}; return ${names}`);
const lines = require("node:readline").createInterface({ input: process.stdin });
const zoned = (zone, own) => (zone === null ? null : own.zoneNamed(zone) ?? "no such zone");
lines.on("line", (line) => {
  const [words, [what, ...given]] = JSON.parse(line), own = made({ getElementById: () => ({ textContent: words }) });
  const zone = zoned(given.pop(), own);
  console.log(JSON.stringify(own[what](...given, zone)));
});
"""
"""Reads lines of words (as they stand in a page) and a call, the last argument of which is a zone's name or null."""


@dataclass
class Scripts:
    """A running Node.js that has the scripts."""

    process: subprocess.Popen[str]

    def ask(self, words: Json, what: str, *given: Json) -> Json:
        """Call a function of the scripts on a page with those words; the last argument names a zone."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps([json.dumps(words), [what, *given]]), file=self.process.stdin, flush=True)
        answer: Json = json.loads(self.process.stdout.readline())
        return answer


@contextmanager
def running() -> Iterator[Scripts]:
    """The scripts, for as many questions as there are."""
    node = shutil.which("node")
    assert node, "the tests need Node.js"
    source = joined_scripts(*(f"script/{name}" for name in TELLING))
    process = subprocess.Popen(
        [node, "-e", ANSWERS, source], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    with process:
        yield Scripts(process)
        assert process.stdin
        process.stdin.close()
