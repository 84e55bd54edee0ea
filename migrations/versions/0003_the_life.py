"""The life of a post-mortem: status, content, meeting, message to customers, review; and a reading that goes on."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = (
    "section",
    "meeting",
    "external_message",
    "timeline_entry",
    "action_item",
    "review_note",
    "approval",
    "looked_at",
    "channel",
    "channel_member",
    "numbering",
    "forgotten",
)
_FLAGS = ("restricted", "false_alarm", "full_outage", "reopened")
_TEXTS = ("page_url", "waived_by", "waived_reason", "status_by")
_INSTANTS = ("waived_at", "status_at", "sent_back_at", "reviewed_at", "closed_at", "review_posted_at")


def _instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    on_postgres = sa.DateTime(timezone=True)
    return sa.Column(name, sa.String(32).with_variant(on_postgres, "postgresql"), nullable=null)


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=null, autoincrement=False)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _table(name: str, key: tuple[str, ...], *columns: Any) -> None:
    of_record = sa.ForeignKeyConstraint(
        ["postmortem_id"], ["postmortem.id"], name=f"fk_{name}_postmortem_id", ondelete="CASCADE"
    )
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), of_record)


def upgrade() -> None:
    """Add the columns and make the tables."""
    _widen_postmortem()
    op.add_column("harvest", _instant("again_at", null=True))
    _make_section()
    _make_meeting()
    _make_external_message()
    _make_timeline_entry()
    _make_action_item()
    _make_review()
    _make_looked_at()
    _make_channel()
    _make_erasure()


def downgrade() -> None:
    """Drop what came with this version; records, history and harvest stay."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.drop_index("ix_posted_channel_id_ts", "posted")
    op.drop_index("ix_postmortem_team_id_ic", "postmortem")
    op.drop_index("ix_postmortem_team_id_status", "postmortem")
    op.drop_column("harvest", "again_at")
    for name in reversed((*_FLAGS, *_TEXTS, *_INSTANTS)):
        op.drop_column("postmortem", name)


def _widen_postmortem() -> None:
    for name in (*_TEXTS, *_INSTANTS):
        column = _instant(name, null=True) if name in _INSTANTS else _text(name, null=True)
        op.add_column("postmortem", column)
    for name in _FLAGS:
        # The default is for the rows that stand.
        op.add_column("postmortem", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_postmortem_team_id_ic", "postmortem", ["team_id", "ic"])
    op.create_index("ix_postmortem_team_id_status", "postmortem", ["team_id", "status"])
    op.create_index("ix_posted_channel_id_ts", "posted", ["channel_id", "ts"])


def _make_section() -> None:
    columns = (_text("section"), _text("value"), _number("version"), _text("by"), _instant("at"))
    _table("section", ("postmortem_id", "section"), _text("postmortem_id"), *columns)


def _make_meeting() -> None:
    _table(
        "meeting",
        ("postmortem_id",),
        _text("postmortem_id"),
        _instant("start"),
        _instant("end"),
        _text("booked_by"),
        _instant("booked_at"),
        _text("link"),
        _text("late_reason"),
        _number("sequence"),
        _instant("cancelled_at", null=True),
        _text("outcome"),
        _text("outcome_note"),
        _text("outcome_by", null=True),
        _instant("outcome_at", null=True),
        _text("confirmed_by", null=True),
        _instant("confirmed_at", null=True),
        _text("confirmed_as"),
        _flag("in_writing"),
    )


def _make_external_message() -> None:
    _table(
        "external_message",
        ("postmortem_id",),
        _text("postmortem_id"),
        _text("value"),
        _text("text"),
        _text("by", null=True),
        _instant("at", null=True),
        _text("reason"),
        _text("frozen", null=True),
        _instant("posted_at", null=True),
        _text("posted_by", null=True),
        _text("posted_url", null=True),
    )


def _make_timeline_entry() -> None:
    _table(
        "timeline_entry",
        ("id",),
        _text("id"),
        _text("postmortem_id"),
        _instant("at"),
        _text("text"),
        _text("kind"),
        _text("by"),
        _instant("saved_at"),
        _text("ts", null=True),
        _number("line", null=True),
        _text("thread_ts", null=True),
        _text("user_id", null=True),
        _text("evidence"),
        _text("waiver"),
        _flag("removed"),
        _number("version"),
    )
    op.create_index("ix_timeline_entry_postmortem_id_at", "timeline_entry", ["postmortem_id", "at"])


def _make_action_item() -> None:
    _table(
        "action_item",
        ("id",),
        _text("id"),
        _text("postmortem_id"),
        _text("text"),
        _text("decision"),
        _text("by"),
        _instant("at"),
        _text("reason"),
        _text("ticket"),
        _text("assignee", null=True),
        _text("ts", null=True),
        _number("line", null=True),
        _number("version"),
    )
    op.create_index("ix_action_item_postmortem_id_at", "action_item", ["postmortem_id", "at"])


def _make_review() -> None:
    _table(
        "review_note",
        ("id",),
        _text("id"),
        _text("postmortem_id"),
        _text("user_id"),
        _text("text"),
        _instant("at"),
        _text("channel_id"),
        _text("ts", null=True),
        _text("state"),
        _text("done_by", null=True),
        _instant("done_at", null=True),
        sa.UniqueConstraint("postmortem_id", "channel_id", "ts", name="uq_review_note_postmortem_id_channel_id_ts"),
    )
    op.create_index("ix_review_note_postmortem_id_at", "review_note", ["postmortem_id", "at"])
    _table("approval", ("postmortem_id", "user_id"), _text("postmortem_id"), _text("user_id"), _instant("at"))


def _make_looked_at() -> None:
    columns = (_text("field"), _text("finding"), _text("verdict"), _text("by"), _instant("at"), _text("reason"))
    _table("looked_at", ("postmortem_id", "field", "finding"), _text("postmortem_id"), *columns)


def _make_channel() -> None:
    named = (_text("team_id"), _text("channel_id"))
    known = (_text("name"), _flag("private"), _flag("shared"), _instant("read_at"))
    op.create_table("channel", *named, *known, sa.PrimaryKeyConstraint("team_id", "channel_id", name="pk_channel"))
    members = sa.PrimaryKeyConstraint("team_id", "channel_id", "user_id", name="pk_channel_member")
    op.create_table("channel_member", _text("team_id"), _text("channel_id"), _text("user_id"), members)


def _make_erasure() -> None:
    op.create_table(
        "numbering", _text("team_id"), _number("highest"), sa.PrimaryKeyConstraint("team_id", name="pk_numbering")
    )
    digests = sa.PrimaryKeyConstraint("team_id", "digest", name="pk_forgotten")
    op.create_table("forgotten", _text("team_id"), _text("digest"), digests)
