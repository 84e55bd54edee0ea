"""Pins, reactions and bookmarks."""

from __future__ import annotations

import pytest


@pytest.fixture
def ts(slack):
    return slack.act.post("aino", "#inc", "a message")


def test_a_reaction_is_added_once_and_taken_back(slack, web, inc, ts, error):
    web.reactions_add(channel=inc, timestamp=ts, name="eyes")
    assert error(web.reactions_add, channel=inc, timestamp=ts, name=":eyes:")["error"] == "already_reacted"
    slack.act.react("ben", "#inc", ts, "eyes")
    shown = web.reactions_get(channel=inc, timestamp=ts)["message"]["reactions"]
    assert [(r["name"], r["count"]) for r in shown] == [("eyes", 2)]
    web.reactions_remove(channel=inc, timestamp=ts, name="eyes")
    assert error(web.reactions_remove, channel=inc, timestamp=ts, name="eyes")["error"] == "no_reaction"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"timestamp": "1.000001", "name": "eyes"}, "message_not_found"),
        ({"timestamp": "now", "name": "eyes"}, "bad_timestamp"),
        ({"timestamp": "", "name": "eyes"}, "invalid_arguments"),
        ({"timestamp": "1.000001", "name": "no such emoji"}, "invalid_name"),
    ],
)
def test_a_reaction_says_what_is_wrong(web, inc, error, given, expected):
    assert error(web.api_call, "reactions.add", params={"channel": inc, **given})["error"] == expected


def test_a_message_has_twenty_three_kinds_of_reaction(slack, web, inc, ts, error):
    for name in [f"clock{hour}{half}" for hour in range(1, 13) for half in ("", "30")][:23]:
        slack.act.react("aino", "#inc", ts, name)
    assert error(web.reactions_add, channel=inc, timestamp=ts, name="eyes")["error"] == "too_many_emoji"


def test_pins_are_listed_newest_first_and_taken_away(slack, web, inc, ts, error):
    web.pins_add(channel=inc, timestamp=ts)
    assert error(web.pins_add, channel=inc, timestamp=ts)["error"] == "already_pinned"
    items = web.pins_list(channel=inc)["items"]
    assert [item["message"]["text"] for item in items] == ["a message", "mitigated"]
    assert items[0]["message"]["pinned_to"] == [inc]
    web.pins_remove(channel=inc, timestamp=ts)
    assert error(web.pins_remove, channel=inc, timestamp=ts)["error"] == "no_pin"
    assert error(web.pins_add, channel=inc)["error"] == "no_item_specified"


def test_bookmarks_are_links(web, inc, error):
    made = web.bookmarks_add(channel_id=inc, title="Board", type="link", link="https://x.example")["bookmark"]
    assert made["id"].startswith("Bk")
    assert web.bookmarks_edit(channel_id=inc, bookmark_id=made["id"], title="New")["bookmark"]["title"] == "New"
    assert [b["title"] for b in web.bookmarks_list(channel_id=inc)["bookmarks"]] == ["New"]
    web.bookmarks_remove(channel_id=inc, bookmark_id=made["id"])
    assert web.bookmarks_list(channel_id=inc)["bookmarks"] == []
    wrong = {"channel_id": inc, "title": "x", "type": "link", "link": "ftp://x"}
    assert error(web.bookmarks_add, **wrong)["error"] == "invalid_link"
