"""The question whether the meeting was held, asked in the incident's channel and edited in place once somebody answers
(R-19)."""

from __future__ import annotations

from bot.blocks import ids, lines, meeting_form, meeting_line, move_buttons, parts, text
from bot.blocks.parts import Block
from bot.domain import held, leading
from bot.domain.booking import Booking, Outcome
from bot.domain.external_message import ExternalMessage
from bot.domain.overview import Overview
from bot.domain.status import Status
from bot.ports.chat import Drawing


def card(overview: Overview, sequence: int) -> Drawing:
    """The message about one meeting: the one with this sequence."""
    booking, record = overview.life.booking, overview.postmortem
    if booking is None or booking.sequence != sequence:
        return _gone(overview, booking)
    if held.open_question(booking, record, overview.now) and leading.meeting_matters(record):
        return question(overview)
    if booking.outcome is Outcome.NONE and record.open_again is not None:
        text_ = f"The incident of {lines.name(record)} is open again: once it is over, it is asked whether the meeting was held."
        return _say(text_)
    if booking.outcome is Outcome.NONE:
        return _say(f"The meeting of {lines.name(record)} needs no answer any more: it is *{record.status}*.")
    return answer(overview)


def question(overview: Overview, *, ping: bool = True) -> Drawing:
    """The question with its three answers; the IC and the owner are asked."""
    booking, record = overview.life.booking, overview.postmortem
    if booking is None:
        return _gone(overview, booking)
    asked = dict.fromkeys(user for user in (record.roles.ic, record.owner) if user)
    people = " ".join(text.mention(user) for user in asked) if ping else ""
    said = f"Was the post-mortem meeting of {lines.name(record)} held? {people}".strip()
    if held.outdated(booking, record):
        said = f"{lines.name(record)} was sent back after it had been agreed on: is the text agreed on now? {people}".strip()
    answers = _AGAIN if held.outdated(booking, record) else _ANSWERS
    buttons = parts.actions(*(_button(overview, booking, *each) for each in answers))
    return parts.drawing(said, [parts.section(said), parts.context(meeting_line.when(booking)), buttons])


_ANSWERS: tuple[tuple[str, str, str | None], ...] = (
    ("Held – content agreed", ids.HELD_AGREED, "primary"),
    ("Held – changes needed", ids.HELD_CHANGES, None),
    ("Not held", ids.HELD_NOT, None),
)

# The meeting was held, and nobody doubts it: what is open is the text that was changed since.
_AGAIN: tuple[tuple[str, str, str | None], ...] = (
    ("Agreed in writing", ids.HELD_IN_WRITING, "primary"),
    ("Changes needed", ids.HELD_CHANGES, None),
)


def answer(overview: Overview) -> Drawing:
    """What was answered, by whom, and what comes next."""
    booking = overview.life.booking
    if booking is None:
        return _gone(overview, booking)
    said, buttons = _said(overview, booking), _next(overview, booking)
    blocks = [parts.section(said), parts.context(meeting_line.when(booking))]
    if booking.outcome is Outcome.CHANGES or (booking.in_writing and booking.outcome_note):
        blocks.insert(1, parts.section(text.quote(booking.outcome_note, 2400) or "–"))
    return parts.drawing(said, [*blocks, *([parts.actions(*buttons)] if buttons else [])])


def early(overview: Overview) -> Drawing:
    """The meeting is still to come: when it ends, and what to do when it was held already."""
    booking = overview.life.booking
    if booking is None:
        return _gone(overview, booking)
    said = f"The meeting is still to come: {meeting_line.when(booking)}. If it was held earlier, enter the real time."
    return _say(said, _button(overview, booking, "It was held already", ids.MEETING_REAL, None))


def deadline_says(overview: Overview) -> str:
    """Whether the deadline can still be kept."""
    if overview.postmortem.open_again is not None:
        return lines.due(overview)
    if overview.now < overview.deadline.due:
        return f"The deadline still holds: {lines.due(overview)}"
    return f"The deadline has passed, so the new meeting needs a reason: {lines.due(overview)}"


def _said(overview: Overview, booking: Booking) -> str:
    name, who = lines.name(overview.postmortem), text.mention(booking.outcome_by, "somebody")
    match booking.outcome:
        case Outcome.AGREED if booking.in_writing:
            changes = " The changes were:" if booking.outcome_note else ""
            return f":white_check_mark: {name} was *agreed on in writing*, says {who}.{changes}"
        case Outcome.AGREED:
            return f":white_check_mark: The meeting of {name} was *held, and the content agreed on*, says {who}."
        case Outcome.CHANGES:
            return f":pencil2: The meeting of {name} was *held, and changes are needed*, says {who}:"
        case _:
            return f":x: The meeting of {name} was *not held*, says {who}. {deadline_says(overview)}"


def _next(overview: Overview, booking: Booking) -> list[Block]:
    record = overview.postmortem
    if not leading.meeting_matters(record):
        return []
    again = parts.button("Book another meeting", ids.MEETING_OPEN, record.id)
    match booking.outcome:
        case Outcome.CHANGES:
            return [_button(overview, booking, "Agreed in writing", ids.HELD_IN_WRITING, "primary"), again]
        case Outcome.NOT_HELD:
            return [{**again, "style": "primary"}]
        case _ if record.status is Status.DRAFT:
            return [move_buttons.button(record, Status.IN_REVIEW)]
        case _:
            reviewed = move_buttons.button(record, Status.REVIEWED)
            no_message = overview.life.external.value is ExternalMessage.NONE
            return [move_buttons.button(record, Status.CLOSED, "primary"), reviewed] if no_message else [reviewed]


def _gone(overview: Overview, booking: Booking | None) -> Drawing:
    name = lines.name(overview.postmortem)
    if booking is None or booking.cancelled:
        return _say(f"The meeting of {name} was cancelled: there is nothing to answer here.")
    return _say(f"The meeting of {name} is another one now: {meeting_line.when(booking)}.")


def _button(overview: Overview, booking: Booking, label: str, action_id: str, style: str | None) -> Block:
    return parts.button(label, action_id, meeting_form.value(overview.postmortem, booking), style)


def _say(said: str, *buttons: Block) -> Drawing:
    return parts.drawing(said, [parts.section(said), *([parts.actions(*buttons)] if buttons else [])])
