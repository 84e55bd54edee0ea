"""What was heard of marked, edited and deleted messages, a row a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.capture import Capture, Heard, Mark, Question, Text
from bot.domain.harvest import message as messages
from storage import capture_tables, foreseen, statements

_T = capture_tables.capture
_THIS: sa.BindParameter[str] = sa.bindparam("this")
_ALL = sa.select(_T).where(_T.c.postmortem_id == _THIS).order_by(_T.c.channel_id, _T.c.ts)
_ONE = sa.select(_T).where(
    _T.c.postmortem_id == _THIS, _T.c.channel_id == sa.bindparam("channel"), _T.c.ts == sa.bindparam("at")
)
_HELD = _ONE.with_for_update()


class SqlCaptures:
    """bot.ports.capture.Captures."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def get(self, postmortem_id: str, channel_id: str, ts: str, *, lock: bool = False) -> Capture | None:
        """One message, or None when nothing was heard of it."""
        given = {"this": postmortem_id, "channel": channel_id, "at": ts}
        row = statements.one(self._conn, _HELD if lock else _ONE, given)
        return None if row is None else _capture(row)

    def hear(self, capture: Capture) -> Capture:
        """What is in it is joined to what was heard before, under a lock; the same event twice changes nothing."""
        statements.add_new(self._conn, _T, [_row(Capture(capture.postmortem_id, capture.channel_id, capture.ts))])
        held = self.get(capture.postmortem_id, capture.channel_id, capture.ts, lock=True)
        after = (held or capture).hearing(capture)
        if after != held:
            self.put(after)
        return after

    def put(self, capture: Capture) -> None:
        """Insert or replace."""
        statements.upsert(self._conn, _T, [_row(capture)])

    def all(self, postmortem_id: str) -> Sequence[Capture]:
        """Everything heard of a record's messages."""
        return [_capture(row) for row in foreseen.rows(self._conn, _T, postmortem_id, _ALL)]


def _row(capture: Capture) -> dict[str, Any]:
    heard = capture.heard
    return {
        "postmortem_id": capture.postmortem_id,
        "channel_id": capture.channel_id,
        "ts": capture.ts,
        "heard": {
            "marks": [[each.name, each.user_id, each.at, each.on] for each in heard.marks],
            "texts": [[each.edited_ts, each.said] for each in heard.texts],
            "deleted_at": heard.deleted_at.isoformat() if heard.deleted_at else None,
        },
        "body": messages.to_json(capture.body) if capture.body else None,
        "item_id": capture.item_id,
        "item_version": capture.item_version,
        "shown_ts": capture.shown_ts,
        "withdrawn": capture.withdrawn,
        "question": capture.question.value,
        "marked": capture.marked,
        "trouble": capture.trouble,
    }


def _capture(row: Mapping[str, Any]) -> Capture:
    heard, body = row["heard"], row["body"]
    gone = heard["deleted_at"]
    return Capture(
        **{
            **row,
            "heard": Heard(
                tuple(Mark(*each) for each in heard["marks"]),
                tuple(Text(*each) for each in heard["texts"]),
                datetime.fromisoformat(gone) if gone else None,
            ),
            "body": messages.from_json(body) if body else None,
            "question": Question(row["question"]),
        }
    )
