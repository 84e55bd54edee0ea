"""The form that books and moves the meeting, the one that says when it was really held, and how their answers are read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.blocks import ids, inputs, lines, meeting_line, modals, parts, text
from bot.blocks.parts import Block
from bot.domain import counted, meeting
from bot.domain.booking import Booking
from bot.domain.errors import BadInput, Reason
from bot.domain.meeting import Proposal
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem

_MINUTES = (15, 20, 25, 30, 45, 60)
_USUAL = meeting.DURATIONS[-1] // timedelta(minutes=1)
_FACILITATES = "The IC runs the meeting; somebody else may lead the talk. Usually empty."
_ZONE = "Shown and entered in your own time zone."
_LATE = "Only for a meeting that begins after the deadline: the incident commander is told, and it is kept."
# Which field of the form a refusal belongs to; whatever is not named belongs to the time.
FIELDS: Mapping[str, str] = {"bad_link": ids.LINK, "bad_duration": ids.DURATION, "bad_facilitator": ids.FACILITATOR}
NO_TIME = "Choose the day and the time."


def value(record: Postmortem, booking: Booking) -> str:
    """What a button about this very booking hands back."""
    return f"{record.id}:{booking.sequence}"


def read_value(said: str) -> tuple[str, int]:
    """The record and the sequence; -1 for what is none, which no booking has."""
    record_id, _, number = said.partition(":")
    return record_id, int(number) if number.isascii() and number.isdigit() and len(number) < 10 else -1


def form(overview: Overview, proposal: Proposal, *, intro: str = "") -> dict[str, Any]:
    """Book it, or move what is booked; preset to what is booked, else to the proposed slot (R-11)."""
    record, booking = overview.postmortem, overview.life.booking
    stands = booking is not None and booking.stands
    blocks: list[Block] = [
        *([parts.section(intro)] if intro else []),
        parts.context(f"{lines.name(record)}\n{lines.due(overview)}{_counted(overview)}"),
        *(_booked(record, booking) if booking and stands else [parts.section(text.escape(proposal.text))]),
        inputs.moment("When", ids.MEETING_AT, _start(booking if stands else None, proposal), _ZONE, optional=False),
        _duration(booking if stands else None),
        inputs.line("Link to the call", ids.LINK, booking.link if booking else "", most=2000, optional=True),
        inputs.person(
            "Facilitator", ids.FACILITATOR, booking.facilitator if booking else None, _FACILITATES, optional=True
        ),
        inputs.line("Why late?", ids.LATE_REASON, _reason(booking), most=1000, optional=True, hint=_LATE),
        parts.actions(*([] if stands else [_real(record, booking)]), _invited(record), _how(record)),
    ]
    return modals.view(ids.MEETING, "The meeting", "Move" if stands else "Book", blocks, _metadata(record, booking))


def was_form(overview: Overview) -> dict[str, Any]:
    """When it was really held, for one that was held earlier or at another time (R-19)."""
    record, booking = overview.postmortem, overview.life.booking
    blocks = [
        parts.section(
            f"{lines.name(record)}\nWhen did the meeting really take place? It is asked then what came of it."
        ),
        inputs.moment("It began", ids.MEETING_AT, _was(booking, overview.now), _ZONE, optional=False),
        _duration(booking),
    ]
    return modals.view(ids.MEETING_WAS, "It was held", "Save", blocks, _metadata(record, booking))


def changes_form(record: Postmortem, booking: Booking) -> dict[str, Any]:
    """What the meeting wants changed."""
    hint = "The owner makes these changes; then everybody agrees in writing, or another meeting is booked."
    blocks = [
        parts.section(lines.name(record)),
        inputs.line("What is to be changed? One thing a line.", ids.REASON, "", multiline=True, hint=hint),
    ]
    return modals.view(ids.CHANGES, "Changes needed", "Save", blocks, _metadata(record, booking))


@dataclass(frozen=True, slots=True)
class Typed:
    """What came back. `seen` is the sequence that the form showed."""

    start: datetime
    length: timedelta
    link: str
    late_reason: str
    facilitator: str | None = None


def read(values: object) -> Typed:
    """The answers. Raises BadInput at the field that is missing or odd."""
    answers = inputs.Answers(values)
    start, minutes = answers.moment(ids.MEETING_AT), answers.choice(ids.DURATION) or ""
    if start is None:
        raise BadInput(NO_TIME, reasons=(Reason(ids.MEETING_AT, NO_TIME),))
    length = int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 4 else 0
    link, reason = answers.text(ids.LINK).strip(), answers.text(ids.LATE_REASON).strip()
    return Typed(start, timedelta(minutes=length), link, reason, answers.user(ids.FACILITATOR))


def _how(record: Postmortem) -> Block:
    return parts.button("How is this counted?", ids.DEADLINE_WORKING, record.id)


def _invited(record: Postmortem) -> Block:
    return parts.button("Who is invited", ids.INVITED_OPEN, record.id)


def _counted(overview: Overview) -> str:
    record = overview.postmortem
    return "" if record.open_again else f"\nCounted: {text.escape(counted.line(record, overview.deadline))}"


def _start(booking: Booking | None, proposal: Proposal) -> datetime | None:
    if booking is not None:
        return booking.start
    slot = proposal.slot or next(iter(proposal.alternatives), None)
    return slot.start if slot else None


def _was(booking: Booking | None, now: datetime) -> datetime:
    """When it may have begun: as booked where that is over, else so that it has just ended."""
    if booking is not None and booking.end <= now:
        return booking.start
    length = booking.end - booking.start if booking else timedelta(minutes=_USUAL)
    return (now - length).replace(second=0, microsecond=0)


def _reason(booking: Booking | None) -> str:
    return booking.late_reason if booking else ""


def _duration(booking: Booking | None) -> Block:
    booked = (booking.end - booking.start) // timedelta(minutes=1) if booking else _USUAL
    offered = sorted({*_MINUTES, booked})
    options = [
        (f"{each} minutes" + (" (long: 15 to 30 are enough)" if each > _USUAL else ""), str(each)) for each in offered
    ]
    hint = "15 to 30 minutes are enough when everybody has read it before."
    return inputs.select("How long", ids.DURATION, options, str(booked), hint)


def _booked(record: Postmortem, booking: Booking) -> list[Block]:
    cancel = parts.button("Cancel the meeting", ids.MEETING_CANCEL, value(record, booking), "danger")
    sure = {
        "title": parts.plain("Cancel the meeting?", 100),
        "text": parts.plain("The channel is told. What was confirmed of this meeting no longer counts.", 300),
        "confirm": parts.plain("Cancel it", 30),
        "deny": parts.plain("Keep it", 30),
    }
    booked = parts.section(f"*Booked:* {meeting_line.when(booking)}")
    return [booked, parts.actions({**cancel, "confirm": sure}, _real(record, booking))]


def _real(record: Postmortem, booking: Booking | None) -> Block:
    seen = value(record, booking) if booking else record.id
    return parts.button("It was held already", ids.MEETING_REAL, seen)


def _metadata(record: Postmortem, booking: Booking | None) -> str:
    return json.dumps({"record": record.id, "seen": None if booking is None else str(booking.sequence)})
