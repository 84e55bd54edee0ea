"""Which tables of a database have rows, asked in one statement: most have none, and there are dozens to read or to empty."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage import harvest_tables

TABLES = harvest_tables.harvest.metadata.sorted_tables
FILLED = " UNION ALL ".join(f"SELECT '{table.name}' WHERE EXISTS (SELECT 1 FROM {table.name})" for table in TABLES)
_FILLED = sa.text(FILLED)


def filled(conn: Connection) -> list[sa.Table]:
    """The tables that have rows; what hangs on another comes after it."""
    names = set(conn.scalars(_FILLED))
    return [table for table in TABLES if table.name in names]


def empty(conn: Connection) -> None:
    """Take every row out."""
    for table in reversed(filled(conn)):
        conn.execute(table.delete())
