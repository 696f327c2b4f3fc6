"""The verb propose: who says what in an article, for a person to judge. Stores nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import ClockOption, Format, FormatOption, moment_of, verb, warn
from flipflop.cli.tables import print_rows
from flipflop.cli.terminal import say

if TYPE_CHECKING:
    from flipflop.cli.tables import TableRow
    from flipflop.ingest.articles import Document, Proposal


@verb(
    "propose",
    "flipflop propose article.txt --published 2017-07-11 --tz Pacific/Auckland",
    "flipflop propose https://example.org/article.html --format jsonl",
    "pbpaste | flipflop propose - --published 2017-07-11 --outlet Reuters --format csv",
)
def propose(
    place: Annotated[str, typer.Argument(metavar="FILE", help="Text or HTML, an http(s) address, or - for stdin.")],
    published: Annotated[
        str | None, typer.Option("--published", metavar="WHEN", help='When it was published: what "Sunday" refers to.')
    ] = None,
    tz: ClockOption = None,
    outlet: Annotated[str, typer.Option("--outlet", metavar="NAME", help="The paper or site.")] = "",
    author: Annotated[str, typer.Option("--author", metavar="NAME", help='Who wrote it: "I" outside quotations.')] = "",
    comments: Annotated[
        bool, typer.Option("--comments", help="Also what readers quote in comments, never with a speaker.")
    ] = False,
    encoding: Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="[default: UTF-8]")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too.")
    ] = False,
    text: Annotated[
        Path | None, typer.Option("--text", metavar="FILE", help="Write the text in which offsets count, for HTML.")
    ] = None,
    name: Annotated[str | None, typer.Option("--doc-id", metavar="ID", help="[default: the file's name]")] = None,
    how: FormatOption = Format.TABLE,
) -> None:
    """Propose who says what in an article.

    Nothing is recorded. A line gives the speaker, the words, where they stand, and how sure the speaker is: high,
    check or low. HTML needs the extra "web".
    """
    document = _document(place, published, tz, outlet, author, encoding, allow_private=allow_private)
    from flipflop.ingest.articles import ProposalKind, proposals

    found = proposals(document, comments=comments)
    if text is not None:
        _write(text, document.text.encode())
    doc_id = name or (Path(place).stem if "://" not in place and place != "-" else place)
    rows = [_row(doc_id, each) for each in found]
    shown = None if how is not Format.TABLE else _cells(found)
    print_rows(rows, list(rows[0]) if rows else [], how, shown=shown)
    warn(document.warnings)
    for hole in (each for each in found if each.kind is ProposalKind.HOLE):
        say(f"nothing stands after {_ending(hole.quote)!r}: the words are missing (at {hole.start})")
    if document.published is None and not document.warnings:
        say('without --published no "Sunday" or "last week" is read')
    if not found:
        say("nobody says anything in it, as far as can be seen")


def _write(target: Path, content: bytes) -> None:
    """Put the text where there is nothing yet, or the same."""
    from flipflop.text.atomic import placed

    if not target.is_file() or target.read_bytes() != content:
        with placed(target) as unfinished:
            unfinished.write_bytes(content)


def _document(
    place: str,
    published: str | None,
    tz: str | None,
    outlet: str,
    author: str,
    encoding: str | None,
    *,
    allow_private: bool,
) -> Document:
    from flipflop.errors import DataError
    from flipflop.ingest.articles.reading import read_document

    when = moment_of(published, "--published", tz=tz) if published else None
    given = sys.stdin.buffer if place == "-" else place
    try:
        return read_document(
            given, published=when, tz=tz, outlet=outlet, author=author, encoding=encoding, allow_private=allow_private
        )
    except DataError as error:
        called = "standard input" if place == "-" else place
        told = (p if "://" in p.message else p._replace(message=f"{called}: {p.message}") for p in error.problems)
        raise DataError(told) from None


def _row(doc_id: str, each: Proposal) -> TableRow:
    said = each.said
    return {
        "doc_id": doc_id,
        "speaker": each.speaker,
        "quote": each.quote,
        "start": each.start,
        "end": each.end,
        "kind": str(each.kind),
        "confidence": str(each.confidence),
        "reason": each.reason,
        "said": said.text if said else None,
        "said_from": said.start.isoformat() if said else None,
        "said_until": said.end.isoformat() if said else None,
        "precision": str(said.precision) if said else None,
        "dated_by": str(each.dated_by) if each.dated_by else None,
        "chain": [_link(kind, name) for kind, name in each.chain],
        "part_of": None if each.part_of is None else f"{each.part_of[0]}-{each.part_of[1]}",
    }


def _link(kind: str, name: str) -> TableRow:
    return {"kind": kind, "name": name}


def _cells(found: list[Proposal]) -> dict[str, list[str]]:
    return {
        "sure": [str(each.confidence) for each in found],
        "kind": [str(each.kind) for each in found],
        "speaker": [each.speaker for each in found],
        "said": [each.said.text if each.said else "" for each in found],
        "words": [each.quote for each in found],
    }


def _ending(words: str) -> str:
    return words if len(words) <= 60 else f"…{words[-59:]}"
