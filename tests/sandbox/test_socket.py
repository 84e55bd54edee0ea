"""Socket Mode: hello, one-use addresses, ten connections, one envelope to one of them (group 24)."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections import Counter

import pytest
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import WebClient


def test_the_first_frame_is_hello(slack, wire):
    app = wire(slack, 0)
    first, second = app.connect(2)
    assert first["type"] == "hello"
    assert (first["num_connections"], second["num_connections"]) == (1, 2)
    assert first["connection_info"]["app_id"].startswith("A")
    assert set(first["debug_info"]) == {"host", "build_number", "approximate_connection_time"}


def test_an_address_is_good_for_one_connection(slack, app):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(app.last_url.replace("ws://", "http://"))
    refused.value.close()
    assert refused.value.code == 404


def test_the_eleventh_connection_is_told_to_go(slack, wire):
    app = wire(slack, 10)
    assert app.connect(1)[0] == {
        "type": "disconnect",
        "reason": "too_many_websockets",
        "debug_info": {"host": "sandbox"},
    }
    assert slack.see("state")["connections"] == 10


def test_each_envelope_goes_to_one_connection_and_all_get_some(slack, wire):
    app = wire(slack, 3)
    for _ in range(30):
        slack.act.command("aino", "#inc", "/help-me")
    assert len(app.heard) == len({e["envelope_id"] for e in app.heard}) == 30
    assert set(Counter(app.on)) == {0, 1, 2}


def test_the_choice_follows_the_seed(start, wire):
    chosen = []
    for _ in range(2):
        slack = start()
        app = wire(slack, 3)
        for _ in range(12):
            slack.act.command("aino", "#inc", "/help-me")
        chosen.append(app.on)
    assert chosen[0] == chosen[1]


def test_a_command_envelope_has_its_shape(slack, app):
    slack.act.command("aino", "#inc", "/help-me with @ben & #inc")
    envelope = app.heard[0]
    assert envelope["type"] == "slash_commands"
    assert envelope["accepts_response_payload"] is True
    payload, ben, inc = envelope["payload"], slack.see.user("ben")["id"], slack.see.channel("inc")["id"]
    assert payload["text"] == f"with <@{ben}|ben> &amp; <#{inc}|inc>"
    assert payload["is_enterprise_install"] == "false"
    assert (payload["command"], payload["channel_name"], payload["user_name"]) == ("/help-me", "inc", "aino")


def test_without_should_escape_the_text_is_as_typed(slack, app):
    slack.act.command("aino", "#inc", "/plain @ben & #inc")
    assert app.heard[0]["payload"]["text"] == "@ben & #inc"


@pytest.mark.parametrize(
    "payload", [{"text": "done"}, {"blocks": [{"type": "divider"}], "text": "done"}], ids=["text", "blocks"]
)
def test_the_ack_of_a_command_is_whispered(slack, app, payload):
    app.answer = lambda envelope: payload
    slack.act.command("aino", "#inc", "/help-me")
    shown = slack.see.messages("inc", user="aino")[-1]
    assert (shown["text"], shown["is_ephemeral"]) == ("done", True)


def test_in_channel_answers_are_for_all(slack, app, web, inc):
    app.answer = lambda envelope: {"text": "to all", "response_type": "in_channel"}
    slack.act.command("aino", "#inc", "/help-me")
    assert web.conversations_history(channel=inc)["messages"][0]["text"] == "to all"


def test_a_command_nobody_declared_is_refused(slack, app):
    from sandbox.client import SandboxRefused

    with pytest.raises(SandboxRefused, match="/other is not a valid command"):
        slack.act.command("aino", "#inc", "/other")


def test_with_nothing_connected_a_command_fails_at_once(slack):
    answer = slack.act.command("aino", "#inc", "/help-me")
    assert (answer["ok"], answer["error"]) == (False, "dispatch_failed")
    assert "dispatch_failed" in answer["shown"]


@pytest.mark.parametrize("how", [{"reason": "warning"}, {"reason": "refresh_requested", "close": True}])
def test_disconnect_is_said_on_demand(slack, app, how):
    assert slack.disconnect(**how) == 1
    frame = slack.wait_until(lambda: [f for f in app.frames if f["type"] == "disconnect"])[0]
    assert frame["reason"] == how["reason"]
    if how.get("close"):
        slack.wait_until(lambda: slack.see("state")["connections"] == 0)


def test_a_cut_connection_sends_no_close_frame(slack, app):
    assert slack.disconnect(kill=True) == 1
    slack.wait_until(lambda: app.closed)
    assert app.frames == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [({"envelope_id": "unknown"}, "never sent"), ({"payload": {}}, "without envelope_id")],
)
def test_a_wrong_ack_is_noted(slack, app, answer, words):
    import aiohttp

    async def send():
        url = WebClient(slack.app_token, base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)["url"]
        async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
            await socket.receive_json()
            await socket.send_json(answer)

    app.run(send())
    assert words in slack.wait_until(slack.violations)[0]["text"]


def test_the_client_of_the_sdk_connects_acks_and_comes_back(slack):
    client = SocketModeClient(slack.app_token, web_client=WebClient(slack.app_token, base_url=slack.api_url))
    heard = []

    def listen(client, request):
        heard.append(request)
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id, {"text": "hello"}))

    client.socket_mode_request_listeners.append(listen)
    client.connect()
    try:
        assert slack.act.command("aino", "#inc", "/help-me")["ack"] == {"text": "hello"}
        slack.disconnect("refresh_requested")
        slack.wait_until(lambda: len(slack.calls("apps.connections.open")) == 2)
        slack.wait_until(lambda: slack.see("state")["connections"] == 1)
        assert slack.act.command("aino", "#inc", "/help-me")["ack"] == {"text": "hello"}
    finally:
        client.close()
    assert [request.type for request in heard] == ["slash_commands"] * 2


@pytest.mark.parametrize(("told", "noted"), [(False, True), (True, False)], ids=["it stays", "it was told to go"])
def test_an_ack_on_another_connection_is_noted_unless_its_own_was_told_to_go(slack, wire, told, noted):
    app = wire(slack, 2)

    async def acknowledge(number, key):
        await app.sockets[number].send_json({"envelope_id": key})

    def answer(envelope):
        if told:
            slack.disconnect("warning")
        asyncio.run_coroutine_threadsafe(acknowledge(1 - app.on[-1], envelope["envelope_id"]), app._loop).result(5)
        return app.SILENT

    app.answer = answer
    assert slack.act.command("aino", "#inc", "/help-me")["ok"]
    assert [row["text"] for row in slack.violations() if row["kind"] == "socket"] == [
        "an ack on another connection than the envelope's"
    ] * noted
