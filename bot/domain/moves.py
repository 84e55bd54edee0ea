"""The table of the status machine: four states, eight moves, who may make each, what must hold and what follows, and a
plain sentence for the pairs that are no move at all. This is the whole rule; status.py only reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain import guards
from bot.domain.actors import Role
from bot.domain.errors import Reason
from bot.domain.guards import Facts


class Status(StrEnum):
    """The four states, with the labels that people see."""

    DRAFT = "Draft"
    IN_REVIEW = "In Review"
    REVIEWED = "Reviewed"
    CLOSED = "Closed"


class Effect(StrEnum):
    """What has to happen because of a move. The rules name it; use cases carry it out."""

    UPDATE_CARD = "update_card"
    ANNOUNCE = "announce"
    AUDIT = "audit"
    POST_REVIEW_LINK = "post_review_link"
    REVIEW_POST_BACK_IN_DRAFT = "review_post_back_in_draft"
    HAND_OFF_TO_SUPPORT = "hand_off_to_support"
    ASK_ADMIN_FOR_SUPPORT_TEAM = "ask_admin_for_support_team"
    OFFER_CLOSE = "offer_close"
    PROMPT_INTERNAL_EMAIL = "prompt_internal_email"
    STOP_REMINDERS = "stop_reminders"
    REVIEWED_AT_IS_CLOSED_AT = "reviewed_at_is_closed_at"
    NOTE_MESSAGE_POSTED = "note_message_posted"
    WITHDRAW_SUPPORT_TASK = "withdraw_support_task"
    SHOW_REOPENED = "show_reopened"


Guard = Callable[[Facts, datetime], tuple[Reason, ...]]
ALWAYS = (Effect.UPDATE_CARD, Effect.ANNOUNCE, Effect.AUDIT)


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the machine: T-number, states, who may, what must hold, what follows, whether it asks for a reason."""

    number: str
    frm: Status
    to: Status
    who: tuple[Role, ...]
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    needs_reason: bool = False


_LEADS = (Role.OWNER, Role.IC)
MOVES: tuple[Move, ...] = (
    Move(
        "T1", Status.DRAFT, Status.IN_REVIEW, _LEADS,
        (guards.content_complete, guards.meeting_booked, guards.findings_seen, guards.external_decided),
    ),
    Move(
        "T2", Status.IN_REVIEW, Status.DRAFT, _LEADS, effects=(Effect.REVIEW_POST_BACK_IN_DRAFT,), needs_reason=True,
    ),
    Move(
        "T3", Status.IN_REVIEW, Status.REVIEWED, _LEADS, (guards.meeting_over,), (Effect.PROMPT_INTERNAL_EMAIL,),
    ),
    Move(
        "T4", Status.IN_REVIEW, Status.CLOSED, _LEADS,
        (guards.meeting_over, guards.external_none, guards.no_open_todos, guards.actions_decided),
        (Effect.STOP_REMINDERS, Effect.REVIEWED_AT_IS_CLOSED_AT, Effect.PROMPT_INTERNAL_EMAIL),
    ),
    Move(
        "T5", Status.REVIEWED, Status.CLOSED, _LEADS, (guards.external_none, guards.actions_decided),
        (Effect.STOP_REMINDERS,),
    ),
    Move(
        "T6", Status.REVIEWED, Status.CLOSED, (Role.SUPPORT,), (guards.support_configured, guards.message_posted),
        (Effect.NOTE_MESSAGE_POSTED, Effect.STOP_REMINDERS),
    ),
    Move(
        "T7", Status.REVIEWED, Status.IN_REVIEW, (*_LEADS, Role.SUPPORT), effects=(Effect.WITHDRAW_SUPPORT_TASK,),
        needs_reason=True,
    ),
    Move("T8", Status.CLOSED, Status.IN_REVIEW, _LEADS, effects=(Effect.SHOW_REOPENED,), needs_reason=True),
)  # fmt: skip

NO_SUCH_MOVE: Mapping[tuple[Status, Status], str] = {
    (Status.DRAFT, Status.REVIEWED): "A draft is not reviewed yet: send it to In Review and hold the meeting first.",
    (Status.DRAFT, Status.CLOSED): "A draft cannot be closed: send it to In Review and hold the meeting first.",
    (Status.REVIEWED, Status.DRAFT): "Reviewed does not go back to Draft in one step: send it to In Review first.",
    (Status.CLOSED, Status.DRAFT): "Closed does not go back to Draft in one step: re-open it to In Review first.",
    (Status.CLOSED, Status.REVIEWED): "Closed does not go back to Reviewed: re-open it to In Review first.",
}
WHO = {
    "T6": "Only the support team closes it while there is an External Message: ask them to post it and press Posted.",
    "T7": "Only the owner, the IC or the support team can send it back: tell one of them what is wrong.",
}
