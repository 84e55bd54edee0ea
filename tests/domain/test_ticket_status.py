"""How tickets stand in the tracker, as rules: what is read again, what is a change, and what people are told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import ticket_status
from bot.domain.status import Status
from bot.domain.tickets import KeptTicket, Ticket, TicketRules, TicketState
from tests import factories
from tests.factories import NOW

URL = "https://jira.example/browse/OPS-1"
KEPT = KeptTicket(
    "a1", "pm1", "pm-a1", "OPS", "Task", "U1", NOW, TicketState.MADE, key="OPS-1", url=URL, status="To Do", read_at=NOW
)
LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "done", "gone", "said"),
    [
        ("", False, False, ""),
        ("To Do", False, False, "To Do"),
        ("Done", True, False, "done in Jira"),
        ("", True, False, "done in Jira"),
        ("Won't fix", True, False, "Won't fix, done in Jira"),
        ("To Do", False, True, "gone in Jira"),
        ("Done", True, True, "gone in Jira"),
    ],
)
def test_it_is_said_in_a_few_words(status: str, done: bool, gone: bool, said: str) -> None:
    assert ticket_status.said(replace(KEPT, status=status, done=done, gone=gone)) == said


@pytest.mark.parametrize(
    ("ticket", "changed"),
    [
        pytest.param(Ticket("OPS-1", URL, "To Do"), False, id="the same"),
        pytest.param(Ticket("OPS-1", URL, "To Do", labels=("new",)), False, id="labels"),
        pytest.param(Ticket("OPS-1", URL, "In Progress"), True, id="status"),
        pytest.param(Ticket("OPS-1", URL, "To Do", True), True, id="done"),
        pytest.param(Ticket("WEB-1", URL, "To Do"), True, id="moved"),
        pytest.param(None, True, id="gone"),
    ],
)
def test_what_people_see_is_a_change(ticket: Ticket | None, changed: bool) -> None:
    after = ticket_status.read(KEPT, ticket, LATER)
    assert after.read_at == LATER
    assert ticket_status.changed(KEPT, after) == changed


def test_only_what_is_missing_or_other_in_the_search_is_read_by_itself() -> None:
    batch = [replace(KEPT, action_id=f"a{number}", key=f"OPS-{number}") for number in (1, 2, 3)]
    found = {"OPS-1": Ticket("OPS-1", URL, "To Do"), "OPS-2": Ticket("OPS-2", URL, "Done", True)}
    assert [each.key for each in ticket_status.to_look_at(batch, found, LATER)] == ["OPS-2", "OPS-3"]
    assert ticket_status.to_look_at(batch, {}, LATER) == tuple(batch)


def test_they_are_followed_for_some_time_after_the_end() -> None:
    rules, record = TicketRules("OPS", followed=timedelta(days=10)), factories.postmortem()
    assert ticket_status.followed(record, rules, NOW + timedelta(days=999))
    closed = record.changed(status=Status.CLOSED, closed_at=NOW)
    assert ticket_status.followed(closed, rules, NOW + timedelta(days=9))
    assert not ticket_status.followed(closed, rules, NOW + timedelta(days=10))
