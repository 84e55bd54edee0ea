"""Reminders as they read: one message with a line for each thing that is due, the button that does the next step, and the
way to be left in peace. In the channel it is one line that pings nobody: who must act was told directly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.blocks import checklist, ids, lines, meeting_line, parts, text
from bot.blocks.parts import Block
from bot.domain import held, leading, phrases
from bot.domain.booking import Outcome
from bot.domain.overview import Overview
from bot.domain.reminders import LOUD, Nudge
from bot.domain.status import Status
from bot.ports.chat import Drawing

# Of the checklist; a message takes fifty blocks.
_MOST = 40
LATER = (
    ("Remind me in 4 hours", "4h"),
    ("Remind me tomorrow", "1d"),
    ("Remind me in 3 days", "3d"),
    ("Only about the deadline, please", "mute"),
)


def to_person(overview: Overview, nudges: Sequence[Nudge]) -> Drawing:
    """The direct message."""
    record = overview.postmortem
    said = [_SENTENCES[nudge](overview) for nudge in nudges]
    body = said[0] if len(said) == 1 else "\n".join(f"• {each}" for each in said)
    name, about = lines.name(record), _HEADS[nudges[0]]
    step = checklist.next_button(overview)
    offered = LATER if any(nudge not in LOUD for nudge in nudges) else LATER[:3]
    buttons = [
        *([step] if step else []),
        parts.button("All steps", ids.HUB_OPEN, record.id),
        _later(record.id, offered),
    ]
    ready = checklist.full(overview) if Nudge.READINESS in nudges else []
    blocks = [
        parts.section(f"{name}: *{about}*\n{body}\n{checklist.next_line(overview)}"),
        *ready[:_MOST],
        parts.actions(*buttons),
    ]
    return parts.drawing(f"{name}: {about}", blocks)


def to_channel(overview: Overview) -> Drawing:
    """The line in the channel, once the deadline has passed."""
    record = overview.postmortem
    told = "Its owner and its IC are told directly." if record.owner else "Its IC is told directly."
    line = f":red_circle: {lines.name(record)} is overdue: {_overdue(overview)} {told}"
    return parts.drawing(line, [parts.section(line), parts.actions(parts.button("All steps", ids.HUB_OPEN, record.id))])


def _later(record_id: str, offered: Sequence[tuple[str, str]]) -> Block:
    options = [{"text": parts.plain(label, 75), "value": f"{record_id}:{value}"} for label, value in offered]
    return {"type": "overflow", "action_id": ids.REMIND_LATER, "options": options}


def _overdue(overview: Overview) -> str:
    passed = phrases.span(overview.now - overview.deadline.due)
    booked = overview.life.booking
    if booked is not None and booked.stands:
        return f"the meeting was due {passed} ago, and is {meeting_line.line(overview)}."
    return f"the meeting was due {passed} ago, and none is booked."


def _last_day(overview: Overview) -> str:
    return (
        f"The meeting has to take place by {lines.until(overview)}, and nothing that keeps this is booked. Book it, or book it "
        "late with a reason."
    )


def _no_owner(overview: Overview) -> str:
    return (
        "The incident is over, and nobody owns the post-mortem yet. One person, not a team: `/postmortem assign @name`."
    )


def _unbooked(overview: Overview) -> str:
    return (
        f"No meeting is booked yet. It comes before the writing, since calendars fill up; it is due by "
        f"{lines.until(overview)}."
    )


def _draft(overview: Overview) -> str:
    booking = overview.life.booking
    when = text.when(booking.start) if booking else "soon"
    return (
        f"The meeting is {when}, and the post-mortem is still a draft. A day before it, readers are asked for their review, "
        "finished or not."
    )


def _readiness(overview: Overview) -> str:
    booking, facts = overview.life.booking, overview.facts
    when = text.when(booking.start) if booking else "soon"
    left = len(facts.missing_content) if facts else 0
    missing = (
        f"{phrases.count(left, 'heading')} still to be written"
        if left
        else "everything that readers look for is written"
    )
    # The post went out in the organisation's hours, and this comes in the owner's.
    asked = (
        "have been asked for their review of it"
        if overview.postmortem.review_posted_at
        else "are asked for their review of it now"
    )
    return f"Readers {asked}; the meeting is {when}. As it stands: {missing}."


def _move_on(overview: Overview) -> str:
    record, booking = overview.postmortem, overview.life.booking
    if booking is not None and leading.meeting_matters(record):
        if booking.outcome is Outcome.CHANGES:
            return f"The meeting asked for changes. Once they are made, {_IN_WRITING}, or another meeting is booked."
        if held.outdated(booking, record):
            return f"It was sent back after it had been agreed on. Once it is mended, {_IN_WRITING}."
        if record.status is Status.DRAFT:
            return "The meeting agreed on it, and it is still a draft: it is to be sent to review, and from there to its end."
    return "Everything was agreed on. One button is left."


_IN_WRITING = "the IC or the owner presses *Agreed in writing* below the question in the channel"


_SENTENCES: Mapping[Nudge, Callable[[Overview], str]] = {
    Nudge.OVERDUE: lambda o: f"It is overdue: {_overdue(o)}",
    Nudge.LAST_DAY: _last_day,
    Nudge.NO_OWNER: _no_owner,
    Nudge.UNBOOKED: _unbooked,
    Nudge.READINESS: _readiness,
    Nudge.DRAFT_CHECK: _draft,
    Nudge.MOVE_ON: _move_on,
}
_HEADS: Mapping[Nudge, str] = {
    Nudge.OVERDUE: "the meeting is overdue",
    Nudge.LAST_DAY: "the meeting is due",
    Nudge.NO_OWNER: "who will own it?",
    Nudge.UNBOOKED: "please book the meeting",
    Nudge.READINESS: "readers are asked",
    Nudge.DRAFT_CHECK: "the meeting comes near",
    Nudge.MOVE_ON: "what is left to do",
}
