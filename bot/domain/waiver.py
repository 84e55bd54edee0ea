"""Giving up a post-mortem on purpose. A low severity or a false alarm never cancels one by itself; where the
organisation allows it, the IC may waive it with a reason. It is a field beside the status, and can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import business_time, errors
from bot.domain.actors import Actor, Role

_LOWEST_THAT_NEEDS_ONE = 2


@dataclass(frozen=True, slots=True)
class Waiver:
    """Who waived the post-mortem, when (UTC) and why. While there is one, reminders rest."""

    at: datetime
    by: str
    reason: str


def waive(
    current: Waiver | None,
    *,
    actor: Actor,
    severity: int | None,
    false_alarm: bool,
    reason: str,
    allowed: bool,
    now: datetime,
) -> Waiver:
    """The waiver to be stored. `allowed` is the organisation's setting. Raises Refused unless the setting allows it,
    the IC asks, and the incident was below SEV-2 or a false alarm; BadInput without a reason."""
    at = business_time.to_utc(now, "now")
    if not allowed:
        text = "Post-mortems are not waived here: complete it, or ask an admin to change the setting."
        raise errors.refused("waiving_not_allowed", text)
    if not actor.any_of(Role.IC):
        raise errors.refused("wrong_role", "Only the IC can waive a post-mortem: ask the IC.")
    if current is not None:
        raise errors.refused("already_waived", "It is waived already: there is nothing to change.")
    below = severity is not None and severity > _LOWEST_THAT_NEEDS_ONE
    if not below and not false_alarm:
        text = "A SEV-1 or SEV-2 needs its post-mortem: correct the severity first, or mark it as a false alarm."
        raise errors.refused("severity_too_high", text)
    if not reason.strip():
        text = "Say why it is waived: the reason is kept with the record."
        raise errors.bad_input("reason_missing", text)
    return Waiver(at, actor.user_id, reason.strip())


def undo(current: Waiver | None, *, actor: Actor) -> None:
    """Take the waiver back: reminders go on, the deadline is the old one. Raises Refused for anybody but the IC, and
    when there is none."""
    if not actor.any_of(Role.IC):
        raise errors.refused("wrong_role", "Only the IC can take a waiver back: ask the IC.")
    if current is None:
        raise errors.refused("not_waived", "It is not waived: there is nothing to change.")
