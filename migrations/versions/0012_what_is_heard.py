"""Messages that are heard as they are said: since when, whether any were not looked at yet, and which version of one is kept. A
record has more channels than its own, read each by itself."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _instant(name: str) -> sa.Column[Any]:
    on_postgres = sa.DateTime(timezone=True)
    return sa.Column(name, sa.String(32).with_variant(on_postgres, "postgresql"), nullable=True)


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def _columns() -> tuple[sa.Column[Any], ...]:
    return (
        *(_text(name) for name in ("postmortem_id", "channel_id", "phase", "oldest", "newest")),
        _text("cursor", null=True),
        _number("pages"),
        _number("resumed"),
        *(_instant(name) for name in ("requested_at", "finished_at", "waiting_until")),
        _text("trouble", null=True),
        _instant("again_at"),
    )


def _harvest(key: tuple[str, ...], *more: Any, own: bool = False) -> None:
    """Make the table anew with another key; what is in it is carried over."""
    names = [column.name for column in _columns()]
    before, now = (sa.table(name, *map(sa.column, names)) for name in ("harvest_before", "harvest"))
    record = sa.table("postmortem", sa.column("id"), sa.column("channel_id"))
    mine = sa.exists().where(record.c.id == now.c.postmortem_id, record.c.channel_id == now.c.channel_id)
    op.create_table("harvest_before", *_columns(), prefixes=["TEMPORARY"])
    op.execute(sa.insert(before).from_select(names, sa.select(now).where(mine if own else sa.true())))
    op.drop_table("harvest")
    of_record = sa.ForeignKeyConstraint(
        ["postmortem_id"], ["postmortem.id"], name="fk_harvest_postmortem_id", ondelete="CASCADE"
    )
    op.create_table("harvest", *_columns(), *more, sa.PrimaryKeyConstraint(*key, name="pk_harvest"), of_record)
    op.execute(sa.insert(now).from_select(names, sa.select(before)))
    op.drop_table("harvest_before")


def upgrade() -> None:
    """One row a record and channel, with what is known of hearing; and what a message weighs."""
    _harvest(("postmortem_id", "channel_id"), _instant("live_from"), _instant("heard_at"))
    op.create_table(
        "record_channel",
        *(_text(name) for name in ("postmortem_id", "team_id", "channel_id")),
        _number("number"),
        _text("added_by"),
        sa.Column("added_at", _instant("").type, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("postmortem_id", "channel_id", name="pk_record_channel"),
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortem.id"], name="fk_record_channel_postmortem_id", ondelete="CASCADE"
        ),
    )
    only, on_sqlite = sa.text("current"), sa.text("current = 1")
    op.create_index(
        "uq_record_channel_current",
        "record_channel",
        ["team_id", "channel_id"],
        unique=True,
        postgresql_where=only,
        sqlite_where=on_sqlite,
    )
    op.add_column("harvest_message", sa.Column("weight", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Back to the record's own channel."""
    op.drop_column("harvest_message", "weight")
    op.drop_table("record_channel")
    _harvest(("postmortem_id",), own=True)
