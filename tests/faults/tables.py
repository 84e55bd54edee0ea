"""What a harvest left in the database, to the byte, with the record's own id left out; and without our own messages, which are
kept where somebody answered them, so that it depends on when the channel was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Engine

from storage import harvest_tables as t

COMPARED = (
    t.harvest_message,
    t.harvest_thread,
    t.responder,
    t.timeline_item,
    t.todo,
    t.recording,
    t.query,
    t.role_claim,
)
Dump = Mapping[str, list[tuple[Any, ...]]]


def dump(engine: Engine) -> Dump:
    """Every row of the compared tables as the driver hands it out, in order of its key."""
    with engine.connect() as conn:
        return {table.name: [tuple(row) for row in conn.exec_driver_sql(_query(table))] for table in COMPARED}


def _query(table: Any) -> str:
    names = [column.name for column in table.columns if column.name != "postmortem_id"]
    order = [column.name for column in table.primary_key if column.name != "postmortem_id"]
    ours = " WHERE ts NOT IN (SELECT ts FROM posted)" if table in (t.harvest_message, t.harvest_thread) else ""
    return f"SELECT {', '.join(names)} FROM {table.name}{ours} ORDER BY {', '.join(order)}"


def count(engine: Engine, table: str) -> int:
    """How many rows a table has."""
    with engine.connect() as conn:
        return int(conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
