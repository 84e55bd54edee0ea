"""The ways from a booked meeting into a calendar: prefilled pages, the file in the card's thread, and the word that it is on
the shared calendar (R-13)."""

from __future__ import annotations

from bot.blocks import ids, parts, text
from bot.blocks.parts import Block
from bot.domain import invitation, invitation_mail, leading, phrases
from bot.domain.booking import Booking
from bot.domain.kept_mail import Purpose
from bot.domain.overview import Overview


def line(overview: Overview) -> str:
    """Where the meeting is by itself, else `Into your calendar: Google, Outlook, or the file ...`; "" where no meeting is to come."""
    booking, record = overview.life.booking, overview.postmortem
    if booking is None or not comes(overview):
        return ""
    if overview.invited_by_itself:
        return _by_itself(overview, booking)
    google = text.link(invitation.google(record, booking, overview.calendar_address), "Google")
    outlook = text.link(invitation.outlook(record, booking), "Outlook")
    there = (
        f" It is on the {text.link(booking.shared_url, 'shared calendar')}."
        if booking.shared_at and booking.shared_url
        else ""
    )
    return f"Into your calendar: {google}, {outlook}, or the file in the thread of the card.{there}"


def _by_itself(overview: Overview, booking: Booking) -> str:
    """`It is on the calendar “...” and was mailed to 5 people`, or what is about to be."""
    mails = [each for each in overview.life.mails if each.purpose is Purpose.INVITATION]
    reached = set(invitation_mail.holders(mails)) - {overview.calendar_address}
    mailed = f"was mailed to {phrases.count(len(reached), 'person', 'people')}" if reached else ""
    if not overview.kept_on_calendar:
        return f"The invitation {mailed}." if mailed else "Whoever is invited gets it by mail."
    name = f"the calendar “{text.escape(overview.calendar_name)}”"
    if booking.shared_at is None and overview.calendar_asked:
        return f"What people did to it on {name} waits for an answer{f'; it {mailed}' if mailed else ''}."
    if booking.shared_at is None and overview.left_off_calendar:
        return f"It stays off {name}, as was decided{f'; it {mailed}' if mailed else ''}."
    if booking.shared_at is None:
        later = f", and {mailed}" if mailed else ""
        return f"It goes on {name} by itself{later}."
    return f"It is on {name}{f' and {mailed}' if mailed else ''}."


def buttons(overview: Overview) -> list[Block]:
    """Who is invited; and, until somebody said so, that it is on the shared calendar, where we do not put it there ourselves."""
    record, booking = overview.postmortem, overview.life.booking
    invited = parts.button("Who is invited", ids.INVITED_OPEN, record.id)
    by_hand = not overview.kept_on_calendar and booking is not None and booking.shared_at is None
    if not by_hand or not comes(overview):
        return [invited]
    return [invited, parts.button("It is on the shared calendar", ids.SHARED_OPEN, record.id)]


def comes(overview: Overview) -> bool:
    """Whether people are still to meet."""
    booking, record = overview.life.booking, overview.postmortem
    coming = booking is not None and booking.stands and overview.now < booking.end
    return coming and leading.meeting_matters(record)
