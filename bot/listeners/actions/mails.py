"""The buttons under a mail of which nobody knows whether it was sent: a person looked, and says what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, replies
from bot.blocks import lines as words
from bot.domain.mail_draft import Letter
from bot.domain.postmortem import Postmortem
from bot.listeners import forms
from bot.listeners import mails as letters
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import standing


def again(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """It did not arrive."""
    record, identity = _named(unit, call)
    desk.settle_mail.again(unit, record, identity, call.place.user_id, now)
    return _told(desk, unit, record, call, f"The mail of {words.name(record)} is being sent again.", now)


def arrived(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """It did."""
    record, identity = _named(unit, call)
    desk.settle_mail.arrived(unit, record, identity, call.place.user_id, now)
    return _told(desk, unit, record, call, f"Thank you: the mail of {words.name(record)} counts as sent.", now)


def _told(desk: Desk, unit: Unit, record: Postmortem, call: Call, said: str, now: datetime) -> Answer:
    """In the form of the mail, where it was pressed there, what is typed stays."""
    letter = forms.read(call.metadata).get("purpose")
    if call.modal is None or call.view.get("callback_id") != ids.MAIL or letter not in set(Letter):
        return Answer(replies.say(said))
    sheet = desk.write_mail.sheet(unit, record, Letter(letter), call.place.user_id, now)
    return letters.redrawn(call, sheet, letters.typed(call), done=said)


def _named(unit: Unit, call: Call) -> tuple[Postmortem, str]:
    record_id, _, identity = call.text.partition(":")
    return standing.record_or_refuse(unit, record_id, team_id=call.place.team_id), identity


BUTTONS: Mapping[str, Press] = {ids.MAIL_AGAIN: again, ids.MAIL_ARRIVED: arrived}
