"""Wording while somebody types (R-37, R-64): the hints under the fields follow the words. Nothing is saved, nothing is
locked, and the form is drawn anew only when a hint comes or goes, so that Slack is asked seldom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.blocks import hints, ids
from bot.blocks.inputs import Answers
from bot.domain.errors import Refused
from bot.domain.wording import checks
from bot.domain.wording.finding import Finding
from bot.domain.wording.people import Person
from bot.listeners import forms
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import UpdateView
from bot.ports.store import Unit
from bot.usecases import wording


def follow(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The open form with the hints that its words ask for now; nothing when it shows them."""
    record = unit.records.get(str(forms.read(call.metadata).get("record") or ""))
    if record is None or record.team_id != call.place.team_id or call.modal is None:
        raise Refused("This form is not ours.")
    answers = Answers(call.values)
    full_outage = answers.ticked(ids.FULL_OUTAGE) if answers.has(ids.FULL_OUTAGE) else record.full_outage
    responders = wording.names(unit, record, unit.proposals.load(record.id))
    view = hints.redrawn(call.view, found(answers, full_outage=full_outage, responders=responders))
    if view is None:
        return Answer()
    seen = call.view.get("hash")
    return Answer(screens=(UpdateView(call.modal.id, view, seen if isinstance(seen, str) else None),))


def found(answers: Answers, *, full_outage: bool, responders: Sequence[Person]) -> dict[str, Sequence[Finding]]:
    """What is found in each field, by its name."""
    looked: dict[str, Sequence[Finding]] = {}
    for name in answers.names():
        section = hints.section_of(name)
        if section is not None:
            looked[name] = checks.check(answers.text(name), section, full_outage=full_outage, names=responders)
    return looked


BUTTONS: Mapping[str, Press] = {ids.INPUT: follow}
