"""Short frames for tests of figures and pages: two days in July, four people, one change."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from flipflop.when import When

TWEET = "https://example.org/status/1"
HOUR = timedelta(hours=1)


def positions() -> pd.DataFrame:
    """A president for and against within 13 hours, his minister for it, an opponent, and a report of a whole day."""
    rows = [
        ("ann-lee", "Ann Lee", "p1", "support", "2017-07-09T11:50:24Z", 1, "quote", "We will form a unit.", TWEET),
        ("bo-ek", "Bo Ek", "p2", "support", "2017-07-09T09:00Z", 25_200, "quote", "A step forward.", TWEET + "2"),
        ("cy-orr", "Cy Orr", "p3", "strongly_oppose", "2017-07-09T09:00Z", 25_200, "quote", "Burglars!", TWEET + "3"),
        ("ann-lee", "Ann Lee", "p4", "oppose", "2017-07-10T00:45:13Z", 1, "quote", "It can't happen.", TWEET + "4"),
        ("di-vu", "Di Vu", "p5", "mixed", "2017-07-24T00:00Z", 86_400, "reported", "would look into it", None),
    ]
    columns = ["speaker", "speaker_name", "statement_id", "stance", "said_from", "width", "form", "text", "source_url"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["said_from"] = pd.to_datetime(frame["said_from"], format="ISO8601", utc=True)
    frame["said_until"] = frame["said_from"] + pd.to_timedelta(frame.pop("width"), unit="s")
    return frame.assign(topic="unit", proposition="There should be a joint unit.", topic_kind="proposal")


EDGES = {"◂ about 2009", "◂ Dec 2012", "◂ not after 2011 + 1 more", "24 Jul 2017 + 2 more ▸"}
"""What a close-up of the change says at its edges of ``positions_beyond``."""


def positions_beyond() -> pd.DataFrame:
    """The same, with statements years away: of a month, about a year, not after one; Cy Orr and Di Vu have two each."""
    rows = [
        ("ann-lee", "Ann Lee", "q1", "support", "about 2009"),
        ("bo-ek", "Bo Ek", "q2", "support", "December 2012"),
        ("cy-orr", "Cy Orr", "q3", "support", "../2011-12-31"),
        ("cy-orr", "Cy Orr", "q4", "support", "about 2009"),
        ("di-vu", "Di Vu", "q5", "support", "2018-03-01/.."),
        ("di-vu", "Di Vu", "q6", "support", "July 2019"),
    ]
    frame = pd.DataFrame(rows, columns=["speaker", "speaker_name", "statement_id", "stance", "said"])
    said = [When.parse(text, tz="America/New_York") for text in frame.pop("said")]
    frame = frame.assign(
        said_from=[one.start for one in said],
        said_until=[one.end for one in said],
        precision=[str(one.precision) for one in said],
        approximate=[one.approximate for one in said],
        tz=[one.tz or "" for one in said],
        form="quote",
        text="Then.",
        topic="unit",
        proposition="There should be a joint unit.",
        topic_kind="proposal",
    )
    both = pd.concat([_in_microseconds(positions().assign(approximate=False)), _in_microseconds(frame)])
    return both.reset_index(drop=True)


def _in_microseconds(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with moments that reach the edge of the calendar."""
    return frame.astype(dict.fromkeys(["said_from", "said_until"], "datetime64[us, UTC]"))


def reversals() -> pd.DataFrame:
    """Ann Lee's change, as ruled; without its ruling two statements that differ."""
    pair = {"speaker": "ann-lee", "topic": "unit", "kind": "reversal", "earlier_id": "p1", "later_id": "p4"}
    return pd.DataFrame([pair]).assign(ruling="reversal", reason="Ann Lee first showed support, then opposition.")


def conflicts() -> pd.DataFrame:
    """Bo Ek, on record when Ann Lee changed position, as ruled."""
    pair = {"speaker": "bo-ek", "other": "ann-lee", "topic": "unit", "kind": "stranded_surrogate"}
    ids = {"earlier_id": "p2", "later_id": "p4", "since": pd.Timestamp("2017-07-10T00:45:13Z"), "until": pd.NaT}
    return pd.DataFrame([pair | ids]).assign(ruling="conflict")
