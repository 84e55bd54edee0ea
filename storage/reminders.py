"""Reminders that were handed to the outbox, each once for ever, and the people who want fewer of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.quiet import Quiet
from bot.domain.reminders import Nudge, Reminder, Told
from storage import reminder_tables as t
from storage import statements

_R, _Q = t.reminder, t.quiet
_THIS: sa.BindParameter[str] = sa.bindparam("this")
_TOLD = sa.select(_R).where(_R.c.postmortem_id == _THIS)
_QUIET = sa.select(_Q).where(_Q.c.postmortem_id == _THIS)


class SqlReminders:
    """bot.ports.reminders.Reminders."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def told(self, postmortem_id: str) -> frozenset[Told]:
        """Every reminder of the record that was handed over."""
        rows = statements.rows(self._conn, _TOLD, {"this": postmortem_id})
        return frozenset((row["recipient"], Nudge(row["nudge"]), row["about"], row["number"]) for row in rows)

    def tell(self, postmortem_id: str, reminders: Iterable[Reminder], at: datetime) -> None:
        """Remember that these were handed over; one that was before stays as it is."""
        new = [
            {
                "postmortem_id": postmortem_id, "recipient": each.to, "nudge": each.nudge.value, "about": each.about,
                "number": each.number, "at": at,
            }
            for each in reminders
        ]  # fmt: skip
        statements.add_new(self._conn, _R, new)

    def quiet(self, postmortem_id: str) -> Mapping[str, Quiet]:
        """Who wants to be left in peace, by user id."""
        rows = statements.rows(self._conn, _QUIET, {"this": postmortem_id})
        return {row["user_id"]: Quiet(**row) for row in rows}

    def put_quiet(self, quiet: Quiet) -> None:
        """Insert or replace."""
        statements.upsert(self._conn, _Q, [asdict(quiet)])
