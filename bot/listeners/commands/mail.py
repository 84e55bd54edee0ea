"""`/postmortem mail`: the e-mail that whoever types it has to write (R-53, R-55)."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.mail_draft import Letter
from bot.listeners import mails
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit

HOW = "Type `/postmortem mail`, or name the one you mean: `mail summary`, `mail first` or `mail support`."


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of the one that is meant."""
    word = call.text.strip().lower()
    if word not in ("", *Letter):
        raise Refused(HOW)
    record = status.current(unit, call, lock=True)
    purpose = Letter(word) if word else desk.write_mail.usual(unit, record, call.place.user_id)
    return mails.opened(desk, unit, record, purpose, call, now)


MAIL = Subcommand("mail", "mail", "the e-mail to colleagues: the summary, or the first one; also `email`", run)
