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
# Inside the forms of the content.
CONTENT_PAGE: Final = "content_page"
CONTENT_EARLIER: Final = "content_earlier"
CONTENT_GO: Final = "content_go"
ITEM_ADD: Final = "item_add"
ITEM_EDIT: Final = "item_edit"
# The record and the kind of event that is asked for.
ITEM_ADD_BEGAN: Final = "item_add_began"
ITEM_ADD_PAGED: Final = "item_add_paged"
ITEM_ADD_PUBLIC: Final = "item_add_public"
ITEM_ADD_ENDED: Final = "item_add_ended"
# The record, the line, what is to be done and the version that was seen; of ITEM_UNDO the record, what was done and to what.
ITEM_MENU: Final = "item_menu"
ITEM_UNDO: Final = "item_undo"
ITEM_SPLIT: Final = "item_split"
MERGE_OPEN: Final = "merge_open"
WALK_OPEN: Final = "walk_open"
WALK_SKIP: Final = "walk_skip"
ITEM_REMOVE: Final = "item_remove"
ITEM_PUT_BACK: Final = "item_put_back"
WAIVE_OPEN: Final = "waive_open"
ACTION_ADD: Final = "action_add"
ACTION_EDIT: Final = "action_edit"
ACTION_APART: Final = "action_apart"
TODO_EDIT: Final = "todo_edit"
ACTIONS_CSV: Final = "actions_csv"
QUERIES_OPEN: Final = "queries_open"
QUERY_ADD: Final = "query_add"
QUERY_EDIT: Final = "query_edit"
QUERY_REMOVE: Final = "query_remove"
QUERY_PUT_BACK: Final = "query_put_back"
HUB_OPEN: Final = "hub_open"
HUB_ANEW: Final = "hub_anew"
HOME_RECORD: Final = "home_record"
HOME_FILTER: Final = "home_filter"
HOME_EARLIER: Final = "home_earlier"
HOME_LATER: Final = "home_later"
HELD_OPEN: Final = "held_open"
EXTERNAL_POSTED: Final = "external_posted"
# The record, what the severity was and what was proposed; the record and a page; a person.
SEVERITY_CONFIRM: Final = "severity_confirm"
SEVERITY_KEEP: Final = "severity_keep"
DEADLINE_WORKING: Final = "deadline_working"
HISTORY_PAGE: Final = "history_page"
FORGET_CONFIRM: Final = "forget_confirm"
# The meeting: the value is the record and the sequence of its booking, so that a stale click is noticed.
MEETING_CANCEL: Final = "meeting_cancel"
MEETING_REAL: Final = "meeting_real"
HELD_AGREED: Final = "held_agreed"
HELD_CHANGES: Final = "held_changes"
HELD_IN_WRITING: Final = "held_in_writing"
HELD_NOT: Final = "held_not"
# The review: the record, a note's id, or the record and a page.
REVIEW_APPROVE: Final = "review_approve"
REVIEW_COMMENT: Final = "review_comment"
NOTE_DONE: Final = "note_done"
NOTE_OPEN_AGAIN: Final = "note_open_again"
NOTES_PAGE: Final = "notes_page"
# The message to customers: the record; of the support team's buttons the record and the review that handed it over.
EXTERNAL_PREVIEW: Final = "external_preview"
EXTERNAL_PROBLEM: Final = "external_problem"
EXAMPLES_OPEN: Final = "examples_open"
EXAMPLES_PAGE: Final = "examples_page"
# Wording: the record and what names the finding (see blocks/wording_value.py), the record and a page, or the record.
WORDING_TAKE: Final = "wording_take"
WORDING_TAKE_OTHER: Final = "wording_take_other"
WORDING_LEAVE: Final = "wording_leave"
WORDING_LEAVE_PAGE: Final = "wording_leave_page"
WORDING_IGNORE_OPEN: Final = "wording_ignore_open"
WORDING_PAGE: Final = "wording_page"
# The primary and what was merged into it.
MERGE_UNDO: Final = "merge_undo"
# Of a reminder: the record, and how long, or `mute`.
REMIND_LATER: Final = "remind_later"
# The directory of services: the service's name. The meeting's guests and its calendar: the record.
SERVICE_ADD: Final = "service_add"
SERVICE_EDIT: Final = "service_edit"
SERVICE_REMOVE: Final = "service_remove"
INVITED_OPEN: Final = "invited_open"
SHARED_OPEN: Final = "shared_open"
# What people did to the meeting in the shared calendar: the record, and which question about it.
CALENDAR_THEIRS: Final = "calendar_theirs"
CALENDAR_OURS: Final = "calendar_ours"
CALENDAR_BACK: Final = "calendar_back"
CALENDAR_LEAVE: Final = "calendar_leave"
# An incident without a record: which one.
NOTICED_START: Final = "noticed_start"
NOTICED_DECLINE: Final = "noticed_decline"
# What was found: the command, the page and what was typed.
SEARCH_NEWER: Final = "search_newer"
SEARCH_OLDER: Final = "search_older"
# The period of the report, as it can be typed.
REPORT_CSV: Final = "report_csv"
REPORT_PICTURE: Final = "report_picture"
# Questions: the record and a page, the record, or a question's id; lines to be confirmed: the record, with `:lines` behind it.
QUESTIONS_OPEN: Final = "questions_open"
QUESTIONS_EARLIER: Final = "questions_earlier"
QUESTION_ASK: Final = "question_ask"
QUESTION_ANSWER: Final = "question_answer"
QUESTION_DECLINE: Final = "question_decline"
QUESTION_WITHDRAW: Final = "question_withdraw"
QUESTION_TO_TIMELINE: Final = "question_to_timeline"
QUESTION_TO_EVIDENCE: Final = "question_to_evidence"
QUESTION_TO_QUERY: Final = "question_to_query"
# Tickets in the tracker: the record; of a single one, the record and the action item.
TICKETS_CREATE: Final = "tickets_create"
TICKETS_RELABEL: Final = "tickets_relabel"
TICKETS_FILL: Final = "tickets_fill"
TICKET_ANEW: Final = "ticket_anew"
TICKET_AGAIN: Final = "ticket_again"
TICKET_CANCEL: Final = "ticket_cancel"
TICKET_LINK: Final = "ticket_link"
TICKET_UNLINK: Final = "ticket_unlink"
# The e-mails: the record; of what is in their form, the record, which one, and how often it was sent.
MAIL_SUMMARY_OPEN: Final = "mail_summary_open"
MAIL_FIRST_OPEN: Final = "mail_first_open"
MAIL_SUPPORT_OPEN: Final = "mail_support_open"
MAIL_COPY: Final = "mail_copy"
MAIL_SEND: Final = "mail_send"
MAIL_MARK: Final = "mail_mark"
MAIL_LOOK: Final = "mail_look"
MAIL_ANEW: Final = "mail_anew"
# A mail of which nobody knows whether it was sent: the record and the identity of the mail.
MAIL_AGAIN: Final = "mail_again"
MAIL_ARRIVED: Final = "mail_arrived"
# A line that nobody marks any more: the record and the line.
LINE_KEEP: Final = "line_keep"
LINE_OUT: Final = "line_out"
LINES_ASK: Final = "lines_ask"
LINES_RIGHT: Final = "lines_right"
LINES_WRONG: Final = "lines_wrong"
# Under the answer to whoever added a line: the record, the line and the version that they left.
LINE_CHANGE: Final = "line_change"
LINE_TAKE_BACK: Final = "line_take_back"

