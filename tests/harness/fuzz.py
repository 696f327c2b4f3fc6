"""Inputs that nobody would write, for every reader of text: files, moments, ids. Seeded, so that a run can be repeated.

``nice python -m tests.harness.fuzz [NUMBER] [SEED]`` reads many; the suite reads a few.

Each takes an input that is right and spoils it: bits, bytes, pieces doubled, cut out, moved or exchanged with those of
others, and tokens that have broken parsers before.
"""

from __future__ import annotations

import faulthandler
import io
import json
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import flipflop as ff
from flipflop.errors import WhenError
from flipflop.records import Event
from flipflop.text.csvfile import write as write_csv
from flipflop.text.files import with_hash
from tests.store_cases import DECLARED, beside, coding, correction, retraction, said, statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flipflop.records.codec import Json

LONGEST = 5.0
"""Seconds of the processor after which one input counts as a hang: the readers need milliseconds."""

TOKENS = [
    *(
        b"\0",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"\r",
        b"\r\n",
        b"\n",
        b"\t",
        b"'",
    ),
    *(
        b'"',
        b'""',
        b"\\",
        b"\\ud800",
        b"\\u0000",
        b"{",
        b"}",
        b"[",
        b"]",
        b"[" * 2000,
        b'{"a":' * 2000,
        b":",
        b",",
        b";",
    ),
    *(b"null", b"true", b"NaN", b"Infinity", b"-0.0", b"1e999", b"9" * 30, b"9" * 5000, b"-1", b"0", b"00", b"1.5"),
    *(
        b"=",
        b"@",
        b"+",
        b"-",
        b"/",
        b"~",
        b"?",
        b"..",
        b"%",
        b"X",
        b"Z",
        b"T",
        b"W",
        b" ",
        b"+99:99",
        b"24:00:00",
        b":60",
    ),
    *(
        b"9999-12-31",
        b"0000-00-00",
        b"0001-01-01",
        b"2017-02-30",
        b"2017-W53-7",
        b"Y170000002",
        b"2017-25",
        b"201X",
        b"-0044",
    ),
    *(
        b"tomorrow",
        b"last Sunday",
        b"noon",
        b"5pm",
        b"Europe/Berlin",
        b"CET",
        b"IST",
        b"summer",
        b"1990s",
        b"BC",
        b"11/12/13",
    ),
    *(
        odd.encode()
        for odd in (
            "\u0438\u044e\u043b\u044c 2017",
            "\u0662\u0660\u0661\u0667",
            "listopad 2017",
            "M\xe4rz",
            "\u202e2017",
        )
    ),
    *(
        odd.encode()
        for odd in ("\uff12\uff10\uff11\uff17\u5e747\u6708", "\U0001d7da\U0001d7d8", "K\u0301", "\u017f", "\u0130")
    ),
]

MOMENTS = [
    *("2017-07-09", "2017-07-09T07:50-04:00", "9 July 2017 7:50am EDT", "2017-07", "2017-07~", "2017?", "2017-21"),
    *(
        "2017-07-07/2017-07-09",
        "../2017",
        "Sunday evening",
        "two days ago",
        "yesterday at noon",
        "July 9th, 2017, 3 pm CET",
    ),
    *(
        "2017-W27-7",
        "1990s",
        "early July 2017",
        "le 9 juillet 2017",
        "9. Juli 2017",
        "1499601024",
        "on Monday",
        "Christmas 2016",
    ),
    *(
        "between 7 and 9 July 2017",
        "09.07.2017",
        "7/9/2017",
        "Jul 9, 2017 · 11:50 AM UTC",
        "20170709T115024Z",
        "spring 2017",
    ),
]


class Failure(NamedTuple):
    """An input that a reader met with anything but an event or one of our errors."""

    reader: str
    given: bytes
    error: str


def mutated(given: bytes, others: list[bytes], random: Random) -> bytes:
    """Return the input spoiled in one to six places."""
    content = bytearray(given)
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        start = random.randint(0, len(content))
        stop = min(len(content), start + random.choice((0, 1, 1, 2, 8, 60)))
        piece = bytes(content[start:stop])
        match random.randrange(7):
            case 0 if content:
                content[min(start, len(content) - 1)] ^= 1 << random.randrange(8)
            case 1:
                content[start:stop] = b""
            case 2:
                content[start:stop] = piece * random.choice((2, 3, 50))
            case 3:
                content[start:start] = random.choice(TOKENS)
            case 4:
                content[start:stop] = random.choice(TOKENS)
            case 5:
                other = random.choice(others)
                at = random.randint(0, len(other))
                content[start:stop] = other[at : at + random.choice((1, 4, 30))]
            case _:
                content[start:start] = bytes([random.randrange(256)])
    return bytes(content)


