"""Questions at a terminal, one after another, with the way back; what was answered is offered again.

Knows nothing of what is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flipflop.cli.terminal import ask, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GO_BACK = "back"
"""The choice that goes one question back."""
BACK_KEY = "<"
"""What goes back where any text may be typed."""

Given = dict[str, str]
"""The answers so far, by the names of their questions."""


class Question(NamedTuple):
    """A question by its name; ``choices`` are the words among which to choose, none where a text is asked for.

    ``default`` is what Enter means. It is put where ``applies`` says so, which sees what was answered before; ``shows``
    prints what is to be seen first.
    """

    name: str
    asked: str
    choices: Sequence[str] = ()
    default: str | None = None
    applies: Callable[[Given], bool] | None = None
    shows: Callable[[], None] | None = None

    def is_put(self, given: Given) -> bool:
        """Tell whether it is put after these answers."""
        return self.applies is None or self.applies(given)


class BackToStart(Exception):  # noqa: N818 -- it is no error
    """Somebody went back at the first question."""


def answered(questions: Sequence[Question], given: Given) -> None:
    """Put the questions and keep each answer in ``given``, where those of before are what Enter means.

    Raises BackToStart where somebody goes back at the first one.
    """
    at = 0
    while at < len(questions):
        question = questions[at]
        if not question.is_put(given):
            given.pop(question.name, None)
            at += 1
            continue
        if question.shows:
            question.shows()
        answer = _put(question, given.get(question.name, question.default))
        if answer is not None:
            given[question.name] = answer
            at += 1
            continue
        at = max((before for before in range(at) if questions[before].is_put(given)), default=-1)
        if at < 0:
            raise BackToStart


def put_one(question: Question) -> str:
    """Put one question, without a way back, and return the answer."""
    if question.choices:
        return choose(question.asked, question.choices, default=question.default)
    return ask(question.asked, default=question.default)


def _put(question: Question, default: str | None) -> str | None:
    """Return the answer, None where it is to go back."""
    if question.choices:
        answer = put_one(question._replace(choices=[*question.choices, GO_BACK], default=default))
        return None if answer == GO_BACK else answer
    answer = put_one(question._replace(asked=f"{question.asked} [{BACK_KEY} goes back]", default=default))
    return None if answer == BACK_KEY else answer
