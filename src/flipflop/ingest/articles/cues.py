"""The words that tell of speech in English news, and their forms."""

from __future__ import annotations

import re

from flipflop.ingest.articles.wordlists import listed

_IRREGULAR = {
    "say": "said", "tell": "told", "write": "wrote written", "think": "thought", "hold": "held", "find": "found",
    "speak": "spoke spoken", "read": "read", "retweet": "retweeted", "deny": "denied", "testify": "testified",
    "reply": "replied", "quip": "quipped", "admit": "admitted", "dub": "dubbed", "slam": "slammed",
    "brag": "bragged", "go": "went", "put": "put", "swear": "swore", "sing": "sang", "retort": "retorted",
}  # fmt: skip
_REPORTING = listed(
    """say tell add note argue warn claim insist announce report acknowledge explain declare state write tweet
    contend maintain stress emphasize emphasise reiterate recall observe predict promise pledge vow complain
    allege conclude confirm deny admit concede assert caution testify suggest indicate reveal disclose assure
    remark estimate clarify complain joke lament counter boast brag affirm stipulate believe think find"""
)
_OF_QUOTES = listed(
    """ask reply respond continue quip retort answer call describe dub label denounce criticize criticise blast slam
    accuse praise mock dismiss compare liken refer characterize characterise question wonder shout whisper chant
    repeat echo agree charge defend express offer propose recommend demand urge condemn ridicule brand decry
    deride attack tout hail term retweet post exclaim interject muse sigh yell laugh plead apologize
    apologise address summarize decline speak reason cite invoke vent cry thunder scoff swear advise
    implore point react declare sum insist fume deem herald bemoan bash rip push plan appeal reassure reject
    mutter murmur grumble bark growl stammer"""
)

_DOUBLED = {"quip", "admit", "dub", "slam", "brag", "rip"}


def forms(verb: str) -> list[str]:
    """Return a verb's forms: itself, third person, past, participle."""
    stem = verb.removesuffix("e")
    third = (
        f"{verb[:-1]}ies"
        if verb.endswith("y") and verb[-2] not in "aeo"
        else f"{verb}{'es' if verb[-1] in 'xs' or verb[-2:] in {'ch', 'sh'} else 's'}"
    )
    past = _IRREGULAR.get(verb) or (f"{verb[:-1]}ied" if third.endswith("ies") else f"{stem}ed")
    ing = f"{verb}{verb[-1]}ing" if verb in _DOUBLED else f"{stem}ing"
    return [verb, third, *past.split(), ing]


REPORTING = frozenset(form for verb in _REPORTING for form in forms(verb))
"""Verbs after which "that" begins what somebody said."""

BASE = _REPORTING | _OF_QUOTES
"""The plain forms, many of which are nouns as well: "a conference call"."""
_ALL = sorted(
    {form for verb in BASE for form in forms(verb)}
    | {"went on", "goes on", "going on", "put it", "puts it", "chimed in", "shot back", "fired back"},
    key=len,
    reverse=True,
)
CUE = re.compile(rf"(?<![\w’'-])(?:{'|'.join(_ALL)})(?![\w-]|[’']\w)")
"""One word of speech; lower case, as it stands within a sentence."""

ACCORDING = re.compile(r"(?<!\w)[Aa]ccording\sto\s")
IN_WORDS_OF = re.compile(r"(?<!\w)[Ii]n\sthe\swords\sof\s")

PRONOUNS = {"he": "m", "she": "f", "they": "", "it": "", "we": "", "i": "", "who": "", "you": ""}
