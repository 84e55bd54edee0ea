"""The buttons of the directory of services: enter, change, take out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, replies, service_pages, text
from bot.domain.errors import Refused
from bot.listeners import layers
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import keep_services

NOT_OPENED = "The form did not open. Type `/postmortem service` with the name once more."


def open_form(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of one that is there."""
    desk.services.check_right(unit, call.place.team_id, call.place.user_id)
    service = desk.services.one(unit, call.place.team_id, call.text, call.place.user_id)
    if service is None:
        raise Refused(keep_services.GONE)
    return Answer(screens=(layers.shown(call, service_pages.form(service), NOT_OPENED),))


def add(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a new one; where it is there already, it is changed."""
    desk.services.check_right(unit, call.place.team_id, call.place.user_id)
    service = desk.services.one(unit, call.place.team_id, call.text, call.place.user_id)
    return Answer(screens=(layers.shown(call, service_pages.form(service, call.text), NOT_OPENED),))


def remove(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Take it out; Slack has asked whether that is meant."""
    gone = desk.services.remove(unit, call.place.team_id, call.text, call.place.user_id, now)
    return Answer(replies.say(f"{text.escape(gone.name)} is not in the directory of services any more."), replace=True)


BUTTONS: Mapping[str, Press] = {ids.SERVICE_EDIT: open_form, ids.SERVICE_ADD: add, ids.SERVICE_REMOVE: remove}
