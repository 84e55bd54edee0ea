"""What somebody is asked about the meeting on the shared calendar: which time counts after people moved it there, and whether it comes
back after they took it off. Drawn anew once that is settled."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import ids, lines, meeting_line, parts, text
from bot.blocks.parts import Block
from bot.domain.calendar_event import EventState, KeptEvent
from bot.domain.overview import Overview
from bot.domain.postmortem import Audit, Postmortem
from bot.ports.chat import Drawing

BY_PERSON = "button"
_LATER = "Until somebody says so, nothing is changed in the calendar."


def draw(overview: Overview, kept: KeptEvent, *, still: bool = True, settled: Audit | None = None) -> Drawing:
    """As things stand; `still` is off where another question has taken the place of this one, which keeps how it was `settled`."""
    if not still and settled is not None:
        by = f" by {text.mention(settled.actor)}" if settled.via == BY_PERSON else ""
        return _said(overview, f":white_check_mark: Settled{by}, {text.when(settled.at)}.")
    if not still:
        return _said(overview, "This was asked once more: please answer the newer message.")
    if kept.state is EventState.MOVED:
        return _moved(overview, kept)
    if kept.state is EventState.GONE:
        return _gone(overview, kept)
    if kept.state is EventState.LEFT_OUT:
        back = parts.button("Put it back", ids.CALENDAR_BACK, value(overview.postmortem, kept))
        return _said(overview, f"It stays off the calendar{_decided(kept)}.", parts.actions(back))
    if kept.state in (EventState.OFF, EventState.CANCELLED):
        return _said(overview, "There is nothing left to decide: the meeting is not on the calendar any more.")
    return _said(overview, f":white_check_mark: Settled{_by(kept)}: {meeting_line.line(overview)}.")


def value(record: Postmortem, kept: KeptEvent) -> str:
    """What its buttons hand back: the record, and which question it was."""
    return f"{record.id}:{stamp(kept)}"


def stamp(kept: KeptEvent) -> str:
    """Tells one question from the next."""
    return f"{kept.asked_at.timestamp():.6f}" if kept.asked_at else ""


def _moved(overview: Overview, kept: KeptEvent) -> Drawing:
    theirs, booking = kept.theirs_start, overview.life.booking
    assert theirs
    ours = text.when(booking.start) if booking else "no time"
    head = (
        f"Somebody moved the meeting of {lines.name(overview.postmortem)} on the calendar “{_calendar(overview)}” to "
        f"{text.when(theirs)}; it is booked for {ours}. Which time counts?"
    )
    given = value(overview.postmortem, kept)
    buttons = parts.actions(
        parts.button("The calendar's", ids.CALENDAR_THEIRS, given, "primary"),
        parts.button("The one booked", ids.CALENDAR_OURS, given),
    )
    return parts.drawing(head, [parts.section(head), buttons, parts.context(_LATER)])


def _gone(overview: Overview, kept: KeptEvent) -> Drawing:
    head = (
        f"The meeting of {lines.name(overview.postmortem)} is not on the calendar “{_calendar(overview)}” any more: somebody took "
        f"it off there. It is still booked: {meeting_line.line(overview)}."
    )
    given = value(overview.postmortem, kept)
    buttons = parts.actions(
        parts.button("Put it back", ids.CALENDAR_BACK, given, "primary"),
        parts.button("Leave it out", ids.CALENDAR_LEAVE, given),
    )
    return parts.drawing(head, [parts.section(head), buttons, parts.context(_LATER)])


def _said(overview: Overview, sentence: str, *more: Block) -> Drawing:
    head = f"The meeting of {lines.name(overview.postmortem)} on the calendar “{_calendar(overview)}”"
    return parts.drawing(f"{head}: {sentence}", [parts.section(f"{head}\n{sentence}"), *more])


def _calendar(overview: Overview) -> str:
    return text.escape(overview.calendar_name)


def _by(kept: KeptEvent) -> str:
    by, at = _answer(kept)
    return f" by {text.mention(by)}, {text.when(at)}" if at else ""


def _decided(kept: KeptEvent) -> str:
    by, at = _answer(kept)
    return f", as {text.mention(by)} decided {text.when(at)}" if at else ""


def _answer(kept: KeptEvent) -> tuple[str | None, datetime | None]:
    """Who answered this question, and when."""
    at, asked = kept.decided_at, kept.asked_at
    return (kept.by, at) if kept.by and at and asked and at >= asked else (None, None)
