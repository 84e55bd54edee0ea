"""The events: what happened in Slack that a record must follow. Whatever has no entry is acknowledged and costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.harvest import person
from bot.listeners.answer import Answer
from bot.listeners.desk import Desk
from bot.listeners.events import marks, noticed, review, tab
from bot.ports.store import Unit

Hear = Callable[[Desk, Unit, str, Mapping[str, Any], datetime], Answer | None]
Concerns = Callable[[Unit, str, Mapping[str, Any]], bool]
Means = Callable[[Desk, Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class News:
    """What is done about an event, and whether it concerns us at all: most of a workspace's messages do not. `means` is asked
    first, without the memory: most reactions mean nothing."""

    hear: Hear
    concerns: Concerns = lambda unit, team_id, event: True
    means: Means = lambda desk, event: True


def reply_here(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
    """A reply in a channel that has an open record: one indexed look-up."""
    channel, thread = event.get("channel"), event.get("thread_ts")
    if not isinstance(channel, str) or not isinstance(thread, str) or event.get("ts") == thread:
        return False
    return unit.records.current(team_id, channel) is not None


def person_changed(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """`user_change` and `team_join` carry the whole person (R-09)."""
    user = event.get("user")
    if isinstance(user, dict) and isinstance(user.get("id"), str) and user["id"]:
        desk.person_changed(unit, team_id, person.from_slack(user), now)


def known_channel(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
    """A channel that was read because of a record: one indexed look-up."""
    channel = event.get("channel")
    return isinstance(channel, str) and unit.channels.get(team_id, channel) is not None


def joined(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """Who came into a private channel may see its post-mortem from now on."""
    unit.channels.join(team_id, str(event["channel"]), str(event.get("user") or ""))


def left(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """Who left it may not any more."""
    unit.channels.leave(team_id, str(event["channel"]), str(event.get("user") or ""))


def wrote_here(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
    """A message that was edited or is gone, a reply that the harvest has to know of, one to a post that asks for the review, or
    a sign of an incident without a record (R-01)."""
    if marks.rewritten(event) and marks.followed(unit, team_id, event.get("channel")):
        return True
    heard_of = (reply_here, review.under_review, noticed.told_here)
    return any(concerns(unit, team_id, event) for concerns in heard_of)


def replied(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """A reply in a thread that was read: it is read again at the next harvest; under the review post it is a note."""
    if marks.rewritten(event):
        marks.heard(desk, unit, team_id, event, now)
    if reply_here(unit, team_id, event):
        unit.harvests.touch_thread(team_id, str(event["channel"]), str(event["thread_ts"]))
    review.heard(desk, unit, team_id, event, now)
    noticed.heard(desk, unit, team_id, event, now)


EVENTS: Mapping[str, News] = {
    "user_change": News(person_changed),
    "team_join": News(person_changed),
    "message": News(replied, wrote_here),
    "member_joined_channel": News(joined, known_channel),
    "member_left_channel": News(left, known_channel),
    "reaction_added": News(marks.reacted, marks.on_message, marks.marks),
    "reaction_removed": News(marks.reacted, marks.on_message, marks.marks),
    "pin_added": News(marks.pinned, marks.on_channel, marks.pins),
    "pin_removed": News(marks.pinned, marks.on_channel, marks.pins),
    "channel_archive": News(noticed.put_away, noticed.waits_here),
    "channel_rename": News(noticed.put_away, noticed.waits_here),
    "group_archive": News(noticed.put_away, noticed.waits_here),
    "group_rename": News(noticed.put_away, noticed.waits_here),
    "app_home_opened": News(tab.opened, tab.is_home),
}
