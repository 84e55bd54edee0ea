"""The event of a record and the busy times: what goes in comes out, and nobody overwrites what somebody else went on with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.calendar_event import Busy, EventState, KeptEvent, Span
from bot.ports.errors import Outdated
from storage.store import SqlStore
from tests import factories

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
PATIENCE = timedelta(seconds=5)
FULL = KeptEvent(
    "pm1", EventState.MOVED, "https://c.example/x%20y.ics", "e-1", 4, "f", NOON, NOON + timedelta(minutes=30),
    ("mailto:a@x", "https://s/team/U2"), NOON, NOON, NOON, NOON, "U1", NOON, 3, "U2", NOON, {"mailto:a@x": "ACCEPTED"}, NOON,
)  # fmt: skip


def test_what_goes_in_comes_out(store: SqlStore) -> None:
    with store.transaction(PATIENCE) as unit:
        unit.records.add(factories.postmortem(id="pm1"))
        assert unit.calendar.get("pm1") is None
        kept = unit.calendar.put(FULL)
        assert kept == replace(FULL, version=1)
    with store.reading() as unit:
        assert unit.calendar.get("pm1") == kept
    with store.transaction(PATIENCE) as unit:
        bare = unit.calendar.put(KeptEvent("pm1", version=1))
        assert unit.calendar.get("pm1", lock=True) == bare


def test_an_older_version_does_not_take_the_place_of_a_newer_one(store: SqlStore) -> None:
    with store.transaction(PATIENCE) as unit:
        unit.records.add(factories.postmortem(id="pm1"))
        first = unit.calendar.put(KeptEvent("pm1"))
        unit.calendar.put(replace(first, etag="2"))
    with pytest.raises(Outdated), store.transaction(PATIENCE) as unit:
        unit.calendar.put(replace(first, etag="3"))
    with pytest.raises(Outdated), store.transaction(PATIENCE) as unit:
        unit.calendar.put(KeptEvent("pm1"))
    with store.reading() as unit:
        found = unit.calendar.get("pm1")
    assert found
    assert found.etag == "2"


def test_it_goes_with_its_record(store: SqlStore) -> None:
    with store.transaction(PATIENCE) as unit:
        unit.records.add(factories.postmortem(id="pm1"))
        unit.calendar.put(FULL)
        unit.erasure.record("pm1")
        assert unit.calendar.get("pm1") is None


def test_busy_times_are_those_that_were_read_last_and_count_for_a_day(store: SqlStore) -> None:
    spans = (Span(NOON, NOON + timedelta(hours=1)),)
    with store.transaction(PATIENCE) as unit:
        assert unit.calendar.busy("T1") is None
        unit.calendar.put_busy(Busy("T1", (), NOON))
        unit.calendar.put_busy(Busy("T1", spans, NOON))
        found = unit.calendar.busy("T1")
    assert found == Busy("T1", spans, NOON)
    assert found.at(NOON + timedelta(hours=23)) == spans
    assert found.at(NOON + timedelta(hours=25)) == ()
