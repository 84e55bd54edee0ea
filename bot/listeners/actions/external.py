"""The buttons around the message to customers: its form, a look at how it reads, and the two answers of the support team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.blocks import external_form, hints, ids, move_buttons, support_task
from bot.domain import handing_over
from bot.domain.external_message import ExternalMessage
from bot.domain.harvest import text
from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.rules import h11_customer_message
from bot.domain.message_sheet import Wish
from bot.domain.postmortem import Postmortem
from bot.domain.said_there import Saying
from bot.domain.status import Status
from bot.domain.wording import checks
from bot.domain.wording.finding import Finding
from bot.listeners import forms, layers
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import standing, wording


def open_form(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form, with what is saved in it."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    sheet = desk.write_message.sheet(unit, record, call.place.user_id)
    suggested, written = _said(unit, record, sheet.wish)
    link = desk.incident(unit, record, now).link if written else None
    view = external_form.draw(
        record,
        sheet,
        sheet.wish,
        found=found(unit, record, sheet.wish),
        suggested=suggested,
        written=written,
        link=link,
    )
    return Answer(screens=(layers.shown(call, view),))


def preview(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """How it reads, over the form; what is typed stays in the fields."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    wish = external_form.read(call.values, carried_parts(call))
    return Answer(screens=(layers.shown(call, external_form.preview(record, wish.text)),))


def open_posted(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of whoever has posted it; for the support team alone."""
    record, review = _task(unit, call)
    desk.mark_posted.check(unit, record, review, call.place.user_id, now)
    view = support_task.posted_form(record, handing_over.review_of(record), now)
    return Answer(screens=(layers.shown(call, view),))


def open_problem(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that asks what is wrong with the text (T7)."""
    record, review = _task(unit, call)
    desk.mark_posted.waiting(unit, record, review)
    desk.move.check(unit, record, Status.IN_REVIEW, expected=Status.REVIEWED, by=call.place.user_id, now=now)
    return Answer(screens=(layers.shown(call, move_buttons.ask_why(record, Status.IN_REVIEW)),))


def found(unit: Unit, record: Postmortem, wish: Wish) -> dict[str, Sequence[Finding]]:
    """The hints under the fields as the form is opened."""
    if wish.text.empty:
        return {}
    responders = wording.names(unit, record, unit.proposals.load(record.id))
    looked: dict[str, Sequence[Finding]] = {}
    for block_id, words in external_form.fields(wish):
        section = hints.section_of(block_id)
        if section is not None:
            looked[block_id] = checks.check(words, section, full_outage=wish.full_outage, names=responders)
    return looked


def carried_parts(call: Call) -> dict[str, int]:
    """How many fields held each part, as the form carries it."""
    said: object = forms.read(call.metadata).get("parts")
    found = said if isinstance(said, Mapping) else {}
    return {str(name): number for name, number in found.items() if isinstance(number, int)}


def _said(unit: Unit, record: Postmortem, wish: Wish) -> tuple[str, Saying | None]:
    """What was told to customers during the incident, while nothing is decided: the last text that was approved for them,
    else the last that was said of it; and the last text for them that was written, where that is another one. A beginning, to
    be read and not copied."""
    harvest = unit.proposals.load(record.id)
    if wish.value is not ExternalMessage.UNDECIDED or harvest is None:
        return "", None
    told = [each for each in harvest.timeline if each.kind is TimelineKind.public]
    agreed = [words for each in told if (words := h11_customer_message.wording(each))]
    suggested = agreed[-1] if agreed else told[-1].text if told else ""
    last = harvest.public_texts[-1] if harvest.public_texts else None
    if last is None or text.normal(last.text) in text.normal(suggested):
        return suggested, None
    return suggested, Saying(last.text, last.ts)


def _task(unit: Unit, call: Call) -> tuple[Postmortem, str]:
    record_id, _, review = call.text.partition(":")
    return standing.record_or_refuse(unit, record_id, team_id=call.place.team_id), review


BUTTONS: Mapping[str, Press] = {
    ids.EXTERNAL_OPEN: open_form,
    ids.EXTERNAL_PREVIEW: preview,
    ids.EXTERNAL_POSTED: open_posted,
    ids.EXTERNAL_PROBLEM: open_problem,
}
