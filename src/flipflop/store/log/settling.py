"""Works one correction, retraction or redaction after the other into what counts, as it is recorded.

In time that does not grow with the record; ``what_counts`` works the same out from scratch, for ``verify`` to compare.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from flipflop.errors import DataError
from flipflop.records.codec import encode
from flipflop.records.events import Coding, Ruling, Statement
from flipflop.store.log import rules, what_counts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flipflop.records.events import Correction, Event
    from flipflop.store.sql.tables import Tables


class Settling:
    """What an append changes of what counts. Whoever calls has written all events up to the one that is meant.

    ``noted`` is the last event up to which the judgements are noted with what they rest on.
    """

    def __init__(self, tables: Tables, before: int) -> None:
        self._tables = tables
        self.noted = before

    def note(self, last: int) -> None:
        """Take notice of the judgements recorded so far: they rest on the words as these now stand."""
        if last > self.noted:
            self._tables.note_rests(self.noted)
            self.noted = last

    def as_it_reads(self, seq: int) -> Event | None:
        """Return an event with the corrections that count, None if its body is gone."""
        return self._tables.mended_one(seq) or self._tables.original(seq)

    def correct(self, target: int, correction: Correction) -> None:
        """A correction was recorded."""
        before = self.as_it_reads(target)
        if before is None:
            return
        if isinstance(before, Coding | Ruling):
            self._confirm(target)
            return
        try:
            after = rules.changed(before, correction.changes)
        except DataError:  # from a log in which something was redacted since: passed over, as from scratch
            after = before
        with self._tables.working():
            self._keep(target, after)
            if isinstance(before, Statement) and isinstance(after, Statement):
                if self._tables.worded(target) is None:
                    self._begin_words(target, before)
                self._reword(target, after)

    def retract(self, targets: Iterable[int]) -> None:
        """A retraction was recorded: what it is about counts or not, and what that is about, and so on."""
        todo = [-seq for seq in set(targets)]
        heapify(todo)  # the last first: whatever decides about an event came after it
        corrected: set[int] = set()
        with self._tables.working():
            while todo:
                seq = -heappop(todo)
                while todo and -todo[0] == seq:
                    heappop(todo)
                if not self._withdraw(seq):
                    continue
                kind = self._tables.stamps([seq])[seq][1]
                about = self._tables.targets(seq, seq).get(seq, [])
                if kind == "retraction":
                    for target in about:
                        heappush(todo, -target)
                elif kind == "correction":
                    corrected.update(about)
            for target in corrected:
                self._remake(target)

    def redact(self, targets: Iterable[int]) -> None:
        """A redaction was recorded; bodies go when the batch ends (``purged``)."""
        with self._tables.working():
            for seq in targets:
                self._tables.set_gone(seq, redacted=True)
                if self._tables.stamps([seq])[seq][1] == "correction":
                    for target in self._tables.targets(seq, seq).get(seq, ()):
                        self._remake(target)

    def purged(self, seq: int, kind: str, about: Iterable[int]) -> None:
        """The body of an event is gone, and, of a statement or relation, those of its corrections."""
        judged = self._tables.judgements(seq)
        self._tables.drop_mended(seq)
        self._tables.forget_words(seq)
        self._tables.forget_judgement(seq)
        self._tables.review_again(judged)
        if kind == "correction":
            for target in about:
                self._anew(target)

    # Helpers

    def _withdraw(self, seq: int) -> bool:
        """Note whether an event is withdrawn now; tell whether that may have changed."""
        before = self._tables.gone([seq]).get(seq)
        if before is True:
            return True  # redacted: what it was about may depend on it all the same
        out = self._is_withdrawn(seq)
        if out == (before is False):
            return False
        if out:
            self._tables.set_gone(seq, redacted=False)
        else:
            self._tables.drop_gone(seq)
        return True

    def _is_withdrawn(self, seq: int) -> bool:
        """Tell whether a retraction that stands withdraws an event; one that was redacted may stand."""
        return any(
            not redacted or not self._is_withdrawn(by) for by, redacted in self._tables.standing_retractions(seq)
        )

    def _keep(self, target: int, event: Event) -> None:
        if isinstance(event, Statement):
            self._tables.key(event.speaker)
        self._tables.set_mended(target, encode(event), what_counts.moment_of(event, self._tables))

    def _confirm(self, judgement: int) -> None:
        """Somebody looked again: the judgement rests on what now stands."""
        standing = ((statement, self._tables.worded(statement)) for statement in self._tables.pair(judgement))
        with self._tables.working():
            self._tables.rest_anew(judgement, {statement: words for statement, words in standing if words is not None})

    def _rest_again(self, judgement: int) -> None:
        """Which confirmations of a judgement count has changed, or its body is gone, and with it what it is about."""
        since = self._tables.confirmed([judgement]).get(judgement, judgement)
        rests: dict[int, bytes] = {}
        for statement in self._tables.pair(judgement):
            mending = what_counts.mending_of(self._tables, statement)
            if mending is not None:
                reads = [event for seq, event in mending.course() if seq <= since]
                rests[statement] = rules.words_and_moment(reads[-1])
        self._tables.rest_anew(judgement, rests)

    def _remake(self, target: int) -> None:
        """Which corrections of an event count has changed."""
        mending = what_counts.mending_of(self._tables, target)
        if mending is None:
            return
        if isinstance(mending.original, Coding | Ruling):
            self._rest_again(target)
            return
        gone = self._tables.gone(mending.changes)
        standing = [seq for seq in sorted(mending.changes) if seq not in gone]
        event = rules.mend(mending.original, (mending.changes[seq] for seq in standing))
        if standing:
            self._keep(target, event)
        else:
            self._tables.drop_mended(target)
        if isinstance(event, Statement):
            self._reword(target, event)

    def _begin_words(self, statement: int, before: Statement) -> None:
        """The first correction of a statement: what was judged so far was judged of its words as recorded."""
        words = rules.words_and_moment(before)
        self._tables.set_worded(statement, words)
        self._tables.set_rests(statement, [(words, seq) for seq in self._tables.judgements(statement)])

    def _reword(self, statement: int, event: Statement) -> None:
        before, now = self._tables.worded(statement), rules.words_and_moment(event)
        if before is not None and before != now:
            self._tables.set_worded(statement, now)
            self._tables.reworded(statement, before, now)

    def _anew(self, target: int) -> None:
        """The body of a correction is gone: what it changed never was."""
        if isinstance(self._tables.original(target), Coding | Ruling):
            self._rest_again(target)
            return
        mending = what_counts.mending_of(self._tables, target)
        judged = self._tables.judgements(target)
        self._tables.drop_mended(target)
        self._tables.forget_words(target)
        if mending is not None:
            gone = self._tables.gone(mending.changes)
            course = mending.course()
            if any(seq not in gone for seq in mending.changes):
                self._keep(target, course[-1][1])
            if isinstance(mending.original, Statement):
                confirmed = self._tables.confirmed(judged)
                words, rests = what_counts.resting_on(self._tables, target, course, self.noted, confirmed)
                self._tables.set_worded(target, words)
                self._tables.set_rests(target, [(which, seq) for seq, which in rests.items()])
        self._tables.review_again(judged)
