"""The events: what happened in Slack that a record must follow. Whatever has no entry is acknowledged and costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.harvest import heard, person
from bot.domain.room import How
from bot.listeners.answer import Answer
from bot.listeners.desk import Desk
from bot.listeners.events import installation, marks, noticed, review, rooms, tab
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


def another_person(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
    """Whether anything that we keep of the person is another: most changes are of a status or a picture."""
    user = event.get("user")
    if not isinstance(user, dict) or not isinstance(user.get("id"), str) or not user["id"]:
        return False
    return unit.people.get(team_id, user["id"]) != person.from_slack(user)


def person_changed(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """`user_change` and `team_join` carry the whole person (R-09)."""
    desk.person_changed(unit, team_id, person.from_slack(event["user"]), now)


def wrote_here(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
    """Something in the channel of an open record, or a reply to a post that asks for the review: one indexed look-up. Or a sign
    of an incident without a record (R-01)."""
    channel = event.get("channel")
    if isinstance(channel, str) and unit.records.concerned(team_id, channel, heard.thread_of(event)):
        return True
    return noticed.told_here(unit, team_id, event)


def wrote(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """Under the review post it is a note; in a record's channel it is kept as a reading would keep it."""
    review.heard(desk, unit, team_id, event, now)
    if marks.rewritten(event):
        marks.heard(desk, unit, team_id, event, now)
    if noticed.told_here(unit, team_id, event):
        noticed.heard(desk, unit, team_id, event, now)
    message, thread = heard.version(event), heard.moved_thread(event)
    if message is not None:
        desk.hear_message(unit, team_id, message, now)
    elif thread is not None:
        unit.harvests.touch_thread(team_id, str(event["channel"]), thread)


def _either(one: News, other: News | None) -> News:
    """An event that may concern a record, or an incident without one."""
    if other is None:
        return one

    def concerns(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
        return one.concerns(unit, team_id, event) or other.concerns(unit, team_id, event)

    def hear(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
        for each in (one, other):
            if each.concerns(unit, team_id, event):
                each.hear(desk, unit, team_id, event, now)

    return News(hear, concerns)


# What becomes of a channel with an incident that has no post-mortem.
_PUT_AWAY = {what: News(noticed.put_away, noticed.waits_here) for what in ("archive", "rename")}

EVENTS: Mapping[str, News] = {
    "user_change": News(person_changed, another_person),
    "team_join": News(person_changed, another_person),
    "message": News(wrote, wrote_here),
    "reaction_added": News(marks.reacted, marks.on_message, marks.marks),
    "reaction_removed": News(marks.reacted, marks.on_message, marks.marks),
    "pin_added": News(marks.pinned, marks.on_channel, marks.pins),
    "pin_removed": News(marks.pinned, marks.on_channel, marks.pins),
    "member_joined_channel": News(rooms.joined, rooms.member),
    "member_left_channel": News(rooms.left, rooms.member),
    "app_home_opened": News(tab.opened, tab.is_home),
    **{
        f"{kind}_{what}": _either(News(hear, rooms.ours), _PUT_AWAY.get(what))
        for kind in ("channel", "group")
        for what, hear in {
            "archive": rooms.closed(How.ARCHIVED),
            "deleted": rooms.closed(How.DELETED),
            "left": rooms.closed(How.LEFT),
            "rename": rooms.renamed,
            "unarchive": rooms.unarchived,
        }.items()
    },
    "channel_id_changed": News(rooms.moved, rooms.was_ours),
    "tokens_revoked": News(installation.revoked),
    "app_uninstalled": News(installation.uninstalled),
}
