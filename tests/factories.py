"""Values that tests begin with: complete, plausible and small. Every helper takes what the test is about as keywords."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain import content_gate, deadlines, filled
from bot.domain.booking import Booking
from bot.domain.business_time import Calendar
from bot.domain.content import Content
from bot.domain.external_message import ExternalMessage
from bot.domain.guards import Facts
from bot.domain.harvest.finding import (
    Confidence,
    EndOfCall,
    Findings,
    QueryFinding,
    RecordingFinding,
    Responder,
    Role,
    RoleClaim,
    TimelineFinding,
    TimelineKind,
    TodoFinding,
)
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from bot.domain.harvest_state import HarvestCounts, HarvestState, Phase
from bot.domain.life import Life
from bot.domain.overview import Overview
from bot.domain.postmortem import OwnerState, Postmortem, Proposal, Roles, Times

# A Monday; the incident is over for an hour.
NOW = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)
STARTED = NOW - timedelta(hours=3)
RESOLVED = NOW - timedelta(hours=1)
WORKSPACE = "https://acme.slack.com/"


def ts(at: datetime = NOW, micros: int = 100) -> str:
    """The Slack timestamp of an instant."""
    return f"{int(at.timestamp())}.{micros:06d}"


def postmortem(**values: Any) -> Postmortem:
    """PM-7 of #C1, SEV-1, ended, with U2 as the told owner and U1 as the IC."""
    given: dict[str, Any] = {
        "id": "record-7",
        "team_id": "T1",
        "channel_id": "C1",
        "number": 7,
        "created_at": NOW,
        "created_by": "U1",
        "title": "Checkout is slow",
        "severity": 1,
        "times": Times(STARTED, STARTED + timedelta(minutes=6), RESOLVED),
        "roles": Roles(ic="U1"),
        "owner": "U2",
        "owner_state": OwnerState.TOLD,
        "owner_since": NOW,
    }
    return Postmortem(**(given | values))


def fresh(**values: Any) -> Postmortem:
    """A record as `start` makes it: nothing is known."""
    empty: dict[str, Any] = {
        "title": "",
        "severity": None,
        "times": Times(),
        "roles": Roles(),
        "owner": None,
        "owner_state": OwnerState.NONE,
        "owner_since": None,
    }
    return postmortem(**(empty | values))


def overview(record: Postmortem | None = None, **values: Any) -> Overview:
    """Everything there is to show of a record, with the deadline that its own values give."""
    record = record or postmortem()
    anchor = deadlines.anchor(
        created_at=record.created_at, resolved_at=record.times.resolved_at, call_ended_at=record.end_of_call_at
    )
    calendar = Calendar(record.business_tz, weekend=record.weekend)
    given: dict[str, Any] = {
        "postmortem": record,
        "deadline": deadlines.meeting_deadline(record.severity, anchor.at, calendar, provisional=anchor.provisional),
        "now": NOW,
        "workspace_url": WORKSPACE,
        "people": people(),
    }
    found = values.get("findings")
    if found:
        # Nobody has decided on what was found, unless the test says so.
        items, todos, queries = (
            tuple((each.ts, each.line) for each in listed) for listed in (found.timeline, found.todos, found.queries)
        )
        given["life"] = Life(waiting_items=items, waiting_todos=todos, waiting_queries=queries)
    return Overview(**(given | {"facts": facts(record)} | values))


def facts(record: Postmortem | None = None, **values: Any) -> Facts:
    """What the guards look at when nothing has been written, booked or decided but the record itself."""
    record = record or postmortem()
    keys = filled.keys(filled.Written(record, Content(), (), ("Requests failed",), durations_known=True))
    given: dict[str, Any] = {
        "missing_content": content_gate.missing(keys),
        "unseen_findings": 0,
        "external": ExternalMessage.UNDECIDED,
        "open_todos": 0,
        "undecided_actions": 0,
        "support_configured": True,
    }
    return Facts(**(given | values))


def booking(start: datetime = NOW + timedelta(days=2), **values: Any) -> Booking:
    """Half an hour, booked by the owner."""
    end = start + timedelta(minutes=30)
    return Booking(
        **({"postmortem_id": "record-7", "start": start, "end": end, "booked_by": "U2", "booked_at": NOW} | values)
    )


