"""What all verbs share: how they are declared, the store they are about, options that are asked for."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeAlias, TypeVar

import typer

from flipflop.cli.terminal import ask, at_terminal, choose, say
from flipflop.errors import DataError, FlipflopError, Problem, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flipflop.store import Store
    from flipflop.when import When

DEFAULT_STORE = "flipflop.db"

PLAIN: dict[str, Any] = {  # keyword arguments of typer.Typer, each with a type of its own
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
}

UNNOTED = "the store cannot be written, so it keeps no note of this copy for a later redaction"
"""What is told of a copy that no redaction will list."""

VERBS: dict[str, typer.Typer] = {}
"""The verbs whose modules are loaded."""

_Verb = TypeVar("_Verb", bound="Callable[..., None]")


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


def examples(*lines: str) -> str:
    """Return the end of a help page: what one may type, not wrapped."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def verb(name: str, *lines: str) -> Callable[[_Verb], _Verb]:
    """Declare a function as the verb of that name, with examples of its use."""

    def declare(function: _Verb) -> _Verb:
        VERBS[name] = typer.Typer(**PLAIN)
        VERBS[name].command(name, epilog=examples(*lines))(function)
        return function

    return declare


def or_of_root(ctx: typer.Context, value: str | None) -> str | None:
    """The store named after the verb, else the one named before it or in the environment."""
    of_root: str | None = ctx.find_root().params.get("store")
    return value or of_root


def zone_told(ctx: typer.Context, value: str | None) -> str | None:
    """The zone of an option, with a warning where it is probably not the one that is meant."""
    if value and not ctx.resilient_parsing:  # that is, where no shell asks how the line may go on
        from flipflop.when.zones import probably_meant

        warn(filter(None, [probably_meant(value)]))
    return value


_STORE_HELP = f"The store: a file, or a postgresql:// URL. [default: {DEFAULT_STORE}]"
RootStore: TypeAlias = Annotated[
    str | None, typer.Option("--store", "-s", metavar="FILE", envvar="FLIPFLOP_STORE", help=_STORE_HELP)
]
StoreOption: TypeAlias = Annotated[
    str | None, typer.Option("--store", "-s", metavar="FILE", callback=or_of_root, help=_STORE_HELP)
]
FormatOption: TypeAlias = Annotated[Format, typer.Option("--format", help="How to print.")]
TzOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--tz", metavar="ZONE", callback=zone_told, help="Time zone of the output. [default: the store's, else UTC]"
    ),
]
ClockOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--tz", metavar="ZONE", callback=zone_told, help="Zone of clock times without one. [default: the store's]"
    ),
]
AsOfOption: TypeAlias = Annotated[
    str | None, typer.Option("--as-of", metavar="MOMENT", help="What the store had recorded by then.")
]
CoderOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--coder", metavar="NAME", help="Whose judgement it is. [default: $FLIPFLOP_BY, else your own name]"),
]
ByOption: TypeAlias = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who. [default: $FLIPFLOP_BY, else your own name]")
]


def opened(where: str | None, *, writing: bool = False) -> Store:
    """Return the store at that place, to read unless ``writing``; then what is recorded bears the user's name.

    Raises StoreError where there is none.
    """
    from flipflop.store import Store

    place = where or DEFAULT_STORE
    if not is_there(place):
        raise StoreError(f"there is no store at {place}: make one with 'flipflop init', or name yours with -s FILE")
    return Store(place, create=False, read_only=not writing, by=recorder() if writing else None)


def recorder() -> str | None:
    """Return the name that stands in the stamps of what is recorded: the user's own, else the login name."""
    from flipflop.cli.signing import login_name, own_name

    return own_name() or login_name()


def is_there(place: str) -> bool:
    """Tell whether there is something at the place of a store; of a server that is not known here."""
    return "://" in place or Path(place).exists()


