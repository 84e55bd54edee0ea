"""Mails: what was wanted, to whom it goes, and how far the sending of each has got."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def _instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    on_postgres = sa.DateTime(timezone=True)
    return sa.Column(name, sa.String(32).with_variant(on_postgres, "postgresql"), nullable=null)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "mail",
        *_texts("identity", "postmortem_id", "purpose", "to", "asked_by"),
        _instant("asked_at"),
        *_texts("words", "state"),
        sa.Column("tries", sa.Integer(), nullable=False, autoincrement=False),
        _instant("tried_at", null=True),
        _instant("sent_at", null=True),
        *_texts("message_id", "refused", "trouble", "settled_by"),
        sa.PrimaryKeyConstraint("identity", name="pk_mail"),
        sa.ForeignKeyConstraint(["postmortem_id"], ["postmortem.id"], name="fk_mail_postmortem_id", ondelete="CASCADE"),
    )
    op.create_index("ix_mail_postmortem_id_asked_at", "mail", ["postmortem_id", "asked_at"])


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_table("mail")