# The page in the wiki, which could not be kept, or was put away; the value is the record.
WIKI_AGAIN: Final = "wiki_again"
WIKI_ANEW: Final = "wiki_anew"

ACTIONS: Final = (
    DETAILS_OPEN,
    OWNER_ACCEPT,
    OWNER_DECLINE,
    OWNER_CHOOSE_OPEN,
    PROPOSAL_CONFIRM,
    PROPOSAL_OTHER,
    HARVEST_AGAIN,
    CONTENT_OPEN,
    SECTION_EDIT,
    CONTENT_PAGE,
    CONTENT_EARLIER,
    CONTENT_GO,
    TIMELINE_OPEN,
    ITEM_ADD,
    ITEM_ADD_BEGAN,
    ITEM_ADD_PAGED,
    ITEM_ADD_PUBLIC,
    ITEM_ADD_ENDED,
    ITEM_EDIT,
    ITEM_MENU,
    ITEM_REMOVE,
    ITEM_PUT_BACK,
    ITEM_UNDO,
    ITEM_SPLIT,
    MERGE_OPEN,
    WALK_OPEN,
    WALK_SKIP,
    WAIVE_OPEN,
    TODOS_OPEN,
    ACTION_ADD,
    ACTION_EDIT,
    ACTION_APART,
    TODO_EDIT,
    ACTIONS_CSV,
    QUERIES_OPEN,
    QUERY_ADD,
    QUERY_EDIT,
    QUERY_REMOVE,
    QUERY_PUT_BACK,
    HUB_OPEN,
    HUB_ANEW,
    HOME_RECORD,
    HOME_FILTER,
    HOME_EARLIER,
    HOME_LATER,
    SEARCH_NEWER,
    SEARCH_OLDER,
    REPORT_CSV,
    REPORT_PICTURE,
    MOVE_IN_REVIEW,
    MOVE_DRAFT,
    MOVE_REVIEWED,
    MOVE_CLOSED,
    SEVERITY_CONFIRM,
    SEVERITY_KEEP,
    DEADLINE_WORKING,
    HISTORY_PAGE,
    FORGET_CONFIRM,
    MEETING_OPEN,
    MEETING_CANCEL,
    MEETING_REAL,
    HELD_OPEN,
    HELD_AGREED,
    HELD_CHANGES,
    HELD_IN_WRITING,
    HELD_NOT,
    NOTES_OPEN,
    REVIEW_APPROVE,
    REVIEW_COMMENT,
    NOTE_DONE,
    NOTE_OPEN_AGAIN,
    NOTES_PAGE,
    EXTERNAL_OPEN,
    EXTERNAL_PREVIEW,
    EXTERNAL_POSTED,
    EXTERNAL_PROBLEM,
    EXAMPLES_OPEN,
    EXAMPLES_PAGE,
    WORDING_OPEN,
    WORDING_TAKE,
    WORDING_TAKE_OTHER,
    WORDING_LEAVE,
    WORDING_LEAVE_PAGE,
    WORDING_IGNORE_OPEN,
    WORDING_PAGE,
    QUESTIONS_OPEN,
    QUESTIONS_EARLIER,
    QUESTION_ASK,
    QUESTION_ANSWER,
    QUESTION_DECLINE,
    QUESTION_WITHDRAW,
    QUESTION_TO_TIMELINE,
    QUESTION_TO_EVIDENCE,
    QUESTION_TO_QUERY,
    TICKETS_CREATE,
    TICKETS_RELABEL,
    TICKETS_FILL,
    TICKET_ANEW,
    TICKET_AGAIN,
    TICKET_CANCEL,
    TICKET_LINK,
    TICKET_UNLINK,
    MAIL_SUMMARY_OPEN,
    MAIL_FIRST_OPEN,
    MAIL_SUPPORT_OPEN,
    MAIL_COPY,
    MAIL_SEND,
    MAIL_MARK,
    MAIL_LOOK,
    MAIL_ANEW,
    MAIL_AGAIN,
    MAIL_ARRIVED,
    LINE_KEEP,
    LINE_OUT,
    LINES_ASK,
    LINES_RIGHT,
    LINES_WRONG,
    LINE_CHANGE,
    LINE_TAKE_BACK,
    WIKI_AGAIN,
    WIKI_ANEW,
    REMIND_LATER,
    SERVICE_ADD,
    SERVICE_EDIT,
    SERVICE_REMOVE,
    INVITED_OPEN,
    SHARED_OPEN,
    CALENDAR_THEIRS,
    CALENDAR_OURS,
    CALENDAR_BACK,
    CALENDAR_LEAVE,
    MERGE_UNDO,
    NOTICED_START,
    NOTICED_DECLINE,
)

