"""The ways from a booked meeting into a calendar: prefilled pages, the file in the card's thread, and the word that it is on
the shared calendar (R-13)."""

from __future__ import annotations

from bot.blocks import ids, parts, text
from bot.blocks.parts import Block
from bot.domain import invitation, leading
from bot.domain.overview import Overview


def line(overview: Overview) -> str:
    """`Into your calendar: Google, Outlook, or the file ...`; "" where no meeting is to come."""
    booking, record = overview.life.booking, overview.postmortem
    if booking is None or not comes(overview):
        return ""
    google = text.link(invitation.google(record, booking, overview.calendar_address), "Google")
    outlook = text.link(invitation.outlook(record, booking), "Outlook")
    there = (
        f" It is on the {text.link(booking.shared_url, 'shared calendar')}."
        if booking.shared_at and booking.shared_url
        else ""
    )
    return f"Into your calendar: {google}, {outlook}, or the file in the thread of the card.{there}"


def buttons(overview: Overview) -> list[Block]:
    """Who is invited; and, until somebody said so, that it is on the shared calendar."""
    record, booking = overview.postmortem, overview.life.booking
    invited = parts.button("Who is invited", ids.INVITED_OPEN, record.id)
    if booking is None or not comes(overview) or booking.shared_at is not None:
        return [invited]
    return [invited, parts.button("It is on the shared calendar", ids.SHARED_OPEN, record.id)]


def comes(overview: Overview) -> bool:
    """Whether people are still to meet."""
    booking, record = overview.life.booking, overview.postmortem
    coming = booking is not None and booking.stands and overview.now < booking.end
    return coming and leading.meeting_matters(record)
