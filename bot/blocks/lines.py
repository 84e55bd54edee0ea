"""Single lines that several messages share: the name of a record, its severity, owner, deadline and next step."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.blocks import text
from bot.domain import due_line, home, phrases
from bot.domain.booking import Outcome
from bot.domain.merged import MergedInto
from bot.domain.open_again import OpenAgain
from bot.domain.overview import Overview
from bot.domain.postmortem import OwnerState, Postmortem, Proposal, ProposalState
from bot.domain.status import Status
from bot.domain.waiver import Waiver

_TITLE = 150
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]+\Z")
# The deadline is the first moment that is too late; people read the last one that is not.
_LAST = timedelta(minutes=1)
UNTITLED = "post-mortem without a title yet"
RESTRICTED = "restricted post-mortem"
STRANGERS = ":warning: *People of other organisations are in this channel and see what is posted here.*"
_ANSWERS = {OwnerState.TOLD: "waiting for an answer", OwnerState.ACCEPTED: "accepted"}


def title(record: Postmortem) -> str:
    """The title as people typed it, on one line and not escaped; a stand-in while there is none, and for a restricted one."""
    return text.clip(" ".join(record.subject.split()), _TITLE) or (RESTRICTED if record.restricted else UNTITLED)


def name(record: Postmortem) -> str:
    """`*PM-7* Checkout is slow`, as mark-up; the number alone while there is no title."""
    return f"*{record.name}* {text.escape(title(record))}" if record.subject.strip() else f"*{record.name}*"


def severity(record: Postmortem) -> str:
    return f"SEV-{record.severity}" if record.severity is not None else "not set"


def status(record: Postmortem) -> str:
    """The status, and that it was opened again after it had been closed (T8)."""
    return (
        f"{record.status} (re-opened)" if record.reopened and record.status is not Status.CLOSED else str(record.status)
    )


def pending(overview: Overview) -> Proposal | None:
    """The proposal that still waits for the IC (R-06)."""
    proposal = overview.proposal
    return proposal if proposal and proposal.state is ProposalState.PENDING else None


def owner(overview: Overview) -> str:
    """Who owns it and whether they answered, and who is proposed."""
    record, waiting = overview.postmortem, pending(overview)
    parts = []
    if record.owner:
        answer = _ANSWERS.get(record.owner_state)
        parts.append(text.mention(record.owner) + (f" – {answer}" if answer else ""))
    if waiting:
        by, asked = text.mention(waiting.proposed_by), text.mention(waiting.asked)
        parts.append(f"{text.mention(waiting.candidate)} – proposed by {by}, waiting for {asked}")
    return "\n".join(parts) or text.NOBODY


def due(overview: Overview) -> str:
    """The deadline, whether it has passed, and what it waits for (R-11)."""
    record, deadline = overview.postmortem, overview.deadline
    if record.merged is not None:
        return merged(record.merged, overview.workspace_url)
    if record.waiver is not None:
        return waived(record.waiver)
    if record.open_again is not None:
        return open_again(record.open_again)
    line = text.due_line(deadline, record.business_tz, due_line.waits_for(record))
    if home.overdue(home.Line(record, deadline, overview.life.booking), overview.now):
        # A card stands as it was drawn, at the very moment of the deadline: a length of less than a day would be wrong soon.
        passed = overview.now - deadline.due
        since = f" by {phrases.span(passed)}" if passed >= timedelta(days=1) else ""
        return f":red_circle: Overdue{since}: the meeting was {line}"
    if record.status in (Status.REVIEWED, Status.CLOSED) or _held(overview):
        return f"The meeting was {line}"
    return f"Meeting {line}; for you that is until {until(overview)}"


def until(overview: Overview) -> str:
    """The last minute that is not too late, in the reader's zone."""
    return text.when(overview.deadline.due - _LAST)


def _held(overview: Overview) -> bool:
    """Whether it took place: nobody is asked to come any more."""
    booking = overview.life.booking
    return booking is not None and booking.outcome in (Outcome.AGREED, Outcome.CHANGES)


def waived(waiver: Waiver) -> str:
    """That it was waived, by whom and why."""
    why = text.escape(text.clip(" ".join(waiver.reason.split()), 300).rstrip("."))
    return f":zzz: *Waived* by {text.mention(waiver.by, 'the IC')}: {why}. No reminders are sent."


def merged(into: MergedInto, workspace_url: str = "") -> str:
    """Into which one it was merged, as a link to its channel, and by whom."""
    there = text.link(f"{workspace_url}archives/{into.channel_id}", into.name) if workspace_url else into.name
    head = f":twisted_rightwards_arrows: *Merged into {there}* in {channel(into.channel_id)} by {text.mention(into.by, 'the IC')}"
    return f"{head}: go on there. No reminders are sent."


def channel(channel_id: str) -> str:
    """A channel as a link, which Slack shows by its name to whoever may see it."""
    return f"<#{channel_id}>" if _CHANNEL_ID.match(channel_id) else text.escape(channel_id) or "another channel"


def open_again(again: OpenAgain) -> str:
    """That the incident goes on, and what ends that."""
    head = f":arrows_counterclockwise: *The incident is open again* since {text.when(again.at)}, says {text.mention(again.by)}"
    return f"{head}: there is no deadline until it is over (`/postmortem incident resolved`)"
