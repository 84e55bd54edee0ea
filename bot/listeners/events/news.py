"""The events: what happened in Slack that a record must follow. Whatever has no entry is acknowledged and costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.harvest import person
from bot.listeners.desk import Desk
from bot.ports.store import Unit

News = Callable[[Desk, Unit, str, Mapping[str, Any], datetime], None]


def person_changed(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """`user_change` and `team_join` carry the whole person (R-09)."""
    user = event.get("user")
    if isinstance(user, dict) and user.get("id"):
        desk.person_changed(unit, team_id, person.from_slack(user), now)


def replied(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """A reply in a thread that was read: it is read again at the next harvest."""
    channel, thread = event.get("channel"), event.get("thread_ts")
    if isinstance(channel, str) and isinstance(thread, str) and event.get("ts") != thread:
        unit.harvests.touch_thread(team_id, channel, thread)


EVENTS: Mapping[str, News] = {
    "user_change": person_changed,
    "team_join": person_changed,
    "message": replied,
}
