"""A PostgreSQL server of the tests' own: Debian's, as an unprivileged user, on a socket in a temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_USER = "postgres"  # Debian's package makes it; the server refuses to run as root


class NoPostgresError(RuntimeError):
    """The machine has no PostgreSQL: for tests that is a failure, never a skip."""


@contextmanager
def running(*settings: str) -> Iterator[str]:
    """Start a server with some ``name=value`` settings, yield the URL of its empty database, stop and remove it."""
    folder = Path(tempfile.mkdtemp(prefix="ffpg"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _USER)
        _run("initdb", "-D", folder / "data", "-U", _USER, "--auth=trust", "--encoding=UTF8", "--no-sync")
        given = (f"unix_socket_directories={folder}", "listen_addresses=", *settings)
        options = " ".join(f"-c {setting}" for setting in given)
        _run("pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", options, "-w", "start")
        try:
            yield f"postgresql://{_USER}@/postgres?host={folder}"
        finally:
            _run("pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *args: str | Path) -> None:
    command = [str(programs() / program), *map(str, args)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", _USER, "--", *command]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise NoPostgresError(f"{program}: {done.stdout}{done.stderr}")


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, the newest that is there."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        raise NoPostgresError("PostgreSQL's server programs are not installed (Debian: apt-get install postgresql)")
    return found[-1].parent if found else Path(str(on_path)).parent
