"""What a deadline follows from beside the record's times: when it left SEV-2, whether the incident is open again, which
holidays held for it; and which holidays were last counted with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COLUMNS = ("severity_ended_at", "open_again_at", "open_again_by", "open_again_reason", "holidays")


def _instant(name: str, *, null: bool = False) -> sa.Column[object]:
    on_postgres = sa.DateTime(timezone=True)
    return sa.Column(name, sa.String(32).with_variant(on_postgres, "postgresql"), nullable=null)


def upgrade() -> None:
    """Add the columns and make the table."""
    for name in ("severity_ended_at", "open_again_at"):
        op.add_column("postmortem", _instant(name, null=True))
    for name in ("open_again_by", "open_again_reason", "holidays"):
        op.add_column("postmortem", sa.Column(name, sa.Text(), nullable=True))
    op.create_table(
        "holidays_counted",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("dates", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        _instant("at"),
        sa.PrimaryKeyConstraint("team_id", name="pk_holidays_counted"),
    )


def downgrade() -> None:
    """Drop what came with this version; an incident that is open again counts as over."""
    op.drop_table("holidays_counted")
    for name in reversed(_COLUMNS):
        op.drop_column("postmortem", name)
