"""A timestamp says by when a seal existed, to whoever trusts the authority; it comes over HTTP only when asked for."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.errors import install_command
from flipflop.store.log.timestamp import Timestamp, check_timestamp, request_timestamp, stamped
from tests.cli_running import case, flipflop
from tests.store_cases import ANN
from tests.timestamp_authority import Authority, run, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flipflop.store import Seal


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def url(authority: Authority) -> Iterator[str]:
    with serving(authority) as address:
        yield address


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture(scope="module")
def seal(tmp_path_factory: pytest.TempPathFactory) -> Seal:
    with ff.Store(tmp_path_factory.mktemp("sealed") / "s.db") as store:
        store.append(ANN)
        return store.seal()


@pytest.fixture(scope="module")
def answer(authority: Authority, seal: Seal) -> bytes:
    """A timestamp of the seal, as openssl asks for one."""
    (authority.folder / "head.txt").write_bytes(stamped(seal))
    question = authority.folder / "asked.tsq"
    run("ts", "-query", "-data", authority.folder / "head.txt", "-sha512", "-cert", "-out", question)
    return authority.answer(question.read_bytes())


# Asking


def test_a_timestamp_that_was_asked_for_holds(authority: Authority, url: str, seal: Seal) -> None:
    told = check_timestamp([seal], request_timestamp(seal, f"{url}/tsr"), authority.root.read_bytes())

    assert told == Timestamp(seal, told.at, "CN=Test Authority")
    assert abs(told.at - datetime.now(UTC)) < timedelta(minutes=5)


@pytest.mark.parametrize(
    ("path", "error", "told"),
    [
        ("/refuses", ff.DataError, "it was refused .status 2: Bad request format or system error"),
        ("/page", ff.DataError, "holds no timestamp .RFC 3161. that can be read"),
        ("/empty", ff.DataError, "holds no timestamp .RFC 3161. that can be read"),
        ("/replays", ff.DataError, "answered another question"),
        ("/moved", ff.StoreError, "HTTP 301 .*it moved to file:///etc/hostname: ask there"),
        ("/endless", ff.StoreError, "more than 262,144 bytes: that is no timestamp"),
        ("/silent", ff.StoreError, "cannot be reached: timed out"),
        ("/drips", ff.StoreError, "cannot be reached: timed out"),
        ("/nowhere", ff.StoreError, "HTTP 404"),
    ],
)
def test_what_is_no_answer_to_the_question_is_refused(
    url: str, seal: Seal, path: str, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        request_timestamp(seal, url + path, timeout=0.5 if path in ("/silent", "/drips") else 10)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://tsa.example.org/",
        "data:,x",
        "tsa.example.org/tsr",
        "",
        "http://",
        "http://[",
        "http://h:x/",
    ],
)
def test_only_web_addresses_are_asked(seal: Seal, address: str) -> None:
    with pytest.raises(ff.DataError, match="no http or https address"):
        request_timestamp(seal, address)


def test_an_address_with_a_password_is_refused_and_not_repeated(seal: Seal) -> None:
    with pytest.raises(ff.DataError, match="user name or password") as told:
        request_timestamp(seal, "http://me:secret@127.0.0.1:1/")

    assert "secret" not in str(told.value)


def test_nobody_there_is_one_line(seal: Seal) -> None:
    with pytest.raises(ff.StoreError, match=r"http://127\.0\.0\.1:1/ cannot be reached"):
        request_timestamp(seal, "http://127.0.0.1:1/")


# Checking


def test_a_timestamp_that_openssl_asked_for_holds(authority: Authority, seal: Seal, answer: bytes) -> None:
    assert check_timestamp([seal], answer, authority.root.read_bytes()).seal == seal


def test_openssl_accepts_a_timestamp_of_ours(authority: Authority, url: str, seal: Seal, tmp_path: Path) -> None:
    (tmp_path / "head.tsr").write_bytes(request_timestamp(seal, f"{url}/tsr"))
    (tmp_path / "head.txt").write_text(f"{seal}\n")

    told = run("ts", "-verify", "-data", tmp_path / "head.txt", "-in", tmp_path / "head.tsr", "-CAfile", authority.root)

    assert "Verification: OK" in told


def test_of_many_seals_the_stamped_one_is_told(authority: Authority, seal: Seal, answer: bytes) -> None:
    others = [seal._replace(seq=seq) for seq in (2, 3)]

    assert check_timestamp([*others, seal], answer, authority.root.read_bytes()).seal == seal


def test_a_timestamp_of_something_else_does_not_hold(authority: Authority, seal: Seal, answer: bytes) -> None:
    with pytest.raises(ff.DataError, match="not of this seal"):
        check_timestamp([seal._replace(seq=2)], answer, authority.root.read_bytes())


def test_an_authority_that_is_not_trusted_vouches_for_nothing(
    tmp_path: Path, authority: Authority, seal: Seal, answer: bytes
) -> None:
    stranger = Authority(tmp_path)

    with pytest.raises(ff.DataError, match="does not hold: unable to get local issuer certificate"):
        check_timestamp([seal], answer, stranger.root.read_bytes())


@pytest.mark.parametrize("pem", [b"", b"junk", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_certificates_that_are_none_are_refused(seal: Seal, answer: bytes, pem: bytes) -> None:
    with pytest.raises(ff.DataError, match="holds no PEM certificate"):
        check_timestamp([seal], answer, pem)


def test_a_damaged_timestamp_is_refused_or_says_the_same(authority: Authority, seal: Seal, answer: bytes) -> None:
    """Some bytes lie outside what is signed; whatever they say, seal, moment and name stay."""
    whole, root = check_timestamp([seal], answer, authority.root.read_bytes()), authority.root.read_bytes()
    chance = random.Random(3161)
    refused = 0
    for _ in range(1000):
        damaged = bytearray(answer)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        try:
            assert check_timestamp([seal], bytes(damaged), root) == whole
        except ff.DataError:
            refused += 1

    assert refused > 900


# From a shell


def test_seal_and_verify_with_a_timestamp(tmp_path: Path, authority: Authority, url: str) -> None:
    store, answer = case(tmp_path), tmp_path / "head.tsr"

    done = flipflop("seal", "-s", store, "--timestamp", f"{url}/tsr", "-o", answer)

    assert (done.code, done.err) == (0, f"timestamp: {answer}\n")
    (tmp_path / "head.txt").write_text(done.out)
    options: list[str | Path] = ["--timestamp", answer, "--ca", authority.root]
    told = flipflop("verify", "-s", store, "--sealed", tmp_path / "head.txt", *options)
    assert told.code == 0
    assert told.lines[2].startswith("timestamp: the seal of 4 events existed by 20")
    assert told.lines[2].endswith("Z, says CN=Test Authority")


def test_a_timestamp_that_does_not_hold_is_a_finding(tmp_path: Path, authority: Authority, answer: bytes) -> None:
    store = case(tmp_path)
    (tmp_path / "other.tsr").write_bytes(answer)
    line = flipflop("seal", "-s", store).out.strip()

    done = flipflop(
        "verify", "-s", store, "--sealed", line, "--timestamp", tmp_path / "other.tsr", "--ca", authority.root
    )

    assert done.code == 1
    assert done.out.startswith("the timestamp is not of this seal: it vouches for something else")


def test_an_authority_that_fails_leaves_no_file_and_no_line(tmp_path: Path, url: str) -> None:
    store = case(tmp_path)

    done = flipflop("seal", "-s", store, "--timestamp", f"{url}/nowhere", "-o", tmp_path / "head.tsr")

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert list(tmp_path.glob("*head*")) == []


def test_a_timestamp_is_never_overwritten_and_then_nobody_is_asked(tmp_path: Path) -> None:
    store, taken = case(tmp_path), tmp_path / "head.tsr"
    taken.write_bytes(b"evidence")

    done = flipflop("seal", "-s", store, "--timestamp", "http://127.0.0.1:1/", "-o", taken)

    assert (done.code, taken.read_bytes()) == (1, b"evidence")
    assert done.err == f"error: {taken} is there already: this never overwrites a file; choose another name\n"


def test_without_the_extra_the_error_names_it(seal: Seal) -> None:
    script = """
