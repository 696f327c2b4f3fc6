"""The command line: parses, calls, prints. No command does what a notebook cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence


_TOLD = 100
"""How many problems are printed: who made the same mistake on every line of a long file knows it by then."""
_LINE = 2000
"""Letters of a problem that are printed: what it quotes from a file may be megabytes."""

_STOPPED = 130  # what shells expect of a command that Ctrl-C ended


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run a command and leave with its exit code: 0 done, 1 bad data, 2 bad usage.

    Errors that flipflop raises on purpose become lines on stderr; bugs keep their traceback.
    """
    import atexit
    import errno
    import gc

    gc.set_threshold(50_000)  # what is made at the start stays: looking through it again and again costs a tenth of it,
    atexit.register(gc.freeze)  # and looking for cycles in it at the end, when all goes anyway, a fifth
    try:
        from flipflop.cli.app import command
        from flipflop.cli.terminal import open_streams, quiet_pipe, say
        from flipflop.errors import FlipflopError
    except KeyboardInterrupt:
        raise SystemExit(_STOPPED) from None

    open_streams()
    with quiet_pipe():
        try:
            command().main(args=argv, prog_name=None if argv is None else "flipflop")
        except FlipflopError as error:
            lines = str(error).splitlines()
            for line in lines[:_TOLD]:
                say(f"error: {line if len(line) <= _LINE else f'{line[:_LINE]}…'}")
            if len(lines) > _TOLD:
                say(f"error: … and {len(lines) - _TOLD:,} more")
            for note in getattr(error, "__notes__", ()):
                say(note)
            raise SystemExit(1) from None
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                raise
            say(f"error: {str(error.filename)[:60]}… is too long for the name of a file: choose a shorter one")
            raise SystemExit(1) from None
    raise SystemExit(0)  # never reached: a command always leaves by itself
