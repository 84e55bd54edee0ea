"""The buttons around a mail: its form, the text to copy, that somebody sent it, and the text anew from the post-mortem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.blocks import ids, lines, mail_draft_notes, mail_form, mail_state, parts, replies
from bot.domain import mail_draft
from bot.domain.mail_draft import Letter
from bot.domain.mail_sheet import MailSheet
from bot.listeners import forms, layers, mails
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.chat import Drawing
from bot.ports.screens import UpdateView
from bot.ports.store import Unit
from bot.usecases import standing
from bot.usecases.send_letter import SentAlready
from bot.usecases.write_mail import Overtaken

Way = Callable[[Unit, str, str, Letter, int, str, datetime], MailSheet]

COPIED = ":envelope_with_arrow: The text comes to you as a direct message now, to be copied. Press *I sent it* once you have."


def _opening(purpose: Letter) -> Press:
    def press(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
        record = standing.record_or_refuse(unit, call.text.partition(":")[0], team_id=call.place.team_id)
        return mails.opened(desk, unit, record, purpose, call, now)

    return press


def copy(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Keep what is typed, and send it to the person to be copied."""
    found = _used(desk, unit, call, now, going=False)
    if isinstance(found, Answer):
        return found
    desk.write_mail.hand_out(unit, found, len(mail_draft_notes.messages(found.body)), call.place.user_id, now)
    return mails.redrawn(call, found, done=COPIED)


def send(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Through the mail server, as it stands in its fields."""
    return _go(desk, unit, call, desk.send_letter, now)


def mark(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Somebody sent it: from the form as it stands in its fields, from a message as it was copied."""
    return _go(desk, unit, call, desk.send_letter.by_hand, now)


def look(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """How far it is; what is typed stays in the fields."""
    record_id, purpose, _ = mails.named(call)
    record = standing.record_or_refuse(unit, record_id, team_id=call.place.team_id)
    return mails.redrawn(call, desk.write_mail.sheet(unit, record, purpose, call.place.user_id, now), mails.typed(call))


def _go(desk: Desk, unit: Unit, call: Call, way: Way, now: datetime) -> Answer:
    record_id, purpose, known = mails.named(call)
    if call.modal:
        found = _used(desk, unit, call, now)
        if isinstance(found, Answer):
            return found
    try:
        sheet = way(unit, call.place.team_id, record_id, purpose, known, call.place.user_id, now)
    except SentAlready as before:
        return _asked(call, before.sheet)
    if call.modal:
        return mails.redrawn(call, sheet)
    name = mail_draft.NAMES[purpose]
    return Answer(replies.say(f"The {name} of {lines.name(sheet.record)} counts as sent. Thank you."))


def anew(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """What was written is dropped."""
    record_id, purpose, _ = mails.named(call)
    sheet = desk.write_mail.anew(unit, call.place.team_id, record_id, purpose, call.place.user_id, now)
    return mails.redrawn(call, sheet, anew=True)


def _used(desk: Desk, unit: Unit, call: Call, now: datetime, *, going: bool = True) -> MailSheet | Answer:
    """What stands in the fields, kept as it is; else the form again with what somebody else saved."""
    record_id, purpose, _ = mails.named(call)
    given, seen = mails.typed(call), mail_form.seen(forms.read(call.metadata))
    try:
        who = call.place
        return desk.write_mail.use(unit, who.team_id, record_id, purpose, seen, given, who.user_id, now, going=going)
    except Overtaken as overtaken:
        view = layers.fitting(mails.both(call, overtaken.theirs, given))
        return Answer(screens=(UpdateView(call.modal.id, view),) if call.modal else ())


def _asked(call: Call, sheet: MailSheet) -> Answer:
    """It was sent before: whether once more is asked, with who did and when."""
    question = mail_state.again(sheet)
    if call.modal:
        return mails.redrawn(call, sheet, warning=question)
    value = f"{sheet.record.id}:{sheet.draft.purpose}:{len(sheet.went)}"
    button = parts.actions(mail_state.sent_button(value, sheet.last))
    return Answer(Drawing(question, (parts.section(question), button)))


BUTTONS: Mapping[str, Press] = {
    ids.MAIL_SUMMARY_OPEN: _opening(Letter.SUMMARY),
    ids.MAIL_FIRST_OPEN: _opening(Letter.FIRST),
    ids.MAIL_SUPPORT_OPEN: _opening(Letter.SUPPORT),
    ids.MAIL_COPY: copy,
    ids.MAIL_SEND: send,
    ids.MAIL_MARK: mark,
    ids.MAIL_LOOK: look,
    ids.MAIL_ANEW: anew,
}