DETAILS: Final = "details"
DECLINE: Final = "decline"
CHOOSE_OWNER: Final = "choose_owner"
MOVE: Final = "move"
# CONTENT is the name of modals that have buttons alone and are never sent.
CONTENT: Final = "content"
SECTION: Final = "section"
PROPOSALS: Final = "proposals"
ITEM: Final = "item"
WAIVE: Final = "waive"
MERGE: Final = "merge"
WALK: Final = "walk"
TODOS: Final = "todos"
ACTION: Final = "action"
LINK_TICKET: Final = "link_ticket"
TICKET_FIELDS: Final = "ticket_fields"
QUERY: Final = "query"
QUERIES: Final = "queries"

MEETING: Final = "meeting"
MEETING_WAS: Final = "meeting_was"
CHANGES: Final = "changes"
COMMENT: Final = "comment"

EXTERNAL: Final = "external"
POSTED: Final = "posted"
MAIL: Final = "mail"
WORDING: Final = "wording"
IGNORE: Final = "ignore"

ASK: Final = "ask"
ANSWER: Final = "answer"
QUESTION_BACK: Final = "question_back"
EVIDENCE: Final = "answer_evidence"
LINES: Final = "lines"
LINES_OFF: Final = "lines_off"

SERVICE: Final = "service"
INVITED: Final = "invited"
SHARED: Final = "shared"
MERGE_PICK: Final = "merge_pick"
MERGE_RECORD: Final = "merge_record"

