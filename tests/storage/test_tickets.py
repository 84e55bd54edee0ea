"""Tickets in their table: whole, one for an action item, and gone with their record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.postmortem import Postmortem
from bot.domain.tickets import KeptTicket, TicketState
from tests.storage.conftest import NOON


def one(action: str = "a1", record: str = "pm1", **values: Any) -> KeptTicket:
    return KeptTicket(action, record, f"pm-{action}", "OPS", "Task", "U1", NOON, **values)


def test_all_of_it_comes_back(write: Any, record: Postmortem) -> None:
    full = one(
        state=TicketState.MADE, priority="P0", due=date(2026, 12, 1), extra={"customfield_1": "x", "customfield_2": ("7", "8")},
        tags=("sev1", "sev1_20260302"), tries=1, tried_at=NOON, key="OPS-1", url="https://j.example/browse/OPS-1", status="Done",
        done=True, linked_back=True, trouble="Left out: assignee.", read_at=NOON, linking="OPS-2",
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
