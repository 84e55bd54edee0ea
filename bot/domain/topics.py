"""The short messages that the bot writes by itself, to one person or into the incident channel: one name each, so that
a stored row says what is to be told and not how it reads."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """What a short message is about. The values that travel with each are listed beside the texts that need them."""

    RELIEVED = "relieved"
    IC_NAMED = "ic_named"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    OWNER_SILENT = "owner_silent"
    OWNER_GONE = "owner_gone"
    OWNER_REFUSED = "owner_refused"
    TROUBLE = "trouble"
    DESIGNATED = "designated"
    HANDED_OVER = "handed_over"
    PROPOSED = "proposed"
    ESCALATED = "escalated"
    REPLACED = "replaced"
    MOVED = "moved"
    SEVERITY_ASKED = "severity_asked"
    SEVERITY_PROPOSED = "severity_proposed"
    SEVERITY_SET = "severity_set"
    SEVERITY_TOLD = "severity_told"
    SEVERITY_KEPT = "severity_kept"
    OPEN_AGAIN = "open_again"
    RESOLVED_AGAIN = "resolved_again"
    DEADLINE_MOVED = "deadline_moved"
    WAIVED = "waived"
    WAIVER_UNDONE = "waiver_undone"
    RESTRICTED = "restricted"
    UNRESTRICTED = "unrestricted"
    SHARED_CHANNEL = "shared_channel"
    MEETING_BOOKED = "meeting_booked"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_LATE = "meeting_late"
    HELD_SILENT = "held_silent"
    REVIEW_CHANNEL = "review_channel"
    NOTES = "notes"
    NO_SUPPORT = "no_support"
    SENT_BACK = "sent_back"
