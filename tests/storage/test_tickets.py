"""Tickets in their table: whole, one for an action item, and gone with their record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.domain.ticket_status import Due
from bot.domain.tickets import KeptTicket, TicketState
from tests.storage.conftest import NOON


def one(action: str = "a1", record: str = "pm1", **values: Any) -> KeptTicket:
    return KeptTicket(action, record, f"pm-{action}", "OPS", "Task", "U1", NOON, **values)


def test_all_of_it_comes_back(write: Any, record: Postmortem) -> None:
    full = one(
        state=TicketState.MADE, priority="P0", due=date(2026, 12, 1), extra={"customfield_1": "x", "customfield_2": ("7", "8")},
        tags=("sev1", "sev1_20260302"), tries=1, tried_at=NOON, key="OPS-1", url="https://j.example/browse/OPS-1", status="Done",
        done=True, linked_back=True, trouble="Left out: assignee.", read_at=NOON, linking="OPS-2",
        gone=True,
    )  # fmt: skip
    with write() as unit:
        unit.tickets.put(one())
        unit.tickets.put(full)
        unit.tickets.put(one("a2"))
    with write() as unit:
        assert unit.tickets.get("a1", lock=True) == full
        assert unit.tickets.get("other") is None
        assert unit.tickets.of_record(record.id) == [full, one("a2")]


def test_those_of_one_key_are_found_also_while_it_is_looked_at(write: Any, record: Postmortem) -> None:
    with write() as unit:
        unit.tickets.put(one(key="OPS-1"))
        unit.tickets.put(one("a2", linking="OPS-1"))
        unit.tickets.put(one("a3", key="OPS-10"))
        assert [each.action_id for each in unit.tickets.of_key("OPS-1")] == ["a1", "a2"]
        assert unit.tickets.of_key("OPS-3") == []


def test_a_label_belongs_to_one_action_item(write: Any, record: Postmortem) -> None:
    with write() as unit:
        unit.tickets.put(one())
    with pytest.raises(sa.exc.IntegrityError), write() as unit:
        unit.tickets.put(KeptTicket("a2", record.id, "pm-a1", "OPS", "Task", "U1", NOON))


def test_they_go_with_their_record(write: Any, record: Postmortem) -> None:
    with write() as unit:
        unit.tickets.put(one())
        assert unit.erasure.record(record.id)
        assert unit.tickets.get("a1") is None


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DUE = Due(NOON - HOUR, NOON - DAY, NOON - 90 * DAY)


def made(action: str, record: str = "pm1", **values: Any) -> KeptTicket:
    return one(action, record, state=TicketState.MADE, key=f"OPS-{action}", **values)


def test_what_is_to_be_read_is_what_was_not_read_for_long(write: Any, record: Postmortem) -> None:
    with write() as unit:
        for ticket in (
            made("long ago", read_at=NOON - 2 * HOUR),
            made("lately", read_at=NOON - HOUR / 2),
            made("never"),
            made("done", done=True, read_at=NOON - 2 * HOUR),
            made("done long ago", done=True, read_at=NOON - 2 * DAY),
            made("gone", gone=True, read_at=NOON - 2 * HOUR),
            made("gone long ago", gone=True, read_at=NOON - DAY),
            one("asked for"),
            one("held", state=TicketState.HELD, read_at=NOON - 9 * DAY),
        ):
            unit.tickets.put(ticket)
    with write() as unit:
        wanted = [each.action_id for each in unit.tickets.to_read("T1", DUE, limit=50)]
        assert wanted == ["never", "done long ago", "gone long ago", "long ago"]
        assert [each.action_id for each in unit.tickets.to_read("T1", DUE, limit=2)] == wanted[:2]
        assert unit.tickets.to_read("T2", DUE, limit=50) == []


def test_of_records_that_were_closed_long_ago_nothing_is_read(write: Any, a_record: Callable[..., Postmortem]) -> None:
    with write() as unit:
        for number, days in ((1, 89), (2, 91), (3, None)):
            closed = {"status": Status.CLOSED, "closed_at": NOON - days * DAY} if days else {}
            unit.records.add(a_record(number, **closed))
            unit.tickets.put(made(f"a{number}", f"pm{number}"))
    with write() as unit:
        assert [each.action_id for each in unit.tickets.to_read("T1", DUE, limit=50)] == ["a1", "a3"]


def test_they_are_found_by_key_and_by_records(write: Any, a_record: Callable[..., Postmortem]) -> None:
    with write() as unit:
        for number in (1, 2, 3):
            unit.records.add(a_record(number))
        same = [made("a1", "pm1"), KeptTicket("a2", "pm2", "pm-a2", "OPS", "Task", "U1", NOON, key="OPS-a1")]
        for ticket in (*same, made("a3", "pm3")):
            unit.tickets.put(ticket)
    with write() as unit:
        assert unit.tickets.with_key("T1", "OPS-a1") == same
        assert unit.tickets.with_key("T2", "OPS-a1") == []
        assert unit.tickets.of_records(["pm1", "pm2"]) == same
        assert unit.tickets.of_records([f"none{number}" for number in range(1200)]) == []
