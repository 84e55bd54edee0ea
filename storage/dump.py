"""Everything that people wrote, decided and were shown, row by row, for an export: one consistent view of the whole, read in small
portions, while others write. Every table is named here, as a part of it or with the reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain import secrets
from storage import life_tables, tables
from storage.types import CleanText, JsonText

_P = tables.postmortem
# What each row is named in an export, in the order in which they come: the post-mortems before all that belongs to them.
OF_TEAM = ("service", "service_change", "channel", "person", "noticed_incident")
OF_RECORD = (
    "proposal", "audit", "severity_change", "section", "meeting", "invitee", "external_message", "timeline_entry", "action_item",
    "ticket", "query_entry", "question", "line_check", "review_note", "approval", "looked_at", "watcher", "mail", "mail_draft",
    "calendar_event", "wiki_page", "document_file", "document_canvas", "record_file", "action_file", "calendar_file", "record_channel",
    "harvest_message", "capture", "analysis", "role_claim", "responder", "timeline_item", "todo", "query", "recording",
)  # fmt: skip
TYPES = ("postmortem", *OF_TEAM, *OF_RECORD)
LEFT_OUT: Mapping[str, str] = {
    "receipt": "answers kept for a few minutes, copies of what stands elsewhere",
    "outbox": "what the bot has still to do, in copies of what stands elsewhere",
    "posted": "where the bot's own messages stand",
    "harvest": "how far a channel was read",
    "harvest_thread": "how far a thread was read",
    "people_sync": "how far the list of people was read",
    "user_group": "who is in a group of Slack's",
    "channel_member": "who is in a private channel",
    "closed_room": "whether a channel can be written to",
    "reminder": "what was reminded of",
    "quiet": "who wants no reminders",
    "numbering": "the next free number",
    "holidays_counted": "the holidays of the settings",
    "forgotten": "fingerprints of people who are not to come back",
    "report_file": "reports that were handed out as files",
    "calendar_busy": "when the shared calendar is taken",
    "calendar_server": "what the calendar's server can do",
    "meeting_version": "which number the invitation has",
}
HIDDEN: Mapping[str, frozenset[str]] = {
    "harvest_message": frozenset({"micros", "weight"}),
    "wiki_page": frozenset({"digest", "told", "left"}),
    "calendar_event": frozenset({"href", "etag", "fingerprint", "sending_start", "sending_end", "there"}),
}
_PORTION = 500
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which post-mortems: those opened at that instant (aware UTC) or later, None for all; restricted ones only where asked for."""

    since: datetime | None = None
    restricted: bool = False


def rows(conn: Connection, wanted: Wanted) -> Iterator[tuple[str, Row]]:
    """What each row is, and its values fit for JSON: instants in UTC, and nothing in them that looks like a secret."""
    _be_patient(conn)
    for name in TYPES:
        table = tables.metadata.tables[name]
        hidden = HIDDEN.get(name, frozenset())
        columns = [column for column in table.columns if column.name not in hidden]
        words = frozenset(column.name for column in columns if isinstance(column.type, CleanText | JsonText))
        query = sa.select(*columns).where(*_which(table, wanted)).order_by(*_order(table))
        for row in conn.execute(query, execution_options={"yield_per": _PORTION}):
            yield name, {key: _plain(value, words=key in words) for key, value in row._asdict().items()}


def fields(name: str) -> list[str]:
    """The fields of a row of that name."""
    hidden = HIDDEN.get(name, frozenset())
    return [column.name for column in tables.metadata.tables[name].columns if column.name not in hidden]


def kept_back(conn: Connection, wanted: Wanted) -> int:
    """How many restricted post-mortems are not among them."""
    if wanted.restricted:
        return 0
    since = [_P.c.created_at >= wanted.since] if wanted.since else []
    return conn.scalar(sa.select(sa.func.count()).select_from(_P).where(_P.c.restricted, *since)) or 0


def _which(table: sa.Table, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    if table is _P:
        return _records(wanted)
    if table.name in OF_RECORD:
        return [table.c.postmortem_id.in_(sa.select(_P.c.id).where(*_records(wanted)))]
    found: list[sa.ColumnElement[bool]] = []
    if "channel_id" in table.c and not wanted.restricted:
        # That there is a channel, and its name, may tell what a restricted one is about.
        side = life_tables.record_channel
        for here in (_P, side):
            same = (here.c.team_id == table.c.team_id, here.c.channel_id == table.c.channel_id)
            its = () if here is _P else (side.c.postmortem_id == _P.c.id,)
            found.append(~sa.exists().where(*same, *its, _P.c.restricted))
    return found


def _records(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    since = [_P.c.created_at >= wanted.since] if wanted.since else []
    return since if wanted.restricted else [*since, sa.not_(_P.c.restricted)]


def _order(table: sa.Table) -> list[sa.ColumnElement[Any]]:
    return [_P.c.team_id, _P.c.number] if table is _P else list(table.primary_key.columns)


def _be_patient(conn: Connection) -> None:
    """Whoever takes the rows may be slow: Postgres is not to end a reading that takes minutes."""
    if conn.dialect.name == "postgresql":
        for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
            conn.execute(sa.text(f"SET LOCAL {name} = 0"))


def _plain(value: Any, *, words: bool) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return _masked(value) if words else value


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return secrets.masked(value)
    if isinstance(value, dict):
        return {key: _masked(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_masked(each) for each in value]
    return value
