"""The forms around confirmed lines come back (X-8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, inputs, replies
from bot.blocks.done import Done
from bot.domain import phrases
from bot.domain.errors import Refused
from bot.listeners import forms, layers
from bot.listeners import pages as rooms
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit

TITLE = "Lines to confirm"


def ask(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """They are asked, each in a direct message."""
    carried, by = forms.read(call.metadata), call.place.user_id
    try:
        record = desk.check_lines.record(unit, call.place.team_id, str(carried.get("record") or ""), by)
        asked = desk.check_lines.ask(unit, record, _opened(carried.get("opened"), now), by, now)
    except Refused as refusal:
        # The form has no field at which Slack would show it; nothing was saved.
        return layers.sent(call, replies.refusal(refusal.message), TITLE)
    said = f"{phrases.count(len(asked), 'person', 'people')} will be asked in a direct message."
    if call.modal and call.modal.previous:
        return rooms.saved(desk, unit, record, call, now, Done(said))
    return layers.sent(call, replies.say(said), TITLE)


def off(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """What is off becomes a note for the owner."""
    record_id, said = str(forms.read(call.metadata).get("record") or ""), inputs.Answers(call.values).text(ids.REASON)
    with at(ids.REASON, always=True):
        desk.check_lines.object(unit, call.place.team_id, record_id, said, call.place.user_id, now)
    return Answer()


def _opened(value: object, now: datetime) -> datetime:
    try:
        opened = datetime.fromisoformat(str(value))
    except ValueError:
        return now
    return opened if opened.tzinfo else now


FORMS: Mapping[str, Submit] = {ids.LINES: ask, ids.LINES_OFF: off}
