"""TLS and passwords to a server, as libpq has them: a real server, a certificate of its own, real refusals."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psycopg
import pytest

import flipflop as ff
from tests.postgres_server import running
from tests.postgres_stores import SETTINGS
from tests.store_cases import ANN

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "Zqx@/secret"  # of the server of this test
AT = "postgresql://ann:Zqx%40%2Fsecret@localhost:{port}/postgres?sslmode={mode}&sslrootcert={root}"
ACCESS = "local all all trust\nhostssl all all all scram-sha-256\nhostnossl all all all reject\n"


class Guarded(NamedTuple):
    """A server that takes passwords over TLS only, and the certificate that vouches for it."""

    port: int
    root: Path
    other: Path


def certificate(folder: Path, name: str) -> Path:
    """Make a certificate for ``localhost`` that vouches for itself."""
    made = folder / f"{name}.crt"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    places = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(folder / f"{name}.key"), "-out", str(made)]
    subprocess.run(["openssl", *words, *places], check=True, capture_output=True)
    return made


@pytest.fixture(scope="module")
def guarded() -> Iterator[Guarded]:
    folder = Path(tempfile.mkdtemp(prefix="fftls"))
    try:
        root, other = certificate(folder, "server"), certificate(folder, "other")
        (folder / "hba").write_text(ACCESS)
        (folder / "server.key").chmod(0o600)
        folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(folder / "server.key", "postgres")
        with socket.socket() as free:
            free.bind(("localhost", 0))
            port = free.getsockname()[1]
        files = (f"ssl_cert_file={root}", f"ssl_key_file={folder / 'server.key'}", f"hba_file={folder / 'hba'}")
        with running("listen_addresses=localhost", f"port={port}", "ssl=on", *files, *SETTINGS) as url:
            with psycopg.connect(f"{url}&port={port}", autocommit=True) as server:
                server.execute(f"CREATE ROLE ann LOGIN SUPERUSER PASSWORD '{PASSWORD}'".encode())
            yield Guarded(port, root, other)
    finally:
        shutil.rmtree(folder)


def test_a_server_whose_certificate_holds_is_used(guarded: Guarded) -> None:
    url = AT.format(port=guarded.port, mode="verify-full", root=guarded.root)
    with ff.Store(url) as store:
        store.append(ANN)
        (encrypted,) = store._db.sql.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()

        assert encrypted
        assert [record.event for record in store.log()] == [ANN]
        assert repr(store) == f"Store('postgresql://ann@localhost:{guarded.port}/postgres')"


def refused(url: str, because: str) -> None:
    with pytest.raises(ff.StoreError, match=because) as caught:
        ff.Store(url)
    assert "Zqx" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_server_whose_certificate_nobody_vouches_for_is_refused(guarded: Guarded) -> None:
    refused(AT.format(port=guarded.port, mode="verify-full", root=guarded.other), "certificate verify failed")


def test_a_server_under_another_name_is_refused(guarded: Guarded) -> None:
    url = AT.format(port=guarded.port, mode="verify-full", root=guarded.root).replace("@localhost", "@127.0.0.1")
    refused(url, "does not match host name")


def test_a_certificate_that_is_missing_is_told(guarded: Guarded) -> None:
    refused(AT.format(port=guarded.port, mode="verify-full", root="/nowhere"), "root certificate file")


def test_a_server_that_asks_for_tls_is_not_reached_without(guarded: Guarded) -> None:
    refused(AT.format(port=guarded.port, mode="disable", root=guarded.root), "no encryption|rejects connection")


def test_a_wrong_password_is_told_and_not_shown(guarded: Guarded) -> None:
    url = AT.format(port=guarded.port, mode="require", root=guarded.root).replace("secret", "wrong")
    refused(url, "password authentication failed for user")


def test_a_password_from_the_environment_or_a_file_will_do(
    guarded: Guarded, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = AT.format(port=guarded.port, mode="verify-full", root=guarded.root).replace(":Zqx%40%2Fsecret", "")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    ff.Store(url).close()
    monkeypatch.delenv("PGPASSWORD")
    (tmp_path / "pgpass").write_text(f"*:*:*:ann:{PASSWORD}\n")
    (tmp_path / "pgpass").chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    ff.Store(url).close()
