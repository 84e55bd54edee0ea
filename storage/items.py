"""The timeline and the action items that people stand behind, and what became of each proposal of the harvest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.actions import ActionItem, ActionKind, Decision, Priority
from bot.domain.harvest.finding import TimelineKind
from bot.domain.postmortem import DocumentFile, FileState
from bot.domain.timeline import Item
from storage import foreseen, statements
from storage import harvest_tables as h
from storage import life_tables as t

_THIS: sa.BindParameter[str] = sa.bindparam("this")
_I, _A, _F = t.timeline_entry, t.action_item, t.action_file
_ITEMS = sa.select(_I).where(_I.c.postmortem_id == _THIS).order_by(_I.c.at, _I.c.rank, _I.c.ts, _I.c.line, _I.c.id)
# Those that were decided at once are in the order of the chat.
_PLACE = (_A.c.at, sa.func.coalesce(_A.c.ts, ""), _A.c.line, _A.c.id)
_ACTIONS = sa.select(_A).where(_A.c.postmortem_id == _THIS).order_by(*_PLACE)
_FILES = sa.select(_F).where(_F.c.postmortem_id == _THIS).order_by(_F.c.reserved_at, _F.c.file_id)
_OF_MESSAGE = (
    sa.select(_I)
    .where(_I.c.postmortem_id == _THIS, _I.c.ts == sa.bindparam("at_ts"), _I.c.channel_id == sa.bindparam("channel"))
    .order_by(_I.c.line, _I.c.id)
)
_FOUND = h.timeline_item
_PROPOSE_AGAIN = (
    _FOUND.update()
    .where(_FOUND.c.postmortem_id == _THIS, _FOUND.c.ts == sa.bindparam("at_ts"), _FOUND.c.line == sa.bindparam("at_line"))
    .where(_FOUND.c.state == h.REJECTED)
    .values(state=h.PROPOSED)
)  # fmt: skip
_FORGET = _I.delete().where(_I.c.postmortem_id == _THIS, _I.c.id == sa.bindparam("item"))
_PROPOSED: Mapping[str, sa.Table] = {"timeline": h.timeline_item, "todo": h.todo, "query": h.query}
_WAITING: Mapping[str, sa.Select[Any]] = {
    kind: sa.select(table.c.ts, table.c.line)
    .where(table.c.postmortem_id == _THIS, table.c.state == h.PROPOSED)
    .order_by(table.c.position)
    for kind, table in _PROPOSED.items()
}


class SqlItems:
    """bot.ports.life.Items."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def timeline(self, postmortem_id: str) -> Sequence[Item]:
        """All items, removed ones too, by the time of the event."""
        return [_item(row) for row in foreseen.rows(self._conn, _I, postmortem_id, _ITEMS)]

    def of_message(self, postmortem_id: str, channel_id: str, ts: str) -> Sequence[Item]:
        """The items that come from one message, removed ones too."""
        given = {"this": postmortem_id, "channel": channel_id, "at_ts": ts}
        return [_item(row) for row in statements.rows(self._conn, _OF_MESSAGE, given)]

    def put_item(self, item: Item) -> None:
        """Insert or replace by id."""
        self.put_items([item])

    def put_items(self, items: Sequence[Item]) -> None:
        """The same for several, in one statement."""
        rows = [asdict(item) | {"kind": item.kind.value, "evidence": list(item.evidence)} for item in items]
        statements.upsert(self._conn, _I, rows)

    def propose_again(self, postmortem_id: str, dropped: Sequence[Item]) -> None:
        """These lines, made when proposals were dropped, are gone, and their proposals wait for a word again."""
        places = {(item.ts, item.line) for item in dropped}
        given = [{"this": postmortem_id, "at_ts": ts, "at_line": line} for ts, line in sorted(places, key=str)]
        self._conn.execute(_PROPOSE_AGAIN, given)
        self._conn.execute(_FORGET, [{"this": postmortem_id, "item": item.id} for item in dropped])

    def actions(self, postmortem_id: str) -> Sequence[ActionItem]:
        """All action items and decided TODOs in the order in which they were made; a change leaves each in its place."""
        rows = foreseen.rows(self._conn, _A, postmortem_id, _ACTIONS)
        return [action(row) for row in rows]

    def put_action(self, item: ActionItem) -> None:
        """Insert or replace by id."""
        due = item.due.isoformat() if item.due else None
        statements.upsert(self._conn, _A, [asdict(item) | {"due": due}])

    def take_back(self, item: ActionItem) -> bool:
        """The decision on a TODO is gone, and it waits for one again. False, and nothing is changed, where no TODO is known."""
        table = h.todo
        this = (table.c.postmortem_id == item.postmortem_id, table.c.ts == item.ts, table.c.line == item.line)
        waits = table.update().where(*this, table.c.state == h.CONFIRMED).values(state=h.PROPOSED)
        if not self._conn.execute(waits).rowcount:
            return False
        self._conn.execute(_A.delete().where(_A.c.postmortem_id == item.postmortem_id, _A.c.id == item.id))
        return True

    def action_files(self, postmortem_id: str) -> Sequence[DocumentFile]:
        """All uploaded lists of action items, oldest first."""
        rows = statements.rows(self._conn, _FILES, {"this": postmortem_id})
        return [DocumentFile(**{**row, "state": FileState(row["state"])}) for row in rows]

    def put_action_file(self, file: DocumentFile) -> None:
        """Insert or update by file id."""
        statements.upsert(self._conn, _F, [asdict(file)])

    def settle(self, postmortem_id: str, kind: str, ts: str, line: int, *, confirmed: bool) -> bool:
        """A person said yes or no to a proposal. False when none waits there for a word."""
        table = _PROPOSED[kind]
        this = (table.c.postmortem_id == postmortem_id, table.c.ts == ts, table.c.line == line)
        state = h.CONFIRMED if confirmed else h.REJECTED
        change = table.update().where(*this, table.c.state == h.PROPOSED).values(state=state)
        return self._conn.execute(change).rowcount > 0

    def waiting(self, postmortem_id: str, kind: str) -> Sequence[tuple[str, int]]:
        """(ts, line) of the proposals that nobody has decided on, in the order of the analysis."""
        rows = foreseen.rows(self._conn, _PROPOSED[kind], postmortem_id, _WAITING[kind])
        return [(row["ts"], row["line"]) for row in rows]


def action(row: Mapping[str, Any]) -> ActionItem:
    """One row of the table as the domain knows it."""
    made = {
        "decision": Decision(row["decision"]),
        "kind": ActionKind(row["kind"]) if row["kind"] else None,
        "priority": Priority(row["priority"]) if row["priority"] else None,
        "due": date.fromisoformat(row["due"]) if row["due"] else None,
        "was": Decision(row["was"]) if row["was"] else None,
    }
    return ActionItem(**{**row, **made})


def _item(row: Mapping[str, Any]) -> Item:
    return Item(**{**row, "kind": TimelineKind(row["kind"]), "evidence": tuple(row["evidence"])})
