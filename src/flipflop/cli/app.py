"""The root command and the table of verbs: a verb's module is loaded when somebody names the verb."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from flipflop.cli.base import PLAIN, VERBS, RootStore, examples

if TYPE_CHECKING:
    # typer vendors click and gives these no public name
    from typer._click.core import Command, Context
    from typer._click.formatting import HelpFormatter

FIRST = {
    "demo": "demo",
    "add": "add",
    "import": "importing",
    "list": "listing",
    "show": "show",
    "reversals": "listing",
    "rule": "rule",
    "timeline": "timeline",
}
"""The verbs that a newcomer sees first, each with the module that holds it."""

MORE = {
    "init": "declare",
    "speaker": "declare",
    "topic": "declare",
    "speaks-for": "declare",
    "code": "code",
    "conflicts": "listing",
    "card": "card",
    "chart": "chart",
    "amend": "amend",
    "retract": "mend",
    "redact": "mend",
    "sheet": "sheet",
    "when": "moments",
    "propose": "propose",
    "verify": "verify_seal",
    "seal": "verify_seal",
    "backup": "backups",
    "restore": "backups",
    "log": "log_export",
    "export": "log_export",
    "publish": "publishing",
}
"""All other verbs."""


class _Verbs(MutableMapping[str, "Command"]):
    """The verbs by name; looking one up loads its module."""

    def __getitem__(self, name: str) -> Command:
        return get_command(_loaded(name))

    def __iter__(self) -> Iterator[str]:
        return iter((*FIRST, *MORE))

    def __len__(self) -> int:
        return len(FIRST) + len(MORE)

    def __contains__(self, name: object) -> bool:
        return name in FIRST or name in MORE

    def __setitem__(self, name: str, verb: Command) -> NoReturn:
        raise TypeError("verbs stand in the tables FIRST and MORE")

    def __delitem__(self, name: str) -> NoReturn:
        raise TypeError("verbs stand in the tables FIRST and MORE")


class _Root(TyperGroup):
    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 -- typer's signature
        """Write the verbs in two parts, the first ones for a newcomer."""
        for title, verbs in (("Commands", FIRST), ("More", MORE)):
            with formatter.section(title):
                formatter.write_dl([(verb, _summary(verb)) for verb in verbs])


def _loaded(name: str) -> typer.Typer:
    if name not in VERBS:
        import_module(f"flipflop.cli.{(FIRST | MORE)[name]}")
    return VERBS[name]


def _summary(name: str) -> str:
    """What a verb does, in a line; read off without building its options, which would take most of the time."""
    verb = _loaded(name)
    told = verb.info.help if isinstance(verb.info.help, str) else verb.registered_commands[0].callback.__doc__
    return str(told).splitlines()[0]


def command() -> TyperGroup:
    """Return the root command, its verbs not yet loaded."""
    group = cast("TyperGroup", get_command(_app))
    group.commands = _Verbs()
    return group


_app = typer.Typer(
    cls=_Root,
    epilog=examples("flipflop demo", "flipflop add --help"),
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    **PLAIN | {"add_completion": True},
)


def _version(wanted: bool) -> None:
    if wanted:
        from flipflop import __version__
        from flipflop.cli.terminal import put

        put(f"flipflop {__version__}")
        raise typer.Exit


@_app.callback()
def _root(
    store: RootStore = None,
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Record who said what and when, find positions that were later contradicted, draw the timeline.

    A store is one file; it only ever gains events. Data goes to stdout, talk to stderr.
    Exit codes: 0 done, 1 bad data, 2 bad usage.
    """
