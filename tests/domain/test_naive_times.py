"""A datetime without a zone is a bug wherever it comes from, and every public function says so instead of guessing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import business_time, countdown, deadlines, external_message, guards, meeting, status, waiver
from bot.domain.actors import Actor, Role
from bot.domain.business_time import Calendar
from bot.domain.deadlines import Anchor, AnchorSource, Deadline
from bot.domain.external_message import ExternalDecision
from bot.domain.guards import Confirmation, Facts
from bot.domain.status import LastChange, Status

NAIVE = datetime(2026, 11, 23, 10, 0)
AWARE = NAIVE.replace(tzinfo=UTC)
CAL = Calendar()
DEADLINE = deadlines.meeting_deadline(1, AWARE, CAL)
RUNNING = countdown.start(2, deadlines.anchor(created_at=AWARE), CAL)
IC = Actor("U_IC", frozenset({Role.IC, Role.OWNER}))
HOUR = timedelta(hours=1)

CALLS: dict[str, Callable[[], object]] = {
    "to_utc": lambda: business_time.to_utc(NAIVE),
    "local_date": lambda: business_time.local_date(NAIVE, "UTC"),
    "is_working_moment": lambda: business_time.is_working_moment(CAL, NAIVE),
    "daily": lambda: next(business_time.daily(CAL, NAIVE.time(), NAIVE)),
    "next_working_moment": lambda: business_time.next_working_moment(CAL, NAIVE),
    "last_working_moment_before": lambda: business_time.last_working_moment_before(CAL, NAIVE),
    "add_working_time": lambda: business_time.add_working_time(CAL, NAIVE, HOUR),
    "add_no_working_time": lambda: business_time.add_working_time(CAL, NAIVE, timedelta()),
    "meeting_deadline": lambda: deadlines.meeting_deadline(1, NAIVE, CAL),
    "action_item_deadline": lambda: deadlines.action_item_deadline(1, NAIVE, CAL),
    "met_by": lambda: DEADLINE.met_by(NAIVE),
    "deadline": lambda: Deadline(NAIVE.date(), NAIVE, provisional=False, working=()),
    "anchor": lambda: Anchor(NAIVE, AnchorSource.CREATED, provisional=True),
    "anchor-created": lambda: deadlines.anchor(created_at=NAIVE),
    "anchor-resolved": lambda: deadlines.anchor(created_at=AWARE, resolved_at=NAIVE),
    "anchor-severity": lambda: deadlines.anchor(created_at=AWARE, severity_ended_at=NAIVE),
    "anchor-call": lambda: deadlines.anchor(created_at=AWARE, call_ended_at=NAIVE),
    "propose_slot": lambda: meeting.propose_slot(DEADLINE, CAL, now=NAIVE),
    "review-start": lambda: meeting.review_instant(NAIVE, CAL, now=AWARE),
    "review-now": lambda: meeting.review_instant(AWARE, CAL, now=NAIVE),
    "check-start": lambda: meeting.check_meeting(NAIVE, DEADLINE, CAL, now=AWARE),
    "check-now": lambda: meeting.check_meeting(AWARE, DEADLINE, CAL, now=NAIVE),
    "check-resolved": lambda: meeting.check_meeting(AWARE, DEADLINE, CAL, now=AWARE, resolved_at=NAIVE),
    "owner_changed": lambda: countdown.owner_changed(RUNNING, now=NAIVE),
    "severity_changed": lambda: countdown.severity_changed(RUNNING, 1, now=NAIVE),
    "severity-same-due": lambda: countdown.severity_changed(RUNNING, 3, now=NAIVE),
    "severity-meeting": lambda: countdown.severity_changed(RUNNING, 1, now=AWARE, meeting_start=NAIVE),
    "corrected": lambda: countdown.resolved_at_corrected(RUNNING, NAIVE, now=AWARE),
    "corrected-now": lambda: countdown.resolved_at_corrected(RUNNING, AWARE, now=NAIVE),
    "resolved_again": lambda: countdown.resolved_again(RUNNING, NAIVE, now=AWARE),
    "resolved_again-now": lambda: countdown.resolved_again(RUNNING, AWARE, now=NAIVE),
    "merged": lambda: countdown.merged(RUNNING, [], now=NAIVE),
    "holidays_changed": lambda: countdown.holidays_changed(RUNNING, frozenset(), now=NAIVE),
    "time_left": lambda: countdown.time_left(RUNNING, now=NAIVE),
    "waive": lambda: waiver.waive(None, actor=IC, severity=3, false_alarm=False, reason="x", allowed=True, now=NAIVE),
    "write": lambda: external_message.write(external_message.Parts("x"), actor=IC, now=NAIVE),
    "decide_none": lambda: external_message.decide_none(ExternalDecision(), actor=IC, now=NAIVE),
}


@pytest.mark.parametrize("call", [pytest.param(call, id=name) for name, call in CALLS.items()])
def test_a_naive_time_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="aware"):
        call()


@pytest.mark.parametrize("name", ["meeting_end", "meeting_start", "sent_back_at", "review_at", "posted_at"])
def test_facts_refuse_a_naive_time(name: str, ready: Facts) -> None:
    with pytest.raises(ValueError, match=f"{name} must be an aware"):
        replace(ready, **{name: NAIVE})  # type: ignore[arg-type]


def test_facts_refuse_a_naive_confirmation(ready: Facts) -> None:
    with pytest.raises(ValueError, match="aware"):
        replace(ready, held=Confirmation(NAIVE, "U", frozenset({Role.IC})))


def test_the_status_machine_refuses_naive_times(ready: Facts, now: datetime) -> None:
    with pytest.raises(ValueError, match="aware"):
        status.move(Status.DRAFT, Status.IN_REVIEW, expected=Status.DRAFT, actor=IC, facts=ready, now=NAIVE)
    with pytest.raises(ValueError, match="aware"):
        status.available(Status.DRAFT, IC, ready, NAIVE)
    with pytest.raises(ValueError, match="aware"):
        status.after_message_edit(Status.DRAFT, expected=Status.DRAFT, actor=IC, facts=ready, now=NAIVE)
    with pytest.raises(ValueError, match="aware"):
        guards.meeting_over(ready, NAIVE)
    last = LastChange("@a", NAIVE)
    with pytest.raises(ValueError, match="aware"):
        status.move(
            Status.DRAFT, Status.DRAFT, expected=Status.CLOSED, actor=IC, facts=ready, now=now, last_change=last
        )
