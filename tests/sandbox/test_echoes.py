"""Metadata events and link_shared: who hears them, in which shape."""

from __future__ import annotations

import pytest

META = {"event_type": "task", "event_payload": {"id": 1}}
ALL = [{"app_id": "*", "event_type": "task"}]


@pytest.fixture
def begin(start, wire):
    """A sandbox whose app asks for metadata and for links, and the app's socket."""

    def make(subscriptions=ALL, domains=("example.com",)):
        def change(manifest):
            manifest["oauth_config"]["scopes"]["bot"] += ["metadata.message:read", "links:read"]
            events = manifest["settings"]["event_subscriptions"]
            events["metadata_subscriptions"] = subscriptions
            events["bot_events"] += [f"message_metadata_{kind}" for kind in ("posted", "updated", "deleted")]
            events["bot_events"].append("link_shared")
            manifest["features"]["unfurl_domains"] = list(domains)

        slack = start(change=change)
        return slack, wire(slack)

    return make


@pytest.fixture
def client():
    from slack_sdk import WebClient

    return lambda slack: WebClient(slack.bot_token, base_url=slack.api_url)


def test_metadata_is_announced_when_it_comes_changes_and_goes(begin, client):
    slack, app = begin()
    web, inc = client(slack), slack.see.channel("inc")["id"]
    ts = web.chat_postMessage(channel=inc, text="x", metadata=META)["ts"]
    later = {"event_type": "task", "event_payload": {"id": 2}}
    web.chat_update(channel=inc, ts=ts, text="y", metadata=later)
    web.chat_delete(channel=inc, ts=ts)
    slack.wait_quiet(0.15)
    heard = [event for event in app.events() if event["type"].startswith("message_metadata")]
    kinds = [event["type"].rpartition("_")[2] for event in heard]
    assert kinds == ["posted", "updated", "deleted"]
    assert {(event["message_ts"], event["channel_id"], event["team_id"]) for event in heard} == {
        (ts, inc, slack.team_id)
    }
    me = web.auth_test()
    assert (heard[0]["bot_id"], heard[0]["user_id"]) == (me["bot_id"], me["user_id"])
    assert (heard[0]["metadata"], heard[1]["metadata"], heard[1]["previous_metadata"]) == (META, later, META)
    assert heard[2]["previous_metadata"] == later
    assert "metadata" not in heard[2]


@pytest.mark.parametrize(
    "subscriptions",
    [[], [{"app_id": "*", "event_type": "other"}], [{"app_id": "A0", "event_type": "task"}]],
    ids=["none", "another type", "another app"],
)
def test_metadata_nobody_asked_for_is_not_announced(begin, client, subscriptions):
    slack, app = begin(subscriptions)
    client(slack).chat_postMessage(channel=slack.see.channel("inc")["id"], text="x", metadata=META)
    slack.wait_quiet(0.15)
    assert app.events("message_metadata_posted") == []


def test_links_of_the_apps_domains_are_announced(begin):
    slack, app = begin()
    text = "see https://docs.example.com/1 and https://other.example/2"
    ts = slack.act.post("aino", "#inc", text)
    slack.act.post("aino", "#general", "https://example.com/3")
    slack.act.post("aino", "#hidden", "https://example.com/4")
    slack.wait_quiet(0.15)
    first, second = app.events("link_shared")
    assert first["links"] == [{"domain": "example.com", "url": "https://docs.example.com/1"}]
    assert (first["message_ts"], first["is_bot_user_member"]) == (ts, True)
    assert first["user"] == slack.see.user("aino")["id"]
    assert (second["links"][0]["url"], second["is_bot_user_member"]) == ("https://example.com/3", False)


def test_an_app_does_not_hear_of_its_own_links(begin, client):
    slack, app = begin()
    client(slack).chat_postMessage(channel=slack.see.channel("inc")["id"], text="<https://example.com/1|one>")
    slack.wait_quiet(0.15)
    assert app.events("link_shared") == []
