"""The cached list of people."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.harvest.person import Person

ANN = Person("U1", "Ann", "Ann Lee", "Europe/Paris", handle="ann")
BOB = Person("U2", "Bob", "", None, is_bot=True, deleted=True, is_restricted=True, is_stranger=True)


def test_people_come_back_as_they_were(write):
    with write() as unit:
        unit.people.put("T1", [BOB, ANN])
    with write() as unit:
        assert unit.people.all("T1") == {"U1": ANN, "U2": BOB}
        assert unit.people.get("T1", "U2") == BOB
        assert unit.people.get("T2", "U2") is None
        assert unit.people.all("T2") == {}


def test_a_person_who_was_read_again_is_updated(write):
    with write() as unit:
        unit.people.put("T1", [ANN, BOB])
        unit.people.put("T1", [replace(ANN, name="Anna", tz=None)])
        assert unit.people.all("T1") == {"U1": replace(ANN, name="Anna", tz=None), "U2": BOB}


def test_the_last_one_counts_when_a_page_names_a_person_twice(write):
    with write() as unit:
        unit.people.put("T1", [ANN, replace(ANN, name="Later")])
        assert unit.people.get("T1", "U1") == replace(ANN, name="Later")


def test_a_whole_workspace_is_written_at_once(write):
    many = [replace(ANN, user_id=f"U{number:05}") for number in range(12_000)]
    with write() as unit:
        unit.people.put("T1", many)
        unit.people.put("T1", [])
        assert list(unit.people.all("T1").values()) == many


def test_some_people_are_found_however_many_are_asked_for(write):
    with write() as unit:
        unit.people.put("T1", [ANN, BOB])
        unit.people.put("T2", [replace(ANN, user_id="U3")])
        assert unit.people.some("T1", ["U2", "U3", "U1", "U1", "nobody"]) == {"U1": ANN, "U2": BOB}
        assert unit.people.some("T1", (f"U{number}" for number in range(40_000))) == {"U1": ANN, "U2": BOB}
        assert unit.people.some("T1", []) == {}


def test_the_reading_of_the_list_can_be_resumed(write, noon):
    with write() as unit:
        assert unit.people.sync_cursor("T1") is None
        assert unit.people.synced_at("T1") is None
        unit.people.put_sync_cursor("T1", "page2")
    with write() as unit:
        assert unit.people.sync_cursor("T1") == "page2"
        assert unit.people.sync_cursor("T2") is None
        assert unit.people.synced_at("T1") is None
        unit.people.mark_synced("T1", noon)
    with write() as unit:
        assert unit.people.synced_at("T1") == noon
        assert unit.people.sync_cursor("T1") is None
        unit.people.put_sync_cursor("T1", "page2")
        assert unit.people.synced_at("T1") == noon


def test_the_members_of_a_group_are_replaced(write):
    with write() as unit:
        assert unit.people.group("T1", "S1") == frozenset()
        unit.people.put_group("T1", "S1", ["U2", "U1", "U2"])
        unit.people.put_group("T1", "S2", ["U3"])
        assert unit.people.group("T1", "S1") == {"U1", "U2"}
        unit.people.put_group("T1", "S1", [])
        assert unit.people.group("T1", "S1") == frozenset()
        assert unit.people.group("T1", "S2") == {"U3"}
