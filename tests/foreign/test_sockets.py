"""Socket Mode clients of the SDK come back after every way a connection ends, and lose nothing."""

from __future__ import annotations

import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient as AsyncClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import WebClient
from slack_sdk.web.async_client import AsyncWebClient

ENDS = [
    pytest.param({"reason": "warning"}, id="warning"),
    pytest.param({"reason": "refresh_requested", "close": True}, id="refresh and close"),
]


def heard_again(slack, heard, how):
    """Post, end the connection, post again once there is another one."""
    slack.act.post("aino", "#general", "before")
    slack.wait_until(lambda: heard == ["before"])
    slack.wait_quiet(0.1)
    opened = len(slack.calls("apps.connections.open"))
    slack.disconnect(**how)
    slack.wait_until(lambda: len(slack.calls("apps.connections.open")) > opened)
    slack.wait_quiet(0.2)
    slack.act.post("aino", "#general", "after")
    slack.wait_until(lambda: "after" in heard)
    slack.wait_quiet(0.2)
    assert heard == ["before", "after"]
    assert slack.violations() == []


@pytest.mark.parametrize("how", ENDS)
def test_the_builtin_client_comes_back(slack, how):
    client = SocketModeClient(slack.app_token, web_client=WebClient(slack.app_token, base_url=slack.api_url))
    heard: list[str] = []

    def listen(client, request):
        client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        heard.append(request.payload["event"]["text"])

    client.socket_mode_request_listeners.append(listen)
    client.connect()
    slack.wait_for_sockets(1)
    heard_again(slack, heard, how)
    client.close()


@pytest.mark.parametrize("how", [*ENDS, pytest.param({"kill": True}, id="cut")])
def test_the_aiohttp_client_comes_back(slack, loop, how):
    heard: list[str] = []

    async def listen(client, request):
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        heard.append(request.payload["event"]["text"])

    async def connect():
        client = AsyncClient(slack.app_token, web_client=AsyncWebClient(slack.app_token, base_url=slack.api_url))
        client.socket_mode_request_listeners.append(listen)
        await client.connect()
        return client

    client = loop.run(connect())
    slack.wait_for_sockets(1)
    heard_again(slack, heard, how)
    loop.run(client.close())
