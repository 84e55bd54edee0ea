"""Who leads a post-mortem to its meeting: one rule for booking, moving and cancelling it, for the notes of readers and for
the address of the page, so that no two doors ever disagree."""

from __future__ import annotations

from bot.domain import errors
from bot.domain.actors import Actor, Role
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

LEADS = (Role.OWNER, Role.IC, Role.DEPUTY)
MEETING_STATES = (Status.DRAFT, Status.IN_REVIEW)


def leads(actor: Actor) -> bool:
    """Owner, IC or deputy."""
    return actor.any_of(*LEADS)


def only_leads(actor: Actor, record: Postmortem, what: str) -> None:
    """Raises Refused, with whom to ask, for anybody else; `what` continues "Only the owner, the IC and the deputy"."""
    if leads(actor):
        return
    people = (record.owner, record.roles.ic, record.roles.deputy)
    asked = " or ".join(dict.fromkeys(f"<@{user}>" for user in people if user)) or "somebody who was on the call"
    raise errors.refused("wrong_role", f"Only the owner, the IC and the deputy {what}: ask {asked}.")


def meeting_matters(record: Postmortem) -> bool:
    """Whether anything about the meeting is still to be asked or told: not after the review, not while it is waived or a part of
    another one, and not while the incident is open again."""
    return not record.set_aside and record.open_again is None and record.status in MEETING_STATES


def meeting_may_change(record: Postmortem) -> None:
    """Raises Refused where a meeting has no place any more: after the review, and while the post-mortem is waived."""
    if record.merged is not None:
        raise errors.refused("merged", f"{record.name} is a part of {record.merged.name}: the meeting is held there.")
    if record.waiver is not None:
        raise errors.refused("waived", f"{record.name} is waived: it needs no meeting unless the IC takes that back.")
    if record.status not in MEETING_STATES:
        text = f"{record.name} is {record.status}: its meeting is over. Send it back to In Review to hold another one."
        raise errors.refused("meeting_over", text)
