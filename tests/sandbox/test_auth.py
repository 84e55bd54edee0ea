"""Tokens and scopes (groups 1 to 4 of what a local Slack must enforce)."""

from __future__ import annotations

import urllib.request

import pytest
from slack_sdk import WebClient


def test_auth_test_names_team_and_bot(slack, web):
    answer = web.auth_test()
    assert answer["ok"]
    assert answer["team_id"] == slack.team_id
    assert answer["user"] == "helper"
    assert answer["bot_id"].startswith("B")
    assert answer.headers["x-oauth-scopes"].startswith("app_mentions:read,")


@pytest.mark.parametrize(
    ("token", "method", "expected"),
    [
        pytest.param("", "auth.test", "not_authed", id="no token"),
        pytest.param("xoxb-wrong", "auth.test", "invalid_auth", id="unknown token"),
        pytest.param("xoxb-wrong", "chat.postMessage", "invalid_auth", id="unknown token on a write"),
        pytest.param("app", "chat.postMessage", "not_allowed_token_type", id="app token on a bot method"),
        pytest.param("bot", "apps.connections.open", "not_allowed_token_type", id="bot token on connections.open"),
        pytest.param("bot", "chat.scheduleMessage", "unknown_method", id="a method the sandbox does not have"),
        pytest.param("", "no.such", "unknown_method", id="a method nobody has"),
    ],
)
def test_a_call_needs_the_right_token(slack, error, token, method, expected):
    tokens = {"app": slack.app_token, "bot": slack.bot_token}
    client = WebClient(tokens.get(token, token), base_url=slack.api_url)
    assert error(client.api_call, method)["error"] == expected


def test_a_missing_scope_is_named_with_what_is_held(start, error):
    slack = start(scopes=["chat:write", "channels:read"])
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    body = error(client.users_list)
    assert (body["error"], body["needed"], body["provided"]) == (
        "missing_scope",
        "users:read",
        "chat:write,channels:read",
    )


@pytest.mark.parametrize(
    ("name", "needed"),
    [("inc", "channels:history"), ("vault", "groups:history")],
    ids=["public", "private"],
)
def test_history_needs_the_scope_of_its_kind_of_channel(start, error, name, needed):
    held = ["channels:history", "groups:history"]
    held.remove(needed)
    slack = start(scopes=held)
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    body = error(client.conversations_history, channel=slack.see.channel(name)["id"])
    assert (body["error"], body["needed"]) == ("missing_scope", needed)


def test_email_is_shown_only_with_its_scope(start):
    slack = start(scopes=["users:read"])
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    assert all("email" not in user["profile"] for user in client.users_list()["members"])


def test_a_revoked_token_answers_token_revoked(slack, web, error):
    assert web.auth_revoke()["revoked"]
    assert error(web.auth_test)["error"] == "token_revoked"


def test_the_app_token_opens_connections(slack):
    client = WebClient(slack.app_token, base_url=slack.api_url)
    assert client.apps_connections_open(app_token=slack.app_token)["url"].startswith("ws://127.0.0.1:")


def test_a_json_body_carries_no_token(slack):
    body = f'{{"token": "{slack.bot_token}"}}'.encode()
    request = urllib.request.Request(f"{slack.api_url}auth.test", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        assert b"not_authed" in answer.read()


def test_the_log_never_holds_a_token(slack, web, tmp_path):
    urllib.request.urlopen(f"{slack.api_url}auth.test?token={slack.bot_token}").close()
    web.auth_test()
    shown = str(slack.calls())
    assert slack.bot_token not in shown
    assert [call["token"] for call in slack.calls()] == ["bot", "bot"]
