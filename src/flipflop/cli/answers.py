"""Answers, given as options or asked for: each is checked when it is there, and nothing that was typed is lost.

At a terminal what is wrong is told and asked for again; elsewhere all that is wrong is told together, at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from flipflop.cli.terminal import ask, at_terminal, say
from flipflop.errors import DataError, Problem, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer

_Read = TypeVar("_Read")


class Answers:
    """The answers to a verb; ``missing`` are the options that it cannot do without, as far as they are not given."""

    def __init__(self, ctx: typer.Context, missing: list[str]) -> None:
        self.at_terminal = at_terminal()
        self.asks = bool(missing) and self.at_terminal
        """Whether the person is asked for all that is left open, and not only for what is wrong."""
        self._asked = False
        self._problems: list[Problem] = []
        if missing and not self.at_terminal:
            named = ", ".join(f"'{option}'" for option in missing)
            ctx.fail(f"Missing option{'s' if len(missing) > 1 else ''} {named}.")

    def __enter__(self) -> Answers:
        return self

    def __exit__(self, *_: object) -> None:
        """Drop what was pasted and not asked for: the shell would run it."""
        if self._asked:
            from flipflop.cli.pasting import drop_waiting

            drop_waiting()

    def read(
        self,
        value: str | None,
        option: str,
        question: str,
        reader: Callable[[str], _Read],
        *,
        asker: Callable[[str], str | None] = ask,
        needed: bool = True,
    ) -> _Read | None:
        """Return what the reader makes of a value, asked for where it is missing; None where it is or remains so."""
        if value is None and self.asks and needed:
            value = self._ask(asker, question)
        while value is not None:
            try:
                return reader(value)
            except (DataError, StoreError) as error:
                problems = error.problems if isinstance(error, DataError) else (Problem(str(error)),)
                found = [p if p.field else p._replace(field=f"{option}:") for p in problems]
            if not self.at_terminal:
                self._problems += found
                return None
            for problem in found:
                say(f"error: {problem}")
            value = self._ask(asker, question)
        return None

    def _ask(self, asker: Callable[[str], str | None], question: str) -> str | None:
        self._asked = True
        return asker(question)

    def done(self) -> None:
        """Raise DataError with all that is wrong."""
        if self._problems:
            raise DataError(self._problems)


def there(value: _Read | None) -> _Read:
    """Return an answer that ``done`` has let through."""
    if value is None:
        raise DataError("an answer is missing")
    return value
