"""The form that says why an incident needs no post-mortem."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, start_offer
from bot.listeners import forms
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit


def decline(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Keep the reason; the question in the channel shows it."""
    noticed_id = forms.read(call.metadata).get("noticed") or ""
    why, note = start_offer.read(call.values)
    with at(ids.WHY):
        desk.offer.decline(unit, call.place.team_id, noticed_id, why, note, call.place.user_id, now)
    return Answer()


FORMS: Mapping[str, Submit] = {ids.NOT_NEEDED: decline}
