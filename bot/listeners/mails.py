"""Showing a mail: the form of one, over whatever is open, or in the place of itself."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import mail_form, text
from bot.domain.errors import Refused
from bot.domain.mail_draft import Letter
from bot.domain.mail_sheet import MailSheet, Typed
from bot.domain.postmortem import Postmortem
from bot.listeners import forms, layers
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import UpdateView
from bot.ports.store import Unit

OLD = "This form is from an older version of the bot. Close it and open it again."
NOT_OPENED = "The form did not open, and nothing was saved. Please try again."


def opened(desk: Desk, unit: Unit, record: Postmortem, purpose: Letter, call: Call, now: datetime) -> Answer:
    """The form, with what is saved in it."""
    sheet = desk.write_mail.sheet(unit, record, purpose, call.place.user_id, now)
    return Answer(screens=(layers.shown(call, mail_form.draw(sheet), NOT_OPENED),))


def redrawn(
    call: Call, sheet: MailSheet, given: Typed | None = None, *, warning: str = "", done: str = "", anew: bool = False
) -> Answer:
    """The open form as it stands now; `given` stays in its fields, `anew` fills them again, `done` says what was just done."""
    drawn = mail_form.times_drawn(forms.read(call.metadata)) + anew
    view = mail_form.draw(sheet, given, warning=warning, done=done, drawn=drawn)
    return Answer(screens=(UpdateView(call.modal.id, view),)) if call.modal else Answer()


def both(call: Call, theirs: MailSheet, given: Typed) -> dict[str, object]:
    """The form again, with what somebody else saved beside what is typed."""
    who, when = text.mention(theirs.draft.edited_by, "Somebody else"), theirs.draft.edited_at
    warning = (
        f"{who} saved this{f', {text.when(when)},' if when else ''} while you had the form open: nothing was saved yet. Your words are "
        "still in the fields; where they differ, the other text stands below. What is in the fields when you save is what counts."
    )
    drawn = mail_form.times_drawn(forms.read(call.metadata))
    return mail_form.draw(theirs, given, theirs=theirs, warning=warning, drawn=drawn)


def named(call: Call) -> tuple[str, Letter, int]:
    """The record, which mail, and how often it was sent as far as the button knew. Raises Refused for a button of another
    version."""
    record_id, _, rest = call.text.partition(":")
    name, _, known = rest.partition(":")
    if name not in set(Letter):
        raise Refused(OLD)
    return record_id, Letter(name), int(known) if known.isascii() and known.isdigit() and len(known) < 6 else 0


def typed(call: Call) -> Typed:
    """What stands in the fields of the open form."""
    return mail_form.read(call.values, forms.read(call.metadata))
