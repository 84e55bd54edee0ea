"""Connections are warned and closed by the clock, and refused while Socket Mode is off (group 24)."""

from __future__ import annotations

import pytest
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import WebClient

from sandbox.client import SandboxRefused


def said(app):
    return [frame["reason"] for frame in app.frames if frame["type"] == "disconnect"]


def test_a_connection_is_warned_and_then_closed(slack, wire):
    slack.rules(disconnect_every=60, disconnect_grace=5)
    app = wire(slack)
    slack.advance(50)
    assert said(app) == []
    slack.advance(10)
    slack.wait_until(lambda: said(app) == ["warning"])
    assert slack.see("state")["connections"] == 1
    slack.advance(5)
    slack.wait_until(lambda: said(app) == ["warning", "refresh_requested"])
    slack.wait_until(lambda: slack.see("state")["connections"] == 0)


def test_what_is_open_already_follows_a_new_rule(slack, app):
    slack.rules(disconnect_every=60)
    slack.advance(60)
    slack.wait_until(lambda: said(app) == ["warning"])
    slack.rules(disconnect_every=0)
    slack.advance(3600)
    assert said(app) == ["warning"]


def test_connections_do_not_all_go_at_once(slack, wire):
    slack.rules(disconnect_every=1000, disconnect_grace=1)
    app = wire(slack, 5)
    open_at = []
    for _ in range(12):
        slack.advance(10) if open_at else slack.advance(900)
        open_at.append(slack.see("state")["connections"])
    slack.wait_until(lambda: slack.see("state")["connections"] == 0)
    assert len(set(open_at)) > 2
    assert said(app).count("refresh_requested") == 5


def test_hello_says_how_long_a_connection_lives(slack, wire):
    assert wire(slack, 0).connect()[0]["debug_info"]["approximate_connection_time"] == 18060
    slack.rules(disconnect_every=90)
    assert wire(slack, 0).connect()[0]["debug_info"]["approximate_connection_time"] == 90


def test_the_workspace_file_may_say_it_and_a_reset_keeps_it(start, wire, tmp_path):
    path = tmp_path / "short.yml"
    path.write_text("users: [{name: ada}]\nrules: {disconnect_every: 30, disconnect_grace: 2}\n")
    slack = start(workspace=path)
    app = wire(slack)
    slack.reset()
    slack.advance(40)
    slack.wait_until(lambda: said(app) == ["warning", "refresh_requested"])


@pytest.mark.parametrize(
    "rule",
    [{"disconnect_every": -1}, {"disconnect_every": "soon"}, {"rate_limits": 1}, {"profile": "x"}, {"other": 1}],
    ids=str,
)
def test_a_rule_without_sense_is_refused(slack, rule):
    with pytest.raises(SandboxRefused, match="rule"):
        slack.rules(**rule)


def test_with_socket_mode_off_nobody_gets_a_link(slack, app, wire):
    assert slack.lever("socket_mode", on=False)["connections"] == 1
    slack.wait_until(lambda: app.closed)
    assert said(app) == ["link_disabled"]
    assert wire(slack, 0).connect()[0]["reason"] == "link_disabled"
    slack.lever("socket_mode", on=True)
    assert wire(slack, 0).connect()[0]["type"] == "hello"


def test_the_client_of_the_sdk_goes_when_it_is_warned(slack):
    slack.rules(disconnect_every=60, disconnect_grace=5)
    client = SocketModeClient(slack.app_token, web_client=WebClient(slack.app_token, base_url=slack.api_url))
    client.socket_mode_request_listeners.append(
        lambda client, request: client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
    )
    client.connect()
    try:
        slack.advance(60)
        slack.wait_until(lambda: len(slack.calls("apps.connections.open")) == 2)
        slack.wait_until(lambda: slack.see("state")["connections"] == 1)
        assert slack.act.command("aino", "#inc", "/help-me")["ok"]
    finally:
        client.close()
