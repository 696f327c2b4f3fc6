"""Runs commands as a pipe would: in this process, on real files, with neither stdin nor stdout a terminal."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from flipflop.cli import main

SHELL_COMMAND = [sys.executable, "-c", "from flipflop.cli import main; main()"]
"""The command as a process of its own."""


class Done(NamedTuple):
    """What a command left: its exit code, and what it said where."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def flipflop(*words: str | Path, stdin: str = "") -> Done:
    """Run a command and return what it left."""
    streams = [
        io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True, errors=errors)
        for errors in ("strict", "backslashreplace")  # as Python opens them
    ]
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    code: str | int | None = 0
    with (
        contextlib.redirect_stdout(streams[0]),
        contextlib.redirect_stderr(streams[1]),
        mock.patch.object(sys, "stdin", given),
    ):
        try:
            main([str(word) for word in words])
        except SystemExit as left:
            code = left.code
    out, err = (stream.buffer.getvalue().decode() for stream in streams)
    return Done(int(code or 0), out, err)


def case(place: Path) -> Path:
    """Return a store with one speaker, one topic and a position of January 2020."""
    store = place / "case.db"
    flipflop("init", "-s", store, "--by", "Me", "--tz", "UTC")
    flipflop("speaker", "add", "Jane Roe", "--alias", "@jane", "-s", store)
    flipflop("topic", "add", "tax", "--proposition", "Taxes should be cut.", "-s", store)
    done = add(store, "Cut them.", stance="support", said="2020-01-01")
    assert done.code == 0, done.err
    return store


def add(store: Path, text: str, *more: str, speaker: str = "jane-roe", stance: str = "oppose", said: str = "") -> Done:
    """Record a statement on the topic of the case."""
    when = ["--said", said] if said else []
    words = ["--speaker", speaker, "--topic", "tax", "--stance", stance, *when, "--source", "https://e.org/1", *more]
    return flipflop("-s", store, "add", *words, "--", text)


def log(store: Path) -> str:
    """Return everything the store holds."""
    return flipflop("-s", store, "log", "--format", "jsonl").out
