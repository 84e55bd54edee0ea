"""`/postmortem service`: the directory of services, one of them, or the form that enters another (R-14)."""

from __future__ import annotations

import difflib
from datetime import datetime

from bot.blocks import service_pages
from bot.domain import services
from bot.listeners import layers
from bot.listeners.actions.services import NOT_OPENED
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit

_NEAR = 3


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Without a name the list; `add NAME` the form; else the service of that name."""
    word, _, rest = call.text.partition(" ")
    if word.lower() == "add":
        return _form(desk, unit, call, rest.strip())
    if not call.text:
        return Answer(service_pages.listed(desk.services.all(unit, call.place.team_id, call.place.user_id)))
    return _one(desk, unit, call)


def _form(desk: Desk, unit: Unit, call: Call, name: str) -> Answer:
    team, user = call.place.team_id, call.place.user_id
    desk.services.check_right(unit, team, user)
    there = desk.services.one(unit, team, name, user)
    name = name[: services.NAME_MOST]
    return Answer(screens=(layers.shown(call, service_pages.form(there, name), NOT_OPENED),))


def _one(desk: Desk, unit: Unit, call: Call) -> Answer:
    team, user = call.place.team_id, call.place.user_id
    found, may = desk.services.one(unit, team, call.text, user), desk.services.may_change(unit, team, user)
    if found is not None:
        return Answer(service_pages.one(found, desk.services.history(unit, found), may_change=may))
    names = {each.key: each.name for each in desk.services.all(unit, team, user)}
    near = difflib.get_close_matches(services.key(call.text), names, n=_NEAR, cutoff=0.5)
    return Answer(service_pages.unknown(call.text, [names[key] for key in near], may_change=may))


SERVICE = Subcommand(
    "service", "service [add] [NAME]", "who owns and manages a service, and so comes to its meetings", run
)
