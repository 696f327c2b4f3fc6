"""What a moment looks like amid other words, as regular expressions, and the names that only look like one.

Knows nothing of what a moment means: ``When.parse`` says that. Every repetition is bounded, so that no text takes long.
"""

from __future__ import annotations

import re

from flipflop.when.words import DAYPARTS, DAYS, MONTHS, NUMBERS, SEASONS, WEEKDAYS
from flipflop.when.zones import WRITTEN


def _either_case(words: tuple[str, ...]) -> str:
    return "|".join(f"{word.title()}|{word.upper()}" for word in words)


_FULL_MONTH = f"(?:{_either_case(MONTHS)})"
_MONTH = rf"(?:{_FULL_MONTH}|(?:{'|'.join(name[:3].title() for name in MONTHS)}|Sept)\b\.?)"
_WEEKDAY = f"(?:{_either_case(WEEKDAYS)})"
_ANY_WEEKDAY = rf"(?:{_WEEKDAY}|(?:{'|'.join(name[:3].title() for name in WEEKDAYS)}|Tues|Thurs?)\b\.?)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
_YEAR = r"(?:1[6-9]|20)\d\d(?!\w|,\d|[-/]\d)"
_PART = rf"(?:{'|'.join(sorted((part for part in DAYPARTS if ' ' not in part), key=len, reverse=True))})"
_ORDINAL = "|".join(sorted((word.replace("-", "[- ]") for word in DAYS), key=len, reverse=True))
_NUMBER = "|".join(sorted((word.replace("-", "[- ]") for word in NUMBERS), key=len, reverse=True))
_ZONE_NAME = rf"(?:(?i:{WRITTEN})\b|(?:UTC|GMT)[+-]\d\d?\b|local\stime\b)"
_ZONE = rf"(?:\s(?:{_ZONE_NAME}|\({_ZONE_NAME}\)))?"
_CLOCK = rf"(?:\d\d?(?:[:.]\d\d)?\s?[AaPp]\.?[Mm]\b\.?|\d\d?:\d\d(?::\d\d)?(?!\d)|noon\b|\d\d?\so['’]clock\b){_ZONE}"
_NUMERIC = (
    r"(?:\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?|\d\d?/\d\d?/\d{4}|\d\d?\.\d\d?\.\d{4})(?!\d)"
)
_OF_MACHINES = (
    rf"(?:{_ANY_WEEKDAY}\s{_MONTH}\s\d\d\s\d\d:\d\d:\d\d\s[+-]\d{{4}}\s\d{{4}}"
    rf"|{_ANY_WEEKDAY},\s\d\d?\s{_MONTH}\s\d{{4}}\s\d\d:\d\d:\d\d\s[+-]\d{{4}})(?!\d)"
)
_DATED = (
    rf"(?:{_MONTH}\s(?:{_DAY}\s?[-–]\s?)?{_DAY}(?:,?\s{_YEAR})?"
    rf"|(?:\d\d?\s?[-–]\s?)?{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?"
    rf"|(?:{_ORDINAL})\sof\s{_FULL_MONTH}(?:,?\s{_YEAR})?"
    rf"|{_NUMERIC})"
)
_OF_A_DAY = (
    rf"(?:{_OF_MACHINES}|(?:{_ANY_WEEKDAY},?\s)?{_DATED}|(?:(?:[Tt]his\s)?(?:[Ll]ast|past)\s|[Tt]his\s)?{_WEEKDAY}"
    rf"|(?:(?:the\sday\sbefore\s)?[Yy]esterday|[Tt]oday|(?:[Tt]his|[Ll]ast)(?=\s(?:morning|afternoon|evening|night)))(?!\w))"
    rf"(?:,?\s{_PART}\b)?"
)
_LONGER = (
    rf"{_MONTH}\s(?:of\s)?{_YEAR}"
    rf"|(?:{'|'.join(SEASONS)})\s(?:of\s)?{_YEAR}|(?:[Tt]his|[Ll]ast)\s(?:past\s)?(?:spring|summer|autumn|fall|winter)\b"
    r"|(?:[Ee]arlier\sthis|later\sthis|[Tt]his\spast|the\spast|[Tt]his|[Ll]ast)\s(?:week|weekend|month|year|decade)\b"
    rf"|(?:an?|{_NUMBER}|\d{{1,3}})\s(?:minute|hour|day|week|month|year)s?\sago\b"
    r"|[Tt]he\s(?:1[6-9]|20)\d0s\b|Q[1-4]\s(?:1[6-9]|20)\d\d\b"
    rf"|(?:first|second)\shalf\sof\s{_YEAR}|(?:first|second|third|fourth|last)\squarter\sof\s{_YEAR}"
    rf"|(?:from|between)\s{_FULL_MONTH}\s(?:to|and|until|through)\s{_FULL_MONTH}\s{_YEAR}"
    rf"|(?:[Ee]arly|[Ll]ate|mid)[\s-]{_YEAR}|[Cc]irca\s{_YEAR}|[Oo]ver\sthe\sweekend\b"
)
_EDGE = r"(?:(?:[Ee]arly|[Ll]ate|[Ee]arlier|[Ll]ater|mid)[\s-](?:on\s|in\s)?|(?:end|beginning|start|middle)\sof\s)?"
_BOUND = r"(?:(?:[Ss]ince|[Bb]efore|[Aa]fter|[Uu]ntil|[Tt]ill|[Bb]y|[Nn]ot\safter|[Nn]o\slater\sthan)\s)?"
_ABOUT = r"(?:(?:circa|about|around)\s)?"

