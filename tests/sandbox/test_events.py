"""Events: who hears what, how often, in which shape (groups 4 and 20 to 23)."""

from __future__ import annotations

import pytest


@pytest.fixture
def heard(slack, app):
    """The inner events of one kind, once everything has been delivered."""

    def listen(kind=None):
        slack.wait_quiet(0.15)
        return app.events(kind)

    return listen


def test_a_message_event_has_its_shape(slack, app, heard, inc):
    ts = slack.act.post("aino", "#inc", "hello")
    event = heard("message")[0]
    assert (event["channel"], event["channel_type"], event["ts"], event["event_ts"]) == (inc, "channel", ts, ts)
    assert (event["user"], event["text"], event["team"]) == (slack.see.user("aino")["id"], "hello", slack.team_id)
    outer = app.heard[0]["payload"]
    assert (outer["type"], outer["team_id"], outer["event_id"][:2]) == ("event_callback", slack.team_id, "Ev")
    assert outer["authorizations"][0]["is_bot"] is True
    assert app.heard[0]["accepts_response_payload"] is False
    assert (app.heard[0]["retry_attempt"], app.heard[0]["retry_reason"]) == (0, "")


def test_only_channels_the_bot_is_in_are_heard(slack, heard):
    slack.act.post("aino", "#general", "elsewhere")
    slack.act.post("aino", "#hidden", "hidden")
    slack.act.post("aino", "#vault", "here")
    slack.act.post("aino", "@helper", "direct")
    assert [(e["text"], e["channel_type"]) for e in heard("message")] == [("here", "group"), ("direct", "im")]


@pytest.mark.parametrize("what", ["subscription", "scope"])
def test_nothing_is_heard_without_subscription_and_scope(start, wire, what):
    def change(manifest):
        if what == "subscription":
            manifest["settings"]["event_subscriptions"]["bot_events"].remove("message.channels")
        else:
            manifest["oauth_config"]["scopes"]["bot"].remove("channels:history")

    slack = start(change=change)
    app = wire(slack)
    slack.act.post("aino", "#inc", "hello")
    slack.wait_quiet(0.15)
    assert app.events("message") == []


def test_own_messages_are_heard_too(slack, web, heard, inc):
    web.chat_postMessage(channel=inc, text="mine")
    event = heard("message")[0]
    assert (event["text"], event["bot_id"]) == ("mine", web.auth_test()["bot_id"])
    assert event["bot_profile"]["app_id"] == event["app_id"]


def test_an_edit_is_a_hidden_change_with_both_messages(slack, heard):
    ts = slack.act.post("aino", "#inc", "first")
    slack.act.edit("aino", "#inc", ts, "second")
    event = heard("message")[-1]
    assert (event["subtype"], event["hidden"]) == ("message_changed", True)
    assert (event["message"]["ts"], event["message"]["text"], event["previous_message"]["text"]) == (
        ts,
        "second",
        "first",
    )
    assert event["ts"] == event["message"]["edited"]["ts"] > ts


def test_an_unfurl_changes_no_text(slack, heard):
    ts = slack.act.post("aino", "#inc", "https://x.example")
    slack.act("unfurl", channel="#inc", ts=ts, attachments=[{"from_url": "https://x.example", "id": 1}])
    event = heard("message")[-1]
    assert event["message"]["text"] == event["previous_message"]["text"]
    assert "edited" not in event["message"]


def test_a_deletion_names_what_is_gone(slack, heard):
    ts = slack.act.post("aino", "#inc", "first")
    slack.act.delete("aino", "#inc", ts)
    event = heard("message")[-1]
    assert (event["subtype"], event["deleted_ts"], event["previous_message"]["text"]) == (
        "message_deleted",
        ts,
        "first",
    )


def test_a_deleted_parent_is_a_change_to_a_tombstone(slack, heard):
    ts = slack.act.post("aino", "#inc", "first")
    slack.act.post("ben", "#inc", "reply", thread=ts)
    slack.act.delete("aino", "#inc", ts)
    event = heard("message")[-1]
    assert (event["subtype"], event["message"]["subtype"]) == ("message_changed", "tombstone")


def test_a_reply_a_broadcast_and_a_file_carry_their_marks(slack, heard):
    ts = slack.act.post("aino", "#inc", "parent")
    slack.act.post("ben", "#inc", "reply", thread=ts)
    slack.act.post("ben", "#inc", "loud", thread=ts, broadcast=True)
    slack.act.post("ben", "#inc", "see", file={"name": "a.txt", "content": "abc"})
    _, reply, loud, share = heard("message")
    assert (reply["thread_ts"], reply["parent_user_id"]) == (ts, slack.see.user("aino")["id"])
    assert (loud["subtype"], loud["root"]["ts"]) == ("thread_broadcast", ts)
    assert (share["subtype"], share["files"][0]["name"]) == ("file_share", "a.txt")


