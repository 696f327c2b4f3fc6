"""The options of a statement, what `add` takes and `amend` changes; and a source that is typed as one.

Each has a name, so that typer evaluates a word where the annotation stands and not the whole of it (twice).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from flipflop.errors import DataError
from flipflop.records import Form, Source, Stance

if TYPE_CHECKING:
    from collections.abc import Callable


class SaidFrom(StrEnum):
    """What bounds the moment of a statement that itself tells of none."""

    PUBLISHED = "published"


def offering(kind: str) -> Callable[[typer.Context, str], list[tuple[str, str]]]:
    """Return what a shell is told that may stand in a place for a "speaker", "topic", "statement" or "event"."""

    def offer(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from flipflop.cli.completion import offered

        return offered(ctx, kind, incomplete)

    return offer


def _text(name: str, told: str, metavar: str = "TEXT", *, of: str | None = None) -> typer.models.OptionInfo:
    """An option that takes a text; ``of`` is what the shell offers for it."""
    info: typer.models.OptionInfo = typer.Option(
        name, metavar=metavar, help=told, autocompletion=offering(of) if of else None
    )
    return info


TextArgument: TypeAlias = Annotated[
    str | None, typer.Argument(metavar="TEXT", help="The words; - reads them from stdin.")
]
WhoOption: TypeAlias = Annotated[str | None, _text("--speaker", "Id, name or alias.", "WHO", of="speaker")]
AboutOption: TypeAlias = Annotated[str | None, _text("--topic", "Id or title.", "TOPIC", of="topic")]
ShownOption: TypeAlias = Annotated[Stance | None, typer.Option("--stance", help="What the words show towards it.")]
SaidOption: TypeAlias = Annotated[str | None, _text("--said", 'When, such as "9 July 2017 7:50am EDT".', "WHEN")]
SaidFromOption: TypeAlias = Annotated[
    SaidFrom | None, typer.Option("--said-from", help='The moment is "not after" the publication.')
]
UrlOption: TypeAlias = Annotated[str | None, _text("--source", "Where it can be checked.", "URL")]
OutletOption: TypeAlias = Annotated[str | None, _text("--outlet", "Who published the source.")]
TitleOption: TypeAlias = Annotated[str | None, _text("--title", "The title of the source.")]
AuthorOption: TypeAlias = Annotated[str | None, _text("--author", "The author of the source.")]
PublishedOption: TypeAlias = Annotated[str | None, _text("--published", "When the source was published.", "WHEN")]
FormOption: TypeAlias = Annotated[
    Form | None, typer.Option("--form", help="How near to the speaker's own words. [default: quote]")
]
ContextOption: TypeAlias = Annotated[str | None, _text("--context", "What a reader should know.")]
BehalfOption: TypeAlias = Annotated[
    str | None, _text("--on-behalf-of", "For which organisation or person.", "WHO", of="speaker")
]
RationaleOption: TypeAlias = Annotated[str | None, _text("--rationale", "Why the words show that.")]
ConfidenceOption: TypeAlias = Annotated[
    float | None, typer.Option("--confidence", min=0, max=1, help="How sure that is, from 0 to 1.")
]
AttributionOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--attribution", metavar="NAME", help="Who passed it on, nearest to the speaker first; may be repeated."
    ),
]
RespondsOption: TypeAlias = Annotated[
    str | None, _text("--responds-to", "The statement that this one answers.", "ID", of="statement")
]
LanguageOption: TypeAlias = Annotated[str | None, _text("--language", 'Of the words, such as "en".')]
ReferenceOption: TypeAlias = Annotated[
    str | None, _text("--reference", 'What "Sunday" refers to. [default: --published]', "WHEN")
]


def source_from(typed: str) -> Source:
    """Return the source that is typed: a web address, else the name of an outlet. Raises DataError for what is none."""
    from flipflop.records import doubts

    if fault := doubts.address_fault(typed):
        raise DataError(fault)
    whole = doubts.completed(typed)
    return Source(outlet=whole) if doubts.is_words(whole) else Source(whole)
