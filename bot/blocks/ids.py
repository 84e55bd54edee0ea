"""The names under which Slack hands our buttons, forms and fields back. Old messages keep their names for ever, so a
name may be added here and never changed."""

from __future__ import annotations

from typing import Final

DETAILS_OPEN: Final = "details_open"
OWNER_ACCEPT: Final = "owner_accept"
OWNER_DECLINE: Final = "owner_decline"
OWNER_CHOOSE_OPEN: Final = "owner_choose_open"
PROPOSAL_CONFIRM: Final = "proposal_confirm"
PROPOSAL_OTHER: Final = "proposal_other"
HARVEST_AGAIN: Final = "harvest_again"
MOVE_IN_REVIEW: Final = "move_in_review"
MOVE_DRAFT: Final = "move_draft"
MOVE_REVIEWED: Final = "move_reviewed"
MOVE_CLOSED: Final = "move_closed"
# Where the checklist leads to; the value is the record, of SECTION_EDIT the record and the section.
CONTENT_OPEN: Final = "content_open"
SECTION_EDIT: Final = "section_edit"
TIMELINE_OPEN: Final = "timeline_open"
TODOS_OPEN: Final = "todos_open"
MEETING_OPEN: Final = "meeting_open"
NOTES_OPEN: Final = "notes_open"
EXTERNAL_OPEN: Final = "external_open"
WORDING_OPEN: Final = "wording_open"
HUB_OPEN: Final = "hub_open"
HOME_RECORD: Final = "home_record"
HOME_FILTER: Final = "home_filter"
HOME_EARLIER: Final = "home_earlier"
HOME_LATER: Final = "home_later"
HELD_OPEN: Final = "held_open"
EXTERNAL_POSTED: Final = "external_posted"

ACTIONS: Final = (
    DETAILS_OPEN,
    OWNER_ACCEPT,
    OWNER_DECLINE,
    OWNER_CHOOSE_OPEN,
    PROPOSAL_CONFIRM,
    PROPOSAL_OTHER,
    HARVEST_AGAIN,
    HUB_OPEN,
    HOME_RECORD,
    HOME_FILTER,
    HOME_EARLIER,
    HOME_LATER,
    MOVE_IN_REVIEW,
    MOVE_DRAFT,
    MOVE_REVIEWED,
    MOVE_CLOSED,
)

DETAILS: Final = "details"
DECLINE: Final = "decline"
CHOOSE_OWNER: Final = "choose_owner"
MOVE: Final = "move"

VIEWS: Final = (DETAILS, DECLINE, CHOOSE_OWNER, MOVE)

# Block ids of the inputs; the action id inside a block is always INPUT.
INPUT: Final = "input"
TITLE: Final = "title"
SEVERITY: Final = "severity"
STARTED_AT: Final = "started_at"
DETECTED_AT: Final = "detected_at"
RESOLVED_AT: Final = "resolved_at"
IC: Final = "ic"
SHADOW: Final = "shadow"
SCRIBE: Final = "scribe"
SERVICES: Final = "services"
RECORDING: Final = "recording"
REASON: Final = "reason"
OWNER: Final = "owner"
