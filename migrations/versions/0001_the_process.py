"""The tables of the process: records, their history, receipts, the outbox, people."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "postmortem",
    "proposal",
    "audit",
    "severity_change",
    "receipt",
    "outbox",
    "person",
    "people_sync",
    "user_group",
    "posted",
    "document_file",
)


def _instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    on_postgres = sa.DateTime(timezone=True)
    return sa.Column(name, sa.String(32).with_variant(on_postgres, "postgresql"), nullable=null)


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=null, autoincrement=False)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _counted() -> sa.Column[Any]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(), nullable=False)


def _of_record(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_postmortem_id"
    return sa.ForeignKeyConstraint(["postmortem_id"], ["postmortem.id"], name=name, ondelete="CASCADE")


def _partial(
    name: str, table: str, columns: list[str], only: str, on_sqlite: str = "", *, unique: bool = False
) -> None:
    op.create_index(
        name, table, columns, unique=unique, postgresql_where=sa.text(only), sqlite_where=sa.text(on_sqlite or only)
    )


def upgrade() -> None:
    """Make the tables."""
    for make in (
        _make_postmortem,
        _make_proposal,
        _make_audit,
        _make_severity_change,
        _make_receipt,
        _make_outbox,
        _make_person,
        _make_people_sync,
        _make_user_group,
        _make_posted,
        _make_document_file,
    ):
        make()


def downgrade() -> None:
    """Drop them with everything in them: this is the first version, there is nothing older to keep it in."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_postmortem() -> None:
    op.create_table(
        "postmortem",
        _text("id"),
        _text("team_id"),
        _text("channel_id"),
        _number("number"),
        _instant("created_at"),
        _text("created_by"),
        _text("business_tz"),
        _text("weekend"),
        _number("version"),
        _text("status"),
        _text("title"),
        _number("severity", null=True),
        _instant("started_at", null=True),
        _instant("detected_at", null=True),
        _instant("resolved_at", null=True),
        _text("ic", null=True),
        _text("deputy", null=True),
        _text("shadow", null=True),
        _text("scribe", null=True),
        _flag("ic_assumed"),
        _text("owner", null=True),
        _text("owner_state"),
        _instant("owner_since", null=True),
        _text("services"),
        _text("recording", null=True),
        _instant("window_from", null=True),
        _instant("window_until", null=True),
        _flag("current"),
        _instant("end_of_call_at", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_postmortem"),
        sa.UniqueConstraint("team_id", "number", name="uq_postmortem_team_id_number"),
    )
    op.create_index("ix_postmortem_team_id_channel_id", "postmortem", ["team_id", "channel_id"])
    op.create_index("ix_postmortem_team_id_owner", "postmortem", ["team_id", "owner"])
    _partial("uq_postmortem_current", "postmortem", ["team_id", "channel_id"], "current", "current = 1", unique=True)


def _make_proposal() -> None:
    op.create_table(
        "proposal",
        _text("id"),
        _text("postmortem_id"),
        _text("candidate"),
        _text("proposed_by"),
        _text("asked"),
        _instant("created_at"),
        _text("state"),
        _text("decided_by", null=True),
        _instant("decided_at", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        _of_record("proposal"),
    )
    _partial("uq_proposal_pending", "proposal", ["postmortem_id"], "state = 'pending'", unique=True)


def _make_audit() -> None:
    op.create_table(
        "audit",
        _counted(),
        _text("postmortem_id"),
        _instant("at"),
        _text("actor"),
        _text("field"),
        _text("old", null=True),
        _text("new", null=True),
        _text("via"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        _of_record("audit"),
    )
    op.create_index("ix_audit_postmortem_id_id", "audit", ["postmortem_id", "id"])


def _make_severity_change() -> None:
    op.create_table(
        "severity_change",
        _counted(),
        _text("postmortem_id"),
        _instant("at"),
        _number("severity"),
        _text("by"),
        sa.PrimaryKeyConstraint("id", name="pk_severity_change"),
        _of_record("severity_change"),
    )
    op.create_index("ix_severity_change_postmortem_id_id", "severity_change", ["postmortem_id", "id"])


def _make_receipt() -> None:
    op.create_table(
        "receipt",
        _text("team_id"),
        _text("key"),
        _text("answer"),
        _instant("at"),
        sa.PrimaryKeyConstraint("team_id", "key", name="pk_receipt"),
    )
    op.create_index("ix_receipt_at", "receipt", ["at"])


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        _counted(),
        _text("kind"),
        _text("lane"),
        _text("key"),
        _text("team_id"),
        _text("postmortem_id", null=True),
        _text("payload"),
        _instant("due_at"),
        _text("state"),
        _number("generation"),
        _number("attempts"),
        _instant("first_attempt_at", null=True),
        _text("lease_by", null=True),
        _instant("lease_until", null=True),
        _text("result"),
        _text("last_error", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    _partial("ix_outbox_dead", "outbox", ["postmortem_id", "id"], "state = 'dead'")
    _partial("ix_outbox_leased", "outbox", ["lane", "lease_until"], "state = 'open' AND lease_until IS NOT NULL")
    _partial("ix_outbox_open", "outbox", ["lane", "due_at", "id"], "state = 'open'")


def _make_person() -> None:
    op.create_table(
        "person",
        _text("team_id"),
        _text("user_id"),
        _text("name"),
        _text("real_name"),
        _text("tz", null=True),
        _flag("is_bot"),
        _flag("deleted"),
        _flag("is_restricted"),
        _flag("is_stranger"),
        _text("handle"),
        sa.PrimaryKeyConstraint("team_id", "user_id", name="pk_person"),
    )


def _make_people_sync() -> None:
    op.create_table(
        "people_sync",
        _text("team_id"),
        _instant("synced_at", null=True),
        _text("cursor", null=True),
        sa.PrimaryKeyConstraint("team_id", name="pk_people_sync"),
    )


def _make_user_group() -> None:
    op.create_table(
        "user_group",
        _text("team_id"),
        _text("group_id"),
        _text("members"),
        sa.PrimaryKeyConstraint("team_id", "group_id", name="pk_user_group"),
    )


def _make_posted() -> None:
    op.create_table(
        "posted",
        _text("postmortem_id"),
        _text("name"),
        _text("channel_id"),
        _text("ts"),
        sa.PrimaryKeyConstraint("postmortem_id", "name", name="pk_posted"),
        _of_record("posted"),
    )


def _make_document_file() -> None:
    op.create_table(
        "document_file",
        _text("file_id"),
        _text("postmortem_id"),
        _text("digest"),
        _text("state"),
        _text("permalink", null=True),
        _instant("reserved_at"),
        sa.PrimaryKeyConstraint("file_id", name="pk_document_file"),
        _of_record("document_file"),
    )
    op.create_index("ix_document_file_postmortem_id_reserved_at", "document_file", ["postmortem_id", "reserved_at"])
