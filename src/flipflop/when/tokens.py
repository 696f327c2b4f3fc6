"""What the words and numbers of a date look like, one regular expression a kind. Knows nothing of what they mean."""

from __future__ import annotations

import re

from flipflop.when.words import DAYPARTS, DAYS, EDGES, FEASTS, MONTHS, NTH, NUMBERS, ORDINALS, SEASONS, WEEKDAYS
from flipflop.when.zones import WRITTEN


def _names(words: tuple[str, ...], shortest: int) -> str:
    return "|".join(f"{word[:shortest]}(?:{word[shortest:]})?" if word[shortest:] else word for word in words)


def _any(words: dict[str, int] | dict[str, str] | dict[str, tuple[int, int]]) -> str:
    """The alternatives, the longest first, words of two parts with a hyphen or a space."""
    return "|".join(sorted((word.replace("-", "[- ]") for word in words), key=len, reverse=True))


MONTH = rf"(?:{_names(MONTHS, 3)}|sept)(?![a-z])\.?"
_SUFFIX = r"(?:st|nd|rd|th)"
AMPM = r"[ap]\.?\s?m\b\.?"
_CLOCK_END = rf"(?:\s?(?P<{{}}>{AMPM}))"
_HOURS = "|".join(list(NUMBERS)[:12][::-1])
_NO_TIME = rf"(?!\d|:\d|\.\d\d\s?{AMPM}|\s?{AMPM})"  # what follows a number that is a day

