"""When a reviewed message waits for the support team (R-50). A hand-off belongs to one review and is named by when the
post-mortem was Reviewed, so that a task from before it was sent back is told from the one after."""

from __future__ import annotations

from bot.domain.external_message import ExternalDecision, ExternalMessage
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

MOST_NUDGES = 5


def review_of(record: Postmortem) -> str:
    """The name of the hand-off that goes with the last review; empty when it was sent back."""
    return record.reviewed_at.isoformat() if record.reviewed_at else ""


def waits(record: Postmortem, decision: ExternalDecision, review: str) -> bool:
    """Whether the support team is still to post the text of this review."""
    present = decision.value is ExternalMessage.PRESENT
    return record.status is Status.REVIEWED and present and bool(review) and review == review_of(record)


def instead(record: Postmortem, decision: ExternalDecision) -> str:
    """The sentence for a task that is done, or was taken back."""
    posted = decision.posted
    if record.status is Status.CLOSED and posted:
        return f"{record.name} is Closed: <@{posted.by}> has marked the message as posted."
    if decision.value is not ExternalMessage.PRESENT:
        return f"{record.name} has no message to customers any more: nothing is to be posted."
    if record.status is not Status.REVIEWED:
        return f"{record.name} is {record.status} at the moment: do not post this text. You get the new one once it is reviewed."
    return f"The message of {record.name} was reviewed once more since: post the text of the newer task."
