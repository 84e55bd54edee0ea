"""Somebody is pulled in (R-08): a question to one person about one post-mortem, which stays open until it is answered, given
back or withdrawn. What is answered can become a part of the post-mortem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain import business_time, errors, evidence, page, typed
from bot.domain.errors import Stale
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

# What one field of a form takes: a question is shown whole to whoever is asked.
MOST = 3000


class QuestionState(StrEnum):
    """DECLINED: the person cannot answer it; `answer` then names who could, when they know."""

    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class UsedAs(StrEnum):
    """What an answer became."""

    NOTHING = ""
    TIMELINE = "timeline"
    EVIDENCE = "evidence"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `at` and `answered_at` are aware. Its id begins with the record's id and a colon."""

    id: str
    postmortem_id: str
    asked_by: str
    asked_of: str
    text: str
    at: datetime
    state: QuestionState = QuestionState.OPEN
    answer: str = ""
    answered_by: str | None = None
    answered_at: datetime | None = None
    used_as: UsedAs = UsedAs.NOTHING
    version: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", business_time.to_utc(self.at, "at"))

    @property
    def open(self) -> bool:
        """Whether somebody still waits for the answer."""
        return self.state is QuestionState.OPEN

    @property
    def to_be_used(self) -> bool:
        """An answer that has not become anything yet."""
        return self.state is QuestionState.ANSWERED and self.used_as is UsedAs.NOTHING

    def settled(self, state: QuestionState, answer: str, by: str, now: datetime) -> Question:
        """The question with what became of it."""
        version = self.version + 1
        return replace(self, state=state, answer=answer, answered_by=by, answered_at=now, version=version)

    def used(self, used_as: UsedAs) -> Question:
        """The answer became something."""
        return replace(self, used_as=used_as, version=self.version + 1)


def open_ones(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Those that wait for an answer, the oldest first."""
    return tuple(each for each in questions if each.open)


def unused(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Answered ones that became nothing else."""
    return tuple(each for each in questions if each.to_be_used)


def listed(questions: Iterable[Question]) -> tuple[Question, ...]:
    """As a list shows them: open ones first, then the newest answer."""
    known = [each for each in questions if each.state is not QuestionState.WITHDRAWN]
    settled = sorted(
        (each for each in known if not each.open), key=lambda each: each.answered_at or each.at, reverse=True
    )
    return (*open_ones(known), *settled)


def words(text: str) -> str:
    """The question as it is kept. Raises BadInput for none, and for one that is too long to be shown whole."""
    said = typed.clean(text).strip()
    if not said:
        raise errors.bad_input("question", "Write the question.")
    if typed.width(said) > MOST:
        why = f"Nothing was asked: the question has more than {MOST:,} characters. Ask it in fewer words, or in two questions."
        raise errors.bad_input("question", why)
    return said


def check_open(question: Question) -> None:
    """Raises Stale for a question that nobody waits for any more."""
    match question.state:
        case QuestionState.ANSWERED:
            raise Stale("This question was answered already. Nothing was changed.")
        case QuestionState.DECLINED:
            raise Stale("This question was given back already. Nothing was changed.")
        case QuestionState.WITHDRAWN:
            raise Stale("This question was withdrawn: nothing is left to do. Thank you.")


def matters(record: Postmortem) -> bool:
    """Whether anything is still to be found out: not when it is Closed, and not while it is waived or a part of another one."""
    return not record.set_aside and record.status is not Status.CLOSED


def check_matters(record: Postmortem) -> None:
    """Raises Refused where nothing is to be found out any more."""
    if record.merged is not None:
        raise errors.refused("merged", f"{record.name} is a part of {record.merged.name}: ask there.")
    if record.waiver is not None:
        raise errors.refused("waived", f"{record.name} is waived: nobody is asked unless the IC takes that back.")
    if record.status is Status.CLOSED:
        raise errors.refused("closed", f"{record.name} is Closed. The owner or the IC presses “Open again” first.")


def may_withdraw(question: Question, record: Postmortem, user_id: str) -> bool:
    """Who asked it, the owner and the IC."""
    return question.open and user_id in {question.asked_by, record.owner, record.roles.ic}


def check_withdraw(question: Question, record: Postmortem, user_id: str) -> None:
    """Raises Stale for one that is settled, Refused for anybody else."""
    check_open(question)
    if not may_withdraw(question, record, user_id):
        people = " or ".join(f"<@{user}>" for user in dict.fromkeys((question.asked_by, record.owner)) if user)
        raise errors.refused("wrong_role", f"Only who asked, the owner and the IC withdraw a question: ask {people}.")


def addresses(question: Question, workspace_url: str) -> tuple[str, ...]:
    """The web addresses in an answer that can be evidence (R-21)."""
    found = (
        each.url for line in question.answer.splitlines() for each in page.words(line) if isinstance(each, page.Link)
    )
    return evidence.proposed(found, workspace_url)
