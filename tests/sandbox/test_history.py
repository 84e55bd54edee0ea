"""History and threads: order, pages, cursors, figures, tombstones (groups 22 and 26)."""

from __future__ import annotations

import base64

import pytest


def texts(answer):
    return [message.get("text", "") for message in answer["messages"]]


def test_history_is_newest_first_and_without_replies(web, inc):
    found = texts(web.conversations_history(channel=inc))
    assert [text.split(" ")[0] for text in found] == [
        "mitigated",
        "graph",
        "This",
        "typo",
        "found",
        "*ALERT*",
        "checkout",
    ]


def test_replies_are_oldest_first_and_begin_with_the_parent(web, inc):
    parent = web.conversations_history(channel=inc)["messages"][-1]
    answer = web.conversations_replies(channel=inc, ts=parent["ts"])
    assert [text.split(" ")[0] for text in texts(answer)] == ["checkout", "looking", "me", "found"]
    assert {m["parent_user_id"] for m in answer["messages"][1:]} == {parent["user"]}


def test_the_parent_carries_exact_figures(slack, web, inc):
    parent = web.conversations_history(channel=inc)["messages"][-1]
    replies = web.conversations_replies(channel=inc, ts=parent["ts"])["messages"][1:]
    ben, cho = slack.see.user("ben")["id"], slack.see.user("cho")["id"]
    assert parent["thread_ts"] == parent["ts"]
    assert (parent["reply_count"], parent["reply_users_count"], parent["reply_users"]) == (3, 2, [ben, cho])
    assert parent["latest_reply"] == replies[-1]["ts"]
    assert parent["reactions"] == [{"name": "eyes", "users": [ben], "count": 1}]


def test_a_broadcast_reply_stands_in_both_with_its_root(web, inc):
    shown = next(
        m for m in web.conversations_history(channel=inc)["messages"] if m.get("subtype") == "thread_broadcast"
    )
    assert shown["root"]["ts"] == shown["thread_ts"] != shown["ts"]


def test_a_reply_finds_its_thread_by_its_own_ts(slack, web, inc):
    parent = slack.act.post("aino", "#inc", "one")
    reply = slack.act.post("ben", "#inc", "two", thread=parent)
    assert [m["ts"] for m in web.conversations_replies(channel=inc, ts=reply)["messages"]] == [parent, reply]


def test_a_message_without_replies_is_a_thread_of_one(slack, web, inc):
    ts = slack.act.post("aino", "#inc", "alone")
    assert [m["ts"] for m in web.conversations_replies(channel=inc, ts=ts)["messages"]] == [ts]


def test_no_such_thread_is_said(web, inc, error):
    assert error(web.conversations_replies, channel=inc, ts="1.000001")["error"] == "thread_not_found"


def test_one_message_is_read_by_latest_inclusive(web, inc):
    wanted = web.conversations_history(channel=inc)["messages"][3]
    answer = web.conversations_history(channel=inc, latest=wanted["ts"], inclusive=True, limit=1)
    assert answer["messages"][0]["ts"] == wanted["ts"]


def test_oldest_and_latest_are_exclusive_unless_asked(web, inc):
    every = [m["ts"] for m in web.conversations_history(channel=inc)["messages"]]
    between = web.conversations_history(channel=inc, oldest=every[4], latest=every[1])
    assert [m["ts"] for m in between["messages"]] == every[2:4]
    closed = web.conversations_history(channel=inc, oldest=every[4], latest=every[1], inclusive=True)
    assert [m["ts"] for m in closed["messages"]] == every[1:5]


def test_pages_by_cursor_are_whole_while_new_messages_arrive(slack, web, inc):
    expected = [m["ts"] for m in web.conversations_history(channel=inc)["messages"]]
    found, cursor = [], None
    while True:
        page = web.conversations_history(channel=inc, limit=2, cursor=cursor)
        found += [m["ts"] for m in page["messages"]]
        slack.act.post("aino", "#inc", "another")
        cursor = page["response_metadata"]["next_cursor"]
        assert page["has_more"] == bool(cursor)
        if not cursor:
            break
    assert found == expected


