"""Records and persons taken out of every table. Ids are replaced wherever there is text, names only in the columns that
hold people's words: a name may well be a word that a state or a kind has, too."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.ports.erasure import Forgotten
from storage import life_tables as t
from storage import statements, tables
from storage.types import CleanText, JsonText

_T, _R = tables.postmortem, t.record_channel
Change = Callable[[str], str]
WORDS: Mapping[str, frozenset[str]] = {
    "postmortem": frozenset({"title", "waived_reason", "open_again_reason"}),
    "audit": frozenset({"old", "new", "via"}),
    "receipt": frozenset({"answer"}),
    "outbox": frozenset({"payload", "last_error"}),
    "section": frozenset({"value"}),
    "meeting": frozenset({"late_reason", "outcome_note"}),
    "external_message": frozenset({"text", "reason", "frozen"}),
    "timeline_entry": frozenset({"text", "waiver"}),
    "action_item": frozenset({"text", "reason", "assignee", "justification", "roi"}),
    "review_note": frozenset({"text"}),
    "query_entry": frozenset({"text", "tool", "result"}),
    "question": frozenset({"text", "answer"}),
    "line_check": frozenset({"said"}),
    "looked_at": frozenset({"reason"}),
    "invitee": frozenset({"reason"}),
    "capture": frozenset({"heard", "body"}),
    "noticed_incident": frozenset({"note"}),
    "ticket": frozenset({"extra", "trouble"}),
    "mail_draft": frozenset({"subject", "body", "recipients", "marks"}),
    "mail": frozenset({"to", "words", "refused", "trouble"}),
    "harvest_message": frozenset({"body"}),
    "analysis": frozenset({"ic", "scribe", "beside"}),
    "role_claim": frozenset({"name"}),
    "responder": frozenset({"name", "why"}),
    "timeline_item": frozenset({"text"}),
    "todo": frozenset({"text", "detail", "assignee", "due"}),
    "query": frozenset({"text"}),
}
# The person's own rows, which go as a whole.
_THEIRS = (tables.person, t.channel_member)


class SqlErasure:
    """bot.ports.erasure.Erasure."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def record(self, postmortem_id: str) -> bool:
        """Delete it; what hangs on it by a foreign key goes with it."""
        row = statements.one(self._conn, sa.select(_T).where(_T.c.id == postmortem_id).with_for_update())
        if row is None:
            return False
        others = self._conn.scalars(sa.select(_R.c.channel_id).where(_R.c.postmortem_id == postmortem_id)).all()
        self._keep_number(row["team_id"])
        self._conn.execute(tables.outbox.delete().where(tables.outbox.c.postmortem_id == postmortem_id))
        self._conn.execute(_T.delete().where(_T.c.id == postmortem_id))
        for channel_id in (row["channel_id"], *others):
            self._forget_channel(row["team_id"], channel_id)
        return True

    def _forget_channel(self, team_id: str, channel_id: str) -> None:
        """Who is in it is nobody's business once no record has it."""
        for table in (_T, _R):
            here = (table.c.team_id == team_id, table.c.channel_id == channel_id)
            if self._conn.scalar(sa.select(sa.func.count()).select_from(table).where(*here)):
                return
        for table in (t.channel, t.channel_member, t.closed_room):
            mine = (table.c.team_id == team_id, table.c.channel_id == channel_id)
            self._conn.execute(table.delete().where(*mine))

    def _keep_number(self, team_id: str) -> None:
        """A number that people have said names no other record later."""
        highest = self._conn.scalar(sa.select(sa.func.max(_T.c.number)).where(_T.c.team_id == team_id))
        known = self._conn.scalar(sa.select(t.numbering.c.highest).where(t.numbering.c.team_id == team_id))
        statements.upsert(self._conn, t.numbering, [{"team_id": team_id, "highest": max(highest or 0, known or 0)}])

    def person(self, team_id: str, user_id: str, names: Sequence[str], token: str) -> Forgotten:
        """Table by table, row by row: only rows that may hold the person are read."""
        by_id, by_name = _of_id(user_id, token), _of_names(names, token)
        places, records = self._theirs(team_id, user_id), set[str]()
        for table in tables.metadata.sorted_tables:
            if table in _THEIRS:
                continue
            for row in self._rows(table, team_id, [user_id, *names]):
                new = _rewritten(table, row, by_id, by_name)
                if not new:
                    continue
                self._write(table, row, new)
                places += 1
                record = row["id"] if table is _T else row.get("postmortem_id")
                records |= {record} if record else set()
        self._conn.execute(
            statements.adding(self._conn, t.forgotten), {"team_id": team_id, "digest": digest(team_id, user_id)}
        )
        return Forgotten(places, sorted(records))

    def _theirs(self, team_id: str, user_id: str) -> int:
        """Their own rows, and what was sent or is still to be sent to them: where their conversation is tells who they are."""
        outbox, posted, count = tables.outbox, tables.posted, 0
        for table in _THEIRS:
            gone = table.delete().where(table.c.team_id == team_id, table.c.user_id == user_id)
            count += self._conn.execute(gone).rowcount
        for row in self._rows(outbox, team_id, [user_id]):
            if user_id in (row["payload"].get("to"), row["payload"].get("user")):
                count += self._conn.execute(outbox.delete().where(outbox.c.id == row["id"])).rowcount
        for row in self._rows(posted, team_id, [user_id]):
            if user_id in row["name"].split(":"):
                this = [column == row[column.name] for column in posted.primary_key]
                count += self._conn.execute(posted.delete().where(*this)).rowcount
        return count

    def _rows(self, table: sa.Table, team_id: str, wanted: Sequence[str]) -> list[dict[str, Any]]:
        columns = [column for column in table.columns if isinstance(column.type, CleanText | JsonText)]
        if not columns:
            return []
        if "team_id" in table.c:
            of_team = table.c.team_id == team_id
        else:
            of_team = table.c.postmortem_id.in_(sa.select(_T.c.id).where(_T.c.team_id == team_id))
        held = [
            sa.cast(column, sa.Text).ilike(f"%{_like(each)}%", escape="\\") for column in columns for each in wanted
        ]
        return statements.rows(self._conn, sa.select(table).where(of_team, sa.or_(*held)))

    def _write(self, table: sa.Table, row: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Two forgotten people in one place are one: the second row goes."""
        this = [column == row[column.name] for column in table.primary_key]
        try:
            with self._conn.begin_nested():
                self._conn.execute(table.update().where(*this).values(**new))
        except sa.exc.IntegrityError:
            self._conn.execute(table.delete().where(*this))


def digest(team_id: str, user_id: str) -> str:
    """What stands for a forgotten person, so that the list of people does not bring them back; it tells nobody who."""
    return hashlib.sha256(f"{team_id}:{user_id}".encode()).hexdigest()


def _rewritten(table: sa.Table, row: Mapping[str, Any], by_id: Change, by_name: Change) -> dict[str, Any]:
    changed = {}
    for column in table.columns:
        if not isinstance(column.type, CleanText | JsonText):
            continue
        words = column.name in WORDS.get(table.name, frozenset())
        old = row[column.name]
        new = _walk(old, (lambda text: by_name(by_id(text))) if words else by_id)
        if new != old:
            changed[column.name] = new
    return changed


def _walk(value: Any, change: Change) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _walk(each, change) for key, each in value.items()}
    if isinstance(value, list):
        return [_walk(each, change) for each in value]
    return value


def _of_id(user_id: str, token: str) -> Change:
    found = re.compile(rf"<@{re.escape(user_id)}(?:\|[^>]*)?>|(?<!\w){re.escape(user_id)}(?!\w)")
    return lambda text: found.sub(token, text)


def _of_names(names: Sequence[str], token: str) -> Change:
    """Whole words. A name of several words is found in any case, one of a single word as it is written."""
    patterns = []
    for name in sorted(set(names), key=len, reverse=True):
        case = re.IGNORECASE if " " in name else 0
        patterns.append(re.compile(rf"(?<!\w)@?{re.escape(name)}(?!\w)", case))

    def change(text: str) -> str:
        for pattern in patterns:
            text = pattern.sub(token, text)
        return text

    return change


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
