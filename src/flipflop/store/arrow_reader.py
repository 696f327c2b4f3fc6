"""Runs one query on a store file through ADBC and writes the rows to stdout as an Arrow stream. A program of its own.

Never imported by flipflop: the driver of ADBC brings its own SQLite, and a second SQLite in one process takes away the
locks of the first when it closes the file (https://www.sqlite.org/howtocorrupt.html, section 2.2.1): others then
delete the journal under a writer, and what it was told is recorded is lost. In another process it harms nobody.

Reads one line of JSON: ``uri`` of the file, ``head``, a query with what it must give (else this is another file, or
has another past: exit code 3), the ``query``, and how many ``rows`` to send at once.
"""

from __future__ import annotations

import json
import sys


def main() -> int:
    """Answer the one question on stdin."""
    import pyarrow
    from adbc_driver_sqlite import dbapi

    asked = json.loads(sys.stdin.buffer.readline())
    with dbapi.connect(asked["uri"], autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute(asked["head"][0])
        if [list(row) for row in cursor.fetchall()] != asked["head"][1]:
            return 3
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(asked["rows"])})
        cursor.execute(asked["query"])
        batches = cursor.fetch_record_batch()
        with pyarrow.ipc.new_stream(sys.stdout.buffer, batches.schema) as stream:
            for batch in batches:
                stream.write_batch(batch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
