"""Opening forms: what they show comes from the database, and where Slack does not open them, a button does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.blocks import modals, replies, text
from bot.domain.postmortem import Postmortem
from bot.listeners import layers
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import OpenView, Screen
from bot.ports.store import Unit
from bot.usecases import complete_details

NOT_OPENED = "The form with the details did not open. Everything else is under way; press the button to fill it in."


def details(desk: Desk, unit: Unit, record: Postmortem, call: Call, now: datetime) -> Screen:
    """The form that completes the record; over the modal, when its button was in one."""
    view = details_view(desk, unit, record, now)
    if call.modal:
        return layers.shown(call, view)
    return OpenView(call.trigger_id, view, call.response_url, replies.open_form(NOT_OPENED, record.id))


def details_view(desk: Desk, unit: Unit, record: Postmortem, now: datetime, sentence: str = "") -> Mapping[str, Any]:
    """The form itself; `sentence` says what happened before it opened."""
    metadata = json.dumps({"record": record.id, "seen": complete_details.fingerprint(record)})
    # What was noticed before the channel is read; no more of it is needed once both are recorded.
    unknown = record.severity is None or record.times.resolved_at is None
    noticed = unit.noticed.of_record(record.id) if unknown else None
    return modals.details(desk.incident(unit, record, now), metadata, noticed, sentence=sentence)


def choose_owner(call: Call, channel_id: str, sentence: str = "", proposal: str | None = None) -> OpenView:
    """The form that asks for one person, for the record of this channel."""
    metadata = json.dumps({"channel": channel_id, "proposal": proposal})
    view = modals.choose_owner(metadata, sentence=sentence)
    fallback = replies.say("The form did not open. Type `/postmortem assign @name` in the incident channel.")
    return OpenView(call.trigger_id, view, call.response_url, fallback)


def decline(desk: Desk, unit: Unit, record: Postmortem, call: Call, now: datetime) -> OpenView:
    """The form that asks why."""
    view = modals.decline(desk.incident(unit, record, now), json.dumps({"record": record.id}))
    fallback = replies.say("The form did not open. Please press the button again.")
    return OpenView(call.trigger_id, view, call.response_url, fallback)


def can_be_chosen(unit: Unit, record: Postmortem, user_id: str | None) -> bool:
    """Whether Slack shows this person in a field for a person."""
    person = unit.people.get(record.team_id, user_id) if user_id else None
    return bool(user_id and text.is_person(user_id)) and not (person and (person.deleted or person.is_bot))


def read(metadata: str) -> dict[str, str | None]:
    """What a form carries; nothing for one that is not ours."""
    try:
        found = json.loads(metadata or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
