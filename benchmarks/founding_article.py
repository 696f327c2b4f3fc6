"""Proposes the article from which the project started, and checks it against who said what.

    python benchmarks/founding_article.py ARTICLE.txt

Its prose is no part of the project; the opening words of the statements in it are enough to know them again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from flipflop.ingest.articles import Proposal, ProposalKind, document_of, proposals
from flipflop.when import When

SAID = [
    ("Donald Trump", "can’t happen"),
    ("Lindsey Graham", "It’s not the dumbest idea"),
    ("Lindsey Graham", "a blind spot"),
    ("Lindsey Graham", "and to forgive"),
    ("Marco Rubio", "Partnering with Putin"),
    ("Marco Rubio", "We have no quarrel"),
    ("Ash Carter", "like the guy who"),
    ("Adam Schiff", "would be dangerously naive"),
    ("Adam Schiff", "If that’s our best"),
    ("Nikki Haley", "doesn’t mean we ever"),
    ("Steven Mnuchin", "very important step"),
    ("Steven Mnuchin", "What we want to make sure"),
    ("Russia", "Donald Trump and Vladimir Putin had discussed"),
    ("Dmitry Peskov", "The heads of state"),
    ("Dmitry Peskov", "Nothing was promised"),
    ("Dmitry Peskov", "about the possibility of"),
    ("Svetlana Lukash", "Putin and Trump’s discussion"),
    ("Svetlana Lukash", "President Putin proposed"),
    ("Svetlana Lukash", "This does not mean"),
    ("Svetlana Lukash", "The main thing is"),
    ("Svetlana Lukash", "Maybe this will be"),
    ("Svetlana Lukash", "Nobody, except the"),
]
ALSO = {
    ("Donald Trump", "a proposed “Cyber"),
    ("Donald Trump", "Cyber Security unit"),
    ("Lindsey Graham", "Trump has “a blind"),
    ("Ash Carter", "the move was"),
    ("Adam Schiff", "expecting Russia to be"),
    ("Nikki Haley", "working with Russia on"),
    ("Russia", "it was only"),
    ("The U.S. intelligence community", "Russia attempted to interfere"),
}
"""Clauses around those words, and what bodies are said to have said."""
HOLES = ["On Sunday Trump tweeted:", "Trump tweeted:"]


def statements(found: list[Proposal]) -> list[tuple[str, str]]:
    return [(each.speaker, each.quote) for each in found if each.kind.is_statement]


def main() -> int:
    text = Path(sys.argv[1]).read_bytes().decode()
    document = document_of(text, published=When.parse("2017-07-11", tz="UTC"), tz="UTC")
    found, with_comments = proposals(document), proposals(document, comments=True)
    right = [(who, words) for who, words in SAID if any(s == who and q.startswith(words) for s, q in statements(found))]
    known = [*SAID, *ALSO]
    wrong = [
        (speaker, quote)
        for speaker, quote in statements(with_comments)
        if speaker and not any(speaker == who and quote.startswith(words) for who, words in known)
    ]
    holes = [each.quote for each in found if each.kind is ProposalKind.HOLE]
    mondays = {(each.said.text, f"{each.said.start:%F}") for each in found if each.said and "NZT" in each.said.text}
    print(f"{len(right)} of {len(SAID)} statements have their speaker; missing: {sorted({*SAID} - {*right})}")
    print(f"{len(wrong)} given to somebody who did not make them: {wrong}")
    print(f"lines whose words are missing: {holes}")
    print(f"moments in two calendars: {sorted(mondays)}")
    return int(len(right) < 20 or bool(wrong) or holes != HOLES or {day for _, day in mondays} != {"2017-07-10"})


if __name__ == "__main__":
    sys.exit(main())
