"""The tables of the harvest. What an interrupted and an undisturbed reading write must be equal to the last byte, so
there are no counted-up numbers and no times of insertion here: every row is named by what it was read from."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import document, flag, instant, metadata, number, of_record, text, where

PROPOSED, CONFIRMED, REJECTED = "proposed", "confirmed", "rejected"


def _micros() -> sa.Column[int]:
    """A Slack timestamp in whole microseconds: its order is that of time, whatever its length as text."""
    return sa.Column("micros", sa.BigInteger, primary_key=True, autoincrement=False)


def _finding(
    name: str,
    *columns: sa.Column[object] | sa.Column[str] | sa.Column[int] | sa.Column[bool],
    added: tuple[sa.Column[str], ...] = (),
) -> sa.Table:
    """A table of findings. `nth` tells findings of one place apart; `position` keeps the order of the analysis. Columns that
    were `added` later come last."""
    named = [column.name for column in columns if column.primary_key]
    tail = (number("nth", key=True), number("position"), text("state"))
    return sa.Table(
        name,
        metadata,
        of_record(key=True),
        *columns,
        *tail,
        *added,
        sa.PrimaryKeyConstraint("postmortem_id", *named, "nth"),
    )


harvest = sa.Table(
    "harvest",
    metadata,
    of_record(key=True),
    text("channel_id", key=True),
    text("phase"),
    text("oldest"),
    text("newest"),
    text("cursor", null=True),
    number("pages"),
    number("resumed"),
    instant("requested_at", null=True),
    instant("finished_at", null=True),
    instant("waiting_until", null=True),
    text("trouble", null=True),
    instant("again_at", null=True),
    instant("live_from", null=True),
    instant("heard_at", null=True),
    # How fast it goes, and how far back it is: what an estimate of the rest is made of.
    text("reached", null=True),
    sa.Column("calls", sa.Integer, nullable=False, server_default="0"),
    instant("calls_from", null=True),
    instant("called_at", null=True),
)

harvest_message = sa.Table(
    "harvest_message",
    metadata,
    of_record(key=True),
    text("channel_id", key=True),
    _micros(),
    text("ts", key=True),
    document("body"),
    # Of two versions of a message the heavier one is kept.
    sa.Column("weight", sa.BigInteger, nullable=False, server_default="0"),
)

harvest_thread = sa.Table(
    "harvest_thread",
    metadata,
    of_record(key=True),
    text("channel_id", key=True),
    _micros(),
    text("ts", key=True),
    sa.Column("reply_count", sa.BigInteger, nullable=False),
    text("latest_reply", null=True),
    text("cursor", null=True),
    flag("pending"),
    number("touches"),
    where(
        "ix_harvest_thread_pending",
        *("postmortem_id", "channel_id", "micros", "ts"),
        only="pending",
        on_sqlite="pending = 1",
    ),
)

analysis = sa.Table(
    "analysis",
    metadata,
    of_record(key=True),
    document("ic", null=True),
    document("scribe", null=True),
    document("end_of_call", null=True),
    document("severities"),
    document("beside", null=True),
)

role_claim = _finding(
    "role_claim",
    text("ts", key=True),
    text("role", key=True),
    text("user_id", null=True),
    text("name", null=True),
    instant("at"),
    text("rule"),
    text("confidence"),
)

responder = _finding(
    "responder",
    text("user_id", key=True),
    text("name"),
    number("messages"),
    document("roles"),
    text("why"),
    flag("suggested"),
)

timeline_item = _finding(
    "timeline_item",
    text("ts", key=True),
    number("line", key=True),
    text("thread_ts", null=True),
    instant("at"),
    text("user_id", null=True),
    text("kind"),
    text("text"),
    document("evidence"),
    text("rule"),
    text("confidence"),
)

todo = _finding(
    "todo",
    text("ts", key=True),
    number("line", key=True),
    text("thread_ts", null=True),
    text("user_id", null=True),
    text("text"),
    text("detail"),
    text("assignee", null=True),
    text("rule"),
    text("confidence"),
    added=(text("due", null=True),),
)

recording = _finding(
    "recording",
    text("ts", key=True),
    text("url"),
    text("rule"),
    text("confidence"),
)

query = _finding(
    "query",
    text("ts", key=True),
    number("line", key=True),
    text("thread_ts", null=True),
    text("user_id", null=True),
    text("text"),
    text("rule"),
    text("confidence"),
    added=(text("result", null=True), text("result_ts", null=True)),
)
