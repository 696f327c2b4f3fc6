"""Texts that somebody might hide in a record to run code, to steer the reader's eye, or to break a page."""

from __future__ import annotations

from typing import Final

import pandas as pd

PAYLOADS: Final = (
    "<script>pwn(1)</script>",
    "</script><script>pwn(2)</script>",
    "</SCRIPT ><script>pwn(3)//",
    "<!--<script>",
    "--><script>pwn(5)</script>",
    "]]><script>pwn(6)</script>",
    "<img src=x onerror=pwn(7)>",
    "<svg onload=pwn(8)>",
    "<svg><animate onbegin=pwn(9) attributeName=x dur=1s>",
    "<body onload=pwn(10)>",
    "<iframe srcdoc='<script>parent.pwn(11)</script>'></iframe>",
    "<details open ontoggle=pwn(12)>",
    "<input autofocus onfocus=pwn(13)>",
    "<video><source onerror=pwn(14)></video>",
    "<math><mtext><table><mglyph><style><img src=x onerror=pwn(15)>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<form action=https://evil.example/><button>send",
    "<style>*{display:none}</style>",
    "</title><script>pwn(21)</script>",
    "</style><script>pwn(22)</script>",
    "</textarea></noscript><script>pwn(23)</script>",
    '" onmouseover="pwn(24)" x="',
    "' onclick='pwn(25)' x='",
    "`-pwn(26)-`",
    "javascript:pwn(27)",
    "JaVa\tScRiPt:pwn(28)",
    "\x01javascript:pwn(29)",
    "data:text/html,<script>opener.pwn(30)</script>",
    "vbscript:msgbox(31)",
    "https://example.org/\"onclick=\"pwn(32)",
    "https://good.example@evil.example/",
    "//evil.example/x",
    '<a href="javascript:pwn(35)">click</a>',
    '<a href="https://evil.example/">click</a>',
    "<b>bold</b><br><i>it</i><sup>up</sup><sub>down</sub><em>em</em>",
    '<span style="fill:red;font-size:200px">big</span>',
    "&lt;script&gt;pwn(39)&lt;/script&gt;",
    "&#60;script&#62;pwn(40)&#60;/script&#62;",
    "&amp;lt; &nbsp; &notanentity; &#0; &#x110000;",
    "\u202egnp.exe\u202c left",
    "\u2066isolated\u2069 \u2067rtl\u2069",
    "NUL\0in the middle",
    "bell\x07 escape\x1b[31m delete\x7f",
    "line\u2028separator\u2029paragraph",
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "%{customdata[0]} %{x} %{meta}",
    "%{text}<extra></extra>",
    "{{constructor.constructor('pwn(53)')()}} ${pwn(53)} #{7*7} <%= 7*7 %>",
    "$\\href{javascript:pwn(54)}{x}$ and $5",
    "__proto__",
    "constructor",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 abc 123",
    "e\u0301\u0301\u0301 \U0001f468\u200d\U0001f469\u200d\U0001f467 \U000e0041",
    "W" * 700,
    "one\ntwo\r\nthree\x0bfour",
)  # fmt: skip


def attacked(payload: str, number: int) -> pd.DataFrame:
    """Two statements of one speaker, all of whose texts are the payload."""
    texts = ("text", "speaker_name", "proposition", "topic_title", "source_title", "source_outlet", "source_url",
             "attribution", "on_behalf_of", "coder", "topic_kind", "form", "precision", "tz")  # fmt: skip
    start = pd.Timestamp("2017-07-09T12:00Z")
    return pd.DataFrame({
        "speaker": [payload + str(number)] * 2,
        "topic": [payload + str(number)] * 2,
        "statement_id": [f"{payload}{number}{place}" for place in (0, 1)],
        "stance": ["support", "oppose"],
        "said_from": [start, start + pd.Timedelta(hours=5)],
        "said_until": [start + pd.Timedelta(hours=1), start + pd.Timedelta(hours=6)],
        **dict.fromkeys(texts, payload),
    })  # fmt: skip
