"""The tables of a post-mortem's life after the harvest: what people wrote, the meeting, the message to customers, the
review, and what became of each proposal."""

from __future__ import annotations

import sqlalchemy as sa

from storage import calendar_tables as calendar_tables  # the whole of the metadata
from storage import canvas_tables as canvas_tables
from storage import capture_tables as capture_tables
from storage import harvest_tables as harvest_tables
from storage import mail_draft_tables as mail_draft_tables
from storage import mail_tables as mail_tables
from storage import meeting_tables as meeting_tables
from storage import noticed_tables as noticed_tables
from storage import reminder_tables as reminder_tables
from storage import report_tables as report_tables
from storage import ticket_tables as ticket_tables
from storage import wiki_tables as wiki_tables
from storage.tables import document, flag, instant, metadata, number, of_record, text, where

section = sa.Table(
    "section",
    metadata,
    of_record(key=True),
    text("section", key=True),
    document("value"),
    number("version"),
    text("by"),
    instant("at"),
)

meeting = sa.Table(
    "meeting",
    metadata,
    of_record(key=True),
    instant("start"),
    instant("end"),
    text("booked_by"),
    instant("booked_at"),
    text("link"),
    text("late_reason"),
    number("sequence"),
    instant("cancelled_at", null=True),
    text("outcome"),
    text("outcome_note"),
    text("outcome_by", null=True),
    instant("outcome_at", null=True),
    text("confirmed_by", null=True),
    instant("confirmed_at", null=True),
    document("confirmed_as"),
    flag("in_writing"),
    text("facilitator", null=True),
    text("shared_by", null=True),
    instant("shared_at", null=True),
    text("shared_url", added=True),
)

external_message = sa.Table(
    "external_message",
    metadata,
    of_record(key=True),
    text("value"),
    document("text"),
    text("by", null=True),
    instant("at", null=True),
    text("reason"),
    document("frozen", null=True),
    instant("posted_at", null=True),
    text("posted_by", null=True),
    text("posted_url", null=True),
)

timeline_entry = sa.Table(
    "timeline_entry",
    metadata,
    text("id", key=True),
    of_record(),
    instant("at"),
    text("text"),
    text("kind"),
    text("by"),
    instant("saved_at"),
    text("ts", null=True),
    number("line", null=True),
    text("thread_ts", null=True),
    text("user_id", null=True),
    document("evidence"),
    text("waiver"),
    flag("removed"),
    number("version"),
    flag("approximate", added=True),
    number("rank", added=True),
    text("merged_into", null=True),
    text("channel_id", added=True),
    sa.Index(None, "postmortem_id", "at"),
    sa.Index(None, "postmortem_id", "ts"),
)

action_item = sa.Table(
    "action_item",
    metadata,
    text("id", key=True),
    of_record(),
    text("text"),
    text("decision"),
    text("by"),
    instant("at"),
    text("reason"),
    text("ticket"),
    text("assignee", null=True),
    text("ts", null=True),
    number("line", null=True),
    number("version"),
    text("kind", null=True),
    text("priority", null=True),
    text("justification", added=True),
    text("due", null=True),
    text("merged_into", null=True),
    text("was", null=True),
    text("roi", added=True),
    sa.Index(None, "postmortem_id", "at"),
)

# The uploaded lists of action items, for a tracker to import.
action_file = sa.Table(
    "action_file",
    metadata,
    text("file_id", key=True),
    of_record(),
    text("digest"),
    text("state"),
    text("permalink", null=True),
    instant("reserved_at"),
    sa.Index(None, "postmortem_id", "reserved_at"),
)

review_note = sa.Table(
    "review_note",
    metadata,
    text("id", key=True),
    of_record(),
    text("user_id"),
    text("text"),
    instant("at"),
    text("channel_id"),
    text("ts", null=True),
    text("state"),
    text("done_by", null=True),
    instant("done_at", null=True),
    sa.UniqueConstraint("postmortem_id", "channel_id", "ts"),
    sa.Index(None, "postmortem_id", "at"),
)

approval = sa.Table(
    "approval",
    metadata,
    of_record(key=True),
    text("user_id", key=True),
    instant("at"),
)

looked_at = sa.Table(
    "looked_at",
    metadata,
    of_record(key=True),
    text("field", key=True),
    text("finding", key=True),
    text("verdict"),
    text("by"),
    instant("at"),
    text("reason"),
)

query_entry = sa.Table(
    "query_entry",
    metadata,
    text("id", key=True),
    of_record(),
    text("text"),
    text("tool"),
    text("link"),
    text("result"),
    text("ran_by", null=True),
    text("by"),
    instant("saved_at"),
    text("ts", null=True),
    number("line", null=True),
    text("thread_ts", null=True),
    flag("removed"),
    number("version"),
    sa.Index(None, "postmortem_id", "saved_at"),
)

question = sa.Table(
    "question",
    metadata,
    text("id", key=True),
    of_record(),
    text("asked_by"),
    text("asked_of"),
    text("text"),
    instant("at"),
    text("state"),
    text("answer"),
    text("answered_by", null=True),
    instant("answered_at", null=True),
    text("used_as"),
    number("version"),
    sa.Index(None, "postmortem_id", "at"),
    sa.Index(None, "asked_of", "state"),
)

watcher = sa.Table(
    "watcher",
    metadata,
    of_record(key=True),
    text("user_id", key=True),
    instant("at"),
)

line_check = sa.Table(
    "line_check",
    metadata,
    of_record(key=True),
    text("user_id", key=True),
    text("asked_by"),
    instant("asked_at"),
    text("state"),
    text("said"),
    instant("answered_at", null=True),
)

channel = sa.Table(
    "channel",
    metadata,
    text("team_id", key=True),
    text("channel_id", key=True),
    text("name"),
    flag("private"),
    flag("shared"),
    instant("read_at"),
)

channel_member = sa.Table(
    "channel_member",
    metadata,
    text("team_id", key=True),
    text("channel_id", key=True),
    text("user_id", key=True),
)

# Incidents' channels that cannot be written to; those that can have no row.
closed_room = sa.Table(
    "closed_room",
    metadata,
    text("team_id", key=True),
    text("channel_id", key=True),
    text("how"),
    instant("at"),
    text("by", null=True),
)

# A record's channels beside its own. A channel belongs to one record at a time, and its number in the record stays.
record_channel = sa.Table(
    "record_channel",
    metadata,
    of_record(key=True),
    text("team_id"),
    text("channel_id", key=True),
    number("number"),
    text("added_by"),
    instant("added_at"),
    flag("current"),
    where("uq_record_channel_current", "team_id", "channel_id", only="current", on_sqlite="current = 1", unique=True),
)

# The highest number that a record which was deleted has had: numbers are never given again.
numbering = sa.Table(
    "numbering",
    metadata,
    text("team_id", key=True),
    number("highest"),
)

# The holidays that deadlines were last counted with, so that a change of the settings is noticed once.
holidays_counted = sa.Table(
    "holidays_counted",
    metadata,
    text("team_id", key=True),
    document("dates"),
    number("version"),
    instant("at"),
)

# Whom the list of people leaves out; the digest tells nobody who that is.
forgotten = sa.Table(
    "forgotten",
    metadata,
    text("team_id", key=True),
    text("digest", key=True),
)
