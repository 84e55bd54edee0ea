"""Post-mortems in the memory: found, numbered, and never overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.postmortem import OwnerState, Roles, Times
from bot.domain.status import Status
from bot.ports.errors import Outdated


def test_a_record_comes_back_as_it_was(write, a_record, noon):
    whole = a_record(
        title="It broke <!channel>",
        severity=1,
        status=Status.IN_REVIEW,
        times=Times(noon, noon + timedelta(minutes=1), noon + timedelta(hours=2)),
        roles=Roles("U1", "U2", "U3", "U4", ic_assumed=True),
        owner="U5",
        owner_state=OwnerState.ACCEPTED,
        owner_since=noon,
        services=("pay", "search"),
        recording="https://example.com/r",
        weekend=frozenset({4, 5}),
        business_tz="Asia/Dubai",
        window_from=noon,
        window_until=noon + timedelta(days=1),
        end_of_call_at=noon,
        version=3,
    )
    with write() as unit:
        unit.records.add(whole)
    with write() as unit:
        assert unit.records.get("pm1") == whole
        assert unit.records.get("pm1", lock=True) == whole


def test_an_unknown_record_is_none(store):
    with store.reading() as unit:
        assert unit.records.get("nobody") is None
        assert unit.records.current("T1", "C1") is None


def test_the_current_record_of_a_channel_is_found(write, a_record):
    old, new = a_record(1, channel_id="C", current=False), a_record(2, channel_id="C")
    elsewhere, other_team = a_record(3, channel_id="D"), a_record(4, channel_id="C", team_id="T2")
    with write() as unit:
        for record in (old, new, elsewhere, other_team):
            unit.records.add(record)
    with write() as unit:
        assert unit.records.current("T1", "C") == new
        assert unit.records.current("T1", "C", lock=True) == new


@pytest.mark.parametrize(
    "second",
    [
        pytest.param({"number": 2, "channel_id": "C1"}, id="a second current record in the channel"),
        pytest.param({"number": 1, "id": "other", "channel_id": "C2"}, id="the number again"),
        pytest.param({"number": 2, "id": "pm1"}, id="the id again"),
    ],
)
def test_a_record_that_came_second_is_outdated(write, a_record, second):
    with write() as unit:
        unit.records.add(a_record(1))
    with pytest.raises(Outdated), write() as unit:
        unit.records.add(a_record(**second))
    with write() as unit:
        assert unit.records.get("pm1") == a_record(1)


def test_one_channel_may_have_many_records_that_are_not_current(write, a_record):
    with write() as unit:
        for number in (1, 2, 3):
            unit.records.add(a_record(number, channel_id="C", current=False))


def test_a_record_is_saved_once_a_version(write, record):
    with write() as unit:
        unit.records.save(record.changed(title="first"))
    with pytest.raises(Outdated), write() as unit:
        unit.records.save(record.changed(title="second"))
    with write() as unit:
        assert unit.records.get(record.id) == record.changed(title="first")


def test_saving_a_record_that_is_not_there_is_outdated(write, a_record):
    with pytest.raises(Outdated), write() as unit:
        unit.records.save(a_record().changed(title="x"))


def test_saving_a_second_current_record_into_a_channel_is_outdated(write, a_record):
    old = a_record(1, channel_id="C", current=False)
    with write() as unit:
        unit.records.add(old)
        unit.records.add(a_record(2, channel_id="C"))
    with pytest.raises(Outdated), write() as unit:
        unit.records.save(old.changed(current=True))


def test_numbers_count_up_by_workspace(write, a_record):
    with write() as unit:
        assert unit.records.next_number("T1") == 1
        unit.records.add(a_record(1))
        unit.records.add(a_record(7))
        assert unit.records.next_number("T1") == 8
        assert unit.records.next_number("T2") == 1


def test_records_made_at_the_same_moment_get_numbers_of_their_own(write, a_record, together, store):
    def assign(index):
        with write() as unit:
            number = unit.records.next_number("T1")
            unit.records.add(a_record(number, id=f"pm-{index}", channel_id=f"C-{index}"))
            return number

    assert sorted(together(assign, 24)) == list(range(1, 25))


def test_open_records_of_an_owner_are_listed_oldest_first(write, a_record, noon):
    mine = a_record(1, owner="U9", created_at=noon)
    older = a_record(2, owner="U9", created_at=noon - timedelta(days=1))
    closed = a_record(3, owner="U9", status=Status.CLOSED)
    others = [a_record(4, owner="U8"), a_record(5), a_record(6, owner="U9", team_id="T2")]
    with write() as unit:
        for record in (mine, older, closed, *others):
            unit.records.add(record)
    with write() as unit:
        assert unit.open_records.owned_by("T1", "U9") == [older, mine]


def test_text_from_people_is_stored_as_it_is_whatever_it_says(write, a_record):
    nasty = a_record(title="'; DROP TABLE postmortem; --", created_by="\u202e<@U1>%s%(x)s:name")
    with write() as unit:
        unit.records.add(nasty)
    with write() as unit:
        assert unit.records.get("pm1") == nasty


def test_text_that_cannot_be_stored_is_replaced_visibly(write, a_record):
    with write() as unit:
        unit.records.add(a_record(title="a\x00b\ud800c", channel_id="C\x00"))
    with write() as unit:
        assert unit.records.current("T1", "C\x00") == replace(a_record(), title="a\ufffdb\ufffdc", channel_id="C\ufffd")
