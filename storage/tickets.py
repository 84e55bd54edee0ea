"""Tickets in their table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.tickets import KeptTicket, TicketState
from storage import statements, ticket_tables

_T = ticket_tables.ticket
_ONE = sa.select(_T).where(_T.c.action_id == sa.bindparam("this"))
_BY_ID = {False: _ONE, True: _ONE.with_for_update()}
_OF_RECORD = sa.select(_T).where(_T.c.postmortem_id == sa.bindparam("record")).order_by(_T.c.asked_at, _T.c.action_id)

_THIS: sa.BindParameter[str] = sa.bindparam("key")
_OF_KEY = sa.select(_T).where(sa.or_(_T.c.key == _THIS, _T.c.linking == _THIS)).order_by(_T.c.asked_at, _T.c.action_id)


class SqlTickets:
    """bot.ports.tickets.Tickets."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def get(self, action_id: str, *, lock: bool = False) -> KeptTicket | None:
        """That of an action item."""
        row = statements.one(self._conn, _BY_ID[lock], {"this": action_id})
        return None if row is None else _ticket(row)

    def of_record(self, postmortem_id: str) -> Sequence[KeptTicket]:
        """Those of a record, in the order in which they were asked for."""
        return [_ticket(row) for row in statements.rows(self._conn, _OF_RECORD, {"record": postmortem_id})]

    def of_key(self, key: str) -> Sequence[KeptTicket]:
        """Those that are, or are to be, this one of the tracker, of whatever record."""
        return [_ticket(row) for row in statements.rows(self._conn, _OF_KEY, {"key": key})]

    def put(self, ticket: KeptTicket) -> None:
        """Insert or replace by the action item's id."""
        statements.upsert(self._conn, _T, [_row(ticket)])


def _row(ticket: KeptTicket) -> dict[str, Any]:
    due = ticket.due.isoformat() if ticket.due else None
    changed = {"state": ticket.state.value, "tags": list(ticket.tags), "wants": list(ticket.wants), "due": due}
    extra = {name: value if isinstance(value, str) else list(value) for name, value in ticket.extra.items()}
    return asdict(ticket) | changed | {"extra": extra}


def _ticket(row: Mapping[str, Any]) -> KeptTicket:
    extra = {name: value if isinstance(value, str) else tuple(value) for name, value in row["extra"].items()}
    due = date.fromisoformat(row["due"]) if row["due"] else None
    given = {"state": TicketState(row["state"]), "extra": extra, "due": due}
    lists = {name: tuple(row[name]) for name in ("tags", "wants")}
    return KeptTicket(**{**row, **given, **lists})
