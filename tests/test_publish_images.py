"""Figures as files, drawn by the browser that is there."""

from __future__ import annotations

import json
import re
import struct
import sys
from pathlib import Path

import pytest

from flipflop.errors import DataError, MissingExtraError, StoreError, install_command
from flipflop.figures import timeline
from flipflop.publish import write_figure
from flipflop.publish.images import find_browser
from tests import figures_case as case


def test_a_figure_is_written_as_a_picture(tmp_path: Path) -> None:
    figure = timeline(case.positions(), case.reversals(), case.conflicts())

    content = write_figure(tmp_path / "figure.png", figure).read_bytes()

    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", content[16:24]) == (2160, 2 * figure.layout.height)


def test_a_figure_is_written_as_a_drawing_with_its_words(tmp_path: Path) -> None:
    figure = timeline(case.positions(), case.reversals(), case.conflicts())

    content = write_figure(tmp_path / "figure.svg", figure).read_text("utf-8")

    assert content.startswith("<svg")
    assert "12 h 55 min" in content
    assert "Close-up" not in content


def test_a_figure_is_written_as_json(tmp_path: Path) -> None:
    written = write_figure(tmp_path / "figure.json", timeline(case.positions()))

    assert set(json.loads(written.read_text("utf-8"))) == {"data", "layout"}


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"\.svg or \.pdf, not '\.gif'"):
        write_figure(tmp_path / "figure.gif", timeline(case.positions()))


def test_without_kaleido_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kaleido", None)

    with pytest.raises(MissingExtraError, match=re.escape(install_command("images"))):
        write_figure(tmp_path / "figure.png", timeline(case.positions()))


def test_without_a_browser_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("flipflop.publish.images._PLACES", ())

    with pytest.raises(StoreError, match="BROWSER_PATH"):
        find_browser()


def test_the_browser_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", sys.executable)

    assert find_browser() == sys.executable


def test_a_figure_too_large_for_a_browser_is_refused_at_once(tmp_path: Path) -> None:
    figure = timeline(case.positions()).update_layout(height=9_000)

    with pytest.raises(DataError, match=r"1,080 . 9,000 pixels are too many for a picture: write it as a page"):
        write_figure(tmp_path / "figure.png", figure)
