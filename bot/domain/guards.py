"""What must hold before a post-mortem moves on. Each guard looks at facts and answers with the reasons against the
move, none when there are none: a card lists them before anybody clicks, and the move asks the same functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import business_time, content_gate, phrases
from bot.domain.actors import Role
from bot.domain.errors import Reason
from bot.domain.external_message import ExternalMessage


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody confirmed that the meeting agreed on the content: when (aware), who, holding which roles."""

    at: datetime
    by: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the guards ask for; times are aware instants.

    `missing_content`: headings from content_gate.missing. `bare_items`: timeline items with neither evidence nor a
    waiver. `meeting_start` and `meeting_end`: as booked, or as it was really held; None when no meeting is booked.
    `held`: "Meeting held - content agreed". `async_approval`: agreement outside a meeting, after changes were needed.
    `sent_back_at`: when Reviewed was last sent back to In Review (T7). `undecided_actions`: action items and topics for
    discussion that are neither ticket nor dropped. `review_at`: the review instant. `tz`: for times in sentences.
    """

    missing_content: tuple[str, ...]
    unseen_findings: int
    external: ExternalMessage
    open_todos: int
    undecided_actions: int
    support_configured: bool
    bare_items: tuple[str, ...] = ()
    meeting_start: datetime | None = None
    meeting_end: datetime | None = None
    meeting_cancelled: bool = False
    held: Confirmation | None = None
    async_approval: Confirmation | None = None
    sent_back_at: datetime | None = None
    review_at: datetime | None = None
    review_posted: bool = False
    posted_at: datetime | None = None
    posted_url: str = ""
    tz: str = "UTC"

    def __post_init__(self) -> None:
        for name in ("meeting_start", "meeting_end", "sent_back_at", "review_at", "posted_at"):
            value: datetime | None = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, business_time.to_utc(value, name))
        for confirmation in (self.held, self.async_approval):
            if confirmation is not None:
                business_time.to_utc(confirmation.at, "confirmation")
        if (self.meeting_start is None) != (self.meeting_end is None):
            raise ValueError("a meeting has both a start and an end")


def content_complete(facts: Facts, _now: datetime) -> tuple[Reason, ...]:
    """T1: every gate field of the template is filled in, every timeline item has evidence or a waiver (R-21)."""
    reasons = [
        Reason("missing_content", f"{heading} is missing: {content_gate.hint(heading)}.")
        for heading in facts.missing_content
    ]
    if facts.bare_items:
        names = phrases.listing(facts.bare_items)
        text = f"Timeline items without evidence: {names}. Add a link or a query, or mark them 'no data exists'."
        reasons.append(Reason("missing_evidence", text))
    return tuple(reasons)


def meeting_booked(facts: Facts, _now: datetime) -> tuple[Reason, ...]:
    """T1: a meeting is booked (R-12); a cancelled one is none."""
    if facts.meeting_cancelled:
        return (Reason("meeting_cancelled", "The meeting was cancelled: book a new one."),)
    if facts.meeting_end is None:
        return (Reason("meeting_not_booked", "No meeting is booked: book it first, it does not wait for the content."),)
    return ()


def findings_seen(facts: Facts, _now: datetime) -> tuple[Reason, ...]:
    """T1: each wording finding was looked at; accepted or ignored is all the same."""
    if facts.unseen_findings <= 0:
        return ()
    what = phrases.count(facts.unseen_findings, "wording finding")
    return (Reason("findings_unseen", f"Not looked at yet: {what}. Take each suggestion, or leave it as it is."),)


def external_decided(facts: Facts, _now: datetime) -> tuple[Reason, ...]:
    """T1: there is an External Message, or an explicit decision that there is none."""
    if facts.external is not ExternalMessage.UNDECIDED:
        return ()
    text = "It is not decided whether there is an External Message: write it, or choose that there is none."
    return (Reason("external_undecided", text),)


def external_none(facts: Facts, _now: datetime) -> tuple[Reason, ...]:
    """T4, T5: it was decided that there is no External Message."""
    if facts.external is not ExternalMessage.PRESENT:
        return external_decided(facts, _now)
    text = (
        "There is an External Message: move to Reviewed, and the support team closes once it has posted it. If the "
        "meeting decided not to send it, set it to none with a reason."
    )
    return (Reason("external_present", text),)


def meeting_over(facts: Facts, now: datetime) -> tuple[Reason, ...]:
    """T3, T4: the meeting has ended, and the IC or the owner confirmed that it was held and agreed on the content."""
    if facts.meeting_cancelled:
        text = "The meeting was cancelled, so what was confirmed about it no longer counts: book a new one and hold it."
        return (Reason("meeting_cancelled", text),)
    if facts.meeting_end is None:
        return (Reason("meeting_not_booked", "No meeting is booked: book it and hold it first."),)
    if business_time.to_utc(now, "now") < facts.meeting_end:
        end = phrases.moment(facts.meeting_end, facts.tz)
        text = f"The meeting ends {end}: wait for its end. If it was held earlier, enter the real time."
        return (Reason("meeting_not_over", text),)
    return _confirmed(facts)


def _confirmed(facts: Facts) -> tuple[Reason, ...]:
    given = [c for c in (facts.held, facts.async_approval) if c and c.roles & {Role.IC, Role.OWNER}]
    # A confirmation from before the booked start belongs to an earlier booking of the meeting.
    valid = [c for c in given if facts.meeting_start is None or c.at >= facts.meeting_start]
    if not valid:
        text = "The meeting is not confirmed yet: the IC or the owner presses “Held – content agreed”."
        return (Reason("meeting_not_confirmed", text),)
    sent_back_at = facts.sent_back_at
    if sent_back_at is not None and all(c.at < sent_back_at for c in valid):
        text = "It was sent back after it had been reviewed: the IC or the owner confirms the new text once more."
        return (Reason("agreement_outdated", text),)
    return ()


def no_open_todos(facts: Facts, _now: datetime) -> tuple[Reason, ...]:
    """T4: no TODO from the chat is left without a decision."""
    if facts.open_todos <= 0:
        return ()
    what = phrases.count(facts.open_todos, "TODO candidate")
    return (Reason("todos_open", f"Not decided yet: {what}. Make each a ticket, or drop it with a reason."),)


def actions_decided(facts: Facts, _now: datetime) -> tuple[Reason, ...]:
    """T4, T5: each action item and each topic for discussion became a ticket or was dropped (R-35)."""
    if facts.undecided_actions <= 0:
        return ()
    what = phrases.count(facts.undecided_actions, "action item or topic", "action items or topics")
    return (Reason("actions_undecided", f"Not decided yet: {what}. Make each a ticket, or drop it with a reason."),)


def support_configured(facts: Facts, _now: datetime) -> tuple[Reason, ...]:
    """T6: without a support team nobody could close, and letting anybody close would be worse."""
    if facts.support_configured:
        return ()
    return (Reason("support_not_configured", "No support team configured: ask an admin to set one up."),)


def message_posted(facts: Facts, _now: datetime) -> tuple[Reason, ...]:
    """T6: the time of posting is recorded, with the status page's address or without (R-51)."""
    if facts.posted_at is not None:
        return ()
    text = "The External Message is not marked as posted: press Posted and give the status page's address or the time."
    return (Reason("message_not_posted", text),)
