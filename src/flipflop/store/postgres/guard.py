"""One trigger of a store on a server, and the statements that make it."""

from __future__ import annotations

from typing import NamedTuple


class Guard(NamedTuple):
    """One trigger. ``when`` is its moment and verb; one that is ``deferred`` asks when the transaction ends."""

    name: str
    table: str
    when: str
    each: str
    function: str
    argument: str | None = None
    added: str = ""
    deferred: bool = False

    def creation(self) -> str:
        """Return the statements that make it, so that it fires even where a session says it only replicates."""
        given = f"'{self.argument}'" if self.argument else ""
        kind, waits = ("CONSTRAINT TRIGGER", "DEFERRABLE INITIALLY DEFERRED") if self.deferred else ("TRIGGER", "")
        return (
            f"CREATE {kind} {self.name} {self.when} ON {self.table} {waits} {self.added} FOR EACH {self.each} "
            f"EXECUTE FUNCTION {self.function}({given});\n"
            f"ALTER TABLE {self.table} ENABLE ALWAYS TRIGGER {self.name};\n"
        )
