"""The button that takes a merge back, and what the command and the forms of a merge show."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from bot.blocks import ids, lines, merge_form, replies
from bot.domain.errors import Refused
from bot.listeners import layers
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases.merge_records import Plan, Undone


def undo(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Both as they were before, as far as nothing was changed since."""
    primary, other = merge_form.read_undo(call.text)
    done = taken_back(desk, unit, call, primary, other, now)
    return layers.said(call, replies.say(undone(done)), "Taken back")


def taken_back(desk: Desk, unit: Unit, call: Call, primary: str, other: str | None, now: datetime) -> Undone:
    """The merge is undone, and the channel of the part is its own again."""
    done = desk.merge.undo(unit, call.place.team_id, primary, other, call.place.user_id, now)
    if done.other is not None:
        with suppress(Refused):
            desk.remove_channel(unit, call.place.team_id, primary, done.other.channel_id, call.place.user_id, now)
    return done


def form(plan: Plan) -> dict[str, Any]:
    """Both, and what will hold."""
    return merge_form.confirm(
        plan.primary, plan.other, plan.after, plan.change, plan.alone, plan.said, plan.stamp, len(plan.lines)
    )  # fmt: skip


def undone(done: Undone) -> str:
    """What the one who took it back is told."""
    kept = f" Changed since, and left as it is: {', '.join(done.kept)}." if done.kept else ""
    gone = "" if done.other else f" {done.name} itself is not there any more."
    return f"{done.name} is no part of {lines.name(done.primary)} any more; both channels are told.{kept}{gone}"


BUTTONS: Mapping[str, Press] = {ids.MERGE_UNDO: undo}
