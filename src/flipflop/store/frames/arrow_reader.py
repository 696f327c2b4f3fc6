"""Runs one query on a store file through ADBC and writes the rows to stdout as an Arrow stream. A program of its own.

Never imported by flipflop: the driver of ADBC brings its own SQLite, and a second SQLite in one process takes away the
locks of the first when it closes the file (https://www.sqlite.org/howtocorrupt.html, section 2.2.1): others then
delete the journal under a writer, and what it was told is recorded is lost. In another process it harms nobody.

Reads one line of JSON: ``uri`` of the file, ``head``, a query with what it must give (else this is another file, or
has another past: exit code 3), the ``queries``, and how many ``rows`` to send at once. One stream follows the other.
"""

from __future__ import annotations

import json
import sys


def main() -> int:
    """Answer the one question on stdin."""
    # Not the driver's module dbapi: it imports pandas too, and then starting takes as long as reading 100,000 rows.
    from adbc_driver_manager import AdbcConnection, AdbcStatement
    from adbc_driver_sqlite import connect
    from pyarrow import RecordBatchReader, ipc

    asked = json.loads(sys.stdin.buffer.readline())
    query, expected = asked["head"]
    with connect(asked["uri"]) as database, AdbcConnection(database) as connection:
        with AdbcStatement(connection) as statement:
            statement.set_sql_query(query)
            if RecordBatchReader.from_stream(statement.execute_query()[0]).read_all().to_pydict() != expected:
                return 3
        for query in asked["queries"]:
            with AdbcStatement(connection) as statement:
                statement.set_options(**{"adbc.sqlite.query.batch_rows": str(asked["rows"])})
                statement.set_sql_query(query)
                batches = RecordBatchReader.from_stream(statement.execute_query()[0])
                with ipc.new_stream(sys.stdout.buffer, batches.schema) as stream:
                    for batch in batches:
                        stream.write_batch(batch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
