"""Which messages belong to a post-mortem: a record has a window of time in a channel, not a channel (R-01)."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.harvest.analyse import Window
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem

LEAD = timedelta(minutes=15)


def slack_ts(at: datetime) -> str:
    """An aware instant as a Slack timestamp with six digits after the dot."""
    micros = (at - datetime.fromtimestamp(0, tz=at.tzinfo)) // timedelta(microseconds=1)
    return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"


def oldest(record: Postmortem, policy: Policy, now: datetime) -> str:
    """Where reading begins (exclusive): before the incident when its start is known, else where the window of the previous
    record ended, else as far back as the policy says; "0" is the beginning of the channel."""
    candidates = [record.window_from] if record.window_from else []
    if record.times.started_at:
        candidates.append(record.times.started_at - LEAD)
    elif policy.lookback:
        candidates.append(now - policy.lookback)
    return slack_ts(max(candidates)) if candidates else "0"


def window(record: Postmortem) -> Window:
    """The bounds of the analysis."""
    started = record.times.started_at or record.window_from
    return Window(started_at=started, resolved_at=record.times.resolved_at, until=record.window_until)
