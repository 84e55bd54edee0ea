"""The walk through the lines without evidence: from one to the next, and back to the timeline at its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.blocks import walk_form
from bot.blocks.pages import TIMELINE, Page
from bot.blocks.walk_form import Step
from bot.domain.postmortem import Postmortem
from bot.domain.timeline import Item
from bot.listeners import forms
from bot.listeners import pages as rooms
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def step(call: Call) -> Step:
    """Where the walk is, as the form carries it."""
    carried: Mapping[str, Any] = forms.read(call.metadata)
    number, of = carried.get("number"), carried.get("of")
    return Step(number if isinstance(number, int) else 1, of if isinstance(of, int) else 1, page(call))


def page(call: Call) -> Page:
    """The page of the timeline that the walk began on."""
    found = rooms.here(call)
    return found if found.name == TIMELINE else Page(TIMELINE)


def shown(
    desk: Desk, unit: Unit, record: Postmortem, item: Item, at: Step, now: datetime, *, warning: str = ""
) -> dict[str, Any]:
    """The form of this line."""
    seen = desk.incident(unit, record, now)
    return walk_form.draw(seen, item, at, desk.timeline.offered(unit, record, item), warning=warning)


def following(
    desk: Desk, unit: Unit, record: Postmortem, call: Call, after: str, now: datetime, *, warning: str = ""
) -> dict[str, Any] | None:
    """The form of the next line; None at the end."""
    item, at = desk.timeline.next_bare(unit, record, after), step(call)
    if item is None:
        return None
    number = at.number + 1
    return shown(desk, unit, record, item, Step(number, max(number, at.of), at.page), now, warning=warning)