MENTION = re.compile(
    rf"(?<![\w./$£€-])(?P<bound>{_BOUND})(?:[Oo]n\s|[Aa]t\s)?(?P<core>{_ABOUT}{_EDGE}"
    rf"(?:(?P<before>(?:(?:shortly|just)\s(?:before|after)\s)?{_CLOCK})(?:,|\son|\sof|\s[·–-])?\s)?"
    rf"(?P<day>{_OF_A_DAY})(?P<after>(?:,?\sat|,|\s·|\s-)?\s(?:about\s|around\s)?{_CLOCK})?"
    rf"|[Tt]onight(?!\w)|(?P<longer>{_ABOUT}{_EDGE}(?:{_LONGER})))(?!\w|-\w)"
)
"""One moment that says itself which day, month or year it is; ``core`` is all of it but a bound, ``day`` its date."""

LOOSE = re.compile(
    r"(?<![\w./$£€-])(?P<word>(?i:in|since|until|by|before|after|during|from|of|between|last|at))\s(?:the\s)?"
    rf"(?P<core>{_EDGE}(?:(?P<month>{_FULL_MONTH})|(?P<years>{_YEAR}(?:\s?(?:-|–|to|and|through)\s?{_YEAR})?)))"
    r"(?!\w|[-’']\w|,?\s?\d)"
)
"""A month or a year that needs the word before it to be one: "in May", "since 2011"."""

JOINED = re.compile(r"\s?[-–]\s?|\s(?:to|until|till|through|and)\s")
"""What may stand between the two ends of a range."""

MONTH = re.compile(_MONTH)
YEAR = re.compile(r"\d{4}")

IN_BRACKETS = re.compile(r"\s?\((?P<inside>[^()\n]{2,40})\)")
"""What follows a moment in brackets, such as the day in another calendar."""

FUTURE = re.compile(
    r"\b(?:will|won['’]t|would|shall|plans?\sto|scheduled|set\sto|due|upcoming|going\sto|next|tomorrow)\b"
)
"""Words before a day without its year that put it in the future, where nothing is on record."""

NO_DAY_BEFORE = re.compile(
    r"(?:\b(?:[Nn]ext|[Ee]very|[Ee]ach|[Aa]nother|[Aa]ny|[Cc]oming|[Ff]ollowing|[Pp]revious|[Mm]ost|[Ss]ome|one|[Nn]ews"
    r"|Black|Good|Super|Ash|Palm|Bloody|Cyber|Holy|Fat|Shrove|Easter|Ruby)\s|[“\"‘'#@&])$"
)
"""What stands before a weekday that is then a name, or a day that is still to come."""

NO_DAY_AFTER = re.compile(
    r"\s(?:Times|Mail|Express|Mirror|Telegraph|Herald|Post|People|Mercury|Review|Magazine|Night|Morning|Politics|Today)\b"
)
"""What follows a weekday that is then part of the name of a paper or a programme."""

WEEKDAY = re.compile(rf"(?i:this\s|last\s|past\s){{0,2}}{_WEEKDAY}(?:,?\s{_PART})?")
ONE_OF_MANY = re.compile(r"\b[Aa]\s$")
NOT_A_NOUN = re.compile(r"[.,;:!?)]|\s(?:in|of|or|and|when|that|after|before|at|like|is|was)\b|\s?$")
OF_ANOTHER_DAY = re.compile(r"\s(?:after|before|following|prior)\b")

_BEFORE_A_MONTH = "In|On|Since|By|Until|Last|This|Early|Late|Mid|After|Before|During|From|Of|And|For|The"
_NAME_BEFORE = rf"(?!(?:{_BEFORE_A_MONTH}|{'|'.join(WEEKDAYS)})\s)"
NAMED_LIKE_MONTHS = re.compile(
    rf"(?i:\b(?:mrs|mr|ms|miss|dr)\.?\s)({_FULL_MONTH})\b|\b(?i:{_NAME_BEFORE})[A-Z][a-z]+\s({_FULL_MONTH})\b(?!,?\s\d)"
    rf"|\b({_FULL_MONTH})\s(?!{_WEEKDAY})[A-Z][a-z]+\b"
)
"""A month that is somebody's name in this text: Theresa May, April Smith."""
