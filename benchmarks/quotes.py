"""How well statements are found in articles: spans, speakers, confidence, indirect speech.

    python benchmarks/quotes.py                        the articles beside this file, proposed now
    python benchmarks/quotes.py --gold GOLD.jsonl      articles with text and attributions, proposed now
    python benchmarks/quotes.py --gold GOLD.jsonl --predictions PRED.jsonl

Predictions are what ``flipflop propose FILE --format jsonl`` writes, one object a line: doc_id, speaker, quote, start,
end, kind, confidence. Kinds: direct and tweet are quotations; indirect and mixed are clauses; title, scare, question
and hole are not scored. A prediction fits a gold passage where the characters of both, marks and commas at the ends
left out, overlap by half (intersection over union), one to one.

Gold is either a folder of marked articles, ``<<kind|Speaker|other names>>words<</>>`` with the kinds d (direct),
m (mixed) and i (indirect), or JSON Lines with ``doc_id``, ``text`` and ``attributions`` (``kind``, ``content`` and
``quoted`` as lists of start and end, ``speaker``, ``speaker_names``), as PolNeAR can be written.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent / "articles"
PLAIN = re.compile('“([^“”]+)”|"([^"\n]+)"')
"""The baseline for spans: whatever stands between two marks of a kind."""
TRIMMED = " \t\r\n\"“”‘’'«»,;:.!?…"
TITLES = re.compile(
    r"^(?:(?:the|mr|mrs|ms|miss|dr|sen|rep|gov|gen|president|senator|representative|governor|secretary|judge|minister|"
    r"mayor|sir|former|chairman|speaker|republican|democratic|vice|prime)\.?\s+)+"
)
PRONOUNS = {"he", "she", "they", "it", "i", "we", "you", "who"}

Span = tuple[int, int]


class Gold(NamedTuple):
    """A passage that somebody said: its kind, where it and its quoted parts stand, and the names that are right."""

    kind: str
    content: list[Span]
    quoted: list[Span]
    names: set[str]


class Predicted(NamedTuple):
    """A line of predictions."""

    kind: str
    span: Span
    speaker: str
    confidence: str


def marked(path: Path) -> tuple[str, list[Gold]]:
    """Return the text of a marked article without its marks, and what the marks say."""
    text, gold = "", []
    for piece in re.split(r"(<<[dmi]\|[^>]*>>.*?<</>>)", path.read_text("utf-8"), flags=re.DOTALL):
        match = re.fullmatch(r"<<([dmi])\|([^>]*)>>(.*?)<</>>", piece, re.DOTALL)
        if not match:
            text += piece
            continue
        span = (len(text), len(text) + len(match[3]))
        text += match[3]
        kind = {"d": "direct", "m": "mixed", "i": "indirect"}[match[1]]
        inner = [(span[0] + q.start(), span[0] + q.end()) for q in re.finditer('[“‘"].*?[”’"](?!\\w)', match[3])]
        quoted = [span] if kind == "direct" else inner if kind == "mixed" else []
        gold.append(Gold(kind, [span], quoted, {last_name(name) for name in re.split(r"[|;]", match[2])}))
    return text, gold


def of_lines(path: Path) -> Iterator[tuple[str, str, list[Gold]]]:
    """Yield documents of annotated JSON Lines."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = []
        for each in row["attributions"]:
            content, quoted = ([(x["start"], x["end"]) for x in each[key]] for key in ("content", "quoted"))
            gold.append(Gold(each["kind"], content, quoted, {last_name(name) for name in each["speaker_names"]} - {""}))
        yield row["doc_id"], row["text"], gold


def proposed(text: str) -> list[Predicted]:
    """Return what is proposed for a text."""
    from flipflop.ingest.articles import document_of, proposals

    found = proposals(document_of(text))
    return [Predicted(str(each.kind), (each.start, each.end), each.speaker, str(each.confidence)) for each in found]


def predictions(path: Path) -> dict[str, list[Predicted]]:
    """Return the lines of a file of predictions, by document."""
    found = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        each = Predicted(row["kind"], (row["start"], row["end"]), row["speaker"] or "", row["confidence"])
        found[row["doc_id"]].append(each)
    return found


def last_name(name: str) -> str:
    """Return the last word of a name in lower case, titles and genitives left out."""
    plain = re.sub(r"[’']s?$", "", re.sub(r"\s+", " ", name).strip(' ,.:;"“”()').lower())
    words = [word for word in TITLES.sub("", plain).split() if word.strip(".") not in {"jr", "sr", "ii", "iii"}]
    return re.sub(r"[^\w'-]", "", words[-1]) if words else ""


