"""The form that asks why a post-mortem goes back (T2, T7, T8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, modals
from bot.domain.errors import Refused
from bot.domain.status import Status
from bot.listeners import forms
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit


def move(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Make the move with the reason."""
    carried = forms.read(call.metadata)
    record, to, seen = (carried.get(name) or "" for name in ("record", "to", "seen"))
    reason = modals.read_reason(call.values)
    with at(ids.REASON, always=True):
        if to not in set(Status) or seen not in set(Status):
            raise Refused("This form is from an older version of the bot. Close it and press the button again.")
        desk.move(
            unit, call.place.team_id, record, Status(to), expected=Status(seen), by=call.place.user_id, reason=reason, now=now
        )  # fmt: skip
    return Answer()


FORMS: Mapping[str, Submit] = {ids.MOVE: move}
