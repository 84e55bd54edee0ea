"""A mail that people write before it goes: the internal summary (R-53), the IC's first one (R-55), Support's note beside the
hand-over. What nobody changed is not kept and follows the post-mortem; whatever was used is kept as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain import errors
from bot.domain.actors import Actor, Role
from bot.domain.external_message import ExternalDecision, ExternalMessage
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

SUBJECT_MOST, BODY_MOST = 200, 12_000


class Letter(StrEnum):
    """Which of the mails that people write it is; each is a `Purpose` of a mail of the same name."""

    SUMMARY = "summary"
    FIRST = "first"
    SUPPORT = "support"


NAMES = {
    Letter.SUMMARY: "internal e-mail",
    Letter.FIRST: "first e-mail",
    Letter.SUPPORT: "e-mail to support",
}
MAY = {
    Letter.SUMMARY: (Role.OWNER, Role.IC, Role.DEPUTY),
    Letter.FIRST: (Role.IC,),
    Letter.SUPPORT: (Role.SUPPORT, Role.IC),
}
_WHO = {
    Letter.SUMMARY: "Only the owner, the IC or the deputy writes the internal e-mail: tell one of them.",
    Letter.FIRST: "Only the IC writes the first e-mail: tell them.",
    Letter.SUPPORT: "Only the support team or the IC sends the message to customers by e-mail: tell them.",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody sent it by themselves and said so: when (UTC), and to whom."""

    by: str
    at: datetime
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailDraft:
    """What was written for one mail. `subject` and `body` are "" and `recipients` None while they follow the post-mortem;
    `restricted` says which kind of post-mortem it was written for: words of an open one are not those of a restricted one (R-63).
    `version` rises by one with each save."""

    postmortem_id: str
    purpose: Letter
    subject: str = ""
    body: str = ""
    recipients: tuple[str, ...] | None = None
    restricted: bool = False
    edited_by: str | None = None
    edited_at: datetime | None = None
    version: int = 0
    marks: tuple[Mark, ...] = ()

    @property
    def written(self) -> bool:
        """Whether anybody wrote anything for it, or used it."""
        return bool(self.subject or self.body or self.recipients is not None)

    def holds_for(self, record: Postmortem) -> bool:
        """Whether it may be shown and sent as things stand."""
        return self.restricted is record.restricted

    def saved(
        self, record: Postmortem, subject: str, body: str, recipients: tuple[str, ...] | None, by: str, now: datetime
    ) -> MailDraft:  # fmt: skip
        """The next version."""
        return replace(
            self, subject=subject, body=body, recipients=recipients, restricted=record.restricted, edited_by=by,
            edited_at=now, version=self.version + 1,
        )  # fmt: skip

    def marked(self, mark: Mark) -> MailDraft:
        """With one more sending by hand."""
        return replace(self, marks=(*self.marks, mark), version=self.version + 1)


def check_right(actor: Actor, purpose: Letter) -> None:
    """Raises Refused for somebody who does not write this mail."""
    if not actor.any_of(*MAY[purpose]):
        raise errors.refused("wrong_role", _WHO[purpose])


def check_time(record: Postmortem, decision: ExternalDecision, purpose: Letter) -> None:
    """Raises Refused for Support's note while no reviewed text is there to be passed on."""
    if purpose is not Letter.SUPPORT:
        return
    handed_over = record.status in (Status.REVIEWED, Status.CLOSED)
    if decision.value is not ExternalMessage.PRESENT or not handed_over:
        why = f"{record.name} has no reviewed message to customers, so there is nothing to pass on by e-mail yet."
        raise errors.refused("nothing_to_send", why)


def usual(record: Postmortem, actor: Actor, decision: ExternalDecision, *, first_sent: bool) -> Letter:
    """Which mail somebody means who names none. Raises Refused for somebody who writes none."""
    mine = [purpose for purpose, roles in MAY.items() if actor.any_of(*roles)]
    if not mine:
        raise errors.refused("wrong_role", _WHO[Letter.SUMMARY])
    early = record.status is Status.DRAFT and not first_sent
    if Letter.FIRST in mine and early:
        return Letter.FIRST
    return Letter.SUMMARY if Letter.SUMMARY in mine else Letter.SUPPORT
