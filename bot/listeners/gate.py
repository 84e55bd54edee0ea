"""The one place at the door where every command, button, form and entry of a message's menu is held against the table of
permissions, before the act runs and in its transaction. Whatever record a payload names, by the channel, a button's value
or what a form carries, has to pass: a value with another record's id in it opens nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain import permissions
from bot.domain.errors import Refused
from bot.domain.permissions import About, Door, Part, Rule, Situation
from bot.domain.postmortem import Postmortem
from bot.listeners import forms
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.intake import Act
from bot.ports.store import Unit
from bot.usecases import positions, standing

_NOT_A_CHANNEL = {"directmessage", "mpdirectmessage"}
# Slack takes commands, and the menus of messages, from people who see the channel.
_IN_CHANNEL = (Door.COMMAND, Door.SHORTCUT)


def guarded(desk: Desk, door: Door, name: str, call: Call, act: Act, *, reads: bool = False) -> Act:
    """The act behind the table; `reads` says that its transaction takes no locks."""

    def run(unit: Unit, now: datetime) -> Answer:
        check(desk, unit, door, name, call, lock=not reads)
        return act(unit, now)

    return run


def check(desk: Desk, unit: Unit, door: Door, name: str, call: Call, *, lock: bool) -> None:
    """Raises `Refused` with the sentence who can."""
    rule = permissions.TABLE[door].get(name)
    user = call.place.user_id
    if rule is None or rule.about is About.NOTHING:
        _decide(rule, positions.elsewhere(user, desk.policy, direct=_direct(call)), None, desk, unit)
        return
    found = list(_records(unit, door, call, lock=lock))
    where, typed = _where(door, call)
    for record in found:
        if record.team_id != call.place.team_id:
            raise Refused(standing.NOT_HERE)
        here = where == record.channel_id
        situation = positions.before(
            unit, record, user, desk.policy, here=here, typed=typed and here, note_id=_named(door, call)
        )
        _goes_on_elsewhere(rule, situation, record, name, call.text if typed else "")
        _decide(rule, situation, record, desk, unit)
    if not found:
        _without(desk, unit, door, rule, call)


def _goes_on_elsewhere(rule: Rule | None, situation: Situation, record: Postmortem, name: str, rest: str) -> None:
    """One that was merged is not worked on any more: whoever may see it is told where that is done."""
    into = record.merged
    if into is None or not permissions.in_the_primary(rule, name, rest) or not permissions.sees(situation):
        return
    new = " For another incident in this channel type `/postmortem start new`." if name in ("start", "assign") else ""
    raise Refused(
        f"{record.name} is merged into {into.name}: go on there, in <#{into.channel_id}>. `/postmortem merge undo` there takes "
        f"the merge back.{new}"
    )


def _where(door: Door, call: Call) -> tuple[str, bool]:
    """The channel that somebody used, and whether Slack took that from people who see it alone: a form that the menu of a
    message opened says where that was."""
    menu = forms.read(call.metadata).get("menu") if door is Door.FORM else None
    return (menu, True) if isinstance(menu, str) and menu else (call.place.channel_id, door in _IN_CHANNEL)


def _without(desk: Desk, unit: Unit, door: Door, rule: Rule, call: Call) -> None:
    """No post-mortem is named: typed in a channel that has none, a form or a button that makes one, or
    one that is gone."""
    place, typed = call.place, door in _IN_CHANNEL
    channel = place.channel_id if typed else forms.read(call.metadata).get("channel")
    if door is Door.BUTTON:
        channel = _of_noticed(unit, call)
    if not isinstance(channel, str) or not channel:
        raise Refused(permissions.GONE)
    if door is Door.SHORTCUT and _direct(call):
        raise Refused(permissions.NO_CHANNEL)
    situation = positions.before_none(
        unit, place.team_id, channel, place.user_id, desk.policy,
        typed=door is not Door.BUTTON or channel == place.channel_id, direct=typed and _direct(call),
    )  # fmt: skip
    _decide(rule, situation, None, desk, unit)


def _decide(rule: Rule | None, situation: Situation, record: Postmortem | None, desk: Desk, unit: Unit) -> None:
    said = permissions.against(rule, situation)
    if said is None:
        return
    names = {"name": "", "now": "", "ask": "somebody of the incident's channel"}
    if record is not None and rule is not None:
        owner = f"it is <@{record.owner}> now" if record.owner else "it has no owner at the moment"
        names = {"name": record.name, "now": owner, "ask": _whom(rule, record)}
    raise Refused(said.format(**names))


def _whom(rule: Rule, record: Postmortem) -> str:
    """Whom to ask: those with a role that may, else the owner and the IC."""
    roles = record.roles
    held = {
        Part.OWNER: record.owner,
        Part.IC: roles.ic or record.created_by,
        Part.DEPUTY: roles.deputy,
        Part.SCRIBE: roles.scribe,
    }
    asked = rule.who & held.keys() or {Part.OWNER, Part.IC}
    if rule.who == frozenset({Part.SUPPORT}):
        return "them"
    people = [user for part, user in held.items() if user and part in asked]
    return " or ".join(f"<@{user}>" for user in dict.fromkeys(people)) or "the incident commander"


def _records(unit: Unit, door: Door, call: Call, *, lock: bool) -> Iterator[Postmortem]:
    """Every post-mortem that the payload names."""
    if door in _IN_CHANNEL:
        current = unit.records.current(call.place.team_id, call.place.channel_id, lock=lock)
        if current:
            yield current
        return
    carried = forms.read(call.metadata)
    if door is Door.FORM and isinstance(carried.get("channel"), str):
        current = unit.records.current(call.place.team_id, str(carried["channel"]), lock=lock)
        if current:
            yield current
    named = [
        call.text.partition(":")[0],
        carried.get("record"),
        _of_proposal(unit, call.text),
        _of_proposal(unit, carried.get("proposal")),
    ]
    for record_id in dict.fromkeys(each for each in named if isinstance(each, str) and each):
        record = unit.records.get(record_id, lock=lock)
        if record:
            yield record


def _of_proposal(unit: Unit, proposal_id: object) -> str | None:
    proposal = unit.ledger.proposal(proposal_id) if isinstance(proposal_id, str) and proposal_id else None
    return proposal.postmortem_id if proposal else None


def _of_noticed(unit: Unit, call: Call) -> str | None:
    """The channel of the incident without a record that a button names."""
    found = unit.noticed.get(call.text) if call.text else None
    return found.channel_id if found is not None and found.team_id == call.place.team_id else None


def _named(door: Door, call: Call) -> str:
    """The note, question or lines that a button names, or that a form was opened for."""
    carried = forms.read(call.metadata) if door is Door.FORM else {}
    named = carried.get("question") or carried.get("check") or call.text
    return named if isinstance(named, str) and door not in _IN_CHANNEL else ""


def _direct(call: Call) -> bool:
    name = call.channel_name
    return name in _NOT_A_CHANNEL or name.startswith("mpdm-") or call.place.channel_id.startswith("D")
