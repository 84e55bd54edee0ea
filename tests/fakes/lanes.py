"""What waits in each lane of the outbox, asked in one statement: a test asks after every few rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.domain.outgoing import Lane
from storage import tables

_T = tables.outbox
_LEASED = sa.and_(_T.c.lease_until.is_not(None), _T.c.lease_until > _T.c.due_at)
# When each open row can be claimed.
_OPEN = sa.select(_T.c.lane, sa.case((_LEASED, _T.c.lease_until), else_=_T.c.due_at)).where(_T.c.state == "open")


@dataclass(frozen=True)
class Waiting:
    """How long until the first row can be claimed, and how many can be now."""

    wait: timedelta
    due: int


def waiting(engine: Engine, now: datetime) -> Mapping[Lane, Waiting]:
    """The lanes that have open rows."""
    with engine.begin() as conn:  # committed: at ROLLBACK the driver forgets what Postgres keeps prepared
        rows = conn.execute(_OPEN).all()
    times: dict[str, list[timedelta]] = {}
    for lane, at in rows:
        times.setdefault(lane, []).append(max(timedelta(0), at - now))
    return {Lane(lane): Waiting(min(waits), waits.count(timedelta(0))) for lane, waits in times.items()}
