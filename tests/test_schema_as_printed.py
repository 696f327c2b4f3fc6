"""The SQL that follows from the descriptions of kinds, as people read it: one file an engine.

    python -m tests.test_schema_as_printed

writes the files anew; what changed in them is then read like any other change.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flipflop.store.postgres import schema as of_servers
from flipflop.store.sqlite import schema as of_files

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
PRINTED = {"schema.sql": of_files.creation, "schema-postgres.sql": of_servers.creation}


@pytest.mark.parametrize(("name", "made"), PRINTED.items())
def test_the_sql_is_as_printed(name: str, made: Callable[[], str]) -> None:
    assert made() == (GOLDEN / name).read_text("utf-8")


if __name__ == "__main__":
    for name, made in PRINTED.items():
        (GOLDEN / name).write_text(made(), "utf-8")
