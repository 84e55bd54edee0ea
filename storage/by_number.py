"""A record by the name that people say, for operators at the command line, who know no ids."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage import tables

_P = tables.postmortem


def ids(conn: Connection, number: int) -> Sequence[str]:
    """The ids of the records with this number, one of each workspace that has it."""
    query = sa.select(_P.c.id).where(_P.c.number == number).order_by(_P.c.team_id)
    return conn.execute(query).scalars().all()


def everything(conn: Connection) -> Sequence[str]:
    """The ids of all records, by number."""
    return conn.execute(sa.select(_P.c.id).order_by(_P.c.number, _P.c.team_id)).scalars().all()
