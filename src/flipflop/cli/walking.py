"""The walk through all pairs that wait for a ruling: what is shown, asked, said again and recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.cli.interview import BackToStart, Given, Question, answered
from flipflop.cli.judgement import command_of, questions_about, ruling_from
from flipflop.cli.show import statement_block
from flipflop.cli.terminal import put, say
from flipflop.errors import FlipflopError
from flipflop.records import Outcome, Topic
from flipflop.store.model import SHOWN
from flipflop.text.rulings import change_label
from flipflop.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flipflop.cases import Candidate, FoundPair
    from flipflop.records import Ruling
    from flipflop.store import Recorded, Store

_SEE = "'flipflop show' says which"
_SKIP, _QUIT, _YES, _NO, _CONFIRM = "skip", "quit", "yes", "no", "confirm"
_LEAVING = "not recorded; to give these answers again:"


def walk(store: Store, by: str, topic: str | None, zone: str) -> None:
    """Show one waiting pair after the other, changes and conflicts alike, and record what is confirmed."""
    about = store.resolve_topic(topic) if topic else None
    waiting = _waiting(store, about, zone)
    skipped: list[Candidate] = []
    if not waiting:
        say("no open candidates in this record")
    done = 0
    while waiting:
        candidate = waiting[0]
        put(f"\nCandidate {done + 1} of {done + len(waiting)} on {candidate.topic}: {candidate.reason}\n")
        match _Judging(store, candidate, by, zone).outcome():
            case "back":
                if skipped:
                    waiting.insert(0, skipped.pop())
                    done -= 1
                else:
                    say("there is none before this one; what is recorded is withdrawn with 'flipflop retract'")
            case "skip":
                skipped.append(waiting.pop(0))
                done += 1
            case "quit":
                return
            case _:
                passed = {one.key for one in skipped}
                waiting = [one for one in _waiting(store, about, zone) if one.key not in passed]
                done += 1


def _waiting(store: Store, topic: str | None, zone: str) -> list[Candidate]:
    """Return what waits for a ruling in one order: by topic, then by the later moment, a change before a conflict."""
    from flipflop.cases import open_candidates, open_conflicts

    found = [*open_candidates(store, topic=topic, tz=zone), *open_conflicts(store, topic=topic, tz=zone)]
    return sorted(found, key=lambda one: (one.topic, one.since))  # stable: changes come first


class _Judging:
    """One pair before a person: what is asked and answered, until it is recorded or left."""

    def __init__(self, store: Store, candidate: Candidate, by: str, zone: str) -> None:
        self.store, self.candidate, self.by, self.zone = store, candidate, by, zone
        self.given: Given = {}
        self._again: dict[Ruling, list[FoundPair]] = {}
        self._ruled = _to_confirm(store, candidate)

    def outcome(self) -> str:
        """Return ``recorded``, or how the pair was left: ``skip``, ``quit``, ``back``. What is left is told again."""
        for line in (*_what_changed(self.candidate), *self._propositions()):
            put(f"{line}\n")
        show(self.store, self.candidate.key[:2], self.zone)
        while True:
            try:
                answered(self._questions(), self.given)
            except BackToStart:
                return "back"
            except (EOFError, KeyboardInterrupt):
                self._tell()
                raise
            if self.given["outcome"] in (_SKIP, _QUIT):
                return self.given["outcome"]
            if self.given["outcome"] == _CONFIRM and self._ruled:
                self._confirm(self._ruled[0])
                return "recorded"
            if self.given["record"] == _QUIT:
                self._tell()
                return _QUIT
            if self._recorded():
                return "recorded"

    def _propositions(self) -> Iterator[str]:
        """What the pair is judged by, and by what it was where that was mended after the ruling."""
        reads = self.store.as_it_reads(self.store.get(self.candidate.topic, kind="topic").id)
        former = self._ruled[1] if self._ruled else ""
        if former:
            yield f"Proposition when that was ruled: {visible(former)}"
        if isinstance(reads, Topic):
            yield f"{'Proposition today' if former else 'Proposition'}: {visible(reads.proposition)}"

    def _confirm(self, ruling: Recorded) -> None:
        """Record that the ruling holds as it is, after a second look."""
        from flipflop.cases import confirmation

        correction = confirmation(ruling, self.by)
        self.store.append(correction)
        put(f"recorded {correction.hash[:SHOWN]}")

    def _questions(self) -> list[Question]:
        confirm = [_CONFIRM] if self._ruled else []
        choices = [*map(str, self.candidate.outcomes), *confirm, _SKIP, _QUIT]
        return [
            *questions_about(self.candidate.kind, choices),
            Question("repeated", "The same answer for these", [_YES, _NO], _NO, self._is_repeated, self._say_again),
            Question("record", "Record this", [_YES, _QUIT], None, self._is_judged, self._say_what),
        ]

    def _is_judged(self, given: Given) -> bool:
        return given["outcome"] in tuple(Outcome)

    def _is_repeated(self, given: Given) -> bool:
        return self._is_judged(given) and bool(self._repetitions())

    def _repetitions(self) -> list[FoundPair]:
        """Return what was said again; looked for once for each way to rule."""
        from flipflop.cases import repetitions

        ruling = self._ruling()
        if ruling not in self._again:
            self._again[ruling] = repetitions(self.store, ruling)
        return self._again[ruling]

    def _ruling(self) -> Ruling:
        return self._ruling_on(self.candidate.key[:2])

    def _ruling_on(self, pair: tuple[str, str]) -> Ruling:
        degree = self.candidate.degree if self.given["outcome"] == Outcome.REVERSAL else None
        return ruling_from(self.given, pair, self.candidate.topic, self.by, degree)

    def _say_again(self) -> None:
        shown = set(self.candidate.key[:2])
        put("\nThe same was said again:\n")
        for row in self._repetitions():
            put(f"{row.earlier[:SHOWN]} → {row.later[:SHOWN]}: {row.reason}\n")
            show(self.store, [one for one in row.pair if one not in shown], self.zone)
            shown |= set(row.pair)

    def _say_what(self) -> None:
        """Show what is about to be recorded."""
        put("")
        for pair in self._pairs():
            put(f"{pair[0][:SHOWN]} → {pair[1][:SHOWN]} on {self.candidate.topic}, by {self.by}")
        for name, text in self.given.items():
            if name not in ("repeated", "record"):
                put(f"  {name.replace('_', ' ')}: {text}")

    def _pairs(self) -> list[tuple[str, str]]:
        again = self._repetitions() if self.given.get("repeated") == _YES else []
        return [self.candidate.key[:2], *(row.pair for row in again)]

    def _recorded(self) -> bool:
        """Record what was confirmed; where that is refused say why, and keep the answers."""
        from flipflop.cases import confirmed, refuse_what_stands

        rulings = [self._ruling_on(pair) for pair in self._pairs()]
        try:
            for ruling in rulings:
                refuse_what_stands(self.store, ruling)
            for ruling in rulings:  # each in its turn: of those on one flip the latest counts
                dated = confirmed(self.store, ruling)
                self.store.append(dated)
                put(f"recorded {dated.hash[:SHOWN]}")
        except FlipflopError as error:
            say(f"error: {error}")
            del self.given["record"]
            return False
        return True

    def _tell(self) -> None:
        """Say how to give again what was answered and is not recorded."""
        said = {name: text for name, text in self.given.items() if name not in ("repeated", "record")}
        if said.get("outcome") in tuple(Outcome):
            say(f"\n{_LEAVING}\n  {command_of(said, self.candidate.key[:2], self.candidate.topic)}")


def _to_confirm(store: Store, candidate: Candidate) -> tuple[Recorded, str] | None:
    """Return the ruling on the pair where it waits for another look, and the proposition of which it was made."""
    from flipflop.cases.waiting import latest_ruling

    return latest_ruling(store, candidate.key[:2], candidate.topic) if candidate.again.ruling else None


def _what_changed(candidate: Candidate) -> Iterator[str]:
    """What to look at again of a pair, as sentences."""
    if candidate.again.ruling and candidate.ruled:
        ruled = change_label(candidate.kind, candidate.ruled)
        yield f"Look again ({ruled}): words, moment or proposition changed after that."
    if candidate.again.coding:
        yield f"Look again at the codings, too: words, moment or proposition changed after one of them ({_SEE})."


def show(store: Store, statements: Iterable[str], zone: str) -> None:
    """Print statements as they read today."""
    for one in statements:
        put(statement_block(store, one, zone) + "\n")
