"""The buttons that move a post-mortem through its states; a move that needs a reason opens the form that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import invited_page, lines, move_buttons, replies
from bot.domain import moves, triage
from bot.domain.errors import Refused
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import OpenView
from bot.ports.store import Unit
from bot.usecases import invite, standing

NOT_OPENED = "The form did not open. Please press the button again."


def move_to(to: Status) -> Press:
    """The act of one button."""

    def press(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
        record_id, seen = move_buttons.read(call.text)
        if seen is None:
            raise Refused("This button is not one of ours. Type `/postmortem` in the incident channel instead.")
        team, by = call.place.team_id, call.place.user_id
        if _asks_why(seen, to):
            record = standing.record_or_refuse(unit, record_id, team_id=team)
            desk.move.check(unit, record, to, expected=seen, by=by, now=now)
            view = move_buttons.ask_why(record, to)
            return Answer(screens=(OpenView(call.trigger_id, view, call.response_url, replies.say(NOT_OPENED)),))
        record = desk.move(unit, team, record_id, to, expected=seen, by=by, now=now)
        warning = _before_review(unit, record) if (seen, to) == (Status.DRAFT, Status.IN_REVIEW) else ""
        return Answer(replies.say(f"{lines.name(record)} is *{record.status}* now.{warning}"))

    return press


def _before_review(unit: Unit, record: Postmortem) -> str:
    """What holds nothing up, and is better seen to before people read it: roles, and the action items (R-33, R-34, X-3)."""
    said = triage.warnings(unit.items.actions(record.id), reviewing=True)
    return _nobody_as(unit, record) + "".join(f"\n:warning: {each}" for each in said)


def _nobody_as(unit: Unit, record: Postmortem) -> str:
    """R-14: roles that nobody has are named once the meeting comes near; they hold nothing up."""
    said = invited_page.missing(invite.sheet(unit, record).guests)
    return f"\n{said}" if said else ""


def _asks_why(frm: Status, to: Status) -> bool:
    return any(move.needs_reason for move in moves.MOVES if (move.frm, move.to) == (frm, to))


BUTTONS: Mapping[str, Press] = {move_buttons.ACTION[to]: move_to(to) for to in Status}
