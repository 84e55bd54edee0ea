"""The page of each record in the wiki."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "wiki_page",
        *map(_text, ("postmortem_id", "page_id", "url", "digest", "labels")),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        _text("state"),
        _text("left"),
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortem.id"], name="fk_wiki_page_postmortem_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("postmortem_id", name="pk_wiki_page"),
    )


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_table("wiki_page")
