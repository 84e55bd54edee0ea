"""Who writes the post-mortem, and until when: asked by every form, so that a refusal reads the same wherever it comes from."""

from __future__ import annotations

from bot.domain import errors
from bot.domain.actors import Actor, Role
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

WRITERS = (Role.OWNER, Role.IC, Role.DEPUTY, Role.SCRIBE)
# The text was agreed on in the meeting, so it does not change behind anybody's back; what becomes of TODOs may still be decided.
_FROZEN = (Status.REVIEWED, Status.CLOSED)
_BACK = {Status.REVIEWED: "Back to review", Status.CLOSED: "Open again"}


def may_write(actor: Actor) -> bool:
    """Whether this person writes the text, the timeline and the decisions on TODOs (R-60)."""
    return actor.any_of(*WRITERS)


def may_name_deputy(actor: Actor) -> bool:
    """A deputy may do what the IC may, so the scribe does not name one."""
    return actor.any_of(Role.OWNER, Role.IC, Role.DEPUTY)


def frozen(record: Postmortem) -> bool:
    """Whether its text was agreed on and is only read."""
    return record.status in _FROZEN


def settled(record: Postmortem) -> bool:
    """Whether what becomes of TODOs was decided for good."""
    return record.status is Status.CLOSED


def way_back(record: Postmortem) -> str:
    """What is pressed before a text that was agreed on changes again."""
    return _BACK[record.status]


def check_text(record: Postmortem, actor: Actor) -> None:
    """Raises Refused for somebody who does not write, and for a text that was agreed on (Reviewed, Closed)."""
    _check_person(record, actor)
    check_changes(record)


def check_changes(record: Postmortem) -> None:
    """Raises Refused once its text was agreed on, whoever it is."""
    if frozen(record):
        why = (
            f"{record.name} is {record.status}, so its text does not change any more. If it has to, the owner or the IC "
            f"presses “{way_back(record)}” first, with a reason."
        )
        raise errors.refused("frozen", why)


def check_actions(record: Postmortem, actor: Actor) -> None:
    """Raises Refused for somebody who does not write, and once it is Closed: until then decisions are due (T5)."""
    _check_person(record, actor)
    check_decides(record)


def check_decides(record: Postmortem) -> None:
    """Raises Refused once nothing is decided any more, whoever it is."""
    if settled(record):
        why = f"{record.name} is Closed, so nothing in it changes any more. The owner or the IC presses “Open again” first."
        raise errors.refused("frozen", why)


def _check_person(record: Postmortem, actor: Actor) -> None:
    if may_write(actor):
        return
    roles = record.roles
    named = (
        ("the owner", record.owner), ("the IC", roles.ic), ("the deputy", roles.deputy), ("the scribe", roles.scribe)
    )  # fmt: skip
    people = [f"{what} <@{who}>" for what, who in named if who]
    listed = ", ".join(people) if people else "the owner, as soon as one is named"
    raise errors.refused("wrong_role", f"{record.name} is written by {listed}: tell one of them what you know.")
