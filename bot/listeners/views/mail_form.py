"""The form of a mail comes back: it is kept as a draft. Where somebody else saved it meanwhile, both texts are shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, mail_form
from bot.domain.errors import BadInput, Reason, Refused
from bot.domain.mail_draft import Letter
from bot.listeners import forms, layers, mails
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit
from bot.ports.store import Unit
from bot.usecases.write_mail import Overtaken


def save(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Keep it."""
    carried = forms.read(call.metadata)
    record_id, name = str(carried.get("record") or ""), str(carried.get("purpose") or "")
    if name not in set(Letter):
        raise Refused(mails.OLD)
    given, seen, by = mails.typed(call), mail_form.seen(carried), call.place.user_id
    try:
        desk.write_mail.save(unit, call.place.team_id, record_id, Letter(name), seen, given, by, now)
    except Overtaken as overtaken:
        return Answer(view=layers.fitting(mails.both(call, overtaken.theirs, given)))
    except BadInput as error:
        raise _at_fields(error, mail_form.fields(carried)) from error
    return Answer()


def _at_fields(error: BadInput, fields: Mapping[str, str]) -> BadInput:
    return BadInput(error.message, reasons=tuple(Reason(fields.get(e.code, e.code), e.text) for e in error.reasons))


FORMS: Mapping[str, Submit] = {ids.MAIL: save}
