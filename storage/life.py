"""What people wrote and decided, in the tables of life_tables.py: sections, the meeting, the message to customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.actors import Role
from bot.domain.booking import Booking, Outcome
from bot.domain.content import Content, Entry, Section
from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts, Posted
from bot.ports.errors import Outdated
from storage import foreseen, statements
from storage import life_tables as t

_THIS: sa.BindParameter[str] = sa.bindparam("this")
_S = t.section
_SECTIONS = sa.select(_S).where(_S.c.postmortem_id == _THIS)
_MEETING = sa.select(t.meeting).where(t.meeting.c.postmortem_id == _THIS)
_EXTERNAL = sa.select(t.external_message).where(t.external_message.c.postmortem_id == _THIS)
_SAVE = _S.update().where(
    _S.c.postmortem_id == _THIS, _S.c.section == sa.bindparam("which"), _S.c.version == sa.bindparam("before")
)
KNOWN = {each.value for each in Section}
_CHANGED = "Somebody else saved this section at this moment; nothing was saved."


class SqlContents:
    """bot.ports.life.Contents."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def load(self, postmortem_id: str) -> Content:
        """Every section of a record."""
        found = foreseen.rows(self._conn, _S, postmortem_id, _SECTIONS)
        entries = [entry(row) for row in found if row["section"] in KNOWN]
        return Content({entry.section: entry for entry in entries})

    def save(self, postmortem_id: str, entry: Entry) -> None:
        """Write a section whose stored version is the one before. Raises Outdated otherwise."""
        row = {"value": dict(entry.value), "version": entry.version, "by": entry.by, "at": entry.at}
        named = {"postmortem_id": postmortem_id, "section": entry.section.value}
        if entry.version == 1:
            saved = statements.count(self._conn, statements.adding(self._conn, _S), named | row)
        else:
            given = row | {"this": postmortem_id, "which": entry.section.value, "before": entry.version - 1}
            saved = self._conn.execute(_SAVE, given).rowcount
        if not saved:
            raise Outdated(_CHANGED)


class SqlMeetings:
    """bot.ports.life.Meetings."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def booking(self, postmortem_id: str) -> Booking | None:
        """The meeting; None before it was ever booked."""
        row = foreseen.one(self._conn, t.meeting, postmortem_id, _MEETING)
        return None if row is None else booking(row)

    def put_booking(self, booking: Booking) -> None:
        """Insert or replace."""
        row = asdict(booking) | {"outcome": booking.outcome.value, "confirmed_as": sorted(booking.confirmed_as)}
        statements.upsert(self._conn, t.meeting, [row])

    def external(self, postmortem_id: str) -> ExternalDecision:
        """Where the External Message stands; undecided before anybody decided."""
        row = foreseen.one(self._conn, t.external_message, postmortem_id, _EXTERNAL)
        if row is None:
            return ExternalDecision()
        return ExternalDecision(
            ExternalMessage(row["value"]),
            Parts(**row["text"]),
            row["by"],
            row["at"],
            row["reason"],
            Parts(**row["frozen"]) if row["frozen"] else None,
            Posted(row["posted_at"], row["posted_by"], row["posted_url"] or "") if row["posted_at"] else None,
        )

    def put_external(self, postmortem_id: str, decision: ExternalDecision) -> None:
        """Insert or replace."""
        posted = decision.posted
        row = {
            "postmortem_id": postmortem_id,
            "value": decision.value.value,
            "text": asdict(decision.text),
            "by": decision.by,
            "at": decision.at,
            "reason": decision.reason,
            "frozen": asdict(decision.frozen) if decision.frozen else None,
            "posted_at": posted.at if posted else None,
            "posted_by": posted.by if posted else None,
            "posted_url": posted.url if posted else None,
        }
        statements.upsert(self._conn, t.external_message, [row])


def entry(row: Mapping[str, Any]) -> Entry:
    """The section that the columns hold."""
    return Entry(Section(row["section"]), row["value"], row["version"], row["by"], row["at"])


def booking(row: Mapping[str, Any]) -> Booking:
    """The meeting that the columns hold."""
    roles = frozenset(Role(each) for each in row["confirmed_as"])
    return Booking(**{**row, "outcome": Outcome(row["outcome"]), "confirmed_as": roles})
