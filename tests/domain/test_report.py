"""A report counts what is known, says what is not, and tells nothing of a restricted post-mortem but that it is there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.blocks import digest_post
from bot.domain import counted, deadlines, digest, recurring, report, report_words
from bot.domain.actions import ActionItem, ActionKind, Decision
from bot.domain.booking import Outcome
from bot.domain.business_time import Calendar
from bot.domain.content import Content, Entry, Section
from bot.domain.digest import Digest
from bot.domain.external_message import ExternalMessage
from bot.domain.home import Line
from bot.domain.merged import MergedInto
from bot.domain.open_again import OpenAgain
from bot.domain.period import Period
from bot.domain.postmortem import Postmortem, Times
from bot.domain.report import Known, Report
from bot.domain.report_case import Kept, Work
from bot.domain.status import Status
from bot.domain.tickets import KeptTicket, TicketState
from bot.domain.waiver import Waiver
from tests import factories
from tests.factories import NOW

DAY = timedelta(days=1)
ENDED = NOW - 10 * DAY
PERIOD = Period(date(2026, 8, 26), date(2026, 11, 23))


def record(number: int = 1, ended: datetime | None = ENDED, **values: Any) -> Postmortem:
    times = Times(ENDED - timedelta(hours=1), ENDED, ended)
    given = {"id": f"pm{number}", "number": number, "times": times, "created_at": ENDED, "title": f"Title {number}"}
    return factories.postmortem(**(given | values))


def known(
    of: Postmortem, held: timedelta | None = None, actions: Any = (), content: Any = None, **booked: Any
) -> Known:
    anchor = counted.anchor(of)
    deadline = deadlines.meeting_deadline(of.severity, anchor.at, Calendar(), provisional=anchor.provisional)
    outcome = booked.pop("outcome", Outcome.AGREED)
    booking = None if held is None else factories.booking(ENDED + held, postmortem_id=of.id, outcome=outcome, **booked)
    return Known(Line(of, deadline, booking, ExternalMessage.UNDECIDED), actions, content or Content())


def made(*those: Known, tickets: Any = None) -> Report:
    return report.build(those, tickets or {}, PERIOD, (15, 30), NOW)


def only(each: Known, **more: Any) -> Any:
    (case,) = made(each, **more).cases
    return case


@pytest.mark.parametrize(
    ("each", "kept", "days"),
    [
        (known(record(), 2 * DAY), Kept.IN_TIME, 2),
        (known(record(), 2 * DAY, outcome=Outcome.CHANGES), Kept.IN_TIME, 2),
        (known(record(), 4 * DAY), Kept.LATE, 4),
        (known(record(severity=2), 4 * DAY), Kept.IN_TIME, 4),
        (known(record()), Kept.OVERDUE, None),
        (known(record(), 2 * DAY, outcome=Outcome.NOT_HELD), Kept.OVERDUE, None),
        (known(record(), 2 * DAY, outcome=Outcome.NONE), Kept.UNKNOWN, None),
        (known(record(), 2 * DAY, cancelled_at=NOW, outcome=Outcome.NONE), Kept.OVERDUE, None),
        (known(record(status=Status.CLOSED)), Kept.UNKNOWN, None),
        (known(record(ended=None, end_of_call_at=None), 2 * DAY), Kept.UNKNOWN, None),
        (known(record(ended=None)), Kept.UNKNOWN, None),
        (known(record(severity=None), 2 * DAY), Kept.UNKNOWN, 2),
        (known(record(times=Times(None, None, NOW - DAY))), Kept.COMING, None),
        (known(record(times=Times(None, None, NOW - DAY)), 11 * DAY, outcome=Outcome.NONE), Kept.COMING, None),
    ],
)
def test_a_meeting_is_in_time_late_overdue_coming_or_not_known(each: Known, kept: Kept, days: int | None) -> None:
    case = only(each)
    assert (case.meeting, case.days) == (kept, days)


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"status": Status.REVIEWED, "reviewed_at": ENDED + 2 * DAY}, Kept.IN_TIME),
        ({"status": Status.CLOSED, "reviewed_at": ENDED + 5 * DAY}, Kept.LATE),
        ({"status": Status.CLOSED}, Kept.UNKNOWN),
        ({}, Kept.OVERDUE),
        ({"severity": None, "reviewed_at": ENDED + DAY}, Kept.UNKNOWN),
        ({"times": Times(None, None, NOW - DAY)}, Kept.COMING),
    ],
)
def test_a_review_is_held_to_the_same_deadline(values: dict[str, Any], kept: Kept) -> None:
    assert only(known(record(**values))).review is kept


def test_by_severity_the_middle_and_the_worst_are_told_and_unknown_ones_are_not_counted_as_good() -> None:
    found = made(
        known(record(1), DAY), known(record(2), 2 * DAY), known(record(3), 9 * DAY), known(record(4)),
        known(record(5, ended=None)), known(record(6, severity=2), 3 * DAY), known(record(7, severity=None)),
    )  # fmt: skip
    assert [each.severity for each in found.severities] == [1, 2, None]
    one = found.severities[0]
    assert report_words.meetings(one) == "2 of 4 meetings in time, 1 held late, 1 overdue, 1 not known"
    assert (
        report_words.length(one) == "from the end of an incident to its meeting: median 2 days, longest 9 days (PM-3)"
    )
    assert report_words.length(found.severities[1]) == "from the end of the incident to its meeting: 3 days (PM-6)"
    assert report_words.meetings(found.severities[2]) == "meetings: 1 not known"
    assert report_words.length(found.severities[2]) == ""
    even = made(known(record(1), DAY), known(record(2), 2 * DAY)).severities[0]
    assert "median 1.5 days" in report_words.length(even)


@pytest.mark.parametrize(
    "values",
    [
        {"waiver": Waiver(NOW, "U1", "a test")},
        {"merged": MergedInto("pm9", 9, "C9", NOW, "U1")},
        {"open_again": OpenAgain(NOW, "U1", "again")},
    ],
)
def test_of_what_nothing_is_asked_is_left_aside_and_said_to_be(values: dict[str, Any]) -> None:
    found = made(known(record(1, **values)), known(record(2), DAY))
    assert [each.record.number for each in found.cases] == [2]
    assert report_words.caution(found) == ["1 left aside: waived, merged, or going on again."]


def action(number: int, decision: Decision = Decision.TICKET, **values: Any) -> ActionItem:
    given = {"kind": ActionKind.PREVENT, "at": ENDED}
    return ActionItem(f"a{number}", "pm1", f"Do {number}", decision, "U1", **(given | values))


def kept(number: int, **values: Any) -> KeptTicket:
    given = {"state": TicketState.MADE, "read_at": NOW, "url": "https://jira/A-1", "key": "A-1"}
    return KeptTicket(f"a{number}", "pm1", "l", "A", "Task", "U1", ENDED, **(given | values))


@pytest.mark.parametrize(
    ("item", "ticket", "work"),
    [
        (action(1), None, Work.OPEN),
        (action(1, ticket="https://jira/A-1"), kept(1), Work.OPEN),
        (action(1, ticket="https://jira/A-1"), kept(1, done=True), Work.OVER),
        (action(1, ticket="https://jira/A-1"), kept(1, gone=True), Work.UNKNOWN),
        (action(1, ticket="https://jira/A-1"), kept(1, read_at=None), Work.UNKNOWN),
        (action(1, ticket="https://other/1"), None, Work.UNKNOWN),
        (action(1, Decision.DISCUSS), None, Work.UNDECIDED),
        (action(1, Decision.DONE), None, Work.OVER),
        (action(1, Decision.WONT_DO), None, Work.OVER),
    ],
)
def test_an_action_item_is_done_only_where_somebody_knows(item: ActionItem, ticket: KeptTicket, work: Work) -> None:
    case = only(known(record(), DAY, [item]), tickets={"a1": ticket} if ticket else {})
    assert case.items[0].work is work


def test_overdue_action_items_are_counted_with_their_age() -> None:
    old = record(1, times=Times(None, None, NOW - 40 * DAY))
    items = [
        action(1, at=NOW - 39 * DAY),
        action(2, Decision.DISCUSS),
        action(3, ticket="https://other/1"),
        action(4, due=NOW.date() + DAY),
    ]
    (group,) = made(known(old, DAY, items)).severities
    assert report_words.items(group) == (
        "2 open (1 past its day), 1 undecided (1 past its day), 1 not known whether done (1 past its day), the oldest is 39 days old"
    )


def test_a_ticket_is_past_the_day_that_it_was_made_with_as_in_the_digest() -> None:
    """What was decided afterwards did not move it in the tracker."""
    item, ticket = action(1, ticket="https://jira/A-1", due=NOW.date() + DAY), kept(1, due=NOW.date() - 2 * DAY)
    each = known(record(), DAY, [item])
    told = digest.build([each.line], [], {"pm1": [item]}, (15, 30), NOW, tickets={"a1": ticket})
    assert [late.tickets for late in told.late] == [1]
    (case,) = made(each, tickets={"a1": ticket}).cases
    assert case.items[0].overdue


@pytest.mark.parametrize(("due", "said"), [(1, "due 1 day ago"), (3, "due 3 days ago")])
def test_the_digest_counts_days_as_a_calendar_does_and_says_what_is_provisional(due: int, said: str) -> None:
    item = action(1, due=NOW.date() - due * DAY)
    of = record(severity=None, ended=None)
    told = digest.build([known(of).line], [], {"pm1": [item]}, (15, 30), NOW)
    shown = str(digest_post.drawing(told, NOW).blocks)
    assert f"1 ticket, {said}" in shown
    assert "severity not set, owner" in shown
    assert "by a provisional deadline" in shown


def test_a_service_of_two_incidents_comes_back_whatever_its_case() -> None:
    found = made(
        known(record(1, services=("Checkout", "checkout ", "db"))), known(record(2, services=("checkout",))), known(record(3)),
    )  # fmt: skip
    assert [(each.name, recurring.of(each.records)) for each in found.services] == [("checkout", "PM-1, PM-2")]


def factors(*texts: str) -> Content:
    return Content({Section.FACTORS: Entry(Section.FACTORS, {"factors": list(texts)}, 1)})


def test_factors_that_share_words_are_one_and_the_words_are_told() -> None:
    one = factors("The connection pool was too small", "Nobody looked at the dashboard")
    two = factors("Connection pools had no alert")
    three = factors("A dashboard with old data", "pool connections, pool connections")
    found = made(known(record(1), content=one), known(record(2), content=two), known(record(3), content=three))
    assert [(each.name, recurring.of(each.records), each.words) for each in found.factors] == [
        ("The connection pool was too small", "PM-1, PM-2, PM-3", ("connection", "pool"))
    ]


def test_within_one_incident_nothing_comes_back() -> None:
    twice = factors("The pool of connections ran dry", "Again the pool of connections ran dry")
    assert made(known(record(1), content=twice), known(record(2))).factors == ()


def test_of_a_restricted_one_only_numbers_are_told() -> None:
    secret = {"restricted": True, "services": ("vault",), "title": "A leaked key"}
    content, process = factors("The vault key was leaked"), [action(1, kind=ActionKind.PROCESS)]
    found = made(
        *(known(record(number, **secret), DAY, process, content) for number in (1, 2)), known(record(3), DAY),
    )  # fmt: skip
    assert len(found.cases) == 3
    assert (found.services, found.factors, found.process, found.restricted) == ((), (), (), 2)
    assert report_words.caution(found) == ["2 restricted, in the numbers alone."]


def test_process_items_stand_by_incident_with_how_they_are() -> None:
    items = [action(1, kind=ActionKind.PROCESS), action(2), action(3, Decision.WONT_DO, kind=ActionKind.PROCESS)]
    (pair,) = made(known(record(), DAY, items), known(record(2), DAY)).process
    assert pair[0].record.number == 1
    assert [(each.action.id, report_words.item(each)) for each in pair[1]] == [("a1", "open")]


def test_the_words_of_the_picture_name_every_incident() -> None:
    said = report_words.picture(made(known(record(1), DAY), known(record(2)), known(record(3, ended=None))))
    assert "PM-1: 1 day (3 allowed), in time; PM-2: not held, 10 days so far (3 allowed); PM-3: not known" in said


def test_the_order_in_which_they_come_makes_no_difference() -> None:
    those = [
        known(record(number, services=("db",)), number * DAY, content=factors("the pool of connections"))
        for number in (1, 2, 3)
    ]
    assert made(*those) == made(*reversed(those))


def test_the_digest_names_what_came_back_this_week_and_what_nobody_knows_of_open_ones() -> None:
    today, lately = NOW.date(), Times(None, None, NOW - 2 * DAY)
    old = made(known(record(1, services=("db",)), DAY), known(record(2, services=("db",)), DAY))
    assert digest.remarks(Digest(), old, today) == Digest(), "what came back before is not told every week"
    new = made(
        known(record(1, services=("db",)), DAY), known(record(2, services=("db",), times=lately), 9 * DAY),
        known(record(3, ended=None)), known(record(4, ended=None, status=Status.CLOSED)),
    )  # fmt: skip
    told = digest.remarks(Digest(), new, today)
    assert [(each.name, recurring.of(each.records)) for each in told.again] == [("db", "PM-1, PM-2")]
    assert [each.name for each in told.unclear] == ["PM-3"]
    assert told.empty, "by itself it is no reason to write to anybody"
