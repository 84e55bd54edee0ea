"""The forms around the meeting and the review: what comes back is checked, and refused at the field it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import held, ids, lines, meeting_form, meeting_line, modals, replies
from bot.domain.errors import BadInput, DomainError, Reason
from bot.listeners import forms, layers
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit
from bot.usecases.book_meeting import Booked, Wish


def book(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Book it or move it; warnings take the place of the form."""
    record, seen = _carried(call)
    typed = meeting_form.read(call.values)
    wish = Wish(typed.start, typed.length, typed.link, typed.late_reason, seen, typed.facilitator)
    with _at_its_field():
        booked = desk.book_meeting(unit, call.place.team_id, record, wish, call.place.user_id, now)
    warnings = _warnings(booked)
    if not warnings and not (call.modal and call.modal.previous):
        return Answer()
    said = f"{lines.name(booked.record)}: the meeting is booked for {meeting_line.when(booked.booking)}."
    return layers.sent(call, replies.say("\n".join([said, *warnings])), "The meeting")


def _warnings(booked: Booked) -> list[str]:
    said = [warning.text for warning in booked.checked.warnings]
    late = "It begins after the deadline: the incident commander is told, with your reason."
    return [*said, *([late] if booked.checked.late else [])]


def really_held(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The real time takes the place of the booked one."""
    record, seen = _carried(call)
    typed = meeting_form.read(call.values)
    with _at_its_field():
        desk.answer_held.really(
            unit, call.place.team_id, record, seen, typed.start, typed.length, call.place.user_id, now
        )
    said = "Saved. The question what came of it is in the incident channel now."
    return layers.sent(call, replies.say(said), "It was held")


def changes(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Held, changes needed."""
    record, seen = _carried(call)
    wanted = modals.read_reason(call.values)
    with at(ids.REASON, always=True):
        saved = desk.answer_held.changes(
            unit, call.place.team_id, record, -1 if seen is None else seen, wanted, call.place.user_id, now
        )
    below = call.modal and call.modal.previous
    return layers.sent(call, held.answer(desk.overview(unit, saved, now)) if below else None, "Changes needed")


def comment(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """A reader's comment becomes a note."""
    record = forms.read(call.metadata).get("record") or ""
    with at(ids.REASON, always=True):
        desk.comment(unit, call.place.team_id, record, modals.read_reason(call.values), call.place.user_id, now)
    return Answer()


def _carried(call: Call) -> tuple[str, int | None]:
    carried = forms.read(call.metadata)
    record, seen = carried.get("record"), carried.get("seen")
    return str(record or ""), int(seen) if isinstance(seen, str) and seen.isdigit() else None


class _at_its_field:
    """A refusal goes to the field that its first code names, else to the time."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DomainError):
            field = meeting_form.FIELDS.get(next(iter(error.codes), ""), ids.MEETING_AT)
            raise BadInput(error.message, reasons=(Reason(field, error.message),)) from error


FORMS: Mapping[str, Submit] = {
    ids.MEETING: book,
    ids.MEETING_WAS: really_held,
    ids.CHANGES: changes,
    ids.COMMENT: comment,
}
