"""The form of the directory of services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, service_pages
from bot.listeners import forms, layers
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit


def save(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Enter it or change it; what it says now takes the place of the form."""
    carried = forms.read(call.metadata)
    name, seen = str(carried.get("service") or ""), carried.get("seen")
    wish = service_pages.read(call.values, name)
    version = int(seen) if isinstance(seen, str) and seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    with at(ids.SERVICE_OWNERS):
        saved = desk.services.save(unit, call.place.team_id, wish, version, call.place.user_id, now)
    shown = service_pages.one(saved, desk.services.history(unit, saved), may_change=False)
    return layers.sent(call, shown, "Service")


FORMS: Mapping[str, Submit] = {ids.SERVICE: save}
