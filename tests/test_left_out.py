"""Whom a site leaves out is left out however the name is written, and whom words still name is told."""

# ruff: noqa: RUF001, RUF002 -- letters that look like others are what this is about

from __future__ import annotations

import itertools
import unicodedata
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.publish.site.spellings import Spellings
from tests import site_case as case
from tests.site_case import publish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUENTIN = "Quentin Zebulon"
FULL_WIDTH = "".join(chr(ord(char) + 0xFEE0) if char != " " else "\u3000" for char in QUENTIN)

ORDERS = [
    "Quentin Zebulon",
    "Zebulon, Quentin",
    "Quentin X. Zebulon",
    "Q. Zebulon",
    "ZEBULON Quentin",
    "QuentinZebulon",
]
LETTERS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper": str.upper,
    "full width": lambda name: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name),
    "decomposed": lambda name: unicodedata.normalize("NFD", name.replace("e", "é")),
    "zero width": lambda name: "\u200b".join(name),
    "soft hyphen": lambda name: name.replace("bu", "bu\u00ad"),
    "Cyrillic": lambda name: name.replace("e", "е").replace("o", "о"),
    "bold": lambda name: "".join(chr(0x1D400 + ord(c) - 65) if "A" <= c <= "Z" else c for c in name),
}
AROUND = ["{}", "{}.", "“{}”", "«{}»", "{}/Reuters", "{}–AP", "{}'s aide", "{}’s aide", "{}:", "by\u00a0{}", "@{}",
          "({})", "{}, aide", "photo|{}|2017", "_{}_", "https://e.org/{}/1"]  # fmt: skip


@pytest.mark.parametrize("letters", LETTERS)
@pytest.mark.parametrize("order", ORDERS)
def test_a_name_is_found_in_every_spelling(order: str, letters: str) -> None:
    """K10.10, and more of the kind: orders × letters × what stands around."""
    found = Spellings([(QUENTIN, "q")])

    spelled = [around.format(LETTERS[letters](order)) for around in AROUND]

    assert [text for text in spelled if found(text) != {"q"}] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Banksyx", "Banksyx (artist)"),
        ("@banksyx", "photo: Banksyx"),
        ("Maria del Carmen Ana Sofia de la Cruz Ortega", "Maria del Carmen Ana Sofia de la Cruz Ortega, aide"),
        ("Maria del Carmen Ana Sofia de la Cruz Ortega", "Maria Ortega, aide"),
        ("Bo Li", "Bo\u200bLi said"),
        ("Pat O'Brien", "Pat O’Brien/AP"),
        ("王小明", "记者王小明报道"),
        ("Jürgen Groß", "JÜRGEN GROSS"),
        ("Zoë Ann", "Zoe-Ann"),
    ],
)
def test_names_of_any_length_and_script_are_found_in_company(name: str, text: str) -> None:
    assert Spellings([(name, "x")])(text) == {"x"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Quentin Zebulon", "Quentin said that Mr Zebulon was there"),
        ("An Na", "Anna was there"),
        ("Ann", "Ann Ames, senator"),
        ("Ann", "Annual report"),
        ("Bob Bell", "The bell rang, and Bob went"),
        ("Bob Bell", ""),
    ],
)
def test_what_only_resembles_a_name_is_none(name: str, text: str) -> None:
    assert Spellings([(name, "x")], others=["Ann Ames"])(text) == set()


SPELLED = ["Quentin Zebulon.", "“Quentin Zebulon”", "Quentin Zebulon/Reuters", "Quentin Zebulon's aide",
           "Quentin Zebulon–AP", "Quentin\u200b Zebulon", FULL_WIDTH, "Banksyx (artist)", "Zebulon, Q."]  # fmt: skip


def test_no_field_of_a_site_names_whom_it_leaves_out(tmp_path: Path) -> None:
    """K10.10: author, outlet and chain of attribution, and the reason of a correction."""
    hidden = [ff.Speaker("qz", QUENTIN, aliases=("Banksyx",))]
    said = [
        case.statement(case.ANN, f"Words {number}.", 1000 + number, attribution=(spelled, "The Wire"),
                       source=ff.Source(url=f"https://e.org/{number}", author=spelled, outlet=spelled))
        for number, spelled in enumerate(SPELLED)
    ]  # fmt: skip
    mended = [
        ff.Correction(one.hash, {"context": "At the door."}, f"{spelled} told us.", "Editor")
        for one, spelled in zip(said, SPELLED, strict=True)
    ]
    with case.store(tmp_path / "s.db") as store:
        store.append([*hidden, *said, *mended])

        done = publish(store, tmp_path / "site")

    content = [(path, text.decode("utf-8", "replace")) for path, text in case.files(tmp_path / "site").items()]
    shown = itertools.product(content, ["Zebulon", "Banksyx", FULL_WIDTH])
    assert [(path, name) for (path, text), name in shown if name in text] == []
    (told,) = [warning for warning in done.warnings if "who is left out: read again" in warning]
    assert told.startswith(
        "words that are shown name Quentin Zebulon, who is left out: read again the reason of a corr"
    )
    assert told.endswith("and 4 more")


def test_who_was_renamed_is_left_out_by_the_former_name_too(tmp_path: Path) -> None:
    with case.store(tmp_path / "s.db") as store:
        store.append(ff.Correction(case.BOB.hash, {"name": "Rob Clay"}, "as he is called now", "Editor"))

        publish(store, tmp_path / "site")

    content = case.files(tmp_path / "site")
    shown = itertools.product(content, ["Bob Bell", "bobby", "Rob Clay", "as he is called now"])
    assert [(name, word) for name, word in shown if word.encode() in content[name]] == []
