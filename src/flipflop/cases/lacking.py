"""What a case still lacks before it is printed, and the command that mends it. Judges the record, never the person."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from flipflop.errors import DataError, Problem
from flipflop.records import Explanation, Form, Outcome, SpeakerKind
from flipflop.store.model import SHOWN
from flipflop.text.rulings import innocent_words, none_found, outcome_words, unclosed
from flipflop.when import Precision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flipflop.cases.case import Case, Evidence
    from flipflop.records import Speaker

LONG_QUOTE = 100
"""Words past which a quotation is more than a short citation."""

REQUIRABLE = ("address", "context", "dissent", "explanation", "moment", "quotation", "rationale", "reply")
"""Words for advice that an editor may make a requirement."""

_COARSE = frozenset(Precision) - {Precision.SECOND, Precision.MINUTE, Precision.HOUR, Precision.DAYPART, Precision.DAY}


class Missing(NamedTuple):
    """One thing that a case lacks: a word for it, a sentence, the command that mends it (None: none does).

    ``required`` tells whether the pair may not be called a change of position without it; the rest is advice.
    ``statement`` is the id of the statement that it is about, None where it is the pair.
    """

    what: str
    sentence: str
    command: str | None
    required: bool
    statement: str | None = None


def missing(case: Case, *, approvals: int = 1, require: Iterable[str] = ()) -> tuple[Missing, ...]:
    """Return what the case lacks, the required first, the earlier statement before the later one.

    ``approvals`` is the number of people who must have ruled the same before the pair is called a change of position;
    ``require`` are words of ``REQUIRABLE`` that are required too, such as ``reply``: given, or asked for. Raises
    DataError for any other word.
    """
    found = [*_of_speaker(case), *_of_statements(case), *_of_pair(case), *_of_ruling(case, approvals)]
    words = requirements(require)
    told = (one._replace(required=one.required or one.what in words) for one in found)
    return tuple(sorted(told, key=lambda one: not one.required))


def publishable(case: Case, *, approvals: int = 1, require: Iterable[str] = ()) -> bool:
    """Tell whether a page may call the pair a change of position: ruled so, and nothing required is missing."""
    return not any(one.required for one in missing(case, approvals=approvals, require=require))


def requirements(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words, each once, in the order of the alphabet. Raises DataError for one that is not requirable."""
    given = tuple(sorted(set(words)))
    known = ", ".join(REQUIRABLE)
    if problems := [Problem(f"{word!r} is not one of {known}", "require") for word in given if word not in REQUIRABLE]:
        raise DataError(problems)
    return given


def _of_speaker(case: Case) -> Iterator[Missing]:
    who = case.speaker
    if who.kind is SpeakerKind.PERSON and not who.public_role:
        yield Missing(
            "public role",
            "No public role is recorded for the speaker, and only people in public roles are published.",
            _declared_again(who),
            required=True,
        )


def _declared_again(who: Speaker) -> str:
    """Return the command that gives a speaker a role; a new declaration takes the place of the whole old one."""
    aliases = "".join(f" --alias {quote(alias)}" for alias in who.aliases)
    wikidata = f" --wikidata {quote(who.wikidata)}" if who.wikidata else ""
    return f'flipflop speaker add {quote(who.name)} --id {who.id}{aliases}{wikidata} --role "…"'


def _of_statements(case: Case) -> Iterator[Missing]:
    for which, one in (("earlier", case.earlier), ("later", case.later)):
        yield from _of_evidence(f"the {which} statement", one)
        yield from _of_coding(f"the {which} statement", one, case.topic.id)


def _of_evidence(which: str, one: Evidence) -> Iterator[Missing]:
    said, amend = one.statement, f"flipflop amend {one.id[:SHOWN]}"
    because = '--reason "…"'
    if said.source is None:
        yield Missing("source", f"No source is recorded for {which}.", f"{amend} --source URL {because}", True, one.id)
    elif not one.address:
        told = f"The source of {which} has no web address, so readers cannot open it."
        yield Missing("address", told, f"{amend} --source URL {because}", False, one.id)
    if said.form is Form.PARAPHRASE:
        told = f"The words of {which} are our own summary; a change of position rests on the speaker's words."
        yield Missing("quotation", told, f'{amend} --form quote --text "…" {because}', True, one.id)
    if said.form is Form.REPORTED:
        told = f"The words of {which} are somebody else's report, not a quotation; the page says so."
        yield Missing("quotation", told, f'{amend} --form quote --text "…" {because}', False, one.id)
    if not said.context:
        told = f"Nothing is recorded of where and on what occasion {which} was made."
        yield Missing("context", told, f'{amend} --context "…" {because}', False, one.id)
    if (number := len(said.text.split())) > LONG_QUOTE:
        told = f"{which.capitalize()} has {number} words; more than {LONG_QUOTE} may be more than a short citation."
        yield Missing("length", told, f'{amend} --text "…" {because}', False, one.id)
    moment = f'{amend} --said "…" {because}'
    if said.said.precision in _COARSE or said.said.approximate:
        about = "about, and to the" if said.said.approximate else "to the"
        told = f"The moment of {which} is known only {about} {said.said.precision}: {said.said.text!r}."
        yield Missing("moment", told, moment, False, one.id)
    for warning in said.said.warnings:
        yield Missing("moment", f"The moment of {which}, {said.said.text!r}: {warning}.", moment, False, one.id)


