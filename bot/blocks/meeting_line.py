"""The meeting in one line, for whatever shows a post-mortem."""

from __future__ import annotations

from datetime import timedelta

from bot.blocks import text
from bot.domain.booking import Booking
from bot.domain.overview import Overview


def line(overview: Overview, *, nothing: str = "") -> str:
    """When it is, how long, and the link to the call; `nothing` where none is booked."""
    booking = overview.life.booking
    if booking is None:
        return nothing
    if booking.cancelled:
        return "cancelled"
    if not booking.stands:
        return f"not held; it was booked for {text.when(booking.start)}"
    return when(booking)


def when(booking: Booking) -> str:
    """`Thu 26 Nov at 16:30, 30 min, Join the call`."""
    call = f", {text.link(booking.link, 'join the call')}" if booking.link else ""
    return f"{text.when(booking.start)}, {(booking.end - booking.start) // timedelta(minutes=1)} min{call}"
