"""What an organisation decides for itself: zone, calendar, who may designate, how long silence is waited for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta

from bot.domain.business_time import Calendar
from bot.domain.deadlines import Roll


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules that configuration may change.

    `ic_group` is a Slack user group (S…) whose members may designate like an IC (R-06); `ic_users` names such people one by one.
    `silence` is working time: how long a proposal or a new owner may stay unanswered (R-06, R-07).
    `lookback` bounds how far back a channel is read while the incident's times are unknown; None reads all of it.
    """

    calendar: Calendar = field(default_factory=lambda: Calendar("UTC"))
    roll: Roll = Roll.NONE
    ic_group: str | None = None
    ic_users: frozenset[str] = frozenset()
    allow_external_owner: bool = False
    silence: timedelta = timedelta(hours=4)
    lookback: timedelta | None = None
    people_max_age: timedelta = timedelta(hours=24)
    workday: tuple[time, time] = (time(9), time(17))
