"""The short messages of the bot, by topic: to one person, and in the incident's channel. A topic that is not here has
nothing in the gallery, and a test says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.blocks import direct
from bot.blocks import notes as tables
from bot.domain.mail_draft import Letter
from bot.domain.outgoing import Kind
from bot.domain.overview import Overview
from bot.domain.postmortem import OwnerState
from bot.domain.room import Closed, How
from bot.domain.tickets import TicketState
from bot.domain.topics import Topic
from bot.jobs.handlers import ticket_links
from bot.usecases import recount_holidays
from demo.gallery import asked, linked, mailed, samples, stages, texts
from demo.gallery.entry import Entry, Group, message
from demo.gallery.groups import tickets
from demo.gallery.people import ANA, BEN, CHIOMA, DANA, ELIF, REVIEWS

WHY = "I am away until Thursday, and the meeting is due on Thursday."
START = samples.MEETING.isoformat()
SEVERITY = {"by": CHIOMA, "asked": ANA, "severity": 2, "seen": 1, "reason": "No order failed after 13:14."}
SAID = ["The meeting is due Mon 30 Nov, end of day, America/New_York.", "It counts business days now."]
OWNER = {"owner": BEN, "by": ANA}
ANSWERED, DECLINED, SILENT = asked.answered(), asked.declined(), asked.question(2)
LONG = asked.answered(3, answer="\n".join([asked.ANSWER] * 12))
TOLD = ["Severity SEV-1; it was SEV-2.", "Ended Mon 23 Nov 13:40 New York; it was Mon 23 Nov 13:14 New York."]
BACK = ["Severity SEV-2; it was SEV-1.", "Last day Mon 30 Nov: the deadline was Thu 26 Nov."]
MERGED = {
    "by": ANA, "other": "PM-9", "channel": "C0INC9", "other_id": "pm-9", "reason": "One queue, two alarms.", "said": TOLD,
    "left": "6 lines of its timeline came along, each with its message. What else was confirmed in PM-9 stays there.",
}  # fmt: skip
INTO = {"by": ANA, "into": "PM-5", "channel": "C0INC5"}
Case = tuple[str, Mapping[str, Any]]
CASES: Mapping[str, tuple[Case, ...]] = {
    Topic.RELIEVED: (("handed over", {"owner": DANA, "by": ANA}),),
    Topic.IC_NAMED: (("named by somebody else", {"owner": BEN, "by": CHIOMA}),),
    Topic.DECLINED: (("with a reason", {"owner": BEN, "reason": WHY}),),
    Topic.ACCEPTED: (("accepted", {"owner": BEN}),),
    Topic.OWNER_SILENT: (("no answer", {"owner": BEN, "hours": 4}),),
    Topic.OWNER_GONE: (("the account is gone", {"owner": BEN}),),
    Topic.OWNER_REFUSED: (("cannot be one", {"owner": BEN, "reason": "This is an app, and no person."}),),
    Topic.TROUBLE: tuple((kind.value, {"what": kind.value, "reason": "Slack says channel_not_found."}) for kind in Kind),
    Topic.DESIGNATED: (("by the incident commander", OWNER),),
    Topic.HANDED_OVER: (("to somebody else", {"before": BEN, "owner": DANA, "by": ANA}),),
    Topic.PROPOSED: (("to the incident commander", {"candidate": BEN, "by": CHIOMA, "asked": ANA}),),
    Topic.ESCALATED: (("no answer", {"candidate": BEN, "by": CHIOMA, "before": ANA, "asked": DANA}),),
    Topic.REPLACED: (("somebody else", {"candidate": BEN, "owner": DANA, "by": ANA}),),
    Topic.SEVERITY_ASKED: (("to be answered", SEVERITY), ("changed meanwhile", {**SEVERITY, "seen": 3})),
    Topic.SEVERITY_PROPOSED: (("asked", SEVERITY),),
    Topic.SEVERITY_SET: (
        ("lowered", {"by": ANA, "frm": 1, "to_severity": 2, "said": SAID, "reason": "No order failed.", "ping": [BEN, DANA]}),
        ("for the first time", {"by": ANA, "frm": None, "to_severity": 3, "said": []}),
    ),
    Topic.SEVERITY_TOLD: (("lowered", {"by": ANA, "frm": 1, "to_severity": 2, "said": SAID}),),
    Topic.SEVERITY_KEPT: (("stays", {"by": ANA, "proposed": "SEV-2", "said": "It stays SEV-1."}),),
    Topic.MERGED_WITH: (("merged", MERGED), ("taken back since", {**MERGED, "other_id": "pm-5"})),
    Topic.UNMERGED_WITH: (
        ("taken back", {"by": ANA, "other": "PM-9", "channel": "C0INC9", "said": BACK}),
        ("changed since", {"by": ANA, "other": "PM-9", "channel": "C0INC9", "said": BACK, "kept": ["the end", "the start"]}),
    ),
    Topic.MERGED_INTO: (
        ("with a meeting", {**INTO, "reason": "One queue.", "cancelled": START, "ping": [BEN, DANA]}),
        ("without one", INTO),
    ),
    Topic.UNMERGED: (
        ("with a meeting", {**INTO, "cancelled": START, "ping": [BEN]}),
        ("without one", INTO),
    ),
    Topic.WAIVED: (("with a reason", {"by": ANA, "reason": "The pager was tested; nobody was touched."}),),
    Topic.WAIVER_UNDONE: (("taken back", {"by": ANA}),),
    Topic.RESTRICTED: (("restricted", {"by": ANA}),),
    Topic.UNRESTRICTED: (("lifted", {"by": ANA}),),
    Topic.SHARED_CHANNEL: (("strangers read along", {}),),
    Topic.MEETING_BOOKED: (
        ("booked", {"by": BEN, "start": START, "minutes": 30, "link": "https://meet.acme.example/pm-7"}),
        ("moved, long", {"by": BEN, "start": START, "minutes": 60, "before": texts.NOW.isoformat()}),
        ("late", {"by": BEN, "start": START, "minutes": 30, "reason": "Half of the people are away until Friday."}),
    ),
    Topic.MEETING_CANCELLED: (("cancelled", {"by": BEN, "start": START}),),
    Topic.MEETING_LATE: (("with a reason", {"by": BEN, "start": START, "reason": "Half of the people are away."}),),
    Topic.CALENDAR_LEFT: (("another calendar", {"address": "https://cal.acme.example/bot/old/pm-7.ics"}),),
    Topic.HELD_SILENT: (("nobody said", {"start": START}), ("said meanwhile", {"start": START, "now": "answered"})),
    Topic.REVIEW_CHANNEL: tuple(
        (error, {"channel": REVIEWS, "error": error}) for error in ("not_in_channel", "is_archived", "restricted_action")
    ),
    Topic.LEARNINGS_CHANNEL: (("is_archived", {"channel": REVIEWS, "error": "is_archived"}),),
    Topic.NOTES: (("open ones", {"start": START}), ("all done", {"start": START, "now": "done"})),
    Topic.NO_SUPPORT: (("nobody is configured", {}),),
    Topic.SENT_BACK: (("with a reason", {"by": ELIF, "reason": "Say how many orders were touched, customers ask."}),),
    Topic.OPEN_AGAIN: (("with a reason", {"by": ANA, "reason": "Orders are slow again since 15:00."}),),
    Topic.RESOLVED_AGAIN: (
        ("over", {"by": ANA, "end": texts.NOW.isoformat(), "said": SAID[:1], "ping": [BEN, ANA]}),
        ("the deadline stays", {"by": ANA, "end": texts.NOW.isoformat(), "said": []}),
    ),
    Topic.DEADLINE_MOVED: (
        ("other holidays", {"why": recount_holidays.WHY, "said": SAID[:1], "ping": [BEN, ANA]}),
    ),
    Topic.QUESTION_ANSWERED: (
        ("answered", {"question": ANSWERED.id}), ("a long answer", {"question": LONG.id}),
        ("the question is gone", {"question": "pm-7:gone"}),
    ),
    Topic.QUESTION_DECLINED: (
        ("with a hint", {"question": DECLINED.id}), ("without a hint", {"question": SILENT.id}),
    ),
    Topic.QUESTION_SILENT: (("after the reminder", {"question": SILENT.id}),),
    Topic.QUESTION_UNTOLD: (("not reached", {"question": SILENT.id}),),
    Topic.ROOM_CLOSED: (
        ("archived", {"how": How.ARCHIVED, "review": REVIEWS}), ("left", {"how": How.LEFT}),
        ("deleted", {"how": How.DELETED}),
    ),
    Topic.TICKET_NOT_LINKED: (
        ("to an action item", {"ticket": "OPS-404", "reason": ticket_links.NONE, "action": "ticket-0"}),
        ("the action item is gone", {"ticket": "OPS-7", "reason": "Jira cannot be reached.", "action": "gone"}),
    ),
    Topic.TICKETS_OUTDATED: (("three", {}), ("changed back since", {})),
    Topic.TICKETS_RELABELLED: (
        ("all of them", {"actions": [f"made-{number}" for number in range(3)]}),
        ("two that failed", {"actions": [f"made-{number}" for number in range(3)]}),
        ("twelve that failed", {"actions": [f"made-{number}" for number in range(12)]}),
    ),
    Topic.TICKETS_SETTLED: (("some failed", {"since": tickets.SINCE}), ("long ago", {"since": ""})),
    Topic.TICKETS_STOPPED: (("Jira is down", {"why": "Jira cannot be reached.", "which": ""}),),
    Topic.MAIL_WANTED: (("after the review", {}),),
    Topic.MAIL_COPY: (
        ("the summary", {"purpose": "summary", "number": 0}), ("changed meanwhile", {"purpose": "first", "number": 0}),
        ("a long text, the first piece", {"purpose": "support", "number": 0}),
        ("a long text, the last piece", {"purpose": "support", "number": 1}),
    ),
    Topic.MAIL_UNKNOWN: (
        ("an invitation", {"mail": "pm-7.invitation.2", "purpose": "invitation", "names": ["Ben", "Dana", "Elif"], "all": 3}),
        ("a summary", {"mail": "pm-7.summary.1", "purpose": "summary", "names": ["incident-reports@acme.example"], "all": 1}),
    ),
    Topic.MAIL_DROPPED: (("a summary", {"mail": "pm-7.summary.1", "purpose": "summary", "names": [], "all": 2}),),
    Topic.MAIL_REFUSED: (
        ("one address", {
            "mail": "pm-7.invitation.0", "purpose": "invitation", "names": ["Ben", "Dana"], "all": 2, "reached": 1,
            "refused": [["dana@acme.example", "550 No such user."]],
        }),
    ),
    Topic.LINES_OFF: (("by a responder", {"by": CHIOMA, "reason": "The restart was at 12:33, not at 12:31."}),),
    Topic.MOVED: (
        ("T1", {"number": "T1", "by": BEN}), ("T2", {"number": "T2", "by": BEN, "reason": "The impact is missing."}),
        ("T3", {"number": "T3", "by": ANA}), ("T4", {"number": "T4", "by": ANA}), ("T5", {"number": "T5", "by": ANA}),
        ("T6", {"number": "T6", "by": ELIF}), ("T7", {"number": "T7", "by": ELIF, "reason": "A number is wrong."}),
        ("T8", {"number": "T8", "by": ANA, "reason": "It happened again."}),
    ),
}  # fmt: skip
_CLOSED, _REVIEWED = ("T4", "T5", "T6"), ("T3",)
_RELABELLED = {"all of them": (3, 0), "two that failed": (3, 2), "twelve that failed": (12, 12)}


def _seen(topic: str, state: str) -> Overview:
    """The post-mortem as it is when that is told."""
    match topic:
        case Topic.MOVED if state in _CLOSED:
            return stages.closed()
        case Topic.MOVED if state in _REVIEWED:
            return stages.reviewed()
        case Topic.HELD_SILENT | Topic.NOTES:
            return stages.agreed() if state == "said meanwhile" else _noted(state)
        case Topic.SENT_BACK | Topic.MOVED:
            return stages.in_review()
        case Topic.DECLINED | Topic.OWNER_REFUSED | Topic.ESCALATED | Topic.PROPOSED:
            return samples.overview(samples.record(owner=None, owner_state=OwnerState.NONE))
        case Topic.RELIEVED | Topic.HANDED_OVER | Topic.REPLACED:
            return samples.overview(samples.record(owner=DANA))
        case Topic.MAIL_COPY:
            long = "\n".join([mailed.draft().body] * 8)
            drafts = (mailed.draft(), mailed.draft(Letter.SUPPORT, body=long))
            return replace(stages.reviewed(), life=replace(stages.reviewed().life, mail_drafts=drafts))
        case Topic.MAIL_WANTED:
            return stages.reviewed()
        case Topic.NO_SUPPORT:
            return stages.reviewed()
        case Topic.MEETING_LATE:
            return samples.overview(now=texts.NOW + timedelta(days=1))
        case Topic.MERGED_WITH:
            return stages.took_in()
        case Topic.MERGED_INTO:
            return stages.merged()
        case Topic.RESTRICTED:
            return stages.restricted()
        case Topic.ROOM_CLOSED:
            seen = samples.overview()
            of, how = seen.postmortem, How(state)
            by = None if how is How.DELETED else CHIOMA
            return replace(seen, closed=Closed(of.team_id, of.channel_id, how, texts.NOW, by))
        case Topic.TICKET_NOT_LINKED:
            return linked.each_state()
        case Topic.TICKETS_OUTDATED:
            return linked.outdated() if state == "three" else samples.overview()
        case Topic.TICKETS_RELABELLED:
            return linked.relabelled(*_RELABELLED[state])
        case Topic.SHARED_CHANNEL:
            return stages.strangers()
        case Topic.TICKETS_SETTLED:
            return tickets.overview((TicketState.MADE, TicketState.REFUSED, TicketState.HELD, TicketState.MADE))
        case Topic.OPEN_AGAIN:
            return stages.open_again()
        case Topic.QUESTION_ANSWERED | Topic.QUESTION_DECLINED | Topic.QUESTION_SILENT | Topic.QUESTION_UNTOLD:
            lived = samples.life(questions=(ANSWERED, DECLINED, SILENT, LONG))
            return samples.overview(lived=lived, document=samples.DOCUMENT)
    return samples.overview()


def _noted(state: str) -> Overview:
    if state == "nobody said":
        return stages.meeting_over()
    of = stages.in_review().postmortem
    return stages.written(of, notes=samples.notes(done=3 if state == "all done" else 0))


def to_people() -> Iterator[Entry]:
    for topic in tables.TO_PERSON:
        # What could not be done is said in the same words to a person and in the channel.
        for state, values in CASES.get(topic, ())[: 1 if topic == Topic.TROUBLE else None]:
            yield message(topic, state, direct.person_dm(topic, _seen(topic, state), values))


def in_channel() -> Iterator[Entry]:
    for topic in tables.TO_CHANNEL:
        for state, values in CASES.get(topic, ()):
            yield message(topic, state, direct.channel_note(topic, _seen(topic, state), values))


PEOPLE = Group("direct", "Short direct messages", "One a topic, to whoever has to know.", to_people)
CHANNEL = Group(
    "channel", "Notes in the channel", "One a topic, so that nobody in the channel is surprised.", in_channel
)
