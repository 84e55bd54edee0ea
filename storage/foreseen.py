"""Which tables have anything of one record, asked in one statement: a whole record is spread over dozens of tables, most of which
have nothing of it, and each costs a way to the database and back.

Only within a view that stays as it is: where something may be written, everything is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage import (
    canvas_tables,
    capture_tables,
    mail_draft_tables,
    mail_tables,
    report_tables,
    statements,
    tables,
    ticket_tables,
)
from storage import engine as engines
from storage import harvest_tables as h
from storage import life_tables as t

TABLES = (
    *(h.analysis, h.role_claim, h.responder, h.timeline_item, h.todo, h.recording, h.query),
    *(t.section, t.meeting, t.external_message, t.timeline_entry, t.action_item, t.query_entry, t.record_channel),
    *(t.review_note, t.approval, t.looked_at, t.question, t.line_check, capture_tables.capture, mail_tables.mail),
    *(mail_draft_tables.mail_draft, ticket_tables.ticket, report_tables.record_file, canvas_tables.document_canvas),
    *(tables.proposal, tables.severity_change, tables.document_file),
)
_OPTION = "foreseen"
_THIS = {"sqlite": "?1", "postgresql": "%(this)s"}
"""One value for all tables, in the words of each driver: SQLAlchemy would send it once for each."""


def foresee(conn: Connection, postmortem_id: str) -> None:
    """Everything of this record is going to be asked for; in a transaction that writes nothing comes of it."""
    if conn.get_execution_options().get(engines.READ_ONLY):
        name = conn.dialect.name
        this: Any = {"this": postmortem_id} if name == "postgresql" else (postmortem_id,)
        found = conn.exec_driver_sql(_FILLED[name], this).scalars()
        conn.execution_options(**{_OPTION: (postmortem_id, frozenset(found))})


def rows(
    conn: Connection, table: sa.Table, postmortem_id: str, query: sa.Select[Any], given: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """What a query finds of a record in one table. `given` are the values of its parameters, where they are more than "this"."""
    if _nothing(conn, table, postmortem_id):
        return []
    return statements.rows(conn, query, given or {"this": postmortem_id})


def one(conn: Connection, table: sa.Table, postmortem_id: str, query: sa.Select[Any]) -> dict[str, Any] | None:
    """The only row of a record in one table, or None."""
    return None if _nothing(conn, table, postmortem_id) else statements.one(conn, query, {"this": postmortem_id})


def _nothing(conn: Connection, table: sa.Table, postmortem_id: str) -> bool:
    foreseen: tuple[str, frozenset[str]] | None = conn.get_execution_options().get(_OPTION)
    if foreseen is None or foreseen[0] != postmortem_id:
        return False
    assert table in TABLES, f"{table} is not foreseen"
    return table.name not in foreseen[1]


def _filled(this: str) -> str:
    return " UNION ALL ".join(
        f"SELECT '{table.name}' WHERE EXISTS (SELECT 1 FROM \"{table.name}\" WHERE postmortem_id = {this})"  # noqa: S608
        for table in TABLES
    )


_FILLED = {dialect: _filled(this) for dialect, this in _THIS.items()}