def _of_coding(which: str, one: Evidence, topic: str) -> Iterator[Missing]:
    code = f"flipflop code {one.id[:SHOWN]} --topic {topic} --stance STANCE"
    why = f'{code} --rationale "…"'
    counting = one.counting
    if not counting and one.judgements:
        told = f"The proposition was mended after {which} was coded; the coding has to be made again, or confirmed."
        yield Missing("review", told, f"flipflop amend {one.judgements[-1].id[:SHOWN]} --confirm", True, one.id)
        return
    if not counting:
        told = f"Nobody has said what {which} shows on this topic."
        yield Missing("coding", told, why, True, one.id)
        return
    if all(judgement.by_model for judgement in counting):
        told = f"Only a program has said what {which} shows; a person has to."
        yield Missing("coding", told, why, True, one.id)
    if one.disputed:
        told = f"The coders see opposite sides in {which}; somebody has to settle it."
        yield Missing("agreement", told, f"{why} --adjudicate", True, one.id)
    if any(judgement.needs_review for judgement in counting):
        told = f"Words or moment of {which} were corrected after it was coded; the coding has to be looked at again."
        yield Missing("review", told, why, True, one.id)
    for judgement in counting:
        if not judgement.coding.rationale:
            told = f"{judgement.coding.coder} gave no reason for the coding of {which}."
            yield Missing("rationale", told, why, False, one.id)


def _of_pair(case: Case) -> Iterator[Missing]:
    if case.order == "unknown":
        told = "Nobody can say which statement came first: their moments overlap as far as they are known."
        coarse = max(case.earlier, case.later, key=lambda one: one.statement.said.end - one.statement.said.start)
        command = f'flipflop amend {coarse.id[:SHOWN]} --said "…" --reason "…"'
        yield Missing("order", told, command, required=True)
    earlier, later = (one.stance.sign if one.stance else None for one in (case.earlier, case.later))
    if earlier is not None and later is not None and (earlier == later or earlier == 0):
        told = "The codings that count show no change from the earlier statement to the later one."
        yield Missing("change", told, f"flipflop show {case.later.id[:SHOWN]}", required=True)


def _of_ruling(case: Case, approvals: int) -> Iterator[Missing]:
    decision = case.decision
    rule = f"flipflop rule {case.earlier.id[:SHOWN]} {case.later.id[:SHOWN]} --topic {case.topic.id}"
    if decision is None:
        told = "No person has ruled on the pair and written down an innocent reading: it is a candidate."
        yield Missing("ruling", told, rule, required=True)
        yield Missing("reply", _NOT_ASKED, f'{rule} --reply-text "…"', required=False)
        return
    ruling = decision.ruling
    if ruling.outcome is not Outcome.REVERSAL:
        told = f"{ruling.by} ruled: {outcome_words(ruling.outcome)}."
        yield Missing("outcome", told, None, required=True)
    if decision.needs_review:
        told = "Words, moment or proposition were corrected after the ruling; it has to be made again."
        yield Missing("review", told, rule, required=True)
    yield from _of_names(case, rule, approvals)
    if none_found(ruling.innocent_reading):
        found = unclosed(innocent_words(ruling.innocent_reading))
        told = f"{found}; look for one once more, with somebody who knows the matter."
        yield Missing("innocent reading", told, f'{rule} --innocent-reading "…"', required=False)
    if ruling.explanation is None:
        told = "The ruling does not say what the speaker, or the record, offers as an explanation."
        yield Missing("explanation", told, f"{rule} --explanation WORD", required=False)
    elif ruling.explanation_source is None and ruling.explanation is not Explanation.NONE_FOUND:
        told = "The explanation has no source, so that pages tell it only as what the editor says."
        command = f"{rule} --explanation {ruling.explanation} --explanation-source URL"
        yield Missing("explanation", told, command, required=False)
    if ruling.reply is None:
        yield Missing("reply", _NOT_ASKED, f'{rule} --reply-text "…"  # or --no-reply', required=False)


_NOT_ASKED = "The speaker's reply is not recorded, nor that it was asked for."


def _of_names(case: Case, rule: str, approvals: int) -> Iterator[Missing]:
    names, last = case.approvers, case.decision
    if last is not None and last.by_model:
        yield Missing("ruling", f"{last.ruling.by} is no person; a person has to rule.", rule, required=True)
    if len(names) < approvals:
        told = f"{len(names)} of {approvals} people have ruled so" + (f": {', '.join(names)}." if names else ".")
        yield Missing("approval", told, f'{rule} --by "…"', required=True)
    elif len(names) == 1:
        told = f"Only {names[0]} has ruled; a second person should look at it."
        yield Missing("approval", told, f'{rule} --by "…"', required=False)
    for by in case.dissenters:
        yield Missing("dissent", f"{by} ruled otherwise, and has not ruled again since.", None, required=False)
