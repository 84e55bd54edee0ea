"""The forms around the message to customers come back: the message itself, and that it was posted. Where somebody else saved
it meanwhile, or it was reviewed, the form is shown again with what is typed still in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import external_form, ids, lines, replies, text, wording_list
from bot.blocks.inputs import Answers
from bot.domain.errors import BadInput, DomainError, Reason, Refused
from bot.domain.message_sheet import Sheet, Wish
from bot.domain.status import Status
from bot.listeners import forms, layers
from bot.listeners.actions import external, wording
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit, at
from bot.ports.screens import UpdateView
from bot.ports.store import Unit
from bot.usecases import standing
from bot.usecases.write_message import Overtaken

OLD = "This form is from an older version of the bot. Close it and open it again."
_FIELDS = {"empty_message": ids.SUMMARY, "reason_missing": ids.REASON, "bad_link": ids.LINK, "bad_time": ids.POSTED_AT}


def message(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Save it; an edit of a reviewed one goes back to In Review, and says so."""
    carried = forms.read(call.metadata)
    seen, seen_in = str(carried.get("seen") or ""), str(carried.get("in") or "")
    if seen_in not in set(Status):
        raise Refused(OLD)
    wish = external_form.read(call.values, external.carried_parts(call))
    record_id, team = str(carried.get("record") or ""), call.place.team_id
    try:
        with _at_its_field(ids.DECISION):
            saved = desk.write_message(unit, team, record_id, seen, Status(seen_in), wish, call.place.user_id, now)
    except Overtaken as overtaken:
        return _again(unit, team, record_id, seen, wish, overtaken.now)
    if seen_in == Status.REVIEWED and saved.status is Status.IN_REVIEW:
        said = f"Saved. {lines.name(saved)} is *In Review* again: the new text has to be agreed on before it is posted."
        return Answer(view=layers.notice(replies.say(said), "Back in review"))
    return Answer()


def posted(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The support team has posted it: closed."""
    carried, answers = forms.read(call.metadata), Answers(call.values)
    url, when = answers.text(ids.LINK).strip(), answers.moment(ids.POSTED_AT)
    record_id, review = str(carried.get("record") or ""), str(carried.get("review") or "")
    if not review:
        raise Refused(OLD)
    with _at_its_field(ids.LINK):
        desk.mark_posted(unit, call.place.team_id, record_id, review, url, when, call.place.user_id, now)
    return Answer()


def ignore(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """A finding is right as it stands; the list under the form is drawn anew."""
    carried = forms.read(call.metadata)
    key, _ = wording_list.read(str(carried.get("finding") or ""))
    reason, record_id = Answers(call.values).text(ids.REASON), str(carried.get("record") or "")
    with at(ids.REASON, always=True):
        record = desk.wording.look(unit, call.place.team_id, record_id, {key}, call.place.user_id, now, reason)
    below = call.modal.previous if call.modal else None
    return Answer(screens=(UpdateView(below, wording.view(desk, unit, record, 0)),) if below else ())


def _again(unit: Unit, team: str, record_id: str, seen: str, wish: Wish, now: Sheet) -> Answer:
    record = standing.record_or_refuse(unit, record_id, team_id=team)
    other = now.stamp != seen
    warning = "It was reviewed while you had the form open: nothing was saved yet."
    if other:
        who = text.mention(now.decision.by, "Somebody else")
        warning = (
            f"{who} saved the message while you had the form open: nothing was saved yet. Your words are still in the "
            "fields; where they differ, the other text stands below. What is in the fields when you save is what counts."
        )
    view = external_form.draw(
        record, now, wish, theirs=now if other else None, warning=warning, found=external.found(unit, record, wish)
    )
    return Answer(view=view)


class _at_its_field:
    """A refusal goes to the field that its first code names, else to this one."""

    def __init__(self, field: str) -> None:
        self.field = field

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DomainError):
            field = _FIELDS.get(next(iter(error.codes), ""), self.field)
            raise BadInput(error.message, reasons=(Reason(field, error.message),)) from error


FORMS: Mapping[str, Submit] = {ids.EXTERNAL: message, ids.POSTED: posted, ids.IGNORE: ignore}
