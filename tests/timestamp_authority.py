"""A timestamp authority (RFC 3161) on this machine: a real certificate, real answers by openssl, real HTTP."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONFIG = """
[req]
distinguished_name = name
prompt = no
x509_extensions = authority
[name]
CN = Test Root
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamping]
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
[answers]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
tsa_name = yes
"""
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


class Authority:
    """Answers questions with openssl. ``root`` is the certificate that vouches for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "tsa.cnf"
        self.root = folder / "root.pem"
        self.config.write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        run("req", "-x509", *KEY, "-keyout", folder / "root.key", "-out", self.root, "-days", 2, "-config", self.config)
        request = folder / "tsa.csr"
        run("req", *KEY, "-keyout", folder / "tsa.key", "-out", request, "-subj", "/CN=Test Authority")
        signing = ["-CA", self.root, "-CAkey", folder / "root.key", "-CAcreateserial", "-days", 2]
        extensions = ["-extfile", self.config, "-extensions", "stamping"]
        run("x509", "-req", "-in", request, "-out", folder / "tsa.pem", *signing, *extensions)

    def answer(self, question: bytes) -> bytes:
        """Return the timestamp, or the refusal, that openssl gives."""
        (self.folder / "question.tsq").write_bytes(question)
        out = self.folder / "answer.tsr"
        told = ["-queryfile", self.folder / "question.tsq", "-config", self.config, "-section", "answers", "-out", out]
        run("ts", "-reply", *told)
        return out.read_bytes()


def run(*words: object) -> str:
    """Run openssl and return what it prints."""
    return subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, text=True).stdout


class _Handler(BaseHTTPRequestHandler):
    authority: Authority
    done: Event

    def do_POST(self) -> None:
        question = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"] == "application/timestamp-query"
        match self.path:
            case "/tsr":
                self._send(200, self.authority.answer(question))
            case "/refuses":
                self._send(200, self.authority.answer(b"no question"))
            case "/page":
                self._send(200, b"<html>Welcome!</html>")
            case "/empty":
                self._send(200, b"")
            case "/replays":
                other = self.authority.folder / "other.tsq"
                run("ts", "-query", "-digest", "00" * 32, "-sha256", "-cert", "-out", other)
                self._send(200, self.authority.answer(other.read_bytes()))
            case "/moved":
                self._send(301, b"", ("Location", "file:///etc/hostname"))
            case "/endless":
                self._send(200, bytes(10_000_000))
            case "/silent":
                self.done.wait(5)
            case "/drips":
                self._drip()
            case _:
                self._send(404, b"")

    def _send(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:
            return  # whoever asked had enough

    def _drip(self) -> None:
        """Send a byte now and then: no wait is long, all of them together are."""
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            if self.done.wait(0.05):
                return
            try:
                self.wfile.write(b".")
            except ConnectionError:
                return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name in the class above
        """Say nothing."""


@contextmanager
def serving(authority: Authority) -> Iterator[str]:
    """Serve on loopback; gives the address, to which a path is added."""
    done = Event()
    handler = type("Handler", (_Handler,), {"authority": authority, "done": done})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            done.set()
            server.shutdown()
            thread.join()
