"""Where sentences end in a text whose quotations are hidden. Knows nothing of who speaks."""

from __future__ import annotations

import re

from flipflop.ingest.articles.cues import CUE

HIDDEN = "\ufffc"
"""What stands for every character of a quotation, so that offsets stay and no word of it is read."""
_LONGEST = 2_000
"""How many characters a sentence may have; what is longer is cut, so that the work on each stays small."""
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Maj|Capt|Rev|Hon|Prof|St|Jr|Sr|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct"
    r"|Nov|Dec|No|vs|Inc|Co|Corp|Ltd|Fla|Ariz|Calif|Neb|Minn|Wis|Mich|Pa|Va|Ga|Ill|Ind|Mass|Conn|Tenn|Tex|Ky|La|Ala|Ark"
    r"|Colo|Del|Kan|Md|Mo|Mont|Nev|Okla|Ore|Wash)|\b[A-Z]|\b[ap]\.m|\bU\.S|\bD\.C|\bU\.K|\bU\.N)\.$"
)
_STOP = re.compile(rf"(?:[.!?…]{{1,4}}[)\]’”\"]?(?=\s{{1,4}}[^a-z\s])|{HIDDEN}(?=\s{{1,4}}(?:[A-ZÀ-Þ{HIDDEN}]|$)))")
_TITLE_STOP = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Prof|Rev|Del|St|[A-Z])\.")


def hide(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with those spans filled by one sign, so that every offset stays."""
    kept, at = [], 0
    for start, end in spans:
        kept += [text[at:start], HIDDEN * (end - start)]
        at = end
    return "".join([*kept, text[at:]])


def sentences(masked: str, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a paragraph; a quotation ends its sentence unless its word of speech follows."""
    found: list[tuple[int, int]] = []
    at = start
    for match in _STOP.finditer(masked, start, end):
        if match.end() <= at:
            continue
        if _ends(masked, text, match, at, end):
            found += _cut(masked, at, match.end())
            at = match.end()
            while at < end and masked[at].isspace():
                at += 1
    return found + _cut(masked, at, end)


def _ends(masked: str, text: str, match: re.Match[str], at: int, end: int) -> bool:
    if match[0] == HIDDEN:
        return _quotation_ends(masked, text, match.end(), end)
    shortened = match[0].startswith(".") and _ABBREVIATED.search(masked, max(at, match.start() - 8), match.start() + 1)
    return not shortened


def _cut(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a sentence, or the pieces of one that is too long to be one; no quotation is cut."""
    pieces = []
    while end - start > _LONGEST:
        at = masked.rfind(" ", start + 1, start + _LONGEST)
        at = masked.find(" ", start + _LONGEST) if at < 0 else at
        if not start < at < end:
            break
        pieces.append((start, at))
        start = at + 1
    return [*pieces, (start, end)] if start < end else pieces


def _quotation_ends(masked: str, text: str, at: int, end: int) -> bool:
    """Tell whether a sentence ends where a quotation does: its last sign says so, and no name with a cue follows."""
    inner = text[max(0, at - 3) : at].rstrip("”’\"' »")
    if not inner or inner[-1] not in ".!?…":
        return False
    following = masked[at : min(end, at + 120)].lstrip()
    if following.startswith(HIDDEN):
        return True
    if inner[-1] == ".":
        return True
    following = _TITLE_STOP.sub("Mr", following)
    cue = CUE.search(following)
    return not (cue and cue.start() < 50 and not re.search(rf"[.,;:{HIDDEN}]\s", following[: cue.start()]))
