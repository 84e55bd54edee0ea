"""Which TODOs are new to who has been through the list."""

from __future__ import annotations

from datetime import timedelta

from bot.domain import new_todos
from bot.domain.actions import ActionItem, Decision
from bot.domain.harvest.finding import TodoFinding
from bot.domain.proposals import Key
from tests import factories

NOW = factories.STARTED + timedelta(hours=10)


def said(hours: float) -> TodoFinding:
    return factories.todo(ts=factories.ts(factories.STARTED + timedelta(hours=hours)))


def decided(hours: float, ts: str | None = "1.000001") -> ActionItem:
    at = factories.STARTED + timedelta(hours=hours)
    return ActionItem("a1", "record-7", "Alert", Decision.DISCUSS, "U2", at, ts=ts)


def keys(*found: TodoFinding) -> frozenset[Key]:
    return frozenset((each.ts, each.line) for each in found)


def test_what_was_said_after_a_decision_is_new_and_first() -> None:
    early, late, later = said(1), said(5), said(6)
    new = new_todos.keys([early, late, later], [decided(2), decided(3)], NOW)
    assert new == keys(late, later)
    assert new_todos.first([early, late, later], new) == (late, later, early)


def test_it_stays_new_while_somebody_goes_through_the_pages() -> None:
    early, late = said(1), said(5)
    assert new_todos.keys([early, late], [decided(3), decided(9.5)], NOW) == keys(late)
    assert new_todos.keys([early, late], [decided(3), decided(8.5)], NOW) == frozenset()


def test_nothing_is_new_where_nothing_was_decided_or_everything_is() -> None:
    early, late = said(1), said(5)
    assert new_todos.keys([early, late], [], NOW) == frozenset()
    assert new_todos.keys([early, late], [decided(2, ts=None)], NOW) == frozenset()
    assert new_todos.keys([late], [decided(2)], NOW) == frozenset()


def test_a_message_of_another_channel_of_the_record_counts_by_its_time() -> None:
    early, late = said(1), said(5)
    other = factories.todo(ts=f"{late.ts}1")
    assert new_todos.keys([early, other], [decided(2)], NOW) == keys(other)
