"""The decision about the message to customers. It has three values, since an empty text box tells nothing about whether
somebody decided that no message is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain import business_time, errors
from bot.domain.actors import Actor, Role


class ExternalMessage(StrEnum):
    """Undecided at first; `none` is an explicit decision; `present` means that there is a text."""

    UNDECIDED = "undecided"
    NONE = "none"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Parts:
    """The three parts of the message, with the template's headings (R-36)."""

    summary: str = ""
    happened: str = ""
    doing: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was written into any of them."""
        return not any(part.strip() for part in (self.summary, self.happened, self.doing))

    @property
    def unwritten(self) -> tuple[str, ...]:
        """The headings under which nothing stands."""
        parts = {"Summary": self.summary, "What Happened?": self.happened, "What Are We Doing About This?": self.doing}
        return tuple(heading for heading, text in parts.items() if not text.strip())


@dataclass(frozen=True, slots=True)
class Posted:
    """R-51: the support team published it: when (UTC), who said so, and where; the address may be empty."""

    at: datetime
    by: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ExternalDecision:
    """Where the decision stands, and who took it when (UTC). `text` only when present, `reason` only when given.

    `frozen` is the text as it was reviewed (at T3): what support publishes, whatever is edited later.
    """

    value: ExternalMessage = ExternalMessage.UNDECIDED
    text: Parts = Parts()
    by: str | None = None
    at: datetime | None = None
    reason: str = ""
    frozen: Parts | None = None
    posted: Posted | None = None


def write(text: Parts, *, actor: Actor, now: datetime) -> ExternalDecision:
    """The message as the owner wrote it (R-36). Raises BadInput for an empty text, Refused for anybody but owner and
    IC. What the edit does to the status is decided by status.after_message_edit."""
    at = business_time.to_utc(now, "now")
    check_right(actor)
    if text.empty:
        why = "An empty text is not a decision: write the message, or choose that there is none."
        raise errors.bad_input("empty_message", why)
    return ExternalDecision(ExternalMessage.PRESENT, text, actor.user_id, at)


def decide_none(current: ExternalDecision, *, actor: Actor, now: datetime, reason: str = "") -> ExternalDecision:
    """There will be no message. Dropping one that was already written, as a meeting may decide, needs a reason. Raises
    BadInput without it, Refused for anybody but owner and IC."""
    at = business_time.to_utc(now, "now")
    check_right(actor)
    if current.value is ExternalMessage.PRESENT and not reason.strip():
        why = "There is a message already: say why it is not to be sent. The reason is kept with the record."
        raise errors.bad_input("reason_missing", why)
    return ExternalDecision(ExternalMessage.NONE, Parts(), actor.user_id, at, reason.strip())


def check_right(actor: Actor) -> None:
    """Raises Refused for anybody but owner and IC."""
    if not actor.any_of(Role.OWNER, Role.IC):
        why = "Only the owner or the IC decides about the External Message: tell one of them."
        raise errors.refused("wrong_role", why)
