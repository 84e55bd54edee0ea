"""Tickets in their table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.status import Status
from bot.domain.ticket_status import Due
from bot.domain.tickets import KeptTicket, TicketState
from storage import foreseen, statements, tables, ticket_tables

_T = ticket_tables.ticket
_ONE = sa.select(_T).where(_T.c.action_id == sa.bindparam("this"))
_BY_ID = {False: _ONE, True: _ONE.with_for_update()}
_P = tables.postmortem
_OF_WORKSPACE = sa.select(_T).join(_P, _P.c.id == _T.c.postmortem_id).where(_P.c.team_id == sa.bindparam("team"))
_WITH_KEY = _OF_WORKSPACE.where(_T.c.key == sa.bindparam("named")).order_by(_T.c.action_id)
# SQLite takes some thousands of parameters in a statement.
_MANY = 500
_OF_RECORD = sa.select(_T).where(_T.c.postmortem_id == sa.bindparam("this")).order_by(_T.c.asked_at, _T.c.action_id)

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
        return [_ticket(row) for row in foreseen.rows(self._conn, _T, postmortem_id, _OF_RECORD)]

    def of_key(self, key: str) -> Sequence[KeptTicket]:
        """Those that are, or are to be, this one of the tracker, of whatever record."""
        return [_ticket(row) for row in statements.rows(self._conn, _OF_KEY, {"key": key})]

    def of_records(self, postmortem_ids: Sequence[str]) -> Sequence[KeptTicket]:
        """Those of several records."""
        found: list[KeptTicket] = []
        for start in range(0, len(postmortem_ids), _MANY):
            these = sa.select(_T).where(_T.c.postmortem_id.in_(postmortem_ids[start : start + _MANY]))
            found += map(_ticket, statements.rows(self._conn, these.order_by(_T.c.asked_at, _T.c.action_id)))
        return found

    def with_key(self, team_id: str, key: str) -> Sequence[KeptTicket]:
        """Those of a workspace that stand in the tracker under this key."""
        return [_ticket(row) for row in statements.rows(self._conn, _WITH_KEY, {"team": team_id, "named": key})]

    def to_read(self, team_id: str, due: Due, *, limit: int) -> Sequence[KeptTicket]:
        """Those whose status is to be read back, the longest unread first."""
        over = sa.or_(_T.c.done, _T.c.gone)
        unread = sa.or_(
            _T.c.read_at.is_(None), _T.c.read_at <= due.over_before, sa.and_(~over, _T.c.read_at <= due.open_before)
        )
        followed = sa.or_(_P.c.status != Status.CLOSED.value, _P.c.closed_at > due.closed_after)
        made = (_T.c.state == TicketState.MADE.value, _T.c.key != "")
        query = _OF_WORKSPACE.where(*made, unread, followed).order_by(_T.c.read_at.nulls_first(), _T.c.action_id)
        return [_ticket(row) for row in statements.rows(self._conn, query.limit(limit), {"team": team_id})]

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
