"""The one thing to do next on a post-mortem, so that a card never leaves people guessing. A rule and not a picture: the
card, the status answer and reminders must agree."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.overview import Overview
from bot.domain.postmortem import ProposalState
from bot.domain.status import Status


class Step(StrEnum):
    """What is to be done, by the person that the record names for it."""

    DESIGNATE = "designate"
    CONFIRM = "confirm"
    BOOK_MEETING = "book_meeting"
    HOLD_MEETING = "hold_meeting"
    FINISH = "finish"
    NOTHING = "nothing"


_LATER = {
    Status.IN_REVIEW: Step.HOLD_MEETING,
    Status.REVIEWED: Step.FINISH,
    Status.CLOSED: Step.NOTHING,
}


def next_step(overview: Overview) -> Step:
    """R-12: with an owner, the meeting is booked before anything is written."""
    record = overview.postmortem
    if record.status in _LATER:
        return _LATER[record.status]
    if record.owner:
        return Step.BOOK_MEETING
    pending = overview.proposal is not None and overview.proposal.state is ProposalState.PENDING
    return Step.CONFIRM if pending else Step.DESIGNATE
