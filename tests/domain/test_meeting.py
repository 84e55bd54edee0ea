"""Which slot is proposed, which start is accepted, and when the link goes out for review."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import deadlines, errors, meeting
from bot.domain.business_time import Calendar
from bot.domain.meeting import SlotKind

NY, LONDON = "America/New_York", "Europe/London"
ENGLAND = Calendar(LONDON, holidays=frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}))
HALF_HOUR = timedelta(minutes=30)


def at(text: str, tz: str = NY) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(tz))


@pytest.mark.parametrize(
    ("resolved", "slot", "review"),
    [
        pytest.param("2026-11-09T10:00", "2026-11-12T16:30", "2026-11-11T16:30", id="monday"),
        pytest.param("2026-11-10T10:00", "2026-11-13T16:30", "2026-11-12T16:30", id="tuesday"),
        pytest.param("2026-11-11T10:00", "2026-11-13T16:30", "2026-11-12T16:30", id="wednesday"),
        pytest.param("2026-11-12T10:00", "2026-11-13T16:30", "2026-11-12T16:30", id="thursday-one-working-day"),
        pytest.param("2026-11-13T10:00", "2026-11-16T16:30", "2026-11-13T16:00", id="friday-review-moves-back"),
        pytest.param("2026-11-14T10:00", "2026-11-17T16:30", "2026-11-16T16:30", id="saturday"),
        pytest.param("2026-11-15T10:00", "2026-11-18T16:30", "2026-11-17T16:30", id="sunday"),
    ],
)
def test_the_proposal_and_the_review_for_a_sev1_on_each_day_of_the_week(resolved: str, slot: str, review: str) -> None:
    calendar, now = Calendar(NY), at(resolved)
    deadline = deadlines.meeting_deadline(1, now, calendar)
    proposal = meeting.propose_slot(deadline, calendar, now=now)
    assert proposal.slot is not None
    assert (proposal.slot.start, proposal.slot.kind) == (at(slot), SlotKind.WORKING)
    assert proposal.slot.end - proposal.slot.start == HALF_HOUR
    instant = meeting.review_instant(proposal.slot.start, calendar, now=now)
    assert (instant.at, instant.short_notice) == (at(review), False)


TAKEN = {
    "nothing": ((), "2026-11-12T16:30"),
    "the very slot": ((("12T16:30", "12T17:00"),), "2026-11-12T16:00"),
    "its beginning": ((("12T16:00", "12T16:40"),), "2026-11-12T15:30"),
    "two that touch": ((("12T16:45", "12T17:00"), ("12T16:10", "12T16:45")), "2026-11-12T15:30"),
    "right before and after": ((("12T16:00", "12T16:30"), ("12T17:00", "12T18:00")), "2026-11-12T16:30"),
    "the whole day": ((("12T08:00", "12T20:00"),), "2026-11-11T16:30"),
    "a gap that is too short": ((("12T09:00", "12T16:00"), ("12T16:20", "12T17:00")), "2026-11-11T16:30"),
    "everything": ((("08T00:00", "14T00:00"),), "2026-11-12T16:30"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_the_proposal_avoids_what_is_taken_where_there_is_another_slot(name: str) -> None:
    spans, slot = TAKEN[name]
    calendar, now = Calendar(NY), at("2026-11-09T10:00")
    deadline = deadlines.meeting_deadline(1, now, calendar)
    taken = [(at(f"2026-11-{begins}"), at(f"2026-11-{ends}")) for begins, ends in spans]
    proposal = meeting.propose_slot(deadline, calendar, now=now, taken=taken)
    assert proposal.slot is not None
    assert (proposal.slot.start, proposal.slot.kind) == (at(slot), SlotKind.WORKING)


def test_what_is_taken_never_leads_into_the_past() -> None:
    calendar, now = Calendar(NY), at("2026-11-12T16:10")
    deadline = deadlines.meeting_deadline(1, at("2026-11-09T10:00"), calendar)
    proposal = meeting.propose_slot(
        deadline, calendar, now=now, taken=[(at("2026-11-12T16:30"), at("2026-11-12T17:00"))]
    )
    assert proposal.slot is not None
    assert proposal.slot.start == at("2026-11-12T16:30")


def test_a_window_without_working_slot_offers_one_outside_hours_and_one_late() -> None:
    now = at("2026-12-24T18:00", LONDON)
    deadline = deadlines.meeting_deadline(1, now, ENGLAND)
    proposal = meeting.propose_slot(deadline, ENGLAND, now=now)
    assert proposal.slot is None
    outside, late = proposal.alternatives
    assert (outside.kind, outside.start, outside.needs_reason) == (
        SlotKind.OUTSIDE_HOURS,
        at("2026-12-27T16:30", LONDON),
        False,
    )
    assert (late.kind, late.start, late.needs_reason) == (SlotKind.LATE, at("2026-12-29T09:00", LONDON), True)
    assert "no slot in working hours" in proposal.text
    assert "approved by the IC" in proposal.text


def test_the_day_of_the_incident_is_proposed_when_it_is_the_only_working_day() -> None:
    now = at("2026-12-24T10:00", LONDON)
    deadline = deadlines.meeting_deadline(1, now, ENGLAND)
    slot = meeting.propose_slot(deadline, ENGLAND, now=now).slot
    assert slot is not None
    assert slot.start == at("2026-12-24T16:30", LONDON)


@pytest.mark.parametrize(
    ("now", "outside"),
    [
        pytest.param("2026-11-12T16:31", "2026-11-12T17:00", id="after-hours-the-same-evening"),
        pytest.param("2026-11-12T20:07", "2026-11-12T20:15", id="next-quarter"),
        pytest.param("2026-11-12T23:50", None, id="no-time-left-in-the-window"),
        pytest.param("2026-11-13T03:00", None, id="overdue"),
    ],
)
def test_when_the_last_slot_is_past_the_evening_and_the_next_morning_are_left(now: str, outside: str | None) -> None:
    calendar = Calendar(NY)
    deadline = deadlines.meeting_deadline(1, at("2026-11-09T10:00"), calendar)
    proposal = meeting.propose_slot(deadline, calendar, now=at(now))
    starts = {slot.kind: slot.start for slot in proposal.alternatives}
    assert proposal.slot is None
    assert starts.get(SlotKind.OUTSIDE_HOURS) == (at(outside) if outside else None)
    assert starts[SlotKind.LATE] == at("2026-11-13T09:00")


def test_the_last_slot_is_still_proposed_at_its_very_start() -> None:
    calendar, slot = Calendar(NY), at("2026-11-12T16:30")
    deadline = deadlines.meeting_deadline(1, at("2026-11-09T10:00"), calendar)
    proposal = meeting.propose_slot(deadline, calendar, now=slot)
    assert proposal.slot is not None
    assert proposal.slot.start == slot


def test_a_long_overdue_meeting_is_proposed_for_the_next_working_time_not_in_the_past() -> None:
    calendar = Calendar(NY)
    deadline = deadlines.meeting_deadline(1, at("2026-11-09T10:00"), calendar)
    (late,) = meeting.propose_slot(deadline, calendar, now=at("2026-11-20T16:40")).alternatives
    assert late.start == at("2026-11-23T09:00")


def test_working_days_shorter_than_the_meeting_have_no_slot_and_end_the_search() -> None:
    calendar = Calendar(NY, hours=(time(9), time(9, 20)))
    deadline = deadlines.meeting_deadline(1, at("2026-11-09T10:00"), calendar)
    proposal = meeting.propose_slot(deadline, calendar, now=at("2026-11-09T10:00"))
    assert proposal.slot is None
    assert [slot.kind for slot in proposal.alternatives] == [SlotKind.OUTSIDE_HOURS]


def test_a_shorter_meeting_is_proposed_later() -> None:
    calendar = Calendar(NY)
    deadline = deadlines.meeting_deadline(1, at("2026-11-09T10:00"), calendar)
    slot = meeting.propose_slot(deadline, calendar, now=at("2026-11-09T10:00"), duration=timedelta(minutes=15)).slot
    assert slot is not None
    assert slot.start == at("2026-11-12T16:45")


@pytest.mark.parametrize(
    ("start", "now", "expected", "short"),
    [
        pytest.param("2026-11-12T16:30", "2026-11-09T10:00", "2026-11-11T16:30", False, id="a-day-before"),
        pytest.param("2026-11-12T18:30", "2026-11-09T10:00", "2026-11-11T16:00", False, id="evening-moves-back"),
        pytest.param("2026-11-12T08:00", "2026-11-09T10:00", "2026-11-10T16:00", False, id="early-moves-to-day-before"),
        pytest.param("2026-11-12T16:30", "2026-11-12T10:00", "2026-11-12T10:00", True, id="booked-too-late-for-24-h"),
        pytest.param("2026-11-16T16:30", "2026-11-14T10:00", "2026-11-14T10:00", False, id="past-but-24-h-are-left"),
        pytest.param("2026-11-12T16:30", "2026-11-11T16:30", "2026-11-11T16:30", False, id="exactly-24-h"),
        pytest.param("2026-03-09T16:30", "2026-03-05T10:00", "2026-03-06T16:00", False, id="over-a-23-hour-day"),
        pytest.param("2026-11-02T09:30", "2026-10-29T10:00", "2026-10-30T16:00", False, id="over-a-25-hour-day"),
    ],
)
def test_the_review_instant(start: str, now: str, expected: str, short: bool) -> None:
    instant = meeting.review_instant(at(start), Calendar(NY), now=at(now))
    assert (instant.at, instant.short_notice) == (at(expected), short)


@pytest.mark.parametrize(
    ("minutes", "outcome"),
    [(14, "refused"), (15, None), (20, None), (25, None), (30, None), (31, "warned"), (60, "warned"), (61, "refused")],
)
def test_the_meeting_lasts_15_to_30_minutes_and_at_most_60(minutes: int, outcome: str | None) -> None:
    duration = timedelta(minutes=minutes)
    if outcome == "refused":
        with pytest.raises(errors.BadInput, match="15 to 60"):
            meeting.check_duration(duration)
        return
    warning = meeting.check_duration(duration)
    assert (warning.code if warning else None) == ("long_meeting" if outcome == "warned" else None)


def test_half_a_minute_is_no_length_for_a_meeting() -> None:
    with pytest.raises(errors.BadInput):
        meeting.check_duration(timedelta(minutes=20, seconds=30))


RESOLVED = at("2026-11-20T23:30")
DEADLINE = deadlines.meeting_deadline(1, RESOLVED, Calendar(NY))


@pytest.mark.parametrize(
    ("before_due", "code"),
    [
        pytest.param(timedelta(seconds=1), None, id="a-second-before-due"),
        pytest.param(timedelta(minutes=1), None, id="a-minute-before-due"),
        pytest.param(timedelta(), "meeting_late", id="at-due"),
        pytest.param(timedelta(hours=-9), "meeting_late", id="after-due"),
        pytest.param(timedelta(days=4), "meeting_before_end", id="before-the-end-of-the-incident"),
        pytest.param(timedelta(days=30), "meeting_past", id="past"),
    ],
)
def test_a_start_is_accepted_up_to_due_and_refused_at_due(before_due: timedelta, code: str | None) -> None:
    now = RESOLVED - timedelta(days=5)

    def check() -> meeting.CheckedMeeting:
        start = DEADLINE.due - before_due
        return meeting.check_meeting(start, DEADLINE, Calendar(NY), now=now, resolved_at=RESOLVED)

    if code is None:
        checked = check()
        assert (checked.late, checked.end - checked.start) == (False, HALF_HOUR)
        return
    with pytest.raises(errors.BadInput) as caught:
        check()
    assert caught.value.codes == (code,)


def test_the_refusal_of_a_late_start_names_the_deadline_and_the_way_out() -> None:
    with pytest.raises(errors.BadInput) as caught:
        meeting.check_meeting(DEADLINE.due, DEADLINE, Calendar(NY), now=RESOLVED)
    assert "Mon 23 Nov 2026, end of day, America/New_York" in caught.value.message
    assert "reason" in caught.value.message


def test_a_late_start_with_a_reason_is_accepted_as_late() -> None:
    checked = meeting.check_meeting(DEADLINE.due, DEADLINE, Calendar(NY), now=RESOLVED, late_reason="IC is away")
    assert checked.late
    with pytest.raises(errors.BadInput):
        meeting.check_meeting(DEADLINE.due, DEADLINE, Calendar(NY), now=RESOLVED, late_reason="  ")


def test_while_the_deadline_is_suspended_no_start_is_too_late() -> None:
    assert not meeting.check_meeting(at("2027-05-03T10:00"), None, Calendar(NY), now=RESOLVED).late


def test_a_long_meeting_is_accepted_with_its_warning() -> None:
    start = DEADLINE.due - timedelta(hours=8)
    checked = meeting.check_meeting(start, DEADLINE, Calendar(NY), now=RESOLVED, duration=timedelta(minutes=45))
    assert [warning.code for warning in checked.warnings] == ["long_meeting"]


ZONES = ("UTC", "Australia/Lord_Howe", "America/Santiago", "Asia/Riyadh", "Asia/Kolkata", NY, "Australia/Sydney")
calendars = st.builds(Calendar, tz=st.sampled_from(ZONES), weekend=st.sampled_from([{5, 6}, {4, 5}]).map(frozenset))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1)).map(lambda value: value.replace(tzinfo=UTC))


@given(
    calendars,
    moments,
    st.timedeltas(timedelta(), timedelta(days=9)),
    st.sampled_from([1, 2]),
    st.sampled_from(meeting.DURATIONS),
)
def test_everything_proposed_can_be_booked(
    calendar: Calendar, resolved: datetime, later: timedelta, severity: int, duration: timedelta
) -> None:
    now = resolved + later
    deadline = deadlines.meeting_deadline(severity, resolved, calendar)
    proposal = meeting.propose_slot(deadline, calendar, now=now, duration=duration)
    slots = (proposal.slot,) if proposal.slot else proposal.alternatives
    assert slots
    for slot in slots:
        reason = "approved" if slot.needs_reason else ""
        checked = meeting.check_meeting(
            slot.start,
            deadline,
            calendar,
            now=now,
            duration=duration,
            resolved_at=resolved,
            late_reason=reason,
        )
        assert checked.late is slot.needs_reason
        assert checked.end == slot.end


@given(calendars, moments, st.timedeltas(timedelta(), timedelta(days=9)))
def test_the_review_is_never_before_now_and_never_later_than_a_day_before_unless_it_is_past(
    calendar: Calendar, now: datetime, ahead: timedelta
) -> None:
    start = now + ahead
    instant = meeting.review_instant(start, calendar, now=now)
    assert instant.at >= now
    assert instant.at == now or start - instant.at >= timedelta(hours=24)
    assert instant.short_notice is (ahead < timedelta(hours=24))
