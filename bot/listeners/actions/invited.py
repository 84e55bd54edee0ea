"""Who is invited, and whether the meeting is on the shared calendar: the buttons that open both (R-13, R-14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, invited_page
from bot.domain import calendar_event
from bot.domain.invitees import Wish
from bot.listeners import layers
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import invite, rows, standing
from bot.usecases.invite import Sheet


def open_list(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The list with every reason: to be changed by those who arrange the meeting, to be read by everybody else."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    found = invite.sheet(unit, record)
    again = _look_again(desk, unit, found, now)
    changes = desk.invite.may_change(unit, record, call.place.user_id)
    return Answer(screens=(layers.shown(call, form(found, again=again) if changes else read_only(found, again=again)),))


def _look_again(desk: Desk, unit: Unit, found: Sheet, now: datetime) -> bool:
    """What people answered, and whether they put it back, is read at once, for whoever opens it next. Returns whether it is."""
    kept = unit.calendar.get(found.record.id) if desk.policy.shared_calendar else None
    if kept and (kept.known or kept.asked) and (kept.read_at is None or now - kept.read_at > calendar_event.FRESH):
        unit.outbox.put(rows.calendar_look(found.record, "opened", now))
        return True
    return False


def form(found: Sheet, *, again: bool = False) -> dict[str, object]:
    """The list as a form."""
    added, removed = found.of(Wish.ADDED), found.of(Wish.REMOVED)
    read = invited_page.read(found.read_at, again=again)
    return invited_page.form(
        found.record, found.guests, added, removed, found.stamp, found.unlisted, found.replies, read
    )


def read_only(found: Sheet, *, again: bool = False) -> dict[str, object]:
    """The list to be read."""
    read = invited_page.read(found.read_at, again=again)
    return invited_page.page(found.record, found.guests, found.unlisted, found.replies, read)


def open_shared(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Asks for the link to the meeting on the shared calendar, which may stay empty."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    booking = desk.share_meeting.check(unit, record, call.place.user_id)
    view = invited_page.shared_form(record, booking, desk.policy.calendar_name)
    return Answer(screens=(layers.shown(call, view),))


BUTTONS: Mapping[str, Press] = {ids.INVITED_OPEN: open_list, ids.SHARED_OPEN: open_shared}
