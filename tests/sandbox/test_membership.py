"""Where a bot may read and write (group 6)."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient


def call(web, method, channel, slack):
    ts = "1772442000.000000"
    calls = {
        "history": lambda: web.conversations_history(channel=channel),
        "replies": lambda: web.conversations_replies(channel=channel, ts=ts),
        "post": lambda: web.chat_postMessage(channel=channel, text="x"),
        "pin": lambda: web.pins_add(channel=channel, timestamp=ts),
        "react": lambda: web.reactions_add(channel=channel, timestamp=ts, name="eyes"),
        "info": lambda: web.conversations_info(channel=channel),
        "members": lambda: web.conversations_members(channel=channel),
    }
    return calls[method]


@pytest.mark.parametrize(
    ("method", "channel", "expected"),
    [
        ("history", "general", "not_in_channel"),
        ("history", "hidden", "channel_not_found"),
        ("replies", "general", "not_in_channel"),
        ("post", "general", "not_in_channel"),
        ("post", "hidden", "channel_not_found"),
        ("post", "old", "is_archived"),
        ("pin", "general", "not_in_channel"),
        ("react", "general", "not_in_channel"),
        ("react", "old", "is_archived"),
        ("info", "hidden", "channel_not_found"),
        ("members", "hidden", "channel_not_found"),
    ],
)
def test_a_place_the_bot_is_not_in_is_refused_by_its_own_name(slack, web, error, method, channel, expected):
    key = slack.see.channel(channel)["id"]
    assert error(call(web, method, key, slack))["error"] == expected


def test_a_public_channel_can_be_described_without_being_in_it(slack, web):
    shown = web.conversations_info(channel=slack.see.channel("general")["id"])["channel"]
    assert (shown["name"], shown["is_member"], shown["is_general"]) == ("general", False, True)


def test_chat_write_public_lets_a_bot_post_where_it_is_not(start):
    slack = start(change=lambda m: m["oauth_config"]["scopes"]["bot"].append("chat:write.public"))
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    assert web.chat_postMessage(channel="#general", text="x")["ok"]


def test_joining_opens_a_public_channel_once(slack, web):
    general = slack.see.channel("general")["id"]
    assert web.conversations_join(channel=general)["channel"]["is_member"]
    assert web.conversations_join(channel=general)["warning"] == "already_in_channel"
    assert web.conversations_history(channel=general)["messages"][0]["subtype"] == "channel_join"


@pytest.mark.parametrize(
    ("channel", "expected"),
    [("hidden", "channel_not_found"), ("vault", "method_not_supported_for_channel_type"), ("old", "is_archived")],
)
def test_joining_is_for_living_public_channels(slack, web, error, channel, expected):
    assert error(web.conversations_join, channel=slack.see.channel(channel)["id"])["error"] == expected


def test_an_ephemeral_message_needs_its_reader_in_the_channel(slack, web, inc, error):
    cho, ben = slack.see.user("cho")["id"], slack.see.user("ben")["id"]
    assert error(web.chat_postEphemeral, channel=inc, user=cho, text="x")["error"] == "user_not_in_channel"
    ts = web.chat_postEphemeral(channel=inc, user=ben, text="psst")["message_ts"]
    assert [m["ts"] for m in slack.see.messages("inc", user="ben") if m.get("is_ephemeral")] == [ts]
    assert not [m for m in slack.see.messages("inc", user="aino") if m.get("is_ephemeral")]
    assert ts not in str(web.conversations_history(channel=inc).data)


def test_posting_to_a_user_id_is_a_direct_message(slack, web):
    answer = web.chat_postMessage(channel=slack.see.user("ben")["id"], text="hello")
    assert answer["channel"].startswith("D")
    assert slack.see.dms("ben")[0]["text"] == "hello"


@pytest.mark.parametrize("who", ["gone", "helper"])
def test_nobody_writes_to_the_deactivated_or_to_bots(slack, web, error, who):
    assert error(web.chat_postMessage, channel=slack.see.user(who)["id"], text="x")["error"] == "channel_not_found"


def test_conversations_open_gives_the_same_direct_channel_again(slack, web):
    ben = slack.see.user("ben")["id"]
    first = web.conversations_open(users=ben)
    again = web.conversations_open(users=ben)
    assert first["channel"]["id"] == again["channel"]["id"]
    assert again["already_open"]
    assert web.conversations_open(users=f"{ben},{slack.see.user('aino')['id']}")["channel"]["id"].startswith("C")


@pytest.mark.parametrize(
    ("user", "expected"),
    [("", "users_list_not_supplied"), ("U404", "user_not_found"), ("gone", "user_disabled")],
)
def test_conversations_open_says_why_not(slack, web, error, user, expected):
    named = slack.see.user(user)["id"] if user == "gone" else user
    assert error(web.conversations_open, users=named)["error"] == expected


def test_inviting_adds_people_and_says_who_could_not_be(slack, web, inc, error):
    cho, ben = slack.see.user("cho")["id"], slack.see.user("ben")["id"]
    assert error(web.conversations_invite, channel=inc, users=ben)["error"] == "already_in_channel"
    web.conversations_invite(channel=inc, users=cho)
    assert cho in web.conversations_members(channel=inc)["members"]


def test_creating_a_channel_refuses_bad_names(slack, web, error):
    made = web.conversations_create(name="inc-43", is_private=True)["channel"]
    assert (made["is_private"], made["is_member"]) == (True, True)
    assert error(web.conversations_create, name="inc-43")["error"] == "name_taken"
    assert error(web.conversations_create, name="Inc 43")["error"] == "invalid_name_specials"


def test_the_list_holds_private_channels_only_with_the_bot_in_them(slack, web):
    answer = web.conversations_list(types="public_channel,private_channel")
    assert {c["name"] for c in answer["channels"]} == {"general", "vault", "old", "inc"}
    left = web.conversations_list(exclude_archived=True)["channels"]
    assert {c["name"] for c in left} == {"general", "inc"}
    assert {c["name"] for c in web.users_conversations()["channels"]} == {"old", "inc"}