def lines() -> list[bytes]:
    """Return lines of a file of events: of every kind, with nested fields and without."""
    source = ff.Source("https://example.org/1", "The Post", "A title", "A. Author", said(5))
    first = statement(source=source, attribution=("x", "y"), context="At dinner", language="en")
    events: list[Event] = [*DECLARED, first, coding(first), correction(first, text="mended"), retraction(first)]
    events += [ff.SpeaksFor("bob", "ann", said(0), said(60)), *beside(first)]
    rows = [with_hash(event) for event in events]
    loose: dict[str, Json] = {
        "event": "statement",
        "speaker": "ann",
        "text": "x",
        "said": "yesterday",
        "topic": "unit",
        "stance": "oppose",
    }
    rows += [{k: v for k, v in row.items() if k != "hash"} for row in rows]
    rows += [loose, {**loose, "said": "9 July 2017 7:50am EDT", "source": {"url": "u", "published": "2017-07-10"}}]
    return [json.dumps(row).encode() for row in rows]


def sheets() -> list[bytes]:
    """Return CSV files of one or a few rows, as they are written and as people write them."""
    rows = [json.loads(line) for line in lines()]
    written = ["".join(write_csv(rows[start : start + 2])).encode() for start in range(len(rows) - 1)]
    by_hand = 'speaker;said;text;source_url;topic;stance\r\nann;2017-07-09T11:50:24Z;"A; ""b""\nc";https://e.org;unit;support\r\n'
    return [*written, by_hand.encode(), by_hand.replace(";", "\t").encode()]


def read_jsonl(given: bytes, store: ff.Store) -> None:
    """Read a file and see whether the store would take what is in it."""
    store.trial(ff.read_events(io.BytesIO(given), file_format="jsonl", coder="Me"))


def read_csv(given: bytes, store: ff.Store) -> None:
    store.trial(ff.read_events(io.BytesIO(given), file_format="csv", coder="Me", tz="Europe/Berlin"))


def read_moment(given: bytes) -> None:
    text = given.decode("utf-8", "surrogateescape")
    for tz, reference in ((None, None), ("America/New_York", None), (None, "2017-07-11T09:00Z")):
        with suppress(WhenError):
            moment = ff.When.parse(text, tz=tz, reference=reference)
            assert moment.start < moment.end


def read_reference(given: bytes) -> None:
    text = given.decode("utf-8", "surrogateescape")
    with suppress(WhenError):
        ff.When.parse("yesterday", reference=text, tz="UTC")
    ff.When.parse("2017-07-09 07:50", tz=text)


def read_id(given: bytes, store: ff.Store) -> None:
    text = given.decode("utf-8", "surrogateescape")
    for ask in (store.get, store.history, store.resolve_speaker, store.resolve_topic):
        with suppress(ff.FlipflopError):
            ask(text)


def fuzzed(random: Random, store: ff.Store, *, count: int) -> Iterator[Failure]:
    """Give each reader its share of ``count`` spoiled inputs; yield what it met with neither an event nor our error.

    A reader that hangs ends the program, with the place where it hangs.
    """
    ids = [record.id for record in store.log()]
    digits = [i[:n].encode() for i in ids for n in (4, 8, 31, 32)] + [
        b"ann",
        b"@annames",
        b"Ann Ames",
        b"unit",
        b"The unit",
    ]
    when = [text.encode() for text in MOMENTS]
    readers: list[tuple[str, Callable[[bytes], None], list[bytes], int]] = [
        ("jsonl", partial(read_jsonl, store=store), lines(), 35),
        ("csv", partial(read_csv, store=store), sheets(), 25),
        ("when", read_moment, when, 25),
        ("reference and zone", read_reference, [*when, b"Europe/Berlin", b"-04:00", b"EDT"], 5),
        ("id", partial(read_id, store=store), digits, 10),
    ]
    for name, read, right, share in readers:
        for _ in range(count * share // 100):
            given = mutated(random.choice(right), right, random)
            with _watched():
                error = _error_of(read, given)
            if error is not None:
                yield Failure(name, given, error)


def _error_of(read: Callable[[bytes], None], given: bytes) -> str | None:
    begun = time.process_time()
    try:
        read(given)
    except ff.FlipflopError as error:
        if not str(error).strip():
            return "an error without words"
    except Exception as error:  # noqa: BLE001 -- it is what the fuzz looks for
        return repr(error)
    taken = time.process_time() - begun
    return f"took {taken:.0f} s" if taken > LONGEST else None


@contextmanager
def _watched() -> Iterator[None]:
    """End the program where it hangs, with a traceback."""
    faulthandler.dump_traceback_later(24 * LONGEST, exit=True, file=2)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def main(number: int, seed: int) -> None:
    """Read many, and print what was found."""
    begun, failures = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as folder, ff.Store(Path(folder, "s.db")) as store:
        store.append([*DECLARED, *(statement() for _ in range(5))])
        for failure in fuzzed(Random(seed), store, count=number):
            failures += 1
            sys.stdout.write(f"{failure!r}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{number:,} inputs, seed {seed}: {failures} failures, {time.monotonic() - begun:.0f} s\n")


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["100000"])[0]), int((sys.argv[2:] or ["0"])[0]))
