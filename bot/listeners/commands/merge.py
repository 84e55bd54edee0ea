"""`/postmortem merge #channel`: two post-mortems are about one incident; `merge undo` takes that back (PROCESS 1.2)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import merge_form, replies
from bot.domain import mentions
from bot.domain.errors import Refused
from bot.listeners import layers
from bot.listeners.actions import merging
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases.merge_records import NOT_SEEN

UNDO = "undo"
NOBODY = "There is no other open post-mortem that you may see and that has the same readers: nothing can be merged into {name}."
NOT_OPENED = "The form did not open. Please type it again."


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Show what it would do, or ask which one is meant."""
    record, by = status.current(unit, call, lock=True), call.place.user_id
    desk.merge.check_right(unit, record, by)
    if call.text.strip().lower() == UNDO:
        return Answer(replies.say(merging.undone(merging.taken_back(desk, unit, call, record.id, None, now))))
    others = desk.merge.candidates(unit, record, by)
    meant = desk.merge.meant(unit, record, mentions.channels(call.text), call.text, others, by)
    if meant is not None:
        plan = desk.merge.plan(unit, record, meant, by, now)
        return Answer(screens=(layers.shown(call, merging.form(plan), NOT_OPENED),))
    intro = NOT_SEEN if call.text.strip() else ""
    if not others:
        raise Refused(f"{intro} {NOBODY.format(name=record.name)}".strip())
    channels = unit.channels.some(record.team_id, {each.channel_id for each in others})
    view = merge_form.pick(record, [(each, channels.get(each.channel_id)) for each in others], intro)
    return Answer(screens=(layers.shown(call, view, NOT_OPENED),))


MERGE = Subcommand(
    "merge",
    "merge #channel",
    "another post-mortem is about the same incident: it becomes a part of this one; `merge undo`",
    run,
)
