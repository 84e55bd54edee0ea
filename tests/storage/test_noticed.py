"""Incidents without a record in their table: whole, each once a channel, and found by one look-up in an index."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.noticed import Gone, Noticed, NoticedState
from bot.domain.place import Channel
from bot.domain.postmortem import Postmortem
from bot.ports.errors import Outdated
from tests.storage.conftest import NOON


def one(number: int = 1, channel: str = "C1", **values: Any) -> Noticed:
    given: dict[str, Any] = {"id": f"{channel}-{number}", "severity": None, "ended_at": None, "ts": "1.000100"}
    seen = {"first_seen": NOON, "last_seen": NOON}
    return Noticed(**{**given, **seen, "team_id": "T1", "channel_id": channel, "number": number, **values})


def test_all_of_it_comes_back(write: Any, record: Postmortem) -> None:
    full = one(
        severity=1, ended_at=NOON, state=NoticedState.RECORDED, gone=Gone.ARCHIVED, offer_ts="2.000100", settled_at=NOON,
        settled_by="U1", why="drill", note="a note \x00", postmortem_id=record.id,
    )  # fmt: skip
    with write() as unit:
        unit.noticed.add(one())
        unit.noticed.save(full)
    with write() as unit:
        assert unit.noticed.get(full.id, lock=True) == full.changed(note="a note \N{REPLACEMENT CHARACTER}")
        assert unit.noticed.of_record(record.id) == unit.noticed.newest("T1", "C1", lock=True)
        assert unit.noticed.get("other") is None
        unit.noticed.drop(full)
        assert unit.noticed.newest("T1", "C1") is None


def test_a_channel_has_each_number_once(write: Any) -> None:
    with write() as unit:
        unit.noticed.add(one())
    with pytest.raises(Outdated), write() as unit:
        unit.noticed.add(one(id="another"))
    with write() as unit:
        unit.noticed.add(one(2))
        unit.noticed.add(one(1, "C2"))
        assert [each.number for each in unit.noticed.waiting("T1", "C1")] == [2, 1]


def test_what_is_answered_does_not_wait(write: Any) -> None:
    with write() as unit:
        for number, state in enumerate(NoticedState, 1):
            unit.noticed.add(one(number, state=state, first_seen=NOON - timedelta(hours=number)))
        waiting = unit.noticed.waiting("T1", "C1")
        assert [each.state for each in waiting] == [NoticedState.OFFERED, NoticedState.SEEN]
        assert unit.noticed.all_waiting("T1") == waiting
        assert unit.noticed.all_waiting("T2") == []
        newest = unit.noticed.newest("T1", "C1")
        assert newest
        assert newest.state is NoticedState.RECORDED


def test_purged_it_takes_what_was_known_of_a_channel_that_nothing_else_needs(write: Any, record: Postmortem) -> None:
    with write() as unit:
        for channel in (record.channel_id, "C2", "C3"):
            unit.channels.put(Channel("T1", channel, channel, True, False, NOON, frozenset({"U1"})))
            unit.noticed.add(one(1, channel))
        unit.noticed.add(one(2, "C3", last_seen=NOON + timedelta(hours=1)))
        assert unit.noticed.purge("T1", NOON + timedelta(minutes=1)) == 3
        known = [unit.channels.get("T1", channel) is not None for channel in (record.channel_id, "C2", "C3")]
        assert known == [True, False, True], "the one with a record, the one with none, the one with a newer one"
        assert unit.noticed.purge("T1", NOON) == 0


def test_the_newest_of_a_channel_is_found_by_its_index(engine: sa.Engine) -> None:
    here = "team_id = 'T1' AND channel_id = 'C1'"
    query = f"SELECT id FROM noticed_incident WHERE {here} ORDER BY number DESC LIMIT 1"
    with engine.connect() as conn:
        explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
        if engine.dialect.name == "postgresql":
            conn.execute(sa.text("SET enable_seqscan = off"))
        plan = str([tuple(row) for row in conn.execute(sa.text(explain + query))])
    assert "uq_noticed_incident_team_id_channel_id_number" in plan or "autoindex_noticed_incident_2" in plan
    assert "SORT" not in plan.upper()
