from __future__ import annotations

import pytest

from bot.domain.harvest import person
from bot.domain.harvest.person import Directory, Person


def test_the_shown_name_wins_over_real_name_and_handle() -> None:
    raw = {
        "id": "U1",
        "name": "ana1",
        "real_name": "Ana A",
        "tz": "UTC",
        "profile": {"display_name": "ana", "real_name": "Ana A"},
    }
    assert person.from_slack(raw) == Person("U1", "ana", "Ana A", tz="UTC", handle="ana1")
    assert (
        person.from_slack({"id": "U1", "name": "ana1", "profile": {"display_name": "", "real_name": "Ana A"}}).name
        == "Ana A"
    )
    assert person.from_slack({"id": "U1", "name": "ana1"}).name == "ana1"
    assert person.from_slack({"id": "U1"}).name == "U1"


@pytest.mark.parametrize("raw", [None, [], "U1", {}, {"id": None}, {"id": ""}], ids=str)
def test_nobody_without_an_id(raw: object) -> None:
    with pytest.raises(ValueError, match="no id"):
        person.from_slack(raw)


def test_guests_strangers_apps_and_the_gone_are_known_as_such() -> None:
    assert person.from_slack({"id": "U1", "is_ultra_restricted": True}).is_restricted
    assert person.from_slack({"id": "U1", "is_stranger": True}).is_stranger
    assert person.from_slack({"id": "U1", "deleted": True}).deleted
    assert person.from_slack({"id": "USLACKBOT"}).is_bot


PEOPLE = {
    each.user_id: each
    for each in (
        Person("U1", "ana", "Ana Alvarez"),
        Person("U2", "ana.k", "Ana Karlsson"),
        Person("U3", "bo", "Bo Berg", deleted=True),
        Person("U4", "bo2", "Bo Ek"),
        Person("U5", "robot", is_bot=True),
    )
}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("ana", "U1"), ("@ana", "U1"), ("ANA ALVAREZ", "U1"), ("Ana Karlsson.", "U2"), ("Bo", "U3"), ("Bo Ek", "U4"),
        ("robot", None), ("zoe", None), ("", None),
    ],
)  # fmt: skip
def test_a_written_name_means_one_person_or_nobody(written: str, found: str | None) -> None:
    assert Directory(PEOPLE).find(written) == found


def test_of_two_with_one_first_name_the_one_who_is_there_is_meant() -> None:
    people = {each.user_id: each for each in (Person("U1", "x1", "Sam One"), Person("U2", "x2", "Sam Two"))}
    assert Directory(people).find("Sam") is None
    assert Directory(people, ["U2"]).find("Sam") == "U2"
    assert Directory(people, ["U1", "U2"]).find("Sam") is None


@pytest.mark.parametrize(
    "name", ["Jo Wekes, Shift Manager", "Jo Wekes | SRE", "Jo Wekes - Support", "Jo Wekes (night)"]
)
def test_a_title_behind_a_name_is_no_part_of_it(name: str) -> None:
    people = {"U1": Person("U1", name), "U2": Person("U2", "Bo Berg")}
    assert [Directory(people).find(each) for each in ("Jo Wekes", "Jo", "J. Wekes", "Jo W.", "K. Wekes")] == [
        "U1",
        "U1",
        "U1",
        "U1",
        None,
    ]


def test_an_initial_that_two_share_means_nobody() -> None:
    people = {each.user_id: each for each in (Person("U1", "Jo Berg"), Person("U2", "Jana Berg"))}
    assert Directory(people).find("J. Berg") is None
    assert [Directory(people).find(each) for each in ("Jo B.", "Jo B", "Jo C.")] == ["U1", "U1", None]