def person(user_id: str = "U1", name: str = "Ana", **values: Any) -> Person:
    """A member of the workspace."""
    return Person(user_id, name, **values)


def people() -> dict[str, Person]:
    """Ana (IC), Ben (owner) and Chioma (scribe), by user id."""
    everybody = (person("U1", "Ana"), person("U2", "Ben", tz="Europe/Berlin"), person("U3", "Chioma"))
    return {each.user_id: each for each in everybody}


def message(text: str = "restarting the checkout pods", **values: Any) -> Message:
    """A message in #C1."""
    return Message(**({"channel_id": "C1", "ts": ts(), "user_id": "U1", "text": text} | values))


def proposal(**values: Any) -> Proposal:
    """U4 proposes U2, and U1 is asked."""
    given = {"id": "proposal-1", "postmortem_id": "record-7", "candidate": "U2", "proposed_by": "U4", "asked": "U1"}
    return Proposal(**(given | {"created_at": NOW} | values))


def harvest(**values: Any) -> HarvestState:
    """A reading that came to its end."""
    return HarvestState(**({"postmortem_id": "record-7", "channel_id": "C1", "phase": Phase.DONE} | values))


def counts(messages: int = 1412, threads: int = 37, threads_pending: int = 0) -> HarvestCounts:
    return HarvestCounts(messages, threads, threads_pending)


def claim(role: Role = Role.ic, user_id: str | None = "U1", **values: Any) -> RoleClaim:
    """Somebody was named in a role line."""
    given = {"name": None, "at": STARTED, "ts": ts(STARTED), "rule": "H-02", "confidence": Confidence.A}
    return RoleClaim(role=role, user_id=user_id, **(given | values))


def event(text: str = "Restarted the checkout pods", **values: Any) -> TimelineFinding:
    """An event of the timeline."""
    at = STARTED + timedelta(minutes=20)
    given: dict[str, Any] = {
        "ts": ts(at),
        "thread_ts": None,
        "line": 0,
        "at": at,
        "user_id": "U3",
        "kind": TimelineKind.action,
        "evidence": (),
        "rule": "H-06",
        "confidence": Confidence.B,
    }
    return TimelineFinding(text=text, **(given | values))


def todo(text: str = "Why did we not get paged earlier?", **values: Any) -> TodoFinding:
    """Something that somebody marked as to be done."""
    given: dict[str, Any] = {
        "ts": ts(STARTED),
        "thread_ts": None,
        "line": 0,
        "user_id": "U1",
        "detail": "",
        "assignee": None,
        "rule": "H-01",
        "confidence": Confidence.A,
    }
    return TodoFinding(text=text, **(given | values))


def responder(user_id: str = "U1", name: str = "Ana", **values: Any) -> Responder:
    given = {"messages": 12, "roles": (), "why": "12 messages", "suggested": True}
    return Responder(user_id, name, **(given | values))


def findings(**values: Any) -> Findings:
    """One or two of each kind."""
    ic, scribe = claim(), claim(Role.scribe, "U3", ts=ts(STARTED, 200))
    given: dict[str, Any] = {
        "responders": (
            responder(roles=(Role.ic,)),
            responder("U3", "Chioma", roles=(Role.scribe,)),
            responder("U9", "Dana", messages=1, why="1 short message", suggested=False),
        ),
        "role_claims": (ic, scribe),
        "ic": ic,
        "scribe": scribe,
        "timeline": (
            event("Error rate went up", kind=TimelineKind.impact_start, at=STARTED, ts=ts(STARTED)),
            event(evidence=("https://grafana.example/d/checkout?from=1&to=2",)),
        ),
        "todos": (todo(),),
        "recordings": (RecordingFinding(ts(RESOLVED), "https://acme.zoom.us/rec/share/abc"),),
        "queries": (QueryFinding(ts(RESOLVED), None, 0, "U1", "select count(*)\nfrom orders;"),),
        "end_of_call": EndOfCall(ts(RESOLVED), RESOLVED),
        "severities": ((ts(STARTED), 1),),
    }
    return Findings(**(given | values))
