"""The end of an installation: events that say so, and what a token answers afterwards (group 29)."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from sandbox.client import SandboxRefused


def hearing(manifest):
    manifest["settings"]["event_subscriptions"]["bot_events"] += ["tokens_revoked", "app_uninstalled"]


@pytest.fixture
def slack(start):
    """A sandbox whose app wants to hear of its own end."""
    return start(change=hearing)


@pytest.mark.parametrize(
    ("end", "expected"),
    [("revoke", "token_revoked"), ("uninstall", "account_inactive")],
)
def test_the_app_hears_of_its_end_and_calls_no_more(slack, web, app, error, end, expected):
    slack.lever(end)
    slack.wait_until(lambda: {"tokens_revoked", "app_uninstalled"} <= {event["type"] for event in app.events()})
    bot = app.events("tokens_revoked")[0]["tokens"]["bot"]
    assert bot == [slack.see.user("helper")["id"]]
    assert error(web.auth_test)["error"] == expected
    assert error(web.chat_postMessage, channel="#inc", text="x")["error"] == expected


def test_a_token_that_revokes_itself_is_heard_of_too(slack, web, app, error):
    assert not web.auth_revoke(test=True)["revoked"]
    assert web.auth_revoke()["revoked"]
    assert error(web.auth_test)["error"] == "token_revoked"
    slack.wait_until(lambda: app.events("app_uninstalled"))


def test_an_uninstalled_app_has_no_commands_events_or_seats(slack, app):
    slack.lever("uninstall")
    slack.wait_until(lambda: len(app.events()) == 2)
    with pytest.raises(SandboxRefused, match="not a valid command"):
        slack.act.command("aino", "#inc", "/help-me")
    slack.act.post("aino", "#inc", "anybody there?")
    assert slack.see.user("helper")["deleted"]
    assert slack.see.user("helper")["id"] not in slack.see.channel("inc")["members"]
    slack.wait_quiet()
    assert app.events("message") == []


def test_a_button_left_behind_leads_nowhere(slack, web, app):
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    web.chat_postMessage(channel="#inc", text="x", blocks=[{"type": "actions", "elements": [button]}])
    slack.lever("uninstall")
    assert slack.act.press("aino", "go", channel="#inc")["error"] == "not_installed"


def test_installed_again_it_has_another_token(slack, web, error):
    slack.lever("uninstall")
    fresh = slack.lever("reinstall")["bot_token"]
    assert fresh != slack.bot_token
    assert WebClient(fresh, base_url=slack.api_url).auth_test()["user"] == "helper"
    assert error(web.auth_test)["error"] == "account_inactive"
    with pytest.raises(SandboxRefused, match="is installed"):
        slack.lever("reinstall")


def test_a_reset_brings_the_installation_back(slack, web):
    slack.lever("uninstall")
    slack.reset()
    assert web.auth_test()["ok"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [({"client_id": "1.2"}, "invalid_client_id"), ({"client_secret": "x"}, "bad_client_secret")],
    ids=["another app", "a wrong secret"],
)
def test_an_app_uninstalls_itself_with_its_secret(slack, web, app, error, change, expected):
    mine = slack.see("apps")["apps"][0]
    given = {"client_id": mine["client_id"], "client_secret": mine["client_secret"]}
    slack.rules(rate_limits=False)
    assert error(web.apps_uninstall, **{**given, **change})["error"] == expected
    assert web.apps_uninstall(**given)["uninstalled"]
    assert error(web.auth_test)["error"] == "account_inactive"
    slack.wait_until(lambda: app.events("app_uninstalled"))


def test_an_event_context_names_the_installation(slack, app, error):
    slack.act.post("aino", "#inc", "hello")
    slack.wait_until(app.events)
    context = app.heard[0]["payload"]["event_context"]
    client = WebClient(slack.app_token, base_url=slack.api_url)
    found = client.apps_event_authorizations_list(event_context=context)["authorizations"]
    assert found == app.heard[0]["payload"]["authorizations"]
    assert error(client.apps_event_authorizations_list, event_context="x")["error"] == "invalid_event_context"
