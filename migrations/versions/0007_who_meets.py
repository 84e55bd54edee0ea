"""Who is invited to the meeting and where it stands: the directory of services with what was changed in it, who was added
and left out by hand, the uploaded invitations, the facilitator, the shared calendar, and people's addresses."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OF_THE_MEETING = ("facilitator", "shared_by", "shared_at", "shared_url")


def _instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    on_postgres = sa.DateTime(timezone=True)
    return sa.Column(name, sa.String(32).with_variant(on_postgres, "postgresql"), nullable=null)


def _text(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null, server_default=default)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def _of_record(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["postmortem_id"], ["postmortem.id"], name=f"fk_{name}_postmortem_id", ondelete="CASCADE"
    )


def upgrade() -> None:
    """Make the tables, and add the columns."""
    op.create_table(
        "service",
        _text("team_id"),
        _text("key"),
        _text("name"),
        _text("owners"),
        _text("manager", null=True),
        _text("product_manager", null=True),
        _text("project"),
        _text("by"),
        _instant("at"),
        _number("version"),
        sa.PrimaryKeyConstraint("team_id", "key", name="pk_service"),
    )
    op.create_table(
        "service_change",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(), nullable=False,
        ),
        _text("team_id"),
        _instant("at"),
        _text("actor"),
        _text("service"),
        _text("old", null=True),
        _text("new", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_service_change"),
    )  # fmt: skip
    op.create_index("ix_service_change_team_id_service", "service_change", ["team_id", "service"])
    op.create_table(
        "invitee",
        _text("postmortem_id"),
        _text("user_id"),
        _text("wish"),
        _text("reason"),
        _text("by"),
        _instant("at"),
        sa.PrimaryKeyConstraint("postmortem_id", "user_id", name="pk_invitee"),
        _of_record("invitee"),
    )
    op.create_table(
        "calendar_file",
        _text("file_id"),
        _text("postmortem_id"),
        _text("digest"),
        _text("state"),
        _text("permalink", null=True),
        _instant("reserved_at"),
        sa.PrimaryKeyConstraint("file_id", name="pk_calendar_file"),
        _of_record("calendar_file"),
    )
    op.create_index("ix_calendar_file_postmortem_id_reserved_at", "calendar_file", ["postmortem_id", "reserved_at"])
    op.add_column("meeting", _text("facilitator", null=True))
    op.add_column("meeting", _text("shared_by", null=True))
    op.add_column("meeting", _instant("shared_at", null=True))
    op.add_column("meeting", _text("shared_url", default=""))
    op.add_column("person", _text("email", default=""))


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_column("person", "email")
    for name in reversed(_OF_THE_MEETING):
        op.drop_column("meeting", name)
    for table in ("calendar_file", "invitee", "service_change", "service"):
        op.drop_table(table)
