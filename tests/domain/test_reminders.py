"""The ladder of reminders: what is said, to whom, when, and what is never said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import business_time, deadlines, ladder, reminders
from bot.domain.booking import Booking, Outcome
from bot.domain.business_time import Calendar
from bot.domain.errors import BadInput, Refused
from bot.domain.external_message import ExternalMessage
from bot.domain.merged import MergedInto
from bot.domain.postmortem import OwnerState, Roles
from bot.domain.quiet import MOST_SNOOZES, Quiet
from bot.domain.reminders import CHANNEL, Nudge, Pace, Reminder, State
from bot.domain.status import Status
from bot.domain.waiver import Waiver
from tests import factories

UTC_DAYS = Calendar("UTC")
NEW_YORK = Calendar("America/New_York")
PACE = Pace()
OWNER, IC = "U2", "U1"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def state(calendar: Calendar = UTC_DAYS, **values: object) -> State:
    """A SEV-1 that ended on Monday 23 Nov at 14:05 UTC, so the meeting is due by the end of Thursday."""
    of_state = {name: values.pop(name) for name in list(values) if name not in factories.postmortem().__slots__}
    record = factories.postmortem(**values)
    deadline = deadlines.meeting_deadline(
        record.severity, record.times.resolved_at or record.created_at, replace(calendar, tz=record.business_tz)
    )
    return State(record, deadline, calendar, **{"external": ExternalMessage.UNDECIDED, **of_state})  # type: ignore[arg-type]


def booked(start: str, **values: object) -> Booking:
    begins = at(start)
    given = {"booked_by": OWNER, "booked_at": factories.NOW, **values}
    return Booking("record-7", begins, begins + timedelta(minutes=30), **given)  # type: ignore[arg-type]


def said(found: tuple[Reminder, ...], to: str | None = None) -> list[tuple[str, str, str]]:
    """(when, to, what) as text."""
    return [(f"{each.due_at:%a %H:%M}", each.to, each.nudge) for each in found if to in (None, each.to)]


def test_without_a_meeting_the_owner_is_reminded_in_working_hours_until_the_deadline() -> None:
    # Told on Monday 15:05: four working hours later is Tuesday 11:05.
    found = ladder.ladder(state(), PACE)
    assert said(found, OWNER) == [
        ("Tue 11:05", OWNER, "unbooked"),
        ("Wed 09:00", OWNER, "unbooked"),
        ("Thu 09:00", OWNER, "unbooked"),
        ("Thu 15:00", OWNER, "last_day"),
        ("Fri 09:00", OWNER, "overdue"),
        ("Mon 09:00", OWNER, "overdue"),
        ("Tue 09:00", OWNER, "overdue"),
        ("Wed 09:00", OWNER, "overdue"),
        ("Thu 09:00", OWNER, "overdue"),
    ]
    assert {each.nudge for each in found if each.to == IC} == {Nudge.LAST_DAY, Nudge.OVERDUE}
    assert [each.nudge for each in found if each.to == CHANNEL] == [Nudge.OVERDUE] * 5


def test_a_meeting_in_time_ends_it_and_asks_for_the_draft_two_days_before() -> None:
    # Thursday 16:30 less 48 hours is Tuesday 16:30, in working hours.
    found = ladder.ladder(state(booking=booked("2026-11-26T16:30")), PACE)
    assert said(found) == [("Tue 16:30", OWNER, "draft_check"), ("Wed 16:30", OWNER, "readiness")]
    reviewed = ladder.ladder(state(booking=booked("2026-11-26T16:30"), status=Status.IN_REVIEW), PACE)
    assert said(reviewed) == [("Wed 16:30", OWNER, "readiness")]


def test_the_draft_is_not_asked_for_a_moment_after_somebody_booked() -> None:
    found = ladder.ladder(state(booking=booked("2026-11-24T16:30")), PACE)
    assert said(found) == [("Mon 16:30", OWNER, "readiness")]
    soon = booked("2026-11-23T16:00")
    assert said(ladder.ladder(state(booking=soon), PACE)) == [("Mon 15:05", OWNER, "readiness")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"booking": booked("2026-11-30T10:00")}, Nudge.OVERDUE, id="late without the IC's knowledge"),
        pytest.param({"booking": booked("2026-11-30T10:00", late_reason="travel")}, None, id="late with a reason"),
        pytest.param({"booking": booked("2026-11-25T10:00", outcome=Outcome.NOT_HELD)}, Nudge.OVERDUE, id="not held"),
        pytest.param(
            {"booking": booked("2026-11-25T10:00", cancelled_at=factories.NOW)}, Nudge.OVERDUE, id="cancelled"
        ),
        pytest.param({"status": Status.REVIEWED}, None, id="reviewed"),
        pytest.param({"status": Status.CLOSED}, None, id="closed"),
        pytest.param({"waiver": Waiver(IC, factories.NOW, "a drill")}, None, id="waived"),
        pytest.param(
            {"merged": MergedInto("record-5", 5, "C5", factories.NOW, IC)}, None, id="merged into another one"
        ),
    ],
)
def test_who_is_overdue(values: dict[str, object], expected: Nudge | None) -> None:
    found = {each.nudge for each in ladder.ladder(state(**values), PACE)}
    assert (Nudge.OVERDUE in found) is (expected is Nudge.OVERDUE)


def test_the_ic_is_asked_for_an_owner_an_hour_after_the_end_and_never_at_night() -> None:
    nobody = {"owner": None, "owner_state": OwnerState.NONE, "owner_since": None}
    morning = factories.NOW.replace(hour=9, minute=0)
    times = factories.Times(None, None, morning)
    early = state(created_at=morning, times=times, **nobody)
    assert said(tuple(each for each in ladder.ladder(early, PACE) if each.nudge is Nudge.NO_OWNER)) == [
        ("Mon 10:00", IC, "no_owner"),
        ("Mon 13:00", IC, "no_owner"),
        ("Tue 09:00", IC, "no_owner"),
    ]
    night = factories.NOW.replace(hour=22)
    late = state(created_at=night, times=factories.Times(None, None, night), **nobody)
    assert said(tuple(each for each in ladder.ladder(late, PACE) if each.nudge is Nudge.NO_OWNER)) == [
        ("Tue 09:00", IC, "no_owner"),
        ("Wed 09:00", IC, "no_owner"),
    ]
    assert Nudge.NO_OWNER not in {each.nudge for each in ladder.ladder(replace(early, pending=True), PACE)}


def test_people_are_told_in_their_own_working_hours() -> None:
    far = state(calendars={OWNER: Calendar("Asia/Tokyo"), IC: NEW_YORK})
    for each in ladder.ladder(far, PACE):
        if each.to in far.calendars and each.nudge is not Nudge.LAST_DAY:
            assert business_time.is_working_moment(far.calendars[each.to], each.due_at), each


def test_what_an_owner_without_an_account_would_hear_goes_to_the_ic() -> None:
    found = ladder.ladder(state(gone=frozenset({OWNER})), PACE)
    assert {each.to for each in found} == {IC, CHANNEL}
    assert Nudge.UNBOOKED in {each.nudge for each in found}


def test_forgotten_buttons_are_reminded_of_after_a_working_day() -> None:
    held = booked("2026-11-24T10:00", outcome=Outcome.AGREED, outcome_at=at("2026-11-24T10:30"))
    found = ladder.ladder(state(booking=held, status=Status.IN_REVIEW), PACE)
    steps = [each for each in said(found) if each[2] == "move_on"]
    assert (steps[0], len(steps)) == (("Wed 10:30", OWNER, "move_on"), 3)
    waits = {"status": Status.REVIEWED, "status_at": at("2026-11-24T10:30")}
    assert ladder.ladder(state(**waits, external=ExternalMessage.PRESENT), PACE) == ()
    assert ladder.ladder(state(**waits, external=ExternalMessage.NONE), PACE)[0].nudge is Nudge.MOVE_ON


@pytest.mark.parametrize(
    ("values", "first"),
    [
        pytest.param({"outcome": Outcome.CHANGES, "status": Status.IN_REVIEW}, "Wed 10:30", id="changes wait"),
        pytest.param({"outcome": Outcome.AGREED, "status": Status.DRAFT}, "Wed 10:30", id="agreed on, and still a draft"),
        pytest.param(
            {"outcome": Outcome.AGREED, "status": Status.IN_REVIEW, "sent_back_at": at("2026-11-25T12:00")},
            "Thu 12:00",
            id="sent back since",
        ),
    ],
)  # fmt: skip
def test_what_the_meeting_left_to_do_is_not_forgotten(values: dict[str, object], first: str) -> None:
    outcome = values.pop("outcome")
    held = booked("2026-11-24T10:00", outcome=outcome, outcome_at=at("2026-11-24T10:30"))
    found = ladder.ladder(state(booking=held, **values), PACE)
    steps = [each for each in said(found) if each[2] == "move_on"]
    assert (steps[0], len(steps)) == ((first, OWNER, "move_on"), 3)


def test_what_an_owner_gave_back_is_asked_about_an_hour_later_and_not_at_once() -> None:
    gone = {"owner": None, "owner_state": OwnerState.NONE, "owner_since": at("2026-11-24T10:30")}
    found = [each for each in said(ladder.ladder(state(**gone), PACE)) if each[2] == "no_owner"]
    assert [when for when, *_ in found] == ["Tue 11:30", "Tue 14:30", "Wed 09:00"]


def test_who_became_the_owner_on_the_last_afternoon_was_told_the_deadline_then() -> None:
    late = ladder.ladder(state(owner_since=at("2026-11-26T15:30")), PACE)
    assert Nudge.LAST_DAY not in {each.nudge for each in late if each.to == OWNER}
    assert Nudge.LAST_DAY in {each.nudge for each in late if each.to == IC}
    after = ladder.ladder(state(owner_since=at("2026-11-30T11:00")), PACE)
    assert next(when for when, _, what in said(after, OWNER) if what == "overdue") == "Tue 09:00"
    assert next(when for when, _, what in said(after, IC) if what == "overdue") == "Fri 09:00"


def test_what_fell_due_several_times_is_said_once_and_the_most_pressing_first() -> None:
    found = ladder.ladder(state(), PACE)
    now = at("2026-12-01T12:00")
    told = reminders.due(found, set(), now)
    assert [(each.nudge, each.number) for each in told[OWNER]] == [
        (Nudge.OVERDUE, 3), (Nudge.LAST_DAY, 1), (Nudge.UNBOOKED, 3)
    ]  # fmt: skip
    assert reminders.due(found, {each.key for those in told.values() for each in those}, now) == {}
    assert reminders.next_due(found, now) == at("2026-12-02T09:00")


def test_another_deadline_is_reminded_of_anew() -> None:
    now = at("2026-12-20T12:00")
    one = reminders.due(ladder.ladder(state(), PACE), set(), now)
    other = reminders.due(
        ladder.ladder(state(severity=2), PACE), {each.key for those in one.values() for each in those}, now
    )
    assert Nudge.OVERDUE in {each.nudge for each in other[OWNER]}


def test_a_snooze_delays_and_a_mute_leaves_the_deadline() -> None:
    snoozed = Quiet("record-7", OWNER).snoozed("1d", at("2026-11-24T12:00"))
    found = ladder.ladder(state(quiet={OWNER: snoozed}), PACE)
    assert min(each.due_at for each in found if each.to == OWNER) == at("2026-11-25T12:00")
    assert {each.nudge for each in found if each.to == IC} == {Nudge.LAST_DAY, Nudge.OVERDUE}
    muted = Quiet("record-7", OWNER).mute(on=True)
    found = ladder.ladder(state(quiet={OWNER: muted}), PACE)
    assert {each.nudge for each in found if each.to == OWNER} == {Nudge.LAST_DAY, Nudge.OVERDUE}


def test_a_snooze_has_limits() -> None:
    quiet = Quiet("record-7", OWNER)
    for _ in range(MOST_SNOOZES):
        quiet = quiet.snoozed("4h", factories.NOW)
    with pytest.raises(Refused, match="ask the IC"):
        quiet.snoozed("4h", factories.NOW)
    with pytest.raises(BadInput, match="Choose one of"):
        Quiet("record-7", OWNER).snoozed("9w", factories.NOW)


@pytest.mark.parametrize("tz", ["Australia/Lord_Howe", "America/Santiago", "America/New_York", "Asia/Riyadh"])
@given(start=st.datetimes(datetime(2026, 1, 1), datetime(2028, 3, 1)), hour=st.integers(0, 23))
@settings(max_examples=40, deadline=None)
def test_a_daily_reminder_comes_once_a_working_day_whatever_clocks_do(tz: str, start: datetime, hour: int) -> None:
    weekend = frozenset({4, 5}) if tz == "Asia/Riyadh" else frozenset({5, 6})
    days = Calendar(tz, weekend)
    found = list(islice(ladder.daily(days, start.replace(tzinfo=UTC), time(hour, 30)), 260))
    local = [business_time.local_date(each, tz) for each in found]
    assert len(set(local)) == len(local)
    for one, other in pairwise(local):
        between = [one + timedelta(days=n) for n in range(1, (other - one).days)]
        assert not any(business_time.is_working_day(days, day) for day in between)


@given(
    ended=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)),
    severity=st.sampled_from([1, 2, 3, None]),
    tz=st.sampled_from(["UTC", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "America/Santiago"]),
)
@settings(max_examples=60, deadline=None)
def test_nobody_is_told_at_night_or_more_often_than_the_caps(ended: datetime, severity: int | None, tz: str) -> None:
    end = ended.replace(tzinfo=UTC)
    days = Calendar(tz)
    times = factories.Times(None, None, end)
    now = state(days, created_at=end, owner_since=end, times=times, severity=severity, business_tz=tz)
    found = ladder.ladder(now, PACE)
    assert all(business_time.is_working_moment(days, each.due_at) for each in found)
    assert all(
        sum(each.nudge is nudge and each.to == to for each in found) <= 5 for nudge in Nudge for to in (OWNER, IC)
    )
    assert len({each.key for each in found}) == len(found)


def test_the_ic_of_a_record_without_roles_is_who_opened_it() -> None:
    found = ladder.ladder(state(roles=Roles(), created_by="U9"), PACE)
    assert {each.to for each in found} == {OWNER, "U9", CHANNEL}