PATTERNS = {
    "label": r"\A(?:dated\b|(?:date|sent)\s?:)",
    "iso": r"(?P<iy>\d{4})-(?P<im>\d\d)-(?P<id>\d\d)(?!\d)",
    "basic": r"(?P<by>\d{4})(?P<bm>0[1-9]|1[0-2])(?P<bd>[0-2]\d|3[01])(?!\d)",
    "numeric": r"(?P<n1>\d\d?)(?P<sep>[/.-])\s?(?P<n2>\d\d?)(?P=sep)\s?(?P<ny>\d{4})(?!\d)",
    "ymd": r"(?P<yy>\d{4})(?P<ysep>[/.-])(?P<ym>\d\d?)(?P=ysep)(?P<yd>\d\d?)(?!\d)",
    "cjk": r"(?P<cy>\d{4})\s?[年년]\s?(?P<cm>\d\d?)\s?[月월](?:\s?(?P<cd>\d\d?)\s?[日일])?",
    "short_date": r"\d\d?(?P<ds>[/.-])\d\d?(?P=ds)\d\d(?!\d)|'\d\d(?!\d|s)"
    rf"|\d\d?(?P<dn>[/.-]){MONTH}(?P=dn)\d\d(?!\d|:)",
    "short_decade": r"'?\d0'?s\b",
    "day_of": rf"(?:this\s)?(?:(?P<dayof>\d\d?){_SUFFIX}|(?P<dayword>{_any(DAYS)}))\sday\sof\b",
    "nth": rf"(?:the\s)?(?P<nthcount>{'|'.join(NTH)})\s"
    rf"(?P<nthunit>weekend|week|day|{_names(WEEKDAYS, 3)})\s(?:of|in)"
    rf"(?=\s(?:(?:the\smonth\sof\s)?{MONTH}|(?:last|this)\smonth\b))",
    "feast": rf"(?P<feastday>{'|'.join(FEASTS)})\b",
    # a month by its name between hyphens, slashes or dots
    "day_month": rf"(?P<nd>\d\d?){_SUFFIX}?\s?[-/.]\s?(?P<nmonth>{MONTH})(?:\s?[-/.,]\s?(?P<nyear>\d{{4}})(?!\d))?",
    "month_day": rf"(?P<mmonth>{MONTH})\s?[-/]\s?(?P<md>\d\d?)(?P<msuffix>{_SUFFIX}\b)?(?!{_SUFFIX}){_NO_TIME}"
    r"(?:\s?[-/,]\s?(?P<myear>\d{4})(?!\d))?",
    "month_year": rf"(?P<omonth>{MONTH})\s?[-/]\s?(?P<oyear>\d{{4}})(?!\d)",
    "year_month": rf"(?P<ky>\d{{4}})\s?[-/.]\s?(?P<kmonth>{MONTH})(?:\s?[-/.]\s?(?P<kd>\d\d?){_NO_TIME})?",
    "of_year": r"(?P<qm>\d\d?)(?P<qsep>[/.-])(?P<qy>\d{4})(?!\d)",
    "in_year": r"(?P<vy>\d{4})(?P<vsep>[/.-])(?P<vm>0?[1-9]|1[0-2])(?!\d|[/.-]\d|:|\s?[a-z])",
    # times of day
    "time": r"(?P<h>\d\d?):(?P<m>\d\d)(?::(?P<s>\d\d)(?:[.,](?P<f>\d{1,9}))?)?(?!\d)(?:\s?(?:hrs?|hours)\b)?"
    + _CLOCK_END.format("ap")
    + "?",
    "dotted": r"(?P<dh>\d\d?)\.(?P<dm>\d\d)" + _CLOCK_END.format("dap"),
    "dotted_loose": r"(?P<eh>\d\d?)\.(?P<em>[0-5]\d)(?![\d.])",
    "hour": r"(?P<hh>\d\d?)" + _CLOCK_END.format("hap"),
    "spoken": rf"(?P<sppart>half|(?:a\s)?quarter|five|ten|twenty(?:[-\s]five)?)\s(?P<spside>past|to)\s"
    rf"(?P<sphour>{_HOURS}|\d\d?)\b" + _CLOCK_END.format("spap") + "?",
    "h": r"(?![12]h\s\d{4}(?!\d))(?P<xh>\d\d?)\s?h(?!\s?(?:ago|earlier|before|back)\b)"
    r"(?:\s?(?P<xm>[0-5]\d))?(?![a-z\d])",
    "bare_hour": rf"(?:at\s)?(?P<bh>\d\d?|{_HOURS})\so'?clock\b|at\s(?P<ah>\d\d?|(?:{_HOURS})\b)(?!\d|[:./-]\d|h"
    rf"|\s?{_SUFFIX}\b|\s?{AMPM}|\s?(?:of\s)?{MONTH})",
    "about_hour": rf"(?:around|about|approximately)\s(?P<abh>\d\d?|{_HOURS})(?=\s*(?:\Z|,|on\b|in\sthe\b"
    r"|this\b|last\b|yesterday\b|today\b))",
    "four": r"(?P<fat>at\s)?(?P<fh>[01]\d|2[0-3])(?P<fm>[0-5]\d)(?!\d)"
    rf"(?:\s?(?P<fhours>hrs|hours|h)\b|(?=\s?(?:{WRITTEN}|local\stime|(?:utc|gmt)[+-]\d\d?)\b))",
    # counted from another day
    "decade": r"(?P<dec>\d{3}0)'?s\b",
    "ago": rf"(?:(?P<count>an?|{_any(NUMBERS)}|\d{{1,4}})\s(?P<agounit>minute|hour|day|fortnight|week|month|year)s?"
    r"|(?P<shortcount>\d{1,4})\s?(?P<shortunit>min|h|hr|d|wk|w|yr|y)s?\.?|(?P<halfhour>half\san\shour))\s"
    r"(?:ago|earlier|before|back)\b",
    "weekdays_ago": rf"(?P<agowcount>{_any(NUMBERS)}|\d\d?)\s(?P<agowday>{'|'.join(WEEKDAYS)})s\sago\b",
    "past_units": rf"(?:the\s)?(?:past|last|previous)\s(?P<pastcount>{_any(NUMBERS)}|\d{{1,4}})\s"
    r"(?P<pastunit>hour|day|week|month|year)s\b",
    "after_tomorrow": r"(?:the\s)?day\safter\stomorrow\b",
    "from_now": rf"(?P<nowcount>{_any(NUMBERS)}|\d{{1,3}})\sdays?\sfrom\s(?:now|today)\b",
    "before_yesterday": r"(?:the\s)?day\sbefore\syesterday\b",
    "yesterday": r"yesterday\b",
    "today": r"today\b",
    "tonight": r"tonight\b",
    "tomorrow": r"tomorrow\b",
    "noon": r"(?:12\s)?noon\b",
    "midnight": r"(?:12\s)?midnight\b",
    "near": r"(?:just|shortly|soon|moments|minutes|a\slittle)\s(?P<nearword>after|before|past)\b",
    "stretch": r"(?P<stretchword>w/c|w/e|week\s(?:of|commencing|beginning|starting|ending)|weekend\sof)(?![a-z])",
    "early_hours": r"(?:early|small)\s(?:morning\s)?hours\b",
    "edge_of": rf"(?:towards?\s)?(?:the\s)?(?P<edgeof>{'|'.join(EDGES)})\b",
    "edge": r"(?P<edgeword>early|mid|late)\b(?P<edgeon>\son\b)?-?",
    "within": r"(?:earlier|later|so\sfar)\b",
    "last_quarter": r"(?:the\s)?last\squarter(?=\s(?:of\s)?\d{4}\b)",
    "which": r"(?P<whichword>the(?=\s(?:week|month|year)\b"
    r"(?!\s(?:of|before|commencing|beginning|starting|ending|\d)))|before\slast|(?:this|the)\s(?:past|last)|last|past|previous|this|current|next)\b",
    "unit": r"(?P<unitword>weekend|week|month|year|decade|quarter)\b",
    "daypart": rf"(?P<part>{_any(DAYPARTS)}|lunch[\s-]time)\b",
    "season": rf"(?P<seasonword>{'|'.join(SEASONS)})\b",
    "quarter": r"[-/]?(?<![a-z])q(?P<q>[1-4])(?:\b|(?=\d{4}\b))[-/]?|(?P<nq>[1-4])q(?:\b|(?=\d{4}\b))"
    rf"|(?P<qth>{'|'.join(ORDINALS)})\squarter\b",
    "half": r"h(?P<hn>[12])\b[-/]?|(?P<nh>[12])h(?=\s?\d{4}\b)|(?P<hth>first|second)\shalf\b",
    "weekday": rf"(?P<wday>{_names(WEEKDAYS, 3)}|tues|weds|thurs?)\b\.?",
    "month": rf"(?P<mon>{MONTH})",
    "years": r"(?P<y1>\d{4})[/-](?P<y2>\d{4}|\d\d)(?!\d)",
    "year": r"(?P<y>\d{4})(?!\d)",
    "day": rf"(?P<d>\d\d?)(?P<dsuffix>{_SUFFIX})?(?!\d)\.?",
    "spelled": rf"(?P<nth>{_any(DAYS)})\b|(?P<number>{_any(NUMBERS)})\b",
    "local": r"local(?:\stime)?\b",
    "approximate": r"\?\Z|(?:on|in|at|during)\sor\s(?:about|around|near)\b"
    r"|(?:circa|ca\.?|c\.|about|around|nearly|almost|just\s(?:over|under)|approximately|approx\.?|roughly|some\s?time)(?![a-z])|~",
    "offset": r"(?:utc|gmt)\s?[+-]\d\d?(?::?\d\d)?(?!\d)"
    rf"|[+-]\d\d:?(?:00|15|30|45)(?!\d|:\d\d|\s?{AMPM})",
    "iana": r"[a-z][a-z_]+(?:/[a-z0-9_+-]+)+",
    "written": rf"(?:{WRITTEN})\b",
    "dash": r"(?<=\s)[-/](?=\s)",
    "filler": r"at\ssome\s(?:point|time)\s(?:in|on|during)\b|(?:in|over)\sthe\scourse\sof\b|throughout\b"
    r"|(?:a|one)\sday\sin\b"
    r"|inclusive\b|(?:the\s(?:whole|entirety)|all)\sof\b"
    r"|(?:the\s)?year\s(?:of\s)?(?=\d{4}\b)|the\smonth\sof\b|(?<=\d{4}):(?=\d\d:\d\d)|(?:of|the|on|in|at|during|within)\b|[,;·|@]"
    rf"|over\b(?!\s(?:an?|{_any(NUMBERS)}|\d+)\s[a-z]+\s(?:ago|earlier|back)\b)",
}
_DIGITS_FIRST = {
    "iso", "basic", "numeric", "ymd", "cjk", "day_month", "year_month", "of_year", "in_year", "time", "dotted",
    "dotted_loose", "hour", "h", "decade", "years", "year", "day",
}  # fmt: skip
"""What begins with a digit always; what may, or may not, is tried in both places."""
_WORDS_FIRST = {
    "label", "feast", "month_day", "month_year", "spoken", "about_hour", "past_units", "after_tomorrow",
    "before_yesterday", "yesterday", "today", "tonight", "tomorrow", "near", "stretch", "early_hours", "edge_of",
    "edge", "within", "last_quarter", "which", "unit", "daypart", "season", "weekday", "month", "spelled", "local",
    "approximate", "offset", "iana", "written", "dash", "filler",
}  # fmt: skip


def _one_of(left_out: set[str]) -> re.Pattern[str]:
    rules = ((name, rule) for name, rule in PATTERNS.items() if name not in left_out)
    return re.compile("|".join(f"(?P<t_{name}>{rule})" for name, rule in rules))


NUMBERED, WORDED = _one_of(_WORDS_FIRST), _one_of(_DIGITS_FIRST)
"""The next word of a phrase, where it begins with a digit, and where it does not."""
WORD = re.compile(r"\s*(\S+)")