def test_reactions_name_item_and_author_and_webhooks_have_none(slack, heard, inc):
    ts = slack.act.post("aino", "#inc", "x")
    hook = slack.act.post_as_bot("PagerDuty", "#inc", "ALERT")
    slack.act.react("ben", "#inc", ts, "eyes")
    slack.act.unreact("ben", "#inc", ts, "eyes")
    slack.act.react("ben", "#inc", hook, "eyes")
    first, second = heard("reaction_added")
    assert first["item"] == {"type": "message", "channel": inc, "ts": ts}
    assert first["item_user"] == slack.see.user("aino")["id"]
    assert "item_user" not in second
    assert len(heard("reaction_removed")) == 1


def test_a_pin_carries_the_message(slack, heard, inc):
    ts = slack.act.post("aino", "#inc", "x")
    slack.act("pin", user="ben", channel="#inc", ts=ts)
    event = heard("pin_added")[0]
    assert (event["channel_id"], event["item"]["message"]["ts"], event["item"]["created_by"]) == (
        inc,
        ts,
        event["user"],
    )


def test_a_mention_is_an_event_of_its_own(slack, heard):
    slack.act.post("aino", "#inc", "hey @helper")
    assert heard("app_mention")[0]["text"].startswith("hey <@U")


def test_joining_is_announced_with_its_line(slack, heard):
    slack.act("join", user="cho", channel="#inc", inviter="aino")
    assert heard("message")[0]["subtype"] == "channel_join"
    assert heard("member_joined_channel")[0]["inviter"] == slack.see.user("aino")["id"]


def test_people_and_channels_that_change_are_announced(slack, heard, inc):
    slack.act("change_user", user="ben", real_name="Benjamin Ortiz", tz="Europe/Paris")
    slack.act("add_user", name="dee", real_name="Dee Dee")
    slack.act("rename", user="aino", channel="#inc", name="inc-42")
    slack.act("archive", user="aino", channel="#inc-42")
    assert heard("user_change")[0]["user"]["real_name"] == "Benjamin Ortiz"
    assert heard("team_join")[0]["user"]["name"] == "dee"
    assert heard("channel_rename")[0]["channel"]["name"] == "inc-42"
    assert heard("channel_archive")[0]["channel"] == inc


def test_an_unacknowledged_event_comes_again_three_times_then_is_dropped(slack, app):
    app.answer = lambda envelope: app.SILENT
    slack.act.post("aino", "#inc", "x")
    for seconds, expected in [(2.9, 1), (0.2, 2), (3.1, 2), (60, 3), (3.1, 3), (300, 4), (400, 4)]:
        slack.advance(seconds, grace=0.05)
        assert len(app.heard) == expected, seconds
    assert len({e["payload"]["event_id"] for e in app.heard}) == 1
    assert len({e["envelope_id"] for e in app.heard}) == 4
    assert [(e["retry_attempt"], e["retry_reason"]) for e in app.heard] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]
    assert slack.see("deliveries")["dropped"] == 1
    assert "never acknowledged" in slack.violations()[-1]["text"]


def test_an_event_waits_for_a_connection_or_is_lost(start, wire):
    held, dropped = start(), start()
    dropped.rules(offline="drop")
    for slack in (held, dropped):
        slack.act.post("aino", "#inc", "x")
        slack.advance(10, grace=0.05)
        app = wire(slack)
        slack.advance(61, grace=0.1)
        assert len(app.events("message")) == (1 if slack is held else 0)


def test_every_event_may_come_twice(slack, app, heard):
    slack.modes(duplicate=True)
    slack.act.post("aino", "#inc", "x")
    assert [e["text"] for e in heard("message")] == ["x", "x"]
    assert len({e["payload"]["event_id"] for e in app.heard}) == 1


def test_neighbours_may_swap(slack, app, heard):
    slack.modes(shuffle=True)
    for number in range(3):
        slack.act.post("aino", "#inc", str(number))
    assert [e["text"] for e in heard("message")] == ["1", "0", "2"]


def test_delivery_can_be_frozen_and_nothing_is_lost(slack, app, heard):
    slack.modes(frozen=True)
    slack.act.post("aino", "#inc", "x")
    assert heard("message") == []
    assert slack.modes(frozen=False)["released"] == 1
    assert len(heard("message")) == 1


def test_uninstalling_is_announced_and_ends_the_tokens(start, wire, error):
    from slack_sdk import WebClient

    slack = start(
        change=lambda m: m["settings"]["event_subscriptions"]["bot_events"].extend(
            ["tokens_revoked", "app_uninstalled"]
        )
    )
    app = wire(slack)
    slack.see._http.post("revoke", {})
    slack.wait_quiet(0.15)
    assert {e["type"] for e in app.events()} == {"tokens_revoked", "app_uninstalled"}
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    assert error(web.auth_test)["error"] == "token_revoked"


def test_a_thousand_events_over_ten_connections_arrive_once_each(slack, wire):
    app = wire(slack, 10)
    for number in range(1000):
        slack.act.post("aino", "#inc", str(number), raw=True)
    slack.wait_quiet(0.3, timeout=60)
    assert sorted(int(e["text"]) for e in app.events("message")) == list(range(1000))
    assert len({e["envelope_id"] for e in app.heard}) == 1000