def characters(text: str, spans: Iterable[Span]) -> set[int]:
    """Return the offsets of spans, without marks and commas at their ends."""
    found: set[int] = set()
    for start, end in spans:
        first = end - len(text[start:end].lstrip(TRIMMED))
        found.update(range(first, first + len(text[first:end].rstrip(TRIMMED))))
    return found


def paired(gold: list[set[int]], found: list[set[int]]) -> dict[int, int]:
    """Match predictions with gold, the best overlap first, one to one; half of the characters must be shared."""
    holders = defaultdict(list)
    for number, each in enumerate(gold):
        for place in each:
            holders[place].append(number)
    scored = []
    for number, each in enumerate(found):
        shared = Counter(holder for place in each for holder in holders.get(place, ()))
        for holder, count in shared.items():
            overlap = count / (len(each) + len(gold[holder]) - count)
            if overlap >= 0.5:
                scored.append((-overlap, number, holder))
    pairs: dict[int, int] = {}
    for _, number, holder in sorted(scored):
        if number not in pairs and holder not in pairs.values():
            pairs[number] = holder
    return pairs


class Tally:
    """Counts over documents."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []

    def document(self, doc_id: str, text: str, gold: list[Gold], found: list[Predicted]) -> None:
        """Count one document."""
        units = [(characters(text, [span]), each) for each in gold for span in each.quoted]
        direct = [each for each in found if each.kind in {"direct", "tweet"}]
        pairs = self._spans("direct", [chars for chars, _ in units], [characters(text, [p.span]) for p in direct])
        plain = [characters(text, [m.span()]) for m in PLAIN.finditer(text)]
        self._spans("baseline", [chars for chars, _ in units], plain)
        for number, holder in pairs.items():
            self._speaker(doc_id, text, direct[number], units[holder][1])
        clauses = [characters(text, each.content) for each in gold if each.kind != "direct"]
        told = [characters(text, [each.span]) for each in found if each.kind in {"indirect", "mixed"}]
        self._spans("indirect", clauses, told)

    def _spans(self, name: str, gold: list[set[int]], found: list[set[int]]) -> dict[int, int]:
        pairs = paired(gold, found)
        self.counts.update({f"{name} right": len(pairs), f"{name} found": len(found), f"{name} gold": len(gold)})
        return pairs

    def _speaker(self, doc_id: str, text: str, found: Predicted, gold: Gold) -> None:
        if not gold.names:
            return
        right = last_name(found.speaker) in gold.names and found.speaker.lower() not in PRONOUNS
        self.counts.update({"known": 1, "known right": right, found.confidence: 1, f"{found.confidence} right": right})
        if not right:
            words = " ".join(text[slice(*found.span)].split())[:60]
            self.wrong.append(f"{doc_id}: {found.speaker!r} ({found.confidence}), not {sorted(gold.names)}: {words}")

    def report(self, *, show: bool) -> None:
        """Print the figures."""
        counts = self.counts
        for name in ("direct", "baseline", "indirect"):
            precision = counts[f"{name} right"] / max(1, counts[f"{name} found"])
            recall = counts[f"{name} right"] / max(1, counts[f"{name} gold"])
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            print(
                f"{name:9} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({counts[f'{name} gold']} gold)"
            )
        known = max(1, counts["known"])
        print(f"speaker   right {counts['known right'] / known:.3f} of {counts['known']} whose name is known")
        for level in ("high", "check", "low"):
            share, right = counts[level] / known, counts[f"{level} right"] / max(1, counts[level])
            print(f"  {level:6}  right {right:.3f}, {share:.0%} of them")
        if show:
            print("\n".join(self.wrong))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=HERE, help="a folder of marked articles, or JSON Lines")
    parser.add_argument("--predictions", type=Path, help="lines of predictions; without them the articles are proposed")
    parser.add_argument("--show", action="store_true", help="print every wrong speaker")
    told = parser.parse_args()
    documents = (
        [(path.stem, *marked(path)) for path in sorted(told.gold.glob("*.txt"))]
        if told.gold.is_dir()
        else of_lines(told.gold)
    )
    given = predictions(told.predictions) if told.predictions else None
    tally, seconds, size = Tally(), 0.0, 0
    for doc_id, text, gold in documents:
        began = time.perf_counter()
        found = proposed(text) if given is None else given.get(doc_id, [])
        seconds, size = seconds + time.perf_counter() - began, size + len(text)
        tally.document(doc_id, text, gold, found)
    tally.report(show=told.show)
    if given is None:
        print(f"{size:,} characters in {seconds:.2f} s")


if __name__ == "__main__":
    main()
