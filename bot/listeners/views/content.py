"""The form of one section comes back. When somebody else saved it meanwhile, it is shown again with both texts: nothing is
overwritten, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.blocks import ids, pages, section_form, text
from bot.blocks.inputs import Block
from bot.blocks.pages import MENU, Page
from bot.domain import section_forms
from bot.domain.content import Section
from bot.domain.errors import Refused
from bot.domain.section_forms import Form
from bot.domain.section_values import Typed
from bot.listeners import forms, layers
from bot.listeners import pages as rooms
from bot.listeners.actions import content
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit
from bot.usecases import standing
from bot.usecases.save_section import Overtaken, Sheet

OLD = "This form is from an older version of the bot. Close it and open it again."


def section(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Save it, or show both texts."""
    carried = forms.read(call.metadata)
    name = str(carried.get("section") or "")
    if name not in set(Section):
        raise Refused(OLD)
    form = section_forms.forms(desk.policy.impact_dimensions)[Section(name)]
    typed = section_form.read(form, call.values, counts(carried.get("parts")))
    seen, record_id = str(carried.get("seen") or ""), str(carried.get("record") or "")
    try:
        with at(form.fields[0].name):
            record = desk.save_section(
                unit, call.place.team_id, record_id, Section(name), seen, typed, call.place.user_id, now
            )
    except Overtaken as overtaken:
        record = standing.record_or_refuse(unit, record_id, team_id=call.place.team_id)
        told = content.said(desk, unit, record, overtaken.theirs, now)
        return Answer(view=_both(form, typed, overtaken.theirs, record_id, told))
    return rooms.saved(desk, unit, record, call, now)


def counts(value: object) -> dict[str, int]:
    """How many inputs hold one text, as the form carries it."""
    found = value if isinstance(value, Mapping) else {}
    return {str(name): count for name, count in found.items() if isinstance(count, int)}


def said_by(by: str | None, when: datetime | None) -> str:
    """`<@U1> saved this at 14:02`: who was faster."""
    who = text.mention(by, "Somebody else")
    return f"{who} saved this{f', {text.when(when)},' if when else ''} while you had the form open"


def _both(
    form: Form, typed: Typed, theirs: Sheet, record_id: str, told: Mapping[str, Sequence[Block]]
) -> Mapping[str, object]:
    carried = pages.metadata(
        record_id,
        Page(MENU),
        section=form.section.value,
        seen=theirs.stamp,
        parts=section_form.parts_drawn(form, typed),
    )
    warning = (
        f"{said_by(theirs.by, theirs.at)}. Your words are still in the fields; where they differ, the other text stands below. "
        "Take from it what you need, then save: what is in the fields then is what counts."
    )
    view = section_form.draw(
        form, typed, carried, hints=content.hints(theirs), theirs=theirs.shown, warning=warning, said=told
    )
    return layers.fitting(view)


FORMS: Mapping[str, Submit] = {ids.SECTION: section}
