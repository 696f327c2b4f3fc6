"""The forms of reported speech in English news, as regular expressions on text whose quotations are hidden.

Every repetition is bounded, so that no text takes long.
"""

from __future__ import annotations

import re

from flipflop.ingest.articles.sentences import HIDDEN
from flipflop.ingest.articles.wordlists import either, listed

_BE = either(
    """is are was were be been has have had will would can could may might must should shall did does do won['’]t
    isn['’]t aren['’]t wasn['’]t doesn['’]t didn['’]t don['’]t"""
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:morning|afternoon|evening|night))?"
_PAPER = either("statement interview email e-mail tweet letter speech report post")
_MEETING = either("conference meeting rally crowd audience hearing call briefing")
_OF_A_CLAUSE = either(
    """he she they it we there this these those his her their its the a an no any some many most both all such what
    if even only more less fewer about nearly almost at\\sleast"""
)
_OF_THE_REPORTER = either(
    "reaction reference nod jab reversal allusion response remark comment charge phrase swipe dig"
)
_GOES_ON = either(
    "contradicting abandoning reversing echoing dismissing rejecting repeating prompting drawing sparking"
)
_DID_ALSO = either(
    """pointed called urged accused asked promised vowed suggested warned added told dismissed rejected denied
    criticized praised blamed"""
)
_SAYING = either("adding saying noting arguing warning claiming citing calling according\\sto while as\\she as\\sshe")

DENIALS = listed("deny denies denied denying")
"""What follows these is what was not said: the verb belongs to the words."""
BARE = listed("said says saying say thinks")
"""After these a clause follows also without "that"."""
BARE_BEFORE_PRONOUNS = listed(
    """insisted insists claimed claims argued argues added adds believes admitted acknowledged confirmed announced
    suggested"""
)
TRAIL = listed("said says added adds wrote explained noted")
"""Words of speech that stand behind what was said, or amid it."""
PRONOUN = re.compile(r"\s(?:he|she|they|it|there|we)\s(?:is|was|has|had|will|would|are|were|have|could|did|does)\b")
THAT = re.compile(r"(?:\s(?!that\b|who\b|which\b)[^\s,;\ufffc]{0,30}[^\s,;:\ufffc]){0,10}?,?\sthat\s(?!of\b)")
THAT_TOLD = re.compile(r"(?:\s(?!that\b|who\b|which\b)[^\s,;]{0,30}[^\s,;:]){1,10}?,?\sthat\s(?!of\b)")
"""The way to "that"; behind "told" a programme in quotation marks may stand on it."""
ADJUNCT = re.compile(
    rf"(?:\s(?:earlier\s|later\s|late\s|early\s)?(?:on\s)?{_DAY}(?:\s\([^()]{{3,30}}\))?,?|\syesterday|\stoday"
    rf"|\s(?:this|last)\s(?:week|month|year|weekend)|\sin\s(?:a|an|the)\s(?:[\w-]+\s){{0,2}}(?:{_PAPER})"
    r"|\sby\s(?:telephone|phone|email|e-mail|text)|\son\s(?:Twitter|Facebook|Instagram|television)"
    r"|\sat\s(?:a|the)\s(?:[\w-]+\s){0,2}(?:rally|news\sconference|briefing|hearing)){0,2}"
)
CLAUSE = re.compile(
    rf"\s(?:(?:{_OF_A_CLAUSE}|(?:[a-z]{{2,20}}\s){{0,3}}[a-z]{{2,20}}s\s(?:would|will|had|have|were|are|could|should|must"
    r"|still|want|need|can|may|do|did))\s|[A-ZÀ-Þ$\d][\w.,’'$-]*\s)(?=[^.]{8})"
)
"""How a clause begins: a pronoun, a determiner, a name, or a plural with its verb."""
VERB = re.compile(rf"\b(?:{_BE}|(?!this\b|his\b|its\b|less\b)[a-z]{{3,20}}(?:ed|s))\b|['’](?:s|re|d|ll|ve)\b")
RELATIVE = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|also|never|not)\s"
    r"|(?!less\b|unless\b|his\b|this\b|its\b)[a-z]{3,20}(?:ed|s)\s"
    r"(?:the|an?|that|how|him|her|them|it|its|his|their|to|up|out|in|on|at|from|with|by|down)\b"
)
"""A verb behind "that": it begins no clause of its own, but tells of the noun before it."""
TOLD = re.compile(
    rf"\s(?:reporters|him|her|them|us|me|an?\s[\w’'-]+(?:\s(?:{_MEETING}))?|the\s[\w’'\s]{{3,40}}?"
    r"|[A-ZÀ-Þ][\w.’'-]+(?:\s[A-ZÀ-Þ][\w.’'-]+){0,3})(?=\s)"
)
"""To whom something was told."""
REST = re.compile(rf"(?:\s[^,;:\s{HIDDEN}]+){{0,7}}[.,;!?…]{{0,4}}\s{{0,4}}$")
TAIL = re.compile(
    rf"(?<=\ufffc)\san?\s(?:[\w-]+\s)?(?:{_OF_THE_REPORTER})\b|;\s|\s(?:—|–|--)\s?[a-z]+ing\b|,\s(?:{_GOES_ON})\b"
    rf"|,?\sand\s(?:he\s|she\s)?(?:also\s)?(?:{_DID_ALSO})\b|,\s(?:and\s)?(?:{_SAYING}|but\s(?:he|she|they|that|said))\b"
)
"""Where the reporter goes on in words of his own."""
NO_OPENING = re.compile(
    r"\W{0,3}(?:As|In|On|At|When|While|Asked|Speaking|After|Before|During|Earlier|Later|If|For|With|Like|By|According|Still"
    r"|And|But|Also|Meanwhile|However)\b"
)
SUBORDINATE = re.compile(
    r"\b(?:while|after|once|what|when|which|if|because|despite|where|since|how|whether)\s$", re.IGNORECASE
)
NOBODY = re.compile(
    r"(?:Not|No|Nobody|None|Few|not|no|few|While|After|Once|When|If|Because|Since|Despite|Although|Though|Whether)\b"
)
NEGATED = re.compile(
    r"(?:\b(?:not|never|n['’]t|declined\sto|refused\sto|if|whether|could|would|might|should|can|to)\s)$"
)
NO_AROUND = re.compile(r"\b(?:which|who|where|and|but|that),\s$")
NO_RIGHT = re.compile(
    r",\s(?:for|since|because|although|though|but|and|when|while|if|which|who|as|so|including|with)\b"
)