@contextmanager
def made(where: str | None, *, tz: str | None = None) -> Iterator[Store]:
    """Give the store at that place to write to, made (with a zone) and announced where there is none.

    One that was made for a command that then fails is taken away again, as long as it is empty; of a server that is
    not known here, so that an empty store may stay there.
    """
    from flipflop.store import Store

    place = where or DEFAULT_STORE
    if is_there(place):
        empty = Path(place).is_file() and not Path(place).stat().st_size  # what a crash leaves, or mktemp
        with Store(place, create=empty or "://" in place, by=recorder()) as store:
            yield store
        return
    with Store.init(place, tz=tz) as store:
        store.by = recorder()
        try:
            yield store
        except BaseException:
            if store.head() is None:
                store.close()
                for left in (place, f"{place}-wal", f"{place}-shm", f"{place}.lock"):
                    Path(left).unlink(missing_ok=True)
            raise
        notices = store.notices()
    say(f"created {place}")
    warn(notices)


def note_copy(store: Store, copy: str | Path) -> None:
    """Have the store note that a copy was written; where it cannot, say so: the copy is there all the same."""
    try:
        store.exported(copy)
    except StoreError:
        say(f"warning: {UNNOTED}")


def usage_error(ctx: typer.Context, message: str) -> NoReturn:
    """Leave with exit code 2 and a hint at the help page."""
    ctx.fail(message)


def asked(ctx: typer.Context, value: str | None, option: str, question: str, *, default: str | None = None) -> str:
    """Return the value of an option, asked for at a terminal; without one, a usage error that names the option."""
    if value is not None:
        return value
    if at_terminal():
        return ask(question, default=default)
    if default is not None:
        return default
    usage_error(ctx, f"Missing option '{option}'.")


def asked_word(ctx: typer.Context, value: StrEnum | None, option: str, question: str, words: Iterable[StrEnum]) -> str:
    """Return the word of an option, asked for at a terminal among the words that there are."""
    if value is not None:
        return str(value)
    if at_terminal():
        return choose(question, [str(word) for word in words])
    usage_error(ctx, f"Missing option '{option}'. Choose from: {', '.join(words)}")


def moment_of(text: str, option: str, *, tz: str | None) -> When:
    """Return the moment that an option of a verb without ``--reference`` gives; its errors name the option."""
    try:
        return moment_from(text, option, tz=tz, reference=None)
    except DataError as error:
        found = (p._replace(message=p.message.replace(_WITH_REFERENCE, "write the date")) for p in error.problems)
        raise DataError(found) from None


_WITH_REFERENCE = "give that with --reference (--reference 2017-07-11)"


def moment_from(text: str, option: str, *, tz: str | None, reference: str | When | None) -> When:
    """Return the moment that an option gives, counted from a reference where there is one."""
    from flipflop.when import When

    try:
        return When.parse(text, reference=reference, tz=tz)
    except DataError as error:
        raise DataError(Problem(_for_typing(problem.message), f"{option}:") for problem in error.problems) from None


def _for_typing(message: str) -> str:
    """The remedy of a library's message as one types it here."""
    return message.replace("tz=", "--tz").replace("reference=", "--reference")


def as_of_moment(text: str | None, *, tz: str | None) -> datetime | None:
    """Return the last instant of the moment that ``--as-of`` gives."""
    if text is None:
        return None
    try:
        exact = datetime.fromisoformat(text)
    except ValueError:
        exact = None
    if exact is not None and exact.tzinfo is not None:
        return exact.astimezone(UTC)
    return moment_of(text, "--as-of", tz=tz).end - timedelta(microseconds=1)


def zone_to_draw_in(tz: str | None, store: Store) -> str:
    """Return the name of the zone of a figure or page: as given, else the store's, else UTC."""
    from flipflop.figures.zone import drawn_zone

    return drawn_zone(tz or store.tz or "UTC", whose="--tz" if tz else "--tz (the store's)").name


def warn(warnings: Iterable[str]) -> None:
    """Print warnings, each on a line of its own."""
    for warning in warnings:
        say(f"warning: {warning}")


def each_tried(problems: list[Problem], attempt: Callable[[], object]) -> object | None:
    """Return what the attempt gives, or None with its problems added to the list."""
    try:
        return attempt()
    except FlipflopError as error:
        problems += error.problems if isinstance(error, DataError) else [Problem(str(error))]
        return None