import sys
sys.modules["rfc3161_client"] = None
from flipflop.store.log.timestamp import check_timestamp, request_timestamp
from flipflop.store import read_seals
for ask in (lambda s: request_timestamp(s, "http://127.0.0.1:1/"), lambda s: check_timestamp([s], b"", b"")):
    try:
        ask(read_seals(sys.argv[1])[0])
    except ImportError as error:
        print(error)
"""
    done = subprocess.run([sys.executable, "-c", script, str(seal)], capture_output=True, text=True, check=True)

    assert done.stdout.count(install_command("seal")) == 2


@pytest.mark.parametrize("verb", ["seal", "verify", "log", "export", "backup"])
def test_without_an_address_no_connection_is_opened(tmp_path: Path, verb: str) -> None:
    """Not even the module that could: the whole network is out of reach, and nobody misses it."""
    store = case(tmp_path)
    words = {"export": ["-o", "-"], "backup": [str(tmp_path / "b.db")]}.get(verb, [])
    script = """
import socket, sys
def refuse(*_, **__): raise AssertionError("a socket was opened")
socket.socket = refuse
from flipflop.cli import main
main(sys.argv[1:])
"""
    told = [sys.executable, "-c", script, verb, "-s", str(store), *words]

    assert subprocess.run(told, capture_output=True, check=False).returncode == 0
