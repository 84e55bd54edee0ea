"""A whole record is asked for where it has something, and costs one statement for all the tables in which it has nothing."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event

from bot.domain.policy import Policy
from bot.domain.postmortem import SeverityChange
from bot.usecases import overviews
from storage import foreseen
from tests.storage.conftest import NOON

CHANGE = SeverityChange("pm1", NOON, 2, "U1")


@pytest.fixture
def sent(engine):
    """What is sent to the database while the test runs."""
    seen = []
    event.listen(engine, "before_cursor_execute", lambda _conn, _cursor, statement, *_: seen.append(statement))
    return seen


def seen_whole(unit, record):
    return overviews.overview(unit, record, Policy(), "https://acme.slack.com/", NOON)


def test_a_record_with_nothing_beside_it_is_read_in_half_a_dozen_statements(store, record, sent):
    with store.reading() as unit:
        assert seen_whole(unit, record).severities == ()
    assert len([each for each in sent if each.startswith("SELECT")]) <= 6


def test_what_there_is_of_it_is_there_and_what_another_has_is_not(store, record, write, a_record):
    with write() as unit:
        unit.records.add(a_record(2))
        unit.ledger.note(CHANGE)
    with store.reading() as unit:
        unit.records.foresee("pm2")
        assert unit.ledger.severities("pm2") == []
        assert unit.ledger.severities("pm1") == [CHANGE]
        assert seen_whole(unit, record).severities == (CHANGE,)


def test_what_a_transaction_has_written_it_sees(record, write):
    with write() as unit:
        unit.records.foresee(record.id)
        unit.ledger.note(CHANGE)
        assert unit.ledger.severities(record.id) == [CHANGE]


def test_no_view_remembers_what_another_foresaw(store, record, write):
    with store.reading() as unit:
        unit.records.foresee(record.id)
        assert unit.ledger.severities(record.id) == []
    with write() as unit:
        unit.ledger.note(CHANGE)
    with store.reading() as unit:
        assert unit.ledger.severities(record.id) == [CHANGE]


def test_each_table_is_looked_into_by_its_index(sqlite_url, store, record, sent, engine):
    with store.reading() as unit:
        unit.records.foresee(record.id)
    (statement,) = (each for each in sent if "UNION ALL" in each)
    names = re.findall(r'FROM "(\w+)"', statement)
    assert len(names) == len(set(names)) == len(foreseen.TABLES)
    indexed = {table.name: [next(iter(each.columns)).name for each in table.indexes] for table in foreseen.TABLES}
    first = {table.name: next(iter(table.primary_key)).name for table in foreseen.TABLES}
    assert [name for name in names if "postmortem_id" not in (first[name], *indexed[name])] == []
