"""The buttons around confirmed lines (X-8): asking responders, and their two answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, lines_dm, pages
from bot.domain.errors import Refused
from bot.listeners import layers
from bot.listeners import pages as rooms
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit

NOBODY = (
    "There is nobody to ask: everybody who wrote a message that a kept line comes from has confirmed theirs, or it is you, "
    "an app, or somebody who may not see this post-mortem."
)


def ask(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """How many are asked, before they are."""
    by = call.place.user_id
    record = desk.check_lines.record(unit, call.place.team_id, call.text, by)
    people = desk.check_lines.to_ask(unit, record, by)
    if not people:
        raise Refused(NOBODY)
    again = {check.user_id for check in unit.line_checks.all(record.id)} & set(people)
    carried = pages.metadata(record.id, rooms.here(call), opened=now.isoformat())
    return Answer(screens=(layers.shown(call, lines_dm.ask_form(people, len(again), carried)),))


def right(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """They are right; the message is drawn anew."""
    desk.check_lines.confirm(unit, call.place.team_id, _record(call), call.place.user_id, now)
    return Answer()


def wrong(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that asks what is off."""
    record, _ = desk.check_lines.check(unit, call.place.team_id, _record(call), call.place.user_id)
    desk.comment.check(unit, call.place.team_id, record.id)
    return Answer(screens=(layers.shown(call, lines_dm.object_form(record)),))


def _record(call: Call) -> str:
    return call.text.partition(":")[0]


BUTTONS: Mapping[str, Press] = {ids.LINES_ASK: ask, ids.LINES_RIGHT: right, ids.LINES_WRONG: wrong}
