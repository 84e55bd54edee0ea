"""Channels as places to write to: what is closed, and everything that is kept under a channel's id."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.outgoing import Lane
from bot.domain.place import Channel
from bot.domain.postmortem import Posted
from bot.domain.room import Closed, How
from storage import life_tables, rooms, tables


def test_a_closed_channel_comes_back_as_it_was_and_is_opened(write, noon):
    closed = Closed("T1", "C1", How.ARCHIVED, noon, "U3")
    with write() as unit:
        unit.rooms.close(closed)
        unit.rooms.close(replace(closed, how=How.DELETED, by=None))
    with write() as unit:
        assert unit.rooms.closed("T1", "C1") == replace(closed, how=How.DELETED, by=None)
        assert unit.rooms.closed("T2", "C1") is None
        unit.rooms.reopen("T1", "C1")
        assert unit.rooms.closed("T1", "C1") is None


def test_a_record_is_told_of_its_own_channel_in_its_own_workspace(write, a_record, noon):
    here, beside = a_record(1), a_record(2, channel_id="C-beside")
    with write() as unit:
        unit.records.add(here)
        unit.records.add(beside)
        closed = Closed(here.team_id, here.channel_id, How.ARCHIVED, noon, "U3")
        unit.rooms.close(closed)
        unit.rooms.close(Closed("T-other", beside.channel_id, How.DELETED, noon, None))
    with write() as unit:
        assert unit.rooms.closed_of(here.id) == closed
        assert unit.rooms.closed_of(beside.id) is None
        assert unit.rooms.closed_of("") is None


def test_another_name_is_that_of_this_channel_alone(write, noon):
    with write() as unit:
        for team, key in (("T1", "C1"), ("T1", "C2"), ("T2", "C1")):
            unit.channels.put(Channel(team, key, "old", private=False, shared=False, read_at=noon))
        unit.rooms.rename("T1", "C1", "new")
        names = [unit.channels.get(*where).name for where in (("T1", "C1"), ("T1", "C2"), ("T2", "C1"))]
    assert names == ["new", "old", "old"]


def test_another_id_takes_everything_with_it_and_nothing_of_others(
    write, record, a_record, reading_of, a_message, a_row, noon
):
    other = a_record(2, team_id="T2", channel_id=record.channel_id)
    private = Channel("T1", "C1", "inc", private=True, shared=False, read_at=noon, members=frozenset({"U1"}))
    with write() as unit:
        unit.records.add(other)
        for each in (record, other):
            unit.posts.put(Posted(each.id, "card", "C1", "1.000001"))
        unit.harvests.put_state(reading_of)
        unit.harvests.add_messages(reading_of, [a_message("1772445600.000100", reply_count=1)])
        unit.channels.put(private)
        unit.outbox.put(
            a_row("here", payload={"channel": "C1", "ts": "1.000001"}), a_row("there", payload={"to": "C11"})
        )
        unit.channels.put(replace(private, channel_id="C9", name="known by its new id already"))
    with write() as unit:
        unit.rooms.move("T1", "C1", "C9")
    with write() as unit:
        assert unit.posts.get(record.id, "card").channel_id == "C9"
        assert unit.posts.get(other.id, "card").channel_id == "C1"
        moved = unit.harvests.state(record.id, "C9")
        assert (moved.channel_id, unit.harvests.counts(moved).messages) == ("C9", 1)
        assert [message.channel_id for message in unit.harvests.messages(moved)] == ["C9"]
        rows = unit.outbox.claim(Lane.MESSAGES, by="w", limit=9, lease=timedelta(seconds=9))
        assert [row.payload for row in rows] == [{"channel": "C9", "ts": "1.000001"}, {"to": "C11"}]
        assert unit.channels.get("T1", "C1") is None
        assert unit.channels.get("T1", "C9") == replace(private, channel_id="C9")


def test_every_table_that_is_kept_by_channel_goes_along():
    kept = {table for table in life_tables.section.metadata.sorted_tables if "channel_id" in table.c}
    assert kept == {*rooms.OF_TEAM, *rooms.OF_RECORD, tables.postmortem}
