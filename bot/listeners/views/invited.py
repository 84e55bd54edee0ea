"""The forms of who is invited, and of the shared calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, inputs, lines, replies
from bot.listeners import forms, layers
from bot.listeners.actions import invited
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit
from bot.usecases.invite import Wish


def save(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The list as it is now takes the place of the form."""
    carried, answers = forms.read(call.metadata), inputs.Answers(call.values)
    record, seen = str(carried.get("record") or ""), str(carried.get("seen") or "")
    wish = Wish(
        tuple(answers.users(ids.ADDED)),
        tuple(answers.users(ids.REMOVED)),
        answers.text(ids.REASON),
        answers.user(ids.SHADOW),
        answers.user(ids.LIAISON),
        asked_liaison=answers.has(ids.LIAISON),
    )
    with at(ids.ADDED):
        saved = desk.invite(unit, call.place.team_id, record, wish, seen, call.place.user_id, now)
    return Answer(view=invited.read_only(saved))


def shared(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """It is on the shared calendar."""
    carried, link = forms.read(call.metadata), inputs.Answers(call.values).text(ids.LINK)
    record, seen = str(carried.get("record") or ""), carried.get("seen")
    number = int(seen) if isinstance(seen, str) and seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
    with at(ids.LINK, always=True):
        saved = desk.share_meeting(unit, call.place.team_id, record, number, link, call.place.user_id, now)
    if not (call.modal and call.modal.previous):
        return Answer()
    said = f"{lines.name(saved)}: the meeting is on the shared calendar."
    return layers.sent(call, replies.say(said), "On the shared calendar")


FORMS: Mapping[str, Submit] = {ids.INVITED: save, ids.SHARED: shared}
