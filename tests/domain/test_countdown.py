"""What a change of the facts does to the deadline, and what people are told about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain import countdown, deadlines
from bot.domain.actors import Role
from bot.domain.business_time import Calendar
from bot.domain.countdown import Change, Countdown
from bot.domain.deadlines import Roll

PING = (Role.OWNER, Role.IC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MONDAY = at("2026-11-23T14:05")
HOUR_LATER = MONDAY + timedelta(hours=1)


def running(
    severity: int | None = 2, resolved: datetime | None = MONDAY, *, tz: str = "UTC", roll: Roll = Roll.NONE
) -> Countdown:
    anchor = deadlines.anchor(created_at=MONDAY, resolved_at=resolved)
    return countdown.start(severity, anchor, Calendar(tz), roll=roll)


def codes(change: Change) -> list[str]:
    return [note.code for note in change.notes]


def last_day(item: Countdown) -> str:
    return item.deadline.last_day.isoformat()


def test_a_new_owner_does_not_move_the_deadline_and_hears_how_much_is_left() -> None:
    change = countdown.owner_changed(running(1), now=at("2026-11-25T07:00"))
    (note,) = change.notes
    assert not change.moved
    assert change.fields == ()
    assert note.to == (Role.OWNER,)
    assert note.text == "41 h left: the meeting is due Thu 26 Nov 2026, end of day, UTC."


def test_an_owner_named_too_late_hears_since_when_it_is_overdue() -> None:
    (note,) = countdown.owner_changed(running(1), now=at("2026-11-28T07:00")).notes
    assert note.text.startswith("Already overdue since Fri 27 Nov 2026 00:00 (UTC)")


def test_a_worse_severity_counts_from_the_same_anchor() -> None:
    change = countdown.severity_changed(running(2), 1, now=HOUR_LATER)
    assert (last_day(change.before), last_day(change.after)) == ("2026-11-30", "2026-11-26")
    assert change.after.anchor == change.before.anchor
    assert codes(change) == ["deadline_earlier"]


def test_a_worse_severity_may_be_overdue_at_once_and_then_owner_and_ic_are_pinged() -> None:
    change = countdown.severity_changed(running(2), 1, now=at("2026-11-28T10:00"))
    assert codes(change) == ["deadline_earlier", "overdue_at_once"]
    assert change.notes[-1].to == PING
    assert change.after.deadline.due == at("2026-11-27T00:00")


def test_a_worse_severity_tells_that_the_booked_meeting_is_now_too_late() -> None:
    booked = at("2026-11-30T10:00")
    change = countdown.severity_changed(running(2), 1, now=HOUR_LATER, meeting_start=booked)
    assert codes(change) == ["deadline_earlier", "meeting_too_late"]


def test_a_milder_severity_leaves_the_meeting_and_tells_the_owner_that_it_could_move() -> None:
    booked = at("2026-11-26T10:00")
    change = countdown.severity_changed(running(1), 2, now=HOUR_LATER, meeting_start=booked)
    assert codes(change) == ["deadline_later", "meeting_could_move"]
    assert change.notes[-1].to == (Role.OWNER,)
    assert last_day(change.after) == "2026-11-30"


def test_a_meeting_that_already_took_place_is_not_asked_to_move() -> None:
    change = countdown.severity_changed(running(2), 1, now=at("2026-11-26T12:00"), meeting_start=at("2026-11-26T10:00"))
    assert codes(change) == ["deadline_earlier"]


@pytest.mark.parametrize("severity", [3, 4, 5])
def test_a_severity_below_two_keeps_the_post_mortem_with_the_deadline_of_sev2(severity: int) -> None:
    change = countdown.severity_changed(running(2), severity, now=HOUR_LATER)
    assert codes(change) == ["still_needed"]
    assert not change.moved
    assert change.after.in_force is not None


def test_a_severity_that_becomes_known_ends_the_provisional_deadline() -> None:
    change = countdown.severity_changed(running(None), 1, now=HOUR_LATER)
    assert (change.before.deadline.provisional, change.after.deadline.provisional) == (True, False)
    assert not change.moved


def test_a_corrected_end_is_recomputed_with_old_and_new_for_the_audit() -> None:
    change = countdown.resolved_at_corrected(running(1), at("2026-11-25T02:00"), now=HOUR_LATER)
    fields = {item.field: (item.old, item.new) for item in change.fields}
    assert fields["deadline"] == ("2026-11-27T00:00:00+00:00", "2026-11-29T00:00:00+00:00")
    assert fields["anchor"] == (
        "2026-11-23T14:05:00+00:00 (resolved_at)",
        "2026-11-25T02:00:00+00:00 (resolved_at)",
    )
    assert codes(change) == ["deadline_later"]


def test_entering_the_real_end_makes_a_provisional_deadline_final() -> None:
    before = running(1, None)
    change = countdown.resolved_at_corrected(before, MONDAY, now=HOUR_LATER)
    assert before.deadline.provisional
    assert not change.after.deadline.provisional
    assert "provisional" in {item.field for item in change.fields}


def test_a_reopened_incident_has_no_deadline_until_it_is_resolved_again() -> None:
    open_again = countdown.reopened(running(1))
    assert open_again.after.in_force is None
    assert open_again.moved
    assert codes(open_again) == ["suspended"]
    resolved = countdown.resolved_again(open_again.after, at("2026-11-24T09:00"), now=at("2026-11-24T10:00"))
    assert resolved.after.in_force is not None
    assert last_day(resolved.after) == "2026-11-27"
    assert codes(resolved) == ["running_again"]


def test_while_reopened_nothing_is_overdue_and_nothing_is_said_about_the_deadline() -> None:
    item = countdown.reopened(running(2)).after
    change = countdown.severity_changed(item, 1, now=at("2026-12-20T10:00"), meeting_start=at("2026-12-24T10:00"))
    assert codes(change) == []
    assert change.after.in_force is None
    assert "open again" in countdown.time_left(item, now=at("2026-12-20T10:00"))


def test_merged_incidents_take_the_latest_end_and_the_highest_severity() -> None:
    tuesday = at("2026-11-24T08:00")
    change = countdown.merged(running(2), [running(3, tuesday), running(1, MONDAY)], now=HOUR_LATER)
    assert (change.after.severity, change.after.anchor.at) == (1, tuesday)
    assert last_day(change.after) == "2026-11-27"


def test_merged_incidents_keep_the_primarys_zone() -> None:
    change = countdown.merged(running(1, tz="Asia/Kolkata"), [running(1)], now=HOUR_LATER)
    assert change.after.calendar.tz == "Asia/Kolkata"


@pytest.mark.parametrize(
    ("severities", "highest"),
    [
        pytest.param((3, 2), 2, id="the-lower-number"),
        pytest.param((2, None), 2, id="what-was-set-stays-set"),
        pytest.param((None, None), None, id="nobody-has-set-any"),
        pytest.param((None, 1), 1, id="the-only-one-that-was-set"),
    ],
)
def test_the_highest_severity_of_a_merge(severities: tuple[int | None, int | None], highest: int | None) -> None:
    first, second = (running(severity) for severity in severities)
    assert countdown.merged(first, [second], now=HOUR_LATER).after.severity == highest


def test_a_merge_with_an_incident_whose_end_is_unknown_is_provisional() -> None:
    change = countdown.merged(running(1), [running(1, None)], now=HOUR_LATER)
    assert change.after.deadline.provisional


def test_a_merge_with_an_unknown_end_counts_from_the_latest_that_is_known_of_either() -> None:
    anchor = deadlines.anchor(created_at=MONDAY + timedelta(days=2))
    unresolved = countdown.start(1, anchor, Calendar())
    assert countdown.merged(running(1), [unresolved], now=HOUR_LATER).after.anchor.at == anchor.at


def test_a_meeting_booked_late_with_its_reason_is_not_complained_about_once_more() -> None:
    change = countdown.severity_changed(running(2), 1, now=HOUR_LATER, meeting_start=at("2026-12-02T10:00"))
    assert codes(change) == ["deadline_earlier"]


def test_a_merge_with_an_incident_that_is_open_again_is_suspended() -> None:
    change = countdown.merged(running(1), [countdown.reopened(running(1)).after], now=HOUR_LATER)
    assert change.after.in_force is None


HOLIDAYS = frozenset({date(2026, 11, 26), date(2026, 11, 27)})


@pytest.mark.parametrize(
    ("severity", "roll", "now", "expected"),
    [
        pytest.param(2, Roll.NONE, "2026-11-24T10:00", "2026-12-02", id="business-days-are-recounted"),
        pytest.param(2, Roll.NONE, "2026-12-01T10:00", "2026-11-30", id="what-is-past-stays"),
        pytest.param(1, Roll.NONE, "2026-11-24T10:00", "2026-11-26", id="calendar-days-stay"),
        pytest.param(1, Roll.BACK, "2026-11-24T10:00", "2026-11-26", id="calendar-days-stay-even-when-rolled"),
    ],
)
def test_new_holidays_move_only_business_day_deadlines_still_to_come(
    severity: int, roll: Roll, now: str, expected: str
) -> None:
    change = countdown.holidays_changed(running(severity, roll=roll), HOLIDAYS, now=at(now))
    assert last_day(change.after) == expected
    assert change.after.calendar.holidays == HOLIDAYS
    assert codes(change) == (["deadline_later"] if change.moved else [])
    assert "holidays" in {item.field for item in change.fields}


def test_another_business_zone_in_the_settings_changes_no_existing_record() -> None:
    change = countdown.business_tz_changed(running(1, tz="Asia/Kolkata"))
    assert not change.moved
    assert (change.notes, change.fields) == ((), ())


def test_what_was_overdue_before_is_not_announced_as_overdue_at_once() -> None:
    change = countdown.severity_changed(running(2), 1, now=at("2026-12-20T10:00"))
    assert codes(change) == ["deadline_earlier", "still_overdue"]


def test_a_countdown_is_a_value() -> None:
    assert running(1) == running(1)
    assert replace(running(1), reopened=True) != running(1)
