"""The forms that merge two post-mortems: which one is meant, and then both of them before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from bot.blocks import ids, merge_form
from bot.domain.errors import Refused
from bot.listeners import forms
from bot.listeners.actions import merging
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit
from bot.usecases import standing


def pick(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Nothing is done yet: the next form shows both."""
    record = standing.record_or_refuse(unit, forms.read(call.metadata).get("record") or "", team_id=call.place.team_id)
    with at(ids.OTHER, always=True):
        other = merge_form.read_pick(call.values)
        if not other:
            raise Refused("Choose the other post-mortem.")
        plan = desk.merge.plan(unit, record, other, call.place.user_id, now)
    return Answer(view=merging.form(plan), kept=False)


def confirm(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """It is done; both channels are told."""
    carried = forms.read(call.metadata)
    record, other, seen = (carried.get(name) or "" for name in ("record", "other", "seen"))
    with at(ids.REASON, always=True):
        reason, bring = merge_form.read_reason(call.values), merge_form.read_bring(call.values)
        desk.merge(unit, call.place.team_id, record, other, seen, reason, call.place.user_id, now, bring=bring)
    part = unit.records.get(other)
    if part is not None:
        # What is said there counts from now on; where that may not be, the part is merged all the same.
        with suppress(Refused):
            desk.add_channel(unit, call.place.team_id, record, part.channel_id, call.place.user_id, now, "merge")
    return Answer()


FORMS: Mapping[str, Submit] = {ids.MERGE_PICK: pick, ids.MERGE_RECORD: confirm}
