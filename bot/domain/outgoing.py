"""Everything the bot does to the world is first a row: what, for whom, when, under which unique key.

A row holds a kind, ids and values, never a drawn message: the message is drawn when it leaves, as it should look then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


class Lane(StrEnum):
    """Rows of one lane wait for each other, rows of different lanes do not: a slow harvest never delays a DM."""

    MESSAGES = "messages"
    HARVEST = "harvest"
    FILES = "files"


class Kind(StrEnum):
    """What a row does when it is due."""

    CARD = "card"
    PIN_CARD = "pin_card"
    ROLE_STEPS = "role_steps"
    CHANNEL_NOTE = "channel_note"
    OWNER_DM = "owner_dm"
    PERSON_DM = "person_dm"
    CONFIRM_DM = "confirm_dm"
    INVITE_OWNER = "invite_owner"
    CHECK_OWNER = "check_owner"
    ESCALATE_PROPOSAL = "escalate_proposal"
    OWNER_SILENT = "owner_silent"
    HARVEST = "harvest"
    PEOPLE = "people"
    PLACE = "place"
    DOCUMENT = "document"
    ACTIONS_FILE = "actions_file"
    REMOVE_FILE = "remove_file"
    CANVAS = "canvas"
    REVIEW_DUE = "review_due"
    REVIEW_POST = "review_post"
    RESULTS_POST = "results_post"
    TIMELINE_PICTURE = "timeline_picture"
    HELD_CARD = "held_card"
    HELD_SILENT = "held_silent"
    NOTES_DUE = "notes_due"
    AGENDA = "agenda"
    CALENDAR = "calendar"
    CALENDAR_EVENT = "calendar_event"
    CALENDAR_ASK = "calendar_ask"
    CALENDAR_BUSY = "calendar_busy"
    CALENDAR_MAIL = "calendar_mail"
    MAIL = "mail"
    SUPPORT_DUE = "support_due"
    SUPPORT_TASK = "support_task"
    SUPPORT_NUDGE = "support_nudge"
    QUESTION_DM = "question_dm"
    INVITE_ASKED = "invite_asked"
    QUESTION_SILENT = "question_silent"
    QUESTION_NUDGE = "question_nudge"
    WATCH_DM = "watch_dm"
    LINES_DM = "lines_dm"
    CAPTURE = "capture"
    CAPTURE_MARK = "capture_mark"
    WITHDRAWN_DM = "withdrawn_dm"
    REMIND = "remind"
    NUDGE = "nudge"
    START_OFFER = "start_offer"
    DIGEST = "digest"
    DIGEST_POST = "digest_post"
    REPORT_FILE = "report_file"
    TICKET = "ticket"
    TICKET_OFF = "ticket_off"
    TICKET_PAGE = "ticket_page"
    RELABELLED = "relabelled"
    TICKETS_READ = "tickets_read"
    TICKET_READ = "ticket_read"
    TICKET_FORM = "ticket_form"
    TICKETS_WATCH = "tickets_watch"
    WIKI_PAGE = "wiki_page"


LANES: Mapping[Kind, Lane] = {
    Kind.HARVEST: Lane.HARVEST,
    Kind.PEOPLE: Lane.HARVEST,
    Kind.PLACE: Lane.HARVEST,
    Kind.CAPTURE: Lane.HARVEST,
    Kind.TICKETS_READ: Lane.HARVEST,
    Kind.TICKET_READ: Lane.HARVEST,
    # A calendar or a wiki that is down holds no file back.
    Kind.CALENDAR_EVENT: Lane.HARVEST,
    Kind.WIKI_PAGE: Lane.HARVEST,
    Kind.CALENDAR_BUSY: Lane.HARVEST,
    Kind.DOCUMENT: Lane.FILES,
    Kind.TIMELINE_PICTURE: Lane.FILES,
    Kind.CALENDAR: Lane.FILES,
    Kind.CALENDAR_MAIL: Lane.FILES,
    Kind.MAIL: Lane.FILES,
    Kind.ACTIONS_FILE: Lane.FILES,
    Kind.REPORT_FILE: Lane.FILES,
    Kind.REMOVE_FILE: Lane.FILES,
    Kind.CANVAS: Lane.FILES,
    Kind.TICKET: Lane.FILES,
    Kind.TICKET_OFF: Lane.FILES,
    Kind.TICKET_PAGE: Lane.FILES,
    Kind.TICKET_FORM: Lane.HARVEST,
}


def lane_of(kind: Kind) -> Lane:
    """The lane that a kind travels in; messages unless the table says otherwise."""
    return LANES.get(kind, Lane.MESSAGES)


class RowState(StrEnum):
    """Open rows are still to be done; dead ones were given up and are shown to people."""

    OPEN = "open"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row to be written. `key` is unique for ever: writing the same key twice changes nothing unless `again`.

    `again=True` re-opens a row that was done (a card to redraw): its generation rises, so that a worker which is busy with
    the older generation leaves the row open. `due_at` is an aware UTC instant.
    """

    kind: Kind
    key: str
    team_id: str
    due_at: datetime
    postmortem_id: str | None = None
    payload: Mapping[str, Json] = field(default_factory=dict)
    again: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A stored row as a worker sees it after claiming it. `attempts` counts this claim."""

    id: int
    kind: Kind
    key: str
    team_id: str
    postmortem_id: str | None
    payload: Mapping[str, Json]
    due_at: datetime
    state: RowState
    generation: int
    attempts: int
    first_attempt_at: datetime | None
    result: Mapping[str, Json]
    last_error: str | None
