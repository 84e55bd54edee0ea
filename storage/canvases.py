"""Canvases that show documents, in their table."""

from __future__ import annotations

from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.kept_canvas import CanvasState, KeptCanvas
from storage import canvas_tables, foreseen, statements

_T = canvas_tables.document_canvas
_ONE = sa.select(_T).where(_T.c.postmortem_id == sa.bindparam("this"))


class SqlCanvases:
    """bot.ports.canvases.Canvases."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def get(self, postmortem_id: str) -> KeptCanvas | None:
        """What is known of the record's."""
        row = foreseen.one(self._conn, _T, postmortem_id, _ONE)
        return None if row is None else KeptCanvas(**{**row, "state": CanvasState(row["state"])})

    def put(self, canvas: KeptCanvas) -> None:
        """Insert or replace by record."""
        statements.upsert(self._conn, _T, [asdict(canvas) | {"state": canvas.state.value}])
