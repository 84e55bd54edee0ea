"""The tables of the process: records and their history, receipts, the outbox, people. Those of the harvest stand beside
it in harvest_tables.py, in the same metadata. Migrations never read this file; a test holds both equal."""

from __future__ import annotations

import sqlalchemy as sa

from storage.types import CleanText, JsonText, UTCDateTime

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text(name: str, *, null: bool = False, key: bool = False, added: bool = False) -> sa.Column[str]:
    """A column of text; one that was added to a table with rows in it is empty for them."""
    return sa.Column(name, CleanText, nullable=null, primary_key=key, server_default="" if added else None)


def instant(name: str, *, null: bool = False) -> sa.Column[object]:
    """A column of aware UTC instants."""
    return sa.Column(name, UTCDateTime, nullable=null)


def number(name: str, *, null: bool = False, key: bool = False, added: bool = False) -> sa.Column[int]:
    """A column of whole numbers that are never counted up by the database; one that was added to a table with rows in it
    is 0 for them."""
    default = "0" if added else None
    return sa.Column(name, sa.Integer, nullable=null, primary_key=key, autoincrement=False, server_default=default)


def flag(name: str, *, added: bool = False) -> sa.Column[bool]:
    """A column of yes or no; one that was added to a table with rows in it says no for them."""
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false() if added else None)


def document(name: str, *, null: bool = False, added: str | None = None) -> sa.Column[object]:
    """A column of JSON; `added` is what it holds in rows that were there before it."""
    return sa.Column(name, JsonText, nullable=null, server_default=added)


def of_record(*, key: bool = False) -> sa.Column[str]:
    """The record that a row belongs to and goes with."""
    there = sa.ForeignKey("postmortem.id", ondelete="CASCADE")
    return sa.Column("postmortem_id", CleanText, there, nullable=False, primary_key=key)


def counted() -> sa.Column[int]:
    """A row's number, given by the database in order of writing."""
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), sa.Identity(), primary_key=True)


def where(name: str, *columns: str, only: str, on_sqlite: str = "", unique: bool = False) -> sa.Index:
    """A partial index; `on_sqlite` is the condition in SQLite's words where they differ."""
    condition, other = sa.text(only), sa.text(on_sqlite or only)
    return sa.Index(name, *columns, unique=unique, postgresql_where=condition, sqlite_where=other)


postmortem = sa.Table(
    "postmortem",
    metadata,
    text("id", key=True),
    text("team_id"),
    text("channel_id"),
    number("number"),
    instant("created_at"),
    text("created_by"),
    text("business_tz"),
    document("weekend"),
    number("version"),
    text("status"),
    text("title"),
    number("severity", null=True),
    instant("started_at", null=True),
    instant("detected_at", null=True),
    instant("resolved_at", null=True),
    text("ic", null=True),
    text("deputy", null=True),
    text("shadow", null=True),
    text("scribe", null=True),
    flag("ic_assumed"),
    text("owner", null=True),
    text("owner_state"),
    instant("owner_since", null=True),
    document("services"),
    text("recording", null=True),
    instant("window_from", null=True),
    instant("window_until", null=True),
    flag("current"),
    instant("end_of_call_at", null=True),
    text("page_url", null=True),
    text("waived_by", null=True),
    text("waived_reason", null=True),
    text("status_by", null=True),
    instant("waived_at", null=True),
    instant("status_at", null=True),
    instant("sent_back_at", null=True),
    instant("reviewed_at", null=True),
    instant("closed_at", null=True),
    instant("review_posted_at", null=True),
    flag("restricted", added=True),
    flag("false_alarm", added=True),
    flag("full_outage", added=True),
    flag("reopened", added=True),
    instant("severity_ended_at", null=True),
    instant("open_again_at", null=True),
    text("open_again_by", null=True),
    text("open_again_reason", null=True),
    document("holidays", null=True),
    text("merged_into", null=True),
    text("merged_channel", null=True),
    text("merged_by", null=True),
    document("took_in", null=True),
    number("merged_number", null=True),
    instant("merged_at", null=True),
    sa.UniqueConstraint("team_id", "number"),
    where("uq_postmortem_current", "team_id", "channel_id", only="current", on_sqlite="current = 1", unique=True),
    sa.Index(None, "team_id", "channel_id"),
    sa.Index(None, "team_id", "owner"),
    sa.Index(None, "team_id", "ic"),
    sa.Index(None, "team_id", "status"),
)

proposal = sa.Table(
    "proposal",
    metadata,
    text("id", key=True),
    of_record(),
    text("candidate"),
    text("proposed_by"),
    text("asked"),
    instant("created_at"),
    text("state"),
    text("decided_by", null=True),
    instant("decided_at", null=True),
    where("uq_proposal_pending", "postmortem_id", only="state = 'pending'", unique=True),
)

audit = sa.Table(
    "audit",
    metadata,
    counted(),
    of_record(),
    instant("at"),
    text("actor"),
    text("field"),
    text("old", null=True),
    text("new", null=True),
    text("via"),
    sa.Index(None, "postmortem_id", "id"),
)

severity_change = sa.Table(
    "severity_change",
    metadata,
    counted(),
    of_record(),
    instant("at"),
    number("severity"),
    text("by"),
    sa.Index(None, "postmortem_id", "id"),
)

receipt = sa.Table(
    "receipt",
    metadata,
    text("team_id", key=True),
    text("key", key=True),
    document("answer"),
    instant("at"),
    sa.Index(None, "at"),
)

# No foreign key to the record: the outbox also tells what was done for a record that is gone.
outbox = sa.Table(
    "outbox",
    metadata,
    counted(),
    text("kind"),
    text("lane"),
    text("key"),
    text("team_id"),
    text("postmortem_id", null=True),
    document("payload"),
    instant("due_at"),
    text("state"),
    number("generation"),
    number("attempts"),
    instant("first_attempt_at", null=True),
    text("lease_by", null=True),
    instant("lease_until", null=True),
    document("result"),
    text("last_error", null=True),
    sa.UniqueConstraint("key"),
    where("ix_outbox_open", "lane", "due_at", "id", only="state = 'open'"),
    where("ix_outbox_leased", "lane", "lease_until", only="state = 'open' AND lease_until IS NOT NULL"),
    where("ix_outbox_dead", "postmortem_id", "id", only="state = 'dead'"),
)

person = sa.Table(
    "person",
    metadata,
    text("team_id", key=True),
    text("user_id", key=True),
    text("name"),
    text("real_name"),
    text("tz", null=True),
    flag("is_bot"),
    flag("deleted"),
    flag("is_restricted"),
    flag("is_stranger"),
    text("handle"),
    text("email", added=True),
)

people_sync = sa.Table(
    "people_sync",
    metadata,
    text("team_id", key=True),
    instant("synced_at", null=True),
    text("cursor", null=True),
)

user_group = sa.Table(
    "user_group",
    metadata,
    text("team_id", key=True),
    text("group_id", key=True),
    document("members"),
)

posted = sa.Table(
    "posted",
    metadata,
    of_record(key=True),
    text("name", key=True),
    text("channel_id"),
    text("ts"),
    sa.Index(None, "channel_id", "ts"),
)

document_file = sa.Table(
    "document_file",
    metadata,
    text("file_id", key=True),
    of_record(),
    text("digest"),
    text("state"),
    text("permalink", null=True),
    instant("reserved_at"),
    sa.Index(None, "postmortem_id", "reserved_at"),
)
