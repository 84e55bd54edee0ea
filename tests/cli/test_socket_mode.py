"""The socket: what is in hand is answered before it closes, and closing takes a bounded time."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt import Ack, App
from sqlalchemy.engine import Engine

from bot.config import ConfigError
from bot.integrations import slack_identity
from bot.listeners.http import Door
from cli import serve, socket_mode
from cli.socket_mode import Socket
from sandbox.client import Sandbox
from tests.fakes.bot import Bot


class Slow:
    """A command that is answered when it is let."""

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()

    def __call__(self, ack: Ack) -> Any:
        self.reached.set()
        self.go_on.wait(10)
        return ack(text="answered in the end")


def an_app(slack: Sandbox) -> App:
    return App(
        client=slack_identity.client(slack.bot_token, slack.api_url),
        process_before_response=True,
        request_verification_enabled=False,
        token_verification_enabled=False,
    )


def listening(slack: Sandbox, command: Slow) -> Socket:
    app = an_app(slack)
    app.command("/postmortem")(lambda ack: command(ack))
    socket = Socket(app, slack_identity.client(slack.app_token, slack.api_url))
    socket.open(threading.Event())
    slack.wait_for_sockets(1)
    return socket


def test_a_command_in_hand_is_answered_while_the_socket_closes(slack: Sandbox) -> None:
    command, answers = Slow(), []
    socket = listening(slack, command)
    slack.wait_until(lambda: socket.connections() == 1)
    # Slack does not repeat a command: one that meets a socket which is being renewed is typed again.
    for _ in range(3):
        typing = threading.Thread(
            target=lambda: answers.append(slack.act.command("ada", "#general", "/postmortem help"))
        )
        typing.start()
        if command.reached.wait(20):
            break
    assert command.reached.is_set()
    closing = threading.Thread(target=socket.close)
    closing.start()
    assert socket.is_connected()
    command.go_on.set()
    typing.join(60)
    closing.join(60)
    assert "answered in the end" in str(answers)
    assert not socket.is_connected()
    assert socket.connections() == 0


def test_a_socket_that_is_gone_is_no_readiness_and_a_figure(slack: Sandbox, engine: Engine) -> None:
    service = Bot(engine, synced=False).service
    socket = listening(slack, Slow())
    door = serve.beside(socket, replace(service, door=replace(service.door, states=lambda: {"database": "ok"})))
    assert ask(door, "/readyz") == ("200 OK", "ready\ndatabase ok\nsocket ok\n")
    slack.fault("apps.connections.open", "error:internal_error", every=True)
    try:
        slack.disconnect(close=True)
        slack.wait_until(lambda: not socket.is_connected())
        assert ask(door, "/readyz") == ("503 Service Unavailable", "not ready\ndatabase ok\nsocket gone\n")
        assert ask(door, "/healthz") == ("200 OK", "ok"), "a restart would not help"
        figures = ask(door, "/metrics")[1].splitlines()
        assert {"postmortem_socket_connected 0", "postmortem_socket_connections 0"} <= set(figures)
    finally:
        slack.clear_faults()
        socket.close()


def ask(door: Door, path: str) -> tuple[str, str]:
    said: list[str] = []
    answer = door({"PATH_INFO": path, "REQUEST_METHOD": "GET"}, lambda status, _: said.append(status))
    return said[0], b"".join(answer).decode()


@pytest.mark.parametrize("again", range(3))
def test_right_after_opening_it_closes_in_a_bounded_time(slack: Sandbox, again: int) -> None:
    socket = listening(slack, Slow())
    begun = time.monotonic()
    socket.close()
    assert time.monotonic() - begun < socket_mode.CLOSE + 2


def test_where_nothing_comes_it_closes_at_once(slack: Sandbox) -> None:
    """The library looks only once a second whether it is over."""
    taken = []
    for _ in range(3):
        socket = listening(slack, Slow())
        slack.wait_until(lambda socket=socket: socket.connections() == 1)  # type: ignore[misc]
        begun = time.monotonic()
        socket.close()
        taken.append(time.monotonic() - begun)
    assert min(taken) < 0.7


def test_a_token_that_slack_refuses_is_named(slack: Sandbox) -> None:
    app = App(token="xoxb-1", token_verification_enabled=False, request_verification_enabled=False)
    socket = Socket(app, slack_identity.client("xapp-1-canary", slack.api_url))
    with pytest.raises(ConfigError, match=r"^SLACK_APP_TOKEN is refused by Slack \(invalid_auth\)"):
        socket.open(threading.Event())
    socket.close()


def test_told_to_stop_it_does_not_begin(slack: Sandbox) -> None:
    app = App(token="xoxb-1", token_verification_enabled=False, request_verification_enabled=False)
    socket = Socket(app, slack_identity.client("xapp-1", "http://127.0.0.1:1/"))
    stopping = threading.Event()
    stopping.set()
    socket.open(stopping)
    assert not socket.is_connected()
    socket.close()


def test_it_says_when_it_listens_again_but_not_when_it_was_only_renewed(slack: Sandbox) -> None:
    again: list[float] = []
    client = slack_identity.client(slack.app_token, slack.api_url)
    socket = Socket(an_app(slack), client, listening_again=lambda: again.append(time.monotonic()), ping=0.2)
    hellos: list[object] = []
    socket.client.message_listeners.append(
        lambda _client, told, _raw: hellos.append(told) if told.get("type") == "hello" else None
    )
    socket.open(threading.Event())
    slack.wait_until(lambda: len(hellos) == len(again) == 1)
    slack.disconnect("refresh_requested")
    slack.wait_until(lambda: len(hellos) == 2)
    assert len(again) == 1
    slack.disconnect(kill=True)
    slack.wait_until(lambda: len(again) == 2, 20)
    socket.close()
    assert len(again) == 2