NOT_NEEDED: Final = "not_needed"

# What a message's menu opens.
START_HERE: Final = "start_here"
POINTED_LINE: Final = "pointed_line"
POINTED_TODO: Final = "pointed_todo"
POINTED_QUERY: Final = "pointed_query"
POINTED_EVIDENCE: Final = "pointed_evidence"

VIEWS: Final = (
    DETAILS,
    DECLINE,
    CHOOSE_OWNER,
    MOVE,
    SECTION,
    PROPOSALS,
    ITEM,
    WAIVE,
    MERGE,
    WALK,
    TODOS,
    ACTION,
    LINK_TICKET,
    TICKET_FIELDS,
    QUERY,
    QUERIES,
    MEETING,
    MEETING_WAS,
    CHANGES,
    COMMENT,
    EXTERNAL,
    POSTED,
    MAIL,
    IGNORE,
    ASK,
    ANSWER,
    QUESTION_BACK,
    EVIDENCE,
    LINES,
    LINES_OFF,
    SERVICE,
    INVITED,
    SHARED,
    MERGE_PICK,
    MERGE_RECORD,
    NOT_NEEDED,
    START_HERE,
    POINTED_LINE,
    POINTED_TODO,
    POINTED_QUERY,
    POINTED_EVIDENCE,
)

# The entries of a message's menu, as the manifest names them.
ADD_TO_TIMELINE: Final = "add_to_timeline"
ADD_AS_TODO: Final = "add_as_todo"
ADD_AS_QUERY: Final = "add_as_query"
ATTACH_AS_EVIDENCE: Final = "attach_as_evidence"
SHORTCUTS: Final = (ADD_TO_TIMELINE, ADD_AS_TODO, ADD_AS_QUERY, ATTACH_AS_EVIDENCE)

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
WHY: Final = "why"
OWNER: Final = "owner"
OTHER: Final = "other"
BRING: Final = "bring"
MEETING_AT: Final = "meeting_at"
DURATION: Final = "duration"
LINK: Final = "link"
LATE_REASON: Final = "late_reason"
FACILITATOR: Final = "facilitator"
SERVICE_NAME: Final = "service_name"
SERVICE_OWNERS: Final = "service_owners"
MANAGER: Final = "manager"
PRODUCT_MANAGER: Final = "product_manager"
PROJECT: Final = "project"
ADDED: Final = "added"
REMOVED: Final = "removed"
LIAISON: Final = "liaison"
DECISION: Final = "decision"
SUMMARY: Final = "summary"
HAPPENED: Final = "happened"
DOING: Final = "doing"
FULL_OUTAGE: Final = "full_outage"
POSTED_AT: Final = "posted_at"
MAIL_TO: Final = "mail_to"
MAIL_SUBJECT: Final = "mail_subject"
MAIL_BODY: Final = "mail_body"
