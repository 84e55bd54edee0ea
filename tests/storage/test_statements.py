"""How many statements the busiest acts cost, and that none of them looks at every row."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.domain.harvest.finding import Findings
from bot.domain.outgoing import Kind, Lane
from bot.domain.postmortem import Roles
from bot.domain.side_rooms import SideRoom
from bot.usecases import invite, standing
from storage import life_tables, tables
from storage.records import to_row
from tests.storage.conftest import NOON


@pytest.fixture
def statements(engine):
    """What is sent to the database while the test runs, without the frame of transactions."""
    seen = []

    def see(_conn, _cursor, statement, parameters, _context, _many):
        if not statement.startswith(("BEGIN", "PRAGMA", "SELECT set_config", "EXPLAIN", "ANALYZE")):
            seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", see)
    return seen


@pytest.fixture
def full(store, engine, a_row):
    """Thousands of rows that are not due, as many that are done, and one that is due."""
    soon = datetime.now(UTC) + timedelta(hours=1)
    with store.transaction(timedelta(seconds=30)) as unit:
        for kind in (Kind.CARD, Kind.HARVEST):
            unit.outbox.put(*(a_row(f"{kind}{number}", kind=kind, due_at=soon) for number in range(2000)))
        unit.outbox.put(*(a_row(f"done{number}") for number in range(2000)))
    with engine.begin() as conn:
        conn.execute(tables.outbox.update().where(tables.outbox.c.key.like("done%")).values(state="done"))
    with store.transaction(timedelta(seconds=30)) as unit:
        unit.outbox.put(a_row("due"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.exec_driver_sql("ANALYZE")
    return store


def plans(engine, statements):
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    with engine.begin() as conn:
        return [
            "\n".join(str(tuple(row)) for row in conn.exec_driver_sql(explain + statement, parameters))
            for statement, parameters in statements
        ]


@pytest.mark.parametrize("act", ["claim", "next_due"])
def test_a_tick_is_one_statement_that_reads_only_what_is_due(full, engine, statements, act, write):
    statements.clear()
    with write() as unit:
        if act == "claim":
            assert [
                row.key for row in unit.outbox.claim(Lane.MESSAGES, by="w", limit=50, lease=timedelta(minutes=2))
            ] == ["due"]
        else:
            assert unit.outbox.next_due(Lane.MESSAGES) == timedelta(0)
    (plan,) = plans(engine, statements)
    assert "ix_outbox_open" in plan
    assert "SCAN outbox" not in plan
    assert "Seq Scan on outbox" not in plan


def test_a_page_of_messages_is_one_statement_and_its_threads_another(write, record, reading_of, a_message, statements):
    page = [a_message(f"{1700000000 + number}.000100", reply_count=number % 3) for number in range(999)]
    with write() as unit:
        unit.harvests.add_messages(reading_of, page)
        assert len(statements) == 2


def test_whose_channel_it_is_costs_one_statement_by_index(store, engine, a_record, statements, write):
    many = [to_row(a_record(number)) for number in range(1, 3001)]
    with engine.begin() as conn:
        conn.execute(tables.postmortem.insert(), many)
        rooms = [asdict(SideRoom(f"pm{number}", "T1", f"D{number}", 1, "U1", NOON)) for number in range(1, 3001)]
        conn.execute(life_tables.record_channel.insert(), rooms)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.exec_driver_sql("ANALYZE")
    statements.clear()
    with write() as unit:
        assert unit.records.current("T1", "D7").id == "pm7"
        assert unit.records.current("T1", "C8", lock=True).id == "pm8"
        assert [record.id for record in unit.records.following("T1", "D9")] == ["pm9"]
        assert unit.records.concerned("T1", "C10", None)
        assert not unit.records.concerned("T1", "C9999", "1.0")
    assert len(statements) == 5
    for plan in plans(engine, statements):
        assert "Seq Scan on" not in plan.replace("Seq Scan on posted", ""), plan
        assert "SCAN postmortem" not in plan, plan
        assert "SCAN record_channel" not in plan, plan


def test_before_an_act_the_channels_ic_is_known_by_one_statement(write, record, statements):
    assumed = record.changed(roles=Roles(ic="U1", ic_assumed=True))
    with write() as unit:
        unit.proposals.replace(record.id, Findings())
        statements.clear()
        assert standing.named_ic(unit, assumed) is None
    assert len(statements) == 1


def test_who_is_invited_is_known_without_what_was_said(write, record, statements):
    with write() as unit:
        unit.proposals.replace(record.id, Findings())
        statements.clear()
        invite.sheet(unit, record)
    said = " ".join(statement for statement, _ in statements)
    assert not any(
        f"FROM {table} " in said.replace('"', "")
        for table in ("analysis", "timeline_item", "todo", "recording", "query")
    )
