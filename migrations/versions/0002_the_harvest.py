"""The tables of the harvest: messages, threads, and what was found in them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = (
    "harvest",
    "harvest_message",
    "harvest_thread",
    "analysis",
    "role_claim",
    "responder",
    "timeline_item",
    "todo",
    "recording",
    "query",
)


def _instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    on_postgres = sa.DateTime(timezone=True)
    return sa.Column(name, sa.String(32).with_variant(on_postgres, "postgresql"), nullable=null)


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=null, autoincrement=False)


def _big(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


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
        _make_harvest,
        _make_harvest_message,
        _make_harvest_thread,
        _make_analysis,
        _make_role_claim,
        _make_responder,
        _make_timeline_item,
        _make_todo,
        _make_recording,
        _make_query,
    ):
        make()


def downgrade() -> None:
    """Drop them with everything in them: this is the first version, there is nothing older to keep it in."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_harvest() -> None:
    op.create_table(
        "harvest",
        _text("postmortem_id"),
        _text("channel_id"),
        _text("phase"),
        _text("oldest"),
        _text("newest"),
        _text("cursor", null=True),
        _number("pages"),
        _number("resumed"),
        _instant("requested_at", null=True),
        _instant("finished_at", null=True),
        _instant("waiting_until", null=True),
        _text("trouble", null=True),
        sa.PrimaryKeyConstraint("postmortem_id", name="pk_harvest"),
        _of_record("harvest"),
    )


def _make_harvest_message() -> None:
    op.create_table(
        "harvest_message",
        _text("postmortem_id"),
        _text("channel_id"),
        _big("micros"),
        _text("ts"),
        _text("body"),
        sa.PrimaryKeyConstraint("postmortem_id", "channel_id", "micros", "ts", name="pk_harvest_message"),
        _of_record("harvest_message"),
    )


def _make_harvest_thread() -> None:
    op.create_table(
        "harvest_thread",
        _text("postmortem_id"),
        _text("channel_id"),
        _big("micros"),
        _text("ts"),
        _big("reply_count"),
        _text("latest_reply", null=True),
        _text("cursor", null=True),
        _flag("pending"),
        _number("touches"),
        sa.PrimaryKeyConstraint("postmortem_id", "channel_id", "micros", "ts", name="pk_harvest_thread"),
        _of_record("harvest_thread"),
    )
    _partial(
        "ix_harvest_thread_pending",
        "harvest_thread",
        ["postmortem_id", "channel_id", "micros", "ts"],
        "pending",
        "pending = 1",
    )


def _make_analysis() -> None:
    op.create_table(
        "analysis",
        _text("postmortem_id"),
        _text("ic", null=True),
        _text("scribe", null=True),
        _text("end_of_call", null=True),
        _text("severities"),
        sa.PrimaryKeyConstraint("postmortem_id", name="pk_analysis"),
        _of_record("analysis"),
    )


def _make_role_claim() -> None:
    op.create_table(
        "role_claim",
        _text("postmortem_id"),
        _text("ts"),
        _text("role"),
        _text("user_id", null=True),
        _text("name", null=True),
        _instant("at"),
        _text("rule"),
        _text("confidence"),
        _number("nth"),
        _number("position"),
        _text("state"),
        sa.PrimaryKeyConstraint("postmortem_id", "ts", "role", "nth", name="pk_role_claim"),
        _of_record("role_claim"),
    )


def _make_responder() -> None:
    op.create_table(
        "responder",
        _text("postmortem_id"),
        _text("user_id"),
        _text("name"),
        _number("messages"),
        _text("roles"),
        _text("why"),
        _flag("suggested"),
        _number("nth"),
        _number("position"),
        _text("state"),
        sa.PrimaryKeyConstraint("postmortem_id", "user_id", "nth", name="pk_responder"),
        _of_record("responder"),
    )


def _make_timeline_item() -> None:
    op.create_table(
        "timeline_item",
        _text("postmortem_id"),
        _text("ts"),
        _number("line"),
        _text("thread_ts", null=True),
        _instant("at"),
        _text("user_id", null=True),
        _text("kind"),
        _text("text"),
        _text("evidence"),
        _text("rule"),
        _text("confidence"),
        _number("nth"),
        _number("position"),
        _text("state"),
        sa.PrimaryKeyConstraint("postmortem_id", "ts", "line", "nth", name="pk_timeline_item"),
        _of_record("timeline_item"),
    )


def _make_todo() -> None:
    op.create_table(
        "todo",
        _text("postmortem_id"),
        _text("ts"),
        _number("line"),
        _text("thread_ts", null=True),
        _text("user_id", null=True),
        _text("text"),
        _text("detail"),
        _text("assignee", null=True),
        _text("rule"),
        _text("confidence"),
        _number("nth"),
        _number("position"),
        _text("state"),
        sa.PrimaryKeyConstraint("postmortem_id", "ts", "line", "nth", name="pk_todo"),
        _of_record("todo"),
    )


def _make_recording() -> None:
    op.create_table(
        "recording",
        _text("postmortem_id"),
        _text("ts"),
        _text("url"),
        _text("rule"),
        _text("confidence"),
        _number("nth"),
        _number("position"),
        _text("state"),
        sa.PrimaryKeyConstraint("postmortem_id", "ts", "nth", name="pk_recording"),
        _of_record("recording"),
    )


def _make_query() -> None:
    op.create_table(
        "query",
        _text("postmortem_id"),
        _text("ts"),
        _number("line"),
        _text("thread_ts", null=True),
        _text("user_id", null=True),
        _text("text"),
        _text("rule"),
        _text("confidence"),
        _number("nth"),
        _number("position"),
        _text("state"),
        sa.PrimaryKeyConstraint("postmortem_id", "ts", "line", "nth", name="pk_query"),
        _of_record("query"),
    )