def test_pages_of_a_thread_are_whole(slack, web, inc):
    parent = slack.act.post("aino", "#inc", "parent")
    expected = [slack.act.post("ben", "#inc", str(n), thread=parent) for n in range(7)]
    found, cursor = [], None
    while cursor != "":
        page = web.conversations_replies(channel=inc, ts=parent, limit=3, cursor=cursor)
        found += [m["ts"] for m in page["messages"] if m["ts"] != parent]
        cursor = page["response_metadata"]["next_cursor"]
    assert found == expected


@pytest.mark.parametrize("cursor", ["nonsense", base64.b64encode(b"members:1").decode(), "1772442000.000000"])
def test_a_cursor_from_elsewhere_is_invalid(web, inc, error, cursor):
    assert error(web.conversations_history, channel=inc, cursor=cursor)["error"] == "invalid_cursor"


@pytest.mark.parametrize("name", ["oldest", "latest"])
def test_a_broken_ts_is_invalid(web, inc, error, name):
    assert error(web.conversations_history, channel=inc, **{name: "yesterday"})["error"] == f"invalid_ts_{name}"


def test_limits_are_capped(start, web, slack, inc):
    slack.rules(rate_limits=False)
    for number in range(1100):
        slack.act.post("aino", "#inc", str(number), raw=True)
    assert len(web.conversations_history(channel=inc)["messages"]) == 100
    assert len(web.conversations_history(channel=inc, limit=5000)["messages"]) == 999


def test_pages_may_be_shorter_than_asked(start, web, slack, inc):
    slack.rules(short_pages=True, rate_limits=False)
    sizes, cursor = [], None
    while cursor != "":
        page = web.conversations_history(channel=inc, limit=4, cursor=cursor)
        sizes.append(len(page["messages"]))
        cursor = page["response_metadata"]["next_cursor"]
    assert sum(sizes) == 7
    assert max(sizes) <= 4


def test_a_deleted_parent_leaves_a_tombstone_and_a_plain_message_nothing(slack, web, inc):
    parent = slack.act.post("aino", "#inc", "secret")
    slack.act.post("ben", "#inc", "reply", thread=parent)
    plain = slack.act.post("aino", "#inc", "plain")
    slack.act.delete("aino", "#inc", parent)
    slack.act.delete("aino", "#inc", plain)
    newest = web.conversations_history(channel=inc)["messages"][0]
    assert (newest["ts"], newest["subtype"], newest["hidden"]) == (parent, "tombstone", True)
    assert (newest["user"], newest["text"]) == ("USLACKBOT", "This message was deleted.")
    assert newest["reply_count"] == 1


def test_the_last_reply_gone_makes_a_message_a_plain_one_again(slack, web, inc):
    parent = slack.act.post("aino", "#inc", "parent")
    reply = slack.act.post("ben", "#inc", "reply", thread=parent)
    slack.act.delete("ben", "#inc", reply)
    newest = web.conversations_history(channel=inc)["messages"][0]
    assert "thread_ts" not in newest
    assert "reply_count" not in newest


def test_an_edit_shows_who_and_when(slack, web, inc):
    ts = slack.act.post("aino", "#inc", "first")
    slack.act.edit("aino", "#inc", ts, "second @ben")
    newest = web.conversations_history(channel=inc)["messages"][0]
    assert newest["text"].startswith("second <@U")
    assert newest["edited"]["user"] == newest["user"]
    assert newest["edited"]["ts"] > ts


def test_back_dated_messages_stand_where_they_belong(slack, web, inc):
    ts = slack.act.post("aino", "#inc", "earlier", at="2026-03-02T08:00:00Z")
    assert ts == "1772438400.000000"
    assert web.conversations_history(channel=inc)["messages"][-1]["ts"] == ts


def test_non_marketplace_apps_get_fifteen_a_page_once_a_minute(start, error):
    from slack_sdk import WebClient

    slack = start(profile="non-marketplace")
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    channel = slack.see.channel("inc")["id"]
    for number in range(20):
        slack.act.post("aino", "#inc", str(number))
    assert len(web.conversations_history(channel=channel, limit=200)["messages"]) == 15
    assert error(web.conversations_history, channel=channel)["error"] == "ratelimited"
    slack.advance(60)
    assert web.conversations_history(channel=channel)["ok"]
