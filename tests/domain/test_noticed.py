"""Which signs belong to one incident, when the next one begins, and of which managers should hear."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain import noticed as rules
from bot.domain.noticed import Gone, Noticed, NoticedState
from bot.domain.noticed_signs import Sign
from bot.domain.open_again import OpenAgain
from bot.domain.policy import Policy
from bot.domain.postmortem import Times
from bot.domain.status import Status
from tests import factories

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def report(after: timedelta = timedelta(), severity: int = 1) -> Sign:
    return Sign(NOON + after, "1.0", severity)


def end(after: timedelta = timedelta(), severity: int | None = None) -> Sign:
    return Sign(NOON + after, "1.0", severity, NOON + after)


def hear(before: Noticed | None, sign: Sign, *, recorded: bool = False) -> Noticed | None:
    number = before.number + 1 if before else 1
    return rules.heard(before, sign, rules.begun(f"n{number}", "T1", "C1", before, sign), recorded=recorded)


def told(*signs: Sign) -> Noticed:
    found: Noticed | None = None
    for sign in signs:
        found = hear(found, sign) or found
    assert found
    return found


def settled(before: Noticed, state: NoticedState, after: timedelta) -> Noticed:
    return before.changed(state=state, settled_at=NOON + after, settled_by="U1")


def test_reports_and_the_end_are_one_incident_with_the_worst_severity() -> None:
    found = told(report(severity=2), report(HOUR, 1), report(2 * HOUR, 2), end(3 * HOUR))
    assert (found.id, found.severity, found.ended_at) == ("n1", 1, NOON + 3 * HOUR)
    assert found.wants_offer


def test_the_end_said_again_tells_nothing_new() -> None:
    found = told(report(), end(HOUR))
    assert hear(found, end(HOUR + timedelta(minutes=2))) is None
    later = hear(found, end(2 * HOUR, 1))
    assert later
    assert (later.id, later.ended_at) == ("n1", NOON + HOUR), "the first end stands"


def test_after_half_a_day_of_silence_the_next_sign_is_of_another_incident() -> None:
    found = told(report(), end(HOUR))
    assert hear(found, report(HOUR + rules.QUIET)) == found.changed(last_seen=NOON + HOUR + rules.QUIET)
    second = hear(found, end(HOUR + rules.QUIET + timedelta(minutes=1)))
    assert second
    assert (second.id, second.number, second.severity) == ("n2", 2, None)


@pytest.mark.parametrize("state", [NoticedState.DECLINED, NoticedState.RECORDED])
def test_once_it_is_answered_a_report_begins_the_next_and_a_repeated_end_does_not(state: NoticedState) -> None:
    found = settled(told(report(), end(HOUR)), state, 2 * HOUR)
    assert hear(found, end(2 * HOUR + timedelta(minutes=5), 1)) is None
    assert hear(found, report(HOUR)) is None, "an event that came late is of the one that was answered"
    second = hear(found, report(3 * HOUR, 2))
    assert second
    assert (second.id, second.severity) == ("n2", 2)
    third = hear(found, end(3 * HOUR + rules.QUIET))
    assert third
    assert third.wants_offer


def test_in_a_room_that_had_a_record_some_calls_end_begins_nothing() -> None:
    assert hear(None, end(), recorded=True) is None
    assert hear(None, report(), recorded=True)


def test_a_record_is_what_the_room_speaks_of_until_its_incident_is_long_over() -> None:
    later = factories.RESOLVED + rules.QUIET + timedelta(minutes=1)
    record = factories.postmortem()
    unknown = replace(record, times=Times(), end_of_call_at=None)
    assert rules.free(None, later)
    assert rules.free(record, later)
    assert not rules.free(record, factories.RESOLVED + HOUR)
    assert not rules.free(unknown, later)
    assert not rules.free(replace(record, open_again=OpenAgain(factories.NOW, "U1", "again")), later)
    closed = replace(unknown, status=Status.CLOSED, closed_at=factories.NOW)
    assert not rules.free(closed, factories.NOW + HOUR)
    assert rules.free(closed, factories.NOW + 2 * rules.QUIET)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("inc-checkout", True), ("incident-chat", True), ("sev-1-search", True), ("sev2-db", True), ("INC-7", True),
        ("incoming", False), ("seventh-floor", False), ("several-things", False), ("general", False), ("my-inc-7", False),
    ],
)  # fmt: skip
def test_the_usual_names_of_incidents_channels(name: str, is_one: bool) -> None:
    assert rules.looks_like_one(name, Policy().incident_channels) is is_one


@pytest.mark.parametrize(
    ("values", "after", "listed"),
    [
        ({}, HOUR, True),
        ({"severity": 2}, HOUR, True),
        ({"severity": 3}, HOUR, False),
        ({"severity": None}, HOUR, False),
        ({"state": NoticedState.OFFERED}, HOUR, True),
        ({"state": NoticedState.DECLINED}, HOUR, False),
        ({"state": NoticedState.RECORDED}, HOUR, False),
        ({"ended_at": None}, HOUR, False),
        ({"ended_at": None, "gone": Gone.ARCHIVED}, HOUR, True),
        ({"ended_at": None, "gone": Gone.RENAMED}, HOUR, True),
        ({"ended_at": None}, 14 * HOUR, True),
    ],
    ids=str,
)
def test_managers_hear_of_what_is_severe_and_over_and_has_no_answer(
    values: dict[str, Any], after: timedelta, listed: bool
) -> None:
    found = told(report(), end(HOUR)).changed(**values)
    assert rules.unrecorded(found, NOON + HOUR + after) is listed


def test_a_record_is_about_the_newest_and_what_went_quiet_before_it() -> None:
    quiet = told(report())
    ended, newest = quiet.changed(id="n2", ended_at=NOON), quiet.changed(id="n3")
    assert rules.about([newest, ended, quiet], NOON) == [newest, quiet]
    assert rules.about([], NOON) == []
    assert rules.about([newest, quiet], NOON + rules.FRESH + HOUR) == [], "what began so long ago has another record"
