"""What becomes of two post-mortems about one incident, whichever is the primary; what cannot be merged; the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import countdown, counted, errors, going_on, ladder, leading, merge_said, merging, questions
from bot.domain.business_time import Calendar
from bot.domain.merged import MergedInto
from bot.domain.open_again import OpenAgain
from bot.domain.place import Channel
from bot.domain.postmortem import Postmortem, Times
from bot.domain.reminders import Pace, State
from bot.domain.status import Status
from bot.domain.waiver import Waiver
from tests.factories import NOW, postmortem

BEFORE = datetime(2026, 11, 20, tzinfo=UTC)
MOMENTS = st.integers(0, 4 * 24 * 60).map(lambda minutes: BEFORE + timedelta(minutes=minutes))


@st.composite
def records(draw: st.DrawFn, number: int = 7) -> Postmortem:
    """Of any severity, with any of its times known or not."""
    moments = sorted(draw(st.lists(MOMENTS, min_size=3, max_size=3)))
    known = [each if draw(st.booleans()) else None for each in moments]
    again = OpenAgain(NOW, "U1", "slow") if draw(st.integers(0, 9)) == 0 else None
    return postmortem(
        id=f"record-{number}", number=number, severity=draw(st.none() | st.integers(1, 5)), times=Times(*known),
        end_of_call_at=draw(st.none() | MOMENTS), created_at=draw(MOMENTS), open_again=again, channel_id=f"C{number}",
    )  # fmt: skip


def count(record: Postmortem) -> countdown.Countdown:
    begun = countdown.start(record.severity, counted.anchor(record), Calendar())
    return replace(begun, reopened=record.open_again is not None)


def both(one: Postmortem, two: Postmortem) -> Postmortem:
    return merging.take_in(one, two, by="U1", now=NOW)


@given(records(7), records(9))
def test_whichever_is_the_primary_the_same_severity_and_the_same_times_hold(one: Postmortem, two: Postmortem) -> None:
    first, second = both(one, two), both(two, one)
    assert first.severity == second.severity
    assert (first.times.started_at, first.times.resolved_at) == (second.times.started_at, second.times.resolved_at)
    assert count(first).deadline.due == count(second).deadline.due
    assert (first.open_again is None) is (second.open_again is None)


@given(records(7), records(9))
def test_nobody_has_less_time_than_the_same_severity_would_give_either_alone(one: Postmortem, two: Postmortem) -> None:
    merged = both(one, two)
    for each in (one, two):
        assert count(merged).deadline.due >= count(replace(each, severity=merged.severity)).deadline.due


@given(records(7), records(9))
def test_the_record_counts_as_the_rule_of_the_deadline_says(one: Postmortem, two: Postmortem) -> None:
    change = countdown.merged(count(one), [count(two)], now=NOW)
    found = count(both(one, two))
    assert found.deadline.due == change.after.deadline.due
    assert found.deadline.provisional == change.after.deadline.provisional
    assert found.reopened == change.after.reopened


@given(records(7), records(9), records(11))
def test_what_was_taken_in_can_be_taken_out_again_in_turn(
    one: Postmortem, two: Postmortem, three: Postmortem
) -> None:  # fmt: skip
    once = both(one, two)
    twice = both(once, three)
    out, kept = merging.take_out(twice)
    assert (replace(out, version=0), kept) == (replace(once, version=0), ())
    out, kept = merging.take_out(out)
    assert (replace(out, version=0), kept) == (replace(one, version=0), ())


def test_what_somebody_changed_since_stays() -> None:
    merged = both(postmortem(severity=3), postmortem(id="record-9", number=9, severity=2))
    changed = replace(merged, severity=1, times=replace(merged.times, started_at=BEFORE))
    out, kept = merging.take_out(changed)
    assert kept == ("the severity", "the start")
    assert (out.severity, out.times.started_at) == (1, BEFORE)


def test_an_end_that_is_entered_after_the_merge_is_the_end_of_both() -> None:
    open_end = postmortem(id="record-9", number=9, times=Times(BEFORE))
    merged = both(postmortem(), open_end)
    assert counted.anchor(merged).provisional
    assert "last heard of" in counted.line(merged, count(merged).deadline)
    ended = replace(merged, times=replace(merged.times, resolved_at=NOW))
    assert counted.anchor(ended).at == NOW
    assert counted.line(ended, count(ended).deadline).endswith("; merged with PM-9")


OTHER = postmortem(id="record-9", number=9, channel_id="C2")
PRIMARIES: Mapping[str, tuple[Postmortem, str]] = {
    "closed": (postmortem(status=Status.CLOSED), "PM-7 is Closed: move it back to In Review first"),
    "reviewed": (postmortem(status=Status.REVIEWED), "PM-7 is Reviewed"),
    "waived": (postmortem(waiver=Waiver(NOW, "U1", "x")), "PM-7 is waived"),
    "a part itself": (postmortem(merged=MergedInto("record-5", 5, "C5", NOW, "U1")), "merged into PM-5 already"),
}
PAIRS: Mapping[str, tuple[Postmortem, bool, str]] = {
    "itself": (postmortem(), False, "PM-7 is the post-mortem of this channel"),
    "a closed one": (replace(OTHER, status=Status.CLOSED), False, "PM-9 is Closed"),
    "a part of another one": (
        replace(OTHER, merged=MergedInto("record-5", 5, "C5", NOW, "U1")), False, "PM-9 is merged into PM-5 already",
    ),
    "one with parts": (both(OTHER, postmortem(number=3)), False, "PM-3 was merged into PM-9: take that back there first"),
    "one that waits for support": (replace(OTHER, status=Status.REVIEWED), True, "waits for the support team"),
}  # fmt: skip


@pytest.mark.parametrize("case", PRIMARIES)
def test_what_takes_nothing_in(case: str) -> None:
    record, said = PRIMARIES[case]
    with pytest.raises(errors.Refused, match=said):
        merging.check_primary(record)


@pytest.mark.parametrize("case", PAIRS)
def test_what_becomes_no_part(case: str) -> None:
    other, promised, said = PAIRS[case]
    with pytest.raises(errors.Refused, match=said):
        merging.check_pair(postmortem(), other, promised=promised)


def channel(number: int, *members: str, private: bool = False, shared: bool = False) -> Channel:
    return Channel("T1", f"C{number}", "inc", private, shared, NOW, frozenset(members))


READERS: Mapping[str, tuple[Channel | None, Channel | None, Callable[[Postmortem], Postmortem], str]] = {
    "one was never read": (channel(1), None, lambda one: one, "not known yet who can read both"),
    "one is private": (channel(1), channel(2, "U1", private=True), lambda one: one, "not read by the same people"),
    "others are in it": (
        channel(1, "U1", private=True), channel(2, "U1", "U2", private=True), lambda one: one, "not read by the same people",
    ),
    "strangers are in it": (channel(1), channel(2, shared=True), lambda one: one, "People of other organisations"),
    "in both of them": (channel(1, shared=True), channel(2, shared=True), lambda one: one, "People of other"),
    "one is restricted": (
        channel(1, "U1", private=True), channel(2, "U1", private=True), lambda one: replace(one, restricted=True),
        "PM-9 is restricted and the other is not",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", READERS)
def test_nothing_is_merged_that_others_read(case: str) -> None:
    here, there, change, said = READERS[case]
    with pytest.raises(errors.Refused, match=said):
        merging.check_readers(postmortem(), change(OTHER), here, there)
    if here is not None and there is not None:
        with pytest.raises(errors.Refused):
            merging.check_readers(change(OTHER), postmortem(), there, here)


def test_channels_with_the_same_readers_can_be_merged() -> None:
    merging.check_readers(postmortem(), OTHER, channel(1), channel(2))
    same = [channel(number, "U1", "U2", private=True) for number in (1, 2)]
    merging.check_readers(postmortem(), OTHER, same[0], same[1])


def test_a_part_has_no_meeting_no_questions_and_no_end_of_its_own() -> None:
    part = merging.set_aside(OTHER, postmortem(), by="U1", now=NOW)
    assert not leading.meeting_matters(part)
    assert not questions.matters(part)
    for refused in (
        lambda: leading.meeting_may_change(part),
        lambda: questions.check_matters(part),
        lambda: going_on.begin(part, by="U1", reason="", now=NOW),
    ):
        with pytest.raises(errors.Refused, match="PM-9 is a part of PM-7"):
            refused()
    assert ladder.ladder(State(part, count(part).deadline, Calendar()), Pace()) == ()


def test_the_nearest_incident_comes_first_and_one_that_overlaps_before_all() -> None:
    day, hour = timedelta(days=1), timedelta(hours=1)

    def at(number: int, start: datetime, end: datetime) -> Postmortem:
        return postmortem(number=number, id=f"record-{number}", times=Times(start, None, end), created_at=end)

    here = at(7, NOW - 2 * hour, NOW)
    others = [at(1, NOW - 9 * day, NOW - 8 * day), at(2, NOW - hour, NOW + day), at(3, NOW - 5 * hour, NOW - 3 * hour)]
    assert [each.number for each in merging.nearest(here, others)] == [2, 3, 1]


def test_what_will_hold_is_one_line() -> None:
    one = postmortem(severity=2)
    two = postmortem(id="record-9", number=9, times=Times(BEFORE, BEFORE, BEFORE + timedelta(hours=2)))
    change = countdown.merged(count(one), [count(two)], now=NOW)
    told = merge_said.then(both(one, two), change)
    assert told == "SEV-1, ended Mon 23 Nov 14:05 UTC, last day Thu 26 Nov: the deadline was Mon 30 Nov"


def test_what_is_left_in_the_other_one_is_counted() -> None:
    assert "Nothing was confirmed in PM-9" in merge_said.left((), (), 0, "PM-9")
    assert merge_said.left((), (), 2, "PM-9") == (
        "What was confirmed in PM-9 stays there: 2 responders, and all that was written. Bring over by hand what belongs here."
    )
