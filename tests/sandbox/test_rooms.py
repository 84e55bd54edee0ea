"""What a bot may do to channels: archive, rename, kick, close, mark, leave; with the events that people's apps hear."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

EVENTS = [
    "channel_unarchive", "channel_left", "group_left", "channel_created", "member_left_channel", "group_archive",
    "channel_deleted", "group_deleted", "channel_id_changed",
]  # fmt: skip


@pytest.fixture
def slack(start):
    """A sandbox whose app hears of everything that happens to channels."""
    return start(change=lambda m: m["settings"]["event_subscriptions"]["bot_events"].extend(EVENTS))


@pytest.fixture
def made(web):
    return web.conversations_create(name="inc-43")["channel"]["id"]


def heard(slack, app, kind):
    return slack.wait_until(lambda: app.events(kind))[0]


def test_a_channel_is_archived_and_brought_back(slack, web, app, made, error):
    web.conversations_archive(channel=made)
    assert heard(slack, app, "channel_archive")["channel"] == made
    assert error(web.chat_postMessage, channel=made, text="x")["error"] == "is_archived"
    assert error(web.conversations_archive, channel=made)["error"] == "already_archived"
    web.conversations_unarchive(channel=made)
    assert heard(slack, app, "channel_unarchive")["user"] == slack.see.user("helper")["id"]
    assert error(web.conversations_unarchive, channel=made)["error"] == "not_archived"
    subtypes = [m.get("subtype") for m in web.conversations_history(channel=made)["messages"]]
    assert subtypes == ["channel_unarchive", "channel_archive"]


def test_a_private_channel_has_events_of_its_own_name(slack, web, app):
    web.conversations_archive(channel=slack.see.channel("vault")["id"])
    assert heard(slack, app, "group_archive")["type"] == "group_archive"


def test_a_private_channel_is_made_without_an_event(slack, web, app):
    web.conversations_create(name="secret", is_private=True)
    web.conversations_create(name="open")
    assert heard(slack, app, "channel_created")["channel"]["name"] == "open"


def test_only_its_maker_renames_a_channel(slack, web, app, made, inc, error):
    assert web.conversations_rename(channel=made, name="inc-44")["channel"]["previous_names"] == ["inc-43"]
    assert heard(slack, app, "channel_rename")["channel"]["name"] == "inc-44"
    assert error(web.conversations_rename, channel=inc, name="mine")["error"] == "not_authorized"
    assert error(web.conversations_rename, channel=made, name="Not This")["error"] == "invalid_name_specials"
    assert error(web.conversations_rename, channel=made, name="general")["error"] == "name_taken"


def test_somebody_is_kicked_out(slack, web, app, inc, error):
    ben, cho = slack.see.user("ben")["id"], slack.see.user("cho")["id"]
    web.conversations_kick(channel=inc, user=ben)
    assert heard(slack, app, "member_left_channel")["user"] == ben
    assert ben not in slack.see.channel("inc")["members"]
    assert error(web.conversations_kick, channel=inc, user=cho)["error"] == "not_in_channel"
    assert error(web.conversations_kick, channel=inc, user="U404")["error"] == "user_not_found"
    me = slack.see.user("helper")["id"]
    assert error(web.conversations_kick, channel=inc, user=me)["error"] == "cant_kick_self"


def test_a_bot_that_leaves_hears_that_it_left(slack, web, app, made):
    web.conversations_leave(channel=made)
    assert heard(slack, app, "channel_left")["channel"] == made
    assert web.conversations_leave(channel=made)["not_in_channel"]


@pytest.mark.parametrize(
    ("method", "channel", "expected"),
    [
        ("conversations.archive", "hidden", "channel_not_found"),
        ("conversations.rename", "hidden", "channel_not_found"),
        ("conversations.archive", "old", "already_archived"),
        ("conversations.rename", "old", "is_archived"),
        ("conversations.leave", "old", "is_archived"),
        ("conversations.setTopic", "old", "is_archived"),
        ("conversations.archive", "general", "not_in_channel"),
        ("conversations.mark", "general", "not_in_channel"),
        ("conversations.close", "inc", "method_not_supported_for_channel_type"),
        ("conversations.archive", "@ben", "method_not_supported_for_channel_type"),
        ("conversations.invite", "@ben", "method_not_supported_for_channel_type"),
        ("conversations.setTopic", "@ben", "method_not_supported_for_channel_type"),
    ],
)
def test_each_refusal_has_slacks_name(slack, web, error, method, channel, expected):
    if channel == "@ben":
        key = web.conversations_open(users=slack.see.user("ben")["id"])["channel"]["id"]
    else:
        key = slack.see.channel(channel)["id"]
    more = {"name": "x", "ts": "1.000001", "topic": "x", "users": "U1"}
    known = {"rename": ["name"], "mark": ["ts"], "setTopic": ["topic"], "invite": ["users"]}
    args = {name: more[name] for name in known.get(method.rpartition(".")[2], [])}
    assert error(web.api_call, method, json={"channel": key, **args})["error"] == expected


def test_the_general_channel_stays(slack, web, error):
    general = slack.see.channel("general")["id"]
    web.conversations_join(channel=general)
    ben = slack.see.user("ben")["id"]
    assert error(web.conversations_archive, channel=general)["error"] == "cant_archive_general"
    assert error(web.conversations_leave, channel=general)["error"] == "cant_leave_general"
    assert error(web.conversations_kick, channel=general, user=ben)["error"] == "cant_kick_from_general"


def test_a_direct_conversation_is_closed_and_opened(slack, web, error):
    ben = slack.see.user("ben")["id"]
    direct = web.conversations_open(users=ben)["channel"]["id"]
    web.conversations_close(channel=direct)
    assert not web.conversations_info(channel=direct)["channel"]["is_open"]
    assert web.conversations_close(channel=direct)["already_closed"]
    web.conversations_open(channel=direct)
    assert web.conversations_info(channel=direct)["channel"]["is_open"]
    cho = slack.see.user("cho")["id"]
    assert error(web.conversations_open, users=cho, prevent_creation=True)["error"] == "channel_not_found"


def test_reading_is_marked(web, inc, error):
    assert web.conversations_mark(channel=inc, ts="1772442000.000000")["ok"]
    assert error(web.conversations_mark, channel=inc, ts="now")["error"] == "invalid_timestamp"


@pytest.mark.parametrize(
    ("scope", "channel", "method"),
    [
        ("channels:manage", "inc", "conversations.archive"),
        ("groups:write", "vault", "conversations.archive"),
        ("channels:manage", "inc", "conversations.leave"),
        ("groups:write", "vault", "conversations.kick"),
    ],
)
def test_the_scope_is_that_of_the_kind_of_channel(start, error, scope, channel, method):
    held = {"channels:manage", "groups:write", "channels:read", "groups:read"} - {scope}
    slack = start(scopes=sorted(held))
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    answer = error(web.api_call, method, json={"channel": slack.see.channel(channel)["id"], "user": "U1"})
    assert answer["error"] == "missing_scope"
    assert scope in answer["needed"].split(",")


def test_a_deleted_channel_is_announced_and_found_no_more(slack, web, app, inc, error):
    slack.act("delete_channel", user="aino", channel="#inc")
    assert heard(slack, app, "channel_deleted")["channel"] == inc
    assert error(web.chat_postMessage, channel=inc, text="x")["error"] == "channel_not_found"
    slack.act("delete_channel", user="aino", channel="#vault")
    assert heard(slack, app, "group_deleted")["type"] == "group_deleted"


def test_a_channel_that_is_shared_later_has_another_id_and_all_it_had(slack, web, app, inc, error):
    ts = web.chat_postMessage(channel=inc, text="before")["ts"]
    new = slack.act("share_channel", user="aino", channel="#inc")["channel"]
    told = heard(slack, app, "channel_id_changed")
    assert (told["old_channel_id"], told["new_channel_id"]) == (inc, new)
    assert error(web.chat_postMessage, channel=inc, text="x")["error"] == "channel_not_found"
    assert web.conversations_history(channel=new)["messages"][0]["ts"] == ts
    assert web.conversations_info(channel=new)["channel"]["is_ext_shared"]


def test_a_bot_that_is_taken_out_hears_by_whom(slack, app):
    slack.act("leave", user="helper", channel="#inc", actor="aino")
    assert heard(slack, app, "channel_left")["actor_id"] == slack.see.user("aino")["id"]
