"""Guests and strangers: they are where they were put, and know of nothing else."""

from __future__ import annotations

import pytest
import yaml
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import SandboxRefused

WORKSPACE = {
    "users": [
        {"name": "ada"},
        {"name": "guest", "is_restricted": True},
        {"name": "single", "is_ultra_restricted": True},
        {"name": "partner", "is_stranger": True},
    ],
    "channels": [
        {"name": "open", "members": ["ada", "helper"], "messages": [{"user": "ada", "text": "x"}]},
        {"name": "house", "members": ["ada", "guest", "single", "helper"]},
        {"name": "both", "shared": True, "members": ["ada", "helper"]},
    ],
}


@pytest.fixture
def slack(start, tmp_path):
    path = tmp_path / "guests.yml"
    path.write_text(yaml.safe_dump(WORKSPACE))
    return start(workspace=path, change=lambda m: m["oauth_config"]["scopes"]["bot"].append("channels:write.invites"))


@pytest.mark.parametrize(
    ("user", "channel", "inviter", "words"),
    [
        ("guest", "open", None, "guest is a guest and joins no channel alone"),
        ("single", "open", None, "guest of a single channel"),
        ("single", "open", "ada", "guest of a single channel"),
        ("partner", "open", None, "#open is not shared"),
        ("partner", "open", "ada", "#open is not shared"),
        ("guest", "both", "single", "single cannot invite"),
    ],
)
def test_who_may_not_enter_is_told_why(slack, user, channel, inviter, words):
    with pytest.raises(SandboxRefused, match=words):
        slack.act("join", user=user, channel=channel, inviter=inviter)


@pytest.mark.parametrize(
    ("user", "channel", "inviter"), [("guest", "open", "ada"), ("partner", "both", "ada"), ("partner", "both", None)]
)
def test_who_is_invited_or_at_home_there_is_in(slack, user, channel, inviter):
    slack.act("join", user=user, channel=channel, inviter=inviter)
    assert slack.see.user(user)["id"] in slack.see.channel(channel)["members"]
    assert slack.act.post(user, channel, "hello")


@pytest.mark.parametrize("user", ["guest", "single", "partner"])
def test_they_neither_read_nor_do_anything_elsewhere(slack, user):
    ts = slack.see.messages("open")[0]["ts"]
    for act in [
        lambda: slack.see.messages("open", user=user),
        lambda: slack.see("window", user=user, channel="open"),
        lambda: slack.act.post(user, "open", "x"),
        lambda: slack.act.react(user, "open", ts, "eyes"),
        lambda: slack.act("pin", user=user, channel="open", ts=ts),
        lambda: slack.act.shortcut(user, "keep", "open", ts),
        lambda: slack.act("create_channel", user=user, name="mine"),
    ]:
        with pytest.raises(SandboxRefused):
            act()


@pytest.mark.parametrize(("user", "seen"), [("guest", {"house"}), ("single", {"house"}), ("partner", set())])
def test_they_see_no_channel_that_they_are_not_in(slack, user, seen):
    for view in ("workspace", "channels"):
        assert {row["name"] for row in slack.see(view, user=user)["channels"]} == seen
    assert {row["name"] for row in slack.see("workspace", user="ada")["channels"]} == {"open", "house", "both"}


@pytest.mark.parametrize(
    ("user", "channel", "wanted"),
    [
        ("single", "open", "ura_max_channels"),
        ("partner", "open", "no_external_invite_permission"),
        ("guest", "open", None),
        ("partner", "both", None),
    ],
)
def test_an_app_cannot_invite_them_anywhere_either(slack, user, channel, wanted):
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    given = {"channel": slack.see.channel(channel)["id"], "users": slack.see.user(user)["id"]}
    try:
        found = web.conversations_invite(**given).get("error")
    except SlackApiError as refused:
        found = refused.response["error"]
    assert found == wanted


def test_people_may_be_added_as_guests_and_strangers(slack):
    for flag in ("is_ultra_restricted", "is_stranger"):
        assert slack.act("add_user", name=f"new_{flag}", **{flag: True})["user"][flag]
