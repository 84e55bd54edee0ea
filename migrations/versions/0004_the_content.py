"""The content in people's hands: queries, questions to others, who watches, who confirmed their lines; lines of the
timeline that have no exact time, an order of their own, or were merged into another."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = ("query_entry", "question", "watcher", "line_check")


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
    # The defaults are for the rows that stand.
    op.add_column("timeline_entry", sa.Column("approximate", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("timeline_entry", sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("timeline_entry", _text("merged_into", null=True))
    _make_query_entry()
    _make_question()
    _table("watcher", ("postmortem_id", "user_id"), _text("postmortem_id"), _text("user_id"), _instant("at"))
    _make_line_check()


def downgrade() -> None:
    """Drop what came with this version; the timeline stays, in the order of its times."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    for name in ("merged_into", "rank", "approximate"):
        op.drop_column("timeline_entry", name)


def _make_query_entry() -> None:
    _table(
        "query_entry",
        ("id",),
        _text("id"),
        _text("postmortem_id"),
        _text("text"),
        _text("tool"),
        _text("link"),
        _text("result"),
        _text("ran_by", null=True),
        _text("by"),
        _instant("saved_at"),
        _text("ts", null=True),
        _number("line", null=True),
        _text("thread_ts", null=True),
        _flag("removed"),
        _number("version"),
    )
    op.create_index("ix_query_entry_postmortem_id_saved_at", "query_entry", ["postmortem_id", "saved_at"])


def _make_question() -> None:
    _table(
        "question",
        ("id",),
        _text("id"),
        _text("postmortem_id"),
        _text("asked_by"),
        _text("asked_of"),
        _text("text"),
        _instant("at"),
        _text("state"),
        _text("answer"),
        _text("answered_by", null=True),
        _instant("answered_at", null=True),
        _text("used_as"),
        _number("version"),
    )
    op.create_index("ix_question_postmortem_id_at", "question", ["postmortem_id", "at"])
    op.create_index("ix_question_asked_of_state", "question", ["asked_of", "state"])


def _make_line_check() -> None:
    _table(
        "line_check",
        ("postmortem_id", "user_id"),
        _text("postmortem_id"),
        _text("user_id"),
        _text("asked_by"),
        _instant("asked_at"),
        _text("state"),
        _text("said"),
        _instant("answered_at", null=True),
    )
