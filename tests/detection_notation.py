"""Reads the short notation in which histories are written by hand: `P:+a[0,1) S:-b@o{if x}[2,3) a>b=no_reversal:both`.

`+a[0,1)` is statement a, support, said from 0 until 1; `++` strongly; `-` oppose; `~` mixed; `?` unclear; `@o` on
behalf of o; `{q}` a qualifier; `P:` the speaker, else X. `a>b=…` is a ruling, `:earlier` which end it sets aside,
`/half_flip` its degree. `S=P[0,9)` says when S speaks for P (`S=P[,9)`: from ever); where no token does, throughout.
All is on one topic, coded by one person, and recorded before any ruling; of two rulings the one written later is later.
"""

from __future__ import annotations

import re

from tests.detection_records import Bound, Coding, Conflict, History, Reversal, Ruling, SpeaksFor, Statement, Topic

TOPIC = "t"
STANCES = {
    "++": "strongly_support",
    "+": "support",
    "~": "mixed",
    "-": "oppose",
    "--": "strongly_oppose",
    "?": "unclear",
}
STATEMENT = re.compile(
    r"(?:(?P<speaker>\w+):)?(?P<stance>\+\+|--|[-+~?])(?P<id>\w+)(?:@(?P<mandate>\w+))?(?:\{(?P<qualifier>[^}]*)\})?"
    r"\[(?P<said_from>\d+),(?P<said_until>\d+)\)"
)
RELATION = re.compile(r"(?P<surrogate>\w+)=(?P<principal>\w+)\[(?P<since>\d*),(?P<until>\d*)\)")
RULING = re.compile(r"(?P<earlier>\w+)>(?P<later>\w+)=(?P<outcome>\w+)(?::(?P<set_aside>\w+))?(?:/(?P<degree>\w+))?")
TOKEN = re.compile(r"(?:\{[^}]*\}|\S)+")


def history(text: str, *, kind: str = "account") -> History:
    """The history that a line of the notation tells; ValueError names a token that is none."""
    statements: list[Statement] = []
    codings: list[Coding] = []
    relations: list[SpeaksFor] = []
    rulings: list[Ruling] = []
    for token in TOKEN.findall(text):
        if match := STATEMENT.fullmatch(token):
            statements.append(statement(match))
            codings.append(coding(match))
        elif match := RELATION.fullmatch(token):
            relations.append(relation(match))
        elif match := RULING.fullmatch(token):
            rulings.append(ruling(match, decided_at=100 + len(rulings)))
        else:
            raise ValueError(f"{token!r} is no statement, relation or ruling")
    return History(
        statements=tuple(statements),
        codings=tuple(codings),
        topics=(Topic(id=TOPIC, kind=kind),),
        relations=tuple(relations or [SpeaksFor(surrogate="S", principal="P")]),
        rulings=tuple(rulings),
    )


def statement(match: re.Match[str]) -> Statement:
    """The evidence in a token."""
    return Statement(
        id=match["id"],
        speaker=match["speaker"] or "X",
        said_from=int(match["said_from"]),
        said_until=int(match["said_until"]),
        on_behalf_of=match["mandate"],
    )


def coding(match: re.Match[str]) -> Coding:
    """The judgement in the same token."""
    return Coding(
        id=f"coding of {match['id']}",
        statement=match["id"],
        topic=TOPIC,
        stance=STANCES[match["stance"]],
        coder="ann",
        qualifier=match["qualifier"],
    )


def relation(match: re.Match[str]) -> SpeaksFor:
    """Who speaks for whom, within bounds that are instants."""
    since, until = (Bound(int(match[end]), int(match[end])) if match[end] else None for end in ("since", "until"))
    return SpeaksFor(surrogate=match["surrogate"], principal=match["principal"], since=since, until=until)


def ruling(match: re.Match[str], *, decided_at: int) -> Ruling:
    """A ruling, later than those written before it."""
    return Ruling(
        id=f"ruling {decided_at}",
        earlier=match["earlier"],
        later=match["later"],
        topic=TOPIC,
        outcome=match["outcome"],
        degree=match["degree"],
        set_aside=match["set_aside"],
        decided_at=decided_at,
        recorded_at=decided_at,
    )


def noted(row: Reversal | Conflict) -> str:
    """A row as the page writes it: `stranded_surrogate s>b until 6`."""
    until = getattr(row, "until", None)
    pair = f"{row.kind} {row.earlier_id}>{row.later_id}"
    return pair if until is None else f"{pair} until {until}"
